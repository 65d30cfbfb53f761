"""Leaks: every token family in every place of a text, and none of what only looks like one."""

from __future__ import annotations

import itertools
import random
import re
import re._parser as sre  # type: ignore[import-not-found]
import struct
import zlib
from collections.abc import Callable

import pytest

from aboveboard.checks.leaks.families import FAMILIES, SHORTEST
from aboveboard.checks.leaks.images import traces
from aboveboard.checks.leaks.numbers import find_cards, find_identifiers, find_phones, luhn
from aboveboard.checks.leaks.personal import find_addresses
from aboveboard.checks.leaks.pointers import find_accounts, find_hosts, find_links, find_private_addresses
from aboveboard.checks.leaks.secrets import find_secrets
from aboveboard.checks.leaks.text import is_random, mask
from aboveboard.checks.run import check_library
from aboveboard.errors import Diagnostic, Severity
from tests.conftest import NOW, WEEKNOTE, Site, entry
from tests.tokens import LEAK_CASES, MAKERS, Maker, Token, jpeg_with_exif, make_tokens, png_with_text

SEEDS = range(5)
NOTE = "weeknotes/2026-w47-platform.md"

PLACES: dict[str, Callable[[str], str]] = {
    "alone": lambda text: text,
    "prose": lambda text: f"On Friday an engineer pasted {text} into the channel, and nobody saw it.",
    "code": lambda text: f"They ran:\n\n```sh\n{text}\n```\n",
    "code span": lambda text: f"It was `{text}`, they said.",
    "front matter": lambda text: f"---\ntitle: A\nsummary: '{text}'\n---\n\nText.\n",
    "address": lambda text: f"See https://api.example.org/v1/x?a={text}&page=2 for more.",
    "link": lambda text: f"[here](https://api.example.org/{text})",
    "comment": lambda text: f"Text. <!-- {text} -->",
    "table": lambda text: f"| when | what |\n| --- | --- |\n| 10:00 | {text} |\n",
    "JSON": lambda text: '{"value": "' + text.replace("\r\n", "\\r\\n").replace("\n", "\\n") + '"}',
    "Windows": lambda text: f"A line\r\n{text}\r\nand another\r\n",
}


def test_there_are_enough_families() -> None:
    assert len(MAKERS) >= 100


@pytest.mark.parametrize("place", PLACES)
def test_every_family_is_found_in_every_place(place: str) -> None:
    tokens = [token for seed in SEEDS for token in make_tokens(seed)]
    missed = [token.family for token in tokens if not find_secrets(PLACES[place](token.text))]
    assert len(missed) <= len(tokens) * 0.01, missed


