"""A week as text that leaves the site: Markdown for a page or a chat, HTML for a mail.

A mail is read by programs that know tables and inline styles and little else, and that must not fetch
anything. So its styles stand where they are used, written once each as a macro: no inliner is needed, and
what is sent is what the template says.
"""

from __future__ import annotations

from aboveboard.content.public import PublicLibrary
from aboveboard.content.weeks import Week
from aboveboard.insight.digest import Digest, digest_of, first_words
from aboveboard.outputs.format import counted
from aboveboard.outputs.links import absolute, address, week_path
from aboveboard.outputs.looks import CHALK, INK, NIGHT, PAPER, fit, readable_on
from aboveboard.outputs.render import Renderer

QUIET_LIGHT, QUIET_DARK = "#565d69", "#a9b0bc"


class Letter(Renderer):
    """Renders what is read away from the site: links are whole, as far as the site knows its address."""

    def link(self, path: str, anchor: str = "") -> str:
        """Return the full address of a source path; without `site_url`, the way from the site's root."""
        url = absolute(self.frame.project, path) or address(path, self.frame.project.directory_urls)
        return f"{url}#{anchor}" if anchor else url


def digest_html(library: PublicLibrary, week: Week) -> str:
    """Return a week as a whole HTML document for a mail."""
    looks = library.project.settings.looks
    colours = {
        "band": looks.colour,
        "on_band": readable_on(looks.colour),
        "paper": PAPER,
        "ink": INK,
        "quiet": QUIET_LIGHT,
        "link": fit(looks.colour, PAPER),
        "night": NIGHT,
        "chalk": CHALK,
        "quiet_night": QUIET_DARK,
        "link_night": fit(looks.colour, NIGHT),
    }
    return _render(library, week, "digest", colours=colours) + "\n"


def digest_markdown(library: PublicLibrary, week: Week) -> str:
    """Return a week as Markdown, a heading for each part that has something in it."""
    return _render(library, week, "digest.md")


def _render(library: PublicLibrary, week: Week, template: str, **values: object) -> str:
    found = digest_of(library, week)
    render = Letter(library.frame, week_path(week))
    told = {"digest": found, "week": week, "in_short": _in_short(found), "first_words": first_words, **values}
    return render.text(template, **told) if template.endswith(".md") else render(template, **told)


def _in_short(digest: Digest) -> str:
    """Return what a week holds, counted: what a mail program shows beside the subject."""
    counts = (
        (len(digest.weeknotes), "weeknote", ""),
        (len(digest.incidents), "incident", ""),
        (len(digest.experiments), "experiment", ""),
        (len(digest.lessons), "lesson", ""),
        (len(digest.closed), "promise settled", "promises settled"),
    )
    said = ", ".join(counted(number, one, many) for number, one, many in counts if number)
    return said or "Nothing was published of this week"
