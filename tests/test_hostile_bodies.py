"""Bodies and titles that go wrong, by accident or on purpose: what each gets, at its line."""

from __future__ import annotations

import tracemalloc

import pytest

from aboveboard.checks.run import check_library
from tests.conftest import INCIDENT, NOW, WEEKNOTE, Site, entry

NOTE = "weeknotes/2026-w47-platform.md"
REPORT = "incidents/2026-11-20-night.md"
# Put together here, so that no scanner finds it in this repository.
TOKEN = "gh" + "p_" + "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8"
PASSWORD = "hunter" + "2"

# What is written below (or in) front matter of five lines, and all that is said of it: line and code.
BODIES: dict[str, tuple[str, list[tuple[int, str]]]] = {
    "markup that can run": (
        "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n[x](javascript:alert(1))\n\n<iframe src='http://evil'></iframe>\n",
        [(7, "AX007"), (9, "AX001"), (9, "AX007"), (9, "LN004"), (11, "AX007"), (13, "AX007")],
    ),
    "template syntax of other tools": (
        "{{ config.site_url }} {% raw %} {{< shortcode >}} <%= x %>\n",
        [(7, "AX010"), (7, "AX010"), (7, "AX010"), (7, "ST014")],
    ),
    "a fence that is never closed": ("```python\nprint(1)\n\n# not a heading\n", [(7, "AX006")]),
    "components of another tool": ('import X from "y"\n\n<X {...p} />\n\n:::note\nhi\n:::\n', []),
    "a control character": ("a\x00b\x07c\n", [(7, "FM001")]),
    "a line of 200,000 characters": ("x" * 200_000 + "\n", []),
    "quotations 500 deep": ("> " * 500 + "deep\n", []),
    "brackets, stars and at signs without end": (
        "[" * 3000 + "\n" + "*" * 3000 + "\n" + "a@" * 3000 + "\n",
        [],
    ),
    "fifty thousand lines": ("- item\n" * 50_000, []),
    "right-to-left override": ("so \u202egnp.exe\n", [(7, "AX008")]),
    "a space that cannot be seen": ("week\u200b1\n", [(7, "AX009")]),
    "a family and a language that need joiners": (
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645\n",
        [],
    ),
}
REPORTS: dict[str, tuple[str, list[tuple[int, str]]]] = {
    "secrets in code and in an address": (
        f'We ran `curl -H "Authorization: Bearer {TOKEN}"`\n\nhttps://user:{PASSWORD}@db.example.com/x\n',
        [(7, "LK002"), (9, "LK003")],
    ),
    "a person with all that leads to them": (
        "Jane Roe (jane.roe@example.org, +44 7700 900123) ran the script.\n",
        [(7, "LK010"), (7, "LK011"), (7, "LK014")],
    ),
    "a timeline pasted from everywhere": (
        "## Timeline\n\n| Time | Event |\n|---|---|\n| 23:50 | a |\n| 00:10 | b |\n| 22025-01-05 09:36 | c |\n| ~09:?? | d |\n| 9.45pm | e |\n",
        [(12, "TM009"), (13, "TM008"), (14, "TM008"), (15, "TM008")],
    ),
    "blame": ("The engineer should have checked the host first.\n", [(7, "BL002")]),
}
# Beside the point here: registers, reading ease, and whether the report says that it ended.
APART = ("ST013", "AX011", "AX012", "TM016")


@pytest.mark.parametrize(("body", "said"), BODIES.values(), ids=BODIES)
def test_what_a_body_gets(site: Site, body: str, said: list[tuple[int, str]]) -> None:
    site.write(NOTE, entry(WEEKNOTE, body))
    assert found(site) == said


@pytest.mark.parametrize(("body", "said"), REPORTS.values(), ids=REPORTS)
def test_what_a_report_gets(site: Site, body: str, said: list[tuple[int, str]]) -> None:
    site.write(REPORT, entry(INCIDENT, body))
    assert found(site) == said


def test_a_secret_is_shown_nowhere(site: Site) -> None:
    site.write(REPORT, entry(INCIDENT, REPORTS["secrets in code and in an address"][0]))
    for form in ("text", "json", "github", "sarif"):
        said = site.run("check", "--format", form, exit_code=1).output
        assert "revoke it" in said
        assert TOKEN[4:] not in said and PASSWORD not in said


def test_twenty_megabytes_are_one_message(site: Site) -> None:
    site.write(NOTE, entry(WEEKNOTE, "word " * 4_000_000))
    # What this process held at its most would be what some other test held.
    tracemalloc.start()
    try:
        assert found(site) == [(1, "FM002")]
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 100 * 2**20


def found(site: Site) -> list[tuple[int, str]]:
    diagnostics = check_library(site.library(), NOW)
    return sorted((d.position.line, d.code) for d in diagnostics if d.code not in APART)
