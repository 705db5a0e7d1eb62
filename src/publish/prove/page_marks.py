"""What can be wrong with the lines of one paragraph as they are set. Pure functions of measured lines.

The limits are those of book typography: word spaces near the font's own, few divided words and those in good places, last lines that are
a line. Each limit is the constant that bears its name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import fmean

from publish.languages import is_name
from publish.model import Rectangle
from publish.prove.page_figures import LOOSE, WIDE, divided_word, overlap
from publish.prove.page_lines import Gap, Line, Paragraph

TIGHT = 0.148  # em: EB Garamond's own space is 0.2, and three quarters of it still part two words
EXACT = 0.001  # em by which a measured space may miss its limit
RUNNING = 2  # divided words in a row that are too many; three are a ladder
LADDER = 3
RIVER = 3  # lines that a river of wide spaces runs through
STACKED = 3  # lines that begin or end with the same word
SHORTEST = 4  # letters of a last line
FILLED = 2.0  # em by which a line that was filled may end before the longest
QUOTED = 5  # words by which a line is named
INNER_QUOTES = str.maketrans("“”", "‘’")
ABOVE, BELOW = 0.75, 0.3  # of the type size: how far letters reach over and under their baseline


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding where it stands: the rule, the block and its line, what is to be said, how bad it is (1 at the limit), and its area."""

    rule: str
    block: Paragraph
    line: Line
    message: str
    badness: float
    rectangle: Rectangle


def marks_of(paragraph: Paragraph, space: float, indent: float, language: str) -> Iterator[Mark]:
    """Everything that is wrong with the lines of a paragraph or note.

    `space` is the font's own word space in em, `indent` that of the text's paragraphs in points, `language` that of its names.
    """
    yield from spaced(paragraph, space)
    yield from divided(paragraph, language)
    yield from rivers(paragraph, space)
    yield from stacked(paragraph)
    yield from ended(paragraph, indent)
    yield from parted(paragraph)


def area(lines: Sequence[Line], left: float | None = None, right: float | None = None) -> Rectangle:
    """The area of some lines of a page, or of a part of them; in points."""
    first, last = lines[0], lines[-1]
    return (
        min(line.left for line in lines) if left is None else left,
        last.baseline - BELOW * last.size,
        max(line.right for line in lines) if right is None else right,
        first.baseline + ABOVE * first.size,
    )


def quoted(line: Line) -> str:
    """A line by its first words."""
    text = f"{line.text[:-1]}-" if line.hyphenated else line.text
    words = text.translate(INNER_QUOTES).split()
    return f"“{' '.join(words[:QUOTED])}{' …' if len(words) > QUOTED else ''}”"


# ---------------------------------------------------------------------------------------------------------- word spaces


def spaced(paragraph: Paragraph, space: float) -> Iterator[Mark]:
    """Loose lines, the last one aside, which nothing widens, and tight ones."""
    for number, line in enumerate(paragraph.lines, 1):
        if not line.gaps:
            continue
        mean = fmean(gap.width for gap in line.gaps) / line.size
        if number < len(paragraph.lines) and mean > LOOSE * space + EXACT:
            message = (
                f"the words of {quoted(line)} stand {mean:.2f} em apart, {mean / space:.1f} times the font's own space"
            )
            yield Mark("page-loose-line", paragraph, line, message, mean / space / LOOSE, area([line]))
        elif mean < TIGHT - EXACT:
            message = f"the words of {quoted(line)} stand only {mean:.3f} em apart"
            yield Mark("page-tight-line", paragraph, line, message, TIGHT / max(mean, EXACT), area([line]))


# -------------------------------------------------------------------------------------------------------- divided words


def divided(paragraph: Paragraph, language: str) -> Iterator[Mark]:
    """Divided words where they should not be: in a row, at the end of a page, before the last line, names."""
    yield from _ladders(paragraph)
    for number, (line, after) in enumerate(pairwise(paragraph.lines), 1):
        if not line.hyphenated:
            continue
        if line.page != after.page:
            # The worst is a word that is read on only when the leaf is turned: pages with an odd number are rectos.
            badness = 3.0 if line.page % 2 == 0 else 2.0
            message = f"{_last_word(line)} is divided at the end of the page"
            yield _at_end("page-hyphen-at-page-end", paragraph, line, message, badness)
        if number == len(paragraph.lines) - 1:
            message = f"{_last_word(line)} is divided before the last line, {quoted(after)}"
            yield _at_end("page-hyphen-before-last-line", paragraph, line, message, 2.0)
        if is_name(divided_word(line, after), language):
            message = f"the name {_last_word(line)} is divided"
            yield _at_end("page-divided-name", paragraph, line, message, 1.5)


def _ladders(paragraph: Paragraph) -> Iterator[Mark]:
    for (hyphenated, _), run in groupby(paragraph.lines, key=lambda line: (line.hyphenated, line.page)):
        lines = list(run)
        if not hyphenated or len(lines) < RUNNING:
            continue
        rule = "page-hyphen-ladder" if len(lines) >= LADDER else "page-hyphens-running"
        message = f"{len(lines)} lines in a row end in a divided word: {', '.join(map(_last_word, lines))}"
        left = min(map(_last_word_left, lines))
        yield Mark(rule, paragraph, lines[0], message, len(lines) / RUNNING, area(lines, left=left))


