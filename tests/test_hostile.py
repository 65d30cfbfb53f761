"""Front matter that goes wrong, by accident or on purpose: what is said of it, and that it stays unpublished.

A row is one file: its name below `content/`, its bytes, and everything that `check` says of it, as
(line, code). A file of which an error is said must not reach the site in any form; one with advice
only, or with nothing said, must. All rows lie in one project together, so that no bad file can hide,
stop or spoil another.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from aboveboard.checks.run import all_rules, check_library
from aboveboard.content.text import MAX_BYTES
from aboveboard.errors import Diagnostic, Severity
from tests.conftest import CONFIG, NOW, Site

pytestmark = pytest.mark.xdist_group("hostile")

SEVERITY = {kind.code: kind.severity for kind in all_rules()}


@dataclass(frozen=True, slots=True)
class Row:
    """One file. `said` is all that `check` says of it: the line and the code, in order."""

    name: str
    data: bytes
    said: list[tuple[int, str]]

    @property
    def is_bad(self) -> bool:
        return any(SEVERITY[code] is Severity.ERROR for _, code in self.said)

    @property
    def canary(self) -> str:
        """What stands in this file's text and nowhere else."""
        return f"Body of {self.name}."

    @property
    def page(self) -> str:
        """Where its page would stand on the site."""
        path = self.name.removesuffix("/index.md")
        return (path.rsplit(".", 1)[0] if path == self.name else path) + "/index.html"


def fenced(fields: str, body: str = "Body.\n") -> bytes:
    return f"---\n{fields}\n---\n\n{body}".encode()


def note(slug: str, fields: str, *said: tuple[int, str], body: str = "Body.\n") -> Row:
    """Return a weeknote that is whole but for the `fields` under test, which come first: line 2 is theirs."""
    rest = [
        f for f in ("week: 2026-W47", "date: 2026-11-20", "team: platform") if f.split(":")[0] not in keys(fields)
    ]
    return Row(f"weeknotes/{slug}.md", fenced("\n".join([fields, *rest]), body), list(said))


def incident(slug: str, fields: str, *said: tuple[int, str], body: str = "Body.\n") -> Row:
    """Return an incident that is whole but for the `fields` under test, which come first."""
    whole = ("title: Checkout timeouts", "date: 2026-11-20", "timezone: UTC")
    rest = [f for f in whole if f.split(":")[0] not in keys(fields)]
    return Row(f"incidents/{slug}.md", fenced("\n".join([fields, *rest]), body), list(said))


def raw(name: str, data: bytes | str, *said: tuple[int, str]) -> Row:
    """Return a file exactly as given."""
    return Row(name, data if isinstance(data, bytes) else data.encode(), list(said))


def keys(fields: str) -> set[str]:
    return {line.split(":")[0] for line in fields.split("\n")}


WHOLE = "week: 2026-W47\ndate: 2026-11-20\nteam: platform"
BOMB = "\n".join(f"k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * 9)}]" for n in range(1, 8))

# Values that YAML 1.1 would turn into something else. Here they are what was written.
AS_WRITTEN = [
    note("title-yes", "title: Yes"),
    note("title-null-in-quotes", "title: 'null'"),
    note("title-number", "title: 2026"),
    note("title-octal", "title: 0123"),
    note("title-version", "title: 1.10"),
    note("title-clock", "title: 12:30"),
    note("title-empty", "title:"),
    note("title-markup", 'title: "</title><script>alert(1)</script>"'),
    note("title-attribute", """title: '" onmouseover="alert(1)'"""),
    note("title-markdown", 'title: "a | *b* [c](javascript:alert(1)) {{ 7*7 }}"'),
    note("title-chinese", "title: \u9031\u5831\u7b2c1\u56de"),
    note("title-emoji", 'title: "\U0001f389\U0001f389"'),
    note("title-from-right-to-left", "title: \u0627\u0644\u0623\u0633\u0628\u0648\u0639"),
    note("title-too-long", f"title: {'very long ' * 200}", (2, "ST001")),
    note("title-cut-off", "title: Week 1 #weeknotes", (2, "FM009")),
    note("number-of-5000-digits", f"order: {'9' * 5000}", (2, "FD004")),
    note("key-unknown", "week_ending: 2026-11-20T00:00:00.000Z", (2, "FD004")),
]

