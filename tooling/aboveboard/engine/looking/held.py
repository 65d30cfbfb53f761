"""What the public does not see: where it would stand on the site, and by what names it would be told of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from aboveboard.checks.reach.made import made_paths
from aboveboard.content.kinds import BY_FOLDER
from aboveboard.content.library import Library
from aboveboard.content.names import entry_id
from aboveboard.content.public import PublicLibrary, why_held, why_page_held
from aboveboard.outputs.links import file_of
from aboveboard.outputs.machines.redirects import alias_file, redirected_files


@dataclass(frozen=True, slots=True)
class Held:
    """Something that is held back: its path in the content folder, and why."""

    path: str
    why: str


@dataclass(frozen=True)
class HeldBack:
    """All that is held back, by the files that it would have on the site and by how an entry is named."""

    files: dict[str, Held] = field(default_factory=dict)
    names: dict[str, Held] = field(default_factory=dict)


def find_held(library: Library, public: PublicLibrary) -> HeldBack:
    """Return everything in a library that the public must not see at this instant."""
    found = HeldBack()
    urls = library.project.directory_urls
    led = set(redirected_files(library.project))
    for file, slug, aliases, held in _entries(library, public):
        if file_of(file, urls) in led:
            # It was public once, and its address leads on by `redirects:`.
            continue
        found.files.update((path, held) for path in (file_of(file, urls), *map(alias_file, aliases)))
        found.names.update((name, held) for name in (slug, f"{file.partition('/')[0]}/{slug}"))
    found.files.update((path, Held(path, "it lies with nothing public")) for path in _attachments(library, public))
    for page in library.pages:
        if why := why_page_held(page, public.now, library.project.zone):
            found.files[file_of(page.path, urls)] = Held(page.path, why)
    for file in _public_files(library, public):
        found.files.pop(file, None)
    return found


def _entries(library: Library, public: PublicLibrary) -> Iterator[tuple[str, str, list[str], Held]]:
    """Yield each entry that is held back: its path in the site's source, its id, old addresses, and why."""
    shown = {slug.casefold() for slug in (*public.by_id, *(stone.id for stone in public.tombstones))}
    for file in library.files:
        entry, slug = file.entry, file.entry.id if file.entry else entry_id(file.path)
        if slug.casefold() in shown or (kind := BY_FOLDER.get(file.path.partition("/")[0])) is None:
            continue
        why = (why_held(entry, public.now) if entry else None) or "has errors"
        aliases = entry.fields.aliases if entry else []
        ending = "/index.md" if file.path.count("/") > 1 else ".md"
        yield f"{kind.folder}/{slug}{ending}", slug, aliases, Held(file.path, why)


def _attachments(library: Library, public: PublicLibrary) -> set[str]:
    return set(library.attachments) - set(public.attachments)


def _public_files(library: Library, public: PublicLibrary) -> Iterator[str]:
    """Yield what stands there in any case: made pages take the place of one that is held back."""
    urls = library.project.directory_urls
    yield from (file_of(path, urls) for path in made_paths(library, public.entries, public.today))
    yield from redirected_files(library.project)
    for entry in public.entries:
        yield from map(alias_file, entry.fields.aliases)
