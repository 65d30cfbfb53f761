"""What editors read in a project: the schemas, snippets of front matter, and which schema belongs to which file.

Red Hat's YAML extension for VS Code, and every editor that runs the same yaml-language-server, completes and
checks whole YAML files. No extension that is looked after does so for front matter inside Markdown: Red Hat's
leaves it alone (https://github.com/redhat-developer/vscode-yaml/issues/207), and its server, tried at 2.0.0,
takes the text below for YAML too. There, snippets complete the fields, and a task lists what `check` says.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from aboveboard.content.fields.describe import describe_fields
from aboveboard.content.files import replace_file, write_new
from aboveboard.content.kinds import KINDS
from aboveboard.content.schemas.forms import Names, Schema
from aboveboard.content.schemas.table import SUBJECTS, schema_of
from aboveboard.errors import AlreadyExists

FOLDER = ".vscode/aboveboard"
SNIPPETS = ".vscode/aboveboard.code-snippets"
NOTE = "Made by `aboveboard schema --write`: run it again after a change of severities, teams or tags."


def editor_files(names: Names) -> dict[str, str]:
    """Return every file that is made from the table of fields, by path in the project."""
    schemas = {f"{FOLDER}/{s.name}.json": write_json(schema_of(s, names, comment=NOTE)) for s in SUBJECTS}
    return {**schemas, SNIPPETS: f"// {NOTE}\n{write_json(dict(_snippets(names)))}"}


def write_json(schema: object) -> str:
    """Return a schema as the text of a file, a line for each thing in it."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def schema_settings(content: str) -> dict[str, str]:
    """Return which file each schema belongs to, as `yaml.schemas` in VS Code has it: schema, then glob.

    `content`: the content folder, relative to the project.
    """
    found = {f"./{FOLDER}/{s.name}.json": s.files.format(content=content) for s in SUBJECTS if s.is_yaml}
    return found


def renew_editor_files(root: Path, names: Names) -> Iterator[Path]:
    """Write what is missing or out of date below a project's root, and yield its path.

    Raises AlreadyExists where a file of such a name is somebody else's.
    """
    for path, text in editor_files(names).items():
        target = root / path
        if not target.exists():
            write_new(target, text)
        elif (there := target.read_text(encoding="utf-8", errors="replace")) == text:
            continue
        elif NOTE in there:
            replace_file(target, text)
        else:
            raise AlreadyExists(target)
        yield target


def _snippets(names: Names) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield a snippet for each field, named after it and the kinds that have it in this form."""
    kinds: dict[tuple[str, str, str], list[str]] = {}
    for kind in KINDS:
        schemas = schema_of(next(s for s in SUBJECTS if s.name == kind.name), names)["properties"]
        for doc in describe_fields(kind.fields):
            example = "" if doc.form == "text" else doc.example
            body = f"{doc.name}: {_hole(schemas[doc.name], example)}"
            kinds.setdefault((doc.name, body, schemas[doc.name]["description"]), []).append(kind.name)
    for (name, body, about), where in kinds.items():
        of = "" if len(where) == len(KINDS) else f" ({', '.join(where)})"
        yield f"{name}{of}", {"scope": "markdown", "prefix": name, "body": body, "description": f"{about}{of}"}


def _hole(schema: Schema, example: str) -> str:
    """Return where the value goes: a choice where the schema has one, else an example to write over, if any."""
    branches = [schema, *schema.get("anyOf", [])]
    choices = next((branch["enum"] for branch in branches if "enum" in branch), schema.get("examples", []))
    words = [choice for choice in choices if isinstance(choice, str)]
    if len(words) > 1:
        return "${1|" + ",".join(_escaped(word, ",|") for word in words) + "|}"
    return "${1:" + _escaped(example, "}") + "}" if example else "$1"


def _escaped(text: str, special: str) -> str:
    return "".join(f"\\{c}" if c in f"\\${special}" else c for c in text)
