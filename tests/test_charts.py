"""Charts: every incident as a dot, every timeline as a picture, and the page that they stand on."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import sync_playwright

from aboveboard.content.entry import Entry, parse_entry
from aboveboard.content.kinds import INCIDENT as KIND
from aboveboard.content.public import PublicLibrary, publish
from aboveboard.content.settings import Settings
from aboveboard.insight.durations import Distribution, comparable, distribution, length_of
from aboveboard.insight.factors import by_category, factors
from aboveboard.insight.services import service_records
from aboveboard.outputs.charts.clock import clock_ticks
from aboveboard.outputs.charts.crowd import reach_of
from aboveboard.outputs.charts.incidents import incidents_chart
from aboveboard.outputs.charts.marks import SHAPES, UNPLACED
from aboveboard.outputs.charts.scale import STEPS, Scale, date_ticks, duration_ticks
from aboveboard.outputs.entry.span import LETTER, NARROW, Milestone, span_chart
from aboveboard.outputs.page import Page
from aboveboard.outputs.render import Renderer
from aboveboard.outputs.site import render_site
from tests.browsing import CHROMIUM, QUIET
from tests.conftest import NOW, Site, entry
from tests.test_pages import HOSTILE, words
from tests.test_public import build_with_mkdocs

INDEX = "incidents/index.md"


def incident(day: str, minutes: int | None = 30, more: str = "", title: str = "Checkout timeouts") -> str:
    """Return an incident of a day that lasted so many minutes; None leaves its end unknown."""
    start = datetime.fromisoformat(f"{day}T02:00")
    end = "" if minutes is None else f"\nresolved_at: {start + timedelta(minutes=minutes):%Y-%m-%dT%H:%MZ}"
    times = f"timezone: UTC\nstarted_at: {day}T02:00Z{end}\nreviewed: {day}"
    return entry(f"title: {title}\ndate: {day}\n{times}\n{more}")


def write(site: Site, *incidents: tuple[str, int | None, str]) -> PublicLibrary:
    for number, (day, minutes, more) in enumerate(incidents):
        site.write(f"incidents/{day}-{number}.md", incident(day, minutes, more))
    return published(site)


def published(site: Site) -> PublicLibrary:
    library = site.library()
    assert [str(d) for d in library.problems if d.severity == "error"] == []
    return publish(library, NOW, ())


def body(library: PublicLibrary, path: str = INDEX) -> str:
    page = render_site(library)[path]
    assert isinstance(page, Page)
    return page.body


def figure(text: str) -> ET.Element:
    """Return the first chart of a page; it is whole as XML, so that nothing in it can be left open."""
    found = re.search(r"<figure.*?</figure>", text, re.DOTALL)
    assert found is not None
    return ET.fromstring(found[0])


def dots(chart: ET.Element) -> dict[str, ET.Element]:
    """Return the links in a drawing by where they lead."""
    return {link.attrib["href"]: link for link in chart.iter("a") if link.find("svg") is not None}


def height(dot: ET.Element) -> float:
    mark = dot.find("svg")
    assert mark is not None
    return float(mark.attrib["y"])


def shape(dot: ET.Element) -> str:
    return next(path.attrib["d"] for path in dot.iter("path"))


# --- how long ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "median", "ninetieth"),
    [
        ([], None, None),
        ([1, 2, 3, 4], None, None),
        ([1, 2, 3, 4, 100], 3, 100),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 100], 5, 9),
        ([7] * 20, 7, 7),
        (range(1, 101), 50, 90),
    ],
)
def test_quantiles_are_lengths_of_real_incidents(
    minutes: Sequence[int], median: int | None, ninetieth: int | None
) -> None:
    spread = Distribution(tuple(timedelta(minutes=m) for m in minutes), 0)
    said = [None if q is None else q / timedelta(minutes=1) for q in (spread.median, spread.ninetieth)]
    assert said == [median, ninetieth]


def test_what_is_not_known_is_counted_and_near_misses_last_for_nobody(site: Site) -> None:
    library = write(
        site,
        ("2026-11-01", 10, ""),
        ("2026-11-02", None, ""),
        ("2026-11-03", 30, "type: near-miss"),
    )
    assert distribution(library.entries) == Distribution((timedelta(minutes=10),), 1)


def test_the_length_is_to_resolved_else_to_mitigated_and_of_exact_times_only() -> None:
    def of(times: str) -> timedelta | None:
        return length_of(parse(f"started_at: 2026-11-20T02:00Z\n{times}"))

    mitigated, resolved = "mitigated_at: 2026-11-20T02:30Z", "resolved_at: 2026-11-20T03:00Z"
    assert of(f"{mitigated}\n{resolved}") == timedelta(hours=1)
    assert of(mitigated) == timedelta(minutes=30)
    assert of(f"{mitigated}\nresolved_at: 2026-11-21") == timedelta(minutes=30)
    assert of("resolved_at: 2026-11-21") is None


def test_ours_are_never_reckoned_with_those_of_others(site: Site) -> None:
    retold = "source: {system: retold}"
    library = write(site, *((f"2026-11-0{n}", 600, retold) for n in range(1, 7)))
    assert len(comparable(library.entries)) == 6
    assert "half were over within 10 hours" in words(body(library))
    library = write(site, ("2026-11-09", 5, ""))
    assert [e.id for e in comparable(library.entries)] == ["2026-11-09-0"]
    text = words(body(library))
    assert "half were over" not in text
    assert "How long is known of 1 of our own, too few for a median: that takes 5." in text


# --- axes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shortest", "longest", "labels"),
    [
        ("2 min", "50 min", ["1 min", "10 min", "1 h"]),
        ("10 min", "10 min", ["10 min", "1 h"]),
        ("0 min", "30 min", ["1 min", "10 min", "1 h"]),
        ("90 min", "9000 min", ["1 h", "6 h", "1 day", "1 week"]),
        ("3 min", "600000 min", ["1 min", "10 min", "1 h", "6 h", "1 day", "1 week", "30 days", "1 year", "10 years"]),
        ("99999999 min", "99999999 min", ["10 years", "100 years"]),
    ],
)  # fmt: skip
def test_an_axis_of_durations_reaches_around_them(shortest: str, longest: str, labels: list[str]) -> None:
    low, high = (timedelta(minutes=int(text.split()[0])) for text in (shortest, longest))
    assert [tick.label for tick in duration_ticks(low, high)] == labels


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ("2017-01-31", "2026-11-23", ["2018", "2020", "2022", "2024", "2026"]),
        ("2024-03-02", "2026-11-23", ["Jul", "2025", "Jul", "2026", "Jul"]),
        ("2026-06-02", "2026-11-23", ["Jul", "Aug", "Sep", "Oct", "Nov"]),
        ("2026-01-01", "2026-12-31", ["2026", "Apr", "Jul", "Oct"]),
        ("2026-11-02", "2026-11-23", ["2 Nov", "9 Nov", "16 Nov", "23 Nov"]),
        ("2026-11-20", "2026-11-23", ["20 Nov", "21 Nov", "22 Nov", "23 Nov"]),
        ("1826-01-01", "2026-01-01", ["1850", "1900", "1950", "2000"]),
    ],
)
def test_an_axis_of_days_has_round_days_on_it(first: str, last: str, labels: list[str]) -> None:
    found = date_ticks(date.fromisoformat(first), date.fromisoformat(last))
    assert [tick.label for tick in found] == labels


@pytest.mark.parametrize(
    ("first", "last", "zone", "labels"),
    [
        ("02:00:00", "02:00:04", "UTC", ["02:00:00", "02:00:02", "02:00:04"]),
        ("02:00:00", "02:41:00", "UTC", ["02:00", "02:10", "02:20", "02:30", "02:40"]),
        ("02:00:00", "23:00:00", "UTC", ["06:00", "12:00", "18:00"]),
        ("02:00:00", "23:00:00", "Asia/Kolkata", ["12:00", "18:00", "21 Nov"]),
    ],
)
def test_an_axis_of_times_has_round_times_on_it(first: str, last: str, zone: str, labels: list[str]) -> None:
    start, end = (datetime.fromisoformat(f"2026-11-20T{clock}+00:00") for clock in (first, last))
    assert [tick.label for tick in clock_ticks(start, end, ZoneInfo(zone))] == labels


def test_where_clocks_change_a_tick_says_what_the_clock_said() -> None:
    start, end = (datetime.fromisoformat(f"2026-10-25T{clock}+00:00") for clock in ("00:00", "04:00"))
    labels = [tick.label for tick in clock_ticks(start, end, ZoneInfo("Europe/London"))]
    assert labels == ["01:00", "01:00", "02:00", "03:00", "04:00"]


instants = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


@given(instants, st.integers(1, 10**10))
def test_ticks_are_few_in_order_and_within(first: datetime, seconds: int) -> None:
    last = min(first + timedelta(seconds=seconds), datetime(3000, 1, 1, tzinfo=UTC))
    found = clock_ticks(first, last, ZoneInfo("America/St_Johns"))
    values = [tick.value for tick in found]
    assert len(found) <= 5 and values == sorted(set(values))
    assert all(first.timestamp() <= value <= last.timestamp() for value in values)


def test_a_logarithmic_scale_gives_equal_room_to_equal_ratios() -> None:
    up = Scale(1, 10_000, 400, 0, logarithmic=True)
    assert [round(up(value), 6) for value in (1, 10, 100, 1000, 10_000)] == [400, 300, 200, 100, 0]
    assert (up(0), up(10**9)) == (400, 0), "what lies outside stands at the edge"
    assert Scale(5, 5, 0, 100)(5) == 50


points = st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), max_size=40)


@given(points)
def test_in_a_crowd_the_nearest_mark_is_the_one_that_is_hit(found: list[tuple[float, float]]) -> None:
    reaches = reach_of(found, at_least=3, at_most=12)
    for (a, reach_a), (b, reach_b) in combinations(zip(found, reaches, strict=True), 2):
        apart = ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5
        assert reach_a + reach_b <= max(apart, 6 if apart < 6 else 0, 3 + reach_a, 3 + reach_b) + 1e-9
    assert all(3 <= reach <= 12 for reach in reaches)


# --- the chart of incidents ---------------------------------------------------------------------

MANY = [
    ("2026-01-05", 1, "severity: sev1"),
    ("2026-02-05", 10, "severity: sev2"),
    ("2026-03-05", 60, "severity: sev3"),
    ("2026-04-05", 360, "severity: sev4"),
    ("2026-05-05", 1440, ""),
    ("2026-06-05", None, "severity: sev1"),
    ("2026-07-05", 30, "severity: sev1\ntype: near-miss"),
    ("2026-08-05", 30, "severity: sev2\nsource: {system: retold}"),
]


def test_every_incident_is_a_dot_that_leads_to_it(site: Site) -> None:
    library = write(site, *MANY)
    found = dots(figure(body(library)))
    assert set(found) == {f"{e.id}/" for e in library.entries}
    assert {link: link_name(dot) for link, dot in found.items()} == {
        "2026-01-05-0/": "Checkout timeouts, 5 January 2026, 1 minute, sev1",
        "2026-02-05-1/": "Checkout timeouts, 5 February 2026, 10 minutes, sev2",
        "2026-03-05-2/": "Checkout timeouts, 5 March 2026, 1 hour, sev3",
        "2026-04-05-3/": "Checkout timeouts, 5 April 2026, 6 hours, sev4",
        "2026-05-05-4/": "Checkout timeouts, 5 May 2026, 1 day, severity not known",
        "2026-06-05-5/": "Checkout timeouts, 5 June 2026, how long is not known, sev1",
        "2026-07-05-6/": "Checkout timeouts, 5 July 2026, near miss, sev1",
        "2026-08-05-7/": "Checkout timeouts, 5 August 2026, 30 minutes, sev2, retold",
    }


def link_name(dot: ET.Element) -> str:
    title = dot[0]
    assert title.tag == "title", "the name comes first"
    return (title.text or "").replace("\u2068", "").replace("\u2069", "")


def test_a_dot_stands_as_high_as_the_logarithm_of_its_length(site: Site) -> None:
    found = dots(figure(body(write(site, *MANY))))
    ends = height(found["2026-01-05-0/"]), height(found["2026-05-05-4/"])
    up = Scale(60, 86_400, *ends, logarithmic=True)
    for link, minutes in (("2026-02-05-1/", 10), ("2026-03-05-2/", 60), ("2026-04-05-3/", 360)):
        assert height(found[link]) == pytest.approx(up(minutes * 60), abs=0.1)
    below = max(ends)
    assert below < height(found["2026-06-05-5/"]) < height(found["2026-07-05-6/"]), "each on a strip of its own"


def test_days_go_across_in_order(site: Site) -> None:
    found = dots(figure(body(write(site, *MANY))))
    places = [float(found[link].find("svg").attrib["x"].rstrip("%")) for link in sorted(found)]  # type: ignore[union-attr]
    assert places == sorted(places) and places[0] > 0 and places[-1] < 100


def test_severity_is_told_by_shape_as_well_as_by_colour(site: Site) -> None:
    found = dots(figure(body(write(site, *MANY))))
    shapes = [shape(found[link]) for link in sorted(found)]
    assert shapes[:4] == [shape.path for shape in SHAPES[:4]]
    assert shapes[4] == UNPLACED.path
    assert shapes[5] == shapes[6] == shapes[0] and shapes[7] == shapes[1]
    assert len({shape.path for shape in (*SHAPES, UNPLACED)}) == 9
    hollow = {link for link, dot in found.items() if "ab-hollow" in ET.tostring(dot, encoding="unicode")}
    assert hollow == {"2026-08-05-7/"}


def test_a_legend_says_what_each_shape_means_and_how_many_there_are(site: Site) -> None:
    chart = figure(body(write(site, *MANY)))
    legend = {" ".join("".join(item.itertext()).split()): shape(item) for item in chart.iter("li")}
    assert list(legend) == [
        "sev1: 3", "sev2: 2", "sev3: 1", "sev4: 1", "severity not known: 1", "hollow: retold from others, 1",
        "50 %: half within 1 hour", "90 %: nine in ten within 1 day",
    ]  # fmt: skip
    assert legend["sev2: 2"] == SHAPES[1].path


def test_the_table_is_the_data(site: Site) -> None:
    library = write(site, *MANY)
    render = Renderer(library.frame, INDEX)
    chart = incidents_chart(render, library.of_kind(KIND))
    rows = [
        ["".join(cell.itertext()) for cell in row]
        for row in figure(body(library)).iter("tr")
        if row[0].tag == "th"
    ]
    assert rows[0] == list(chart.columns)
    assert rows[1:] == [[words(str(cell)) for cell in row] for row in chart.rows]
    assert rows[-1] == ["Checkout timeouts", "5 January 2026", "sev1", "1 minute", "incident"]
    assert len(rows) == len(MANY) + 1


QUANTILES = ("2026-03-05-2/", "2026-05-05-4/")


def test_quantiles_are_drawn_from_five_lengths_on(site: Site) -> None:
    library = write(site, *MANY)
    chart = incidents_chart(Renderer(library.frame, INDEX), library.of_kind(KIND))
    lines = chart.values["lines"]
    assert [line.label for line in lines] == ["50 %", "90 %"]
    assert [round(lines[0].y, 1), round(lines[1].y, 1)] == [
        height(dots(figure(body(library)))[x]) for x in QUANTILES
    ]
    assert [key.label for key in chart.legend[-2:]] == [
        "50 %: half within 1 hour",
        "90 %: nine in ten within 1 day",
    ]
    assert "Of the 5 of our own whose length is known, half were over within 1 hour" in chart.description
    library = publish(site.library(), NOW, [f"content/{library.entries[-1].path}"])
    chart = incidents_chart(Renderer(library.frame, INDEX), library.of_kind(KIND))
    assert chart.values["lines"] == []
    assert "How long is known of 4 of our own, too few for a median: that takes 5." in chart.description


@pytest.mark.parametrize("minutes", [None, 0, 10**6])
def test_one_incident_is_enough_of_whatever_length(site: Site, minutes: int | None) -> None:
    found = dots(figure(body(write(site, ("2026-11-20", minutes, "")))))
    assert len(found) == 1


def test_hundreds_are_there_in_smaller_dots_and_can_be_passed_by(site: Site) -> None:
    start = date(2020, 1, 1)
    for number in range(400):
        day = (start + timedelta(days=6 * number)).isoformat()
        site.write(f"incidents/{day}-x.md", incident(day, 1 + number * 7 % 5000, f"severity: sev{number % 4 + 1}"))
    text = body(published(site))
    chart = figure(text)
    assert len(dots(chart)) == 240
    assert "Each of the newest 240 of 400 incidents, by day and by how long it lasted." in text
    assert next(iter(dots(chart))).startswith("2026-07-22"), "the newest are there"
    assert 'transform="scale(0.58)"' in text
    assert "240 incidents, each a mark" in text
    way = next(link for link in chart.iter("a") if link.attrib["href"].startswith("#"))
    assert way.text == "Past the 240 links in this drawing"
    assert f'id="{way.attrib["href"][1:]}"' in text


class Names(HTMLParser):
    """Collects the names of dots from HTML as a browser would read it, and everything that could run."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.runs: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag
        if tag == "title":
            self.names.append("")
        self.runs += [name for name, value in attrs if name.startswith("on") or "javascript:" in (value or "")]

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "title":
            self.names[-1] += data


