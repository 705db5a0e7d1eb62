"""The chronology's rows as they are to be written.

They are written as a description list: a date is a term, and what happened its description. A table would ask for two columns on a
telephone, and most of its rows would have no year at their head; here the year is part of the first date that shares it, and is read aloud
once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from publish.diagnostics import NOWHERE
from publish.model import Book, Event, Span
from publish.render.glossary import Part, labelled
from publish.render.references import words
from publish.render.typography import typeset
from publish.render.xhtml import Nodes


@dataclass(frozen=True, slots=True)
class RowView:
    """A row: its date, and the paragraphs beside it. `opens_year`: it is the first of its year, and the year is said."""

    id: str
    date: Nodes
    parts: tuple[Part, ...]
    opens_year: bool


def view_chronology(book: Book) -> Iterator[RowView]:
    """The rows in their order. The year is said in the first of the rows that share it, and where a row has no other date."""
    year = ""
    for event in book.chronology:
        opens = event.year != year
        year = event.year
        said = [("year", event.year)] if opens or not event.day else []
        date = _date([*said, *([("day", event.day)] if event.day else [])], book)
        yield RowView(f"event-{event.id}", date, tuple(_parts(event, book.labels["entry-sources"])), opens)


def _date(said: list[tuple[str, str]], book: Book) -> Nodes:
    """The parts of a date, each in a span of its class."""
    nodes: list[Span] = [Span(typeset((words(text),), book.metadata.language), NOWHERE, (kind,)) for kind, text in said]
    return (nodes[0], words(" "), *nodes[1:]) if len(nodes) > 1 else tuple(nodes)


def _parts(event: Event, sources: str) -> Iterator[Part]:
    """What stands beside the date."""
    yield Part("what", f"event-{event.id}-what", event.event)
    if event.cited:
        yield Part("sources", f"event-{event.id}-sources", labelled(sources, event.cited))
