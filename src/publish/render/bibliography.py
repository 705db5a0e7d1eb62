"""The list of sources and the further reading, as they are to be written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from publish.model import Book, Source
from publish.render.glossary import Part


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source in a list: its id there, and its paragraphs."""

    id: str
    source: Source
    parts: tuple[Part, ...]


def view_sources(book: Book) -> Iterator[SourceView]:
    """The sources that anything in the book cites, in order, each with the parts of it that are cited."""
    for source in _in_order(book):
        if source.cited:
            name = f"source-{source.id}"
            yield _view(
                name,
                source,
                (Part("reference", f"{name}-entry", source.text), Part("parts", f"{name}-parts", source.parts)),
            )


def view_further_reading(book: Book) -> Iterator[SourceView]:
    """The sources that a reader may want, in order, each with the reason."""
    for source in _in_order(book):
        if source.further:
            name = f"source-{source.id}-further"
            reason = Part("annotation", f"{name}-annotation", source.further)
            yield _view(name, source, (Part("reference", f"{name}-entry", source.text), reason))


def _view(name: str, source: Source, parts: tuple[Part, ...]) -> SourceView:
    return SourceView(name, source, tuple(part for part in parts if part.nodes))


def _in_order(book: Book) -> list[Source]:
    """The sources that are no parts of others."""
    return sorted((one for one in book.bibliography if not one.part_of), key=lambda one: (one.sort, one.id))