def test_hostile_titles_are_names_and_nothing_more_on_the_built_page(site: Site) -> None:
    for number, title in enumerate(HOSTILE.values()):
        quoted = title.replace("'", "''")
        site.write(
            f"incidents/2026-11-{number + 1:02}-x.md", incident(f"2026-11-{number + 1:02}", title=f"'{quoted}'")
        )
    built = build_with_mkdocs(site)["incidents/index.html"].decode()
    drawing = re.search(r'<svg class="ab-drawing.*?</figure>', built, re.DOTALL)
    assert drawing is not None
    parser = Names()
    parser.feed(drawing[0])
    named = {name.partition("\u2069")[0].lstrip("\u2068") for name in parser.names if "\u2069" in name}
    assert named == set(HOSTILE.values())
    assert parser.runs == []
    assert "<script>alert" not in built


def test_what_is_drawn_survives_the_cleaning_of_the_page(site: Site) -> None:
    site.write(
        "incidents/2026-11-20-night.md", night("- 02:00 started: a\n- 02:20 act: b\n- ~02:41 resolved: c\n")
    )
    library = published(site)
    built = build_with_mkdocs(site)
    pairs = {
        INDEX: "incidents/index.html",
        "incidents/2026-11-20-night.md": "incidents/2026-11-20-night/index.html",
    }
    for path, file in pairs.items():
        made, page = figure(body(library, path)), built[file].decode()
        drawing = page[page.index("<figure") : page.index("</figure>")]
        for node in made.iter():
            for name, value in node.attrib.items():
                assert f'{name}="{value}"' in drawing, (path, node.tag, name)
            assert f"<{node.tag}" in drawing
        assert "style=" not in drawing


