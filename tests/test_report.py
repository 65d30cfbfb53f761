"""How diagnostics are said: to a person, an editor, a forge; what can be let stand, and how."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from aboveboard.checks.report import format_github, format_grouped, format_json, format_lines, format_sarif
from aboveboard.checks.run import check_library
from aboveboard.content.registration import digest_of, plan_of
from aboveboard.errors import Diagnostic, Position, Severity
from tests.conftest import EXPERIMENT, INCIDENT, NOW, WEEKNOTE, Site, entry

FOUND = [
    Diagnostic("content/incidents/a b.md", Position(3, 8), "TM001", Severity.ERROR, "50 % wrong: mend it"),
    Diagnostic("content/incidents/a b.md", Position(5, 1), "ST013", Severity.INFO, "not registered"),
]


def plain(text: str, severity: Severity | None) -> str:
    return text


def test_a_line_each() -> None:
    assert format_lines(FOUND, plain).splitlines() == [
        "content/incidents/a b.md:3:8: TM001 error 50 % wrong: mend it",
        "content/incidents/a b.md:5:1: ST013 info not registered",
    ]


def test_on_a_terminal_each_has_its_line_and_a_caret() -> None:
    source = "---\n\nended: early\n\n- x\n"
    assert format_grouped(FOUND, {"content/incidents/a b.md": source}, plain) == (
        "content/incidents/a b.md\n"
        "  3:8 TM001 error 50 % wrong: mend it\n"
        "      ended: early\n"
        "             ^\n"
        "  5:1 ST013 info not registered\n"
        "      - x\n"
        "      ^"
    )


def test_a_long_line_is_shown_around_the_place() -> None:
    here = [Diagnostic("a.md", Position(1, 5001), "ST014", Severity.WARNING, "m")]
    _, _, line, caret = format_grouped(here, {"a.md": "x" * 5000 + "Y" + "x" * 5000}, plain).splitlines()
    assert len(line) < 120 and line[len(caret) - 1] == "Y"


def test_a_leak_is_never_shown_again() -> None:
    leak = [Diagnostic("a.md", Position(1, 1), "LK002", Severity.ERROR, "a token")]
    assert "very secret" not in format_grouped(leak, {"a.md": "very secret"}, plain)


def test_github_annotations_are_escaped() -> None:
    assert format_github(FOUND).splitlines()[0] == (
        "::error file=content/incidents/a b.md,line=3,col=8,title=TM001::50 %25 wrong: mend it"
    )


def test_sarif_names_its_rules_and_places() -> None:
    log: dict[str, Any] = json.loads(format_sarif(FOUND))
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["ST013", "TM001"]
    first = run["results"][0]
    assert (first["ruleId"], first["level"]) == ("TM001", "error")
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "content/incidents/a%20b.md"
    assert place["region"] == {"startLine": 3, "startColumn": 8}
    assert run["results"][1]["level"] == "note"


def test_json_has_one_object_each() -> None:
    assert [row["code"] for row in json.loads(format_json(FOUND))] == ["TM001", "ST013"]


# A finding, and the comment that lets it stand, in both of the places where there can be one.
LET_STAND = {
    "in the text": ("", "TODO: all of it <!-- allow ST014: it is the name of our list -->\n", True),
    "on the line above": ("", "<!-- allow ST014: it is the name of our list -->\nTODO: all of it\n", True),
    "in front matter": ("summary: TODO lists  # allow ST014: it is what this is about", "Text.\n", True),
    "several codes": ("", "TODO <!-- allow TM001, ST014: a name -->\n", True),
    "without a reason": ("", "TODO: all of it <!-- allow ST014 -->\n", False),
    "of another code": ("", "TODO: all of it <!-- allow ST001: why not -->\n", False),
    "of another line": ("", "<!-- allow ST014: up here --> Text.\n\nTODO: all of it\n", False),
}


@pytest.mark.parametrize(("fields", "body", "stands"), LET_STAND.values(), ids=LET_STAND)
def test_a_finding_can_stand_with_a_reason_on_its_line(site: Site, fields: str, body: str, stands: bool) -> None:
    site.write("weeknotes/2026-w47-platform.md", entry(f"{WEEKNOTE}\n{fields}", body))
    found = [d.code for d in check_library(site.library(), NOW, select=["ST014"])]
    assert found == ([] if stands else ["ST014"])


def test_what_cannot_be_published_cannot_be_waived(site: Site) -> None:
    impossible = (
        f"{INCIDENT}\nstarted_at: 2026-11-20T02:00Z\nresolved_at: 2026-11-20T01:00Z  # allow TM001: why not"
    )
    site.write("incidents/2026-11-20-a.md", entry(impossible))
    assert "TM001" in [d.code for d in check_library(site.library(), NOW)]


def test_waivers_are_listed_with_their_reasons(site: Site) -> None:
    site.write(
        "weeknotes/2026-w47-platform.md", entry(WEEKNOTE, "TODO <!-- allow ST014: our list is called so -->\n")
    )
    said = site.run("rules", "--waivers").stdout
    assert "content/weeknotes/2026-w47-platform.md:7" in said and "our list is called so" in said


def test_a_project_weighs_rules_itself(site: Site) -> None:
    site.write("weeknotes/2026-w47-platform.md", entry(WEEKNOTE, "TODO\n"))
    for weight, expected in (("error", ["error"]), ("info", ["info"]), ("off", [])):
        options = f"plugins:\n  - aboveboard:\n      rules: {{ST014: {weight}}}\n"
        site.write("/mkdocs.yml", f"site_name: Try\ndocs_dir: content\n{options}")
        assert [d.severity for d in check_library(site.library(), NOW, select=["ST014"])] == expected


def test_select_keeps_what_begins_so(site: Site) -> None:
    site.write("weeknotes/2026-w47-platform.md", entry(f"{WEEKNOTE}\ncolour: red", "TODO\n"))
    assert "FD004" not in site.run("check", "--select", "ST").stdout
    assert "ST014" not in site.run("check", "--select", "fd004").stdout
    assert site.run("check", "--select", "ZZ9", exit_code=1).stdout == ""


def test_a_rule_explains_itself(site: Site) -> None:
    said = site.run("rules", "tm001").stdout
    assert said.startswith("TM001 error: the end is not before the start\n\nAn incident cannot end")
    assert "\nBad:  " in said and "\nGood: " in said
    assert "did you mean TM001" in site.run("rules", "TM0001", exit_code=1).stderr


def test_a_registered_plan_changes_in_the_open(site: Site) -> None:
    """The digest is over the plan; a deviation says what a field was, and leads back to it."""
    plan = 'hypothesis: We believe it\nsuccess_criteria: We are right if\nmeasures: [{name: forms, target: "9"}]'
    digest = digest_of(plan_of(read(f"{EXPERIMENT}\n{plan}")))
    fields = f"{EXPERIMENT}\nstage: running\n{plan}\nregistered: {{date: 2026-11-20, digest: '{digest}'}}".replace(
        "stage: planned\n", ""
    )

    def found(text: str) -> list[str]:
        site.write("experiments/2026-11-20-forms.md", entry(text))
        return [d.code for d in check_library(site.library(), NOW, select=["ST018"])]

    assert found(fields) == []
    assert found(fields.replace('target: "9"', 'target: "9", result: "12"')) == [], "a result is not the plan"
    changed = fields.replace("We are right if", "We are right unless")
    assert found(changed) == ["ST018"]
    said = "\ndeviations: [{date: 2026-11-21, field: success_criteria, was: We are right if, why: It was vague}]"
    assert found(changed + said) == []
    assert found(fields + "\nsample: Whoever comes") == ["ST018"]


def read(fields: str) -> dict[str, Any]:
    from aboveboard.content.front_matter import parse_front_matter

    return parse_front_matter(entry(fields)).values


def test_an_old_draft_is_spoken_of(site: Site) -> None:
    site.write("incidents/2026-11-20-a.md", entry(f"{INCIDENT}\ndraft: true"))
    assert check_library(site.library(), NOW + timedelta(days=20), select=["ST017"]) == []
    assert [d.code for d in check_library(site.library(), NOW + timedelta(days=40), select=["ST017"])] == ["ST017"]


CLAIMS = {
    "The outage lasted 41 minutes.": True,
    "The outage lasted 50 minutes.": False,
    "The outage lasted about 45 minutes.": True,
    "The outage lasted 1 hour 10 minutes.": True,
    "The incident took 3 hours.": False,
    "The incident took 3 support hours.": True,
    "Restarting takes 50 minutes.": True,
    "`The outage lasted 50 minutes`": True,
    "Duration: 4 minutes": True,
}


@pytest.mark.parametrize(("text", "agrees"), CLAIMS.items())
def test_a_length_in_the_text_agrees_with_the_times(site: Site, text: str, agrees: bool) -> None:
    times = "\n".join(f"{name}_at: 2026-11-20T{at}Z" for name, at in TIMES.items())
    site.write("incidents/2026-11-20-a.md", entry(f"{INCIDENT}\n{times}", f"{text}\n"))
    assert (check_library(site.library(), NOW, select=["TM014"]) == []) is agrees


TIMES = {"started": "02:00", "detected": "02:04", "mitigated": "02:41", "resolved": "03:10"}


def test_a_carriage_return_alone_ends_a_line_everywhere(site: Site) -> None:
    """Found by fuzzing: the body counted one line more than the file."""
    site.write(
        "weeknotes/2026-w47-platform.md",
        entry(f"{WEEKNOTE}\ncolour: red", "one\rtwo\rTODO <!-- allow ST014: a name -->\nTODO\n"),
    )
    found = check_library(site.library(), NOW, select=["ST014", "FD004"])
    assert [(d.position.line, d.code) for d in found] == [(5, "FD004"), (11, "ST014")]
