"""What the tests of assembled sites share: a site to be awkward about, and folders as paths and bytes."""

from __future__ import annotations

import re
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config

from tests.conftest import INCIDENT, Site, entry
from tests.showcase import fill, square

# What somebody might write who means to break out of a title, a template or a configuration.
HOSTILE_CONFIG = """\
site_name: "A <b>&</b> {{ 7*7 }} site"
site_url: https://example.org/x/
docs_dir: content
repo_url: https://example.org/repository
edit_uri: edit/main/content/
theme: {name: material}
extra: {token: !ENV [ABOVEBOARD_TEST_TOKEN, none]}
markdown_extensions:
  - toc: {permalink: true}
  - attr_list
  - md_in_html
  - pymdownx.tasklist: {custom_checkbox: true}
plugins: [aboveboard]
"""
HOSTILE_PAGES = {
    "incidents/2026-11-20-a.md": entry(
        'title: "<script>alert(1)</script> {{ 7*7 }} {% raw %} *x* | \\" \' \u00e9"\n'
        "date: 2026-11-20\ntimezone: UTC\nsummary: '<img src=x onerror=alert(1)> {{ site }}'",
        "Text {{ 7*7 }} {% include 'x' %} <script>alert(1)</script> <b onclick='x()'>b</b> [l](javascript:alert(1)) "
        "[m](2026-11-20-b.md) [o](../about.md) <a href='../2026-11-20-b/'>raw</a> <a href='../../about/'>up</a>\n\n"
        "<form action='/x'><input></form>\n\n<iframe src='https://example.org'></iframe>\n\n"
        "![p](https://example.org/p.png)\n\n- [ ] to do\n",
    ),
    "incidents/2026-11-20-b.md": entry(INCIDENT),
    "about.md": "---\ntitle: <script>t</script>\ndescription: 'd\"><script>'\nhead: <script>bad()</script>\n"
    "lang: 'en\"><script>'\nrobots: '\"><script>'\n---\n\n# About <script>x</script>\n\n<div markdown='1'>\n"
    "<a href='../incidents/'>in a block</a> [b](incidents/2026-11-20-b.md)\n</div>\n\n```\ncode <a href='x'>\n```\n",
    # MkDocs reads fields without a fence, and out of a merged mapping.
    "lines.md": "Title: <script>lines</script>\nHead: <script>bad()</script>\n\n# Body\n",
    "merged.md": "---\n<<: {title: <script>merged</script>, head: <script>bad()</script>}\n---\n\nText\n",
    "yes.md": "---\ntitle: Yes\ndescription: 12:30\n---\n\n# Y\n",
    "windows.md": "\ufeff---\r\ntitle: C & D\r\n---\r\n\r\n# Y\r\n\r\nText\r\n",
    "deep/x.md": "# Deep *em* & `co<b>`\n\n[a](../about.md) [file](x.txt) <a href='../x.txt'>file</a> <img src='../s.png' alt=''>\n\n"
    "## One <i>x</i> & `c<d>`\n\n## Two <script>y</script>\n\n## Three ![p](https://example.org/p.png)\n",
}


def fill_hostile(site: Site) -> Site:
    """Write a site whose words try to be code."""
    site.write("/mkdocs.yml", HOSTILE_CONFIG)
    for path, text in HOSTILE_PAGES.items():
        site.write(path, text)
    site.write("deep/x.txt", "x")
    (site.root / "content/deep/s.png").write_bytes(square())
    return site


def with_files(site: Site) -> Site:
    """Write the showcase as it is published where servers find no index of a folder."""
    return reconfigured(
        fill(site), "docs_dir", "use_directory_urls: false\nexclude_docs: handbook/writing.md\ndocs_dir"
    )


def with_another_theme(site: Site) -> Site:
    """Write the showcase for a theme that is not ours, with a template of the project's own."""
    site.write("/theme/main.html", "{% extends 'base.html' %}{% block footer %}<p>ours</p>{% endblock %}")
    return reconfigured(fill(site), "{name: material}", "{name: readthedocs, custom_dir: theme}")


def with_raw_html(site: Site) -> Site:
    """Write the hostile site as one that allows its writers everything."""
    return reconfigured(fill_hostile(site), "[aboveboard]", "[aboveboard: {raw_html: allow}]")


def reconfigured(site: Site, old: str, new: str) -> Site:
    """Change a site's `mkdocs.yml`."""
    text = site.read("mkdocs.yml")
    assert old in text
    site.write("/mkdocs.yml", text.replace(old, new))
    return site


SITES = {
    "showcase": fill,
    "hostile": fill_hostile,
    "files": with_files,
    "raw": with_raw_html,
    "theme": with_another_theme,
}


def tree_of(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder, by path."""
    root = folder.resolve()
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def build_plainly(config: Path, to: Path) -> dict[str, bytes]:
    """Build with MkDocs itself and return what it published."""
    loaded = load_config(str(config), site_dir=str(to))
    loaded.plugins.on_startup(command="build", dirty=False)
    build(loaded)
    loaded.plugins.on_shutdown()
    return tree_of(to)


def without_sitemap_oddities(tree: dict[str, bytes]) -> dict[str, bytes]:
    """Leave out the packed sitemap, which holds the time of day."""
    return {path: data for path, data in tree.items() if path != "sitemap.xml.gz"}


def title_of(html: str) -> str:
    found = re.search("<title>(.*?)</title>", html, re.DOTALL)
    return found[1] if found else ""
