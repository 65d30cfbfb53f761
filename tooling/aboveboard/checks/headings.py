"""ST: what a merge of two branches leaves behind in a body."""

from __future__ import annotations

from collections.abc import Iterator

from aboveboard.checks.context import Context
from aboveboard.checks.rule import Finding, rule
from aboveboard.content.entry import Entry
from aboveboard.content.kinds import INCIDENT
from aboveboard.content.prose import Heading, bare
from aboveboard.errors import Severity


@rule("ST019", Severity.ERROR, INCIDENT)
def a_section_stands_once(entry: Entry, context: Context) -> Iterator[Finding]:
    """Two people who write to one incident on two branches may both open a section; git keeps both.

    A timeline is read from the first of its headings, so that half of the night would be missing.

    Bad: `## Timeline` twice, with the lines of one person each
    Good: `## Timeline` once, with the lines of both
    """
    above: list[Heading] = []
    seen: dict[tuple[int, str], Heading] = {}
    for heading in entry.prose.headings:
        while above and above[-1].level >= heading.level:
            above.pop()
        key = (above[-1].line if above else -1, bare(heading.text))
        first = seen.setdefault(key, heading)
        if first is not heading and key[1]:
            position = entry.prose.position(heading.line)
            line = entry.prose.position(first.line).line
            message = (
                f"\u201c{heading.text}\u201d is a heading on line {line} already: make one section of the two"
            )
            yield Finding(position, message)
        above.append(heading)
