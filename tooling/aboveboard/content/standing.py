"""What is known of an entry without looking into its fields or its text."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Standing(NamedTuple):
    """What is asked of every entry in every run: where it stands in time, and whether the public sees it.

    `has_prompts`: whether its text may hold comments.
    """

    draft: bool
    withdrawn: bool
    opens_at: datetime
    sort_at: datetime
    has_prompts: bool
    groups: Groups


class Groups(NamedTuple):
    """What gathers entries: its team, who wrote it, the services and tags that it names, what it relates to.

    `week`: the week that a weeknote tells of, as in 2026-W47; empty for other kinds.
    """

    team: str | None
    authors: tuple[str, ...]
    services: tuple[str, ...]
    tags: tuple[str, ...]
    related: tuple[str, ...]
    week: str
