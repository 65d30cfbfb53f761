"""The store: it gives back what was put, or nothing; whatever happens to its file, nothing worse."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.content import store
from aboveboard.content.store import NAME, Store

RECORDS = {bytes([n]) * 16: bytes([n]) * (100 * n) for n in range(1, 20)}


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    with_records(tmp_path)
    return tmp_path


def with_records(root: Path) -> Store:
    kept = Store.open(root)
    kept.put_many("entry", RECORDS)
    kept.close()
    return kept


def file_of(root: Path) -> Path:
    return root / ".aboveboard" / NAME


def test_what_was_put_is_there_for_the_next_process(filled: Path) -> None:
    kept = Store.open(filled)
    key = b"\3" * 16
    assert kept.get_all("entry") == RECORDS
    assert kept.get("entry", key) == RECORDS[key]
    assert kept.get("page", key) is None
    assert kept.get_many("entry", [key, b"unknown"]) == {key: RECORDS[key]}
    assert kept.keys("entry") == set(RECORDS)


def test_asking_makes_no_folder(tmp_path: Path) -> None:
    assert Store.open(tmp_path).get_all("entry") == {}
    assert list(tmp_path.iterdir()) == []


def test_nobody_commits_the_folder(filled: Path) -> None:
    assert (filled / ".aboveboard/.gitignore").read_text() == "*\n"


def test_many_keys_are_asked_for_at_once(tmp_path: Path) -> None:
    many = {n.to_bytes(4, "big"): b"x" for n in range(2500)}
    kept = Store.open(tmp_path)
    kept.put_many("page", many)
    assert kept.get_many("page", many) == many


def test_what_is_not_used_goes_but_for_the_last(filled: Path) -> None:
    kept = Store.open(filled)
    used = [b"\1" * 16]
    kept.trim("entry", used, spare=10)
    assert len(kept.keys("entry")) == len(RECORDS)  # not yet twice as many
    kept.trim("entry", used, spare=2)
    assert kept.keys("entry") == {b"\1" * 16, b"\x12" * 16, b"\x13" * 16}


def test_forgotten_is_gone(filled: Path) -> None:
    kept = Store.open(filled)
    kept.forget("entry", RECORDS.keys() - {b"\5" * 16})
    assert kept.keys("entry") == {b"\5" * 16}


@given(st.data())
def test_whatever_happens_to_a_byte_nothing_wrong_is_given(tmp_path_factory: pytest.TempPathFactory, data) -> None:  # type: ignore[no-untyped-def]
    root = tmp_path_factory.mktemp("torn")
    with_records(root)
    file = file_of(root)
    content = bytearray(file.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    size = data.draw(st.sampled_from([len(content), len(content) // 2, 4096, 100, 0]))
    file.write_bytes(content[:size])
    kept = Store.open(root)
    assert kept.get_all("entry").items() <= RECORDS.items()
    assert all(kept.get("entry", key) in (value, None) for key, value in RECORDS.items())
    kept.put_many("entry", {b"new": b"after"})
    # Whatever was broken is found at the latest now, and made anew.
    again = Store.open(root)
    again.put_many("entry", {b"new": b"after"})
    assert Store.open(root).get("entry", b"new") in (b"after", None)
    shutil.rmtree(root)


def test_a_file_that_is_no_database_is_made_anew(filled: Path) -> None:
    file_of(filled).write_bytes(b"nonsense" * 1000)
    kept = Store.open(filled)
    assert kept.get_all("entry") == {}
    kept.put_many("entry", RECORDS)
    assert Store.open(filled).get_all("entry") == RECORDS


def test_a_name_that_is_no_text_is_broken_too(filled: Path) -> None:
    # The database quotes it in what it says, which Python then cannot read.
    torn = file_of(filled).read_bytes().replace(b"room_entry", b"room_\x80ntry", 1)
    file_of(filled).write_bytes(torn)
    kept = Store.open(filled)
    assert kept.get_all("entry") == {}
    kept.put_many("entry", RECORDS)
    assert Store.open(filled).get_all("entry") == RECORDS


def test_a_record_under_another_key_is_dropped(filled: Path) -> None:
    with sqlite3.connect(file_of(filled)) as database:
        database.execute("DELETE FROM room_entry WHERE key = ?", (b"\2" * 16,))
        database.execute("UPDATE room_entry SET key = ? WHERE key = ?", (b"\2" * 16, b"\1" * 16))
        database.execute("UPDATE room_entry SET data = 'text' WHERE key = ?", (b"\3" * 16,))
    kept = Store.open(filled)
    assert kept.get("entry", b"\2" * 16) is None
    assert len(kept.get_all("entry")) == len(RECORDS) - 3
    assert len(kept.keys("entry")) == len(RECORDS) - 3


def test_another_format_is_dropped(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "FORMAT", 99)
    kept = Store.open(filled)
    assert kept.get_all("entry") == {}
    kept.put_many("entry", RECORDS)
    assert kept.get_all("entry") == RECORDS


@pytest.mark.parametrize("what", ["a file in the way", "a folder in the way"])
def test_where_it_cannot_be_the_work_goes_on_without(tmp_path: Path, what: str) -> None:
    if what == "a file in the way":
        (tmp_path / ".aboveboard").write_text("")
    else:
        file_of(tmp_path).mkdir(parents=True)
    kept = with_records(tmp_path)
    assert kept.get_all("entry") == {}
    kept.trim("entry", [])


def test_one_that_is_locked_is_done_without(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "PATIENCE", 0.05)
    other = sqlite3.connect(file_of(filled), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    kept = Store.open(filled)
    assert kept.get_all("entry") == {}
    kept.put_many("entry", {b"new": b"1"})
    other.execute("ROLLBACK")
    other.close()
    assert Store.open(filled).get_all("entry") == RECORDS


def test_the_folder_can_be_deleted_at_any_time(filled: Path) -> None:
    kept = Store.open(filled)
    assert kept.get_all("entry")
    shutil.rmtree(filled / ".aboveboard")
    assert kept.get_all("entry") == {}
    kept.put_many("entry", RECORDS)
    assert Store.open(filled).get_all("entry") == RECORDS


def test_a_forked_child_does_not_touch_it(filled: Path) -> None:
    kept = Store.open(filled)
    assert kept.get_all("entry")
    child = os.fork()
    if child == 0:
        os._exit(0 if kept.get_all("entry") == {} else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert kept.get_all("entry") == RECORDS


WRITER = """
import sys
from pathlib import Path
from aboveboard.content.store import Store
kept = Store.open(Path(sys.argv[1]))
for n in range(100):
    kept.put_many("page", {f"{sys.argv[2]}-{n}".encode(): b"x" * 2000})
"""


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    running = [subprocess.Popen([sys.executable, "-c", WRITER, tmp_path, name]) for name in "ab"]
    assert [process.wait() for process in running] == [0, 0]
    assert len(Store.open(tmp_path).get_all("page")) == 200
