"""The plugin's block in `mkdocs.yml`: the whole configuration of a project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from aboveboard.content.fields.common import Part
from aboveboard.content.fields.types import (
    Colour,
    Count,
    NewAddress,
    OldAddress,
    ReplyUrl,
    Shape,
    Text,
    Texts,
    Zone,
)

LICENCES = {
    "CC-BY-4.0": (
        "Creative Commons Attribution 4.0 International",
        "https://creativecommons.org/licenses/by/4.0/",
    ),
    "CC0-1.0": (
        "Creative Commons Zero 1.0 Universal",
        "https://creativecommons.org/publicdomain/zero/1.0/",
    ),
    "OGL-UK-3.0": (
        "Open Government Licence v3.0",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    ),
}


def _off(rules: Any) -> Any:
    # `mkdocs.yml` is read as YAML 1.1, to which a bare `off` is false.
    return (
        {code: "off" if to == "false" else to for code, to in rules.items()} if isinstance(rules, dict) else rules
    )


class Looks(Part):
    """What makes a site look like its organisation; a logo is `theme: {logo: …}`, as in any MkDocs site."""

    colour: Colour = Field("#22577a", description="of the organisation: the band on top, links, marks in charts")
    accent: Colour = Field("#b3541e", description="a second one, for what should stand out")
    font: Text | None = Field(
        None, description="a font file below `content/`, WOFF2; the reader's own system font where left out"
    )


class Policy(Part):
    """What the organisation holds itself to; measured in public on the openness page."""

    publish: Texts = Field([], description="severities whose incidents are always written up; all where left out")
    review_days: Count = Field(14, description="days from resolved until the review is published")
    closed_days: Count | None = Field(
        None, description="days after which what is closed is decided on again; its own day where left out"
    )


class Publishing(Part):
    """Where `aboveboard publish` puts the site, and what takes it from there to its readers."""

    to: Text | None = Field(None, description="the folder, from the project's own; `site_dir` where left out")
    keep: Count = Field(3, description="how many releases stay there, to go back to")
    deploy: Annotated[Text | None, Shape("command", "rsync -a --delete {site}/ host:/srv/www/")] = Field(
        None, description="run when a release stands; `{site}` is its folder, `{commit}` what it was made of"
    )


class Settings(Part):
    """What an organisation says once for its whole site."""

    organisation: Text | None = Field(None, description="who publishes; the site's name where left out")
    timezone: Zone = Field("UTC", description="in which times without a zone count, and dates begin")
    severities: Annotated[Texts, Shape("texts", "[sev1, sev2, sev3, sev4]")] = Field(
        ["sev1", "sev2", "sev3", "sev4"], description="the scale of incidents, worst first"
    )
    licence: Text = Field(
        "CC-BY-4.0", description="of the content: CC-BY-4.0, OGL-UK-3.0, CC0-1.0 or the URL of another"
    )
    contact: ReplyUrl | None = Field(
        None,
        description="where a reader can reply: mailto:… (an entry's title becomes the subject) or https://…, "
        "in which `{title}` and `{url}` stand for the entry's own",
    )
    looks: Annotated[Looks, Shape("looks", "{colour: '#22577a', accent: '#b3541e'}")] = Field(
        Looks(), description="colours and font of the organisation"
    )
    policy: Annotated[Policy, Shape("policy", "{publish: [sev1, sev2], review_days: 14}")] = Field(
        Policy(), description="what is published, and how soon"
    )
    publish: Annotated[Publishing, Shape("publish", "{to: public, keep: 5}")] = Field(
        Publishing(), description="where `publish` puts the site, and what takes it from there to its readers"
    )
    draft_days: Count = Field(30, description="how old a draft may grow before `check` speaks of it")
    redirects: Annotated[
        dict[OldAddress, NewAddress],
        WithJsonSchema({"type": "object", "additionalProperties": {"type": ["string", "number"]}}),
        Shape("old address: where it leads", "{/tags/queue/: /tags/queues/}"),
    ] = Field(
        {},
        description="old addresses that are no entry's, and where each leads: a place of the site, or https://…",
    )
    rules: Annotated[
        dict[str, Literal["error", "warning", "info", "off"]],
        BeforeValidator(_off),
        WithJsonSchema(
            {"type": "object", "additionalProperties": {"enum": ["error", "warning", "info", "off", False]}}
        ),
        Shape("codes", "{BL002: info, ST013: off}"),
    ] = Field({}, description="how much a rule weighs here; what keeps a file from being read stays an error")
    raw_html: Literal["sanitise", "allow"] = Field(
        "sanitise", description="whether HTML that authors write is cleaned of what can run"
    )

    @property
    def licence_name(self) -> str:
        return find_licence(self.licence).name

    @property
    def licence_url(self) -> str | None:
        return find_licence(self.licence).url


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence as people call it, and where its text is."""

    name: str
    url: str | None


def find_licence(written: str) -> Licence:
    """Return the licence that an SPDX id or an address names; one that we do not know keeps its id for a name."""
    name, url = LICENCES.get(written, (written, written))
    return Licence(name, url if url.startswith("https://") else None)
