"""What can be wrong with the pages of a text as they are set: headings, the grid, the feet of pages and spreads, notes.

Pure functions of measured lines. Each limit is the constant that bears its name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from publish.model.page import counted
from publish.prove.page_figures import ON_GRID, Figures, body_of, leading_of
from publish.prove.page_lines import Line, Pages, Paragraph
from publish.prove.page_marks import Mark, area, quoted
from publish.prove.page_texts import SetText

UNDER_HEADING = 2  # lines of text that a heading has under it on its page
FEWEST = 5  # lines on the last page of a text
NOTES = 0.2  # of the lines of a page that may be those of notes
PERMITTED = 1  # line that both pages of a spread may be short


def page_marks(text: SetText, pages: Pages) -> Iterator[Mark]:
    """Everything that is wrong with the pages of a text; of one that is too short to be measured only its headings and notes."""
    yield from stranded(text, pages)
    yield from noted(text, pages)
    if text.figures:
        yield from off_grid(text)
        yield from short(text, text.figures)
        yield from ending(text, pages)


def lines_of_text(pages: Pages, page: int) -> list[float]:
    """The baselines of a page from the head down, notes aside."""
    notes = pages.notes.get(page)
    return [one for one in pages.baselines.get(page, ()) if notes is None or one > notes]


def stranded(text: SetText, pages: Pages) -> Iterator[Mark]:
    """Headings with less than two lines under them, where their text goes on on the next page."""
    for heading in (one for one in text.blocks if one.kind.startswith("H")):
        line = heading.lines[-1]
        under = [one for one in lines_of_text(pages, line.page) if one < line.baseline - 1]
        if len(under) < UNDER_HEADING and line.page < text.pages[-1]:
            count = "one line" if under else "no line"
            message = f"the heading {quoted(heading.lines[0])} has {count} under it on its page"
            yield Mark("page-stranded-heading", heading, heading.lines[0], message, 4.0, area(heading.lines))


def off_grid(text: SetText) -> Iterator[Mark]:
    """Lines between those of the grid on which most of the text stands; of those of a paragraph on a page, the first."""
    body = body_of(text.paragraphs)
    leading = leading_of(body)
    phases = Counter(round(line.baseline % leading, 1) for one in body for line in one.lines)
    grid = phases.most_common(1)[0][0]
    for paragraph in body:
        for _, lines in groupby(paragraph.lines, key=lambda line: line.page):
            missing = ((line, (line.baseline - grid + leading / 2) % leading - leading / 2) for line in lines)
            line, miss = next((pair for pair in missing if abs(pair[1]) > ON_GRID), (None, 0.0))
            if line:
                message = f"{quoted(line)} stands {abs(miss):.1f} points {'above' if miss > 0 else 'below'} the grid"
                yield Mark("page-off-grid", paragraph, line, message, abs(miss) / ON_GRID, area([line]))


# ----------------------------------------------------------------------------------------------------- the feet of pages


def short(text: SetText, figures: Figures) -> Iterator[Mark]:
    """Pages that are not filled, but where both of a spread are a line short.

    Facing pages that end at different heights are an uneven spread, told at the shorter one.
    """
    lines = figures.short_pages
    facing = {number + 1 for number in text.pages[:-1]}  # the last page may be short
    for number, missing in lines.items():
        other = number + 1 if number % 2 == 0 else number - 1
        beside = lines.get(other, 0) if other in facing else None
        if (
            beside == missing == PERMITTED
            or (beside is not None and beside > missing)
            or _ends_in_heading(text, number - 1)
        ):
            continue
        uneven = beside is not None and beside < missing
        rule = "page-uneven-spread" if uneven else "page-short-page"
        message = f"the page ends {counted(missing, 'line')} above its foot"
        if uneven:
            message += f", the one that faces it {f'only {beside}' if beside else 'does not'}"
        yield _at_foot(text, rule, number - 1, missing, message)


def _at_foot(text: SetText, rule: str, page: int, missing: int, message: str) -> Mark:
    """What is missing at the foot of a page, under its last line of text."""
    block, line = min(_lines_on(text, page), key=lambda one: one[1].baseline)
    left, foot, right, _ = area([one for _, one in _lines_on(text, page)])
    white = missing * leading_of(body_of(text.paragraphs))
    rectangle = (left, foot - white, right, foot)
    return Mark(rule, block, line, message, float(missing), rectangle)


def _ends_in_heading(text: SetText, page: int) -> bool:
    """Whether a page ends in a heading, which is told of as a stranded one; its lines are not among those that fill the page."""
    block, _ = min(_lines_on(text, page), key=lambda one: one[1].baseline)
    return block.kind != "P"


def _lines_on(text: SetText, page: int) -> list[tuple[Paragraph, Line]]:
    """The lines of the text on a page, notes aside, from the head down, each with its block."""
    blocks = (one for one in text.blocks if one.kind != "Note")
    return [(block, line) for block in blocks for line in block.lines if line.page == page]


def ending(text: SetText, pages: Pages) -> Iterator[Mark]:
    """A last page with less than five lines of text."""
    last = text.pages[-1]
    count = len(lines_of_text(pages, last))
    on_it = _lines_on(text, last)
    if len(text.pages) > 1 and on_it and count < FEWEST:
        block, line = on_it[0]
        message = f"the last page of “{text.title}” has only {counted(count, 'line')}"
        rectangle = area([line for _, line in on_it])
        yield Mark("page-empty-last-page", block, line, message, FEWEST / count, rectangle)


# --------------------------------------------------------------------------------------------------------------- notes


def noted(text: SetText, pages: Pages) -> Iterator[Mark]:
    """Pages of which more than a fifth are notes."""
    for page in text.pages:
        every = pages.baselines.get(page, ())
        notes = len(every) - len(lines_of_text(pages, page))
        on_it = [(note, line) for note in text.notes for line in note.lines if line.page == page]
        if on_it and notes > NOTES * len(every):
            note, line = on_it[0]
            message = f"{notes} of the {len(every)} lines of the page are notes"
            badness = notes / len(every) / NOTES
            lines = sorted((line for _, line in on_it), key=lambda one: -one.baseline)
            yield Mark("page-long-notes", note, line, message, badness, area(lines))
