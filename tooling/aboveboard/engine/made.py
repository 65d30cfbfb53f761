"""Files that MkDocs sees and nobody wrote: made when they are first asked for, and not kept after that."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage

from aboveboard.content.public import Frame
from aboveboard.engine.markdown import converter_for
from aboveboard.outputs import Asset, Draft, Item, Page, make


class Making:
    """One draft on its way to its files: it is made once, however many files it is, and each is handed out once."""

    def __init__(self, frame: Frame, draft: Draft) -> None:
        self.frame, self.draft = frame, draft
        self._left: dict[str, Item] = {}

    def take(self, path: str) -> Item:
        """Return what is made for one of the draft's paths."""
        if path not in self._left:
            self._left = {item.path: item for item in make(self.frame, self.draft)}
        return self._left.pop(path)


class MadeFile(File):
    """A file that is made from a draft."""

    def __init__(self, path: str, config: MkDocsConfig, making: Making) -> None:
        super().__init__(
            path, None, config.site_dir, config.use_directory_urls, inclusion=InclusionLevel.NOT_IN_NAV
        )
        self.generated_by = "aboveboard"
        self.making = making
        self.edit_uri = making.draft.source

    @property
    def _content(self) -> str | bytes:  # type: ignore[override]
        item = self.take()
        return item.data if isinstance(item, Asset) else item.text

    def take(self) -> Item:
        return self.making.take(self.src_uri)


class Sheet(MkDocsPage):
    """A page of the site, of ours or as somebody wrote it; MkDocs's own but for how it is read and rendered.

    `looked_up`: every source path that one of its links was taken for, and the address of the file there or None.
    """

    file: File
    looked_up: dict[str, str | None] = {}

    def read_source(self, config: MkDocsConfig) -> None:
        if not isinstance(self.file, MadeFile):
            return super().read_source(config)
        item = self.file.take()
        assert isinstance(item, Page)
        # What MkDocs would read of the page's text, without writing it first and parsing it again.
        self.markdown, self.meta = item.markdown, item.meta
        return None

    def render(self, config: MkDocsConfig, files: Files) -> None:
        if self.markdown is None:
            raise RuntimeError("a page is read before it is rendered")
        rendered = converter_for(config).convert(self.markdown, self.file, files)
        self.content, self.toc, self._title_from_render = rendered.content, rendered.toc, rendered.title
        self.present_anchor_ids, self.links_to_anchors = rendered.anchors, rendered.links
        self.looked_up = rendered.looked_up
