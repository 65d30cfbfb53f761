"""What Markdown makes and some readers cannot reach: wide tables, and boxes without a name."""

from __future__ import annotations

import re

_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
_BOX = re.compile(r'<input(?=[^>]*type="checkbox")(?![^>]*aria-label)([^>]*?)/?>')


def make_reachable(html: str) -> str:
    """Return a page's HTML with every Markdown table in a frame that scrolls by itself, and every box named."""
    framed = _TABLE.sub(r'<div class="ab-scroll" role="group" aria-label="Table">\g<0></div>', html)
    return _BOX.sub(_named, framed)


def _named(box: re.Match[str]) -> str:
    name = "done" if "checked" in box[1] else "to do"
    return f'<input aria-label="{name}"{box[1]}>'
