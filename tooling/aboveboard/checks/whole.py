"""The answer for a whole project, remembered: where nothing changed, no library is made to say it again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from aboveboard.checks.attachment import read_attachments
from aboveboard.checks.clock import Clock
from aboveboard.checks.looked import Looked, keep, kept
from aboveboard.content.project import Project
from aboveboard.content.sources import Sources, read_sources
from aboveboard.content.store import Store
from aboveboard.errors import Diagnostic

if TYPE_CHECKING:
    from aboveboard.checks.context import Desk

ROOM = "whole"


def check_project(
    project: Project,
    now: datetime,
    store: Store,
    wanted: Callable[[str], bool] | None = None,
    ahead: Callable[[Desk, Sources, datetime, Store], None] = lambda desk, sources, now, store: None,
) -> tuple[list[Diagnostic], Sources]:
    """Return what `check_library` finds in a project, and the files that were read.

    `wanted` says of a project-relative path whether it is looked at; all are where it is left out. `ahead` may
    fill the store before everything is looked at.
    """
    sources = read_sources(project, store)
    key = _key(project, sources)
    record = kept(store.get(ROOM, key) or b"")
    if record and Clock(now).holds(record.since, record.until) and (looked := record.whole()):
        return [d for d in looked.own if wanted is None or wanted(d.path)], sources
    # Imported only here: reading and the rules take longer to import than a remembered answer to give.
    from aboveboard.checks.context import Desk
    from aboveboard.checks.inspection import Inspection
    from aboveboard.content.library import load_library
    from aboveboard.content.registers import load_registers

    if wanted is None:
        ahead(Desk(project, load_registers(project.content)[0]), sources, now, store)
    inspection = Inspection(load_library(project, store, sources), now, store)
    if wanted is not None:
        return sorted(set(inspection.diagnostics(wanted))), sources
    found = sorted(set(inspection.diagnostics()))
    if not inspection.fleeting:
        looked = Looked(tuple(found), (), None, inspection.clock.since, inspection.clock.until)
        store.put_many(ROOM, {key: keep(looked)})
    return found, sources


def _key(project: Project, sources: Sources) -> bytes:
    whole = hashlib.blake2b(b"check" + sources.digest, digest_size=16)
    for attachment in read_attachments(project.content, tuple(sources.scan.attachments)):
        whole.update(attachment.digest)
    return whole.digest()
