"""`attach`: a picture goes into its entry's folder without what the camera wrote into it, and nothing is lost."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageCms
from PIL.TiffImagePlugin import IFDRational

from aboveboard.checks.leaks.images import traces
from aboveboard.content.relink import CannotRelink, relink
from tests.conftest import CONFIG, WEEKNOTE, Site, entry

NOTE = "weeknotes/2026-w47-platform.md"
FOLDER = "content/weeknotes/2026-w47-platform"
ID = "2026-w47-platform"
RED, BLUE = (200, 30, 30), (30, 30, 200)
OWNER = "A. Photographer"


def photograph(width: int = 400, height: int = 300) -> Image.Image:
    """Return a picture with more colours than a drawing has, red on its left half and blue on its right."""
    image = Image.merge("RGB", [Image.effect_noise((width, height), 60) for _ in range(3)])
    for x, colour in ((0, RED), (width // 2, BLUE)):
        flat = Image.new("RGB", (width // 2, height), colour)
        image.paste(Image.blend(image.crop((x, 0, x + width // 2, height)), flat, 0.8), (x, 0))
    return image


def camera(path: Path, image: Image.Image, turn: int = 1, form: str = "JPEG") -> Path:
    """Write a picture as a camera does: where, when, whose, and which way up."""
    exif = Image.Exif()
    exif[0x0112] = turn
    exif[0x010F], exif[0x013B] = "A maker", OWNER
    exif.get_ifd(0x8825).update(
        {
            1: "N",
            2: (IFDRational(51), IFDRational(30), IFDRational(26)),
            3: "W",
            4: (IFDRational(0), IFDRational(7), IFDRational(39)),
        }
    )
    exif.get_ifd(0x8769)[0x9003] = "2026:11:20 10:00:00"
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description dc:creator="{OWNER}" exif:GPSLatitude="51,30N"/></rdf:RDF></x:xmpmeta>'.encode()
    image.save(path, form, exif=exif, xmp=xmp) if form != "PNG" else image.save(path, form, exif=exif)
    return path


@pytest.fixture
def noted(site: Site) -> Site:
    site.write(NOTE, entry(WEEKNOTE, "## What we did\n\nText.\n"))
    return site


def attach(
    site: Site, *files: Path, alt: str = "A whiteboard", exit_code: int = 0, more: tuple[str, ...] = ()
) -> str:
    alts = [word for _ in files for word in ("--alt", alt)]
    result = site.run("attach", ID, *map(str, files), *alts, *more, exit_code=exit_code)
    return result.stdout if exit_code == 0 else result.stderr


def published(site: Site, name: str) -> tuple[bytes, Image.Image]:
    data = (site.root / FOLDER / name).read_bytes()
    return data, Image.open(io.BytesIO(data))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_what_the_camera_wrote_is_gone(noted: Site, tmp_path: Path, form: str) -> None:
    source = camera(tmp_path / f"IMG 2041.{form.lower()}", photograph(), form=form)
    before = source.read_bytes()
    assert {kind for kind, _ in traces(before)} >= {"place", "author"}, "the fixture has something to lose"
    printed = attach(noted, source)
    (name,) = [path.name for path in (noted.root / FOLDER).iterdir() if path.name != "index.md"]
    assert printed == f"![A whiteboard]({name})\n"
    data, image = published(noted, name)
    assert traces(data) == []
    assert not image.getexif() and set(image.info) <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "progressive",
        "progression",
        "loop",
        "background",
        "timestamp",
        "duration",
    }
    for secret in (OWNER.encode(), b"Exif", b"eXIf", b"EXIF", b"xmpmeta", b"ICC_PROFILE", b"iCCP", b"A maker"):
        assert secret not in data
    assert source.read_bytes() == before, "the file that was named stays as it is"
    assert "LK" not in noted.run("check").stdout


@pytest.mark.parametrize(("turn", "first"), [(1, RED), (3, BLUE), (6, RED), (8, BLUE)])
def test_it_is_turned_upright(noted: Site, tmp_path: Path, turn: int, first: tuple[int, int, int]) -> None:
    attach(noted, camera(tmp_path / "a.jpg", photograph(400, 200), turn))
    _, image = published(noted, "a.jpg")
    assert image.size == ((200, 400) if turn in (6, 8) else (400, 200))
    corner = image.convert("RGB").getpixel((5, 5))
    assert isinstance(corner, tuple) and max(abs(a - b) for a, b in zip(corner, first, strict=True)) < 90


@pytest.mark.parametrize(
    ("size", "expected"), [((4000, 3000), (1600, 1200)), ((3000, 4000), (1200, 1600)), ((300, 200), (300, 200))]
)
def test_it_is_no_larger_than_a_page_shows(
    noted: Site, tmp_path: Path, size: tuple[int, int], expected: tuple[int, int]
) -> None:
    photograph(*size).save(tmp_path / "a.jpg", quality=98)
    attach(noted, tmp_path / "a.jpg")
    data, image = published(noted, "a.jpg")
    assert image.size == expected and len(data) < 1_000_000


def test_a_drawing_stays_a_drawing_and_a_photograph_becomes_one(noted: Site, tmp_path: Path) -> None:
    drawing = Image.new("RGBA", (50, 40), (255, 0, 0, 0))
    drawing.paste((0, 0, 255, 255), (10, 10, 30, 30))
    drawing.save(tmp_path / "chart.png")
    drawing.convert("P").save(tmp_path / "few.gif")
    photograph(600, 400).save(tmp_path / "photo.png")
    printed = attach(noted, *(tmp_path / name for name in ("chart.png", "few.gif", "photo.png")))
    assert [line.rpartition("(")[2] for line in printed.splitlines()] == ["chart.png)", "few.png)", "photo.jpg)"]
    _, image = published(noted, "chart.png")
    assert image.convert("RGBA").tobytes() == drawing.tobytes()


def test_colours_are_turned_into_those_that_browsers_mean(noted: Site, tmp_path: Path) -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    swapped = bytearray(lab.tobytes())
    red, blue = swapped.index(b"rXYZ"), swapped.index(b"bXYZ")
    swapped[red : red + 4], swapped[blue : blue + 4] = b"bXYZ", b"rXYZ"
    Image.new("RGB", (40, 40), RED).save(tmp_path / "a.jpg", icc_profile=bytes(swapped), quality=100)
    attach(noted, tmp_path / "a.jpg")
    _, image = published(noted, "a.jpg")
    pixel = image.convert("RGB").getpixel((20, 20))
    assert isinstance(pixel, tuple) and pixel[2] > 150 > pixel[0], "a profile that swaps red and blue was heeded"
    assert "icc_profile" not in image.info


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16"])
def test_every_way_to_store_a_picture_is_read(noted: Site, tmp_path: Path, mode: str) -> None:
    name = "a.jpg" if mode == "CMYK" else "a.png"
    image = Image.new("L", (20, 10), 128)
    (Image.new("I;16", (20, 10), 32768) if mode == "I;16" else image.convert(mode)).save(tmp_path / name)
    attach(noted, tmp_path / name)
    _, made = published(noted, name)
    grey = made.convert("L").getpixel((5, 5))
    assert isinstance(grey, int) and (abs(grey - 128) < 6 or mode == "1")


def test_a_picture_with_another_behind_it_is_a_photograph(noted: Site, tmp_path: Path) -> None:
    photograph().save(tmp_path / "a.jpg", "MPO", save_all=True, append_images=[photograph()])
    attach(noted, tmp_path / "a.jpg")
    data, image = published(noted, "a.jpg")
    assert image.format == "JPEG" and b"MPF" not in data


def bomb() -> bytes:
    """Return a PNG of a few hundred bytes that claims to be 60,000 pixels wide and high."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 99))
        + chunk(b"IEND", b"")
    )


