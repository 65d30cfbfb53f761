"""The sentences of an incident that are searched for blame, and how a finding is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from aboveboard.checks.blame.constructs import Construct, Cues, find_constructs
from aboveboard.checks.blame.deeds import OMISSIONS, QUESTIONS
from aboveboard.checks.blame.grammar import HANDLE, LONGEST
from aboveboard.checks.blame.hindsight import COUNTERFACTUALS
from aboveboard.checks.blame.judgements import JUDGEMENTS
from aboveboard.checks.blame.labels import CAUSES
from aboveboard.checks.blame.words import words
from aboveboard.checks.context import Context
from aboveboard.checks.rule import Finding
from aboveboard.content.entry import Entry
from aboveboard.content.passages import BLANK, Passage, passages
from aboveboard.content.prose import Prose
from aboveboard.content.registers import PersonRecord
from aboveboard.content.yaml_nodes import Path
from aboveboard.errors import Position

SHOWN = 60

_HANDLE = re.compile(HANDLE)
# A link's text is a title of something else; one or two words are a name in the sentence.
_LINK_TEXT = re.compile(rf"\[([^\[\]]{{1,300}})\]{BLANK}+")
# What a name may begin with and be a word of any sentence: these count with what follows only.
_NO_NAMES = frozenset(
    words("the a an dr prof mr mrs ms mx sir dame will mark may bill grace art grant hope faith pat")
)
_PLAIN = str.maketrans("\u2019\u2018*~\n\t_", "''     ")


class Sentence(NamedTuple):
    """A sentence as it is searched, the same as it is written, and where its characters stand.

    In `text` a registered person is a handle of the same length, so that the grammar knows a person.
    """

    text: str
    written: str
    start: int
    passage: Passage
    fixed: Position | None

    def position(self, offset: int) -> Position:
        """Return where an offset of the sentence stands in the file."""
        return self.fixed or self.passage.position(self.start + offset)


def find_blame(
    entry: Entry, context: Context, constructs: tuple[Construct, ...], message: str
) -> Iterator[Finding]:
    """Yield a finding for each sentence with one of some constructs, unless it names a person."""
    told = _told(entry, _named(_registered(context)))
    for n, likely in told.cues.find(constructs):
        sentence = told.sentences[n]
        for match in find_constructs(likely, sentence.text):
            if not _names(match):
                yield _finding(sentence, match, message)
                break


def blame_by_name(entry: Entry, context: Context, message: str) -> Iterator[Finding]:
    """Yield a finding for each sentence in which a registered person or an @handle is blamed."""
    names = _registered(context)
    if not _may_name(entry, names):
        return
    constructs = (*CAUSES, *COUNTERFACTUALS, *OMISSIONS, *JUDGEMENTS, *QUESTIONS)
    told = _told(entry, _named(names))
    for n, likely in told.cues.find(constructs) if any("@" in one.text for one in told.sentences) else ():
        sentence = told.sentences[n]
        found = find_constructs(likely, sentence.text) if "@" in sentence.text else ()
        for match in found:
            if _names(match):
                yield _finding(sentence, match, message)
                break


@dataclass(frozen=True, slots=True)
class _Told:
    """The sentences of an entry, and their cues."""

    sentences: tuple[Sentence, ...]
    cues: Cues


# The rules come to an entry one after the other.
@lru_cache(maxsize=1)
def _told(entry: Entry, people: re.Pattern[str] | None) -> _Told:
    found = tuple(_sentences(entry, people))
    return _Told(found, Cues([sentence.text for sentence in found]))


def _sentences(entry: Entry, people: re.Pattern[str] | None) -> Iterator[Sentence]:
    """Yield what is searched of an entry: its front matter's sentences, then its text without headings."""
    for path, text in _parts(entry):
        yield from _of_prose(Prose(text), people, entry.matter.position(path))
    yield from _of_prose(entry.prose, people, None)


def _parts(entry: Entry) -> Iterator[tuple[Path, str]]:
    """Yield the texts in an entry's front matter, each with its place there."""
    fields = entry.fields
    yield ("summary",), fields.summary or ""
    yield from ((("lessons", n, "what"), lesson.what) for n, lesson in enumerate(fields.lessons))
    yield from ((("actions", n, "what"), action.what) for n, action in enumerate(fields.actions))
    if entry.incident:
        yield from ((("factors", n, "what"), factor.what) for n, factor in enumerate(entry.incident.factors))


def _may_name(entry: Entry, names: tuple[str, ...]) -> bool:
    """Tell whether a person may be named in an entry; of most it is known without parting its sentences."""
    text = "\n".join([entry.body, *(text for _, text in _parts(entry))])
    flat = " ".join(text.translate(_PLAIN).split())
    return "@" in flat or any(" ".join(name.split()) in flat for name in names)


def _of_prose(prose: Prose, people: re.Pattern[str] | None, fixed: Position | None) -> Iterator[Sentence]:
    for passage in passages(prose):
        if passage.place == "heading":
            continue
        for offset, written in passage.sentences:
            text = (_LINK_TEXT.sub(_shut, written) if BLANK in written else written).translate(_PLAIN)
            if people:
                text = people.sub(lambda name: "@" + "x" * (len(name[0]) - 1), text)
            for start in range(0, len(text), LONGEST):
                part = slice(start, start + LONGEST)
                yield Sentence(text[part], written[part], offset + start, passage, fixed)


def _shut(link: re.Match[str]) -> str:
    return f" {link[1]} ".ljust(len(link[0])) if len(link[1].split()) < 3 else BLANK * len(link[0])


def _registered(context: Context) -> tuple[str, ...]:
    """Return what registered people may be called: their whole name, or the first of it; the longest first."""
    registered: dict[str, PersonRecord] = context.registers.people
    return _called(tuple(person.name for person in registered.values()))


@lru_cache(maxsize=1)
def _called(people: tuple[str, ...]) -> tuple[str, ...]:
    names = set(people)
    names |= {first for name in people if (first := name.split()[0]).lower() not in _NO_NAMES}
    return tuple(sorted((name for name in names if len(name) > 1), key=len, reverse=True))


@lru_cache(maxsize=1)
def _named(names: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile(rf"(?<![\w@])(?:{'|'.join(map(re.escape, names))})(?!\w)") if names else None


def _names(match: re.Match[str]) -> bool:
    """Tell whether the person in a construct is a handle, or a registered person, which looks like one here."""
    groups = match.groupdict()
    return any(_HANDLE.search(groups.get(name) or "") for name in ("who", "by"))


def _finding(sentence: Sentence, match: re.Match[str], message: str) -> Finding:
    lead = len(match[0]) - len(match[0].lstrip(" .:;,(?!"))
    phrase = " ".join(
        sentence.written[match.start() + lead : match.end()].replace(BLANK, " ").replace("*", "").split()
    )
    if len(phrase) > SHOWN:
        phrase = f"{phrase[: SHOWN - 1].rsplit(' ', 1)[0]} …"
    return Finding(sentence.position(match.start() + lead), f"“{phrase}” {message}")
