"""Open data: it is what its schema says, the CSV says the same, and nothing in it can do any harm."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from aboveboard.content.public import publish
from aboveboard.outputs.machines.data.datasets import DATASETS
from aboveboard.outputs.machines.data.files import FORMULA, write_cell
from aboveboard.outputs.page import Asset, Page
from aboveboard.outputs.site import render_site
from tests.conftest import CONFIG, EXPERIMENT, INCIDENT, NOW, WEEKNOTE, Site, entry

NAMES = [dataset.name for dataset in DATASETS]
ONLINE = f"{CONFIG}site_url: https://example.org/open\n"

NIGHT = """## Timeline

- ~01:50 started: payments begin to time out
- 02:04 detected: the alarm fires
- 02:41 mitigated: checkouts succeed again
- 2026-11-21 resolved: the queue is empty
"""
FULL = {
    "weeknotes/2026-w47-platform.md": f"{WEEKNOTE}\nlessons: [Alarms need owners]\nrelated: [2026-11-20-night, 2026-11-20-held]",
    "incidents/2026-11-20-night.md": f"""{INCIDENT}
severity: sev2
services: [checkout]
tags: [capacity, alarms]
summary: Half of all payments timed out.
detection: monitoring
declared_at: 2026-11-20T02:10:00Z
reviewed: 2026-11-22
updated: 2026-11-22T10:00Z
licence: OGL-UK-3.0
factors: [{{id: limit, what: The limit was old, category: capacity}}, Nobody watched it]
figures: [{{what: failed payments, value: '312', source: the ledger}}]
lessons: [{{id: limits-age, what: Limits age}}]
corrections: [{{date: 2026-11-22, text: It was 37 minutes.}}]
actions:
  - {{id: alarm, what: Alarm at 80 %, owner: platform, due: 2026-11-21, addresses: limit, type: detect, done_when: it rings}}
  - {{what: Forget it, status: dropped, why: It cost too much, closed: 2026-11-22}}""",
    "experiments/2026-11-20-forms.md": f"""{EXPERIMENT.replace("planned", "running")}
