"""`close` and `reopen` keep the register of what is closed by exception."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.authoring.closing import Closing, new_reference
from aboveboard.content.documents import parse_document
from aboveboard.content.edit import CannotEdit, Value, plain, set_in_document
from aboveboard.insight.closed import needs_decision, opened_again, still_closed
from tests.answering import answering
from tests.conftest import INCIDENT, Site, entry
from tests.ground.written import texts
from tests.touched import assert_lines_stay, lines_of

REGISTER = "registers/closed.yml"
WORDS = {
    "--kind": "incident",
    "--reason": "security fix in progress",
    "--by": "security lead",
    "--review-by": "2027-01-15",
    "--public": "A report waits until the fix is out",
}
PUBLIC = (
    "A report waits until the fix is out (incident, security fix in progress; security lead, 2026-11-23; "
    "decided again by 2027-01-15)"
)
HEADER = """\
# What is closed by exception, one record each: why, who decided, and by when it is decided again.
# All of this is public. The texts themselves lie outside of this repository.
"""


def record(ref: str, **more: str) -> str:
    fields = {
        "ref": ref,
        "kind": "incident",
        "reason": "security fix in progress",
        "decided_by": "security lead",
        "decided": "2026-11-23",
        "review_by": "2027-01-15",
        "public": "A report waits until the fix is out",
        **more,
    }
    return "- " + "\n  ".join(f"{name}: {value}" for name, value in fields.items()) + "\n"


def flags(**other: str) -> list[str]:
    said = {**WORDS, **{f"--{name.replace('_', '-')}": value for name, value in other.items()}}
    return [word for pair in said.items() for word in pair]


def close(site: Site, *words: str, exit_code: int = 0, **other: str) -> str:
    """Close something with words that are all there; return its reference."""
    result = site.run("close", *words, *flags(**other), exit_code=exit_code)
    return result.stdout.partition(":")[0]


# Close


def test_what_is_closed_is_a_record_in_public(site: Site) -> None:
    result = site.run("close", *flags())
    ref, _, line = result.stdout.strip().partition(": ")
    assert re.fullmatch(r"c-[2-9b-z]{5}", ref)
    assert line == PUBLIC
    assert "what lies in a public repository is public already" in result.stderr
    assert site.read(f"content/{REGISTER}") == HEADER + record(ref)
    assert site.library().registers.closed[ref].public == WORDS["--public"]


def test_the_same_words_close_the_same_thing_once(site: Site) -> None:
    ref = close(site)
    before = site.read(f"content/{REGISTER}")
    again = site.run("--now", "2026-12-01T09:00Z", "close", *flags())
    assert again.stdout == f"{ref}: {PUBLIC}\n"
    other = re.search(r"`aboveboard close (c-\w+)` with the same words closes another one", again.stderr)
    assert site.read(f"content/{REGISTER}") == before
    assert other
    assert close(site, other[1]) == other[1] != ref


def test_on_two_branches_two_things_get_two_references() -> None:
    ours, theirs = Closing(public="A report waits"), Closing(public="A note waits")
    assert new_reference(ours, ()) != new_reference(theirs, ())
    assert new_reference(ours, ()) == new_reference(ours, ())
    assert new_reference(ours, [new_reference(ours, ())]) != new_reference(ours, ())


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "there",
    [
        "# Why this file is here\n",
        "# Why\n- ref: 'old'  # the first\n  kind: incident\n  reason: commercial\n  decided_by: head\n  decided: 2026-01-02\n  review_by: 2027-01-02\n  public: \"One\"\n# the end\n",
        "- {ref: old, kind: incident, reason: commercial, decided_by: head, decided: 2026-01-02, review_by: 2027-01-02, public: One}\n",
        "\ufeff# Marked\n",
    ],
)
def test_what_stands_in_the_register_stays(site: Site, there: str, ending: str) -> None:
    before = there.replace("\n", ending)
    site.write(REGISTER, before)
    ref = close(site)
    after = (site.root / "content" / REGISTER).read_bytes().decode()
    assert after == before + record(ref).replace("\n", ending)


@pytest.mark.parametrize("empty", ["[]\n", "[]  # none\n", "null\n", "~\n", "[]"])
def test_an_empty_list_becomes_lines_below_the_remarks(site: Site, empty: str) -> None:
    site.write(REGISTER, f"# Why\n{empty}")
    ref = close(site)
    remark = "  # none\n" if "#" in empty else ""
    assert site.read(f"content/{REGISTER}") == f"# Why\n{remark}{record(ref)}"


def test_a_last_line_without_an_end_gets_one(site: Site) -> None:
    site.write(REGISTER, record("old").rstrip("\n"))
    ref = close(site, public="Another one")
    assert site.read(f"content/{REGISTER}") == record("old") + record(ref, public="Another one")


def test_a_list_in_brackets_goes_on_in_brackets(site: Site) -> None:
    flow = "{ref: old, kind: incident, reason: commercial, decided_by: head, decided: 2026-01-02, review_by: 2027-01-02, public: One}"
    site.write(REGISTER, f"[{flow}]  # short\n")
    close(site)
    text = site.read(f"content/{REGISTER}")
    assert text.startswith(f"[{flow}, {{ref: c-") and text.endswith("}]  # short\n")


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"kind": "incidnet"}, "no kind is called 'incidnet': did you mean incident?"),
        ({"reason": "personal dta"}, "no reason is called 'personal dta': did you mean personal data?"),
        ({"reason": "because"}, "no reason is called 'because': there are: active investigation, commercial, "),
        ({"review_by": "15/01/2027"}, "--review-by: '15/01/2027' is not a day"),
        ({"review_by": "2026-11-23"}, "--review-by: 2026-11-23 is not ahead"),
        ({"public": "The token is " + "ghp_" + "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5"}, "LK002 error"),
    ],
)
def test_what_the_register_cannot_take_is_refused(site: Site, other: dict[str, str], said: str) -> None:
    assert said in site.run("close", *flags(**other), exit_code=1).stderr
    assert not (site.root / "content" / REGISTER).exists()


@pytest.mark.parametrize("reason", ["Security fix in progress", "security-fix-in-progress"])
def test_a_reason_is_spelt_as_in_the_list(site: Site, reason: str) -> None:
    assert site.library().registers.closed == {}
    ref = close(site, reason=reason)
    assert site.library().registers.closed[ref].reason == "security fix in progress"


def test_everything_that_is_missing_is_named_at_once(site: Site) -> None:
    result = site.run("close", "--kind", "incident", exit_code=1)
    assert result.stderr == "aboveboard: say also --reason, --by, --review-by, --public\n"


def test_what_is_missing_is_asked_for(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answering(
        monkeypatch, "personal dta", "personal data", "data lead", "2026-01-01", "2027-01-01", "One waits"
    )
    result = site.run("close", "--kind", "weeknote")
    assert "did you mean personal data?" in result.stderr and "is not ahead" in result.stderr
    assert len(asked) == 6
    assert result.stdout.endswith(
        ": One waits (weeknote, personal data; data lead, 2026-11-23; decided again by 2027-01-01)\n"
    )


def test_a_reference_that_names_an_entry_is_refused(site: Site) -> None:
    site.write("incidents/2026-11-20-checkout.md", entry(INCIDENT))
    result = site.run("close", "2026-11-20-checkout", *flags(), exit_code=1)
    assert "content/incidents/2026-11-20-checkout.md lies in this repository" in result.stderr
    assert "is no reference" in site.run("close", "The Checkout", *flags(), exit_code=1).stderr
    assert not (site.root / "content" / REGISTER).exists()


def test_a_draft_in_the_repository_is_not_closed(site: Site) -> None:
    site.write("incidents/2026-11-20-checkout.md", entry(f"{INCIDENT}\ndraft: true"))
    site.write("incidents/2026-11-21-open.md", entry(INCIDENT))
    warned = site.run("close", *flags()).stderr
    assert warned.count("WARNING") == 1
    assert "content/incidents/2026-11-20-checkout.md is a draft in this repository" in warned


# Decide again


def test_another_day_of_review_is_a_decision(site: Site) -> None:
    ref = close(site)
    result = site.run("--now", "2027-01-10T09:00Z", "close", ref, "--review-by", "2027-03-01")
    after = HEADER + record(ref, decided="2027-01-10", review_by="2027-03-01")
    assert site.read(f"content/{REGISTER}") == after
    assert result.stdout.endswith("security lead, 2027-01-10; decided again by 2027-03-01)\n")
    again = site.run("--now", "2027-01-20T09:00Z", "close", ref, "--review-by", "2027-03-01")
    assert f"{ref} is closed already, until it is decided again by 2027-03-01" in again.stderr
    assert site.read(f"content/{REGISTER}") == after


def test_another_line_for_the_public_is_none(site: Site) -> None:
    ref = close(site)
    site.run("--now", "2027-01-10T09:00Z", "close", ref, "--public", "It waits")
    assert site.read(f"content/{REGISTER}") == HEADER + record(ref, public="It waits")


def test_past_its_review_it_needs_a_decision(site: Site) -> None:
    ref = close(site)
    assert "ST020" not in site.run("--now", "2027-01-15T09:00Z", "check").stdout
    said = site.run("--now", "2027-01-16T09:00Z", "check", "--select", "ST020").stdout
    assert said.startswith(
        f"content/{REGISTER}:3:3: ST020 warning {ref} needs a decision, which was due by 2027-01-15"
    )
    site.run("--now", "2027-01-16T09:00Z", "close", ref, "--review-by", "2027-03-01")
    assert site.run("--now", "2027-01-16T09:00Z", "check", "--select", "ST020").stdout == ""


# Reopen


def test_what_is_opened_again_stays_in_the_register(site: Site) -> None:
    ref = close(site)
    result = site.run("--now", "2027-01-10T09:00Z", "reopen", ref)
    assert result.stdout.endswith("security lead, 2026-11-23; opened again on 2027-01-10)\n")
    assert "`aboveboard new incident`" in result.stderr
    after = HEADER + record(ref, reopened="2027-01-10")
    assert site.read(f"content/{REGISTER}") == after
    again = site.run("--now", "2027-02-10T09:00Z", "reopen", ref)
    assert again.stderr == f"{ref} was opened again on 2027-01-10 already\n"
    assert site.read(f"content/{REGISTER}") == after
    assert "ST020" not in site.run("--now", "2027-03-01T09:00Z", "check").stdout


def test_what_is_open_is_closed_under_another_reference(site: Site) -> None:
    ref = close(site)
    site.run("reopen", ref)
    assert "close it anew" in site.run("close", ref, "--review-by", "2027-05-01", exit_code=1).stderr
    assert close(site) != ref


def test_a_mistyped_reference_gets_the_nearest(site: Site) -> None:
    ref = close(site)
    assert f"did you mean {ref}?" in site.run("reopen", f"{ref}x", exit_code=1).stderr


def test_the_register_answers_what_is_closed_and_what_was(site: Site) -> None:
    site.write(
        REGISTER,
        record("b", review_by="2027-02-01")
        + record("a", review_by="2026-12-01")
        + record("c", reopened="2026-11-23"),
    )
    registers = site.library().registers
    assert [one.ref for one in still_closed(registers)] == ["a", "b"]
    assert [one.ref for one in needs_decision(registers, date(2026, 12, 2))] == ["a"]
    assert [one.ref for one in needs_decision(registers, date(2026, 12, 1))] == []
    assert [one.ref for one in opened_again(registers)] == ["c"]


# What cannot be edited


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- ref: a\n  ref: b\n", "`ref` stands on line 1 already"),
        ("ref: a\n", "a register is a list"),
        (record("a", decided="yesterday"), "'yesterday' is not a day"),
        (record("a") + record("a"), "'a' is registered twice"),
        (f"{record('a')}...\n", "cannot be edited by itself here"),
    ],
)
def test_a_register_that_is_wrong_is_left_alone(site: Site, text: str, said: str) -> None:
    site.write(REGISTER, text)
    assert said in site.run("close", *flags(public="Another"), exit_code=1).stderr
    assert site.read(f"content/{REGISTER}") == text


def test_a_register_that_is_a_link_is_not_followed(site: Site) -> None:
    site.write("/outside.yml", "[]\n")
    (site.root / "content/registers").mkdir()
    (site.root / "content" / REGISTER).symlink_to(site.root / "outside.yml")
    assert "is a link" in site.run("close", *flags(), exit_code=1).stderr
    assert site.read("outside.yml") == "[]\n"


VALUES: st.SearchStrategy[Value] = st.one_of(
    texts, st.lists(texts, max_size=2), st.dictionaries(st.sampled_from("abc"), texts)
)


@given(
    st.lists(st.dictionaries(st.sampled_from(["ref", "kind", "public"]), texts, min_size=1), max_size=3),
    st.sampled_from(["", "# why\n", "\ufeff", "# why\r\n"]),
    st.booleans(),
    VALUES,
    st.data(),
)
def test_an_edit_of_a_register_changes_nothing_else(
    found: list[dict[str, str]], above: str, flow: bool, value: Value, data: st.DataObject
) -> None:
    text = above
    for place, item in enumerate(found):
        text = set_in_document(text, (place,), item if not flow else {"ref": "a"})
    matter = parse_document(text.removeprefix("\ufeff"))
    values = matter.root.value if matter.root else []
    place = data.draw(st.integers(0, len(values)))
    path = (place,) if place == len(values) else (place, data.draw(st.sampled_from(["ref", "public", "new"])))
    edited = set_in_document(text, path, value)
    after = parse_document(edited.removeprefix("\ufeff"))
    assert after.root is not None
    if len(path) == 1:
        assert after.root.value == [*values, plain(value)]
        assert edited.startswith(text)
    else:
        assert after.root.value == [
            {**item, path[1]: plain(value)} if index == place else item for index, item in enumerate(values)
        ]
        assert_lines_stay(text, edited, list(lines_of(matter, path)))
    assert set_in_document(edited, path, value) == edited


@pytest.mark.parametrize("opened", ["---", "---\n", "--- # nothing yet\n", "# why\n---\r\n", "--- null\n"])
def test_a_register_that_was_opened_and_holds_nothing_is_added_to(opened: str) -> None:
    edited = set_in_document(opened, (0,), {"ref": "c-1"})
    after = parse_document(edited)
    assert after.problems == () and after.root is not None
    assert after.root.value == [{"ref": "c-1"}]
    assert "#" not in opened or opened.split("#")[1].split("\n", maxsplit=1)[0].rstrip("\r") in edited


@given(
    st.text("ab:-#'\" \n\t[]{},|>&*!?~\r", max_size=60),
    st.sampled_from([(0,), (1,), (0, "a"), (0, "b", 0)]),
    VALUES,
)
def test_an_edit_of_anything_at_all_is_right_or_refused(
    text: str, path: tuple[str | int, ...], value: Value
) -> None:
    try:
        edited = set_in_document(text, path, value)
    except CannotEdit:
        return
    after = parse_document(edited)
    assert after.problems == () and after.root is not None
    node = after.root.find(path)
    assert node is not None and node.value == plain(value)
