"""Where in the source the words of a printed line stand: letters are compared, for marks and signs are typed otherwise than printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from publish.diagnostics import Location

SURE = 8  # letters: fewer may be found anywhere
NEAR = 100  # letters by which so few may stand elsewhere than in print
PIECE = 4  # letters of a line before a mark, or between two
MARKS = 40  # letters that marks may add to a line


def locate(source: str, block: Location, words: str, before: int) -> Location:
    """The place of printed words of a block.

    `source` is the text of the block's file; `before` counts the block's letters and digits in print before the words. If the words cannot
    be found, it is the place of the block itself.
    """
    letters = list(_letters(source, block))
    typed = "".join(letter for letter, _, _ in letters)
    printed = "".join(_folded(words))
    at = _nearest(typed, printed, before)
    if at is None:
        return block
    _, line, column = letters[at]
    return Location(block.file, line, column)


def is_within(source: str, block: Location, place: Location) -> bool:
    """Whether a place is in the lines of a block. `source` is the text of their file."""
    lines = source.replace("\r\n", "\n").split("\n")
    return any(number == place.line for number, _ in _lines(lines, block.line))


def _nearest(typed: str, printed: str, before: int) -> int | None:
    """Where the printed letters stand among the typed ones: as a whole, or else as far as marks between them allow."""
    places = [at for at in range(len(typed)) if printed and typed.startswith(printed, at)]
    nearest = min(places, key=lambda at: abs(at - before), default=None)
    if nearest is not None and (len(printed) >= SURE or abs(nearest - before) <= NEAR):
        return nearest
    return _first_piece(typed, printed)


def _first_piece(typed: str, printed: str) -> int | None:
    """Where the first piece of the printed letters stands that is also typed, not far before the longest of all."""
    longest = SequenceMatcher(None, typed, printed, autojunk=False).find_longest_match()
    if longest.size < SURE:
        return None
    first = max(longest.a - longest.b - MARKS, 0)
    pieces = SequenceMatcher(None, typed[first : longest.a], printed[: longest.b], autojunk=False).get_matching_blocks()
    return next((first + piece.a for piece in pieces if piece.size >= PIECE), longest.a)


def _letters(source: str, block: Location) -> Iterator[tuple[str, int, int]]:
    """The letters and digits of the block, each with its line and column."""
    for number, line in _lines(source.replace("\r\n", "\n").split("\n"), block.line):
        begin = max(block.column - 1, 0) if number == block.line else 0
        for column, char in enumerate(line[begin:], begin + 1):
            yield from ((letter, number, column) for letter in _folded(char))


def _lines(lines: Sequence[str], first: int) -> Iterator[tuple[int, str]]:
    """The lines of a block with their numbers: to the next blank line, behind which nothing is indented as a part of it."""
    for number in range(max(first, 1), len(lines) + 1):
        line, after = lines[number - 1], lines[number] if number < len(lines) else ""
        if not line.strip() and not after.startswith("  "):
            return
        yield number, line


def _folded(text: str) -> Iterator[str]:
    return (letter for char in text if char.isalnum() for letter in char.casefold())
