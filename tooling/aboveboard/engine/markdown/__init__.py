"""Markdown to HTML as MkDocs converts it, faster."""

from aboveboard.engine.markdown.converter import Converter, Rendered, converter_for

__all__ = ["Converter", "Rendered", "converter_for"]
