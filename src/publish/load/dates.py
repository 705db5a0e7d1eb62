"""Dates in words: "1937-06-11/1937-06-12" as "June 11–12, 1937", and a life, from "c. 1544" to "1631", as "ca. 1544–1631".

In English they are those of *The Chicago Manual of Style* (17th edition): the order of day and month 6.38, the dash of a range 6.78, the
shortened second year 9.64. In what German and French differ is told in the table of languages.
"""

from __future__ import annotations

import re
from typing import NamedTuple, TypeAlias

from publish.languages import MONTHS, in_language
from publish.load import formats

Date: TypeAlias = tuple[int, ...]  # a year and, as far as they are known, the month and the day
YEAR, MONTH, DAY = 1, 2, 3  # the parts of a date that is known to the year, the month, the day
GUESS = "c. "  # stands before a year that is not certain


class Language(NamedTuple):
    """How dates are written in a language. `before_year` parts a day from its year; `first` is the first of a month, if it is no number."""

    months: tuple[str, ...]
    circa: str
    born: str
    died: str
    day: str = "{day} {month}"
    number: str = "{}"
    first: str = ""
    before_year: str = " "
    shortens_years: bool = False


_ENGLISH = Language(
    months=MONTHS["en"],
    circa="ca. {}",
    born="born {}",
    died="died {}",
    shortens_years=True,
)
_GERMAN = Language(
    months=MONTHS["de"],
    circa="um {}",
    born="geboren {}",
    died="gestorben {}",
    number="{}.",
)
_FRENCH = Language(
    months=MONTHS["fr"],
    circa="vers {}",
    born="n. {}",
    died="m. {}",
    first="1er",
)
LANGUAGES = {
    "en": _ENGLISH,
    "en-us": _ENGLISH._replace(day="{month} {day}", before_year=", "),
    "de": _GERMAN,
    "fr": _FRENCH,
}


def in_words(when: str, tag: str) -> str | None:
    """A date of ISO 8601, or two with "/" between, in the words of a language; None if words are needed and the language is not known."""
    first, _, last = when.partition("/")
    begin, end = parsed(first), parsed(last or first)
    language = in_language(LANGUAGES, tag)
    if language is None:
        return None if len(begin) > YEAR or len(end) > YEAR else _years(begin[0], end[0], shortens=False)
    return _span(begin, end, language)


def dated(text: str, tag: str) -> str:
    """A text that may be a date of ISO 8601, in words: any other ("March–April 1958") stays as it is, and so does one that has no words."""
    return text if formats.INTERVAL.problem(text) else in_words(text, tag) or text


def divided(date: str, when: str) -> tuple[str, str]:
    """A printed date as the year under which it stands in a chronology, and the rest: ("1937", "June 11–12").

    `when` is the same in ISO 8601. What has no other part ("1918–22", "about 1937") is all year; what does not end in its year is all rest.
    """
    year = when[:4]
    found = re.fullmatch(rf"(?P<day>.+?),? {re.escape(year)}", date) if year else None
    if found and _stands_alone(found["day"]):
        return year, found["day"]
    return (date, "") if found or re.fullmatch(r"[\d–]+", date) else (year, date)


def _stands_alone(day: str) -> bool:
    """Whether this is a date even without its year, and not a word that only belongs to it, such as "about"."""
    months = {month for names in MONTHS.values() for month in names}
    return day[0].isupper() or any(sign.isdigit() for sign in day) or not months.isdisjoint(re.split(r"\W", day))


def lifetime(born: str, died: str, tag: str) -> str | None:
    """The years of a life, each as in ISO 8601 with "c. " before a guess, "" if not known; None if words are needed that are not known."""
    language = in_language(LANGUAGES, tag)
    if language is None:
        plain = born and died and not born.startswith(GUESS) and not died.startswith(GUESS)
        return f"{born[:4]}–{died[:4]}" if plain else None
    if born and died:
        return f"{_year(born, language)}–{_year(died, language)}"
    return language.born.format(_year(born, language)) if born else language.died.format(_year(died, language))


def parsed(date: str) -> Date:
    """A date of ISO 8601 as numbers."""
    return tuple(int(part) for part in date.split("-"))


def _year(date: str, language: Language) -> str:
    year = date.removeprefix(GUESS)[:4]
    return language.circa.format(year) if date.startswith(GUESS) else year


def _span(begin: Date, end: Date, language: Language) -> str:
    """The words of a range, what both of its ends have said once; of one date if they are the same."""
    if begin == end:
        return _whole(begin, language)
    if len(begin) == len(end) == YEAR:
        return _years(begin[0], end[0], shortens=language.shortens_years)
    if begin[0] != end[0] or len(begin) != len(end):
        return f"{_whole(begin, language)}–{_whole(end, language)}"
    if len(begin) == DAY and begin[:MONTH] == end[:MONTH]:
        days = f"{_number(begin[2], language)}–{_number(end[2], language)}"
        return _with_year(_day(begin, days, language), begin, language)
    return _with_year(f"{_in_year(begin, language)}–{_in_year(end, language)}", begin, language)


def _whole(date: Date, language: Language) -> str:
    return str(date[0]) if len(date) == YEAR else _with_year(_in_year(date, language), date, language)


def _with_year(said: str, date: Date, language: Language) -> str:
    return f"{said}{language.before_year if len(date) == DAY else ' '}{date[0]}"


def _in_year(date: Date, language: Language) -> str:
    """The month, with the day where it is known."""
    return _day(date, _number(date[2], language), language) if len(date) == DAY else language.months[date[1] - 1]


def _day(date: Date, number: str, language: Language) -> str:
    return language.day.format(day=number, month=language.months[date[1] - 1])


def _number(day: int, language: Language) -> str:
    return language.first if day == 1 and language.first else language.number.format(day)


def _years(begin: int, end: int, *, shortens: bool) -> str:
    """A range of years. The second is shortened as Chicago shortens numbers (9.61), but not across a century, nor from a hundred on."""
    if begin == end:
        return str(begin)
    if not shortens or begin // 100 != end // 100 or begin % 100 == 0:
        return f"{begin}–{end}"
    return f"{begin}–{end % 100}" if begin % 100 < 10 and end % 100 < 10 else f"{begin}–{end % 100:02}"
