"""The names that an organisation uses, so that an editor can propose them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from aboveboard.content.library import Catalogue
from aboveboard.content.registers import Registers

# A list of proposals that nobody reads to its end proposes nothing.
MOST = 100


def known_names(catalogue: Catalogue, registers: Registers) -> dict[str, tuple[str, ...]]:
    """Return the names in use and in some registers, by list, and the scale of severities.

    `registers` is given beside the catalogue: of a published one only what its entries say is public.
    """
    used: dict[str, tuple[Mapping[str, tuple[object, ...]], Iterable[str]]] = {
        "teams": (catalogue.by_team, registers.teams),
        "people": (catalogue.by_person, registers.people),
        "services": (catalogue.by_service, registers.services),
        "tags": (catalogue.by_tag, ()),
    }
    names = {name: _most_used(groups, registered) for name, (groups, registered) in used.items()}
    return names | {"severities": tuple(catalogue.project.settings.severities)}


def _most_used(groups: Mapping[str, tuple[object, ...]], registered: Iterable[str]) -> tuple[str, ...]:
    """Return names in alphabetical order; where there are too many, those that are used most."""
    counted = Counter(dict.fromkeys(registered, 0) | {name: len(group) for name, group in groups.items()})
    most = sorted(counted, key=lambda name: (-counted[name], name))[:MOST]
    return tuple(sorted(most))