# --- the page of incidents ----------------------------------------------------------------------


def test_the_page_says_first_what_is_wrong_now(site: Site) -> None:
    site.write("incidents/2026-11-22-now.md", entry("title: It burns\ndate: 2026-11-22\ntimezone: UTC"))
    text = words(body(write(site, *MANY)))
    assert text.index("Right now 1 incident going on. It burns") < text.index("In the last twelve months")
    assert "In the last twelve months 8 incidents In all, since 2026 8 incidents, 1 near miss 1 retold" in text
    assert "Half were over within 1 hour Nine in ten were over within 1 day" in text


def test_an_old_report_without_an_end_is_not_called_open(site: Site) -> None:
    site.write("incidents/2026-01-22-old.md", entry("title: It burnt\ndate: 2026-01-22\ntimezone: UTC"))
    text = words(body(published(site)))
    assert "No incident is going on." in text
    assert "It burnt 22 January 2026 End not told" in text


def test_nothing_yet_is_said(site: Site) -> None:
    text = words(body(published(site)))
    assert "No incident is going on." in text and text.endswith("None yet.")


def test_near_misses_stand_in_a_section_of_their_own(site: Site) -> None:
    text = body(write(site, *MANY))
    near, years = text.split('id="by-year"')
    near = near.split('id="near-misses"')[1]
    assert "2026-07-05-6/" in near and "2026-07-05-6/" not in years
    assert years.count('class="ab-row"') == 7


