"""The rendering for print: one document, which the layout makes pages of."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from publish.model import COVERS, Block, Book, Code, CodeBlock, Cover, Document, Note, Page, Pagination, Rendering
from publish.model.walk import walk_blocks
from publish.render.breaks import Breaks
from publish.render.index import plan_index
from publish.render.pages import Edition, write_page, write_section, write_title
from publish.render.prepare import TOP_SECTION, prepare
from publish.render.references import References
from publish.render.survey import CONTENTS_LIST, take_survey
from publish.render.templates import Markup, fill
from publish.render.toc import landmarks, table_of_contents
from publish.render.walk import Inlines, own_texts, plain
from publish.render.xhtml import Writer, attributes

PATH = "book.html"
FRONT_MATTER = "front-matter"
NAMESAKE = "namesake"


def render_print(book: Book, cover: Cover, pagination: Pagination) -> Rendering:
    """The book as the one document "book.html", its notes at their calls, for the layout to put at the foot of the page.

    Pages that are named in the text and that the pagination does not know are filled in with "00".
    """
    prepared = prepare(book)
    index = plan_index(prepared)
    survey = take_survey(prepared.book, {page.id: PATH for page in book.pages}, PATH, index)
    references = References(book.labels, pagination, survey, titled=False)
    edition = Edition(prepared, survey, references, Breaks(), index, classes=_classes(book))
    toc = table_of_contents(prepared.book, _address)
    writer = PrintWriter(references, Breaks(), PATH)
    sections = [_section(edition, page, writer, cover, toc) for page in prepared.book.pages]
    xhtml = fill(
        "document",
        declaration=False,
        language=book.metadata.language,
        title=book.metadata.title,
        sheets=(),
        attributes=Markup(attributes(data_short_title=book.metadata.short_title)),
        content=Markup("\n").join(sections),
    )
    document = Document("book", "book", PATH, book.metadata.title, f"{xhtml}\n")
    return Rendering("print", (document,), toc, landmarks(book, _address), (), survey.locations)


def _address(identifier: str) -> str:
    return f"#{identifier}"


def _classes(book: Book) -> dict[str, tuple[str, ...]]:
    """What the style sheet has to know of sections, by the ids of the contents."""
    found: dict[str, tuple[str, ...]] = {}
    for name, one in (*_numbering(book), *_namesakes(book)):
        found[name] = (*found.get(name, ()), one)
    return found


def _namesakes(book: Book) -> Iterator[tuple[str, str]]:
    """The sections that bear the title of the book."""
    titles = {book.metadata.title, book.metadata.short_title}
    yield from ((page.id, NAMESAKE) for page in book.pages if page.title and plain(page.title) in titles)


def _numbering(book: Book) -> Iterator[tuple[str, str]]:
    """The front matter, and where page 1 is."""
    inside = [page for page in book.pages if page.role not in COVERS]
    if opening := next((number for number, page in enumerate(inside) if page.opens_numbering), None):
        yield from ((page.id, FRONT_MATTER) for page in inside[:opening])
        yield inside[opening].id, "page-one"


def _section(edition: Edition, page: Page, writer: Writer, cover: Cover, toc: object) -> Markup:
    blank = f"<section{attributes(class_='inside-cover', id=page.inside)}></section>"
    if page.role == "cover":
        image = fill("cover", source="cover.svg", alternative=cover.alternative)
        return Markup(f"{write_section(edition, page, PATH, image)}\n{blank}")
    if page.role == "back-cover":
        return Markup(f"{blank}\n{write_page(edition, page, writer)}")
    if page.role == "contents":
        heading = Markup(write_title(edition, page, writer))
        front = {_address(name) for name, where in edition.classes.items() if FRONT_MATTER in where}
        title = f"{page.id}-title"
        contents = fill("contents", heading=heading, id=CONTENTS_LIST, title_id=title, toc=toc, front_matter=front)
        return write_section(edition, page, PATH, contents)
    return write_page(edition, page, writer)


class PrintWriter(Writer):
    """Writes for the layout: the notes stand where they are called."""

    term_semantics = ""
    citation_semantics = ""
    running_levels = TOP_SECTION

    def href(self, identifier: str) -> str:
        return f"#{identifier}"

    def image_source(self, source: str) -> str:
        return quote(source)

    def call(self, note: Note, *, again: bool) -> str:
        if again:
            return f'<a class="noteref" href="#{note.id}">{note.number}</a>'
        paragraphs = [self.inlines(nodes) for nodes in _paragraphs(note.blocks)]
        if len(paragraphs) > 1:
            paragraphs = [f'<span class="note-paragraph">{words}</span>' for words in paragraphs]
        return f'<span class="note" id="{note.id}">{"".join(paragraphs)}</span>'


def _paragraphs(blocks: tuple[Block, ...]) -> Iterator[Inlines]:
    """What stands on lines of its own in a note, whatever blocks it is in: a note in print is a part of its paragraph."""
    for block in walk_blocks(blocks):
        if isinstance(block, CodeBlock):
            yield (Code(block.text, block.location),)
        yield from (nodes for _, nodes in own_texts(block))
