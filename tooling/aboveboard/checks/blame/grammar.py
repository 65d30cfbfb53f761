"""Who does it: patterns for a person as the subject of a clause, and forms of verbs.

Every repetition is bounded and stops at punctuation, so a search takes time linear in a sentence.
Texts that are searched have blanks for emphasis, straight apostrophes and at most `LONGEST` characters.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from aboveboard.checks.blame.words import (
    GIVEN_NAMES,
    IRREGULAR,
    LOOSE_ROLES,
    PARTICIPLES,
    ROLES,
    USERS,
)

LONGEST = 600

WORD = r"[\w'-]+"
DETERMINER = (
    r"(?:the|an?|our|their|his|her|its|my|your|this|that|these|those|one|some|another|each"
    r"|every|no|any)"
)
HANDLE = r"(?<![\w./@])@(?!here\b|channel\b|everyone\b|all\b)[A-Za-z][\w-]{1,38}(?![\w/.]*[/@])"
PREPOSITION = r"(?:of|to|for|from|with|in|on|at|about|between|into|via|against|by)"


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for one of some words or patterns."""
    return f"(?:{'|'.join(words)})"


def _form(verb: str, which: int) -> str:
    if verb in IRREGULAR:
        return IRREGULAR[verb][which]
    if verb in ("plan", "spot", "admit"):
        return f"{verb}{verb[-1]}ed"
    return f"{verb}d" if verb.endswith("e") else f"{verb[:-1]}ied" if verb.endswith("fy") else f"{verb}ed"


def past(verbs: Collection[str]) -> str:
    """Return a pattern for the past tense of some verbs: `checked`, `told`."""
    return any_of(_form(verb, 0) for verb in verbs)


def participle(verbs: Collection[str]) -> str:
    """Return a pattern for the participle of some verbs: `checked`, `forgotten`."""
    return any_of(_form(verb, 1) for verb in verbs)


# Something done: a participle, but neither what a person is given nor an adjective of a plan.
DONE = (
    rf"(?:(?!received|received|need|exceed|indeed|expected|limited\b)[\w-]{{2,24}}ed|"
    rf"{any_of(PARTICIPLES)})\b"
)
BE = r"(?:is|was|were|are|be|been|'s|'re)"

# What may stand between a person and the verb: who they are, an aside, one or two adverbs.
_WHO = (
    rf"(?:\s+(?:who|whose|on|from|at|in|of)(?:\s+(?!should|could|would|ought|{DETERMINER}\s)"
    rf"{WORD}|\s+{DETERMINER}\s+{WORD}){{1,7}}?)?"
)
_ASIDE = r"(?:,[^,;:]{1,80},)?"
ADVERB = (
    r"(?:\s+(?:also|then|still|simply|just|perhaps|maybe|all|both|even|again|never|not|indeed"
    r"|either|to\s+be\s+honest|in\s+fact"
    r"|already|ever|\w{2,20}ly))"
)
REST = rf"{_WHO}{_ASIDE}{ADVERB}{{0,2}}\s+"

_GIVEN = rf"(?-i:(?=[A-Z]){any_of(GIVEN_NAMES)})(?:\s+(?-i:[A-Z])[\w'-]*)?"
# A capital alone says little at the beginning of a sentence, where every word has one.
UNKNOWN = r"\b(?-i:[A-Z][a-z]{1,20}\s+[A-Z][a-z]{1,20}|(?<=[\w,;]\s)[A-Z][a-z]{2,20})\b"

# "We" and "I" speak for themselves and for the service; "he" is always a person.
NAMED = rf"(?:\b{_GIVEN}\b|{HANDLE})"
PERSON = (
    r"(?:\b(?:we|I|he|she|someone|somebody|nobody|no[\s-]one|everyone|everybody|anyone|anybody"
    rf"|whoever(?:\s+{WORD}){{1,6}}?|{any_of(ROLES)}|{_GIVEN})\b|{HANDLE})"
)
PEOPLE = (
    rf"(?:\b(?:{any_of(ROLES)}|he|she|someone|somebody|nobody|no[\s-]one|everyone|anyone|anybody"
    rf"|{_GIVEN})\b|{HANDLE})"
)
LOOSE = rf"\b(?:they|you|who|{any_of(LOOSE_ROLES)})\b"
ROLE = rf"\b{any_of(LOOSE_ROLES)}\b"
# What stands before a person in a noun phrase: "the second database".
NP = rf"(?:{DETERMINER}\s+)?(?:(?!{DETERMINER}\s|{PREPOSITION}\s){WORD}\s+){{0,3}}?"
USER = rf"\b{any_of(USERS)}\b"
OF_USERS = rf"{USER}|\bif\s+you\b"
# A person after "by", "of" or "due to": "the second database engineer", "Bob", "someone in the team".
AGENT = rf"{NP}{PEOPLE}(?!'s|\s+(?:{any_of(ROLES)})\b)"

_INSIDE = re.compile(
    rf"\b{PREPOSITION}\s+(?:{DETERMINER}\s+)?(?:(?!{DETERMINER}\s|{PREPOSITION}\s)"
    rf"{WORD}\s+){{0,2}}$",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:one|some|none|many|most|any|all|both|half|each|either|neither|members?|no[\s-]one"
    r"|nobody|two|three)"
    rf"\s+of\s+(?:{DETERMINER}\s+)?(?:{WORD}\s+){{0,2}}$",
    re.IGNORECASE,
)


_ALWAYS = re.compile(r"(?:we|I|he|she|they|who)\b", re.IGNORECASE)


def is_subject(sentence: str, start: int) -> bool:
    """Tell whether the noun at `start` is what its clause is about: not so in "the alert for our team"."""
    if _ALWAYS.match(sentence, start):
        return True
    before = sentence[max(0, start - 90) : start]
    return not _INSIDE.search(before) or bool(_PART.search(before))
