"""An entry's text as HTML for feeds, where no engine has rendered it: safe anywhere, links complete."""

from __future__ import annotations

import posixpath
from functools import cache, partial
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

import nh3
from markdown_it import MarkdownIt

from aboveboard.content.entry import Entry
from aboveboard.content.frame import Frame
from aboveboard.content.project import Project
from aboveboard.insight.incidents import went_quiet
from aboveboard.outputs.entry.text import entry_text
from aboveboard.outputs.entry.timeline import timeline_table
from aboveboard.outputs.links import absolute, source_path, url_for
from aboveboard.outputs.render import Renderer

_ATTRIBUTES = {
    **{tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()},
    "*": {"dir", "lang", "title"},
    "time": {"datetime"},
}
_LINKS = ("href", "src", "cite")


def full_text(frame: Frame, entry: Entry) -> str:
    """Return what an entry's page shows, its facts in short, as HTML that is safe anywhere.

    Links are absolute where the site has an address, else relative to the entry's page.
    """
    page = source_path(entry)
    render = Renderer(frame, page)
    head = render("feed_entry", entry=entry, quiet=went_quiet(entry, frame.today))
    text = entry_text(render, entry, timeline_table(entry))
    return clean(head + "\n" + _parser().render(text), frame.project, page)


def clean(html: str, project: Project, page: str) -> str:
    """Return HTML with nothing that can run, its links complete; `page`: the source path that they are from."""
    cleaned: str = nh3.clean(
        html,
        # A drawing is nothing without its style; its data stand beside it as a table.
        clean_content_tags={"script", "style", "svg"},
        attributes=_ATTRIBUTES,
        attribute_filter=partial(_complete, project, page),
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    return cleaned.strip()


def _complete(project: Project, page: str, tag: str, name: str, value: str) -> str | None:
    """Return an attribute, made complete where it is a link; None for a link that nothing can follow."""
    if name not in _LINKS:
        return value
    try:
        target = _from_page(project, page, value)
        base = absolute(project, page)
        return urljoin(base, target) if base else target
    except ValueError:
        return None


def _from_page(project: Project, page: str, target: str) -> str:
    """Return a link as a browser reads it on the page: one that names a file is one of the source first."""
    scheme, host, path, query, anchor = urlsplit(target)
    if scheme or host or path.startswith("/") or "." not in posixpath.basename(path).strip("."):
        return target
    source = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path)))
    return urlunsplit(("", "", url_for(project, page, source), query, anchor))


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")
