"""The `mkdocs.yml` of an assembled site: what the plugin and MkDocs worked out, written down.

What decides on the site is written as it was worked out; everything else (`extra`, other plugins, options of
Markdown extensions) as it stands in the project's own `mkdocs.yml`, so that `!ENV` stays `!ENV` and no secret of
this machine is written anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils.yaml import yaml_load

from aboveboard.content.project import ASSEMBLED, PLUGIN, Project
from aboveboard.engine.extension import NAME as EXTENSION

HEAD = """\
# Written by `aboveboard assemble`; the next run writes it anew.
# Any of these builds the site: mkdocs build, properdocs build -f mkdocs.yml, zensical build. Each needs the
# package aboveboard beside it: its Markdown extension takes out of pages what could run. None builds without it.
"""
# Where things lay in the project, or what somebody runs there.
_DROPPED = frozenset(
    ["INHERIT", "docs_dir", "site_dir", "hooks", "watch", "exclude_docs", "draft_docs", "not_in_nav", "dev_addr"]
)
_WORKED_OUT = (
    "site_name",
    "site_url",
    "site_description",
    "use_directory_urls",
    "repo_url",
    "edit_uri",
    "copyright",
)
# No theme of anybody is needed: the frame is whole. Its settings, and where they come from.
_SETTINGS = ("language", "direction", "logo")


def derive_config(config: MkDocsConfig, project: Project, trusted: list[str]) -> tuple[str, list[str]]:
    """Return the text of an assembled site's `mkdocs.yml`, and a line for each thing that it leaves out.

    `trusted`: digests of pages that the extension leaves as they are.
    """
    raw = _as_written(project)
    derived = {name: raw[name] for name in raw.keys() - _DROPPED}
    derived |= {name: config[name] for name in _WORKED_OUT}
    derived |= {
        "docs_dir": "docs",
        "site_dir": "site",
        "theme": _theme(config, raw),
        "nav": config.nav,
        # Entries stand in lists, not in the menu.
        "not_in_nav": "*\n",
        "extra_css": list(config.extra_css),
        "extra": {
            **(raw.get("extra") or {}),
            ASSEMBLED: True,
            **{name: value for name, value in config.extra.items() if name.startswith("ab_")},
        },
        "markdown_extensions": [*_extensions(config, raw), {EXTENSION: _options(project, trusted)}],
        "plugins": _plugins(raw),
    }
    if config.theme.name != "material":
        # Only our frame knows pages that nobody wrote; another theme would offer to edit files that there are not.
        derived |= {"edit_uri": "", "edit_uri_template": None}
    ordered = {name: derived[name] for name in sorted(derived, key=lambda name: (name != "site_name", name))}
    text = yaml.dump(
        {name: value for name, value in ordered.items() if value is not None},
        Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000,
    )  # fmt: skip
    said = [f"`{name}:` of mkdocs.yml is not carried over" for name in ("hooks", "watch") if raw.get(name)]
    return HEAD + text, said


def _theme(config: MkDocsConfig, raw: dict[str, Any]) -> dict[str, Any]:
    theme = config.theme
    written = raw.get("theme")
    settings = {**written} if isinstance(written, dict) else {}
    settings |= {"name": theme.name, "static_templates": sorted(theme.static_templates)}
    if theme.name == "material":
        settings |= {name: theme.get(name) for name in _SETTINGS} | {"name": None}
    settings["custom_dir"] = "overrides"
    return {name: value for name, value in settings.items() if value is not None or name == "name"}


def _extensions(config: MkDocsConfig, raw: dict[str, Any]) -> Iterator[Any]:
    options = dict(_pairs(raw.get("markdown_extensions")))
    for name in config.markdown_extensions:
        yield {name: options[name]} if options.get(name) else name


def _options(project: Project, trusted: list[str]) -> dict[str, Any]:
    clean = project.settings.raw_html != "allow"
    return {"site_url": project.site_url or "", "clean": clean, "trusted": trusted}


def _plugins(raw: dict[str, Any]) -> list[Any]:
    """Return the other plugins; without any, engines would put in a search that loads itself everywhere."""
    others = [(name, options) for name, options in _pairs(raw.get("plugins")) if name != PLUGIN]
    if not any(name.rpartition("/")[2] == "search" for name, _ in others):
        others.append(("search", {"enabled": False}))
    return [{name: options} if options else name for name, options in others]


def _pairs(written: Any) -> Iterator[tuple[str, Any]]:
    """Yield names and options of what may be written as a list or as a mapping."""
    if isinstance(written, dict):
        yield from written.items()
    for item in written if isinstance(written, list) else ():
        yield from item.items() if isinstance(item, dict) else [(str(item), None)]


class _AsWritten:
    """A value with a tag of its own, kept as it is written."""

    def __init__(self, node: yaml.Node) -> None:
        self.node = node


class _Loader(yaml.SafeLoader):
    pass


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


_Loader.add_multi_constructor("!", lambda loader, suffix, node: _AsWritten(node))
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, suffix, node: _AsWritten(node))
_Dumper.add_representer(_AsWritten, lambda dumper, value: value.node)


def _as_written(project: Project) -> dict[str, Any]:
    with project.config.open(encoding="utf-8-sig") as file:
        loader: Any = _Loader
        raw = yaml_load(file, loader)
    return dict(raw or {})
