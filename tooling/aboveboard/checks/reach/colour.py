"""AX: whether what is said by colour is said by anything else as well."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aboveboard.checks.context import Context
from aboveboard.checks.rule import Document, Finding, document_rule
from aboveboard.content.passages import flat_text, passages
from aboveboard.errors import Severity

_COLOURS = ("red", "green", "blue", "yellow", "orange", "amber", "purple", "pink", "grey", "gray")
_COLOUR = f"(?:{'|'.join(_COLOURS)})"
_MARK = (
    r"(?:lines?|bars?|dots?|curves?|areas?|regions?|cells?|rows?|columns?|items?|fields?|boxes|box|circles?"
    r"|points?|segments?|bands?|entries|steps|text|words|parts|sections|buttons?|arrows?|squares?)"
)
_BY_COLOUR = re.compile(
    # The red line shows …; red and blue bars are …
    rf"\b(?:the|each|every|all)\s+{_COLOUR}(?:\s+(?:and|or)\s+(?:the\s+)?{_COLOUR})?\s+{_MARK}"
    r"\s+(?:shows?|marks?|represents?|indicates?|means?|denotes?|stands?\s+for|(?:is|are)\s+(?:the|our|for|what|those|where|when))\b"
    # items in green, rows marked in red; not "in red hats"
    rf"|\b{_MARK}\s+(?:(?:that|which)\s+(?:is|are)\s+)?"
    r"(?:marked\s+|shown\s+|highlighted\s+|colou?red\s+|printed\s+|listed\s+|written\s+|drawn\s+)?"
    rf"in\s+(?:bright\s+|dark\s+|light\s+)?{_COLOUR}"
    r"(?=\s*(?:[.,;:)!?]|$)|\s+(?:is|are|was|were|has|have|needs?|must|shows?|means?|marks?)\b)"
    # marked red, shown in orange where nothing else is said of it
    rf"|\b(?:highlighted|colou?red)\s+(?:in\s+)?{_COLOUR}(?=\s*(?:[.,;:)!?]|$))"
    # the button in green, press the green button
    rf"|\b(?:press|click|choose|select|tap)\s+(?:on\s+)?the\s+{_COLOUR}\s+(?:button|box|icon|link|arrow|square)\b",
    re.IGNORECASE,
)
# A colour that says something stands behind one of these, or before one of those.
_BEFORE = (" in", " in bright", " in dark", " in light", "highlighted", "coloured", "colored")
_BEHIND = re.compile(rf" (?:and|or|{_MARK}|button|box|icon|link|arrow|square)")
_OTHER_CUE = re.compile(
    r"\b(?:dashed|dotted|solid|thick|thin|bold|italics?|striped|hatched|upper|lower|top|bottom|left|right|middle"
    r"|first|second|third|last|labell?ed|label|called|named|titled|asterisks?|stars?|symbols?|icons?\s+with"
    r"|triangles?|ticks?|crosses|letters?)\b|[\"\u201c\u201d*()]",
    re.IGNORECASE,
)


@document_rule("AX005", Severity.WARNING)
def meaning_is_not_carried_by_colour_alone(document: Document, context: Context) -> Iterator[Finding]:
    """One man in twelve and one woman in two hundred cannot tell red from green, and nobody hears either.

    Bad: `The red line shows errors.`
    Good: `The dashed red line shows errors.`
    """
    for passage in passages(document.prose) if _may_show(flat_text(document.prose)) else ():
        for offset, sentence in passage.sentences:
            match = _BY_COLOUR.search(sentence)
            if match and not _OTHER_CUE.search(sentence):
                said = " ".join(match[0].split())
                shown = said if len(said) <= 40 else f"{said[:39]}\u2026"
                message = f"{shown!r} can only be followed by colour: add a label, a shape or a place"
                yield Finding(passage.position(offset + match.start()), message)


def _may_show(flat: str) -> bool:
    """Tell whether a text in one line, folded, may have what `_BY_COLOUR` finds; hardly any has."""
    for colour in _COLOURS:
        at = flat.find(f" {colour}")
        while at >= 0:
            end = at + 1 + len(colour)
            if flat.endswith(_BEFORE, 0, at) or _BEHIND.match(flat, end):
                return True
            at = flat.find(f" {colour}", end)
    return False
