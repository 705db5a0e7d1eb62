"""Text as XHTML: a function for each kind of node, found by its type.

What is written is read as HTML by the layout and as XML by the e-book: no element but a void one is self-closed, and no rule of
one of the two readings is needed that the other lacks. Each block begins on a line of its own.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from publish.model import (
    Block,
    Break,
    Cell,
    Code,
    CodeBlock,
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
    NoteRef,
    Paragraph,
    Quotation,
    Rule,
    Span,
    Table,
    Term,
    Text,
)
from publish.render.abbreviations import ABBREVIATION, mark_abbreviations
from publish.render.breaks import Breaks, marker_id, positions
from publish.render.references import References
from publish.render.walk import Inlines, plain

_MARK = "\0"  # stands for a run of words until they are put in; XML forbids it, so no text holds it
_SPECIAL, _SPECIAL_IN_QUOTES = re.compile("[&<>]"), re.compile('[&<>"\n]')


@dataclass(frozen=True, slots=True)
class Element:
    """An element that a made page needs beside those of the text. `type` is its epub:type."""

    name: str
    children: tuple[Node, ...]
    classes: tuple[str, ...] = ()
    target: str = ""
    type: str = ""


Node: TypeAlias = Inline | Element
Nodes: TypeAlias = tuple[Node, ...]


def escape(text: str) -> str:
    """Words as character data."""
    if _SPECIAL.search(text) is None:
        return text
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attributes(**values: str | Iterable[str]) -> str:
    """Attributes, those with an empty value left out; `class_` and `epub_type` stand for names that Python cannot have."""
    written = []
    for name, value in values.items():
        text = value if isinstance(value, str) else " ".join(value)
        if text:
            quoted = _quoted(text) if _SPECIAL_IN_QUOTES.search(text) else text
            written.append(f' {_ATTRIBUTES.get(name, name)}="{quoted}"')
    return "".join(written)


def _quoted(text: str) -> str:
    return escape(text).replace('"', "&quot;").replace("\n", "&#10;")


_ATTRIBUTES = {
    "class_": "class",
    "epub_type": "epub:type",
    "xml_lang": "xml:lang",
    "aria_label": "aria-label",
    "aria_labelledby": "aria-labelledby",
    "data_title": "data-title",
    "data_short_title": "data-short-title",
}


class Writer(ABC):
    """Writes the text of one document. What the media do differently is left to the two kinds of writer."""

    def __init__(self, references: References, breaks: Breaks, document: str) -> None:
        self.references = references
        self.document = document
        self._breaks = breaks
        self._runs: list[tuple[str, str]] | None = None  # words and their XHTML, while a block with markers is written
        self._notes: Mapping[str, Note] = {}
        self._called: set[str] = set()
        self._inlines: dict[type[Node], Callable[[Any], str]] = {
            Text: self._text,
            Code: self._code,
            Emphasis: self._emphasis,
            Span: self._span,
            Link: self._link,
            Term: self._term,
            NoteRef: self._note_ref,
            Emendation: self._emendation,
            Break: self._break,
            Image: self._image,
            Element: self._element,
        }
        self._blocks: dict[type[Block], Callable[[Any], str]] = {
            Paragraph: self._paragraph,
            Heading: self._heading,
            Quotation: self._quotation,
            ItemList: self._list,
            Division: self._division,
            Table: self._table,
            Figure: self._figure,
            CodeBlock: self._code_block,
            Rule: self._rule,
        }

    # ------------------------------------------------------------------------------------------- what the media decide

    @abstractmethod
    def href(self, identifier: str) -> str:
        """The address of an id of the book from this document; "" if it does not stand in this medium."""

    @abstractmethod
    def image_source(self, source: str) -> str:
        """The address of a picture from this document."""

    @abstractmethod
    def call(self, note: Note, *, again: bool) -> str:
        """The call of a note; `again` if it was called before."""

    term_semantics: str
    """Attributes of a link to the glossary."""

    citation_semantics: str
    """Attributes of a link to the list of sources."""

    running_levels: int = 0
    """The levels of headings that can be running heads: 1 to this."""

    # -------------------------------------------------------------------------------------------------------- inlines

    def use_notes(self, notes: Mapping[str, Note]) -> None:
        """From now on slugs name these notes."""
        self._notes = notes
        self._called = set()

    def inlines(self, nodes: Iterable[Node]) -> str:
        """The nodes one after another."""
        return "".join([self._inlines[type(node)](node) for node in nodes])

    def _words(self, text: str, xhtml: str) -> str:
        if self._runs is None:
            return xhtml
        self._runs.append((text, xhtml))
        return _MARK

    def _text(self, node: Text) -> str:
        return self._words(node.text, escape(node.text))

    def _code(self, node: Code) -> str:
        return f"<code>{self._words(node.text, escape(node.text))}</code>"

    def _emphasis(self, node: Emphasis) -> str:
        name = "strong" if node.strong else "em"
        return f"<{name}>{self.inlines(node.children)}</{name}>"

    def _span(self, node: Span) -> str:
        written = attributes(class_=node.classes, id=node.id, lang=node.language, xml_lang=node.language)
        inner = self.inlines(node.children)
        if node.cites:
            inner = self._citation(node.cites[0], inner)
        if ABBREVIATION in node.classes:
            return f"<abbr{written}>{inner}</abbr>"
        return f"<span{written}>{inner}</span>" if written else inner

    def _citation(self, source: str, inner: str) -> str:
        """The words of a citation, linked to the list of sources where the book has one."""
        target = f"source-{source}"
        if target not in self.references.survey.documents:
            return inner
        return f'<a class="citation" href="{self.href(target)}"{self.citation_semantics}>{inner}</a>'

    def _link(self, node: Link) -> str:
        if not node.children:
            return self._page_reference(node)
        return self._anchor(node.target, "", self.inlines(node.children))

    def _page_reference(self, node: Link) -> str:
        words = self.references.page(node.target.removeprefix("#"))
        return self._anchor(node.target, "page-ref", self._words(words, escape(words)))

    def _anchor(self, target: str, classes: str, inner: str) -> str:
        """A link, or its words alone if what it leads to is not in this medium."""
        href = self.href(target[1:]) if target.startswith("#") else target
        return f"<a{attributes(class_=classes, href=href)}>{inner}</a>" if href else inner

    def _term(self, node: Term) -> str:
        href = self.href(f"term-{node.entry}")
        own = attributes(class_="term", id=node.id, href=href)
        return f"<a{own}{self.term_semantics}>{self.inlines(node.children)}</a>"

    def _note_ref(self, node: NoteRef) -> str:
        note = self._notes[node.slug]
        again = node.slug in self._called
        self._called.add(node.slug)
        return self.call(note, again=again)

    def _emendation(self, node: Emendation) -> str:
        words = self.inlines(mark_abbreviations((Text(node.added, node.location),))) if node.added else ""
        return f'<span class="emendation" id="{node.id}">{words}</span>'

    def _break(self, _node: Break) -> str:
        return self._words("\n", "<br/>")

    def _image(self, node: Image) -> str:
        source = attributes(src=self.image_source(node.source))
        alternative = attributes(alt=node.alternative) or ' alt=""'
        return f"<img{source}{alternative}/>"

    def _element(self, node: Element) -> str:
        inner = self.inlines(node.children)
        href = self.href(node.target) if node.target else ""
        written = attributes(class_=node.classes, href=href, epub_type=node.type)
        return f"<{node.name}{written}>{inner}</{node.name}>"

    # ------------------------------------------------------------------------------------------- markers of printed pages

    def content(self, identifier: str, nodes: Iterable[Node], *, whole: bool = True) -> str:
        """What stands in the block of this id: its words, with the markers of the printed pages that begin in it.

        Not `whole`: the markers at its very beginning stand before the block, where `before` has put them.
        """
        marks = [mark for mark in self._breaks.in_blocks.get(identifier, ()) if whole or mark[0]]
        return self._marked(nodes, marks) if marks else self.inlines(nodes)

    def before(self, identifier: str) -> str:
        """The markers of the printed pages that begin with this block."""
        marks = self._breaks.in_blocks.get(identifier, ())
        return markers("div", (label for offset, label in marks if not offset)) if marks else ""

    def _marked(self, nodes: Iterable[Node], marks: list[tuple[int, str]]) -> str:
        runs: list[tuple[str, str]] = []
        self._runs = runs
        frame = self.inlines(nodes).split(_MARK)
        self._runs = None
        text = "".join(words for words, _ in runs)
        places = zip(positions(text, [offset for offset, _ in marks]), (label for _, label in marks), strict=True)
        return _woven(frame, runs, list(places))

    # --------------------------------------------------------------------------------------------------------- blocks

    def blocks(self, blocks: Iterable[Block]) -> str:
        """The blocks, each on a line of its own."""
        return "".join([f"\n{self._blocks[type(block)](block)}" for block in blocks])

    def paragraph(self, identifier: str, nodes: Iterable[Node], classes: str = "") -> str:
        """A paragraph; the markers that begin with it stand before it."""
        written = attributes(class_=classes, id=identifier)
        return f"{self.before(identifier)}<p{written}>{self.content(identifier, nodes, whole=False)}</p>"

    def heading(self, level: int, identifier: str, nodes: Inlines, classes: str = "") -> str:
        """A heading; the markers that begin with it stand before it."""
        running = plain(nodes) if level <= self.running_levels else ""
        written = attributes(class_=classes, id=identifier, data_title=running)
        return f"{self.before(identifier)}<h{level}{written}>{self.content(identifier, nodes, whole=False)}</h{level}>"

    def _paragraph(self, block: Paragraph) -> str:
        return self.paragraph(block.id, block.children)

    def _heading(self, block: Heading) -> str:
        return self.heading(block.level, block.id, block.children)

    def _quotation(self, block: Quotation) -> str:
        return f"<blockquote>{self.blocks(block.blocks)}\n</blockquote>"

    def _list(self, block: ItemList) -> str:
        name = "ul" if block.start is None else "ol"
        start = f' start="{block.start}"' if block.start not in {None, 1} else ""
        items = "".join([f"\n<li>{self.blocks(item)}\n</li>" for item in block.items])
        return f"<{name}{start}>{items}\n</{name}>"

    def _division(self, block: Division) -> str:
        written = attributes(class_=block.classes, id=block.id, lang=block.language, xml_lang=block.language)
        return f"<div{written}>{self.blocks(block.blocks)}\n</div>"

    def _table(self, block: Table) -> str:
        head = self._row(block.header, 'th scope="col"')
        body = "".join([self._row(row, "td") for row in block.rows])
        return f"<table>\n<thead>{head}\n</thead>\n<tbody>{body}\n</tbody>\n</table>"

    def _row(self, cells: Iterable[Cell], tag: str) -> str:
        return "\n<tr>" + "".join([self._cell(cell, tag) for cell in cells]) + "\n</tr>"

    def _cell(self, cell: Cell, tag: str) -> str:
        written = attributes(class_=cell.align and f"align-{cell.align}", id=cell.id)
        return f"\n<{tag}{written}>{self.content(cell.id, cell.children)}</{tag[:2]}>"

    def _figure(self, block: Figure) -> str:
        caption = self.content(block.id, block.caption, whole=False)
        written = f"\n<figcaption>{caption}</figcaption>" if caption else ""
        return (
            f"{self.before(block.id)}<figure{attributes(id=block.id)}>\n{self._image(block.image)}{written}\n</figure>"
        )

    def _code_block(self, block: CodeBlock) -> str:
        words = self.content(block.id, (Text(block.text, block.location),), whole=False)
        return f"{self.before(block.id)}<pre{attributes(id=block.id)}><code>{words}</code></pre>"

    def _rule(self, _block: Rule) -> str:
        return '<hr class="ornament"/>'


def markers(name: str, labels: Iterable[str]) -> str:
    """The markers of printed pages, as elements of this name; those between blocks each on a line of its own."""
    end = "\n" if name == "div" else ""
    return "".join(
        f'<{name} class="page-break"{attributes(id=marker_id(label), epub_type="pagebreak", role="doc-pagebreak", aria_label=label)}>'
        f"</{name}>{end}"
        for label in labels
    )


def _woven(frame: list[str], runs: list[tuple[str, str]], places: list[tuple[int, str]]) -> str:
    """The block's XHTML with its words put in, and the markers among them. The frame has one piece more than there are runs."""
    written, at, waiting = [frame[0]], 0, places[::-1]
    for (words, xhtml), after in zip(runs, frame[1:], strict=True):
        here: list[tuple[int, str]] = []
        while waiting and waiting[-1][0] <= at + len(words):
            place, label = waiting.pop()
            here.append((place - at, label))
        written += [*_cut(words, xhtml, here), after]
        at += len(words)
    return "".join(written) + markers("span", (label for _, label in reversed(waiting)))


def _cut(words: str, xhtml: str, marks: list[tuple[int, str]]) -> Iterator[str]:
    """A run of words with markers in it, each at its place from the run's beginning; whole, it is written as `xhtml`."""
    done = 0
    for place, label in (*marks, (len(words), "")):
        if done < place:
            yield xhtml if place - done == len(words) else escape(words[done:place])
        if label:
            yield markers("span", (label,))
        done = place
