"""What reading a file can find wrong with it: one code each, never reused, documented here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

from aboveboard.errors import Position, Severity


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """What one code means. `name` is the assertion that does not hold."""

    code: str
    severity: Severity
    name: str
    why: str
    bad: str
    good: str


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding in one text; the file it is in is known to whoever asked for the reading."""

    position: Position
    code: str
    message: str


def _kind(code: str, severity: str, name: str, why: str, bad: str, good: str) -> ProblemKind:
    return ProblemKind(code, Severity(severity), name, why, bad, good)


_TABLE = (
    _kind("FM001", "error", "the file is UTF-8 text",
          "Another encoding shows as wrong letters, and a control character breaks feeds.",
          "a file saved as UTF-16 or Latin-1, or with a NUL in it", "the same text saved as UTF-8"),
    _kind("FM002", "error", "the file is not too large",
          "An entry is a page that somebody reads; a file this large is pasted data.",
          "a 20 MB log pasted into the body", "the ten lines that matter, and a link to the rest"),
    _kind("FM003", "error", "the entry has front matter",
          "Without it nobody knows what the entry is, and MkDocs would publish it all the same.",
          "# Week 47", "---\\nweek: 2026-W47\\nteam: platform\\ndate: 2026-11-20\\n---"),
    _kind("FM004", "error", "the front matter is opened and closed by ---",
          "Half a fence makes the front matter part of the text, and `draft: true` would be ignored.",
          "title: A\\n---", "---\\ntitle: A\\n---"),
    _kind("FM005", "error", "the front matter is YAML",
          "What cannot be read cannot be published.",
          "title: Fix: the thing", 'title: "Fix: the thing"'),
    _kind("FM006", "error", "a key stands once",
          "YAML keeps the last one silently; a merge of two branches makes such pairs.",
          "severity: sev2\\nseverity: sev1", "severity: sev1"),
    _kind("FM007", "error", "values are written out, without anchors and aliases",
          "A few lines of aliases grow into gigabytes, and no editor shows what they mean.",
          "team: *other", "team: platform"),
    _kind("FM008", "error", "values carry no tag",
          "A tag asks the reader to build an object; front matter is text.",
          "title: !!python/name:os.system", "title: A title"),
    _kind("FM009", "warning", "no text is lost after #",
          "YAML takes the rest of the line for a comment.",
          "title: Week 1 #weeknotes", 'title: "Week 1 #weeknotes"'),
    _kind("FM010", "error", "the front matter is a mapping of fields",
          "A list or a bare text has no fields.", "---\\n- title\\n---", "---\\ntitle: A\\n---"),
    _kind("FD001", "error", "a required field is there",
          "An entry cannot be placed without it.", "team:", "team: platform"),
    _kind("FD002", "error", "a field has its type",
          "A date that is not a date cannot be put in order.", "date: 05/01/2026", "date: 2026-01-05"),
    _kind("FD003", "error", "a value is one of its list",
          "Pages and figures are made by these values.", "stage: finished", "stage: concluded"),
    _kind("FD004", "warning", "a field is known",
          "An unknown field does nothing; most are slips of the pen.", "resolved: yes",
          "resolved_at: 2026-11-20T02:41Z"),
    _kind("FD005", "error", "the file name is the address",
          "An address that can be said twice will one day be said differently.",
          "slug: checkout", "incidents/2026-11-20-checkout.md"),
    _kind("NA001", "error", "the file name is a slug",
          "The name is the address, on every platform and for ever.",
          "weeknotes/Week 47 & more.md", "weeknotes/2026-w47-platform.md"),
    _kind("NA002", "error", "an address belongs to one entry",
          "Two entries would overwrite each other.",
          "incidents/a.md beside weeknotes/a.md", "two names"),
    _kind("NA003", "error", "links between files stay inside content/",
          "A symbolic link could publish a file from anywhere on the machine.",
          "incidents/x.md -> /etc/hostname", "a copy of the file"),
    _kind("NA004", "error", "an entry lies flat in the folder of its kind",
          "The source path is the address; deeper folders hold attachments only.",
          "incidents/2026/november/checkout.md", "incidents/2026-11-20-checkout.md"),
    _kind("NA005", "error", "the file can be read",
          "What cannot be read is not published.", "a file without read permission", "a readable one"),
    _kind("NA006", "warning", "an attachment lies in the folder of its entry",
          "It goes public with its entry, and only with it.",
          "incidents/graph.png", "incidents/2026-11-20-checkout/graph.png beside its index.md"),
    _kind("NA007", "error", "the content folder is there",
          "A site of nothing would take the place of the one there is.",
          "docs_dir: contents", "docs_dir: content"),
    _kind("NA010", "warning", "every platform can hold the file",
          "Where one file cannot be written, the whole repository cannot be cloned.",
          "incidents/2026-11-20-checkout/errors: 5xx.png", "incidents/2026-11-20-checkout/errors-5xx.png"),
)  # fmt: skip

PROBLEMS: dict[str, ProblemKind] = {kind.code: kind for kind in _TABLE}
