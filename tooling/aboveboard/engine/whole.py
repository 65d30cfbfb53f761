"""A build by MkDocs's own loop, which makes everything: for sites where other plugins or templates take part."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config

from aboveboard.engine.indexed import pages_to_index
from aboveboard.engine.ledger import Ledger, Row, Rows, stamp_of
from aboveboard.engine.loop import Order, Tell
from aboveboard.engine.others import pack_again
from aboveboard.engine.prepare import Prepared
from aboveboard.engine.verify import verify_site

EVERYTHING = ""


def build_whole(order: Order, prepared: Prepared, tell: Tell) -> Ledger:
    """Build a site with MkDocs and return what it holds, in a single row: nothing of it can be kept."""
    config = load_config(str(order.config), site_dir=str(order.building), strict=order.strict)
    plugin: Any = config.plugins["aboveboard"]
    plugin.prepared, plugin.progress = prepared, tell
    config.plugins.on_startup(command="build", dirty=False)
    plugin.by_mkdocs = True
    build(config)
    pack_again(order.building)
    wrong = tuple(verify_site(order.building, prepared.library, prepared.public))
    row = Row(b"", _stamps(order.building), told=pages_to_index(order.building))
    return Ledger(rows=Rows({EVERYTHING: row}), missing=wrong)


def _stamps(site: Path) -> dict[str, tuple[int, int]]:
    files = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): stamp_of(str(path)) for path in files}
