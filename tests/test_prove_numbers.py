"""The proof of the page numbers on finished files: they pass as they are made, and a number that is not right is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest

from proof_sample import Sample, changed, edited, elements, garden, rich, with_words, without_element, without_words
from publish.model import Artifact, Book, Verdict
from publish.prove.index import IndexReader, Listed
from publish.prove.judges import Case, numbers_proved
from publish.prove.mentions import At, spoken_of
from publish.prove.numbers import Numbers, prove_epub, prove_screen
from publish.prove.read_jumps import read_jumps
from publish.prove.reading import Jump
from render_book import book as a_book
from render_book import entry, link, marked, note, page, paragraph, span


@pytest.fixture(params=[garden, rich], ids=["garden", "rich"])
def sample(request: pytest.FixtureRequest) -> Sample:
    made: Sample = request.param()
    return made


def said(verdict: Verdict) -> list[str]:
    return [f"{one.rule}: {one.message}" for one in verdict.diagnostics]


def case(made: Sample, *artifacts: Artifact) -> Case:
    return Case(made.book, made.rendering, made.pagination, artifacts)


# ------------------------------------------------------------------------------------------------------------ as made


def test_the_numbers_of_finished_files_are_right(sample: Sample) -> None:
    verdicts = [
        prove_screen(sample["screen"], sample.book),
        prove_epub(sample["epub"], sample["screen"], sample.book),
    ]
    assert [(one.judge, one.result, said(one)) for one in verdicts] == [("page numbers", "passed", [])] * 2


def test_what_was_proved_is_counted() -> None:
    made = garden()
    assert (
        prove_screen(made["screen"], made.book).detail == "16 numbers, 11 entries of the contents, 6 lines of the index"
    )
    assert prove_epub(made["epub"], made["screen"], made.book).detail == "27 numbers"


def test_an_ebook_needs_the_pdf_beside_it() -> None:
    made = garden()
    (verdict,) = numbers_proved(case(made, made["epub"]), made["epub"])
    assert (verdict.result, verdict.detail) == ("not run", "the PDF that has the pages is not beside it")
    assert not list(numbers_proved(case(made, made["print"]), made["print"]))


def test_a_file_that_cannot_be_read_fails() -> None:
    made = garden()
    broken = replace(made["screen"], data=b"%PDF-1.7 no more")
    assert "text-unreadable" in said(prove_screen(broken, made.book))[0]
    assert "text-unreadable" in said(prove_epub(replace(made["epub"], data=b"no zip"), made["screen"], made.book))[0]


# ----------------------------------------------------------------------------------------------------------------- PDF


def led_to(old: str, new: str) -> Callable[[pikepdf.Pdf], None]:
    """All links to one id lead to another."""

    def change(pdf: pikepdf.Pdf) -> None:
        links = [one for one in pdf_links(pdf) if str(one.get("/Dest", "")) == old]
        assert links
        for one in links:
            one["/Dest"] = pikepdf.String(new)

    return change


def pdf_links(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [one for page in pdf.pages for one in page.obj.get("/Annots", ()) if one.get("/Subtype") == "/Link"]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (
            "mention-bates-1",
            "mention-hawk-moth-1",
            [
                "garden-1.0.0.pdf says “7” in “glossary” of “mention-hawk-moth-1”, which is on page 6",
                "garden-1.0.0.pdf says “7” in “index” of “mention-hawk-moth-1”, which is on page 6",
            ],
        ),
        (
            "emendation-essay-their",
            "mention-tobacco-1",
            ["garden-1.0.0.pdf says “7.2” in “emendations” of “mention-tobacco-1”, which is on page 6"],
        ),
        (
            "emendations",
            "essay",
            ["garden-1.0.0.pdf says “Corrections 9” in “contents” of “essay”, which is on page 7"],
        ),
    ],
)
def test_a_number_of_the_pdf_that_leads_elsewhere_is_found(old: str, new: str, found: list[str]) -> None:
    made = garden()
    verdict = prove_screen(changed(made["screen"], led_to(old, new)), made.book)
    assert verdict.result == "failed"
    assert [(one.rule, one.message) for one in verdict.diagnostics] == [("page-number", one) for one in found]


def backwards(items: list[pikepdf.Object]) -> list[pikepdf.Object]:
    """The glyphs, of two bytes each, from the last to the first."""
    glyphs = b"".join(bytes(one) for one in items if isinstance(one, pikepdf.String))
    return [pikepdf.String(glyphs[at : at + 2]) for at in range(len(glyphs) - 2, -1, -2)]


@pytest.mark.parametrize(
    ("damage", "words"),
    [(with_words("12", backwards), "Index 21"), (without_words("12"), "Index")],
    ids=["wrong", "lost"],
)
def test_a_number_of_the_contents_that_is_not_right_is_found(damage: Callable[[pikepdf.Pdf], None], words: str) -> None:
    made = garden()
    verdict = prove_screen(changed(made["screen"], damage), made.book)
    assert verdict.result == "failed"
    found = f"page-number: garden-1.0.0.pdf says “{words}” in “contents” of “index”, which is on page 12"
    assert said(verdict) == [found]


def test_a_number_behind_a_title_of_several_lines_is_found() -> None:
    made = rich()
    title = "A Rich Text with so many words in its title that the contents of the book cannot have it in one line, nor in two"
    messages = said(prove_screen(changed(made["screen"], led_to("essay", "index")), made.book))
    assert f"page-number: garden-1.0.0.pdf says “{title} 7” in “contents” of “index”, which is on page 16" in messages


def in_index(words: str) -> Callable[[pikepdf.Pdf], None]:
    """Takes the link to this id out of the index: the words are drawn, but nobody reads them."""

    def change(pdf: pikepdf.Pdf) -> None:
        (found,) = [
            number
            for number, element in enumerate(elements(pdf, "/Link"))
            if element.P.get("/ID") == "index-hawk-moth" and leads_to(element) == words
        ]
        without_element("/Link", found)(pdf)

    return change


def leads_to(element: pikepdf.Object) -> str:
    return next(str(kid.Obj.Dest) for kid in element.K if not isinstance(kid, int) and "/Obj" in kid)


def test_a_page_that_the_index_has_lost_is_found() -> None:
    made = garden()
    verdict = prove_screen(changed(made["screen"], in_index("mention-hawk-moth-2")), made.book)
    lost = "index-pages: under “hawk moth” the index of garden-1.0.0.pdf lacks"
    assert said(verdict) == [f"{lost} page 7", f"{lost} note 2"]
    assert {one.rule for one in verdict.diagnostics} == {"index-pages"}
    assert verdict.diagnostics[0].location == next(one.location for one in made.book.glossary if one.id == "hawk-moth")


def with_entry(book: Book, name: str, **facts: object) -> Book:
    """The book with other facts of one entry, as if the index were made for another."""
    glossary = (replace(one, **facts) if one.id == name else one for one in book.glossary)  # type: ignore[arg-type]
    return replace(book, glossary=tuple(glossary))


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"forms": ("leaves",)}, "under “Bates, Henry Walter” the index of garden-1.0.0.pdf lacks page 5"),
        (
            {"headword": "Bats", "forms": ()},
            "under “Bates, Henry Walter” the index of garden-1.0.0.pdf lists page 7, on which the text does not speak of it",
        ),
        (
            {"index_as": "Batten, H."},
            "the index of garden-1.0.0.pdf has “Bates, Henry Walter, 7” in the place of “Batten, H.”",
        ),
        ({"id": "batten"}, "the index of garden-1.0.0.pdf lacks “Bates, Henry Walter”"),
        ({"forms": ("Kew",)}, "under “Bates, Henry Walter” the index of garden-1.0.0.pdf lacks note 1"),
        ({"index": "sections", "forms": ("ledger",)}, ""),
    ],
)
def test_an_index_that_is_not_that_of_the_book_is_found(facts: dict[str, object], found: str) -> None:
    made = garden()
    messages = said(prove_screen(made["screen"], with_entry(made.book, "bates", **facts)))
    assert messages == ([f"index-pages: {found}"] if found else [])


def test_a_passage_that_goes_on_to_a_page_that_is_not_listed_is_found() -> None:
    made = rich()
    index = tuple(replace(one, id="beds") if one.id == "hours" else one for one in made.book.index)
    messages = said(prove_screen(made["screen"], replace(made.book, index=index)))
    assert messages == ["index-pages: the index of garden-1.0.0.pdf lacks “hours of 1871”"]


# --------------------------------------------------------------------------------------------------------------- e-book

BATES = 'mention-bates-1" epub:type="index-locator">7<'


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (BATES, BATES.replace(">7<", ">6<"), "says “6” in “index” of “mention-bates-1”, which is on page 7"),
        (BATES, BATES.replace(">7<", ">6<"), "the line “index-bates” of the index is “Bates, Henry Walter, 6” in"),
        (
            BATES,
            BATES.replace("bates-1", "gone-1"),
            "says “7” in “index” of “mention-gone-1”, which is on no printed page",
        ),
        (BATES, BATES.replace(">7<", ">7n2<"), "the line “index-bates” of the index is “Bates, Henry Walter, 7n2” in"),
        ('id="page-7"', 'id="page-7x"', "says “7” in “contents” of “page-7”, which is on no printed page"),
        ('aria-label="7"', 'aria-label="99"', "says “7” in “glossary” of “mention-bates-1”, which is on page 99"),
        (
            'href="essay.xhtml#emendation-essay-their"',
            'href="introduction.xhtml#introduction"',
            "of “introduction”, which is on page 5",
        ),
    ],
)
def test_a_number_of_the_ebook_that_is_not_right_is_found(old: str, new: str, found: str) -> None:
    made = garden()
    verdict = prove_epub(edited(made["epub"], old, new), made["screen"], made.book)
    assert verdict.result == "failed"
    assert any(found in one for one in said(verdict))


@pytest.mark.parametrize(("said_there", "is_right"), [("9n4", True), ("10n4", True), ("11n4", False), ("9n3", False)])
def test_a_note_is_on_the_page_of_its_call_or_the_next(said_there: str, is_right: bool) -> None:  # noqa: FBT001
    made = rich()
    old = 'mention-bates-3" epub:type="index-locator">9n4<'
    verdict = prove_epub(edited(made["epub"], old, old.replace("9n4", said_there)), made["screen"], made.book)
    assert any(one.startswith("page-number: garden-1.0.0.epub says") for one in said(verdict)) != is_right


# ------------------------------------------------------------------------------------------------- what links and lines say


@pytest.mark.parametrize(
    ("words", "target", "page"),
    [
        ("12", "mention-rose-1", ("12", 0)),
        ("12n3", "mention-rose-1", ("12", 3)),
        ("12.3", "emendation-essay-their", ("12", 0)),
        ("par. 9, p. 12", "emendation-essay-their", ("12", 0)),
        ("p. 12", "roses", ("12", 0)),
        ("12", "own", ("12", 0)),
        ("1937", "roses", None),
        ("3", "note-3", None),
        ("twelve", "mention-rose-1", None),
    ],
)
def test_a_link_says_a_page(words: str, target: str, page: tuple[str, int] | None) -> None:
    made = a_book(page_of(marked("own words", index=("x",), identifier="own")))
    found = Numbers(made).said(Jump(words, target, (), "index"))
    assert (found and (found.page, found.note)) == page


def page_of(*nodes: object) -> object:
    return page("essay", paragraph("p1", *nodes), notes=[note("a", 1, "Rose")])  # type: ignore[arg-type]


LABELS = ("i", "ii", "iii", *map(str, range(1, 20)))


@pytest.mark.parametrize(
    ("line", "heading", "listed"),
    [
        ("Rose, ii, 7", "Rose", Listed(frozenset({1, 9}), frozenset())),
        ("Rose, iv, 7", "Rose", Listed(frozenset({-1, 9}), frozenset())),
        ("Rose, 7, 9–11, 14n3. See also bed, 1870", "Rose", Listed(frozenset({9, 11, 12, 13}), frozenset({(16, 3)}))),
        ("Rose, Wilhelm (Roos), 7", "Rose, Wilhelm", Listed(frozenset({9}), frozenset())),
        ("June 18, 1937: 8, 9", "June 18, 1937", Listed(frozenset({10, 11}), frozenset())),
        ("June 18, 1937", "June 18, 1937", Listed(frozenset(), frozenset())),
        ("Rose, see bed", "Rose", Listed(frozenset(), frozenset())),
        ("self- criticism, 7", "self-criticism", Listed(frozenset({9}), frozenset())),
    ],
)
def test_a_line_is_read(line: str, heading: str, listed: Listed) -> None:
    assert IndexReader(LABELS, "n").read(line, heading) == listed


def test_what_the_text_speaks_of_is_found_in_the_book() -> None:
    made = a_book(
        page(
            "essay",
            paragraph(
                "p1", "The Roses and a rose, ", span("Rose", classes=("noterm",)), " ", link("#p1", "Rose’s bed")
            ),
            paragraph("p2", span("she", term="rose"), " ", marked("the Rose", index=("x", "y"))),
            notes=[note("a", 1, "Rosebud, Roseate, bodies")],
            title="Rose",
        ),
        page("imprint", paragraph("p3", "Rose ", marked("here", index=("x",))), role="imprint"),
        glossary=(entry("rose", "Rose"), entry("body", "body")),
    )
    found = [(one.of, one.passage, one.first, one.surely, one.marked) for one in spoken_of(made)]
    assert sorted(found) == sorted(
        [
            ("x", "essay", At(10), True, True),
            ("y", "essay", At(10), True, True),
            ("rose", "essay", At(9), True, False),
            ("rose", "essay", At(0), True, False),
            ("rose", "essay", At(2), False, False),
            ("rose", "essay", At(7), True, False),
            ("rose", "essay", At(11), True, False),
            ("body", "note-1", At(2), False, False),
            ("x", "imprint", At(1), True, True),
        ]
    )


def test_a_page_with_the_role_of_a_note_is_none() -> None:
    epub = rich()["epub"]
    page = edited(epub, 'class="page chapter"', 'class="page note"')
    assert read_jumps(page).all() == read_jumps(epub).all()
    assert {jump.note for jump in read_jumps(epub).all()} == {0, 4}
