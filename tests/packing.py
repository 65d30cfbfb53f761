"""What the tests of the package share: the wheel and the source archive, built without a network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import REPOSITORY

# What a build looks at; the rest of a checkout is left where it is.
SOURCES = (
    "tooling", "templates", "incident_templates", "content", "tests", "benchmarks", "pyproject.toml", ".gitignore",
    "mkdocs.yml", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "RELEASING.md", "LICENSE", "Makefile", "constraints.txt",
)  # fmt: skip
STRAY = shutil.ignore_patterns("__pycache__")


def copy_sources(target: Path) -> Path:
    """Copy what the package is built from; no git, and every file of another day than here."""
    for name in SOURCES:
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=STRAY, copy_function=shutil.copyfile)
        else:
            target.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target / name)
    return target


def build(sources: Path, target: Path, *kinds: str) -> Path:
    """Build `--wheel` or `--sdist` with the hatchling that is installed; return the file."""
    words = [sys.executable, "-m", "build", "--no-isolation", *kinds, "--outdir", str(target), str(sources)]
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "SOURCE_DATE_EPOCH")}
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = target.iterdir()
    return built
