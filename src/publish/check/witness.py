"""The proof of an edited text: with every emendation undone it is the witness, word for word and paragraph for paragraph.

Nothing is normalised but quotation marks, whose shape is the typesetter's, and white space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from publish.check.comparison import Difference, differences
from publish.check.words import PARAGRAPH, Reading, level_quotes, read, rejected
from publish.diagnostics import Diagnostic, Location
from publish.model import Book, Page, Witness
from publish.model.walk import text_passages

# Whether a space stands inside a mark (as in French) is no word's matter either.
_INNER_SPACE = re.compile("(?<=[«‹])[\u00a0\u202f]|[\u00a0\u202f](?=[»›])")

# A token is a word or, white space all through, the break between two paragraphs: the separator of a reading, in a
# witness an empty line.
_READING_TOKEN = re.compile(rf"\s*{PARAGRAPH}\s*|\S+")
_WITNESS_TOKEN = re.compile(r"\s*\n[^\S\n]*\n\s*|\S+")

# A text that differs in more places than this is told in so many: the rest follows from them or is of the same kind.
MOST_DIFFERENCES = 20
MOST_WORDS = 8


def _level(text: str) -> str:
    return level_quotes(_INNER_SPACE.sub("", text) if "\u00a0" in text or "\u202f" in text else text)


@dataclass(frozen=True, slots=True)
class Row:
    """A text as tokens; a paragraph break is the token `PARAGRAPH`. `offsets` tells where in the text each token begins."""

    text: str
    pattern: re.Pattern[str]
    tokens: list[str]

    @classmethod
    def of(cls, text: str, pattern: re.Pattern[str]) -> Row:
        found = pattern.findall(text.strip())
        return cls(text, pattern, [PARAGRAPH if one.isspace() else one for one in found])

    def offsets(self) -> list[int]:
        start = len(self.text) - len(self.text.lstrip())
        return [match.start() for match in self.pattern.finditer(self.text, start, len(self.text.rstrip()))]


def witness_differs(book: Book) -> Iterator[Diagnostic]:
    """The places where an edited text, its emendations undone, is not its witness."""
    for page in book.pages:
        if page.witness is not None:
            yield from _compare(page, page.witness)


def _compare(page: Page, witness: Witness) -> Iterator[Diagnostic]:
    reading = read(text_passages(page), rejected, _level)
    witness = replace(witness, text=_level(witness.text))
    here, there = Row.of(reading.text, _READING_TOKEN), Row.of(witness.text, _WITNESS_TOKEN)
    if here.tokens == there.tokens:
        return
    sides = _Sides(page, reading, here.tokens, here.offsets(), witness, there.tokens, there.offsets())
    found = differences(here.tokens, there.tokens)
    for difference in islice(found, MOST_DIFFERENCES):
        yield _told(difference, sides)
    if next(found, None) is not None:
        yield Diagnostic(
            "witness-differs",
            Location(page.location.file),
            f"there are more than {MOST_DIFFERENCES} differences from the witness {witness.file}; the first are told",
        )


@dataclass(frozen=True, slots=True)
class _Sides:
    """Both texts as tokens with their offsets: here the page's, there the witness'."""

    page: Page
    reading: Reading
    here: list[str]
    here_offsets: list[int]
    witness: Witness
    there: list[str]
    there_offsets: list[int]

    def place(self, index: int) -> Location:
        """The place of a token in the source of the page; past the end, of the last one."""
        if not self.here:
            return self.page.location
        offset = self.here_offsets[min(index, len(self.here) - 1)]
        if index < len(self.here) and self.here[index] == PARAGRAPH:
            offset -= 1
        return self.reading.at(offset)

    def witness_line(self, index: int) -> str:
        offset = self.there_offsets[min(index, len(self.there) - 1)] if self.there else 0
        return f"{self.witness.file}, line {self.witness.text.count(chr(10), 0, offset) + 1}"


def _told(difference: Difference, sides: _Sides) -> Diagnostic:
    ours = sides.here[difference.left_start : difference.left_end]
    theirs = sides.there[difference.right_start : difference.right_end]
    where = sides.witness_line(difference.right_start)
    message, hint = _words_of(ours, theirs, where)
    return Diagnostic("witness-differs", sides.place(difference.left_start), message, hint)


def _words_of(ours: list[str], theirs: list[str], where: str) -> tuple[str, str]:
    """The message and the hint for words of the page that stand in place of words of the witness."""
    match ours, theirs:
        case [], [one] if one == PARAGRAPH:
            return f"the witness has a paragraph break here ({where})", "join the paragraphs with {--¶--}{>>reason<<}"
        case [one], [] if one == PARAGRAPH:
            return f"the witness has no paragraph break here ({where})", "remove the empty line"
        case [], _:
            hint = f"if it is left out on purpose, mark it: {{--{_marked(theirs)}--}}{{>>reason<<}}"
            return f"the witness has “{_shown(theirs)}” here ({where})", hint
        case _, []:
            hint = f"if it is added on purpose, mark it: {{++{_marked(ours)}++}}{{>>reason<<}}"
            return f"the witness does not have “{_shown(ours)}” ({where})", hint
    return (
        f"the witness has “{_shown(theirs)}” ({where}), the text with its emendations undone has “{_shown(ours)}”",
        f"if it is changed on purpose, mark it: {{~~{_marked(theirs)}~>{_marked(ours)}~~}}{{>>reason<<}}",
    )


def _shown(tokens: list[str]) -> str:
    """The words of a difference; of a long one, those at its beginning."""
    words = ["¶" if token == PARAGRAPH else token for token in tokens[:MOST_WORDS]]
    return " ".join([*words, "…"] if len(tokens) > MOST_WORDS else words)


def _marked(tokens: list[str]) -> str:
    """The words of a difference as they stand in a mark, which holds no paragraph break."""
    return _shown([token for token in tokens if token != PARAGRAPH])
