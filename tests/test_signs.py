"""Most texts are never searched: they lack the signs of what a pattern finds. No sign may keep anything from being found."""

from __future__ import annotations

import re
import string
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aboveboard.checks import durations, leftovers
from aboveboard.checks.blame.constructs import Construct, Cues
from aboveboard.checks.blame.judgements import JUDGEMENTS, TONE
from aboveboard.checks.leaks import numbers, pointers, requests
from aboveboard.checks.leaks.families import FAMILIES, SHORTEST
from aboveboard.checks.leaks.text import shape
from aboveboard.checks.reach import colour, lost
from aboveboard.content.text import folded
from tests.tokens import make_tokens

Signed = Callable[[str], bool]


def flat(text: str) -> str:
    return folded(" ".join(text.split()))


def in_shape(signs: tuple[str, ...]) -> Signed:
    return lambda text: any(sign in shape(text) for sign in signs)


def has_sign(construct: Construct) -> Signed:
    return lambda text: any(sign in Cues([text]).flat for sign in construct.signs)


SIGNED: dict[str, tuple[re.Pattern[str], Signed]] = {
    "template": (leftovers._PLACEHOLDER, lambda text: leftovers._is_signed(flat(text))),
    "length": (durations._ABOUT_THE_WHOLE, lambda text: any(sign in flat(text) for sign in durations._SIGNS)),
    "colour": (colour._BY_COLOUR, lambda text: colour._may_show(flat(text))),
    "invisible": (lost._INVISIBLE, lambda text: lost._MAY_BE_INVISIBLE.search(text) is not None),
    "address": (requests._URL, lambda text: requests._URL_SIGN.search(text) is not None),
    "IPv4": (pointers._IPV4, in_shape(pointers._IPV4_SIGNS)),
    **{
        f"number {n}": (re.compile(pattern), in_shape(signs))
        for n, (pattern, signs) in enumerate(numbers._SIGNS.items())
    },
    **{
        f"construct {n}": (re.compile(one.pattern.replace(" ", r"\s+"), re.IGNORECASE), has_sign(one))
        for n, one in enumerate((*JUDGEMENTS, *TONE))
        if one.signs != ("",)
    },
}  # fmt: skip


@pytest.mark.parametrize("name", SIGNED)
def test_what_a_pattern_finds_has_its_sign(name: str) -> None:
    pattern, is_signed = SIGNED[name]

    @settings(max_examples=400)
    @given(st.from_regex(pattern))
    def found(text: str) -> None:
        assert is_signed(text)

    found()


@pytest.mark.parametrize("seed", range(3))
def test_every_token_is_long_and_has_a_sign(seed: int) -> None:
    values = [token.value for token in make_tokens(seed)]
    for family in FAMILIES:
        found = [match[0] for value in values for match in family.pattern.finditer(value)]
        assert all(len(token) >= SHORTEST and any(sign in token for sign in family.signs) for token in found)


@pytest.mark.parametrize("letter", string.ascii_lowercase)
def test_folding_is_what_patterns_do_that_ignore_case(letter: str) -> None:
    found = [match[0] for match in re.finditer(letter, "".join(map(chr, range(0x3000))), re.IGNORECASE)]
    assert found == [character for character in map(chr, range(0x3000)) if folded(character) == letter]
