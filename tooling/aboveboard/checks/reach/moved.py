"""Old addresses: whether each leads to one place, and takes none that something else has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import PurePosixPath

from aboveboard.checks.reach.site import Site, bare, site_of, source_path
from aboveboard.checks.rule import Context, Finding, library_rule
from aboveboard.content.entry import Entry
from aboveboard.errors import Severity


@library_rule("NA008", Severity.ERROR)
def an_old_address_leads_to_one_place(context: Context) -> Iterator[tuple[str, Finding]]:
    """An address that two entries say was theirs, or that something else has now, cannot lead to both.

    Bad: `aliases: [/weeknotes/2026-w46-platform/]` while that weeknote is there
    Good: `aliases: [/weeknotes/week-46/]`
    """
    site = site_of(context)
    said: dict[str, list[tuple[Entry, int]]] = defaultdict(list)
    for entry in context.library.entries:
        for place, alias in enumerate(entry.fields.aliases):
            said[bare(alias).casefold()].append((entry, place))
    taken = {address.casefold(): path for address, path in _addresses(site)}
    for address, sayers in said.items():
        for entry, place in sayers:
            others = dict.fromkeys(other.path for other, _ in sayers if other is not entry)
            why = _taken(address, entry, taken, site) or (_also(others) if others else None)
            if why:
                position = entry.matter.position(("aliases", place))
                message = f"the old address /{bare(entry.fields.aliases[place])} {why}"
                yield entry.path, Finding(position, message)


def _addresses(site: Site) -> Iterator[tuple[str, str]]:
    return ((bare(site.address(path)), path) for path in site.places)


def _taken(address: str, entry: Entry, taken: dict[str, str], site: Site) -> str | None:
    """Return what stands at an address already, or where a folder for it would have to be."""
    if there := taken.get(address):
        own = there == source_path(entry)
        return "is its own: take it out" if own else f"is that of {there}: take it out, or give that another name"
    for folder in PurePosixPath(address).parents:
        file = taken.get(bare(str(folder)))
        if file and _file(site.address(file)).casefold() == str(folder):
            return f"lies below the file {file}: take it out"
    return None


def _file(address: str) -> str:
    return f"{address}index.html" if address.endswith("/") or not address else address


def _also(others: dict[str, None]) -> str:
    return f"is also said by {', '.join(others)}: keep it in one of them"
