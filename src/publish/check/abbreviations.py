"""Abbreviations by initials: each is written out somewhere, or is one that every reader knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from publish.check.initials import (
    Initials,
    find_initials,
    has_name,
    is_translated,
    letters_of,
    name_begins_at,
    name_ends_at,
)
from publish.check.places import place_of
from publish.check.words import book_passages, extents, own_passages, read_passage
from publish.diagnostics import Diagnostic, Location
from publish.model import Book, Code, Entry, Inline, Role, Span
from publish.once import once

# Pages of small print, which name formats and licences as they are called.
_SMALL_PRINT: tuple[Role, ...] = ("imprint", "colophon")
_IN_PARENTHESES = re.compile(r"\((?:[^()]{0,20}\W)?$")
_IN_PARENTHESES_MOST = 22  # signs that it matches
_IN_FRONT = re.compile(r"[\"“”‘’«»]?(?:’s)?(?:\s*\(|,\s(?:or\s)?)[\"“‘«]?")


@dataclass(frozen=True, slots=True)
class Use:
    """Initials where they stand: the text, and the place in the source."""

    initials: Initials
    text: str
    location: Location

    @property
    def is_explained(self) -> bool:
        """Whether the name stands beside: `Full Name (ABBR)`, `ABBR (Full Name)`, or `ABBR, the Full Name`."""
        letters, start = self.initials.letters, self.initials.start
        opened = _IN_PARENTHESES.search(self.text, max(0, start - _IN_PARENTHESES_MOST), start)
        if opened and name_ends_at(self.text, opened.start(), letters):
            return True
        follows = _IN_FRONT.match(self.text, self.initials.end)
        return bool(follows and name_begins_at(self.text, follows.end(), letters))


def abbreviation_unexpanded(book: Book) -> Iterator[Diagnostic]:
    """Abbreviations in the book's own words that are written out nowhere, told once each."""
    explained = {letters_of(item) for item in book.known_abbreviations}
    explained |= {use.initials.letters for run in book_passages(book) for use in _uses(run) if use.is_explained}
    for letters, use in _first_uses(book).items():
        entries = [entry for entry in book.glossary if _is_called(entry, letters)]
        if letters not in explained and not any(_tells(entry, letters) for entry in entries):
            yield _unexpanded(use, entries)


def known_abbreviation_unused(book: Book) -> Iterator[Diagnostic]:
    """Known abbreviations that no text has."""
    runs = list(book_passages(book))
    used = {use.initials.letters for run in runs for use in _uses(run)} if book.known_abbreviations else set()
    for item in book.known_abbreviations:
        if letters_of(item) not in used and not any(item in read_passage(run).text for run in runs):
            place = place_of(book, Location("book/book.yaml"), "known-abbreviations", item)
            message = f"no text of the book has the abbreviation “{item}”"
            yield Diagnostic("known-abbreviation-unused", place, message, "take it out of known-abbreviations")


def _unexpanded(use: Use, entries: list[Entry]) -> Diagnostic:
    message = f"nothing says what “{use.initials.written}” stands for"
    if entries:
        message += f": no name in the entry “{entries[0].id}” has these initials"
    hint = f"write Full Name ({use.initials.written}) once, give the name in the glossary, or list it in known-abbreviations"
    return Diagnostic("abbreviation-unexpanded", use.location, message, hint)


def _first_uses(book: Book) -> dict[str, Use]:
    """The abbreviations of the book's own words by their letters, at their first place; somebody's initials are none."""
    pages = tuple(page for page in book.pages if page.role not in _SMALL_PRINT)
    uses = [use for run in own_passages(replace(book, pages=pages)) for use in _uses(run)]
    names = {use.initials.letters for use in uses if not use.initials.before_name}
    first: dict[str, Use] = {}
    for use in uses:
        if use.initials.letters in names:
            first.setdefault(use.initials.letters, use)
    return first


@once
def _uses(run: tuple[Inline, ...]) -> tuple[Use, ...]:
    """The initials of a passage, but for what stands in code, in the capitals that begin a text, and in a citation."""
    reading = read_passage(run)
    initials = list(find_initials(reading.text))
    apart = [(start, end) for one, start, end in extents(run) if _is_apart(one)] if initials else []
    own = (one for one in initials if not any(start <= one.start < end for start, end in apart))
    return tuple(Use(one, reading.text, reading.at(one.start)) for one in own)


def _is_apart(inline: Inline) -> bool:
    return isinstance(inline, Code) or (isinstance(inline, Span) and bool(inline.cites or "lead-in" in inline.classes))


def _is_called(entry: Entry, letters: str) -> bool:
    """Whether an entry has the initials as its headword or one of its forms."""
    return any(letters_of(form) == letters for form in (entry.headword, *entry.forms))


def _tells(entry: Entry, letters: str) -> bool:
    """Whether an entry gives the name in full, or its modern form is the name in another language."""
    words = (entry.headword, entry.modern, *entry.forms, read_passage(entry.gloss).text)
    return any(has_name(one, letters) for one in words) or is_translated(entry.modern.split(), letters)
