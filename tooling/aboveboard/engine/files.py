"""What MkDocs sees: authored pages and files that are public, and everything that we made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from aboveboard.checks.run import broken_paths
from aboveboard.content.library import Library
from aboveboard.content.public import PublicLibrary, why_page_held
from aboveboard.content.registers import FOLDER as REGISTERS
from aboveboard.engine.keys import Keys
from aboveboard.engine.made import MadeFile, Making
from aboveboard.engine.prepare import Prepared
from aboveboard.engine.sections import list_sections
from aboveboard.engine.sheet import Sheet
from aboveboard.engine.shelf import Shelf
from aboveboard.outputs.page import Draft

# The theme's script, its search and its source maps: nothing that we publish loads them.
_UNUSED = ("assets/javascripts/", "assets/stylesheets/palette.", "assets/images/favicon.png")


def hand_over(files: Files, config: MkDocsConfig, prepared: Prepared, keys: Keys, shelf: Shelf | None) -> Files:
    """Take out of MkDocs's files what is not public, put in what we made, and list sections only."""
    authored = {file.src_uri for file in files if file.src_dir == config.docs_dir}
    public = _public_paths(prepared)
    for file in list(files):
        if file.src_uri in authored and not _stays(file, public, prepared.library):
            files.remove(file)
    # The table of everything takes long to import, and one that knows what changed does not need it.
    from aboveboard.outputs.site import draft_site

    taken = {file.dest_uri for file in files}
    for file in made_files(config, prepared.public, draft_site(prepared.public).values(), keys, shelf):
        # An authored page at a derived address wins, and so does any file where a folder would have to be.
        if taken.isdisjoint([file.dest_uri, *map(str, PurePosixPath(file.dest_uri).parents)]):
            files.append(file)
    for file in list(files):
        path = file.src_uri
        if file.src_dir in config.theme.dirs and (path.startswith(_UNUSED) or path.endswith(".map")):
            files.remove(file)
    list_sections(files, config, prepared)
    return files


def page_words(library: Library) -> dict[str, dict[str, str]]:
    """Return the title and description of ordinary pages, by path, as written and escaped for HTML."""
    return {
        page.path: {
            name: str(escape(value))
            for name in ("title", "description")
            if isinstance(value := page.matter.values.get(name), str)
        }
        for page in library.pages
    }


def safe_meta(meta: Mapping[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    """Return an ordinary page's front matter as themes may print it: they do so without escaping anything.

    `words`: its title and description, made safe; what MkDocs finds elsewhere, as in a merged mapping or in lines
    without a fence, is made so here. A `head` is HTML, and only our own pages come with one.
    """
    safe = {name: value for name, value in meta.items() if name != "head"}
    for name in ("title", "description"):
        value = safe.pop(name, None)
        if name in words or isinstance(value, str):
            safe[name] = words.get(name, str(escape(value)))
    return safe


def _public_paths(prepared: Prepared) -> frozenset[str]:
    """Return the ordinary pages and attachments that are public: held by nothing, and without errors."""
    project = prepared.library.project
    now, prefix = prepared.public.now, project.relative(project.content)
    broken = broken_paths(prepared.diagnostics)
    pages = [p.path for p in prepared.library.pages if why_page_held(p, now, project.zone) is None]
    paths = [*pages, *prepared.public.attachments]
    return frozenset(path for path in paths if f"{prefix}/{path}" not in broken)


def _stays(file: File, public: frozenset[str], library: Library) -> bool:
    path = file.src_uri
    parts = path.split("/")
    if parts[0] == REGISTERS or any("/".join(parts[:n]) in library.refused for n in range(1, len(parts) + 1)):
        return False
    return path in public


def made_files(
    config: MkDocsConfig, library: PublicLibrary, drafts: Iterable[Draft], keys: Keys, shelf: Shelf | None
) -> Iterator[MadeFile]:
    """Yield the files of some drafts, none of them made yet."""
    for draft in drafts:
        making = Making(library.frame, draft, keys)
        yield from (MadeFile(path, config, making, shelf) for path in draft.paths)


def as_sheets(
    pages: Iterable[File],
    files: Files,
    config: MkDocsConfig,
    words: Mapping[str, dict[str, str]],
    shelf: Shelf | None,
) -> None:
    """Give every page its sheet; those that the menu made keep the title and the place that they have in it."""
    for file in pages:
        if file.page is None:
            Sheet(None, file, config)
        else:
            file.page.__class__ = Sheet
        assert isinstance(file.page, Sheet)
        if shelf is not None:
            file.page.on_shelf(shelf, partial(made_of, file, words), files)


def made_of(file: File, words: Mapping[str, dict[str, str]]) -> tuple[object, ...]:
    """Return what a page is made of: a draft, or what somebody wrote and how its front matter was read."""
    if isinstance(file, MadeFile):
        return "made", file.making.key, file.src_uri
    return "written", file.src_uri, file.content_bytes, words.get(file.src_uri, {})
