"""Our own rules for the screen PDF: the part of the Matterhorn Protocol 1.1 that a machine can check, and what an edition needs beside.

The Matterhorn Protocol (PDF Association, 2021) lists the conditions under which a file fails PDF/UA-1 (ISO 14289-1). Its checkpoints
are named beside the rules. That a file passes says nothing of what needs a person: whether an alternative text is a good one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

import pikepdf

from publish.diagnostics import NOWHERE, Diagnostic, Location
from publish.model import Book
from publish.prove.pdf_content import Interpreter, PageText
from publish.prove.pdf_fonts import UNKNOWN, Font
from publish.prove.pdf_tags import Tag, read_tags
from publish.prove.reading import LABEL

FACTS = Location("book/book.yaml")

# The standard structure types (ISO 32000-1, 14.8.4).
STANDARD = frozenset(
    {
        *(
            "Document",
            "Part",
            "Art",
            "Sect",
            "Div",
            "BlockQuote",
            "Caption",
            "TOC",
            "TOCI",
            "Index",
            "NonStruct",
            "Private",
        ),
        *("P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody"),
        *("Table", "TR", "TH", "TD", "THead", "TBody", "TFoot"),
        *("Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot"),
        *("Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form"),
    }
)
# What may stand around an element of these types (ISO 32000-1, tables 336 and 337; Matterhorn 09-004 to 09-006).
AROUND = {
    "LI": {"L"},
    "LBody": {"LI"},
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "TOCI": {"TOC"},
}
_FOLIO = re.compile(LABEL)
_HEADING = re.compile(r"H([1-6])")
_XMP = re.compile(r"""(pdfuaid:part|pdfaid:part|pdfaid:conformance)\s*(?:=\s*["']|>\s*)([^"'<\s]+)""")
_TITLE = re.compile(r"<dc:title>.*?<rdf:li[^>]*>\s*\S", re.DOTALL)


@dataclass(frozen=True, slots=True)
class File:
    """An opened PDF with all that the rules look at."""

    pdf: pikepdf.Pdf
    book: Book
    tags: list[Tag]
    by_page: dict[tuple[int, int], PageText]
    fonts: dict[tuple[int, int], Font]

    @classmethod
    def read(cls, pdf: pikepdf.Pdf, book: Book) -> File:
        fonts: dict[tuple[int, int], Font] = {}
        by_page = {page.obj.objgen: Interpreter(fonts).read(page) for page in pdf.pages}
        return cls(pdf, book, read_tags(pdf, book), by_page, fonts)

    def words(self, tag: Tag) -> str:
        """The words under an element, notes and their calls aside, as they are drawn."""
        if tag.kind in {"Reference", "Note"}:
            return ""
        own = (run.text for page, number in tag.content for run in self.by_page[page].marked.get(number, ()))
        return "".join(own) + " ".join(filter(None, map(self.words, tag.children)))

    def every(self, *kinds: str) -> Iterator[Tag]:
        """Every element of these types in the order of reading; of all types if none is named."""
        return (tag for top in self.tags for tag in top.walk() if not kinds or tag.kind in kinds)


def check(file: File) -> Iterator[Diagnostic]:
    """Everything that our own rules find."""
    if not file.tags or not bool(file.pdf.Root.get("/MarkInfo", pikepdf.Dictionary()).get("/Marked", False)):
        yield Diagnostic("pdf-structure", NOWHERE, "the PDF is not tagged (Matterhorn 06, 11)")
        return
    yield from check_facts(file)
    yield from check_folios(file)
    yield from check_outline(file)
    yield from check_content(file)
    yield from check_types(file)
    yield from check_headings(file)
    yield from check_figures(file)
    yield from check_tables(file)
    yield from check_links(file)
    yield from check_notes(file)
    yield from check_fonts(file)


# --------------------------------------------------------------------------------------------- the document (06, 07, 11, 26)


def check_facts(file: File) -> Iterator[Diagnostic]:
    """Title shown, language, both standards named in the metadata, page labels, nothing locked."""
    root = file.pdf.Root
    xmp = root["/Metadata"].read_bytes().decode("utf-8", "replace") if "/Metadata" in root else ""
    claims = dict(_XMP.findall(xmp))
    viewer = root.get("/ViewerPreferences", pikepdf.Dictionary())
    labels = [str(page.label) for page in file.pdf.pages]
    requirements = (
        (FACTS, _TITLE.search(xmp), "the metadata has no title (06-003)"),
        (NOWHERE, bool(viewer.get("/DisplayDocTitle", False)), "the window does not show the title (07-001, 07-002)"),
        (FACTS, str(root.get("/Lang", "")), "the document has no language (11-006)"),
        (NOWHERE, claims.get("pdfuaid:part") == "1", "the metadata does not say PDF/UA-1 (06-002)"),
        (NOWHERE, claims.get("pdfaid:part") == "3", "the metadata does not say PDF/A-3"),
        (NOWHERE, claims.get("pdfaid:conformance") == "A", "the metadata does not say level A of PDF/A"),
        (NOWHERE, not file.pdf.is_encrypted, "the file is encrypted (26-001)"),
        (NOWHERE, all(labels) and len(set(labels)) == len(labels), "not every page has a label of its own"),
    )
    yield from (Diagnostic("pdf-facts", place, message) for place, fulfilled, message in requirements if not fulfilled)


def check_folios(file: File) -> Iterator[Diagnostic]:
    """A page on which a number is printed, outside of its text, has that number for its label."""
    wrong = list(_wrong_folios(file))
    if wrong:
        more = f" ({len(wrong)} pages like it)" if len(wrong) > 1 else ""
        message = f"page {wrong[0][0]} has the number {wrong[0][1]} printed on it{more}"
        yield Diagnostic("pdf-folio", NOWHERE, message, "look for `counter(page)` and `page` counters in styles/")


def _wrong_folios(file: File) -> Iterator[tuple[str, str]]:
    """The label and the printed number of each page where they are not the same."""
    for page in file.pdf.pages:
        lines = groupby(file.by_page[page.obj.objgen].artifacts, key=lambda run: run.baseline)
        printed = ["".join(run.text for run in line).strip() for _, line in lines]
        folios = [one for one in printed if _FOLIO.fullmatch(one)]
        if folios and str(page.label) not in folios:
            yield str(page.label), folios[-1]


def check_outline(file: File) -> Iterator[Diagnostic]:
    """The bookmarks are headings in their order, and every entry of the printed contents is among them, at the same level."""
    with file.pdf.open_outline() as outline:
        bookmarks = list(_bookmarks(outline.root, 1))
    if not bookmarks:
        yield Diagnostic("pdf-outline", NOWHERE, "the PDF has no bookmarks")
        return
    headings = iter([_letters(file.words(tag)) for tag in file.every() if _HEADING.fullmatch(tag.kind)])
    for title, _ in bookmarks:
        if _letters(title) not in headings:  # looks on from the heading before
            yield Diagnostic("pdf-outline", NOWHERE, f"the bookmark “{title}” is no heading, or stands out of order")
            return
    told = iter([(_letters(title), depth) for title, depth in bookmarks])
    for words, depth in _contents(file):
        if (_letters(words), depth) not in told:  # looks on, as above
            message = f"the entry “{words}” of the contents is no bookmark of level {depth}, or stands out of order"
            yield Diagnostic("pdf-outline", NOWHERE, message)
            return


def _bookmarks(items: Iterable[pikepdf.OutlineItem], depth: int) -> Iterator[tuple[str, int]]:
    for item in items:
        yield " ".join(item.title.split()), depth
        yield from _bookmarks(item.children, depth + 1)


def _contents(file: File) -> Iterator[tuple[str, int]]:
    """The entries of the printed contents and their level: the lists under the page with that role."""
    page = next((page.id for page in file.book.pages if page.role == "contents"), "")
    section = next((tag for tag in file.every("Sect") if page and str(tag.raw.get("/ID", "")) == page), None)
    links = (tag for tag in section.walk() if tag.kind == "Link") if section else ()
    for _, lines in groupby(links, key=lambda link: id(link.parent)):  # an entry of several lines has a link for each
        first, *rest = lines
        depth = sum(one.kind == "L" for one in first.ancestors())
        words = " ".join(file.words(link) for link in (first, *rest))
        yield re.sub(r"\s*\d+$", "", words.strip()), depth


def _letters(text: str) -> str:
    """The letters and digits alone: spaces at the ends of lines and hyphens are the layout's."""
    return "".join(filter(str.isalnum, text)).casefold()


# ---------------------------------------------------------------------------------------------------- content and types (01, 02, 09)


def check_content(file: File) -> Iterator[Diagnostic]:
    """All that is painted is an artifact or in the structure tree, and nothing in the tree is missing on the page."""
    tagged: dict[tuple[int, int], set[int]] = {}
    for tag in file.every():
        for where, number in tag.content:
            tagged.setdefault(where, set()).add(number)
    for count, page in enumerate(file.pdf.pages, start=1):
        text = file.by_page[page.obj.objgen]
        if text.loose:
            yield Diagnostic(
                "pdf-structure",
                NOWHERE,
                f"page {count} paints what is neither tagged nor an artifact (01-003)",
            )
        if lost := len(text.marked.keys() - tagged.get(page.obj.objgen, set())):
            message = f"page {count} has {lost} marked contents that are not in the structure tree (01-005)"
            yield Diagnostic("pdf-structure", NOWHERE, message)


def check_types(file: File) -> Iterator[Diagnostic]:
    """Each type is a standard one, and stands where the standard lets it stand."""
    for tag in file.every():
        if tag.kind not in STANDARD:
            yield Diagnostic(
                "pdf-structure", tag.location, f"the tag {tag.kind} is not mapped to a standard type (02-001)"
            )
        around = tag.parent.kind if tag.parent else ""
        if around not in AROUND.get(tag.kind, {around}):
            message = f"a {tag.kind} stands in a {around or 'tree without parent'}, not in {' or '.join(sorted(AROUND[tag.kind]))} (09)"
            yield Diagnostic("pdf-structure", tag.location, message)


# ----------------------------------------------------------------------------- headings, figures, tables, links, notes (13 to 19, 28)


def check_headings(file: File) -> Iterator[Diagnostic]:
    """The first heading is of level 1, and no level is left out on the way down."""
    level = 0
    for tag in file.every():
        match = _HEADING.fullmatch(tag.kind)
        if not match:
            continue
        if int(match[1]) > level + 1:
            message = (
                f"the heading “{file.words(tag)}” is of level {match[1]} after level {level or 'none'} (14-002, 14-003)"
            )
            yield Diagnostic("pdf-heading", tag.location, message)
        level = int(match[1])


def check_figures(file: File) -> Iterator[Diagnostic]:
    for tag in file.every("Figure", "Formula"):
        if not str(tag.raw.get("/Alt", "")).strip() and "/ActualText" not in tag.raw:
            yield Diagnostic("pdf-figure", tag.location, "a picture has no alternative text (13-004)")


def check_tables(file: File) -> Iterator[Diagnostic]:
    """Every row of a table has the same number of cells, and every header cell says whether it heads a column or a row."""
    for table in file.every("Table"):
        rows = [
            [cell for cell in row.children if cell.kind in {"TH", "TD"}] for row in table.walk() if row.kind == "TR"
        ]
        widths = _widths(rows)
        if len(set(widths)) > 1:
            yield Diagnostic(
                "pdf-table", table.location, f"the rows of a table have {min(widths)} to {max(widths)} cells (15-003)"
            )
        if not any(cell.kind == "TH" for row in rows for cell in row):
            yield Diagnostic("pdf-table", table.location, "a table has no header cells (15-001)")
        if any(cell.kind == "TH" and cell.attribute("/Scope") is None for row in rows for cell in row):
            yield Diagnostic(
                "pdf-table", table.location, "a header cell of a table does not say what it heads (15-003)"
            )


def _widths(rows: list[list[Tag]]) -> list[int]:
    """How many columns each row fills, cells that reach down from the rows above included."""
    widths: list[int] = []
    reaching: list[
        list[int]
    ] = []  # for each cell of an earlier row: its columns, and the rows that it still reaches into
    for row in rows:
        spans = [(int(cell.attribute("/ColSpan") or 1), int(cell.attribute("/RowSpan") or 1)) for cell in row]
        widths.append(sum(columns for columns, _ in spans) + sum(columns for columns, left in reaching if left))
        reaching = [[columns, left - 1] for columns, left in reaching if left > 1]
        reaching += [[columns, height - 1] for columns, height in spans if height > 1]
    return widths


def check_links(file: File) -> Iterator[Diagnostic]:
    """Every link is in a Link tag and says where it leads; pages with links are tabbed through in the order of the structure."""
    tagged = {annotation.objgen for tag in file.every("Link", "Annot") for annotation in tag.annotations}
    for count, page in enumerate(file.pdf.pages, start=1):
        annotations = list(page.obj.get("/Annots", ()))
        if annotations and page.obj.get("/Tabs") != "/S":
            yield Diagnostic(
                "pdf-link", NOWHERE, f"page {count} is not tabbed through in the order of its structure (28-009)"
            )
        for one in annotations:
            if one.get("/Subtype") == "/Link" and one.objgen not in tagged:
                yield Diagnostic("pdf-link", NOWHERE, f"a link on page {count} has no Link tag (28-011)")
    for tag in file.every("Link"):
        for one in tag.annotations:
            if not str(one.get("/Contents", "")).strip():
                message = f"the link “{file.words(tag)}” has no description (28-012)"
                yield Diagnostic("pdf-link", tag.location, message)


def check_notes(file: File) -> Iterator[Diagnostic]:
    """Every note of the book is a Note tag with an id of its own."""
    ids = [str(tag.raw.get("/ID", "")) for tag in file.every("Note")]
    for note in (note for page in file.book.pages for note in page.notes):
        if ids.count(note.id) != 1:
            yield Diagnostic(
                "pdf-note",
                note.location,
                f"{note.id} is {ids.count(note.id)} Note tags with its id in the PDF (19-003, 19-004)",
            )
    if len(ids) > len(set(ids)) or "" in ids:
        yield Diagnostic("pdf-note", NOWHERE, "two Note tags have the same id, or one has none (19-003, 19-004)")


# -------------------------------------------------------------------------------- fonts: checkpoints 10 and 31


def check_fonts(file: File) -> Iterator[Diagnostic]:
    """Every font is embedded, and every glyph that is drawn is there and has its character."""
    for font in file.fonts.values():
        name = font.name.rpartition("+")[2].removeprefix("/")
        if not font.embedded:
            yield Diagnostic("pdf-font", NOWHERE, f"the font {name} is not embedded (31-009)")
        if not font.has_unicode:
            yield Diagnostic("pdf-font", NOWHERE, f"the font {name} has no Unicode map (31-027)")
        used = font.used()
        if 0 in used and font.composite:
            yield Diagnostic(
                "pdf-font",
                NOWHERE,
                f"the font {name} draws .notdef in the place of a missing glyph (31-030)",
            )
        if font.has_unicode and any(font.characters.get(code, UNKNOWN) == UNKNOWN for code in used):
            yield Diagnostic("pdf-font", NOWHERE, f"glyphs of the font {name} have no character (10-001)")
