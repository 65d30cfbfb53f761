"""What a search can be narrowed by: said in the head of every entry's page, and offered on the search page."""

from __future__ import annotations

from aboveboard.content.entry import Entry
from aboveboard.content.frame import Frame


def facets_of(frame: Frame, entry: Entry) -> dict[str, tuple[str, ...]]:
    """Return what an entry can be narrowed down by, as readers see it: `{"kind": ("Incident",), …}`.

    An entry's page says the same to the search index, so that what can be chosen can be found.
    """
    name, fields = frame.registers.name_of, entry.fields
    severity = entry.incident.severity if entry.incident else None
    return {
        "kind": (entry.kind.title,),
        "team": (name("teams", fields.team),) if fields.team else (),
        "service": tuple(name("services", slug) for slug in fields.services),
        "year": (str(entry.day.year),),
        "severity": (severity,) if severity else (),
    }