@pytest.mark.parametrize("joint", ["\n", "\r\n", "\\\n", "\n    ", '" +\n  "', '"\n"', "\n> "])
def test_a_token_cut_in_two_by_a_line_break_is_found(joint: str) -> None:
    missed, tried, rng = [], 0, random.Random(1)
    for token in (token for seed in SEEDS for token in make_tokens(seed)):
        if token.text == token.value and len(token.value) >= 30 and "\n" not in token.value:
            cut = rng.randrange(len(token.value) // 3, len(token.value) - 8)
            tried += 1
            if not find_secrets(f'```\nX="{token.value[:cut]}{joint}{token.value[cut:]}"\n```\n'):
                missed.append(token.family)
    assert tried > 200 and len(missed) <= tried * 0.08, missed


def said(site: Site, family: str = "LK") -> list[Diagnostic]:
    return [d for d in check_library(site.library(), NOW) if d.code.startswith(family)]


def test_no_message_shows_a_value(site: Site) -> None:
    tokens = [token for token in make_tokens(7) if "\n" not in token.value]
    site.write(NOTE, entry(WEEKNOTE, "\n\n".join(token.text for token in tokens)))
    messages = [str(d) for d in said(site)]
    assert len(messages) > 90
    for token in tokens:
        for start in range(len(token.value) - 5):
            piece = token.value[start : start + 6]
            if any(c.isdigit() for c in piece):
                assert not any(piece in message for message in messages), token.family


def test_a_secret_is_an_error_that_says_to_revoke_it_and_where_it_stands(site: Site) -> None:
    token = next(t for t in make_tokens(3) if t.family == "github classic")
    site.write(NOTE, entry(WEEKNOTE, f"Line one.\r\n\r\nIt was {token.text} then.\r\n"))
    (diagnostic,) = said(site)
    assert str(diagnostic) == (
        f"content/{NOTE}:9:8: LK002 error this looks like a GitHub token, {token.value[:4]}\u2026 "
        "(40 characters): revoke it and make a new one: git remembers"
    )


def test_one_secret_is_said_once() -> None:
    m = Maker(5)
    password, token = m.some(16), make_tokens(5)[4].value
    for text in (
        f"postgres://app:{password}@db.example.org/main",
        f"DATABASE_URL=postgres://app:{password}@db.example.org/main",
        f"Authorization: Bearer {token}",
        f"GITHUB_TOKEN={token}",
        f"https://x-access-token:{token}@github.com/a/b.git",
    ):
        assert len(find_secrets(text)) == 1, text


def test_a_waiver_lets_a_secret_stand(site: Site) -> None:
    token = make_tokens(3)[4]
    body = f"It was {token.text} <!-- allow LK002: revoked on the day, and part of the story -->\n"
    site.write(NOTE, entry(WEEKNOTE, body))
    assert said(site) == []


def test_a_page_that_is_no_entry_is_looked_at_too(site: Site) -> None:
    site.write("about.md", f"# About\n\n{make_tokens(3)[4].text}\n")
    assert [d.code for d in said(site)] == ["LK002"]


def test_secrets_are_errors_and_the_rest_are_warnings(site: Site) -> None:
    for code, case in LEAK_CASES.items():
        for path, data in case.bad.items():
            site.write(path, "").write_bytes(data)
        is_secret = code in ("LK001", "LK002", "LK003", "LK004", "LK005", "LK031")
        assert [d.severity for d in said(site, code)] == [Severity.ERROR if is_secret else Severity.WARNING]


@pytest.mark.parametrize("code", sorted(LEAK_CASES))
def test_a_case_made_at_run_time(code: str, site: Site) -> None:
    case = LEAK_CASES[code]
    for files, expected in ((case.bad, case.expected), (case.good, [])):
        for path, data in files.items():
            site.write(path, "").write_bytes(data)
        assert [str(d) for d in said(site, code)] == expected


HEX40, HEX64 = (
    "9fceb02d0ae598e95dc970b74767f19372d61af8",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
)
HARMLESS = f"""
The fix is in {HEX40}.
Commit {HEX40[:7]} reverted {HEX40[7:15]}.
https://github.com/example/repo/commit/{HEX40}
https://github.com/example/repo/blob/{HEX40}/src/main.py#L10-L20
git checkout {HEX40}
token service at {HEX40[:12]}
The token {HEX40[:7]} was a commit, not a token.
sha256: {HEX64}
sha256:{HEX64}
image: registry.example.org/app@sha256:{HEX64}
secret_checksum: sha256:{HEX64}
The request id was 550e8400-e29b-41d4-a716-446655440000.
trace 4bf92f3577b34da6a3ce929d0e0e4736 took 3 s
uuid: 123e4567-e89b-12d3-a456-426614174000
https://example.org/incidents/550e8400-e29b-41d4-a716-446655440000
session 550e8400-e29b-41d4-a716-446655440000 timed out
token: 550e8400-e29b-41d4-a716-446655440000 is the id of the request
<script src="x.js" integrity="sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC"></script>
"integrity": "sha512-NhSC1YmyruXifcj/KFRWoC561YpHpc5Jtzgvbuzx5VozKpWvQ+4nXhdbn2TnMl4wq5Pq6TdMY0oP8xSfKdLkBw=="
golang.org/x/net v0.17.0 h1:pVaXccu2ozPjCXewfr1S7xza/zcXTity9cCdXQYSjIM=
![x](data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==)
etag: "33a64df551425fcc55e4d42a148795d9f25f89d4"
Version 10.15.7 was replaced by 11.2.3.
We went from v1.24.3 to v1.25.0-rc.1+build.20260102.
It grew from 17179869184 bytes to 34359738368 bytes.
2026-11-20T10:30:00.123456789Z
The password: reset link expired.
Password: at least 12 characters
password: 12chars or more
The password is too short.
Passwords are hashed with argon2id.
password: sha256
password hash: bcrypt
password_hash: $2b$12$KIXQ4k1mXGQe6F3Jx8ZyUO
password: <your password>
password: ${{ secrets.PASSWORD }}
password = os.environ["DB_PASSWORD"]
password: $DB_PASSWORD
password=%s
password: '********'
password: REDACTED
password: [removed]
PASSWORD=changeme
password=xxxxxxxx
the password was reset, and nobody noticed
password: hunter
Token: Kubernetes
The token expired at 10:00.
token: the one that expired
token = get_token(user_id)
token: ${{TOKEN}}
TOKEN=<token>
export GITHUB_TOKEN=$(gh auth token)
export GITHUB_TOKEN=ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
GITHUB_TOKEN=ghp_\u2026
Tokens that begin with ghp_ are GitHub's.
Slack tokens begin with xoxb- or xoxp-.
a key such as sk_live_\u2026 or AKIA\u2026
AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
API_KEY=YOUR_API_KEY
api_key: your-api-key-here
api key: see the vault
The API key is in the vault.
API keys: 12 of 15 rotated
apiKey: process.env.API_KEY
apiKey={{{{ api_key }}}}
secret: Kubernetes
secret: my-service-secret-2026
kind: Secret
secretName: tls-checkout-2026-11
secretKeyRef: {{name: checkout, key: password}}
client_secret: ****************
client_secret=***
secret/data/prod/checkout
token_endpoint: https://login.example.org/oauth2/v2.0/token
token-ttl: 3600s
next_page_token: CAUQAA1b2c3d4e5f6g7h8
csrf_token: 8f14e45fceea167a5a36dedd4bea2543
nextToken=AAAABBBB1111CCCC2222
public_key: MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A1b2c3d4
-----BEGIN CERTIFICATE-----
-----BEGIN PUBLIC KEY-----
A private key begins with `-----BEGIN PRIVATE KEY-----`.
-----BEGIN RSA PRIVATE KEY----- \u2026 -----END RSA PRIVATE KEY-----
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl deploy
SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8
https://example.org:8443/path@2x.png
https://user:password@example.org/
postgres://user:pass@localhost/db
postgres://app:<password>@db.example.org/main
mysql://root:${{DB_PASSWORD}}@db.example.org
https://medium.com/@someone/a-title-5a6f039b8906
https://example.org/@handle:matrix.example.org
mongodb://username:password@host:27017
git@github.com:example/repo.git
Authorization: Bearer <token>
Authorization: Bearer $TOKEN
Authorization: token ghp_\u2026
The bearer of this message was the on-call engineer.
Authorization: Basic {"dXNlcjpwYXNzd29yZA=="}
curl -u "$USER:$PASSWORD" https://api.example.org
curl -u user:password https://api.example.org
Cookie: consent=yes; theme=dark
risk-based, task-force-2026-planning-and-delivery-group
the sk-learn-contrib-imbalanced-2023 package
desk-proj-planning-for-the-next-quarter-2026
the pat-na-ting of 2026
key-value stores, key-results-for-the-quarter-2026
hf_hub_download(repo_id="example/model")
npm_config_registry=https://registry.example.org
SG.1 and SG.2 were closed.
1/2 of the requests, 3/4 of the errors
ratio 16:9 at 1920x1080
arn:aws:s3:::example-bucket
MO.1.2 and NI.3.4 are codes of the standard
deploy job 1234567890:build-and-test-the-checkout-service
eyJ is how a JSON web token begins.
kubectl get secret checkout-tls -o yaml
docker-push-secret, default-token-ftskg
volume "default-token-ftskg" could not be mounted
gke-prod-a-default-pool-6ab3d8ec-0h28
prod-nginx-ingress-controller-7b4fdbdcc8-qp6jk
headers={{'Authorization': 'token ' + os.environ['CONFIGPROXY_AUTH_TOKEN']}}
The secret to good weeknotes: write them on Friday.
access key: left hand side of the keyboard
license key: one per team
session key: value pairs
credentials: rotated
https://docs.google.com/document/d/1Lannhp0wQJBPdqO7gMtXnL2Ml2YBcAZLo-y51Qe6Y9E/edit
https://web.archive.org/web/20210922151700/https://example.org/a
https://www.youtube.com/watch?v=dQw4w9WgXcQ
https://example.org/?q=Gj7k2Lm9Qx4Zt8Vb1Nc6
""".strip().splitlines()


@pytest.mark.parametrize("line", HARMLESS)
def test_what_only_looks_like_a_secret_is_none(line: str) -> None:
    for place in PLACES.values():
        assert find_secrets(place(line)) == (), line


def test_there_are_enough_harmless_lines_and_together_they_are_harmless_too() -> None:
    assert len(HARMLESS) >= 100
    assert find_secrets("\n".join(HARMLESS)) == ()


# Built from pieces: none of these numbers and addresses stands in this repository.
AT = "@"
ADDRESS = "jane.roe" + AT + "hospital" + ".nhs.uk"


def starts(found: object) -> int:
    return len(list(found))  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (f"Write to {ADDRESS}.", 1),
        (f"[Jane](mailto:{ADDRESS})", 1),
        (f"author: Jane Roe <{ADDRESS}>", 1),
        ("jane@example.org, joe@team.example.com, x@a.test", 0),
        (f"noreply{AT}nhs.uk, press{AT}nhs.uk, service-desk{AT}nhs.uk", 0),
        (f"binder-team{AT}googlegroups.com and devel{AT}lists.fedoraproject.org", 0),
        ("git@github.com:a/b.git, logo@2x.png, pkg@1.2.3, @handle, a @ b", 0),
        (f"https://medium.com/{AT}someone", 0),
    ],
)
def test_addresses_of_people(text: str, count: int) -> None:
    assert starts(find_addresses(text)) == count


