"""The page that explains the open data, and what search engines for data read of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from markupsafe import Markup

from aboveboard.content.public import PublicLibrary
from aboveboard.content.schemas.table import PUBLISHED
from aboveboard.outputs.machines.data.columns import write_instant
from aboveboard.outputs.machines.data.datasets import DATASETS, VERSION, Dataset
from aboveboard.outputs.machines.data.entries import place_of
from aboveboard.outputs.machines.data.files import INDEX, INDEX_SCHEMA, PAGE, data_files
from aboveboard.outputs.machines.schemas import path_of
from aboveboard.outputs.page import Asset, Page
from aboveboard.outputs.render import Renderer

PATHS = (
    PAGE,
    INDEX,
    INDEX_SCHEMA,
    *(path for dataset in DATASETS for path in (dataset.json_path, dataset.schema_path, dataset.csv_path)),
)
ABOUT = "Everything that is published here, as data that you may use: as JSON, and as CSV for a spreadsheet."


def open_data(library: PublicLibrary) -> Iterator[Page | Asset]:
    """Yield every file of open data, and the page that says what is in them."""
    yield from data_files(library)
    # It goes through all entries, so it is asked once.
    as_of = library.as_of
    body = Renderer(library.frame, PAGE)(
        "data",
        about=ABOUT,
        datasets=DATASETS,
        version=VERSION,
        as_of=as_of,
        index=INDEX,
        index_schema=INDEX_SCHEMA,
        written={subject: path_of(subject) for subject in PUBLISHED},
        counts={dataset.name: sum(1 for _ in dataset.of(library)) for dataset in DATASETS},
    )
    yield Page(PAGE, "Data", body, ABOUT, head=_structured(library, as_of))


def _structured(library: PublicLibrary, as_of: datetime) -> str:
    """Return the datasets in the vocabulary of schema.org; nothing while the site has no address."""
    if library.project.site_url is None:
        return ""
    catalogue = {
        "@context": "https://schema.org",
        "@type": "DataCatalog",
        "name": f"{library.project.site_name}: data",
        "url": place_of(library, PAGE),
        "dataset": [_dataset(library, dataset, as_of) for dataset in DATASETS],
    }
    # A script element ends at the first `</`, whatever stands around it.
    text = json.dumps(catalogue, ensure_ascii=False).replace("<", "\\u003c")
    return str(Markup('<script type="application/ld+json">{}</script>').format(Markup(text)))


def _dataset(library: PublicLibrary, dataset: Dataset[Any], as_of: datetime) -> dict[str, Any]:
    settings = library.project.settings
    forms = {"application/json": dataset.json_path, "text/csv": dataset.csv_path}
    return {
        "@type": "Dataset",
        "name": f"{dataset.title}: {library.project.site_name}",
        "description": f"{dataset.about} Published in the open by {library.project.organisation}.",
        "url": f"{place_of(library, PAGE)}#{dataset.name}",
        "license": settings.licence_url or settings.licence,
        "creator": {"@type": "Organization", "name": library.project.organisation},
        "dateModified": write_instant(as_of),
        "version": VERSION,
        "isAccessibleForFree": True,
        "variableMeasured": [column.name for column in dataset.columns],
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": form, "contentUrl": place_of(library, path)}
            for form, path in forms.items()
        ],
    }
