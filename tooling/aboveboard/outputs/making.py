"""From a draft to pages and files: what every one of them gets beside what its draft says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from aboveboard.content.frame import Frame
from aboveboard.outputs.machines.head import page_head
from aboveboard.outputs.page import Asset, Draft, Item


def make(frame: Frame, draft: Draft) -> Iterator[Item]:
    """Make what a draft is of, each page with what machines read of it in its head."""
    return (_with_head(frame, item) for item in draft.items())


def _with_head(frame: Frame, item: Item) -> Item:
    """Return a page with what machines read of every page; one made from a file brings a head of its own."""
    if isinstance(item, Asset) or item.source or item.noindex:
        return item
    return replace(item, head=str(page_head(frame, item.path, item.title, item.description)) + item.head)
