"""`experiment start` freezes the plan, `conclude` says what came of it."""

from __future__ import annotations

import subprocess
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aboveboard.authoring.experiments import choices_of, plan_conclusion, plan_start
from aboveboard.content.front_matter import parse_front_matter
from aboveboard.content.kinds import EXPERIMENT
from aboveboard.content.registration import digest_of, plan_of
from aboveboard.content.yaml_nodes import Path as FieldPath
from tests.answering import answering
from tests.conftest import EXPERIMENT as FIELDS
from tests.conftest import Site, entry
from tests.touched import OUR_CONTENT, OUR_ENTRIES, assert_edit, assert_touches_only, entries, made

NAME = "2026-11-20-shorter-forms"
PATH = f"experiments/{NAME}.md"
PLAN = f"""{FIELDS}  # planned, running, …
# What we believe, and what would prove us wrong.
hypothesis: "We believe fewer questions help, because people stop half way"
success_criteria: We are right if one in three finishes
starts:  # the first day
measures:
  - {{name: finished, unit: '%', baseline: 21}}  # of all who begin
lessons:  # none yet
"""


@pytest.fixture
def planned(site: Site) -> Site:
    """A project with one experiment that can begin."""
    site.write(PATH, entry(PLAN))
    return site


def commit(site: Site, message: str = "Write") -> None:
    git = ["git", "-c", "user.name=Try", "-c", "user.email=try@example.org", "-c", "commit.gpgsign=false"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", message]):
        subprocess.run([*git, *words], cwd=site.root, check=True)


def edited(site: Site, old: str, new: str) -> None:
    """Let somebody edit the experiment by hand."""
    text = site.read(f"content/{PATH}")
    assert old in text
    site.write(PATH, text.replace(old, new))


# Start


def test_start_registers_the_plan(planned: Site) -> None:
    result = planned.run("experiment", "start", NAME)
    digest = digest_of({**plan_of(parse_front_matter(entry(PLAN)).values), "starts": "2026-11-23"})
    assert result.stdout == f"{NAME}: registered 2026-11-23, {digest}\n"
    assert result.stderr == (
        "not in the plan: ends, sample, stopping_rule, guardrails; to add one of them from now on is a deviation\n"
    )
    more = f"registered:\n  date: 2026-11-23\n  digest: {digest}\n"
    expected = (
        PLAN.replace("stage: planned", "stage: running").replace("starts:  #", "starts: 2026-11-23  #") + more
    )
    assert planned.read(f"content/{PATH}") == entry(expected)
    assert "ST018" not in planned.run("check").stdout


def test_a_first_day_that_was_planned_stays(planned: Site) -> None:
    edited(planned, "starts:  #", "starts: 2026-11-30  #")
    planned.run("experiment", "start", NAME)
    assert "starts: 2026-11-30  # the first day" in planned.read(f"content/{PATH}")


def test_everything_that_is_missing_is_said_at_once(site: Site) -> None:
    site.write(PATH, entry(FIELDS))
    result = site.run("experiment", "start", NAME, exit_code=1)
    assert "says no `hypothesis:` and no `success_criteria:`" in result.stderr
    assert site.read(f"content/{PATH}") == entry(FIELDS)


@pytest.mark.parametrize("stage", ["analysing", "concluded", "stopped"])
def test_it_is_too_late_to_plan_what_was_looked_at(planned: Site, stage: str) -> None:
    edited(planned, "stage: planned", f"stage: {stage}")
    assert f"is {stage} already" in planned.run("experiment", "start", NAME, exit_code=1).stderr


def test_a_plan_that_is_kept_is_said_to_be(planned: Site) -> None:
    first = planned.run("experiment", "start", NAME)
    before = planned.read(f"content/{PATH}")
    again = planned.run("--now", "2026-12-01T09:00Z", "experiment", "start", NAME)
    assert (again.stdout, again.stderr) == (first.stdout, "the plan was registered on 2026-11-23, and is kept\n")
    assert planned.read(f"content/{PATH}") == before


@pytest.mark.parametrize("committed", ["before it began", "after it began"])
def test_a_change_is_named_and_the_deviation_written_out(planned: Site, committed: str) -> None:
    if committed == "before it began":
        commit(planned)
    planned.run("experiment", "start", NAME)
    if committed == "after it began":
        commit(planned)
    edited(planned, "one in three", "one in five")
    edited(planned, "baseline: 21", "baseline: 21, target: 30")
    result = planned.run("experiment", "start", NAME, exit_code=1)
    assert (
        result.stderr
        == """\
aboveboard: the plan is not the one registered on 2026-11-23: say what changed, and why
  `success_criteria` changed, and no deviation says so
  `measures` changed, and no deviation says so
"""
    )
    assert (
        result.stdout
        == """\
deviations:
  - date: 2026-11-23
    field: success_criteria
    was: We are right if one in three finishes
    why:
  - date: 2026-11-23
    field: measures
    was:
      - name: finished
        unit: "%"
        baseline: "21"
    why:
"""
    )
    said = planned.run("check", "--select", "ST018").stdout
    assert "`success_criteria`, `measures` changed, and `aboveboard experiment start" in said

    # Pasted, with a reason, it is what the check asks for.
    edited(planned, "registered:", result.stdout.replace("why:", "why: A holiday fell into it") + "registered:")
    assert planned.run("check", "--select", "ST018").stdout == ""
    assert "is kept" in planned.run("experiment", "start", NAME).stderr


def test_a_deviation_that_says_something_else_is_told_so(planned: Site) -> None:
    commit(planned)
    planned.run("experiment", "start", NAME)
    edited(planned, "one in three", "one in five")
    wrong = "deviations: [{date: 2026-11-23, field: success_criteria, was: One in four, why: Snow}]\n"
    edited(planned, "registered:", f"{wrong}registered:")
    result = planned.run("experiment", "start", NAME, exit_code=1)
    assert "`success_criteria`: the `was` of its deviation is not what was registered" in result.stderr


def test_where_git_knows_nothing_the_form_is_said(planned: Site) -> None:
    planned.run("experiment", "start", NAME)
    edited(planned, "one in three", "one in five")
    result = planned.run("experiment", "start", NAME, exit_code=1)
    assert "git does not know the registered plan" in result.stderr
    assert result.stdout == "deviations:\n  - date: 2026-11-23\n    field:\n    was:\n    why:\n"
    assert "`- {date: …, field: …, was: …, why: …}`" in planned.run("check", "--select", "ST018").stdout


def test_a_deviation_names_a_field_of_the_plan(planned: Site) -> None:
    planned.run("experiment", "start", NAME)
    edited(
        planned,
        "registered:",
        "deviations: [{date: 2026-11-23, field: sucess_criteria, was: A, why: B}]\nregistered:",
    )
    said = planned.run("check", "--select", "ST018").stdout
    assert "'sucess_criteria' is no field of the plan: did you mean success_criteria?" in said


# Conclude


def conclude(site: Site, *words: str, exit_code: int = 0) -> Any:
    return site.run("experiment", "conclude", NAME, *words, exit_code=exit_code)


def test_a_conclusion_is_result_decision_and_lessons(planned: Site) -> None:
    planned.run("experiment", "start", NAME)
    before = planned.read(f"content/{PATH}")
    words = [
        "--result",
        "Not supported",
        "--decision",
        "abandon",
        "--lesson",
        "People read first",
        "--lesson",
        "It: rains",
    ]
    result = conclude(planned, *words)
    assert result.stdout == f"{NAME}: not-supported, abandon\n"
    assert result.stderr == "no result for the measure 'finished': add `result:` to it\n"
    after = planned.read(f"content/{PATH}")
    lessons = 'lessons:  # none yet\n  - id: l1\n    what: People read first\n  - id: l2\n    what: "It: rains"\n'
    assert after == (
        before.replace("stage: running", "stage: concluded")
        .replace("lessons:  # none yet\n", lessons)
        .replace("\n---\n\nText", "\nresult: not-supported\ndecision: abandon\n---\n\nText")
    )
    conclude(planned, *words)
    assert planned.read(f"content/{PATH}") == after


def test_lessons_go_on_where_they_are(planned: Site) -> None:
    edited(planned, "lessons:  # none yet", "lessons: [A, {id: l3, what: B}]  # two")
    edited(planned, "stage: planned", "stage: running")
    conclude(planned, "--result", "inconclusive", "--decision", "repeat", "--lesson", "A", "--lesson", "C")
    assert "lessons: [A, {id: l3, what: B}, {id: l4, what: C}]  # two\n" in planned.read(f"content/{PATH}")


def test_a_lesson_that_stands_alone_becomes_the_first(planned: Site) -> None:
    edited(planned, "lessons:  # none yet", "lessons: Alarms need owners")
    edited(planned, "stage: planned", "stage: running")
    conclude(planned, "--result", "inconclusive", "--decision", "repeat", "--lesson", "C")
    values = parse_front_matter(planned.read(f"content/{PATH}")).values
    assert values["lessons"] == ["Alarms need owners", {"id": "l2", "what": "C"}]


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        ("planned", f"has not begun: `aboveboard experiment start {NAME}`"),
        ("stopped", "was stopped: set `stage: analysing` by hand"),
    ],
)
def test_what_does_not_run_cannot_be_concluded(planned: Site, stage: str, said: str) -> None:
    edited(planned, "stage: planned", f"stage: {stage}")
    assert said in conclude(planned, "--result", "supported", "--decision", "adopt", exit_code=1).stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["--result", "suported", "--decision", "adopt"],
            "no result is called 'suported': did you mean supported?",
        ),
        (["--result", "supported", "--decision", "adobt"], "no decision is called 'adobt': did you mean adopt?"),
        (["--result", "supported"], "say it on the command line: --result RESULT --decision DECISION"),
    ],
)
def test_what_is_no_conclusion_is_refused(planned: Site, words: list[str], said: str) -> None:
    edited(planned, "stage: planned", "stage: running")
    before = planned.read(f"content/{PATH}")
    assert said in conclude(planned, *words, exit_code=1).stderr
    assert planned.read(f"content/{PATH}") == before


