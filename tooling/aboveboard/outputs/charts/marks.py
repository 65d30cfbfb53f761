"""Marks that can be told apart without colour: a shape for every place on a scale, and keys for them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape around its own origin, about 12 units across; `path` is SVG path data."""

    name: str
    path: str


CIRCLE = Shape("circle", "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0z")
SQUARE = Shape("square", "M-5.3-5.3H5.3V5.3H-5.3z")
TRIANGLE = Shape("triangle", "M0-6.6L6.6 5H-6.6z")
DIAMOND = Shape("diamond", "M0-7.2L7.2 0L0 7.2L-7.2 0z")
TURNED = Shape("turned triangle", "M0 6.6L6.6-5H-6.6z")
PLUS = Shape("plus", "M-2.3-6.3H2.3V-2.3H6.3V2.3H2.3V6.3H-2.3V2.3H-6.3V-2.3H-2.3z")
GLASS = Shape("hourglass", "M-5.6-6.2H5.6L1.6 0L5.6 6.2H-5.6L-1.6 0z")
FLAT = Shape("bar", "M-7-2.6H7V2.6H-7z")
POINTER = Shape("pointer", "M-5-6.6L6.6 0L-5 6.6z")
LINE = Shape("line", "M-9 0H9")
STRIPES = Shape("stripes", "M-7.5-5H7.5V5H-7.5zM-2.5-5V5M2.5-5V5")
UPRIGHT = Shape("post", "M-2.2-7H2.2V7H-2.2z")

# By place on a scale. A scale of more than eight steps begins again; no organisation's has so many.
SHAPES = (CIRCLE, SQUARE, TRIANGLE, DIAMOND, TURNED, PLUS, GLASS, FLAT)
# Where the place on the scale is not known.
UNPLACED = UPRIGHT


@dataclass(frozen=True, slots=True)
class Key:
    """A line of a legend: a mark as it is drawn, and what it means. `look` are its CSS classes."""

    shape: Shape
    look: str
    label: str


def shape_at(place: int | None) -> Shape:
    """Return the shape for a place on a scale."""
    return UNPLACED if place is None else SHAPES[place % len(SHAPES)]


def look_at(place: int | None) -> str:
    """Return the CSS class of the colour for a place on a scale."""
    return "ab-place-none" if place is None else f"ab-place-{place % len(SHAPES)}"
