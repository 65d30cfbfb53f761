"""What exists is documented, and what is documented exists."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

import click
import pytest
from pydantic import BaseModel

from aboveboard.checks.run import all_rules
from aboveboard.cli import COMMANDS, main
from aboveboard.content.fields.describe import describe_fields
from aboveboard.content.kinds import KINDS
from aboveboard.content.problems import ProblemKind
from aboveboard.content.registers import RECORDS
from aboveboard.content.settings import Settings
from aboveboard.outputs.machines.data.datasets import DATASETS, Dataset
from tests.conftest import REPOSITORY, WEEKNOTE, Site, entry

sys.path.insert(0, str(REPOSITORY / "tooling"))
import reference

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_the_generated_references_are_up_to_date() -> None:
    assert reference.run(check=True) == 0


def leaves() -> Iterator[tuple[str, click.Command]]:
    """Yield every command that does something with the words it is called by: `incident log`."""
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        assert command is not None
        if isinstance(command, click.Group):
            for below in command.list_commands(click.Context(command)):
                inner = command.get_command(click.Context(command), below)
                assert inner is not None
                yield f"{name} {below}", inner
        else:
            yield name, command


@pytest.mark.parametrize(
    ("words", "command"), list(leaves()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_command_has_help_and_an_example(words: str, command: click.Command) -> None:
    text = "\n".join(reference.helps(words.rsplit(maxsplit=1)[-1], command, click.Context(main), "##"))
    assert "Example:" in text.split("Options:")[1], "the example stands after the options"
    assert f"aboveboard {words}" in text


@pytest.mark.parametrize(
    ("words", "command"), list(leaves()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_no_command_has_more_than_six_options_of_its_own(words: str, command: click.Command) -> None:
    assert len([p for p in command.params if isinstance(p, click.Option)]) <= 6


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_or_the_reference_shows_every_command(name: str) -> None:
    assert f"## {name}" in (REPOSITORY / "content/reference/commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("model", [*(kind.fields for kind in KINDS), *RECORDS.values(), Settings])
def test_every_field_says_what_it_is(model: type[BaseModel]) -> None:
    for field in describe_fields(model):
        assert field.description, f"{model.__name__}.{field.name}"
        assert field.form, f"{model.__name__}.{field.name}"
        if field.parts:
            test_every_field_says_what_it_is(field.parts)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_every_rule_says_why_and_shows_both_sides(rule: ProblemKind) -> None:
    assert rule.why.endswith("."), rule.code
    assert rule.bad and rule.good, rule.code


def test_codes_are_of_one_form_and_unique() -> None:
    codes = [rule.code for rule in all_rules()]
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch(r"[A-Z]{2}\d{3}", code) for code in codes)


def test_the_readme_opens_with_the_two_commands() -> None:
    lines = [line for line in README.splitlines() if line.strip()]
    assert lines[1].strip().startswith("make site")
    assert lines[2].strip().startswith("make test")


def test_the_makefile_is_short() -> None:
    assert len((REPOSITORY / "Makefile").read_text().splitlines()) <= 40


@pytest.mark.parametrize("room", ["content", "insight", "authoring", "checks", "outputs", "engine", "cli"])
def test_contributing_names_every_room(room: str) -> None:
    assert f"{room}/" in CONTRIBUTING
    assert (REPOSITORY / "tooling/aboveboard" / room / "__init__.py").is_file()


def test_pins_name_no_address() -> None:
    assert not re.search(r"https?:|@ |--(?:extra-)?index", (REPOSITORY / "constraints.txt").read_text())


API = (REPOSITORY / "content/reference/api.md").read_text(encoding="utf-8")


def test_the_api_page_names_every_file_that_a_site_has_for_programs(site: Site) -> None:
    """What is built is documented, and what is documented is built."""
    site.write("weeknotes/2026-w47-platform.md", entry(f"{WEEKNOTE}\nservices: [checkout]"))
    site.run("build")
    paths = [path.relative_to(site.root / "site").as_posix() for path in (site.root / "site").rglob("*")]
    built = {f"/{path}" for path in paths if re.search(r"\.(json|csv|ics)$|(feed|due)\.xml$", path)}
    named = API.replace("teams/NAME/", "teams/platform/").replace("services/NAME/", "services/checkout/")
    names = ["index", *(data.name for data in DATASETS)]
    schemas = {f"/api/v1/schemas/{name}.schema.json" for name in names}
    assert "`/api/v1/schemas/NAME.schema.json`" in API
    files = set(re.findall(r"`(/[^`]+\.(?:json|csv|ics|xml))`", named))
    assert built == schemas | files - {"/release.json", "/api/v1/schemas/NAME.schema.json"}


@pytest.mark.parametrize("data", DATASETS, ids=lambda data: data.name)
def test_the_api_page_says_what_every_column_means(data: Dataset[Any]) -> None:
    for column in data.columns:
        assert f"| `{column.name}` | {column.form.words}" in API
        assert column.meaning in API
