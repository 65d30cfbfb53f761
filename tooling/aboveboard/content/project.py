"""A project: a folder with an `mkdocs.yml` that uses the plugin. Read without starting MkDocs."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
import yaml_env_tag  # type: ignore[import-untyped]

from aboveboard.content.cache import cache_of
from aboveboard.content.front_matter import FrontMatter
from aboveboard.content.problems import Problem
from aboveboard.content.settings import Settings
from aboveboard.content.text import Lines
from aboveboard.content.validation import validate
from aboveboard.content.yaml_nodes import Node
from aboveboard.errors import NotAProject, Position, UserError

CONFIG = "mkdocs.yml"
PLUGIN = "aboveboard"
# Stands in `extra` of what `aboveboard assemble` wrote: nothing is made of that once more.
ASSEMBLED = "ab_assembled"


@dataclass(frozen=True, slots=True)
class Project:
    """Where things lie and what the organisation set. All paths are absolute.

    `moved`: every old address of `redirects:` as written, one written twice too, with its place in the file.
    """

    root: Path
    config: Path
    content: Path
    site: Path
    site_name: str
    site_url: str | None = None
    site_description: str | None = None
    directory_urls: bool = True
    settings: Settings = field(default_factory=Settings)
    problems: tuple[Problem, ...] = ()
    moved: tuple[tuple[str, Position], ...] = ()

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.settings.timezone)

    @property
    def cache(self) -> Path:
        """The folder of what was worked out before; it need not be there."""
        return cache_of(self.root)

    @property
    def organisation(self) -> str:
        return self.settings.organisation or self.site_name

    def relative(self, path: Path) -> str:
        """Return a path as messages name it: relative to the project, with forward slashes."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()


def find_project(start: Path) -> Project:
    """Return the project that `start` lies in: the nearest `mkdocs.yml` upwards that uses the plugin.

    Raises NotAProject when there is none.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        config = folder / CONFIG
        if config.is_file() and (project := load_project(config)):
            return project
    raise NotAProject(start)


def load_project(config: Path) -> Project | None:
    """Read one `mkdocs.yml`; None when it does not use the plugin, UserError when it is not YAML."""
    config = config.resolve()
    raw, block = _read(config, seen=())
    options = _options(raw)
    if options is None or ASSEMBLED in (raw.get("extra") or {}):
        return None
    root = config.parent
    settings, problems = read_settings(options, block)
    return Project(
        root=root,
        config=config,
        content=(root / str(raw.get("docs_dir") or "docs")).resolve(),
        site=root / str(raw.get("site_dir") or "site"),
        site_name=str(raw.get("site_name") or root.name),
        site_url=_site_url(raw.get("site_url")),
        site_description=raw.get("site_description") or None,
        directory_urls=raw.get("use_directory_urls") is not False,
        settings=settings,
        problems=tuple(problems),
        moved=_moved(settings, block, problems),
    )


def read_settings(options: dict[str, Any], matter: FrontMatter) -> tuple[Settings, list[Problem]]:
    """Return the typed settings; where one is wrong, all of them fall back to their defaults."""
    settings, problems = validate(Settings, matter, _as_text(options), {})
    return settings or Settings(), problems


def _moved(settings: Settings, block: FrontMatter, problems: list[Problem]) -> tuple[tuple[str, Position], ...]:
    if any(problem.code != "FD004" for problem in problems):
        return ()
    node = block.root.find(("redirects",)) if block.root else None
    if node is None or node.kind != "mapping":
        # From a file that this one inherits from.
        return tuple((old, Position()) for old in settings.redirects)
    return tuple((key.text, block.at(key.start)) for key in node.keys)


def _site_url(value: Any) -> str | None:
    return str(value).rstrip("/") + "/" if value else None


def _read(config: Path, seen: tuple[Path, ...]) -> tuple[dict[str, Any], FrontMatter]:
    if config in seen:
        raise UserError(f"{config} inherits from itself")
    try:
        text = config.read_text(encoding="utf-8-sig")
        raw = yaml.load(text, Loader=_Loader)
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{config} cannot be read: {error}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise UserError(f"{config}{place}: {getattr(error, 'problem', None) or 'not YAML'}") from None
    raw = raw if isinstance(raw, dict) else {}
    block = _block(text)
    if parent := raw.pop("INHERIT", None):
        inherited, _ = _read((config.parent / str(parent)).resolve(), (*seen, config))
        raw = _merged(inherited, raw)
    return raw, block


def _merged(below: Any, above: Any) -> Any:
    if isinstance(below, dict) and isinstance(above, dict):
        return {**below, **{key: _merged(below.get(key), value) for key, value in above.items()}}
    return above


def _options(raw: dict[str, Any]) -> dict[str, Any] | None:
    plugins = raw.get("plugins") or []
    for item in plugins.items() if isinstance(plugins, dict) else plugins:
        if isinstance(item, dict) and len(item) == 1:
            item = next(iter(item.items()))
        name, options = (item, None) if isinstance(item, str) else item
        if name == PLUGIN:
            return options if isinstance(options, dict) else {}
    return None


def _block(text: str) -> FrontMatter:
    """Return the plugin's block with positions, for messages; only its lines are asked of it."""
    root = yaml.compose(text, Loader=_Loader)
    found = _find_block(root)
    lines = Lines(text)
    return FrontMatter(text, True, {}, _as_node(found) if found is not None else None, lines=lines)


def _find_block(root: Any) -> Any:
    if not isinstance(root, yaml.MappingNode):
        return None
    plugins = next((value for key, value in root.value if key.value == "plugins"), None)
    entries = plugins.value if plugins is not None and not isinstance(plugins, yaml.ScalarNode) else []
    pairs = entries if isinstance(plugins, yaml.MappingNode) else [p for e in entries for p in _pairs(e)]
    return next((value for key, value in pairs if key.value == PLUGIN), None)


def _pairs(node: Any) -> list[Any]:
    return list(node.value) if isinstance(node, yaml.MappingNode) else []


def _as_node(node: Any) -> Node:
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.MappingNode):
        keys = [_as_node(key) for key, _ in node.value]
        return Node("mapping", start, end, items=[_as_node(item) for _, item in node.value], keys=keys)
    if isinstance(node, yaml.SequenceNode):
        return Node("sequence", start, end, items=[_as_node(item) for item in node.value])
    return Node("scalar", start, end, text=str(node.value))


def _as_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_text(item) for item in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


class _Loader(yaml.SafeLoader):
    """Reads what MkDocs reads: `!ENV` from the environment, and skips tags that name Python objects."""


_Loader.add_constructor("!ENV", yaml_env_tag.construct_env_tag)
_Loader.add_multi_constructor("", lambda loader, suffix, node: None)
