"""References that say where they point: above or below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from publish.check.phrases import ABOVE, BELOW, EARLIER, ELSEWHERE, LATER, LEADING, SEE
from publish.check.words import extents, read_passage
from publish.diagnostics import Diagnostic
from publish.languages import in_language
from publish.model import (
    Block,
    Book,
    Division,
    Figure,
    Heading,
    Inline,
    ItemList,
    Link,
    Note,
    NoteRef,
    Page,
    Paragraph,
    Quotation,
    Span,
    Table,
)
from publish.model.walk import cells

Notes: TypeAlias = Mapping[str, Note]


@dataclass(frozen=True, slots=True)
class Reference:
    """A cross-reference with the words before, in and behind it."""

    link: Link
    before: str
    words: str
    behind: str


# A stop of whoever reads the book from its beginning: a place with an id, or a reference.
Stop: TypeAlias = str | Reference


def reference_direction(book: Book) -> Iterator[Diagnostic]:
    """References that are said to point above and point below, or the other way round."""
    saying = _Saying.of(book.metadata.language)
    if saying is None:
        return
    stops = list(reading_order(book))
    places = {stop: number for number, stop in reversed(list(enumerate(stops))) if isinstance(stop, str)}
    for number, stop in enumerate(stops):
        if isinstance(stop, Reference) and (there := places.get(stop.link.target.removeprefix("#"))) is not None:
            found = saying.direction(stop)
            if found and found.above != (there < number):
                stands = "above" if there < number else "below"
                message = f"“{stop.link.target[1:]}” stands {stands}, and the words say “{found.word}”"
                yield Diagnostic("reference-direction", stop.link.location, message)


# -------------------------------------------------------------------------------------------- the words of a direction


@dataclass(frozen=True, slots=True)
class Direction:
    word: str
    above: bool


@dataclass(frozen=True, slots=True)
class _Saying:
    """How a language says it: in front of a reference, in its words, and behind it."""

    before: re.Pattern[str]
    within: re.Pattern[str]
    behind: re.Pattern[str]
    above: re.Pattern[str]

    @classmethod
    def of(cls, language: str) -> _Saying | None:
        tables = (ABOVE, BELOW, EARLIER, LATER, SEE, LEADING, ELSEWHERE)
        above, below, earlier, later, see, leading, elsewhere = (in_language(table, language) for table in tables)
        if above is None:
            return None
        sides = f"(?P<word>{above}|{below})"
        times = f"(?P<time>{earlier}|{later})"
        joined = rf"(?:[\s,:(]+(?:{leading})\b)*"
        return cls(
            before=_compiled(rf"\b(?:{sides}(?P<joined>{joined}[\s,:(]*)|(?:{see})\.?\s+{times}[\s,:(]*)$"),
            within=re.compile(rf"(?:^|\s){sides}$"),  # a capital would be that of a title
            behind=_compiled(rf"^[\s,()]*(?:{sides}(?!\w|\s+(?:{elsewhere})\b)|{times}\s*(?:[.;)]|$))"),
            above=_compiled(f"{above}|{earlier}"),
        )

    def direction(self, reference: Reference) -> Direction | None:
        """The direction that the words around a reference say; None if they say none."""
        found = self.within.search(reference.words) or self.behind.search(reference.behind) or self._before(reference)
        if not found:
            return None
        word = found["word"] or found.groupdict().get("time") or ""
        return Direction(word, bool(self.above.fullmatch(word)))

    def _before(self, reference: Reference) -> re.Match[str] | None:
        """Right before words of its own, without a mark between, "above" may as well be where something stands."""
        found = self.before.search(reference.before)
        is_place = found and found["word"] and reference.words and not found["joined"].strip()
        return None if is_place else found


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# ------------------------------------------------------------------------------------------------- the order of reading


def reading_order(book: Book) -> Iterator[Stop]:
    """Every id and every reference, in the order in which the book is read: a note where it is called, lists as they are printed."""
    for page in book.pages:
        notes = {note.slug: note for note in page.notes}
        yield page.id
        yield from _run(page.title, notes)
        yield from _blocks(page.blocks, notes)
        yield from _list(page, book)


def _list(page: Page, book: Book) -> Iterator[Stop]:
    """The entries of the glossary or the rows of the chronology, on their page."""
    if page.role == "glossary":
        for entry in sorted(book.glossary, key=lambda one: (one.sort or one.headword).casefold()):
            yield f"term-{entry.id}"
            for run in (entry.gloss, entry.role, entry.fate):
                yield from _run(run, {})
    if page.role == "chronology":
        for event in sorted(book.chronology, key=lambda one: one.when):
            yield f"event-{event.id}"
            yield from _run(event.event, {})


def _blocks(blocks: tuple[Block, ...], notes: Notes) -> Iterator[Stop]:
    for block in blocks:
        match block:
            case Heading(id=name, children=run) | Paragraph(id=name, children=run) | Figure(id=name, caption=run):
                yield name
                yield from _run(run, notes)
            case Table():
                for cell in cells(block):
                    yield cell.id
                    yield from _run(cell.children, notes)
            case Division(blocks=inside, id=name):
                yield name
                yield from _blocks(inside, notes)
            case Quotation(blocks=inside):
                yield from _blocks(inside, notes)
            case ItemList(items=items):
                for item in items:
                    yield from _blocks(item, notes)
            case _:
                pass


def _run(run: tuple[Inline, ...], notes: Notes) -> Iterator[Stop]:
    text = read_passage(run).text.rstrip()
    for inline, start, end in extents(run):
        if isinstance(inline, Span) and inline.id:
            yield inline.id
        elif isinstance(inline, Link) and inline.target.startswith("#"):
            yield Reference(inline, text[:start], text[start:end], text[end:])
        elif isinstance(inline, NoteRef) and inline.slug in notes:
            yield from _blocks(notes[inline.slug].blocks, notes)