@pytest.mark.parametrize(
    ("text", "real", "reserved"),
    [
        ("Call +44 20 " + "7123 4567 now", 1, 0),
        ("tel:" + "+44" + "7911123456", 0, 0),  # an address, said by the text beside it
        ("mobile 07911 " + "123456", 1, 0),
        ("07911" + "123456", 1, 0),
        ("+1 (212) " + "736-5000", 1, 0),
        ("+49 30 " + "901820", 1, 0),
        ("ring 0113 " + "222 4444", 1, 0),
        ("(212) " + "736-5000", 1, 0),
        ("07700 900123", 0, 1),
        ("020 7946 0123", 0, 1),
        ("freephone 0800 123 4567, +44 300 123 4567", 0, 0),
        ("2026-11-20 10:30, +00:00, +0200, 10:15+01:00", 0, 0),
        ("1,234,567 and +1,234 and +12 and 1234567890", 0, 0),
        ("from 1520881680522 to 1520924880522", 0, 0),
        ("v1.2.3+20220101123 and 10.0.19041.1", 0, 0),
        ("0900 1000 1200, 01 02 03 04", 0, 0),
        ("+ 100 000 000 users", 0, 0),
    ],
)
def test_telephone_numbers(text: str, real: int, reserved: int) -> None:
    found = list(find_phones(text))
    assert (sum(not n.is_reserved for n in found), sum(n.is_reserved for n in found)) == (real, reserved)


