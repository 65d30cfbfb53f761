"""Our quicker Markdown gives what MkDocs gives: text, contents, title, anchors, links and warnings."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown.blockparser import BlockParser
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage

from aboveboard.content.library import load_library
from aboveboard.content.project import load_project
from aboveboard.content.public import publish
from aboveboard.engine.configure import configure, project_of
from aboveboard.engine.markdown import Converter, quick, source
from aboveboard.engine.markdown.inline import QuickInline
from aboveboard.engine.markdown.parsing import QuickParser
from aboveboard.engine.markdown.tree import QuickRawHtml, QuickToc, QuickUnescape
from aboveboard.engine.sanitise import sanitise
from aboveboard.outputs.page import Page
from aboveboard.outputs.site import render_site
from tests.conftest import NOW, REPOSITORY, Site
from tests.showcase import fill

EXTENSIONS: dict[str, list[Any]] = {
    "as a project begins": [],
    "as our own": ["toc", "tables", "fenced_code"],
    "as the showcase": [
        "admonition",
        "pymdownx.tasklist",
        {"pymdownx.tabbed": {"alternate_style": True}},
        "tables",
    ],
    "with links at headings": [{"toc": {"permalink": True, "baselevel": 2}}],
    "with one that nobody knows": ["tables", "md_in_html", "attr_list"],
}
HEAD = '<div class="ab-head" id="top">\n<h1 dir="auto">One &amp; &#39;two&#39;</h1><p>A <img src="x.png" alt=""> b</p>\n</div>'
FOOT = '<div class="ab-foot"><a name="end" href="../">Up</a>\n<svg viewBox="0 0 1 1"><title>T</title><path d="M0 0"/></svg></div>'

# What people write, what they may write by mistake, and what pages of ours begin and end with.
PIECES = (
    "Words and *emphasis*, **strong**, ***both***, _under_, __lines__, snake_case_word, 2*3*4, a * b.",
    'A [link](about.md), [one to nowhere](gone.md#x), [a title](b/c.md#d "It\'s"), <https://example.org/>, <me@example.org>.',
    '[Reference][one], [one], [one][], ![image][one], ![picture](x.png "t"), [undefined][nothing], [^no].',
    "[one]: about.md 'A title'\n[two]: <https://example.org/?a=b&c=d>",
    "A note[^1], again[^1], [^long].\n\n[^1]: Short.\n[^long]:\n    Long.\n\n    More of it.\n",
    "# Heading\n## Heading ##\n### Heading `code` & *more* {#id}\n#hash\n####### seven",
    "Setext\n======\n\nSecond\n------\ntext",
    "- one\n- two\n    - inside\n\n        deeper\n\n- loose\n\n1. number\n2. number\n\n7. seven\n* star\n+ plus",
    "3) not\n\n3. three\n   text\n\n    para\n\n- # Heading\n  text\n- ",
    "- [x] done\n- [ ] to do\n1. [X] third",
    "> quoted\n> - list\n>\n> > twice\nlazy\n\n> # H\n> ```\n> code <b>\n> ```",
    "```python\nif a < b & c:\n    print('<div>')\n```",
    "~~~\n```\n&#12\n~~~",
    "```\nnever closed <i>",
    "    indented <code> & `more`\n\n    again\n\ttab",
    '- item\n\n    ```yaml title="x"\n    a: <b>\n    ```\n',
    "| a | b |\n|---|:-:|\n| `x|y` | *c* |\n| \\| | d <br> |",
    "a | b\n- | -\n1 | 2",
    "***\n\n---\n___\n* * *",
    "`code`, ``a `b` c``, `<div>`, `unclosed, \\` \\* \\_ \\[x\\] \\\\ \\a \\<b>",
    "Line  \nbreak\\\nbreak\n   three spaces",
    "&amp; &copy; &#8217; &#x2019; &unknown; & &; &#; &#x; &#39 a&b=c &lt;b&gt; AT&T;",
    "a < b > c <3 <- <= </ <> </> < div>",
    '<b>bold</b> <i title="a *b* c">x</i> <br/> <span markdown="1">*x*</span> <img src=x.png> <a href=\'gone.md\'>h</a>',
    "<div>\n\n*inside*\n\n</div>",
    "<div>*raw*</div> tail *text*\n<p>second</p>\n\nafter",
    '<div markdown="1" id="here">\n*x*\n</div>',
    "<section>\n<div>\n</section>\n\nodd </div> </p>",
    "<!-- a comment -->\n\ntext <!-- inline --> more\n\n<!-- over\n\ntwo -->",
    "<!-- never closed",
    "<?php echo 1 ?>\n\n<?never",
    "<![CDATA[ x ]]>\n\n<!DOCTYPE html>\n\n<!never",
    "<script>\nif (a < b) { '</div>' }\n</script>\n\n<style>p { }</style>",
    "<script>never closed",
    '<a href="never closed',
    "<hr>\n<hr />\ntext\n<hr>",
    '<h2 id="own">Own</h2>\n\n## Own',
    "<pre>\nraw\n\nwith blank\n</pre>",
    "<details><summary>*S*</summary>\n\ntext\n\n</details>",
    "<td>\n\n<li>x\n\n<p>",
    "[TOC]",
    "///Footnotes Go Here///",
    '!!! note "T"\n    inside\n\n    - list\n\nafter\n!!! warning\n    x',
    '=== "A"\n    one\n\n=== "B"\n\n    two',
    "{: .class } {#x} text {: title='y' }",
    "*a **b* c** _d __e_ f__ **a*b**c* *** x ***y* **z***",
    "\u0002wzxhzdk:0\u0003 \u0002klzzwxh:0000\u0003 \u0002amp\u0003 wzxhzdk:0",
    "\u9031\u5831\u3067\u3059\u3002 \u0627\u0644 e\u0301 \u00a0nbsp\u2028ls \u0085nel \x0b\x0c",
    "[a [b](c.md) d](e.md) [x](<y z.md>) [q](r.md (t)) [](about.md) [s]( t.md ) [u](v(w).md)",
    "![a ![b](c.png) d](e.png) [![i](x.png)](about.md) [`c`](about.md) *[e](about.md)*",
    "http://example.org/a_b_c www.example.org/*x*",
    "<div>a</div> behind <https://example.org/>",
    HEAD,
    FOOT,
    "<p>One</p><dl><dt>x</dt></dl>\n<ul><li>a</li></ul>",
    "<div id=a></div>",
    "<div title=' id=\"no\"'></div>",
    '<div data-x=" id=" class="y" ID="big" hidden>a id="text"</div>',
    "<DIV>Upper</DIV>",
    "<span>inline first</span>",
    "<div>&#39 odd</div>",
    "<div>```</div>",
    "<div>\n   \n</div>",
    '<div></div >\n<div></div x="1">',
    "<div><p></div>\n<div></p></div>",
    "<div><title><b></title></div>",
)
GLUE = ("\n\n", "\n\n", "\n\n", "\n", " ", "", "\n\n\n", "\n \n", "\n    ", "\n\t", "\r\n\r\n", "\n> ", "\n- ")


@dataclass(frozen=True)
class Bench:
    """A configuration, the files of its site, and a converter that has many pages behind it."""

    config: MkDocsConfig
    files: Files
    converter: Converter


def bench_of(path: Path, extensions: list[Any], paths: tuple[str, ...]) -> Bench:
    given: Any = {"markdown_extensions": extensions} if extensions else {}
    config = load_config(str(path), **given)
    plugin: Any = config.plugins["aboveboard"]
    config = configure(config, project_of(config, plugin.options))
    files = Files([File(path, None, config.site_dir, True) for path in paths])
    return Bench(config, files, Converter(config))


def told(log: list[str]) -> list[str]:
    said, log[:] = list(log), []
    return said


def compare(bench: Bench, path: str, text: str, log: list[str]) -> None:
    """Assert that both ways give the same, whatever it is: an exception as well."""
    file = bench.files.get_file_from_path(path) or File(path, None, bench.config.site_dir, True)
    page = MkDocsPage(None, file, bench.config)
    page.markdown = text
    told(log)
    try:
        page.render(bench.config, bench.files)
    except Exception as error:
        with pytest.raises(type(error)):
            bench.converter.convert(text, file, bench.files)
        return
    theirs = told(log)
    ours = bench.converter.convert(text, file, bench.files)
    assert ours.content == page.content
    assert [_outline(item) for item in ours.toc] == [_outline(item) for item in page.toc]
    assert ours.title == page._title_from_render
    assert ours.anchors == page.present_anchor_ids
    assert ours.links == page.links_to_anchors
    assert told(log) == theirs


def _outline(item: Any) -> Any:
    return (
        item.title,
        item.id,
        item.level,
        getattr(item, "active", None),
        [_outline(child) for child in item.children],
    )


class _Log(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(f"{record.levelname} {record.getMessage()}")


@pytest.fixture(scope="module")
def log() -> Iterator[list[str]]:
    handler, logger = _Log(), logging.getLogger("mkdocs")
    logger.addHandler(handler)
    before, logger.level = logger.level, logging.INFO
    yield handler.said
    logger.level = before
    logger.removeHandler(handler)


@pytest.fixture(scope="module", params=EXTENSIONS)
def bench(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    root = tmp_path_factory.mktemp("project")
    (root / "content").mkdir()
    (root / "mkdocs.yml").write_text(
        "site_name: x\nsite_url: https://example.org/\ndocs_dir: content\ntheme: {name: material}\n"
        "plugins: [aboveboard: {organisation: x, timezone: UTC}]\n",
        encoding="utf-8",
    )
    return bench_of(root / "mkdocs.yml", EXTENSIONS[request.param], ("index.md", "about.md", "b/c.md", "b/x.png"))


@pytest.mark.parametrize("piece", PIECES)
def test_every_construct_comes_out_the_same(bench: Bench, log: list[str], piece: str) -> None:
    for text in (piece, f"{HEAD}\n\n{piece}\n\n{FOOT}\n", f"{piece}\n\n{FOOT}", f"{HEAD}\n\n{piece}"):
        compare(bench, "b/index.md", text, log)


def test_every_two_constructs_come_out_the_same(bench: Bench, log: list[str]) -> None:
    for number, one in enumerate(PIECES):
        for two in PIECES[number % 3 :: 3]:
            compare(bench, "b/c.md", f"{one}\n\n{two}", log)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    pieces=st.lists(
        st.one_of(st.sampled_from(PIECES), st.text("<>/abdiv =\"'&#;!-`*_[]()\n\t^:|1.", max_size=24)), max_size=6
    ),
    glue=st.lists(st.sampled_from(GLUE), min_size=6, max_size=6),
    framed=st.booleans(),
)
def test_whatever_they_are_mixed_into_comes_out_the_same(
    bench: Bench, log: list[str], pieces: list[str], glue: list[str], framed: bool
) -> None:
    text = "".join(part for pair in zip(pieces, glue, strict=False) for part in pair)
    compare(bench, "b/c.md", f"{HEAD}\n\n{text}\n\n{FOOT}\n" if framed else text, log)


def pages_of(config: Path) -> tuple[list[Page], Bench]:
    project = load_project(config)
    assert project is not None
    library = load_library(project)
    made = render_site(publish(library, NOW, ()))
    attached = [path for path in library.attachments if path not in made]
    pages = [item for item in made.values() if isinstance(item, Page)]
    return pages, bench_of(config, [], (*made, *attached))


@pytest.mark.parametrize("ours", [True, False], ids=["our own content", "the showcase"])
def test_every_page_of_a_site_comes_out_the_same(site: Site, log: list[str], ours: bool) -> None:
    pages, bench = pages_of(REPOSITORY / "mkdocs.yml" if ours else fill(site).root / "mkdocs.yml")
    assert len(pages) > 40
    for page in pages:
        compare(bench, page.path, page.markdown, log)


def test_a_page_tells_what_its_links_were_taken_for(bench: Bench) -> None:
    file = File("b/index.md", None, bench.config.site_dir, True)
    text = "[a](../about.md) [b](c.md#x) [c](gone.md) [d](https://example.org/) [e](#here)"
    looked_up = bench.converter.convert(text, file, bench.files).looked_up
    assert looked_up["about.md"] == "about/"
    assert looked_up["b/c.md"] == "b/c/"
    assert looked_up["b/gone.md"] is None
    assert "https://example.org/" not in looked_up


@pytest.mark.parametrize("bench", ["as a project begins", "as our own"], indirect=True)
def test_the_quicker_ways_are_taken(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or else all of the above would compare Python-Markdown with itself."""
    file = File("b/index.md", None, bench.config.site_dir, True)
    markdown, _ = bench.converter._at_hand()
    taken = [type(one) for one in (*markdown.treeprocessors, *markdown.postprocessors, markdown.parser)]
    assert {QuickInline, QuickToc, QuickUnescape, QuickRawHtml, QuickParser} <= set(taken)
    monkeypatch.setattr(source, "HTMLExtractor", None)
    text = f"{HEAD}\n\nA & b.\n\n<ul>\n<li>c</li>\n</ul>\n\n```\n<\n```\n\n{FOOT}\n"
    assert "<li>c</li>" in bench.converter.convert(text, file, bench.files).content


def test_other_versions_and_extensions_are_converted_the_stock_way(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quick, "TESTED", ())
    file = File("b/index.md", None, bench.config.site_dir, True)
    converter = Converter(bench.config)
    assert converter.convert("# A\n\n<b id='x'>b</b>", file, bench.files).anchors >= {"x"}
    markdown, _ = converter._at_hand()
    assert type(markdown.parser) is BlockParser


@pytest.mark.parametrize(
    "made", ["<p>words</p>", "<IMG SRC='https://elsewhere.example/a.png'>", "<video poster='//x/y'>"]
)
def test_html_is_cleaned_alike_with_and_without_pictures(made: str) -> None:
    both = "<p onclick='x' id='a'>a</p>"
    assert sanitise(both + made, "https://example.org/") == sanitise(both, "https://example.org/") + sanitise(
        made, "https://example.org/"
    )
    assert "elsewhere" not in sanitise(made)
