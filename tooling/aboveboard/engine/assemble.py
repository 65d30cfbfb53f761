"""A whole site as plain Markdown and files, so that any engine that reads an `mkdocs.yml` can build it.

DIR/mkdocs.yml      derived: everything relative, the menu spelled out, the plugin left out
DIR/docs/           what the plugin hands to MkDocs, file by file
DIR/overrides/      the theme: our frame, and over it what the project overrides
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.meta import get_data

from aboveboard.content.project import Project
from aboveboard.engine.assemble_config import derive_config
from aboveboard.engine.assemble_folder import Folder, Written
from aboveboard.engine.configure import THEME
from aboveboard.engine.extension import digest_of
from aboveboard.engine.files import page_words, safe_meta
from aboveboard.engine.loop import Order, load
from aboveboard.engine.plan import look_at_theme
from aboveboard.engine.prepare import Prepared
from aboveboard.engine.workshop import Heard
from aboveboard.errors import BuildFailed, UserError
from aboveboard.outputs.listings.search import PATH as SEARCH

DOCS, OVERRIDES, CONFIG = "docs", "overrides", "mkdocs.yml"
TEMPLATES = {".html", ".xml", ".txt", ".svg"}


@dataclass(frozen=True, slots=True)
class Assembled:
    """What came of assembling: the folder, how many files it has, what was written; `said` is for people."""

    folder: Path
    files: int
    written: Written
    said: tuple[str, ...]


def assemble_site(project: Project, prepared: Prepared, to: Path) -> Assembled:
    """Write what was prepared into a folder of its own, and take out what an earlier run wrote that is gone.

    Raises UserError, with nothing written, where the folder is not one to write into, and BuildFailed where
    MkDocs refuses the configuration.
    """
    folder = Folder.claim(_refuse_the_content(project, to))
    with Heard() as heard:
        config, files = hand_over_all(project, prepared)
        tree = dict(_docs(files, prepared)) | dict(_overrides(config))
        search = tree.get(f"{DOCS}/{SEARCH}")
        trusted = (
            [digest_of(get_data(search.decode())[0])] if search and files.src_uris[SEARCH].generated_by else []
        )
        derived, said = derive_config(config, project, trusted)
        tree[CONFIG] = derived.encode()
        tree[f"{OVERRIDES}/sitemap.xml"] = _sitemap(config, files, tree)
        written = folder.write(tree)
    return Assembled(folder.path, len(tree), written, (*said, *dict.fromkeys(heard.warnings)))


def hand_over_all(project: Project, prepared: Prepared) -> tuple[MkDocsConfig, Files]:
    """Return MkDocs's configuration as the plugin sets it, and all files that the plugin hands to MkDocs."""
    from mkdocs.exceptions import MkDocsException

    try:
        config, plugin = load(Order(project.config, project.site, False, prepared.public.now), prepared)
        files = get_files(config)
        for file in look_at_theme(config)[1]:
            if files.get_file_from_path(file.src_uri) is None:
                files.append(file)
        files = plugin.on_files(files, config=config)
        set_exclusions(files, config)
    except MkDocsException as error:
        raise BuildFailed("nothing was assembled: MkDocs refuses the configuration", [str(error)]) from None
    return config, files


def _docs(files: Files, prepared: Prepared) -> Iterator[tuple[str, bytes]]:
    words = page_words(prepared.library)
    for file in files:
        if file.inclusion.is_included():  # type: ignore[no-untyped-call]
            yield f"{DOCS}/{file.src_uri}", _bytes_of(file, words)


def _bytes_of(file: File, words: dict[str, dict[str, str]]) -> bytes:
    if not file.is_documentation_page():
        return file.content_bytes
    text = file.content_string
    if file.generated_by is None:
        text = made_safe(text, words.get(file.src_uri, {}), file.src_uri)
    return text.encode()


def made_safe(text: str, words: dict[str, str], path: str) -> str:
    """Return an ordinary page with front matter that themes may print as it stands.

    Where it is that already, nothing is changed; else it is written anew, as the plugin gives it to MkDocs.
    """
    body, meta = get_data(text)
    safe = safe_meta(meta, words)
    if (safe == meta and text.startswith("---")) or not (safe or meta):
        return text
    written = yaml.safe_dump(safe, allow_unicode=True, sort_keys=False, width=10_000)
    text = f"---\n{written}---\n\n{body}"
    if get_data(text) != (body, safe):
        raise UserError(f"{path}: its front matter cannot be written so that every engine reads it alike")
    return text


def _overrides(config: MkDocsConfig) -> Iterator[tuple[str, bytes]]:
    """Yield the templates of our frame, and over them those of the project."""
    own = [Path(config.theme.custom_dir)] if config.theme.custom_dir else []
    for folder in [THEME, *own] if config.theme.name == "material" else own:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix in TEMPLATES:
                yield f"{OVERRIDES}/{path.relative_to(folder).as_posix()}", path.read_bytes()


def _sitemap(config: MkDocsConfig, files: Files, tree: dict[str, bytes]) -> bytes:
    """Return the sitemap, written out: not every engine tells a template which pages there are."""
    nav = get_navigation(files, config)
    for file in files.documentation_pages():
        page = file.page or Page(None, file, config)
        page.meta = get_data(tree[f"{DOCS}/{file.src_uri}"].decode())[1]
    context = get_context(nav, files, config, base_url=".")
    written = config.theme.get_env().get_template("sitemap.xml").render(context)
    # It is a template again, of which nothing may be read as one; and templates lose their last line break.
    return (written.replace("{", "&#123;") + "\n").encode()


def _refuse_the_content(project: Project, to: Path) -> Path:
    folder = to.resolve()
    for kept in (project.content, project.site.absolute()):
        if folder.is_relative_to(kept) or kept.is_relative_to(folder):
            raise UserError(f"nothing can be assembled into {to}: {project.relative(kept)} is there")
    return folder