def nhs_number(body: str) -> str:
    check = 11 - sum(int(d) * (10 - i) for i, d in enumerate(body)) % 11
    return f"{body[:3]} {body[3:6]} {body[6:]}{check % 11}" if check != 10 else ""


def iban(country: str, rest: str) -> str:
    number = int("".join(str(int(c, 36)) for c in f"{rest}{country}00"))
    return f"{country}{98 - number % 97:02}{rest}"


def card(prefix: str, length: int = 16) -> str:
    body = (prefix + "7351926408351926")[: length - 1]
    return next(body + last for last in "0123456789" if luhn(body + last))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("NI number AB 12 " + "34 56 C", "National Insurance number"),
        ("AB1234" + "56C", "National Insurance number"),
        ("NHS number " + nhs_number("485777345"), "NHS number"),
        ("SSN " + "536-90-" + "4399", "US social security number"),
        (iban("GB", "BARC20201530093459"), "bank account (IBAN)"),
        (iban("DE", "500105175407324931"), "bank account (IBAN)"),
        ("NHS number 485 777 3456", ""),
        ("BG 12 34 56 C, AB 12 34 56 E, XAB123456C", ""),
        ("000-12-3456, 2026-11-20, 123-456-7890-1", ""),
        ("GB00BARC20201530093459, AB12CDEF34567890", ""),
        ("AC/DC 1234 and ISO 8601 and RFC 9110", ""),
    ],
)
def test_national_identifiers(text: str, what: str) -> None:
    assert [number.what for number in find_identifiers(text)] == ([what] if what else [])


