"""An entry's text as HTML for feeds, where no engine has rendered it: safe anywhere, links complete."""

from __future__ import annotations

from functools import cache
from urllib.parse import urljoin

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from aboveboard.content.entry import Entry
from aboveboard.content.project import Project
from aboveboard.outputs.links import absolute, address, source_path


def render_markdown(entry: Entry, project: Project) -> str:
    """Return an entry's body as sanitised HTML; relative links are made absolute where the site has an address."""
    path = source_path(entry)
    tokens = _parser().parse(entry.body)
    for token in _with_children(tokens):
        for name in ("href", "src"):
            target = token.attrGet(name)
            if isinstance(target, str):
                token.attrSet(name, _complete(target, path, project))
    html: str = _parser().renderer.render(tokens, _parser().options, {})
    return str(nh3.clean(html, link_rel=None)).strip()


def _complete(target: str, path: str, project: Project) -> str:
    if "://" in target or target.startswith(("mailto:", "#", "/")):
        return target if not target.startswith("#") else (absolute(project, path) or "") + target
    source = urljoin(path, target)
    file, mark, anchor = source.partition("#")
    if (base := absolute(project, "index.md")) is None:
        return target
    return urljoin(base, address(file, project.directory_urls)) + mark + anchor


def _with_children(tokens: list[Token]) -> list[Token]:
    return [inner for token in tokens for inner in (token, *(token.children or ()))]


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")
