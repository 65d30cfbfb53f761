"""Whether every file has a place of its own: an address for each entry, an entry for each attachment."""

from __future__ import annotations

from collections import defaultdict

from aboveboard.content.entry import ParsedFile
from aboveboard.content.kinds import BY_FOLDER
from aboveboard.content.problems import Problem
from aboveboard.content.scan import Scan
from aboveboard.errors import Position


def shared_ids(files: list[ParsedFile]) -> list[tuple[str, Problem]]:
    """Return the paths of entries that have an id of another one, with what is wrong."""
    names = [file.entry.id.casefold() for file in files if file.entry]
    if len(names) == len(set(names)):
        return []
    by_name: dict[str, list[ParsedFile]] = defaultdict(list)
    for file in files:
        if file.entry:
            by_name[file.entry.id.casefold()].append(file)
    found = []
    for same in by_name.values():
        for file in same if len(same) > 1 else ():
            others = ", ".join(other.path for other in same if other is not file)
            message = f"the id `{file.entry.id if file.entry else ''}` is also that of {others}: rename one"
            found.append((file.path, Problem(Position(), "NA002", message)))
    return found


def stray_attachments(scan: Scan) -> list[tuple[str, Problem]]:
    """Return the paths of files that lie among entries and belong to none, with what is wrong."""
    folders = tuple({path.removesuffix("index.md") for _, path in scan.entries if path.endswith("/index.md")})
    message = "this file belongs to no entry and is not published: move it into the folder of its entry"
    return [
        (path, Problem(Position(), "NA006", message))
        for path in scan.attachments
        if path.split("/")[0] in BY_FOLDER and not path.startswith(folders)
    ]
