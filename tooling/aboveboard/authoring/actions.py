"""Keep a promise or drop it: find an action by its address, and change its state and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from aboveboard.authoring.edits import Edit, plan_edit, set_values
from aboveboard.content.edit import set_value
from aboveboard.content.library import Library
from aboveboard.content.yaml_nodes import Path as FieldPath
from aboveboard.errors import UserError, nearest
from aboveboard.insight.actions import Promise, promises

_MOST = 8


class SeveralPromises(UserError):
    """An id that more than one promise answers to; `reasons` are those there are, a line each."""

    def __init__(self, name: str, reasons: Sequence[str]) -> None:
        super().__init__(f"{name!r} could be any of these promises: name its entry too")
        self.reasons = tuple(reasons)


def find_promise(library: Library, name: str) -> Promise:
    """Return the promise at `<entry>#<action>`, the path or address of a page with `#<action>`, or a tail of it.

    `#a1` and `checkout-timeouts#a1` will do where only one of our own promises ends so. Raises UserError with
    the nearest one, SeveralPromises with the candidates.
    """
    where, _, action = name.strip().rpartition("#")
    where = where.rstrip("/").removesuffix("/index.md").removesuffix(".md").rsplit("/", 1)[-1]
    known = promises(library.entries)
    exact = [p for p in known if p.id == f"{where}#{action}"]
    ours = [p for p in known if not p.entry.is_retold]
    found = exact or [p for p in ours if p.action.id == action and _ends(p.entry.id, where)]
    if not found:
        guess = nearest(f"{where}#{action}", _names_like(where, ours))
        hint = f"did you mean {guess}?" if guess else "`aboveboard action list` shows what there is"
        raise UserError(f"no promise is called {name!r}: {hint}")
    if len(found) > 1 and len({p.id for p in found}) == 1:
        raise UserError(
            f"the id {action!r} stands twice in {found[0].entry.path}: give one of the two another `id:`"
        )
    if len(found) > 1:
        found.sort(key=lambda p: p.action.status != "open")
        lines = [f"{p.id}  {p.action.status}  {p.action.what}" for p in found[:_MOST]]
        more = [f"and {len(found) - _MOST} more"] if len(found) > _MOST else []
        raise SeveralPromises(name, (*lines, *more))
    return found[0]


def plan_done(library: Library, promise: Promise, link: str | None, today: date) -> Edit:
    """Return the edit that says a promise was kept, today, and where that can be seen.

    Done already: nothing, or another link where one is given. Raises UserError for one that was dropped.
    """
    action = promise.action
    if action.status == "dropped":
        raise UserError(
            f"{promise.id} was dropped{_on(action.closed)}: set `status: open` by hand to promise it again"
        )
    if action.status == "done":
        said = [f"{promise.id} was done already{_on(action.closed)}"]
        changes: list[tuple[str, Any]] = [("link", link)] if link and link != action.link else []
        return _plan(library, promise, changes, said)
    said = [] if link or action.link else ["evidence is missing: add it with --link URL as soon as there is some"]
    changes = [("status", "done")]
    if promise.entry.is_retold:
        said.append("others promised this, so the day they kept it was left out: add `closed:` if you know it")
    else:
        changes.append(("closed", today.isoformat()))
    return _plan(library, promise, [*changes, ("link", link)] if link else changes, said)


def plan_drop(library: Library, promise: Promise, why: str, today: date) -> Edit:
    """Return the edit that says a promise is given up, today, and why.

    Raises UserError for one that was done, or dropped for another reason.
    """
    action = promise.action
    if action.status == "done":
        raise UserError(f"{promise.id} was done{_on(action.closed)}: it cannot be dropped any more")
    if action.status == "dropped" and action.why not in (None, why):
        raise UserError(f"{promise.id} was dropped{_on(action.closed)}: {action.why!r} stands, change it by hand")
    if action.status == "dropped":
        said = [f"{promise.id} was dropped already{_on(action.closed)}"]
        return _plan(library, promise, [] if action.why else [("why", why)], said)
    changes: list[tuple[str, Any]] = [("status", "dropped")]
    if not promise.entry.is_retold:
        changes.append(("closed", today.isoformat()))
    return _plan(library, promise, [*changes, ("why", why)], [])


def _plan(library: Library, promise: Promise, changes: list[tuple[str, Any]], said: list[str]) -> Edit:
    actions = promise.entry.fields.actions
    index = next(place for place, action in enumerate(actions) if action is promise.action)
    at: FieldPath = ("actions", index)

    def change(text: str) -> str:
        if changes and not promise.entry.matter.values["actions"][index].get("id"):
            # Its place was its id. Written down, its address holds when the list is put in another order.
            text = set_value(text, (*at, "id"), promise.action.id)
        return set_values(text, *(((*at, name), value) for name, value in changes))

    return plan_edit(library, promise.entry, change, *said)


def _on(day: date | None) -> str:
    return f" on {day}" if day else ""


def _ends(whole: str, tail: str) -> bool:
    return not tail or whole == tail or whole.endswith(f"-{tail}")


def _names_like(where: str, ours: list[Promise]) -> list[str]:
    """Return what a mistyped name may have meant: whole ids, and tails as long as the one that was typed."""
    hyphens = where.count("-") + 1
    tails = {f"{'-'.join(p.entry.id.split('-')[-hyphens:])}#{p.action.id}" for p in ours} if where else set()
    return [*(p.id for p in ours), *tails]
