"""What a page depends on, said in one place. Everything that is kept from build to build is found by these keys.

A draft depends on what it shows (`outputs.page.Draft`): of an entry, its facts and how it stands today; of those
whose texts it shows, the text as well; of the frame, all but the day, which it shows only by how entries stand.
A finished page depends besides on the site: the configuration, the theme, the menu, and the versions of everything
that renders.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from aboveboard.content.entry import Entry
from aboveboard.content.project import Project
from aboveboard.content.public import PublicLibrary
from aboveboard.engine.encode import Encoder, digest
from aboveboard.insight.actions import promises
from aboveboard.insight.incidents import went_quiet
from aboveboard.outputs.page import Draft


class Keys:
    """The keys of the drafts of one library."""

    def __init__(self, library: PublicLibrary) -> None:
        self._library = library
        self._standing: dict[Entry, bytes] = {}

    def of(self, draft: Draft) -> bytes:
        """Return the key of a draft."""
        texts = [entry.source for entry in draft.texts]
        return digest((draft.paths, draft.make, draft.shows, texts), **self._special)

    def of_text(self, entry: Entry) -> bytes:
        """Return a key of what is made of a whole entry and of nothing else."""
        return digest((entry, entry.source, self._frame_bytes), **self._special)

    @cached_property
    def outline(self) -> bytes:
        """What stands for the library without its texts: as long as it is the same, only pages that show a
        changed text can change."""
        library = self._library
        # Who has a page follows from the entries; to ask them for it would mean to read what each of them says.
        parts = (
            _site(library.project),
            library.registers,
            library.marks,
            library.today,
            library.as_of,
            library.tombstones,
            library.notes,
            library.attachments,
            # So many that they are joined before they are written. The path says the kind; the zone is the site's.
            "\0".join(entry.path for entry in library.entries),
            b"".join(entry.reading.facts for entry in library.entries),
        )
        return digest(parts)

    @cached_property
    def _special(self) -> dict[str, Encoder]:
        return {
            "Entry": self._encode_entry,
            "Frame": lambda out, _: out.append(self._frame_bytes),
            "PublicLibrary": lambda out, _: out.append(self.outline),
        }

    @cached_property
    def _frame_bytes(self) -> bytes:
        frame = self._library.frame
        return digest(
            (frame.registers, frame.marks, frame.teams, frame.services, frame.people, _site(frame.project))
        )

    def _encode_entry(self, out: list[bytes], entry: Entry) -> None:
        found = self._standing.get(entry)
        if found is None:
            found = self._standing[entry] = entry.facts + _standing(entry, self._library.today)
        out += (b"E", found)


def _site(project: Project) -> tuple[Any, ...]:
    """Return what pages see of a project; where it lies on this machine is none of it."""
    return (
        project.site_name,
        project.site_url,
        project.site_description,
        project.directory_urls,
        project.settings,
    )


def _standing(entry: Entry, today: date) -> bytes:
    """Return how an entry stands today: whether it went quiet, and the state of each of its promises."""
    if not entry.fields.actions and not entry.incident:
        return b"-"
    states = [promise.state(today) for promise in promises([entry])]
    return repr((entry.incident is not None and went_quiet(entry, today), states)).encode()
