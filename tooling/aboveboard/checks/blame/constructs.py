"""Constructs of blame: what has to stand together in a sentence before a word of blame is blame.

A group `who` is the subject of its clause (and is checked to be), `by` a person named behind it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from aboveboard.checks.blame.grammar import is_subject


@dataclass(frozen=True)
class Construct:
    """A pattern, and what its sentence must have and must not.

    `cues` are bits of lower-case text of which one is in every match: looking for them first spares
    nine searches of ten, and compiling the pattern where no text has any.
    """

    cues: tuple[str, ...]
    said: str
    said_needs: str = ""
    said_unless: str = ""
    # Whether "not", "no" or "to prevent" before it takes it back.
    deniable: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return _compile(self.said)

    @cached_property
    def needs(self) -> re.Pattern[str] | None:
        return _compile(self.said_needs) if self.said_needs else None

    @cached_property
    def unless(self) -> re.Pattern[str] | None:
        return _compile(self.said_unless) if self.said_unless else None


_DENIED = re.compile(
    r"(?:\b(?:not|no|never|nobody|none|nor|without|instead\s+of|rather\s+than|than|against"
    r"|room\s+for|scope\s+for"
    r"|prone\s+to|(?:risk|chance|chances|likelihood|possibility)\s+of|learn\w*\s+from"
    r"|(?:avoid|prevent|reduc|eliminat|remov|minimi[sz]|guard)\w*)|n't)\W{1,3}"
    r"(?:[\w'-]+\W{1,3}){0,3}$",
    re.IGNORECASE,
)


def construct(cues: str, pattern: str, needs: str = "", unless: str = "", deniable: bool = False) -> Construct:
    """Return a construct; `cues` are parted by bars.

    In patterns a space is any space, and case counts only where they say so.
    """
    return Construct(tuple(cues.split("|")), pattern, needs, unless, deniable)


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE)


def with_cues(
    constructs: tuple[Construct, ...], lower: str, starts: Sequence[int]
) -> dict[int, tuple[Construct, ...]]:
    """Return, by the number of a sentence, the constructs of which it has a cue, in their order.

    `lower`: all sentences in lower case, a line each; `starts`: where they begin in it.
    """
    found: dict[int, list[Construct]] = defaultdict(list)
    for one in constructs if starts else ():
        cued: set[int] = set()
        for cue in one.cues:
            at = lower.find(cue)
            while at >= 0:
                number = bisect_right(starts, at) - 1
                cued.add(number)
                # One cue says enough of a sentence.
                at = lower.find(cue, starts[number + 1]) if number + 1 < len(starts) else -1
        for number in cued:
            found[number].append(one)
    return {number: tuple(found[number]) for number in sorted(found)}


def find_constructs(constructs: tuple[Construct, ...], sentence: str) -> Iterator[re.Match[str]]:
    """Yield what is found in a sentence of some constructs that it has cues of, construct by construct."""
    for one in constructs:
        if one.needs and not one.needs.search(sentence):
            continue
        if one.unless and one.unless.search(sentence):
            continue
        for match in one.pattern.finditer(sentence):
            if "who" in match.groupdict() and match["who"] and not is_subject(sentence, match.start("who")):
                continue
            if one.deniable and _DENIED.search(sentence[max(0, match.start() - 60) : match.start()]):
                continue
            yield match