def test_services_are_counted_with_their_worst_and_their_median(site: Site) -> None:
    more = [("2026-10-0" + str(n), n, "severity: sev3\nservices: [web]") for n in range(1, 6)]
    library = write(
        site,
        *more,
        ("2026-10-07", 5, "severity: sev1\nservices: [mail, web]"),
        ("2026-10-08", 5, "type: near-miss\nservices: [mail]"),
        ("2026-10-09", 5, "type: near-miss\nseverity: sev1\nservices: [post]"),
    )
    said = [(r.service, r.incidents, r.near_misses, r.worst, r.durations.median) for r in service_records(library)]
    assert said == [
        ("web", 6, 0, "sev1", timedelta(minutes=3)),
        ("mail", 1, 1, "sev1", None),
        ("post", 0, 1, None, None),
    ]
    table = body(library).split('id="services"')[1].split("</table>")[0]
    assert 'href="../services/web/"' in table
    assert "Web 6 0 sev1 3 minutes 7 October 2026" in words(table)
    assert "Mail 1 1 sev1 \u2013 8 October 2026" in words(table)


def test_factors_are_grouped_bounded_and_lead_to_their_place(site: Site) -> None:
    library = write(
        site,
        ("2026-10-01", 5, "factors: [{what: Old limit, category: limits}, Plain one]"),
        ("2026-10-02", 5, "factors: [{id: x, what: New limit, category: limits}]"),
        ("2026-10-03", 5, "factors: [{what: Alone, category: alarms}]"),
    )
    groups = [(c.name, [f.factor.what for f in c.factors]) for c in by_category(factors(library.entries))]
    assert groups == [("limits", ["New limit", "Old limit"]), ("alarms", ["Alone"]), (None, ["Plain one"])]
    text = body(library).split('id="factors"')[1].split("</section>")[0]
    assert words(text).index("Limits in 2 reports") < words(text).index("Without a category")
    for link, anchor in re.findall(r'href="([^"#]+)/#(factor-[^"]+)"', text):
        assert f'id="{anchor}"' in body(library, f"incidents/{link}.md")
    assert text.count("#factor-") == 4