def moving() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (9, 9)).save(
        target, "GIF", save_all=True, append_images=[Image.new("RGB", (9, 9), RED)], duration=90
    )
    return target.getvalue()


REFUSED = {
    "heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 90, "save it as JPEG"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "export it as PNG"),
    "png": (b"<?xml version='1.0'?><!-- --><svg><script/></svg>", "export it as PNG"),
    "gif": (moving(), "moves"),
    "bmp": (b"BM" + b"\0" * 90, "cannot be read as a picture"),
    "jpg": (b"\xff\xd8\xff\xe0 and then nothing", "cannot be read as a picture"),
    "webp": (b"", "cannot be read as a picture"),
}  # fmt: skip


@pytest.mark.parametrize("ending", REFUSED)
def test_what_cannot_be_published_is_refused_with_what_to_do_and_nothing_is_written(
    noted: Site, tmp_path: Path, ending: str
) -> None:
    data, said = REFUSED[ending]
    (tmp_path / f"a.{ending}").write_bytes(data)
    photograph().save(tmp_path / "good.jpg")
    message = attach(noted, tmp_path / "good.jpg", tmp_path / f"a.{ending}", exit_code=1)
    assert said in message and "Traceback" not in message
    assert (noted.root / "content" / NOTE).is_file() and not (noted.root / FOLDER).exists()