def test_another_conclusion_does_not_take_the_place_of_one(planned: Site) -> None:
    edited(planned, "stage: planned", "stage: running")
    conclude(planned, "--result", "supported", "--decision", "adopt")
    said = conclude(planned, "--result", "inconclusive", "--decision", "adopt", exit_code=1).stderr
    assert "is concluded with `result: supported`" in said


def test_a_plan_that_was_not_kept_or_never_registered_is_said(planned: Site) -> None:
    planned.run("experiment", "start", NAME)
    edited(planned, "one in three", "one in five")
    assert "its plan was not kept" in conclude(planned, "--result", "supported", "--decision", "adopt").stderr
    edited(planned, "registered:", "x_registered:")
    assert "never registered" in conclude(planned, "--result", "supported", "--decision", "adopt").stderr


def test_both_are_asked_for_until_they_are_on_the_list(planned: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    edited(planned, "stage: planned", "stage: running")
    asked = answering(monkeypatch, "suported", "supported", "adopt")
    result = conclude(planned)
    assert result.stdout == f"{NAME}: supported, adopt\n"
    assert "did you mean supported?" in result.stderr
    assert asked[0] == asked[1] == "What came of it? (supported, not-supported, inconclusive)"


def test_an_experiment_that_cannot_be_read_or_is_none_is_told_apart(planned: Site) -> None:
    planned.write("incidents/2026-11-20-a.md", entry("title: A\ndate: 2026-11-20"))
    assert (
        "no experiment is called '2026-11-20-a'"
        in planned.run("experiment", "start", "2026-11-20-a", exit_code=1).stderr
    )
    edited(planned, "stage: planned", "stage: someday")
    said = planned.run("experiment", "start", NAME, exit_code=1).stderr
    assert said == f"aboveboard: content/{PATH} cannot be read: `aboveboard check content/{PATH}` says why\n"


# Whatever was written


@settings(max_examples=200)
@given(st.data())
def test_only_the_lines_of_the_start_change(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    text = data.draw(entries(EXPERIMENT)).text
    values = parse_front_matter(text).values
    changes: dict[FieldPath, Any] = {("stage",): "running"}
    if not values.get("starts"):
        changes[("starts",)] = "2026-11-23"
    digest = digest_of(plan_of({**values, "starts": values.get("starts") or "2026-11-23"}))
    changes[("registered",)] = {"date": "2026-11-23", "digest": digest}
    assert_edit(
        made(tmp_path_factory.getbasetemp()),
        PATH,
        text,
        lambda library, entry: plan_start(library, entry, date(2026, 11, 23)),
        changes,
    )


@settings(max_examples=200)
@given(st.data(), st.sampled_from(["A: lesson", "", "x"]))
def test_only_the_lines_of_the_conclusion_change(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, lesson: str
) -> None:
    text = data.draw(entries(EXPERIMENT)).text.replace("planned", "running")
    values = parse_front_matter(text).values
    lessons = values.get("lessons") or []
    changes: dict[FieldPath, Any] = {("stage",): "concluded", ("result",): "supported", ("decision",): "adapt"}
    known = [item if isinstance(item, str) else item["what"] for item in lessons]
    if lesson and lesson not in known:
        changes[("lessons", len(lessons))] = {"id": f"l{len(lessons) + 1}", "what": lesson}
    said = [lesson] if lesson else []
    assert_edit(
        made(tmp_path_factory.getbasetemp()),
        PATH,
        text,
        lambda library, entry: plan_conclusion(library, entry, "supported", "adapt", said),
        changes,
    )


@pytest.mark.parametrize("path", [path for path in OUR_ENTRIES if path.startswith("experiments/")])
def test_every_experiment_of_our_own_content_can_be_concluded(site: Site, path: str) -> None:
    text = (OUR_CONTENT / path).read_bytes().decode()
    values = parse_front_matter(text).values
    site.write(path, text)
    name = path.split("/")[1].removesuffix(".md")
    words = [
        "--result",
        values["result"],
        "--decision",
        values.get("decision") or "adapt",
        "--lesson",
        "One: more",
    ]
    site.run("experiment", "conclude", name, *words)
    after = site.read(f"content/{path}")
    count = len(values.get("lessons") or [])
    changes: dict[FieldPath, Any] = {("lessons", count): {"id": f"l{count + 1}", "what": "One: more"}}
    changes[("decision",)] = values.get("decision") or "adapt"
    assert_touches_only(text, after, changes)
    site.run("experiment", "conclude", name, *words)
    assert site.read(f"content/{path}") == after
    site.run("experiment", "start", name, exit_code=1)


@pytest.mark.parametrize("path", [path for path in OUR_ENTRIES if path.startswith("experiments/")])
def test_every_experiment_of_our_own_content_could_have_been_started(site: Site, path: str) -> None:
    text = (OUR_CONTENT / path).read_bytes().decode().replace("stage: concluded", "stage: planned")
    values = parse_front_matter(text).values
    site.write(path, text)
    name = path.split("/")[1].removesuffix(".md")
    site.run("experiment", "start", name)
    after = site.read(f"content/{path}")
    digest = digest_of(plan_of({**values, "starts": "2026-11-23"}))
    registered = {"date": "2026-11-23", "digest": digest}
    changes: dict[FieldPath, Any] = {("stage",): "running", ("starts",): "2026-11-23", ("registered",): registered}
    assert_touches_only(text, after, changes)
    site.run("experiment", "start", name)
    assert site.read(f"content/{path}") == after


def test_the_choices_are_those_of_the_fields() -> None:
    assert choices_of("result") == ("supported", "not-supported", "inconclusive")
    assert choices_of("decision") == ("adopt", "adapt", "abandon", "repeat")
