"""What stands on the pages: derived, placed, escaped."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from aboveboard.content.public import publish
from aboveboard.outputs.page import Asset, Page
from aboveboard.outputs.site import render_site
from tests.conftest import EXPERIMENT, INCIDENT, NOW, WEEKNOTE, Site, entry

NIGHT = """
## What happened

Half of all payments timed out.

## Timeline

All times from the alarm's log.

- 02:04 detected: the alarm fires ([graph](https://example.org/a|b))
- 02:00 started: payments begin to `time | out`
- somebody remembers a deploy
- ~02:30 red herring: the load balancer
- 02:41 mitigated: checkouts succeed again
- 03:10 resolved: the queue is empty

## What went well

## Contributing factors
"""


def pages(site: Site) -> dict[str, Page | Asset]:
    library = site.library()
    assert [str(d) for d in library.problems if d.severity == "error"] == []
    return render_site(publish(library, NOW, ()))


def body(site: Site, path: str) -> str:
    page = pages(site)[path]
    assert isinstance(page, Page)
    return page.body


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_an_incident_answers_first(site: Site) -> None:
    site.write("incidents/2026-11-20-night.md", entry(f"{INCIDENT}\nreviewed: 2026-11-22", NIGHT))
    text = words(body(site, "incidents/2026-11-20-night.md"))
    assert "This is over. Users were affected for 41 minutes, from 20 November 2026, 02:00 UTC to" in text
    assert "The report asks nothing of you." in text
    assert "Time until noticed 4 minutes" in text
    assert "Time until resolved 1 hour 10 minutes" in text
    assert "being written" not in text


def test_an_incident_says_what_is_not_known_yet(site: Site) -> None:
    site.run("new", "incident", "Checkout timeouts", "--set", "started_at=2026-11-20T02:00:00Z")
    text = words(body(site, "incidents/2026-11-20-checkout-timeouts.md"))
    assert "This is going on. If there is anything you need to do, it will stand here." in text
    assert "This report is being written." in text
    assert "Severity Not known yet" in text
    assert "Started 20 November 2026, 02:00 UTC" in text
    assert "Time until declared 3 days 7 hours" in text
    assert "Users well again Not yet" in text and "Services Not known yet" in text


def test_an_incident_tells_what_those_affected_can_do(site: Site) -> None:
    site.write(
        "incidents/2026-11-20-night.md", entry(f"{INCIDENT}\nadvice: Pay again; nothing was taken twice.", NIGHT)
    )
    assert "What you can do: Pay again; nothing was taken twice." in words(
        body(site, "incidents/2026-11-20-night.md")
    )


def test_the_timeline_is_a_table_in_order_of_time_with_nothing_lost(site: Site) -> None:
    site.write("incidents/2026-11-20-night.md", entry(INCIDENT, NIGHT))
    text = body(site, "incidents/2026-11-20-night.md")
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert rows[0] == "| When | What happened |"
    assert "02:00 UTC" in rows[2] and "**Started:** payments begin to `time | out`" in rows[2]
    assert rows[3] == "| no time | somebody remembers a deploy |", "it stays behind the line it was written after"
    assert "02:04 UTC" in rows[4] and "https://example.org/a\\|b" in rows[4]
    assert "about 02:30 UTC" in rows[5] and "*Red herring:*" in rows[5]
    assert "All times from the alarm's log." in text
    assert "- 02:04 detected" not in text


def test_a_milestone_with_nothing_to_add_is_a_word(site: Site) -> None:
    site.write(
        "incidents/2026-11-20-night.md", entry(INCIDENT, "## Timeline\n\n- 02:00 started: x\n- 02:41 mitigated:\n")
    )
    assert "| **Mitigated** |" in body(site, "incidents/2026-11-20-night.md")


def test_a_timeline_that_cannot_be_read_stays_as_it_was(site: Site) -> None:
    site.write("incidents/2026-11-20-night.md", entry(INCIDENT, "## Timeline\n\n- first this\n- then that\n"))
    assert "- first this\n- then that" in body(site, "incidents/2026-11-20-night.md")


def test_empty_sections_are_dropped_and_lists_find_their_heading(site: Site) -> None:
    fields = f"{INCIDENT}\nfactors: [The limit was old]\nlessons: [Limits age]\nactions: [{{what: Alarm at 80 %}}]"
    site.write("incidents/2026-11-20-night.md", entry(fields, NIGHT))
    text = body(site, "incidents/2026-11-20-night.md")
    assert "What went well" not in text
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert headings == [
        "What happened",
        "Timeline",
        "Contributing factors",
        "What we learned",
        "What we are changing",
    ]
    assert (
        text.index("## Contributing factors") < text.index("The limit was old") < text.index("## What we learned")
    )


def test_a_parent_heading_stays_for_what_is_below_it(site: Site) -> None:
    site.write("weeknotes/2026-w47-platform.md", entry(WEEKNOTE, "## A\n\n### B\n\nText\n\n### C\n\n## D\n"))
    assert re.findall(r"^#+ .", body(site, "weeknotes/2026-w47-platform.md"), re.MULTILINE) == ["## A", "### B"]


def test_an_experiment_is_labelled_as_one(site: Site) -> None:
    site.write("experiments/2026-11-20-forms.md", entry(f"{EXPERIMENT}\nhypothesis: We believe it"))
    text = words(body(site, "experiments/2026-11-20-forms.md"))
    assert "This is an experiment" in text
    assert "What we believe We believe it" in text
    assert "What would prove it right Not written down yet." in text


@pytest.mark.parametrize(
    ("was", "said"),
    [("One in four", "One in four. Why"), ("Is it one?", "Is it one? Why"), ("", "nothing. Why")],
)
def test_what_a_plan_was_before_ends_in_one_stop(site: Site, was: str, said: str) -> None:
    plan = f"registered: {{date: 2026-11-20, digest: abc}}\ndeviations: [{{date: 2026-11-21, field: sample, was: '{was}', why: Snow}}]"
    site.write("experiments/2026-11-20-forms.md", entry(f"{EXPERIMENT}\n{plan}"))
    assert f"before: {said}: Snow" in re.sub(r"<[^>]+>", "", body(site, "experiments/2026-11-20-forms.md"))


def test_a_weeknote_without_a_title_is_called_after_team_and_week(site: Site) -> None:
    site.write("weeknotes/2026-w47-platform.md", entry(WEEKNOTE))
    site.write("registers/teams.yml", "- {slug: platform, name: The platform team}\n")
    page = pages(site)["weeknotes/2026-w47-platform.md"]
    assert isinstance(page, Page) and page.title == "The platform team, week 47 of 2026"


def test_open_incidents_stand_on_top_of_the_home_page(site: Site) -> None:
    site.write("incidents/2026-11-20-night.md", entry(INCIDENT))
    site.write("incidents/2026-11-19-near.md", entry(f"{INCIDENT}\ntype: near-miss"))
    text = words(body(site, "index.md"))
    assert "Right now 1 incident going on. Checkout timeouts" in text


def test_a_retold_promise_is_not_ours(site: Site) -> None:
    actions = "actions: [{what: Slow the tool down}]"
    site.write("incidents/2026-11-20-a.md", entry(f"{INCIDENT}\n{actions}\nsource: {{system: retold}}"))
    assert "What we promised" not in body(site, "index.md")
    assert "Promised elsewhere, as reported" in body(site, "actions/index.md")


HOSTILE = {
    "script": "<script>alert(1)</script>",
    "close title": "</title><script>alert(1)</script>",
    "attribute": '" onmouseover="alert(1)',
    "markdown": "*x* | [x](javascript:alert(1)) `y` <b>z</b>",
    "ampersand": "R&D &lt; &amp;",
    "rtl": "\u0627\u0644\u0623\u0633\u0628\u0648\u0639",
    "cjk and emoji": "\u9031\u5831 \U0001f389",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_text_is_text_in_every_page_and_feed(site: Site, text: str) -> None:
    quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    fields = f"title: {quoted}\ndate: 2026-11-20\ntimezone: UTC\nsummary: {quoted}\nlessons: [{quoted}]"
    fields += f"\nactions: [{{what: {quoted}, owner: {quoted}}}]\nfactors: [{quoted}]\ntags: [a, {quoted}]\nservices: [{quoted}]"
    fields += f"\nfigures: [{{what: {quoted}, value: {quoted}}}]\nroles: {{lead: {quoted}}}"
    site.write("incidents/2026-11-20-a.md", entry(fields))
    for name, item in pages(site).items():
        if isinstance(item, Asset):
            if name.endswith("feed.xml"):
                titles = [
                    node.text for node in ET.fromstring(item.data).iter("{http://www.w3.org/2005/Atom}title")
                ]
                assert len(titles) == 1 or text in titles
            continue
        # What machines read in its head is tested by itself: there text stands in attributes and in JSON.
        page = replace(item, head="").text
        assert "<script" not in page, name
        assert not re.search(r"<[^>]*\son\w+=", page), name
        assert "](javascript" not in re.sub(r"<[^>]+>[^<]*", "", item.body), name


def test_feeds_are_for_the_site_each_kind_and_team(site: Site) -> None:
    site.write("/mkdocs.yml", site.read("mkdocs.yml") + "site_url: https://example.org/open/\n")
    site.write(
        "weeknotes/2026-w47-platform.md",
        entry(f"{WEEKNOTE}\nupdated: 2026-11-22", "Said [here](../incidents/2026-11-20-a.md).\n"),
    )
    site.write("incidents/2026-11-20-a.md", entry(INCIDENT))
    made = pages(site)
    feed = made["feed.xml"]
    assert isinstance(feed, Asset)
    atom = "{http://www.w3.org/2005/Atom}"
    root = ET.fromstring(feed.data)
    ids = [node.findtext(f"{atom}id") for node in root.iter(f"{atom}entry")]
    assert ids == [
        "https://example.org/open/weeknotes/2026-w47-platform/",
        "https://example.org/open/incidents/2026-11-20-a/",
    ]
    note = next(root.iter(f"{atom}entry"))
    assert note.findtext(f"{atom}updated") == "2026-11-22T00:00:00Z"
    assert 'href="https://example.org/open/incidents/2026-11-20-a/"' in (note.findtext(f"{atom}content") or "")
    assert {name for name in made if name.endswith(".xml")} == {
        "feed.xml", "weeknotes/feed.xml", "experiments/feed.xml", "incidents/feed.xml", "actions/feed.xml",
            "actions/due.xml",
        "teams/platform/feed.xml",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("2:04 PM act: x", "'PM' is not read"),
        ("02:05 BST act: x", "'BST' is not a zone for sure"),
        ("02:06-02:16 act: x", "it gives two times"),
        ("02:06 \u2013 02:16 act: x", "it gives two times"),
        ("02:18 UTC+1 act: x", "'UTC+' is not a zone for sure"),
    ],
)
def test_a_time_that_might_be_misread_is_not_read(site: Site, line: str, why: str) -> None:
    site.write("incidents/2026-11-20-night.md", entry(INCIDENT, f"## Timeline\n\n- 02:00 begins\n- {line}\n"))
    text = body(site, "incidents/2026-11-20-night.md")
    assert f"| no time | {line} |" in text
    assert why in site.run("check").stdout


@pytest.mark.parametrize("line", ["02:05 DNS fails", "02:05 UTC x", "02:05+01:00 x", "2026-11-20T02:05-05:00 x"])
def test_words_in_capitals_and_offsets_are_no_trouble(site: Site, line: str) -> None:
    site.write("incidents/2026-11-20-night.md", entry(INCIDENT, f"## Timeline\n\n- {line}\n"))
    assert "TM008" not in site.run("check").stdout
    assert "no time" not in body(site, "incidents/2026-11-20-night.md")


def test_a_zone_that_nobody_wrote_is_not_made_up(site: Site) -> None:
    table = "## Timeline\n\n| Time (CET) | Event |\n| --- | --- |\n| 2026-11-20 02:00 | it begins |\n| | 02:10 | it goes on |\n"
    site.write("incidents/2026-11-20-night.md", entry("title: Night\ndate: 2026-11-20", table))
    text = body(site, "incidents/2026-11-20-night.md")
    assert "| When (CET) | What happened |" in text
    assert (
        "02:00" in text and "UTC" not in text and "datetime" not in text.split("When (CET)")[1].split("ab-foot")[0]
    )
    assert "the timeline says CET" in site.run("check").stdout


def test_a_zone_that_means_one_thing_everywhere_is_taken_from_the_text(site: Site) -> None:
    site.write(
        "incidents/2026-11-20-a.md", entry("title: A\ndate: 2026-11-20", "## Timeline (UTC)\n\n- 02:00 begins\n")
    )
    assert "02:00 UTC" in body(site, "incidents/2026-11-20-a.md")
    assert "TM004" not in site.run("check").stdout


def test_only_the_timelines_own_lists_become_its_table(site: Site) -> None:
    written = "## Timeline\n\n- 02:00 act: a\n\n### Friday\n\n- 01:10 act: b\n\n## Timeline\n\n- 03:00 act: c\n"
    site.write("incidents/2026-11-20-night.md", entry(INCIDENT, written))
    text = body(site, "incidents/2026-11-20-night.md")
    assert [text.count(f"act: {letter}") + text.count(f"*Act:* {letter}") for letter in "abc"] == [1, 1, 1]
    assert "- 03:00 act: c" in text and "- 01:10 act: b" in text


def test_a_group_called_index_has_an_address_of_its_own(site: Site) -> None:
    site.write(
        "incidents/2026-11-20-a.md", entry(f"{INCIDENT}\ntags: [index, C++, C#]\nservices: [index]\nteam: index")
    )
    made = pages(site)
    assert {"tags/index-x.md", "tags/c-plus-plus.md", "tags/c-sharp.md", "teams/index-x.md"} <= set(made)


def test_an_old_report_without_an_end_is_not_going_on(site: Site) -> None:
    site.write("incidents/2019-11-20-a.md", entry("title: Old\ndate: 2019-11-20"))
    assert "This report does not say when it ended." in words(body(site, "incidents/2019-11-20-a.md"))
    assert "No incident is going on." in words(body(site, "index.md"))
