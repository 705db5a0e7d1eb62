"""The words themselves: what a reader for the press would mark, in any language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from publish.check.words import PARAGRAPH, page_prose, read_passage
from publish.diagnostics import Diagnostic, Location
from publish.model import MADE_ROLES, Book, Figure, Heading, Paragraph

# The marks of Western, Arabic, Indic, Chinese and Japanese scripts.
_END_MARKS = ".?!:…—؟।。？！"
_CLOSING = "\"'”’“‘»«›‹)]}"


@dataclass(frozen=True, slots=True)
class Slip:
    """A pattern that good typesetting does not have, and how it is told; `{0}` is what was found."""

    rule: str
    pattern: re.Pattern[str]
    message: str
    hint: str


# What looks behind comes second in a pattern: it is asked then only where the first sign stands.
_SLIPS = (
    Slip("double-hyphen", re.compile(r"--+"), "hyphens that stand for a dash: {0}", "type — or –"),
    Slip("three-dots", re.compile(r"\.\.\.+"), "full stops that stand for an ellipsis: {0}", "type …"),
    Slip(
        "hyphen-in-range",
        re.compile(r"\d(?<![\w\-./:].)\d{0,3}-\d{1,4}(?![\w\-/:]|\.\d)"),
        "a hyphen between two numbers: {0}",
        "a range takes an en dash: –",
    ),
    Slip(
        "space-before-mark",
        re.compile(r"[ \n](?<=\w[ \n])(?:,|\.(?![.\w]))"),
        "a space before a punctuation mark",
        "take the space out",
    ),
)


def slips(book: Book) -> Iterator[Diagnostic]:
    """Typing that is left over where print has a sign of its own. Code is exempt: its letters are no prose."""
    for page in book.pages:
        reading = page_prose(page)
        for slip in _SLIPS:
            for found in slip.pattern.finditer(reading.text):
                message = slip.message.format(found.group().strip())
                yield Diagnostic(slip.rule, reading.at(found.start()), message, slip.hint)


# An em dash between two words, and whether a space stands on either side of it.
_SPACE = rf"[^\S{PARAGRAPH}]"
_DASH = re.compile(rf"—(?:(?<=\S—)|(?P<before>(?<=\S{_SPACE}—)))(?P<after>{_SPACE}?)(?=[^\s—])")


def dash_spacing(book: Book) -> Iterator[Diagnostic]:
    """Em dashes set otherwise than most of the book's. Which way is right depends on the language and the house."""
    spaced: list[Location] = []
    closed: list[Location] = []
    for page in book.pages:
        reading = page_prose(page)
        for dash in _DASH.finditer(reading.text):
            kind = closed if dash["before"] is None and not dash["after"] else spaced
            kind.append(reading.at(dash.start()))
    few, many, said = (spaced, closed, "a") if len(spaced) <= len(closed) else (closed, spaced, "no")
    for place in few:
        message = (
            f"an em dash with {said} space beside it; the book has {len(few)} of these and {len(many)} of the others"
        )
        yield Diagnostic("dash-spacing", place, message, "set all dashes alike")


def empty_page(book: Book) -> Iterator[Diagnostic]:
    """Pages that have a file and nothing in it but, perhaps, a title."""
    for page in book.pages:
        if page.role not in MADE_ROLES and not page.blocks and page.location.file in book.sources:
            hint = "write the page, or take it out of contents"
            yield Diagnostic("empty-page", page.location, "the page has no text", hint)


def paragraph_unfinished(book: Book) -> Iterator[Diagnostic]:
    """Paragraphs of an edited text that break off: the mark of a paragraph break that is only a page break.

    What stands in a container, a quotation or a list has its own ways to end, and so has what leads to one of these.
    """
    for page in book.pages:
        if page.witness is None:
            continue
        followed = pairwise((*(one for one in page.blocks if not isinstance(one, Figure)), None))
        for block, after in followed:
            if isinstance(block, Paragraph) and (after is None or isinstance(after, Paragraph | Heading)):
                yield from _unfinished(block)


def _unfinished(paragraph: Paragraph) -> Iterator[Diagnostic]:
    reading = read_passage(paragraph.children)
    words = reading.text.strip()
    if words and words[-1] not in _CLOSING and words[-1] not in _END_MARKS:
        end = reading.at(len(reading.text.rstrip()) - 1)
        last = words.split()[-1]
        message = f"the paragraph ends with “{last}”, without a mark that ends a sentence"
        yield Diagnostic("paragraph-unfinished", end, message, "join it to the next with {--¶--}{>>reason<<}")
