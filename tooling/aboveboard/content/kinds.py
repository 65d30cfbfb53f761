"""The kinds of entry, said once: where they lie, what they hold, what their sections are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from aboveboard.content.fields.common import CommonFields
from aboveboard.content.fields.experiment import ExperimentFields
from aboveboard.content.fields.incident import IncidentFields
from aboveboard.content.fields.weeknote import WeeknoteFields
from aboveboard.errors import UnknownName


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. `sections` names the headings under which a list of the front matter shows.

    The first heading of a list is the one it gets where the body has none of them.
    """

    name: str
    title: str
    plural: str
    folder: str
    fields: type[CommonFields]
    about: str
    default_template: str = "default"
    template_folder: str = ""
    sections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


_LESSONS = ("What we learned", "Lessons learned", "Lessons")
_ACTIONS = (
    "What we are changing",
    "Action items",
    "Steps to stop it happening again",
    "Actions",
    "What we will do",
)

WEEKNOTE = Kind(
    name="weeknote",
    title="Weeknote",
    plural="Weeknotes",
    folder="weeknotes",
    fields=WeeknoteFields,
    about="What a team did and learned in a week.",
    template_folder="templates/weeknote",
    sections={
        "actions": ("What we promised", *_ACTIONS),
        "lessons": _LESSONS,
        "next": ("What is next", "What's next", "Next week", "Next"),
    },
)
EXPERIMENT = Kind(
    name="experiment",
    title="Experiment",
    plural="Experiments",
    folder="experiments",
    fields=ExperimentFields,
    about="What we believed, how we tried it, and what came of it.",
    template_folder="templates/experiment",
    sections={
        "measures": ("What we saw", "What we measured", "Results", "Measures"),
        "lessons": _LESSONS,
        "actions": ("What next", "What is next", *_ACTIONS),
    },
)
INCIDENT = Kind(
    name="incident",
    title="Incident",
    plural="Incidents",
    folder="incidents",
    fields=IncidentFields,
    about="What went wrong, what contributed to it, and what is changing.",
    default_template="standard",
    template_folder="incident_templates",
    sections={
        "figures": ("What users saw", "Impact", "Who and what was affected", "What nearly happened"),
        "factors": (
            "Contributing factors",
            "What caused this",
            "Conditions that made it possible",
            "Factors",
        ),
        "lessons": _LESSONS,
        "actions": _ACTIONS,
    },
)

KINDS: tuple[Kind, ...] = (WEEKNOTE, EXPERIMENT, INCIDENT)
BY_NAME: dict[str, Kind] = {kind.name: kind for kind in KINDS}
BY_FOLDER: dict[str, Kind] = {kind.folder: kind for kind in KINDS}


def find_kind(name: str) -> Kind:
    """Return the kind of that name or folder; raise UnknownName with the nearest one."""
    kind = BY_NAME.get(name.casefold()) or BY_FOLDER.get(name.casefold())
    if kind is None:
        raise UnknownName("kind", name, BY_NAME)
    return kind
