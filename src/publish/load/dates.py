"""Dates in words: "1988-02-06" as "February 6, 1988"."""

from __future__ import annotations

import re

from publish.languages import MONTHS, in_language

# How a date with its day is written; by language, or by language and region.
_DAYS = {
    "en": "{day} {month} {year}",
    "en-us": "{month} {day}, {year}",
    "de": "{day}. {month} {year}",
    "fr": "{day} {month} {year}",
}
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)(?:-(?P<day>\d\d))?")


def dated(text: str, language: str) -> str:
    """A date of ISO 8601, known to the day or to the month, in the words of a language (a BCP 47 tag).

    Any other text, and a date in a language that is not known here, stays as it is.
    """
    found = _ISO.fullmatch(text)
    tag = language.lower()
    months = in_language(MONTHS, tag) or ()
    if not found or not 1 <= int(found["month"]) <= len(months):
        return text
    month = months[int(found["month"]) - 1]
    if not found["day"]:
        return f"{month} {found['year']}"
    form = _DAYS.get(tag) or _DAYS[tag.partition("-")[0]]
    return form.format(day=int(found["day"]), month=month, year=found["year"])
