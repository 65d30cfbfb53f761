"""The command line, as a person meets it: what each command prints, where, and how it exits."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from aboveboard.cli import COMMANDS, main
from tests.conftest import EXPERIMENT, INCIDENT, REPOSITORY, WEEKNOTE, Site, entry


def test_init_writes_a_site_and_says_the_next_two_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["init", "open-blog", "--name", "Example: open"])
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[:2] == ["wrote open-blog/mkdocs.yml", "wrote open-blog/.gitignore"]
    assert lines[-2:] == ["  aboveboard -C open-blog new weeknote", "  aboveboard -C open-blog serve"]
    site = Site(tmp_path / "open-blog")
    site.run(*lines[-2].split()[3:])
    assert "nothing" not in site.run("list").stdout
    site.run("build", "--strict", exit_code=1)  # an untouched scaffold warns
    site.run("build")
    assert "Example: open" in site.read("site/index.html")


def test_init_leaves_what_is_there(site: Site) -> None:
    before = site.read("mkdocs.yml")
    result = CliRunner().invoke(main, ["init", str(site.root)])
    assert result.exit_code == 0
    assert "left as it was" in result.stderr
    assert site.read("mkdocs.yml") == before


def test_init_does_not_take_over_another_site(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Other\n")
    result = CliRunner().invoke(main, ["init", str(tmp_path)])
    assert result.exit_code == 1
    assert "add `- aboveboard` to its `plugins:`" in result.stderr


def test_new_prints_the_path_and_nothing_else(site: Site) -> None:
    result = site.run("new", "weeknote", "--team", "platform")
    path = Path(result.stdout.strip())
    assert result.stdout.count("\n") == 1
    assert path.is_file() and path.name == "2026-w48-platform.md"


def test_this_weeks_note_is_made_once(site: Site) -> None:
    first = site.run("new", "weeknote", "--team", "platform")
    site.write("weeknotes/2026-w48-platform.md", entry(WEEKNOTE, "Ours.\n"))
    again = site.run("new", "weeknote", "--team", "platform")
    assert again.stdout == first.stdout
    assert "is there already" in again.stderr
    assert site.read("content/weeknotes/2026-w48-platform.md").endswith("Ours.\n")


def test_a_second_incident_of_one_name_and_day_gets_a_name_of_its_own(site: Site) -> None:
    paths = [site.run("new", "incident", "Checkout").stdout.strip().rsplit("/", 1)[-1] for _ in range(2)]
    assert paths == ["2026-11-23-checkout.md", "2026-11-23-checkout-2.md"]


def test_an_incident_is_named_after_the_utc_day_it_started(site: Site) -> None:
    result = site.run("new", "incident", "Night", "--set", "started_at=2026-11-20T23:30-02:00")
    assert result.stdout.strip().endswith("2026-11-21-night.md")
    assert "started_at: 2026-11-20T23:30-02:00" in site.read("content/incidents/2026-11-21-night.md")


def test_declaring_is_creating_the_report(site: Site) -> None:
    site.run("new", "incident", "Night")
    assert "declared_at: 2026-11-23T09:00+00:00" in site.read("content/incidents/2026-11-23-night.md")


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("severity=sev2", "severity: sev2"),
        ("tags=[dns, backups]", "tags: [dns, backups]"),
        ("summary=Fix: the thing", 'summary: "Fix: the thing"'),
        ("summary=# 1", 'summary: "# 1"'),
        ("summary=Yes", 'summary: "Yes"'),
        ("roles.lead=the on-call engineer", "lead: the on-call engineer"),
        ("actions=[{what: Slow it down, owner: storage}]", "what: Slow it down"),
        ("draft=true", "draft: true"),
    ],
)
def test_set_fills_in_any_field(site: Site, given: str, written: str) -> None:
    site.run("new", "incident", "Night", "--set", given)
    assert written in site.read("content/incidents/2026-11-23-night.md")
    assert " error " not in site.run("check").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["new", "weeknot"], "did you mean weeknote?"),
        (["new", "incident", "X", "--set", "sevrity=sev1"], "did you mean severity?"),
        (["new", "incident", "X", "--set", "severity=bad"], "not on the scale: sev1, sev2, sev3, sev4"),
        (["new", "incident", "X", "--set", "started_at=noon"], "'noon' is not a time"),
        (["new", "incident", "X", "--template", "standrad"], "did you mean standard?"),
        (["new", "incident"], 'name it: aboveboard new incident "In a few words"'),
        (["new", "weeknote"], "--team NAME"),
        (["new", "weeknote", "--team", "a", "--set", "week=2025-W53"], "2025 has no week 53"),
        (["list", "incidnets"], "did you mean incident?"),
        (["list", "--since", "tuesday"], "'tuesday' is not a day"),
        (["check", "nowhere.md"], "nowhere.md is not there, or not in this project"),
        (["templates", "--copy", "nothing-like-it"], "no template is called"),
        (["--now", "soon", "list"], "--now: 'soon' is not a time"),
    ],
)
def test_a_wrong_request_is_one_line_and_exits_1(site: Site, words: list[str], said: str) -> None:
    result = site.run(*words, exit_code=1)
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""
    assert list((site.root / "content").rglob("*.md")) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nwe"], "did you mean new?"),
        (["new"], "Missing argument"),
        (["new", "incident", "X", "--set", "sev1"], "FIELD=VALUE"),
    ],
)
def test_a_wrong_command_line_exits_2(site: Site, words: list[str], said: str) -> None:
    assert said in site.run(*words, exit_code=2).stderr


def test_outside_a_project_it_says_how_to_begin(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["-C", str(tmp_path), "list"])
    assert result.exit_code == 1
    assert "aboveboard init" in result.stderr


def test_a_dry_run_writes_nothing(site: Site) -> None:
    result = site.run("new", "experiment", "Shorter forms", "--dry-run")
    assert result.stdout.strip().endswith("2026-11-23-shorter-forms.md")
    assert "stage: planned" in result.stderr
    assert not (site.root / "content" / "experiments").exists()


def test_the_team_is_yours_last_time(site: Site) -> None:
    """By the name git signs with; the e-mail address is never stored."""
    git(site, "init", "-q")
    for name, team in (("Ada", "platform"), ("Grace", "payments")):
        site.write(f"weeknotes/2026-w46-{team}.md", entry(f"week: 2026-W46\ndate: 2026-11-13\nteam: {team}"))
        git(site, "add", "-A")
        git(site, "-c", f"user.name={name}", "-c", "user.email=who@example.org", "commit", "-qm", "note")
    git(site, "config", "user.name", "Ada")
    git(site, "config", "user.email", "ada@example.org")
    site.run("new", "weeknote")
    text = site.read("content/weeknotes/2026-w48-platform.md")
    assert "team: platform" in text
    assert "example.org" not in text


def test_the_only_team_is_not_asked_for(site: Site) -> None:
    site.write("registers/teams.yml", "- slug: platform\n  name: Platform\n")
    assert site.run("new", "weeknote").stdout.strip().endswith("2026-w48-platform.md")


def test_a_weeknote_begins_with_what_was_to_be_next_and_what_happened(site: Site) -> None:
    note = "## What is next\n\n<!-- a list -->\n\n- Ship the form\n- Ask three users\n"
    site.write("weeknotes/2026-w47-platform.md", entry(WEEKNOTE, note))
    site.write("incidents/2026-11-23-night.md", entry(INCIDENT.replace("2026-11-20", "2026-11-23")))
    site.write("experiments/2026-11-23-forms.md", entry(EXPERIMENT.replace("2026-11-20", "2026-11-23")))
    site.write("incidents/2026-11-01-old.md", entry(INCIDENT.replace("2026-11-20", "2026-11-01")))
    site.run("new", "weeknote", "--team", "platform")
    text = site.read("content/weeknotes/2026-w48-platform.md")
    assert "- Ship the form\n- Ask three users" in text
    assert "[Checkout timeouts](../incidents/2026-11-23-night.md)" in text
    assert "[Shorter forms](../experiments/2026-11-23-forms.md)" in text
    assert "2026-11-01-old" not in text
    site.run("build")


def test_check_says_everything_in_one_go(site: Site) -> None:
    site.write("accessibility.md", "Everybody can read this.\n")
    site.write("weeknotes/2026-w47-a.md", "---\nweek: 2025-W53\ndate: tomorrow\ncolour: red\n---\n")
    result = site.run("check", exit_code=1)
    assert [line.split(" ")[1:3] for line in result.stdout.splitlines()] == [
        ["FD001", "error"], ["FD002", "error"], ["FD002", "error"], ["FD004", "warning"],
    ]  # fmt: skip
    assert result.stdout.splitlines()[1].startswith("content/weeknotes/2026-w47-a.md:2:7: FD002 error `week`")
    assert result.stderr == "3 errors, 1 warning\n"


def test_check_of_one_path_speaks_of_that_path(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write("accessibility.md", "Everybody can read this.\n")
    for team in ("a", "b"):
        site.write(f"weeknotes/2026-w47-{team}.md", "nothing\n")
    monkeypatch.chdir(site.root / "content" / "weeknotes")
    assert site.run("check", "2026-w47-a.md", exit_code=1).stdout.count("\n") == 1
    assert site.run("check", "..", exit_code=1).stdout.count("\n") == 2


def test_warnings_fail_only_when_asked_to(site: Site) -> None:
    site.write("weeknotes/2026-w47-platform.md", entry(f"{WEEKNOTE}\ncolour: red"))
    site.run("check")
    site.run("check", "--strict", exit_code=1)


def test_check_as_json(site: Site) -> None:
    site.write("accessibility.md", "Everybody can read this.\n")
    site.write("weeknotes/2026-w47-platform.md", entry(f"{WEEKNOTE}\ncolour: red"))
    found = json.loads(site.run("check", "--format", "json").stdout)
    assert [(d["code"], d["line"], d["severity"]) for d in found] == [
        ("ST013", 4, "info"),
        ("FD004", 5, "warning"),
    ]


def test_list_and_its_filters(site: Site) -> None:
    site.write("weeknotes/2026-w47-platform.md", entry(f"{WEEKNOTE}\ntags: [dns]"))
    site.write("incidents/2026-11-20-night.md", entry(f"{INCIDENT}\nservices: [checkout]\ndraft: true"))
    site.write("incidents/2026-12-24-later.md", entry(INCIDENT.replace("2026-11-20", "2026-12-24")))

    def ids(*words: str) -> list[str]:
        return [row["id"] for row in json.loads(site.run("list", *words, "--format", "json").stdout)]

    assert ids() == ["2026-12-24-later", "2026-w47-platform", "2026-11-20-night"]
    assert ids("incident") == ids("incidents") == ["2026-12-24-later", "2026-11-20-night"]
    assert ids("--team", "platform") == ids("--tag", "dns") == ["2026-w47-platform"]
    assert ids("--service", "Checkout") == ["2026-11-20-night"]
    assert ids("--since", "2026-12-01") == ["2026-12-24-later"]
    table = site.run("list").stdout
    assert re.search(r"open, draft +Checkout timeouts", table)
    assert re.search(r"open, scheduled for 2026-12-24 ", table)


def test_a_template_is_copied_once(site: Site) -> None:
    site.run("templates", "incident", "--copy", "standard")
    assert "yours" in site.run("templates", "incident").stdout
    assert "was left as it is" in site.run("templates", "incident", "--copy", "standard", exit_code=1).stderr
    site.run("new", "incident", "Night")


def test_build_says_what_opens_next(site: Site) -> None:
    site.write("weeknotes/2026-w50-platform.md", entry("week: 2026-W50\ndate: 2026-12-11\nteam: platform"))
    result = site.run("build")
    assert "as of 2026-11-23 09:00 UTC" in result.stderr
    assert "next to open: 2026-12-11 00:00" in result.stderr
    assert re.search(r"site: \d+ pages", result.stdout)


def test_help_imports_next_to_nothing() -> None:
    code = (
        "import sys; from aboveboard.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'mkdocs', 'pydantic', 'yaml', 'jinja2', 'markdown_it', 'nh3'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert all(name in done.stdout for name in COMMANDS)


def test_the_installed_command_runs(site: Site) -> None:
    command = Path(sys.executable).with_name("aboveboard")
    done = subprocess.run(
        [command, "new", "weeknote", "--team", "platform"],
        cwd=site.root, capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.stdout == "content/weeknotes/2026-w48-platform.md\n"


def git(site: Site, *words: str) -> None:
    environment = {**os.environ, "GIT_AUTHOR_DATE": "2026-11-13T12:00Z", "GIT_COMMITTER_DATE": "2026-11-13T12:00Z"}
    subprocess.run(["git", *words], cwd=site.root, check=True, env=environment, capture_output=True)


def test_the_repository_is_a_project_of_its_own() -> None:
    result = CliRunner().invoke(main, ["-C", str(REPOSITORY / "content" / "incidents"), "list", "incidents"])
    assert result.exit_code == 0
    assert "2018-10-21-github-network-partition" in result.stdout


def test_a_weeknote_that_is_a_folder_is_found(site: Site) -> None:
    site.write("weeknotes/2026-w48-platform/index.md", entry("week: 2026-W48\ndate: 2026-11-23\nteam: platform"))
    result = site.run("new", "weeknote", "--team", "platform")
    assert result.stdout.strip().endswith("2026-w48-platform/index.md")
    assert not (site.root / "content/weeknotes/2026-w48-platform.md").exists()


def test_a_place_that_cannot_be_written_is_one_line(site: Site) -> None:
    (site.root / "content" / "incidents").write_text("a file where a folder belongs")
    result = site.run("new", "incident", "Night", exit_code=1)
    assert result.stderr.count("\n") == 1 and "incidents" in result.stderr
    afile = site.write("/afile", "x")
    done = CliRunner().invoke(main, ["init", str(afile)])
    assert done.exit_code == 1 and "Traceback" not in done.output


def test_nothing_to_show_is_no_site(site: Site) -> None:
    """Without the content folder, an empty site would take the place of the one there is."""
    (site.root / "content").rmdir()
    assert "NA007" in site.run("check", exit_code=1).stdout
    site.run("build", exit_code=1)


def test_a_team_mistyped_in_a_list_is_guessed(site: Site) -> None:
    site.write("weeknotes/2026-w47-platform.md", entry(WEEKNOTE))
    assert "did you mean platform?" in site.run("list", "--team", "plaform").stderr
