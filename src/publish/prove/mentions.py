"""Where the text speaks of what the index lists, found in the `Book` itself: mentions of glossary entries, and passages that are marked.

By other code than the renderer's, and with less knowledge of the language: of a form with letters more ("Stalins") it is only said that it
may be a mention.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from publish.diagnostics import Location
from publish.model import RUNNING_TEXT, Block, Book, Code, CodeBlock, Division, Entry, Inline, Link, Span, Term
from publish.prove.words import WORD, Collector, add_blocks, add_inlines, add_page

MASK = "_"  # for words in which no mention is looked for; it counts as a letter, so that no word ends beside it
_QUOTES = {"'": "['‘’]", "‘": "['‘’]", "’": "['‘’]", '"': '["“”]', "“": '["“”]', "”": '["“”]'}
_SPACE = r"(?:\[\d+\])?\s+"  # between the words of a form a note may be called


@dataclass(frozen=True, slots=True, order=True)
class At:
    """A place in a passage: a word's index, and a character in that word."""

    index: int
    inside: int = 0


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words that speak of something: the id of its entry or heading, and from where to where in which passage they stand.

    `surely`: the index has to list them; otherwise it may. `marked`: an editor says so, and not the words.
    """

    of: str
    passage: str
    first: At
    last: At
    surely: bool = True
    marked: bool = False


def spoken_of(book: Book) -> Iterator[Spoken]:
    """All that the index may lead to, passage by passage."""
    forms = _Forms(book.glossary)
    for page in book.pages:
        into = _Marks(page.id)
        add_page(into, page)
        yield from into.spoken(forms if page.role in RUNNING_TEXT else None)
        for note in page.notes:
            into = _Marks(note.id)
            add_blocks(into, note.blocks)
            yield from into.spoken(forms)
    for name, inlines in _of_records(book):
        into = _Marks(name)
        add_inlines(into, inlines)
        yield from into.spoken(None)


def _of_records(book: Book) -> Iterator[tuple[str, tuple[Inline, ...]]]:
    for entry in book.glossary:
        for part, inlines in (("gloss", entry.gloss), ("role", entry.role), ("fate", entry.fate)):
            yield f"term-{entry.id}-{part}", inlines
    yield from ((f"event-{event.id}-what", event.event) for event in book.chronology)


# --------------------------------------------------------------------------------------------------------------- a passage


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Words by their offsets in the passage, and what they speak of; the other two as in `Spoken`."""

    of: str
    start: int
    end: int
    surely: bool = True
    marked: bool = False


class _Marks(Collector):
    """Gathers the text of a passage, and what is marked in it. In a `closed` stretch no mention is looked for."""

    def __init__(self, name: str) -> None:
        super().__init__(Location(""), {})
        self.name = name
        self.open: list[int] = []
        self.links = 0
        self.marked: list[_Stretch] = []
        self.by_hand: list[_Stretch] = []
        self.closed: list[tuple[int, int]] = []

    def enter(self, node: Block | Inline) -> None:
        self.open.append(self.length)
        self.links += isinstance(node, Link)

    def leave(self, node: Block | Inline) -> None:
        self.links -= isinstance(node, Link)
        start, end = self.open.pop(), self.length
        if isinstance(node, Span | Division):
            self.marked += (_Stretch(name, start, end, marked=True) for name in node.indexed)
        if isinstance(node, Span) and node.term:
            self.by_hand.append(_Stretch(node.term, start, end, surely=not self.links))
        if _is_closed(node):
            self.closed.append((start, end))

    def spoken(self, forms: _Forms | None) -> Iterator[Spoken]:
        """What the passage speaks of: by its marks, and in running text, where there are `forms`, by its words."""
        text = "".join(self.pieces)
        offsets = [found.start() for found in WORD.finditer(text)]
        said = [*self.by_hand, *forms.found(self._masked(text))] if forms else []
        for one in (*self.marked, *said):
            words = text[one.start : one.end]
            first = one.start + len(words) - len(words.lstrip())
            last = max(first, one.start + len(words.rstrip()) - 1)
            yield Spoken(one.of, self.name, _at(first, offsets), _at(last, offsets), one.surely, one.marked)

    def _masked(self, text: str) -> str:
        letters = list(text)
        for start, end in self.closed:
            letters[start:end] = MASK * len(letters[start:end])
        return "".join(letters)


def _at(offset: int, offsets: list[int]) -> At:
    index = max(bisect_right(offsets, offset) - 1, 0)
    return At(index, offset - offsets[index] if offsets else 0)


def _is_closed(node: Block | Inline) -> bool:
    if isinstance(node, Span):
        return bool(node.term or node.cites or "noterm" in node.classes)
    return isinstance(node, Term | Code | CodeBlock)


# ------------------------------------------------------------------------------------------------------------------- forms


class _Forms:
    """The forms of all entries as one pattern, the longest first, each with up to two letters more, or a plural in -ies."""

    def __init__(self, glossary: Iterable[Entry]) -> None:
        self.entries: dict[str, str] = {}
        for entry in glossary:
            for form in (entry.headword, *entry.forms) if entry.link != "none" else ():
                self.entries.setdefault(_level(form), entry.id)
        self.forms = sorted(filter(None, self.entries), key=len, reverse=True)
        patterns = "|".join(f"({_pattern(form)})" for form in self.forms) or "(?!)"
        begins = "".join(sorted({re.escape(sign) for form in self.forms for sign in _QUOTES.get(form[0], form[0])}))
        self.pattern = re.compile(rf"(?<!\w)(?=[{begins or 'x'}])(?:{patterns})(?!\w|['’](?!s\b)\w)")

    def found(self, text: str) -> Iterator[_Stretch]:
        """Each mention; surely one if it is the very form."""
        for match in self.pattern.finditer(text):
            form = self.forms[(match.lastindex or 1) - 1]
            yield _Stretch(self.entries[form], match.start(), match.end(), surely=_level(match[0]) == form)


def _level(form: str) -> str:
    """A form without the difference of spaces, of kinds of quotation marks, and of calls of notes."""
    plain = re.sub(r"\[\d+\]", "", form).translate(str.maketrans("‘’“”", "''\"\""))
    return " ".join(plain.split())


def _pattern(form: str) -> str:
    words = _SPACE.join("".join(_QUOTES.get(sign, re.escape(sign)) for sign in word) for word in form.split())
    before = r"(?<!\w\.)" if re.match(r"\w\.", form) else ""
    if not form[-1].isalpha():
        return f"{before}{words}"
    return rf"{before}(?:{words}\w{{0,2}}|{words[:-1]}ies)" if form.endswith("y") else rf"{before}{words}\w{{0,2}}"
