"""Old addresses: whether each leads to one place, and takes none that something else has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from aboveboard.checks.context import Context
from aboveboard.checks.reach.site import Site, bare, source_path
from aboveboard.checks.rule import Finding, rule
from aboveboard.content.entry import Entry
from aboveboard.errors import Severity


@rule("NA008", Severity.ERROR, around=True)
def an_old_address_leads_to_one_place(entry: Entry, context: Context) -> Iterator[Finding]:
    """An address that two entries say was theirs, or that something else has now, cannot lead to both.

    Bad: `aliases: [/weeknotes/2026-w46-platform/]` while that weeknote is there
    Good: `aliases: [/weeknotes/week-46/]`
    """
    for place, alias in enumerate(entry.fields.aliases):
        around, address = context.surroundings, bare(alias).casefold()
        others = [path for path in around.sayers(address) if path != entry.path]
        why = _taken(address, entry, around.taken, around.site) or (_also(others) if others else None)
        if why:
            position = entry.matter.position(("aliases", place))
            yield Finding(position, f"the old address /{bare(alias)} {why}")


def _taken(address: str, entry: Entry, taken: Mapping[str, str], site: Site) -> str | None:
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


def _also(others: list[str]) -> str:
    return f"is also said by {', '.join(others)}: keep it in one of them"