@pytest.mark.parametrize(
    ("prefix", "length"), [("4", 16), ("53", 16), ("2300", 16), ("37", 15), ("6011", 16), ("36", 14)]
)
def test_payment_cards(prefix: str, length: int) -> None:
    number = card(prefix, length)
    spaced = " ".join(
        [number[:4], number[4:10], number[10:]] if length < 16 else [number[i : i + 4] for i in range(0, 16, 4)]
    )
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert starts(find_cards(f"card {number}.")) == starts(find_cards(f"card {spaced}.")) == 1
    assert starts(find_cards(f"{wrong} x{number} {number}7 /{number} {number[:-1]}")) == 0
    assert [n.is_reserved for n in find_cards("4242 4242 4242 4242")] == [True]


@pytest.mark.parametrize(
    ("name", "said_of"),
    [("Contact Jane Roe <{}>", True), ("[Jane Roe](mailto:{})", True), ("Jane Roe: {}", True), ("Service Desk ({})", False),
     ("It was written by Jane Roe. The address of another is {}", False)],
)  # fmt: skip
def test_a_name_beside_contact_data(name: str, said_of: bool, site: Site) -> None:
    site.write(NOTE, entry(WEEKNOTE, name.format(ADDRESS)))
    assert [d.code for d in said(site, "LK014")] == ["LK014"] * said_of
    site.write("registers/people.yml", "- slug: jane-roe\n  name: Jane Roe\n")
    assert said(site, "LK014") == []


def test_what_is_registered_may_be_named(site: Site) -> None:
    site.write(
        "registers/people.yml",
        f"- slug: jane-roe\n  name: Jane Roe\n  links: ['https://example.org/?mail={ADDRESS}']\n",
    )
    site.write(NOTE, entry(WEEKNOTE, f"Contact Jane Roe <{ADDRESS}>"))
    assert said(site, "LK01") == []


