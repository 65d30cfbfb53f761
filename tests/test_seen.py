"""What looks as it did is not read again, and whatever changed looks different: sources, and folders of a release."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.content import seen, source
from aboveboard.content.records import dump
from aboveboard.content.seen import Seen
from aboveboard.content.store import Store
from aboveboard.engine.listed import files_in
from aboveboard.errors import ChangedMeanwhile

NAMES = [f"{number}.md" for number in range(5)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Some files that were written long ago: as far as anybody can tell, the clock is a minute ahead."""
    (tmp_path / "content").mkdir()
    for name in NAMES:
        (tmp_path / "content" / name).write_text(f"text of {name}")
    return tmp_path / "content"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read, as they are read."""
    names: list[str] = []

    def note(path: str) -> bytes:
        names.append(os.path.basename(path))  # noqa: PTH119
        return source.read_file(path)

    monkeypatch.setattr(seen, "read_file", note)
    return names


def later(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    at = time.time_ns() + seconds * 10**9
    monkeypatch.setattr(time, "time_ns", lambda: at)


def look(folder: Path) -> dict[str, bytes]:
    """Look at every file as a run does, and return what it takes them to be."""
    found = Seen(folder, Store.open(folder.parent))
    digests = {name: found.source(name).digest for name in sorted(os.listdir(folder))}  # noqa: PTH208
    found.note()
    return digests


def as_they_are(folder: Path) -> dict[str, bytes]:
    return {path.name: source.digest_source(path.read_bytes()) for path in folder.iterdir()}


def test_what_looks_as_it_did_is_not_read(folder: Path, read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    later(monkeypatch, 60)
    assert look(folder) == as_they_are(folder)
    assert sorted(read) == NAMES
    assert look(folder) == as_they_are(folder)
    assert sorted(read) == NAMES


def put_back_the_time(path: Path) -> None:
    before = path.stat()
    path.write_text("TEXT of 2.md")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def put_another_in_its_place(path: Path) -> None:
    other, before = path.with_name("beside"), path.stat()
    other.write_text("TEXT of 2.md")
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(path)


def lead_it_elsewhere(path: Path) -> None:
    other = path.parent.parent / "elsewhere"
    other.write_text("TEXT of 2.md")
    path.unlink()
    path.symlink_to(other)


def make_it_longer(path: Path) -> None:
    path.write_text("text of 2.md, and more")


@pytest.mark.parametrize(
    "change", [put_back_the_time, put_another_in_its_place, lead_it_elsewhere, make_it_longer]
)
def test_whatever_changed_is_read(
    folder: Path, read: list[str], monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None]
) -> None:
    later(monkeypatch, 60)
    look(folder)
    read.clear()
    time.sleep(0.02)
    change(folder / "2.md")
    assert look(folder) == as_they_are(folder)
    assert read == ["2.md"]


def test_what_changed_just_now_is_not_trusted(folder: Path, read: list[str]) -> None:
    for text in ("one", "two", "six"):
        (folder / "2.md").write_text(text)
        assert look(folder) == as_they_are(folder)
    assert sorted(read) == sorted(NAMES * 3)


def test_while_the_clock_is_behind_everything_is_read(
    folder: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch, -3600)
    for _ in range(2):
        assert look(folder) == as_they_are(folder)
    assert sorted(read) == sorted(NAMES * 2)


def test_a_cache_of_another_folder_tells_nothing(
    folder: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch, 60)
    look(folder)
    other = folder.parent / "other"
    shutil.copytree(folder, other)
    read.clear()
    assert look(other) == as_they_are(other)
    assert sorted(read) == NAMES


def test_where_looks_tell_too_little_everything_is_read(
    folder: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch, 60)
    monkeypatch.setattr(seen, "TELLS", False)
    for _ in range(2):
        assert look(folder) == as_they_are(folder)
    assert sorted(read) == sorted(NAMES * 2)


def test_a_note_that_is_none_of_ours_is_not_believed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    later(monkeypatch, 60)
    look(folder)
    store = Store.open(folder.parent)
    for record in (b"nonsense", dump(dict.fromkeys(NAMES, b"")), dump([1])):
        store.put_many("seen", dict.fromkeys(store.keys("seen"), record))
        assert look(folder) == as_they_are(folder)


def test_nobody_gets_other_bytes_than_were_seen(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    later(monkeypatch, 60)
    look(folder)
    found = Seen(folder, Store.open(folder.parent))
    one, two, three = (found.source(name) for name in NAMES[:3])
    assert one.data == b"text of 0.md"
    (folder / "1.md").write_text("another text")
    (folder / "2.md").unlink()
    for changed in (two, three):
        with pytest.raises(ChangedMeanwhile, match="changed while this was running"):
            _ = changed.data


# ---------------------------------------------------------------------------------------- a release

PLACES = st.sampled_from(
    ["a/index.html", "a/b/index.html", "b/index.html", "index.html", "b/c/d/x.css", "search/x"]
)
STEPS = st.lists(
    st.tuples(st.sampled_from(["write", "replace", "unlink", "move", "link", "rename"]), PLACES, PLACES)
)


def step(root: Path, how: str, one: str, other: str) -> None:
    path, target = root / one, root / other
    if how in ("write", "replace"):
        if how == "replace":
            path.unlink(missing_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(how)
    elif how == "unlink":
        path.unlink(missing_ok=True)
    elif how == "move" and path.parent != root:
        path.parent.rename(root / f"moved {one.replace('/', ' ')}")
    elif how == "link" and path.is_file() and not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        os.link(path, target)
    elif how == "rename" and path.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)


@given(STEPS)
def test_a_folder_is_listed_as_it_is(tmp_path_factory: pytest.TempPathFactory, steps) -> None:  # type: ignore[no-untyped-def]
    base = tmp_path_factory.mktemp("base")
    root, store = base / "release", Store.open(base)
    (root / "a/b").mkdir(parents=True)
    (root / "a/b/index.html").write_text("x")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(seen, "SETTLED", 2 * 10**7)
        for one in steps:
            try:
                step(root, *one)
            except OSError:  # a file where a folder would have to be
                continue
            assert files_in(str(root), "search", store) == files_in(str(root), "search")
            time.sleep(0.005)
    shutil.rmtree(base)


def test_folders_that_look_as_they_did_are_not_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        (tmp_path / f"site/{number}").mkdir(parents=True)
        (tmp_path / f"site/{number}/index.html").write_text("x")
    later(monkeypatch, 60)
    store, listed = Store.open(tmp_path), []
    found = files_in(str(tmp_path / "site"), "", store)
    (tmp_path / "site").rename(tmp_path / "another name")
    scandir = os.scandir

    def note(path: str):  # type: ignore[no-untyped-def]
        listed.append(path.removeprefix(str(tmp_path)))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", note)
    (tmp_path / "another name/1/more.html").write_text("x")
    assert files_in(str(tmp_path / "another name"), "", store).keys() == {*found, "1/more.html"}
    assert "/another name/1/" in listed
    assert "/another name/0/" not in listed
