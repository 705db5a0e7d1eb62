"""Going through the text: its words, its leaves, and the same text with other words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from operator import is_
from typing import TypeAlias

from publish.model import (
    Block,
    Break,
    Cell,
    Code,
    CodeBlock,
    Container,
    Division,
    Emendation,
    Emphasis,
    Figure,
    Heading,
    Image,
    Inline,
    ItemList,
    Link,
    Note,
    Page,
    Paragraph,
    Quotation,
    Rule,
    Span,
    Table,
    Term,
    Text,
)
from publish.model.walk import walk_blocks

Inlines: TypeAlias = tuple[Inline, ...]

PICTURE = "\ufffc"  # OBJECT REPLACEMENT CHARACTER: stands for a picture among words
_NOT_ONE_SPACE = re.compile(r"[ \t\r\n]{2,}|[\t\r\n]")  # all white space but a space that stands alone


def words_of(leaf: Inline) -> str:
    """The words of a leaf as they are to be read: "" for the call of a note."""
    if isinstance(leaf, Text):  # most are
        return leaf.text
    match leaf:
        case Code(text=text):
            return text
        case Emendation(added=added):
            return added
        case Break():
            return "\n"
        case Image():
            return PICTURE
        case _:
            return ""


def leaves(nodes: Iterable[Inline]) -> list[Inline]:
    """Every inline without children, in the order of the text."""
    found: list[Inline] = []
    _gather(nodes, found)
    return found


def _gather(nodes: Iterable[Inline], found: list[Inline]) -> None:
    for node in nodes:
        if isinstance(node, Container):
            _gather(node.children, found)
        else:
            found.append(node)


def written(nodes: Iterable[Inline]) -> str:
    """The words as they stand in the text, with its line ends and all signs."""
    return "".join(map(words_of, leaves(nodes)))


def plain(nodes: Iterable[Inline]) -> str:
    """The words alone, on one line, without the signs that only guide the line breaking."""
    words = written(nodes).replace("\u2060", "").replace(PICTURE, "")
    return _NOT_ONE_SPACE.sub(" ", words).strip()


def with_children(node: Emphasis | Span | Link | Term, children: Inlines) -> Inline:
    """The same node around other children; itself around its own."""
    if len(children) == len(node.children) and all(map(is_, children, node.children)):
        return node
    match node:
        case Emphasis(strong=strong):
            return Emphasis(children, strong)
        case Term(entry=entry, id=identifier):
            return Term(entry, identifier, children)
        case Link(target=target, location=location):
            return Link(target, children, location)
        case Span():
            return replace(node, children=children)


# ----------------------------------------------------------------------------------------------------------------- blocks

Change: TypeAlias = Callable[[Heading | Paragraph | Cell | Figure], Inlines]
"""What takes a block with words of its own and gives the words that shall stand there."""


def change_blocks(blocks: tuple[Block, ...], change: Change) -> tuple[Block, ...]:
    """The same blocks with other words."""
    return tuple(_change_block(block, change) for block in blocks)


def _change_block(block: Block, change: Change) -> Block:
    if isinstance(block, Paragraph):
        return Paragraph(block.id, change(block), block.location)
    if isinstance(block, Heading):
        return replace(block, children=change(block))
    if isinstance(block, Figure):
        return replace(block, caption=change(block))
    return _change_inside(block, change)


def _change_inside(block: Quotation | ItemList | Division | Table | CodeBlock | Rule, change: Change) -> Block:
    match block:
        case Quotation() | Division():
            return replace(block, blocks=change_blocks(block.blocks, change))
        case ItemList(items=items):
            return replace(block, items=tuple(change_blocks(item, change) for item in items))
        case Table(header=header, rows=rows):
            return replace(
                block, header=_change_row(header, change), rows=tuple(_change_row(row, change) for row in rows)
            )
        case _:
            return block


def _change_row(row: tuple[Cell, ...], change: Change) -> tuple[Cell, ...]:
    return tuple(replace(cell, children=change(cell)) for cell in row)


def inlines_of(block: Heading | Paragraph | Cell | Figure) -> Inlines:
    return block.caption if isinstance(block, Figure) else block.children


def texts(blocks: Iterable[Block]) -> Iterator[tuple[str, Inlines]]:
    """The id and the words of every block that holds words of its own, code blocks aside, in the order of the text."""
    for block in walk_blocks(blocks):
        yield from own_texts(block)


def own_texts(block: Block) -> Iterator[tuple[str, Inlines]]:
    """The id and the words of one block, without those of the blocks in it; of a table each cell's."""
    match block:
        case Heading() | Paragraph():
            yield block.id, block.children
        case Figure():
            yield block.id, block.caption
        case Table(header=header, rows=rows):
            yield from ((cell.id, cell.children) for row in (header, *rows) for cell in row)
        case _:
            pass


def page_texts(page: Page) -> Iterator[tuple[str, Inlines]]:
    """The id and the words of the page's title and of its blocks; its notes aside."""
    yield f"{page.id}-title", page.title
    yield from texts(page.blocks)


def notes_by_slug(page: Page) -> dict[str, Note]:
    return {note.slug: note for note in page.notes}
