"""The benchmarks measure what they say: the same entries every time, edits that are edits, promises put as ratios."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from difflib import ndiff
from pathlib import Path

import pytest
import yaml

from aboveboard.checks.run import check_library
from aboveboard.content.front_matter import parse_front_matter
from aboveboard.content.library import load_library
from aboveboard.content.project import load_project
from aboveboard.errors import Severity
from benchmarks import builders, measure, page, plan, profile, results, targets
from benchmarks.corpus import write_project
from benchmarks.edits import change_title, change_word, find_newest
from benchmarks.rivals.export import ELEVENTY, HUGO, MATERIAL, Rival, export_entry, export_project
from tests.conftest import REPOSITORY

ENTRIES = 80
Texts = dict[str, str]


def texts_of(folder: Path) -> Texts:
    return {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that nobody edits."""
    folder = tmp_path_factory.mktemp("corpus") / "project"
    write_project(folder, ENTRIES)
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project to edit."""
    folder = tmp_path / "project"
    write_project(folder, ENTRIES)
    return folder


class TestCorpus:
    def test_the_same_seed_writes_the_same_bytes(self, written: Path, tmp_path: Path) -> None:
        write_project(tmp_path / "again", ENTRIES)
        assert texts_of(tmp_path / "again") == texts_of(written)
        write_project(tmp_path / "other", ENTRIES, seed=1)
        assert texts_of(tmp_path / "other") != texts_of(written)

    def test_a_folder_that_holds_something_is_left_alone(self, tmp_path: Path) -> None:
        (tmp_path / "mine.md").write_text("mine")
        with pytest.raises(FileExistsError):
            write_project(tmp_path, ENTRIES)
        assert texts_of(tmp_path) == {"mine.md": "mine"}

    def test_nothing_is_wrong_with_it(self, written: Path) -> None:
        found = load_project(written / "mkdocs.yml")
        assert found is not None
        diagnostics = check_library(load_library(found), plan.NOW)
        assert [str(d) for d in diagnostics if d.severity is not Severity.INFO] == []

    def test_it_holds_what_real_ones_hold(self, written: Path) -> None:
        texts = texts_of(written / "content")
        kinds = Counter(path.split("/")[0] for path in texts if path.count("/") == 1)
        assert (kinds["weeknotes"], kinds["experiments"], kinds["incidents"]) == (56, 8, 16)
        entries = [text for path, text in texts.items() if re.match("weeknotes|experiments|incidents", path)]
        for sign in ("\ndraft: true", "\nrelated: ", "](../", "\n```", "\n|---", "\n- ", "\n## "):
            assert any(sign in text for text in entries), sign
        words = [len(text.split("\n---\n", 1)[1].split()) for text in entries]
        assert min(words) >= 400 and max(words) <= 900

    @pytest.mark.parametrize(("entries", "teams"), [(200, 4), (5000, 20), (20_000, 40)])
    def test_registers_grow_slower_than_entries(self, entries: int, teams: int) -> None:
        planned = plan.plan_project(entries, seed=1)
        assert (len(planned.entries), len(planned.teams)) == (entries, teams)
        assert len({entry.path for entry in planned.entries}) == entries


class TestEdits:
    def test_a_changed_word_is_one_word_of_one_body(self, project: Path, written: Path) -> None:
        edit = change_word(project, 3, "zebra")
        before, after = texts_of(written), texts_of(project)
        assert [path for path in after if after[path] != before[path]] == [
            edit.path.relative_to(project).as_posix()
        ]
        path = edit.path.relative_to(project).as_posix()
        changed = [d for d in ndiff(before[path].split(" "), after[path].split(" ")) if d[0] in "-+"]
        assert changed == [f"- {edit.was}", "+ zebra"]
        assert before[path].split("\n---\n")[0] == after[path].split("\n---\n")[0]

    def test_each_edit_changes_the_text_again(self, project: Path) -> None:
        seen = {change_word(project).path.read_text("utf-8") for _ in range(5)}
        assert len(seen) == 5

    def test_a_changed_title_is_nothing_but_the_title(self, project: Path, written: Path) -> None:
        edit = change_title(project, 2)
        path = edit.path.relative_to(project).as_posix()
        before, after = texts_of(written)[path], edit.path.read_text("utf-8")
        assert after == before.replace(f'title: "{edit.was}"', f'title: "{edit.now}"') != before
        assert parse_front_matter(after).problems == ()

    def test_the_newest_are_those_that_the_public_sees(self, written: Path) -> None:
        found = find_newest(written)
        fronts = [yaml.safe_load(path.read_text("utf-8").split("---\n")[1]) for path in found]
        days = [front["date"] for front in fronts]
        assert days == sorted(days, reverse=True)
        assert max(days) <= plan.NOW.date()
        assert not any(front.get("draft") for front in fronts)
        assert {path.parent.name for path in found} == {"weeknotes", "incidents"}


@pytest.mark.parametrize("rival", [MATERIAL, HUGO, ELEVENTY], ids=lambda rival: str(rival.name))
class TestRivals:
    def test_they_get_the_same_entries(self, rival: Rival, written: Path, tmp_path: Path) -> None:
        number = export_project(written, tmp_path / "rival", rival)
        wanted = find_newest(written, ("weeknotes", "experiments", "incidents"))
        found = [p for k in ("weeknotes", "experiments", "incidents")
                 for p in (tmp_path / "rival" / rival.entries / k).iterdir()]  # fmt: skip
        assert number == len(wanted) == len(found)
        for path in wanted:
            text = rival.place(tmp_path / "rival", path.parent.name, path.name).read_text("utf-8")
            last = path.read_text("utf-8").rstrip().rsplit("\n\n", 1)[-1]
            assert last.split("[")[0] in text
            assert yaml.safe_load(text.split("---\n")[1])["title"] in path.read_text("utf-8")

    def test_an_edit_reaches_them(self, rival: Rival, project: Path, tmp_path: Path) -> None:
        export_project(project, tmp_path / "rival", rival)
        edit = change_word(project, 1, "zebra")
        assert "zebra" in export_entry(edit.path, tmp_path / "rival", rival).read_text("utf-8")


def test_links_lead_where_each_rival_has_its_pages(written: Path, tmp_path: Path) -> None:
    for rival, pattern in ((MATERIAL, r"\]\(\.\./\w+/[\w-]+\.md\)"), (HUGO, r"\]\(/\w+/[\w-]+/\)")):
        export_project(written, tmp_path / rival.name, rival)
        text = "".join(texts_of(tmp_path / rival.name / rival.entries).values())
        assert re.search(pattern, text), rival.name
    assert ".md)" not in text


class TestMeasuring:
    def test_memory_counts_the_processes_that_a_command_starts(self, tmp_path: Path) -> None:
        hungry = "x = bytearray(80 * 2**20); import time; time.sleep(0.3)"
        starts = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hungry!r}])"
        done = measure.run([sys.executable, "-c", starts], tmp_path, builders.ENVIRONMENT, watch=True)
        assert done.peak > 80 * 2**20

    def test_a_command_that_fails_is_no_figure(self, tmp_path: Path) -> None:
        with pytest.raises(measure.CommandFailed, match="no such page"):
            measure.run([sys.executable, "-c", "raise SystemExit('no such page')"], tmp_path, builders.ENVIRONMENT)

    def test_a_time_goes_to_the_room_that_was_entered_last(self) -> None:
        outside, ours = (
            ("/x/site-packages/markdown/core.py", "convert"),
            ("/x/aboveboard/outputs/entry/pages.py", "_page"),
        )
        assert profile.room([outside]) == "mkdocs, and what is around it"
        assert profile.room([ours, outside]) == "outputs/entry"
        assert profile.library([ours, outside]) == "markdown"
        root = profile.grow([([ours, outside], 1.0), ([ours], 0.5)])
        assert list(root.below) == ["outputs/entry/pages: _page"] and root.seconds == 1.5


class TestPromises:
    def made(self) -> results.Results:
        # Round figures that nobody measured: only what is said of them matters.
        found = results.Results({"memory": "PSS"})
        for builder, seconds in (("ours", 1.0), ("hugo", 20.0)):
            for run in (seconds * 0.9, seconds, seconds * 5):
                found.add(5000, builder, "edit", run)
        return found

    def test_ratios_are_of_medians(self) -> None:
        said = {target.what: target.said(self.made()) for target in targets.TARGETS}
        assert said["One entry changed, of 5,000, beside Hugo's rebuild"] == ("0.05 \u00d7", "yes")
        assert said["From nothing, 5,000 entries, beside Hugo"] == ("not measured", "")

    def test_a_promise_that_is_not_kept_is_said(self) -> None:
        found = self.made()
        found.runs["5000"]["hugo"]["edit"] = [2.0]
        assert targets.TARGETS[0].said(found) == ("0.5 \u00d7", "no")

    def test_figures_can_be_kept_and_put_together(self, tmp_path: Path) -> None:
        self.made().save(tmp_path / "first.json")
        other = results.Results({"memory": "RSS"})
        other.add(200, "ours", "files", 12)
        other.merge(results.load_results(tmp_path / "first.json"))
        assert other.sizes == [200, 5000] and other.about == {"memory": "PSS"}
        assert "| Files of the site | 12 |" in page.format_size(other, 200)


def test_versions_are_pinned_and_no_address_is_recorded() -> None:
    rivals = REPOSITORY / "benchmarks" / "rivals"
    wanted = json.loads((rivals / "eleventy" / "package.json").read_text())["dependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    lock = json.loads((rivals / "eleventy" / "package-lock.json").read_text())
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
    assert re.search(r"^hugo==[\d.]+$", (rivals / "requirements.txt").read_text(), re.MULTILINE)
