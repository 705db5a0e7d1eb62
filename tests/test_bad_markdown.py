"""Bad text, a construct at a time: every construct of the Markdown of a book with everything that can be wrong with one.

The outcome is always findings at the lines of the construct, or its words in the book, and never anything else. With PUBLISH_FUZZ
set all of the matrix is tried, otherwise a part of it.
"""

from __future__ import annotations

import os
import shutil
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import pytest

from bad_input import GARDEN
from bad_markdown import BEFORE, BEHIND, CONSTRUCTS, NOT_WORDS, SPOILS, Construct
from publish.check import check_book
from publish.diagnostics import Diagnostic
from publish.load import load_book
from publish.model import Book, Code, Container, Emendation, Figure, Image, Inline, Page, Pagination, Project, Text
from publish.model.walk import passages, walk_blocks
from publish.render import render_epub

EVERY = 1 if os.environ.get("PUBLISH_FUZZ") else 101
FIRST_LINE = 5  # of a construct


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a text: the book, its page, and what was found in its file."""

    book: Book
    page: Page
    found: list[Diagnostic]
    has_errors: bool


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    root = tmp_path_factory.mktemp("bad")
    shutil.copytree(GARDEN / "book", root / "book")
    return Project.at(root, (GARDEN / "styles").resolve())


def came_of(one: Construct, project: Project) -> Came:
    """Put a construct between two paragraphs of the introduction or, if it is one of edited texts, of the essay; check that book."""
    name = "introduction" if one.witness is None else "essay"
    for file in ("text/introduction.md", "text/essay.md", "copy-text.txt"):
        shutil.copy(GARDEN / "book" / file, project.book / file)
    if one.witness is not None:
        witness = f"T\n\n{BEFORE}\n\n{one.witness}\n\n{BEHIND}\n"
        (project.book / "copy-text.txt").write_bytes(witness.encode())
    text = f"# T\n\n{BEFORE}\n\n{one.text}\n\n{BEHIND}\n"
    (project.book / "text" / f"{name}.md").write_bytes(text.encode())
    book, report = load_book(project)
    assert book is not None
    report = check_book(book, report)
    page = next(page for page in book.pages if page.id == name)
    found = [told for told in report if told.location.file == f"book/text/{name}.md"]
    return Came(book, page, found, report.has_errors)


def printed_in(page: Page) -> str:
    """The words of a page: its text with reasons and alternative texts, then its notes."""
    groups = (page.blocks, *(note.blocks for note in page.notes))
    return "".join(words for group in groups for words in _words_of(group))


def _words_of(group: tuple[object, ...]) -> Iterator[str]:
    for block in walk_blocks(group):  # type: ignore[arg-type]  # blocks of one page
        if isinstance(block, Figure):
            yield block.image.alternative
    for run in passages(group):  # type: ignore[arg-type]
        yield from _said(run)


def _said(run: tuple[Inline, ...]) -> Iterator[str]:
    for one in run:
        if isinstance(one, Text | Code):
            yield one.text
        elif isinstance(one, Emendation):
            yield one.added
            yield from _said(one.reason)
        elif isinstance(one, Image):
            yield one.alternative
        elif isinstance(one, Container):
            yield from _said(one.children)


def letters(text: str) -> Counter[str]:
    """How often the text has each letter, digit, combining mark and picture."""
    return Counter(one for one in text if unicodedata.category(one)[0] in "LMN" or unicodedata.category(one) == "So")


def in_lines(found: list[Diagnostic], one: Construct) -> bool:
    """Whether all that was found stands in the lines of the construct; of an emendation that swallows the line's end, in the next."""
    last = FIRST_LINE + one.text.count("\n") + (2 if one.witness is not None else 0)
    return all(FIRST_LINE <= told.location.line <= last for told in found)


def tried(spoil: str) -> Iterator[tuple[str, Construct]]:
    """The constructs that are spoilt in a way, or some of them."""
    every = ((name, spoilt) for name, one in CONSTRUCTS.items() for spoilt in SPOILS[spoil](one))
    return islice(every, list(SPOILS).index(spoil) * 7 % EVERY, None, EVERY)


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_a_construct_that_is_right_is_printed(name: str, project: Project) -> None:
    one = CONSTRUCTS[name]
    came = came_of(one, project)
    assert not came.found
    assert is_printed(one, came.page)


@pytest.mark.parametrize("spoil", SPOILS)
def test_a_construct_that_is_wrong_is_told_at_its_line_or_printed(spoil: str, project: Project) -> None:
    wrong = []
    for name, one in tried(spoil):
        came = came_of(one, project)
        if not in_lines(came.found, one):
            wrong.append((name, one.text[:200], came.found))
        if not came.has_errors:
            render_epub(came.book, Pagination())
        if not came.found and spoil not in NOT_WORDS and not is_printed(one, came.page):
            wrong.append((name, one.text[:200], printed_in(came.page)[:200]))
    assert not wrong


def is_printed(one: Construct, page: Page) -> bool:
    """Whether the page has the words of the construct, and of what the machine puts there alone more than these."""
    printed, wanted = letters(printed_in(page)), letters(BEFORE + one.printed + BEHIND)
    return printed >= wanted if one.adds else printed == wanted
