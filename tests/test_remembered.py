"""What is remembered is what would be found anew: over edits, renames, deletions, settings, registers and days."""

from __future__ import annotations

import pickle
import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.checks.clock import Clock
from aboveboard.checks.context import Context, Desk
from aboveboard.checks.run import check_library
from aboveboard.checks.study import keep_studied, study
from aboveboard.checks.whole import check_project
from aboveboard.content import seen
from aboveboard.content.entry import Entry, ParsedFile, parse_entry
from aboveboard.content.fields.common import Lesson
from aboveboard.content.kinds import KINDS
from aboveboard.content.library import Library, load_library
from aboveboard.content.public import publish
from aboveboard.content.recalled import is_record
from aboveboard.content.records import dump, load
from aboveboard.content.registers import Registers
from aboveboard.content.remembered import file_of, record_of
from aboveboard.content.rows import file_of_row, row_of
from aboveboard.content.settings import Settings
from aboveboard.content.source import Source
from aboveboard.content.sources import read_sources
from aboveboard.content.store import Store
from aboveboard.errors import Severity
from aboveboard.insight.weeks import gather_weeks
from tests.conftest import CONFIG, NOW, REPOSITORY, Site
from tests.test_fuzz import ENTRY, PROJECT

UTC_ZONE = ZoneInfo("UTC")


@pytest.fixture(autouse=True)
def what_changed_a_moment_ago_is_trusted_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seen, "SETTLED", 2 * 10**7)


# ---------------------------------------------------------------------------------------- one file


@given(
    st.sampled_from(KINDS),
    st.one_of(ENTRY.map(lambda text: text.encode(errors="replace")), st.binary(max_size=200)),
)
def test_a_remembered_file_equals_the_parsed_one(kind, data: bytes) -> None:  # type: ignore[no-untyped-def]
    path = f"{kind.folder}/2026-11-20-a.md"
    parsed = parse_entry(kind, path, data, Settings())
    source = Source.of(data)
    record = record_of(parsed)
    of_record = file_of(kind, path, source, record, UTC_ZONE)
    row = load(dump(tuple(row_of(parsed, source.digest))))
    of_row = file_of_row(kind, path, source, row, lambda: record, UTC_ZONE)
    assert is_record(record) and not is_record(record[:-1])
    assert of_record and of_row
    assert_same_file(parsed, of_record)
    assert_same_file(parsed, of_row)


def assert_same_file(parsed: ParsedFile, again: ParsedFile) -> None:
    assert (again.problems, again.text, again.broken) == (parsed.problems, parsed.text, parsed.broken)
    assert (again.entry is None) == (parsed.entry is None)
    if parsed.entry and again.entry:
        assert_same(parsed.entry, again.entry)
        assert_same(parsed.entry.published(), again.entry.published())


def assert_same(parsed: Entry, again: Entry) -> None:
    assert again.fields == parsed.fields
    assert type(again.fields) is type(parsed.fields)
    assert again.times == parsed.times
    assert again.standing == parsed.standing
    assert again.facts == parsed.facts
    assert again.source == parsed.source
    assert again.reading.span == parsed.reading.span
    for name in ("text", "values", "root", "problems", "body", "body_line"):
        assert getattr(again.matter, name) == getattr(parsed.matter, name)
    assert again.prose.headings == parsed.prose.headings
    for name in ("id", "path", "zone", "day", "updated_at", "address", "is_folder", "is_retold"):
        assert getattr(again, name) == getattr(parsed, name)


@given(st.sampled_from(KINDS), ENTRY, st.text(max_size=20))
def test_facts_change_with_a_field_and_not_with_the_text(kind, text: str, more: str) -> None:  # type: ignore[no-untyped-def]
    def facts(text: str) -> tuple[bytes, object] | None:
        entry = parse_entry(kind, f"{kind.folder}/a.md", text.encode(errors="replace"), Settings()).entry
        seen = entry and (entry.fields, entry.times and (entry.times.milestones, entry.times.status))
        return (entry.facts, seen) if entry else None

    before, after = facts(text), facts(f"{text}\n\n{more}")
    if before and after:
        assert (before[0] == after[0]) == (before[1] == after[1])


