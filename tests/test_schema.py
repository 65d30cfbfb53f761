"""The schemas: nothing that they refuse passes `check`, and everything that is well written passes them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import regress
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, FormatChecker

from aboveboard.authoring.editors import FOLDER, NOTE, SNIPPETS, schema_settings
from aboveboard.content.entry import parse_entry
from aboveboard.content.fields.describe import describe_fields
from aboveboard.content.front_matter import parse_front_matter
from aboveboard.content.kinds import BY_FOLDER, KINDS, Kind
from aboveboard.content.registers import RECORDS, parse_register
from aboveboard.content.schemas.table import BY_NAME, SUBJECTS, schema_of
from aboveboard.content.settings import Settings
from aboveboard.content.yaml_nodes import Node, parse_yaml
from aboveboard.content.yaml_plain import as_plain
from aboveboard.outputs.machines.schemas import PATHS
from tests.conftest import CONFIG, INCIDENT, REPOSITORY, WEEKNOTE, Site, entry
from tests.test_fuzz import ENTRY
from tests.test_golden_checks import GOLDEN, PLACES

NAMES = {"severities": tuple(Settings().severities), "teams": ("platform",), "tags": ("queues",)}


def seen(node: Node) -> Any:
    """Return a value as an editor resolves it before it asks the schema: `2026` is a number to it."""
    if node.kind == "sequence":
        return [seen(item) for item in node.items]
    if node.kind == "mapping":
        return {key.text: seen(item) for key, item in node.pairs}
    return node.text if node.style else as_plain(node.text)


@cache
def validator(name: str) -> Draft7Validator:
    schema = schema_of(BY_NAME[name], NAMES)
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema, format_checker=FormatChecker(["date"]))


def refused(name: str, value: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator(name).iter_errors(value)]


def front_matter(text: str) -> Any:
    """Return front matter as an editor sees it, or None where it is not YAML with fields at all."""
    matter = parse_front_matter(text)
    sound = matter.root is not None and not [p for p in matter.problems if p.code != "FM009"]
    return seen(matter.root) if matter.root is not None and sound and matter.root.kind == "mapping" else None


def field_problems(kind: Kind, text: str) -> list[str]:
    """Return what reading says of an entry, but for text that YAML takes for a comment."""
    file = parse_entry(kind, f"{kind.folder}/2026-11-20-a.md", text.encode(errors="replace"), Settings())
    return [f"{p.code} {p.message}" for p in file.problems if p.code != "FM009"]


def golden() -> Iterator[tuple[Path, str]]:
    for path in sorted(GOLDEN.glob("*/*.*.*")):
        yield path, PLACES.get(path.name.split(".")[0], "").split("/")[0]


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.name)
def test_each_is_a_schema_of_draft_7_and_says_what_it_is_about(subject: Any) -> None:
    schema = schema_of(subject, NAMES)
    Draft7Validator.check_schema(schema)
    assert schema["title"] and schema["description"]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_field_is_in_it_with_its_meaning(kind: Kind) -> None:
    properties = schema_of(BY_NAME[kind.name], NAMES)["properties"]
    docs = describe_fields(kind.fields)
    assert list(properties) == [doc.name for doc in docs]
    assert all(doc.description[1:] in properties[doc.name]["description"] for doc in docs)


@pytest.mark.parametrize(("path", "place"), list(golden()), ids=lambda value: getattr(value, "name", ""))
def test_what_a_golden_file_says_is_refused_only_where_check_reports_it(path: Path, place: str) -> None:
    text = path.read_bytes().decode(errors="replace")
    if place in BY_FOLDER:
        kind = BY_FOLDER[place]
        value, problems = front_matter(text), field_problems(kind, text)
        name = kind.name
    elif place == "registers":
        name = path.name.split(".")[0]
        root, _ = parse_yaml(text)
        value = seen(root) if root else None
        problems = [p.message for p in parse_register(text.encode(), RECORDS[name])[2]]
    else:
        return
    if value is not None and (found := refused(name, value)):
        assert problems, found


@pytest.mark.parametrize(
    "path",
    [p for folder in BY_FOLDER for p in sorted((REPOSITORY / "content" / folder).rglob("*.md"))],
    ids=lambda path: path.name,
)
def test_our_own_entries_pass(path: Path) -> None:
    kind = BY_FOLDER[path.relative_to(REPOSITORY / "content").parts[0]]
    assert refused(kind.name, front_matter(path.read_text(encoding="utf-8"))) == []


def test_our_own_registers_and_settings_pass() -> None:
    for path in (REPOSITORY / "content" / "registers").glob("*.yml"):
        root, _ = parse_yaml(path.read_text(encoding="utf-8"))
        assert root is not None
        assert refused(path.stem, seen(root)) == []
    assert refused("mkdocs", yaml.safe_load((REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8"))) == []


@given(st.sampled_from(KINDS), ENTRY)
def test_whatever_is_written_is_refused_only_where_check_reports_it(kind: Kind, text: str) -> None:
    value = front_matter(text)
    if value is not None and (found := refused(kind.name, value)):
        assert field_problems(kind, text), found


def patterns(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from (pattern for pattern in [schema.get("pattern")] if isinstance(pattern, str))
    for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from patterns(part)


@pytest.mark.parametrize("pattern", sorted({p for s in SUBJECTS for p in patterns(schema_of(s, NAMES))}))
def test_editors_read_patterns_as_we_do(pattern: str) -> None:
    # JavaScript, and with the flag that validators set, which refuses what escapes nothing.
    theirs = regress.Regex(pattern, flags="u")
    for text in (*TEXTS, *(f" {text} " for text in TEXTS)):
        assert bool(theirs.find(text)) == bool(re.search(pattern, text)), text


TEXTS = [
    *("", "~", "x", "2026-11-20", "2026-11-20T02:04Z", "2026-11-20 ~02:04", "~02:10", "~ 2026-11-20", "2:04 PM", "02:05 BST"),
    *("2026-11-20 02:04:30.5+0100", "2026-W47", "2026-w7", "https://example.org/a?b=c", "mailto:a@example.org", "example.org"),
    *("TRUE", "yes", "30", "-1", "en-GB", "Europe/London", "Etc/GMT+1", "#1d4f91", "#fff", "/incidents/old-name/", "a//b", "a b"),
]  # fmt: skip


LESSONS = "lessons: [One, {what: Two}]"
ACTIONS = "actions: [{what: Slow it down, owner: 7, due: 2026-12-04, status: open}]"
ACCEPTED = [
    ("weeknote", f"{WEEKNOTE}\ntitle: 2026"),
    ("weeknote", f"{WEEKNOTE}\ntitle: true\nsummary: 1.10"),
    ("weeknote", f"{WEEKNOTE}\ntags: hiring\nauthors:\nsummary: ''\nlessons: Alarms need owners\n{ACTIONS}"),
    ("weeknote", "week: 2026-w47\ndate: 2026-11-20 09:00\nauthors: jane-roe\ndraft: TRUE"),
    ("incident", f"{INCIDENT}\nseverity: sev2\ntype: near-miss\nstarted_at: ~02:10\nresolved_at: 2026-11-20T02:41:30+01:00"),
    ("incident", f"{INCIDENT}\nseverity:\ndetection:\nfactors: [A limit]\nroles: {{lead: platform}}\n{LESSONS}"),
    ("incident", f"{INCIDENT}\naliases: [/incidents/old-name/]\nsource: {{system: retold, url: 'https://example.org/'}}"),
    ("experiment", "title: A\ndate: 2026-11-20\nstage: running\nguardrails: Nobody waits\nmeasures: [{name: n, result: 3}]"),
    ("experiment", "title: A\ndate: 2026-11-20\nstage: running\ndeviations: [{date: 2026-11-21, field: ends, was: [1], why: Snow}]"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "fields"), ACCEPTED)
def test_what_a_field_reads_it_accepts(name: str, fields: str) -> None:
    kind = next(kind for kind in KINDS if kind.name == name)
    assert field_problems(kind, entry(fields)) == []
    assert refused(name, front_matter(entry(fields))) == []


REFUSED = [
    ("weeknote", "date: 2026-11-20\nteam: a", "'week' is a required property"),
    ("weeknote", "date: 2026-11-20\nweek: 2026-W47", "is not valid under any of the given schemas"),
    ("weeknote", f"{WEEKNOTE}\nresolved: yes", "Additional properties are not allowed"),
    ("weeknote", f"{WEEKNOTE}\nid: x", "Additional properties are not allowed"),
    ("weeknote", f"{WEEKNOTE}\nactions: [{{what: x, stauts: open}}]", "actions"),
    ("weeknote", f"{WEEKNOTE}\nactions: [{{what: x, status: finished}}]", "actions"),
    ("weeknote", f"{WEEKNOTE}\nactions: Slow it down", "actions"),
    ("weeknote", f"{WEEKNOTE}\ndraft: yes", "draft"),
    ("incident", "title:\ndate: 2026-11-20", "title"),
    ("incident", f"{INCIDENT}\nseverity: sev9", "severity"),
    ("incident", f"{INCIDENT}\nreviewed: 20/11/2026", "reviewed"),
    ("incident", f"{INCIDENT}\nreviewed: 2026-02-30", "reviewed"),
    ("incident", f"{INCIDENT}\nstarted_at: 2:04 PM", "started_at"),
    ("incident", f"{INCIDENT}\nsource: {{system: retold, url: example.org}}", "source"),
    ("experiment", "title: A\ndate: 2026-11-20\nstage: finished", "stage"),
]


@pytest.mark.parametrize(("name", "fields", "said"), REFUSED)
def test_a_slip_is_seen_while_it_is_typed(name: str, fields: str, said: str) -> None:
    found = refused(name, front_matter(entry(fields)))
    assert found and any(said in message for message in found), found


def test_known_names_are_proposed_and_others_pass(site: Site) -> None:
    site.write("registers/teams.yml", "- slug: platform\n  name: Platform\n")
    site.write("weeknotes/2026-w47-web.md", entry("week: 2026-W47\ndate: 2026-11-20\nteam: web\ntags: [queues]"))
    properties = json.loads(site.run("schema", "weeknote").stdout)["properties"]
    assert properties["team"]["examples"] == ["platform", "web"]
    assert properties["tags"]["examples"] == ["queues"]
    assert refused("weeknote", front_matter(entry("week: 2026-W47\ndate: 2026-11-20\nteam: another"))) == []


def test_severities_are_those_of_the_organisation(site: Site) -> None:
    site.write("/mkdocs.yml", CONFIG.replace("[aboveboard]", "[aboveboard: {severities: [major, 2]}]"))
    severity = json.loads(site.run("schema", "incident").stdout)["properties"]["severity"]
    assert severity["anyOf"][0] == {"enum": ["major", "2", 2]}, "a number in YAML is the same word"


def test_without_a_kind_it_lists_what_there_is(site: Site) -> None:
    lines = site.run("schema").stdout.splitlines()
    assert lines[0].split() == ["name", "file", "about"]
    assert len(lines) == 1 + len(SUBJECTS)
    rows = json.loads(site.run("schema", "--format", "json").stdout)
    assert rows[0] == {"name": "weeknote", "file": "content/weeknotes/**/*.md", "about": KINDS[0].about}
    assert "did you mean incident?" in site.run("schema", "incidnet", exit_code=1).stderr


def test_they_are_written_where_editors_look_and_renewed(site: Site) -> None:
    wrote = site.run("schema", "--write").stdout
    assert wrote.count("wrote ") == len(SUBJECTS) + 1
    assert site.run("schema", "--write").stdout == "", "nothing is out of date"
    site.write("registers/teams.yml", "- slug: platform\n  name: Platform\n")
    assert f"{FOLDER}/weeknote.json" in site.run("schema", "--write").stdout
    written = json.loads(site.read(f"{FOLDER}/weeknote.json"))
    assert written["$comment"] == NOTE
    assert written["properties"]["team"]["examples"] == ["platform"]


def test_a_file_of_somebody_else_is_not_replaced(site: Site) -> None:
    site.write(f"/{SNIPPETS}", "{}\n")
    assert "exists already" in site.run("schema", "--write", exit_code=1).stderr
    assert site.read(SNIPPETS) == "{}\n"


def test_snippets_offer_each_field_with_its_choices(site: Site) -> None:
    site.run("schema", "--write")
    snippets = json.loads(site.read(SNIPPETS).partition("\n")[2])
    assert {snippet["prefix"] for snippet in snippets.values()} == {
        n for k in KINDS for n in k.fields.model_fields
    }
    assert snippets["severity (incident)"]["body"] == "severity: ${1|sev1,sev2,sev3,sev4|}"
    assert snippets["stage (experiment)"]["body"].startswith("stage: ${1|planned,running,")
    assert snippets["summary"]["body"] == "summary: $1"
    assert snippets["aliases"]["body"] == "aliases: ${1:[/incidents/old-name/]}"


def test_every_whole_file_of_yaml_has_its_schema_in_the_settings() -> None:
    assert schema_settings("docs")[f"./{FOLDER}/closed.json"] == "docs/registers/closed.yml"
    assert set(schema_settings("docs").values()) == {
        "mkdocs.yml", *(f"docs/registers/{name}.yml" for name in RECORDS),
    }  # fmt: skip


def test_the_published_ones_know_only_what_is_published(site: Site) -> None:
    site.write("/mkdocs.yml", f"site_url: https://example.org/a/\n{CONFIG}")
    site.write("registers/teams.yml", "- slug: quiet\n  name: Quiet\n")
    site.write("weeknotes/2026-w47-web.md", entry("week: 2026-W47\ndate: 2026-11-20\nteam: web\ntags: [queues]"))
    held = "week: 2026-W47\ndate: 2026-11-20\nteam: merger\ntags: [secret]\ndraft: true"
    site.write("weeknotes/2026-w47-merger.md", entry(held))
    site.run("build")
    published = {path: json.loads(site.read(f"site/{path}")) for path in PATHS}
    for path, schema in published.items():
        Draft7Validator.check_schema(schema)
        assert schema["$id"] == f"https://example.org/a/{path}"
    properties = published["schemas/weeknote.json"]["properties"]
    assert properties["team"]["examples"] == ["web"]
    assert properties["tags"]["examples"] == ["queues"]
    assert not [path for path in PATHS if "merger" in str(published[path]) or "quiet" in str(published[path])]
    page = site.read("site/data/index.html")
    assert all(f"../{path}" in page for path in PATHS), "the page of data leads to them"
