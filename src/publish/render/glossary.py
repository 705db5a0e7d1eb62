"""The glossary's entries as they are to be written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from publish.diagnostics import NOWHERE
from publish.model import Book, Entry, Inline, Span
from publish.render.alphabet import folded
from publish.render.references import References, label, link, listed, quoted, words
from publish.render.terms import Mention
from publish.render.typography import NO_BREAK_SPACE
from publish.render.xhtml import Element, Node, Nodes


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph of an entry: what it is (its class), its id, its words."""

    kind: str
    id: str
    nodes: Nodes


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry: the head, which is its first line, and the paragraphs under it."""

    id: str
    kind: str
    head: Nodes
    parts: tuple[Part, ...]


def entries_in_order(book: Book) -> list[Entry]:
    """The entries as they stand in the alphabet; marks over letters, punctuation and capitals do not count."""
    return sorted(book.glossary, key=lambda entry: (folded(entry.sort or entry.headword), entry.sort, entry.id))


def view_glossary(
    book: Book, mentions: Mapping[str, tuple[Mention, ...]], references: References
) -> Iterator[EntryView]:
    """The entries in the order of the alphabet, each with what is said of it, by whom, and where it is mentioned."""
    headwords = {entry.id: entry.headword for entry in book.glossary}
    for entry in entries_in_order(book):
        parts = (
            ("gloss", entry.gloss),
            ("role", labelled(book.labels["role"], entry.role)),
            ("fate", labelled(book.labels["fate"], entry.fate)),
            ("see-also", labelled(book.labels["see-also"], _see_also(entry, headwords))),
            ("sources", labelled(book.labels["entry-sources"], entry.cited)),
            ("mentioned", _mentioned(book.labels["mentioned"], mentions.get(entry.id, ()), references)),
        )
        made = tuple(Part(kind, f"term-{entry.id}-{kind}", nodes) for kind, nodes in parts if nodes)
        yield EntryView(f"term-{entry.id}", entry.kind, tuple(_head(entry)), made)


def _head(entry: Entry) -> Iterator[Node]:
    yield Element("dfn", quoted(entry.headword))
    for kind, said in (("modern", entry.modern), ("dates", entry.dates)):
        if said and said != entry.headword:
            yield words(", ")
            yield Span(quoted(said), NOWHERE, (kind,))


def labelled(sign: str, nodes: Nodes) -> Nodes:
    """The words behind a label, if there are any."""
    return (label(sign), words(" "), *nodes) if nodes else ()


def _see_also(entry: Entry, headwords: Mapping[str, str]) -> Nodes:
    """The entries to look up, with semicolons, which stand behind a quotation mark in any house's style (Chicago 6.10)."""
    found: list[list[Inline]] = [
        [link(f"term-{other}", headwords[other])] for other in entry.see_also if other in headwords
    ]
    return tuple(listed(found, "; "))


def _mentioned(sign: str, mentions: tuple[Mention, ...], references: References) -> Nodes:
    """The label and the pages, of which the first stands on the line of the label."""
    linked = [mention for mention in mentions if mention.linked]
    return (label(sign), words(NO_BREAK_SPACE), *references.mentions(linked)) if linked else ()
