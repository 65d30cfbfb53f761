"""From templates to HTML: one environment that escapes everything, and every link from one place."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from aboveboard.content.entry import Entry
from aboveboard.content.frame import Frame
from aboveboard.content.kinds import KINDS
from aboveboard.content.plain import as_markdown
from aboveboard.content.times import describe_duration
from aboveboard.content.weeks import Week
from aboveboard.insight import weeknotes
from aboveboard.insight.incidents import went_quiet
from aboveboard.insight.lessons import Learned
from aboveboard.outputs import format as say
from aboveboard.outputs.compiled import compiled_templates
from aboveboard.outputs.links import (
    absolute,
    address,
    lesson_path,
    month_path,
    numbered_path,
    owner_path,
    source_path,
    url_for,
    week_path,
    year_path,
)

_BLANK_LINES = re.compile(r"\n\s*\n+")


class Renderer:
    """Renders templates for the page at one source path; links in them are relative to it."""

    def __init__(self, frame: Frame, here: str) -> None:
        self.frame, self.here = frame, here

    def __call__(self, template: str, **values: Any) -> str:
        """Return the HTML of `outputs/pages/<template>.html.j2`, without blank lines.

        A blank line could end an HTML block in Markdown, and what follows would be read as text.
        """
        rendered = (
            _environment()
            .get_template(f"{template}.html.j2")
            .render(page=self, frame=self.frame, project=self.frame.project, **values)
        )
        return _BLANK_LINES.sub("\n", rendered).strip()

    def text(self, template: str, **values: Any) -> str:
        """Return the text of `outputs/pages/<template>.j2`, which is no HTML and is not escaped as such."""
        rendered = (
            _environment()
            .get_template(f"{template}.j2")
            .render(page=self, frame=self.frame, project=self.frame.project, **values)
        )
        return re.sub(r"\n{3,}", "\n\n", rendered).strip() + "\n"

    def link(self, path: str, anchor: str = "") -> str:
        """Return a relative link to a source path."""
        return url_for(self.frame.project, self.here, path, anchor)

    def entry_link(self, entry: Entry, anchor: str = "") -> str:
        return self.link(source_path(entry), anchor)

    def lesson_link(self, learned: Learned) -> str:
        """Return the link to where a lesson stands for good."""
        return self.link(lesson_path(learned), learned.anchor)

    def week_link(self, week: Week, anchor: str = "") -> str:
        return self.link(week_path(week), anchor)

    def year_link(self, folder: str, year: int, anchor: str = "") -> str:
        return self.link(year_path(folder, year), anchor)

    def month_link(self, year: int, month: int, anchor: str = "") -> str:
        return self.link(month_path(year, month), anchor)

    def owner_link(self, owner: str) -> str:
        return self.link(owner_path(owner))

    def numbered_link(self, path: str, number: int) -> str:
        return self.link(numbered_path(path, number))

    def line(self, entry: Entry, **flags: bool) -> Markup:
        """Return an entry on one line, as `short_line` has it; made once for all pages that lie as deep."""
        above = address(self.here, self.frame.project.directory_urls).split("/")[:-1]
        if above and above[0] in _LEADS_TO:
            return Markup(_gather().short_line(self, entry, **flags))
        return _line(self.frame, len(above), entry, tuple(flags.items()))

    def permalink(self, entry: Entry) -> str | None:
        return absolute(self.frame.project, source_path(entry))

    def title(self, entry: Entry) -> str:
        return title_of(self.frame, entry)

    def status(self, entry: Entry) -> str:
        """Return how far an incident is, as a list says it; an old report without an end is not `open`."""
        if entry.times is None:
            return ""
        return "end not told" if went_quiet(entry, self.frame.today) else str(entry.times.status)

    def name(self, register: str, slug: str) -> str:
        return self.frame.registers.name_of(register, slug)


# Where the links of a line may lead. A page in none of these folders has the same way to all of them.
_LEADS_TO = {kind.folder for kind in KINDS}


@lru_cache(maxsize=1 << 15)
def _line(frame: Frame, deep: int, entry: Entry, flags: tuple[tuple[str, bool], ...]) -> Markup:
    # A folder that is no page's stands for all that lie so deep.
    page = Renderer(frame, "--/" * deep + "--")
    return Markup(_gather().short_line(page, entry, **dict(flags)))


def title_of(frame: Frame, entry: Entry) -> str:
    """Return an entry's title; a weeknote without one is called after its team or author."""
    owner = frame.registers.name_of("teams", entry.fields.team) if entry.fields.team else None
    authors = [frame.registers.name_of("people", name) for name in entry.fields.authors]
    return weeknotes.title_of(entry, owner or ", ".join(authors))


@cache
def _gather() -> Any:
    return _environment().get_template("gather.html.j2").module


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "pages"),
        # Markdown escapes differently: its templates put every text of a person through `md`.
        autoescape=lambda name: name is None or not name.endswith(".md.j2"),
        undefined=StrictUndefined,
        # They lie in the package: looking whether a file changed, for every page, would cost a tenth of all.
        auto_reload=False,
        bytecode_cache=compiled_templates(),
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.do"],
    )
    filters: dict[str, Callable[..., Any]] = {
        "day": say.day_tag,
        "said": say.say_day,
        "moment": say.moment_tag,
        "duration": describe_duration,
        "span": say.say_span,
        "month": say.month_name,
        "counted": say.counted,
        "words": say.words_of,
        "short": say.in_short,
        "listed": say.and_list,
        "instant": say.instant_tag,
        "url_text": lambda url: re.sub(r"^https?://(www\.)?|^mailto:|/$", "", url),
        "is_url": lambda text: text.startswith(("https://", "http://")),
        "md": as_markdown,
        "dots": lambda parts: Markup(" &middot; ").join(part for part in parts if part),
    }
    environment.filters.update(filters)
    return environment
