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
from aboveboard.content.moved import anchor_of, as_path, is_for_machines, is_off_site
from aboveboard.content.project import Project
from aboveboard.content.public import PublicLibrary
from aboveboard.insight.weeknotes import week_of
from aboveboard.outputs.links import LATEST, absolute, address, file_of, source_path, week_path
from aboveboard.outputs.machines.item import LANGUAGE
from aboveboard.outputs.page import Asset, Draft
from aboveboard.outputs.render import Renderer, title_of

FILE = "_redirects"
CLOSED = "closed/index.md"


@dataclass(frozen=True, slots=True)
class Redirect:
    """An old address. `file`: what answers there, `incidents/old/index.html`.

    `to`: a source path, an address below the root, or one on another host. `title`: that of an entry to which it
    leads. What leads to the newest of something is not `permanent`.
    """

    file: str
    to: str
    title: str = ""
    language: str = LANGUAGE
    anchor: str = ""
    permanent: bool = True

    @property
    def heading(self) -> str:
        return "What stood here is closed for now" if self.to == CLOSED else "This page has moved"


def redirects(library: PublicLibrary, made: Collection[str]) -> Iterator[Draft]:
    """Yield what stands at every old address. `made`: the source paths of everything else on the site.

    What is made or lies beside entries keeps its place; `check` says so of an old address that wants it.
    """
    paths = [FILE, *made, *library.attachments]
    files = {file_of(path, library.project.directory_urls).casefold() for path in paths}
    above = {str(folder) for path in files for folder in PurePosixPath(path).parents}
    free: list[Redirect] = []
    for redirect in _redirects(library):
        file = redirect.file.casefold()
        if file not in above and _is_free(file, files):
            files.add(file)
            above.update(map(str, PurePosixPath(file).parents))
            free.append(redirect)
    for redirect in free:
        # Whoever asks for a feed can do nothing with a page: only a host can lead them on.
        if not is_for_machines(redirect.file):
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
    yield from _settled(library)


def alias_file(alias: str) -> str:
    """Return the file that answers at an old address: that very one where it is named, else its folder's index."""
    bare = alias.strip("/")
    return bare if bare.endswith((".html", ".htm")) else f"{bare}/index.html"


def redirected_files(project: Project) -> dict[str, str]:
    """Return what answers at each old address of `redirects:`, and where it leads as it is written there.

    One that leads to another old address leads where that one does; one that leads in a circle is left out.
    """
    urls = project.directory_urls
    said = {_answering(old, urls): new for old, new in project.settings.redirects.items()}
    found: dict[str, str] = {}
    for file, new in said.items():
        passed = {file.casefold()}
        while not is_off_site(new) and (next_file := _answering(new, urls)) in said:
            if next_file.casefold() in passed:
                break
            passed.add(next_file.casefold())
            new = said[next_file]
        else:
            found[file] = new
    return found


def _answering(written: str, directory_urls: bool) -> str:
    path = as_path(written, directory_urls)
    if path.endswith(".md") or is_for_machines(path):
        return file_of(path, directory_urls)
    return alias_file(path)


def _settled(library: PublicLibrary) -> Iterator[Redirect]:
    """Yield the old addresses of `redirects:`; what leads to the old address of an entry leads to the entry."""
    urls = library.project.directory_urls
    titles = {source_path(entry): title_of(library.frame, entry) for entry in library.entries}
    titles[CLOSED] = "Why, and when it is decided again"
    aliases = {alias_file(alias): source_path(e) for e in library.entries for alias in e.fields.aliases}
    by_address = {address(path, urls): path for path in titles}
    for file, new in redirected_files(library.project).items():
        if is_off_site(new):
            yield Redirect(file, new)
            continue
        to = aliases.get(_answering(new, urls)) or as_path(new, urls)
        to = by_address.get(address(to, urls), to)
        yield Redirect(file, to, titles.get(to, ""), anchor=anchor_of(new))


def _is_free(file: str, files: Collection[str]) -> bool:
    """Tell whether none of the files has the name of this one, or stands where it needs a folder."""
    return file not in files and not any(str(folder) in files for folder in PurePosixPath(file).parents)


def _page(frame: Frame, redirect: Redirect) -> str:
    render = Renderer(frame, redirect.file)
    link, canonical = redirect.to, redirect.to
    if not is_off_site(redirect.to):
        link = render.link(redirect.to, redirect.anchor)
        canonical = absolute(frame.project, redirect.to) or ""
    return render("redirect", redirect=redirect, link=link, canonical=canonical) + "\n"


def _line(frame: Frame, redirect: Redirect) -> str:
    prefix = urlsplit(frame.project.site_url or "").path or "/"
    old = quote(redirect.file.removesuffix("index.html"))
    status = 301 if redirect.permanent else 302
    if is_off_site(redirect.to):
        return f"{prefix}{old} {redirect.to} {status}\n"
    anchor = f"#{quote(redirect.anchor)}" if redirect.anchor and redirect.permanent else ""
    return f"{prefix}{old} {prefix}{address(redirect.to, frame.project.directory_urls)}{anchor} {status}\n"
