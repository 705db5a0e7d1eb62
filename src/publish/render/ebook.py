"""The rendering for the e-book: a document a page, the notes in one of their own, and the navigation."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from urllib.parse import quote

from publish.model import PRINT_ONLY, Book, Document, Note, Page, Pagination, Rendering
from publish.render.breaks import Frame, place_breaks
from publish.render.index import plan_index
from publish.render.notes import write_notes
from publish.render.pages import Edition, Section, write_page, write_section
from publish.render.prepare import prepare
from publish.render.references import References
from publish.render.roles import UNLISTED
from publish.render.survey import CONTENTS_LIST, take_survey, title_of
from publish.render.templates import Markup, fill
from publish.render.toc import landmarks, table_of_contents
from publish.render.xhtml import Writer, attributes

TEXT = "text"
NAVIGATION = "nav.xhtml"
COVER_IMAGE = "images/cover.jpg"
STYLE_SHEETS = ("base.css", "epub.css")


def render_epub(book: Book, pagination: Pagination, title_art: str = "") -> Rendering:
    """The book as the documents of an EPUB, in reading order; the title on its title page is `title_art` where that is given, SVG.

    With the pagination of the print, the documents hold a marker for each of its pages. Without pages there is no page list, and
    places are named by the titles of their sections.
    """
    prepared = prepare(book)
    plan = _plan(prepared.book)
    index = plan_index(prepared)
    survey = take_survey(prepared.book, plan.paths, plan.notes, index)
    breaks = place_breaks(pagination.numbered, survey.documents, survey.blocks, plan.frame)
    edition = Edition(
        prepared, survey, References(book.labels, pagination, survey, titled=True), breaks, index, title_art
    )
    return _Ebook(edition, plan).rendering()


# ---------------------------------------------------------------------------------------------------------- the documents


@dataclass(frozen=True, slots=True)
class Plan:
    """The pages that the e-book has, where each stands (by its id), and the paths of what has no page of the contents."""

    pages: tuple[Page, ...]
    paths: dict[str, str]
    notes: str
    notes_follow: Page | None
    frame: Frame


def _plan(book: Book) -> Plan:
    """Half-title and back cover stay in print; the contents become the navigation document."""
    pages = tuple(page for page in book.pages if page.role not in PRINT_ONLY)
    paths = {page.id: NAVIGATION if page.role == "contents" else f"{TEXT}/{page.id}.xhtml" for page in pages}
    by_role = {page.role: paths[page.id] for page in reversed(pages)}
    text = [page for page in pages if page.role not in UNLISTED] or list(pages)
    frame = Frame(by_role.get("contents", ""), paths[text[-1].id] if text else "")
    last = _last_before_notes(pages)
    return Plan(pages, paths, _free(f"{TEXT}/notes.xhtml", paths.values()) if last else "", last, frame)


def _last_before_notes(pages: tuple[Page, ...]) -> Page | None:
    """The page behind which the notes stand: the one before the glossary, else the last one with notes; None without notes."""
    with_notes = [page for page in pages if page.notes]
    if not with_notes:
        return None
    before_glossary = [page for page, after in pairwise(pages) if after.role == "glossary"]
    return before_glossary[0] if before_glossary else with_notes[-1]


def _free(path: str, taken: Iterable[str]) -> str:
    """The path, with as many hyphens as set it apart from those that are taken."""
    used = set(taken)
    while path in used:
        path = path.replace(".xhtml", "-.xhtml")
    return path


class _Ebook:
    """Writes the documents of one e-book."""

    def __init__(self, edition: Edition, plan: Plan) -> None:
        self._edition, self._plan, self._book = edition, plan, edition.book
        self._toc = table_of_contents(self._book, self._address)
        self._landmarks = landmarks(edition.book, self._address, plan.notes)

    def rendering(self) -> Rendering:
        edition = self._edition
        documents = tuple(self._documents())
        return Rendering("epub", documents, self._toc, self._landmarks, edition.breaks.listed, edition.survey.locations)

    def _address(self, identifier: str) -> str:
        """A place from the root: a page by its document alone."""
        path = self._edition.survey.documents.get(identifier, "")
        return path if identifier in self._plan.paths else f"{path}#{identifier}"

    def _documents(self) -> Iterator[Document]:
        for page in self._plan.pages:
            yield self._navigation(page) if page.role == "contents" else self._page(page)
            if page is self._plan.notes_follow:
                yield self._notes()
        if not self._plan.frame.contents:
            yield self._navigation(None)

    def _page(self, page: Page) -> Document:
        path = self._plan.paths[page.id]
        section = Section(page.id, page.role, title_of(page, self._book))
        if page.role == "cover":
            return self._document(section, path, write_section(self._edition, page, path, self._cover(path)))
        drawn = ("svg",) if page.role == "titlepage" and self._edition.title_art else ()
        return self._document(section, path, write_page(self._edition, page, EpubWriter(self._edition, path)), *drawn)

    def _cover(self, path: str) -> Markup:
        alternative = self._book.labels["cover-alt"].replace("{title}", self._book.metadata.title)
        return fill("cover", source=relative(path, COVER_IMAGE), alternative=alternative)

    def _notes(self) -> Document:
        path = self._plan.notes
        section = Section(posixpath.basename(path).removesuffix(".xhtml"), "notes", self._book.labels["notes"])
        calls = {page.id: relative(path, self._plan.paths[page.id]) for page in self._plan.pages}
        notes = write_notes(self._book, self._plan.pages, EpubWriter(self._edition, path), calls)
        return self._document(
            section, path, section.around(f"{_heading(section)}\n{notes}", self._edition.breaks, path)
        )

    def _navigation(self, page: Page | None) -> Document:
        """The navigation document, in the place of the contents where the book has them."""
        name = page.id if page else posixpath.basename(_free(NAVIGATION, self._plan.paths)).removesuffix(".xhtml")
        section = Section(name, "contents", title_of(page, self._book) if page else self._book.labels["contents"])
        content = fill(
            "nav",
            heading=_heading(section),
            id=CONTENTS_LIST,
            title_id=section.title_id,
            toc=self._toc,
            landmarks=self._landmarks,
            page_breaks=self._edition.breaks.listed,
            labels=self._book.labels,
        )
        whole = section.around(content, self._edition.breaks, NAVIGATION)
        return self._document(section, NAVIGATION, whole, "nav")

    def _document(self, section: Section, path: str, content: Markup, *properties: str) -> Document:
        xhtml = fill(
            "document",
            declaration=True,
            language=self._book.metadata.language,
            title=section.title,
            sheets=[relative(path, f"styles/{sheet}") for sheet in STYLE_SHEETS if sheet in self._book.styles],
            attributes=Markup(attributes(epub_type=section.semantics.matter)),
            content=content,
        )
        return Document(section.id, section.role, path, section.title, f"{xhtml}\n", properties)


def _heading(section: Section) -> Markup:
    return Markup('<h1 class="page-title" id="{}">{}</h1>').format(section.title_id, section.title)


# ------------------------------------------------------------------------------------------------------------- the medium


@lru_cache(maxsize=1024)
def relative(here: str, there: str) -> str:
    """The address of the file `there` from the document `here`, both from the root of the e-book."""
    return quote(posixpath.relpath(there, posixpath.dirname(here) or "."))


class EpubWriter(Writer):
    """Writes for reading systems: links between documents, notes elsewhere, semantics for those who listen."""

    term_semantics = ' epub:type="glossref" role="doc-glossref"'
    citation_semantics = ' epub:type="biblioref" role="doc-biblioref"'

    def __init__(self, edition: Edition, document: str) -> None:
        super().__init__(edition.references, edition.breaks, document)
        self._documents = edition.survey.documents

    def href(self, identifier: str) -> str:
        path = self._documents.get(identifier)
        return f"{relative(self.document, path)}#{identifier}" if path else ""

    def image_source(self, source: str) -> str:
        return relative(self.document, source)

    def call(self, note: Note, *, again: bool) -> str:
        own = attributes(class_="noteref", id="" if again else note.call_id, href=self.href(note.id))
        return f'<a{own} epub:type="noteref" role="doc-noteref">{note.number}</a>'
