"""`aboveboard attach`"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from aboveboard.authoring.attach import Attached, Attachment, plan_attachment, write_attachment
from aboveboard.authoring.edits import find_entry
from aboveboard.cli import completing
from aboveboard.cli.session import Session, open_session, shown_path
from aboveboard.errors import UserError

EXAMPLE = """\b
Example:
  aboveboard attach 2026-w47-platform ~/IMG_2041.jpg --alt "Three people at a whiteboard"
  aboveboard attach 2026-w47-platform a.png b.png --alt "Errors by minute" --alt "The same, a day later"
"""


@click.command(epilog=EXAMPLE)
@click.argument("name", metavar="ID", shell_complete=completing.ids())
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--alt", "alts", metavar="TEXT", multiple=True, help="What the picture shows. Once for each FILE.")
def command(name: str, files: tuple[Path, ...], alts: tuple[str, ...]) -> None:
    """Put a picture into the folder of its entry, safe to publish, and print the Markdown to paste.

    It loses what the camera wrote into it (where, when, whose), is turned upright, and made at most 1,600
    pixels wide or high. The file you name stays as it is. An entry without a folder gets one; its id and
    address stay, and links to its file are written anew.
    """
    session = open_session()
    library = session.library()
    entry = find_entry(library, name)
    for file in files:
        if not file.is_file():
            raise UserError(f"{file} is not there, or is no file")
    attachment = plan_attachment(library, entry, files, _words(files, alts))
    write_attachment(attachment)
    _say(session, attachment)
    for attached in attachment.pictures:
        click.echo(attached.markdown)


def _words(files: tuple[Path, ...], alts: tuple[str, ...]) -> list[str]:
    """Return what each picture shows, asked for where it was not said."""
    if len(alts) > len(files):
        raise click.UsageError(f"there are {len(files)} files and {len(alts)} times --alt")
    missing = files[len(alts) :]
    if missing and not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UserError(f"say what {missing[0].name} shows, for those who cannot see it: --alt TEXT")
    return [*alts, *(click.prompt(f"What does {file.name} show?", err=True) for file in missing)]


def _say(session: Session, attachment: Attachment) -> None:
    if move := attachment.move:
        click.echo(f"moved to {shown_path(move.new)}; its address stays", err=True)
        for edit in move.others:
            click.echo(f"links to it were written anew in {shown_path(edit.path)}", err=True)
        path = session.project.relative(move.old).partition("/")[2]
        if path in session.project.config.read_text(encoding="utf-8", errors="replace"):
            click.echo(f"{session.project.config.name} names {path}: change it there too", err=True)
    for attached in attachment.pictures:
        click.echo(_change(attached), err=True)


def _change(attached: Attached) -> str:
    picture = attached.picture
    (width, height), (before_width, before_height, before) = picture.size, picture.was
    was, now = (
        f"{before_width} x {before_height}, {_size(before)}",
        f"{width} x {height}, {_size(len(picture.data))}",
    )
    return f"{attached.source.name} ({was}) -> {shown_path(attached.target)} ({now}), without its metadata"


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1_000_000 else f"{max(round(count / 1000), 1)} kB"
