"""Every code that `check` can say, by example: what is said about a bad file, and nothing about a good one.

    tests/golden/TM009/incident.bad.md      an entry that the rule is about
    tests/golden/TM009/incident.good.md     the same entry, mended
    tests/golden/TM009/expected.txt         what is said of the bad one: line:column: CODE severity message

The first word of a file's name says what it is, and so where it is put (`PLACES`). A code whose cause
is not the text of one file has its case below, in `MADE`.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from aboveboard.checks.run import all_rules, check_library
from aboveboard.content import seen, source
from aboveboard.content.text import MAX_BYTES
from aboveboard.errors import Diagnostic, Severity
from tests.conftest import CONFIG, INCIDENT, NOW, WEEKNOTE, Site, entry
from tests.tokens import LEAK_CASES

GOLDEN = Path(__file__).parent / "golden"
CODES = {kind.code: kind for kind in all_rules()}
FOLDERS = sorted(folder.name for folder in GOLDEN.iterdir() if folder.is_dir())

PLACES = {
    "weeknote": "weeknotes/2026-w47-platform",
    "experiment": "experiments/2026-11-20-shorter-forms",
    "incident": "incidents/2026-11-20-checkout-timeouts",
    "page": "about",
    "teams": "registers/teams",
    "people": "registers/people",
    "services": "registers/services",
    "closed": "registers/closed",
}
# What lies beside every golden file, so that a relation has something to lead to and a slug is registered.
BESIDE = {
    "registers/teams.yml": "- slug: platform\n  name: Platform\n",
    "registers/services.yml": "- slug: checkout\n  name: Checkout\n",
    "weeknotes/2026-w46-platform.md": entry("week: 2026-W46\ndate: 2026-11-13\nteam: platform"),
}


def found(site: Site, code: str) -> list[Diagnostic]:
    return [d for d in check_library(site.library(), NOW) if d.code == code]


def said(site: Site, code: str, path: str) -> list[str]:
    """Return what is said with one code of one file: `line:column: CODE severity message`."""
    place = f"content/{path}:"
    return [str(d).removeprefix(place) for d in found(site, code) if str(d).startswith(place)]


def put(site: Site, golden: Path) -> str:
    """Write a golden file to its place, with what lies beside it; return its path below `content/`."""
    for path, text in BESIDE.items():
        site.write(path, text)
    path = PLACES[golden.name.split(".")[0]] + golden.suffix
    site.write(path, golden.read_bytes().decode())
    return path


def only(folder: Path, pattern: str) -> Path:
    (path,) = folder.glob(pattern)
    return path


@pytest.mark.parametrize("code", FOLDERS)
def test_a_bad_file_is_told_what_is_wrong_and_where(code: str, site: Site) -> None:
    path = put(site, only(GOLDEN / code, "*.bad.*"))
    assert said(site, code, path) == (GOLDEN / code / "expected.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("code", FOLDERS)
def test_a_good_file_is_not(code: str, site: Site) -> None:
    path = put(site, only(GOLDEN / code, "*.good.*"))
    assert said(site, code, path) == []
    errors = [str(d) for d in check_library(site.library(), NOW) if d.severity is Severity.ERROR]
    assert errors == [], "a good example has no other error either"


Case = tuple[Callable[[Site], object], Callable[[Site], object], list[str]]


def data(path: str, content: bytes) -> Callable[[Site], object]:
    """Return what writes some bytes below `content/`."""
    return lambda site: site.write(path, "").write_bytes(content)


def text(path: str, content: str) -> Callable[[Site], object]:
    return lambda site: site.write(path, content)


def all_of(*steps: Callable[[Site], object]) -> Callable[[Site], object]:
    return lambda site: [step(site) for step in steps]


def link(path: str, target: str) -> Callable[[Site], object]:
    """Return what makes a symbolic link below `content/`, with a file at its target's end outside of it."""

    def make(site: Site) -> None:
        site.write("/outside.md", entry(WEEKNOTE))
        place = site.write(path, "")
        place.unlink()
        place.symlink_to(target)

    return make


def files(these: dict[str, bytes]) -> Callable[[Site], object]:
    return lambda site: [site.write(path, "").write_bytes(data) for path, data in these.items()]


