"""What a site needs to be open and private, set by itself: a three-line `mkdocs.yml` gets it too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig

from aboveboard.content.front_matter import FrontMatter
from aboveboard.content.project import Project, read_settings
from aboveboard.outputs.assets import STYLESHEET

# What people write in Markdown and Python-Markdown does not read by itself: code in lists, numbered lists
# that begin where they begin, footnotes.
EXTENSIONS = ("pymdownx.superfences", "sane_lists", "footnotes")
THEME = Path(__file__).parent / "theme"


def project_of(config: MkDocsConfig, options: dict[str, Any]) -> Project:
    """Return the project that a loaded MkDocs configuration describes."""
    file = Path(config.config_file_path or "mkdocs.yml").resolve()
    settings, problems = read_settings(options, FrontMatter(""))
    return Project(
        root=file.parent,
        config=file,
        content=Path(config.docs_dir).resolve(),
        site=Path(config.site_dir),
        site_name=config.site_name,
        site_url=config.site_url.rstrip("/") + "/" if config.site_url else None,
        site_description=config.site_description,
        directory_urls=config.use_directory_urls,
        settings=settings,
        problems=tuple(problems),
    )


def configure(config: MkDocsConfig, project: Project) -> MkDocsConfig:
    """Set what the site needs; where `mkdocs.yml` says something itself, that stays."""
    if config.theme.name == "material":
        # Fonts come from the reader's own system: a web font would be a request to somebody else's host.
        config.theme["font"] = False
        config.extra["ab_typeset"] = _typeset(config)
        config.extra["ab_scheme"] = _scheme(config.theme.get("palette"))
        own = [folder for folder in config.theme.dirs if folder == config.theme.custom_dir]
        config.theme.dirs[len(own) : len(own)] = [str(THEME)]
    # Themes print these as they stand; an ampersand or a quotation mark is nothing unusual in them.
    config.site_name = str(escape(config.site_name))
    if config.site_description:
        config.site_description = str(escape(config.site_description))
    config.markdown_extensions.extend(name for name in EXTENSIONS if name not in config.markdown_extensions)
    if STYLESHEET not in config.extra_css:
        config.extra_css.insert(0, STYLESHEET)
    if not config.copyright:
        config.copyright = _licence(project)
    return config


def _typeset(config: MkDocsConfig) -> str | None:
    """Return the path of the theme's own stylesheet, which has a hash in its name; its script is not loaded."""
    folder = "assets/stylesheets"
    found = (path for root in config.theme.dirs for path in sorted(Path(root, folder).glob("main.*.min.css")))
    return next((f"{folder}/{path.name}" for path in found), None)


def _scheme(palette: Any) -> str:
    """Return `default` or `slate` where `mkdocs.yml` decides on one; else light and dark follow the reader."""
    return str(palette.get("scheme", "default")) if isinstance(palette, dict) and "scheme" in palette else "auto"


def _licence(project: Project) -> str:
    settings = project.settings
    name: Any = settings.licence_name
    if settings.licence_url:
        name = Markup('<a href="{}" rel="license">{}</a>').format(settings.licence_url, name)
    text = Markup("Published by {} under {}, except where stated otherwise.")
    return str(text.format(project.organisation, name))
