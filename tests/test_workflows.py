"""The workflows for GitHub: their form is the published one, and their commands run in the order they stand."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from aboveboard.cli import COMMANDS, main
from tests.conftest import REPOSITORY, Site, entry
from tests.test_merging import commit, git

NAMES = ("check", "publish", "schedule")
BIN = Path(sys.executable).parent
# Current majors in November 2026; `publish.yml` says that they are pinned so.
ACTIONS = {
    "actions/cache": "v6",
    "actions/cache/restore": "v6",
    "actions/checkout": "v7",
    "actions/configure-pages": "v6",
    "actions/deploy-pages": "v5",
    "actions/setup-python": "v7",
    "actions/upload-artifact": "v7",
    "actions/upload-pages-artifact": "v5",
}
READ = {"contents": "read"}

# What GitHub's machines have; elsewhere the commands cannot be run.
MISSING = [name for name in ("bash", "curl", "diff", "sed") if shutil.which(name) is None]
runs = pytest.mark.skipif(bool(MISSING), reason=f"needs {', '.join(MISSING)}")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A project as `init --host github` makes it, in git, committed."""
    site = Site(tmp_path / "open-blog")
    result = CliRunner().invoke(main, ["init", str(site.root), "--name", "Try", "--host", "github"])
    assert result.exit_code == 0, result.output
    git(site, "init", "-q")
    commit(site, "Begin")
    return site


def workflow(site: Site, name: str) -> dict[str, Any]:
    # YAML 1.1 reads the key `on` as true.
    read = yaml.safe_load(site.read(f".github/workflows/{name}.yml"))
    return {("on" if key is True else key): value for key, value in read.items()}


def steps(site: Site, name: str) -> list[dict[str, Any]]:
    return [step for job in workflow(site, name)["jobs"].values() for step in job["steps"]]


class Run:
    """One run of a workflow on this machine: `run` steps in a shell as GitHub's, `uses` steps left out."""

    def __init__(self, site: Site, folder: Path, live: str, now: str) -> None:
        folder.mkdir()
        self.site, self.live = site, live
        self.temp, self.summary, self.output = folder / "temp", folder / "summary.md", folder / "output"
        self.temp.mkdir()
        self.summary.touch()
        self.output.touch()
        kept = {name: value for name, value in os.environ.items() if name in ("HOME", "LANG", "PYTHONPATH")}
        self.environment = kept | {
            "PATH": f"{BIN}:{os.environ['PATH']}",
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_OUTPUT": str(self.output),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "RUNNER_TEMP": str(self.temp),
            "ABOVEBOARD_NOW": now,
            "GIT_CONFIG_GLOBAL": os.devnull,
            # What is installed satisfies requirements.txt; nothing may be fetched.
            "PIP_NO_INDEX": "1",
        }

    def __call__(self, name: str) -> list[str]:
        """Run a workflow's commands in order until one fails; return what each printed."""
        shell = workflow(self.site, name)["defaults"]["run"]["shell"]
        assert shell == "bash"
        return [self._run(step) for step in steps(self.site, name) if "run" in step]

    def _run(self, step: dict[str, Any]) -> str:
        given = {key: self._filled(value) for key, value in step.get("env", {}).items()}
        script = self.temp / "step.sh"
        script.write_text(step["run"])
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.site.root, env=self.environment | given, capture_output=True, text=True, check=False,
        )  # fmt: skip
        script.unlink()
        if done.returncode:
            raise Failed(f"{step.get('name')}: {done.stdout}{done.stderr}")
        return done.stdout

    def _filled(self, value: str) -> str:
        return value.replace("${{ steps.pages.outputs.base_url }}", self.live)


