"""How hard the property tests of the ground floor look.

`ABOVEBOARD_EXAMPLES=20000 pytest tests/ground` looks far harder than a run on every change can.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "ground",
    max_examples=int(os.environ.get("ABOVEBOARD_EXAMPLES", "100")),
    deadline=None,  # a slow machine is no bug
    database=None,  # nothing is written into the checkout
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ground")
