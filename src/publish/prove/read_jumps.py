"""The links of an e-book, read back from its bytes, with the printed page that each leads to; and the lines of its index.

An element stands on the printed page on which its first word does: behind the marker of that page, before the next one's.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from publish.model import Artifact
from publish.prove.read_epub import XHTML, Element, documents, resolved
from publish.prove.reading import Jump, Unreadable
from publish.prove.reasons import reason
from publish.prove.words import normal

CALLS = frozenset({"noteref", "back"})  # classes of links whose numbers are those of notes


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A link as it stands in its document."""

    words: str
    target: str
    within: str


@dataclass(slots=True)
class Jumps:
    """Where every id of an e-book stands: the printed pages by label, in order, the ids on them, the ids in notes, and the links."""

    labels: list[str] = field(default_factory=list)
    pages: dict[str, int] = field(default_factory=dict)  # by path and id: the number of page markers before
    notes: dict[str, str] = field(default_factory=dict)  # by path and id: the id of the note that it stands in
    numbers: dict[str, int] = field(default_factory=dict)  # of the notes, by id
    anchors: list[_Anchor] = field(default_factory=list)
    index: dict[str, str] = field(default_factory=dict)

    def all(self) -> tuple[Jump, ...]:
        """The links inside the book. What stands in a note is on the page of its call, or if the note runs over on the next."""
        calls = {target.rpartition("#")[2]: page for target, page in self.pages.items()}
        return tuple(self._jump(anchor, calls) for anchor in self.anchors)

    def _jump(self, anchor: _Anchor, calls: dict[str, int]) -> Jump:
        note, name = self.notes.get(anchor.target, ""), anchor.target.rpartition("#")[2]
        place = calls.get(f"noteref-{note.removeprefix('note-')}") if note else self.pages.get(anchor.target)
        pages = () if place is None else self.labels[max(place - 1, 0) : place + bool(note)]
        return Jump(anchor.words, name, tuple(pages), anchor.within, self.numbers.get(note, 0))


def read_jumps(artifact: Artifact) -> Jumps:
    """Reads the documents of the spine. Raises `Unreadable` when the file is no e-book, or holds XML that is not well formed."""
    try:
        with zipfile.ZipFile(io.BytesIO(artifact.data)) as archive:
            found = Jumps()
            for path, body in documents(archive):
                _Walk(found, path).inside(body)
            return found
    except (zipfile.BadZipFile, KeyError, ET.ParseError, StopIteration) as error:
        raise Unreadable(f"{artifact.name} cannot be read as an e-book: {reason(error)}") from error


@dataclass(slots=True)
class _Walk:
    """Goes through a document in its order."""

    found: Jumps
    path: str
    within: str = ""
    note: str = ""
    waiting: list[str] = field(default_factory=list)  # ids that no word has followed yet

    def inside(self, element: Element) -> None:
        self._text(element.text)
        for child in element:
            if isinstance(child.tag, str):  # not a comment
                self._enter(child)
            self._text(child.tail)

    def _enter(self, element: Element) -> None:
        classes = set(element.get("class", "").split())
        if "page" in classes and not self.within:
            self.within = element.get("id", "")
        if "page-break" in classes:
            self.found.labels.append(element.get("aria-label", ""))
        note, self.note = self.note, element.get("id", "") if classes & {"note", "page"} == {"note"} else self.note
        key = f"{self.path}#{element.get('id', '')}"
        self.waiting.append(key)
        self.found.notes[key] = self.note
        self.inside(element)
        self._settle([key])  # an element without words stands where it ends
        self._note_down(element, classes)
        self.note = note

    def _note_down(self, element: Element, classes: set[str]) -> None:
        """Takes down a link, the number of a note on its way back, or a line of the index."""
        href = element.get("href", "") if element.tag == f"{XHTML}a" else ""
        if "#" in href and "://" not in href and not classes & CALLS:
            self.found.anchors.append(_Anchor(_words(element), resolved(self.path, href), self.within))
        if "back" in classes and (number := _words(element)).isdecimal():
            self.found.numbers[self.note] = int(number)
        if element.get("id", "").startswith("index-"):
            self.found.index[element.get("id", "")] = _words(element)

    def _text(self, text: str | None) -> None:
        if text and not text.isspace():
            self._settle(self.waiting)
            self.waiting = []

    def _settle(self, keys: list[str]) -> None:
        for key in keys:
            self.found.pages.setdefault(key, len(self.found.labels))


def _words(element: Element) -> str:
    return " ".join(normal("".join(element.itertext())).split())
