"""Where a repository is kept, read off its own files; no program is asked."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

WORKFLOWS = ".github/workflows"
_GITHUB = re.compile(r"(?:https://|ssh://git@|git@)github\.com[:/]([\w.-]+)/([\w.-]+?)(?:\.git)?/?")


def find_repository(folder: Path) -> Path | None:
    """Return the top of the git repository that a folder lies in, or None."""
    return next((above for above in (folder, *folder.parents) if (above / ".git").exists()), None)


def pages_address(top: Path) -> str | None:
    """Return the address that GitHub Pages gives a repository by itself, or None where it is not on GitHub.

    An organisation's own domain is not known here.
    Source: https://docs.github.com/pages/getting-started-with-github-pages/what-is-github-pages
    """
    config = configparser.ConfigParser(strict=False, interpolation=None, allow_no_value=True)
    try:
        config.read(top / ".git" / "config", encoding="utf-8")
    except (configparser.Error, UnicodeDecodeError):
        return None
    found = _GITHUB.fullmatch(config.get('remote "origin"', "url", fallback="") or "")
    if found is None:
        return None
    owner, name = found[1].lower(), found[2]
    return (
        f"https://{owner}.github.io/"
        if name.lower() == f"{owner}.github.io"
        else f"https://{owner}.github.io/{name}/"
    )
