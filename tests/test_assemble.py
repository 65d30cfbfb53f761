"""`aboveboard assemble`: what the plugin hands to MkDocs, written down; and nothing of anybody else's touched."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import markdown
import pytest
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.structure.files import Files
from mkdocs.utils.meta import get_data

from aboveboard.engine.extension import NAME, digest_of
from tests.assembling import SITES, build_plainly, fill_hostile, reconfigured, tree_of, without_sitemap_oddities
from tests.conftest import INCIDENT, Site, entry
from tests.showcase import fill
from tests.test_published import HELD, PIXEL


def assembled(site: Site, folder: str = "plain") -> Path:
    """Assemble beside the project, and return the folder."""
    target = site.root.parent / folder
    site.run("assemble", str(target))
    return target


def handed_to_mkdocs(site: Site) -> tuple[dict[str, bytes], dict[str, tuple[str, dict[str, Any]]], Any]:
    """Return what MkDocs gets of the plugin: files by path, each page's text and front matter, the menu."""
    files: dict[str, bytes] = {}
    pages: dict[str, tuple[str, dict[str, Any]]] = {}
    config = load_config(str(site.root / "mkdocs.yml"), site_dir=str(site.root.parent / "handed"))

    def see_files(nav: Any, config: Any, files: Files) -> Any:
        for file in files:
            if file.inclusion.is_included():  # type: ignore[no-untyped-call]
                seen[file.src_uri] = b"" if file.is_documentation_page() else file.content_bytes
        return nav

    def see_page(text: str, page: Any, config: Any, files: Files) -> str:
        pages[page.file.src_uri] = (text, dict(page.meta))
        return text

    seen = files
    config.plugins.events["nav"].append(see_files)
    config.plugins.events["page_markdown"].append(see_page)
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    return files, pages, config.nav


@pytest.mark.parametrize("name", SITES)
def test_what_is_assembled_is_what_the_plugin_hands_over(site: Site, name: str) -> None:
    files, pages, nav = handed_to_mkdocs(SITES[name](site))
    plain = assembled(site)
    tree = tree_of(plain / "docs")
    assert tree.keys() == files.keys()
    for path, data in tree.items():
        if path in pages:
            assert get_data(data.decode()) == pages[path], path
        else:
            assert data == files[path], path
    assert settings(plain)["nav"] == nav


@pytest.mark.parametrize("name", [name for name in SITES if name != "theme"])
def test_mkdocs_makes_the_same_site_of_it_without_the_plugin(site: Site, name: str) -> None:
    SITES[name](site)
    with_plugin = build_plainly(site.root / "mkdocs.yml", site.root.parent / "one")
    plain = assembled(site)
    without = build_plainly(plain / "mkdocs.yml", site.root.parent / "two")
    assert without_sitemap_oddities(without) == without_sitemap_oddities(with_plugin)


def test_a_second_run_changes_nothing(site: Site) -> None:
    plain = assembled(fill(site))
    before = {path: path.stat().st_mtime_ns for path in plain.rglob("*")}
    assert "0 written, 0 removed" in site.run("assemble", str(plain)).output
    assert {path: path.stat().st_mtime_ns for path in plain.rglob("*")} == before


def test_what_is_gone_is_removed_and_what_others_put_there_stays(site: Site) -> None:
    site.write("incidents/2026-11-20-checkout.md", entry(f"{INCIDENT}\ntags: [alarms]"))
    plain = assembled(site)
    assert (plain / "docs/tags/alarms.md").is_file()
    (plain / "docs/mine.md").write_text("# Mine\n", encoding="utf-8")
    (plain / "site").mkdir()
    (plain / "site/index.html").write_text("built", encoding="utf-8")
    site.write("incidents/2026-11-20-checkout.md", entry(INCIDENT))
    site.run("assemble", str(plain))
    assert not (plain / "docs/tags/alarms.md").exists()
    assert not (plain / "docs/tags/alarms").exists(), "and no empty folder is left"
    assert (plain / "docs/mine.md").read_text(encoding="utf-8") == "# Mine\n"
    assert (plain / "site/index.html").read_text(encoding="utf-8") == "built"


