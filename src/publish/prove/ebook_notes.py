"""The rules on an e-book's notes that no validator has: with them they pop up on every device, and can be read as a page on the others.

Apple shows a note on the page if call and note say by `epub:type` what they are, and nothing stands in the call but its number (Apple Books
Asset Guide 5.3, "Pop-up Footnotes"); Kobo if it has 9 to 5,000 characters and comes after its call (kobolabs/epub-spec,
"Footnotes/Endnotes"); Kindle if call and note lead to each other (KDP, "Hyperlink Guidelines"), with the way back before the note's words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from publish.prove.ebook import Ebook, Tag
from publish.prove.read_epub import XHTML

SHORTEST, LONGEST = 9, 5000  # characters of a note that Kobo lets pop up
CALL = "noteref"
NOTE = ("footnote", "endnote")


class Fault(NamedTuple):
    """A broken rule, what is wrong, and the element; None for what the e-book says of itself."""

    rule: str
    tag: Tag | None
    message: str


@dataclass(frozen=True, slots=True)
class Notes:
    """The calls and the notes of an e-book, in the order of reading, and what links can lead to."""

    calls: tuple[Tag, ...]
    notes: tuple[Tag, ...]
    targets: Mapping[str, Tag]
    order: Mapping[str, int]

    @classmethod
    def of(cls, ebook: Ebook) -> Notes:
        calls, notes = tuple(ebook.with_type(CALL)), tuple(ebook.with_type(*NOTE))
        order = {path: number for number, path in enumerate(ebook.spine)}
        return cls(calls, notes, ebook.targets(), order)

    def first_calls(self) -> dict[str, Tag]:
        """The first call of each note, by the note's place, in the order of reading."""
        first: dict[str, Tag] = {}
        for call in self.calls:
            first.setdefault(call.target, call)
        return first

    def is_after(self, one: Tag, other: Tag) -> bool:
        """Whether an element comes after another in the order of reading."""
        return (self.order[one.path], one.number) > (self.order[other.path], other.number)


def check_notes(ebook: Ebook) -> Iterator[Fault]:
    """Everything that is wrong with the notes."""
    notes = Notes.of(ebook)
    for call in notes.calls:
        yield from check_call(call, notes)
    yield from check_series(notes)
    first = notes.first_calls()
    for note in notes.notes:
        call_of_it = first.get(f"{note.path}#{note.id}")
        if call_of_it is None:
            yield Fault("ebook-note-call", note, f"no call leads to the note “{note.id}”")
        else:
            yield from check_way_back(note, call_of_it, notes)
        yield from check_length(note, SHORTEST, LONGEST)


def check_call(call: Tag, notes: Notes) -> Iterator[Fault]:
    """A call holds its number and nothing else, and leads to a note."""
    if len(call.element) or not call.text.isdigit():
        yield Fault("ebook-note-call", call, f"the call “{call.text}” of a note holds something beside its number")
    target = notes.targets.get(call.target)
    if target is None or not target.types.intersection(NOTE):
        yield Fault("ebook-note-call", call, f"the call “{call.text}” leads to “{call.target}”, which is no note")


def check_series(notes: Notes) -> Iterator[Fault]:
    """The notes of the whole book are numbered in one series, in the order of their calls."""
    for number, call in enumerate(notes.first_calls().values(), start=1):
        if call.text.isdigit() and call.text != str(number):
            yield Fault(
                "ebook-note-order", call, f"the call “{call.text}” stands where the book calls its note {number}"
            )
            return


def check_way_back(note: Tag, call: Tag, notes: Notes) -> Iterator[Fault]:
    """A note comes after its call, and begins with the link back to it."""
    if not notes.is_after(note, call):
        yield Fault("ebook-note-order", note, f"the note “{note.id}” stands before its call “{call.text}”")
    back = next(note.element.iter(f"{XHTML}a"), None)
    link = None if back is None else note._replace(element=back)
    if link is None or link.target != f"{call.path}#{call.id}":
        yield Fault("ebook-note-back", note, f"the first link of the note “{note.id}” does not lead back to its call")
    elif not note.text.startswith(link.text):
        yield Fault("ebook-note-back", note, f"words stand before the link of the note “{note.id}” back to its call")


def check_length(note: Tag, shortest: int, longest: int) -> Iterator[Fault]:
    """A note has as many characters as a pop-up can show."""
    length = len(note.text)
    if not shortest <= length <= longest:
        message = (
            f"the note “{note.id}” has {length:,} characters; {shortest:,} to {longest:,} can be shown as a pop-up"
        )
        yield Fault("ebook-note-length", note, message)
