"""Plain `mkdocs build`: the site is brought up to date where it stands, and all else is as MkDocs does it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from mkdocs.exceptions import Abort

from aboveboard.engine import loop, workers
from aboveboard.engine.in_place import WAITING
from aboveboard.engine.in_turn import Turn
from aboveboard.engine.ledger import Row
from aboveboard.engine.workshop import Piece, Workshop
from aboveboard.errors import ChangedMeanwhile
from tests.conftest import CONFIG, NOW, WEEKNOTE, Site, entry
from tests.showcase import fill
from tests.test_same_bytes import build_plainly, by_mkdocs, nothing_is_made, tree

MKDOCS = Path(sys.executable).with_name("mkdocs")
NOTE = "weeknotes/2026-w47-platform.md"
PAGE = "site/weeknotes/2026-w47-platform/index.html"


@pytest.fixture
def note(site: Site) -> Site:
    """A site with one weeknote."""
    site.write(NOTE, entry(WEEKNOTE, "Good news.\n"))
    return site


def mkdocs(site: Site, *words: str, exit_code: int = 0, variables: Mapping[str, str] = {}) -> str:
    """Run MkDocs's own command line in a project; return what it said."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **variables}
    done = subprocess.run(
        [MKDOCS, *words], cwd=site.root, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == exit_code, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr + done.stdout


def stamps(folder: Path) -> dict[str, int]:
    return {str(path.relative_to(folder)): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_what_did_not_change_is_not_even_written(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = build_plainly(fill(site).root, NOW)
    before = stamps(folder)
    nothing_is_made(monkeypatch)
    build_plainly(site.root, NOW)
    assert stamps(folder) == before
    assert tree(folder) == by_mkdocs(site.root, NOW)


def test_a_word_more_is_on_its_page_and_nothing_waits(note: Site) -> None:
    mkdocs(note, "build")
    before = stamps(note.root / "site")
    note.write(NOTE, entry(WEEKNOTE, "Newer news.\n"))
    mkdocs(note, "build")
    assert "Newer news." in note.read(PAGE)
    after = stamps(note.root / "site")
    changed = {path for path in after if after[path] != before.get(path)}
    assert all(path.startswith(("feed", "weeknotes/feed", "teams/platform/feed", PAGE[5:])) for path in changed)
    assert not (note.root / "site" / WAITING).exists()


@pytest.mark.parametrize(
    "options",
    [["--site-dir", "elsewhere/site"], ["--no-directory-urls"], ["--clean"], ["--theme", "material"]],
    ids=lambda words: words[0],
)
@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_the_command_line_has_its_say(site: Site, options: list[str], method: str) -> None:
    fill(site)
    folder = site.root / (options[-1] if "--site-dir" in options else "site")
    how: dict[str, Any] = {"use_directory_urls": False} if "--no-directory-urls" in options else {}
    for _ in range(2):
        mkdocs(site, "build", "--quiet", *options, variables={workers.METHOD: method})
        assert tree(folder) == by_mkdocs(site.root, NOW, **how)


@pytest.mark.parametrize(("method", "helpers"), [("fork", 1), ("spawn", 0)])
def test_only_a_process_that_is_forked_can_help(
    site: Site, method: str, helpers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    share = workers.share

    def noted(*arguments: Any) -> Any:
        asked.append(arguments[-1])
        return share(*arguments)

    monkeypatch.setenv(workers.METHOD, method)
    monkeypatch.setattr(loop, "helpers_for", lambda pieces: 1)
    monkeypatch.setattr(loop, "share", noted)
    build_plainly(fill(site).root, NOW)
    assert asked == [helpers]


def test_what_is_not_ours_goes_and_what_is_hidden_stays(note: Site) -> None:
    mkdocs(note, "build")
    for path in ("site/left.html", "site/old/deep/index.html", "site/weeknotes/left.txt", "site/.git/HEAD"):
        note.write(f"/{path}", "theirs")
    note.write(f"/{PAGE}", "touched")
    (note.root / "site/empty").mkdir()
    shutil.rmtree(note.root / "site/feeds")
    note.write("/site/feeds", "a file where a folder has to be")
    mkdocs(note, "build")
    assert note.read("site/.git/HEAD") == "theirs"
    (note.root / "site/.git/HEAD").unlink()
    assert tree(note.root / "site") == by_mkdocs(note.root, NOW)
    assert not any((note.root / "site" / name).exists() for name in ("empty", "old"))


def test_dirty_leaves_what_is_not_ours_and_makes_everything_right(note: Site) -> None:
    mkdocs(note, "build")
    note.write("/site/theirs.html", "theirs")
    note.write("weeknotes/2026-w46-platform.md", entry(WEEKNOTE.replace("W47", "W46").replace("-20", "-13")))
    (note.root / "content" / NOTE).unlink()
    assert "'dirty' build" in mkdocs(note, "build", "--dirty")
    assert note.read("site/theirs.html") == "theirs"
    (note.root / "site/theirs.html").unlink()
    assert tree(note.root / "site") == by_mkdocs(note.root, NOW)


BROKEN = "[gone](nowhere.md), [odd](no-such-place)\n"


@pytest.mark.parametrize("first", [[], ["--quiet"], ["--strict"]], ids=["as it is", "quiet", "strict"])
def test_what_mkdocs_says_of_a_page_it_says_in_every_build(note: Site, first: list[str]) -> None:
    note.write(NOTE, entry(WEEKNOTE, BROKEN))
    note.write("/mkdocs.yml", CONFIG + "nav: [{Notes: weeknotes/index.md}, {Gone: gone.md}]\n")
    mkdocs(note, "build", *first, exit_code=1 if "--strict" in first else 0)
    for words in (["build"], ["build", "--strict"]):
        said = mkdocs(note, *words, exit_code=len(words) - 1)
        assert said.count("WARNING -  Doc file 'weeknotes/2026-w47-platform.md' contains a link 'nowhere.md'") == 1
        assert said.count("INFO    -  Doc file 'weeknotes/2026-w47-platform.md' contains an unrecognized") == 1
        assert said.count("WARNING -  A reference to 'gone.md' is included in the 'nav'") == 1
    assert "Aborted with 2 warnings in strict mode!" in said


def test_it_says_what_mkdocs_says(site: Site) -> None:
    """Line by line, in whatever order, beside MkDocs's own loop."""
    fill(site)
    site.write(NOTE, entry(WEEKNOTE, BROKEN))
    site.write("weeknotes/2026-w45-platform.md", "---\ntitle: [\n---\nNot this.\n")
    site.write("about.md", "# About\n\n[abs](/index.md) [gone](gone.md) [top](#nowhere)\n")
    site.write("/mkdocs.yml", CONFIG.replace("[aboveboard]", "[aboveboard, search]"))
    theirs = lines(mkdocs(site, "build"))
    site.write("/mkdocs.yml", CONFIG)
    for _ in range(2):
        ours = lines(mkdocs(site, "build"))
        assert theirs - ours <= {
            line for line in theirs if "search may change any page" in line or "#nowhere" in line
        }
        assert ours <= theirs


def lines(said: str) -> set[str]:
    return {line for line in said.splitlines() if "Documentation built in" not in line}


def test_where_every_anchor_is_to_be_checked_mkdocs_checks_them(note: Site) -> None:
    note.write(NOTE, entry(WEEKNOTE, "[there](#nowhere)\n"))
    note.write("/mkdocs.yml", CONFIG + "validation: {links: {anchors: warn}}\n")
    for _ in range(2):
        said = mkdocs(note, "build", "--strict", exit_code=1)
        assert "everything is made, as always: `validation` wants a warning of every anchor" in said
        assert "there is no such anchor" in said


def test_beside_another_plugin_everything_is_made_and_a_line_says_why(note: Site) -> None:
    mkdocs(note, "build")
    leave_waiting(note)
    note.write("/mkdocs.yml", CONFIG.replace("[aboveboard]", "[aboveboard, search]"))
    assert "everything is made, as always: the plugin material/search may change" in mkdocs(note, "build")
    assert (note.root / "site/search/search_index.json").is_file()
    assert not (note.root / "site" / WAITING).exists()
    note.write("/mkdocs.yml", CONFIG)
    assert "everything is made" not in mkdocs(note, "build")
    assert tree(note.root / "site") == by_mkdocs(note.root, NOW)


def leave_waiting(site: Site) -> None:
    """Leave a site as a build does that is killed when MkDocs is about to empty the folder."""
    folder = site.root / "site"
    found = list(folder.iterdir())
    (folder / WAITING).mkdir()
    for path in found[1:]:
        path.rename(folder / WAITING / path.name)


@pytest.mark.parametrize("cache", ["there", "gone"])
def test_a_build_that_was_killed_costs_nothing(note: Site, cache: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = build_plainly(note.root, NOW)
    before = stamps(folder)
    leave_waiting(note)
    if cache == "there":
        nothing_is_made(monkeypatch)
    else:
        shutil.rmtree(note.root / ".aboveboard")
    build_plainly(note.root, NOW)
    assert set(stamps(folder)) == set(before)
    assert cache == "gone" or stamps(folder) == before
    assert tree(folder) == by_mkdocs(note.root, NOW)


@pytest.mark.parametrize("moment", [0.4, 0.6, 0.8, 0.95])
def test_a_build_may_be_killed_at_any_moment(site: Site, moment: float) -> None:
    fill(site)
    began = time.monotonic()
    mkdocs(site, "build")
    length = time.monotonic() - began
    for path in (site.root / "content/weeknotes").glob("*.md"):
        path.write_text(path.read_text(encoding="utf-8") + "\nA word more.\n", encoding="utf-8")
    running = subprocess.Popen([MKDOCS, "build", "-q"], cwd=site.root, stderr=subprocess.DEVNULL)
    try:
        running.wait(length * moment)
    except subprocess.TimeoutExpired:
        running.send_signal(signal.SIGKILL)
        running.wait()
    mkdocs(site, "build")
    assert tree(site.root / "site") == by_mkdocs(site.root, NOW)


def test_a_build_waits_for_another_one_of_the_same_folder(note: Site) -> None:
    mkdocs(note, "build")
    turn = Turn(next((note.root / ".aboveboard").glob("*.lock")))
    turn.take()
    note.write(NOTE, entry(WEEKNOTE, "Newer news.\n"))
    with subprocess.Popen([MKDOCS, "build"], cwd=note.root, stderr=subprocess.PIPE, text=True) as second:
        assert second.stderr is not None
        assert any("another build is at work in this folder" in line for line in second.stderr)
        assert "Good news." in note.read(PAGE)
        turn.end()
        second.communicate()
    assert second.returncode == 0
    assert "Newer news." in note.read(PAGE)


def test_two_builds_at_once_come_right(site: Site) -> None:
    fill(site)
    for word in ("One", "Two", "Three"):
        path = site.root / "content/about.md"
        path.write_text(f"# About\n\n{word}.\n", encoding="utf-8")
        both = [subprocess.Popen([MKDOCS, "build"], cwd=site.root, stderr=subprocess.PIPE) for _ in range(2)]
        said = b"".join(one.communicate()[1] for one in both)
        assert [one.returncode for one in both] == [0, 0], said
    mkdocs(site, "build")
    assert tree(site.root / "site") == by_mkdocs(site.root, NOW)


def test_a_build_that_fails_leaves_the_site_that_stood_there(note: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = build_plainly(note.root, NOW)
    before = tree(folder)

    def fail(*_: object, **__: object) -> object:
        raise RuntimeError("the disk is on fire")

    monkeypatch.setattr("aboveboard.engine.plugin.prepare", fail)
    with pytest.raises(RuntimeError, match="on fire"):
        build_plainly(note.root, NOW)
    assert tree(folder) == before
    assert not (folder / WAITING).exists()


def test_where_folders_cannot_be_moved_everything_is_made(note: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = build_plainly(note.root, NOW)
    before = stamps(folder)

    def refuse(*_: object) -> None:
        raise PermissionError("somebody looks into it")

    monkeypatch.setattr(Path, "rename", refuse)
    build_plainly(note.root, NOW)
    assert not set(stamps(folder).items()) & set(before.items())
    assert tree(folder) == by_mkdocs(note.root, NOW)


def test_what_fails_in_another_process_is_one_error_of_mkdocs(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    fill(site)
    parent, finish = os.getpid(), loop._finish

    def fail(shop: Workshop, piece: Piece) -> tuple[str, Row]:
        if os.getpid() != parent:
            raise RuntimeError("the disk is on fire")
        time.sleep(0.01)
        return finish(shop, piece)

    monkeypatch.setattr(loop, "helpers_for", lambda pieces: 1)
    monkeypatch.setattr(loop, "_finish", fail)
    with pytest.raises(Abort):
        build_plainly(site.root, NOW)
    assert "the disk is on fire" in caplog.text


def test_gh_deploy_pushes_what_was_built(note: Site, tmp_path: Path) -> None:
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run([*git, "init", "-q", "--bare", tmp_path / "remote.git"], check=True)
    subprocess.run([*git, "init", "-q"], cwd=note.root, check=True)
    subprocess.run([*git, "remote", "add", "origin", tmp_path / "remote.git"], cwd=note.root, check=True)
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "Begin"], cwd=note.root, check=True)
    who = {f"GIT_{role}_{what}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    for words in ("Good news.", "Newer news."):
        note.write(NOTE, entry(WEEKNOTE, f"{words}\n"))
        mkdocs(note, "gh-deploy", "--ignore-version", variables=who)
        shown = subprocess.run(
            ["git", "show", f"gh-pages:{PAGE[5:]}"],
            cwd=tmp_path / "remote.git",
            capture_output=True,
            text=True,
            check=True,
        )
        assert words in shown.stdout


def test_a_text_that_changes_meanwhile_is_an_error_of_one_line(
    note: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def change(*_: Any) -> None:
        raise ChangedMeanwhile(NOTE)

    monkeypatch.setattr("aboveboard.engine.in_place.run_loop", change)
    with pytest.raises(Abort):
        build_plainly(note.root, NOW)
    assert f"{NOTE} changed while this was running: run it once more" in caplog.text