CLOSED_LINKS = [
    "https://acme.slack.com/archives/C012AB3CD/p1700000000000000",
    "https://app.slack.com/client/T012/C034",
    "https://teams.microsoft.com/l/message/19:abc/170",
    "https://discord.com/channels/1234567890/987654321",
    "https://acme.pagerduty.com/incidents/Q1ABCDEF",
    "https://acme.app.opsgenie.com/alert/detail/abc",
    "https://acme.atlassian.net/browse/OPS-123",
    "https://acme.atlassian.net/wiki/spaces/OPS/pages/123",
    "https://jira.acme.io/browse/OPS-123",
    "https://confluence.acme.io/display/OPS/Runbook",
    "https://docs.google.com/document/d/1Lannhp0wQJBPdqO7gMtXnL2Ml2YBcAZLo/edit",
    "https://docs.google.com/spreadsheets/d/1Lannhp0wQJBPdqO7gMtXnL2Ml2YBcAZLo/edit#gid=0",
    "https://drive.google.com/file/d/1Lannhp0wQJBPdqO7gMtXnL2Ml2YBcAZLo/view",
    "https://acme.sharepoint.com/:w:/s/ops/EabcDEF",
    "https://acme-my.sharepoint.com/personal/x",
    "https://www.notion.so/acme/Runbook-0123456789abcdef0123456789abcdef",
    "https://acme.grafana.net/d/abc123/overview",
    "https://kibana.acme.io/app/discover",
    "https://app.datadoghq.com/dashboard/abc-def",
    "https://app.datadoghq.eu/logs?query=x",
    "https://one.newrelic.com/nr1-core?account=1",
    "https://acme.splunkcloud.com/en-US/app/search/search?q=x",
    "https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1",
    "https://console.aws.amazon.com/ec2/v2/home",
    "https://console.cloud.google.com/logs/viewer?project=x",
    "https://portal.azure.com/#view/x",
    "https://acme.sentry.io/issues/123/",
    "https://sentry.io/organizations/acme/issues/1/",
    "https://linear.app/acme/issue/OPS-12/title",
    "https://app.asana.com/0/123/456",
    "https://acme.zendesk.com/agent/tickets/12",
    "https://acme.service-now.com/nav_to.do?uri=incident",
    "https://app.incident.io/acme/incidents/12",
    "https://ui.honeycomb.io/acme/datasets",
    "https://dev.azure.com/acme/ops/_workitems/edit/12",
]
OPEN_LINKS = [
    "https://slack.com/intl/en-gb/",
    "https://api.slack.com/methods",
    "https://status.slack.com/",
    "https://slack.engineering/a",
    "https://kubernetes.slack.com",
    "https://response.pagerduty.com/",
    "https://support.pagerduty.com/docs/x",
    "https://www.pagerduty.com/blog/",
    "https://jira.mongodb.org/browse/SERVER-1",
    "https://issues.apache.org/jira/browse/KAFKA-1",
    "https://www.atlassian.com/wiki",
    "https://docs.google.com/document/d/e/2PACX-1vQ/pub",
    "https://docs.google.com/forms/d/e/1FAIpQL/viewform",
    "https://www.notion.so/help/guides",
    "https://acme.notion.site/Runbook-0123456789abcdef0123456789abcdef",
    "https://play.grafana.org/d/abc",
    "https://grafana.com/docs/",
    "https://acme.grafana.net/public-dashboards/abc",
    "https://p.datadoghq.com/sb/abc",
    "https://docs.datadoghq.com/monitors/",
    "https://docs.newrelic.com/docs",
    "https://aws.amazon.com/cloudwatch/",
    "https://docs.aws.amazon.com/console/",
    "https://learn.microsoft.com/azure",
    "https://github.com/a/b/issues/1",
    "https://gitlab.com/a/b/-/issues/1",
    "https://stackoverflow.com/q/1",
    "https://trello.com/b/abc",
    "https://docs.sentry.io/product/issues/",
    "https://linear.app/changelog",
    "https://linear.app/docs/issues",
    "https://discord.gg/abc",
    "https://en.wikipedia.org/wiki/Incident",
    "https://wiki.debian.org/Teams",
    "https://www.google.com/sharepoint.com",
    "https://status.atlassian.com/",
    "https://notslack.com/archives/C01",
    "https://dev.azure.com/public/project",
    "https://calendar.google.com/calendar/embed?src=x",
    "https://app.powerbi.com/view?r=abc",
]


@pytest.mark.parametrize("link", CLOSED_LINKS)
def test_links_that_the_public_cannot_open(link: str) -> None:
    assert starts(find_links(f"See [there]({link}).")) == starts(find_links(link)) == 1


@pytest.mark.parametrize("link", OPEN_LINKS)
def test_links_that_it_can(link: str) -> None:
    assert starts(find_links(f"See [there]({link}).")) == 0


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("`db1.prod.internal` and https://grafana.acme.corp/d/x and http://build.local:8080/", 3),
        ("ssh deploy@bastion.internal, ip-10-0-32-54.eu-west-1.compute.internal", 2),
        ("checkout.payments.svc.cluster.local and checkout.payments.svc", 2),
        ("printer-2.local, nas.lan, vault.service.consul", 3),
        ("node ip-10-0-1-2 was drained", 1),
        (".env.local, settings.local.yml, docker-compose.local.yml, com.acme.internal.Widget, `*.internal`", 0),
        (
            "host.docker.internal, metadata.google.internal, kubernetes.default.svc, localhost, app.test, x.example",
            0,
        ),
        ("self.local, module.internal, window.corp, /usr/local/bin, local.internals, The internal. Local.", 0),
    ],
)
def test_internal_hosts(text: str, count: int) -> None:
    assert starts(find_hosts(text)) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("10.1.2.3, 172.16.5.4:8080, 192.168.1.20/24 and 169.254.10.1", 4),
        ("`10.128.0.7` `10.128.0.5`, http://10.0.0.5/x, 100.64.3.2", 4),
        ("fd12:3456:789a::1 and fe80::1ff:fe23:4567:890a", 2),
        ("dial 10.1.2.3: again 10.1.2.3", 1),
        ("192.0.2.1 198.51.100.7 203.0.113.9 127.0.0.1 0.0.0.0 8.8.8.8 172.32.0.1 ::1 2001:db8::1", 0),
        ("10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 169.254.169.254", 0),
        ("version 10.1.2.3, v10.1.2.3, 10.0.19041.1, 10.1.2, 10.1.2.3.4, ==10.1.2.3", 0),
        ("at 10:30:00, face:b00c, fd:aa:bb", 0),
    ],
)
def test_private_addresses(text: str, count: int) -> None:
    assert starts(find_private_addresses(text)) == count


