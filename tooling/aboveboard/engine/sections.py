"""What the menu and the footer list: sections, never entries, so that no page grows with the site."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.utils import nest_paths

from aboveboard.content.kinds import KINDS
from aboveboard.engine.prepare import Prepared
from aboveboard.outputs.listings.groups import GROUPS

SEARCH = "search/index.md"
MENU = {
    **{kind.plural: f"{kind.folder}/index.md" for kind in KINDS},
    "Lessons": "lessons/index.md",
    "Actions": "actions/index.md",
    "Openness": "openness/index.md",
}
FOOTER = {
    **{group.title: f"{group.folder}/index.md" for group in GROUPS},
    "Weeks": "weeks/index.md",
    "Years": "years/index.md",
    "Closed register": "closed/index.md",
    "Feeds": "feeds/index.md",
    "Data": "data/index.md",
    "Accessibility": "accessibility.md",
}


def list_sections(files: Files, config: MkDocsConfig, prepared: Prepared) -> None:
    """Set the menu, where `mkdocs.yml` has none of its own, and what header and footer link to."""
    there = {_at(file): file for file in files}
    menu = _present(MENU, there, prepared)
    footer = _present(FOOTER, there, prepared)
    if config.nav is None:
        config.nav = [*({title: there[at].src_uri} for title, at in menu.items()), *_written(files, prepared)]
    config.extra["ab_footer"] = [{"title": title, "path": there[at].url} for title, at in footer.items()]
    config.extra["ab_search"] = there[_address(SEARCH)].url if _address(SEARCH) in there else None


def _present(sections: dict[str, str], there: dict[str, File], prepared: Prepared) -> dict[str, str]:
    """Return where each section stands that there is, by title."""
    found = {title: _address(path) for title, path in sections.items() if not _is_empty_group(path, prepared)}
    return {title: at for title, at in found.items() if at in there}


def _address(path: str) -> str:
    stem = path.removesuffix(".md")
    return f"{stem}.html" if stem.endswith("index") else f"{stem}/index.html"


def _at(file: File) -> str:
    """Return where a file stands, said alike with and without `use_directory_urls`."""
    return _address(f"{file.dest_uri.removesuffix('.html')}.md") if file.is_documentation_page() else file.dest_uri


def _written(files: Files, prepared: Prepared) -> Iterator[object]:
    """Yield the ordinary pages that stand at no address of a section, the home page's included."""
    taken = {_address(path) for path in ("index.md", SEARCH, *MENU.values(), *FOOTER.values())}
    written = {page.path for page in prepared.library.pages}
    left = [f.src_uri for f in files.documentation_pages() if f.src_uri in written and _at(f) not in taken]
    yield from nest_paths(left)  # type: ignore[no-untyped-call]


def _is_empty_group(path: str, prepared: Prepared) -> bool:
    group = next((group for group in GROUPS if path == f"{group.folder}/index.md"), None)
    return group is not None and not group.of(prepared.public)
