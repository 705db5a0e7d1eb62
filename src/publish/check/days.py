"""Dates: those that stand in words, those that are facts, and whether one can be the other."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import product
from typing import NamedTuple

from publish.languages import MONTHS, in_language

# Between two days or years; the words of the languages for "and", "or" and "to".
_BETWEEN = r"\s*(?:[–—/-]|\b(?:and|or|to|und|oder|bis|et|ou|au)\b)\s*"
_DAY = r"\d{1,2}(?:st|nd|rd|th|er|\.)?(?![\w.:]\d|\d)"
_YEAR = r"(?:1\d|20)\d\d"
# Without a month a number is a day only where it says so: "the 15th", "am 15.", "le 15".
_LONE_DAY = {"en": r"\bthe\s\d{1,2}(?:st|nd|rd|th)\b", "de": r"\b[Aa]m\s\d{1,2}\.", "fr": r"\b[Ll]e\s\d{1,2}(?:er)?\b"}
_NEVER = "(?!)"


class Moment(NamedTuple):
    """A year, a month of it, a day of that, as far as they are known; 0 where they are not."""

    year: int = 0
    month: int = 0
    day: int = 0


@dataclass(frozen=True, slots=True)
class Mention:
    """A date in words, or the first and last of a row of days or years, and where it begins and ends in the text."""

    start: int
    end: int
    first: Moment
    last: Moment


@dataclass(frozen=True, slots=True)
class Fact:
    """A date that is known, or the first and last of an interval."""

    first: Moment
    last: Moment


def fact(iso: str) -> Fact:
    """The date of a record: `1938-08-01`, `1938-08`, `1938`, `c. 1938`, or two of them with `/` between."""
    first, _, last = iso.removeprefix("c.").strip().partition("/")
    return Fact(_moment(first), _moment(last or first))


def find_dates(text: str, language: str) -> tuple[Mention, ...]:
    """The dates in words of a language, in their order. Of a language whose months are not known only years and ISO dates are found."""
    return tuple(_mention(match, language) for match in _pattern(language).finditer(text))


def agrees(mentions: Sequence[Mention], fact: Fact) -> bool:
    """Whether the dates in words, the first to the last of them, can be the fact: as far as both are known they overlap.

    One that has no year has that of the next, or of the one before.
    """
    completed = list(_with_years(mentions))
    first, last = completed[0].first, completed[-1].last
    known_first, known_last = _first_day(fact.first), _last_day(fact.last)
    if known_first is None or known_last is None:
        return True
    years = range(known_first.year, known_last.year + 1)
    months = range(1, 13) if not (fact.first.month and fact.first == fact.last) else (fact.first.month,)
    for year, month in product(years, months):
        begins, ends = _first_day(_completed(first, year, month)), _last_day(_completed(last, year, month))
        if begins and ends and begins <= known_last and known_first <= ends:
            return True
    return False


def _moment(iso: str) -> Moment:
    return Moment(*(int(part) for part in iso.split("-"))) if re.fullmatch(r"\d{4}(?:-\d\d){0,2}", iso) else Moment()


def _completed(moment: Moment, year: int, month: int) -> Moment:
    """A moment with the year, and the month of a day, that words leave to their reader."""
    month = moment.month or (month if moment.day else 0)
    return Moment(moment.year or year, month, moment.day)


def _first_day(moment: Moment) -> date | None:
    """The first day that a moment can be; None for one that no calendar has."""
    try:
        return date(moment.year, moment.month or 1, moment.day or 1)
    except ValueError:
        return None


def _last_day(moment: Moment) -> date | None:
    try:
        month = moment.month or 12
        return date(moment.year, month, moment.day or monthrange(moment.year, month)[1])
    except ValueError:
        return None


# ------------------------------------------------------------------------------------------------------ dates in words


@cache
def months_of(language: str) -> dict[str, int]:
    """The names of the months, whole and in capitals, and what they are shortened to: their beginnings from three letters on."""
    names = in_language(MONTHS, language) or ()
    short: dict[str, set[int]] = {}
    for number, name in enumerate(names, 1):
        for length in range(3, len(name) + 1):
            short.setdefault(name[:length], set()).add(number)
    known = {name: next(iter(numbers)) for name, numbers in short.items() if len(numbers) == 1}
    known |= {name: number for number, name in enumerate(names, 1)}
    return known | {name.capitalize(): number for name, number in known.items()}


# A date in words. In its place are put the names of months, what stands for a day alone, and, in German, dates in figures.
_DATE = r"""
    (?P<iso>     \b\d{4}-(?:0[1-9]|1[0-2])(?:-\d\d)?\b )
  | (?P<figures> FIGURES )
  | (?: \b(?P<ahead>YEAR),?\s+ )?
    (?: \b(?P<before>DAYS)\s+(?:of\s+|de\s+)? )?
    \b(?P<month>MONTHS)\b\.?
    (?: \s+(?P<after>DAYS) )?
    (?: ,?\s+(?:of\s+|de\s+)?(?P<year>YEAR)\b )?
  | (?<![\w.,-])(?P<years>YEAR)(?: (?P<decade>s) | BETWEEN(?P<until>YEAR|\d\d) )?(?!\w)
  | (?P<lone>    LONE )(?! BETWEEN | \s+(?:of\s+|de\s+)?(?:MONTHS)\b )
"""


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """How a date is written in a language."""
    parts = {
        "FIGURES": r"\b\d{1,2}\.\s?\d{1,2}\.\s?\d{4}\b" if language.startswith("de") else _NEVER,
        "LONE": in_language(_LONE_DAY, language) or _NEVER,
        "MONTHS": "|".join(sorted(months_of(language), key=len, reverse=True)) or _NEVER,
        "DAYS": rf"{_DAY}(?:{_BETWEEN}{_DAY})?",
        "BETWEEN": _BETWEEN,
        "YEAR": _YEAR,
    }
    return re.compile(re.sub("|".join(parts), lambda name: parts[name[0]], _DATE), re.VERBOSE)


def _mention(match: re.Match[str], language: str) -> Mention:
    first, last = _moments(match, language)
    return Mention(match.start(), match.end(), first, last)


def _moments(match: re.Match[str], language: str) -> tuple[Moment, Moment]:
    if match["iso"]:
        return (_moment(match["iso"]),) * 2
    if match["figures"]:
        day, month, year = (int(part) for part in match["figures"].split("."))
        return (Moment(year, month, day),) * 2
    if match["month"]:
        days = [int(day) for day in re.findall(r"\d+", match["before"] or match["after"] or "")] or [0]
        month, year = months_of(language)[match["month"]], int(match["year"] or match["ahead"] or 0)
        return Moment(year, month, days[0]), Moment(year, month, days[-1])
    if match["years"]:
        return _years(match)
    return (Moment(day=int(re.findall(r"\d+", match["lone"])[0])),) * 2


def _years(match: re.Match[str]) -> tuple[Moment, Moment]:
    """A year, several, or a decade: 1937, 1932–33, the 1920s."""
    year, until = match["years"], match["until"] or ""
    last = f"{year[: 4 - len(until)]}{until}"
    return Moment(int(year)), Moment(int(year) + 9 if match["decade"] else int(last))


def _with_years(found: Sequence[Mention]) -> Iterator[Mention]:
    for index, one in enumerate(found):
        years = [other.first.year for other in (*found[index:], *reversed(found[:index])) if other.first.year]
        if years and not one.first.year:
            yield replace(one, first=one.first._replace(year=years[0]), last=one.last._replace(year=years[0]))
        else:
            yield one
