"""Reads a page given as a string, and writes the model's nodes in a short form that a test can spell out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from publish.diagnostics import Diagnostic
from publish.load.counts import Count
from publish.load.markdown import make_parser
from publish.load.page import parse, read_page
from publish.load.problems import Problems
from publish.load.scope import NO_WITNESS, Counted, Ids, Scope
from publish.model import (
    Block,
    Break,
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
    Text,
)


@dataclass(frozen=True)
class Read:
    """A page as it was read."""

    title: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    found: list[Diagnostic]

    @property
    def rules(self) -> list[str]:
        return [one.rule for one in self.found]


def read(text: str, language: str = "en", *, witness: bool = False) -> Read:
    """The page "p" of the file "book/text/p.md"."""
    problems = Problems()
    counted = Counted(make_parser(language), Ids(problems), problems)
    no_marks = "" if witness else NO_WITNESS
    scope = Scope(counted, "book/text/p.md", text.split("\n"), "p", no_marks)
    return Read(*read_page(parse(text, counted.md), scope), problems.found)


def body(text: str, language: str = "en", *, witness: bool = False) -> Read:
    """A page that has a title already: its text begins on line 3."""
    return read(f"# T\n\n{text}", language, witness=witness)


def words(text: str, language: str = "en", *, witness: bool = False) -> str:
    """The inlines of the first paragraph, in the short form."""
    first = body(text, language, witness=witness).blocks[0]
    assert isinstance(first, Paragraph)
    return inlines(first.children)


def inlines(nodes: Iterable[Inline]) -> str:
    return "".join(map(inline, nodes))


def inline(node: Inline) -> str:  # noqa: C901, PLR0911 - one return a kind
    match node:
        case Text(text):
            return text
        case Emphasis(children, strong):
            return f"<{'b' if strong else 'i'}:{inlines(children)}>"
        case Code(text):
            return f"<code:{text}>"
        case Count():
            return f"<count {node.name}{f' of {node.page}' * bool(node.page)}>"
        case Span(children, _, classes, name, language, term):
            marks = [f".{one}" for one in classes] + [f"#{name}"] * bool(name)
            marks += [f"lang={language}"] * bool(language) + [f"term={term}"] * bool(term)
            marks += [f"from={node.quoted}"] * bool(node.quoted) + [f"date={node.dated}"] * bool(node.dated)
            marks += [f"index={one}" for one in node.indexed] + [f"cites={one}" for one in node.cites]
            return f"<{' '.join(marks)}:{inlines(children)}>"
        case Link(target, children):
            return f"<to {target}:{inlines(children)}>"
        case NoteRef(slug):
            return f"<note {slug}>"
        case Emendation(name, kind, removed, added, reason):
            return f"<{name} {kind} [{removed}] [{added}] {inlines(reason)}>"
        case Break():
            return "<br>"
        case Image(source, alternative):
            return f"<image {source}:{alternative}>"
        case _:
            return f"<{node}>"


def blocks(nodes: Iterable[Block]) -> list[object]:
    return [block(node) for node in nodes]


def block(node: Block) -> object:  # noqa: PLR0911 - one return a kind
    match node:
        case Heading(name, level, children):
            return f"h{level}#{name} {inlines(children)}"
        case Paragraph(name, children):
            return f"p#{name} {inlines(children)}"
        case Quotation(inside):
            return ("quotation", blocks(inside))
        case ItemList(items, start):
            return ("list" if start is None else f"list from {start}", [blocks(item) for item in items])
        case Division(inside, _, classes, name, language):
            return (
                " ".join(
                    [
                        *classes,
                        *[f"#{name}"] * bool(name),
                        *[f"lang={language}"] * bool(language),
                        *[f"from={node.quoted}"] * bool(node.quoted),
                        *[f"index={one}" for one in node.indexed],
                    ]
                ),
                blocks(inside),
            )
        case Table(header, rows):
            return (
                "table",
                [[f"{cell.id} {inlines(cell.children)}{cell.align}" for cell in row] for row in (header, *rows)],
            )
        case Figure(name, image, caption):
            return f"figure#{name} {inline(image)} {inlines(caption)}"
        case CodeBlock(name, text):
            return f"code#{name} {text}"
        case Rule():
            return "rule"
