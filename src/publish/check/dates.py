"""Dates in words against the facts: of the persons of the glossary, and of the chronology."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal, TypeAlias

from publish.check.days import Mention, agrees, fact, find_dates, months_of
from publish.check.persons import Persons
from publish.check.places import place_of
from publish.check.words import Reading, book_passages, extents, read_passage
from publish.diagnostics import Diagnostic, did_you_mean
from publish.model import Book, Emphasis, Entry, Event, Inline, Span

End: TypeAlias = Literal["born", "died"]
ENDS: tuple[End, ...] = ("born", "died")

# A name with two dates in parentheses right behind it, `Kamenev (1883–1936)`: the dates, and what else may stand beside each ("c.").
_BEHIND = r"\s\((?P<born>[^()–-]*)[–-](?P<died>[^()–-]*)\)"
_BESIDE = re.compile(r"\W*(?:\w{1,5}\W*)?")


def marked_dates(book: Book) -> Iterator[Diagnostic]:
    """Words that are marked as a date of a person or an event, and are not."""
    facts = _facts(book)
    language = book.metadata.language
    for run in book_passages(book):
        for inline, start, end in extents(run):
            if isinstance(inline, Span) and inline.dated:
                yield from _marked(inline, read_passage(run).text[start:end], facts, language)


def _facts(book: Book) -> dict[str, str]:
    """The facts that a mark can name, with their dates; "" for one that is not known."""
    persons = [entry for entry in book.glossary if entry.kind == "person"]
    facts = {f"{entry.id}:{end}": _date(entry, end) for entry in persons for end in ENDS}
    return facts | {event.id: event.when for event in book.chronology}


def _date(entry: Entry, end: End) -> str:
    return entry.born if end == "born" else entry.died


def _marked(span: Span, words: str, facts: Mapping[str, str], language: str) -> Iterator[Diagnostic]:
    known = facts.get(span.dated)
    if known is None:
        message = f"nothing that has a date is named “{span.dated}”"
        hint = did_you_mean(span.dated, facts) or "name a person and born or died, or a row of the chronology"
        yield Diagnostic("unknown-date", span.location, message, hint)
    elif not known:
        name, _, end = span.dated.partition(":")
        message = f"the glossary does not say when “{name}” {_verb(end)}"
        yield Diagnostic("unknown-date", span.location, message, f"add {end}: to the entry")
    else:
        yield from _compared(span, words, known, language)


def _compared(span: Span, words: str, known: str, language: str) -> Iterator[Diagnostic]:
    mentions = find_dates(words, language)
    if mentions and not agrees(mentions, fact(known)):
        message = f"“{words}” is marked as the date of “{span.dated}”, which is {known}"
        yield Diagnostic("date-differs", span.location, message)
    elif not mentions and (months_of(language) or not any(map(str.isalpha, words))):
        message = f"“{words}” is marked as a date, but has none"
        yield Diagnostic("unknown-date", span.location, message, "mark the words of the date: a day, a month, a year")


def _verb(end: str) -> str:
    return "was born" if end == "born" else "died"


# -------------------------------------------------------------------------------------------------- years behind a name


def dates_behind_names(book: Book) -> Iterator[Diagnostic]:
    """The two dates of a person in parentheses behind the name, where they are not those of the glossary."""
    persons = Persons.of(book)
    pattern = persons.pattern(_BEHIND)
    for run in book_passages(book):
        reading = read_passage(run)
        for found in pattern.finditer(reading.text):
            if not _is_title(run, found.start(), found.end("name")):
                yield from _behind(found, persons.forms[found["name"]], reading, book.metadata.language)


def _is_title(run: tuple[Inline, ...], start: int, end: int) -> bool:
    """Whether words are stressed: a name may be the title of a book, and the years behind it those of its volumes."""
    return any(isinstance(one, Emphasis) and begin <= start and end <= stop for one, begin, stop in extents(run))


def _behind(found: re.Match[str], person: Entry, reading: Reading, language: str) -> Iterator[Diagnostic]:
    dates = {end: _lone_date(found[end], language) for end in ENDS}
    if not all(dates.values()):
        return
    for end, date in dates.items():
        known = _date(person, end)
        if date and known and not agrees([date], fact(known)):
            message = f"“{found['name']}” {_verb(end)} in {found[end].strip()} here, by the glossary {known}"
            yield Diagnostic("date-differs", reading.at(found.start(end)), message)


def _lone_date(words: str, language: str) -> Mention | None:
    """The date in words that are hardly more than a date."""
    mentions = find_dates(words, language)
    if len(mentions) != 1:
        return None
    date = mentions[0]
    return date if _BESIDE.fullmatch(words[: date.start] + words[date.end :]) else None


# ---------------------------------------------------------------------------------------------------------- chronology


def dates_of_rows(book: Book) -> Iterator[Diagnostic]:
    """Rows of the chronology that date a birth or a death otherwise than the glossary."""
    persons = {entry.id: entry for entry in book.glossary if entry.kind == "person"}
    for event in book.chronology:
        for end in ENDS:
            for name in event.born if end == "born" else event.died:
                if name in persons:
                    yield from _row(book, event, persons[name], end)


def _row(book: Book, event: Event, person: Entry, end: End) -> Iterator[Diagnostic]:
    known = _date(person, end)
    if not known:
        message = f"the row “{event.id}” dates “{person.id}:{end}” {event.when}, the glossary does not date it"
        place = place_of(book, event.location, end, person.id)
        yield Diagnostic("unknown-date", place, message, f"add {end}: to the entry")
        return
    row = fact(event.when)
    as_words = [Mention(0, 0, row.first, row.last)]
    if not agrees(as_words, fact(known)):
        message = f"the row “{event.id}” dates “{person.id}:{end}” {event.when}, the glossary {known}"
        yield Diagnostic("date-differs", place_of(book, event.location, "when", event.when), message)
