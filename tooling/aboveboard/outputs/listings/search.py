"""The search page: a form where scripts run, and where they don't, the lists that gather everything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from aboveboard.content.kinds import KINDS
from aboveboard.content.public import PublicLibrary
from aboveboard.outputs.assets import STATIC
from aboveboard.outputs.facets import facets_of
from aboveboard.outputs.listings.groups import GROUPS
from aboveboard.outputs.page import Asset, Page
from aboveboard.outputs.render import Renderer

PATH = "search/index.md"
SCRIPT = "assets/search.js"
LABELS = {"kind": "Kind", "team": "Team", "service": "Service", "year": "Year", "severity": "Severity"}


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow a search: its name in the address, its label, and what can be chosen."""

    name: str
    label: str
    values: tuple[str, ...]


def search_pages(library: PublicLibrary) -> Iterator[Page | Asset]:
    """Yield the search page, and the script that only it loads."""
    render = Renderer(library.frame, PATH)
    body = render("search", path=PATH, facets=_facets(library), lists=list(_lists(library)))
    about = "Find a word in everything that was published, or look through the lists."
    yield Page(PATH, "Search", body, about, head=render("search_head", script=SCRIPT))
    yield Asset(SCRIPT, (STATIC / "search.js").read_bytes())


def _facets(library: PublicLibrary) -> list[Facet]:
    """Return the facets with anything to choose between, each in the order that its readers expect."""
    found: dict[str, set[str]] = {name: set() for name in LABELS}
    for entry in library.entries:
        for name, said in facets_of(library.frame, entry).items():
            found[name].update(said)
    worst_first = library.project.settings.severities
    order = {
        "kind": [kind.title for kind in KINDS if kind.title in found["kind"]],
        "year": sorted(found["year"], reverse=True),
        "severity": [label for label in worst_first if label in found["severity"]],
    }
    values = {name: order.get(name) or sorted(found[name], key=str.casefold) for name in LABELS}
    return [Facet(name, label, tuple(values[name])) for name, label in LABELS.items() if len(values[name]) > 1]


def _lists(library: PublicLibrary) -> Iterator[tuple[str, str, str]]:
    """Yield the lists that there are: their title, path, and what they gather."""
    yield from ((kind.plural, f"{kind.folder}/index.md", kind.about) for kind in KINDS)
    yield "Lessons", "lessons/index.md", "What we learned, from everything we published."
    yield "Actions", "actions/index.md", "What we promised, and whether we kept it."
    yield from ((group.title, f"{group.folder}/index.md", group.about) for group in GROUPS if group.of(library))
    yield "Weeks", "weeks/index.md", "What happened week by week, of all teams."
    yield "Years", "years/index.md", "Everything, in the order of its days."
