"""Every promise of every entry, and whether it was kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aboveboard.content.frame import Frame
from aboveboard.content.public import PublicLibrary
from aboveboard.insight.actions import Promise, Register, by_owner, count_states, register_of
from aboveboard.insight.numbered import OWNER_IN_ONE
from aboveboard.outputs.links import BY_OWNER, NO_OWNER, owner_path
from aboveboard.outputs.page import Draft, Page
from aboveboard.outputs.render import Renderer

INDEX = "actions/index.md"
STATES = {"overdue": "Overdue", "open": "Open", "done": "Done", "dropped": "Dropped"}
ELSEWHERE = "Promised elsewhere, as reported"
ABOUT = "What we promised, and whether we kept it."
ABOUT_OWNERS = "What each team and role promised, and what came of it."
NEWEST = 60
# Of an owner with a page of their own: what is still to keep, and what is over, there and among all owners.
OWN_PAGE, AMONG_ALL = (200, 100), (8, 4)


@dataclass(frozen=True, slots=True)
class State:
    """Promises in one state: those shown, and how many there are."""

    name: str
    label: str
    shown: Sequence[Promise]
    count: int


@dataclass(frozen=True, slots=True)
class Owner:
    """A team or role with what it promised: counted by state, in part shown. `own_page`: whether it has one."""

    slug: str
    name: str
    counts: Counter[str]
    to_keep: Sequence[Promise]
    over: Sequence[Promise]
    own_page: bool

    @property
    def left(self) -> int:
        """How many of its promises are not shown."""
        return self.counts.total() - len(self.to_keep) - len(self.over)


def action_pages(library: PublicLibrary) -> Iterator[Draft]:
    """Yield the register of all actions by state, the same by owner, and a page for each owner of many."""
    frame, register = library.frame, register_of(library.entries, library.today)
    owners = _owners(library, register)
    table = [(slug, name, count_states(its, library.today)) for slug, name, its in owners]
    yield Draft((INDEX,), _register_page, (frame, _states(register), table))
    yield Draft((BY_OWNER,), _owners_page, (frame, [_owner(frame, *owner, most=AMONG_ALL) for owner in owners]))
    for slug, name, its in owners:
        if len(its) > OWNER_IN_ONE:
            yield Draft((owner_path(slug),), _owner_page, (frame, _owner(frame, slug, name, its, most=OWN_PAGE)))


def _states(register: Register) -> list[State]:
    found = [(name, label, getattr(register, name)) for name, label in (*STATES.items(), ("elsewhere", ELSEWHERE))]
    return [State(name, label, its[:NEWEST], len(its)) for name, label, its in found]


def _owner(frame: Frame, slug: str, name: str, its: Sequence[Promise], most: tuple[int, int]) -> Owner:
    """Return an owner with all that was promised, or as much as there is room for where it is much."""
    to_keep = [promise for promise in its if promise.action.status == "open"]
    over = [promise for promise in its if promise.action.status != "open"]
    is_long = len(its) > OWNER_IN_ONE
    keep, end = most if is_long else (None, None)
    return Owner(slug, name, count_states(its, frame.today), to_keep[:keep], over[:end], is_long)


def _register_page(
    frame: Frame, states: Sequence[State], owners: Sequence[tuple[str, str, Counter[str]]]
) -> Iterator[Page]:
    shown = {"states": states, "owners": owners, "about": ABOUT, "today": frame.today}
    yield Page(INDEX, "Actions", Renderer(frame, INDEX)("actions", **shown), ABOUT)


def _owners_page(frame: Frame, owners: Sequence[Owner]) -> Iterator[Page]:
    body = Renderer(frame, BY_OWNER)("actions_by_owner", owners=owners, about=ABOUT_OWNERS, today=frame.today)
    yield Page(BY_OWNER, "Actions by owner", body, ABOUT_OWNERS)


def _owner_page(frame: Frame, owner: Owner) -> Iterator[Page]:
    path, about = owner_path(owner.slug), f"What {owner.name} promised, and what came of it."
    body = Renderer(frame, path)("actions_of_owner", owner=owner, today=frame.today)
    yield Page(path, f"Actions: {owner.name}", body, about)


def _owners(library: PublicLibrary, register: Register) -> list[tuple[str, str, Sequence[Promise]]]:
    """Return anchor, name and promises of every owner by name; what nobody owns comes last."""
    found = by_owner(register.ours)
    named = sorted((library.registers.name_of("teams", owner), owner) for owner in found if owner)
    owners = [(owner, name, found[owner]) for name, owner in named]
    return [*owners, *([(NO_OWNER, "Nobody yet", found[""])] if "" in found else [])]
