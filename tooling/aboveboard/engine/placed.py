"""Links where an engine counts those in HTML from the source file, as Zensical does, and not from the page.

A page's Markdown links name source files, and every engine makes addresses of them. Links in HTML, of which our
pages mostly consist, are addresses already, and MkDocs leaves them as they are. Zensical turns both into
addresses: a page `x/y.md` is published at `x/y/`, so it puts `../` before each link. What was an address is
therefore counted back by that one step, and comes out as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

# By this name Zensical tells extensions which page they see.
_CONTEXT = "rendering_context"
_MARK = "data-ab-source"
# A tag, and the links in it that Zensical turns into addresses.
_VALUE = r"""(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`]++)"""
_TAG = re.compile(rf"""<[a-z][a-z0-9]*+(?:\s++[^\s"'<>/=]++(?:\s*+=\s*+{_VALUE})?+)*+\s*+/?>""", re.IGNORECASE)
_LINK = re.compile(rf"(\s(?:href|src)\s*=\s*)({_VALUE})", re.IGNORECASE)
_LIST = re.compile(rf"(\ssrcset\s*=\s*)({_VALUE})", re.IGNORECASE)
_MARKED = re.compile(rf"\s{_MARK}(?:={_VALUE})?")
_ELSEWHERE = re.compile(r"[#?/]|[a-z][a-z0-9+.-]*:|$", re.IGNORECASE)


class Marked(Treeprocessor):
    """Marks links that were written in Markdown, so that they can be told from those in HTML."""

    def run(self, root: Element) -> None:
        if _page(self.md) is None:
            return
        for element in root.iter():
            if element.tag in ("a", "img"):
                element.set(_MARK, "")


def place_links(md: Markdown, html: str) -> str:
    """Return a page's HTML with its links such that the engine makes of them what MkDocs would."""
    page = _page(md)
    if page is None:
        return html
    return _TAG.sub(lambda tag: _placed(tag[0], page), html)


def _page(md: Markdown) -> _Page | None:
    """Return the page that is being rendered, where the engine is one that counts from the source file."""
    if _CONTEXT not in md.preprocessors:
        return None
    context: Any = md.preprocessors[_CONTEXT]
    path, config = PurePosixPath(context.page.path), context.config
    is_index = path.stem in ("index", "README") or not config["use_directory_urls"]
    return _Page(path, Path(config["root_dir"], config["docs_dir"]), is_index)


class _Page:
    def __init__(self, path: PurePosixPath, docs: Path, stays: bool) -> None:
        self.path, self.docs, self.stays = path, docs, stays

    def counted_back(self, link: str) -> str:
        """Return an address, as counted from the page, as it is counted from the source file."""
        if self.stays or _ELSEWHERE.match(link):
            return link
        return (link[3:] or "./") if link.startswith("../") else f"{self.path.stem}/{link}"

    def names_a_file(self, link: str) -> bool:
        """Return whether a link written in Markdown is a source file's path; MkDocs leaves others alone."""
        return (self.docs / self.path.parent / unquote(urlsplit(link).path)).is_file()


def _placed(tag: str, page: _Page) -> str:
    if (without := _MARKED.sub("", tag)) != tag:
        return _each(_LINK, without, lambda link: link if page.names_a_file(link) else page.counted_back(link))
    tag = _each(_LINK, tag, page.counted_back)
    return _each(_LIST, tag, lambda links: ", ".join(page.counted_back(one.strip()) for one in links.split(",")))


def _each(pattern: re.Pattern[str], tag: str, change: Callable[[str], str]) -> str:
    """Change the values of some attributes; their quotation marks stay."""

    def changed(found: re.Match[str]) -> str:
        value = found[2]
        quote = value[0] if value[0] in "\"'" else ""
        return f"{found[1]}{quote}{change(value.strip(quote) if quote else value)}{quote}"

    return pattern.sub(changed, tag)
