"""Numbers that the machine counts, `[]{count=notes}`: read as a span without words, and filled in when the book is whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TypeVar

from publish.diagnostics import did_you_mean
from publish.languages import figures, number_words
from publish.load.problems import Problems, one_of
from publish.model import Book, Entry, Event, IndexHeading, Page, Source, Span, Text
from publish.model.counts import COUNTS, OF_PAGE, count

T = TypeVar("T")
Part = TypeVar("Part", Page, Entry, Event, Source, IndexHeading)
# Up to this number a text has words: Chicago Manual of Style, 9.2.
MOST_IN_WORDS = 100


@dataclass(frozen=True, slots=True)
class Count(Span):
    """A number that is still to be counted: its name, and the id of the page that it is counted in, "" for the whole book."""

    name: str = ""
    page: str = ""


def fill_counts(book: Book, counts: Iterable[Count], problems: Problems) -> Book:
    """The book with its numbers in the place of the counts; what cannot be counted is reported and left out.

    Words are counted last, when the other numbers stand among them; each number of words is itself one word.
    """
    known = [one for one in counts if _is_right(one, book, problems)]
    if not known:
        return book
    draft = {one: "0" if one.name == "words" else _number(book, one) for one in known}
    drafted = _fill(book, draft)
    return _fill(book, draft | {one: _number(drafted, one) for one in known if one.name == "words"})


def in_words(number: int, language: str) -> str:
    """A number in words of the language up to one hundred, in figures above, or where the language is not known."""
    if number <= MOST_IN_WORDS:
        if words := number_words(number, language):
            return words
        from num2words import num2words

        with suppress(NotImplementedError):  # it does not know the language
            return str(num2words(number, lang=language.replace("-", "_")))
    return figures(number, language)


def _number(book: Book, one: Count) -> str:
    page = _page(book, one.page) if one.page else None
    return in_words(count(book, one.name, page), book.metadata.language)


def _page(book: Book, name: str) -> Page | None:
    return next((page for page in book.pages if page.id == name), None)


def _is_right(one: Count, book: Book, problems: Problems) -> bool:
    """Whether something can be counted; what is wrong is reported."""
    wrong = _wrong(one, book)
    if wrong:
        problems.add("bad-count", one.location, *wrong)
    return not wrong


def _wrong(one: Count, book: Book) -> tuple[str, str] | None:
    """What is wrong with a count, and how it is mended."""
    pages = [page.id for page in book.pages]
    if one.children:
        return "the machine writes the number of a count, and here are words already", "write []{count=…}"
    if one.name not in COUNTS:
        return f"there is no count “{one.name}”", did_you_mean(one.name, COUNTS) or one_of(COUNTS)
    if one.page and one.page not in pages:
        return f"the book has no page “{one.page}” to count in", did_you_mean(one.page, pages) or one_of(pages)
    if one.page and one.name not in OF_PAGE:
        return f"“{one.name}” are counted in the whole book, not in a page", "leave out “of”"
    return None


def _fill(book: Book, numbers: Mapping[Count, str]) -> Book:
    """The book with texts in the place of the counts. Only what was read from a file that has some is gone through."""
    files = {one.location.file for one in numbers}

    def filled(parts: tuple[Part, ...]) -> tuple[Part, ...]:
        return tuple(_filled(part, numbers) if part.location.file in files else part for part in parts)

    return replace(
        book,
        pages=filled(book.pages),
        glossary=filled(book.glossary),
        chronology=filled(book.chronology),
        bibliography=filled(book.bibliography),
        index=filled(book.index),
    )


def _filled(value: T, numbers: Mapping[Count, str]) -> T:
    """A value of the model with texts in the place of the counts in it; itself where there are none."""
    if isinstance(value, Count):
        return Text(numbers[value], value.location) if value in numbers else value  # type: ignore[return-value]
    if isinstance(value, tuple):
        items = tuple(_filled(item, numbers) for item in value)
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        parts = {field.name: getattr(value, field.name) for field in fields(value)}
        changed = {name: new for name, part in parts.items() if (new := _filled(part, numbers)) is not part}
        return replace(value, **changed) if changed else value
    return value
