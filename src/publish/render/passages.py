"""Passages that an editor has marked for the index: given ids where they begin and where they end, that their pages can be told."""

from __future__ import annotations

from dataclasses import dataclass, replace

from publish.diagnostics import Location
from publish.model import Block, Container, Division, Heading, Inline, ItemList, Paragraph, Quotation, Span, Table
from publish.model.walk import walk_blocks
from publish.render.walk import Inlines, change_blocks, inlines_of, with_children


@dataclass(frozen=True, slots=True)
class Passage:
    """A marked passage: the headings that it belongs under, the ids of its beginning and its end, and the note that it stands in, or 0."""

    headings: tuple[str, ...]
    first: str
    last: str
    note: int


class PassageMarker:
    """Marks the passages of a book, page by page, in the order of the text, if it has an index. `note` is the one being read, or 0."""

    def __init__(self, *, indexing: bool) -> None:
        self.note = 0
        self._indexing = indexing
        self._passages: list[Passage] = []
        self._ends: dict[
            str, str
        ] = {}  # the ids of blocks at which passages end that cannot be marked, by the id of the mark

    def passages(self) -> tuple[Passage, ...]:
        """The passages that have been marked."""
        return tuple(replace(one, last=self._ends.get(one.last, one.last) or one.first) for one in self._passages)

    def blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """The blocks with an id at the beginning and at the end of every passage."""
        if not self._indexing:
            return blocks
        return tuple(map(self._block, blocks))

    def inlines(self, nodes: Inlines) -> Inlines:
        """The words of a block, likewise."""
        return tuple(map(self._inline, nodes)) if self._indexing else nodes

    def _inline(self, node: Inline) -> Inline:
        if not isinstance(node, Container):
            return node
        if not (isinstance(node, Span) and node.indexed):
            return with_children(node, self.inlines(node.children))
        first, last = self._passage(node.id, node.indexed)
        return replace(node, id=first, children=(*self.inlines(node.children), _mark(last, node.location)))

    def _block(self, block: Block) -> Block:
        match block:
            case Division(indexed=headings, id=name) if headings:
                first, last = self._passage(name, headings)
                blocks = tuple(map(self._block, block.blocks))
                return replace(block, id=first, blocks=self._ended(blocks, _mark(last, block.location)))
            case Quotation() | Division():
                return replace(block, blocks=tuple(map(self._block, block.blocks)))
            case ItemList(items=items):
                return replace(block, items=tuple(tuple(map(self._block, item)) for item in items))
            case _:
                return change_blocks((block,), lambda text: self.inlines(inlines_of(text)))[0]

    def _passage(self, name: str, headings: tuple[str, ...]) -> tuple[str, str]:
        """The ids of the beginning and the end of the next passage. One that has an id of its own keeps it."""
        made = f"passage-{len(self._passages) + 1}"
        self._passages.append(Passage(headings, name or made, f"{made}-end", self.note))
        return name or made, f"{made}-end"

    def _ended(self, blocks: tuple[Block, ...], mark: Span) -> tuple[Block, ...]:
        """The blocks with a mark behind the last of their words.

        A passage that ends in a picture or in code, which can hold no mark, ends where that begins.
        """
        ended = _with_mark(blocks, mark)
        if ended is not None:
            return ended
        named = [name for block in walk_blocks(blocks) if (name := getattr(block, "id", ""))]
        self._ends[mark.id] = named[-1] if named else ""
        return blocks


def _mark(name: str, location: Location) -> Span:
    return Span((), location, id=name)


def _with_mark(blocks: tuple[Block, ...], mark: Span) -> tuple[Block, ...] | None:
    """The blocks with a mark behind their last words; None where no words can be marked."""
    if not blocks:
        return None
    *before, last = blocks
    marked = _marked(last, mark)
    return None if marked is None else (*before, marked)


def _marked(block: Block, mark: Span) -> Block | None:
    match block:
        case Paragraph() | Heading():
            return replace(block, children=(*block.children, mark))
        case Quotation() | Division():
            blocks = _with_mark(block.blocks, mark)
            return None if blocks is None else replace(block, blocks=blocks)
        case ItemList(items=(*items, last)):
            blocks = _with_mark(last, mark)
            return None if blocks is None else replace(block, items=(*items, blocks))
        case Table(rows=(*rows, (*cells, cell))):
            return replace(block, rows=(*rows, (*cells, replace(cell, children=(*cell.children, mark)))))
        case _:
            return None
