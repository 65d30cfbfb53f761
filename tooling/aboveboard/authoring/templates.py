"""Templates that entries are scaffolded from: the organisation's own before ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

from aboveboard.content.kinds import KINDS, Kind
from aboveboard.content.plain import as_markdown
from aboveboard.content.project import Project
from aboveboard.content.yaml_write import write_scalar
from aboveboard.errors import UnknownName, UserError

ENDING = ".md.j2"
PAGES = "templates/page"
_ABOUT = re.compile(r"\s*\{#-?\s*(.*?)\s*-?#\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Template:
    """One template. `about` is the first comment in it."""

    kind: Kind
    name: str
    path: Path
    own: bool
    about: str


def built_in() -> Path:
    """Return the folder of our templates: a checkout's own where this runs from one, else the package's.

    An editable install does not see files that only a built wheel contains.
    """
    package = Path(__file__).resolve().parents[1]
    checkout = package.parents[1]
    if package.parent.name == "tooling" and (checkout / "incident_templates").is_dir():
        return checkout
    return package / "scaffolds"


def find_templates(project: Project, *kinds: Kind) -> list[Template]:
    """Return the templates of some kinds, or of all; one of the project's own hides ours of its name."""
    found: list[Template] = []
    for kind in kinds or KINDS:
        by_name: dict[str, Template] = {}
        for folder, own in reversed(_folders(project, kind)):
            for template in _in_folder(kind, folder, own):
                by_name[template.name] = template
        found += sorted(by_name.values(), key=lambda t: (t.name != kind.default_template, t.name))
    return found


def find_template(project: Project, kind: Kind, name: str) -> Template:
    """Return one template; raise UnknownName with the nearest one."""
    templates = {template.name: template for template in find_templates(project, kind)}
    if name not in templates:
        raise UnknownName(f"{kind.name} template", name, templates)
    return templates[name]


def render_template(project: Project, template: Template, values: dict[str, Any], whole: bool = True) -> str:
    """Return the text of a new entry.

    A template in two halves has the blocks `fields_now`, `now`, `fields_after` and `after`; without
    `whole` only the halves for now are rendered. Raises UserError where the template is wrong.
    """
    environment = _environment([folder for folder, _ in _folders(project, template.kind)])
    try:
        loaded = environment.get_template(template.path.name)
        if whole or "now" not in loaded.blocks:
            text = loaded.render(values)
        else:
            context = loaded.new_context(values)
            fields, body = ("".join(loaded.blocks[name](context)) for name in ("fields_now", "now"))
            text = f"---\n{fields.strip()}\n---\n\n{body}"
    except (TemplateError, UnicodeDecodeError) as error:
        raise UserError(f"the template {template.path} is wrong: {error}") from None
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def render_page(root: Path, name: str, values: dict[str, Any]) -> str:
    """Return the text of a new ordinary page from `templates/page/<name>.md.j2`, the project's own before ours.

    `root`: the project's folder. Raises UserError where the template is wrong.
    """
    environment = _environment([root / PAGES, built_in() / PAGES])
    try:
        return environment.get_template(f"{name}{ENDING}").render(values).strip() + "\n"
    except (TemplateError, UnicodeDecodeError) as error:
        raise UserError(f"the template {PAGES}/{name}{ENDING} is wrong: {error}") from None


def _folders(project: Project, kind: Kind) -> list[tuple[Path, bool]]:
    own, ours = project.root / kind.template_folder, built_in() / kind.template_folder
    return [(ours, False)] if own.resolve() == ours.resolve() else [(own, True), (ours, False)]


def _in_folder(kind: Kind, folder: Path, own: bool) -> Iterator[Template]:
    for path in sorted(folder.glob(f"[!_]*{ENDING}")):
        about = _ABOUT.match(path.read_text(encoding="utf-8", errors="replace"))
        text = " ".join(about[1].split()) if about else ""
        yield Template(kind, path.name.removesuffix(ENDING), path, own, text)


def _environment(folders: list[Path]) -> Environment:
    # Markdown is no HTML: escaping would write Don&#39;t. Values that go into YAML pass a filter instead.
    environment = Environment(
        loader=FileSystemLoader(folders),
        autoescape=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["markdown"] = as_markdown
    environment.filters["yaml"] = lambda value: write_scalar(None if value is None else str(value))
    return environment
