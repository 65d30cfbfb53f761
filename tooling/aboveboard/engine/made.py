"""Files that MkDocs sees and nobody wrote: made when they are first asked for, and not kept after that."""

from __future__ import annotations

from functools import cached_property

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel

from aboveboard.content.frame import Frame
from aboveboard.engine.keys import Keys
from aboveboard.engine.shelf import FILES, Shelf
from aboveboard.outputs.machines.item import make_item
from aboveboard.outputs.making import make
from aboveboard.outputs.page import Asset, Draft, Item


class Making:
    """One draft on its way to its files: made once, however many they are, and each is handed out once."""

    def __init__(self, frame: Frame, draft: Draft, keys: Keys) -> None:
        self.frame, self.draft, self._keys = frame, draft, keys
        self._left: dict[str, Item] = {}

    @cached_property
    def key(self) -> bytes:
        """What it is made of, as a digest."""
        return self._keys.of(self.draft)

    def take(self, path: str) -> Item:
        """Return what is made for one of the draft's paths."""
        if path not in self._left:
            self._left = {item.path: item for item in make(self.frame, self.draft)}
        return self._left.pop(path)

    def tell(self) -> None:
        """Make what feeds tell of its entries, while their texts are in hand; the frame keeps it for them."""
        for entry in self.draft.texts:
            make_item(self.frame, entry)


class MadeFile(File):
    """A file that is made from a draft, or was made of the same before."""

    def __init__(self, path: str, config: MkDocsConfig, making: Making, shelf: Shelf | None) -> None:
        super().__init__(
            path, None, config.site_dir, config.use_directory_urls, inclusion=InclusionLevel.NOT_IN_NAV
        )
        self.generated_by = "aboveboard"
        self.making, self._shelf = making, shelf
        self.edit_uri = making.draft.source

    @property
    def _content(self) -> str | bytes:  # type: ignore[override]
        if self.is_documentation_page() or self._shelf is None:
            return _bytes_of(self.take())
        key = self._shelf.key(self.making.key, self.src_uri)
        kept = self._shelf.get(FILES, key)
        if isinstance(kept, bytes):
            return kept
        made = _bytes_of(self.take())
        self._shelf.put(FILES, key, made)
        return made

    def take(self) -> Item:
        """Return what is made, a page or a file."""
        return self.making.take(self.src_uri)


def _bytes_of(item: Item) -> str | bytes:
    return item.data if isinstance(item, Asset) else item.text
