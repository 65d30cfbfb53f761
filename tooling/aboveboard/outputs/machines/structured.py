"""What a page says of itself in the vocabulary of schema.org, as JSON-LD."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aboveboard.content.entry import Entry
from aboveboard.content.frame import Frame
from aboveboard.content.settings import find_licence
from aboveboard.insight.incidents import is_over, went_quiet
from aboveboard.outputs.links import absolute, source_path
from aboveboard.outputs.machines.item import LANGUAGE, say_instant
from aboveboard.outputs.render import title_of

BLOGS = ("index.md", "weeknotes/index.md")


def entry_data(frame: Frame, entry: Entry) -> dict[str, Any]:
    """Return an entry as a BlogPosting (a weeknote) or a Report (an experiment, an incident)."""
    fields, project = entry.fields, frame.project
    url = absolute(project, source_path(entry))
    return _known(
        {
            "@context": "https://schema.org",
            "@type": "BlogPosting" if entry.weeknote else "Report",
            "@id": url,
            "url": url,
            "headline": title_of(frame, entry),
            "description": fields.summary or entry.kind.about,
            "datePublished": say_instant(entry.sort_at),
            "dateModified": say_instant(entry.updated_at),
            "inLanguage": fields.lang or LANGUAGE,
            "license": _licence(fields.licence or project.settings.licence),
            "author": _authors(frame, entry),
            "publisher": _publisher(frame),
            "keywords": list(fields.tags),
            "about": [_service(frame, slug) for slug in fields.services],
            "temporalCoverage": temporal_coverage(frame, entry),
            "correction": [
                {"@type": "CorrectionComment", "datePublished": c.date.isoformat(), "text": c.text}
                for c in fields.corrections
            ],
            "isBasedOn": fields.source.url if fields.source and entry.is_retold else None,
        }
    )


def page_data(frame: Frame, path: str, title: str, description: str) -> dict[str, Any]:
    """Return a page that gathers as a Blog or a CollectionPage."""
    url = absolute(frame.project, path)
    return _known(
        {
            "@context": "https://schema.org",
            "@type": "Blog" if path in BLOGS else "CollectionPage",
            "@id": url,
            "url": url,
            "name": title,
            "description": description,
            "inLanguage": LANGUAGE,
            "license": _licence(frame.project.settings.licence),
            "publisher": _publisher(frame),
        }
    )


def temporal_coverage(frame: Frame, entry: Entry) -> str | None:
    """Return the time that a report is about as an ISO 8601 interval, `..` where it has no end yet.

    Of an incident only where its start is known to the minute; of an experiment, its time box.
    """
    if entry.experiment:
        starts, ends = entry.experiment.starts, entry.experiment.ends
        return f"{starts or '..'}/{ends or '..'}" if starts or ends else None
    started = entry.times.milestones.get("started") if entry.times else None
    if entry.times is None or started is None or not (started.exact and started.zoned):
        return None
    start, end = say_instant(started.at), entry.times.milestones.get("resolved")
    if end and end.zoned and end.exact:
        return f"{start}/{say_instant(end.at)}"
    if end:
        return f"{start}/{end.local.date()}"
    return start if is_over(entry) or went_quiet(entry, frame.today) else f"{start}/.."


def _authors(frame: Frame, entry: Entry) -> list[dict[str, Any]]:
    people = [
        _known({"@type": "Person", "name": frame.registers.name_of("people", name), "url": url})
        for name in entry.fields.authors
        for url in [absolute(frame.project, f"people/{name}.md")]
    ]
    team = entry.fields.team
    if team:
        url = absolute(frame.project, f"teams/{team}.md")
        name = frame.registers.name_of("teams", team)
        people.append(_known({"@type": "Organization", "name": name, "url": url}))
    return people or [_publisher(frame)]


def _publisher(frame: Frame) -> dict[str, Any]:
    project = frame.project
    return _known({"@type": "Organization", "name": project.organisation, "url": project.site_url})


def _service(frame: Frame, slug: str) -> dict[str, Any]:
    name = frame.registers.name_of("services", slug)
    return _known({"@type": "Service", "name": name, "url": absolute(frame.project, f"services/{slug}.md")})


def _licence(licence: str) -> str:
    return find_licence(licence).url or licence


def _known(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value}
