"""Secrets that are none: what its writer looked at and lets stand, with the reason, where it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aboveboard.checks.leaks.secrets import find_secrets
from aboveboard.checks.leaks.text import Secret
from aboveboard.checks.rule import Document
from aboveboard.checks.waivers import Waiver, find_waivers
from aboveboard.content.library import Library
from aboveboard.content.text import Lines
from aboveboard.errors import Diagnostic, Severity

_IN_A_FILE = "LK031"


class Waived:
    """What may stand on a site although it looks like a secret."""

    def __init__(self, library: Library) -> None:
        self._rules = library.project.settings.rules
        self._attachments = frozenset(library.attachments)
        self._texts = [_bare(text) for text in _waived(library)]

    def lets_stand(self, secret: Secret, path: str) -> bool:
        """Tell whether a secret in the file at a path is no error: by its rule's weight here, or by a waiver."""
        code = _IN_A_FILE if path in self._attachments else secret.code
        weighs = self._rules.get(code, Severity.ERROR.value)
        value = _bare(secret.value)
        return weighs != Severity.ERROR.value or any(value in text for text in self._texts)


def _waived(library: Library) -> Iterator[str]:
    """Yield the values that waivers speak for. One in `mkdocs.yml` speaks for what templates take from there."""
    documents: list[Document] = [*library.entries, *library.pages]
    texts = (document.matter.text for document in documents)
    for text in (*texts, library.project.config.read_text(encoding="utf-8", errors="replace")):
        waivers = find_waivers(text)
        lines = Lines(text)
        for secret in find_secrets(text) if waivers else ():
            if any(_covers(waiver, secret, lines) for waiver in waivers):
                yield secret.value


def _covers(waiver: Waiver, secret: Secret, lines: Lines) -> bool:
    position = lines.position(secret.start)
    return waiver.covers(Diagnostic("", position, secret.code, Severity.ERROR, ""))


def _bare(text: str) -> str:
    # A page may break and indent a line where its source does not.
    return re.sub(r"\s+", "", text)
