"""What MkDocs says while our own loop is at work in its build, kept so that it can say it again.

Other processes would print into the middle of it, and what was said of a page that is kept was said by an earlier
build. So each line waits, in the ledger too, and begins with its level: at that it is said at the end.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

_mkdocs = logging.getLogger("mkdocs")
# Where MkDocs speaks of its pages: what is said there looks as it always did, with no plugin's name before it.
_pages = logging.getLogger("mkdocs.structure.pages")


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(f"{record.levelname} {record.getMessage()}")


@contextmanager
def said_at_the_end() -> Iterator[list[str]]:
    """Give the list of what is said meanwhile, which may be added to; each of its lines is said once at the end.

    However quiet this build is, everything is listened to: the next one may be less so.
    """
    listener = _Listener()
    handlers, level, propagate = _mkdocs.handlers, _mkdocs.level, _mkdocs.propagate
    _mkdocs.handlers, _mkdocs.propagate = [listener], False
    _mkdocs.setLevel(logging.INFO)
    try:
        yield listener.said
    finally:
        _mkdocs.handlers, _mkdocs.propagate = handlers, propagate
        _mkdocs.setLevel(level)
        for line in dict.fromkeys(listener.said):
            name, _, message = line.partition(" ")
            _pages.log(logging.getLevelNamesMapping()[name], message)