# Values of the wrong type, said together and each at its line.
WRONG = [
    note("date-month-13", "date: 2026-13-40", (2, "FD002")),
    note("date-no-such-day", "date: 2026-02-30", (2, "FD002")),
    note("date-a-word", "date: tomorrow", (2, "FD002")),
    note("date-either-way-round", "date: 05/01/2026", (2, "FD002")),
    note("date-a-number", "date: 20260105", (2, "FD002")),
    note("date-of-no-day", "date: 10:30", (2, "FD002")),
    note("date-a-list", "date: [2026-11-20]", (2, "FD002")),
    note("date-missing", "date:", (2, "FD001")),
    note("week-53-of-2025", "week: 2025-W53", (2, "FD002")),
    note("week-53-of-2026", "week: 2026-W53"),
    note("week-missing", "week:", (2, "FD001")),
    note("draft-perhaps", "draft: perhaps", (2, "FD002")),
    note("tags-nothing-left", 'tags: ["..", "a/b.c"]', (2, "FD002")),
    note("actions-a-text", "actions: Be more careful", (2, "FD002")),
    note(
        "actions-of-all-kinds",
        "actions:\n  - what: Fix it\n    owner: ''\n    due: someday\n  - Just a text\n  - onwer: platform",
        (5, "FD002"), (6, "FD002"), (7, "FD001"), (7, "FD004"),
    ),
    note("everything-at-once", "week: soon\ndate: never\ndraft: no\nlang: '?'", *((n, "FD002") for n in range(2, 6))),
    raw("weeknotes/owner-missing.md", fenced("week: 2026-W47\ndate: 2026-11-20"), (1, "FD001")),
    raw("weeknotes/all-missing.md", fenced("tags: [a]"), *[(1, "FD001")] * 3),
    note("slug-leads-out", "slug: ../../../../x/pwned", (2, "FD005")),
    note("slug-absolute", "slug: /etc/passwd", (2, "FD005")),
    note("id-of-its-own", "id: other", (2, "FD005")),
    note("alias-leads-out", "aliases: [/ok/, ../../etc/passwd, 'https://example.org/']", (2, "FD002"), (2, "FD002")),
    incident("severity-unknown", "severity: kinda-bad", (2, "FD003")),
    incident("severity-no", "severity: no", (2, "FD003")),
    incident("type-unknown", "type: outage", (2, "FD003")),
    incident("zone-abbreviated", "timezone: PST (UTC-7)", (2, "FD002")),
    incident("time-abbreviated", "started_at: 2026-11-20 12:00 IST", (2, "FD002")),
    incident("time-past-midnight", "started_at: 2026-11-20 24:30", (2, "FD002")),
    incident("timeline-in-the-fields", "timeline:\n  - at: 09:30\n    what: a", (2, "FD004")),
    incident("resolved-yes", "resolved: yes", (2, "FD004")),
    incident("link-runs", "actions:\n  - what: x\n    link: javascript:alert(1)", (4, "FD002")),
    incident("ends-before-it-starts", "started_at: 2026-11-20T12:00Z\nmitigated_at: 2026-11-20T10:00Z", (3, "TM001")),
    incident("hour-that-never-was", "date: 2026-03-29\nstarted_at: 2026-03-29 01:30\ntimezone: Europe/London", (2, "TM016"), (3, "TM002")),
    incident(
        "hour-that-was-twice",
        "date: 2026-10-25\nstarted_at: 2026-10-25 01:30\nmitigated_at: 2026-10-25 01:10\ntimezone: Europe/London",
        (2, "TM016"), (3, "TM003"), (4, "TM003"),
    ),
    incident("in-the-future", "started_at: 2062-11-20T10:00Z", (2, "TM006")),
]  # fmt: skip

# What is not YAML, or not a kind of YAML that people write.
UNREADABLE = [
    note("colon", "title: Fix: the thing", (2, "FM005")),
    note("bracket", "title: [Draft] Week 1", (2, "FM005")),
    note("star", "title: *Important*", (2, "FM005")),
    note("at", "title: @everybody", (2, "FM005")),
    note("backtick", "title: `code`", (2, "FM005")),
    note("percent", "title: %done", (2, "FM005")),
    note("quote-open", 'title: "never closed', (2, "FM005")),
    note("tab", "tags:\n\t- a", (3, "FM005")),
    note("key-twice", "title: A\ntitle: B", (3, "FM006")),
    note("key-twice-deep-down", "actions:\n  - what: a\n    what: b", (4, "FM006")),
    note("alias-bomb", f"k0: &k0 [x]\n{BOMB}", (2, "FM007")),
    note("alias-of-itself", "title: &a [*a]", (2, "FM007")),
    note("tag-that-calls", 'title: !!python/object/apply:os.system ["echo pwned > pwned.txt"]', (2, "FM008")),
    note("tag-from-the-environment", "title: !ENV HOME", (2, "FM008")),
    note("nested-without-end", f"title: {'[' * 3000}{']' * 3000}", (2, "FM005")),
    raw("weeknotes/a-list.md", "---\n- week: 2026-W47\n---\n\nBody.\n", (2, "FM010")),
    raw("weeknotes/a-text.md", '---\n"week 47"\n---\n\nBody.\n', (2, "FM010")),
    raw("weeknotes/two-documents.md", f"---\n---\n{WHOLE}\n---\n\nBody.\n", *[(1, "FD001")] * 3),
]

