"""How a reader replies: by mail or in a form, with what they read named in it."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from aboveboard.outputs.links import reply_link
from tests.conftest import CONFIG, Site

HERE = "https://example.org/incidents/2026-11-20-a/"
FORM = "https://example.org/issues/new?title={title}&body={url}"


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("mailto:open@example.org", "mailto:open@example.org?subject=Checkout%20timeouts"),
        ("mailto:open@example.org?cc=a@example.org", "mailto:open@example.org?cc=a@example.org&subject=Checkout%20timeouts"),
        ("mailto:open@example.org?subject=Blog", "mailto:open@example.org?subject=Blog"),
        ("mailto:open@example.org?Subject=Re: {title}", "mailto:open@example.org?Subject=Re: Checkout%20timeouts"),
        (
            "mailto:open@example.org?body={url}",
            "mailto:open@example.org?body=https%3A%2F%2Fexample.org%2Fincidents%2F2026-11-20-a%2F&subject=Checkout%20timeouts",
        ),
        (
            FORM,
            "https://example.org/issues/new?title=Checkout%20timeouts&body=https%3A%2F%2Fexample.org%2Fincidents%2F2026-11-20-a%2F",
        ),
        ("https://example.org/contact/", "https://example.org/contact/"),
    ],
)  # fmt: skip
def test_a_reply_names_what_was_read(contact: str, link: str) -> None:
    assert reply_link(contact, "Checkout timeouts", HERE) == link


@pytest.mark.parametrize(
    "title",
    ["a&body=b", "a#b?c", "100 %", "{url}", '"><script>', "\u9031\u5831 \U0001f389", "\u0627\u0644 \u202e"],
)
def test_a_title_is_a_value_and_nothing_else(title: str) -> None:
    asked = parse_qs(urlsplit(reply_link(FORM, title, HERE)).query)
    assert asked == {"title": [title], "body": [HERE]}
    subject = reply_link("mailto:open@example.org", title, None).partition("?subject=")[2]
    assert unquote(subject) == title and "&" not in subject


def test_a_line_break_in_a_title_begins_no_header() -> None:
    assert reply_link("mailto:a@example.org", "a\r\nBcc: b", None) == "mailto:a@example.org?subject=a%20Bcc%3A%20b"


def test_a_site_without_an_address_leaves_it_out() -> None:
    assert reply_link(FORM, "A", None) == "https://example.org/issues/new?title=A&body="


@pytest.mark.parametrize(
    ("contact", "wrong"),
    [
        ("https://example.org/new?title={titel}", "{titel} stands for nothing here: write {title} or {url}"),
        ("https://{title}.example.org/", "go behind the host or the mailbox"),
        ("mailto:{title}@example.org", "go behind the host or the mailbox"),
        ("javascript:alert(1)", "is not an address: it begins with https://"),
        ("open@example.org", "is not an address"),
    ],
)
def test_a_contact_that_leads_nowhere_is_said(site: Site, contact: str, wrong: str) -> None:
    block = f"plugins:\n  - aboveboard:\n      contact: '{contact}'\n"
    site.write("/mkdocs.yml", CONFIG.replace("plugins: [aboveboard]\n", block))
    assert wrong in site.run("check", exit_code=1).stdout


@pytest.mark.parametrize("contact", [FORM, "mailto:open@example.org", "mailto:open@example.org?subject={title}"])
def test_a_contact_may_name_what_was_read(site: Site, contact: str) -> None:
    block = f"plugins:\n  - aboveboard:\n      contact: '{contact}'\n"
    site.write("/mkdocs.yml", CONFIG.replace("plugins: [aboveboard]\n", block))
    assert site.project.settings.contact == contact
    site.run("check")
