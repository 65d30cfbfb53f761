"""AX: whether readers are told how far everybody can use the site, and where to say that they cannot."""

from __future__ import annotations

from collections.abc import Iterator

from aboveboard.checks.context import Context
from aboveboard.checks.rule import Finding, library_rule
from aboveboard.errors import Position, Severity

STATEMENTS = ("accessibility.md", "accessibility/index.md")


@library_rule("AX012", Severity.INFO)
def a_site_has_an_accessibility_statement(context: Context) -> Iterator[tuple[str, Finding]]:
    """Who cannot use a page needs to know where to say so; public bodies in many countries owe them a statement.

    Bad: a site without `content/accessibility.md`
    Good: `aboveboard init` writes one, also into a site that is there already; then fill it in
    """
    places = context.surroundings.site.places
    found = [path for path in STATEMENTS if path in places and places[path].page]
    if not found:
        message = "there is no accessibility statement: `aboveboard init` writes one here, to be filled in"
        yield STATEMENTS[0], Finding(Position(), message)
    for path in found:
        if places[path].held:
            yield path, Finding(Position(), "the accessibility statement is held back: nobody can read it")
