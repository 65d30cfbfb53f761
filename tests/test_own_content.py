"""Our own content: checked clean, true to its form, and saying where it comes from."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from aboveboard.checks.run import check_library
from aboveboard.content.entry import Entry
from aboveboard.content.kinds import EXPERIMENT, INCIDENT
from aboveboard.content.library import load_library
from aboveboard.content.project import load_project
from aboveboard.errors import Severity
from tests.conftest import REPOSITORY

PROJECT = load_project(REPOSITORY / "mkdocs.yml")
assert PROJECT is not None
LIBRARY = load_library(PROJECT)


def test_our_own_content_checks_clean() -> None:
    diagnostics = check_library(LIBRARY, datetime.now(UTC))
    assert [str(d) for d in diagnostics if d.severity is not Severity.INFO] == []


def test_there_is_enough_to_learn_from() -> None:
    assert len([e for e in LIBRARY.of_kind(INCIDENT) if e.is_retold]) >= 6
    assert len([e for e in LIBRARY.of_kind(EXPERIMENT) if e.experiment and e.experiment.result]) >= 3


@pytest.mark.parametrize("entry", [e for e in LIBRARY.entries if e.is_retold], ids=lambda e: e.id)
def test_a_retelling_links_to_the_report(entry: Entry) -> None:
    assert entry.fields.source is not None
    assert entry.fields.source.url is not None
    assert entry.fields.source.url.split("#")[0] in entry.body, "the text links to it as well"


@pytest.mark.parametrize("entry", LIBRARY.of_kind(INCIDENT), ids=lambda e: e.id)
def test_an_incident_names_roles_not_people(entry: Entry) -> None:
    assert entry.fields.authors == []
    assert "@" not in entry.body.replace("](", "")
