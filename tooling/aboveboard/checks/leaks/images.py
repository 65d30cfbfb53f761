"""What a picture says beside what it shows: where it was taken and who took it (EXIF, XMP, IPTC, PNG text).

Read from the bytes, so that HEIC and AVIF are read too and no decoder runs on a stranger's file. The
structures are those of TIFF 6.0, Exif 2.32, IPTC IIM 4.2 and the XMP packet; what is broken says nothing.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from itertools import islice

_TIFF = re.compile(rb"(?:Exif\0\0|eXIf|EXIF....)(?=II\*\0|MM\0\*)", re.DOTALL)
_XMP_PLACE = re.compile(
    rb"GPSL(?:atitude|ongitude)(?:=[\"']|>)\s{0,20}[^\s\"'<]|(?:photoshop|Iptc4xmp(?:Core|Ext)):(?:City|"
    rb"Location|Sublocation)(?:=[\"']|>)\s{0,20}[^\s\"'<]"
)
_XMP_AUTHOR = re.compile(
    rb"(?:dc:creator|<dc:creator)[^<]{0,80}(?:<[^<>]{0,200}>\s{0,40}){0,4}(?P<who>[^<>\"']{2,120})<|"
    rb"(?:tiff:Artist|photoshop:AuthorsPosition|aux:OwnerName|exifEX:CameraOwnerName)(?:=[\"']|>)\s{0,20}"
    rb"(?P<also>[^\"'<]{2,120})"
)
_PNG_TEXT = re.compile(
    rb"(?:tEXt|iTXt|zTXt)(?P<key>Author|Artist|Creator|Location|GPS[A-Za-z]{0,20}|Raw profile type (?:exif|"
    rb"APP1|iptc|xmp))\0",
    re.I,
)
_IPTC = re.compile(rb"\x1c\x02(?P<field>[\x50\x5a\x5c])(?P<size>\0[\x01-\xff])", re.DOTALL)

GPS, EXIF = 0x8825, 0x8769
_AUTHORS = {0x013B: "Artist", 0x9C9D: "XPAuthor", 0xA430: "CameraOwnerName"}
_LATITUDE, _LONGITUDE = 2, 4

# A picture has one or two of these; thousands are somebody's joke.
_MOST = 32
Trace = tuple[str, str]


def traces(data: bytes) -> list[Trace]:
    """Return what a picture tells: `("place", "")` or `("author", name)`, each thing once; never raises."""
    found: list[Trace] = []
    starts = [0] if data[:4] in (b"II*\0", b"MM\0*") else []
    for start in [*starts, *(match.end() for match in islice(_TIFF.finditer(data), _MOST))]:
        found += _exif(data[start : start + 262_144] if start else data)
    found += _xmp(data)
    found += _iptc(data)
    found += _png(data) if data.startswith(b"\x89PNG") else []
    return list(dict.fromkeys(found))


def _exif(tiff: bytes) -> list[Trace]:
    order = "<" if tiff[:2] == b"II" else ">"
    try:
        first = struct.unpack_from(order + "I", tiff, 4)[0]
        tags = dict(_directory(tiff, order, first))
        for inner in (tags.get(EXIF),):
            if inner is not None:
                tags.update(_directory(tiff, order, _long(inner, order)))
        found = [("author", name) for tag in _AUTHORS if (name := _text(tiff, order, tags.get(tag), tag))]
        gps = dict(_directory(tiff, order, _long(tags[GPS], order))) if GPS in tags else {}
    except struct.error:
        return []
    return found + ([("place", "")] if _LATITUDE in gps or _LONGITUDE in gps else [])


def _directory(tiff: bytes, order: str, offset: int) -> Iterator[tuple[int, bytes]]:
    """Yield the entries of one directory: tag, and its twelve bytes."""
    (count,) = struct.unpack_from(order + "H", tiff, offset)
    for index in range(min(count, 512)):
        entry = tiff[offset + 2 + 12 * index : offset + 14 + 12 * index]
        if len(entry) < 12:
            return
        yield struct.unpack_from(order + "H", entry)[0], entry


def _long(entry: bytes, order: str) -> int:
    value: int = struct.unpack_from(order + "I", entry, 8)[0]
    return value


def _text(tiff: bytes, order: str, entry: bytes | None, tag: int) -> str:
    if entry is None:
        return ""
    (count,) = struct.unpack_from(order + "I", entry, 4)
    raw = entry[8 : 8 + count] if count <= 4 else tiff[_long(entry, order) :][: min(count, 400)]
    return _clean(raw, "utf-16-le" if tag == 0x9C9D else "utf-8")


def _xmp(data: bytes) -> list[Trace]:
    found: list[Trace] = []
    start = data.find(b"<rdf:RDF")
    while start >= 0 and (end := data.find(b"</rdf:RDF>", start)) >= 0 and len(found) < _MOST:
        packet, start = data[start : min(end, start + 65_536)], data.find(b"<rdf:RDF", end)
        if _XMP_PLACE.search(packet):
            found.append(("place", ""))
        names = (_clean(match["who"] or match["also"] or b"") for match in _XMP_AUTHOR.finditer(packet))
        found += [("author", name) for name in names if name]
    return found


def _iptc(data: bytes) -> list[Trace]:
    found: list[Trace] = []
    if b"8BIM\x04\x04" in data or b"\x1c\x02\x00\x00\x02" in data:
        for match in _IPTC.finditer(data):
            value = _clean(data[match.end() : match.end() + match["size"][1]])
            if value and match["field"] == b"\x50":
                found.append(("author", value))
            elif value:
                found.append(("place", ""))
    return found


def _png(data: bytes) -> list[Trace]:
    found: list[Trace] = []
    for match in _PNG_TEXT.finditer(data):
        size, kind = data[match.start() - 4 : match.start()], data[match.start() : match.start() + 4]
        length = int.from_bytes(size, "big") if len(size) == 4 else 0
        value = data[match.end() : match.start() + 4 + min(length, 65_536)]
        key = match["key"].lower()
        if key.startswith(b"raw profile"):
            found += _raw_profile(value, kind)
        elif key.startswith((b"gps", b"location")):
            found.append(("place", ""))
        elif name := _clean(value.lstrip(b"\0")) or "compressed":
            found.append(("author", name))
    return found


def _raw_profile(value: bytes, kind: bytes) -> list[Trace]:
    """Read a profile as ImageMagick writes it: its length, then hexadecimal digits."""
    try:
        text = zlib.decompressobj().decompress(value[1:], 524_288) if kind == b"zTXt" else value
        inner = bytes.fromhex(re.sub(rb"[^0-9a-fA-F]", b"", b"".join(text.split(b"\n")[3:])).decode())
    except (zlib.error, ValueError):
        return []
    return traces(inner) if not inner.startswith(b"\x89PNG") else []


def _clean(raw: bytes, encoding: str = "utf-8") -> str:
    return raw.decode(encoding, "ignore").replace("\0", " ").strip()[:120]
