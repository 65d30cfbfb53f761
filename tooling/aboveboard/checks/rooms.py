"""All rules: importing this registers them. What only looks at remembered findings never does."""

from aboveboard.checks import (  # noqa: F401
    actions,
    closed,
    durations,
    experiments,
    headings,
    leftovers,
    structure,
    timeline,
    times,
)
from aboveboard.checks.blame import rules as blame_rules  # noqa: F401
from aboveboard.checks.leaks import rules as leak_rules  # noqa: F401
from aboveboard.checks.reach import colour, elsewhere, links, lost, moved, reach, reading, statement  # noqa: F401
