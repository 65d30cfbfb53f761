"""Numbers that lead to a person: telephones, national identifiers, cards. A checksum wherever there is one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from aboveboard.checks.leaks.text import compiled, shape

_WORD = r"(?<![\w.,/=#@&%$+:-])"
# The same behind a first character: a pattern that begins with a class is looked for faster.
_FIRST = r"(?<![\w.,/=#@&%$+:-].)"
_STOP = r"(?![\w@/=]|[.,:-]\w)"
_CALLED = re.compile(r"(?i)(?:phone|tel|call|ring|mobile|cell|fax|whatsapp|sms|text|dial|reach|number)\W")

_PLUS = r"(?<![\w.+:/=-])\+(?P<digits>[1-9](?:[ .()/\u00a0-]{0,3}\d){7,14})(?!\d|[.,:]\d|\w)"
_UK = (
    rf"{_WORD}\(?(?:07\d{{3}}\)?[ -]?\d{{3}}[ -]?\d{{3}}|02\d\)?[ -]?\d{{4}}[ -]?\d{{4}}|"
    rf"01\d1\)?[ -]\d{{3}}[ -]?\d{{4}}|011\d\)?[ -]\d{{3}}[ -]?\d{{4}}|"
    rf"01\d{{3}}\)?[ -]\d{{3}}[ -]?\d{{2,3}}){_STOP}"
)
_US = rf"{_WORD}(?:\([2-9]\d\d\)[ ]?|[2-9]\d\d[-. ])[2-9]\d\d[-. ]\d{{4}}{_STOP}"
# National numbers by country code: how many digits follow. Others have from six to thirteen.
_NATIONAL = {"1": (10, 10), "44": (9, 10), "33": (9, 9), "49": (6, 12), "34": (9, 9), "39": (6, 12), "31": (9, 9),
             "353": (7, 9), "61": (9, 9), "91": (10, 10), "86": (10, 11), "81": (9, 10), "7": (10,
             10)}  # fmt: skip
_FREE = ("800", "808", "300", "303", "306", "330", "333", "343", "345", "370", "371", "844", "845", "870", "871")

_NI = rf"(?P<prefix>[A-Z]{_FIRST}[A-Z])(?: ?\d\d){{3}} ?[A-D]{_STOP}"
_NHS = rf"\d{_FIRST}\d{{2}}([ -]?)\d{{3}}\1\d{{4}}{_STOP}"
_SSN = rf"(?P<area>\d{_FIRST}\d{{2}})-(?P<group>\d\d)-(?P<serial>\d{{4}}){_STOP}"
_IBAN = rf"[A-Z]{_FIRST}[A-Z]\d\d(?: ?[A-Z0-9]{{4}}){{2,7}}(?: ?[A-Z0-9]{{1,4}})?{_STOP}"
_NIR = rf"[12]{_FIRST} ?\d\d ?(?:0[1-9]|1[0-2]) ?(?:\d\d|2[AB]) ?\d{{3}} ?\d{{3}} ?\d\d{_STOP}"
_FISCAL = rf"[A-Z]{_FIRST}[A-Z]{{5}}\d\d[ABCDEHLMPRST]\d\d[A-Z]\d{{3}}[A-Z]{_STOP}"
_CARD = rf"[2-6]{_FIRST}\d{{3}}(?:([ -]?)\d{{4}}\1\d{{4}}\1\d{{4}}|[ -]?\d{{6}}[ -]?\d{{4,5}}){_STOP}"
_IBAN_LENGTHS = {"GB": 22, "IE": 22, "DE": 22, "FR": 27, "NL": 18, "BE": 16, "ES": 24, "IT": 27, "PT": 25,
    "AT": 20,
                 "CH": 21, "DK": 18, "SE": 24, "NO": 15, "FI": 18, "PL": 28, "CZ": 24, "LU": 20, "GR": 27,
                 "HU": 28,
                 "RO": 24, "BG": 22, "HR": 21, "SI": 19, "SK": 24, "EE": 20, "LV": 21, "LT": 20, "MT": 31,
                 "CY": 28,
                 "AE": 23, "SA": 24, "TR": 26, "IL": 23, "UA": 29}  # fmt: skip
# Of a text whose shape (`shape`) has none of these, the pattern finds nothing.
_SIGNS = {
    _UK: ("000 00", "00000", "000-000", "-000-00", " 000-00"),
    _US: ("000-0000", "000.0000", "000 0000"),
    _NI: ("AA00", "AA 00"),
    _NHS: ("000 000 0000", "000-000-0000", "0000000000"),
    _SSN: ("000-00-0000",),
    _IBAN: ("AA00",),
    _NIR: ("000 000", "000000"),
    _FISCAL: ("AAAAAA00A00A000A",),
    _CARD: ("0000 0000", "0000-0000", "00000000"),
}
_SAID_IN_MANUALS = frozenset([
    "GB82WEST12345698765432", "GB29NWBK60161331926819", "GB33BUKB20201555555555", "DE89370400440532013000",
    "FR1420041010050500013M02606", "NL91ABNA0417164300", "078051120", "219099999",
    "4111111111111111", "4242424242424242", "4012888888881881", "4000056655665556", "5555555555554444",
    "5105105105105100", "5200828282828210", "2223003122003222", "378282246310005", "371449635398431",
    "378734493671000", "6011111111111117", "6011000990139424", "30569309025904", "38520000023237",
    "3530111333300000", "3566002020360505", "4000000000000002", "4000002500003155", "4000000000009995",
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Number:
    """A number found: what it is, and whether it is one that nobody has, kept for examples."""

    start: int
    size: int
    what: str
    is_reserved: bool = False
    is_numeric: bool = True


@lru_cache(maxsize=4)
def find_phones(text: str) -> tuple[Number, ...]:
    """Return telephone numbers of people; numbers that are free to call are public lines."""
    return tuple(_phones(text))


def _phones(text: str) -> Iterator[Number]:
    end = 0
    found = []
    for pattern in (_PLUS, _UK, _US):
        for match in _search(pattern, text):
            digits = re.sub(r"\D", "", match[0])
            national, reserved = _national(
                pattern, digits, match[0], text[max(0, match.start() - 30) : match.start()]
            )
            if national:
                number = Number(match.start(), len(digits), "telephone number", reserved)
                found.append((match.start(), match.end(), national, number))
    for start, until, national, number in sorted(found, key=lambda one: one[:2]):
        if start >= end and not national.startswith(_FREE):
            yield number
        end = max(end, until)


def _search(pattern: str, text: str) -> Iterable[re.Match[str]]:
    if pattern is _PLUS:
        return compiled(pattern).finditer(text) if "+" in text else ()
    return compiled(pattern).finditer(text) if any(sign in shape(text) for sign in _SIGNS[pattern]) else ()


def _national(pattern: str, digits: str, shown: str, before: str) -> tuple[str, bool]:
    """Return the national number of what was found, empty if it is none, and whether it is reserved."""
    if pattern is _US:
        plain = shown.startswith("(") or shown.count("-") == 2 or _CALLED.search(before)
        return (digits if plain else ""), digits[3:8] == "55501"
    if pattern is _UK:
        rest = digits[1:]
    else:
        code = next((c for c in sorted(_NATIONAL, key=len, reverse=True) if digits.startswith(c)), digits[:2])
        rest = digits[len(code) :]
        if code in ("44", "353", "49", "31", "33", "61"):
            rest = rest.removeprefix("0")
        low, high = _NATIONAL.get(code, (6, 12))
        if not low <= len(rest) <= high or (code == "1" and (rest[0] in "01" or rest[3] in "01")):
            return "", False
        if code != "44":
            return rest, code == "1" and rest[3:8] == "55501"
    reserved = rest.startswith(("7700900", "2079460", "1632960", "1134960", "1144960", "1154960", "1164960",
                                "1174960", "1184960", "1214960", "1314960", "1414960", "1514960",
                                "1614960"))  # fmt: skip
    return rest, reserved


def find_identifiers(text: str) -> Iterator[Number]:
    """Yield national identifiers and bank accounts, their checksums right where they have one."""
    for match in _search(_NI, text):
        prefix = match["prefix"]
        valid = (
            not set(prefix) & set("DFIUV")
            and prefix[1] != "O"
            and prefix not in ("BG", "GB", "KN", "NK", "NT", "TN", "ZZ")
        )
        if valid and (prefix == "QQ" or "Q" not in prefix):
            yield Number(match.start(), 9, "National Insurance number", prefix == "QQ", is_numeric=False)
    for match in _search(_NHS, text):
        digits = re.sub(r"\D", "", match[0])
        near = "nhs" in text[max(0, match.start() - 40) : match.start()].lower()
        if _nhs(digits) and (match[1] == " " or near):
            yield Number(match.start(), 10, "NHS number", digits.startswith("999"))
    for match in _search(_SSN, text):
        area, digits = match["area"], match[0].replace("-", "")
        reserved = digits in _SAID_IN_MANUALS or digits.startswith("98765432")
        if reserved or (
            area not in ("000", "666") and area < "900" and match["group"] != "00" and match["serial"] != "0000"
        ):
            yield Number(match.start(), 9, "US social security number", reserved)
    for pattern, what, is_right in (
        (_IBAN, "bank account (IBAN)", _iban),
        (_NIR, "French NIR", _nir),
        (_FISCAL, "Italian fiscal code", _fiscal),
    ):
        for match in _search(pattern, text):
            value = match[0].replace(" ", "")
            if is_right(value):
                yield Number(match.start(), len(value), what, value in _SAID_IN_MANUALS, value.isdigit())


def find_cards(text: str) -> Iterator[Number]:
    """Yield payment card numbers: an issuer's prefix, its length, and the Luhn digit right."""
    for match in _search(_CARD, text):
        digits = re.sub(r"\D", "", match[0])
        if _issuer(digits) and luhn(digits):
            yield Number(match.start(), len(digits), "payment card number", digits in _SAID_IN_MANUALS)