def test_of_many_factors_the_rest_is_said(site: Site) -> None:
    many = ", ".join(f"Factor {n}" for n in range(41))
    text = (
        body(write(site, ("2026-10-01", 5, f"factors: [{many}]"))).split('id="factors"')[1].split("</section>")[0]
    )
    assert text.count("#factor-") == 30
    assert "20 more" in text and "11 older ones stand in their reports." in text


# --- the picture of a timeline --------------------------------------------------------------------


def night(timeline: str, fields: str = "timezone: UTC") -> str:
    return entry(f"title: A night\ndate: 2026-11-20\n{fields}", f"## Timeline\n\n{timeline}")


def parse(fields: str, timeline: str = "") -> Entry:
    text = night(timeline, f"timezone: UTC\n{fields}")
    read = parse_entry(KIND, "incidents/x.md", text.encode(), Settings())
    assert read.entry is not None
    return read.entry


def milestones(entry: Entry) -> list[Milestone]:
    chart = span_chart(entry)
    assert chart is not None
    found: list[Milestone] = chart.values["milestones"]
    return found


WHOLE = """- 02:00 started: a
- 02:04 detected: b
- 02:05 declared: c
- 02:20 act: d
- 02:30 e
- 02:41 mitigated: f
- 03:10 resolved: g
"""


