"""What a file of a site says, read as what it is: a page, a picture, a stylesheet, a feed, data or plain text."""

from __future__ import annotations

import csv
import io
import json
import re
import zlib
from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from aboveboard.checks.attachment import Attachment
from aboveboard.engine.looking.data import read_text, read_value
from aboveboard.engine.looking.elements import fetch, read_element, read_style
from aboveboard.engine.looking.facts import Said, counted_from
from aboveboard.engine.looking.page import read_fragment, read_page

REDIRECTS = "_redirects"
_ATOM, _XHTML, _SVG = "http://www.w3.org/2005/Atom", "http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_ADDRESSES = frozenset(["loc", "logo", "icon", "uri", "url", "link"])
_SHEET = re.compile(r"<\?xml-stylesheet[^?]*?href=[\"']([^\"']+)")
_CALENDAR_URL = re.compile(r"^URL[^:\n]*:(\S+)", re.MULTILINE)
_PACKED_PREFIX = "pagefind_dcd"
# Of what is packed no more is looked at, in bytes: a little can hold very much.
_LARGEST = 50_000_000


def read_said(path: str, data: bytes) -> Said:
    """Return what the file at a path of the site says; of what is no text, nothing."""
    if data[:2] == b"\x1f\x8b":
        path, data = path.removesuffix(".gz"), _unpacked(data)
    text = Attachment(path, data).text
    said = Said()
    if not text:
        return said
    name = PurePosixPath(path).name
    reader = _READERS.get(name) or _READERS.get(PurePosixPath(name).suffix.lower(), _read_plain)
    try:
        said = reader(text)
    except (ValueError, AssertionError, csv.Error, ET.ParseError, RecursionError) as error:
        # Whatever cannot be taken apart is still a text in which a secret may stand.
        said = _read_plain(text)
        said.wrong = f"cannot be read: {error}"
    said.name_all(unquote(text) if "%" in text else text)
    return said


def shape_of(path: str) -> str:
    """Return what of a file's path decides how it is read."""
    name = PurePosixPath(path).name
    return name if name in _READERS else "".join(PurePosixPath(name.lower()).suffixes[-2:])


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, _LARGEST)
    except zlib.error:
        return b""


def _read_nothing(text: str) -> Said:
    return Said()


def _read_plain(text: str) -> Said:
    said = Said()
    said.words.append(text)
    return said


def _read_style_sheet(text: str) -> Said:
    said = _read_plain(text)
    read_style(said, "stylesheet", text)
    return said


def _read_json(text: str) -> Said:
    said = Said()
    read_value(said, json.loads(text), read_fragment)
    return said


def _read_csv(text: str) -> Said:
    said = Said()
    for row in csv.reader(io.StringIO(text)):
        for cell in row:
            read_text(said, cell)
    # Once more as it stands: a secret may be known by the name in the cell beside it.
    said.words = [text]
    return said


def _read_redirects(text: str) -> Said:
    said = _read_plain(text)
    said.links.update((parts[1], None) for line in text.splitlines() if len(parts := line.split()) > 1)
    return said


def _read_robots(text: str) -> Said:
    said = _read_plain(text)
    lines = (line.partition(":") for line in text.splitlines())
    said.links.update((where.strip(), None) for name, _, where in lines if name.strip().lower() == "sitemap")
    return said


def _read_calendar(text: str) -> Said:
    said = _read_plain(re.sub(r"\r?\n[ \t]", "", text))
    said.links.update(dict.fromkeys(_CALENDAR_URL.findall(said.text)))
    return said


def _read_index(text: str) -> Said:
    """Read a fragment of the search index, which has a page's text; its addresses count from the site's root."""
    said = Said()
    value = json.loads(text.removeprefix(_PACKED_PREFIX))
    url = value.pop("url", "") if isinstance(value, dict) else ""
    if isinstance(value, dict) and isinstance(value.get("meta"), dict):
        # The first picture, as its page writes it: the page is looked at by itself.
        value["meta"].pop("image", None)
    read_value(said, value)
    if url:
        said.links[f"../../{url.lstrip('/')}"] = None
    return said


def _read_xml(text: str) -> Said:
    said = Said()
    for address in _SHEET.findall(text):
        fetch(said, "xml-stylesheet", address)
    _read_node(said, ET.fromstring(text), "")
    return said


def _read_node(said: Said, node: ET.Element, base: str) -> None:
    space, _, tag = node.tag.removeprefix("{").rpartition("}") if isinstance(node.tag, str) else ("", "", "")
    if _BASE in node.attrib:
        base = counted_from(base, node.attrib[_BASE])
    attributes = {name.rpartition("}")[2].lower(): value for name, value in node.attrib.items() if name != _BASE}
    own = Said()
    text = node.text or ""
    if space in (_SVG, _XHTML):
        read_element(own, tag.lower(), attributes)
        if tag.lower() == "style":
            read_style(own, "style", text)
    elif href := attributes.get("href") if space == _ATOM else None:
        own.links[href] = None
    if space not in (_SVG, _XHTML) and tag in _ADDRESSES and text.strip():
        own.links[text.strip()] = None
    said.links.update((counted_from(base, link) if base else link, None) for link in own.links)
    said.fetched.update(own.fetched)
    said.anchors.update(own.anchors)
    said.attributes += own.attributes or [f'{name}="{value}"' for name, value in attributes.items()]
    if attributes.get("type") == "html":
        read_fragment(said, text, base)
    else:
        said.value(text)
        said.words += [*own.words, text] if space in (_SVG, _XHTML) else ["\n", text]
    for inner in node:
        _read_node(said, inner, base)
        said.words.append(inner.tail or "")


_READERS: dict[str, Callable[[str], Said]] = {
    ".html": read_page,
    ".htm": read_page,
    ".xml": _read_xml,
    ".svg": _read_xml,
    ".css": _read_style_sheet,
    ".json": _read_json,
    ".csv": _read_csv,
    ".ics": _read_calendar,
    ".pf_fragment": _read_index,
    # Stems of words and numbers of pages, not in a form that anybody reads.
    **dict.fromkeys((".pf_index", ".pf_meta", ".pf_filter", ".pagefind"), _read_nothing),
    REDIRECTS: _read_redirects,
    "robots.txt": _read_robots,
}
