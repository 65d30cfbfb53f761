"""`aboveboard --version`: ours and those of what makes the site, so that a report of a mistake can name them."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

import click

from aboveboard import __version__

# By name as people know it, the distribution; what is not installed is left out. None of them is imported.
ENGINE = {
    "MkDocs": "mkdocs",
    "Material for MkDocs": "mkdocs-material",
    "Markdown": "markdown",
    "Pagefind": "pagefind",
}


def show_versions() -> None:
    """Print every version; the first line is ours alone."""
    click.echo(f"aboveboard {__version__}\n{', '.join(_engine())}")


def _engine() -> Iterator[str]:
    yield f"Python {platform.python_version()}"
    for name, distribution in ENGINE.items():
        try:
            yield f"{name} {version(distribution)}"
        except PackageNotFoundError:
            continue
