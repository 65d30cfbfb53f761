"""What is measured at one size: every builder in turn, and again in turn for each repeat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from benchmarks.builders import ENVIRONMENT, Builder, script
from benchmarks.corpus import write_project
from benchmarks.edits import Edit, change_title, change_word
from benchmarks.measure import CommandFailed, measure_output, run
from benchmarks.results import Results, format_figure
from benchmarks.searching import is_measurable, measure_search
from benchmarks.serving import measure_saves

# A builder that always builds everything is not asked again for an edit above this size: it takes minutes.
PATIENT = 2000
SERVED = ("ours", "hugo")
SAVES = 9
# A site at work has this many older releases, and a build begins with the oldest.
OLDER = 2


@dataclass(slots=True)
class Round:
    """All builders at one size: their sources, their last sites, and a number for the next fresh folder."""

    size: int
    folder: Path
    builders: list[Builder]
    repeat: int
    results: Results
    say: Callable[[str], None]
    project: Path = Path()
    sources: dict[str, Path] = field(default_factory=dict)
    sites: dict[str, Path] = field(default_factory=dict)
    number: count[int] = field(default_factory=count)
    settled: bool = False

    def prepare(self) -> None:
        """Write the entries, and each builder's copy of them."""
        self.project = self.folder / "entries"
        write_project(self.project, self.size)
        for builder in self.builders:
            self.sources[builder.name] = self.folder / f"source-{builder.name}"
            builder.prepare(self.project, self.sources[builder.name])

    def fresh(self) -> Path:
        """Return a folder that never was: writing where a site was just deleted is slower."""
        return self.folder / f"site-{next(self.number)}"

    def build(self, builder: Builder, what: str, site: Path, watch: bool = False) -> None:
        """Build once and note the time, or the memory where it is watched; both where there is one run only."""
        done = run(builder.command(site), self.sources[builder.name], ENVIRONMENT, watch)
        self.sites[builder.name] = site
        if not watch or self._once(builder):
            self.note(builder, what, done.seconds)
        if watch:
            self.note(builder, f"{what}_memory", done.peak)

    def note(self, builder: Builder, what: str, value: float) -> None:
        """Keep one figure, and say it."""
        self.results.add(self.size, builder.name, what, value)
        self.say(f"{self.size:>6} {what:<14} {builder.name:<13} {format_figure(what, value)}")

    def warm(self, builder: Builder) -> None:
        """Make sure that the builder has built this before."""
        if builder.name not in self.sites:
            site = self.fresh()
            run(builder.command(site), self.sources[builder.name], ENVIRONMENT)
            self.sites[builder.name] = site

    def settle(self) -> None:
        """Edit and build a few times, unmeasured: who builds over its last site has older ones by then."""
        if self.settled:
            return
        self.settled = True
        for turn in range(OLDER):
            edit = change_word(self.project, turn, f"settled{turn}")
            for builder in self.builders:
                builder.carry(edit.path, self.sources[builder.name])
                if builder.in_place:
                    self.warm(builder)
                    run(builder.command(self.sites[builder.name]), self.sources[builder.name], ENVIRONMENT)

    def aboveboard(self, *arguments: str) -> float:
        """Run one of our commands on our copy and return its seconds."""
        return run([script("aboveboard"), *arguments], self.sources["ours"], ENVIRONMENT).seconds

    def _once(self, builder: Builder) -> bool:
        return self.repeat == 1 or (builder.whole and self.size > PATIENT)

    def turns(self, builder: Builder, turn: int) -> bool:
        """Return whether a builder takes part in this turn."""
        return turn == 0 or not self._once(builder)


def cold(at: Round) -> None:
    """Nothing kept, a fresh folder. The first turn is watched for memory, the others are timed."""
    for turn in range(at.repeat + (at.repeat > 1)):
        for builder in at.builders:
            if at.turns(builder, turn):
                builder.forget(at.sources[builder.name])
                at.build(builder, "cold", at.fresh(), watch=turn == 0)
    for builder in at.builders:
        output = measure_output(at.sites[builder.name])
        at.note(builder, "size", output.size)
        at.note(builder, "files", output.files)


def nothing(at: Round) -> None:
    """Build again what did not change."""
    _again(at, "nothing", lambda turn: None)


def edit(at: Round) -> None:
    """One word of one entry, its front matter untouched; the page must say the new word."""
    _again(at, "edit", lambda turn: change_word(at.project, turn * 5, f"zebra{turn}"))


