"""Publishing a commit: what it takes, what it says, what it refuses; and the same bytes from the same commit."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import Result

from aboveboard.content.cache import CACHE
from aboveboard.engine.pagefind import is_installed
from aboveboard.engine.publishing.manifest import format_sums, parse_sums
from tests.conftest import CONFIG, EXPERIMENT, INCIDENT, REPOSITORY, WEEKNOTE, Site, entry
from tests.showcase import fill

COMMAND = Path(sys.executable).with_name("aboveboard")
NOTE = "weeknotes/2026-w47-platform.md"
OLDER = "weeknotes/2026-w46-platform.md"
PAGE = "site/weeknotes/2026-w47-platform/index.html"
SUMS = "SHA256SUMS"
# Our own `site/` is never asked to be committed; `init` writes this.
IGNORED = "/.aboveboard/\n/site\n/.site-releases/\n/deployed.txt\n"


def git(folder: Path, *words: str) -> str:
    named = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", *named, *words], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def commit(site: Site, subject: str = "A change") -> str:
    """Commit all there is; return the commit's id."""
    if not (site.root / ".git").exists():
        git(site.root, "init", "--quiet")
    git(site.root, "add", ".")
    git(site.root, "commit", "--quiet", "--allow-empty", "--message", subject)
    return git(site.root, "rev-parse", "HEAD").strip()


