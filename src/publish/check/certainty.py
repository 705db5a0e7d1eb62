"""What is marked as uncertain: the words have to say so, for a reader sees no mark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from publish.check.phrases import HEDGES, phrase
from publish.check.sentences import sentence_around
from publish.check.words import extents, own_passages, read_passage, text_of
from publish.diagnostics import Diagnostic, Location
from publish.model import Book, Inline, NoteRef, Span
from publish.model.walk import passages, text_passages

_HINT = "say it in words: perhaps, probably, is said to, not confirmed, by one account"


def uncertain_as_fact(book: Book) -> Iterator[Diagnostic]:
    """Words, entries, and rows that are marked as uncertain and read as certain."""
    hedges = phrase(HEDGES, book.metadata.language)
    if hedges is None:
        return
    for run, notes in _runs(book):
        for span, sentence in _uncertain(run, notes, book.metadata.language):
            if not hedges.search(sentence):
                message = "the words are marked as uncertain, but their sentence states a fact"
                yield Diagnostic("uncertain-as-fact", span.location, message, _HINT)
    for what, location, words in _records(book):
        if not hedges.search(read_passage(words).text):
            message = f"{what} has the status uncertain, but its words state a fact"
            yield Diagnostic("uncertain-as-fact", location, message, _HINT)


def _runs(book: Book) -> Iterator[tuple[tuple[Inline, ...], Mapping[str, str]]]:
    """The passages that may say that something is uncertain; those of an edited text, whose words are another's, in its notes."""
    yield from ((run, {}) for run in own_passages(book))
    for page in book.pages:
        if page.witness is not None:
            notes = {note.slug: text_of(passages(note.blocks)) for note in page.notes}
            yield from ((run, notes) for run in text_passages(page))


def _uncertain(run: tuple[Inline, ...], notes: Mapping[str, str], language: str) -> Iterator[tuple[Span, str]]:
    """The uncertain words of a passage, and their sentence with the notes that it calls."""
    placed = list(extents(run))
    text = read_passage(run).text
    for inline, start, end in placed:
        if isinstance(inline, Span) and "uncertain" in inline.classes:
            first, last = sentence_around(text, start, end, language)
            called = (one.slug for one, at, _ in placed if isinstance(one, NoteRef) and first < at <= last)
            yield inline, " ".join((text[first:last], *(notes.get(slug, "") for slug in called)))


def _records(book: Book) -> Iterator[tuple[str, Location, tuple[Inline, ...]]]:
    """The entries and rows with the status uncertain, and their words."""
    for entry in book.glossary:
        if entry.status == "uncertain":
            yield f"the entry “{entry.id}”", entry.location, (*entry.gloss, *entry.role, *entry.fate)
    for event in book.chronology:
        if event.status == "uncertain":
            yield f"the row “{event.id}”", event.location, event.event
