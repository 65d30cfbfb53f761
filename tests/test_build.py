"""Building: checked first, made beside the live site, looked over, swapped; and MkDocs by itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from aboveboard.engine import releases
from tests.conftest import INCIDENT, REPOSITORY, WEEKNOTE, Site, entry

COMMAND = Path(sys.executable).with_name("aboveboard")
MKDOCS = Path(sys.executable).with_name("mkdocs")


def good(site: Site) -> None:
    site.write("weeknotes/2026-w47-platform.md", entry(WEEKNOTE, "Good news.\n"))


def test_the_site_is_a_link_to_a_release(site: Site) -> None:
    good(site)
    site.run("build")
    assert (site.root / "site").is_symlink()
    assert "Good news." in site.read("site/weeknotes/2026-w47-platform/index.html")


def test_a_failed_build_leaves_the_last_good_site(site: Site) -> None:
    good(site)
    site.run("build")
    site.write("weeknotes/2026-w48-platform.md", "---\ntitle: [\n---\n")
    result = site.run("build", exit_code=1)
    assert "2026-w48-platform.md:2:8: FM005 error" in result.stderr
    assert "nothing was built" in result.stderr
    assert "Good news." in site.read("site/weeknotes/2026-w47-platform/index.html")


def test_a_strict_build_fails_on_a_dead_link_and_publishes_nothing(site: Site) -> None:
    good(site)
    site.run("build")
    before = (site.root / "site").resolve()
    site.write("weeknotes/2026-w48-platform.md", entry(WEEKNOTE.replace("W47", "W48"), "[gone](nowhere.md)\n"))
    result = site.run("build", "--strict", exit_code=1)
    assert "nowhere.md" in result.stderr
    assert (site.root / "site").resolve() == before
    assert "nowhere.md" in site.run("build").stderr, "and without --strict it is said all the same"


def test_a_link_to_a_draft_is_a_dead_link(site: Site) -> None:
    site.write("incidents/2026-11-20-a.md", entry(f"{INCIDENT}\ndraft: true"))
    site.write("weeknotes/2026-w47-platform.md", entry(WEEKNOTE, "[soon](../incidents/2026-11-20-a.md)\n"))
    assert "2026-11-20-a.md" in site.run("build", "--strict", exit_code=1).stderr


def test_a_folder_in_the_way_is_moved_aside_and_kept(site: Site) -> None:
    good(site)
    site.write("/site/old.html", "old")
    result = site.run("build")
    assert "moved to" in result.stderr
    kept = list((site.root / ".site-releases").glob("moved-*/old.html"))
    assert [path.read_text() for path in kept] == ["old"]


def test_the_last_releases_are_kept_and_older_ones_go(site: Site) -> None:
    good(site)
    for number in range(4):
        site.write("weeknotes/2026-w47-platform.md", entry(WEEKNOTE, f"Edition {number}.\n"))
        building = releases.begin(site.root / "site")
        (building / "index.html").write_text(str(number))
        (renamed := building.with_name(f"building-{number}")).parent.mkdir(exist_ok=True)
        building.rename(renamed)
        releases.publish(renamed, site.root / "site")
    assert (site.root / "site/index.html").read_text() == "3"
    assert len(list((site.root / ".site-releases").iterdir())) == releases.KEPT


def test_it_can_be_published_somewhere_else(site: Site, tmp_path: Path) -> None:
    good(site)
    site.run("build", "--to", str(tmp_path / "www"))
    assert (tmp_path / "www/index.html").is_file()
    assert not (site.root / "site").exists()


def test_it_is_never_published_over_the_content(site: Site) -> None:
    good(site)
    result = site.run("build", "--to", str(site.root), exit_code=1)
    assert "the content is there" in result.stderr
    assert (site.root / "content").is_dir()


@pytest.mark.parametrize("moment", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_killed_build_leaves_the_last_good_site(site: Site, moment: float) -> None:
    """Killed at moments spread over its own measured length."""
    good(site)
    began = time.monotonic()
    subprocess.run([COMMAND, "build"], cwd=site.root, check=True, capture_output=True)
    length = time.monotonic() - began
    site.write("weeknotes/2026-w47-platform.md", entry(WEEKNOTE, "Newer news.\n"))
    running = subprocess.Popen(
        [COMMAND, "build"], cwd=site.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        running.wait(length * moment)
    except subprocess.TimeoutExpired:
        running.send_signal(signal.SIGKILL)
        running.wait()
    page = site.read("site/weeknotes/2026-w47-platform/index.html")
    assert "Good news." in page or "Newer news." in page
    assert "</html>" in page
    assert (site.root / "site/index.html").read_text(encoding="utf-8").rstrip().endswith("</html>")


def test_mkdocs_builds_it_by_itself(site: Site) -> None:
    good(site)
    mkdocs(site, "build", "--strict")
    assert "Good news." in site.read("site/weeknotes/2026-w47-platform/index.html")
    assert not (site.root / "site").is_symlink()


def test_mkdocs_takes_the_link_away_and_not_the_release(site: Site) -> None:
    good(site)
    site.run("build")
    release = (site.root / "site").resolve()
    mkdocs(site, "build")
    assert not (site.root / "site").is_symlink()
    assert (release / "index.html").is_file()
    site.run("build")
    assert (site.root / "site").is_symlink()


def test_mkdocs_leaves_out_what_is_broken_and_fails_when_strict(site: Site) -> None:
    good(site)
    site.write("weeknotes/2026-w48-platform.md", "---\ntitle: [\n---\nNot this.\n")
    done = mkdocs(site, "build")
    assert "not published: content/weeknotes/2026-w48-platform.md:2:8: FM005" in done.stderr
    assert not (site.root / "site/weeknotes/2026-w48-platform").exists()
    assert (site.root / "site/weeknotes/2026-w47-platform").exists()
    assert mkdocs(site, "build", "--strict", check=False).returncode == 1


def test_an_authored_page_at_a_derived_address_wins(site: Site) -> None:
    good(site)
    site.write("index.md", "# Welcome\n\nOur own words.\n")
    site.write("actions.md", "# Our promises\n")
    site.run("build", "--strict")
    assert "Our own words." in site.read("site/index.html")
    assert "Our promises" in site.read("site/actions/index.html")


def test_the_navigation_lists_sections_only(site: Site) -> None:
    good(site)
    site.write("about.md", "# About us\n")
    site.run("build")
    page = site.read("site/index.html")
    nav = page[page.index('aria-label="Sections"') :]
    nav = nav[: nav.index("</nav>")]
    assert "About" in nav and "weeknotes/" in nav
    assert "2026-w47-platform" not in nav


def test_a_navigation_of_ones_own_stays(site: Site) -> None:
    good(site)
    site.write("/mkdocs.yml", site.read("mkdocs.yml") + "nav: [{Notes: weeknotes/index.md}]\n")
    site.run("build", "--strict")


def test_a_navigation_that_alone_changed_is_on_every_page(site: Site) -> None:
    good(site)
    config = site.read("mkdocs.yml")
    for title in ("Notes", "Our notes"):
        site.write("/mkdocs.yml", config + f"nav: [{{{title}: weeknotes/index.md}}]\n")
        site.run("build")
        assert f">{title}</a>" in site.read("site/weeknotes/2026-w47-platform/index.html")


def test_what_is_wrong_with_the_navigation_is_said_in_every_build(site: Site) -> None:
    good(site)
    site.write("/mkdocs.yml", site.read("mkdocs.yml") + "nav: [{Gone: gone.md}]\n")
    for _ in range(2):
        assert "A reference to 'gone.md'" in site.run("build").stderr
    assert "A reference to 'gone.md'" in site.run("build", "--strict", exit_code=1).stderr


@pytest.mark.parametrize("urls", ["true", "false"])
def test_every_link_leads_somewhere(site: Site, urls: str) -> None:
    good(site)
    fields = f"{INCIDENT}\nteam: platform\ntags: [dns]\nservices: [checkout]\nrelated: [2026-w47-platform]\nlessons: [a]\nactions: [{{what: b, owner: c, due: 2026-12-01, done_when: d}}]"
    site.write("incidents/2026-11-20-a/index.md", entry(fields, "![A graph](graph.png)\n"))
    site.write("incidents/2026-11-20-a/graph.png", "png")
    site.write("/mkdocs.yml", site.read("mkdocs.yml") + f"use_directory_urls: {urls}\n")
    site.run("build", "--strict")
    assert (site.root / "site/incidents/2026-11-20-a/graph.png").exists()


def test_what_authors_write_cannot_run(site: Site) -> None:
    body = '<script>alert(1)</script>\n\n<img src="x.png" onerror="alert(1)">\n\n[x](javascript:alert(1))\n\n<iframe src="https://example.org"></iframe>\n\nText\n{: onclick="alert(1)" }\n'
    config = site.read("mkdocs.yml") + "markdown_extensions: [attr_list]\n"
    site.write("/mkdocs.yml", config)
    site.write("weeknotes/2026-w47-platform.md", entry(WEEKNOTE, body))
    site.write("about.md", body)
    site.run("build")
    for page in ("weeknotes/2026-w47-platform", "about"):
        html = site.read(f"site/{page}/index.html")
        article = html[html.index("<article") : html.index("</article>")]
        assert not any(bad in article for bad in ("alert(1)", "onerror", "onclick", "<iframe", "javascript:")), (
            page
        )


def test_our_own_site_builds_strictly(tmp_path: Path) -> None:
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    environment.pop("ABOVEBOARD_NOW")
    done = subprocess.run(
        [MKDOCS, "build", "--strict", "--quiet", "--config-file", REPOSITORY / "mkdocs.yml", "--site-dir", tmp_path / "s"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def mkdocs(site: Site, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(
        [MKDOCS, *words], cwd=site.root, env=environment, capture_output=True, text=True, check=check
    )
