"""Pages that begin where it was chosen, inside WeasyPrint 70.0: patches that `weasyprint_patches.py` puts in their place.

The library fills one page after the other. Here the pages that it has made are read as columns (`weasyprint_columns.py`), the best way to
break each is found (`pagebreak.py`), and the pages are made anew: with paragraphs in the chosen number of lines, and ended before the
chosen line. If a section's pages do not come out like that, they are filled one after the other again, and that is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from typing import Any, TypeAlias

from publish.make import weasyprint_lines as lines
from publish.make.pagebreak import Pages, break_pages
from publish.make.weasyprint_columns import Text, read_texts
from publish.make.weasyprint_plans import Choice, Key, Planner, letters_before
from publish.make.weasyprint_sheets import number_blocks

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
        letters = planner.choice.begins.get(key, frozenset()) if planner and key else frozenset()
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
    """Make the pages of sections anew, if they can be broken into better ones."""

    @wraps(original)
    def make_all_pages(context: Context, root: Box, html: Value, pages: list[Box]) -> Iterator[Box]:
        planner = lines.planner()
        if planner:
            planner.begin()
        number_blocks(root)
        notes = list(context.footnotes)
        made = list(original(context, root, html, pages))
        tried: list[Choice] = []
        while planner and _choose(texts := list(read_texts(made, planner)), planner, tried):
            context.footnotes = list(notes)
            _forget(context, root, texts)
            made = list(original(context, root, html, made))
        yield from made

    return make_all_pages


def _choose(texts: Sequence[Text], planner: Planner, tried: list[Choice]) -> bool:
    """Choose the pages of the texts; say whether they are to be made anew, because the choice is not that by which they are made.

    What does not come out as it is chosen is refused; and so is everything if one choice leads to another and back.
    """
    tried.append(planner.choice)
    choice = _best(texts, planner)
    if choice in tried:
        goes_round = choice != planner.choice
        planner.refused |= {text.column for text in texts if goes_round or not _stands(text, planner)}
        choice = _best(texts, planner)
    planner.unkept |= {text.section for text in texts if text.column in planner.refused}
    before, planner.choice = planner.choice, choice
    return choice != before


def _best(texts: Sequence[Text], planner: Planner) -> Choice:
    """The best pages of all texts together."""
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


def _forget(context: Context, root: Box, texts: Sequence[Text]) -> None:
    """Have the pages of texts made anew, and their paragraphs planned anew."""
    begun = {key for text in texts for key in text.begun}
    for box in root.descendants():
        if getattr(box, "key", None) in begun and hasattr(box, "plan"):
            del box.plan
    for index in (index for text in texts for index in text.sheets):
        context.page_maker[index][-1]["content_changed"] = True
