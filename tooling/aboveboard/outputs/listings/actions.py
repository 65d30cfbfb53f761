"""Every promise of every entry, and whether it was kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aboveboard.content.public import PublicLibrary
from aboveboard.insight.actions import Promise, Register, by_owner, count_states, register_of
from aboveboard.outputs.links import BY_OWNER, NO_OWNER
from aboveboard.outputs.page import Page
from aboveboard.outputs.render import Renderer

STATES = {"overdue": "Overdue", "open": "Open", "done": "Done", "dropped": "Dropped"}
ELSEWHERE = "Promised elsewhere, as reported"
NEWEST = 100
NEWEST_OF_OWNER = 20


@dataclass(frozen=True, slots=True)
class State:
    """Promises in one state: those shown, and how many there are."""

    name: str
    label: str
    shown: Sequence[Promise]
    count: int


def action_pages(library: PublicLibrary) -> Iterator[Page]:
    """Yield the register of all actions by state, and the same by owner."""
    register = register_of(library.entries, library.today)
    owners = _owners(library, register)
    yield _register_page(library, register, owners)
    yield _owner_page(library, owners)


def _register_page(
    library: PublicLibrary, register: Register, owners: list[tuple[str, str, Sequence[Promise]]]
) -> Page:
    path, today = "actions/index.md", library.today
    found = {name: getattr(register, name) for name in STATES}
    # What is still to be kept is shown whole; what is over is shown as far back as anybody scrolls.
    states = [
        State(name, STATES[name], its if name in ("overdue", "open") else its[:NEWEST], len(its))
        for name, its in found.items()
    ]
    states.append(State("elsewhere", ELSEWHERE, register.elsewhere[:NEWEST], len(register.elsewhere)))
    table = [(slug, name, count_states(its, today)) for slug, name, its in owners]
    about = "What we promised, and whether we kept it."
    body = Renderer(library.frame, path)("actions", states=states, owners=table, about=about, today=today)
    return Page(path, "Actions", body, about)


def _owner_page(library: PublicLibrary, owners: list[tuple[str, str, Sequence[Promise]]]) -> Page:
    about = "What each team and role promised, and what came of it."
    sections = []
    for slug, name, its in owners:
        to_keep = [promise for promise in its if promise.action.status == "open"]
        over = [promise for promise in its if promise.action.status != "open"]
        counts = count_states(its, library.today)
        sections.append((slug, name, counts, to_keep, over[:NEWEST_OF_OWNER], len(over[NEWEST_OF_OWNER:])))
    render = Renderer(library.frame, BY_OWNER)
    body = render("actions_by_owner", sections=sections, about=about, today=library.today)
    return Page(BY_OWNER, "Actions by owner", body, about)


def _owners(library: PublicLibrary, register: Register) -> list[tuple[str, str, Sequence[Promise]]]:
    """Return anchor, name and promises of every owner by name; what nobody owns comes last."""
    found = by_owner(register.ours)
    named = sorted((library.registers.name_of("teams", owner), owner) for owner in found if owner)
    owners = [(owner, name, found[owner]) for name, owner in named]
    return [*owners, *([(NO_OWNER, "Nobody yet", found[""])] if "" in found else [])]
