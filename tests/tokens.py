"""Tokens made at run time: no scanner finds one in this repository, and every run can have others.

`make_tokens(seed)` gives one sample of each family as `(family, text, value)`: `text` is what somebody
would paste (`DD_API_KEY=…`), `value` the part that no message may show.
"""

from __future__ import annotations

import base64
import json
import random
import string
import struct
from collections.abc import Callable
from dataclasses import dataclass

LOWER, UPPER, DIGITS = string.ascii_lowercase, string.ascii_uppercase, string.digits
ALNUM, HEX = LOWER + UPPER + DIGITS, DIGITS + "abcdef"
WORD, BASE64, BASE32 = ALNUM + "_-", ALNUM + "+/", UPPER + "234567"


@dataclass(frozen=True, slots=True)
class Token:
    """One sample: whose it is, what is pasted, and the secret in it."""

    family: str
    text: str
    value: str


class Maker:
    """Makes random bodies, always with a digit and a letter among them, as real ones nearly always have."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def some(self, size: int, letters: str = ALNUM) -> str:
        """Return `size` random characters."""
        while True:
            body = "".join(self.random.choice(letters) for _ in range(size))
            if size < 12 or not set(letters) & set(DIGITS):
                return body
            if (sum(c.isdigit() for c in body) > 1 and any(c.isalpha() for c in body)) or letters == DIGITS:
                return body

    def uuid(self) -> str:
        """Return a random UUID."""
        return "-".join(self.some(size, HEX) for size in (8, 4, 4, 4, 12))

    def jwt(self) -> str:
        """Return a signed token whose payload is random."""
        parts = [{"alg": "HS256", "typ": "JWT"}, {"sub": self.some(12), "iat": self.random.randrange(10**9)}]
        coded = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
        return ".".join([*coded, self.some(43, WORD)])

    def pem(self, kind: str = "", lines: int = 12, newline: str = "\n") -> str:
        """Return a private key in its armour."""
        name = f"{kind} PRIVATE KEY".strip()
        if kind == "PGP":
            name += " BLOCK"
        body = newline.join(self.some(64, BASE64) for _ in range(lines))
        gap = newline if kind == "PGP" else ""
        return f"-----BEGIN {name}-----{newline}{gap}{body}{newline}-----END {name}-----"


def _prefixed(*parts: str | tuple[int, str]) -> Callable[[Maker], str]:
    """Return a maker of fixed parts and random ones."""
    return lambda m: "".join(part if isinstance(part, str) else m.some(*part) for part in parts)


def _beside(key: str, make: Callable[[Maker], str], sign: str = "=") -> Callable[[Maker], tuple[str, str]]:
    """Return a maker of a value beside its name."""

    def made(maker: Maker) -> tuple[str, str]:
        value = make(maker)
        return f"{key}{sign}{value}", value

    return made


def _with(
    make: Callable[[Maker], str], write: Callable[[str], tuple[str, str]]
) -> Callable[[Maker], tuple[str, str]]:
    """Return a maker of a secret within something longer."""
    return lambda m: write(make(m))


def _hex(size: int) -> Callable[[Maker], str]:
    return _prefixed((size, HEX))


def _any(size: int, letters: str = ALNUM) -> Callable[[Maker], str]:
    return _prefixed((size, letters))


def _basic(m: Maker) -> tuple[str, str]:
    value = base64.b64encode(f"deploy:{m.some(14)}".encode()).decode()
    return f"Authorization: Basic {value}", value


def _url(scheme: str, user: str = "app") -> Callable[[Maker], tuple[str, str]]:
    def made(maker: Maker) -> tuple[str, str]:
        value = maker.some(16)
        return f"{scheme}://{user}:{value}@db.example.org:5432/main", value

    return made


def _gcp(m: Maker) -> tuple[str, str]:
    key = m.pem(lines=20)
    text = json.dumps({"type": "service_account", "private_key_id": m.some(40, HEX), "private_key": key + "\n"})
    return text, key[40:80]


# Prefixes are cut in two, so that no line of this file is a token's beginning and body.
MAKERS: dict[str, Callable[[Maker], str | tuple[str, str]]] = {
    "aws access key": _prefixed("AK" "IA", (16, BASE32)),
    "aws session key": _prefixed("AS" "IA", (16, BASE32)),
    "aws secret key": _beside("aws_secret_access_key", _any(40, BASE64), " = "),
    "aws secret key env": _beside("AWS_SECRET_ACCESS_KEY", _any(40, BASE64)),
    "github classic": _prefixed("gh" "p_", (36, ALNUM)),
    "github oauth": _prefixed("gh" "o_", (36, ALNUM)),
    "github user": _prefixed("gh" "u_", (36, ALNUM)),
    "github server": _prefixed("gh" "s_", (36, ALNUM)),
    "github refresh": _prefixed("gh" "r_", (76, ALNUM)),
    "github fine-grained": _prefixed("github" "_pat_", (22, ALNUM), "_", (59, ALNUM)),
    "gitlab": _prefixed("gl" "pat-", (20, WORD)),
    "gitlab trigger": _prefixed("gl" "ptt-", (40, HEX)),
    "gitlab deploy": _prefixed("gl" "dt-", (20, WORD)),
    "gitlab runner": _prefixed("gl" "rt-", (20, WORD)),
    "slack bot": _prefixed("xo" "xb-", (12, DIGITS), "-", (12, DIGITS), "-", (24, ALNUM)),
    "slack user": _prefixed("xo" "xp-", (12, DIGITS), "-", (12, DIGITS), "-", (12, DIGITS), "-", (32, HEX)),
    "slack app": _prefixed("xa" "pp-1-A", (10, UPPER + DIGITS), "-", (13, DIGITS), "-", (64, HEX)),
    "slack webhook": _prefixed("https://hooks." "slack.com/services/T", (8, UPPER + DIGITS), "/B", (8, UPPER + DIGITS),
                               "/", (24, ALNUM)),
    "stripe secret": _prefixed("sk_" "live_", (24, ALNUM)),
    "stripe restricted": _prefixed("rk_" "live_", (99, ALNUM)),
    "stripe webhook": _prefixed("wh" "sec_", (32, ALNUM)),
    "google api": _prefixed("AI" "za", (35, WORD)),
    "google oauth secret": _prefixed("GOC" "SPX-", (28, WORD)),
    "google oauth token": _prefixed("ya" "29.", (140, WORD)),
    "gcp service account": _gcp,
    "npm": _prefixed("np" "m_", (36, ALNUM)),
    "npm old": _beside("//registry.npmjs.org/:_authToken", lambda m: m.uuid()),
    "pypi": _prefixed("py" "pi-AgEIcHlwaS5vcmc", (140, WORD)),
    "rubygems": _prefixed("ruby" "gems_", (48, HEX)),
    "crates.io": _prefixed("ci" "o", (32, ALNUM)),
    "docker hub": _prefixed("dckr" "_pat_", (27, WORD)),
    "heroku": _prefixed("HR" "KU-", (58, WORD)),
    "heroku old": _beside("HEROKU_API_KEY", lambda m: m.uuid()),
    "digitalocean": _prefixed("do" "p_v1_", (64, HEX)),
    "digitalocean oauth": _prefixed("do" "o_v1_", (64, HEX)),
    "twilio key": _prefixed("S" "K", (32, HEX)),
    "twilio token": _beside("TWILIO_AUTH_TOKEN", _hex(32)),
    "sendgrid": _prefixed("S" "G.", (22, WORD), ".", (43, WORD)),
    "mailgun": _prefixed("ke" "y-", (32, HEX)),
    "mailgun new": _prefixed((32, HEX), "-", (8, HEX), "-", (8, HEX)),
    "mailchimp": _prefixed((32, HEX), "-us" "12"),
    "postmark": _beside("X-Postmark-Server-Token", lambda m: m.uuid(), ": "),
    "telegram bot": _prefixed((10, DIGITS), ":AA", (33, WORD)),
    "discord bot": _prefixed("M", (23, ALNUM), ".", (6, WORD), ".", (38, ALNUM)),
    "discord webhook": _prefixed("https://discord.com/api/web" "hooks/", (18, DIGITS), "/", (68, WORD)),
    "azure storage": _with(lambda m: m.some(86, BASE64), lambda k: (f"DefaultEndpointsProtocol=https;AccountName=files;AccountKey={k}==", k)),
    "azure signed address": _with(lambda m: m.some(43, ALNUM), lambda k: (f"https://files.blob.core.windows.net/a?sv=2024-11-04&sr=b&sig={k}%3D", k)),
    "azure client secret": _prefixed((3, ALNUM), "8" "Q~", (34, ALNUM + "_.-")),
    "openai": _prefixed("s" "k-", (48, ALNUM)),
    "openai project": _prefixed("s" "k-proj-", (124, WORD)),
    "anthropic": _prefixed("s" "k-ant-api03-", (93, WORD), "AA"),
    "hugging face": _prefixed("h" "f_", (34, LOWER + UPPER)),
    "databricks": _prefixed("da" "pi", (32, HEX), "-2"),
    "vault service": _prefixed("hv" "s.", (95, WORD)),
    "vault batch": _prefixed("hv" "b.", (138, WORD)),
    "terraform cloud": _prefixed((14, ALNUM), ".atlas" "v1.", (67, ALNUM)),
    "grafana service account": _prefixed("gl" "sa_", (32, ALNUM), "_", (8, HEX)),
    "grafana cloud": _prefixed("gl" "c_", (60, BASE64)),
    "new relic": _prefixed("NR" "AK-", (27, UPPER + DIGITS)),
    "datadog": _beside("DD_API_KEY", _hex(32)),
    "datadog app": _beside("DATADOG_APP_KEY", _hex(40)),
    "sentry": _prefixed("sn" "trys_", (120, ALNUM)),
    "sentry dsn": _prefixed("https://", (32, HEX), "@o", (6, DIGITS), ".ingest.sentry.io/", (7, DIGITS)),
    "shopify": _prefixed("sh" "pat_", (32, HEX)),
    "square": _prefixed("sq" "0atp-", (22, WORD)),
    "square new": _prefixed("EA" "AA", (60, WORD)),
    "paypal": _prefixed("access_" "token$production$", (16, LOWER + DIGITS), "$", (32, HEX)),
    "facebook": _prefixed("EA" "AC", (150, ALNUM)),
    "twitter bearer": _prefixed("A" * 21, (80, ALNUM)),
    "linkedin": _beside("LINKEDIN_CLIENT_SECRET", _any(16)),
    "linear": _prefixed("lin_" "api_", (40, ALNUM)),
    "notion old": _prefixed("secret" "_", (43, ALNUM)),
    "notion": _prefixed("nt" "n_", (46, ALNUM)),
    "airtable": _prefixed("pa" "t", (14, ALNUM), ".", (64, HEX)),
    "asana": _prefixed("1/", (16, DIGITS), ":", (32, HEX)),
    "atlassian": _prefixed("ATA" "TT3xFfGF0", (170, WORD), "=", (8, HEX)),
    "bitbucket": _prefixed("AT" "BB", (32, ALNUM)),
    "figma": _prefixed("fi" "gd_", (40, WORD)),
    "dropbox": _prefixed("s" "l.", (135, WORD)),
    "doppler": _prefixed("dp" ".pt.", (43, ALNUM)),
    "pulumi": _prefixed("pu" "l-", (40, HEX)),
    "planetscale": _prefixed("pscale" "_tkn_", (43, WORD)),
    "fastly": _beside("FASTLY_API_TOKEN", _any(32, WORD)),
    "fastly header": _beside("Fastly-Key", _any(32), ": "),
    "cloudflare": _beside("CLOUDFLARE_API_TOKEN", _any(40, WORD)),
    "cloudflare global": _beside("X-Auth-Key", _hex(37), ": "),
    "cloudflare origin": _prefixed("v1" ".0-", (24, HEX), "-", (146, HEX)),
    "netlify": _prefixed("nf" "p_", (36, ALNUM)),
    "vercel": _beside("VERCEL_TOKEN", _any(24)),
    "supabase": _prefixed("sb" "p_", (40, HEX)),
    "fly.io": _prefixed("FlyV1 fm" "2_", (200, BASE64)),
    "tailscale": _prefixed("ts" "key-auth-", (11, ALNUM), "-", (32, ALNUM)),
    "1password service": lambda m: "ops_" + "eyJ" + m.some(240, ALNUM),
    "1password key": _prefixed("A3" "-", (6, BASE32), "-", (6, BASE32), "-", *[p for _ in range(3) for p in ((5, BASE32), "-")], (5, BASE32)),
    "jwt": lambda m: m.jwt(),
    "kubernetes service account": _with(lambda m: m.jwt(), lambda j: (f"token: {j}", j)),
    "ssh key": _with(lambda m: m.pem("OPENSSH"), lambda k: (k, k[60:90])),
    "rsa key": _with(lambda m: m.pem("RSA"), lambda k: (k, k[60:90])),
    "ec key": _with(lambda m: m.pem("EC", 3), lambda k: (k, k[60:90])),
    "pgp key": _with(lambda m: m.pem("PGP"), lambda k: (k, k[60:90])),
    "pkcs8 key": _with(lambda m: m.pem("", newline="\r\n"), lambda k: (k, k[60:90])),
    "encrypted key": _with(lambda m: m.pem("ENCRYPTED"), lambda k: (k, k[60:90])),
    "age": _prefixed("AGE-" "SECRET-KEY-1", (58, UPPER + DIGITS)),
    "postgres url": _url("postgres"),
    "mysql url": _url("mysql"),
    "mongodb url": _url("mongodb+srv"),
    "redis url": _url("redis", ""),
    "amqp url": _url("amqp"),
    "https url": _url("https"),
    "bearer header": _beside("Authorization: Bearer ", _any(40), ""),
    "basic header": _basic,
    "curl user": _with(lambda m: m.some(14), lambda v: (f"curl -u deploy:{v} https://api.example.org/", v)),
    "session cookie": _beside("Cookie: theme=dark; sessionid", _any(32)),
    "password": _beside("password", _any(12)),
    "password in yaml": _beside("db_password", lambda m: m.some(8) + "7a!", ": "),
    "api key in json": _with(lambda m: m.some(32), lambda v: (f'{{"apiKey": "{v}"}}', v)),
    "client secret": _beside("client_secret", _any(40, WORD), ": "),
    "django key": _with(lambda m: m.some(50, LOWER + DIGITS + "!@#%^&*-_=+"), lambda v: (f"SECRET_KEY = '{v}'", v)),
    "docker auth": _with(lambda m: m.some(36), lambda v: (f'{{"registry_token": "{v}"}}', v)),
    "password flag": _beside("mysql --password", _any(14)),
}  # fmt: skip


def make_tokens(seed: int) -> list[Token]:
    """Return one sample of every family; the same seed gives the same."""
    maker = Maker(seed)
    tokens = []
    for family, make in MAKERS.items():
        made = make(maker)
        text, value = (made, made) if isinstance(made, str) else made
        tokens.append(Token(family, text, value))
    return tokens


@dataclass(frozen=True, slots=True)
class LeakCase:
    """The files of one code's bad and good example, below `content/`, and what is said of the bad ones."""

    bad: dict[str, bytes]
    good: dict[str, bytes]
    expected: list[str]