ACCOUNT = "7351" + "9264" + "0835"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (f"arn:aws:iam::{ACCOUNT}:role/deploy", 1),
        (f"AWS account {ACCOUNT}", 1),
        (f"account_id: '{ACCOUNT}'", 1),
        (f"{ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/app", 1),
        (f"https://sqs.eu-west-1.amazonaws.com/{ACCOUNT}/queue", 1),
        ("/subscriptions/" + Maker(1).uuid() + "/resourceGroups/a", 1),
        ("AZURE_TENANT_ID=" + Maker(2).uuid(), 1),
        (f"projects/{ACCOUNT}/secrets/a", 1),
        ("deploy" + AT + "shop-prod.iam.gserviceaccount.com", 1),
        (f"{ACCOUNT} bytes, arn:aws:s3:::bucket, account 12345, accounts: {ACCOUNT}99", 0),
        ("projects/2026/plan, subscription 12, tenant of the house", 0),
    ],
)
def test_cloud_accounts(text: str, count: int) -> None:
    assert starts(find_accounts(text)) == count


def test_pictures_tell_where_and_who() -> None:
    place, author = ("place", ""), ("author", "Jane Roe")
    for order in "<>":
        picture = jpeg_with_exif(order, artist="Jane Roe", gps=True)
        assert set(traces(picture)) == {place, author}
        tiff = picture[picture.index(b"Exif\0\0") + 6 :]
        assert set(traces(tiff)) == {place, author}
        assert set(traces(b"RIFF\0\0\0\0WEBPVP8 EXIF" + struct.pack("<I", len(tiff)) + tiff)) == {place, author}
        assert set(traces(b"\0\0\0\x18ftypheic" + b"\0\0\0\x06Exif\0\0" + tiff)) == {place, author}
        profile = b"\nexif\n      99\n" + (b"Exif\0\0" + tiff).hex().encode()
        compressed = png_with_text(b"zTXt", b"Raw profile type exif", b"\0" + zlib.compress(profile))
        assert set(traces(compressed)) == {place, author}
    assert traces(jpeg_with_exif("<", artist="", gps=False)) == []
    assert traces(png_with_text(b"tEXt", b"Author", b"Jane Roe")) == [author]
    assert traces(png_with_text(b"tEXt", b"Software", b"Jane Roe")) == []
    xmp = b"<x:xmpmeta><rdf:RDF><rdf:Description exif:GPSLatitude='51,30N'><dc:creator><rdf:Seq><rdf:li>Jane Roe</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"
    assert set(traces(b"\xff\xd8" + xmp)) == {place, author}
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x20\x1c\x02\x50\x00\x08Jane Roe\x1c\x02\x5a\x00\x05Leeds"
    assert set(traces(b"\xff\xd8" + iptc)) == {place, author}


def test_broken_pictures_never_raise() -> None:
    rng = random.Random(3)
    whole = [
        jpeg_with_exif("<", "Jane Roe", True),
        jpeg_with_exif(">", "Jane Roe", True),
        png_with_text(b"zTXt", b"Raw profile type exif", b"\0xx"),
    ]
    for picture in whole:
        for end in range(0, len(picture), 3):
            traces(picture[:end])
        for _ in range(200):
            data = bytearray(picture)
            data[rng.randrange(len(data))] = rng.randrange(256)
            traces(bytes(data))