def title(at: Round) -> None:
    """The title of one entry, which lists show; the list of its kind must say the new one."""
    _again(at, "title", lambda turn: change_title(at.project, turn * 3, f"A title with a zebra {turn}"))


def _again(at: Round, what: str, change: Callable[[int], Edit | None]) -> None:
    at.settle()
    taking_part = [b for b in at.builders if not (b.whole and at.size > PATIENT)]
    for builder in taking_part:
        at.warm(builder)
    for turn in range(at.repeat):
        edit = change(turn)
        for builder in taking_part:
            if edit:
                builder.carry(edit.path, at.sources[builder.name])
            site = at.sites[builder.name] if builder.in_place else at.fresh()
            at.build(builder, what, site)
            if edit:
                _verify(builder, site, edit, what)


def _verify(builder: Builder, site: Path, edit: Edit, what: str) -> None:
    """Raise CommandFailed where the edit is not on the page that it should be on: a stale page is no fast one."""
    if builder.whole and what == "title":
        # It made everything anew; which of many entries of one day its first list shows is its own affair.
        return
    kind, name = edit.path.parent.name, edit.path.stem
    place = site / ("" if builder.name == "material" else kind)
    page = place / name / "index.html" if what == "edit" else place / "index.html"
    if edit.now not in page.read_text(encoding="utf-8"):
        raise CommandFailed(f"{builder.label}: {page} does not say {edit.now!r} after the build")


def plain(at: Round) -> None:
    """`mkdocs build` of our project, nothing changed: over its last site, and into a new folder."""
    site = at.fresh()
    for turn in range(at.repeat + 1):
        for what, folder in (("plain", site), ("plain_new", at.fresh())):
            command = [script("mkdocs"), "build", "--quiet", "--site-dir", str(folder)]
            done = run(command, at.sources["ours"], ENVIRONMENT)
            if turn:
                at.note(_ours(at), what, done.seconds)


def commands(at: Round) -> None:
    """`check` with nothing changed, and `new`, each beside `--help`; what `new` writes is removed again."""
    content = at.sources["ours"] / "content"
    team = (content / "registers" / "teams.yml").read_text().split("slug: ", 2)[-1].split(",")[0]
    new = {
        "new_incident": ["new", "incident", "A measured one", "--set", "started_at=2026-11-20T02:00Z"],
        "new_weeknote": ["new", "weeknote", "--team", team, "--set", "week=2026-W49", "--date", "2026-12-04"],
    }
    for turn in range(at.repeat + 1):
        figures = {"help": at.aboveboard("--help"), "check": at.aboveboard("check")}
        for what, arguments in new.items():
            before = set(content.rglob("*.md"))
            figures[what] = at.aboveboard(*arguments)
            written = set(content.rglob("*.md")) - before
            if len(written) != 1:
                raise CommandFailed(f"aboveboard {' '.join(arguments)} wrote {len(written)} files")
            for path in written:
                path.unlink()
        if turn:
            for what, seconds in figures.items():
                at.note(_ours(at), what, seconds)


def serve(at: Round) -> None:
    """From saving a file to the new bytes, with the warm previews of ours and of Hugo."""
    for builder in at.builders:
        if builder.name in SERVED:
            figures = measure_saves(builder, at.project, at.sources[builder.name], max(SAVES, at.repeat))
            for what, runs in figures.items():
                for seconds in runs:
                    at.note(builder, what, seconds)


def search(at: Round) -> None:
    """The index: what it adds to a cold build of ours, and what a reader fetches."""
    for builder in at.builders:
        if builder.name == "ours":
            builder.forget(at.sources["ours"])
            site = at.fresh()
            done = run([*builder.command(site), "--search"], at.sources["ours"], ENVIRONMENT, watch=True)
            at.note(builder, "cold_search", done.seconds)
            at.note(builder, "search_memory", done.peak)
        elif builder.name == "material":
            at.warm(builder)
            site = at.sites["material"]
        else:
            continue
        if is_measurable():
            for what, size in measure_search(builder.name, site).items():
                at.note(builder, what, size)


def _ours(at: Round) -> Builder:
    return next(builder for builder in at.builders if builder.name == "ours")


SCENARIOS: dict[str, Callable[[Round], None]] = {
    scenario.__name__: scenario for scenario in (cold, nothing, edit, title, plain, commands, serve, search)
}
OURS_ALONE = {"plain", "commands"}
