"""The texts that were looked at last: whoever shows an entry asks for its text many times in a row.

Thousands of entries are held, for lists and for what refers to what; of their texts only these few are.
"""

from __future__ import annotations

from functools import lru_cache

from aboveboard.content.front_matter import FrontMatter
from aboveboard.content.prose import Prose
from aboveboard.content.reading import Reading

_FEW = 64


@lru_cache(maxsize=_FEW)
def recent_matter(reading: Reading) -> FrontMatter:
    """Return the front matter of a reading."""
    return reading.matter


@lru_cache(maxsize=_FEW)
def recent_prose(reading: Reading) -> Prose:
    """Return the text of a reading, taken apart as far as somebody asks."""
    return reading.prose
