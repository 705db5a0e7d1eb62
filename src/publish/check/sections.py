"""The parts of a book that have an id of their own: what each holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from publish.check.words import Reading, read
from publish.model import Block, Book, Division, Heading, Inline, ItemList, Quotation
from publish.model.walk import passages


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under an id: a page with its title, the blocks from a heading on, or a container."""

    title: tuple[Inline, ...]
    blocks: tuple[Block, ...]

    def read(self) -> Reading:
        """The text as it is to be read, without notes."""
        return read(chain((self.title,), passages(self.blocks)))


def sections_of(book: Book) -> dict[str, Section]:
    """The pages, sections and named containers of the book by their ids.

    A section begins with its heading and ends before the next one of its level or above.
    """
    found = {page.id: Section(page.title, page.blocks) for page in book.pages if page.blocks}
    for page in book.pages:
        found |= {name: Section((), blocks) for name, blocks in _sections(page.blocks)}
    return found


def _sections(blocks: tuple[Block, ...]) -> Iterator[tuple[str, tuple[Block, ...]]]:
    for number, block in enumerate(blocks):
        match block:
            case Heading(id=name, level=level):
                ends = (at for at, one in enumerate(blocks) if at > number and _ends(one, level))
                yield name, blocks[number : next(ends, len(blocks))]
            case Division(blocks=inside, id=name):
                if name:
                    yield name, inside
                yield from _sections(inside)
            case Quotation(blocks=inside):
                yield from _sections(inside)
            case ItemList(items=items):
                for item in items:
                    yield from _sections(item)
            case _:
                pass


def _ends(block: Block, level: int) -> bool:
    """Whether a block ends a section of this level."""
    return isinstance(block, Heading) and block.level <= level
