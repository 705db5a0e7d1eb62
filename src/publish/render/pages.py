"""The pages of the contents as sections: the same for both media."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from publish.diagnostics import Location
from publish.model import COVERS, Book, Page, Role, Text
from publish.render.apparatus import view_emendations
from publish.render.bibliography import SourceView, view_further_reading, view_sources
from publish.render.breaks import Breaks
from publish.render.chronology import view_chronology
from publish.render.front import Line, made_lines
from publish.render.glossary import view_glossary
from publish.render.index import LineView, view_index
from publish.render.index_lines import IndexLine
from publish.render.prepare import Prepared
from publish.render.references import References
from publish.render.roles import SEMANTICS, Semantics
from publish.render.survey import Survey, title_of
from publish.render.templates import Markup, fill
from publish.render.typography import typeset
from publish.render.walk import Inlines, notes_by_slug
from publish.render.xhtml import Writer, attributes, markers


@dataclass(frozen=True, slots=True)
class Edition:
    """What the pages of a rendering are written from. `classes` are what the style sheets are told of a page, by its id."""

    prepared: Prepared
    survey: Survey
    references: References
    breaks: Breaks
    index: tuple[IndexLine, ...] = ()
    title_art: str = ""
    classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def book(self) -> Book:
        return self.prepared.book


def write_page(edition: Edition, page: Page, writer: Writer) -> Markup:
    """The section of a page: of text, or of what the machine makes of the book's facts."""
    writer.use_notes(notes_by_slug(page))
    content = _CONTENTS.get(page.role, _text_page)(edition, page, writer)
    return write_section(edition, page, writer.document, content)


def write_section(edition: Edition, page: Page, document: str, content: str) -> Markup:
    """The section of a page around what stands in it."""
    section = Section(page.id, page.role, title_of(page, edition.book), edition.classes.get(page.id, ()))
    return section.around(content, edition.breaks, document)


@dataclass(frozen=True, slots=True)
class Section:
    """The outermost element of a page, or of what stands like one."""

    id: str
    role: Role | Literal["notes"]
    title: str
    more: tuple[str, ...] = ()

    @property
    def title_id(self) -> str:
        """The id of the heading; "" for the covers and the half-title, which have none."""
        return "" if self.role in COVERS | {"half-title"} else f"{self.id}-title"

    @property
    def semantics(self) -> Semantics:
        return SEMANTICS[self.role]

    def around(self, content: str, breaks: Breaks, document: str) -> Markup:
        """The section with its content, and the markers of the printed pages that stand before or behind all words of a document."""
        written = attributes(
            class_=("page", self.role, *self.more),
            id=self.id,
            data_title=self.title,
            epub_type=self.semantics.type,
            role=self.semantics.role,
            aria_labelledby=self.title_id,
        )
        first, last = (markers("div", labels.get(document, ())) for labels in (breaks.first, breaks.last))
        return fill("section", attributes=Markup(written), content=Markup(f"{first}{content}\n{last}".strip("\n")))


def write_title(edition: Edition, page: Page, writer: Writer) -> str:
    """The heading of a page: its title, or the label of its role."""
    nodes = page.title or (Text(title_of(page, edition.book), page.location),)
    return writer.heading(1, f"{page.id}-title", nodes, "page-title")


def _text_page(edition: Edition, page: Page, writer: Writer) -> str:
    return write_title(edition, page, writer) + writer.blocks(page.blocks)


_TITLE = "page-title title"


def _title_page(edition: Edition, page: Page, writer: Writer) -> str:
    first, *rest = made_lines(edition.book, page)
    heading = (
        _title(edition, first, writer)
        if edition.title_art
        else writer.heading(1, first.id, _words(edition, first), _TITLE)
    )
    return "\n".join([heading, *(writer.paragraph(line.id, _words(edition, line), line.kind) for line in rest)])


