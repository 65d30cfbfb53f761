"""Now, taken once per run. `ABOVEBOARD_NOW` makes a run repeatable."""

from __future__ import annotations

import os
from datetime import UTC, datetime, tzinfo

from aboveboard.content.stamps import parse_stamp
from aboveboard.content.times import resolve
from aboveboard.errors import UserError

VARIABLE = "ABOVEBOARD_NOW"


def take_now(text: str | None = None, zone: tzinfo = UTC) -> datetime:
    """Return the instant that everything in this run counts from, in UTC.

    `text`, or else the environment, may name it: `2026-11-23T09:00Z`, or a time in `zone`. Raises
    UserError when that is not a time.
    """
    text = text or os.environ.get(VARIABLE)
    if not text:
        return datetime.now(UTC)
    try:
        moment = resolve(parse_stamp(text), zone)
    except ValueError as error:
        raise UserError(f"--now: {error}") from None
    if moment is None:
        raise UserError(f"--now: {text!r} names no day: write 2026-11-23T09:00Z")
    return moment.at
