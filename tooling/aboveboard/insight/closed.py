"""What is closed by exception, and what of it waits for a decision."""

from __future__ import annotations

from datetime import date

from aboveboard.content.registers import ClosedRecord, Registers


def still_closed(registers: Registers) -> list[ClosedRecord]:
    """Return what is closed and was not opened again: the earliest day of review first."""
    closed = (record for record in registers.closed.values() if record.reopened is None)
    return sorted(closed, key=lambda record: (record.review_by, record.ref))


def needs_decision(registers: Registers, today: date) -> list[ClosedRecord]:
    """Return what is still closed after the day by which it was to be decided again."""
    return [record for record in still_closed(registers) if record.review_by < today]


def opened_again(registers: Registers) -> list[ClosedRecord]:
    """Return what was closed once and is open now, the latest first."""
    opened = [record for record in registers.closed.values() if record.reopened is not None]
    return sorted(opened, key=lambda record: (record.reopened or record.decided, record.ref), reverse=True)
