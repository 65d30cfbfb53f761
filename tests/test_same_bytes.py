"""What is kept, shared out or remembered is what MkDocs makes from nothing, to the byte, whatever was done before."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.config import load_config

from aboveboard.content import seen
from aboveboard.content.cache import CACHE
from aboveboard.content.project import Project, load_project
from aboveboard.engine import workers
from aboveboard.engine.build import Built, build_site
from aboveboard.engine.prepare import prepare
from aboveboard.outputs.page import Draft
from tests.conftest import NOW, Site
from tests.showcase import fill

CONFIG = """\
site_name: {name}
{url}docs_dir: content
use_directory_urls: {folders}
theme: {{name: material{custom}}}
{nav}plugins:
  - aboveboard:
      organisation: {organisation}
      redirects: {redirects}
"""
CHOICES = {
    "name": ["Try", "Another name"],
    "url": ["", "site_url: https://example.org/blog/\n"],
    "folders": ["true", "false"],
    "custom": ["", ", custom_dir: theme"],
    "nav": ["", "nav: [{Ours: weeknotes/index.md}, {Gone: gone.md}]\n"],
    "organisation": ["Example", "Another & Sons"],
    "redirects": ["{}", "{/gone/: /actions/, /incidents/2026-11-18-b/: /old/}"],
}
ENTRIES = {
    "weeknotes/2026-w46-platform.md": "week: 2026-W46\ndate: 2026-11-13\nteam: platform",
    "weeknotes/2026-w47-platform.md": "week: 2026-W47\ndate: 2026-11-20\nteam: platform",
    "weeknotes/2026-w47-payments.md": "week: 2026-W47\ndate: 2026-11-20\nteam: payments",
    "incidents/2026-11-10-a.md": "title: A\ndate: 2026-11-10\ntimezone: UTC\nstarted_at: 2026-11-10T01:00Z",
    "incidents/2026-11-18-b.md": "title: B\ndate: 2026-11-18\ntimezone: UTC\nservices: [checkout]",
    "experiments/2026-11-01-c.md": "title: C\ndate: 2026-11-01\nstage: running",
}
TEXT = "Some text.\n\n## What happened\n\n- One\n- Two\n"
WORDS = ["A word more.", "## A heading\n\nText.", "[b](../incidents/2026-11-18-b.md)", "[gone](../incidents/none.md)",
         "[page](../about.md#top)", "<b>bold</b>", "![x](https://example.org/x.png)",
         "## Timeline\n\n- 2026-11-10T02:00Z resolved: It was over."]  # fmt: skip
FIELDS = ["title: Another title", "tags: [dns, queues]", "tags: [dns]", "draft: true", "draft: false", "summary: In short.",
          "related: [2026-11-18-b]", "services: [checkout, search]", "lessons: [{id: l1, what: We learned.}]",
          "actions: [{id: a1, what: Do it, owner: platform, due: 2026-11-24}]", "aliases: [/old/]", "lang: de",
          "published: 2026-11-21", "date: 2026-11-25", "updated: 2026-11-22", "authors: [somebody]", "date: wrong"]  # fmt: skip


class Builds(RuleBasedStateMachine):
    """A project that people work on, built after each step as they would and once more from nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="builds-"))
        self.said = {name: choices[0] for name, choices in CHOICES.items()}
        self.now = NOW
        self.way = "ours"

    def teardown(self) -> None:
        shutil.rmtree(self.root, ignore_errors=True)

    @initialize(way=st.sampled_from(["ours", "plain"]))
    def begin(self, way: str) -> None:
        self.way = way
        self.configure()
        for path, fields in ENTRIES.items():
            self.write(f"content/{path}", f"---\n{fields}\n---\n\n{TEXT}")
        self.write("content/about.md", "# About\n\nWho we are.\n")
        self.write("content/registers/teams.yml", "- slug: platform\n  name: Platform\n")

    @rule(place=st.integers(0, 20), words=st.sampled_from(WORDS))
    def write_more(self, place: int, words: str) -> None:
        self.change(place, lambda text: f"{text}\n{words}\n")

    @rule(place=st.integers(0, 20), field=st.sampled_from(FIELDS))
    def set_a_field(self, place: int, field: str) -> None:
        name = field.partition(":")[0]
        self.change(
            place, lambda text: re.sub(rf"(?m)^{name}:.*\n", "", text).replace("---\n", f"---\n{field}\n", 1)
        )

    @rule(place=st.integers(0, 20))
    def take_something_away(self, place: int) -> None:
        if found := self.entries():
            found[place % len(found)].unlink()

    @rule(place=st.integers(0, 20), name=st.sampled_from(["2026-11-18-b", "2026-11-11-moved"]))
    def rename(self, place: int, name: str) -> None:
        if found := self.entries():
            path = found[place % len(found)]
            path.rename(path.with_name(f"{name}.md"))

    @rule(place=st.integers(0, 20), letter=st.sampled_from("xyz"), how=st.sampled_from(["written", "replaced"]))
    def change_a_letter_and_no_time(self, place: int, letter: str, how: str) -> None:
        pictures = (self.root / "content/pictures").glob("*.svg")
        if found := [*self.entries(), *pictures]:
            path = found[place % len(found)]
            before, data = path.stat(), path.read_bytes()
            if how == "replaced":
                path.rename(self.root / "beside")
            path.write_bytes(data[:-2] + letter.encode() + data[-1:])
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
            (self.root / "beside").unlink(missing_ok=True)

    @rule(path=st.sampled_from(sorted(ENTRIES)))
    def write_an_entry(self, path: str) -> None:
        self.write(f"content/{path}", f"---\n{ENTRIES[path]}\n---\n\nWritten anew.\n")

    @rule(
        title=st.sampled_from(
            ["# About\n", "---\ntitle: About & more\n---\n\n# X\n", "---\ndraft: true\n---\n# X\n"]
        )
    )
    def write_a_page(self, title: str) -> None:
        self.write("content/about.md", f"{title}\n## Top\n\nWho we are.\n")

    @rule(
        path=st.sampled_from(["tags/dns.md", "weeks/index.md", "guides/one.md", "pictures/a.svg"]),
        text=st.text(max_size=5),
    )
    def put_something_beside(self, path: str, text: str) -> None:
        self.write(
            f"content/{path}", f"<svg/>{text}" if path.endswith("svg") else "# Our own\n\n[a](../about.md)\n"
        )

    @rule(name=st.sampled_from(["Platform", "The platform team"]))
    def change_a_register(self, name: str) -> None:
        self.write("content/registers/teams.yml", f"- slug: platform\n  name: {name}\n")

    @rule(name=st.sampled_from(sorted(CHOICES)), place=st.integers(0, 1))
    def change_the_configuration(self, name: str, place: int) -> None:
        self.said[name] = CHOICES[name][place]
        self.configure()

    @rule(word=st.sampled_from(["one", "two"]))
    def change_a_template(self, word: str) -> None:
        self.write("theme/partials/ab-footer.html", f"<footer>{word} {{{{ config.site_name }}}}</footer>\n")

    @rule(hours=st.sampled_from([1, 30, 24 * 40]))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(how=st.sampled_from(["gone", "ledgers", "torn"]))
    def lose_the_cache(self, how: str) -> None:
        cache = self.root / CACHE
        if how == "gone":
            shutil.rmtree(cache, ignore_errors=True)
        for path in cache.rglob("*") if how != "gone" else ():
            if path.is_file() and (how == "torn" or path.parent.name == "releases"):
                path.write_bytes(path.read_bytes()[:200] + b"torn")

    @rule(how=st.sampled_from(["written", "removed", "moved"]))
    def touch_the_live_site(self, how: str) -> None:
        page = self.root / "site/index.html"
        if how == "moved" and page.is_file():
            (self.root / "site").replace(self.root / f"site-{len(list(self.root.iterdir()))}")
        elif page.is_file() and how == "written":
            page.write_text("not ours", encoding="utf-8")
        elif page.is_file():
            page.unlink()

    @rule(how=st.sampled_from(["added", "replaced", "removed"]), place=st.integers(0, 2))
    def touch_an_older_release(self, how: str, place: int) -> None:
        live = (self.root / "site").resolve()
        older = [path for path in sorted((self.root / ".site-releases").glob("2*")) if path != live]
        folder = older[place % len(older)] / "incidents" if older else live / "none"
        if folder.is_dir():
            page = folder / ("index.html" if how != "added" else "more.html")
            page.unlink(missing_ok=True)
            if how != "removed":
                page.write_text("not ours", encoding="utf-8")

    @rule(way=st.sampled_from(["ours", "plain"]))
    def build_in_another_way(self, way: str) -> None:
        self.way = way

    @invariant()
    def what_is_built_is_what_mkdocs_builds(self) -> None:
        if not (self.root / "mkdocs.yml").is_file():
            return
        if self.way == "ours":
            build(self.project, self.now)
        else:
            build_plainly(self.root, self.now)
        assert tree(self.root / "site") == from_nothing(self.root, self.now)

    @property
    def project(self) -> Project:
        project = load_project(self.root / "mkdocs.yml")
        assert project is not None
        return project

    def configure(self) -> None:
        self.write("mkdocs.yml", CONFIG.format(**self.said))
        if self.said["custom"] and not (self.root / "theme").is_dir():
            self.change_a_template("one")

    def write(self, path: str, text: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def entries(self) -> list[Path]:
        kinds = ("weeknotes", "incidents", "experiments")
        return sorted(path for kind in kinds for path in (self.root / "content" / kind).glob("*.md"))

    def change(self, place: int, how: Callable[[str], str]) -> None:
        if found := self.entries():
            path = found[place % len(found)]
            path.write_text(how(path.read_text(encoding="utf-8")), encoding="utf-8")


def test_whatever_is_done_a_build_is_what_mkdocs_builds_from_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    # What changed a moment ago is trusted from the next step on.
    monkeypatch.setattr(seen, "SETTLED", 2 * 10**7)
    steps, examples = (12, int(os.environ.get("BUILDS", "4")))
    run_state_machine_as_test(
        Builds, settings=settings(max_examples=examples, stateful_step_count=steps, deadline=None)
    )


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_several_processes_make_the_same_bytes(
    method: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if method == "fork" and not hasattr(os, "fork"):
        pytest.skip("NO FORK: this system cannot fork processes")
    project = showcase(tmp_path)
    monkeypatch.setenv(workers.METHOD, method)
    monkeypatch.setattr(workers, "helpers_for", lambda pieces: 2)
    monkeypatch.setattr("aboveboard.engine.loop.helpers_for", lambda pieces: 2)
    build(project, NOW)
    assert tree(project.site) == from_nothing(project.root, NOW)


def test_the_cache_alone_serves_a_build_on_another_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = showcase(tmp_path / "one")
    build(project, NOW)
    shutil.copytree(
        project.root, tmp_path / "two", ignore=shutil.ignore_patterns("site", ".site-releases", "releases")
    )
    other = load_project(tmp_path / "two/mkdocs.yml")
    assert other is not None
    nothing_is_made(monkeypatch)
    build(other, NOW)
    assert tree(other.site) == tree(project.site)


def nothing_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def made(frame: object, draft: Draft) -> object:
        raise AssertionError(f"{draft.paths} are made again")

    monkeypatch.setattr("aboveboard.engine.made.make", made)


def test_mkdocs_takes_from_the_cache_what_it_would_make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = showcase(tmp_path)
    first = by_mkdocs(project.root, NOW)
    with monkeypatch.context() as patch:
        nothing_is_made(patch)
        assert by_mkdocs(project.root, NOW) == first
    assert by_mkdocs(project.root, NOW) == first == from_nothing(project.root, NOW)


def test_the_menu_keeps_the_titles_of_pages_that_are_kept(tmp_path: Path) -> None:
    project = showcase(tmp_path)
    page = project.content / "about.md"
    page.write_text("---\ntitle: About & more\n---\n\n# X\n", encoding="utf-8")
    for days in range(2):
        build(project, NOW + timedelta(days=days))
        assert ">About &amp; more</a>" in (project.site / "404.html").read_text(encoding="utf-8")


def test_a_build_that_changes_nothing_makes_nothing(tmp_path: Path) -> None:
    project = showcase(tmp_path)
    first, second = build(project, NOW), build(project, NOW)
    assert first.made > 100
    assert (second.made, second.pages) == (0, first.pages)
    assert len(list((tmp_path / ".site-releases").iterdir())) == 1


def test_a_word_more_makes_its_page_and_the_feeds_that_tell_it(tmp_path: Path) -> None:
    project = showcase(tmp_path)
    build(project, NOW)
    before = tree(project.site)
    path = next(iter(sorted((project.content / "weeknotes").glob("*w4*.md"))))
    path.write_text(path.read_text(encoding="utf-8") + "\nA word more.\n", encoding="utf-8")
    build(project, NOW)
    changed = {name for name, data in tree(project.site).items() if before[name] != data}
    assert f"weeknotes/{path.stem}/index.html" in changed
    assert all(name.endswith(("feed.xml", "feed.json")) or path.stem in name for name in changed)


def showcase(root: Path) -> Project:
    fill(Site(root))
    project = load_project(root / "mkdocs.yml")
    assert project is not None
    return project


def build(project: Project, now: datetime) -> Built:
    return build_site(project, prepare(project, now))


def from_nothing(root: Path, now: datetime) -> dict[str, bytes]:
    """Return what MkDocs makes of a copy of a project that never was built."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns(CACHE, "site", ".site-releases"), symlinks=True)
        return by_mkdocs(copy, now)


def by_mkdocs(root: Path, now: datetime, **options: Any) -> dict[str, bytes]:
    """Return what MkDocs's own loop makes of a project, with the cache that is there; ours takes no part in it."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("ABOVEBOARD_NOW", now.isoformat())
        for module in ("loop", "in_place"):
            patch.delattr(f"aboveboard.engine.{module}.run_loop")
        # Without `on_startup` nobody said that this is `mkdocs build`.
        build_with_mkdocs(load_config(str(root / "mkdocs.yml"), site_dir=folder, **options))
        return tree(Path(folder))


def build_plainly(root: Path, now: datetime) -> Path:
    """Do what `mkdocs build` does, and return the folder of the site."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ABOVEBOARD_NOW", now.isoformat())
        config = load_config(str(root / "mkdocs.yml"))
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build_with_mkdocs(config)
        finally:
            config.plugins.on_shutdown()
        return Path(config.site_dir)


def tree(site: Path) -> dict[str, bytes]:
    # A packed file says when it was packed.
    files = (path for path in site.rglob("*") if path.is_file() and path.suffix != ".gz")
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}
