"""Files of a site that no draft makes: those that are copied, and the templates that list all pages."""

from __future__ import annotations

import contextlib
import gzip
import io
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from mkdocs.commands.build import _build_theme_template
from mkdocs.structure.files import File

from aboveboard.content.seen import look_of_file
from aboveboard.engine.ledger import Row, Stamp, stamp_of
from aboveboard.engine.releases import write_new
from aboveboard.engine.workshop import Workshop

# What a file was copied from, by how that looked; nothing for one that is rendered.
Others = dict[str, tuple[Stamp, bytes | None]]
PACKED = {"sitemap.xml": "sitemap.xml.gz"}


def copy_files(files: Sequence[File], there: Others) -> Others:
    """Copy the files that are not there yet, and return them all."""
    found: Others = {}
    for file in files:
        path = file.dest_uri
        if path in there:
            found[path] = there[path]
            continue
        source = look_of_file(str(file.abs_src_path))
        write_new(file.abs_dest_path, file.content_bytes)
        found[path] = (stamp_of(file.abs_dest_path), source)
    return found


def write_templates(shop: Workshop, rows: Mapping[str, Row]) -> Others:
    """Render the theme's templates for no page in particular, the sitemap among them, and return their files."""
    for file in shop.pages:
        row = rows.get(file.src_uri)
        if row is not None and file.page is not None:
            lastmod, robots = row.dated
            file.page.meta = {"lastmod": lastmod, "robots": robots}
    found: Others = {}
    site = Path(shop.config.site_dir)
    for name in sorted(shop.config.theme.static_templates):
        names = [name, *([PACKED[name]] if name in PACKED else [])]
        for path in names:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(site / path)
        _build_theme_template(name, shop.env, shop.files, shop.config, shop.nav)
        if name in PACKED:
            pack_again(site)
        found |= {path: (stamp_of(str(site / path)), None) for path in names if (site / path).is_file()}
    return found


def pack_again(site: Path) -> None:
    """Pack what MkDocs packed once more: its file says on which day that was, and ours does not."""
    for path, packed in PACKED.items():
        if (site / packed).is_file():
            made = io.BytesIO()
            with gzip.GzipFile(filename="", mode="wb", fileobj=made, mtime=0) as file:
                file.write((site / path).read_bytes())
            (site / packed).write_bytes(made.getvalue())