@pytest.mark.parametrize("in_the_way", ["file", "folder", "link"])
def test_a_file_of_somebody_else_is_never_written_over(site: Site, in_the_way: str) -> None:
    plain = assembled(site)
    elsewhere = site.root.parent / "elsewhere"
    elsewhere.mkdir()
    target = plain / "docs/tags/alarms.md"
    if in_the_way == "file":
        target.parent.mkdir(exist_ok=True)
        target.write_text("mine", encoding="utf-8")
    elif in_the_way == "folder":
        target.mkdir(parents=True)
        (target / "mine").write_text("mine", encoding="utf-8")
    else:
        shutil.rmtree(target.parent, ignore_errors=True)
        target.parent.symlink_to(elsewhere)
    before = tree_of(plain)
    site.write("incidents/2026-11-20-checkout.md", entry(f"{INCIDENT}\ntags: [alarms]"))
    assert "move it away" in site.run("assemble", str(plain), exit_code=1).output
    assert tree_of(plain) == before
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize(
    ("folder", "why"),
    [
        ("content/plain", "content is there"),
        (".", "content is there"),
        ("site", "site is there"),
        ("busy", "no assemble made it"),
        ("mkdocs.yml", "is a file"),
    ],
)
def test_a_folder_that_is_not_for_it_is_refused(site: Site, folder: str, why: str) -> None:
    site.write("/busy/notes.txt", "mine")
    before = tree_of(site.root)
    output = site.run("assemble", str(site.root / folder), exit_code=1).output
    assert why in output
    assert {path for path in tree_of(site.root) if ".aboveboard/" not in path} == before.keys()


def test_with_an_error_nothing_is_written(site: Site) -> None:
    site.write("incidents/2026-11-20-checkout.md", entry(f"{INCIDENT}\nseverity: dreadful"))
    output = site.run("assemble", str(site.root.parent / "plain"), exit_code=1).output
    assert "nothing was assembled" in output
    assert not (site.root.parent / "plain").exists()


