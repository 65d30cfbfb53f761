"""An organisation's colours and font, made fit to read in: light and dark, contrast reckoned and not hoped for.

Contrast is that of WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio): at least 4.5 to 1
for text. A colour that is too pale on a background is moved towards black or white until it is.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import quote

from aboveboard.content.settings import Looks

PAPER, INK = "#ffffff", "#1b1f27"
NIGHT, CHALK = "#15181d", "#e5e8ed"
# Soft panels lie between page and text; what is read on the page must be readable on them too.
LIGHT_PANEL, DARK_PANEL = "#f2f3f6", "#20242b"
TEXT_CONTRAST = 4.8


def stylesheet_of(looks: Looks) -> str:
    """Return the CSS custom properties of an organisation's looks, and its font where it has one."""
    band = looks.colour
    return "".join(
        [
            _font(looks.font),
            f":root{{--ab-band:{band};--ab-on-band:{readable_on(band)};"
            f"--ab-link:{fit(looks.colour, LIGHT_PANEL)};--ab-accent:{fit(looks.accent, LIGHT_PANEL)}}}\n",
            f'[data-md-color-scheme="slate"]{{--ab-link:{fit(looks.colour, DARK_PANEL)};'
            f"--ab-accent:{fit(looks.accent, DARK_PANEL)}}}\n",
        ]
    )


def icon_of(looks: Looks) -> str:
    """Return the site's icon as SVG: an open page above a line, in the organisation's colour."""
    ink = readable_on(looks.colour)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f'<rect width="32" height="32" rx="6" fill="{looks.colour}"/>'
        f'<g fill="none" stroke="{ink}" stroke-width="3" stroke-linecap="round">'
        '<path d="M6 23h20"/><circle cx="16" cy="12" r="5"/></g></svg>\n'
    )


def fit(colour: str, background: str, contrast: float = TEXT_CONTRAST) -> str:
    """Return the nearest shade of a colour that has that contrast with a background; both as `#rrggbb`."""
    towards = "#000000" if luminance(background) > 0.18 else "#ffffff"
    for step in range(101):
        mixed = _mix(colour, towards, step / 100)
        if contrast_of(mixed, background) >= contrast:
            return mixed
    return towards


def readable_on(background: str) -> str:
    """Return black or white, whichever is easier to read on a colour."""
    return max(("#ffffff", "#000000"), key=lambda ink: contrast_of(ink, background))


def contrast_of(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, from 0 (black) to 1 (white)."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mix(colour: str, towards: str, share: float) -> str:
    pairs = zip(_channels(colour), _channels(towards), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _font(path: str | None) -> str:
    if path is None:
        return ""
    # The stylesheet lies in assets/, a step below the site's root.
    address = "../" + quote(str(PurePosixPath(path)).lstrip("/"))
    return (
        f'@font-face{{font-family:"Aboveboard Text";src:url("{address}") format("woff2");font-display:swap;'
        'font-weight:100 900}\n:root{--ab-font:"Aboveboard Text",system-ui,sans-serif}\n'
    )
