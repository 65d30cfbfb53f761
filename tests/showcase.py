"""A made-up site with one of everything that a page can show, for tests that open every type of page.

Its words are invented and say so; its addresses are those kept for examples.
"""

from __future__ import annotations

import struct
import zlib
from datetime import date, timedelta

from tests.conftest import Site, entry

CONFIG = """\
site_name: A showcase & more
site_url: https://example.org/open/
site_description: One of everything that a page can show.
docs_dir: content
repo_url: https://example.org/repository
edit_uri: edit/main/content/
theme: {name: material}
markdown_extensions:
  - admonition
  - pymdownx.tasklist
  - pymdownx.tabbed: {alternate_style: true}
  - tables
plugins:
  - aboveboard:
      organisation: The showcase
      timezone: Europe/London
      contact: mailto:open@example.org
      policy: {publish: [sev1, sev2], review_days: 14}
"""

REGISTERS = {
    "teams": "- {slug: platform, name: Platform, cadence: weekly, contact: 'https://example.org/platform'}\n"
    "- {slug: pay, name: Payments, cadence: fortnightly}\n- {slug: quiet, name: Quiet, cadence: none}\n",
    "people": "- {slug: ash, name: Ash Example, role: Director, leader: true, links: ['https://example.org/ash']}\n"
    "- {slug: bo, name: Bo Example}\n",
    "services": "- {slug: checkout, name: Checkout, owner: Payments, url: 'https://example.org/checkout'}\n",
    "closed": "- {ref: c-7, kind: incident, reason: active investigation, decided_by: head of security, "
    "decided: 2026-10-01, review_by: 2026-11-01, public: One report waits for an investigation.}\n"
    "- {ref: c-8, kind: experiment, reason: commercial, decided_by: head of product, "
    "decided: 2026-11-01, review_by: 2027-01-01, public: One experiment waits for a contract.}\n",
}

EVERYTHING = """
## A paragraph, and what can stand in it

Some *emphasis*, **more**, `code`, [a link](https://example.org/), a footnote[^1], "quotation".

[^1]: What stands below.

### A list

1. One
2. Two
    - inside

- [x] done
- [ ] to do

> Somebody's words.

!!! warning "Mind this"

    A box with a warning.

=== "First"

    One tab.

=== "Second"

    Another tab.

```python
def answer(question: str) -> int:
    return 42  # a line that is long enough to be wider than a telephone, and has to be wrapped by the page itself
```

| a wide table | with | many | columns | that | do not | fit | on a | telephone |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
| unbreakablewords | unbreakablewords | unbreakablewords | unbreakablewords | unbreakablewords | unbreakablewords | 7 | 8 | 9 |

![A grey square](square.png)

## \u0627\u0644\u0623\u0633\u0628\u0648\u0639 \u0648\u0627\u0644\u0646\u062a\u064a\u062c\u0629

\u9031\u5831\u3067\u3059\u3002
"""

NIGHT = """
## What happened

Half of all payments timed out.

## Timeline

- 2026-10-20 02:00 started: payments begin to time out
- 02:04 detected: the checkout alarm fires ([graph](https://example.org/graph))
- 02:06 declared: an incident
- 02:20 act: release 412 is rolled back
- ~02:30 red herring: the load balancer is suspected
- 02:41 mitigated: checkouts succeed again
- 03:10 resolved: the queue is empty

## What went well

The alarm.
"""

AFTER = """
severity: sev2
services: [checkout, search]
team: pay
timezone: Europe/London
detection: monitoring
reviewed: 2026-10-29
summary: For 41 minutes, half of all payments did not go through.
advice: If you paid twice, you have been paid back; there is nothing to do.
tags: [databases, alarms]
roles: {lead: the on-call engineer, comms: the service desk}
figures: [{what: failed payments, value: '312', unit: payments, source: the ledger}]
factors:
  - {id: f1, what: The limit was set when traffic was a third of today's, category: capacity}
  - {id: f2, what: The alarm watched an average, category: alarms}
lessons: [Limits age, {id: avg, what: An average hides the slow half}]
actions:
  - {id: a1, what: Alarm at 80 % of the limit, owner: platform, due: 2026-11-01, addresses: f1, done_when: the alarm has fired in a test}
  - {id: a2, what: Watch the 95th percentile, owner: pay, due: 2027-01-15, addresses: f2}
  - {id: a3, what: Write the limit down, owner: pay, status: done, closed: 2026-11-20, due: 2026-11-21, link: 'https://example.org/limit'}
  - {id: a4, what: Double the limit, owner: pay, status: dropped, closed: 2026-11-19, why: The new pool has none}
corrections: [{date: 2026-11-02, text: It was 41 minutes and not 14.}]
related: [2026-10-19-forms, 2026-w43-platform]
aliases: [/incidents/old-night/, /2026/night.html]
"""

EXPERIMENT = """
title: Shorter forms
date: 2026-10-19
stage: concluded
team: platform
hypothesis: We believe that shorter forms are finished more often, because people are interrupted.
success_criteria: We are right if nine in ten are finished.
starts: 2026-10-19
ends: 2026-11-06
sample: 200 people
stopping_rule: Ten complaints
guardrails: [No more errors than now]
measures: [{name: finished forms, unit: '%', baseline: '70', target: '90', result: '71', source: 'https://example.org/data'}]
result: not-supported
decision: abandon
lessons: [Interruptions are not what stops people]
tags: [forms]
"""

