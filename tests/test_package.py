"""The package: everything that a site needs, nothing else, and the same bytes wherever it is built."""

from __future__ import annotations

import email
import re
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
from trove_classifiers import classifiers

from aboveboard import __version__
from aboveboard.content.portable import portability_problems
from tests.conftest import REPOSITORY
from tests.packing import build, copy_sources

PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PACKAGE = REPOSITORY / "tooling" / "aboveboard"
SCAFFOLDS = ("templates", "incident_templates")
INFO = f"aboveboard-{__version__}.dist-info"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(REPOSITORY, tmp_path_factory.mktemp("wheel"), "--wheel")


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(REPOSITORY, tmp_path_factory.mktemp("sdist"), "--sdist")


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    return set(zipfile.ZipFile(wheel).namelist())


def files(folder: Path) -> set[str]:
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in found if "__pycache__" not in path.parts}


def test_the_wheel_has_every_file_of_the_package_and_every_template(names: set[str]) -> None:
    package = {f"aboveboard/{name}" for name in files(PACKAGE)}
    scaffolds = {f"aboveboard/scaffolds/{top}/{name}" for top in SCAFFOLDS for name in files(REPOSITORY / top)}
    about = {f"{INFO}/{name}" for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE")}
    assert names == package | scaffolds | about


def test_nothing_in_the_wheel_is_of_another_sort(names: set[str]) -> None:
    """A stray file of an editor would be listed above on both sides."""
    of_ours = {name for name in names if not name.startswith(INFO)}
    assert {Path(name).suffix for name in of_ours} == {
        ".py", ".j2", ".html", ".xml", ".css", ".js", ".typed", ".yml",
    }  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        "py.typed", "engine/theme/base.html", "outputs/static/aboveboard.js", "authoring/project/mkdocs.yml.j2",
        "scaffolds/templates/page/accessibility.md.j2", "scaffolds/incident_templates/standard.md.j2",
    ],
)  # fmt: skip
def test_what_a_site_cannot_do_without_is_there(names: set[str], name: str) -> None:
    assert f"aboveboard/{name}" in names


def test_the_source_archive_makes_the_same_wheel(sdist: Path, wheel: Path, tmp_path: Path) -> None:
    """And it has what the tests and our own site are made of."""
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (sources,) = tmp_path.iterdir()
    for name in ("tests/test_package.py", "content/about.md", "mkdocs.yml", "Makefile", "RELEASING.md"):
        assert (sources / name).is_file(), name
    assert build(sources, tmp_path / "again", "--wheel").read_bytes() == wheel.read_bytes()


def test_two_builds_are_the_same_bytes(sdist: Path, wheel: Path, tmp_path: Path) -> None:
    """Another folder, no git, files of another day."""
    copy = copy_sources(tmp_path / "elsewhere")
    assert build(copy, tmp_path / "wheel", "--wheel").read_bytes() == wheel.read_bytes()
    assert build(copy, tmp_path / "sdist", "--sdist").read_bytes() == sdist.read_bytes()


def test_the_archives_name_nobodys_machine(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        assert {(member.uname, member.gname, member.uid) for member in archive} == {("", "", 0)}


def test_what_it_says_of_itself(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    said = email.message_from_bytes(archive.read(f"{INFO}/METADATA"))
    assert (said["Name"], said["Version"], said["License-Expression"]) == ("aboveboard", __version__, "MIT")
    assert said["Requires-Python"] == ">=3.11"
    assert said.get_all("Project-URL") is None, "no address is made up"
    assert {line for line in said.get_all("Requires-Dist") or [] if "extra ==" not in line} == {
        re.sub(r"(>=[^,]+),(<\d+)", r"\2,\1", line) for line in PROJECT["dependencies"]
    }
    entry_points = archive.read(f"{INFO}/entry_points.txt").decode()
    assert "aboveboard = aboveboard.cli:main" in entry_points
    assert "[mkdocs.plugins]" in entry_points


def test_its_classifiers_are_known() -> None:
    assert set(PROJECT["classifiers"]) <= set(classifiers)


def test_what_only_developers_need_is_an_extra() -> None:
    extras = PROJECT["optional-dependencies"]
    assert set(extras) == {"search", "dev"}
    needed = {re.split(r"[^\w.-]", line)[0] for line in PROJECT["dependencies"]}
    assert not needed & {re.split(r"[^\w.-]", line)[0] for line in extras["dev"]}


@pytest.mark.parametrize("name", ["build", "hatchling"])
def test_what_builds_it_is_pinned(name: str) -> None:
    assert re.search(rf"^{name}==", (REPOSITORY / "constraints.txt").read_text(encoding="utf-8"), re.MULTILINE)


def test_the_changelog_has_a_place_for_this_version_or_the_next() -> None:
    text = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## (Unreleased|\[?{re.escape(__version__)})", text, re.MULTILINE)


# What Linux alone has, or Unix alone; `hasattr` asks before the one use of it there is.
LINUX = re.compile(
    r"\bos\.(fork|sched_\w+|posix_\w+|memfd\w*|eventfd|sendfile|splice|copy_file_range|getuid|geteuid|chown|mkfifo)\b"
    r"|\bimport (fcntl|resource|pwd|grp|termios|tty)\b|[\"']/(proc|sys|dev|run)/|%-[dHmIjMSy]"
)


def test_nothing_needs_linux() -> None:
    using = {
        path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if LINUX.search(path.read_text())
    }
    # Locks are imported where there are any.
    assert using == {"engine/in_turn.py", "engine/workers.py", "engine/publishing/lock.py"}
    assert "except ImportError" in (PACKAGE / "engine/publishing/lock.py").read_text(encoding="utf-8")
    assert 'hasattr(os, "sched_getaffinity")' in (PACKAGE / "engine" / "workers.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "folder", ["tooling", "templates", "incident_templates", "content", "tests", "benchmarks"]
)
def test_every_file_of_ours_can_be_cloned_anywhere(folder: str) -> None:
    named = [f"{folder}/{name}" for name in files(REPOSITORY / folder)]
    assert [(path, problem.message) for path, problem in portability_problems(named)] == []
