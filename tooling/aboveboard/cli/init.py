"""`aboveboard init`"""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from aboveboard.authoring.start import start_project
from aboveboard.cli.session import shown_path

EXAMPLE = """\b
Example:
  aboveboard init open-blog --name "Example Council, in the open"
"""


@click.command(epilog=EXAMPLE)
@click.argument("folder", metavar="[DIR]", default="", required=False)
@click.option("--name", help="What the site is called; else the folder's name.")
@click.option("--url", help="Where it will be published, as in https://example.org/.")
def command(folder: str, name: str | None, url: str | None) -> None:
    """Start a site in an empty folder or an existing repository.

    Writes what is missing, such as the accessibility statement, and leaves what is there.
    """
    root = (Path(click.get_current_context().obj) / folder).resolve()
    started = start_project(root, name, url)
    for path in started.written:
        click.echo(f"wrote {shown_path(path)}")
    for path in started.left:
        more = "; add /site, /.site-releases/ and /.aboveboard/ to it" if path.name == ".gitignore" else ""
        click.echo(f"left as it was: {shown_path(path)}{more}", err=True)
    here = root == Path.cwd()
    where = "" if here else f" -C {shlex.quote(shown_path(root))}"
    click.echo(f"\nNow type:\n  aboveboard{where} new weeknote\n  aboveboard{where} serve")
