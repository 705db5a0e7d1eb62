"""A small book made by hand for the tests of `render`: every kind of page and of text that it knows is in it once.

Run as a program, it writes the golden files anew: `python tests/render_book.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from publish.diagnostics import Location
from publish.model import (
    Asset,
    Block,
    Book,
    Break,
    Cell,
    Code,
    CodeBlock,
    Contributor,
    Cover,
    Division,
    Emendation,
    Emphasis,
    Entry,
    Event,
    Figure,
    Heading,
    Image,
    IndexHeading,
    Inline,
    ItemList,
    Link,
    Metadata,
    Note,
    NoteRef,
    Page,
    Pagination,
    Paragraph,
    Place,
    PrintedPage,
    Quotation,
    Rendering,
    Role,
    Rule,
    Source,
    Span,
    Table,
    Text,
    Witness,
)

GOLDEN = Path(__file__).parent / "golden" / "render"
COVER = Cover("<svg/>", "Cover: The Garden & the <Night>", "<svg/>")

LABELS = {
    "contents": "Contents",
    "glossary": "Glossary",
    "emendations": "Corrections",
    "notes": "Notes",
    "cover": "Cover",
    "back-cover": "Back Cover",
    "title-page": "Title Page",
    "page-list": "Pages",
    "landmarks": "Landmarks",
    "page": "p.",
    "pages": "pp.",
    "paragraph": "par.",
    "note-sign": "n",
    "see": "see",
    "entry-sources": "Sources",
    "chronology": "Chronology",
    "further-reading": "Further Reading",
    "sources": "Sources",
    "index": "Index",
    "see-also": "See also",
    "mentioned": "Mentioned",
    "role": "In 1871",
    "fate": "Later",
    "attributed": "attributed to",
    "supposed": "supposed author:",
    "note": "Note",
    "back-to-text": "Back to the text",
    "version": "Version",
    "printed": "manuscript",
    "read": "read",
    "supplied": "supplied",
    "struck": "struck out",
    "joined": "paragraphs joined",
    "text-start": "Start of the text",
    "cover-alt": "Cover: {title}",
    "summary-text": "All of the book can be read as text: enlarged, aloud, or in braille.",
    "summary-pictures": "Its pictures have alternative texts.",
    "summary-contents": "Its contents lead to every chapter and section.",
    "summary-pages": "It has the page numbers of the printed edition: {edition}.",
    "summary-notes": "Notes are linked with their places in the text, both ways.",
    "summary-glossary": "Words in the text are linked with a glossary, which leads back to them.",
    "summary-index": "An index leads to the words in the text.",
    "summary-hazards": "Nothing in it flashes, moves, or makes a sound.",
    "summary-conformance": "It conforms to {standard}, as certified by {certifier}.",
}


def at(line: int = 1, column: int = 1, file: str = "book/text/essay.md") -> Location:
    return Location(file, line, column)


def text(words: str, line: int = 1) -> Text:
    return Text(words, at(line))


def inlines(*nodes: Inline | str) -> tuple[Inline, ...]:
    return tuple(text(node) if isinstance(node, str) else node for node in nodes)


def paragraph(identifier: str, *nodes: Inline | str, line: int = 1) -> Paragraph:
    return Paragraph(identifier, inlines(*nodes), at(line))


def heading(identifier: str, words: str, level: int = 2, line: int = 1) -> Heading:
    return Heading(identifier, level, inlines(words), at(line))


def emphasis(*nodes: Inline | str) -> Emphasis:
    return Emphasis(inlines(*nodes))


def span(
    *nodes: Inline | str, classes: tuple[str, ...] = (), term: str = "", identifier: str = "", language: str = ""
) -> Span:
    return Span(inlines(*nodes), at(), classes, identifier, language, term)


def link(target: str, *nodes: Inline | str) -> Link:
    return Link(target, inlines(*nodes), at())


def call(slug: str) -> NoteRef:
    return NoteRef(slug, at())


def replaced(number: int, removed: str, added: str, reason: str = "Misprint.") -> Emendation:
    return Emendation(f"emendation-{number}", "replace", removed, added, inlines(reason), at(number))


def note(slug: str, number: int, *nodes: Inline | str) -> Note:
    return Note(f"note-{number}", slug, number, (paragraph(f"note-{number}-p1", *nodes),), at(90 + number))


def entry(identifier: str, headword: str, *forms: str, **facts: object) -> Entry:
    given: dict[str, object] = {
        "kind": "person",
        "modern": "",
        "sort": headword,
        "dates": "",
        "gloss": inlines(f"What is to be said of {headword}."),
        "role": (),
        "fate": (),
        "see_also": (),
        "sources": (),
        "link": "section",
        "location": Location("book/glossary.yaml", 3, 1),
        "index_as": headword,
    }
    return Entry(id=identifier, headword=headword, forms=forms, **{**given, **facts})  # type: ignore[arg-type]


def cited(words: str, *keys: str) -> Span:
    return Span(inlines(words), at(), cites=keys)


def event(identifier: str, year: str, day: str, *nodes: Inline | str, about: tuple[str, ...] = ()) -> Event:
    place = Location("book/chronology.yaml", 4, 3)
    date = f"{day} {year}".strip()
    return Event(identifier, "1871", date, inlines(*nodes), about, (), (), (), "confirmed", place, year, day)


def index_heading(identifier: str, *nodes: Inline | str, **facts: object) -> IndexHeading:
    given: dict[str, object] = {"sort": "", "under": "", "see": (), "see_also": ()}
    place = Location("book/index.yaml", 5, 3)
    return IndexHeading(identifier, inlines(*nodes), **{**given, **facts}, location=place)  # type: ignore[arg-type]


def marked(*nodes: Inline | str, index: tuple[str, ...], identifier: str = "") -> Span:
    """Words that are marked for the index."""
    return Span(inlines(*nodes), at(), id=identifier, indexed=index)


def source(identifier: str, *nodes: Inline | str, **facts: object) -> Source:
    given: dict[str, object] = {"sort": identifier, "cited": True, "location": Location("book/bibliography.yaml", 2, 1)}
    return Source(identifier, inlines(*nodes), **{**given, **facts})  # type: ignore[arg-type]


def page(identifier: str, *blocks: Block, role: Role = "chapter", title: str = "", notes: Iterable[Note] = ()) -> Page:
    words = inlines(title) if title else ()
    return Page(identifier, role, words, blocks, tuple(notes), Location(f"book/text/{identifier}.md", 1, 1))


METADATA = Metadata(
    title="The Garden & the <Night>",
    subtitle="Notes of a gardener",
    short_title='The "Garden"',
    language="en-GB",
    identifier="urn:uuid:8f7a0000-0000-4000-8000-000000000000",
    version="1.0.0",
    file_name="garden",
    description="One paragraph for catalogues.",
    published="2026-11-22",
    modified="2026-11-22T00:00:00Z",
    original="1871",
    contributors=(
        Contributor("Ann Gardener", "Gardener, Ann", "aut", "attributed"),
        Contributor("Ed Itor", "Itor, Ed", "edt"),
    ),
    publisher="Someone",
    place="Somewhere",
    rights=(),
    subjects=(),
    source="",
)


def book(
    *pages: Page,
    glossary: Iterable[Entry] = (),
    bibliography: Iterable[Source] = (),
    chronology: Iterable[Event] = (),
    index: Iterable[IndexHeading] = (),
    language: str = "en-GB",
    labels: Mapping[str, str] = LABELS,
) -> Book:
    sheets = {
        name: Asset(name, b"", "text/css", Location(f"styles/{name}")) for name in ("base.css", "epub.css", "print.css")
    }
    metadata = replace(METADATA, language=language)
    made = Book(metadata, pages, tuple(glossary), tuple(bibliography), (), labels, (), sheets, (), {})
    return replace(made, chronology=tuple(chronology), index=tuple(index))


# -------------------------------------------------------------------------------------------------------- the whole book


def essay() -> Page:
    return Page(
        "essay",
        "chapter",
        (Emendation("emendation-1", "add", "", "The Garden & the A.B.C.", inlines("Has no title."), at(1)),),
        essay_blocks(),
        (
            note("seeds", 1, "On seeds, ", emphasis("see"), " the ", span("beds", term="bed"), " of No. 4."),
            Note(
                "note-2",
                "deep",
                2,
                (
                    paragraph("note-2-p1", "See ", cited("Rose, chap. 2", "rose-two"), "."),
                    Quotation((paragraph("note-2-p2", "Second & last."),)),
                ),
                at(92),
            ),
        ),
        Location("book/text/essay.md", 1, 1),
        Witness("copy-text.txt", ""),
    )


def essay_blocks() -> tuple[Block, ...]:
    return (
        paragraph(
            "essay-p1",
            span("ON", classes=("lead-in",)),
            " June 18 the A.B.C. told Mr Rose—not the beds—",
            call("seeds"),
        ),
        paragraph(
            "essay-p2",
            "that ",
            replaced(2, "Rsoe", "Rose"),
            "’s bed and",
            joined(3),
            " ",
            marked("even Rose", index=("digging",)),
            " was ",
            struck(4),
            "late.",
        ),
        heading("beds", "The Beds of Rose", line=7),
        paragraph(
            "essay-p3",
            "Rose, the ",
            span("mot juste", classes=("title-of-work",), language="fr"),
            ",",
            Break(),
            "and U.S.S.R.",
        ),
        Quotation((paragraph("essay-p4", "“Beds,” said ", emphasis("Rose", Emphasis(inlines("!"), strong=True))),)),
        Division(
            (ItemList(((paragraph("essay-p5", "Spade"),), (paragraph("essay-p6", "Rake"),)), start=3),),
            at(20),
            indexed=("tools", "rose"),
        ),
        ItemList(((paragraph("essay-p7", "Hoe ", Code("a < b", at())),),)),
        heading("tools", "Tools", level=3),
        Table(
            (Cell("essay-c1", inlines("Tool")), Cell("essay-c2", inlines("Price"), "right")),
            ((Cell("essay-c3", inlines("Spade")), Cell("essay-c4", inlines("5"), "right")),),
            at(30),
        ),
        Figure("essay-f1", Image("images/the plan.png", 'A "plan"', at(31)), inlines("The plan")),
        CodeBlock("essay-code1", "if a < b:\n    dig()\n", at(32)),
        Rule(),
        Division((paragraph("essay-p8", "A motto"),), at(33), ("epigraph",), "motto", "la"),
        paragraph(
            "essay-p9",
            "See ",
            link("#beds"),
            " and ",
            link("#term-bed", "the bed"),
            ", ",
            link("https://example.org/?a=1&b=2", "web"),
        ),
        paragraph("essay-p10", "No ", span("Rose", classes=("noterm",)), " here.", call("deep")),
    )


def joined(number: int) -> Emendation:
    return Emendation(f"emendation-{number}", "join", "", "", inlines("Runs on."), at(number))


def struck(number: int) -> Emendation:
    return Emendation(f"emendation-{number}", "strike", "very ", "", inlines("Doubled."), at(number))


def whole_book() -> Book:
    return book(
        page("cover", role="cover"),
        page("half-title", role="half-title"),
        page("titlepage", role="titlepage"),
        page("imprint", paragraph("imprint-p1", "Printed for Mr Rose."), role="imprint", title="Imprint"),
        page("contents", role="contents"),
        page(
            "introduction", paragraph("introduction-p1", "Rose of the beds."), role="introduction", title="Introduction"
        ),
        essay(),
        page("glossary", role="glossary"),
        page(
            "emendations",
            paragraph("emendations-p1", "Each with its place."),
            role="emendations",
            title="All Corrections",
        ),
        page("chronology", role="chronology"),
        page("further-reading", role="further-reading"),
        page("sources", paragraph("sources-p1", "What was read."), role="sources", title="What Was Read"),
        page("index", paragraph("index-p1", "Pages of print."), role="index", title="Index of Words"),
        page("back-cover", role="back-cover"),
        chronology=(
            event("lamps", "1869–70", "", "Lamps are bought."),
            event("dug", "1871", "18 June", "Mr Rose digs the ", emphasis("bed"), "; Rose rests.", about=("rose",)),
            replace(event("sown", "1871", "20 June–1 July", "Seeds are sown."), cited=inlines(cited("Rose", "rose"))),
        ),
        index=(
            index_heading("tools", "tools", see_also=("digging", "rose")),
            index_heading("digging", "digging, ", emphasis("late"), under="bed"),
            index_heading("spades", "spades", see=("tools", "digging")),
        ),
        bibliography=(
            source(
                "rose",
                "Rose, W. ",
                emphasis("Beds"),
                ". 1860. ",
                link("https://example.org/?a=1&b=2", "https://example.org/?a=1&b=2"),
                ".",
                parts=inlines(Span(inlines("Chap. 2."), at(), id="source-rose-two")),
            ),
            source("rose-two", part_of="rose"),
            source("ash", "Ash & Co. “Spades.”", further=inlines("On the ", emphasis("A.B.C."), " of digging.")),
            source("oak", "Oak, Ann. “Rakes.”", cited=False, further=inlines("On raking.")),
            source("elm", "Elm. “Unread.”", cited=False),
        ),
        glossary=(
            entry(
                "rose",
                "Rose",
                modern="Wilhelm Rose",
                dates="1801–80",
                index_as="Roos, Wilhelm",
                role=inlines("A gardener."),
                see_also=("bed", "gone"),
                cited=inlines(cited("Rose, chap. 2", "rose-two"), "; ", cited("Ash & Co.", "ash")),
            ),
            entry(
                "bed",
                "bed",
                kind="term",
                modern="plot (Beet)",
                fate=inlines("Dug over by ", span("Rose", term="rose"), "."),
            ),
            entry("ebb", "Ébb", kind="event", link="none"),
        ),
    )


PAGINATION = Pagination(
    pages=(
        PrintedPage("C1", "", 0, cover=True),
        PrintedPage("C2", "", 0, cover=True),
        PrintedPage("1", "half-title-title", 0),
        PrintedPage("2", "", 0),
        PrintedPage("3", "titlepage-title", 0),
        PrintedPage("4", "imprint-title", 0),
        PrintedPage("5", "contents-title", 0),
        PrintedPage("6", "contents-list", 12),
        PrintedPage("7", "introduction-title", 0),
        PrintedPage("8", "essay-title", 0),
        PrintedPage("9", "essay-p2", 5),  # in the midst of an emended word
        PrintedPage("10", "", 0),  # only notes
        PrintedPage("11", "essay-c4", 0),
        PrintedPage("12", "essay-p9", 3),
        PrintedPage("13", "term-bed-gloss", 0),
        PrintedPage("14", "term-rose-headword", 4),
        PrintedPage("15", "reading-3", 0),
        PrintedPage("15a", "source-rose-parts", 0),
        PrintedPage("16", "", 0),
        PrintedPage("C3", "", 0, cover=True),
        PrintedPage("C4", "back-cover-title", 0, cover=True),
    ),
    places={
        "beds": Place("9", 4),
        "mention-rose-1": Place("7", 2),
        "mention-rose-2": Place("8", 2),
        "mention-rose-3": Place("9", 1),
        "mention-rose-4": Place("9", 2),
        "mention-rose-5": Place("9", 4),
        "mention-rose-6": Place("9", 5),
        "mention-rose-7": Place("10", 1),
        "mention-bed-1": Place("7", 2),
        "mention-bed-2": Place("8", 3),
        "mention-bed-3": Place("9", 1),
        "mention-bed-4": Place("9", 4),
        "mention-bed-5": Place("12", 1),
        "mention-bed-6": Place("12", 33),
        "passage-1": Place("9", 2),
        "passage-1-end": Place("9", 2),
        "passage-2": Place("10", 4),
        "passage-2-end": Place("11", 5),
        **{f"emendation-{number}": Place("8", number) for number in range(1, 5)},
    },
)


def written(rendering: Rendering, folder: Path) -> dict[Path, str]:
    """The documents by the path of their golden file."""
    return {folder / Path(document.path).name: document.xhtml for document in rendering.documents}


def golden() -> dict[Path, str]:
    """All golden files and what should be in them."""
    from publish.render import render_epub, render_print

    made = whole_book()
    return {
        **written(render_epub(made, PAGINATION), GOLDEN / "epub"),
        **written(render_epub(made, Pagination()), GOLDEN / "epub-without-pages"),
        **written(render_print(made, COVER, PAGINATION), GOLDEN / "print"),
        **written(render_print(made, COVER, Pagination()), GOLDEN / "print-first-pass"),
    }


if __name__ == "__main__":
    for path, content in golden().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