# Fences, or what stands in their place.
FENCES = [
    raw("weeknotes/fence-not-closed.md", f"---\n{WHOLE}\n\nBody.\n", (1, "FM004")),
    raw("weeknotes/fence-not-opened.md", f"{WHOLE}\ndraft: true\n---\n\nBody.\n", (1, "FM004")),
    raw("weeknotes/fence-of-toml.md", "+++\ntitle = 'A'\n+++\n\nBody.\n", (1, "FM004")),
    raw("weeknotes/fence-of-json.md", '{\n  "title": "A"\n}\n\nBody.\n', (1, "FM004")),
    raw("weeknotes/fence-below-blank-lines.md", f"\n\n---\n{WHOLE}\n---\n\nBody.\n"),
    raw("weeknotes/fence-with-spaces.md", f"---  \n{WHOLE}\n--- \t\n\nBody.\n"),
    raw("weeknotes/no-fence.md", "# Week 47\n\nBody.\n", (1, "FM003")),
    raw("weeknotes/a-rule.md", "---\n\nBody.\n\n---\n\nMore.\n", (1, "FM003")),
    raw("weeknotes/empty.md", "", (1, "FM003")),
    raw("weeknotes/fields-only.md", f"---\n{WHOLE}\nsummary: Body.\n---"),
]

