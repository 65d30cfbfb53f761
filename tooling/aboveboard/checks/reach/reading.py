"""AX: how hard a text is to read. Information, never advice that keeps anything from being published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from aboveboard.checks.context import Context
from aboveboard.checks.rule import Finding, rule
from aboveboard.content.entry import Entry
from aboveboard.content.passages import passages
from aboveboard.content.prose import Prose
from aboveboard.errors import Position, Severity

FEWEST_WORDS = 150
HIGHEST_GRADE = 14

_WORD = re.compile(r"[A-Za-z]+(?:['\u2019-][A-Za-z]+)*")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:(?<![td])ed|(?<![szcg])(?<!ch|sh)es|(?<![lei])e)$")
_COMMON = frozenset(
    _WORD.findall(
        "the of and to a in is was that for it on with as at by we had were this not be are from but an our"
    )
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text asks of its readers. `longest`: the words of its longest sentence, and where that begins."""

    words: int
    grade: float
    longest: int
    position: Position


@rule("AX011", Severity.INFO)
def the_text_is_easy_to_read(entry: Entry, context: Context) -> Iterator[Finding]:
    """Long sentences and long words shut out many readers, those in a hurry first. For English texts.

    Bad: sentences of 45 words, each with words such as `operationalisation`
    Good: one thought in a sentence, in the words one would say
    """
    reading = read(entry.prose) if (entry.fields.lang or "en").lower().startswith("en") else None
    if reading and reading.words >= FEWEST_WORDS and reading.grade > HIGHEST_GRADE:
        years = f"about {reading.grade:.0f}" if reading.grade < 20 else "more than 20"
        message = (
            f"this text takes {years} years of school to read easily, and this sentence has "
            f"{reading.longest} words: split it, and use shorter words"
        )
        yield Finding(reading.position, message)


def read(prose: Prose) -> Reading | None:
    """Return how hard a body's running text reads; None where it is not English or there is none.

    Source: Kincaid et al. 1975, grade = 0.39 words a sentence + 11.8 syllables a word - 15.59.
    """
    words = sentences = syllables = common = longest = 0
    position = Position()
    for passage in passages(prose):
        if passage.place != "paragraph" or passage.quoted:
            continue
        for offset, sentence in passage.sentences():
            found = _WORD.findall(sentence)
            if not found:
                continue
            sentences += 1
            words += len(found)
            for word in found:
                size, is_common = _weigh(word)
                syllables += size
                common += is_common
            if len(found) > longest:
                longest = len(found)
                position = passage.position(offset + len(sentence) - len(sentence.lstrip()))
    if not words or common < words * 0.2:
        return None
    grade = 0.39 * words / sentences + 11.8 * syllables / words - 15.59
    return Reading(words, grade, longest, position)


@lru_cache(maxsize=20_000)
def _weigh(word: str) -> tuple[int, bool]:
    """Return the syllables of a word and whether it is a common one: texts have few words, and many of each."""
    return _syllables(word), word.lower() in _COMMON


def _syllables(word: str) -> int:
    """Return about how many syllables an English word has: groups of vowels, a silent final e apart."""
    word = word.lower().replace("'", "").replace("\u2019", "")
    return max(len(_VOWELS.findall(word)) - bool(_SILENT.search(word)), 1)
