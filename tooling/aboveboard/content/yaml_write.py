"""Writing values as YAML that every reader, 1.1 ones too, takes for what we mean."""

from __future__ import annotations

import re
from typing import Any

# What any YAML reader, 1.1 ones too, takes for the text it is.
_PLAIN = re.compile(r"[^\W_][^\n\r\t#:\"'{}\[\],&*!|>%@`\\]*(?:[:#][^\s\"'{}\[\],][^\n\r\t#:\"'{}\[\],]*)*")
_NOT_TEXT = re.compile(
    r"(?i:y|yes|n|no|on|off|true|false|null|~|\.nan|[-+]?\.inf)|[-+]?[\d_,]*\.?[\d_]*(?:e[-+]?\d+)?|0[xob][\da-f_]+|\d+(?::\d+)+(?:\.\d*)?"
)
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?")
_ENDS_PLAIN = re.compile(r": | #|:$")
_FLOW_UNSAFE = re.compile(r"[,\[\]{}?]")


class Bare(str):
    """A number or a truth value: text to our reader, written without quotes for everybody else's."""

    __slots__ = ()


def write_scalar(value: str | None, in_flow: bool = False, quote: str = "") -> str:
    """Write a text as YAML: plain where every reader agrees on it, else in double quotes."""
    if value is None:
        return "null" if in_flow else ""
    if isinstance(value, Bare):
        return str(value)
    if quote == "'" and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    safe = _PLAIN.fullmatch(value) and not _NOT_TEXT.fullmatch(value) and value == value.strip()
    plain = value.isprintable() and (safe or _DATE.fullmatch(value)) and not _ENDS_PLAIN.search(value)
    if plain and not quote and not (in_flow and _FLOW_UNSAFE.search(value)):
        return value
    return _double_quoted(value)


def _double_quoted(value: str) -> str:
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    out = []
    for character in value:
        if character in escapes:
            out.append(escapes[character])
        elif character.isprintable() or ord(character) > 0x2FFFF:
            out.append(character)
        else:
            code = ord(character)
            out.append(f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}")
    return '"' + "".join(out) + '"'


def write_value(value: Any, indent: int, newline: str, in_flow: bool = False) -> str:
    """Write what follows a key or a dash: ` text`, ` [a, b]`, or a block on the lines below."""
    if isinstance(value, list) and value and not in_flow and any(isinstance(i, (dict, list)) for i in value):
        pad = newline + " " * indent
        return "".join(f"{pad}-{after_dash(item, indent + 2, newline)}" for item in value)
    if isinstance(value, dict) and value and not in_flow:
        pad = newline + " " * indent
        return "".join(f"{pad}{write_key(key)}:{spaced(item, indent + 2, newline)}" for key, item in value.items())
    return _flow(value, in_flow)


def _flow(value: Any, in_flow: bool) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item, True) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{write_key(key)}: {_flow(item, True)}" for key, item in value.items()) + "}"
    return write_scalar(value, in_flow)


def write_key(key: str) -> str:
    """Write a key: plain where it is a word, and no reader takes it for anything else."""
    return key if re.fullmatch(r"[A-Za-z_][\w-]*", key) and not _NOT_TEXT.fullmatch(key) else _double_quoted(key)


def spaced(value: Any, indent: int, newline: str) -> str:
    """Write what follows a key: a space and the value, or a block below."""
    written = write_value(value, indent, newline)
    return written if not written or written.startswith(newline) else f" {written}"


def after_dash(value: Any, indent: int, newline: str) -> str:
    """Write what follows the dash of a list item."""
    written = spaced(value, indent, newline)
    # The first field of a mapping stands on the line of its dash.
    if isinstance(value, dict) and written.startswith(newline):
        return " " + written[len(newline) :].lstrip(" ")
    return written
