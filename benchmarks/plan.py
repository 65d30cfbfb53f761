"""What a made-up project holds before a word of it is written: writers, services, entries with their days."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from benchmarks.words import KINDS, THINGS, plural

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SHARES = {"weeknote": 0.7, "experiment": 0.1, "incident": 0.2}
FOLDERS = {"weeknote": "weeknotes", "experiment": "experiments", "incident": "incidents"}


@dataclass(frozen=True, slots=True)
class Writer:
    """A team, or a role that leads and writes in its own name."""

    slug: str
    name: str
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """An entry to be written; `hidden` says why the public does not see it yet."""

    kind: str
    name: str
    title: str
    day: date
    writer: Writer
    service: Writer
    hidden: str = ""
    tags: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Its path below `content/`."""
        return f"{FOLDERS[self.kind]}/{self.name}.md"


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole project: oldest entries first."""

    teams: list[Writer]
    leaders: list[Writer]
    services: list[Writer]
    entries: list[Planned] = field(default_factory=list)


def plan_project(entries: int, seed: int) -> Plan:
    """Return what a project of so many entries holds; the same for the same seed.

    Registers grow with the square root: 4 teams at 200 entries, 20 at 5,000, 40 at 20,000.
    """
    chance = Random(f"plan {entries} {seed}")
    things = chance.sample(THINGS, len(THINGS))
    many = max(2, round(0.283 * entries**0.5))
    teams = [Writer(thing, f"{thing.capitalize()} team") for thing in things[:many]]
    services = [Writer(f"{thing}-service", f"{thing.capitalize()} service") for thing in things[many : many * 2]]
    leads = things[many * 2 : many * 2 + max(1, many // 4)]
    leaders = [Writer(f"head-of-{plural(thing)}", f"Head of {plural(thing)}", leads=True) for thing in leads]
    tags = [f"{kind}-{thing}" for kind, thing in zip(chance.sample(KINDS, many), things[-many:], strict=True)]
    tags += [thing for thing in things[many * 2 : many * 4] if thing not in leads]
    plan = Plan(teams, leaders, services)
    numbers = {kind: round(entries * share) for kind, share in SHARES.items()}
    numbers["weeknote"] += entries - sum(numbers.values())
    weeks = -(-numbers["weeknote"] // len(teams + leaders))
    found = [*_weeknotes(plan, numbers["weeknote"], chance)]
    for kind in ("experiment", "incident"):
        found += _dated(plan, kind, numbers[kind], weeks * 7, chance)
    plan.entries.extend(sorted((_tagged(entry, tags, chance) for entry in found), key=lambda e: (e.day, e.name)))
    return plan


def _weeknotes(plan: Plan, number: int, chance: Random) -> list[Planned]:
    """Everybody writes every week, back from this one; a few are drafts and a few are for next week."""
    writers, hidden = plan.teams + plan.leaders, max(1, number // 400)
    future, drafts = min(hidden, len(plan.teams)), min(hidden, len(plan.teams) - 1)
    found = []
    for place in range(number):
        writer = writers[(place - future) % len(writers)] if place >= future else plan.teams[place]
        back = (place - future) // len(writers) if place >= future else -1
        day = NOW.date() - timedelta(weeks=back)
        year, week, _ = day.isocalendar()
        state = "future" if place < future else "draft" if place < future + drafts else ""
        subjects = [f"{chance.choice(KINDS)} {chance.choice(THINGS)}" for _ in range(2)]
        title = f"Week {week}: {' and '.join(subjects)}"
        name = f"{year}-w{week:02}-{writer.slug}"
        found.append(Planned("weeknote", name, title, day, writer, chance.choice(plan.services), state))
    return found


def _dated(plan: Plan, kind: str, number: int, days: int, chance: Random) -> list[Planned]:
    """Experiments and incidents lie evenly over the days that the weeknotes cover; the youngest are drafts."""
    found: list[Planned] = []
    names: set[str] = set()
    for place in range(number):
        day = NOW.date() - timedelta(days=2 + place * max(days - 9, 1) // number)
        service, thing = chance.choice(plan.services), chance.choice(THINGS)
        how, second = chance.choice(KINDS), chance.choice(THINGS)
        title = (f"{service.name}: {how} {thing} after a change of the {second}" if kind == "incident"
                 else f"A {how} {thing} in place of the {second}")  # fmt: skip
        name = f"{day}-{service.slug if kind == 'incident' else how}-{thing}"
        name = name if name not in names else f"{name}-{place}"
        names.add(name)
        hidden = "draft" if place < number // 400 else ""
        found.append(Planned(kind, name, title, day, chance.choice(plan.teams), service, hidden))
    return found


def _tagged(entry: Planned, tags: list[str], chance: Random) -> Planned:
    # The first tags of the list are used far more often than the last.
    chosen = {tags[int(len(tags) * chance.random() ** 2)] for _ in range(chance.randint(1, 4))}
    return replace(entry, tags=tuple(sorted(chosen)))
