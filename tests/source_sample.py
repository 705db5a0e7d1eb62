"""Reads a bibliography given as a string, and writes words with their italics as Markdown has them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from publish.diagnostics import Diagnostic
from publish.load.bibliography import BibliographyReader
from publish.load.chicago import Chicago
from publish.load.citations import citations_in
from publish.load.convert import records
from publish.load.inlines import InlineReader
from publish.load.markdown import make_parser, nest
from publish.load.problems import Problems
from publish.load.quotes import typographic
from publish.load.records import RecordReader
from publish.load.schema import BIBLIOGRAPHY
from publish.load.scope import Counted, Ids, Places, Scope
from publish.load.shapes import validate
from publish.load.sources import Sources
from publish.load.yamlfile import parse
from publish.model import Code, Emphasis, Inline, Link, Source, Span, Text

FILE = "book/bibliography.yaml"
LABELS = {
    "and": "and",
    "et-al": "et al.",
    "editor": "ed.",
    "editors": "eds.",
    "edited-by": "edited by",
    "translator": "trans.",
    "translated-by": "translated by",
    "in": "in",
    "of": "of",
    "volume": "vol.",
    "issue": "no.",
    "sub-verbo": "s.v.",
}


@dataclass(frozen=True)
class Bibliography:
    """A bibliography as it was read."""

    reader: BibliographyReader
    citable: Sources
    counted: Counted
    found: list[Diagnostic]

    @property
    def rules(self) -> list[str]:
        return [one.rule for one in self.found]

    def sources(self) -> dict[str, Source]:
        return {one.id: one for one in self.reader.sources(self.citable)}

    def read(self, typed: str) -> tuple[Inline, ...]:
        """Inline Markdown with citations of these sources, read behind all that was read before."""
        token = self.counted.md.parseInline(typed, {})[0]
        self.citable.meet(citations_in(token.children or []))
        scope = Scope(self.counted, "book/text/p.md", [typed], "p", "here", "here")
        return InlineReader(scope, Places("book/text/p.md", [0], [1], [1])).read(nest(token.children or []))

    def cite(self, *typed: str) -> list[str]:
        return [said(self.read(one)) for one in typed]


def bibliography(text: str, language: str = "en-US", *, listed: bool = True) -> Bibliography:
    problems = Problems()
    md = make_parser(language)
    words = partial(typographic, md)
    counted = Counted(md, Ids(problems), problems)
    node = parse(text, FILE, problems)
    assert node is not None
    validate(node, BIBLIOGRAPHY, problems)
    reader = BibliographyReader(RecordReader(counted, FILE, text.split("\n"), language), records(node, words), language)
    counted.sources = reader.citable(Chicago(language, LABELS.__getitem__), words, listed=listed)
    return Bibliography(reader, counted.sources, counted, problems.found)


def said(nodes: Iterable[Inline]) -> str:
    """The words, italics between asterisks."""
    return "".join(map(_said, nodes))


def _said(node: Inline) -> str:
    match node:
        case Emphasis(children):
            return f"*{said(children)}*"
        case Span(children) | Link(_, children):
            return said(children)
        case Text(text) | Code(text):
            return text
        case _:
            raise AssertionError(node)