NOTE = "weeknotes/2026-w47-platform.md"
GOOD_NOTE = text(NOTE, entry(WEEKNOTE))

# By code: what makes the bad case, what makes the good one, and what is said of the bad.
MADE: dict[str, Case] = {
    "FM001": (
        data(NOTE, entry(f"title: Caf\u00e9\n{WEEKNOTE}").encode("latin-1")),
        data(NOTE, b"\xef\xbb\xbf" + entry(f"title: Caf\u00e9\n{WEEKNOTE}").replace("\n", "\r\n").encode()),
        [f"content/{NOTE}:2:11: FM001 error byte 14 (0xe9) is not UTF-8: save the file as UTF-8"],
    ),
    "FM002": (
        text(NOTE, entry(WEEKNOTE, "x" * MAX_BYTES)),
        text(NOTE, entry(WEEKNOTE, "x" * (MAX_BYTES - len(entry(WEEKNOTE, ""))))),
        [
            f"content/{NOTE}:1:1: FM002 error this file has 2.1 MB, and an entry can have 2 MB: "
            "move the data out and link to it"
        ],
    ),
    "NA001": (
        text("weeknotes/Week 47 & more.md", entry(WEEKNOTE)),
        text("weeknotes/week-47-more.md", entry(WEEKNOTE)),
        [
            "content/weeknotes/Week 47 & more.md:1:1: NA001 error the name is the address: "
            "use lower-case letters, digits and single hyphens, as in week-47-more.md"
        ],
    ),
    "NA002": (
        all_of(text("incidents/a.md", entry(INCIDENT)), text("weeknotes/a.md", entry(WEEKNOTE))),
        all_of(text("incidents/a.md", entry(INCIDENT)), text("weeknotes/b.md", entry(WEEKNOTE))),
        [
            "content/incidents/a.md:1:1: NA002 error the id `a` is also that of weeknotes/a.md: rename one",
            "content/weeknotes/a.md:1:1: NA002 error the id `a` is also that of incidents/a.md: rename one",
        ],
    ),
    "NA003": (
        link(NOTE, "../../outside.md"),
        all_of(GOOD_NOTE, link("weeknotes/2026-w48-platform.md", "2026-w47-platform.md")),
        [
            f"content/{NOTE}:1:1: NA003 error {NOTE} is a link out of the content folder, "
            "and was not followed: copy the file instead"
        ],
    ),
    "NA004": (
        text("incidents/2026/november/checkout.md", entry(INCIDENT)),
        text("incidents/checkout/index.md", entry(INCIDENT)),
        [
            "content/incidents/2026/november/checkout.md:1:1: NA004 error entries lie flat in incidents/, "
            "or in a folder of their name as index.md: move it there"
        ],
    ),
    "NA005": (
        all_of(GOOD_NOTE, lambda site: (site.root / "content" / NOTE).chmod(0)),
        GOOD_NOTE,
        [f"content/{NOTE}:1:1: NA005 error this file cannot be read: Permission denied"],
    ),
    "NA006": (
        all_of(text("incidents/checkout.md", entry(INCIDENT)), data("incidents/graph.png", b"\x89PNG")),
        all_of(text("incidents/checkout/index.md", entry(INCIDENT)), data("incidents/checkout/graph.png", b"\x89PNG")),
        [
            "content/incidents/graph.png:1:1: NA006 warning this file belongs to no entry and is not published: "
            "move it into the folder of its entry"
        ],
    ),
    "NA007": (
        lambda site: (site.root / "content").rmdir(),
        GOOD_NOTE,
        ["content/.:1:1: NA007 error there is no folder content: make it, or set `docs_dir`"],
    ),
    "NA010": (
        files(dict.fromkeys(["a:b.md", "con.png", "pictures/AUX.tar.gz", "pictures/Map.png", "pictures/map.png", "x./y.png"], b"# A")),
        files(dict.fromkeys(["a-b.md", "icon.png", "pictures/aux-room.tar.gz", "pictures/map.png", "pictures/.hidden."], b"# A")),
        [
            "content/a:b.md:1:1: NA010 warning Windows allows no ':' in the name of a file: rename it",
            "content/con.png:1:1: NA010 warning Windows keeps the name 'con' for a device: rename it",
            "content/pictures/AUX.tar.gz:1:1: NA010 warning Windows keeps the name 'AUX' for a device: rename it",
            "content/pictures/Map.png:1:1: NA010 warning on Windows and macOS this is the same file as pictures/map.png: rename one",
            "content/pictures/map.png:1:1: NA010 warning on Windows and macOS this is the same file as pictures/Map.png: rename one",
            "content/x./y.png:1:1: NA010 warning Windows drops a full stop or a space at the end of a name: rename it",
        ],
    ),
    "AX012": (
        GOOD_NOTE,
        all_of(GOOD_NOTE, text("accessibility.md", "# Accessibility\n\nEverybody can read this.\n")),
        [
            "content/accessibility.md:1:1: AX012 info there is no accessibility statement: "
            "`aboveboard init` writes one here, to be filled in"
        ],
    ),
    "LN003": (
        all_of(
            text(NOTE, entry(WEEKNOTE, "See [the outage](../incidents/checkout.md).\n")),
            text("incidents/checkout.md", entry(f"{INCIDENT}\ndraft: true")),
        ),
        all_of(
            text(NOTE, entry(WEEKNOTE, "See [the outage](../incidents/checkout.md).\n")),
            text("incidents/checkout.md", entry(INCIDENT)),
        ),
        [
            f"content/{NOTE}:7:5: LN003 warning ../incidents/checkout.md is a draft, and the public cannot follow: "
            "take the link out until it can"
        ],
    ),
    "LN005": (
        all_of(
            text("incidents/checkout/index.md", entry(INCIDENT, "![Errors by minute](graph.png)\n")),
            data("incidents/checkout/graph.png", b"x" * 2_000_000),
        ),
        all_of(
            text("incidents/checkout/index.md", entry(INCIDENT, "![Errors by minute](graph.png)\n")),
            data("incidents/checkout/graph.png", b"x" * 1_000_000),
        ),
        ["content/incidents/checkout/index.md:7:1: LN005 warning this picture has 2.0 MB: save it smaller, 1 MB at most"],
    ),
    "NA009": (
        text("/mkdocs.yml", CONFIG.replace("[aboveboard]", "[{aboveboard: {redirects: {/old/: /actons/}}}]")),
        text("/mkdocs.yml", CONFIG.replace("[aboveboard]", "[{aboveboard: {redirects: {/old/: /actions/}}}]")),
        ["mkdocs.yml:4:37: NA009 error `redirects`: /old/ leads to /actons/, where nothing is: did you mean /actions/?"],
    ),
}  # fmt: skip