def test_the_picture_shows_each_milestone_and_when_users_were_affected() -> None:
    chart = span_chart(parse("", WHOLE))
    assert chart is not None
    marks = chart.values["milestones"]
    assert [(m.name, m.words, round(m.x)) for m in marks] == [
        ("Started", "20 Nov 02:00", 0),
        ("Detected", "02:04", 6),
        ("Declared", "02:05", 7),
        ("Mitigated", "02:41", 59),
        ("Resolved", "03:10", 100),
    ]
    assert len({mark.shape.path for mark in marks}) == 5, "told apart without colour"
    bar = chart.values["bar"]
    assert (bar.start, round(bar.end), bar.is_exact, bar.is_open) == (0, 59, True, False)
    assert [round(x) for x, _ in chart.values["events"]] == [28, 43]
    assert (
        chart.description == "From 02:00 on 20 November 2026 to 03:10 (UTC). Users were affected for 41 minutes."
    )
    assert [key.label for key in chart.legend] == ["striped: users were affected", "below: 2 other events"]
    assert chart.elsewhere == "All times are in the table below."


def test_it_stands_above_the_table_and_repeats_no_data(site: Site) -> None:
    site.write("incidents/2026-11-20-night.md", night(WHOLE))
    text = body(published(site), "incidents/2026-11-20-night.md")
    assert text.index("## Timeline") < text.index('id="ab-timeline"') < text.index("| When | What happened |")
    chart = figure(text)
    assert chart.find(".//details") is None
    assert chart.find("svg[@role='img']") is not None
    assert "Started 20 Nov 02:00" in words(ET.tostring(chart, encoding="unicode"))


@pytest.mark.parametrize(
    ("timeline", "fields"),
    [
        ("- first this\n- then that\n", ""),
        ("- 02:00 started: a\n", ""),
        ("- ~02:00 started: a\n- ~02:30 mitigated: b\n- 02:40 resolved: c\n", ""),
        ("- 02:00 started: a\n- 02:00 detected: b\n", ""),
        ("- 02:00 a\n- 02:10 b\n- 02:20 c\n", ""),
        ("- 2026-11-20 started: a\n- 2026-11-21 resolved: b\n- 2026-11-21 03:00 c\n- 04:00 d\n", ""),
    ],
    ids=["unread", "one", "one exact", "one instant", "no milestone", "days alone"],
)
def test_too_little_makes_no_picture(timeline: str, fields: str) -> None:
    assert span_chart(parse(fields, timeline)) is None


def test_what_is_known_roughly_is_drawn_so_and_said() -> None:
    chart = span_chart(
        parse("", "- 02:00 started: a\n- 02:10 act: b\n- ~02:30 mitigated: c\n- 02:40 resolved: d\n")
    )
    assert chart is not None
    assert [(m.words, m.is_exact) for m in chart.values["milestones"]] == [
        ("20 Nov 02:00", True), ("~02:30", False), ("02:40", True),
    ]  # fmt: skip
    assert not chart.values["bar"].is_exact
    assert "How long users were affected is known only roughly." in chart.description
    assert chart.legend[-1].label == "hollow, ~: known only roughly"


