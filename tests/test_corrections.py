"""`correct` adds a dated note, `withdraw` leaves a tombstone."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aboveboard.authoring.corrections import plan_correction, plan_withdrawal
from aboveboard.authoring.edits import write_edit
from aboveboard.checks.run import broken_paths, check_library
from aboveboard.content.front_matter import parse_front_matter
from aboveboard.content.kinds import KINDS, Kind
from aboveboard.content.public import publish
from tests.answering import answering
from tests.conftest import INCIDENT, NOW, Site, entry
from tests.touched import (
    OUR_CONTENT,
    OUR_ENTRIES,
    assert_edit,
    assert_touches_only,
    entries,
    library_of,
    made,
)

NAME = "2026-11-20-checkout-timeouts"
PATH = f"incidents/{NAME}.md"
TEXT = entry(f"{INCIDENT}\n# the end")
NOTE = "corrections:\n  - date: 2026-11-23\n    text: It was 41 minutes\n"
WHY = "It told of work that was not announced"
GONE = f"withdrawn:\n  date: 2026-11-23\n  why: {WHY}\n"


@pytest.fixture
def published(site: Site) -> Site:
    """A project with one report that is public."""
    site.write(PATH, TEXT)
    return site


def with_fields(more: str, text: str = TEXT) -> str:
    return text.replace("\n---\n\n", f"\n{more}---\n\n")


# Correct


def test_a_correction_is_a_dated_note_below_the_fields(published: Site) -> None:
    result = published.run("correct", NAME, "It was 41 minutes")
    assert (result.stdout, result.stderr) == (f"{NAME}: 2026-11-23 It was 41 minutes\n", "")
    assert published.read(f"content/{PATH}") == with_fields(NOTE)


def test_a_second_one_follows_the_first_even_in_the_same_words(published: Site) -> None:
    published.run("correct", PATH, "It was 41 minutes")
    published.run("--now", "2026-11-24T09:00Z", "correct", NAME, "It was 41 minutes")
    more = "  - date: 2026-11-24\n    text: It was 41 minutes\n"
    assert published.read(f"content/{PATH}") == with_fields(NOTE + more)


@pytest.mark.parametrize("text", ['Not "14": 41 # minutes', "two\nlines", "? 41", "~", "caf\u00e9 \u65e5"])
def test_whatever_is_said_is_read_back(published: Site, text: str) -> None:
    published.run("correct", NAME, text)
    (note,) = published.library().by_id[NAME].fields.corrections
    assert note.text == text


@pytest.mark.parametrize(
    ("text", "code"), [("", "it is required"), ("The outage was caused by @bob.", "BL001 error")]
)
def test_what_must_not_be_published_is_refused(published: Site, text: str, code: str) -> None:
    assert code in published.run("correct", NAME, text, exit_code=1).stderr
    assert published.read(f"content/{PATH}") == TEXT


def test_a_secret_is_refused_and_not_shown(published: Site) -> None:
    token = "ghp_" + "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5"
    result = published.run("correct", NAME, f"The token was {token}", exit_code=1)
    assert "LK002 error" in result.stderr and token not in result.output
    assert published.read(f"content/{PATH}") == TEXT


def test_what_check_would_advise_is_said_and_written(published: Site) -> None:
    result = published.run("correct", NAME, "The engineer should have checked the replica")
    assert result.stderr.startswith("BL002 warning ")
    assert "should have" in published.read(f"content/{PATH}")


def test_what_stood_there_before_is_no_obstacle(published: Site) -> None:
    published.write(PATH, entry(INCIDENT, "The outage was caused by @bob.\n"))
    assert published.run("correct", NAME, "It was 41 minutes").stderr == ""


def test_a_draft_needs_no_note(published: Site) -> None:
    published.write(PATH, with_fields("draft: true\n"))
    assert "nobody can read it (draft)" in published.run("correct", NAME, "It was 41 minutes").stderr


def test_a_mistyped_name_gets_the_nearest(published: Site) -> None:
    result = published.run("correct", "2026-11-20-checkout-timeuots", "x", exit_code=1)
    assert result.stderr.endswith(f"did you mean {NAME}?\n")


# Withdraw


def test_a_withdrawn_entry_says_when_and_why(published: Site) -> None:
    result = published.run("withdraw", NAME, "--why", WHY)
    assert result.stdout == f"{NAME}: withdrawn, {WHY}\n"
    assert (
        result.stderr
        == """\
