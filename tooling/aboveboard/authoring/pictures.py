"""Pictures fit to publish: without what cameras write into them, upright, and no larger than a page shows.

Made with Pillow (MIT-CMU). A picture is decoded, and only what it shows is written again: nothing of the
file that came in survives but its pixels, their colours turned into sRGB, which every browser means.
"""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from aboveboard.errors import UserError

LARGEST_SIDE = 1600
QUALITY = 82
# A picture of more than this is no photograph: a file of a few bytes can claim any size.
MOST_PIXELS = 100_000_000
# A drawing has few colours and sharp edges; what has more than these is a photograph, whatever its format.
DRAWING_COLOURS = 1 << 15
ENDINGS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
_READ = ("JPEG", "PNG", "WEBP", "GIF")
_APPLE = re.compile(rb"....ftyp(?:heic|heix|hevc|heim|heis|mif1|msf1)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is published. `was`: width, height and bytes of the file it was made from."""

    data: bytes
    ending: str
    size: tuple[int, int]
    was: tuple[int, int, int]


def make_picture(path: Path) -> Picture:
    """Return a picture made fit to publish; raise UserError, with what to do, for what cannot be."""
    data = path.read_bytes()
    _refuse(path, data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _make(path, data)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_large(path) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise UserError(f"{path} cannot be read as a picture: {error}") from None


def _refuse(path: Path, data: bytes) -> None:
    if _APPLE.match(data[:64]):
        how = "on an iPhone: share it, with Options > Most Compatible; on a Mac: Preview > Export > JPEG"
        raise UserError(f"{path} is HEIC, which most browsers do not show: save it as JPEG ({how})")
    if path.suffix.lower() in (".svg", ".svgz") or b"<svg" in data[:4096].lower():
        raise UserError(f"{path} is SVG, which can hold scripts and links: export it as PNG, 1,600 pixels wide")


def _make(path: Path, data: bytes) -> Picture:
    with Image.open(io.BytesIO(data), formats=_READ) as image:
        width, height = image.size
        if width * height > MOST_PIXELS:
            raise _too_large(path)
        # Some telephones put a second picture behind the first one: that is a JPEG, and does not move.
        kind = "JPEG" if image.format == "MPO" else image.format or ""
        if kind != "JPEG" and getattr(image, "is_animated", False):
            raise UserError(f"{path} moves, and readers cannot stop it: choose one picture of it")
        lossless = kind == "WEBP" and b"VP8L" in data[:64]
        shown = _upright(image)
    shown.thumbnail((LARGEST_SIDE, LARGEST_SIDE), Image.Resampling.LANCZOS)
    kind = _kind_for(kind, shown)
    return Picture(_write(shown, kind, lossless), ENDINGS[kind], shown.size, (width, height, len(data)))


def _upright(image: Image.Image) -> Image.Image:
    """Return what is seen: turned as the camera says, in sRGB, 8 bits a channel, with nothing else attached."""
    profile = image.info.get("icc_profile")
    turned = ImageOps.exif_transpose(image)
    if turned.mode.startswith("I"):
        # 16 bits of grey.
        turned = turned.convert("I").point(lambda value: value / 256).convert("L")
    see_through = turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info
    plain = _in_srgb(turned, profile, "RGBA" if see_through else "RGB")
    plain.info.clear()
    return plain


def _in_srgb(image: Image.Image, profile: bytes | None, mode: str) -> Image.Image:
    if profile and image.mode in ("RGB", "RGBA", "L", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            return image.convert(mode)  # a broken profile says nothing
        if turned is not None:
            if mode == "RGBA" and image.mode == "RGBA":
                turned.putalpha(image.getchannel("A"))
            return turned.convert(mode)
    return image.convert(mode)


def _kind_for(kind: str, image: Image.Image) -> str:
    if kind in ("PNG", "GIF"):
        is_photograph = image.mode == "RGB" and image.getcolors(DRAWING_COLOURS) is None
        return "JPEG" if is_photograph else "PNG"
    return kind


def _write(image: Image.Image, kind: str, lossless: bool) -> bytes:
    target = io.BytesIO()
    if kind == "JPEG":
        image.convert("RGB").save(target, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    elif kind == "WEBP":
        image.save(target, "WEBP", quality=QUALITY, method=6, lossless=lossless)
    else:
        image.save(target, "PNG", optimize=True)
    return target.getvalue()


def _too_large(path: Path) -> UserError:
    return UserError(f"{path} claims more than {MOST_PIXELS // 1_000_000} million pixels: save it smaller first")