hypothesis: We believe it
success_criteria: It halves
starts: 2026-11-20
ends: 2026-12-20
measures: [{{name: missed, unit: '%', baseline: '11.1', target: '8'}}]
guardrails: [no more calls, no more mail]
registered: {{date: 2026-11-20, digest: 'sha256:0'}}
deviations: [{{date: 2026-11-21, field: ends, was: 2026-12-01, why: Snow}}]
source: {{system: retold, url: https://example.org/report}}
actions: [{{what: Read on}}]""",
    "incidents/2026-11-20-held.md": f"{INCIDENT}\ndraft: true",
}


def fill(site: Site, config: str = ONLINE) -> None:
    site.write("/mkdocs.yml", config)
    for path, fields in FULL.items():
        site.write(path, entry(fields, NIGHT if "night" in path else "Text.\n"))


def made(site: Site) -> dict[str, Page | Asset]:
    library = site.library()
    return render_site(publish(library, NOW, library.broken_paths))


def document(files: dict[str, Page | Asset], path: str) -> Any:
    file = files[path]
    assert isinstance(file, Asset)
    return json.loads(file.data)


def items(site: Site, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = document(made(site), f"api/v1/{name}.json")["items"]
    return found


def table(files: dict[str, Page | Asset], name: str) -> list[list[str]]:
    file = files[f"data/{name}.csv"]
    assert isinstance(file, Asset)
    return list(csv.reader(io.StringIO(file.data.decode(), newline=""), strict=True))


def read_cell(cell: str, value: Any) -> Any:
    """Return a cell as JSON has it, by the rules that the page of data gives; `value` tells the type."""
    if FORMULA.fullmatch(cell[1:2] or "x") or (cell.startswith("'") and FORMULA.match(cell[1:])):
        cell = cell[1:] if cell.startswith("'") else cell
    if isinstance(value, bool):
        return {"true": True, "false": False}[cell]
    if isinstance(value, int):
        return int(cell)
    if isinstance(value, list):
        if not cell:
            return []
        return json.loads(cell) if value and isinstance(value[0], dict) else cell.split("; ")
    return cell or None


def check(files: dict[str, Page | Asset]) -> None:
    """Every file is what its schema says, and the CSV says what the JSON says."""
    for name in [*NAMES, "index"]:
        schema = document(files, f"api/v1/schemas/{name}.schema.json")
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(schema, format_checker=FormatChecker())
        assert [error.message for error in validator.iter_errors(document(files, f"api/v1/{name}.json"))] == []
    for name in NAMES:
        rows = document(files, f"api/v1/{name}.json")["items"]
        names, *cells = table(files, name)
        assert names == [column.name for dataset in DATASETS if dataset.name == name for column in dataset.columns]
        assert len(cells) == len(rows)
        for row, line in zip(rows, cells, strict=True):
            read = {column: read_cell(cell, row[column]) for column, cell in zip(names, line, strict=True)}
            assert read == row


@pytest.mark.parametrize("config", [CONFIG, ONLINE], ids=["no address", "an address"])
def test_files_are_what_their_schemas_say(site: Site, config: str) -> None:
    check(made(site))
    fill(site, config)
    check(made(site))


def test_a_schema_would_notice(site: Site) -> None:
    fill(site)
    files = made(site)
    schema = document(files, "api/v1/schemas/incidents.schema.json")
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    for name, wrong in {
        "started": "20 November",
        "minutes_until_resolved": "4",
        "type": "mishap",
        "retold": None,
        "factors": [{"id": "f1"}],
        "unheard_of": 1,
    }.items():
        spoiled = document(files, "api/v1/incidents.json")
        spoiled["items"][0][name] = wrong
        assert not validator.is_valid(spoiled), name
    del spoiled["items"][0]["unheard_of"], spoiled["items"][0]["id"]
    assert not validator.is_valid(spoiled)


def test_every_property_says_what_it_is(site: Site) -> None:
    def look(schema: dict[str, Any], where: str) -> None:
        for name, inner in schema.get("properties", {}).items():
            assert inner["description"].endswith("."), f"{where}/{name}"
            assert inner["type"], f"{where}/{name}"
            look(inner.get("items", {}), f"{where}/{name}")
        if schema.get("type") == "object":
            assert schema["additionalProperties"] is False, where
            assert schema["required"] == list(schema["properties"]), where

    for name in [*NAMES, "index"]:
        schema = document(made(site), f"api/v1/schemas/{name}.schema.json")
        look(schema, name)
        look(schema.get("$defs", {}).get("item", {}), f"{name} item")


def test_a_file_says_what_holds_for_it(site: Site) -> None:
    fill(site)
    files = made(site)
    head = document(files, "api/v1/incidents.json")
    del head["items"]
    schema = "https://example.org/open/api/v1/schemas/incidents.schema.json"
    assert head == {"version": "1", "as_of": "2026-11-23T00:00:00Z", "licence": "CC-BY-4.0", "schema": schema}
    assert document(files, "api/v1/schemas/incidents.schema.json")["$id"] == schema
    index = document(files, "api/v1/index.json")
    assert [one["name"] for one in index["datasets"]] == NAMES
    assert {one["name"]: one["items"] for one in index["datasets"]} == {
        "entries": 3, "weeknotes": 1, "experiments": 1, "incidents": 1, "actions": 3, "lessons": 2,
    }  # fmt: skip
    assert index["severities"] == ["sev1", "sev2", "sev3", "sev4"]
    for one in index["datasets"]:
        for form in ("json", "csv", "schema"):
            assert one[form].removeprefix("https://example.org/open/") in files


def test_an_incident_says_what_is_known_and_no_more(site: Site) -> None:
    fill(site)
    (found,) = items(site, "incidents")
    assert found["address"] == "https://example.org/open/incidents/2026-11-20-night/"
    assert (found["started"], found["started_as_written"]) == (None, "~2026-11-20 01:50"), "about is never exact"
    assert (found["detected"], found["detected_as_written"]) == ("2026-11-20T02:04:00Z", None)
    assert (found["declared"], found["declared_as_written"]) == ("2026-11-20T02:10:00Z", None)
    assert (found["resolved"], found["resolved_as_written"]) == (None, "2026-11-21"), "a day is no instant"
    assert {name: value for name, value in found.items() if name.startswith("minutes")} == {
        "minutes_until_detected": None,
        "minutes_until_declared": None,
        "minutes_until_mitigated": None,
        "minutes_until_resolved": None,
    }
    assert found["factors"] == [
        {"id": "limit", "what": "The limit was old", "category": "capacity"},
        {"id": "f2", "what": "Nobody watched it", "category": None},
    ]
    assert (found["status"], found["type"], found["timezone"]) == ("reviewed", "incident", "UTC")
    assert (found["updated"], found["licence"], found["retold"]) == ("2026-11-22", "OGL-UK-3.0", False)
    assert found["related"] == ["2026-w47-platform"], "from both ends, and never to what is held back"


def test_durations_are_whole_minutes(site: Site) -> None:
    fields = f"{INCIDENT}\nstarted_at: 2026-11-20T02:00:00Z\nresolved_at: 2026-11-20T03:10:31Z"
    site.write("incidents/2026-11-20-a.md", entry(fields))
    (found,) = items(site, "incidents")
    assert (found["minutes_until_resolved"], found["minutes_until_detected"]) == (71, None)
    assert found["status"] == "resolved"


def test_a_zone_that_nobody_wrote_makes_no_instant(site: Site) -> None:
    fields = "title: A\ndate: 2026-11-20\nstarted_at: 2026-11-20 02:00\nresolved_at: 2026-11-20 02:30+01:00"
    site.write("incidents/2026-11-20-a.md", entry(fields))
    (found,) = items(site, "incidents")
    assert (found["started"], found["started_as_written"]) == (None, "2026-11-20 02:00")
    assert (found["resolved"], found["resolved_as_written"]) == ("2026-11-20T01:30:00Z", None)
    assert found["timezone"] is None


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2026-11-20", "2026-11-20"),
        ("~2026-11-20 02:10", "~2026-11-20 02:10"),
        ("2026-11-20 ~02:10:30", "~2026-11-20 02:10:30"),
        ("~2026-11-20T02:10-03:30", "~2026-11-20 02:10-03:30"),
        ("~2026-11-20 02:10Z", "~2026-11-20 02:10+00:00"),
        ("2026-10-25 01:30", "2026-10-25 01:30"),
    ],
)
def test_a_vague_time_stays_as_it_was_written(site: Site, written: str, said: str) -> None:
    fields = f"title: A\ndate: 2026-11-20\ntimezone: Europe/London\nstarted_at: {written}"
    site.write("incidents/2026-11-20-a.md", entry(fields))
    (found,) = items(site, "incidents")
    assert (found["started"], found["started_as_written"]) == (None, said)


def test_a_clock_alone_counts_on_the_entrys_own_day(site: Site) -> None:
    site.write("/mkdocs.yml", CONFIG.replace("[aboveboard]", "[{aboveboard: {timezone: America/New_York}}]"))
    site.write("weeknotes/2026-w47-a.md", entry(f"{WEEKNOTE}\npublished: 02:04\nupdated: 03:00"))
    (found,) = items(site, "entries")
    assert (found["date"], found["published"], found["updated"]) == ("2026-11-20", "2026-11-20", "2026-11-20")


def test_an_experiment_says_its_plan_and_what_came_of_it(site: Site) -> None:
    fill(site)
    (found,) = items(site, "experiments")
    assert (found["stage"], found["result"], found["starts"]) == ("running", None, "2026-11-20")
    assert found["measures"] == [
        {"name": "missed", "unit": "%", "baseline": "11.1", "target": "8", "result": None, "source": None}
    ]
    assert (found["registered"], found["registered_digest"]) == ("2026-11-20", "sha256:0")
    assert found["deviations"] == [{"date": "2026-11-21", "field": "ends", "was": "2026-12-01", "why": "Snow"}]
    assert (found["retold"], found["source_url"]) == (True, "https://example.org/report")


def test_actions_stand_with_their_factor_and_state(site: Site) -> None:
    fill(site)
    by_id = {one["id"]: one for one in items(site, "actions")}
    assert {name: one["state"] for name, one in by_id.items()} == {
        "2026-11-20-night#alarm": "overdue",
        "2026-11-20-night#a2": "dropped",
        "2026-11-20-forms#a1": "reported",
    }
    alarm = by_id["2026-11-20-night#alarm"]
    assert alarm["address"] == "https://example.org/open/incidents/2026-11-20-night/#action-alarm"
    assert (alarm["addresses"], alarm["factor"], alarm["type"]) == ("limit", "The limit was old", "detect")
    assert (alarm["licence"], alarm["done_when"]) == ("OGL-UK-3.0", "it rings")
    assert by_id["2026-11-20-night#a2"]["why"] == "It cost too much"


def test_lessons_have_their_permanent_place(site: Site) -> None:
    fill(site)
    by_id = {one["id"]: one for one in items(site, "lessons")}
    assert set(by_id) == {"2026-11-20-night--limits-age", "2026-w47-platform--l1"}
    lesson = by_id["2026-11-20-night--limits-age"]
    assert lesson["address"] == "https://example.org/open/lessons/2026/#2026-11-20-night--limits-age"
    assert (lesson["what"], lesson["kind"], lesson["tags"]) == ("Limits age", "incident", ["capacity", "alarms"])


def test_without_an_address_of_the_site_addresses_count_from_its_root(site: Site) -> None:
    fill(site, CONFIG + "use_directory_urls: false\n")
    files = made(site)
    assert document(files, "api/v1/incidents.json")["items"][0]["address"] == "incidents/2026-11-20-night.html"
    assert document(files, "api/v1/incidents.json")["schema"] == "api/v1/schemas/incidents.schema.json"
    assert "$id" not in document(files, "api/v1/schemas/incidents.schema.json")


def test_the_same_library_at_the_same_instant_is_the_same_bytes(site: Site) -> None:
    fill(site)
    first, second = made(site), made(site)
    paths = [path for path in first if path.startswith(("api/", "data/"))]
    assert len(paths) == 3 * len(NAMES) + 3
    for path in paths:
        assert first[path] == second[path], path
    stamped = {f"api/v1/{name}.json" for name in [*NAMES, "index"]}
    for hours, changed in ((1, set()), (24, stamped)):
        later = render_site(publish(site.library(), NOW + timedelta(hours=hours), ()))
        found = {path for path in paths if later[path] != first[path] and path in stamped}
        assert found == changed, "an hour later everything still holds as of then; the next day is a new one"


MARK = "xyzzy"


@pytest.mark.parametrize(
    "held",
    [
        "draft: true",
        "date: 2026-12-24",
        "withdrawn: {date: 2026-11-21, why: It was another team's}",
        "severity: dreadful",
    ],
)
def test_what_is_held_back_is_in_no_file(site: Site, held: str) -> None:
    fill(site)
    date = "" if held.startswith("date") else "date: 2026-11-20\n"
    fields = f"title: {MARK}\n{date}{held}\ntags: [{MARK}]\nservices: [{MARK}]\nrelated: [2026-11-20-night]"
    fields += f"\nlessons: [{MARK}]\nactions: [{{what: {MARK}}}]\nfactors: [{MARK}]\ntimezone: UTC"
    site.write(f"incidents/2026-11-20-{MARK}.md", entry(fields, MARK))
    site.write("weeknotes/2026-w46-platform.md", entry(WEEKNOTE.replace("47", "46"), "Text.\n"))
    files = made(site)
    paths = [path for path in files if path.startswith(("api/", "data/"))]
    texts = {
        path: item.data.decode() if isinstance(item, Asset) else item.text
        for path in paths
        for item in [files[path]]
    }
    assert [path for path, text in texts.items() if MARK in text] == []
    assert len(document(files, "api/v1/incidents.json")["items"]) == 1


HOSTILE = {
    "script": "<script>alert(1)</script>",
    "end of script": "</script><script>alert(1)</script>",
    "quotes": '" \' \\ , ; ""',
    "lines": "one\ntwo\r\nthree",
    "formula": "=cmd|'/c calc'!A1",
    "plus": "+1+cmd|' /C calc'!A0",
    "minus": "-2+3",
    "at": "@SUM(1+1)*cmd",
    "wide": "\uff1dcmd|'/c calc'!A1",
    "apostrophe and formula": "'=1+1",
    "apostrophe": "'tis",
    "rtl": "\u0627\u0644\u0623\u0633\u0628\u0648\u0639 \u202e",
    "cjk and emoji": "\u9031\u5831 \U0001f389\U0001f468\u200d\U0001f4bb",
    "separators": "a\u2028b\u2029c",
    "markdown": "*x* | [x](javascript:alert(1)) `y`",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_comes_out_as_it_went_in(site: Site, text: str) -> None:
    # YAML knows no pairs of surrogates.
    quoted = json.dumps(text, ensure_ascii=max(text) < "\U00010000")
    same = f"summary: {quoted}\nlessons: [{quoted}]\nactions: [{{what: {quoted}, done_when: {quoted}, why: {quoted}}}]"
    same += f"\ncorrections: [{{date: 2026-11-20, text: {quoted}}}]\nlicence: {quoted}"
    site.write("/mkdocs.yml", ONLINE.replace("Try", quoted))
    site.write("incidents/2026-11-20-a.md", entry(
        f"title: {quoted}\ndate: 2026-11-20\n{same}\nfactors: [{quoted}]"
        f"\nfigures: [{{what: {quoted}, value: {quoted}, unit: {quoted}, source: {quoted}}}]"
    ))  # fmt: skip
    site.write("experiments/2026-11-20-b.md", entry(
        f"title: {quoted}\ndate: 2026-11-20\nstage: planned\n{same}\nhypothesis: {quoted}\nsuccess_criteria: {quoted}"
        f"\nsample: {quoted}\nstopping_rule: {quoted}\nmeasures: [{{name: {quoted}, unit: {quoted}}}]"
    ))  # fmt: skip
    site.write("weeknotes/2026-w47-a.md", entry(f"title: {quoted}\n{WEEKNOTE}\n{same}"))
    files = made(site)
    check(files)
    text = text.strip()
    for name in ("incidents", "experiments", "weeknotes"):
        for one in document(files, f"api/v1/{name}.json")["items"]:
            assert (one["title"], one["summary"], one["licence"]) == (text, text, text)
            assert one["corrections"] == [{"date": "2026-11-20", "text": text}]
    assert document(files, "api/v1/incidents.json")["items"][0]["factors"][0]["what"] == text
    assert document(files, "api/v1/experiments.json")["items"][0]["measures"][0]["name"] == text
    assert {one["what"] for one in document(files, "api/v1/lessons.json")["items"]} == {text}
    for name in NAMES:
        for line in table(files, name):
            assert [cell for cell in line if re.match("[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]", cell)] == []
    assert [
        path for path, item in files.items() if path.startswith("api/") and b"<" in getattr(item, "data", b"")
    ] == []
    page = files["data/index.md"]
    assert isinstance(page, Page)
    blocks = re.findall(r'<script type="application/ld\+json">([^<]*)</script>', page.head)
    assert page.head.count("<script") == len(blocks) == 2, "each ends where it ends"
    assert json.loads(blocks[1])["name"].endswith(": data")
    assert "<script" not in page.body


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "true"),
        (0, "0"),
        (-3, "-3"),
        ("-3", "'-3"),
        ("'-3", "''-3"),
        ("'tis", "'tis"),
        ("a=b", "a=b"),
        (["=a", "b"], "'=a; b"),
        ([], ""),
        ([{"a": "=1"}], '[{"a": "=1"}]'),
    ],
)
def test_a_cell_is_never_a_formula(value: Any, cell: str) -> None:
    assert write_cell(value) == cell
    assert read_cell(cell, value) == value


def test_lines_of_csv_end_as_the_standard_has_it(site: Site) -> None:
    fill(site)
    for name in NAMES:
        file = made(site)[f"data/{name}.csv"]
        assert isinstance(file, Asset)
        assert file.data.endswith(b"\r\n")
        assert not file.data.startswith(b"\xef\xbb\xbf")
        assert re.findall(rb"(?<!\r)\n", file.data) == []


def test_the_page_names_every_file_and_every_column(site: Site) -> None:
    fill(site)
    files = made(site)
    page = files["data/index.md"]
    assert isinstance(page, Page)
    linked = {"../" + path.removeprefix("data/") if path.startswith("api/") else path.removeprefix("data/")
              for path in files if path.startswith(("api/", "data/")) and path != "data/index.md"}  # fmt: skip
    written = {f"../{path}" for path in files if path.startswith("schemas/")}
    assert set(re.findall(r'href="((?:\.\./api/)?[\w./-]+\.(?:json|csv))"', page.body)) == linked | written
    parts = page.body.split('<h2 id="')
    sections = {part.split('"')[0]: part for part in parts}
    for dataset in DATASETS:
        for column in dataset.own:
            assert f"<code>{column.name}</code>" in sections[dataset.name], f"{dataset.name}.{column.name}"
            for part in column.form.parts:
                assert f"<code>{part.name}</code>" in sections[dataset.name]
        left = {column.name for column in dataset.columns} - {column.name for column in dataset.own}
        assert all(f"<code>{name}</code>" in sections["entries"] for name in left)


def test_the_page_is_found_by_search_engines_for_data(site: Site) -> None:
    fill(site)
    page = made(site)["data/index.md"]
    assert isinstance(page, Page)
    catalogue = json.loads(re.findall(r'<script type="application/ld\+json">([^<]*)</script>', page.head)[1])
    assert [one["name"].split(":")[0].lower() for one in catalogue["dataset"]] == NAMES
    for one in catalogue["dataset"]:
        assert one["license"] == "https://creativecommons.org/licenses/by/4.0/"
        assert {form["contentUrl"] for form in one["distribution"]} == {
            f"https://example.org/open/{path}"
            for dataset in DATASETS
            if dataset.title == one["name"].split(":")[0]
            for path in (dataset.json_path, dataset.csv_path)
        }


def test_the_page_and_its_files_are_on_the_built_site(site: Site) -> None:
    fill(site, CONFIG)
    site.run("build")
    html = site.read("site/data/index.html")
    for link in re.findall(r'href="([^"#:]+\.(?:json|csv))"', html):
        assert (site.root / "site/data" / link).is_file(), link
    assert json.loads(site.read("site/api/v1/index.json"))["version"] == "1"