its page will show the day and the reason, and nothing else
it leaves lists, feeds and the search, and its pictures go too
its text stays in the history of this repository: withdrawn is not deleted
"""
    )
    assert published.read(f"content/{PATH}") == with_fields(GONE)


def test_it_leaves_the_public_library_and_a_tombstone_stays(published: Site) -> None:
    published.run("withdraw", NAME, "--why", WHY)
    library = published.library()
    public = publish(library, NOW, broken_paths(check_library(library, NOW)))
    assert public.entries == ()
    assert [(stone.id, stone.when, stone.why) for stone in public.tombstones] == [(NAME, date(2026, 11, 23), WHY)]


def test_the_same_reason_again_changes_nothing_and_another_is_refused(published: Site) -> None:
    published.run("withdraw", NAME, "--why", WHY)
    again = published.run("--now", "2026-12-01T09:00Z", "withdraw", NAME, "--why", WHY)
    assert f"{NAME} was withdrawn on 2026-11-23 already\n" in again.stderr
    other = published.run("withdraw", NAME, "--why", "It was boring", exit_code=1)
    assert f"{WHY!r} stands" in other.stderr
    assert published.read(f"content/{PATH}") == with_fields(GONE)


def test_without_a_reason_nothing_is_withdrawn(published: Site) -> None:
    assert "--why TEXT" in published.run("withdraw", NAME, exit_code=1).stderr


def test_the_reason_is_asked_for(published: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, WHY)
    assert published.run("withdraw", NAME).stdout == f"{NAME}: withdrawn, {WHY}\n"


def test_what_was_never_public_gets_no_tombstone(published: Site) -> None:
    published.write(PATH, with_fields("draft: true\n"))
    assert "no page will say that it was withdrawn" in published.run("withdraw", NAME, "--why", WHY).stderr


# Whatever was written


@settings(max_examples=200)
@given(st.data(), st.sampled_from(KINDS))
def test_only_the_lines_of_the_note_come(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, kind: Kind
) -> None:
    text = data.draw(entries(kind)).text
    project, path = made(tmp_path_factory.getbasetemp()), f"{kind.folder}/2026-11-20-a.md"
    found = library_of(project, path, text)
    assert found is not None
    write_edit(plan_correction(*found, "It: was # 41", date(2026, 11, 23)))
    place = len(parse_front_matter(text).values.get("corrections") or [])
    note = {"date": "2026-11-23", "text": "It: was # 41"}
    assert_touches_only(text, (project.content / path).read_bytes().decode(), {("corrections", place): note})


@settings(max_examples=200)
@given(st.data(), st.sampled_from(KINDS))
def test_only_the_lines_of_the_tombstone_come(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, kind: Kind
) -> None:
    text = data.draw(entries(kind)).text
    assert_edit(
        made(tmp_path_factory.getbasetemp()),
        f"{kind.folder}/2026-11-20-a.md",
        text,
        lambda library, entry: plan_withdrawal(library, entry, WHY, date(2026, 11, 23)),
        {("withdrawn",): {"date": "2026-11-23", "why": WHY}},
    )


@pytest.mark.parametrize("path", OUR_ENTRIES)
def test_every_entry_of_our_own_content_can_be_corrected_and_withdrawn(site: Site, path: str) -> None:
    text = (OUR_CONTENT / path).read_bytes().decode()
    assert "\ncorrections:" not in text and "\nwithdrawn:" not in text
    name = path.split("/")[1].removesuffix(".md")
    fence = text.index("\n---\n", 4) + 1
    for words, lines in (
        (["correct", name, "It was 41 minutes"], NOTE),
        (["withdraw", name, "--why", WHY], GONE),
    ):
        site.write(path, text)
        site.run(*words)
        after = text[:fence] + lines + text[fence:]
        assert site.read(f"content/{path}") == after
        if words[0] == "withdraw":
            site.run(*words)
            assert site.read(f"content/{path}") == after
