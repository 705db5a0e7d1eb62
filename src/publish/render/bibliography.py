"""The list of sources and the further reading, as they are to be written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from publish.model import Book, Source
from publish.render.walk import Inlines


@dataclass(frozen=True, slots=True)
class SourcePart:
    """A paragraph on a source: what it is (its class), its id, its words."""

    kind: str
    id: str
    nodes: Inlines


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source in a list: its id there, and its paragraphs."""

    id: str
    source: Source
    parts: tuple[SourcePart, ...]


def view_sources(book: Book) -> Iterator[SourceView]:
    """The sources that anything in the book cites, in order, each with the parts of it that are cited."""
    for source in _in_order(book):
        if source.cited:
            yield _view(f"source-{source.id}", source, "parts", source.parts)


def view_further_reading(book: Book) -> Iterator[SourceView]:
    """The sources that a reader may want, in order, each with the reason."""
    for source in _in_order(book):
        if source.further:
            yield _view(f"source-{source.id}-further", source, "annotation", source.further)


def _view(name: str, source: Source, kind: str, nodes: Inlines) -> SourceView:
    """The entry of a source and, where there are words of this kind, a paragraph under it."""
    entry = SourcePart("reference", f"{name}-entry", source.text)
    return SourceView(name, source, (entry, SourcePart(kind, f"{name}-{kind}", nodes)) if nodes else (entry,))


def _in_order(book: Book) -> list[Source]:
    """The sources that are no parts of others."""
    return sorted((one for one in book.bibliography if not one.part_of), key=lambda one: (one.sort, one.id))
