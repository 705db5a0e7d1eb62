"""What a record of the glossary or the chronology should have, and lacks."""

from __future__ import annotations

from collections.abc import Iterator

from publish.check.phrases import DYING, KILLED, phrase
from publish.check.words import read_passage
from publish.diagnostics import Diagnostic
from publish.languages import MONTHS, in_language
from publish.model import Book, Entry, Span
from publish.model.walk import walk_inlines


def without_source(book: Book) -> Iterator[Diagnostic]:
    """Entries and rows that rest on nothing that a reader could look up: neither a source of theirs nor a citation in their words."""
    entries = [
        ("entry", one.id, one.sources, (*one.gloss, *one.role, *one.fate), one.location) for one in book.glossary
    ]
    rows = [("row", one.id, one.sources, one.event, one.location) for one in book.chronology]
    for what, name, sources, words, place in (*entries, *rows):
        if not sources and not any(isinstance(inline, Span) and inline.cites for inline in walk_inlines(words)):
            hint = "add sources: [key], with keys of bibliography.yaml"
            yield Diagnostic("without-source", place, f"the {what} “{name}” names no source", hint)


def person_incomplete(book: Book) -> Iterator[Diagnostic]:
    """Persons of whom the glossary does not say all that a reader looks for."""
    for entry in book.glossary:
        if entry.kind == "person":
            missing = list(_missing(entry, book.metadata.language))
            if missing:
                message = f"of “{entry.headword}” the glossary does not have: {', '.join(missing)}"
                yield Diagnostic("person-incomplete", entry.location, message)


def _missing(entry: Entry, language: str) -> Iterator[str]:
    """The keys that are missing; a death only where the fate tells of one.

    In a language in which the machine writes no dates, a person may have them as they are printed.
    """
    dated = bool(entry.dates) and in_language(MONTHS, language) is None
    given = {"modern": entry.modern, "born": entry.born or dated, "role": entry.role, "fate": entry.fate}
    yield from (key for key, value in given.items() if not value)
    fate = read_passage(entry.fate).text
    ends = (phrase(table, language) for table in (DYING, KILLED))
    if not entry.died and any(end and end.search(fate) for end in ends):
        yield "died"
