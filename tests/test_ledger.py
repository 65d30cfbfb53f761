"""The ledger of a release: it says what was written into it, row by row and as a whole, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.engine.ledger import FOLDER, Ledger, Row, Rows, read_ledger, write_ledger
from aboveboard.engine.others import Others
from tests.conftest import Site

NAMES = st.sampled_from(["a.md", "b.md", "c.md"])
LINES = st.lists(st.sampled_from(["one", "two"]), max_size=2).map(tuple)


@st.composite
def named_rows(draw: st.DrawFn) -> tuple[str, Row]:
    name = draw(NAMES)
    stamp = (draw(st.integers(0, 9)), draw(st.integers(0, 9)))
    files = {f"{name}/{file}": stamp for file in draw(st.sets(st.sampled_from("xyz")))}
    told = {f"/{path}/": str(stamp) for path in files}
    return name, Row(bytes(stamp), files, draw(LINES), draw(LINES), {"d.md": None}, ("2026-11-20", None), told)


@given(st.lists(st.one_of(named_rows(), NAMES)))
def test_rows_are_what_was_put_into_them(steps) -> None:  # type: ignore[no-untyped-def]
    rows, plain = Rows(), dict[str, Row]()
    for step in steps:
        if isinstance(step, tuple):
            rows[step[0]] = plain[step[0]] = step[1]
        elif step in plain:
            del rows[step], plain[step]
    assert dict(rows) == plain
    assert list(rows) == list(plain)
    assert rows.files == {path: stamp for row in plain.values() for path, stamp in row.files.items()}
    assert rows.told == {url: digest for row in plain.values() for url, digest in row.told.items()}
    assert rows.loud == [row for row in plain.values() if row.warnings or row.dead]
    before = dict(rows)
    assert dict(rows | {"a.md": Row(b"", {})}) == plain | {"a.md": Row(b"", {})}
    assert dict(rows) == before


def test_a_ledger_is_read_as_it_was_written(site: Site) -> None:
    rows = Rows({"a.md": Row(b"k", {"a/index.html": (1, 2)}, dead=("gone",))})
    others: Others = {"x.css": ((3, 4), b"look")}
    ledger = Ledger(b"i", b"s", b"m", {"a.md": b"d"}, rows, others, ("a.md",), {"nav": []}, ("z",))
    write_ledger(site.project, "one", ledger)
    again = read_ledger(site.project, "one")
    assert again == ledger
    assert again.files == {"a/index.html": (1, 2), "x.css": (3, 4)}
    assert again.wrong == ["z", "gone"]


@pytest.mark.parametrize("place", [0, 3, 4, 40, -5, -1])
def test_a_ledger_with_one_byte_changed_is_not_believed(site: Site, place: int) -> None:
    write_ledger(site.project, "one", Ledger(inputs=b"i" * 40))
    file = site.project.cache / FOLDER / "one"
    data = bytearray(file.read_bytes())
    data[place] ^= 1
    file.write_bytes(data)
    assert read_ledger(site.project, "one") == Ledger()
