"""The printed pages in the e-book: which document and which word each of their markers stands at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress, count, islice

from publish.model import PageBreak, PrintedPage

_DASHES = "—–"  # a line may end behind one, and a word begins after it; a hyphen joins a word
_SPACES = "\u00a0\u202f"
_OPENING = re.compile(rf"(?<!\S)[^\w\s]+[{_SPACES}]\Z")  # a quotation mark and its space: they go with the word


@dataclass(frozen=True, slots=True)
class Breaks:
    """The markers by the place where they are to be written.

    `in_blocks` are (offset, label) by the id of the block, offsets as in `PrintedPage`; `first` and `last` are labels by document, for
    the pages that begin before its first words or after its last ones.
    """

    in_blocks: Mapping[str, Sequence[tuple[int, str]]] = field(default_factory=dict)
    first: Mapping[str, Sequence[str]] = field(default_factory=dict)
    last: Mapping[str, Sequence[str]] = field(default_factory=dict)
    listed: tuple[PageBreak, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """The documents that take in pages without words of their own: the one of the contents, the last of the text; "" if not there."""

    contents: str
    end: str


def place_breaks(pages: Iterable[PrintedPage], documents: Mapping[str, str], blocks: set[str], frame: Frame) -> Breaks:
    """Find the place of every printed page; none is left out.

    A page without words of the e-book goes right before the next page's marker; behind the last, to the end of the text. The pages of
    the printed contents go to the navigation document.
    """
    placer = _Placer(documents, blocks, frame)
    for page in pages:
        placer.place(page)
    placer.finish()
    return Breaks(placer.in_blocks, placer.first, placer.last, tuple(placer.listed))


class _Placer:
    def __init__(self, documents: Mapping[str, str], blocks: set[str], frame: Frame) -> None:
        self._documents, self._blocks, self._frame = documents, blocks, frame
        self._waiting: list[str] = []
        self.in_blocks: dict[str, list[tuple[int, str]]] = {}
        self.first: dict[str, list[str]] = {}
        self.last: dict[str, list[str]] = {}
        self.listed: list[PageBreak] = []

    def place(self, page: PrintedPage) -> None:
        document = self._documents.get(page.block, "")
        if document and document == self._frame.contents:
            self._put(self.first.setdefault(document, []), document, page.label)
        elif document and page.block in self._blocks:
            self._put_in_block(document, page)
        else:
            self._waiting.append(page.label)

    def finish(self) -> None:
        if self._waiting:
            last = self._waiting.pop()
            self._put(self.last.setdefault(self._frame.end, []), self._frame.end, last)

    def _put(self, labels: list[str], document: str, label: str) -> None:
        labels.extend(self._release(document, label))

    def _put_in_block(self, document: str, page: PrintedPage) -> None:
        marks = self.in_blocks.setdefault(page.block, [])
        marks.extend((page.offset, label) for label in self._release(document, page.label))

    def _release(self, document: str, label: str) -> list[str]:
        """The labels that were waiting for a place, and this one; all of them are listed."""
        labels = [*self._waiting, label]
        self._waiting.clear()
        self.listed.extend(PageBreak(each, f"{document}#{marker_id(each)}") for each in labels)
        return labels


def marker_id(label: str) -> str:
    return f"page-{label}"


# ------------------------------------------------------------------------------------------------------------- in a block


def positions(text: str, offsets: Sequence[int]) -> Iterator[int]:
    """Where in a block's text the markers for these offsets (rising, of letters and digits) stand: at the beginning of a word.

    A page that begins inside a word, hyphenated over the two pages, has its marker behind that word.
    """
    letters = list(islice(compress(count(), map(str.isalnum, text)), offsets[-1] + 1)) if offsets else []
    for offset in offsets:
        yield _word_start(text, letters[offset] if offset < len(letters) else len(text))


def _word_start(text: str, at: int) -> int:
    """The place for a marker before the letter at `at`: where its word begins, or behind the word if it began earlier."""
    begin = at
    while begin > 0 and not text[begin - 1].isalnum() and not _parts(text[begin - 1]):
        begin -= 1
    if begin and text[begin - 1] in _SPACES and (opening := _OPENING.search(text, 0, begin)):
        return opening.start()
    if begin == 0 or _parts(text[begin - 1]):
        return begin
    return _word_end(text, at)


def _word_end(text: str, at: int) -> int:
    while at < len(text) and not _parts(text[at]):
        at += 1
    while at < len(text) and _parts(text[at]):
        at += 1
    return at


def _parts(sign: str) -> bool:
    """Does the sign part two words?"""
    return sign.isspace() or sign in _DASHES