NOTE = "weeknotes/2026-w47-platform.md"
FRONT = "---\nweek: 2026-W47\ndate: 2026-11-20\nteam: platform\n---\n\n"
INDEX, BESIDE = "weeknotes/2026-w47-platform/index.md", "weeknotes/2026-w47-platform/"
REVOKE = "revoke it and make a new one: git remembers"


def jpeg_with_exif(order: str, artist: str, gps: bool) -> bytes:
    """Return the beginning of a JPEG with EXIF: an artist, and a position on request."""
    name = artist.encode() + b"\0"
    entries = [(0x013B, 2, len(name), None)] * bool(artist) + [(0x8825, 4, 1, None)] * gps
    end = 8 + 2 + 12 * len(entries) + 4
    directory = struct.pack(order + "H", len(entries))
    for tag, kind, count, _ in entries:
        at = end if tag == 0x013B else end + 64
        directory += struct.pack(order + "HHII", tag, kind, count, at)
    header = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    place = struct.pack(order + "H", 1) + struct.pack(order + "HHII", 2, 5, 3, end + 96) + b"\0" * 40
    tiff = header + directory + b"\0\0\0\0" + name.ljust(64, b"\0") + place
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(tiff) + 8) + b"Exif\0\0" + tiff + b"\xff\xd9"


