"""Old addresses: a page at each that leads on, and one file that tells hosts to do the same.

`_redirects` is read by Netlify, Cloudflare Pages and GitLab Pages; every other host serves the pages.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit

from aboveboard.content.frame import Frame
from aboveboard.content.kinds import WEEKNOTE
from aboveboard.content.public import PublicLibrary
from aboveboard.insight.weeknotes import week_of
from aboveboard.outputs.links import LATEST, absolute, address, source_path, week_path
from aboveboard.outputs.machines.item import LANGUAGE
from aboveboard.outputs.page import Asset, Draft
from aboveboard.outputs.render import Renderer, title_of

FILE = "_redirects"


@dataclass(frozen=True, slots=True)
class Redirect:
    """An old address. `file`: what answers there, `incidents/old/index.html`; `to`: a source path.

    `title` is that of the entry, and empty where it was withdrawn. What leads to the newest of something is
    not `permanent`.
    """

    file: str
    to: str
    title: str = ""
    language: str = LANGUAGE
    anchor: str = ""
    permanent: bool = True


def redirects(library: PublicLibrary, made: Collection[str]) -> Iterator[Draft]:
    """Yield what stands at every old address. `made`: the source paths of everything else on the site.

    What is made or lies beside entries keeps its place; `check` says so of an old address that wants it.
    """
    paths = [FILE, *made, *library.attachments]
    files = {_file(path, library.project.directory_urls).casefold() for path in paths}
    above = {str(folder) for path in files for folder in PurePosixPath(path).parents}
    free: list[Redirect] = []
    for redirect in _redirects(library):
        file = redirect.file.casefold()
        if file not in above and _is_free(file, files):
            files.add(file)
            above.update(map(str, PurePosixPath(file).parents))
            free.append(redirect)
    for redirect in free:
        yield Draft((redirect.file,), _stub, (library.frame, redirect))
    if free:
        yield Draft((FILE,), _list, (library.frame, free))


def _stub(frame: Frame, redirect: Redirect) -> Iterator[Asset]:
    yield Asset(redirect.file, _page(frame, redirect).encode())


def _list(frame: Frame, found: Sequence[Redirect]) -> Iterator[Asset]:
    yield Asset(FILE, "".join(_line(frame, redirect) for redirect in found).encode())


def _redirects(library: PublicLibrary) -> Iterator[Redirect]:
    if weeks := [week_of(note) for note in library.of_kind(WEEKNOTE)]:
        newest = week_path(max(weeks))
        yield Redirect(LATEST, newest, "The newest weeknotes", anchor=WEEKNOTE.folder, permanent=False)
    for entry in library.entries:
        for alias in entry.fields.aliases:
            language = entry.fields.lang or LANGUAGE
            yield Redirect(alias_file(alias), source_path(entry), title_of(library.frame, entry), language)
    for stone in library.tombstones:
        yield from (Redirect(alias_file(alias), source_path(stone)) for alias in stone.aliases)


def alias_file(alias: str) -> str:
    """Return the file that answers at an old address: that very one where it is named, else its folder's index."""
    bare = alias.strip("/")
    return bare if bare.endswith((".html", ".htm")) else f"{bare}/index.html"


def _file(path: str, directory_urls: bool) -> str:
    """Return the file that is written for a source path."""
    pure = PurePosixPath(path)
    if pure.suffix != ".md":
        return path
    if pure.stem == "index" or not directory_urls:
        return str(pure.with_suffix(".html"))
    return f"{pure.with_suffix('')}/index.html"


def _is_free(file: str, files: Collection[str]) -> bool:
    """Tell whether none of the files has the name of this one, or stands where it needs a folder."""
    return file not in files and not any(str(folder) in files for folder in PurePosixPath(file).parents)


def _page(frame: Frame, redirect: Redirect) -> str:
    render = Renderer(frame, redirect.file)
    canonical = absolute(frame.project, redirect.to)
    return (
        render("redirect", redirect=redirect, link=render.link(redirect.to, redirect.anchor), canonical=canonical)
        + "\n"
    )


def _line(frame: Frame, redirect: Redirect) -> str:
    prefix = urlsplit(frame.project.site_url or "").path or "/"
    old = quote(redirect.file.removesuffix("index.html"))
    status = 301 if redirect.permanent else 302
    return f"{prefix}{old} {prefix}{address(redirect.to, frame.project.directory_urls)} {status}\n"
