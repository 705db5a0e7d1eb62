"""The index: every mark and every reference in it must lead somewhere, and every heading to something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from publish.check.glossary import refers_twice
from publish.check.places import place_of
from publish.check.words import PARAGRAPH, begins, book_spans, text_of
from publish.diagnostics import Diagnostic, Location, did_you_mean
from publish.model import RUNNING_TEXT, Book, Division, Entry, IndexHeading, Span
from publish.model.walk import passages, text_passages, walk_blocks


def unknown_index(book: Book) -> Iterator[Diagnostic]:
    """Marks in the text, and references of headings, that name neither a heading of the index nor an entry of the glossary."""
    known = _known(book)
    for mark in _marks(book):
        for name in mark.indexed:
            if name not in known:
                message = f"neither the index nor the glossary has “{name}”"
                yield Diagnostic("unknown-index", mark.location, message, did_you_mean(name, known))
    for heading in book.index:
        for key, name in _referred(heading):
            if name not in known or name == heading.id:
                what = "refers to itself" if name == heading.id else f"refers to “{name}”, which is not there"
                place = place_of(book, heading.location, key, name)
                hint = did_you_mean(name, known - {heading.id})
                yield Diagnostic("unknown-index", place, f"the heading “{heading.id}” {what}", hint)


def index_too_deep(book: Book) -> Iterator[Diagnostic]:
    """Headings under a heading that stands under another itself."""
    headings = {heading.id: heading for heading in book.index}
    for heading in book.index:
        above = headings.get(heading.under)
        if above and above.under and above is not heading:
            message = f"“{heading.id}” stands under “{above.id}”, which stands under “{above.under}”"
            place = place_of(book, heading.location, "under", above.id)
            yield Diagnostic("index-too-deep", place, message, f"put it under “{above.under}” too, or under none")


def index_unmarked(book: Book) -> Iterator[Diagnostic]:
    """Headings that lead to nothing: no passage is marked with them, nothing stands under them, and they refer to no other."""
    marked = {name for mark in _marks(book) for name in mark.indexed}
    above = {heading.under for heading in book.index}
    for heading in book.index:
        if not heading.see and heading.id not in marked | above:
            message = f"no passage is marked with “{heading.id}”, and no heading stands under it"
            hint = f"mark one, [words]{{index={heading.id}}}, or say what to see instead"
            yield Diagnostic("index-unmarked", place_of(book, heading.location, "id", heading.id), message, hint)


def index_blind_see(book: Book) -> Iterator[Diagnostic]:
    """References to a heading or entry that has no pages in the index."""
    leads = _Leads.of(book)
    for heading in book.index:
        for key, name in _referred(heading):
            if key != "under" and name != heading.id and leads.nowhere(name):
                message = f"“{heading.id}” sends the reader to “{name}”, which has no pages in the index"
                hint = "refer to one that has, or mark a passage with it"
                yield Diagnostic("index-blind-see", place_of(book, heading.location, key, name), message, hint)


def index_circular(book: Book) -> Iterator[Diagnostic]:
    """References from a heading to the one that it stands under, or to one that stands under it: the reader is there already."""
    headings = {heading.id: heading for heading in book.index}
    for heading in book.index:
        for key, name in _referred(heading):
            other = headings.get(name)
            if key != "under" and (name == heading.under or (other and other.under == heading.id)):
                message = f"“{heading.id}” sends the reader to “{name}”, beside which it is printed"
                place = place_of(book, heading.location, key, name)
                yield Diagnostic("index-circular", place, message, f"take {name} out of {key}")


def index_see_with_pages(book: Book) -> Iterator[Diagnostic]:
    """Headings that say what to see instead, and have pages, or headings under them, after all."""
    marked = {name for mark in _marks(book) for name in mark.indexed}
    above = {heading.under for heading in book.index}
    for heading in book.index:
        if heading.see and heading.id in marked | above:
            what = "passages are marked with it" if heading.id in marked else "headings stand under it"
            message = f"“{heading.id}” says what to see instead, but {what}"
            place = place_of(book, heading.location, "see", heading.see[0])
            yield Diagnostic("index-see-with-pages", place, message, "write see-also, or mark what it names")


def index_twice(book: Book) -> Iterator[Diagnostic]:
    """References from a heading to the same one twice."""
    for heading in book.index:
        yield from refers_twice(book, heading, [one for one in _referred(heading) if one[0] != "under"])


def index_one_way(book: Book) -> Iterator[Diagnostic]:
    """References from a heading to one that does not refer back. An entry of the glossary cannot, and need not."""
    headings = {heading.id: heading for heading in book.index}
    for heading in book.index:
        for name in heading.see_also:
            other = headings.get(name)
            if other and other is not heading and heading.id not in other.see_also:
                message = f"“{heading.id}” refers to “{name}”, but “{name}” does not refer back"
                place = place_of(book, heading.location, "see-also", name)
                yield Diagnostic("see-also-one-way", place, message, f"add {heading.id} to see-also of {name}")


def index_missing(book: Book) -> Iterator[Diagnostic]:
    """A page for an index in which nothing could stand."""
    for page in book.pages:
        if page.role == "index" and not book.index and not book.glossary:
            message = "the contents has a page for the index, but there are no headings and no glossary entries"
            hint = "write book/index.yaml, or take the page out of contents"
            yield Diagnostic("index-missing", page.location, message, hint)


def index_not_listed(book: Book) -> Iterator[Diagnostic]:
    """Headings of an index that has no page in the contents."""
    if book.index and all(page.role != "index" for page in book.pages):
        place = place_of(book, Location("book/book.yaml"), "contents")
        message = "the book has headings for an index, but its contents has no page for it"
        yield Diagnostic("index-not-listed", place, message, "add “- role: index” to contents")


def _known(book: Book) -> set[str]:
    return {heading.id for heading in book.index} | {entry.id for entry in book.glossary}


def _referred(heading: IndexHeading) -> Iterator[tuple[str, str]]:
    """The key and the id of everything that a heading names."""
    if heading.under:
        yield "under", heading.under
    yield from (("see", name) for name in heading.see)
    yield from (("see-also", name) for name in heading.see_also)


def _marks(book: Book) -> Iterator[Span | Division]:
    """Everything in the text that is marked for the index."""
    yield from (span for span in book_spans(book) if span.indexed)
    for page in book.pages:
        for group in (page.blocks, *(note.blocks for note in page.notes)):
            for block in walk_blocks(group):
                if isinstance(block, Division) and block.indexed:
                    yield block


@dataclass(frozen=True, slots=True)
class _Leads:
    """What leads to pages: `marked` and `above` are ids with a marked passage, or with headings under them; `text` is the running text."""

    entries: dict[str, Entry]
    headings: dict[str, IndexHeading]
    marked: frozenset[str]
    text: str

    @classmethod
    def of(cls, book: Book) -> _Leads:
        marked = {name for mark in _marks(book) for name in mark.indexed}
        by_hand = {span.term for span in book_spans(book) if span.term}
        above = {heading.under for heading in book.index if heading.under}
        return cls(
            {entry.id: entry for entry in book.glossary},
            {heading.id: heading for heading in book.index},
            frozenset(marked | by_hand | above),
            _running_text(book),
        )

    def nowhere(self, name: str) -> bool:
        """Whether this is a heading or an entry, and has no pages."""
        if name in self.marked or name not in self.headings.keys() | self.entries.keys():
            return False
        return name in self.headings or not self._is_mentioned(self.entries[name])

    def _is_mentioned(self, entry: Entry) -> bool:
        if "none" in {entry.link, entry.index}:
            return False
        return any(True for form in (entry.headword, *entry.forms) for _ in begins(form, self.text))


def _running_text(book: Book) -> str:
    """The text in which mentions count: the pages of running text, and all notes."""
    texts = [run for page in book.pages if page.role in RUNNING_TEXT for run in text_passages(page)]
    notes = [run for page in book.pages for note in page.notes for run in passages(note.blocks)]
    return " ".join(text_of((*texts, *notes)).replace(PARAGRAPH, " ").split())
