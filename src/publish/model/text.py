"""The text of a book: blocks of inlines, with their places in the source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from publish.diagnostics import Location

# ------------------------------------------------------------------------------------------------------ text: inlines


class Container:
    """An inline that holds others, in `children`. A class, for all that goes through a text asks whether it has one before it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Text:
    """Words as they are to be read: emendations aside, typographic quotation marks set."""

    text: str
    location: Location


@dataclass(frozen=True, slots=True)
class Emphasis(Container):
    """Stressed words or a title; `strong` for strong emphasis."""

    children: tuple[Inline, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    text: str
    location: Location


@dataclass(frozen=True, slots=True)
class Span(Container):
    """Words with classes, an id or a language; `term` links them to a glossary entry by hand.

    What an editor says of the words beside that, for the checks and the index: `quoted` is the id of the page or section that they are
    quoted from, `dated` the fact that is their date ("bukharin:died", or the id of an event), `indexed` the headings of the index that
    they belong under, `cites` the sources that they cite.
    """

    children: tuple[Inline, ...]
    location: Location
    classes: tuple[str, ...] = ()
    id: str = ""
    language: str = ""
    term: str = ""
    quoted: str = ""
    dated: str = ""
    indexed: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link(Container):
    """A link: to `#id` in the book, or to the web. Without children it is a cross-reference that shows the page."""

    target: str
    children: tuple[Inline, ...]
    location: Location


@dataclass(frozen=True, slots=True)
class Term(Container):
    """A mention of a glossary entry, put in by `render`. `id` is the mention's own, unique in the book."""

    entry: str
    id: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class NoteRef:
    """The place that calls a note of the same page, by the note's slug."""

    slug: str
    location: Location


@dataclass(frozen=True, slots=True)
class Emendation:
    """A declared difference from the witness: `removed` stands there, `added` is to be read here.

    `kind` is "join" for a paragraph break of the witness that was removed (both strings are then empty).
    """

    id: str
    kind: Literal["replace", "add", "strike", "join"]
    removed: str
    added: str
    reason: tuple[Inline, ...]
    location: Location


@dataclass(frozen=True, slots=True)
class Break:
    """A line break that the author meant."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture; `source` is its path in `book/`, `alternative` what it shows."""

    source: str
    alternative: str
    location: Location


Inline: TypeAlias = Text | Emphasis | Code | Span | Link | Term | NoteRef | Emendation | Break | Image

# ------------------------------------------------------------------------------------------------------- text: blocks
# Every block that holds words of its own has an id, unique in the book: the layout tells the pages by it.


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the page's title: level 2 to 6."""

    id: str
    level: int
    children: tuple[Inline, ...]
    location: Location


@dataclass(frozen=True, slots=True)
class Paragraph:
    id: str
    children: tuple[Inline, ...]
    location: Location


@dataclass(frozen=True, slots=True)
class Quotation:
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list; `start` is the first number of an ordered one, None of a bulleted one."""

    items: tuple[tuple[Block, ...], ...]
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Division:
    """A fenced container: blocks with classes, an id or a language; `quoted` and `indexed` are as in `Span`."""

    blocks: tuple[Block, ...]
    location: Location
    classes: tuple[str, ...] = ()
    id: str = ""
    language: str = ""
    quoted: str = ""
    indexed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    id: str
    children: tuple[Inline, ...]
    align: Literal["", "left", "center", "right"] = ""


@dataclass(frozen=True, slots=True)
class Table:
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    location: Location


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture that stands alone; the caption is its Markdown title."""

    id: str
    image: Image
    caption: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeBlock:
    id: str
    text: str
    location: Location


@dataclass(frozen=True, slots=True)
class Rule:
    """A break in the thought: a thematic break, an ornament in print."""


Block: TypeAlias = Heading | Paragraph | Quotation | ItemList | Division | Table | Figure | CodeBlock | Rule
