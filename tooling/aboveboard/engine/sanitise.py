"""Clean rendered HTML of whatever can run, whoever wrote it: scripts, event handlers, javascript: links.

After rendering and not before, because Markdown itself can make attributes (`{: onclick=… }`). What a
page would fetch from another host goes as well: its readers did not ask that host for anything.
"""

from __future__ import annotations

from functools import lru_cache

import nh3

from aboveboard.checks.reach.leads import FETCHED, shows_elsewhere

# What Markdown extensions and our own pages make, beside the usual text elements that nh3 allows.
_TAGS = nh3.ALLOWED_TAGS | {
    "audio", "button", "details", "figcaption", "figure", "input", "label", "main", "mark", "nav", "picture",
    "section", "source", "summary", "video",
    "svg", "g", "path", "circle", "rect", "line", "polyline", "polygon", "text", "tspan", "title", "desc", "use",
}  # fmt: skip
_ANY = {
    "class", "id", "dir", "lang", "title", "role", "tabindex", "hidden", "markdown",
    "style",
}  # fmt: skip
_DRAWING = {
    "d", "cx", "cy", "r", "rx", "ry", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "viewBox", "fill",
    "stroke", "stroke-width", "stroke-dasharray", "points", "transform", "text-anchor", "xmlns", "font-size",
}  # fmt: skip
_ATTRIBUTES: dict[str, set[str]] = {
    **{tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()},
    "*": _ANY,
    "a": {"href", "hreflang", "rel", "target", "name"},
    "audio": {"src", "controls", "preload"},
    "details": {"open"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height", "loading", "decoding"},
    "input": {"type", "checked", "disabled", "name", "value"},
    "label": {"for"},
    "ol": {"start", "reversed", "type"},
    "source": {"src", "srcset", "type", "media"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope", "abbr"},
    "time": {"datetime"},
    "video": {"src", "controls", "preload", "poster", "width", "height"},
    **dict.fromkeys(
        ("svg", "g", "path", "circle", "rect", "line", "polyline", "polygon", "text", "tspan"),
        _DRAWING,
    ),
}  # fmt: skip


def sanitise(html: str, site_url: str | None = None) -> str:
    """Return a page's HTML with only what cannot run, frame or submit anything, nor ask another host.

    `site_url`: the site's own address. A picture from elsewhere loses its address, so that its text stands in
    its place and nobody learns who reads the page.
    """

    # Nearly no page has a picture; then nothing is asked of us for every attribute.
    written = html.lower()
    fetches = any(name in written for name in FETCHED)
    cleaned: str = _cleaner(site_url, fetches).clean(html)
    return cleaned


@lru_cache(maxsize=8)
def _cleaner(site_url: str | None, fetches: bool) -> nh3.Cleaner:
    def keep(tag: str, attribute: str, value: str) -> str | None:
        return None if attribute in FETCHED and shows_elsewhere(attribute, value, site_url) else value

    return nh3.Cleaner(
        tags=_TAGS,
        clean_content_tags={"script", "style"},
        attributes=_ATTRIBUTES,
        attribute_filter=keep if fetches else None,
        generic_attribute_prefixes={"aria-", "data-"},
        filter_style_properties={"text-align"},
        link_rel=None,
        url_schemes={"http", "https", "mailto", "tel"},
        strip_comments=True,
    )
