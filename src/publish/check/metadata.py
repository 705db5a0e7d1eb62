"""The facts in `book.yaml`: what libraries and shops will read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publish.check.places import place_of
from publish.diagnostics import Diagnostic, Location
from publish.model import Book, Subject

_FILE = Location("book/book.yaml")
# In the small capitals of a running head a letter takes about a millimetre, and a line of an A5 page has little more than 100.
_LONGEST_HEAD = 100

# BISAC: three letters and six digits (BISG, "Complete BISAC Subject Headings"). Thema: a category begins with a letter, a
# qualifier with a digit from 1 to 6 (EDItEUR, "Thema: basic instructions"); both are capitals and digits.
_CODES = {
    "BISAC": (re.compile(r"[A-Z]{3}\d{6}"), "three capitals and six digits, as HIS032000"),
    "Thema": (re.compile(r"[A-Z][A-Z0-9]*|[1-6][A-Z0-9-]+"), "capitals and digits, as NHD or 1QBDR"),
}


def subject_code(book: Book) -> Iterator[Diagnostic]:
    """Subjects of a scheme that shops sort by its codes, without a code or with one that cannot be right."""
    for subject in book.metadata.subjects:
        if subject.scheme in _CODES:
            yield from _code_of(book, subject)


def _code_of(book: Book, subject: Subject) -> Iterator[Diagnostic]:
    form, described = _CODES[subject.scheme]
    if subject.code and form.fullmatch(subject.code):
        return
    said = f"has the code “{subject.code}”" if subject.code else "has no code"
    message = f"the {subject.scheme} subject “{subject.term}” {said}"
    key, value = ("code", subject.code) if subject.code else ("term", subject.term)
    place = place_of(book, place_of(book, _FILE, "subjects"), key, value)
    yield Diagnostic("subject-code", place, message, f"a code of {subject.scheme} is {described}")


def date_order(book: Book) -> Iterator[Diagnostic]:
    """An edition published before the work was written. ISO dates compare as text as far as both are given."""
    original, published = book.metadata.original, book.metadata.published
    length = min(len(original), len(published))
    if original[:length] > published[:length]:
        message = f"the edition is dated {published}, before the work itself ({original})"
        yield Diagnostic(
            "date-order",
            place_of(book, place_of(book, _FILE, "dates"), "original", original),
            message,
            "original is the date of the work",
        )


def running_head(book: Book) -> Iterator[Diagnostic]:
    """A title that is too long for the one line above the text."""
    facts = book.metadata
    if len(facts.short_title) > _LONGEST_HEAD:
        key = "title" if facts.short_title == facts.title else "short-title"
        message = (
            f"the running head has {len(facts.short_title)} letters, and a line has room for {_LONGEST_HEAD} at most"
        )
        yield Diagnostic("running-head", place_of(book, _FILE, key), message, "write a short-title")