@given(st.sampled_from(KINDS), ENTRY)
def test_nothing_happens_outside_of_the_days_that_an_entry_names(kind, text: str) -> None:  # type: ignore[no-untyped-def]
    entry = parse_entry(kind, f"{kind.folder}/a.md", text.encode(errors="replace"), Settings()).entry
    for week in gather_weeks([entry], NOW.date()) if entry else ():
        assert entry and entry.may_touch(week.monday, week.sunday)


def test_a_record_of_strangers_is_no_record(site: Site) -> None:
    assert load(dump(UTC_ZONE)) is UTC_ZONE
    assert load(dump((NOW, None, {"a": [1]}))) == (NOW, None, {"a": [1]})
    for strange in (print, Path("/tmp"), re.compile("a"), site.write):
        assert load(pickle.dumps(strange)) is None
    assert load(b"cos\nsystem\n(S'true'\ntR.") is None
    assert load(b"caboveboard.content.files\nwrite_new\n(S'x'\nS'y'\ntR.") is None
    assert load(b"caboveboard.content.files\nPath\n(S'x'\ntR.") is None
    assert load(b"nonsense") is None


def test_a_part_comes_back_as_it_was_and_no_other_class_in_its_way() -> None:
    lesson = Lesson(id="l1", what="Alarms need owners")
    found = load(dump([lesson, lesson.model_copy(update={"id": "l2"})]))
    assert found == [lesson, Lesson(id="l2", what="Alarms need owners")]
    assert found[0].model_copy(update={"id": "l3"}).id == "l3"
    assert found[0].id == "l1"
    calls = b"caboveboard.content.records\npart_of\n"
    assert load(calls + b"(caboveboard.content.fields.common\nLesson\n(S'l1'\nS'what'\nttR.") == Lesson(
        id="l1", what="what"
    )
    assert load(calls + b"(caboveboard.content.fields.common\nLesson\n(S'l1'\nttR.") is None
    assert load(calls + b"(caboveboard.content.prose\nProse\n(S'a'\nttR.") is None


# ---------------------------------------------------------------------------------------- outlines


def test_whoever_shows_facts_alone_cannot_look_at_the_text(site: Site) -> None:
    site.write(
        "incidents/2026-11-20-a.md",
        "---\ntitle: A\ndate: 2026-11-20\n---\n\n## Timeline\n\n- 02:00Z started: it begins\n- 02:04Z resolved: it ends\n",
    )
    (entry,) = publish(site.library(), NOW, ()).outlines().entries
    assert entry.fields.title == "A"
    assert entry.times and str(entry.times.status) == "resolved"
    looks: list[Callable[[], object]] = [
        lambda: entry.body,
        lambda: entry.prose,
        lambda: entry.matter,
        lambda: entry.times and entry.times.events,
    ]
    for look in looks:
        with pytest.raises(AssertionError, match="facts alone"):
            look()


# ---------------------------------------------------------------------------------------- a whole project

