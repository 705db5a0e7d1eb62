"""The text proof on finished files: they pass as they are made, and every damage is named at its place in the source."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest

from proof_sample import Sample, changed, edited, elements, garden, rich, with_words, without_element, without_words
from publish.model import Artifact, Verdict
from publish.prove.pdf_ua import by_own_rules, by_page_validation
from publish.prove.preflight import judge as preflight
from publish.prove.text import prove_booklet, prove_epub, prove_pages, prove_print, prove_screen, prove_wrap

ESSAY = "book/text/essay.md"
INTRODUCTION = "book/text/introduction.md"


@pytest.fixture(params=[garden, rich], ids=["garden", "rich"])
def sample(request: pytest.FixtureRequest) -> Sample:
    made: Sample = request.param()
    return made


def said(verdict: Verdict) -> list[tuple[str, str, int]]:
    return [(one.rule, one.location.file, one.location.line) for one in verdict.diagnostics]


def epub(new: Artifact) -> Verdict:
    return prove_epub(new, garden().book, garden().rendering)


def screen(new: Artifact) -> Verdict:
    return prove_screen(new, garden().book)


# ------------------------------------------------------------------------------------------------------------ as made


def test_all_files_hold_the_words_of_the_source(sample: Sample) -> None:
    verdicts = [
        prove_epub(sample["epub"], sample.book, sample.rendering),
        prove_screen(sample["screen"], sample.book),
        prove_pages(sample["epub"], sample["screen"], sample.pagination, sample.book),
        prove_print(sample["print"], sample["screen"], sample.book),
        prove_booklet(sample["booklet"], sample["print"], sample.book),
        prove_wrap(sample["wrap"], sample["print"]),
    ]
    assert [(one.result, one.diagnostics) for one in verdicts] == [("passed", ())] * 6
    assert verdicts[0].judge == "text proof"


def test_what_was_proved_is_counted() -> None:
    counted = (
        "2 pages, 2 notes, 8 paragraphs of the glossary, 15 dates and events of the chronology, 1 paragraphs of the sources, "
        "5 reasons of emendations"
    )
    assert epub(garden()["epub"]).detail == f"493 words in {counted}, 6 lines from the metadata"
    assert (
        screen(garden()["screen"]).detail == f"531 words in {counted}, 11 lines from the metadata"
    )  # and the back cover


def test_rows_of_the_chronology_in_another_order_are_found() -> None:
    """The words of each are as they were: those of two rows that open a year."""
    made = garden().book
    first, second, *rest = made.chronology
    swapped = replace(made, chronology=(second, first, *rest))
    for verdict in (
        prove_epub(garden()["epub"], swapped, garden().rendering),
        prove_screen(garden()["screen"], swapped),
    ):
        assert said(verdict) == [("text-moved", "book/chronology.yaml", 11)]
        assert "has the row with “1863 Spring” in another place" in verdict.diagnostics[0].message


# ------------------------------------------------------------------------------------------------------------- e-book


@pytest.mark.parametrize(
    ("old", "new", "rule", "words"),
    [
        ("the garden is not dark", "the garden is dark", "text-lost", "the garden is not dark"),
        ("the garden is not dark", "the garden garden is not dark", "text-added", "the garden is not dark"),
        ("the garden is not dark", "the garden not is dark", "text-moved", "the garden is not dark"),
        ("the garden is not dark", "the garden was not dark", "text-changed", "the garden is not dark"),
        ("So my father wrote", "So my fatherwrote", "text-changed", "So my father wrote"),
        ("So my father wrote", "So my fa ther wrote", "text-changed", "So my father wrote"),
        ("Probably the convolvulus", "The convolvulus", "text-changed", "Probably the convolvulus"),
        ("hour\u2060—more", "hour more", "text-changed", "an hour—more than"),
    ],
)
def test_a_damaged_ebook_is_named_at_the_source(old: str, new: str, rule: str, words: str) -> None:
    verdict = epub(edited(garden()["epub"], old, new))
    assert verdict.result == "failed"
    assert said(verdict) == [(rule, ESSAY, garden().line_of(ESSAY, words))]


def test_a_lost_note_is_named_at_its_words() -> None:
    found = epub(edited(garden()["epub"], 'id="note-essay-hawk-moth"', 'id="note-x"'))
    assert [one.rule for one in found.diagnostics] == ["text-added", "text-lost"]
    assert "Probably the convolvulus" in found.diagnostics[0].message
    assert said(found)[1] == ("text-lost", ESSAY, garden().line_of(ESSAY, "[^hawk-moth]:"))
    assert "“note-essay-hawk-moth”" in found.diagnostics[1].message


def test_a_call_under_another_number_is_named() -> None:
    found = epub(edited(garden()["epub"], ">2</a> It stood", ">1</a> It stood"))
    assert said(found) == [("text-changed", ESSAY, garden().line_of(ESSAY, "[^hawk-moth] It"))]
    assert "“tobacco.[1]” for “tobacco.[2]”" in found.diagnostics[0].message


def test_words_in_no_page_of_the_book_are_named() -> None:
    found = epub(
        edited(
            garden()["epub"],
            '<aside class="note" id="note-essay-hawk-moth"',
            '<p>Stray <em>words</em></p><aside class="note" id="note-essay-hawk-moth"',
        )
    )
    assert found.result == "passed"  # among the headings of the page of notes, which the machine makes
    extra = '<aside class="note" id="note-9"><p>Stray <em>words</em></p></aside><aside class="note" id="note-essay-hawk-moth"'
    found = epub(edited(garden()["epub"], '<aside class="note" id="note-essay-hawk-moth"', extra))
    assert [one.message for one in found.diagnostics] == [
        "garden-1.0.0.epub has “Stray words” outside of every page of the book"
    ]


def test_a_changed_gloss_is_named_in_the_glossary() -> None:
    found = epub(edited(garden()["epub"], "Naturalist, who", "Naturalist, that"))
    assert said(found)[0][:2] == ("text-changed", "book/glossary.yaml")


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('<span class="year">1848–59</span>', '<span class="year">1848–60</span>', "text-changed"),
        ('<span class="day">May</span>', '<span class="day"></span>', "text-lost"),
        ('<span class="year">1892</span>', "", "text-lost"),
        ("The brewery beside", "The old brewery beside", "text-added"),
    ],
)
def test_a_changed_row_is_named_in_the_chronology(old: str, new: str, rule: str) -> None:
    found = epub(edited(garden()["epub"], old, new))
    assert [one[:2] for one in said(found)] == [(rule, "book/chronology.yaml")]


@pytest.mark.parametrize("words", ["1848", "16", "The brewery beside the garden closes."])
def test_a_row_that_the_pdf_has_lost_is_named_in_the_chronology(words: str) -> None:
    found = screen(changed(garden()["screen"], without_words(words)))
    assert {one[1] for one in said(found)} == {"book/chronology.yaml"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("The Naturalist on the River", "The Naturalist of the River", "“of” for “on”"),
        (
            'id="term-tobacco-sources"><span class="label">Sources</span>',
            'id="term-tobacco-sources">Says',
            "beginning of “term-tobacco-sources”",
        ),
        ("River Amazons</em>, chap.\u00a05", "River</em>, chap.\u00a05", "“River,” for “River Amazons,”"),
    ],
    ids=["listed", "of an entry", "in a text"],
)
def test_changed_words_of_a_source_are_named(old: str, new: str, said: str) -> None:
    found = epub(edited(garden()["epub"], old, new))
    assert {one.location.file for one in found.diagnostics} == {"book/bibliography.yaml"}
    assert any(said in one.message for one in found.diagnostics)


def test_words_of_a_source_that_the_pdf_has_lost_are_named() -> None:
    found = screen(changed(garden()["screen"], without_words("John Murray")))
    assert {one.location.file for one in found.diagnostics} == {"book/bibliography.yaml"}
    assert "John Murray" in found.diagnostics[0].message


def _with_other_reason(artifact: Artifact) -> Artifact:
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as archive:
        page = archive.read("EPUB/text/emendations.xhtml").decode()
    item = page[page.index('id="reading-essay-their"') :]
    old = item[item.index('<span class="reason">') : item.index("</span></li>")]
    return edited(artifact, old, f"{old} indeed")


def test_a_changed_reason_of_an_emendation_is_named() -> None:
    (found,) = epub(_with_other_reason(garden()["epub"])).diagnostics
    assert (found.rule, found.location.file) == ("text-added", ESSAY)
    assert "“indeed”" in found.message


def test_a_changed_line_of_the_title_page_is_named() -> None:
    found = epub(edited(garden()["epub"], ">Notes of a gardener</p>", ">Notes of a gambler</p>"))
    assert said(found) == [("text-changed", "book/book.yaml", 0)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Notes of a gardener</p>", "NOTES OF A GARDENER</p>"),
        ("So my father", "So\u00a0my fa\u00adther"),
        ("At ten the first", "At ten the \ufb01rst"),
        ("hour\u2060—more", "hour—more"),
        ("So my father", "So <em>my</em> f<span>ather</span>"),
    ],
)
def test_declared_differences_are_no_differences(old: str, new: str) -> None:
    assert epub(edited(garden()["epub"], old, new)).diagnostics == ()


def test_what_is_no_ebook_is_unreadable() -> None:
    assert said(epub(replace(garden()["epub"], data=b"no archive"))) == [("text-unreadable", "", 0)]
    broken = edited(garden()["epub"], "So my father", "So my <father")
    assert said(epub(broken)) == [("text-unreadable", "", 0)]


# --------------------------------------------------------------------------------------------------------- screen PDF


def test_lost_words_of_the_pdf_are_named_at_the_source() -> None:
    found = screen(changed(garden()["screen"], without_words("garden is ")))
    assert said(found) == [("text-lost", ESSAY, garden().line_of(ESSAY, "the garden is not dark"))]
    assert "has lost “garden is”, which stands after “LAMPS are out the”" in found.diagnostics[0].message


def test_a_doubled_word_of_the_pdf_is_named_at_the_source() -> None:
    found = screen(changed(garden()["screen"], with_words("father ", lambda items: items * 2)))
    assert said(found) == [("text-added", ESSAY, garden().line_of(ESSAY, "So my father wrote"))]
    assert "“father” a second time" in found.diagnostics[0].message


def test_a_note_that_is_not_in_the_tree_is_named() -> None:
    found = screen(changed(garden()["screen"], without_element("/Note", 1)))
    assert said(found) == [("text-lost", ESSAY, garden().line_of(ESSAY, "[^hawk-moth]:"))]


def test_notes_under_each_others_ids_are_named() -> None:
    def swap(pdf: pikepdf.Pdf) -> None:
        first, second = elements(pdf, "/Note")
        first.ID, second.ID = second.ID, first.ID

    found = screen(changed(garden()["screen"], swap))
    assert {one.rule for one in found.diagnostics} <= {"text-moved", "text-changed", "text-lost", "text-added"}
    assert {one.location.file for one in found.diagnostics} == {ESSAY, INTRODUCTION}


def test_a_page_without_its_text_is_named() -> None:
    def empty(pdf: pikepdf.Pdf) -> None:
        pdf.pages[8].obj.Contents = pdf.make_stream(b"")

    found = screen(changed(garden()["screen"], empty))
    assert said(found)[0] == ("text-lost", ESSAY, 1)
    assert {one.rule for one in found.diagnostics} == {"text-lost"}


def test_paragraphs_in_another_order_are_moved() -> None:
    def swap(pdf: pikepdf.Pdf) -> None:
        section = next(one for one in elements(pdf, "/Sect") if str(one.get("/ID")) == "essay")
        kids = list(section.K)
        paragraphs = [index for index, kid in enumerate(kids) if kid.get("/S") == "/P"]
        first, second = paragraphs[1], paragraphs[2]
        kids[first], kids[second] = kids[second], kids[first]
        section.K = pikepdf.Array(kids)

    found = screen(changed(garden()["screen"], swap))
    assert [one.rule for one in found.diagnostics] == ["text-moved"]
    assert found.diagnostics[0].location.file == ESSAY


def test_letters_that_copy_as_others_are_named() -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            for font in page.obj.Resources.get("/Font", {}).values():
                cmap = font.ToUnicode.read_bytes()
                font.ToUnicode.write(cmap.replace(b"<0067>", b"<0071>"))  # g is q

    found = screen(changed(garden()["screen"], spoil))
    assert {one.rule for one in found.diagnostics} == {"text-changed"}


def test_words_beyond_the_edge_of_the_page_are_lost() -> None:
    def crop(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.trimbox = pikepdf.Array([0, 0, 150, 600])

    found = screen(changed(garden()["screen"], crop))
    assert "text-lost" in {one.rule for one in found.diagnostics}


def test_a_pdf_without_tags_is_unreadable() -> None:
    def strip(pdf: pikepdf.Pdf) -> None:
        del pdf.Root["/StructTreeRoot"]

    assert said(screen(changed(garden()["screen"], strip))) == [("text-unreadable", "", 0)]
    assert said(screen(replace(garden()["screen"], data=b"no PDF"))) == [("text-unreadable", "", 0)]


@pytest.mark.parametrize(
    ("name", "file"), [("reading-essay-their-reason", ESSAY), ("titlepage-title", "book/book.yaml")]
)
def test_words_that_are_lost_from_what_the_machine_writes_are_named(name: str, file: str) -> None:
    def rename(pdf: pikepdf.Pdf) -> None:
        kinds = ("/Span", "/P", "/H1")
        (element,) = (one for kind in kinds for one in elements(pdf, kind) if str(one.get("/ID", "")) == name)
        element.K = pikepdf.Array()

    found = screen(changed(garden()["screen"], rename))
    assert [(one.rule, one.location.file) for one in found.diagnostics] == [("text-lost", file)]


def test_a_file_that_cannot_be_read_is_told_in_words_that_stay_the_same() -> None:
    one, none = garden(), b"no PDF"
    spoilt = {kind: replace(one[kind], data=none) for kind in ("epub", "screen", "print", "booklet", "wrap")}
    verdicts = [
        epub(spoilt["epub"]),
        screen(spoilt["screen"]),
        prove_print(spoilt["print"], one["screen"], one.book),
        prove_booklet(spoilt["booklet"], one["print"], one.book),
        prove_wrap(spoilt["wrap"], one["print"]),
        by_own_rules(spoilt["screen"], one.book),
        by_page_validation(spoilt["screen"]),
        preflight(spoilt["print"], one.book),
        preflight(spoilt["wrap"], one.book, one["print"]),
    ]
    messages = [found.message for verdict in verdicts for found in verdict.diagnostics]
    assert len(messages) == len(verdicts)
    assert not [message for message in messages if " at 0x" in message or message.endswith(": ")]


# ------------------------------------------------------------------------------------------------------- printed pages


def pages(new: Artifact, other: Artifact | None = None) -> Verdict:
    one = garden()
    return prove_pages(new, other or one["screen"], one.pagination, one.book)


def marker(label: str) -> str:
    return f'class="page-break" id="page-{label}" epub:type="pagebreak" role="doc-pagebreak" aria-label="{label}"'


def test_a_marker_moved_by_a_word_is_named() -> None:
    whole = garden()["epub"]
    moved = edited(whole, f"<div {marker('7')}></div>\n", "")
    moved = edited(moved, "the garden is not dark", f"the garden <span {marker('7')}></span>is not dark")
    found = pages(moved)
    assert said(found) == [("page-marker", ESSAY, 1)]
    assert "page 7 begins in print before “The Garden at Night" in found.diagnostics[0].message


def test_a_marker_inside_a_word_is_named() -> None:
    moved = edited(garden()["epub"], f"<div {marker('7')}></div>\n", "")
    moved = edited(moved, "the garden is not dark", f"the gar<span {marker('7')}></span>den is not dark")
    assert "the marker of page 7 stands inside “garden”" in [one.message for one in pages(moved).diagnostics]


def test_a_page_that_is_not_marked_or_not_listed_is_named() -> None:
    found = pages(edited(garden()["epub"], f"<div {marker('7')}></div>\n", ""))
    assert [one.message for one in found.diagnostics] == [
        "the page markers of the e-book lack 7 of the pages of the PDF"
    ]
    found = pages(edited(garden()["epub"], ">7</a></li>\n<li><a", ">8</a></li>\n<li><a"))
    assert {one.rule for one in found.diagnostics} == {"page-marker"}


def test_an_ebook_without_pages_beside_a_pdf_is_named() -> None:
    one = rich()
    found = prove_pages(one["epub"], garden()["screen"], one.pagination, one.book)
    assert found.result == "failed"


# --------------------------------------------------------------------------------------------------------- print files


def test_a_print_file_with_other_words_or_pages_is_named() -> None:
    one = garden()

    def blank(pdf: pikepdf.Pdf) -> None:
        pdf.pages[8].obj.Contents = pdf.make_stream(b"")

    def lack(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[8]

    found = prove_print(changed(one["print"], blank), one["screen"], one.book)
    assert [finding.message[:49] for finding in found.diagnostics] == [
        "page 9 of garden-1.0.0-print-a5.pdf has lost “The"
    ]
    found = prove_print(changed(one["print"], lack), one["screen"], one.book)
    pages = len(pikepdf.open(io.BytesIO(one["print"].data)).pages)
    message = f"garden-1.0.0-print-a5.pdf has {pages - 1} pages in the place of {pages}"
    assert found.diagnostics[0].message == message


def _swapped(pdf: pikepdf.Pdf) -> None:
    pdf.pages.insert(0, pdf.pages[2])
    del pdf.pages[3]


def _mirrored(pdf: pikepdf.Pdf) -> None:
    content = pdf.pages[2].obj.Contents.read_bytes()
    first, second = sorted(set(content.split()) & {f"/P{number}".encode() for number in range(1, 20)})
    content = content.replace(first + b" ", b"/X ").replace(second + b" ", first + b" ").replace(b"/X ", second + b" ")
    pdf.pages[2].obj.Contents = pdf.make_stream(content)


@pytest.mark.parametrize("change", [_swapped, _mirrored])
def test_a_booklet_whose_pages_are_out_of_order_is_named(change: Callable[[pikepdf.Pdf], None]) -> None:
    one = garden()
    found = prove_booklet(changed(one["booklet"], change), one["print"], one.book)
    assert {finding.rule for finding in found.diagnostics} == {"text-differs"}


def test_a_print_file_that_is_none_is_unreadable() -> None:
    one = garden()
    found = prove_print(replace(one["print"], data=b"no PDF"), one["screen"], one.book)
    assert said(found) == [("text-unreadable", "", 0)]


def test_nothing_is_changed_by_being_saved_again() -> None:
    """The damage of the tests is only what they do."""
    again = changed(garden()["screen"], lambda _pdf: None)
    assert pikepdf.open(io.BytesIO(again.data)).pages
    assert screen(again).result == "passed"
