"""What a site consists of: everything that is to be there, none of it made yet, and the keys to find it again."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation

from aboveboard.content.entry import Entry
from aboveboard.content.seen import look_of_file
from aboveboard.engine.encode import digest
from aboveboard.engine.files import as_sheets, made_files, made_of
from aboveboard.engine.keys import Keys
from aboveboard.engine.ledger import Ledger
from aboveboard.engine.made import MadeFile, Making
from aboveboard.engine.prepare import Prepared
from aboveboard.engine.workshop import Piece, Workshop
from aboveboard.outputs.compiled import compiled_templates
from aboveboard.outputs.links import source_path
from aboveboard.outputs.texts import drafts_showing

Themed = tuple[jinja2.Environment, Sequence[File]]


@dataclass(frozen=True)
class Plan:
    """A site that is to be built. `there`: its files, of which some are made and others `copied` as they are."""

    shop: Workshop
    there: Sequence[File]
    copied: Sequence[File]
    menu: dict[str, Any]

    @cached_property
    def pieces(self) -> Sequence[Piece]:
        """What is made, with the key of each."""
        return list(_pieces(self.there, self.shop.plugin))

    def stages(self, kept: Collection[str]) -> list[list[Piece]]:
        """Return what is to be made beside what is kept: what shows one text or none, then what gathers texts.

        So that what feeds tell of an entry is made once for all of them, beside its page.
        """
        # What takes long stands at the end of the table of outputs; begun first, nobody waits for it alone.
        left = [piece for piece in reversed(self.pieces) if piece.name not in kept]
        drafts = {
            name: file.making.draft
            for name, file in self.shop.files.src_uris.items()
            if isinstance(file, MadeFile)
        }
        feeds = [piece for piece in left if piece.name in drafts and drafts[piece.name].gathers]
        told = {source_path(entry) for feed in feeds for entry in drafts[feed.name].texts}
        last = {feed.name for feed in feeds}
        first = [replace(piece, is_told=piece.name in told) for piece in left if piece.name not in last]
        return [first, feeds]


def plan_site(
    config: MkDocsConfig, plugin: Any, prepared: Prepared, heard: list[str], themed: Themed | None = None
) -> Plan:
    """Plan a whole site, as MkDocs would build it. `themed`: what the theme brings, if that is known."""
    env, of_theme = themed or look_at_theme(config)
    files = get_files(config)
    for file in of_theme:
        # What lies in the content has the place.
        if files.get_file_from_path(file.src_uri) is None:
            files.append(file)
    files = config.plugins.on_files(files, config=config)
    set_exclusions(files, config)
    nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
    there = [file for file in files if file.inclusion.is_included()]  # type: ignore[no-untyped-call]
    pages = [file for file in there if file.is_documentation_page()]
    known = {file.dest_uri for file in there} | set(config.theme.static_templates) | set(config.extra_templates)
    shop = Workshop(config, plugin, files, nav, env, known, heard, pages)
    # The menu names pages by their titles, which MkDocs knows when all pages are read.
    for page in nav.pages:
        if page.title is None:
            shop.populate(page)
            # It stands on every page, also when this one's text is let go or another process makes it.
            page.title = page.title
    copied = [file for file in there if not isinstance(file, MadeFile) and not file.is_documentation_page()]
    return Plan(shop, there, copied, menu_of(config, nav))


def plan_texts(
    config: MkDocsConfig, plugin: Any, prepared: Prepared, heard: list[str], base: Ledger, changed: Sequence[Entry]
) -> Plan:
    """Plan what shows the text of some entries, on a site of which nothing else changed."""
    files = KnownFiles(config, base.sources)
    config.nav, config.extra["ab_footer"], config.extra["ab_search"] = (base.menu[n] for n in _MENU)
    public = plugin.take_up(prepared, config).public
    made = [
        file
        for file in made_files(config, public, drafts_showing(public, changed), plugin.keys, plugin.shelf)
        if file.src_uri in files.known
    ]
    for file in made:
        files.append(file)
    nav = get_navigation(files, config)
    as_sheets((file for file in made if file.is_documentation_page()), files, config, plugin.words, plugin.shelf)
    for page in nav.pages:
        if page.title is None:
            page.title = base.menu["titles"].get(page.file.src_uri)
    shop = Workshop(config, plugin, files, nav, templates_of(config), set(base.files), heard)
    return Plan(shop, made, (), base.menu)


def inputs_of(prepared: Prepared) -> bytes:
    """Return a digest of all content but the texts of entries: where it is the same, so is all but these."""
    library, content = prepared.library, prepared.library.project.content
    pages = [(page.path, page.matter.text) for page in library.pages]
    files = [(path, look_of_file(f"{content}/{path}")) for path in library.attachments]
    held = sorted({*library.refused, *(d.path for d in prepared.errors)})
    return digest((Keys(prepared.public).outline, pages, files, held))


def look_at_theme(config: MkDocsConfig) -> Themed:
    """Return the environment of the theme's templates, and the files that it brings."""
    env, files = templates_of(config), Files([])
    files.add_files_from_theme(env, config)
    return env, list(files)


def templates_of(config: MkDocsConfig) -> jinja2.Environment:
    """Return the environment of the theme's templates, which need not compile them again."""
    env = config.theme.get_env()
    env.bytecode_cache = compiled_templates()
    return env


class KnownFiles(Files):
    """The files of a site by their paths alone; each comes to be when it is asked for."""

    def __init__(self, config: MkDocsConfig, known: Sequence[str]) -> None:
        super().__init__([])
        self.config, self.known = config, frozenset(known)

    def get_file_from_path(self, path: str) -> File | None:
        found = super().get_file_from_path(path)
        if found is None and os.path.normpath(path).replace(os.sep, "/") in self.known:
            found = File(path, None, self.config.site_dir, self.config.use_directory_urls)
            self.append(found)
        return found


_MENU = ("nav", "footer", "search")


def menu_of(config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """Return what stands in the header and the footer of every page."""
    titles = {page.file.src_uri: page.title for page in nav.pages}
    extra = config.extra
    return {"nav": config.nav, "footer": extra["ab_footer"], "search": extra["ab_search"], "titles": titles}


def _pieces(files: Sequence[File], plugin: Any) -> Iterator[Piece]:
    """Yield what is made together: the files of each draft, and every page that somebody wrote."""
    of_draft: dict[Making, list[str]] = {}
    for file in files:
        if isinstance(file, MadeFile):
            of_draft.setdefault(file.making, []).append(file.src_uri)
        elif file.is_documentation_page():
            yield Piece(file.src_uri, digest(made_of(file, plugin.words)), (file.src_uri,))
    for making, paths in of_draft.items():
        yield Piece(making.draft.paths[0], making.key, tuple(paths))
