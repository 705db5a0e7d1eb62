"""What is read back from a finished file: passages by their id, and where among their words the printed pages begin."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from publish.prove.compare import Joint, Unit
from publish.prove.words import normal

LINE_END = "\x1e"  # where a line of a PDF ends; white space for Python, as it should be

# A word that may go on in the next line: after a hyphen, a dash, an ellipsis or a slash, and an address at any place.
_BROKEN = rf"(?:(?<=[-\u00ad\u2010-\u2015\u2026/]){LINE_END}\S+)*"
_ADDRESS = rf"\S*://\S*(?:{LINE_END}\S+)*"
TOKEN = re.compile(rf"{_ADDRESS}|\S+{_BROKEN}")
LABEL = r"\d+|[ivxlcdm]+"  # what may be printed on a page for its number
HYPHENS = ("-", "\u2010", "\u00ad")
ELSEWHERE = frozenset({"note", "reason", "line"})  # no place for a page to begin


class Unreadable(Exception):
    """The file cannot be read, or its words cannot be found in it; says why."""


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where a printed page begins: before the unit `index` of `passage`, or in its midst, behind the characters `inside`.

    `passage` is "" where no words follow. `target` is the marker's own place in the file ("text/essay.xhtml#page-9").
    """

    label: str
    passage: str
    index: int
    inside: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Jump:
    """A link inside the book: its words, the id that it leads to, and the printed pages on which that may stand.

    `within` is the id of the page of the contents that the link is on, `note` the number of the note that it leads to, or 0.
    """

    words: str
    target: str
    pages: tuple[str, ...]
    within: str
    note: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a finished file, passage by passage, and its page list as labels and targets.

    `stray` are words in no passage and no page of the book. `jumps` are its links, `index` the lines of the index by their ids,
    `note_pages` the labels of the pages on which each note stands.
    """

    passages: Mapping[str, list[Unit]] = field(repr=False)
    page_starts: tuple[PageStart, ...] = ()
    page_list: tuple[tuple[str, str], ...] = ()
    stray: tuple[str, ...] = ()
    jumps: tuple[Jump, ...] = field(default=(), repr=False)
    index: Mapping[str, str] = field(default_factory=dict, repr=False)
    note_pages: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)


@dataclass(slots=True)
class _Open:
    """A passage while it is read. White space at its beginning is not kept."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    last: str = ""

    def add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)
        self.last = text[-1]

    def strip(self) -> None:
        """Takes away the white space at the end: what follows stands close."""
        while self.pieces and self.last.isspace():
            piece = self.pieces.pop()
            kept = piece.rstrip()
            self.length -= len(piece) - len(kept)
            if kept:
                self.pieces.append(kept)
            self.last = self.pieces[-1][-1] if self.pieces else ""


class Recorder:
    """Takes down a file's words in the order in which they are read.

    `wanted` gives the kind of each passage by its id; the words of a passage of the kind "made", or without id, are the machine's and
    are let go. A page begins at the first wanted word behind its marker; notes are no place for a page to begin, for they stand
    elsewhere in each output, nor are words of the source in a line or a page that the machine writes.
    """

    def __init__(self, wanted: Mapping[str, str]) -> None:
        self._wanted = wanted
        self._open: dict[str, _Open] = {}
        self._stack: list[str] = []
        self._pending: list[tuple[str, str]] = []  # label and target of the pages that no word has followed yet
        self._starts: list[tuple[tuple[str, str], str, int]] = []
        self._stray: list[str] = []

    def kind_of(self, name: str) -> str | None:
        """The kind of a passage; None if it is unknown."""
        return self._wanted.get(name) if name else "made"

    @property
    def page(self) -> str:
        """The id of the page of the contents that is being read."""
        return self._stack[0] if self._stack else ""

    @property
    def is_outside(self) -> bool:
        """Whether no passage has begun."""
        return not self._stack

    def begin(self, name: str) -> None:
        """What follows belongs to the passage `name`, until it ends."""
        self._stack.append(name)
        if self.kind_of(name) not in {None, "made"}:
            self._open.setdefault(name, _Open())

    def end(self) -> None:
        self._stack.pop()
        self.text("\n")

    def end_aside(self) -> None:
        """The passage ends; the one around it goes on in the midst of its line."""
        self._stack.pop()

    def text(self, text: str) -> None:
        passage, text = self._passage(), normal(text)
        if passage is None:
            self._let_go(text)
            return
        if not text:
            return
        if self._pending and not text.isspace() and self._wanted[self._stack[-1]] not in ELSEWHERE:
            self._settle(passage, text)
        passage.add(text)

    def close_by(self, text: str) -> None:
        """Text that stands close to the word before, as the call of a note does."""
        passage = self._passage()
        if passage is not None:
            passage.strip()
            passage.add(text)

    def mark(self, label: str, target: str = "") -> None:
        """A printed page begins here."""
        self._pending.append((label, target))

    def reading(self, page_list: tuple[tuple[str, str], ...] = ()) -> Reading:
        tokens = {name: list(TOKEN.finditer("".join(passage.pieces))) for name, passage in self._open.items()}
        offsets = {name: [token.start() for token in found] for name, found in tokens.items()}
        starts = [_page_start(mark, name, at, tokens[name], offsets[name]) for mark, name, at in self._starts]
        starts.extend(PageStart(label, "", 0, target=target) for label, target in self._pending)
        units = {name: [_unit(token.group()) for token in found] for name, found in tokens.items()}
        return Reading(units, tuple(starts), page_list, tuple(self._stray))

    def _let_go(self, text: str) -> None:
        if not text.isspace() and (self.is_outside or self.kind_of(self._stack[-1]) is None):
            self._stray += text.split()

    def _passage(self) -> _Open | None:
        return self._open.get(self._stack[-1]) if self._stack else None

    def _settle(self, passage: _Open, text: str) -> None:
        begins = passage.length + len(text) - len(text.lstrip())
        self._starts.extend((mark, self._stack[-1], begins) for mark in self._pending)
        self._pending.clear()


def _page_start(
    mark: tuple[str, str], name: str, at: int, tokens: Sequence[re.Match[str]], offsets: list[int]
) -> PageStart:
    """The marker's place in units: that of the unit that begins at this place of the text, or of the one around it."""
    index = bisect_right(offsets, at) - 1
    inside = tokens[index].group()[: at - offsets[index]].rstrip(LINE_END)
    return PageStart(mark[0], name, index, inside, mark[1])


def _unit(token: str) -> Unit:
    parts = token.split(LINE_END)
    return token if len(parts) == 1 else Joint(_readings(parts))


def _readings(parts: list[str]) -> tuple[tuple[str, ...], ...]:
    """Every way to read words that a line's end may have parted: the hyphen gone, the hyphen kept, two words."""
    ways = [("gone", "kept", "two") if part.endswith(HYPHENS) else ("kept", "two") for part in parts[:-1]]
    return tuple(_joined(parts, chosen) for chosen in product(*ways))


def _joined(parts: list[str], ways: tuple[str, ...]) -> tuple[str, ...]:
    words = [parts[0]]
    for way, part in zip(ways, parts[1:], strict=True):
        if way == "two":
            words.append(part)
        else:
            words[-1] = (words[-1][:-1] if way == "gone" else words[-1]) + part
    return tuple(words)
