"""The files that a new site has, each with its text: rendered from `authoring/project/`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from aboveboard import __version__
from aboveboard.authoring.editors import NOTE, editor_files, schema_settings
from aboveboard.authoring.host import WORKFLOWS
from aboveboard.authoring.templates import render_page
from aboveboard.content.kinds import WEEKNOTE
from aboveboard.content.library import load_library
from aboveboard.content.project import CONFIG, Project
from aboveboard.content.registers import FOLDER as REGISTERS
from aboveboard.content.schemas.forms import Names
from aboveboard.content.schemas.known import known_names
from aboveboard.content.settings import Settings
from aboveboard.content.slugs import slugify
from aboveboard.content.weeks import Week
from aboveboard.content.yaml_write import write_scalar

OURS = Path(__file__).parent / "project"
STATEMENT = "accessibility"
# What `check --format github` prints, for an editor's list of problems.
PROBLEM = r"^::(error|warning|notice) file=(.+?),line=(\d+),col=(\d+),title=(\w+)::(.*)$"


@dataclass(frozen=True, slots=True)
class File:
    """A file of a new project, by its path in it.

    `needs`: what a file of that name that is there should have; `within`: the setting that it belongs to.
    """

    path: str
    text: str
    needs: tuple[str, ...] = ()
    within: str = ""


@dataclass(frozen=True, slots=True)
class Values:
    """What the templates are filled with. `content`: the content folder, relative to the project."""

    root: Path
    content: str
    name: str
    organisation: str
    url: str | None
    team: str
    date: str
    week: str

    @classmethod
    def of(cls, root: Path, there: Project | None, name: str | None, url: str | None, now: datetime) -> Values:
        """Return the values for a folder; what is not given is that of the site that is there, or its name."""
        site = name or (there.site_name if there else root.name.replace("-", " ").replace("_", " ").capitalize())
        today = now.astimezone(there.zone).date() if there else now.date()
        return cls(
            root=root,
            content=there.relative(there.content) if there else "content",
            name=site,
            organisation=name or (there.organisation if there else site),
            url=url,
            team=slugify(site),
            date=today.isoformat(),
            week=str(Week.of(today)),
        )


def project_files(values: Values, there: Project | None, with_workflows: bool) -> Iterator[File]:
    """Yield every file that a site has from its start, whether it is there or not."""
    yield File(CONFIG, _render(CONFIG, values))
    yield _with_its_lines(".gitignore", values)
    yield _with_its_lines(".gitattributes", values)
    yield File("requirements.txt", _render("requirements.txt", values), (f"aboveboard[search]=={__version__}",))
    yield File(".editorconfig", _render("editorconfig", values))
    yield from _content(values, there)
    yield from _editors(values, there)
    for workflow in sorted((OURS / "github").glob("*.yml")) if with_workflows else ():
        yield File(f"{WORKFLOWS}/{workflow.name}", workflow.read_text(encoding="utf-8"))


def _with_its_lines(path: str, values: Values) -> File:
    text = _render(path.removeprefix("."), values)
    return File(path, text, tuple(line for line in text.splitlines() if not line.startswith("#")))


def _content(values: Values, there: Project | None) -> Iterator[File]:
    """Yield what is written: the register of teams, the accessibility statement, and a first weeknote.

    A site that was there already has begun in its own words, and is not given another team.
    """
    teams = f"{values.content}/{REGISTERS}/teams.yml"
    if there is None or (values.root / teams).exists():
        yield File(teams, _render("teams.yml", values))
    if not (values.root / values.content / STATEMENT / "index.md").exists():
        said = {"site": values.name, "organisation": values.organisation, "url": values.url}
        yield File(f"{values.content}/{STATEMENT}.md", render_page(values.root, STATEMENT, said))
    if there is None:
        name = f"{values.week.lower()}-working-in-the-open.md"
        yield File(f"{values.content}/{WEEKNOTE.folder}/{name}", _render("weeknote.md", values))


def _editors(values: Values, there: Project | None) -> Iterator[File]:
    schemas = schema_settings(values.content)
    lines = tuple(f"{json.dumps(schema)}: {json.dumps(glob)}" for schema, glob in schemas.items())
    needs = {
        "settings.json": (lines, "yaml.schemas"),
        "extensions.json": (('"redhat.vscode-yaml"',), "recommendations"),
        "tasks.json": ((), ""),
    }
    for name, (wanted, within) in needs.items():
        yield File(f".vscode/{name}", _render(f"vscode/{name}", values), wanted, within)
    yield File(".vscode/aboveboard/README.md", _render("vscode/README.md", values))
    for path, text in editor_files(_names(values, there)).items():
        yield File(path, text)


def _names(values: Values, there: Project | None) -> Names:
    if there is None:
        return {"teams": (values.team,), "severities": tuple(Settings().severities)}
    library = load_library(there)
    return known_names(library, library.registers)


def _render(name: str, values: Values) -> str:
    environment = Environment(
        loader=FileSystemLoader(OURS), undefined=StrictUndefined, keep_trailing_newline=True, trim_blocks=True
    )
    environment.filters |= {"yaml": write_scalar, "json": _as_json}
    more = {"version": __version__, "note": NOTE, "problem": PROBLEM, "schemas": schema_settings(values.content)}
    return environment.get_template(f"{name}.j2").render(asdict(values) | more)


def _as_json(value: object) -> str:
    # Jinja's own filter escapes for HTML.
    return json.dumps(value, ensure_ascii=False)
