"""`aboveboard init`"""

from __future__ import annotations

import shlex
from collections import Counter
from pathlib import Path

import click

from aboveboard.authoring.editors import FOLDER as SCHEMAS
from aboveboard.authoring.start import Host, Started, start_project
from aboveboard.cli.session import shown_path
from aboveboard.engine.clock import take_now

EXAMPLE = """\b
Example:
  aboveboard init open-blog --name "Example Council, in the open"
  aboveboard init --host github
"""


@click.command(epilog=EXAMPLE)
@click.argument("folder", metavar="[DIR]", default="", required=False)
@click.option("--name", help="What the site is called; else the folder's name.")
@click.option("--url", help="Where it will be published, as in https://example.org/.")
@click.option(
    "--host",
    type=click.Choice(["github", "none"]),
    default="none",
    help="Who builds and serves it: github adds workflows that publish to GitHub Pages.",
)
def command(folder: str, name: str | None, url: str | None, host: Host) -> None:
    """Start a site in an empty folder or an existing repository.

    Writes what is missing: settings, a first weeknote, the accessibility statement, and what editors need.
    Leaves what is there, and says what to add to it.
    """
    root = (Path(click.get_current_context().obj) / folder).resolve()
    started = start_project(root, name, url, host, take_now())
    _say_written(started, root / SCHEMAS)
    _say_left(started, root / SCHEMAS)
    if host == "github":
        _say_host(started)
    where = "" if root == Path.cwd() else f" -C {shlex.quote(shown_path(root))}"
    click.echo(f"\nNow type:\n  aboveboard{where} new weeknote\n  aboveboard{where} serve")


def _say_written(started: Started, schemas: Path) -> None:
    """Say a line for each file, and one for all that are made for editors."""
    lines = Counter(schemas if path.is_relative_to(schemas) else path for path in started.written)
    for path, count in lines.items():
        many = f"/ ({count} files for editors)" if path == schemas else ""
        click.echo(f"wrote {shown_path(path)}{many}")


def _say_left(started: Started, schemas: Path) -> None:
    """Say what was there already; where something should be added to it, a line for each."""
    folder = f"{shown_path(schemas)}/"
    same = [
        folder if left.path.is_relative_to(schemas) else shown_path(left.path)
        for left in started.left
        if not left.add
    ]
    if same:
        click.echo(f"left as it was: {', '.join(dict.fromkeys(same))}", err=True)
    for left in started.left:
        if left.add:
            where = f"its {left.within}" if left.within else "it"
            click.echo(f"left as it was: {shown_path(left.path)}; add to {where}:", err=True)
            click.echo("".join(f"  {line}\n" for line in left.add), nl=False, err=True)


def _say_host(started: Started) -> None:
    click.echo('\nOnce, on GitHub: Settings, Pages, Source: "GitHub Actions". Each push to main then publishes.')
    if started.url:
        click.echo(f"mkdocs.yml says that the site will be at {started.url}")
    else:
        given = f": {started.given}" if started.given else ", to the address that GitHub gives the site"
        click.echo(f"Feeds need addresses. Set `site_url` in mkdocs.yml{given}")
