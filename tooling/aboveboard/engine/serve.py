"""The live preview: drafts and scheduled entries shown and marked, each page made when it is asked for."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from aboveboard.content.project import Project
from aboveboard.errors import UserError

if TYPE_CHECKING:
    from aboveboard.engine.preview import Preview

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
Say = Callable[[str], None]


def serve_site(project: Project, port: int, say: Say) -> None:
    """Serve a project on this machine only until interrupted; `say` gets each line of the log.

    Where other plugins or templates take part, MkDocs's own server makes the whole site, again for every change.
    """
    from mkdocs.exceptions import MkDocsException

    from aboveboard.engine.setting import CannotTell

    try:
        _serve(project, port, say)
    except CannotTell as error:
        say(f"everything is made again for every change: {error}")
        _serve_with_mkdocs(project, port, say)
    except OSError as error:
        raise _cannot(error, port) from None
    except MkDocsException as error:
        raise UserError(str(error)) from None


def _serve(project: Project, port: int, say: Say) -> None:
    from aboveboard.engine.preview import Preview

    folder = Path(tempfile.mkdtemp(prefix="aboveboard-"))
    mount = urlsplit(project.site_url or "/").path
    preview = Preview(project, folder, f"http://127.0.0.1:{port}{mount}", say)
    server = _server(preview, port, mount)
    try:
        config = preview.load()
        preview.refresh()
        server.watch(config.docs_dir)
        server.watch(str(project.config))
        for path in (config.theme.custom_dir, *config.watch):
            if path:
                server.watch(str(path))
        server.serve()
    except KeyboardInterrupt:
        pass
    finally:
        server.shutdown()
        preview.close()
        shutil.rmtree(folder, ignore_errors=True)


def _server(preview: Preview, port: int, mount: str) -> Any:
    """Return MkDocs's server with live reload, told of changes by the system and asking for pages one by one."""
    from mkdocs.livereload import LiveReloadServer
    from watchdog.events import FileSystemEvent, FileSystemEventHandler
    from watchdog.observers import Observer

    config_file, content = str(preview.project.config), str(preview.project.content)

    class _Server(LiveReloadServer):
        config_changed = False

        def watch(self, path: str, func: None = None, *, recursive: bool = True) -> None:
            """Watch a folder, or one file by the folder in which it lies: editors put a new one in its place."""
            handler = FileSystemEventHandler()
            handler.on_any_event = self._changed  # type: ignore[method-assign]
            self._watched_paths[path] = 1
            is_file = Path(path).is_file()
            self.observer.schedule(handler, str(Path(path).parent) if is_file else path, recursive=not is_file)

        def _changed(self, event: FileSystemEvent) -> None:
            # Being read is no change, and a folder changes by what is in it.
            if event.is_directory or event.event_type in ("opened", "closed_no_write"):
                return
            paths = {str(event.src_path), str(getattr(event, "dest_path", ""))} - {""}
            if not any(path == config_file or path.startswith(self._folders()) for path in paths):
                return
            with self._rebuild_cond:
                # What is no content is the configuration, or the theme's templates, which are read with it.
                self.config_changed |= not all(path.startswith(f"{content}/") for path in paths)
                self._want_rebuild = True
                self._rebuild_cond.notify_all()

        def _folders(self) -> tuple[str, ...]:
            return tuple(path for path in self._watched_paths if path != config_file)

        def _serve_request(self, environ: Any, start_response: Any) -> Any:
            path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
            if (path + "/").startswith(self.mount_path):
                dest = path[len(self.mount_path) :]
                preview.make(f"{dest}index.html" if not dest or dest.endswith("/") else dest)
                preview.make(f"{dest}/index.html")
            return super()._serve_request(environ, start_response)

    def rebuild() -> None:
        if server.config_changed:
            server.config_changed = False
            preview.load()
        preview.refresh()

    server = _Server(rebuild, "127.0.0.1", port, str(preview.folder), mount)
    server.observer = Observer(timeout=0.1)  # type: ignore[assignment]
    server.build_delay = 0.01
    server.error_handler = lambda code: _page(preview.folder / f"{code}.html")
    return server


def _page(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _serve_with_mkdocs(project: Project, port: int, say: Say) -> None:
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
        raise _cannot(error, port) from None
    except MkDocsException as error:
        raise UserError(str(error)) from None
    finally:
        logger.removeHandler(handler)


def _cannot(error: OSError, port: int) -> UserError:
    return UserError(f"cannot serve on port {port}: {error.strerror}; try --port {port + 1}")


class _Lines(logging.Handler):
    def __init__(self, say: Say) -> None:
        super().__init__(logging.INFO)
        self.say = say

    def emit(self, record: logging.LogRecord) -> None:
        self.say(record.getMessage())
