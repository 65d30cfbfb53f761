"""Looking at one document: all rules that concern it, or only those that look around, by what is remembered."""

from __future__ import annotations

from dataclasses import dataclass, replace

from aboveboard.checks.anchored import Anchors
from aboveboard.checks.attachment import Attachment
from aboveboard.checks.clock import Clock
from aboveboard.checks.context import Context, Desk
from aboveboard.checks.looked import Looked
from aboveboard.checks.reach.leads import ways_of
from aboveboard.checks.rule import ATTACHMENT, LIBRARY, PAGE, Document, Finding, Rule, rules_for
from aboveboard.checks.surroundings import Surroundings
from aboveboard.checks.waivers import find_waivers, without_waived
from aboveboard.content.entry import Entry
from aboveboard.errors import Diagnostic, Severity


@dataclass(frozen=True)
class Looker:
    """Where documents are looked at: a desk, an instant, and what else there is."""

    desk: Desk
    clock: Clock
    surroundings: Surroundings
    anchors: Anchors

    def look_at(self, document: Document) -> Looked:
        """Return what all rules find in a document."""
        return self.look_around(document, look_inward(document, self.desk, self.clock))

    def look_around(self, document: Document, looked: Looked) -> Looked:
        """Return the same with what is found around it now."""
        outward = Context(self.desk, self.clock.anew(), self.surroundings, looked.ways)
        outward.clock.narrow(looked.since, looked.until)
        around = _run(document, outward, self.desk, around=True)
        anchored = self.anchors.note(outward.anchored)
        return replace(
            looked, around=around, ways=outward.ways, asked=outward.asked, anchored=anchored,
            since=outward.clock.since, until=outward.clock.until, fleeting=looked.fleeting or outward.fleeting,
        )  # fmt: skip

    def look_into(self, attachment: Attachment) -> tuple[Diagnostic, ...]:
        """Return what rules find in an attachment, whatever the day."""
        context = Context(self.desk, self.clock.anew())
        rules = rules_at(self.desk, ATTACHMENT)
        found = [(rule, finding) for rule in rules for finding in rule.find(attachment, context)]
        assert not context.clock.was_asked, "what is found in a file does not depend on the day"
        return tuple(say(self.desk, attachment.path, rule, finding) for rule, finding in found)

    def look_over(self, clock: Clock) -> tuple[Diagnostic, ...]:
        """Return what the rules over the whole library find; the clock notes how long that stands."""
        context = Context(self.desk, clock, self.surroundings)
        rules = rules_at(self.desk, LIBRARY)
        return tuple(say(self.desk, path, rule, finding) for rule in rules for path, finding in rule.find(context))


def look_inward(document: Document, desk: Desk, clock: Clock) -> Looked:
    """Return what the rules find in a document that look at nothing else; around it has yet to be looked."""
    context = Context(desk, clock.anew())
    own = _run(document, context, desk, around=False)
    # Where links lead is only asked for advice; and found out where somebody asks for it after all.
    ways = None if desk.only_errors else ways_of(document, context)
    since, until = context.clock.since, context.clock.until
    return Looked(own, (), ways, since, until, asked=True, fleeting=context.fleeting)


def _run(document: Document, context: Context, desk: Desk, around: bool) -> tuple[Diagnostic, ...]:
    what = document.kind.name if isinstance(document, Entry) else PAGE
    rules = [rule for rule in rules_at(desk, what) if rule.around is around]
    found = [say(desk, document.path, rule, f) for rule in rules for f in rule.find(document, context)]
    return tuple(without_waived(found, find_waivers(document.matter.text))) if found else ()


def rules_at(desk: Desk, what: str) -> list[Rule]:
    """Return the rules that look at something for whoever sits at a desk."""
    rules = rules_for(what, desk.settings.rules)
    return [rule for rule in rules if not desk.only_errors or weight_of(desk, rule) is Severity.ERROR]


def weight_of(desk: Desk, rule: Rule) -> Severity:
    """Return how much a rule weighs: what the project has set for it, else its own. No finding weighs more."""
    set_to = desk.settings.rules.get(rule.about.code)
    return Severity(set_to) if set_to else rule.about.severity


def say(desk: Desk, path: str, rule: Rule, finding: Finding) -> Diagnostic:
    """Return a finding as a diagnostic, which weighs what the project has set for its rule.

    `path` counts from the content folder, and with a slash in front from the project's root.
    """
    code = rule.about.code
    weight = weight_of(desk, rule)
    assert finding.severity is not Severity.ERROR or rule.about.severity is Severity.ERROR, (
        f"{code} may be an error"
    )
    severity = weight if code in desk.settings.rules else finding.severity or weight
    where = path[1:] if path.startswith("/") else f"{desk.prefix}/{path}"
    return Diagnostic(where, finding.position, code, severity, finding.message)


def forget_text(document: Document) -> None:
    """Let go of what was parsed of a document's text; it is parsed again if somebody asks."""
    document.__dict__.pop("prose", None)
    if isinstance(document, Entry):
        getattr(document.reading, "__dict__", {}).pop("prose", None)