def test_a_bomb_is_refused(noted: Site, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(bomb())
    assert "million pixels" in attach(noted, tmp_path / "a.png", exit_code=1)


def test_the_words_are_needed_and_stay_words(noted: Site, tmp_path: Path) -> None:
    photograph().save(tmp_path / "a.jpg")
    assert "--alt TEXT" in noted.run("attach", ID, str(tmp_path / "a.jpg"), exit_code=1).stderr
    assert "--alt" in attach(noted, tmp_path / "a.jpg", alt="  ", exit_code=1)
    noted.run("attach", ID, str(tmp_path / "a.jpg"), "--alt", "a", "--alt", "b", exit_code=2)
    assert attach(noted, tmp_path / "a.jpg", alt="[x](y) *z*\nand") == "![\\[x\\](y) \\*z\\* and](a.jpg)\n"


def test_nothing_is_overwritten(noted: Site, tmp_path: Path) -> None:
    noted.write(f"{ID}/elsewhere.md", "x")
    photograph().save(tmp_path / "A.JPG", "JPEG")
    names = [attach(noted, tmp_path / "A.JPG").rpartition("(")[2] for _ in range(3)]
    assert names == ["a.jpg)\n", "a-2.jpg)\n", "a-3.jpg)\n"]


def test_an_entry_that_is_a_folder_already_stays_where_it_is(site: Site, tmp_path: Path) -> None:
    text = entry(WEEKNOTE, "[x](other.md)\n")
    site.write(f"weeknotes/{ID}/index.md", text)
    photograph().save(tmp_path / "a.jpg")
    attach(site, tmp_path / "a.jpg")
    assert site.read(f"{FOLDER}/index.md") == text


def dead_links(site: Site) -> list[str]:
    said = site.run("check", "--select", "LN").stdout.replace(f"{ID}/index.md", f"{ID}.md").replace("../", "")
    return [line.partition(" LN")[2] for line in said.splitlines()]


LINKING = """Text [old](../incidents/2026-11-20-a.md#what), ![b](b.png), [up](../about.md?x), <https://example.org/2026-w47-platform.md>.

`[code](b.png)` and [myself](2026-w47-platform.md#top), [site](/about/), [gone](nowhere.md), [kept](../2026/x/).

```
[fenced](b.png)
```

[ref]: <../about.md> "Title"
See [it][ref] and [mail](mailto:a@example.org).
"""
MOVED = """Text [old](../../incidents/2026-11-20-a.md#what), ![b](../b.png), [up](../../about.md?x), <https://example.org/2026-w47-platform.md>.

`[code](b.png)` and [myself](index.md#top), [site](/about/), [gone](nowhere.md), [kept](../2026/x/).

```
[fenced](b.png)
```

[ref]: <../../about.md> "Title"
See [it][ref] and [mail](mailto:a@example.org).
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_moving_into_a_folder_keeps_address_and_links(site: Site, tmp_path: Path, newline: str) -> None:
    front = f"{WEEKNOTE}  # a remark\ntags:   [a,b]"
    site.write(NOTE, entry(front, LINKING).replace("\n", newline))
    site.write("about.md", f"# About\n\nSee [the note](weeknotes/{ID}.md#x), `weeknotes/{ID}.md`.\n")
    site.write(
        "incidents/2026-11-20-a.md",
        entry(
            "title: A\ndate: 2026-11-20\ntimezone: UTC",
            f"From [a](../weeknotes/{ID}.md), [b]\n\n[b]: ../weeknotes/{ID}.md\n",
        ),
    )
    site.write("weeknotes/b.png", "png")
    site.write("weeknotes/2026-w46-platform.md", entry(WEEKNOTE.replace("W47", "W46"), f"Next: [n]({ID}.md)\n"))
    untouched = site.write(
        "weeknotes/2026-w45-platform.md",
        entry(WEEKNOTE.replace("W47", "W45"), f"About {ID}.md and [n](2026-w46-platform.md)\n"),
    )
    before, dead = untouched.read_text(), dead_links(site)
    photograph().save(tmp_path / "a.jpg")
    result = site.run("attach", ID, str(tmp_path / "a.jpg"), "--alt", "A")
    assert not (site.root / "content" / NOTE).exists()
    moved = (site.root / FOLDER / "index.md").read_bytes().decode()
    assert moved == entry(front, MOVED).replace("\n", newline)
    assert (
        site.read("content/about.md")
        == f"# About\n\nSee [the note](weeknotes/{ID}/index.md#x), `weeknotes/{ID}.md`.\n"
    )
    assert f"[a](../weeknotes/{ID}/index.md), [b]\n\n[b]: ../weeknotes/{ID}/index.md" in site.read(
        "content/incidents/2026-11-20-a.md"
    )
    assert f"[n]({ID}/index.md)" in site.read("content/weeknotes/2026-w46-platform.md")
    assert untouched.read_text() == before
    for said in ("its address stays", "about.md", "2026-11-20-a.md", "2026-w46-platform.md"):
        assert said in result.stderr
    assert dead_links(site) == dead
    assert [e.id for e in site.library().entries if e.path.startswith(f"weeknotes/{ID}")] == [ID]


def test_the_page_of_the_entry_shows_the_picture_at_the_same_address(noted: Site, tmp_path: Path) -> None:
    noted.run("build")
    assert (noted.root / f"site/weeknotes/{ID}/index.html").is_file()
    photograph().save(tmp_path / "a.jpg")
    markdown = attach(noted, tmp_path / "a.jpg")
    noted.write(f"weeknotes/{ID}/index.md", entry(WEEKNOTE, markdown))
    noted.run("build")
    assert '<img alt="A whiteboard" src="a.jpg"' in noted.read(f"site/weeknotes/{ID}/index.html").replace(
        ' loading="lazy"', ""
    )
    assert (noted.root / f"site/weeknotes/{ID}/a.jpg").is_file()


def test_an_address_that_would_change_is_refused(noted: Site, tmp_path: Path) -> None:
    noted.write("/mkdocs.yml", CONFIG + "use_directory_urls: false\n")
    photograph().save(tmp_path / "a.jpg")
    assert "aliases:" in attach(noted, tmp_path / "a.jpg", exit_code=1)
    assert (noted.root / "content" / NOTE).is_file()


def test_a_link_that_cannot_be_changed_safely_stops_everything(noted: Site, tmp_path: Path) -> None:
    noted.write("ab_c.md", "# A\n")
    noted.write(NOTE, entry(WEEKNOTE, "[x](../ab\\_c.md)\n"))
    photograph().save(tmp_path / "a.jpg")
    assert f"move {NOTE} to" in attach(noted, tmp_path / "a.jpg", exit_code=1)
    assert (noted.root / "content" / NOTE).is_file() and not (noted.root / FOLDER).exists()


def test_the_configuration_that_names_the_file_is_said(noted: Site, tmp_path: Path) -> None:
    noted.write("/mkdocs.yml", CONFIG + f"nav: [{NOTE}]\n")
    photograph().save(tmp_path / "a.jpg")
    assert f"mkdocs.yml names {NOTE}" in noted.run("attach", ID, str(tmp_path / "a.jpg"), "--alt", "A").stderr


def test_an_entry_that_is_not_there_is_said_with_the_nearest(noted: Site, tmp_path: Path) -> None:
    photograph().save(tmp_path / "a.jpg")
    result = noted.run("attach", "2026-w47-platfrm", str(tmp_path / "a.jpg"), "--alt", "A", exit_code=1)
    assert f"did you mean {ID}?" in result.stderr
    assert "is not there" in noted.run("attach", ID, str(tmp_path / "no.jpg"), "--alt", "A", exit_code=1).stderr


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[a](x.md)", "[a](y.md)"),
        ("![a](x.md 'T')", "![a](y.md 'T')"),
        ("[![b](x.md)](x.md)", "[![b](y.md)](y.md)"),
        ("[a](<x.md>)", "[a](<y.md>)"),
        ("`[a](x.md)`", "`[a](x.md)`"),
        ("    [a](x.md)", "    [a](x.md)"),
        ("- [a](\n  x.md)", "- [a](\n  y.md)"),
        ("[a]\n\n[a]: x.md", "[a]\n\n[a]: y.md"),
    ],
)
def test_only_addresses_are_changed(body: str, expected: str) -> None:
    assert relink(body, lambda target: target.replace("x.md", "y.md")) == expected


def test_what_is_read_otherwise_than_written_is_not_changed_at_all() -> None:
    with pytest.raises(CannotRelink):
        relink("[a](x\\_.md)", lambda target: target.replace("x_", "y_"))
