"""What every page depends on beside its content: our own code, other people's, the configuration, the theme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from aboveboard.content.ours import ours
from aboveboard.engine.encode import digest

# Where a build goes, who is asked for it, and what the plugin reads by itself.
_NOT_OF_THE_PAGES = frozenset(
    ["config_file_path", "site_dir", "docs_dir", "plugins", "theme", "hooks", "watch", "dev_addr", "strict", "nav"]
)
# Words by which a template comes to know of other pages, or of the day on which it is rendered.
_LISTS = re.compile(r"\b(?:pages|files|build_date_utc|homepage)\b")
_OURS = "the plugin aboveboard"
# What a plugin may do without any page being another for it.
_HARMLESS = frozenset(["startup", "shutdown", "serve", "config"])


class CannotTell(Exception):
    """Something takes part in making pages of which nobody can tell whether it stayed the same."""


def setting_of(config: MkDocsConfig) -> bytes:
    """Return a digest of all that every page depends on beside its content and the menu.

    Raises CannotTell where another plugin or a value of the configuration makes that impossible.
    """
    if config.theme.name != "material" or config.extra_templates:
        raise CannotTell("templates that are not ours may show anything of any page")
    others = sorted({_owner(config, method) for event in _events(config) for method in event} - {_OURS})
    if others:
        raise CannotTell(f"{' and '.join(others)} may change any page")
    values = {name: config[name] for name in sorted(config) if name not in _NOT_OF_THE_PAGES}
    try:
        # The theme's language comes as an object of another library's.
        return digest(
            (ours(), values, _options(config), _theme(config)),
            Locale=lambda out, one: out.append(str(one).encode()),
        )
    except TypeError as error:
        raise CannotTell(f"mkdocs.yml: {error}") from None


def _events(config: MkDocsConfig) -> Iterator[list[Any]]:
    return (methods for name, methods in config.plugins.events.items() if name not in _HARMLESS)


def _owner(config: MkDocsConfig, method: Any) -> str:
    own = getattr(method, "__self__", None)
    named = (f"the plugin {name}" for name, plugin in config.plugins.items() if plugin is own)
    return next(named, f"the hook {getattr(method, '__module__', None) or method}")


def _theme(config: MkDocsConfig) -> tuple[Any, ...]:
    """Return the theme's name and settings, and the content of whatever the project overrides of it."""
    theme = config.theme
    own = Path(theme.custom_dir) if theme.custom_dir else None
    files = sorted(path for path in own.rglob("*") if path.is_file()) if own else []
    if any(
        _LISTS.search(path.read_text("utf-8", "replace")) for path in files if path.suffix in (".html", ".xml")
    ):
        raise CannotTell(f"templates in {own and own.name} may list any page")
    overridden = [(str(path.relative_to(own)), blake2b(path.read_bytes()).digest()) for path in files if own]
    return theme.name, dict(theme), sorted(theme.static_templates), overridden


def _options(config: MkDocsConfig) -> Any:
    plugin: Any = config.plugins["aboveboard"]
    # Where a site goes stands on none of its pages.
    return {name: value for name, value in plugin.options.items() if name != "publish"}
