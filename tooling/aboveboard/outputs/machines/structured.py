"""What a page says of itself in the vocabulary of schema.org, as JSON-LD."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aboveboard.content.entry import Entry
from aboveboard.content.public import PublicLibrary
from aboveboard.content.settings import find_licence
from aboveboard.insight.incidents import is_over, went_quiet
from aboveboard.outputs.links import absolute, source_path
from aboveboard.outputs.machines.item import LANGUAGE, say_instant
from aboveboard.outputs.render import title_of

BLOGS = ("index.md", "weeknotes/index.md")


def entry_data(library: PublicLibrary, entry: Entry) -> dict[str, Any]:
    """Return an entry as a BlogPosting (a weeknote) or a Report (an experiment, an incident)."""
    fields, project = entry.fields, library.project
    url = absolute(project, source_path(entry))
    return _known(
        {
            "@context": "https://schema.org",
            "@type": "BlogPosting" if entry.weeknote else "Report",
            "@id": url,
            "url": url,
            "headline": title_of(library, entry),
            "description": fields.summary or entry.kind.about,
            "datePublished": say_instant(entry.sort_at),
            "dateModified": say_instant(entry.updated_at),
            "inLanguage": fields.lang or LANGUAGE,
            "license": _licence(fields.licence or project.settings.licence),
            "author": _authors(library, entry),
            "publisher": _publisher(library),
            "keywords": list(fields.tags),
            "about": [_service(library, slug) for slug in fields.services],
            "temporalCoverage": temporal_coverage(library, entry),
            "correction": [
                {"@type": "CorrectionComment", "datePublished": c.date.isoformat(), "text": c.text}
                for c in fields.corrections
            ],
            "isBasedOn": fields.source.url if fields.source and entry.is_retold else None,
        }
    )


def page_data(library: PublicLibrary, path: str, title: str, description: str) -> dict[str, Any]:
    """Return a page that gathers as a Blog or a CollectionPage."""
    url = absolute(library.project, path)
    return _known(
        {
            "@context": "https://schema.org",
            "@type": "Blog" if path in BLOGS else "CollectionPage",
            "@id": url,
            "url": url,
            "name": title,
            "description": description,
            "inLanguage": LANGUAGE,
            "license": _licence(library.project.settings.licence),
            "publisher": _publisher(library),
        }
    )


def temporal_coverage(library: PublicLibrary, entry: Entry) -> str | None:
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
    return start if is_over(entry) or went_quiet(entry, library.today) else f"{start}/.."


def _authors(library: PublicLibrary, entry: Entry) -> list[dict[str, Any]]:
    people = [
        _known({"@type": "Person", "name": library.registers.name_of("people", name), "url": url})
        for name in entry.fields.authors
        for url in [absolute(library.project, f"people/{name}.md")]
    ]
    team = entry.fields.team
    if team:
        url = absolute(library.project, f"teams/{team}.md")
        name = library.registers.name_of("teams", team)
        people.append(_known({"@type": "Organization", "name": name, "url": url}))
    return people or [_publisher(library)]


def _publisher(library: PublicLibrary) -> dict[str, Any]:
    project = library.project
    return _known({"@type": "Organization", "name": project.organisation, "url": project.site_url})


def _service(library: PublicLibrary, slug: str) -> dict[str, Any]:
    name = library.registers.name_of("services", slug)
    return _known({"@type": "Service", "name": name, "url": absolute(library.project, f"services/{slug}.md")})


def _licence(licence: str) -> str:
    return find_licence(licence).url or licence


def _known(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value}