def png_with_text(kind: bytes, key: bytes, value: bytes) -> bytes:
    """Return a PNG of nothing with one chunk of text."""
    body = key + b"\0" + value
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(body)) + kind + body + b"\0\0\0\0"


def _written(body: str) -> dict[str, bytes]:
    return {NOTE: (FRONT + body).encode()}


def _beside_entry(name: str, data: bytes) -> dict[str, bytes]:
    return {INDEX: f"{FRONT}Text.\n".encode(), BESIDE + name: data}


def _leak_cases() -> dict[str, LeakCase]:
    m = Maker(47)
    key, token, password = m.pem("RSA"), "ghp_" + m.some(36), m.some(16)
    address = "jane.roe" + "@" + "hospital" + ".nhs.uk"
    phone, insurance = "07911 " + "123456", "AB 12 " + "34 56 C"
    card = "4735 1926 " + "4083 5194"
    at = f"content/{NOTE}"
    whole = len(key[: key.index("-----END")])

    def said(place: str, code: str, message: str, severity: str = "error") -> list[str]:
        return [f"{at}:{place}: {code} {severity} {message}"]

    return {
        "LK001": LeakCase(_written(f"```\n{key}\n```\n"), _written("`SHA256:nThbg6kX…`, its fingerprint\n"),
            said("8:1", "LK001", f"this looks like a private key, ----… ({whole} characters): {REVOKE}")),
        "LK002": LeakCase(_written(f"It was {token}.\n"), _written("It was `ghp_…`.\n"),
            said("7:8", "LK002", f"this looks like a GitHub token, {token[:4]}… (40 characters): {REVOKE}")),
        "LK003": LeakCase(_written(f"`postgres://app:{password}@db.example.org/main`\n"),
            _written("`postgres://app:<password>@db.example.org/main`\n"),
            said("7:17", "LK003", f"this looks like a password in an address, {password[:2]}… (16 characters): {REVOKE}")),
        "LK004": LeakCase(_written(f"`Authorization: Bearer {token[4:]}`\n"), _written("`Authorization: Bearer $TOKEN`\n"),
            said("7:24", "LK004", f"this looks like an authorisation header, {token[4:8]}… (36 characters): {REVOKE}")),
        "LK005": LeakCase(_written(f"`DB_PASSWORD={password}`\n"), _written("`DB_PASSWORD=<from the vault>`\n"),
            said("7:14", "LK005", f"this looks like a password, {password[:2]}… (16 characters): {REVOKE}")),
        "LK010": LeakCase(_written(f"Write to {address}.\n"), _written("Write to jane@example.org or the service desk.\n"),
            said("7:10", "LK010", "j…@hospital.nhs.uk is somebody's address: name a role or a team mailbox instead", "warning")),
        "LK011": LeakCase(_written(f"Call {phone}.\n"), _written("Call the service desk.\n"),
            said("7:6", "LK011", "this looks like a telephone number (11 digits): leave it out, or give a public line", "warning")),
        "LK012": LeakCase(_written(f"Record of {insurance}.\n"), _written("A citizen's record.\n"),
            said("7:11", "LK012", "this looks like a National Insurance number (9 characters): leave it out", "warning")),
        "LK013": LeakCase(_written(f"Card {card}.\n"), _written("A card ending in 92.\n"),
            said("7:6", "LK013", "this looks like a payment card number (16 digits): leave it out, and tell who issued it", "warning")),
        "LK014": LeakCase(_written(f"Jane Roe: {phone}\n"), _written("The duty manager.\n"),
            said("7:1", "LK014", "J… R… stands beside contact data and is not registered: name the role instead", "warning")),
        "LK030": LeakCase(_beside_entry("board.jpg", jpeg_with_exif("<", "Jane Roe", True)),
            _beside_entry("board.jpg", jpeg_with_exif("<", "", False)),
            [f"content/{BESIDE}board.jpg:1:1: LK030 warning this picture tells where it was taken and who made it "
             "in its metadata: save it without (exiftool -all= FILE)"]),
        "LK031": LeakCase(_beside_entry("run.log", f"ok\n{token}\n".encode()), _beside_entry("run.log", b"ok\nghp_\n"),
            [f"content/{BESIDE}run.log:2:1: LK031 error this looks like a GitHub token, {token[:4]}… (40 characters): {REVOKE}"]),
        "LK032": LeakCase(_beside_entry("users.csv", f"id,mail\n1,{address}\n2,{address}\n".encode()), _beside_entry("users.csv", b"id\n1\n"),
            [f"content/{BESIDE}users.csv:2:3: LK032 warning 2 e-mail addresses in this file, the first one here: "
             "leave that out of what is published"]),
        "LK033": LeakCase(_beside_entry("trace.log", b"ok\nfrom 10.1.2.3\n"), _beside_entry("trace.log", b"ok\nfrom 192.0.2.1\n"),
            [f"content/{BESIDE}trace.log:2:6: LK033 warning 1 private address in this file: "
             "put something general in its place"]),
    }  # fmt: skip


LEAK_CASES = _leak_cases()
