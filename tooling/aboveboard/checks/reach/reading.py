"""AX: how hard a text is to read. Information, never advice that keeps anything from being published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from aboveboard.checks.context import Context
from aboveboard.checks.rule import Finding, rule
from aboveboard.content.entry import Entry
from aboveboard.content.passages import Passage, count_sentences, passages
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
    """What a text asks of its readers: how many words it has, and how many years of school they take."""

    words: int
    grade: float


@rule("AX011", Severity.INFO)
def the_text_is_easy_to_read(entry: Entry, context: Context) -> Iterator[Finding]:
    """Long sentences and long words shut out many readers, those in a hurry first. For English texts.

    Bad: sentences of 45 words, each with words such as `operationalisation`
    Good: one thought in a sentence, in the words one would say
    """
    reading = read(entry.prose) if (entry.fields.lang or "en").lower().startswith("en") else None
    if reading and reading.words >= FEWEST_WORDS and reading.grade > HIGHEST_GRADE:
        years = f"about {reading.grade:.0f}" if reading.grade < 20 else "more than 20"
        longest, position = longest_sentence(entry.prose)
        message = (
            f"this text takes {years} years of school to read easily, and this sentence has "
            f"{longest} words: split it, and use shorter words"
        )
        yield Finding(position, message)


def read(prose: Prose) -> Reading | None:
    """Return how hard a body's running text reads; None where it is not English or there is none.

    Source: Kincaid et al. 1975, grade = 0.39 words a sentence + 11.8 syllables a word - 15.59.
    """
    texts = [passage.own for passage in _running(prose)]
    # What stands between spaces comes again and again, and no word has a space in it.
    counted = list(map(_counts, "\n".join(texts).split()))
    words, common, syllables = map(sum, zip(*counted, strict=True)) if counted else (0, 0, 0)
    if not words or common < words * 0.2:
        return None
    sentences = count_sentences(texts)
    return Reading(words, 0.39 * words / sentences + 11.8 * syllables / words - 15.59)


def longest_sentence(prose: Prose) -> tuple[int, Position]:
    """Return how many words the longest sentence of a body's running text has, and where it begins."""
    longest, position = 0, Position()
    for passage in _running(prose):
        for offset, sentence in passage.sentences:
            count = len(_WORD.findall(sentence))
            if count > longest:
                longest = count
                position = passage.position(offset + len(sentence) - len(sentence.lstrip()))
    return longest, position


def _running(prose: Prose) -> list[Passage]:
    return [passage for passage in passages(prose) if passage.place == "paragraph" and not passage.quoted]


@lru_cache(maxsize=20_000)
def _counts(written: str) -> tuple[int, int, int]:
    """Return how many words stand in a text, how many of them are common, and how many syllables they have."""
    words = _WORD.findall(written)
    return len(words), sum(word.lower() in _COMMON for word in words), sum(map(_syllables, words))


def _syllables(word: str) -> int:
    """Return about how many syllables an English word has: groups of vowels, a silent final e apart."""
    word = word.lower().replace("'", "").replace("\u2019", "")
    return max(len(_VOWELS.findall(word)) - bool(_SILENT.search(word)), 1)