# Secrets are put together when the test runs: none stands in this repository.
MADE |= {code: (files(case.bad), files(case.good), case.expected) for code, case in LEAK_CASES.items()}

READ = source.read_file


def read_as_anybody(path: str) -> bytes:
    """Read a file as somebody who is not root: what nobody may read is refused."""
    if not Path(path).stat().st_mode & 0o444:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
    return READ(path)


@pytest.mark.parametrize("code", sorted(MADE))
def test_a_bad_file_is_told_so_where_the_cause_is_not_its_text(
    code: str, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_bad, _, expected = MADE[code]
    make_bad(site)
    monkeypatch.setattr(seen, "read_file", read_as_anybody)
    assert [str(diagnostic) for diagnostic in found(site, code)] == expected


@pytest.mark.parametrize("code", sorted(MADE))
def test_a_good_file_is_not_where_the_cause_is_not_its_text(code: str, site: Site) -> None:
    _, make_good, _ = MADE[code]
    make_good(site)
    assert found(site, code) == []


def test_every_code_has_a_case_and_one_only() -> None:
    assert sorted([*FOLDERS, *MADE]) == sorted(CODES)


@pytest.mark.parametrize("code", FOLDERS)
def test_a_case_says_its_severity(code: str) -> None:
    lines = (GOLDEN / code / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert lines, "something is said"
    assert all(f": {code} {CODES[code].severity} " in line for line in lines)
