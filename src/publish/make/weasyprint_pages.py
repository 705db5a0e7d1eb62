"""Pages that begin where it was chosen, inside WeasyPrint 70.0: patches that `weasyprint_patches.py` puts in their place.

The library fills one page after the other. Here the pages that it has made are read as columns (`weasyprint_columns.py`), the best way to
break each is found (`pagebreak.py`), and the pages are made anew: with paragraphs in the chosen number of lines, and ended before the
chosen line. If a section's pages do not come out like that, they are filled one after the other again, and that is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from itertools import groupby
from typing import Any, TypeAlias

from publish.make import weasyprint_lines as lines
from publish.make.pagebreak import Pages, break_pages
from publish.make.weasyprint_columns import Text, read_texts
from publish.make.weasyprint_plans import NOTHING, Choice, Key, Planner, letters_before
from publish.make.weasyprint_sheets import number_blocks, read_sheets

# The library has no types: its boxes and contexts of layout, and whatever its functions take and return.
Box: TypeAlias = Any
Context: TypeAlias = Any
Value: TypeAlias = Any

OUT_OF_SIGHT = float("inf")  # the height of a line that is not to be on the page

_begins: list[
    tuple[Key | None, frozenset[int]]
] = []  # of the block that is laid out: the letters that pages begin with


# ---------------------------------------------------------------------------------------------------- ending the pages


def begin_pages(original: Callable[..., Value]) -> Callable[..., Value]:
    """Let pages begin with the lines that are chosen for it. Wraps no function of the library, but a patch of `_linebox_layout`."""

    @wraps(original)
    def layout(context: Context, box: Box, index: int, child: Box, new_children: list[Box], *rest: Value) -> Value:
        page_is_empty, *_, position_y, skip, _, _, _, max_lines = rest
        planner = lines.planner()
        key = getattr(child, "key", None)
        letters = planner.choice(key).begins.get(key, frozenset()) if planner and key else frozenset()
        first = letters_before(child, skip) if letters else 0
        if first in letters and not page_is_empty:
            return True, False, None, position_y, [], max_lines
        _begins.append((key, letters - {first}))
        try:
            return original(context, box, index, child, new_children, *rest)
        finally:
            _begins.pop()

    return layout


def hide_lines(original: Callable[..., Value]) -> Callable[..., Value]:
    """Say of each line which letter it begins with, and let there be no room for one with which the next page begins."""
    lay_out = lines.end_lines(original)

    @wraps(original)
    def get_next_linebox(*arguments: Value) -> Value:
        _, box, _, _, skip, *_ = arguments
        line, resume = lay_out(*arguments)
        key = getattr(box, "key", None)
        if line is not None and key:
            line.start = letters_before(box, skip)
            block, letters = _begins[-1] if _begins else (None, frozenset())
            if block == key and line.start in letters:
                line.height = OUT_OF_SIGHT
        return line, resume

    return get_next_linebox


# --------------------------------------------------------------------------------------------------- choosing the pages


def choose_pages(original: Callable[..., Iterator[Box]]) -> Callable[..., Iterator[Box]]:
    """Have the pages of sections made anew if there are better ones: the library calls this again until there is nothing to make anew."""

    @wraps(original)
    def make_all_pages(context: Context, root: Box, html: Value, pages: list[Box]) -> Iterator[Box]:
        planner = lines.planner()
        if planner and not pages:
            planner.know(number_blocks(root))
        made = list(original(context, root, html, pages))
        if planner and (sections := _choose(list(read_texts(made, planner)), planner)):
            _forget(context, root, made, sections)
        yield from made

    return make_all_pages


def _choose(texts: Sequence[Text], planner: Planner) -> set[str]:
    """Choose the pages of the texts; returns the ids of the sections that are to be made anew, for they are not made by this choice.

    What does not come out as it is chosen is refused; and so is everything if one choice leads to another and back.
    """
    planner.tried.append(planner.choices)
    choices = _best(texts, planner)
    if choices in planner.tried:
        goes_round = choices != planner.choices
        planner.refused |= {text.column for text in texts if goes_round or not _stands(text, planner)}
        choices = _best(texts, planner)
    planner.unkept |= {text.section for text in texts if text.column in planner.refused}
    before, planner.choices = planner.choices, choices
    return {one for one in (*before, *choices) if before.get(one) != choices.get(one)}


def _best(texts: Sequence[Text], planner: Planner) -> dict[str, Choice]:
    """What follows from the best pages of all texts, by their sections."""
    found = groupby(texts, key=lambda text: str(text.section.get("id", "")))
    choices = {section: _choice(list(its), planner) for section, its in found}
    return {section: choice for section, choice in choices.items() if choice != NOTHING}


def _choice(texts: Sequence[Text], planner: Planner) -> Choice:
    lengths: dict[Key, int] = {}
    begins: dict[Key, frozenset[int]] = {}
    kept: dict[str, int] = {}
    for text in texts:
        if pages := _pages(text, planner):
            lengths.update(text.lengths_of(pages))
            kept.update(text.kept_of(pages))
            for key, letter in (*text.begins_of(pages), *text.follows):
                begins[key] = begins.get(key, frozenset()) | {letter}
    return Choice(lengths, begins, kept)


def _pages(text: Text, planner: Planner) -> Pages | None:
    """The best pages of a text. One that was there before, in an earlier layout perhaps, is not broken again."""
    if text.column not in planner.pages:
        planner.pages[text.column] = break_pages(text.column)
    return None if text.column in planner.refused else planner.pages[text.column]


def _stands(text: Text, planner: Planner) -> bool:
    """Whether the pages of a text have come out as they were chosen, if they were."""
    pages = _pages(text, planner)
    return pages is None or (text.begins == text.begins_of(pages) and text.keeps_notes)


def _forget(context: Context, root: Box, pages: Sequence[Box], sections: set[str]) -> None:
    """Have the pages of sections made anew, and their paragraphs planned anew."""
    for box in root.descendants():
        key = getattr(box, "key", None)
        if key and key[0] in sections and hasattr(box, "plan"):
            del box.plan
    for sheet in read_sheets(pages):
        if sheet.section.get("id", "") in sections:
            context.page_maker[sheet.index][-1]["content_changed"] = True
