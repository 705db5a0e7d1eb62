"""The shapes that a value of the YAML files may have to have: dates, lengths, language tags, identifiers.

A `Format` says what is wrong with a text, in words for an editor, and gives the pattern that the JSON Schema prints.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple

from publish.load.relators import RELATORS
from publish.load.subtags import unregistered

# A point is 1/72 inch, an inch 25.4 mm.
POINTS = {"mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "pt": 1.0}

# Trim sizes and sheets by name, in millimetres or inches; width before height. Sheets lie on their long side.
TRIMS = {
    "a4": "210mm 297mm",
    "a5": "148mm 210mm",
    "a6": "105mm 148mm",
    "b5": "176mm 250mm",
    "b6": "125mm 176mm",
    "half-letter": "5.5in 8.5in",
    "digest": "5.5in 8.5in",
    "5x8": "5in 8in",
    "6x9": "6in 9in",
    "pocket": "4.25in 6.87in",
}
SHEETS = {"a4": "297mm 210mm", "a3": "420mm 297mm", "letter": "11in 8.5in", "tabloid": "17in 11in"}

# In less there is no room for the margins and a line of thirty letters.
_NARROWEST = 90 * POINTS["mm"]

_LENGTH = r"[0-9]+(?:\.[0-9]+)?(?:mm|cm|in|pt)"
_ID = r"[a-z](?:[a-z0-9-]*[a-z0-9])?"
# RFC 5646, section 2.1: language, extended language, script, region, variants, extensions, private use. Languages of more than three
# letters are allowed there, but none is registered: one that is written is a name, such as "english".
_LANGUAGE = (
    r"(?:[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*(?:-[0-9A-WY-Za-wy-z](?:-[A-Za-z0-9]{2,8})+)*"
    r"(?:-[Xx](?:-[A-Za-z0-9]{1,8})+)?|[Xx](?:-[A-Za-z0-9]{1,8})+)"
)
_UUID = r"urn:uuid:[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
_ISBN = r"urn:isbn:[0-9][0-9-]*[0-9Xx]"


class Format(NamedTuple):
    """A shape: the rule that a text of another shape breaks, how that is said, and the hint that goes with it.

    `pattern` is a regular expression that the whole text must match; `check`, for what a pattern cannot tell, says what is wrong with
    a text that matches, or "".
    """

    rule: str
    wrong: str
    hint: str
    pattern: str = ""
    check: Callable[[str], str] | None = None

    def problem(self, text: str) -> str:
        """What is wrong with the text, as the end of a sentence that begins with it; "" when nothing is."""
        if self.pattern and not re.fullmatch(self.pattern, text):
            return self.wrong
        return self.check(text) if self.check else ""


def length(text: str) -> float:
    """A length as PDF points ("20mm", "0.1mm", "5.5in", "10pt"). Raises ValueError for any other text."""
    if not re.fullmatch(_LENGTH, text):
        raise ValueError(text)
    return float(text[:-2]) * POINTS[text[-2:]]


def size(text: str, named: dict[str, str]) -> tuple[float, float]:
    """Width and height in points, of a named size or of two lengths. Raises ValueError for any other text."""
    width, height = named.get(text, text).split()
    return length(width), length(height)


def _real_date(text: str) -> str:
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return "is not a day of the calendar"
    return ""


def _real_interval(first: str, last: str = "9999") -> str:
    wrong = _real_date(first) or _real_date(last)
    return wrong or ("ends before it begins" if last < first[: len(last)] else "")


def _real_moment(text: str) -> str:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return "is not a moment of the calendar"
    return ""


def _positive(text: str) -> str:
    return "" if all(float(number) for number in re.findall(r"[0-9.]+", text)) else "is not longer than nothing"


def _page(text: str) -> str:
    width, height = size(text, TRIMS)
    if width > height:
        return "is wider than high; a page stands upright"
    return "" if width >= _NARROWEST else "is too small for a page, which is at least 90mm wide"


def _isbn_digit(text: str) -> str:
    if text.startswith("urn:uuid:"):
        return ""
    signs = text.removeprefix("urn:isbn:").replace("-", "").upper()
    digits, last = signs[:-1], signs[-1:]
    right = _check_digit([10 if digit == "X" else int(digit) for digit in digits])
    if not right or "X" in digits:
        return "is not an ISBN: it has neither ten nor thirteen digits"
    return "" if last == right else f"is not an ISBN: behind its other digits the last would be {right}"


def _check_digit(digits: list[int]) -> str:
    """The last digit of an ISBN by the others; "" where they are neither nine nor twelve.

    ISO 2108: weights 10 to 2 and modulus 11 for ten digits, weights 1 and 3 by turns and modulus 10 for thirteen.
    """
    if len(digits) == 9:
        return "0123456789X"[-sum(weight * digit for weight, digit in zip(range(10, 1, -1), digits, strict=True)) % 11]
    if len(digits) == 12:
        return str(-sum(digit * (1 + 2 * (place % 2)) for place, digit in enumerate(digits)) % 10)
    return ""


TEXT = Format("bad-value", "", "")
LANGUAGE = Format(
    "bad-language",
    "is not a language tag",
    "a BCP 47 tag, such as en, en-GB, de, or zh-Hant",
    _LANGUAGE,
    unregistered,
)
DATE = Format(
    "bad-date",
    "is not a date",
    "year-month-day, such as 2026-01-31",
    r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?",
    _real_date,
)
_PART_DATE = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"
PART_DATE = Format(
    "bad-date",
    "is not a date",
    "year-month-day, year-month or year, such as 1883-07-18; with “c. ” before it if it is a guess",
    rf"(?:c\. )?{_PART_DATE}",
    lambda text: _real_date(text.removeprefix("c. ")),
)
INTERVAL = Format(
    "bad-date",
    "is not a date, nor two with / between",
    "year-month-day, year-month or year, such as 1937-06-18 or 1937-06-11/1937-06-12",
    rf"{_PART_DATE}(?:/{_PART_DATE})?",
    lambda text: _real_interval(*text.split("/")),
)
LOOSE_DATE = Format(
    "bad-date",
    "is not a date",
    "year-month-day, such as 1988-02-06; two years have a dash between them, 1988–89",
    check=lambda text: _real_date(text) if re.fullmatch(_PART_DATE, text) else "",
)
MOMENT = Format(
    "bad-date",
    "is not a moment in Universal Time",
    "such as 2026-01-31T12:00:00Z",
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z",
    _real_moment,
)
LENGTH = Format(
    "bad-length", "is not a length", "a number and mm, cm, in, or pt without a space, such as 20mm", _LENGTH, _positive
)
TRIM = Format(
    "bad-length",
    "is not a size of page",
    f"{', '.join(TRIMS)}, or two lengths, such as “148mm 210mm”",
    "|".join([*TRIMS, rf"{_LENGTH} +{_LENGTH}"]),
    _page,
)
IDENTIFIER = Format(
    "bad-identifier",
    "is not an identifier that shops and libraries know",
    "urn:uuid: and a UUID, or urn:isbn: and an ISBN",
    f"{_UUID}|{_ISBN}",
    _isbn_digit,
)
LIMIT = Format("bad-value", "is not a limit", "a whole number, such as 1000", r"[1-9][0-9]{0,8}")
NAME = Format("bad-value", "is not a name for files", "a–z, 0–9 and hyphens, such as garden", r"[a-z0-9][a-z0-9-]*")
ID = Format("bad-value", "is not an id", "a–z, 0–9 and hyphens, a letter first, such as moscow-trials", _ID)
KEY = Format(
    "bad-value", "is not an id", "letters, digits, hyphens and dots, such as LAT-880206", r"[A-Za-z0-9][A-Za-z0-9._-]*"
)
STYLE = Format(
    "bad-value", "is not the name of a style sheet", "such as large-print.css", r"[A-Za-z0-9][A-Za-z0-9._-]*\.css"
)
VERSION = Format("bad-value", "is not a version", "such as 1.0.0", r"[0-9A-Za-z][0-9A-Za-z.+-]*")
URL = Format(
    "bad-link", "is not an address on the web", "it begins with https:// or http://", r"https?://[^\s/?#]+[^\s]*"
)
DOI = Format("bad-value", "is not a DOI", "such as 10.1080/14743892.2019.1681200", r"10\.[0-9]{4,9}/\S+")
ISBN = Format(
    "bad-identifier",
    "is not an ISBN",
    "ten or thirteen digits, with or without hyphens",
    r"[0-9][0-9-]*[0-9Xx]",
    _isbn_digit,
)
RELATOR = Format(
    "bad-value",
    "is not a MARC relator code",
    "three letters, such as aut (author), edt (editor), trl (translator), ill (illustrator); see id.loc.gov/vocabulary/relators",
    r"[a-z]{3}",
    lambda text: "" if text in RELATORS else "is not a MARC relator code",
)
