"""Files that come with every site: one stylesheet, one small script, an icon."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from aboveboard.content.public import PublicLibrary
from aboveboard.outputs.looks import icon_of, stylesheet_of
from aboveboard.outputs.page import Asset

STYLESHEET = "assets/aboveboard.css"
SCRIPT = "assets/aboveboard.js"
ICON = "assets/icon.svg"
STATIC = Path(__file__).parent / "static"

_DARK = re.compile(r'^\[data-md-color-scheme="slate"\].*$', re.MULTILINE)


def site_assets(library: PublicLibrary) -> Iterator[Asset]:
    """Yield the files that every page of a site loads."""
    looks = library.project.settings.looks
    yield Asset(STYLESHEET, stylesheet(stylesheet_of(looks)).encode())
    yield Asset(SCRIPT, (STATIC / "aboveboard.js").read_bytes())
    yield Asset(ICON, icon_of(looks).encode())


def stylesheet(looks: str) -> str:
    """Return the sheets of all rooms in order of name, after the organisation's looks.

    Dark rules are written once, for those who chose dark, a line each; here they are said again for
    those whose device prefers dark and who have no script to choose with.
    """
    sheets = sorted(STATIC.glob("*.css"), key=lambda path: path.name)
    css = looks + "".join(path.read_text(encoding="utf-8") for path in sheets)
    dark = "\n".join(rule.replace('"slate"', '"auto"') for rule in _DARK.findall(css))
    return f"{css}@media (prefers-color-scheme:dark){{\n{dark}\n}}\n"
