"""The door for people: one file per command, and no logic.

A command's module is imported when it is run, so that `aboveboard --help` costs next to nothing.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from importlib import import_module

import click
from click.shell_completion import CompletionItem

from aboveboard.errors import UserError, nearest

# Said once, in the order a newcomer meets them; each stands in its file of the same name.
COMMANDS = {
    "init": "Start a site in an empty folder or an existing repository.",
    "new": "Start a weeknote, an experiment or an incident report.",
    "incident": "Write an incident's timeline while it happens.",
    "attach": "Put a picture into the folder of its entry, safe to publish.",
    "check": "Say what is wrong, where, and what to do about it.",
    "rules": "Say what is checked, why, and what was let stand.",
    "serve": "Preview the site on this machine while you write.",
    "build": "Check, build the site beside the live one, and swap.",
    "publish": "Publish what is committed, and say what that changes.",
    "assemble": "Write the whole site as plain Markdown, for any engine.",
    "list": "List what there is.",
    "action": "See what was promised, and say what was kept.",
    "experiment": "Freeze the plan of an experiment, and conclude it.",
    "correct": "Add a dated note that says what was wrong.",
    "withdraw": "Take an entry down; its address keeps the reason.",
    "close": "Close something by exception, in public.",
    "reopen": "Open again what was closed.",
    "due": "List what waits for somebody, the most pressing first.",
    "digest": "Put a week of all teams on one page, or into a mail.",
    "stats": "Give the figures behind the openness and incident pages.",
    "templates": "List the templates, or copy one to make it yours.",
    "schema": "Give editors the fields there are, as JSON Schema.",
}


class Commands(click.Group):
    """Finds commands by name, imports only the one that is run, and turns refusals into one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"aboveboard.cli.{cmd_name}").command
        command.short_help = COMMANDS[cmd_name]
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        # click would import every command for its one line.
        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        return [CompletionItem(name, help=does) for name, does in COMMANDS.items() if name.startswith(incomplete)]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            guess = nearest(args[0], COMMANDS)
            hint = f"did you mean {guess}?" if guess else "see aboveboard --help"
            raise click.UsageError(f"there is no command {args[0]!r}: {hint}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            click.secho(f"aboveboard: {where}{error.strerror or error}", fg="red", err=True)
            ctx.exit(1)
        except UserError as error:
            click.secho(f"aboveboard: {error}", fg="red", err=True)
            for reason in getattr(error, "reasons", ()):
                click.echo(f"  {reason}", err=True)
            ctx.exit(1)


def _versions(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        import_module("aboveboard.cli.versions").show_versions()
        ctx.exit()


EXAMPLE = """\b
Example:
  aboveboard init my-site
  aboveboard -C my-site new weeknote
  aboveboard -C my-site serve
"""


@click.group(
    cls=Commands,
    epilog=EXAMPLE,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_versions,
    help="Say which versions these are, ours and the engine's.",
)  # fmt: skip
@click.option(
    "-C", "folder", metavar="DIR", default=".", help="The project; else the nearest one upwards.",
    shell_complete=lambda ctx, param, begun: [CompletionItem(begun, type="dir")],
)  # fmt: skip
@click.option("--now", metavar="TIME", hidden=True, help="Take this for now; also ABOVEBOARD_NOW.")
@click.pass_context
def main(ctx: click.Context, folder: str, now: str | None) -> None:
    """Publish weeknotes, experiments and blameless incident reports in the open."""
    # A command makes many objects that all stay: looking through them for rubbish finds none, many times.
    gc.set_threshold(100_000, 50, 50)
    # Nor does Python find any when it ends, where looking would take longer than all the rest.
    atexit.register(gc.freeze)
    if now is not None:
        os.environ["ABOVEBOARD_NOW"] = now
    if not os.environ.get("NO_COLOR"):
        ctx.color = None if sys.stdout.isatty() else False
    else:
        ctx.color = False
    ctx.obj = folder