# Bytes that are no text, or hardly.
BYTES = [
    raw("weeknotes/line-ends-of-windows.md", fenced(WHOLE).replace(b"\n", b"\r\n")),
    raw("weeknotes/byte-order-mark.md", b"\xef\xbb\xbf" + fenced(WHOLE)),
    raw("weeknotes/utf-16.md", fenced(WHOLE).decode().encode("utf-16"), (1, "FM001")),
    raw("weeknotes/latin-1.md", fenced(f"title: Caf\u00e9\n{WHOLE}").decode().encode("latin-1"), (2, "FM001")),
    raw("weeknotes/control-character.md", fenced(WHOLE, "Body.\na\x00b\n"), (8, "FM001")),
    raw("weeknotes/too-large.md", fenced(WHOLE, "Body.\n" + "word " * (MAX_BYTES // 5)), (1, "FM002")),
]

# Names that are no address, or somebody else's, and pages that are no entry.
NAMES = [
    raw("weeknotes/with spaces & #hash?.md", fenced(WHOLE), (1, "NA001")),
    raw("weeknotes/UPPER.MD", fenced(WHOLE), (1, "NA001")),
    raw("weeknotes/-dash.md", fenced(WHOLE), (1, "NA001")),
    raw("weeknotes/con.md", fenced(WHOLE), (1, "NA001")),
    raw("weeknotes/folder.md/index.md", fenced(WHOLE), (1, "NA001")),
    raw("weeknotes/folder/index.md", fenced(WHOLE)),
    raw("weeknotes/folder/beside.md", "Body.\n", (1, "NA004")),
    raw("weeknotes/deep/down/index.md", fenced(WHOLE), (1, "NA004")),
    raw("weeknotes/same.md", fenced(WHOLE), (1, "NA002")),
    raw("weeknotes/same/index.md", fenced(WHOLE), (1, "NA002")),
    incident("same", "severity: sev1", (1, "NA002")),
    raw("about.md", "# About\n\nBody.\n"),
    raw("about-broken.md", "---\ntitle: About: us\n---\n\nBody.\n", (2, "FM005")),
    raw("about-half-a-fence.md", "title: A\ndraft: true\n---\n\nBody.\n", (1, "FM004")),
]

ROWS = [*AS_WRITTEN, *WRONG, *UNREADABLE, *FENCES, *BYTES, *NAMES]

LINKS = {"out.md": "../../outside.md", "etc.md": "/etc/hostname", "dangling.md": "nowhere.md", "loop": "."}


@dataclass(frozen=True, slots=True)
class Tried:
    """The project with all rows in it, as `check` sees it and as plain `mkdocs build` publishes it."""

    root: Path
    diagnostics: list[Diagnostic]
    published: str
    strict_build: Literal["aborted", "passed"]

    @property
    def site(self) -> Path:
        return self.root / "site"


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Tried:
    site = Site(tmp_path_factory.mktemp("hostile") / "try")
    site.write("/mkdocs.yml", CONFIG)
    site.write("registers/teams.yml", "- slug: platform\n  name: Platform\n")
    site.write("/outside.md", "Secret from outside.\n")
    for row in ROWS:
        path = site.write(row.name, "")
        path.write_bytes(row.data.replace(b"Body.", row.canary.encode()))
    for name, target in LINKS.items():
        (site.root / "content" / "weeknotes" / name).symlink_to(target)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ABOVEBOARD_NOW", "2026-11-23T09:00Z")
        patch.chdir(site.root)
        diagnostics = check_library(site.library(), NOW)
        build(load_config(str(site.root / "mkdocs.yml")))
        try:
            build(load_config(str(site.root / "mkdocs.yml"), strict=True, site_dir="strict"))
        except Abort:
            return Tried(site.root, diagnostics, everything(site.root / "site"), "aborted")
    return Tried(site.root, diagnostics, everything(site.root / "site"), "passed")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_what_is_said_of_it(row: Row, tried: Tried) -> None:
    said = [d for d in tried.diagnostics if d.path == f"content/{row.name}"]
    assert [(d.position.line, d.code) for d in said] == row.said, "\n".join(map(str, said))
    assert all(len(d.message) < 300 and "\n" not in d.message for d in said), "a line each, and a short one"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_only_what_has_no_error_is_published(row: Row, tried: Tried) -> None:
    page = tried.site / row.page
    if not row.is_bad:
        assert html.escape(row.canary, quote=False) in page.read_text(encoding="utf-8")
    else:
        assert row.canary not in tried.published
        shared = {other.page for other in ROWS if not other.is_bad}
        assert row.page in shared or not page.exists()


def test_nothing_is_said_of_files_that_are_not_there(tried: Tried) -> None:
    rows = {f"content/{row.name}" for row in ROWS} | {f"content/weeknotes/{name}" for name in LINKS}
    # AX012 is about the one that should be there.
    assert {d.path for d in tried.diagnostics if d.code != "AX012"} <= rows


def test_links_are_refused_and_not_followed(tried: Tried) -> None:
    said = {d.path: (d.position.line, d.code) for d in tried.diagnostics if d.code == "NA003"}
    assert said == {f"content/weeknotes/{name}": (1, "NA003") for name in LINKS}
    assert "Secret from outside" not in tried.published
    assert not any((tried.site / "weeknotes" / name.removesuffix(".md")).exists() for name in LINKS)


def test_no_source_is_copied_into_the_site(tried: Tried) -> None:
    endings = {path.suffix.lower() for path in tried.site.rglob("*") if path.is_file()}
    assert not endings & {".md", ".yml", ".toml"}


def test_nothing_is_written_anywhere_else(tried: Tried) -> None:
    assert sorted(path.name for path in tried.root.iterdir()) == [
        ".aboveboard",  # where what was worked out is kept; git ignores it
        "content",
        "mkdocs.yml",
        "outside.md",
        "site",
        "strict",
    ]
    assert not list(tried.root.rglob("pwned*"))


def test_a_title_is_text_wherever_it_stands(tried: Tried) -> None:
    # In JSON a title is text as it stands; no browser reads it as markup.
    read_as_markup = everything(tried.site, (".html", ".xml"))
    assert "<script>alert(1)" not in read_as_markup
    assert "&lt;script&gt;alert(1)" in tried.published
    page = (tried.site / "weeknotes" / "title-yes" / "index.html").read_text(encoding="utf-8")
    assert "<title>Yes - Try</title>" in page


def test_a_strict_build_fails(tried: Tried) -> None:
    assert tried.strict_build == "aborted"


def everything(site: Path, endings: tuple[str, ...] = (".html", ".xml", ".json", ".txt")) -> str:
    """Return all text of a built site but the theme's own."""
    paths = (p for p in sorted(site.rglob("*")) if p.suffix in endings)
    return "\n".join(p.read_text(encoding="utf-8") for p in paths if "assets" not in p.parts)
