"""Deaths that are told without a mark: one person, one word of dying, and a date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from publish.check.days import Mention, agrees, fact, find_dates
from publish.check.persons import Persons
from publish.check.phrases import DYING, NOT_THEN, phrase
from publish.check.sentences import sentences
from publish.check.words import extents, read_passage, running_passages
from publish.diagnostics import Diagnostic
from publish.model import Book, Entry, Span

# A death is told of the person who is named at most so many words before it.
_NEAR = 8


@dataclass(frozen=True, slots=True)
class Death:
    """A sentence that says of one person that he or she died: the offsets of the sentence, and of the words that say it."""

    person: Entry
    sentence: tuple[int, int]
    said: tuple[int, int]


def date_doubtful(book: Book) -> Iterator[Diagnostic]:
    """Sentences that seem to tell the death of a person of the glossary, with another date than the glossary's."""
    language = book.metadata.language
    persons = Persons.of(book)
    for run in running_passages(book):
        reading = read_passage(run)
        for death in deaths(reading.text, persons, language):
            marked = [(start, end) for one, start, end in extents(run) if isinstance(one, Span) and one.dated]
            if date := doubtful(reading.text, death, marked, language):
                told = reading.text[date.start : date.end]
                message = (
                    f"“{death.person.headword}” seems to die in {told} here; by the glossary it was {death.person.died}"
                )
                hint = f"if it is another date, mark the right one: [words]{{date={death.person.id}:died}}"
                yield Diagnostic("date-doubtful", reading.at(date.start), message, hint)


def deaths(text: str, persons: Persons, language: str) -> Iterator[Death]:
    """The deaths that a text tells; not those in a sentence that names a second person of the glossary, whose they may be."""
    dying = phrase(DYING, language)
    if dying is None or not dying.search(text):
        return
    names = persons.pattern()
    for start, end in sentences(text, language):
        said = dying.search(text, start, end)
        named = list(names.finditer(text, start, end)) if said else []
        if said and len({persons.forms[one["name"]].id for one in named}) == 1:
            before = [one.end() for one in named if one.end() <= said.start()]
            if before and len(text[before[-1] : said.start()].split()) <= _NEAR:
                yield Death(persons.forms[named[0]["name"]], (start, end), said.span())


def doubtful(text: str, death: Death, marked: list[tuple[int, int]], language: str) -> Mention | None:
    """The date nearest to the words that tell a death, if the sentence has none that can be the glossary's.

    Only a date with month and year is doubtful; not one that is `marked`, for that is checked, nor one that it was before or after.
    """
    start, end = death.sentence
    dates = [one for one in find_dates(text[start:end], language) if one.first.month]
    if not (death.person.died and dates) or any(agrees([one], fact(death.person.died)) for one in dates):
        return None
    nearest = min(dates, key=lambda one: max(start + one.start - death.said[1], death.said[0] - start - one.end))
    found = replace(nearest, start=start + nearest.start, end=start + nearest.end)
    is_marked = any(begin <= found.start < stop for begin, stop in marked)
    return None if not found.first.year or is_marked or _is_not_then(text[start : found.start], language) else found


def _is_not_then(before: str, language: str) -> bool:
    """Whether words end in one that says that something was not at the date behind them."""
    words = phrase(NOT_THEN, language)
    return bool(words and re.search(rf"{words.pattern}\s*$", before, words.flags))