def _at_end(rule: str, paragraph: Paragraph, line: Line, message: str, badness: float) -> Mark:
    return Mark(rule, paragraph, line, message, badness, area([line], left=_last_word_left(line)))


def _last_word(line: Line) -> str:
    return f"“{line.text.split()[-1][:-1]}-”"


def _last_word_left(line: Line) -> float:
    return line.gaps[-1].right if line.gaps else line.left


# --------------------------------------------------------------------------------------------------------------- rivers


def rivers(paragraph: Paragraph, space: float) -> Iterator[Mark]:
    """Rivers of wide spaces through three lines or more of a page."""
    for _, lines in groupby(paragraph.lines, key=lambda line: line.page):
        for river in _rivers(list(lines), WIDE * space):
            through = [line for line, _ in river]
            left, right = min(gap.left for _, gap in river), max(gap.right for _, gap in river)
            message = f"wide spaces lie over each other in {len(river)} lines, from {quoted(through[0])}"
            badness = len(river) / RIVER
            yield Mark("page-wide-river", paragraph, through[0], message, badness, area(through, left, right))


River = list[tuple[Line, Gap]]


def _rivers(lines: Sequence[Line], least: float) -> Iterator[River]:
    """The longest river from each place where one begins; of gaps of at least so many em."""
    longest: dict[tuple[Line, Gap], River] = {}
    above: list[River] = []
    for line in lines:
        here: list[River] = []
        for gap in (gap for gap in line.gaps if gap.width >= least * line.size):
            joined = [river for river in above if overlap(river[-1][1], gap)]
            here.append([*max(joined, key=len, default=[]), (line, gap)])
        for river in here:
            if len(river) > len(longest.get(river[0], ())):
                longest[river[0]] = river
        above = here
    return (river for river in longest.values() if len(river) >= RIVER)


# ---------------------------------------------------------------------------------------------- words over each other


def stacked(paragraph: Paragraph) -> Iterator[Mark]:
    """Lines in a row that begin or end with the same word. Lines that were not filled, as in verse, are meant so."""
    for _, run in groupby(paragraph.lines, key=lambda line: line.page):
        lines = list(run)
        longest = max(line.right for line in lines)
        filled = [line for line in lines if line.right > longest - FILLED * line.size]
        yield from _stacks(paragraph, filled, 0, "begin")
        yield from _stacks(paragraph, filled, -1, "end")


def _stacks(paragraph: Paragraph, lines: Sequence[Line], at: int, verb: str) -> Iterator[Mark]:
    for word, run in groupby(lines, key=lambda line: _bare(line.text.split()[at])):
        same = list(run)
        if word and len(same) >= STACKED:
            left = min(map(_last_word_left, same)) if at else None
            right = None if at else max(line.gaps[0].left if line.gaps else line.right for line in same)
            message = f"{len(same)} lines in a row {verb} with “{word}”"
            badness = len(same) / STACKED
            yield Mark("page-same-word", paragraph, same[0], message, badness, area(same, left, right))


def _bare(word: str) -> str:
    return "".join(char for char in word if char.isalnum()).casefold()


# ------------------------------------------------------------------------------------------------------------ last lines


def ended(paragraph: Paragraph, indent: float) -> Iterator[Mark]:
    """A last line that is hardly one: the rest of a divided word, a word of three letters, or not as long as an indent."""
    if len(paragraph.lines) < 2:
        return
    before, last = paragraph.lines[-2:]
    letters = sum(map(str.isalnum, last.words))
    width = last.right - last.left
    if before.hyphenated and len(last.text.split()) == 1:
        message, badness = f"the last line is only the rest of a divided word, “{last.text}”", 3.0
    elif letters < SHORTEST:
        message, badness = f"the last line is only “{last.text}”", SHORTEST / max(letters, 1)
    elif width < indent:
        message, badness = f"the last line, “{last.text}”, is shorter than the indent of the next", indent / width
    else:
        return
    yield Mark("page-short-last-line", paragraph, last, message, badness, area([last]))


def parted(paragraph: Paragraph) -> Iterator[Mark]:
    """A first line alone at the foot of a page, or a last line alone at the head of one."""
    by_page = [list(lines) for _, lines in groupby(paragraph.lines, key=lambda line: line.page)]
    if len(by_page) < 2:
        return
    if len(by_page[0]) == 1:
        (line,) = by_page[0]
        message = f"the first line of a paragraph, {quoted(line)}, stands alone at the foot of the page"
        yield Mark("page-orphan", paragraph, line, message, 3.0, area([line]))
    if len(by_page[-1]) == 1:
        (line,) = by_page[-1]
        message = f"the last line of a paragraph, {quoted(line)}, stands alone at the head of the page"
        yield Mark("page-widow", paragraph, line, message, 4.0, area([line]))
