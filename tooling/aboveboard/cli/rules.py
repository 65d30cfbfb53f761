"""`aboveboard rules`"""

from __future__ import annotations

import json

import click

from aboveboard.checks.run import all_rules, all_waivers
from aboveboard.cli import completing
from aboveboard.cli.session import open_session
from aboveboard.cli.table import format_table
from aboveboard.errors import UnknownName

EXAMPLE = """\b
Example:
  aboveboard rules
  aboveboard rules BL001
  aboveboard rules --waivers
"""


@click.command(epilog=EXAMPLE)
@click.argument("code", required=False, shell_complete=completing.codes)
@click.option("--waivers", is_flag=True, help="List what was looked at and let stand, and why.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", help="How to say it.")
def command(code: str | None, waivers: bool, form: str) -> None:
    """Say what is checked and why, with a bad and a good example.

    A finding that you have looked at can stand, with the reason, in a comment on its line:
    <!-- allow BL001: quoted from the report -->, or # allow BL001: … in front matter.
    """
    rows = _waivers() if waivers else _rules(code)
    if form == "json":
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    elif code and not waivers:
        (row,) = rows
        click.echo(f"{row['code']} {row['severity']}: {row['name']}\n\n{row['why']}")
        click.echo("\nBad:  {}\nGood: {}".format(*(_example(row[side]) for side in ("bad", "good"))))
    elif rows:
        columns = [name for name in rows[0] if name not in ("why", "bad", "good")]
        click.echo(format_table(columns, [[str(row[name]) for name in columns] for row in rows]))
    else:
        click.echo("nothing was waived", err=True)


def _rules(code: str | None) -> list[dict[str, str]]:
    rules = {rule.code: rule for rule in all_rules()}
    if code is not None and code.upper() not in rules:
        raise UnknownName("rule", code, rules)
    return [
        {
            "code": rule.code,
            "severity": rule.severity.value,
            "name": rule.name,
            "why": rule.why,
            "bad": rule.bad,
            "good": rule.good,
        }
        for rule in rules.values()
        if code is None or rule.code == code.upper()
    ]


def _waivers() -> list[dict[str, str]]:
    library = open_session().library()
    return [
        {
            "where": f"{path}:{waiver.line}",
            "codes": ", ".join(waiver.codes),
            "reason": waiver.reason or "none given",
        }
        for path, waiver in all_waivers(library)
    ]


def _example(text: str) -> str:
    return text.replace("\\n", "\n      ")