class Failed(Exception):
    """A step ended with an error, and GitHub would stop there."""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def live(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A host with nothing on it yet: its address, and the folder that it serves."""
    folder = tmp_path / "host"
    folder.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/open-blog", folder
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("name", NAMES)
def test_each_is_of_the_form_that_github_publishes(site: Site, name: str) -> None:
    # The schema of SchemaStore comes with the package: nothing is fetched.
    done = subprocess.run(
        [BIN / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", f".github/workflows/{name}.yml"],
        cwd=site.root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_workflow_that_is_wrong_would_be_refused(site: Site) -> None:
    text = site.read(".github/workflows/check.yml")
    site.write("/.github/workflows/wrong.yml", text.replace("runs-on:", "runs_on:"))
    done = subprocess.run(
        [BIN / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", ".github/workflows/wrong.yml"],
        cwd=site.root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1


@pytest.mark.parametrize("name", NAMES)
def test_actions_are_pinned_by_their_major_version_and_say_so(site: Site, name: str) -> None:
    used = [step["uses"].split("@") for step in steps(site, name) if "uses" in step]
    assert [(action, version) for action, version in used if ACTIONS[action] != version] == []
    assert "pinned by their major version" in site.read(f".github/workflows/{name}.yml")


def test_nobody_may_write_but_who_publishes(site: Site) -> None:
    for name in NAMES:
        read = workflow(site, name)
        assert read["permissions"] == READ
        for job, said in read["jobs"].items():
            wanted = {"pages": "write", "id-token": "write"} if job == "deploy" else READ | {"pages": "read"}
            assert said.get("permissions", READ | {"pages": "read"}) == wanted
    for step in (step for name in NAMES for step in steps(site, name)):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"] == {"fetch-depth": 0, "persist-credentials": False}


def test_a_pull_request_from_anybody_sees_no_secret_and_no_token_that_writes(site: Site) -> None:
    text = site.read(".github/workflows/check.yml")
    assert workflow(site, "check")["on"] == "pull_request", "never pull_request_target"
    assert "secrets." not in text and "write" not in re.sub(r"#.*", "", text)
    # Titles and branch names are others' words: none stands in a command.
    assert [step["run"] for name in NAMES for step in steps(site, name) if "${{" in step.get("run", "")] == []


def test_what_has_a_schedule_stands_alone(site: Site) -> None:
    assert [name for name in NAMES if "schedule" in workflow(site, name)["on"]] == ["schedule"]
    assert set(workflow(site, "schedule")["on"]) == {"schedule", "workflow_dispatch"}
    groups = {name: workflow(site, name)["concurrency"] for name in ("publish", "schedule")}
    assert groups["publish"] == groups["schedule"] == {"group": "pages", "cancel-in-progress": False}


@runs
def test_a_push_to_main_makes_the_site_that_is_deployed(
    site: Site, tmp_path: Path, live: tuple[str, Path]
) -> None:
    run = Run(site, tmp_path / "run", live[0], "2026-11-24T09:00Z")
    run("publish")
    upload = next(s for s in steps(site, "publish") if "upload-pages-artifact" in s.get("uses", ""))
    assert upload["with"]["path"] == "${{ runner.temp }}/site"
    assert (run.temp / "site" / "index.html").is_file()
    assert (run.temp / "site" / "pagefind").is_dir(), "search works"
    assert git(site, "status", "--porcelain") == "", "the working folder stays clean"


@runs
def test_a_pull_request_is_told_what_is_wrong_at_its_line(site: Site, tmp_path: Path) -> None:
    site.write("weeknotes/2026-w47-try.md", entry("week: 2026-W99\ndate: 2026-11-20\nteam: try"))
    commit(site, "Write")
    run = Run(site, tmp_path / "run", "", "2026-11-24T09:00Z")
    with pytest.raises(Failed, match=r"::error file=content/weeknotes/2026-w47-try\.md,line=2,"):
        run("check")
    assert not (run.temp / "preview").exists()


@runs
def test_the_preview_is_what_the_public_would_see(site: Site, tmp_path: Path) -> None:
    site.write("incidents/2026-11-20-b.md", entry("title: Held back\ndate: 2026-11-20\ndraft: true"))
    site.write("incidents/2026-11-21-c.md", entry("title: Told\ndate: 2026-11-21"))
    commit(site, "Write")
    run = Run(site, tmp_path / "run", "", "2026-11-24T09:00Z")
    annotated = run("check")[1]
    assert "::warning file=content/accessibility.md,line=" in annotated
    preview = run.temp / "preview"
    assert (preview / "incidents/2026-11-21-c/index.html").is_file()
    pages = [path for path in preview.resolve().rglob("*") if path.suffix in (".html", ".json", ".xml")]
    assert pages and not [path for path in pages if "Held back" in path.read_text(encoding="utf-8")]


@runs
def test_a_morning_on_which_something_opens_publishes_it(
    site: Site, tmp_path: Path, live: tuple[str, Path]
) -> None:
    site.write("incidents/2026-11-25-a.md", entry("title: Dated ahead\ndate: 2026-11-25"))
    site.write(
        "incidents/2026-11-20-b.md", entry("title: Still open\ndate: 2026-11-20\nstarted_at: 2026-11-20 02:00")
    )
    commit(site, "Write")
    address, host = live
    before = Run(site, tmp_path / "before", address, "2026-11-24T05:00Z")
    before("publish")
    (host / "open-blog").symlink_to(before.temp / "site")

    same = Run(site, tmp_path / "same", address, "2026-11-24T05:30Z")
    same("schedule")
    assert same.output.read_text() == "changed=false\n"
    assert "Nothing to publish" in same.summary.read_text()

    later = Run(site, tmp_path / "later", address, "2026-11-25T04:17Z")
    later("schedule")
    assert later.output.read_text() == "changed=true\n"
    assert (later.temp / "site/incidents/2026-11-25-a/index.html").is_file()
    waits = later.summary.read_text()
    assert waits.startswith("## What waits\n```text\n") and waits.rstrip().endswith("```")
    assert "Nothing to publish" not in waits


@runs
def test_the_first_morning_finds_nothing_live_and_publishes(
    site: Site, tmp_path: Path, live: tuple[str, Path]
) -> None:
    run = Run(site, tmp_path / "run", live[0], "2026-11-24T05:00Z")
    run("schedule")
    assert run.output.read_text() == "changed=true\n"


def test_deploying_waits_for_a_site_that_is_another(site: Site) -> None:
    jobs = workflow(site, "schedule")["jobs"]
    assert jobs["build"]["outputs"] == {"changed": "${{ steps.compare.outputs.changed }}"}
    assert jobs["deploy"]["if"] == "needs.build.outputs.changed == 'true'"
    upload = next(s for s in jobs["build"]["steps"] if "upload-pages-artifact" in s.get("uses", ""))
    assert upload["if"] == "steps.compare.outputs.changed == 'true'"


def test_every_command_in_them_is_one_of_ours() -> None:
    folder = REPOSITORY / "tooling" / "aboveboard" / "authoring" / "project" / "github"
    text = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.yml"))
    used = set(re.findall(r"^(?:\s*run: |\s+)aboveboard (\w+)", text, re.MULTILINE))
    assert used == {"check", "build", "publish", "due"}
    assert used <= set(COMMANDS)
