"""What every figure of the openness page means, in words, with a version.

A definition that changes makes figures from before and after it two different things. So a changed
text is a new version, and `CHANGES` says when it came and why. That is the lesson of Transactions
Explorer, whose definitions were refined over time until its quarters could no longer be compared.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Definition:
    """What one figure means. `since` is the month from which this version holds: `2026-11`."""

    id: str
    version: int
    since: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a version of a definition changed, and why."""

    id: str
    version: int
    since: str
    text: str


FIRST = "2026-11"


def _first(name: str, title: str, text: str) -> Definition:
    return Definition(name, 1, FIRST, title, " ".join(text.split()))


DEFINITIONS: tuple[Definition, ...] = (
    _first(
        "counted",
        "What is counted",
        """Entries that the public can read today: no draft, nothing that is scheduled or withdrawn. An
        entry retold from another organisation counts in no figure. A share of fewer than five is given as
        it is (3 of 4) and not in per cent. There are no means. A median or 90th percentile is given for
        five values or more, and is one of the values (nearest rank): the smallest that half, or nine
        tenths, of them do not exceed. Days begin in the time zone of this site.""",
    ),
    _first(
        "calendar",
        "Weeknotes in a year",
        """The ISO weeks from the one after the same week a year ago to this one: 52, or 53 where a week 53
        is among them. A note belongs to the week that it names, whenever it was written. A team's notes are
        those that name it as their team; a leader's are those that name them among the authors. A week
        counts as not written once it is over without a note; weeks before the first note do not count.""",
    ),
    _first(
        "cadence",
        "How often a team means to write",
        """As the register of teams says: every week, every fortnight, or with no promise. A fortnight is
        two weeks, reckoned from the team's first note; a note in either of them is enough, and the second
        one stands for a missed fortnight. A team outside the register has promised nothing, and neither has
        a leader.""",
    ),
    _first(
        "due-written",
        "Written of those due",
        """The weeks, or fortnights, in the calendar that are over, count from the first note on, and were
        promised: how many of them have a note. One that is still running is not due.""",
    ),
    _first(
        "in-a-row",
        "In a row",
        """Weeks, or fortnights, with a note, one after another, up to the last that is over, and the running
        one where it has a note already; they may reach back further than the calendar. Missing one is fine.
        Two or more missed in a row, up to the last that is over, are said.""",
    ),
    _first(
        "covered",
        "Incidents that are always written up",
        """Resolved incidents of the severities that the policy names, or of all severities where it names
        none. An incident that does not say its severity counts until it does. Near misses are counted
        apart. An incident is resolved from the time that its report gives, or once it is reviewed.""",
    ),
    _first(
        "review-time",
        "Days from resolved to reviewed",
        """Calendar days from the day the incident was resolved, in the time zone of its report, to the day
        its report says the review was held and the report was whole. Resolved and reviewed on one day is 0.
        A day that is still to come does not count yet. A report that gives no time of resolving, or one
        after its review, has no such figure; there is a count of those.""",
    ),
    _first(
        "within-policy",
        "Reviewed in time",
        """Covered incidents reviewed within the days of the policy, of all that were reviewed or have waited
        longer than that. Those still waiting, with days to go, are in neither number.""",
    ),
    _first(
        "written-up",
        "Incidents written up",
        """Covered incidents whose report is reviewed, of all covered ones, by severity. An incident that
        goes on, or whose report does not say that it ended, is not among them.""",
    ),
    _first(
        "results",
        "Results of experiments",
        """Every experiment once. Concluded or stopped with a result: that result. Stopped without one:
        stopped; concluded without one: no result given. Planned, running and being analysed as their stage
        says, whatever they seem to show so far.""",
    ),
    _first(
        "registered",
        "Plan registered before it ran",
        """Experiments past their planning whose plan was registered on or before the day they started, of
        all that are past their planning. Where no start is given, the registration, which is made when an
        experiment begins to run, is taken as in time.""",
    ),
    _first(
        "past-end",
        "Past their end",
        """Experiments that are planned or running although the last day of their time box is over.""",
    ),
    _first(
        "promises",
        "Promises kept",
        """Actions in entries. Kept: done on or before the day they were due. Late: done after it. Overdue:
        not done, and the day has passed. The share is kept of kept, late and overdue together. Those done
        without a day to compare are counted apart, and so are those dropped. The median of days late is
        over those done late. An action belongs to the owner it names, or else to its entry's team.""",
    ),
    _first(
        "closed",
        "Closed by exception",
        """Items in the register of closed items, and those among them whose date for looking again has
        passed.""",
    ),
)

# Newest first. Every version after the first has a line here.
CHANGES: tuple[Change, ...] = ()

BY_ID: dict[str, Definition] = {definition.id: definition for definition in DEFINITIONS}
