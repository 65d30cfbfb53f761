"""A feed as JSON Feed 1.1, with what the format has no word for in `_aboveboard`.

Source: https://www.jsonfeed.org/version/1.1/
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from aboveboard.content.frame import Frame
from aboveboard.outputs.links import absolute
from aboveboard.outputs.machines.atom import about_feed, title_of_feed
from aboveboard.outputs.machines.feed import Feed
from aboveboard.outputs.machines.item import LANGUAGE, Item, item_url, say_instant

VERSION = "https://jsonfeed.org/version/1.1"
MEDIA = "application/feed+json"


def json_feed(frame: Frame, feed: Feed, items: Sequence[str]) -> bytes:
    """Return a feed with these items, as `json_item` has them and in this order, as a JSON Feed."""
    project, here = frame.project, feed.json
    head = {
        "version": VERSION,
        "title": title_of_feed(frame, feed),
        "home_page_url": item_url(frame, here, feed.home),
        "feed_url": absolute(project, here) or "feed.json",
        "description": about_feed(frame, feed),
        "language": LANGUAGE,
        "authors": [_known(name=project.organisation, url=project.site_url)],
        "_aboveboard": _known(about=absolute(project, "feeds/index.md"), licence=project.settings.licence),
    }
    return f'{_written(head)[:-2]},\n "items": {_listed(items)}\n}}\n'.encode()


def _listed(items: Sequence[str]) -> str:
    # As `json.dumps` would indent them: a line break within a text is written as `\n`, and never as one.
    return "[\n  " + ",\n  ".join(items) + "\n ]" if items else "[]"


def json_item(frame: Frame, here: str, item: Item) -> str:
    """Return an item as it stands in the feed at `here`."""
    # Its content may be empty, and must be there all the same.
    told = {"id": item.id, "url": item_url(frame, here, item.page, item.anchor), "content_html": item.html or ""}
    return _written(
        told
        | _known(
            title=item.title,
            summary=item.summary,
            date_published=say_instant(item.published),
            date_modified=say_instant(item.updated),
            authors=[{"name": name} for name in item.authors],
            tags=list(item.tags),
            language=item.language,
            _aboveboard=_known(**item.facts, licence=item.licence, source=item.source),
        )
    ).replace("\n", "\n  ")


def _written(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _known(**fields: Any) -> dict[str, Any]:
    """Return fields without those that have no value: a reader must not take an empty one for known."""
    return {name: value for name, value in fields.items() if value}
