"""Constructs of blame: what has to stand together in a sentence before a word of blame is blame.

A group `who` is the subject of its clause (and is checked to be), `by` a person named behind it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from aboveboard.checks.blame.grammar import is_subject
from aboveboard.content.text import folded


@dataclass(frozen=True, slots=True)
class Construct:
    """A pattern, and what its sentence must have and must not.

    `cues` are bits of lower-case text of which one is in every match: looking for them first spares
    nine searches of ten. Where they would be many, `signs` are, and are looked for once in a whole text,
    folded and with single spaces.
    """

    cues: tuple[str, ...]
    signs: tuple[str, ...]
    pattern: str
    needs: str = ""
    unless: str = ""
    # Whether "not", "no" or "to prevent" before it takes it back.
    deniable: bool = False


_DENIED = re.compile(
    r"(?:\b(?:not|no|never|nobody|none|nor|without|instead\s+of|rather\s+than|than|against"
    r"|room\s+for|scope\s+for"
    r"|prone\s+to|(?:risk|chance|chances|likelihood|possibility)\s+of|learn\w*\s+from"
    r"|(?:avoid|prevent|reduc|eliminat|remov|minimi[sz]|guard)\w*)|n't)\W{1,3}"
    r"(?:[\w'-]+\W{1,3}){0,3}$",
    re.IGNORECASE,
)


def construct(
    cues: str, pattern: str, needs: str = "", unless: str = "", deniable: bool = False, signs: str = ""
) -> Construct:
    """Return a construct; `cues` and `signs` are parted by bars. It is compiled when a sentence has a cue of it.

    In patterns a space is any space, and case counts only where they say so.
    """
    return Construct(
        tuple(cues.split("|")),
        tuple(signs.split("|")),
        pattern,
        needs,
        unless,
        deniable,
    )


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE)


class Cues:
    """The cues of a text: `sentences` are the sentences that are searched."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.lower = [sentence.lower() for sentence in sentences]
        self.whole = "\n".join(self.lower)
        self.flat = " ".join(folded(" ".join(sentences)).split())
        self._having = _Having(self.lower, self.whole)

    def find(self, constructs: Iterable[Construct]) -> list[tuple[int, list[Construct]]]:
        """Return the index of each sentence that has a cue of some constructs, with those, in order."""
        found: dict[int, list[Construct]] = {}
        for one in constructs:
            having = {n for cue in one.cues for n in self._having[cue]}
            if having and any(sign in self.flat for sign in one.signs):
                for n in having:
                    found.setdefault(n, []).append(one)
        return sorted(found.items(), key=lambda item: item[0])


class _Having(dict[str, Sequence[int]]):
    """Which sentences have a cue, found when it is first asked for."""

    def __init__(self, lower: Sequence[str], whole: str) -> None:
        self._whole = whole
        # Where each sentence ends in the whole text, with the line break behind it.
        self._ends = list(accumulate(len(sentence) + 1 for sentence in lower))

    def __missing__(self, cue: str) -> Sequence[int]:
        having: list[int] = []
        at = self._whole.find(cue) if self._ends else -1
        while at >= 0:
            having.append(bisect_right(self._ends, at))
            at = self._whole.find(cue, self._ends[having[-1]])
        self[cue] = having
        return having


def find_constructs(constructs: Iterable[Construct], sentence: str) -> Iterator[re.Match[str]]:
    """Yield what is found in a sentence of the constructs that it has a cue of, construct by construct."""
    for one in constructs:
        if one.needs and not _compile(one.needs).search(sentence):
            continue
        if one.unless and _compile(one.unless).search(sentence):
            continue
        for match in _compile(one.pattern).finditer(sentence):
            if "who" in match.groupdict() and match["who"] and not is_subject(sentence, match.start("who")):
                continue
            if one.deniable and _DENIED.search(sentence[max(0, match.start() - 60) : match.start()]):
                continue
            yield match
