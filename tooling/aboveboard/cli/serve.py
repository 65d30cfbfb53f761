"""`aboveboard serve`"""

from __future__ import annotations

import click

from aboveboard.cli.session import open_session
from aboveboard.engine.serve import serve_site

EXAMPLE = """\b
Example:
  aboveboard serve --port 8001
"""


@click.command(epilog=EXAMPLE)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Where to listen.")
def command(port: int) -> None:
    """Preview the site on this machine while you write, drafts and scheduled entries included and marked."""
    session = open_session()
    click.echo(f"http://127.0.0.1:{port}/")
    serve_site(session.project, port, lambda line: click.echo(line, err=True))