ENTRIES = {
    "weeknotes/2026-w43-platform/index.md": entry(
        "week: 2026-W43\ndate: 2026-10-23\nteam: platform\nauthors: [bo]\ntags: [forms]\nlessons: [Ask first]",
        EVERYTHING,
    ),
    "weeknotes/2026-w47-platform.md": entry(
        "week: 2026-W47\ndate: 2026-11-20\nteam: platform", "## What is next\n\n- Forms\n"
    ),
    "weeknotes/2026-w47-pay.md": entry("title: Payday\nweek: 2026-W47\ndate: 2026-11-20\nteam: pay"),
    "weeknotes/2026-w46-ash.md": entry(
        "title: From the director\nweek: 2026-W46\ndate: 2026-11-13\nauthors: [ash]"
    ),
    "incidents/2026-10-20-night.md": entry(f"title: Checkout timeouts\ndate: 2026-10-20\n{AFTER.strip()}", NIGHT),
    "incidents/2026-11-22-now.md": entry(
        "title: Search is slow\ndate: 2026-11-22\nstarted_at: 2026-11-23T08:00Z\nservices: [search]\nseverity: sev3"
    ),
    "incidents/2026-11-10-near.md": entry("title: A near one\ndate: 2026-11-10\ntype: near-miss\nseverity: sev4"),
    "incidents/2026-09-01-gone.md": entry(
        "title: Told by mistake\ndate: 2026-09-01\nwithdrawn: {date: 2026-09-02, why: It was another organisation's.}"
    ),
    "incidents/2025-05-05-retold.md": entry(
        "title: Told elsewhere\ndate: 2025-05-05\nsource: {system: retold, url: 'https://example.org/report'}\n"
        "actions: [{what: Test the restore}]\nseverity: sev1\nstarted_at: 2025-05-05T01:00Z\nresolved_at: 2025-05-07T01:00Z"
    ),
    "experiments/2026-10-19-forms.md": entry(EXPERIMENT.strip()),
    "experiments/2026-11-16-post.md": entry(
        "title: Letters by post\ndate: 2026-11-16\nstage: running\nhypothesis: We believe it\nteam: pay\nends: 2026-12-01"
    ),
    "experiments/2026-11-20-words.md": entry("title: Plain words\ndate: 2026-11-20\nstage: planned\nlang: cy"),
}

# Every type of page once; what is built beyond them is of one of these types.
PAGES = (
    "",
    "weeknotes/",
    "experiments/",
    "incidents/",
    "weeknotes/2026-w43-platform/",
    "weeknotes/2026-w47-pay/",
    "experiments/2026-10-19-forms/",
    "experiments/2026-11-16-post/",
    "incidents/2026-10-20-night/",
    "incidents/2026-11-22-now/",
    "incidents/2026-11-10-near/",
    "incidents/2026-09-01-gone/",
    "lessons/",
    "lessons/2026/",
    "actions/",
    "actions/by-owner/",
    "openness/",
    "closed/",
    "feeds/",
    "data/",
    "search/",
    "teams/",
    "teams/platform/",
    "people/",
    "people/ash/",
    "services/",
    "services/checkout/",
    "tags/",
    "tags/forms/",
    "weeks/",
    "weeks/2026-w47/",
    "years/",
    "years/2026/",
    "accessibility/",
    "about/",
    "handbook/writing/",
    "404.html",
)

# Types of page that only a large site has; `grow` makes them.
GROWN = (
    "tags/many/",
    "tags/many/1/",
    "tags/many/7/",
    "years/2024/",
    "years/2024-05/",
    "lessons/2024/",
    "actions/by-owner/quiet/",
)


def grow(site: Site) -> Site:
    """Add a year with so many experiments that lists of them go on from page to page."""
    for number in range(301):
        day = date(2024, 1, 1) + timedelta(days=number)
        fields = f"title: Trial {number}\ndate: {day}\nstage: concluded\nresult: supported\ndecision: adopt"
        promise = f"{{id: a1, what: Write trial {number} down, owner: quiet, status: done, closed: {day}}}"
        told = f"team: quiet\ntags: [many]\nlessons: [Trial {number} worked]\nactions: [{promise}]"
        site.write(f"experiments/{day}-trial.md", entry(f"{fields}\n{told}"))
    return site


def fill(site: Site) -> Site:
    """Write the showcase into an empty project."""
    site.write("/mkdocs.yml", CONFIG)
    for name, text in REGISTERS.items():
        site.write(f"registers/{name}.yml", text)
    for path, text in ENTRIES.items():
        site.write(path, text)
    (site.root / "content/weeknotes/2026-w43-platform/square.png").write_bytes(square())
    first = date(2026, 1, 5)
    for number in range(8):
        day = first + timedelta(days=9 * number)
        fields = f"title: Slow page {number}\ndate: {day}\nseverity: sev{number % 4 + 1}\nservices: [checkout]\nteam: pay"
        times = f"started_at: {day}T01:00Z\nresolved_at: {day}T{2 + number:02}:00Z\nreviewed: {day + timedelta(days=3 * number)}"
        site.write(f"incidents/{day}-slow.md", entry(f"{fields}\n{times}"))
    site.write("about.md", "# About\n\nWhat this is.\n")
    site.write("accessibility.md", "# Accessibility statement\n\nA statement that tests stand in for.\n")
    site.write("handbook/index.md", "# Handbook\n\nHow we write.\n")
    site.write("handbook/writing.md", "# Writing\n\n## One\n\nText.\n\n## Two\n\nText.\n\n## Three\n\nText.\n")
    return site


def square() -> bytes:
    """Return a grey PNG of 16 by 16 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x88" * 16 for _ in range(16))
    header = struct.pack(">IIBBBBB", 16, 16, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    )
