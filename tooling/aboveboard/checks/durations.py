"""TM: how long the text says it took, against what the times say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations

from aboveboard.checks.context import Context
from aboveboard.checks.rule import Finding, rule
from aboveboard.content.entry import Entry
from aboveboard.content.incident_times import IncidentTimes
from aboveboard.content.kinds import INCIDENT
from aboveboard.content.passages import flat_text, passages
from aboveboard.content.timeline import MILESTONES
from aboveboard.content.times import describe_duration
from aboveboard.errors import Severity

_UNIT = {"d": 1440, "h": 60, "m": 1, "s": 1 / 60}
_PART = r"(\d{1,4}(?:\.\d{1,2})?)[ -]?(days?|d|hours?|hrs?|hr|h|minutes?|mins?|min|m|seconds?|secs?|s)\b"
_CLAIM = re.compile(rf"{_PART}(?:,? (?:and )?{_PART})?", re.IGNORECASE)
# Only where the sentence is about the incident as a whole: much else takes minutes.
_ABOUT_THE_WHOLE = re.compile(
    r"\b(?:(?:outage|incident|disruption|downtime|degradation) (?:lasted|took|went on|was|of)"
    r"|(?:total|overall) (?:downtime|outage|duration)|duration(?: of the (?:incident|outage))?(?: was)?:?"
    r"|time to (?:detect|mitigate|repair|resolve|recover)|users were affected for|unavailable for|down for)\b",
    re.IGNORECASE,
)
# Of a text without these, whatever their case, that pattern finds nothing.
_SIGNS = (
    *(f"{what} {went}"
      for what in ("outage", "incident", "disruption", "downtime", "degradation")
      for went in ("lasted", "took", "went on", "was", "of")),
    *(f"{all_of} {what}" for all_of in ("total", "overall") for what in ("downtime", "outage", "duration")),
    *(f"time to {what}" for what in ("detect", "mitigate", "repair", "resolve", "recover")),
    "duration", "users were affected for", "unavailable for", "down for",
)  # fmt: skip
_OTHER_CLOCK = re.compile(r"\b(?:support|office|working|business) hours\b", re.IGNORECASE)
_VAGUE = re.compile(
    r"\b(?:about|around|almost|nearly|approximately|roughly|some|over|under|more than|less than)\b|~",
    re.IGNORECASE,
)


@rule("TM014", Severity.WARNING, INCIDENT)
def the_text_says_what_the_times_say(entry: Entry, context: Context) -> Iterator[Finding]:
    """Two lengths of one incident on one page, and readers believe neither.

    Bad: `The outage lasted 50 minutes` above times that are 41 minutes apart
    Good: `The outage lasted 41 minutes`, or `20 minutes of support hours`
    """
    flat = flat_text(entry.prose)
    if not any(sign in flat for sign in _SIGNS):
        return
    derived = _lengths(entry.times) if entry.times else []
    if not derived:
        return
    for passage in passages(entry.prose):
        for start, sentence in passage.sentences:
            about = _ABOUT_THE_WHOLE.search(sentence[:600])
            if about is None or _OTHER_CLOCK.search(sentence):
                continue
            claim = _CLAIM.search(sentence, about.start())
            if claim and not _agrees(claim, bool(_VAGUE.search(sentence)), derived):
                known = " or ".join(describe_duration(length) for length in derived[:3])
                message = f"the text says {claim[0]}, the times say {known}: correct one, or name its clock"
                yield Finding(passage.position(start + claim.start()), message)


def _lengths(times: IncidentTimes) -> list[timedelta]:
    """Return the time between any two milestones, from the start to the end first."""
    pairs = [("started", "resolved"), ("started", "mitigated"), *combinations(MILESTONES, 2)]
    found = (times.duration(*pair) for pair in pairs)
    return list(dict.fromkeys(length for length in found if length))


def _agrees(claim: re.Match[str], vague: bool, derived: list[timedelta]) -> bool:
    minutes, finest = 0.0, 1440.0
    for number, unit in ((claim[1], claim[2]), (claim[3], claim[4])):
        if number:
            size = _UNIT[unit[0].lower()]
            minutes, finest = minutes + float(number) * size, min(finest, size)
    # A length said in hours is right to the hour; one said to be vague, to a fifth.
    tolerance = max(finest, minutes * (0.2 if vague else 0.02))
    return any(abs(length.total_seconds() / 60 - minutes) <= tolerance for length in derived)
