"""The types that a field can have, each read from the text that was written.

Every scalar arrives as text (YAML 1.2 core, nothing resolved), so a type is a function from text
to value that raises ValueError with what to write instead. `Shape` names it for people.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, StringConstraints, ValidationInfo

from aboveboard.content.fields.accepted import FLAG, LINK, STAMP, Loose, accepts, form, words
from aboveboard.content.fields.addresses import (
    read_address,
    read_new_address,
    read_old_address,
    read_reply,
    read_url,
)
from aboveboard.content.slugs import has_name, slugify
from aboveboard.content.stamps import Stamp, parse_day, parse_stamp
from aboveboard.content.times import find_zone
from aboveboard.content.weeks import Week


@dataclass(frozen=True, slots=True)
class Shape:
    """How a type is called in the field reference, with an example as it is typed."""

    name: str
    example: str


def _from_text(read: Callable[[str], Any], expected: str) -> BeforeValidator:
    def convert(value: Any) -> Any:
        if not isinstance(value, str):
            raise ValueError(f"this should be {expected}, not a {_called(value)}")
        return read(value.strip())

    return BeforeValidator(convert)


def _called(value: Any) -> str:
    if isinstance(value, list):
        return "list"
    return "group of fields" if isinstance(value, dict) else "text"


def _flag(text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise ValueError(f"{text!r} is not true or false: write one of the two")
    return text.lower() == "true"


def _count(text: str) -> int:
    if not re.fullmatch(r"\d{1,5}", text):
        raise ValueError(f"{text!r} is not a whole number")
    return int(text)


def _slug(text: str) -> str:
    if not has_name(text):
        raise ValueError(f"{text!r} has no letter or digit to make a name of")
    return slugify(text)


def _colour(text: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise ValueError(f"{text!r} is not a colour: write it in quotation marks, as '#1d4f91'")
    return text.lower()


def _language(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", text):
        raise ValueError(f"{text!r} is not a language tag: write en, cy or pt-BR")
    return text


def _zone(text: str) -> str:
    find_zone(text)
    return text


def _severity(text: str, info: ValidationInfo) -> str:
    scale: tuple[str, ...] = (info.context or {}).get("severities", ())
    if scale and text not in scale:
        raise ValueError(f"{text!r} is not on the scale: {', '.join(scale)}")
    return text


def _many(value: Any) -> Any:
    """Accept one where a list is meant: `team: a` and `authors: a` read the same."""
    return [value] if isinstance(value, str) else value


def _once(values: list[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _entry_id(text: str) -> str:
    return text.rstrip("/").rsplit("/", 1)[-1].removesuffix(".md")


Text = Annotated[
    str,
    _from_text(lambda text: text, "text"),
    StringConstraints(min_length=1),
    words(minLength=1),
    Shape("text", "Checkout timeouts"),
]
Flag = Annotated[
    bool,
    _from_text(_flag, "true or false"),
    accepts(type=["boolean", "string"], pattern=FLAG),
    Shape("true or false", "true"),
]
Count = Annotated[
    int,
    _from_text(_count, "a whole number"),
    accepts(type=["integer", "string"], minimum=0, pattern=r"^\s*\d{1,5}\s*$"),
    Shape("whole number", "30"),
]
Day = Annotated[
    date,
    _from_text(parse_day, "a day"),
    form(r"\d{4}-\d{2}-\d{2}", "2026-11-20", format="date"),
    Shape("day", "2026-11-20"),
]
When = Annotated[
    Stamp,
    _from_text(parse_stamp, "a time"),
    form(STAMP, "2026-11-20T02:04Z, 2026-11-20 02:04, ~02:10 or 2026-11-20"),
    Shape("day or time", "2026-11-20T02:04Z"),
]
IsoWeek = Annotated[
    Week, _from_text(Week.parse, "a week"), form(r"\d{4}-[Ww]\d{2}", "2026-W47"), Shape("ISO week", "2026-W47")
]
Slug = Annotated[str, _from_text(_slug, "a slug"), words(minLength=1), Shape("slug", "platform-team")]
EntryId = Annotated[
    str,
    _from_text(_entry_id, "an entry's id"),
    words(),
    Shape("entry id", "2026-11-20-checkout-timeouts"),
]
Url = Annotated[
    str,
    _from_text(read_url, "an address"),
    form(LINK, "https://example.org/"),
    Shape("URL", "https://example.org/"),
]
ReplyUrl = Annotated[
    str,
    _from_text(read_reply, "an address"),
    form(LINK, "https://example.org/"),
    Shape("URL", "'https://example.org/issues/new?title={title}&body={url}'"),
]
Colour = Annotated[
    str, _from_text(_colour, "a colour"), form("#[0-9a-fA-F]{6}", "'#1d4f91'"), Shape("colour", "'#1d4f91'")
]
Address = Annotated[
    str,
    _from_text(read_address, "an address"),
    words(pattern=r"^\s*/?[^\s/?#]+(?:/[^\s/?#]+)*/?\s*$"),
    Shape("old address", "/incidents/old-name/"),
]
Language = Annotated[
    str,
    _from_text(_language, "a language"),
    form("[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", "en, cy or pt-BR"),
    Shape("language tag", "en-GB"),
]
Zone = Annotated[
    str,
    _from_text(_zone, "a time zone"),
    form("[A-Za-z0-9_+/-]+", "Europe/London"),
    Shape("time zone", "Europe/London"),
]
# Keys and values of `redirects:`; any word may be an address, and which are none the type says.
OldAddress = Annotated[str, _from_text(read_old_address, "an address"), words()]
NewAddress = Annotated[str, _from_text(read_new_address, "an address"), words()]
SeverityLabel = Annotated[
    str,
    _from_text(lambda text: text, "a severity"),
    AfterValidator(_severity),
    words(),
    Shape("severity", "sev2"),
]
Slugs = Annotated[
    list[Slug], BeforeValidator(_many), Loose(), AfterValidator(_once), Shape("slugs", "[payments, checkout]")
]
EntryIds = Annotated[list[EntryId], BeforeValidator(_many), Loose(), Shape("entry ids", "[2026-w47-platform]")]
Texts = Annotated[list[Text], BeforeValidator(_many), Loose(), Shape("texts", "[pages load under 2 s]")]