PATHS = [
    "weeknotes/2026-w46-a.md", "weeknotes/2026-w47-a.md", "weeknotes/2026-w47-a/index.md",
    "incidents/2026-11-20-x.md", "incidents/2026-11-20-x/index.md", "incidents/2026-11-20-X.md",
    "experiments/e.md", "experiments/f/index.md", "about.md", "accessibility.md", "teams/a.md",
]  # fmt: skip
TARGETS = [
    "../weeknotes/2026-w46-a.md", "../incidents/2026-11-20-x.md#what-happened", "../incidents/2026-11-20-x.md#nothing",
    "../incidents/2026-11-20-x/", "#what-happened", "#gone", "/about/", "/sub/about/", "../teams/a.md", "../teams/b.md",
    "/old/", "/sub/old/", "p.png", "../years/2026.md", "../tags/t.md", "https://example.org/", "http://localhost:3/", "[x][y]", "",
    "../about.md", "../weeks/2026-w47.md", "../lessons/2026.md", "../incidents/2026-11-20-z.md",
]  # fmt: skip
LINE = st.one_of(
    st.builds(lambda target, mark: f"{mark}[here]({target})", st.sampled_from(TARGETS), st.sampled_from(["", "!"])),
    st.sampled_from([
        "## What happened", "## What we learned", "We should have known.", "We should have known. <!-- allow BL002: said so -->",
        "<!-- a prompt -->", "<!-- never closed", "## Timeline", "- 2026-11-20 02:00Z started: it begins", "- 02:30 resolved: over",
        "- 2026-11-23T09:10Z change: a little ahead", "TODO", "jane.roe@example.org", "plain words", "Jane Roe did it, caused by Jane Roe.",
    ]),
)  # fmt: skip
FIELD = st.sampled_from([
    "title: A", "title: B", "date: 2026-11-20", "date: 2026-11-24", "date: 2026-10-01", "date: 2026-11-16T09:30Z", "draft: true",
    "week: 2026-W47", "team: a", "team: b", "authors: [jane, joe]", "services: [s]", "tags: [t]", "related: [2026-w46-a, e]",
    "related: [2026-w46-b]", "aliases: [/old/]", "aliases: [/about/, /older/]", "stage: running", "ends: 2026-11-23", "ends: 2026-11-24",
    "published: 2026-11-25", "withdrawn: {date: 2026-11-21, why: wrong}", "timezone: Pacific/Auckland", "severity: sev1",
    "lessons: [one]", "actions: [{what: Do it, owner: a, due: 2026-11-24}]", "registered: {date: 2026-11-01, digest: 'sha256:0'}",
])  # fmt: skip
TEXT = st.builds(
    lambda fields, lines: "\n".join(["---", *{f.split(":")[0]: f for f in fields}.values(), "---", "", *lines, ""]),
    st.lists(FIELD, min_size=3, max_size=9).map(lambda fields: ["title: T", "date: 2026-11-20", "week: 2026-W47", "stage: planned", *fields]),
    st.lists(LINE, max_size=6),
)  # fmt: skip
REGISTER = st.sampled_from(["", "- {slug: a, name: A}\n", "- {slug: b, name: B}\n- {slug: a, name: A}\n", "- {slug: jane, name: Jane Roe}\n",
    "- {ref: c-1, kind: incident, reason: commercial, decided_by: x, decided: 2026-11-01, review_by: 2026-11-23, public: y}\n"])  # fmt: skip
SETTING = st.sampled_from([
    "", "timezone: Asia/Tokyo", "rules: {BL002: error, LN001: off}", "draft_days: 1", "severities: [sev1]",
    "raw_html: allow", "contact: 'mailto:jane.roe@example.org'",
])  # fmt: skip

Step = Callable[[Site], object]
STEP: st.SearchStrategy[tuple[str, Step]] = st.one_of(
    st.tuples(st.sampled_from(PATHS), TEXT).map(lambda a: (f"write {a[0]} {a[1]!r}", lambda site: _write(site, *a))),
    st.tuples(st.sampled_from(PATHS), LINE).map(lambda a: (f"add to {a[0]} {a[1]!r}", lambda site: _add(site, *a))),
    st.sampled_from(PATHS).map(lambda a: (f"delete {a}", lambda site: _delete(site, a))),
    st.tuples(st.sampled_from(PATHS), st.sampled_from(PATHS)).map(lambda a: (f"rename {a}", lambda site: _rename(site, *a))),
    st.tuples(st.sampled_from(["teams", "people", "closed"]), REGISTER).map(
        lambda a: (f"register {a}", lambda site: site.write(f"registers/{a[0]}.yml", a[1]))
    ),
    st.tuples(SETTING, st.sampled_from(["", "site_url: https://example.org/sub/\n", "use_directory_urls: false\n"])).map(
        lambda a: (f"set {a}", lambda site: _set(site, *a))
    ),
    st.tuples(st.sampled_from(["incidents/2026-11-20-x/p.png", "p.png", "weeknotes/notes.txt"]), st.sampled_from([10, 1_200_000])).map(
        lambda a: (f"attach {a}", lambda site: _write(site, a[0], "mail jane.roe@example.org " + "x" * a[1]))
    ),
)  # fmt: skip
CLOCK = st.sampled_from(
    [
        timedelta(),
        timedelta(),
        timedelta(minutes=20),
        timedelta(hours=15),
        timedelta(days=1),
        timedelta(days=-30),
        timedelta(days=40),
    ]
)


