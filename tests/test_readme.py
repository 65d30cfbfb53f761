"""The README is short, opens with what to type, and its pictures show what there is."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from tests.conftest import REPOSITORY, Site

sys.path.insert(0, str(REPOSITORY / "tooling"))
import pictures

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
PICTURES = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", README)
LINKS = re.findall(r"(?<!!)\[[^\]]+\]\(([^)#]+)", README)


def test_it_is_short() -> None:
    assert len(README.splitlines()) <= 200


@pytest.mark.parametrize(("words", "path"), PICTURES, ids=[Path(path).name for _, path in PICTURES])
def test_each_picture_is_there_light_and_said_in_words(words: str, path: str) -> None:
    assert len(words.split()) >= 5
    assert (REPOSITORY / path).stat().st_size <= 60_000
    if path.endswith(".png"):
        with Image.open(REPOSITORY / path) as picture:
            assert not picture.getexif()


def test_all_pictures_together_are_light() -> None:
    assert sum((REPOSITORY / path).stat().st_size for _, path in PICTURES) <= 200_000


@pytest.mark.parametrize("link", [link for link in LINKS if not link.startswith("http")])
def test_each_link_to_a_file_leads_to_one(link: str) -> None:
    assert (REPOSITORY / link).is_file()


@pytest.mark.parametrize(("name", "drawing"), list(pictures.terminals()), ids=list(pictures.TERMINALS))
def test_a_terminal_shows_what_it_would_show_now(name: str, drawing: str) -> None:
    kept = pictures.FOLDER / f"{name}.svg"
    assert kept.read_text(encoding="utf-8") == drawing, "python tooling/pictures.py"
    texts = ["".join(text.itertext()) for text in ElementTree.fromstring(drawing) if text.tag.endswith("}text")]
    assert all(len(text) <= pictures.WIDTH + 2 for text in texts)
    assert texts[0].startswith("$ aboveboard new")


def test_the_report_that_is_shown_is_a_good_one(site: Site) -> None:
    site.write(pictures.REPORT, pictures.report_of_the_readme())
    assert " error " not in site.run("check").stdout
    site.run("build")
    page = site.read("site/incidents/2026-11-20-checkout-timeouts/index.html")
    assert "41 minutes" in page and "This report is being written" in page


def test_no_address_of_ours_is_made_up() -> None:
    hosts = set(re.findall(r"https?://([^/)\s\"'`]+)", README))
    assert hosts <= {"example.org", "pre-commit.com", "creativecommons.org"}
