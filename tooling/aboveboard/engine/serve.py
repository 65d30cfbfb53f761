"""The live preview: MkDocs's own server, with drafts and scheduled entries shown and marked."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable

from aboveboard.content.project import Project
from aboveboard.errors import UserError


def serve_site(project: Project, port: int, say: Callable[[str], None]) -> None:
    """Serve a project on this machine only until interrupted; `say` gets each line of the log."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.serve import serve
    from mkdocs.exceptions import MkDocsException

    handler = _Lines(say)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        serve(config_file=str(project.config), dev_addr=f"127.0.0.1:{port}")
    except OSError as error:
        raise UserError(f"cannot serve on port {port}: {error.strerror}; try --port {port + 1}") from None
    except MkDocsException as error:
        raise UserError(str(error)) from None
    finally:
        logger.removeHandler(handler)


class _Lines(logging.Handler):
    def __init__(self, say: Callable[[str], None]) -> None:
        super().__init__(logging.INFO)
        self.say = say

    def emit(self, record: logging.LogRecord) -> None:
        self.say(record.getMessage())