def test_days_alone_and_far_events_are_left_out_and_said() -> None:
    far = "- 2026-12-20 10:00 communicate: the report is out\n- 2026-12-21 x\n"
    chart = span_chart(parse("declared_at: 2026-11-20", f"{WHOLE.replace('- 02:05 declared: c', '')}{far}"))
    assert chart is not None
    assert chart.elsewhere == (
        "All times are in the table below and at the top of this page; "
        "not drawn: 2 times given as a day alone and 1 event long before or after."
    )
    assert [m.name for m in chart.values["milestones"]] == ["Started", "Detected", "Mitigated", "Resolved"]
    assert milestones(parse("", WHOLE + far))[-1].x == 100, "the incident keeps its room"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("timezone: UTC", "(UTC)"),
        ("timezone: Asia/Kolkata", "(IST)"),
        ("timezone: America/Sao_Paulo", "(UTC-03:00)"),
        ("team: platform", ", in a time zone that the report does not name."),
    ],
)
def test_the_zone_is_named_as_far_as_it_is_known(fields: str, said: str) -> None:
    read = parse_entry(KIND, "incidents/x.md", night(WHOLE, fields).encode(), Settings())
    assert read.entry is not None
    chart = span_chart(read.entry)
    assert chart is not None and said in chart.description


def test_a_night_when_the_clocks_change_names_both_zones() -> None:
    text = night("- 2026-10-25 00:30 started: a\n- 02:30 resolved: b\n", "timezone: Europe/London")
    read = parse_entry(KIND, "incidents/x.md", text.encode(), Settings())
    assert read.entry is not None
    chart = span_chart(read.entry)
    assert chart is not None and "(BST, then GMT). Users were affected for 3 hours." in chart.description


@pytest.mark.parametrize(
    ("fields", "timeline", "bar"),
    [
        ("", "- 02:00 started: a\n- 02:04 detected: b\n- 02:20 act: c\n", "open"),
        ("type: near-miss", WHOLE, None),
        ("reviewed: 2026-11-21", "- 02:00 started: a\n- 02:04 detected: b\n", None),
        ("", "- 02:04 detected: b\n- 02:20 resolved: c\n", None),
        ("mitigated_at: 2026-11-20", "- 02:04 started: b\n- 02:20 resolved: c\n", None),
        ("", "- 02:04 started: b\n- 02:20 resolved: c\n", "closed"),
    ],
    ids=["going on", "near miss", "no end", "no start", "mitigated some time that day", "resolved alone"],
)
def test_users_were_affected_as_far_as_the_report_says_so(fields: str, timeline: str, bar: str | None) -> None:
    chart = span_chart(parse(fields, timeline))
    assert chart is not None
    found = chart.values["bar"]
    assert (None if found is None else "open" if found.is_open else "closed") == bar
    assert ("No end is given so far." in chart.description) == (bar == "open")


def test_while_it_goes_on_the_newest_events_are_in_the_picture() -> None:
    chart = span_chart(parse("", "- 02:00 started: a\n- 02:04 detected: b\n- 05:00 act: c\n- 08:00 act: d\n"))
    assert chart is not None
    assert [round(x) for x, _ in chart.values["events"]] == [50, 100]
    assert chart.description == "From 02:00 on 20 November 2026 (UTC). No end is given so far."
    assert chart.elsewhere == "All times are in the table below."


def overlaps(marks: Sequence[Milestone], width: float) -> Iterator[tuple[str, str]]:
    for one, other in combinations(marks, 2):
        a, b = one.box(width), other.box(width)
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]:
            yield one.name, other.name


NAMES = ("started", "detected", "declared", "mitigated", "resolved")
gaps = st.lists(st.integers(1, 10_000_000) | st.integers(1, 90), min_size=1, max_size=4)


@given(gaps, st.permutations(NAMES), st.lists(st.booleans(), min_size=5, max_size=5))
def test_labels_never_meet_however_near_or_far_apart(gaps: list[int], order: list[str], vague: list[bool]) -> None:
    at, fields = datetime(2026, 11, 20, 2, tzinfo=UTC), []
    for name, gap, about in zip(order, [0, *gaps], vague, strict=False):
        at += timedelta(seconds=gap)
        fields.append(f"{name}_at: {'~' if about else ''}{at:%Y-%m-%dT%H:%M:%SZ}")
    chart = span_chart(parse("\n".join(fields)))
    if chart is None:
        assert vague[: len(fields)].count(False) < 2
        return
    marks = chart.values["milestones"]
    assert len(marks) == len(fields)
    for width in (NARROW, 640):
        assert list(overlaps(marks, width)) == []
        for mark in marks:
            left, _, right, _ = mark.box(width)
            assert left >= -24 and right <= width + 24, "within the margins of a narrow page"
    ticks = chart.values["ticks"]
    for (x, label), (after, _) in pairwise(ticks):
        assert 0 <= x <= after <= 100 and label
    assert [x for x, _ in ticks] == sorted({x for x, _ in ticks})