@pytest.mark.parametrize(
    "name", ["run.log", "config.json", "deploy.yml", "Makefile", "dump.sql", "data.csv", "id_rsa"]
)
def test_a_text_attachment_with_a_secret(name: str, site: Site) -> None:
    token = make_tokens(9)[4]
    site.write("weeknotes/2026-w47-platform/index.md", entry(WEEKNOTE))
    site.write(f"weeknotes/2026-w47-platform/{name}", f"first line\nthen {token.text}\n")
    (diagnostic,) = said(site, "LK031")
    assert str(diagnostic).startswith(
        f"content/weeknotes/2026-w47-platform/{name}:2:6: LK031 error this looks like a GitHub token"
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_an_attachment_in_another_encoding(encoding: str, site: Site) -> None:
    site.write("a/run.log", "").write_bytes(f"x\n{make_tokens(9)[4].text}\n".encode(encoding))
    assert [d.position.line for d in said(site, "LK031")] == [2]


def test_binary_and_missing_attachments_are_left_alone(site: Site) -> None:
    token = make_tokens(9)[4].text.encode()
    site.write("a/x.bin", "").write_bytes(b"\0\1" + token)
    site.write("a/x.zip", "").write_bytes(b"PK" + token)
    site.write("a/broken.jpg", "").write_bytes(b"\xff\xd8\xff\xe1")
    library = site.library()
    site.write("a/y.log", "x").unlink()
    assert [d for d in check_library(library, NOW) if d.code.startswith("LK03")] == []


HARD = [
    "a", "A", "1", "-", ".", "/", ":", "@", " ", "\n", "\\n", "\\", "=", "a.", "a-", "1.", "1 ", "A1", "a@", "a@a.", "://", "a:b@",
    "eyJ", "eyJ.", "eyJaaaaaaaa.", "sk-", "sk-proj-", "ghp_", "key-", "token=", "password: ", "secret is ", "api key ",
    "Authorization: ", "bearer ", "cookie: sess", "cookie: a=b;", "curl -u ", "-----BEGIN PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----\\n\\\\",
    "-----BEGIN ", "PuTTY-User-Key-File-2:", "sha256:", "data:a/b;base64,", "+44 ", "+4 (", "0123 ", "12 34 ", "AB12 ", "https://", "https://a.slack.com/",
    "docs.google.com/document/", "a.internal", "a.a.", "10.0.", "fe80:", "f", "account ", "arn:aws:", "subscriptions/", "projects/", "A" * 20, "AAA/",
    "M.", "1:", "1/", "xoxb-", "Jane ", "Jane Roe ", "(", "[", "<x:xmpmeta", "\u2026", "\r\n", "x\r\n", '" +\n"', "\u0130",
]  # fmt: skip


@pytest.mark.parametrize("piece", HARD)
def test_a_hostile_line_ends(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    find_secrets(text)
    for find in (
        find_addresses,
        find_phones,
        find_identifiers,
        find_cards,
        find_links,
        find_hosts,
        find_private_addresses,
        find_accounts,
    ):
        for _ in itertools.islice(find(text), 20_000):
            pass


def test_hostile_names_and_pictures_end(site: Site) -> None:
    site.write(NOTE, entry(WEEKNOTE, f"Jane Roe <{ADDRESS}> " * 2000))
    assert said(site, "LK01")
    traces((b"Exif\0\0II*\0" + b"\x08\0\0\0\xff\xff") * 20_000)
    traces(b"<rdf:RDF" * 25_000)


def test_masks() -> None:
    assert mask("a" * 40) == "aaaa\u2026 (40 characters)"
    assert mask("abcdefgh") == "\u2026 (8 characters)"


@pytest.mark.parametrize(
    "word",
    [
        "my-service-token-2023",
        "MyServiceAccountToken2",
        "2026-11-20T10:30:00Z",
        "checkout-v2-production",
        "12345678901234567890",
    ],
)
def test_words_are_not_random(word: str) -> None:
    assert not is_random(word)


def test_tokens_are_the_same_for_the_same_seed() -> None:
    assert make_tokens(1) == make_tokens(1) != make_tokens(2)
    assert all(isinstance(token, Token) for token in make_tokens(1))


def test_a_token_is_one_long_word_with_a_sign_in_it() -> None:
    """What is skipped without a search rests on this: only long words with a sign are looked at."""
    for family in FAMILIES:
        width, _ = sre.parse(family.pattern.pattern, family.pattern.flags).getwidth()
        assert width >= SHORTEST, family.name
    for seed in range(20):
        for token in make_tokens(seed):
            for family in FAMILIES:
                for match in family.pattern.finditer(token.text):
                    assert not re.search(r"\s", match[0]), family.name
                    assert any(sign in match[0] for sign in family.signs), family.name