@pytest.mark.parametrize("why", ["draft", "scheduled"])
def test_nothing_that_is_held_back_is_in_it(site: Site, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = "xyzzyq"
    fields, day = HELD[why]
    folder = f"incidents/{day}-{mark}"
    words = f"{fields.replace('Checkout', mark)}\ntags: [{mark}]\nsummary: {mark}"
    site.write(f"{folder}/index.md", entry(words.replace("draft: true", ""), f"{mark} ![{mark}]({mark}.png)\n"))
    (site.root / "content" / folder / f"{mark}.png").write_bytes(PIXEL + mark.encode())
    site.write(f"{mark}.md", f"# {mark}\n")
    with monkeypatch.context() as patched:
        patched.setenv("ABOVEBOARD_NOW", "2027-01-01T00:00Z")
        plain = assembled(site)
    assert len(occurrences(plain, mark)) > 10, "what is public is there"
    site.write(f"{folder}/index.md", entry(words, f"{mark} ![{mark}]({mark}.png)\n"))
    site.write(f"{mark}.md", f"---\ndraft: true\n---\n\n# {mark}\n")
    site.run("assemble", str(plain))
    assert occurrences(plain, mark) == []


def occurrences(folder: Path, mark: str) -> list[str]:
    return [path for path, data in tree_of(folder).items() if mark in path or mark.encode() in data]


# The configuration.


class AnyTag(yaml.SafeLoader):
    """Reads an `mkdocs.yml` whatever its tags."""


AnyTag.add_multi_constructor("", lambda loader, suffix, node: node.tag)


def settings(plain: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load((plain / "mkdocs.yml").read_text(encoding="utf-8"), AnyTag)
    return loaded


def test_the_configuration_stands_by_itself(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ABOVEBOARD_TEST_TOKEN", "a-secret-of-this-machine")
    site.write("/below.yml", "extra: {below: kept}\nhooks: [hook.py]\n")
    site.write("/hook.py", "")
    fill_hostile(site)
    site.write("/mkdocs.yml", "INHERIT: below.yml\n" + site.read("mkdocs.yml"))
    site.write("/theme/main.html", "{% extends 'base.html' %}{% block announce %}<p>ours</p>{% endblock %}")
    reconfigured(site, "{name: material}", "{name: material, custom_dir: theme}")
    result = site.run("assemble", str(site.root.parent / "plain"))
    assert "`hooks:` of mkdocs.yml is not carried over" in result.output
    plain = site.root.parent / "plain"
    text = (plain / "mkdocs.yml").read_text(encoding="utf-8")
    assert str(site.root.parent) not in text, "no path of this machine"
    assert "a-secret-of-this-machine" not in text
    found = settings(plain)
    assert found["extra"]["token"] == "!ENV"
    assert found["extra"]["below"] == "kept"
    assert found["site_name"] == "A &lt;b&gt;&amp;&lt;/b&gt; {{ 7*7 }} site", "themes print it as it stands"
    assert (found["docs_dir"], found["site_dir"], found["theme"]["custom_dir"]) == ("docs", "site", "overrides")
    assert not {"hooks", "watch", "INHERIT"} & found.keys()
    assert found["plugins"] == [{"search": {"enabled": False}}], "no search loads itself"
    assert "<p>ours</p>" in (plain / "overrides/main.html").read_text(encoding="utf-8")
    assert (plain / "overrides/base.html").is_file()


def test_other_plugins_and_options_are_carried_over(site: Site) -> None:
    reconfigured(
        site, "[aboveboard]", "[search: {lang: de}, aboveboard]\nmarkdown_extensions: {toc: {permalink: '#'}}"
    )
    found = settings(assembled(site))
    assert found["plugins"] == [{"search": {"lang": "de"}}]
    assert {"toc": {"permalink": "#"}} in found["markdown_extensions"]
    assert NAME in found["markdown_extensions"][-1], "the last word is the cleaner's"


def test_nobody_changes_a_page_that_nobody_wrote(site: Site) -> None:
    plain = assembled(fill(site))
    built = build_plainly(plain / "mkdocs.yml", site.root.parent / "built")
    links = {path: data for path, data in built.items() if b'rel="edit"' in data}
    assert b"edit/main/content/incidents/2026-10-20-night.md" in links["incidents/2026-10-20-night/index.html"]
    assert b"edit/main/content/about.md" in links["about/index.html"]
    assert "tags/index.html" not in links


def test_another_theme_offers_nobody_to_change_what_is_not_there(site: Site) -> None:
    plain = assembled(SITES["theme"](site))
    built = build_plainly(plain / "mkdocs.yml", site.root.parent / "built")
    assert b"<p>ours</p>" in built["about/index.html"], "the project's own template"
    assert [path for path, data in built.items() if b"edit/main" in data and path.endswith("index.html")] == []


def test_the_plugin_stands_aside_from_what_was_assembled(site: Site) -> None:
    plain = assembled(fill(site))
    alone = build_plainly(plain / "mkdocs.yml", site.root.parent / "alone")
    config = plain / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("plugins:\n", "plugins:\n- aboveboard\n"), encoding="utf-8")
    assert "- aboveboard\n" in config.read_text(encoding="utf-8")
    both = build_plainly(config, site.root.parent / "both")
    assert without_sitemap_oddities(both) == without_sitemap_oddities(alone)
    assert "no Aboveboard project" in Site(plain).run("check", exit_code=1).output


# Whatever ends a run.


class Killed(BaseException):
    """The process is gone: nothing is tidied up."""


@pytest.mark.parametrize("at", [0, 1, 2, 3, 5, 8, 12])
def test_whenever_a_run_is_killed_the_next_one_mends_it(
    site: Site, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write("incidents/2026-11-20-checkout.md", entry(f"{INCIDENT}\ntags: [alarms, dns]"))
    plain = assembled(site)
    site.write("incidents/2026-11-20-checkout.md", entry(f"{INCIDENT}\ntags: [queues]"))
    site.write("about.md", "# About\n")
    steps = 0

    def killed(self: Path, target: Path) -> Path:
        nonlocal steps
        steps += 1
        if steps > at:
            raise Killed
        return replace(self, target)

    replace = Path.replace
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", killed)
        patched.setattr("shutil.rmtree", lambda *_, **__: None)
        with pytest.raises(Killed):
            site.run("assemble", str(plain))
    listed = json.loads((plain / ".assembled").read_text(encoding="utf-8"))
    found = {path for path in tree_of(plain) if not path.startswith(".assembl")}
    assert found <= set(listed), "nothing lies there that the next run would not know"
    site.run("assemble", str(plain))
    assert tree_of(plain) == tree_of(assembled(site, "fresh"))


# The extension by itself.


def render(text: str, **options: Any) -> str:
    return markdown.markdown(text, extensions=["tables", "toc", NAME], extension_configs={NAME: options})


@pytest.mark.parametrize(
    ("text", "options", "html"),
    [
        ("a <script>b</script>", {}, "<p>a </p>"),
        ("[a](javascript:b)", {}, "<p><a>a</a></p>"),
        ("<form><input></form>", {}, "<input>"),
        ("![words](https://example.net/p.png)", {}, "<p><em>Picture, not shown: words</em></p>"),
        ("# A <script>b</script>", {}, '<h1 id="a-b">A </h1>'),
        ("<form></form>", {"trusted": [digest_of("\n<form></form>\n\n")]}, "<form></form>"),
        ("<form></form> ", {"trusted": [digest_of("<form></form> x")]}, ""),
        ("<form></form>", {"clean": False}, "<form></form>"),
        ('<a href="../x/">a</a> [b](c.md)', {}, '<p><a href="../x/">a</a> <a href="c.md">b</a></p>'),
    ],
)
def test_a_page_is_cleaned_by_whoever_renders_it(text: str, options: dict[str, Any], html: str) -> None:
    assert render(text, **options) == html


def test_a_table_is_framed_once() -> None:
    assert render("|a|\n|-|\n|b|").count('class="ab-scroll"') == 1
