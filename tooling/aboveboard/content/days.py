"""Every day that a value names, wherever in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from pydantic import BaseModel

from aboveboard.content.stamps import Stamp
from aboveboard.content.times import Moment
from aboveboard.content.weeks import Week

_DAY = timedelta(days=1)
_DAYLESS = (str, bool, int)


def days_in(value: object) -> Iterator[date]:
    """Yield every day that stands anywhere in a value, a day earlier and later too: zones differ by less."""
    if value is None or type(value) in _DAYLESS:
        # Most of all.
        return
    if isinstance(value, Week):
        yield from (value.monday, value.sunday)
    elif isinstance(value, datetime):
        yield from (value.date() - _DAY, value.date() + _DAY)
    elif isinstance(value, date):
        yield from (value - _DAY, value + _DAY)
    elif isinstance(value, (list, tuple)):
        yield from (day for item in value for day in days_in(item))
    elif isinstance(value, (BaseModel, Stamp, Moment)):
        names = value.__class__.model_fields if isinstance(value, BaseModel) else value.__dataclass_fields__
        yield from (day for name in names for day in days_in(getattr(value, name)))
