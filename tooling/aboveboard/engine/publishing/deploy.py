"""The command that takes a release to its readers: rsync, rclone, whatever a host wants. No shell reads it."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

from aboveboard.errors import BuildFailed, UserError

# What a command tells goes where its errors go: stdout is for the answer.
_STDERR = 2


def split_command(command: str) -> list[str]:
    """Return the words of a deploy command; raise UserError where its quotes don't close."""
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise UserError(f"publish.deploy in mkdocs.yml cannot be read: {error}: {command}") from None
    if not words:
        raise UserError("publish.deploy in mkdocs.yml is empty: leave it out, or name a command")
    return words


def filled_in(words: list[str], site: Path, commit: str) -> list[str]:
    """Return the words with the folder of the site and the id of the commit in their places."""
    return [word.replace("{site}", str(site)).replace("{commit}", commit) for word in words]


def run_deploy(words: list[str], root: Path, site: Path) -> None:
    """Run a deploy command in the project's folder.

    Raises BuildFailed where it fails; what was published stands all the same, and the message says how to go on.
    """
    try:
        code = subprocess.run(words, cwd=root, stdout=_STDERR, check=False).returncode
        why = f"{words[0]} ended with {code}" if code > 0 else f"{words[0]} was stopped by signal {-code}"
    except OSError as error:
        code, why = 1, f"{words[0]} cannot be run: {error.strerror}"
    if code:
        again = f"cd {shlex.quote(str(root))} && {shlex.join(words)}"
        raise BuildFailed(
            f"published and not deployed: {why}", [f"the release stands at {site}, whole; to deploy it:", again]
        )
