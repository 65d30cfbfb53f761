"""A site that has just been started: what is in it, that nothing of it is wrong, and that nothing is overwritten."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from aboveboard import __version__
from aboveboard.authoring.host import pages_address
from aboveboard.authoring.scaffold import PROBLEM
from aboveboard.checks.run import check_library
from aboveboard.cli import main
from aboveboard.content.project import load_project
from aboveboard.content.settings import Looks, Policy, Settings
from tests.conftest import NOW, Site

NOTE = "content/weeknotes/2026-w48-working-in-the-open.md"
EVERY = [
    *("mkdocs.yml", ".gitignore", ".gitattributes", "requirements.txt", ".editorconfig"),
    *("content/registers/teams.yml", "content/accessibility.md", NOTE),
    *(
        ".vscode/settings.json",
        ".vscode/extensions.json",
        ".vscode/tasks.json",
        ".vscode/aboveboard.code-snippets",
    ),
]
WORKFLOWS = [f".github/workflows/{name}.yml" for name in ("check", "publish", "schedule")]
# `publish` of another kind of block is read by the command of that name.
NOT_YET = "publish"


def init(folder: Path, *words: str, exit_code: int = 0) -> Result:
    result = CliRunner().invoke(main, ["init", str(folder), *words], catch_exceptions=False)
    assert result.exit_code == exit_code, result.output
    return result


@pytest.fixture
def new(tmp_path: Path) -> Site:
    init(tmp_path / "open-blog", "--name", "Example Council: open")
    return Site(tmp_path / "open-blog")


def without_comments(text: str) -> Any:
    """Return JSON as VS Code reads it: lines of comment are skipped."""
    return json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE))


def test_everything_that_a_site_needs_is_there(new: Site) -> None:
    assert [path for path in EVERY if not (new.root / path).is_file()] == []
    assert not (new.root / ".github").exists()
    assert new.read("requirements.txt").splitlines()[-1] == f"aboveboard[search]=={__version__}"


def test_only_the_statement_waits_for_somebody(new: Site) -> None:
    found = check_library(new.library(), NOW)
    assert {(d.path, d.code) for d in found} == {("content/accessibility.md", "ST014")}


def test_the_first_weeknote_is_of_this_week_and_read_by_the_public(new: Site) -> None:
    text = new.read(NOTE)
    assert "week: 2026-W48\ndate: 2026-11-23\nteam: example-council-open\n" in text
    new.run("build")
    page = new.read("site/weeknotes/2026-w48-working-in-the-open/index.html")
    assert "We have started to work in the open" in page
    assert "Yours to rewrite" not in page
    assert "2026-w48-working-in-the-open" in new.read("site/index.html")


def test_the_next_command_starts_a_weeknote_beside_it(new: Site) -> None:
    assert new.run("new", "weeknote").stdout.strip().endswith("2026-w48-example-council-open.md")


def test_every_setting_is_in_its_configuration_with_what_it_means(new: Site) -> None:
    text = new.read("mkdocs.yml")
    named = [*Settings.model_fields, *Looks.model_fields, *Policy.model_fields, "publish"]
    assert [name for name in named if not re.search(rf"^[ #]*{name}:", text, re.MULTILINE)] == []


def test_whatever_is_switched_on_in_its_configuration_is_read(new: Site) -> None:
    text = new.read("mkdocs.yml")
    on = re.sub(r"^( *)# ( *[a-z_]+:)", r"\1\2", text, flags=re.MULTILINE)
    assert on.count("\n") == text.count("\n") and "\n# " not in on.partition("site_name")[2]
    if NOT_YET not in Settings.model_fields:
        on = re.sub(r"^      publish:.*\n(        .*\n)*", "", on + "\n", flags=re.MULTILINE)
    new.write("/mkdocs.yml", on)
    project = new.project
    assert project.problems == ()
    assert project.settings.policy.closed_days == 90
    assert project.settings.raw_html == "allow"
    assert project.site_url == "https://example.org/"


def test_editors_find_a_schema_for_each_file_that_they_check(new: Site) -> None:
    settings = without_comments(new.read(".vscode/settings.json"))
    for schema, glob in settings["yaml.schemas"].items():
        assert json.loads(new.read(schema))["$schema"].startswith("http://json-schema.org/draft-07")
        assert glob == "mkdocs.yml" or glob.startswith("content/registers/")
    assert "redhat.vscode-yaml" in json.loads(new.read(".vscode/extensions.json"))["recommendations"]
    team = json.loads(new.read(".vscode/aboveboard/weeknote.json"))["properties"]["team"]
    assert team["examples"] == ["example-council-open"]
    assert new.run("schema", "--write").stdout == "", "they are as the command makes them"


def test_an_editor_shows_what_check_says_at_its_line(new: Site) -> None:
    tasks = {task["label"]: task for task in without_comments(new.read(".vscode/tasks.json"))["tasks"]}
    task = tasks["aboveboard: check"]
    pattern = task["problemMatcher"]["pattern"]
    assert pattern["regexp"] == PROBLEM
    new.write("weeknotes/2026-w47-a.md", "---\nweek: 2026-W99\n---\n")
    lines = new.run(*task["command"].split()[1:], exit_code=1).stdout.splitlines()
    matches = [re.fullmatch(PROBLEM, line) for line in lines]
    assert lines and all(matches)
    found = next(match for match in matches if match and match[pattern["severity"]] == "error")
    assert (found[pattern["file"]], found[pattern["line"]]) == ("content/weeknotes/2026-w47-a.md", "1")


def test_a_second_time_nothing_is_written_and_nothing_is_to_be_added(new: Site) -> None:
    before = {path: path.read_bytes() for path in new.root.rglob("*") if path.is_file()}
    result = init(new.root)
    assert "wrote" not in result.stdout
    assert "add to" not in result.stderr
    assert {path: path.read_bytes() for path in new.root.rglob("*") if path.is_file()} == before


def test_in_a_repository_that_is_there_it_says_what_to_add(tmp_path: Path) -> None:
    there = {
        ".gitignore": "node_modules\n/site\n",
        "requirements.txt": "pandas\n",
        ".vscode/settings.json": "{}\n",
        "README.md": "# Ours\n",
    }
    site = Site(tmp_path)
    for path, text in there.items():
        site.write(f"/{path}", text)
    said = init(tmp_path).stderr
    assert "left as it was: .gitignore; add to it:\n  /.site-releases/\n  /.aboveboard/\n" in _short(
        said, tmp_path
    )
    assert f"requirements.txt; add to it:\n  aboveboard[search]=={__version__}\n" in said
    assert 'settings.json; add to its yaml.schemas:\n  "./.vscode/aboveboard/teams.json": "content/reg' in said
    assert {path: site.read(path) for path in there} == there
    assert (tmp_path / NOTE).is_file()


def test_a_site_that_has_begun_gets_no_other_beginning(site: Site) -> None:
    site.write("/mkdocs.yml", site.read("mkdocs.yml").replace("docs_dir: content", "docs_dir: docs"))
    init(site.root)
    assert not (site.root / "docs" / "weeknotes").exists()
    assert not (site.root / "docs" / "registers").exists()
    assert '"docs/registers/teams.yml"' in site.read(".vscode/settings.json")


def _short(text: str, folder: Path) -> str:
    return re.sub(r"\S*/(?=\.gitignore)", "", text)


def test_without_a_host_it_ends_with_two_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = init(Path("my site")).stdout.splitlines()
    assert lines[-3:] == ["Now type:", "  aboveboard -C 'my site' new weeknote", "  aboveboard -C 'my site' serve"]
    assert sum("for editors" in line for line in lines) == 1


def remote(folder: Path, url: str) -> Path:
    (folder / ".git").mkdir(parents=True)
    (folder / ".git" / "config").write_text(f'[core]\n\tbare = false\n[remote "origin"]\n\turl = {url}\n')
    return folder


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("git@github.com:Example/open-blog.git", "https://example.github.io/open-blog/"),
        ("https://github.com/example/open-blog", "https://example.github.io/open-blog/"),
        ("ssh://git@github.com/example/example.github.io.git", "https://example.github.io/"),
        ("https://git.example.org/example/open-blog.git", None),
    ],
)
def test_the_address_is_read_off_the_remote(tmp_path: Path, url: str, address: str | None) -> None:
    folder = remote(tmp_path / "a", url)
    assert pages_address(folder) == address
    said = init(folder, "--host", "github").stdout
    project = load_project(folder / "mkdocs.yml")
    assert project is not None and project.site_url == address
    assert (f"mkdocs.yml says that the site will be at {address}" if address else "Set `site_url`") in said


def test_github_gets_three_workflows_and_one_thing_to_do(tmp_path: Path) -> None:
    said = init(tmp_path / "a", "--host", "github", "--url", "https://example.org/").stdout
    assert [path for path in WORKFLOWS if not (tmp_path / "a" / path).is_file()] == []
    assert 'Settings, Pages, Source: "GitHub Actions"' in said
    assert said.index("Settings, Pages") < said.index("Now type:")


def test_workflows_go_to_the_top_of_a_repository_or_nowhere(tmp_path: Path) -> None:
    remote(tmp_path, "https://github.com/example/all.git")
    said = init(tmp_path / "blog", "--host", "github", exit_code=1).stderr
    assert f"only at the top of a repository, {tmp_path}: start there" in said
    assert not (tmp_path / "blog").exists()
    init(tmp_path / "blog")


@pytest.mark.parametrize("url", ["example.org", "ftp://example.org/"])
def test_an_address_that_is_none_is_refused_before_anything_is_written(tmp_path: Path, url: str) -> None:
    assert "begins with https://" in init(tmp_path / "a", "--url", url, exit_code=1).stderr
    assert not (tmp_path / "a").exists()
