"""Going through a text: its blocks, its inlines, and the runs of words that stand alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from publish.model.book import Page
from publish.model.text import (
    Block,
    Cell,
    Code,
    CodeBlock,
    Container,
    Division,
    Figure,
    Heading,
    Inline,
    ItemList,
    Paragraph,
    Quotation,
    Table,
)


def walk_blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    """Every block, each before the blocks inside it."""
    for block in blocks:
        yield block
        if isinstance(block, Quotation | Division):
            yield from walk_blocks(block.blocks)
        elif isinstance(block, ItemList):
            for item in block.items:
                yield from walk_blocks(item)


def walk_inlines(inlines: Iterable[Inline]) -> list[Inline]:
    """Every inline, each before those inside it; the reason of an emendation is not inside the text."""
    found: list[Inline] = []
    _gather(inlines, found)
    return found


def _gather(inlines: Iterable[Inline], found: list[Inline]) -> None:
    """Into one list: a generator in a generator takes twice as long, and every rule goes through the text."""
    for inline in inlines:
        found.append(inline)
        if isinstance(inline, Container):
            _gather(inline.children, found)


def passages(blocks: tuple[Block, ...]) -> Iterator[tuple[Inline, ...]]:
    """The runs of words that stand alone: paragraphs, headings, cells, captions, blocks of code."""
    for block in walk_blocks(blocks):
        if isinstance(block, Heading | Paragraph):
            yield block.children
        elif isinstance(block, Table):
            for cell in cells(block):
                yield cell.children
        elif isinstance(block, Figure):
            yield block.caption
        elif isinstance(block, CodeBlock):
            yield (Code(block.text, block.location),)


def cells(table: Table) -> Iterator[Cell]:
    for row in (table.header, *table.rows):
        yield from row


def text_passages(page: Page) -> Iterator[tuple[Inline, ...]]:
    """The passages of a page without its notes: the title, then the text."""
    yield page.title
    yield from passages(page.blocks)


def all_passages(page: Page) -> Iterator[tuple[Inline, ...]]:
    """The passages of a page, its notes at the end."""
    yield from text_passages(page)
    for note in page.notes:
        yield from passages(note.blocks)
