"""Every template that we ship scaffolds an entry that is fine as it is."""

from __future__ import annotations

import pytest

from aboveboard.authoring.templates import find_templates
from aboveboard.content.kinds import INCIDENT
from tests.conftest import REPOSITORY, Site, entry

SHIPPED = {
    "weeknote": {"default", "blank", "five-photos", "one-thing", "question", "leader"},
    "experiment": {"default", "test-card"},
    "incident": {"standard", "public", "sre", "near-miss", "security"},
}
ALL = [(kind, name) for kind, names in SHIPPED.items() for name in sorted(names)]
SCREEN = (24, 80)


def test_these_templates_are_shipped(site: Site) -> None:
    found: dict[str, set[str]] = {}
    for template in find_templates(site.project):
        assert template.about, f"{template.name} says what it is for"
        found.setdefault(template.kind.name, set()).add(template.name)
    assert found == SHIPPED


@pytest.mark.parametrize(("kind", "name"), ALL)
@pytest.mark.parametrize("more", [[], ["--set", 'summary=In short: "it works" # really']], ids=["plain", "set"])
def test_a_template_scaffolds_an_entry_without_errors(site: Site, kind: str, name: str, more: list[str]) -> None:
    site.run("new", kind, 'A "title": with *everything*', "--team", "platform", "--template", name, *more)
    checked = site.run("check")
    assert " error " not in checked.stdout


@pytest.mark.parametrize("name", sorted(SHIPPED["incident"]))
def test_both_halves_of_a_flavour_scaffold_without_errors(site: Site, name: str) -> None:
    times = ["--set", "started_at=2026-11-20T02:00Z", "--set", "resolved_at=2026-11-20T03:00Z"]
    path = site.run("new", "incident", "Over already", "--template", name, *times).stdout.strip()
    assert " error " not in site.run("check").stdout
    whole = site.read(f"content/incidents/{path.rsplit('/', 1)[-1]}")
    assert "factors:" in whole and "declared_at" not in whole


@pytest.mark.parametrize("name", sorted(SHIPPED["incident"]))
def test_what_one_meets_at_night_fits_on_one_screen(site: Site, name: str) -> None:
    site.run("new", "incident", "Checkout timeouts", "--template", name)
    lines = site.read("content/incidents/2026-11-23-checkout-timeouts.md").splitlines()
    rows, columns = SCREEN
    assert len(lines) <= rows
    assert max(map(len, lines)) <= columns


@pytest.mark.parametrize(("kind", "name"), ALL)
def test_no_prompt_reaches_the_public_page(site: Site, kind: str, name: str) -> None:
    site.run("new", kind, "Something", "--team", "platform", "--template", name)
    site.run("build")
    pages = [
        p
        for p in (site.root / "site").rglob("*.html")
        if p.parent.parent.name == f"{kind}s" and p.parent.name != "latest"
    ]
    assert len(pages) == 1
    page = pages[0].read_text(encoding="utf-8")
    article = page[page.index("<article") : page.index("</article>")]
    assert "<!--" not in article
    assert "not published" not in article
    assert "such as" not in article


@pytest.mark.parametrize("name", sorted(SHIPPED["incident"]))
def test_a_flavour_has_two_halves(name: str) -> None:
    text = (REPOSITORY / INCIDENT.template_folder / f"{name}.md.j2").read_text(encoding="utf-8")
    assert all(f"{{% block {half} %}}" in text for half in ("fields_now", "fields_after", "now", "after"))


def test_the_question_is_the_same_all_week_and_another_the_next(site: Site) -> None:
    def asked(day: str, team: str) -> str:
        site.run("--now", f"{day}T09:00Z", "new", "weeknote", "--team", team, "--template", "question")
        notes = (site.root / "content/weeknotes").glob(f"*-{team}.md")
        return next(line for line in next(notes).read_text().splitlines() if line.startswith("## "))

    monday, sunday, after = asked("2026-11-16", "a"), asked("2026-11-22", "b"), asked("2026-11-23", "c")
    assert monday == sunday != after


def test_an_organisations_own_template_hides_ours(site: Site) -> None:
    site.write(
        "/templates/weeknote/default.md.j2",
        entry("week: {{ week }}\ndate: {{ date }}\nteam: {{ team }}", "Ours.\n"),
    )
    site.run("new", "weeknote", "--team", "platform")
    assert site.read("content/weeknotes/2026-w48-platform.md").endswith("Ours.\n")


def test_a_template_that_is_wrong_is_one_line(site: Site) -> None:
    site.write("/templates/weeknote/odd.md.j2", "{{ nobody_knows }}")
    result = site.run("new", "weeknote", "--team", "platform", "--template", "odd", exit_code=1)
    assert "nobody_knows" in result.stderr and "Traceback" not in result.output