def _write(site: Site, path: str, text: str) -> None:
    site.write(path, text)


def _add(site: Site, path: str, line: str) -> None:
    target = site.root / "content" / path
    if target.is_file():
        target.write_text(f"{target.read_text()}\n\n{line}\n")


def _delete(site: Site, path: str) -> None:
    (site.root / "content" / path).unlink(missing_ok=True)


def _rename(site: Site, old: str, new: str) -> None:
    source, target = site.root / "content" / old, site.root / "content" / new
    if source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        source.rename(target)


def _set(site: Site, setting: str, more: str) -> None:
    plugin = f"plugins:\n  - aboveboard:\n      {setting}\n" if setting else "plugins: [aboveboard]\n"
    site.write("/mkdocs.yml", CONFIG.replace("plugins: [aboveboard]\n", plugin) + more)


@given(st.lists(st.tuples(STEP, CLOCK), min_size=1, max_size=12))
def test_what_is_remembered_is_what_is_found_anew(tmp_path_factory: pytest.TempPathFactory, steps) -> None:  # type: ignore[no-untyped-def]
    site = Site(tmp_path_factory.mktemp("site"))
    site.write("/mkdocs.yml", CONFIG)
    for path in PATHS[:4] + PATHS[6:7]:
        site.write(
            path,
            "---\ntitle: T\ndate: 2026-11-20\nweek: 2026-W47\nteam: a\nstage: running\n---\n\n[x](../incidents/2026-11-20-x.md#what-happened)\n",
        )
    now = NOW
    for (_, step), later in steps:
        step(site)
        now += later
        assert_nothing_is_different(site, now)
    shutil.rmtree(site.root)


def assert_nothing_is_different(site: Site, now: datetime) -> None:
    project = site.project
    anew = load_library(project)
    found = check_library(anew, now)
    kept = load_library(project, Store.open(project.root))
    assert_same_library(kept, anew)
    # In parts first, then as a whole, which is remembered as a whole.
    assert check_library(kept, now, store=Store.open(project.root)) == found
    errors = [d for d in found if d.severity is Severity.ERROR]
    for store in (None, Store.open(project.root), Store.open(project.root)):
        asked = check_library(kept, now, store=store, only_errors=True)
        assert [d for d in asked if d.severity is Severity.ERROR] == errors
    first = next(iter(found), None)
    if first:
        assert check_library(kept, now, lambda path: path == first.path, store=Store.open(project.root)) == [
            d for d in found if d.path == first.path
        ]
    assert check_project(project, now, Store.open(project.root))[0] == found
    assert check_project(project, now, Store.open(project.root))[0] == found


@given(st.lists(STEP, min_size=4, max_size=14))
def test_what_workers_studied_is_what_is_found_anew(tmp_path_factory: pytest.TempPathFactory, steps) -> None:  # type: ignore[no-untyped-def]
    site = Site(tmp_path_factory.mktemp("site"))
    site.write("/mkdocs.yml", CONFIG)
    for _, step in steps:
        step(site)
    project = site.project
    library = load_library(project)
    store, sources = Store.open(site.root), read_sources(project)
    desk = pickle.loads(pickle.dumps(Desk(project, library.registers)))
    jobs = [
        (kind.name, path, sources.read[path].data) for kind, path in sources.scan.entries if path in sources.read
    ]
    keep_studied(store, sources, pickle.loads(pickle.dumps([study(desk, NOW, *job) for job in jobs])))
    before = store.keys("entry")
    assert_same_library(load_library(project, store), library)
    assert check_library(load_library(project, store), NOW, store=store) == check_library(library, NOW)
    assert store.keys("entry") == before
    shutil.rmtree(site.root)


def assert_same_library(kept: Library, anew: Library) -> None:
    assert kept.problems == anew.problems
    assert [e.path for e in kept.entries] == [e.path for e in anew.entries]
    for one, other in zip(kept.entries, anew.entries, strict=True):
        assert_same(other, one)
    assert [p.path for p in kept.pages] == [p.path for p in anew.pages]


