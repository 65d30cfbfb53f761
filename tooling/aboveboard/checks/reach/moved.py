"""Old addresses, of entries and in `redirects:`: each leads to one place, and takes none that something has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from aboveboard.checks.context import Context
from aboveboard.checks.reach.site import Site, bare, source_path
from aboveboard.checks.rule import Finding, library_rule, rule
from aboveboard.content.entry import Entry
from aboveboard.content.moved import as_path, is_off_site
from aboveboard.errors import Severity, nearest

# At the address of one of these nothing stands for the public, and nothing will without somebody's doing.
_VACANT = ("draft", "broken", "empty")


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


@library_rule("NA009", Severity.ERROR)
def a_redirect_leads_from_nothing_to_something(context: Context) -> Iterator[tuple[str, Finding]]:
    """An old address that something has now, or that leads nowhere or in a circle, answers nobody.

    Bad: `redirects: {/tags/queue/: /tags/queus/}` where no tag is called that
    Good: `redirects: {/tags/queue/: /tags/queues/}`
    """
    site, to = context.surroundings.site, context.settings.redirects
    moved = {_bare(site, old).casefold(): new for old, new in to.items()}
    seen: dict[str, str] = {}
    for old, position in context.moved:
        address = _bare(site, old).casefold()
        if address in seen:
            why: str | None = f"is said twice, here and as {seen[address]}: keep one of them"
        elif old not in to:
            why = "leads to nothing: write where that is now, or take it out"
        else:
            why = _not_free(address, context) or _nowhere(to[old], address, moved, context)
        seen.setdefault(address, old)
        if why:
            yield context.config, Finding(position, f"`redirects`: {old} {why}")


def _not_free(address: str, context: Context) -> str | None:
    """Return why an old address of `redirects:` cannot answer there."""
    around = context.surroundings
    if says := around.sayers(address):
        return f"is also an old address of {', '.join(says)}: keep it in one of them"
    there = around.taken.get(address)
    if there and around.site.places[there].held in _VACANT:
        return None
    return _standing(address, around.taken, around.site)


def _nowhere(new: str, address: str, moved: Mapping[str, str], context: Context) -> str | None:
    """Return why where an old address leads is no place for a reader, other old addresses on the way followed."""
    site, passed = context.surroundings.site, {address}
    while not is_off_site(new):
        wanted = _bare(site, new)
        if wanted.casefold() in passed:
            return "leads back to itself in the end: write where that is now"
        if wanted.casefold() not in moved:
            return _missing(new, wanted, site)
        passed.add(wanted.casefold())
        new = moved[wanted.casefold()]
    return None


def _missing(new: str, wanted: str, site: Site) -> str | None:
    path = site.addresses.get(wanted)
    if path is None:
        guess = nearest(wanted, site.addresses)
        hint = f"did you mean /{site.address(site.addresses[guess])}?" if guess else "write where that is now"
        return f"leads to {new}, where nothing is: {hint}"
    held = site.places[path].held
    return f"leads to {path}, which the public does not see ({held}): lead it elsewhere" if held else None


def _bare(site: Site, written: str) -> str:
    return bare(site.address(as_path(written, site.directory_urls)))


def _taken(address: str, entry: Entry, taken: Mapping[str, str], site: Site) -> str | None:
    own = taken.get(address) == source_path(entry)
    return "is its own: take it out" if own else _standing(address, taken, site)


def _standing(address: str, taken: Mapping[str, str], site: Site) -> str | None:
    """Return what stands at an address already, or where a folder for it would have to be."""
    if there := taken.get(address):
        return f"is that of {there}: take it out, or give that another name"
    for folder in PurePosixPath(address).parents:
        file = taken.get(bare(str(folder)))
        if file and _file(site.address(file)).casefold() == str(folder):
            return f"lies below the file {file}: take it out"
    return None


def _file(address: str) -> str:
    return f"{address}index.html" if address.endswith("/") or not address else address


def _also(others: list[str]) -> str:
    return f"is also said by {', '.join(others)}: keep it in one of them"
