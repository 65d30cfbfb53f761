"""What the tests share: a project in a temporary folder, the real command line, and one fixed now."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, settings

from aboveboard.cli import main
from aboveboard.content.library import Library, load_library
from aboveboard.content.project import Project, load_project

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# `make fuzz` names the other profile, and how many examples each property gets.
settings.register_profile("quick", max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile(
    "fuzz",
    max_examples=int(os.environ.get("EXAMPLES", "67000")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

REPOSITORY = Path(__file__).resolve().parents[1]
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

CONFIG = "site_name: Try\ndocs_dir: content\ntheme: {name: material}\nplugins: [aboveboard]\n"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, one for all tests of a module."""
    from tests.browsing import browsing

    with browsing() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the site of this repository is served, built once for all tests of a module."""
    from tests.browsing import serving_own_site

    with serving_own_site(tmp_path_factory.mktemp("www") / "site") as root:
        yield root


@pytest.fixture(autouse=True)
def fixed_run(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every test runs at the same instant, without colours, and as nobody's git user."""
    monkeypatch.setenv("ABOVEBOARD_NOW", "2026-11-23T09:00Z")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    yield


@dataclass(frozen=True)
class Site:
    """A project to try things in: write into it, run commands on it, read what came of it."""

    root: Path

    def write(self, path: str, text: str) -> Path:
        """Write a file below `content/`, or from the project's root where `path` begins with a slash."""
        target = self.root / path.lstrip("/") if path.startswith("/") else self.root / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")
        return target

    def run(self, *words: str, exit_code: int = 0) -> Result:
        """Run the command line in the project and expect an exit code."""
        result = CliRunner().invoke(main, ["-C", str(self.root), *words], catch_exceptions=False)
        assert result.exit_code == exit_code, result.output
        return result

    def read(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    @property
    def project(self) -> Project:
        project = load_project(self.root / "mkdocs.yml")
        assert project is not None
        return project

    def library(self) -> Library:
        return load_library(self.project)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A project of four hand-written lines, and nothing else."""
    made = Site(tmp_path / "try")
    made.write("/mkdocs.yml", CONFIG)
    (made.root / "content").mkdir()
    return made


def entry(fields: str, body: str = "Text.\n") -> str:
    """Return the text of an entry; the fields are given as they are typed."""
    return f"---\n{fields.strip()}\n---\n\n{body}"


WEEKNOTE = "week: 2026-W47\ndate: 2026-11-20\nteam: platform"
INCIDENT = "title: Checkout timeouts\ndate: 2026-11-20\ntimezone: UTC"
EXPERIMENT = "title: Shorter forms\ndate: 2026-11-20\nstage: planned"
