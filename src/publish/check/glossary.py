"""The glossary: what it names must be there, and what it has be named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from publish.check.places import place_of
from publish.check.words import book_spans, running_passages, text_of
from publish.diagnostics import Diagnostic, Location, did_you_mean
from publish.model import Book, Entry, IndexHeading, Link, Span
from publish.model.walk import walk_inlines


def unknown_term(book: Book) -> Iterator[Diagnostic]:
    """Links by hand to an entry that the glossary does not have."""
    known = {entry.id for entry in book.glossary}
    for span in _terms(book):
        if span.term not in known:
            message = f"the glossary has no entry “{span.term}”"
            yield Diagnostic("unknown-term", span.location, message, did_you_mean(span.term, known))


def unknown_see_also(book: Book) -> Iterator[Diagnostic]:
    """References from an entry to one that is not there, or to itself."""
    known = {entry.id for entry in book.glossary}
    for entry in book.glossary:
        for other in entry.see_also:
            if other == entry.id:
                place = place_of(book, entry.location, "see-also", other)
                yield Diagnostic("unknown-see-also", place, f"the entry “{entry.id}” refers to itself")
            elif other not in known:
                message = f"the entry “{entry.id}” refers to “{other}”, which the glossary does not have"
                place = place_of(book, entry.location, "see-also", other)
                yield Diagnostic("unknown-see-also", place, message, did_you_mean(other, known - {entry.id}))


def refers_twice(book: Book, record: Entry | IndexHeading, referred: Sequence[tuple[str, str]]) -> Iterator[Diagnostic]:
    """References to what a record has referred to already; `referred` are the keys and the names that they are to."""
    for number, (key, name) in enumerate(referred):
        if any(name == other for _, other in referred[:number]):
            place = place_of(book, record.location, key, name)
            yield Diagnostic(
                "reference-twice", place, f"“{record.id}” refers to “{name}” twice", "delete one of the two"
            )


def see_also_twice(book: Book) -> Iterator[Diagnostic]:
    """References from an entry to the same one twice."""
    for entry in book.glossary:
        yield from refers_twice(book, entry, [("see-also", other) for other in entry.see_also])


def see_also_one_way(book: Book) -> Iterator[Diagnostic]:
    """References from an entry to one that does not refer back."""
    entries = {entry.id: entry for entry in book.glossary}
    for entry in book.glossary:
        for other in entry.see_also:
            if other in entries and other != entry.id and entry.id not in entries[other].see_also:
                message = f"“{entry.id}” refers to “{other}”, but “{other}” does not refer back"
                hint = f"add {entry.id} to see-also of {other}"
                yield Diagnostic("see-also-one-way", place_of(book, entry.location, "see-also", other), message, hint)


def duplicate_form(book: Book) -> Iterator[Diagnostic]:
    """Words that two entries claim: a mention could be linked to either."""
    owners: dict[str, Entry] = {}
    for entry in book.glossary:
        for form in _linked_forms(entry):
            owner = owners.setdefault(form, entry)
            if owner is not entry:
                message = f"“{form}” is a form of “{entry.id}” and of “{owner.id}” ({owner.location})"
                hint = "leave it to one of them, and link the other by hand: [words]{term=…}"
                place = place_of(book, entry.location, "headword" if form == entry.headword else "forms", form)
                yield Diagnostic("duplicate-form", place, message, hint)


def entry_unmentioned(book: Book) -> Iterator[Diagnostic]:
    """Entries that no running text or note mentions or links to: a reader never comes to them.

    Lists that are looked things up in (glossary, chronology) do not count: what they alone mention is theirs to explain.
    """
    text = _folded(text_of(running_passages(book)).replace("\n", " "))
    referred = set(_referred(book))
    for entry in book.glossary:
        if entry.link == "none" or entry.id in referred:
            continue
        if not any(_folded(form) in text for form in _linked_forms(entry)):
            message = f"no running text or note mentions “{entry.headword}” in one of its forms"
            hint = "add the form that the text has to forms, or say link: none"
            place = place_of(book, entry.location, "headword", entry.headword)
            yield Diagnostic("entry-unmentioned", place, message, hint)


def glossary_missing(book: Book) -> Iterator[Diagnostic]:
    """A page for a glossary that has no entries."""
    for page in book.pages:
        if page.role == "glossary" and not book.glossary:
            message = "the contents has a page for the glossary, but the glossary has no entries"
            hint = "write book/glossary.yaml, or take the page out of contents"
            yield Diagnostic("glossary-missing", page.location, message, hint)


def glossary_not_listed(book: Book) -> Iterator[Diagnostic]:
    """A glossary that has no page in the contents."""
    if book.glossary and all(page.role != "glossary" for page in book.pages):
        place = place_of(book, Location("book/book.yaml"), "contents")
        message = "the book has a glossary, but its contents has no page for it"
        yield Diagnostic("glossary-not-listed", place, message, "add “- role: glossary” to contents")


def _folded(text: str) -> str:
    """Words without the difference of capitals and of straight and curly apostrophes."""
    return text.casefold().replace("’", "'")


def _linked_forms(entry: Entry) -> tuple[str, ...]:
    """The forms that are looked for in the text."""
    return () if entry.link == "none" else tuple(dict.fromkeys((entry.headword, *entry.forms)))


def _terms(book: Book) -> Iterator[Span]:
    return (span for span in book_spans(book) if span.term)


def _referred(book: Book) -> Iterator[str]:
    """The entries that running text links to by hand."""
    for passage in running_passages(book):
        for inline in walk_inlines(passage):
            if isinstance(inline, Span) and inline.term:
                yield inline.term
            elif isinstance(inline, Link) and inline.target.startswith("#term-"):
                yield inline.target.removeprefix("#term-")
