"""Start a project: the few files that a site needs, in an empty folder or an existing repository."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from aboveboard.content.files import write_new
from aboveboard.content.project import CONFIG, load_project
from aboveboard.content.slugs import slugify
from aboveboard.content.yaml_write import write_scalar
from aboveboard.errors import AlreadyExists, UserError

_FILES = {
    CONFIG: "mkdocs.yml.j2",
    ".gitignore": "gitignore.j2",
    ".gitattributes": "gitattributes.j2",
    "content/registers/teams.yml": "teams.yml.j2",
}


@dataclass(frozen=True, slots=True)
class Started:
    """What was written, and what was there already and left alone."""

    written: list[Path]
    left: list[Path]


def start_project(folder: Path, name: str, url: str | None) -> Started:
    """Write what is missing of a minimal site; raise UserError where a site of another kind is in the way."""
    if url is not None and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", url):
        raise UserError(f"--url: {url!r} is not an address: it begins with https://")
    config = folder / CONFIG
    if config.is_file() and load_project(config) is None:
        raise UserError(f"{config} is there and does not use the plugin: add `- aboveboard` to its `plugins:`")
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "project"),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
    )
    environment.filters["yaml"] = write_scalar
    started = Started([], [])
    for target, template in _FILES.items():
        text = environment.get_template(template).render(name=name, url=url, team=slugify(name))
        try:
            write_new(folder / target, text)
            started.written.append(folder / target)
        except AlreadyExists as error:
            started.left.append(error.path)
    return started
