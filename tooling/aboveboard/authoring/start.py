"""Start a project: the few files that a site needs, in an empty folder or an existing repository."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from aboveboard.authoring.templates import render_page
from aboveboard.content.files import write_new
from aboveboard.content.project import CONFIG, Project, load_project
from aboveboard.content.slugs import slugify
from aboveboard.content.yaml_write import write_scalar
from aboveboard.errors import AlreadyExists, UserError

# What a site that is started anew gets below its content folder, beside the statement.
_REGISTER = "registers/teams.yml"
_FILES = {CONFIG: "mkdocs.yml.j2", ".gitignore": "gitignore.j2", ".gitattributes": "gitattributes.j2"}
STATEMENT = "accessibility"


@dataclass(frozen=True, slots=True)
class Started:
    """What was written, and what was there already and left alone."""

    written: list[Path]
    left: list[Path]


def start_project(folder: Path, name: str | None, url: str | None) -> Started:
    """Write what is missing of a minimal site; raise UserError where a site of another kind is in the way.

    Without a name the site is called after the folder; a site that is there already has its own.
    """
    if url is not None and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", url):
        raise UserError(f"--url: {url!r} is not an address: it begins with https://")
    config = folder / CONFIG
    there = load_project(config) if config.is_file() else None
    if config.is_file() and there is None:
        raise UserError(f"{config} is there and does not use the plugin: add `- aboveboard` to its `plugins:`")
    started = Started([], [])
    for path, text in _missing(folder, there, name, url):
        try:
            write_new(path, text)
            started.written.append(path)
        except AlreadyExists as error:
            started.left.append(error.path)
    return started


def _missing(folder: Path, there: Project | None, name: str | None, url: str | None) -> Iterator[tuple[Path, str]]:
    """Yield every file that a site has from its start, with its text, whether it is there or not."""
    site = name or (there.site_name if there else folder.name.replace("-", " ").replace("_", " ").capitalize())
    values = {"name": site, "url": url, "team": slugify(site)}
    content = there.content if there else folder / "content"
    for target, template in _FILES.items():
        yield folder / target, _environment().get_template(template).render(values)
    if there is None or (content / _REGISTER).exists():
        # A site with teams of its own is not given another one.
        yield content / _REGISTER, _environment().get_template("teams.yml.j2").render(values)
    if not (content / STATEMENT / "index.md").exists():
        said = {
            "site": site,
            "organisation": name or (there.organisation if there else site),
            "url": url or (there.site_url if there else None),
        }
        yield content / f"{STATEMENT}.md", render_page(folder, STATEMENT, said)


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "project"),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
    )
    environment.filters["yaml"] = write_scalar
    return environment
