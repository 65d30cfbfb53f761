"""Look a finished site over as a stranger's browser would, whoever made it and however.

Every link and anchor leads to something, nothing that is held back is there or is named, nothing looks like a
secret, and no file has a browser ask another host for anything by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from aboveboard.checks.leaks.text import REVOKE, an, mask
from aboveboard.checks.reach.leads import is_elsewhere
from aboveboard.content.library import Library
from aboveboard.content.public import PublicLibrary
from aboveboard.content.store import Store
from aboveboard.engine.looking.facts import Facts
from aboveboard.engine.looking.ground import Ground, Lead
from aboveboard.engine.looking.held import find_held
from aboveboard.engine.looking.memory import facts_of_site
from aboveboard.engine.looking.reading import read_said
from aboveboard.engine.looking.waived import Waived
from aboveboard.engine.verify import absent_pages
from aboveboard.outputs.links import file_of, source_path
from aboveboard.outputs.machines.redirects import redirected_files

# A footer's dead link stands on every page: so many of them are named.
_NAMED = 3
_OF_THE_BROWSER = ("top", ":~:")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in one file. `about`: what it is about; files with the same fault are said together."""

    path: str
    about: tuple[str, ...]
    what: str


def look_over(site: Path, library: Library, public: PublicLibrary, store: Store) -> list[str]:
    """Return everything that is wrong with a finished site, a line each: where, what, and what to do.

    `site`: its root folder. What a file says is remembered in `store` by its bytes, so that only files that
    changed are read. Never raises on what files say.
    """
    folder = site.resolve()
    facts = facts_of_site(folder, store)
    overseer = Overseer(folder, library, public, facts)
    absent = [f"{line}: build the site again" for line in absent_pages(facts, public)]
    return [*absent, *_said(overseer.faults(), overseer.sources)]


class Overseer:
    """Knows what all files of a site say, and finds what is wrong with each of them."""

    def __init__(self, site: Path, library: Library, public: PublicLibrary, facts: Mapping[str, Facts]) -> None:
        self._site, self._library, self._public, self._facts = site, library, public, facts
        self._held = find_held(library, public)
        self._url = library.project.site_url
        self._ground = Ground(facts.keys(), self._url)
        self._led_to = redirected_files(library.project)
        self._attachments = frozenset(public.attachments)
        self._anchors = {path: frozenset(of.anchors) for path, of in facts.items() if of.anchors}

    def faults(self) -> Iterator[Fault]:
        """Yield everything that is wrong, file by file."""
        for path, facts in sorted(self._facts.items()):
            # A log that somebody put beside a report may be torn, and is shown as it is.
            if facts.wrong and path not in self._attachments:
                yield Fault(path, ("wrong", path), f"{facts.wrong}: mend it, or leave it out")
            yield from self._kept_in(path)
            yield from self._leading(path, facts)
            yield from self._naming(path, facts)
            yield from self._asking(path, facts)
            yield from self._secret(path) if facts.secret else ()

    def _kept_in(self, path: str) -> Iterator[Fault]:
        if held := self._held.files.get(path):
            what = f"is of {self._content(held.path)}, which is not public ({held.why}): build the site again"
            yield Fault(path, ("there", held.path), what)

    def _leading(self, path: str, facts: Facts) -> Iterator[Fault]:
        for link in facts.links:
            lead = self._ground.find(path, link)
            if lead is None:
                continue
            if lead.file is None:
                yield self._dead(path, link, lead)
            elif "#" in link and (anchor := unquote(link.partition("#")[2])):
                known = self._anchors.get(lead.file, frozenset())
                if lead.file.endswith((".html", ".svg")) and anchor not in known | {""}:
                    yield from self._lost(path, link, lead.file, anchor)

    def _dead(self, path: str, link: str, lead: Lead) -> Fault:
        wanted = lead.wanted.rstrip("/")
        held = self._held.files.get(wanted) or self._held.files.get(f"{wanted}/index.html")
        if held:
            what = f"links to {self._content(held.path)}, which is not public ({held.why}): take the link out"
            return Fault(path, ("held", held.path), what)
        advice = "mend the link, or say in `redirects:` where that is now"
        return Fault(path, ("dead", lead.wanted), f"links to {link}, which is not there: {advice}")

    def _lost(self, path: str, link: str, file: str, anchor: str) -> Iterator[Fault]:
        if not anchor.startswith(_OF_THE_BROWSER):
            where = "this page" if file == path else file
            what = f"links to {link}, and nothing on {where} has the id {anchor!r}: mend the link"
            yield Fault(path, ("lost", file, anchor), what)

    def _naming(self, path: str, facts: Facts) -> Iterator[Fault]:
        for name in sorted(self._held.names.keys() & set(facts.names)):
            held = self._held.names[name]
            what = f"names {self._content(held.path)}, which is not public ({held.why}): take the name out"
            yield Fault(path, ("held", held.path), what)

    def _asking(self, path: str, facts: Facts) -> Iterator[Fault]:
        for by, address in facts.fetched:
            if not is_elsewhere(address, self._url) or (
                by == "meta refresh" and self._led_to.get(path) == address
            ):
                continue
            what = f"asks {_host(address)} by itself ({by}): keep a copy in your content, or leave it out"
            yield Fault(path, ("asks", by, address), what)

    def _secret(self, path: str) -> Iterator[Fault]:
        for secret in read_said(path, (self._site / path).read_bytes()).secrets():
            if not self._waived.lets_stand(secret, path):
                what = f"{secret.code} this looks like {an(secret.name)}, {mask(secret.value)}: {REVOKE}"
                yield Fault(path, ("secret", secret.value), what)

    @cached_property
    def _waived(self) -> Waived:
        return Waived(self._library)

    @cached_property
    def sources(self) -> dict[str, str]:
        """The file that each page of the site was written in, as messages name it, where one was."""
        urls = self._library.project.directory_urls
        found = {file_of(page.path, urls): self._content(page.path) for page in self._library.pages}
        found |= {file_of(source_path(e), urls): self._content(e.path) for e in self._public.entries}
        return found | {path: self._content(path) for path in self._public.attachments}

    def _content(self, path: str) -> str:
        project = self._library.project
        return f"{project.relative(project.content)}/{path}"


def _host(address: str) -> str:
    try:
        return urlsplit(address.strip()).hostname or "another host"
    except ValueError:
        return "another host"


def _said(faults: Iterable[Fault], sources: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each thing wrong; where many files have the same, it names the first of them."""
    alike: dict[tuple[str, ...], dict[str, Fault]] = defaultdict(dict)
    for fault in faults:
        alike[fault.about].setdefault(fault.path, fault)
    for first, *others in (list(same.values()) for same in alike.values()):
        source = f" ({sources[first.path]})" if first.path in sources else ""
        yield f"{first.path}{source}: {first.what}{_others(others)}"


def _others(same: list[Fault]) -> str:
    if not same:
        return ""
    named = ", ".join(fault.path for fault in same[:_NAMED])
    more = f" and {len(same) - _NAMED} more" if len(same) > _NAMED else ""
    return f" (also in {named}{more})"