@pytest.mark.parametrize("seconds", [1, 4, 60, 600, 7200, 86_400, 864_000, 8_640_000, 86_400_000])
def test_labels_of_the_axis_never_meet_either(seconds: int) -> None:
    start = datetime(2026, 11, 20, 2, 3, 4, tzinfo=UTC)
    end = start + timedelta(seconds=seconds)
    chart = span_chart(parse(f"started_at: {start:%Y-%m-%dT%H:%M:%SZ}\nresolved_at: {end:%Y-%m-%dT%H:%M:%SZ}"))
    assert chart is not None
    boxes = []
    for x, label in chart.values["ticks"]:
        at, long = x * NARROW / 100, 7 * len(label)
        boxes.append((at - long / 2, at + long / 2))
    assert boxes and all(a[1] <= b[0] for a, b in pairwise(boxes))


def test_a_thousand_events_are_no_more_ticks_than_can_be_seen() -> None:
    lines = "".join(f"- {h:02}:{m:02}:{s:02} x\n" for h in range(3, 5) for m in range(60) for s in range(0, 60, 5))
    chart = span_chart(parse("", f"- 02:00 started: a\n{lines}- 06:00 resolved: b\n"))
    assert chart is not None
    assert len(chart.values["events"]) <= 401
    assert chart.legend[1].label == "below: 1,440 other events"


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.skipif(CHROMIUM is None and not os.environ.get("CI"), reason="NO BROWSER: install Debian's chromium")
@pytest.mark.parametrize("width", [320, 1280])
def test_a_browser_draws_words_that_are_legible_and_do_not_meet(site: Site, width: int) -> None:
    """As measured on the page: no word on another, none off the screen, none smaller than 11 pixels."""
    site.write(
        "incidents/2026-11-20-night.md",
        night(
            "- 02:00:01 started: a\n- 02:00:02 detected: b\n- 02:00:02 declared: c\n- ~02:00:58 mitigated: d\n- 02:01:00 resolved: e\n"
        ),
    )
    site.write(
        "incidents/2026-10-30-long.md",
        night(
            "- 2026-08-30 02:00 started: a\n- 2026-09-30 02:00 detected: b\n- ~2026-10-29 23:00 mitigated: c\n- 2026-10-30 23:10 resolved: d\n"
        ),
    )
    write(site, *MANY)
    build_with_mkdocs(site)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM or "/usr/bin/chromium", args=QUIET)
        page = chromium.new_page(viewport={"width": width, "height": 900})
        for path, count in (("2026-11-20-night/", 8), ("2026-10-30-long/", 6), ("", 12)):
            page.goto((site.root / "out/incidents" / path / "index.html").as_uri())
            boxes = page.evaluate("""() => [...document.querySelectorAll('.ab-drawing text')].map(text => {
                const box = text.getBoundingClientRect()
                return [text.textContent, box.left, box.top, box.right, box.bottom, text.className.baseVal]})""")
            assert len(boxes) >= count, path
            for one, other in combinations(boxes, 2):
                apart = (
                    one[3] <= other[1] or other[3] <= one[1] or one[4] <= other[2] + 2 or other[4] <= one[2] + 2
                )
                assert apart, (path, one, other)
            assert [
                box for box in boxes if not (box[1] >= 0 and box[3] <= width and box[4] - box[2] >= 11)
            ] == [], path
            labels = [box for box in boxes if box[5] == "ab-word"]
            too_wide = [(box[0], box[3] - box[1]) for box in labels if box[3] - box[1] > LETTER * len(box[0])]
            assert too_wide == [], "as wide as reckoned at most"
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        targets = page.evaluate("""() => [...document.querySelectorAll('.ab-target')].map(
            target => target.getBoundingClientRect().width)""")
        assert len(targets) == len(MANY) + 2 and min(targets) >= 12
        chromium.close()


def test_the_scale_of_durations_is_in_order() -> None:
    lengths = [length for length, _ in STEPS]
    assert lengths == sorted(lengths)
