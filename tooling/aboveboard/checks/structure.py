"""ST: what a finished entry has beyond what its first save needed. Advice that grows with its state."""

from __future__ import annotations

from collections.abc import Iterator

from aboveboard.checks.context import Context
from aboveboard.checks.rule import Finding, rule
from aboveboard.content.comments import strip_comments, unclosed_comment
from aboveboard.content.entry import Entry
from aboveboard.content.incident_times import Status
from aboveboard.content.kinds import INCIDENT
from aboveboard.content.text import Lines
from aboveboard.errors import Position, Severity, nearest

LONGEST_TITLE = 120


@rule("ST001", Severity.WARNING)
def the_title_fits_in_a_list(entry: Entry, context: Context) -> Iterator[Finding]:
    """A title of more than 120 characters is cut off in lists, feeds and searches.

    Bad: a title that tells the whole story
    Good: `title: Checkout timeouts`, and the story in `summary:`
    """
    title = entry.fields.title or ""
    if len(title) > LONGEST_TITLE:
        message = f"the title has {len(title)} characters: keep it to {LONGEST_TITLE}, and use `summary:`"
        yield Finding(entry.matter.position(("title",)), message)


@rule("ST002", Severity.WARNING)
def the_entry_says_something(entry: Entry, context: Context) -> Iterator[Finding]:
    """An entry with headings only is published with them dropped, and nothing is left.

    Bad: a scaffold as it was made
    Good: one sentence
    """
    lines = strip_comments(entry.body).split("\n")
    headings = {heading.line for heading in entry.prose.headings}
    said = any(line.strip() and not line.lstrip().startswith("#") for line in lines)
    if not said and not entry.fields.summary:
        what = "are only headings" if headings else "is nothing"
        line = min(entry.matter.body_line, len(entry.matter.lines.starts))
        yield Finding(Position(line, 1), f"there {what} in the text so far: write one sentence")


@rule("ST003", Severity.WARNING)
def a_comment_is_closed(entry: Entry, context: Context) -> Iterator[Finding]:
    """A comment that is never closed hides everything after it.

    Bad: `<!-- what did users see?`
    Good: `<!-- what did users see? -->`
    """
    offset = unclosed_comment(entry.body)
    if offset is not None:
        place = Lines(entry.body).position(offset)
        position = entry.prose.position(place.line - 1, place.column)
        yield Finding(position, "this comment is never closed, and hides the rest of the text: add -->")


@rule("ST004", Severity.WARNING, around=True)
def a_related_entry_exists(entry: Entry, context: Context) -> Iterator[Finding]:
    """A relation to nothing is dropped from the page.

    Bad: `related: [2026-11-20-checkuot]`
    Good: `related: [2026-11-20-checkout]`
    """
    for index, other in enumerate(entry.fields.related):
        known = context.surroundings.ids
        if other not in known:
            guess = nearest(other, known)
            hint = f"did you mean {guess}?" if guess else "an id is a file name without its ending"
            yield Finding(entry.matter.position(("related", index)), f"no entry is called {other!r}: {hint}")


@rule("ST005", Severity.WARNING, INCIDENT)
def a_resolved_incident_says_how_bad_it_was(entry: Entry, context: Context) -> Iterator[Finding]:
    """Once it is over, readers ask how bad it was and what it touched.

    Bad: a resolved incident without `severity:` or `services:`
    Good: `severity: sev2` and `services: [checkout]`
    """
    fields, times = entry.incident, entry.times
    if fields is None or times is None or times.status not in (Status.RESOLVED, Status.REVIEWED):
        return
    if not fields.severity:
        scale = ", ".join(context.settings.severities)
        yield Finding(entry.matter.position(("severity",)), f"a resolved incident needs `severity:` ({scale})")
    if not fields.services:
        message = "a resolved incident needs `services:`, the services it touched"
        yield Finding(entry.matter.position(("services",)), message)


@rule("ST006", Severity.WARNING, INCIDENT)
def a_reviewed_incident_teaches_something(entry: Entry, context: Context) -> Iterator[Finding]:
    """The review is where the organisation learns; a review without a lesson was a meeting.

    Bad: `reviewed: 2026-11-27` and no `lessons:`
    Good: `lessons: [An alarm needs an owner]`
    """
    fields = entry.incident
    if fields and fields.reviewed and not fields.lessons:
        message = "a reviewed incident has at least one lesson: add `lessons:`"
        yield Finding(entry.matter.position(("reviewed",)), message)


@rule("ST007", Severity.WARNING, INCIDENT)
def an_action_addresses_a_known_factor(entry: Entry, context: Context) -> Iterator[Finding]:
    """An action that addresses nothing that contributed is work for another list.

    Bad: `addresses: f9` where there is no factor f9
    Good: `addresses: f1`
    """
    known = [factor.id for factor in entry.incident.factors] if entry.incident else []
    for index, action in enumerate(entry.fields.actions):
        if action.addresses and action.addresses not in known:
            hint = f"the factors are {', '.join(known)}" if known else "there are no factors yet"
            position = entry.matter.position(("actions", index, "addresses"))
            yield Finding(position, f"no factor is called {action.addresses!r}: {hint}")


@rule("ST008", Severity.WARNING, INCIDENT)
def factors_are_plural(entry: Entry, context: Context) -> Iterator[Finding]:
    """A root cause ends the search at the first answer; incidents come of several conditions together.

    Bad: `root_cause: A typo in a command`
    Good: `factors: [The tool took any number, Staging and production look the same]`
    """
    if entry.incident and entry.incident.root_cause:
        message = "`root_cause` is read as one factor of several: write `factors:`, the conditions it took"
        yield Finding(entry.matter.key_position(("root_cause",)), message)


@rule("ST012", Severity.WARNING)
def an_id_stands_once_in_its_entry(entry: Entry, context: Context) -> Iterator[Finding]:
    """Lessons, actions and factors have addresses; two of one name would share one.

    Bad: two actions with `id: a1`
    Good: `id: a1` and `id: a2`
    """
    lists = {
        "lessons": [lesson.id for lesson in entry.fields.lessons],
        "actions": [action.id for action in entry.fields.actions],
    }
    if entry.incident:
        lists["factors"] = [factor.id for factor in entry.incident.factors]
    for name, ids in lists.items():
        for index, one in enumerate(ids):
            if one in ids[:index]:
                yield Finding(entry.matter.position((name, index)), f"the id {one!r} stands twice in `{name}`")


@rule("ST013", Severity.INFO, around=True)
def names_are_registered(entry: Entry, context: Context) -> Iterator[Finding]:
    """A register gives a team, person or service its proper name. Nothing depends on it.

    Bad: `team: pltfrm` that no register knows
    Good: `- slug: platform` with its name in `content/registers/teams.yml`
    """
    fields = entry.fields
    for register, field, slugs in (
        ("teams", "team", [fields.team] if fields.team else []),
        ("people", "authors", fields.authors),
        ("services", "services", fields.services),
    ):
        known = getattr(context.registers, register)
        for slug in slugs:
            # Said once for the whole library, at the newest entry that names it.
            if slug not in known and context.surroundings.is_newest(register, slug, entry.path):
                guess = nearest(slug, known)
                hint = f"did you mean {guess}? Or add" if guess else "add"
                message = f"`{field}`: {slug} is not registered: {hint} it to registers/{register}.yml"
                yield Finding(entry.matter.position((field,)), message)
