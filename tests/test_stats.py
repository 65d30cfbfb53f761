"""`stats`: the same numbers as on the pages, as a table and as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from aboveboard.content.public import publish
from aboveboard.insight.definitions import DEFINITIONS
from aboveboard.outputs.page import Page
from aboveboard.outputs.site import render_site
from tests.conftest import CONFIG, NOW, Site, entry
from tests.showcase import fill


def stats(site: Site) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(site.run("stats", "--format", "json").stdout)
    return found


def table(site: Site) -> list[list[str]]:
    lines = site.run("stats").stdout.splitlines()
    return [re.split(r"  +", line.strip()) for line in lines[1:]]


def page(site: Site, path: str) -> str:
    found = render_site(publish(site.library(), NOW, ()))[path]
    assert isinstance(found, Page)
    return found.body


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).replace("\u00a0", " ").split())


def figures_on(html: str) -> dict[str, str]:
    """Return what each big figure of a page says, by its label."""
    return {plain(dt): plain(dd) for dt, dd in re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", html, re.DOTALL)}


def rows_on(html: str, label: str) -> list[list[str]]:
    """Return the rows of a page's table, as text."""
    body = html[html.index(f'aria-label="{label}"') :]
    rows = re.findall(r"<tr>(.*?)</tr>", body[: body.index("</table>")], re.DOTALL)
    return [[plain(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)] for row in rows]


def said(share: dict[str, Any]) -> str:
    percent = "" if share["percent"] is None else f" ({share['percent']} %)"
    return f"{share['part']} of {share['whole']}{percent}"


HEADLINES: dict[str, Callable[[dict[str, Any]], str]] = {
    "Teams that keep their rhythm": lambda it: said(it["regularity"]["keeping"]),
    "Incidents reviewed in time": lambda it: said(it["reviews"]["in_time"]),
    "Incidents written up": lambda it: said(it["reviews"]["written_up"]),
    "Experiments, all results counted": lambda it: str(it["results"]["total"]),
    "Promises kept in time": lambda it: said(it["promises"]["kept"]),
    "Closed by exception": lambda it: str(it["closed"]["total"]),
}


@pytest.mark.parametrize("label", HEADLINES)
def test_the_figures_are_those_of_the_openness_page(site: Site, label: str) -> None:
    fill(site)
    shown = figures_on(page(site, "openness/index.md"))[label]
    assert HEADLINES[label](stats(site)) == shown
    assert shown in [row[1] for row in table(site)]


def test_every_severity_and_owner_has_the_numbers_of_its_row(site: Site) -> None:
    fill(site)
    html, found = page(site, "openness/index.md"), stats(site)
    severities = [[row["severity"], said(row["written_up"])] for row in found["reviews"]["by_severity"]]
    near = ["Near misses", said(found["reviews"]["near_misses"])]
    assert [row[:2] for row in rows_on(html, "Incidents written up, by severity")[1:]] == [*severities, near]
    header, *rows = rows_on(html, "Promises by owner")
    assert len(rows) == len(found["promises"]["by_owner"]) > 1
    for row, owner in zip(rows, found["promises"]["by_owner"], strict=True):
        assert row[1] == said(owner["kept"])
        assert row[2:] == [str(owner["by_state"][state.lower()]) for state in header[2:]]


def test_durations_are_those_of_the_incidents_page(site: Site) -> None:
    fill(site)
    shown, found = figures_on(page(site, "incidents/index.md")), stats(site)["durations"]
    assert shown["Half were over within"] == "4 hours" and found["median_minutes"] == 240
    assert shown["Nine in ten were over within"] == "8 hours" and found["ninetieth_minutes"] == 480
    assert found["minutes"] == sorted(found["minutes"])
    assert found["counted"] == len(found["minutes"]) + found["unknown"]
    values = {row[0]: row[1] for row in table(site)}
    assert (values["half over within"], values["nine in ten over within"]) == ("4 hours", "8 hours")


def test_nothing_but_what_the_public_sees_is_counted(site: Site) -> None:
    fill(site)
    before = stats(site)
    site.write("experiments/2026-11-01-draft.md", entry("title: A\ndate: 2026-11-01\nstage: running\ndraft: true"))
    site.write("experiments/2026-11-01-broken.md", entry("title: A\ndate: 2026-11-01\nstage: nowhere"))
    site.write("incidents/2027-01-01-later.md", entry("title: A\ndate: 2027-01-01\nseverity: sev1"))
    assert stats(site) == before


def test_every_row_names_a_definition_with_its_version(site: Site) -> None:
    fill(site)
    versions = {f"{d.id} v{d.version}" for d in DEFINITIONS}
    assert {row[-1] for row in table(site)} <= versions | {"incidents page"}
    assert {name: it["version"] for name, it in stats(site)["definitions"].items()} == {
        d.id: d.version for d in DEFINITIONS
    }


def test_percentages_stand_beside_their_counts_and_only_for_five_or_more(site: Site) -> None:
    fill(site)

    def shares(value: Any) -> list[dict[str, Any]]:
        if isinstance(value, list):
            return [share for item in value for share in shares(item)]
        if not isinstance(value, dict):
            return []
        own = [value] if {"part", "whole"} <= value.keys() else []
        return own + [share for item in value.values() for share in shares(item)]

    found = shares(stats(site))
    assert len(found) > 10
    assert all((share["percent"] is None) == (share["whole"] < 5) for share in found)
    assert any(share["percent"] is not None for share in found)


def test_the_policy_is_what_the_organisation_set(site: Site) -> None:
    fill(site)
    assert stats(site)["policy"] == {
        "publish": ["sev1", "sev2"],
        "review_days": 14,
        "draft_days": 30,
        "closed_days": None,
    }


def test_an_empty_site_has_figures_of_nothing(site: Site) -> None:
    found = stats(site)
    assert found["results"]["total"] == found["promises"]["total"] == 0
    result = site.run("stats")
    assert "none yet" in result.stdout and "as of 2026-11-23 09:00 UTC" in result.stderr


def test_what_is_retold_is_said_to_be_left_out(site: Site) -> None:
    fill(site)
    assert "retold from others: 1 incident\n" in site.run("stats").stderr


def test_the_openness_page_says_how_long_something_may_stay_closed(site: Site) -> None:
    site.write("/mkdocs.yml", CONFIG.replace("[aboveboard]", "[{aboveboard: {policy: {closed_days: 90}}}]"))
    said = "The policy: what is closed is decided on again within 90 days."
    assert said in plain(page(site, "openness/index.md"))
    assert stats(site)["policy"]["closed_days"] == 90
    site.write("/mkdocs.yml", CONFIG)
    assert "decided on again" not in plain(page(site, "openness/index.md"))


def test_what_was_opened_again_is_not_counted_as_closed(site: Site) -> None:
    record = "- {ref: c-%s, kind: incident, reason: commercial, decided_by: head, decided: 2026-01-01, review_by: 2026-02-01, public: One%s}\n"
    site.write("registers/closed.yml", record % (1, "") + record % (2, ", reopened: 2026-03-01"))
    assert stats(site)["closed"] == {"total": 1, "past_review": 1, "by_reason": {"commercial": 1}}
    assert figures_on(page(site, "openness/index.md"))["Closed by exception"] == "1"