def test_what_the_roll_knows_is_parsed_again_where_the_rest_of_it_has_gone(site: Site) -> None:
    for day in range(10, 20):
        facts = f"title: A {day}\ndate: 2026-11-{day}\nstage: running\nteam: a"
        site.write(f"experiments/2026-11-{day}-a.md", f"---\n{facts}\n---\n\n{day}\n")
    anew = load_library(site.project)
    assert len(anew.entries) == 10
    store = Store.open(site.root)
    load_library(site.project, store)
    store.forget("entry", store.keys("entry"))
    assert_same_library(load_library(site.project, Store.open(site.root)), anew)
    rows = {entry.path: (entry.source, 1) for entry in anew.entries}
    store.put_many("roll", {key: dump(rows) for key in store.keys("roll")})
    assert_same_library(load_library(site.project, Store.open(site.root)), anew)


def test_another_checkout_finds_what_the_first_remembered(
    site: Site, tmp_path_factory: pytest.TempPathFactory
) -> None:
    site.write(PATHS[1], "---\nweek: 2026-W47\ndate: 2026-11-20\nteam: a\n---\n\nTODO\n")
    found, _ = check_project(site.project, NOW, Store.open(site.root))
    other = tmp_path_factory.mktemp("elsewhere") / "clone"
    shutil.copytree(site.root, other)
    store = Store.open(other)
    before = {room: store.keys(room) for room in ("entry", "diagnostics", "whole")}
    assert check_project(Site(other).project, NOW, store)[0] == found
    assert {room: store.keys(room) for room in before} == before


# ---------------------------------------------------------------------------------------- the clock

ZONE = st.sampled_from(["UTC", "Europe/London", "Pacific/Auckland", "America/St_Johns", "America/Havana", "Africa/Cairo", "Pacific/Apia"])  # fmt: skip
INSTANT = st.datetimes(datetime(2011, 12, 25), datetime(2012, 4, 10)).map(lambda at: at.replace(tzinfo=UTC))


@given(INSTANT, INSTANT, ZONE, st.integers(-2, 2))
def test_the_clock_knows_until_when_its_answers_hold(now: datetime, at: datetime, zone: str, days: int) -> None:
    questions: list[Callable[[Clock], object]] = [
        lambda clock: clock.has_come(at),
        lambda clock: clock.has_come(at, timedelta(minutes=-5)),
        lambda clock: clock.is_within(at, timedelta(days=3)),
        lambda clock: clock.days_since(at),
        lambda clock: clock.day(ZoneInfo(zone)),
        lambda clock: clock.is_past(now.date() + timedelta(days=days), ZoneInfo(zone)),
    ]
    for ask in questions:
        clock = Clock(now)
        said = ask(clock)
        assert clock.holds(now, now + timedelta(microseconds=1)) and clock.since <= now < clock.until
        for part in (0.0, 0.3, 0.7, 1.0):
            first, last = max(clock.since, now - timedelta(days=9)), min(clock.until, now + timedelta(days=9))
            other = min(first + (last - first) * part, last - timedelta(microseconds=1))
            assert ask(Clock(other)) == said


# ---------------------------------------------------------------------------------------- what rules may see


def test_a_rule_that_does_not_say_so_cannot_look_around() -> None:
    context = Context(Desk(PROJECT, Registers()), Clock(NOW))
    with pytest.raises(AssertionError, match="around=True"):
        context.surroundings  # noqa: B018


def test_rules_reach_for_nothing_but_what_they_are_given() -> None:
    """Neither the library, nor files, nor the environment: what they would read there is in no key."""
    rooms = REPOSITORY / "tooling/aboveboard/checks"
    makers = {"anchored", "around", "attachment", "inspection", "made", "run", "study", "surroundings", "whole"}
    reach = re.compile(
        r"import .*\bLibrary\b|load_library|\bopen\(|read_(?:bytes|text)\(|os\.environ|\.stat\(|project\."
    )
    found = {
        f"{path.stem}: {match[0]}"
        for path in rooms.rglob("*.py")
        if path.stem not in makers | {"context"}
        for match in reach.finditer(path.read_text())
    }
    assert found == set()
