"""The frame around every page: an organisation's looks, the menu, what is loaded and what is not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.content.settings import Looks
from aboveboard.engine.reachable import make_reachable
from aboveboard.outputs.assets import STATIC, stylesheet
from aboveboard.outputs.looks import (
    DARK_PANEL,
    LIGHT_PANEL,
    NIGHT,
    PAPER,
    contrast_of,
    fit,
    readable_on,
    stylesheet_of,
)
from tests.conftest import CONFIG, INCIDENT, Site, entry

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(COLOURS)
def test_any_colour_becomes_one_that_can_be_read(colour: str) -> None:
    """WCAG 2.2 asks for 4.5 to 1, on the page as well as on a panel."""
    for page, panel in ((PAPER, LIGHT_PANEL), (NIGHT, DARK_PANEL)):
        shade = fit(colour, panel)
        assert contrast_of(shade, panel) >= 4.5
        assert contrast_of(shade, page) >= 4.5
    assert contrast_of(readable_on(colour), colour) >= 4.5


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_is_that_of_the_guidelines(one: str, other: str, ratio: float) -> None:
    assert round(contrast_of(one, other), 2) == ratio


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    assert fit("#22577a", LIGHT_PANEL) == "#22577a"


def test_dark_rules_hold_for_those_without_a_script() -> None:
    css = stylesheet(stylesheet_of(Looks()))
    chosen = {line for line in css.splitlines() if line.startswith('[data-md-color-scheme="slate"]')}
    preferred = css[css.index("@media (prefers-color-scheme:dark){") :]
    assert len(chosen) >= 3
    assert {line for line in chosen if line.replace('"slate"', '"auto"') not in preferred} == set()


def test_every_dark_rule_stands_on_a_line_of_its_own() -> None:
    for sheet in STATIC.glob("*.css"):
        for line in sheet.read_text().splitlines():
            if '"slate"' in line and not line.startswith("/*"):
                assert line.startswith('[data-md-color-scheme="slate"]'), f"{sheet.name}: {line}"
                assert line.count("{") == line.count("}") == 1, f"{sheet.name}: {line}"


def test_our_script_is_small() -> None:
    assert len((STATIC / "aboveboard.js").read_bytes()) <= 15 * 1024


def test_the_theme_brings_style_and_no_script(site: Site) -> None:
    site.write("incidents/2026-11-20-a.md", entry(INCIDENT))
    site.run("build", "--strict")
    files = {path.relative_to(site.root / "site").as_posix() for path in (site.root / "site").rglob("*")}
    assert {name for name in files if name.endswith((".js", ".map"))} <= {
        "assets/aboveboard.js",
        "assets/search.js",
    }
    page = site.read("site/incidents/2026-11-20-a/index.html")
    assert re.findall(r"<script(?! type=\"application/ld\+json\")[^>]*>", page) == [
        '<script src="../../assets/aboveboard.js">'
    ]
    loaded = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    assert [re.sub(r"\.\w{8}\.", ".", path) for path in loaded] == [
        "../../assets/stylesheets/main.min.css",
        "../../assets/aboveboard.css",
    ]


def test_an_organisation_has_its_colours_its_logo_and_its_font(site: Site) -> None:
    site.write(
        "/mkdocs.yml",
        "site_name: Try\ndocs_dir: content\ntheme: {name: material, logo: logo.svg}\nplugins:\n"
        "  - aboveboard: {looks: {colour: '#6b1f5c', accent: '#005a30', font: fonts/Text Face.woff2}}\n",
    )
    site.write("logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    site.write("fonts/Text Face.woff2", "")
    site.run("build", "--strict")
    css = site.read("site/assets/aboveboard.css")
    assert "--ab-band:#6b1f5c" in css and 'url("../fonts/Text%20Face.woff2")' in css
    assert '<img src="logo.svg" alt="">' in site.read("site/index.html")


def test_a_colour_that_is_none_is_said(site: Site) -> None:
    site.write("/mkdocs.yml", CONFIG.replace("[aboveboard]", "\n  - aboveboard: {looks: {colour: teal}}"))
    checked = site.run("check", exit_code=1)
    assert "'teal' is not a colour: write it in quotation marks, as '#1d4f91'" in checked.stdout


@pytest.mark.parametrize(
    ("palette", "scheme"),
    [
        ("", "auto"),
        (", palette: {scheme: slate}", "slate"),
        (", palette: [{scheme: default}, {scheme: slate}]", "auto"),
    ],
)
def test_light_and_dark_follow_the_reader_unless_the_site_decides(site: Site, palette: str, scheme: str) -> None:
    site.write("/mkdocs.yml", CONFIG.replace("name: material", f"name: material{palette}"))
    site.run("build")
    assert f'data-md-color-scheme="{scheme}"' in site.read("site/index.html")


def test_the_menu_says_where_the_reader_is(site: Site) -> None:
    site.write("incidents/2026-11-20-a.md", entry(INCIDENT))
    site.write("handbook/index.md", "# Handbook\n\nText.\n")
    site.write("handbook/more.md", "# More\n\nText.\n")
    site.run("build", "--strict")
    assert '<a href="../" aria-current="true">Incidents</a>' in site.read("site/incidents/2026-11-20-a/index.html")
    assert '<a href="./" aria-current="page">Incidents</a>' in site.read("site/incidents/index.html")
    page = site.read("site/handbook/more/index.html")
    assert 'aria-current="true">Handbook</a>' in page and '<nav class="ab-section" aria-label="Handbook">' in page


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ('<li><input type="checkbox" disabled checked> x</li>', "done"),
        ('<li><input disabled="" type="checkbox"> x</li>', "to do"),
    ],
)
def test_a_box_has_a_name(html: str, name: str) -> None:
    assert f'<input aria-label="{name}"' in make_reachable(html)


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ('<p><img alt="A map &amp; key"> x</p>', "<p><em>Picture, not shown: A map &amp; key</em> x</p>"),
        ('<p><img alt=""></p>', "<p></p>"),
        ('<p><img src="a.png" alt="A map"></p>', '<p><img src="a.png" alt="A map"></p>'),
        ('<p><img alt="A map" src="a.png"></p>', '<p><img alt="A map" src="a.png"></p>'),
    ],
)
def test_a_picture_that_is_not_shown_is_told(html: str, told: str) -> None:
    assert make_reachable(html) == told


def test_a_table_scrolls_by_itself() -> None:
    assert make_reachable("<p>a</p><table><tr></tr></table>") == (
        '<p>a</p><div class="ab-scroll" role="group" aria-label="Table"><table><tr></tr></table></div>'
    )


@pytest.mark.parametrize("urls", ["true", "false"])
def test_the_statement_stands_in_the_footer_whatever_addresses_look_like(site: Site, urls: str) -> None:
    site.write("/mkdocs.yml", f"{CONFIG}use_directory_urls: {urls}\n")
    site.write("accessibility.md", "---\ntitle: A long title\n---\n\nEverybody can read this.\n")
    site.run("build")
    page = site.read("site/index.html")
    assert "A long title" not in page
    assert re.search(r'href="accessibility(\.html|/)">Accessibility</a>', page)
