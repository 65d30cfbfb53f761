"""What a stylesheet has a browser fetch. Read by tinycss2: escapes and comments fool any pattern."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import tinycss2

# Without one of these nothing is fetched; a backslash may write any of them.
_SIGNS = ("url", "import", "image", "src", "\\")
_FETCHING = ("url", "src", "image-set", "-webkit-image-set", "image", "cross-fade")


def fetched_by(css: str) -> Iterator[str]:
    """Yield the addresses that a stylesheet, a declaration or a single value fetches, as written."""
    low = css.lower()
    if any(sign in low for sign in _SIGNS):
        yield from _addresses(tinycss2.parse_component_value_list(css, skip_comments=True))


def _addresses(nodes: Iterable[Any], in_function: bool = False) -> Iterator[str]:
    rule = ""
    for node in nodes:
        if node.type == "at-keyword":
            rule = node.lower_value
        elif node.type == "literal" and node.value == ";":
            rule = ""
        elif node.type == "url" or (node.type == "string" and (in_function or rule == "import")):
            # A name of XML that looks like an address is asked for by nobody.
            if rule != "namespace":
                yield node.value
        elif node.type == "function":
            yield from _addresses(node.arguments, node.lower_name in _FETCHING and rule != "namespace")
        elif node.type.endswith("block"):
            rule = ""
            yield from _addresses(node.content)
