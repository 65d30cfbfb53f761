"""A file is written whole or not at all, and never over one that is there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from aboveboard.content.files import replace_file, write_new
from aboveboard.errors import AlreadyExists


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_holds_the_text_as_it_is(tmp_path: Path) -> None:
    target = tmp_path / "incidents" / "deep" / "a.md"
    write_new(target, "caf\u00e9\r\none\n")
    assert target.read_bytes() == b"caf\xc3\xa9\r\none\n"
    assert names(target.parent) == ["a.md"]


def test_a_new_file_may_be_read_as_the_umask_says(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_new(tmp_path / "a.md", "")
    finally:
        os.umask(before)
    assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("there", ["a file", "a folder", "a link", "a dangling link"])
def test_what_is_there_is_left_as_it_is(tmp_path: Path, there: str) -> None:
    target = tmp_path / "a.md"
    if there == "a file":
        target.write_text("ours")
    elif there == "a folder":
        target.mkdir()
    else:
        target.symlink_to(tmp_path if there == "a link" else tmp_path / "gone")
    with pytest.raises(AlreadyExists) as refused:
        write_new(target, "theirs")
    assert refused.value.path == target
    assert names(tmp_path) == ["a.md"]
    assert there != "a file" or target.read_text() == "ours"


def without_hard_links(*_: object, **__: object) -> None:
    raise PermissionError(1, "Operation not permitted")


def test_without_hard_links_a_new_file_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", without_hard_links)
    write_new(tmp_path / "a.md", "ours")
    assert (names(tmp_path), (tmp_path / "a.md").read_text()) == (["a.md"], "ours")


def test_without_hard_links_what_is_there_is_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.md").write_text("ours")
    monkeypatch.setattr(os, "link", without_hard_links)
    with pytest.raises(AlreadyExists):
        write_new(tmp_path / "a.md", "theirs")
    assert (names(tmp_path), (tmp_path / "a.md").read_text()) == (["a.md"], "ours")


def test_without_hard_links_a_failure_leaves_no_empty_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", without_hard_links)
    monkeypatch.setattr(Path, "replace", without_hard_links)
    with pytest.raises(PermissionError):
        write_new(tmp_path / "a.md", "ours")
    assert names(tmp_path) == []


def test_replacing_keeps_the_mode(tmp_path: Path) -> None:
    target = tmp_path / "a.md"
    target.write_text("old")
    target.chmod(0o604)
    replace_file(target, "new")
    assert (target.read_text(), target.stat().st_mode & 0o777, names(tmp_path)) == ("new", 0o604, ["a.md"])


def test_whoever_has_the_old_file_open_still_reads_the_old_text(tmp_path: Path) -> None:
    target = tmp_path / "a.md"
    target.write_text("old")
    with target.open() as reader:
        replace_file(target, "new")
        assert reader.read() == "old"


def test_replacing_through_a_link_replaces_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_text("old")
    (tmp_path / "a.md").symlink_to("real.md")
    replace_file(tmp_path / "a.md", "new")
    assert (tmp_path / "a.md").is_symlink() and (tmp_path / "real.md").read_text() == "new"


def test_replacing_what_is_not_there_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        replace_file(tmp_path / "a.md", "new")
    assert names(tmp_path) == []


@pytest.mark.parametrize("fails", ["fsync", "chmod", "replace"])
def test_a_failure_half_way_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    (tmp_path / "a.md").write_text("old")
    monkeypatch.setattr(os if fails == "fsync" else Path, fails, without_hard_links)
    with pytest.raises(PermissionError):
        replace_file(tmp_path / "a.md", "new")
    assert (names(tmp_path), (tmp_path / "a.md").read_text()) == (["a.md"], "old")


@pytest.mark.parametrize("write", [write_new, replace_file])
def test_a_text_that_is_no_utf_8_leaves_nothing(tmp_path: Path, write: object) -> None:
    target = tmp_path / ("a.md" if write is write_new else "b.md")
    (tmp_path / "b.md").write_text("old")
    with pytest.raises(UnicodeEncodeError):
        (write_new if write is write_new else replace_file)(target, "\ud800")
    assert (names(tmp_path), (tmp_path / "b.md").read_text()) == (["b.md"], "old")


def test_the_longest_name_a_file_can_have_is_no_obstacle(tmp_path: Path) -> None:
    target = tmp_path / ("\u00e9" * 126 + ".md")
    write_new(target, "a")
    replace_file(target, "b")
    assert target.read_text() == "b"
