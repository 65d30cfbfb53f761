"""The Tab key: what a shell is offered while a line is typed, and what `--version` says."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete

from aboveboard.cli import COMMANDS, main
from tests.conftest import EXPERIMENT, INCIDENT, REPOSITORY, WEEKNOTE, Site, entry

COMMAND = Path(sys.executable).with_name("aboveboard")
WITH_PROMISE = f"{INCIDENT}\nactions:\n  - {{id: a1, what: Alarm at 80 %, owner: platform, due: 2026-12-04}}"


@pytest.fixture
def full(site: Site) -> Site:
    site.write("weeknotes/2026-w47-platform.md", entry(WEEKNOTE))
    site.write("incidents/2026-11-20-checkout-timeouts.md", entry(WITH_PROMISE))
    site.write("experiments/2026-11-20-shorter-forms/index.md", entry(f"{EXPERIMENT}\ntags: [forms]"))
    site.write("registers/teams.yml", "- slug: data\n  name: Data\n")
    site.write("registers/services.yml", "- slug: checkout\n  name: Checkout\n")
    site.write(
        "registers/closed.yml",
        "- {ref: c-h4kzn, kind: incident, reason: commercial, decided_by: chair, decided: 2026-11-20, review_by: 2027-01-15, public: One}\n",
    )
    site.write("/templates/weeknote/short.md.j2", "{# Three lines. #}\n---\n---\n")
    return site


def offered(*words: str) -> list[str]:
    """Return what is offered for the last word, empty or begun."""
    shell = ShellComplete(main, {}, "aboveboard", "_ABOVEBOARD_COMPLETE")
    return [item.value for item in shell.get_completions(list(words[:-1]), words[-1])]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("new ", ["experiment", "incident", "weeknote"]),
        ("new in", ["incident"]),
        ("new weeknote --template s", ["short"]),
        ("new incident --template s", ["security", "sre", "standard"]),
        ("new weeknote --team ", ["data", "platform"]),
        ("list --tag ", ["forms"]),
        ("list --service c", ["checkout"]),
        ("due --team p", ["platform"]),
        ("rules TM00", [f"TM00{n}" for n in range(1, 10)]),
        ("check --select ST01", [f"ST01{n}" for n in range(10)]),
        ("attach 2026-w", ["2026-w47-platform"]),
        ("correct 2026-11-20-", ["2026-11-20-checkout-timeouts", "2026-11-20-shorter-forms"]),
        ("withdraw 2026-11-20-s", ["2026-11-20-shorter-forms"]),
        ("incident log --id ", ["2026-11-20-checkout-timeouts"]),
        ("incident mark m", ["mitigated"]),
        ("experiment start ", ["2026-11-20-shorter-forms"]),
        ("action done ", ["2026-11-20-checkout-timeouts#a1"]),
        ("reopen ", ["c-h4kzn"]),
        ("incident r", ["review"]),
        ("re", ["reopen"]),
    ],
)
def test_names_are_offered_where_they_are_typed(full: Site, line: str, names: list[str]) -> None:
    assert offered("-C", str(full.root), *line.split(" ")) == names


def test_each_command_is_offered_with_what_it_does() -> None:
    found = main.shell_complete(click.Context(main), "")
    assert {item.value: item.help for item in found} == COMMANDS


@pytest.mark.parametrize(
    ("line", "kind"),
    [("-C op", "dir"), ("check con", "file"), ("attach 2026-w47-platform ph", "file"), ("build --to /s", "file")],
)
def test_where_a_path_is_typed_the_shell_looks_itself(line: str, kind: str) -> None:
    *before, begun = line.split(" ")
    shell = ShellComplete(main, {}, "aboveboard", "_ABOVEBOARD_COMPLETE")
    assert [(item.type, item.value) for item in shell.get_completions(before, begun)] == [(kind, begun)]


@pytest.mark.parametrize("line", ["new weeknote --team ", "correct ", "action done ", "reopen "])
def test_outside_a_project_nothing_is_offered_and_nothing_is_said(tmp_path: Path, line: str) -> None:
    assert offered("-C", str(tmp_path), *line.split(" ")) == []


def test_a_broken_project_offers_what_can_be_known(full: Site) -> None:
    full.write("weeknotes/2026-w46-platform.md", "---\ntitle: [\n---\n")
    full.write("registers/teams.yml", "- [")
    assert offered("-C", str(full.root), "correct", "2026-w4") == ["2026-w46-platform", "2026-w47-platform"]


def test_looking_leaves_nothing_behind(full: Site) -> None:
    before = sorted(full.root.rglob("*"))
    offered("-C", str(full.root), "correct", "")
    assert sorted(full.root.rglob("*")) == before


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_its_script(shell: str) -> None:
    """The line that the operator's page tells people to put into their shell's own file."""
    guide = (REPOSITORY / "content/guide/operating.md").read_text(encoding="utf-8")
    assert f"_ABOVEBOARD_COMPLETE={shell}_source aboveboard" in guide
    done = run(f"{shell}_source")
    assert "_ABOVEBOARD_COMPLETE" in done and f"{shell}_complete" in done
    if program := shutil.which(shell):
        subprocess.run([program, "-n"], input=done, text=True, check=True)


@pytest.mark.skipif(shutil.which("bash") is None, reason="NO BASH: install it to run this test")
def test_bash_completes_a_line(full: Site) -> None:
    script = f"""
      {run("bash_source")}
      COMP_WORDS=(aboveboard -C {full.root} correct 2026-w) COMP_CWORD=4
      _aboveboard_completion {COMMAND}
      printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["2026-w47-platform"]


def run(instruction: str) -> str:
    env = {**os.environ, "_ABOVEBOARD_COMPLETE": instruction}
    done = subprocess.run([COMMAND], env=env, capture_output=True, text=True, check=True)
    return done.stdout


def test_the_version_names_what_makes_the_site() -> None:
    done = subprocess.run([COMMAND, "--version"], capture_output=True, text=True, check=True)
    first, second = done.stdout.splitlines()
    assert first == f"aboveboard {version('aboveboard')}"
    assert second == (
        f"Python {sys.version.split()[0]}, MkDocs {version('mkdocs')}, Material for MkDocs "
        f"{version('mkdocs-material')}, Markdown {version('markdown')}, Pagefind {version('pagefind')}"
    )


@pytest.mark.parametrize("words", ["--version", "--help"])
def test_saying_it_imports_no_engine(words: str) -> None:
    script = (
        f"import sys; from aboveboard.cli import main; main([{words!r}], standalone_mode=False); "
        "print(sorted({'mkdocs', 'material', 'markdown', 'pagefind', 'pydantic'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
