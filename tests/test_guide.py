"""The guide is true: every command in it exists, its main path is run as it stands, and it fits where it is read."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner
from PIL import Image
from playwright.sync_api import Browser

from aboveboard.cli import main
from tests.browsing import needs_browser
from tests.conftest import REPOSITORY

GUIDE = REPOSITORY / "content" / "guide"
TEXTS = [REPOSITORY / "README.md", REPOSITORY / "RELEASING.md", *sorted(GUIDE.glob("*.md"))]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
SOMEBODY = {
    "GIT_AUTHOR_NAME": "A writer", "GIT_AUTHOR_EMAIL": "writer@example.org",
    "GIT_COMMITTER_NAME": "A writer", "GIT_COMMITTER_EMAIL": "writer@example.org",
}  # fmt: skip


def blocks(path: Path, language: str) -> list[str]:
    text = path.read_text(encoding="utf-8")
    fenced = [code for name, code in FENCE.findall(text) if name == language]
    return fenced + (re.findall(r"(?:^ {4}.*\n(?:\n(?= {4}))?)+", text, re.MULTILINE) if language == "sh" else [])


def lines() -> Iterator[tuple[str, str]]:
    """Yield every command of ours that the texts show, with the file it stands in."""
    for path in TEXTS:
        shown = [line for code in blocks(path, "sh") for line in code.replace("\\\n", " ").splitlines()]
        shown += re.findall(r"`(aboveboard [^`]+)`", path.read_text(encoding="utf-8"))
        for line in shown:
            for command in re.findall(r"aboveboard [^#|>)]+(?:#\w[^|>)]*)?", line.split("  #")[0]):
                yield path.name, command.strip().removesuffix('"') if "$(" in line else command.strip()


def parse(words: list[str]) -> None:
    """Take a line apart as the command would; nothing is run."""
    command: click.Command = main
    context = main.make_context("aboveboard", words)
    while isinstance(command, click.Group):
        name, inner, words = command.resolve_command(context, [*context._protected_args, *context.args])
        assert inner is not None
        context = inner.make_context(name, words, parent=context)
        command = inner


@pytest.mark.parametrize(("file", "line"), sorted(set(lines())))
def test_every_command_that_is_shown_is_one(file: str, line: str) -> None:
    words = shlex.split(line)[1:]
    if words in (["--version"], ["--help"]) or words[0] in ("-h", "--help"):
        return
    try:
        parse([word for word in words if word not in ("…", "...")])
    except click.MissingParameter:
        # Named in running text, without what it is about: `aboveboard close`.
        assert len(words) <= 2, line


@pytest.mark.parametrize("line", ["aboveboard nwe", "aboveboard check --formt json", "aboveboard rules A B"])
def test_a_command_that_is_none_is_noticed(line: str) -> None:
    with pytest.raises(click.UsageError):
        parse(line.split()[1:])


# PLAYING A PAGE: its blocks in the order they stand, in a shell, in a project that `init` has started.


@pytest.fixture
def project(tmp_path: Path) -> Path:
    result = CliRunner().invoke(main, ["init", str(tmp_path / "platform")])
    assert result.exit_code == 0
    (tmp_path / "bin").mkdir()
    editor = tmp_path / "bin" / "editor"
    editor.write_text(
        '#!/bin/sh\nprintf "\\n## What we did\\n\\nWe wrote to 400 people, as [here](https://example.org/letter).\\n" >> "$1"\n'
    )
    editor.chmod(0o755)
    Image.new("RGB", (40, 30), "teal").save(tmp_path / "platform" / "photo.jpg")
    return tmp_path / "platform"


def play(project: Path, script: str, now: str) -> str:
    """Run a block as it stands; return what it printed. `serve` is left out: it ends when somebody ends it."""
    env = {
        **os.environ, **SOMEBODY, "ABOVEBOARD_NOW": now, "EDITOR": str(project.parent / "bin" / "editor"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }  # fmt: skip
    kept = "".join(line for line in script.splitlines(True) if line.strip() != "aboveboard serve")
    done = subprocess.run(
        ["sh", "-eu", "-c", kept], cwd=project, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"
    return done.stdout


def test_friday_can_be_typed_as_it_stands(project: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=project, check=True)
    said = []
    for code in blocks(GUIDE / "friday.md", "sh"):
        if code.startswith("aboveboard experiment start"):
            fill_in(project / "content/experiments/2026-11-20-shorter-forms.md")
        said.append(play(project, code, "2026-11-20T15:50Z"))
    note = (project / "content/weeknotes/2026-w47-platform/index.md").read_text(encoding="utf-8")
    assert "withdrawn:" in note and "not to 400" in note
    (shown,) = blocks(GUIDE / "friday.md", "text")
    place = re.compile(r":\d+:\d+:")
    assert place.sub(":", " ".join(shown.split())) in place.sub(":", said[1]), "check says what the page shows"
    assert "AX003" in said[3]
    assert "![Three people at a whiteboard](photo.jpg)" in "".join(said)
    experiment = (project / "content/experiments/2026-11-20-shorter-forms.md").read_text(encoding="utf-8")
    assert "result: inconclusive" in experiment


def fill_in(experiment: Path) -> None:
    """Write what a person writes in between: the two fields that the page names."""
    text = experiment.read_text(encoding="utf-8")
    for name in ("hypothesis", "success_criteria"):
        text, count = re.subn(rf"^{name}:.*$", f"{name}: Ten more people send it.", text, flags=re.MULTILINE)
        assert count == 1, name
    experiment.write_text(text, encoding="utf-8")


def test_the_night_can_be_typed_as_it_stands(project: Path) -> None:
    night, more, review, overdue = blocks(GUIDE / "night.md", "sh")
    play(project, night, "2026-11-20T02:41Z")
    play(project, "aboveboard incident undo", "2026-11-20T02:42Z")
    play(project, night.splitlines()[-1], "2026-11-20T03:10Z")
    second = more.replace("incident log", "incident log --id 2026-11-20-checkout")
    play(project, second.replace("mark started", "mark started --id 2026-11-20-checkout"), "2026-11-20T03:12Z")
    report = (project / "content/incidents/2026-11-20-checkout.md").read_text(encoding="utf-8")
    for line in ("02:00 started: payments time out", "02:41 Alarm", "02:57 red herring:", "03:10 resolved"):
        assert f"- {line}" in report
    assert "## Contributing factors" in report, "resolved has opened the second half"
    asked, reviewed = review.splitlines()
    assert "2026-11-20-checkout" in play(project, asked, "2026-12-10T10:00Z")
    assert "[ ]" in play(project, f"{reviewed} || test $? = 1", "2026-12-10T10:00Z")
    play(project, overdue, "2026-12-10T10:00Z")


def test_a_site_can_be_started_as_it_stands(tmp_path: Path) -> None:
    (start,) = (code for code in blocks(GUIDE / "operating.md", "sh") if "init open-blog" in code)
    play(tmp_path, start, "2026-11-20T15:50Z")
    assert [path.name for path in (tmp_path / "open-blog/content/weeknotes").iterdir()]


def test_the_two_minutes_of_the_readme_can_be_typed_as_they_stand(tmp_path: Path) -> None:
    (tour,) = (code for code in blocks(REPOSITORY / "README.md", "sh") if "aboveboard init" in code)
    typed = [line.strip() for line in tour.splitlines() if not re.search(r"pip install|aboveboard serve", line)]
    play(tmp_path, "\n".join(line for line in typed if "--search" not in line), "2026-11-20T15:50Z")
    assert (tmp_path / "open-blog/site/index.html").is_file()


@pytest.mark.parametrize("code", blocks(GUIDE / "operating.md", "yaml"))
def test_configuration_that_is_shown_is_yaml(code: str) -> None:
    assert isinstance(yaml.safe_load(code), dict)


@pytest.mark.parametrize("code", blocks(GUIDE / "operating.md", "sh"))
def test_scripts_that_are_shown_are_shell(code: str) -> None:
    subprocess.run(["sh", "-n"], input=code, text=True, check=True)


def test_no_secret_is_asked_for_in_the_configuration() -> None:
    text = (GUIDE / "operating.md").read_text(encoding="utf-8")
    assert "No secret stands in `mkdocs.yml`" in text
    for code in blocks(GUIDE / "operating.md", "yaml"):
        assert not re.search(r"token|password|secret|key_id", code, re.IGNORECASE)


@pytest.mark.parametrize("page", ["friday", "night", "operating"])
def test_the_guide_names_each_of_its_pages(page: str) -> None:
    assert f"({page}.md)" in (GUIDE / "index.md").read_text(encoding="utf-8")


# ON A PHONE


@needs_browser[0]
@needs_browser[1]
@needs_browser[2]
def test_what_to_type_at_night_is_on_the_first_screen_of_a_phone(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 640})
    page.goto(f"{address}guide/night/")
    box = page.locator("article pre").first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 640
    assert page.locator("article code", has_text="incident undo").first.is_visible()


@needs_browser[0]
@needs_browser[1]
@needs_browser[2]
@pytest.mark.parametrize("name", ["", "friday/", "night/", "operating/"])
def test_the_guide_is_in_the_menu_and_its_pages_beside_it(browser: Browser, address: str, name: str) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    page.goto(f"{address}guide/{name}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator("nav[aria-label='Sections'] [aria-current]").inner_text() == "Guide"
    beside = page.locator("nav[aria-label='Guide'] a").all_inner_texts()
    assert beside == ["Guide", "Friday, ten minutes", "3 a.m.", "Running a site"]
