"""How far the target of each mark may reach in a crowd of them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence


def reach_of(points: Sequence[tuple[float, float]], at_least: float, at_most: float) -> list[float]:
    """Return for each point half the way to its nearest neighbour, between two bounds.

    So the target that a pointer is in belongs to the nearest mark. Points are compared with those in
    the cells around them alone, and not beyond the first that is as near as matters.
    """
    cell = 2 * at_most
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, (x, y) in enumerate(points):
        cells[int(x // cell), int(y // cell)].append(index)
    return [_reach(points, index, cells, cell, at_least, at_most) for index in range(len(points))]


def _reach(
    points: Sequence[tuple[float, float]],
    index: int,
    cells: dict[tuple[int, int], list[int]],
    cell: float,
    at_least: float,
    at_most: float,
) -> float:
    x, y = points[index]
    column, row = int(x // cell), int(y // cell)
    reach = at_most
    for across in (0, -1, 1):
        for down in (0, -1, 1):
            for other in cells.get((column + across, row + down), ()):
                if other == index:
                    continue
                reach = min(reach, math.dist((x, y), points[other]) / 2)
                if reach <= at_least:
                    return at_least
    return reach
