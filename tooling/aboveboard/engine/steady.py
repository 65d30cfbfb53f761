"""The search index in one order: Pagefind writes its filters in another with every run.

What a filter holds, and which filters there are, comes out of hash tables (Pagefind 1.5; its issue 638). Sorted,
and named by their content again, the same pages give the same index, byte for byte. The form of the files:
`pagefind_dcd` and CBOR, packed by gzip; a filter is `[name, [[value, pages], …]]`, the meta file has its filters,
`[[name, file], …]`, in the fourth place, and the entry names the meta file of each language. Before them it has
its pages, `[[file, words], …]`, and parts, `[[from, to, file], …]`: on a full disk Pagefind leaves them half
written and says nothing (1.5.2), so they are unpacked once.
"""

from __future__ import annotations

import gzip
import io
import json
import zlib
from hashlib import sha256
from pathlib import Path
from typing import Any

from aboveboard.errors import BuildFailed

_SIGNATURE = b"pagefind_dcd"
_ENTRY = "pagefind-entry.json"
_PAGES, _PARTS, _FILTERS = 1, 2, 3


def steady(index: Path) -> None:
    """Give an index that Pagefind made the order that it always has here; `index`: its folder.

    Raises BuildFailed where the files are not whole, or of another form.
    """
    try:
        entry = json.loads((index / _ENTRY).read_text(encoding="utf-8"))
        for language in sorted(entry["languages"]):
            said = entry["languages"][language]
            said["hash"] = _sort_language(index, language, said["hash"])
        # As Pagefind writes it, and in the order of the languages.
        entry["languages"] = dict(sorted(entry["languages"].items()))
        text = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
        (index / _ENTRY).write_text(text, encoding="utf-8", newline="")
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, IndexError) as error:
        why = f"what Pagefind wrote is not whole, or of an unknown form: is the disk full? ({error})"
        raise BuildFailed("the search index could not be made", [why]) from None


def _sort_language(index: Path, language: str, number: str) -> str:
    """Sort the filters of a language; return what its meta file is called then."""
    old = index / f"pagefind.{number}.pf_meta"
    meta = _read(old)
    for file in (first for first, *_ in meta[_PAGES]):
        _unpack(index / "fragment" / f"{file}.pf_fragment")
    for file in (last for *_, last in meta[_PARTS]):
        _unpack(index / "index" / f"{file}.pf_index")
    named = []
    for name, file in meta[_FILTERS]:
        path = index / "filter" / f"{file}.pf_filter"
        own, values = _read(path)
        path.unlink()
        named.append([name, _write(index / "filter", language, 7, "pf_filter", [own, sorted(values)])])
    meta[_FILTERS] = sorted(named)
    old.unlink()
    return _write(index, language, 10, "pf_meta", meta, before="pagefind.")


def _read(path: Path) -> Any:
    from cbor2 import loads

    return loads(_unpack(path))


def _unpack(path: Path) -> bytes:
    data = gzip.decompress(path.read_bytes())
    if not data.startswith(_SIGNATURE):
        raise ValueError(path.name)
    return data.removeprefix(_SIGNATURE)


def _write(folder: Path, language: str, digits: int, ending: str, value: Any, before: str = "") -> str:
    """Write a file of an index under the name that its content has, and return that: `en_2a34b7a`."""
    from cbor2 import dumps

    data = _SIGNATURE + dumps(value)
    name = f"{language}_{sha256(data).hexdigest()[:digits]}"
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0) as file:
        file.write(data)
    (folder / f"{before}{name}.{ending}").write_bytes(packed.getvalue())
    return name
