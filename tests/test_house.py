"""The rules of the house, as CONTRIBUTING states them."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

PACKAGE = REPOSITORY / "tooling" / "aboveboard"
MODULES = sorted(PACKAGE.rglob("*.py"))


def test_imports_go_one_way() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo"],
        cwd=REPOSITORY, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("library", "rooms"),
    [
        ("click", {"cli"}),
        ("mkdocs", {"engine"}),
        ("subprocess", {"content/history.py", "engine"}),
    ],
)
def test_a_library_is_imported_in_its_room_only(library: str, rooms: set[str]) -> None:
    pattern = re.compile(rf"^\s*(?:import|from) {library}\b", re.MULTILINE)
    found = {path.relative_to(PACKAGE).as_posix() for path in MODULES if pattern.search(path.read_text())}
    assert {path for path in found if not any(path.startswith(room) for room in rooms)} == set()


def test_modules_are_small() -> None:
    long = {path.name: n for path in MODULES if (n := len(path.read_text().splitlines())) > 210}
    assert long == {}


def test_functions_are_small() -> None:
    long = {
        f"{path.name}:{f.name}": n for path, f in functions() if (n := (f.end_lineno or 0) - f.lineno + 1) > 60
    }
    assert long == {}


def test_nothing_below_the_doors_asks_a_clock() -> None:
    pattern = re.compile(r"datetime\.now|date\.today|time\.time\(")
    asking = {p.relative_to(PACKAGE).as_posix() for p in MODULES if pattern.search(p.read_text())}
    assert asking <= {"engine/clock.py", "engine/releases.py"}


def test_public_functions_say_what_they_do() -> None:
    silent = [
        f"{path.name}:{f.name}"
        for path, f in functions()
        if not f.name.startswith("_") and not ast.get_docstring(f) and len(f.body) > 3
    ]
    # MkDocs names its hooks, HTMLParser and logging theirs; what they are is written there.
    theirs = re.compile(r"plugin\.py:(on_|load_config)|:(handle_starttag|emit)$|__init__.py:|rule.py:register")
    assert [name for name in silent if not theirs.search(name)] == []


def functions() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                yield path, node
