"""`aboveboard stats`"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import click

from aboveboard.cli.session import open_session, say_now
from aboveboard.cli.table import format_table
from aboveboard.content.times import describe_duration
from aboveboard.engine.prepare import prepare
from aboveboard.insight.figures import figures_of

EXAMPLE = """\b
Example:
  aboveboard stats
  aboveboard stats --format json
"""
# A row: what is measured, what it comes to, and the definition that says how it was counted.
Row = tuple[str, str, str]


@click.command(epilog=EXAMPLE)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", help="How to say it.")
def command(form: str) -> None:
    """Give the figures behind the openness and incident pages.

    The same numbers as on the pages, each with the version of its definition: figures of two versions
    cannot be compared. The definitions themselves stand on the openness page.
    """
    session = open_session()
    figures = figures_of(prepare(session.project, session.now).public)
    say_now(session)
    if form == "json":
        click.echo(json.dumps(figures, indent=2, ensure_ascii=False))
        return
    versions = {name: f"{name} v{it['version']}" for name, it in figures["definitions"].items()}
    parts = (_regularity, _reviews, _results, _promises, _closed, _durations)
    rows = [(what, value, versions.get(name, name)) for part in parts for what, value, name in part(figures)]
    click.echo(format_table(("figure", "value", "definition"), rows))
    left_out = ", ".join(
        f"{count} {kind}{'' if count == 1 else 's'}" for kind, count in figures["left_out_retold"].items() if count
    )
    if left_out:
        click.echo(f"left out of all but the durations, because retold from others: {left_out}", err=True)


def _share(share: dict[str, Any]) -> str:
    if not share["whole"]:
        return "none yet"
    percent = "" if share["percent"] is None else f" ({share['percent']} %)"
    return f"{share['part']} of {share['whole']}{percent}"


def _days(value: int | None) -> str:
    return "too few to say" if value is None else f"{value} day{'' if value == 1 else 's'}"


def _minutes(value: int | None) -> str:
    return "too few to say" if value is None else describe_duration(timedelta(minutes=value))


def _regularity(figures: dict[str, Any]) -> Iterator[Row]:
    found = figures["regularity"]
    yield "teams that keep their rhythm", _share(found["keeping"]), "in-a-row"
    for writer in found["writers"]:
        name = f"{writer['name']}: "
        if writer["cadence"] == "none":
            yield f"{name}weeknotes in a year", str(writer["written"]), "calendar"
        else:
            yield f"{name}written of those due, {writer['cadence']}", _share(writer["due"]), "due-written"
            yield f"{name}in a row", str(writer["in_a_row"]), "in-a-row"


def _reviews(figures: dict[str, Any]) -> Iterator[Row]:
    found, policy = figures["reviews"], figures["policy"]
    yield f"reviewed in time, within {policy['review_days']} days", _share(found["in_time"]), "within-policy"
    yield "half reviewed within", _days(found["days"]["median"]), "review-time"
    yield "nine in ten reviewed within", _days(found["days"]["ninetieth"]), "review-time"
    yield "waiting for a review", str(len(found["waiting"])), "review-time"
    yield "incidents written up", _share(found["written_up"]), "written-up"
    for row in found["by_severity"]:
        asked = "" if row["covered"] else ", not asked for"
        yield f"  {row['severity'] or 'no severity'}{asked}", _share(row["written_up"]), "written-up"
    yield "  near misses", _share(found["near_misses"]), "covered"


def _results(figures: dict[str, Any]) -> Iterator[Row]:
    found = figures["results"]
    yield "experiments", str(found["total"]), "results"
    for outcome, count in found["by_outcome"].items():
        if count:
            yield f"  {outcome}", str(count), "results"
    yield "plan registered before it ran", _share(found["registered"]), "registered"
    yield "past their end", str(len(found["past_end"])), "past-end"


def _promises(figures: dict[str, Any]) -> Iterator[Row]:
    found = figures["promises"]
    yield "promises kept in time", _share(found["kept"]), "promises"
    for state, count in found["by_state"].items():
        if count:
            yield f"  {state}", str(count), "promises"
    for one in found["by_owner"]:
        yield f"  kept by {one['owner'] or 'nobody named'}", _share(one["kept"]), "promises"
    yield "half of the late ones late by at most", _days(found["days_late"]["median"]), "promises"


def _closed(figures: dict[str, Any]) -> Iterator[Row]:
    found = figures["closed"]
    yield "closed by exception", str(found["total"]), "closed"
    yield "past the day of their review", str(found["past_review"]), "closed"


def _durations(figures: dict[str, Any]) -> Iterator[Row]:
    found = figures["durations"]
    whose = "retold from others" if found["retold_only"] else "our own"
    yield (
        f"incidents with a known length, {whose}",
        f"{len(found['minutes'])} of {found['counted']}",
        "incidents page",
    )
    yield "half over within", _minutes(found["median_minutes"]), "incidents page"
    yield "nine in ten over within", _minutes(found["ninetieth_minutes"]), "incidents page"