def _title(edition: Edition, line: Line, writer: Writer) -> str:
    """The title as it was drawn, and its words, which style sheets hide where the drawing is shown."""
    words = f'<span class="title-words">{writer.content(line.id, _words(edition, line), whole=False)}</span>'
    return f"{writer.before(line.id)}<h1{attributes(class_=_TITLE, id=line.id)}>{edition.title_art}{words}</h1>"


def _made_lines(edition: Edition, page: Page, writer: Writer) -> str:
    return "\n".join(
        writer.paragraph(line.id, _words(edition, line), line.kind) for line in made_lines(edition.book, page)
    )


def _back_cover(edition: Edition, page: Page, writer: Writer) -> str:
    """The lines, and an element that keeps room for a barcode if the book has a number for it."""
    room = ['<div class="barcode"></div>'] if edition.book.metadata.isbn else []
    return "\n".join([_made_lines(edition, page, writer), *room])


def _words(edition: Edition, line: Line) -> Inlines:
    return typeset((Text(line.words, Location("")),), edition.book.metadata.language)


def _glossary(edition: Edition, page: Page, writer: Writer) -> str:
    entries = [
        {
            "id": entry.id,
            "kind": entry.kind,
            "head": Markup(writer.content(f"{entry.id}-headword", entry.head)),
            "parts": [Markup(writer.paragraph(part.id, part.nodes, part.kind)) for part in entry.parts],
        }
        for entry in view_glossary(edition.book, edition.prepared.mentions, edition.references)
    ]
    return f"{_text_page(edition, page, writer)}\n{fill('glossary', entries=entries)}"


def _emendations(edition: Edition, page: Page, writer: Writer) -> str:
    readings = [
        {"id": reading.id, "line": Markup(writer.content(reading.id, reading.nodes))}
        for reading in view_emendations(edition.book, edition.references)
    ]
    return f"{_text_page(edition, page, writer)}\n{fill('emendations', readings=readings)}"


def _chronology(edition: Edition, page: Page, writer: Writer) -> str:
    rows = [
        {
            "id": row.id,
            "opens_year": row.opens_year,
            "date": Markup(writer.content(f"{row.id}-date", row.date)),
            "parts": [Markup(writer.paragraph(part.id, part.nodes, part.kind)) for part in row.parts],
        }
        for row in view_chronology(edition.book)
    ]
    return f"{_text_page(edition, page, writer)}\n{fill('chronology', rows=rows)}"


def _index(edition: Edition, page: Page, writer: Writer) -> str:
    view = view_index(edition.index, edition.references, edition.book.metadata.language)
    groups = [[_index_line(line, writer) for line in group] for group in view]
    return f"{_text_page(edition, page, writer)}\n{fill('index', groups=groups)}"


def _index_line(line: LineView, writer: Writer) -> dict[str, object]:
    words = Markup(writer.paragraph(line.id, line.nodes))
    return {"words": words, "under": [_index_line(one, writer) for one in line.under]}


def _sources(edition: Edition, page: Page, writer: Writer) -> str:
    return _bibliography(edition, page, writer, view_sources(edition.book))


def _further_reading(edition: Edition, page: Page, writer: Writer) -> str:
    return _bibliography(edition, page, writer, view_further_reading(edition.book))


def _bibliography(edition: Edition, page: Page, writer: Writer, views: Iterable[SourceView]) -> str:
    sources = [
        {
            "id": view.id,
            "parts": [Markup(writer.paragraph(part.id, part.nodes, part.kind)) for part in view.parts],
        }
        for view in views
    ]
    return f"{_text_page(edition, page, writer)}\n{fill('bibliography', sources=sources)}"


_CONTENTS: dict[str, Callable[[Edition, Page, Writer], str]] = {
    "half-title": _made_lines,
    "titlepage": _title_page,
    "back-cover": _back_cover,
    "chronology": _chronology,
    "glossary": _glossary,
    "emendations": _emendations,
    "index": _index,
    "sources": _sources,
    "further-reading": _further_reading,
}
