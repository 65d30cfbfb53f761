"""The build loop: nothing is made that the live release has already, and what is made is made by all cores.

    everything is as it was            → nothing to do
    only texts of entries changed      → what shows those texts is made again
    anything else                      → every key is worked out; what has another one is made again

MkDocs's own loop makes everything, always. What comes of this one is the same to the byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from aboveboard.content.project import load_project
from aboveboard.content.seen import look_of_file
from aboveboard.content.store import Store
from aboveboard.engine import releases
from aboveboard.engine.encode import digest
from aboveboard.engine.ledger import Ledger, Row, Rows, untouched
from aboveboard.engine.others import copy_files, write_templates
from aboveboard.engine.pagefind import FOLDER as INDEX
from aboveboard.engine.plan import Plan, inputs_of, plan_site, plan_texts
from aboveboard.engine.prepare import Prepared, prepare
from aboveboard.engine.search import has_index_of_its_own
from aboveboard.engine.setting import setting_of
from aboveboard.engine.sheet import leads
from aboveboard.engine.verify import look_again, missing_pages
from aboveboard.engine.workers import Job, helpers_for, share, start_method
from aboveboard.engine.workshop import Heard, Piece, Workshop

Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be built, and where; all that another process needs to know.

    `plain`: MkDocs's own command asks for it. What that was told, only a process that is forked knows, and what it
    says to links that lead nowhere is all that it has to say of them.
    """

    config: Path
    building: Path
    strict: bool
    now: datetime
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Live:
    """What is published: the folder of the release, what it was made of, and its untouched files.

    `spare`: an older release that the new one may be made from. Where it is the folder that is built into, the
    site is brought up to date in it. `store`: where things are remembered.
    """

    release: Path
    ledger: Ledger
    files: Mapping[str, int]
    spare: Path | None = None
    store: Store | None = None


def look_at(release: Path | None, ledger: Ledger, spare: Path | None, store: Store | None = None) -> Live | None:
    """Return what is published, as far as a build can use it; None where it can use nothing."""
    if release is None or not ledger.rows:
        return None
    return Live(release, ledger, untouched(release, ledger.files), spare, store)


def load(order: Order, prepared: Prepared) -> tuple[MkDocsConfig, Any]:
    """Return MkDocs's configuration, set up for a build of ours, and the plugin in it."""
    config = load_config(str(order.config), site_dir=str(order.building), strict=order.strict)
    plugin: Any = config.plugins["aboveboard"]
    plugin.prepared = prepared
    config.plugins.on_startup(command="build", dirty=False)
    return config.plugins.on_config(config), plugin


def run_loop(
    order: Order,
    config: MkDocsConfig,
    plugin: Any,
    prepared: Prepared,
    live: Live | None,
    heard: list[str],
    tell: Tell,
) -> Ledger:
    """Build what was prepared, and return what it was made of: the live ledger itself where nothing changed.

    Raises CannotTell, with nothing done, where this loop cannot know what has to be made.
    """
    public = prepared.public
    # A menu of one's own stands in no text: it is no part of the setting, by which rendered texts are kept.
    setting, inputs = setting_of(config), digest((inputs_of(prepared), config.nav))
    texts = {entry.path: entry.source for entry in public.entries}
    base = live.ledger if live else Ledger()
    if live and (base.setting, base.inputs) == (setting, inputs) and live.files.keys() == base.files.keys():
        changed = [entry for entry in public.entries if base.texts.get(entry.path) != entry.source]
        if not changed:
            return base
        plan = plan_texts(config, plugin, prepared, heard, base, changed)
        made = _make(order, live, plan, set(base.rows) - {piece.name for piece in plan.pieces}, base.others, tell)
        return replace(base, texts=texts, rows=base.rows | made)
    plan = plan_site(config, plugin, prepared, heard)
    said = tuple(heard)
    site = digest((setting, plan.menu))
    kept = set(_kept(plan, live, site)) if live else set()
    others = _same_others(plan, live)
    made = _make(order, live, plan, kept, others, tell)
    names = [piece.name for piece in plan.pieces]
    rows = Rows({name: made[name] if name in made else base.rows[name] for name in names})
    copied = copy_files(plan.copied, others)
    written = write_templates(plan.shop, rows)
    plugin.shelf.bound(len(plan.there))
    ledger = Ledger(
        inputs, setting, site, texts, rows, copied | written, tuple(plan.shop.files.src_uris), plan.menu, said=said
    )
    ledger.missing = tuple(missing_pages(plan.shop.known, prepared.library, public))
    if not order.plain:
        vanished = live is not None and not base.files.keys() <= ledger.files.keys()
        look_again(ledger, kept, vanished, order.building, config.site_url)
    return ledger


def _kept(plan: Plan, live: Live, site: bytes) -> Iterator[str]:
    """Yield the pieces that the live release has just as they would be made."""
    files, rows = plan.shop.files, live.ledger.rows
    if live.ledger.site != site:
        return
    for piece in plan.pieces:
        row = rows.get(piece.name)
        if row is None or row.key != piece.key or not live.files.keys() >= row.files.keys():
            continue
        if row.files.keys() != {files.src_uris[path].dest_uri for path in piece.paths}:
            continue
        if all(leads(files, target) == url for target, url in row.looked_up.items()):
            yield piece.name


def _make(
    order: Order, live: Live | None, plan: Plan, kept: set[str], others: dict[str, Any], tell: Tell
) -> dict[str, Row]:
    """Make every piece that is not kept, beside what is; return their rows."""
    if live is not None:
        rows = live.ledger.rows
        gone = {path for name in set(rows) - kept for path in rows[name].files}
        paths = (rows.files.keys() - gone) | others.keys()
        files = {path: live.files[path] for path in paths}
        if live.release == order.building:
            releases.take_away(order.building, live.files.keys() - files.keys())
        else:
            apart = "" if has_index_of_its_own(files) else INDEX
            releases.fill(order.building, live.release, files, apart, live.spare, live.store)
    stages = plan.stages(kept)
    job, left = Job(_tools, order, _finish, Workshop.close), sum(map(len, stages))
    plan.shop.looks_over = not order.plain
    helpers = 0 if order.plain and start_method() != "fork" else helpers_for(left)
    return dict(share(job, plan.shop, stages, lambda done: tell(done, left), helpers))


def _tools(order: Order) -> Workshop:
    """Set up a workshop in a process that knows nothing yet."""
    project = load_project(order.config)
    assert project is not None
    prepared = prepare(project, order.now, with_advice=order.strict)
    heard = Heard().__enter__()
    config, plugin = load(order, prepared)
    return plan_site(config, plugin, prepared, heard.warnings).shop


def _finish(shop: Workshop, piece: Piece) -> tuple[str, Row]:
    return shop.finish(piece)


def _same_others(plan: Plan, live: Live | None) -> dict[str, Any]:
    """Return the files that the live release copied from what they would be copied from again."""
    if live is None:
        return {}
    there = {file.dest_uri: look_of_file(str(file.abs_src_path)) for file in plan.copied}
    return {
        path: (stamp, source)
        for path, (stamp, source) in live.ledger.others.items()
        if source is not None and path in live.files and there.get(path) == source
    }