@pytest.fixture
def begun(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A project that is committed; no index is made, for nothing here searches and a third of the time is its."""
    monkeypatch.setattr("aboveboard.engine.publishing.publish.is_installed", lambda: False)
    site.write("/.gitignore", IGNORED)
    site.write(NOTE, entry(WEEKNOTE, "Good news.\n"))
    site.write(OLDER, entry(WEEKNOTE.replace("W47", "W46").replace("-20", "-13"), "Older news.\n"))
    commit(site, "Begin")
    return site


def settings(site: Site, block: str) -> None:
    site.write("/mkdocs.yml", CONFIG.replace("[aboveboard]", f"\n  - aboveboard:\n      {block}"))


def tree(folder: Path, *apart: str) -> dict[str, object]:
    """Return everything in a folder: where links lead, and what files hold."""
    found: dict[str, object] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not any(name == one or name.startswith(f"{one}/") for one in apart):
            found[name] = path.readlink() if path.is_symlink() else path.read_bytes() if path.is_file() else None
    return found


def assert_whole(site: Path) -> None:
    """Assert that a published site is what its sums say, and nothing else."""
    sums = parse_sums((site / SUMS).read_text(encoding="utf-8"), SUMS)
    there = {p.relative_to(site.resolve()).as_posix(): p for p in site.resolve().rglob("*") if p.is_file()}
    assert there.keys() == {*sums, SUMS}
    assert {path: sha256(there[path].read_bytes()).hexdigest() for path in sums} == sums


def refused(site: Site, *words: str) -> Result:
    """Run `publish`, expect that it is refused, and that nothing which readers have is another for it."""
    before = tree(site.root, CACHE, ".git")
    result = site.run("publish", *words, exit_code=1)
    assert tree(site.root, CACHE, ".git") == before
    assert "Traceback" not in result.output
    return result


class TestWhatIsPublished:
    def test_a_release_says_what_it_is_made_of(self, begun: Site) -> None:
        number = git(begun.root, "rev-parse", "HEAD").strip()
        result = begun.run("publish")
        assert "Good news." in begun.read(PAGE)
        assert_whole(begun.root / "site")
        said = json.loads(begun.read("site/release.json"))
        assert (said["commit"], said["now"]) == (number, "2026-11-23T09:00:00Z")
        assert {"aboveboard", "mkdocs", "mkdocs-material", "python"} <= said["versions"].keys()
        assert said["counts"]["entries"] == 2
        assert str(begun.root) not in begun.read("site/release.json") + begun.read(f"site/{SUMS}")
        assert f"commit {number[:12]} Begin" in result.stderr
        assert "--now 2026-11-23T09:00:00Z" in result.stderr

    @pytest.mark.skipif(not shutil.which("sha256sum"), reason="NO SHA256SUM: it is not installed")
    def test_sha256sum_checks_it(self, begun: Site) -> None:
        begun.run("publish")
        check = ["sha256sum", "--check", "--strict", "--quiet", SUMS]
        subprocess.run(check, cwd=begun.root / "site", check=True)
        page = (begun.root / PAGE).resolve()
        page.unlink()
        page.write_text("not this", encoding="utf-8")
        assert subprocess.run(check, cwd=begun.root / "site", check=False, capture_output=True).returncode == 1

    def test_names_that_would_break_a_line_are_written_as_sha256sum_does(self) -> None:
        sums = {"a b.html": "0" * 64, "line\nbreak": "1" * 64, "back\\slash": "2" * 64, "ö": "3" * 64}
        assert parse_sums(format_sums(sums), SUMS) == sums
        assert format_sums(sums).splitlines()[1] == f"\\{'1' * 64}  line\\nbreak"

    def test_it_says_what_is_added_changed_and_how_much_else(self, begun: Site) -> None:
        assert f"nothing is published at {begun.root}/site yet" in begun.run("publish").stderr
        begun.write(NOTE, entry(WEEKNOTE, "Better news.\n"))
        begun.write("incidents/2026-11-20-timeouts.md", entry(INCIDENT))
        commit(begun)
        lines = begun.run("publish").stdout.splitlines()
        assert "added     /incidents/2026-11-20-timeouts/" in lines
        assert "changed   /weeknotes/2026-w47-platform/" in lines
        assert not any("vanished " in line for line in lines)
        assert any(line.startswith("changed   … ") and "that list and count" in line for line in lines)
        assert "changed   /weeknotes/2026-w46-platform/" not in lines
        assert lines[-1].endswith(" other files")

    def test_what_others_wrote_does_not_command_the_terminal(self, begun: Site) -> None:
        commit(begun, "Red \x1b[31m or not")
        assert "\x1b" not in begun.run("publish").output

    def test_the_same_commit_again_changes_nothing(self, begun: Site) -> None:
        begun.run("publish")
        sums = begun.read(f"site/{SUMS}")
        assert "all as they were" in begun.run("publish").stdout
        assert begun.read(f"site/{SUMS}") == sums

    def test_what_is_listed_is_bounded_and_a_dry_run_lists_all(self, begun: Site) -> None:
        for number in range(30):
            begun.write(f"incidents/2026-11-20-n{number:02}.md", entry(INCIDENT))
        commit(begun)
        everything = begun.run("publish", "--dry-run").stdout
        assert "/incidents/2026-11-20-n29/" in everything and "more; --dry-run" not in everything
        lines = begun.run("publish").stdout.splitlines()
        assert sum(line.startswith("added ") for line in lines) == 21
        assert any("more; --dry-run lists all" in line for line in lines)

    def test_somebody_with_a_narrow_umask_publishes_for_everybody(self, begun: Site) -> None:
        before = os.umask(0o077)
        try:
            begun.run("publish")
        finally:
            os.umask(before)
        for path in [begun.root / ".site-releases", *(begun.root / "site").resolve().rglob("*")]:
            wanted = 0o555 if path.is_dir() else 0o444
            assert path.stat().st_mode & wanted == wanted, path

    def test_releases_are_kept_as_many_as_asked(self, begun: Site) -> None:
        settings(begun, "publish: {keep: 2}")
        for number in range(4):
            begun.write(NOTE, entry(WEEKNOTE, f"Edition {number}.\n"))
            commit(begun)
            begun.run("publish")
        releases = begun.root / ".site-releases"
        assert len(list(releases.iterdir())) == 2
        begun.run("publish", "--keep", "1")
        assert [path.name for path in releases.iterdir()] == [(begun.root / "site").resolve().name]

    def test_a_refused_one_costs_no_release_that_is_kept(self, begun: Site) -> None:
        for number in range(3):
            begun.write(NOTE, entry(WEEKNOTE, f"Edition {number}.\n"))
            commit(begun)
            begun.run("publish")
        git(begun.root, "rm", "--quiet", f"content/{OLDER}")
        commit(begun)
        refused(begun)
        assert len(list((begun.root / ".site-releases").iterdir())) == 3

    def test_a_plain_build_does_not_keep_sums_of_other_files(self, begun: Site) -> None:
        begun.run("publish")
        begun.run("build")
        assert_whole(begun.root / "site")
        begun.write(NOTE, entry(WEEKNOTE, "Not committed.\n"))
        begun.run("build")
        assert "Not committed." in begun.read(PAGE)
        assert not (begun.root / "site" / SUMS).exists() and not (begun.root / "site/release.json").exists()
        commit(begun)
        begun.run("publish")
        assert_whole(begun.root / "site")

    def test_content_of_their_names_is_refused(self, begun: Site) -> None:
        begun.write("release.json", "{}")
        commit(begun)
        assert "content/release.json" in refused(begun).stderr


class TestFromTheCommit:
    @pytest.mark.parametrize("how", ["changed", "not in git", "deleted"])
    def test_what_is_not_committed_is_refused(self, begun: Site, how: str) -> None:
        path = {"not in git": "incidents/2026-11-22-draft.md"}.get(how, NOTE)
        if how == "deleted":
            (begun.root / "content" / path).unlink()
        else:
            begun.write(path, entry(INCIDENT, "Not this.\n"))
        error = refused(begun).stderr
        assert f"  content/{path} ({how})" in error
        assert "git add" in error and "git stash" in error

    def test_what_git_ignores_is_not_published_either(self, begun: Site) -> None:
        begun.write("/.gitignore", IGNORED + "content/incidents/\n")
        commit(begun)
        begun.write("incidents/2026-11-22-secret.md", entry(INCIDENT, "Not this.\n"))
        begun.run("publish")
        assert not (begun.root / "site/incidents/2026-11-22-secret").exists()
        begun.run("build")
        assert (begun.root / "site/incidents/2026-11-22-secret").exists(), "a build takes what lies there"

    def test_without_an_ignore_file_the_site_itself_is_nobodys_to_commit(self, begun: Site) -> None:
        begun.write("/.gitignore", "")
        commit(begun)
        begun.run("publish")
        begun.run("publish")

    def test_the_working_folder_is_left_as_it_is(self, begun: Site) -> None:
        before = tree(begun.root, CACHE, ".git", "site", ".site-releases")
        begun.run("publish")
        assert tree(begun.root, CACHE, ".git", "site", ".site-releases") == before
        assert git(begun.root, "status", "--porcelain") == ""
        assert git(begun.root, "symbolic-ref", "--short", "HEAD").strip() == "main"

    def test_a_project_in_a_folder_of_a_repository(self, begun: Site, tmp_path: Path) -> None:
        shutil.rmtree(begun.root / ".git")
        top = Site(tmp_path)
        top.write("/notes.txt", "somebody else's")
        commit(top)
        top.write("/notes.txt", "changed, and not our business")
        begun.run("publish")
        assert "Good news." in begun.read(PAGE)
        assert (begun.root / CACHE / "commit/try/mkdocs.yml").is_file()
        begun.write(NOTE, entry(WEEKNOTE, "Better news.\n"))
        assert f"content/{NOTE} (changed)" in refused(begun).stderr

    def test_the_cache_is_the_projects_own(self, begun: Site) -> None:
        begun.run("publish")
        assert not (begun.root / CACHE / "commit" / CACHE).exists()
        assert "as it was" in begun.run("build").stdout, "a build finds what publishing worked out"

    def test_history_is_asked_there_too(self, begun: Site) -> None:
        path = "experiments/2026-11-20-shorter-forms.md"
        begun.write(path, entry(f"{EXPERIMENT}\nhypothesis: A\nsuccess_criteria: B"))
        commit(begun)
        begun.run("experiment", "start", "2026-11-20-shorter-forms")
        commit(begun)
        begun.run("publish")
        text = begun.read(f"content/{path}")
        begun.write(path, text.replace("hypothesis: A", "hypothesis: Another"))
        commit(begun)
        assert "ST018" in begun.run("check").stdout
        # As an error it can be seen here, for nothing but errors keeps a commit from being published.
        settings(begun, "rules: {ST018: error}")
        commit(begun)
        assert "ST018" in refused(begun).stderr

    @pytest.mark.parametrize("damage", ["gone", "half", "locked", "not ours", "edited", "moved"])
    def test_a_broken_folder_is_made_anew(self, begun: Site, damage: str, tmp_path: Path) -> None:
        begun.run("publish")
        sums, where = begun.read(f"site/{SUMS}"), begun.root / CACHE / "commit"
        if damage == "gone":
            shutil.rmtree(where)
        elif damage == "half":
            (where / ".git").unlink()
        elif damage == "locked":
            (begun.root / ".git/worktrees/commit/index.lock").write_text("")
            (begun.root / ".git/worktrees/commit/locked").write_text("initializing")
        elif damage == "not ours":
            shutil.rmtree(where)
            where.mkdir()
            (where / "mkdocs.yml").write_text("not ours")
        elif damage == "edited":
            (where / "content" / NOTE).write_text(entry(WEEKNOTE, "Not this.\n"))
            (where / "content/incidents").mkdir()
            (where / "content/incidents/2026-11-20-not-this.md").write_text(entry(INCIDENT))
        else:
            begun = Site(shutil.copytree(begun.root, tmp_path / "copy", symlinks=True))
        head = git(begun.root, "symbolic-ref", "HEAD")
        begun.run("publish")
        assert begun.read(f"site/{SUMS}") == sums
        assert git(begun.root, "symbolic-ref", "HEAD") == head and git(begun.root, "status", "--porcelain") == ""

    def test_line_endings_are_those_of_the_commit(self, begun: Site) -> None:
        begun.run("publish")
        sums = begun.read(f"site/{SUMS}")
        shutil.rmtree(begun.root / CACHE)
        git(begun.root, "config", "core.autocrlf", "true")
        begun.run("publish")
        assert begun.read(f"site/{SUMS}") == sums
        # What attributes say is in the commit, and so counts on every machine, also where the files did not change.
        begun.write("/.gitattributes", "*.txt text eol=crlf\n")
        begun.write("lines.txt", "one\ntwo\n")
        commit(begun)
        begun.run("publish")
        assert (begun.root / "site/lines.txt").read_bytes() == b"one\r\ntwo\r\n"
        begun.write("/.gitattributes", "*.txt text eol=lf\n")
        git(begun.root, "add", ".gitattributes")
        git(begun.root, "commit", "--quiet", "--message", "Other line endings")
        begun.run("publish")
        assert (begun.root / "site/lines.txt").read_bytes() == b"one\ntwo\n"

    def test_no_repository_no_commit_no_git(self, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
        site.write(NOTE, entry(WEEKNOTE))
        begin = "git init && git add . && git commit"
        monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(site.root.parent))
        assert f"is in no git repository, and a commit is what is published: {begin}" in one_line(site)
        git(site.root, "init", "--quiet")
        assert begin in one_line(site)
        site.write("/other.txt", "")
        git(site.root, "add", "other.txt")
        git(site.root, "commit", "--quiet", "--message", "Something else")
        assert "mkdocs.yml is in no commit yet: git add mkdocs.yml" in one_line(site)
        monkeypatch.setenv("PATH", str(site.root))
        assert "needs git" in one_line(site)

    def test_submodules_and_pointers_are_refused(self, begun: Site, tmp_path: Path) -> None:
        begun.write("talk.mp4", f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 9\n")
        begun.write("about.md", "# About\n\n```\nversion https://git-lfs.github.com/spec/v1\n```\n")
        commit(begun)
        error = refused(begun).stderr
        assert "Git LFS" in error and "content/talk.mp4" in error and "about.md" not in error
        (begun.root / "content/talk.mp4").unlink()
        other = Site(tmp_path / "other")
        other.write("a.md", "# A\n")
        commit(other)
        git(
            begun.root,
            "-c",
            "protocol.file.allow=always",
            "submodule",
            "--quiet",
            "add",
            str(other.root),
            "content/guide",
        )
        commit(begun)
        error = refused(begun).stderr
        assert "submodule" in error and "content/guide" in error

    def test_from_a_folder_that_is_reached_by_a_link(self, begun: Site, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to(begun.root)
        linked = Site(tmp_path / "link")
        begun.write("/.gitignore", "")
        commit(begun)
        for _ in range(2):
            linked.run("publish", "--to", str(linked.root / "public"))
        assert_whole(begun.root / "public")

    def test_from_a_hook_of_git(self, begun: Site) -> None:
        """A hook is told which repository it is of; the folder of the commit is another work tree."""
        hook = begun.root / ".git/hooks/post-commit"
        hook.write_text(f"#!/bin/sh\nexec {COMMAND} publish\n")
        hook.chmod(0o755)
        begun.write(NOTE, entry(WEEKNOTE, "Straight away.\n"))
        commit(begun)
        assert "Straight away." in begun.read(PAGE)


def one_line(site: Site, *words: str) -> str:
    """Return the single line that a refused `publish` says."""
    lines = refused(site, *words).output.splitlines()
    assert len(lines) == 1, lines
    return lines[0]


class TestWhatIsRefused:
    def test_what_check_finds(self, begun: Site) -> None:
        begun.run("publish")
        begun.write("weeknotes/2026-w48-platform.md", "---\ntitle: [\n---\n")
        commit(begun)
        error = refused(begun).stderr
        assert "content/weeknotes/2026-w48-platform.md:2:8: FM005 error" in error
        assert "nothing was published" in error

    def test_a_dead_link(self, begun: Site) -> None:
        begun.write("about.md", "# About\n\n[gone](nowhere.md)\n")
        commit(begun)
        assert "nowhere.md" in refused(begun).stderr

    def test_what_looking_over_finds(self, begun: Site, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("aboveboard.engine.publishing.publish._look_over", lambda site, prepared: ["a secret"])
        assert "  a secret" in refused(begun).stderr

    def test_an_address_that_would_lead_nowhere(self, begun: Site) -> None:
        begun.run("publish")
        git(begun.root, "rm", "--quiet", f"content/{OLDER}")
        commit(begun)
        result = refused(begun)
        assert "vanished  /weeknotes/2026-w46-platform/" in result.stdout.splitlines()
        assert "would lead nowhere; nothing was published" in result.stderr
        assert "aboveboard withdraw 2026-w46-platform --why" in result.stderr
        assert "    /weeks/2026-w46/: /weeks/" in result.stderr
        assert "`aliases:`" in result.stderr

    def test_one_that_leads_on_or_says_why_is_none(self, begun: Site) -> None:
        begun.write("incidents/2026-11-20-a.md", entry(INCIDENT))
        begun.write("incidents/2026-11-20-b.md", entry(INCIDENT))
        commit(begun)
        begun.run("publish")
        git(begun.root, "mv", "content/incidents/2026-11-20-a.md", "content/incidents/2026-11-20-better.md")
        begun.write("incidents/2026-11-20-better.md", entry(f"{INCIDENT}\naliases: [/incidents/2026-11-20-a/]"))
        begun.run("withdraw", "2026-11-20-b", "--why", "It was not ours")
        commit(begun)
        result = begun.run("publish")
        assert (
            "0 vanished" in result.stdout
            and "changed   /incidents/2026-11-20-a/" not in result.stdout.split("…")[0]
        )
        assert "It was not ours" in begun.read("site/incidents/2026-11-20-b/index.html")

    def test_what_build_made_can_be_removed_instead(self, begun: Site) -> None:
        begun.write("incidents/2026-11-20-only-tried.md", entry(INCIDENT))
        begun.run("build")
        (begun.root / "content/incidents/2026-11-20-only-tried.md").unlink()
        assert "if nobody has read" in refused(begun).stderr
        (begun.root / "site").unlink()
        begun.run("publish")

    def test_a_second_one_meanwhile(self, begun: Site) -> None:
        fcntl = pytest.importorskip("fcntl")
        begun.run("publish")
        with (begun.root / CACHE / "publish.lock").open("r+") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            assert "is being published already (process " in one_line(begun)
        begun.run("publish")

    @pytest.mark.parametrize("where", ["content", ".", "mkdocs.yml"])
    def test_where_the_content_is(self, begun: Site, where: str) -> None:
        refused(begun, "--to", str(begun.root / where))

    def test_content_that_is_not_of_the_commit(self, begun: Site) -> None:
        whole = CONFIG.replace("docs_dir: content", f"docs_dir: {begun.root}/content")
        begun.write("/mkdocs.yml", whole)
        commit(begun)
        assert "docs_dir" in one_line(begun)

    def test_a_site_that_could_be_searched(self, begun: Site, monkeypatch: pytest.MonkeyPatch) -> None:
        if is_installed():
            begun.run("build", "--search")
            assert "can be searched, and without Pagefind the next release could not be" in one_line(begun)
        shutil.rmtree(begun.root / ".site-releases", ignore_errors=True)
        (begun.root / "site").unlink(missing_ok=True)
        assert "Pagefind is not installed" in begun.run("publish").stderr


class TestADryRun:
    def test_it_changes_nothing(self, begun: Site) -> None:
        settings(begun, f"publish: {{deploy: '{sys.executable} -c 1/0'}}")
        commit(begun)
        before = tree(begun.root, CACHE, ".git")
        result = begun.run("publish", "--dry-run")
        assert "added     /weeknotes/2026-w47-platform/" in result.stdout
        assert "nothing was changed" in result.stderr
        assert tree(begun.root, CACHE, ".git") == before, "not even a folder is left"

    def test_it_leaves_every_release_there_is(self, begun: Site) -> None:
        for number in range(3):
            begun.write(NOTE, entry(WEEKNOTE, f"Edition {number}.\n"))
            commit(begun)
            begun.run("publish")
        begun.write(NOTE, entry(WEEKNOTE, "Edition 4.\n"))
        commit(begun)
        before = tree(begun.root, CACHE, ".git")
        assert "changed   /weeknotes/2026-w47-platform/" in begun.run("publish", "--dry-run").stdout
        assert tree(begun.root, CACHE, ".git") == before

    def test_it_lets_nobody_read_more(self, begun: Site) -> None:
        begun.run("publish")
        page = (begun.root / PAGE).resolve()
        page.chmod(0o600)
        begun.run("publish", "--dry-run")
        assert page.stat().st_mode & 0o777 == 0o600
        begun.run("publish")
        assert (begun.root / PAGE).stat().st_mode & 0o777 == 0o644

    def test_it_refuses_what_would_be_refused(self, begun: Site) -> None:
        begun.run("publish")
        git(begun.root, "rm", "--quiet", f"content/{OLDER}")
        commit(begun)
        assert "would lead nowhere" in refused(begun, "--dry-run").stderr


class TestDeploying:
    SCRIPT = "import pathlib, sys\nsite, commit = sys.argv[1:]\nassert pathlib.Path(site, 'SHA256SUMS').is_file()\nprint('sent')\npathlib.Path('deployed.txt').write_text(commit)\n"

    def configure(self, site: Site, script: str = SCRIPT, to: str = "") -> str:
        site.write("/deploy.py", script)
        settings(site, f"publish: {{{to}deploy: '\"{sys.executable}\" deploy.py {{site}} {{commit}}'}}")
        return commit(site)

    def test_the_command_gets_the_site(self, begun: Site, capfd: pytest.CaptureFixture[str]) -> None:
        number = self.configure(begun)
        result = begun.run("publish")
        assert begun.read("deployed.txt") == number
        assert f"deployed: {sys.executable} deploy.py" in result.stderr
        assert "sent" in capfd.readouterr().err, "what it says is no part of the answer"

    def test_it_goes_where_the_settings_say_and_another_place_is_not_deployed(self, begun: Site) -> None:
        self.configure(begun, to="to: public, ")
        begun.run("publish", "--to", str(begun.root / "site"))
        assert not (begun.root / "deployed.txt").exists() and (begun.root / "site" / SUMS).is_file()
        (begun.root / "site").unlink()
        shutil.rmtree(begun.root / ".site-releases")
        begun.run("publish")
        assert (begun.root / "public" / SUMS).is_file() and (begun.root / "deployed.txt").is_file()
        begun.run("publish")

    @pytest.mark.parametrize("command", ["fails", "is not there"])
    def test_one_that_fails_says_what_stands_and_how_to_go_on(self, begun: Site, command: str) -> None:
        self.configure(begun, "import sys\nsys.exit(23)\n")
        if command == "is not there":
            settings(begun, "publish: {deploy: 'no-such-program {site}/'}")
            commit(begun)
        result = begun.run("publish", exit_code=1)
        assert_whole(begun.root / "site")
        *_, first, stands, again = result.stderr.splitlines()
        release = (begun.root / "site").resolve()
        assert first.startswith("aboveboard: published and not deployed: ")
        assert stands.startswith(f"  the release stands at {begun.root / 'site'}")
        assert again.startswith(f"  cd {begun.root} && ")
        number = git(begun.root, "rev-parse", "HEAD").strip()
        assert again.endswith(
            f"deploy.py {release} {number}" if command == "fails" else f"no-such-program {release}/"
        )

    def test_quotes_that_do_not_close_are_found_before_anything_is_done(self, begun: Site) -> None:
        settings(begun, 'publish: {deploy: "rsync \'a"}')
        commit(begun)
        assert "publish.deploy in mkdocs.yml" in one_line(begun)


class TestAgainst:
    @contextmanager
    def serving(self, folder: Path) -> Iterator[str]:
        handler = partial(Quiet, directory=str(folder))
        with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            try:
                yield f"http://127.0.0.1:{server.server_port}/"
            finally:
                server.shutdown()

    def test_a_site_that_is_served(self, begun: Site, tmp_path: Path) -> None:
        begun.run("publish", "--to", str(tmp_path / "www"))
        begun.write(NOTE, entry(WEEKNOTE, "Better news.\n"))
        git(begun.root, "rm", "--quiet", f"content/{OLDER}")
        commit(begun)
        with self.serving(tmp_path / "www") as url:
            error = refused(begun, "--against", url)
            assert "vanished  /weeknotes/2026-w46-platform/" in error.stdout
            assert "changed   /weeknotes/2026-w47-platform/" in error.stdout
            assert "added     /weeknotes/2026-w47-platform/" not in error.stdout
            git(begun.root, "revert", "--no-edit", "HEAD")
            assert "all as they were" in begun.run("publish", "--against", url).stdout
        assert "all as they were" in begun.run("publish", "--dry-run", "--against", str(tmp_path / "www")).stdout

    def test_nothing_is_there_yet(self, begun: Site, tmp_path: Path) -> None:
        with self.serving(tmp_path) as url:
            result = begun.run("publish", "--dry-run", "--against", url)
        assert f"nothing is published at {url.rstrip('/')} yet" in result.stderr

    def test_nobody_answers(self, begun: Site, tmp_path: Path) -> None:
        with self.serving(tmp_path) as url:
            pass
        line = one_line(begun, "--against", url)
        assert "refuses the connection" in line and "try again" in line

    def test_something_else_answers(self, begun: Site, tmp_path: Path) -> None:
        (tmp_path / SUMS).write_text("<!doctype html>")
        with self.serving(tmp_path) as url:
            assert "is no list of sums" in one_line(begun, "--against", url)
        assert "no such folder" in one_line(begun, "--against", "nowhere")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


# As if a machine's clock stood on another day.
LATER = """
import datetime, time
from mkdocs import utils
ahead = 40 * 24 * 3600
clock = time.time
time.time = lambda: clock() + ahead
class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + datetime.timedelta(seconds=ahead)
utils.datetime = Later
"""


@pytest.mark.xdist_group("publish")
class TestTheSameBytes:
    """Two publishes of one commit with one now: other folders, zones, locales, seeds, umasks, days, and pasts."""

    @pytest.mark.parametrize("plugins", ["plugins:\n", "plugins:\n  - search\n"], ids=["ours", "another"])
    def test_of_one_commit(self, tmp_path: Path, plugins: str) -> None:
        first = fill(Site(tmp_path / "one"))
        first.write("/mkdocs.yml", first.read("mkdocs.yml").replace("plugins:\n", plugins))
        first.write("/.gitignore", IGNORED)
        commit(first, "Begin")
        note = next(iter(sorted((first.root / "content/weeknotes").glob("*.md"))))
        first.write(f"weeknotes/{note.name}", note.read_text(encoding="utf-8") + "\nA word more.\n")
        commit(first, "Then")
        second = Site(tmp_path / "elsewhere/ünd noch/two")
        second.root.parent.mkdir(parents=True)
        git(tmp_path, "clone", "--quiet", str(first.root), str(second.root))
        later = tmp_path / "later"
        later.mkdir()
        (later / "sitecustomize.py").write_text(LATER)
        # The one has a past: it published the commit before, earlier, and continues from there.
        git(first.root, "checkout", "--quiet", "HEAD^")
        self.publish(first, "2026-11-21T08:00Z", TZ="UTC", LC_ALL="C", PYTHONHASHSEED="1")
        git(first.root, "checkout", "--quiet", "main")
        self.publish(first, "2026-11-23T09:00Z", TZ="Pacific/Kiritimati", LC_ALL="C.UTF-8", PYTHONHASHSEED="2")
        self.publish(
            second, "2026-11-23T09:00Z", umask="077", TZ="America/Los_Angeles", LC_ALL="POSIX", PYTHONHASHSEED="3",
            ABOVEBOARD_START_METHOD="spawn",
            PYTHONPATH=os.pathsep.join([str(later), *sys.path]),
        )  # fmt: skip
        one, two = (parse_sums(site.read(f"site/{SUMS}"), SUMS) for site in (first, second))
        assert {path for path in one.keys() | two.keys() if one.get(path) != two.get(path)} == set()
        assert first.read(f"site/{SUMS}") == second.read(f"site/{SUMS}")
        assert ("pagefind/pagefind-entry.json" in one) == is_installed()
        self.publish(second, "2026-12-23T09:00Z", TZ="UTC")
        assert first.read(f"site/{SUMS}") != second.read(f"site/{SUMS}"), "another now is another release"

    def publish(self, site: Site, now: str, umask: str = "022", **environment: str) -> None:
        done = subprocess.run(
            ["sh", "-c", f'umask {umask}; exec "$@"', "sh", COMMAND, "--now", now, "publish"],
            cwd=site.root, env={**os.environ, **environment}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr


@pytest.mark.skipif(
    not (REPOSITORY / ".git").exists(), reason="NO REPOSITORY: these are files without their history"
)
def test_our_own_repository_is_published(tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", str(REPOSITORY), "ours")
    Site(tmp_path / "ours").run("publish")
    assert_whole(tmp_path / "ours/site")