def luhn(digits: str) -> bool:
    """Tell whether the last digit is the right one (ISO/IEC 7812)."""
    doubled = (int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(digits)))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0 and len(set(digits)) > 1


def _issuer(digits: str) -> bool:
    two, four, length = int(digits[:2]), int(digits[:4]), len(digits)
    if length == 16:
        return (two // 10 == 4 or 51 <= two <= 55 or 2221 <= four <= 2720 or four == 6011
                or 644 <= four // 10 <= 659 or 3528 <= four <= 3589 or two == 62)  # fmt: skip
    return (length == 15 and two in (34, 37)) or (
        length == 14 and (two in (36, 38, 39) or 300 <= four // 10 <= 305)
    )


def _nhs(digits: str) -> bool:
    check = 11 - sum(int(d) * (10 - i) for i, d in enumerate(digits[:9])) % 11
    return check % 11 == int(digits[9]) and check != 10 and len(set(digits)) > 1


def _iban(value: str) -> bool:
    turned = "".join(str(int(c, 36)) for c in value[4:] + value[:4])
    return _IBAN_LENGTHS.get(value[:2]) == len(value) and int(turned) % 97 == 1


def _nir(value: str) -> bool:
    number = value[:13].replace("2A", "19").replace("2B", "18")
    return value[:13].isdigit() and 97 - int(number) % 97 == int(value[13:])


def _fiscal(value: str) -> bool:
    odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]
    numbers = [int(c) if c.isdigit() else ord(c) - 65 for c in value]
    total = sum(odd[n] if i % 2 == 0 else n for i, n in enumerate(numbers[:15]))
    return total % 26 == numbers[15]
