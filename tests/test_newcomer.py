"""A newcomer's first ten minutes with the built wheel, without a network: `make newcomer` does it with one."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.packing import build

sys.path.insert(0, str(REPOSITORY / "tooling"))
import asking
import newcomer as proof


def install_offline(newcomer: proof.Newcomer, wheel: Path) -> None:
    """Install the wheel alone; what it depends on is taken from where the tests have it.

    A line in a .pth file adds the test environment's packages. The .pth files that lie there are not read then,
    so its editable install of this checkout is not seen.
    """
    newcomer.run(sys.executable, "-m", "venv", "--without-pip", newcomer.bin.parent)
    python = newcomer.bin / "python"
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", python]
    newcomer.run(*pip, "install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check", wheel)
    packages = newcomer.run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    (Path(packages) / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(REPOSITORY, tmp_path_factory.mktemp("wheel"), "--wheel")


@pytest.fixture(scope="module")
def newcomer(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> proof.Newcomer:
    somebody = proof.Newcomer(tmp_path_factory.mktemp("newcomer"))
    proof.work(somebody, wheel, into=install_offline)
    return somebody


def test_what_runs_is_the_wheel(newcomer: proof.Newcomer, wheel: Path) -> None:
    where = newcomer.run(newcomer.bin / "python", "-c", "import aboveboard; print(aboveboard.__file__)").strip()
    assert Path(where).is_relative_to(newcomer.bin.parent)
    package = Path(where).parent
    for name in zipfile.ZipFile(wheel).namelist():
        if name.startswith("aboveboard/"):
            assert (package.parent / name).is_file(), name


def test_the_site_is_there_at_the_root_and_below_a_path(newcomer: proof.Newcomer) -> None:
    """A plain web server has every page, style, script and link of it, and no page asks another host."""
    assert proof.read(newcomer) == []
    counts = [
        int(name.split(": ")[1].split()[0]) for name, _ in newcomer.steps if name.startswith("every address")
    ]
    assert counts[0] == counts[1] >= 30


def test_the_note_is_on_the_home_page_and_has_a_page(newcomer: proof.Newcomer) -> None:
    notes = (newcomer.published / "weeknotes").glob("2026-w48-*/index.html")
    # Beside the one that `init` wrote.
    (note,) = (path for path in notes if path.parent.name != "2026-w48-working-in-the-open")
    assert "in ten minutes" in note.read_text(encoding="utf-8")
    assert note.parent.name in (newcomer.published / "index.html").read_text(encoding="utf-8")


def test_git_has_everything_and_nothing_that_was_made(newcomer: proof.Newcomer) -> None:
    assert newcomer.run("git", "status", "--porcelain", cwd=newcomer.site) == ""
    kept = newcomer.run("git", "ls-files", cwd=newcomer.site).split()
    assert not [path for path in kept if path.startswith(("site", ".site-releases", ".aboveboard"))]


def test_each_step_is_timed(newcomer: proof.Newcomer) -> None:
    said = proof.table(newcomer.steps)
    assert [line.split("  ")[0] for line in said.splitlines()][1] == "aboveboard init"
    assert said.splitlines()[-1].startswith("in all")


def test_a_missing_page_is_noticed(tmp_path: Path) -> None:
    """The proof can fail: a dead link, a way out of the site, something fetched from elsewhere."""
    (tmp_path / "blog").mkdir()
    (tmp_path / "blog/index.html").write_text(
        '<a href="gone/">x</a><a href="/">y</a><img src="https://example.org/a.png"><a href="https://example.org/">z</a>'
    )
    with asking.plain_server(tmp_path) as root:
        count, wrong = asking.ask_for_everything(f"{root}blog/")
    assert count == 2
    assert sorted(line.split("/blog/")[1] for line in wrong) == [
        " fetches https://example.org/a.png",
        f" leads out of the site to {root}",
        "gone/: HTTP Error 404: File not found",
    ]


def test_what_goes_wrong_stops_it(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no such thing"):
        proof.Newcomer(tmp_path).run(sys.executable, "-c", "raise SystemExit('no such thing')")


def test_the_command_explains_itself() -> None:
    done = subprocess.run(
        [sys.executable, REPOSITORY / "tooling/newcomer.py", "--help"], capture_output=True, text=True, check=True
    )
    assert "--keep" in done.stdout
