"""Reading a PDF's text: fonts, positions, marked content; and the words that are expected of a book."""

from __future__ import annotations

import re

import pikepdf
import pytest

from proof_sample import garden, rich
from publish.prove.pdf_content import Interpreter, PageText
from publish.prove.read_pdf import page_labels
from publish.prove.reading import PageStart, Reading
from publish.prove.text import _without_labels, read_the_screen_pdf
from publish.prove.words import expected_passages, normal, wanted

CMAP = b"""begincmap 1 begincodespacerange <00> <ff> endcodespacerange
1 beginbfchar <01> <00660069> endbfchar
3 beginbfrange <41> <5a> <0041> <61> <62> [<0061> <0062>] <63> <7a> <0063> endbfrange endcmap"""


def drawn(content: bytes, form: bytes = b"") -> PageText:
    """What a page with this content draws; its font has letters 500 thousandths wide."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.TrueType,
            BaseFont=pikepdf.Name.Letters,
            FirstChar=0,
            Widths=pikepdf.Array([500] * 256),
            ToUnicode=pdf.make_stream(CMAP),
        )
    )
    fonts = pikepdf.Dictionary(F=font)
    drawing = pdf.make_stream(form, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
    drawing.Matrix = pikepdf.Array([1, 0, 0, 1, 100, 0])
    properties = pikepdf.Dictionary(P=pikepdf.Dictionary(MCID=7))
    page = pdf.add_blank_page(page_size=(200, 200))
    page.obj.Resources = pikepdf.Dictionary(Font=fonts, XObject=pikepdf.Dictionary(X=drawing), Properties=properties)
    page.obj.Contents = pdf.make_stream(content)
    return Interpreter({}).read(page)


def runs(page: PageText, number: int = 0) -> list[tuple[str, float, float, float]]:
    return [(run.text, run.left, run.right, run.baseline) for run in page.marked[number]]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"BT /F 10 Tf 20 30 Td (Ab) Tj (c) Tj ET", [("Ab", 20, 30, 30), ("c", 30, 35, 30)]),
        (b"BT /F 10 Tf 2 0 0 2 20 30 Tm [(A) -500 (b)] TJ ET", [("Ab", 20, 50, 30)]),
        (
            b"BT /F 10 Tf 12 TL 20 30 Td (a) Tj T* (b) Tj (c) ' ET",
            [("a", 20, 25, 30), ("b", 20, 25, 18), ("c", 20, 25, 6)],
        ),
        (b'BT /F 10 Tf 20 30 Td 0 -14 TD (a) Tj 1 2 (b) " ET', [("a", 20, 25, 16), ("b", 20, 27, 2)]),
        (b"BT /F 10 Tf 50 Tz 3 Ts (\x01) Tj ET", [("fi", 0, 2.5, 3)]),
        (b"q 1 0 0 1 50 50 cm BT /F 10 Tf (A) Tj ET Q BT /F 10 Tf (B) Tj ET", [("A", 50, 55, 50), ("B", 0, 5, 0)]),
        (b"/X Do", [("Z", 100, 105, 0)]),
        (b"/Span <</ActualText (whole)>> BDC BT /F 10 Tf (ha) Tj 20 0 Td (lf) Tj ET EMC", [("whole", 0, 30, 0)]),
    ],
)
def test_runs_are_read_where_they_stand(content: bytes, expected: list[tuple[str, float, float, float]]) -> None:
    page = drawn(b"/P <</MCID 0>> BDC " + content + b" EMC", b"BT /F 10 Tf (Z) Tj ET")
    assert runs(page) == expected
    assert not page.loose


def test_artifacts_and_what_is_not_marked_are_apart() -> None:
    page = drawn(
        b"/Artifact BMC BT /F 10 Tf (A) Tj ET EMC BT (B) Tj ET /Span /P BDC BT (C) Tj ET EMC"
        b" /Span <</MCID 8 /ActualText (D)>> BDC BT (c) Tj ET EMC"
    )
    assert [run.text for run in page.artifacts] == ["A"]
    assert [run.text for run in page.unmarked] == ["B"]
    assert {number: [run.text for run in found] for number, found in page.marked.items()} == {7: ["C"], 8: ["D"]}
    assert page.loose


def test_a_run_over_the_edge_is_beyond_the_page() -> None:
    page = drawn(b"/P <</MCID 0>> BDC BT /F 10 Tf 10 10 Td (in) Tj 186 0 Td (ou) Tj 0 -30 Td (t) Tj ET EMC")
    assert [page.is_beyond(run) for run in page.marked[0]] == [False, True, True]


def test_pages_are_called_by_their_labels() -> None:
    pdf = pikepdf.new()
    for _ in range(3):
        pdf.add_blank_page()
    assert page_labels(pdf) == ["1", "2", "3"]


# ---------------------------------------------------------------------------------------------------------- what is expected


def test_the_expected_words_are_those_of_the_book_with_calls_and_cross_references() -> None:
    words = {passage.id: " ".join(passage.words) for passage in expected_passages(rich().book)}
    assert words["essay"].startswith("A Rich Text with so many words")
    assert "nor in two WHEN THE LAMPS[2] Extraordinarily uncharacteristic" in words["essay"]
    assert "see the list [page], or https://www.example.org" in words["essay"]
    assert "“so” then,[3] as the U.S.S.R. of 1937" in words["essay"]
    assert "Bed Plants North and a half 120" in words["essay"]
    assert "A line of verse and another" in words["essay"]
    assert words["note-essay-first"] == "A note to the first words."


def test_emendations_are_accepted_and_nothing_of_the_machine_is_expected() -> None:
    passages = expected_passages(garden().book)
    (essay,) = (passage for passage in passages if passage.id == "essay")
    assert "The stocks give their scent only now, and “it is the moths they call,”" in " ".join(essay.words)
    assert {passage.kind for passage in passages} == {"page", "note", "entry", "row", "source", "reason", "line"}
    kinds = wanted(passages, garden().book)
    assert (kinds["essay"], kinds["glossary"], kinds["notes"]) == ("page", "made", "made")


def test_sources_are_expected_as_they_are_cited_and_as_they_are_listed() -> None:
    words = {passage.id: " ".join(passage.words) for passage in expected_passages(rich().book)}
    assert words["term-tobacco-sources"] == "Bates, Naturalist on the River Amazons"
    assert words["source-naturalist-entry"].startswith(
        "Bates, Henry Walter. The Naturalist on the River Amazons. London:"
    )
    assert words["source-naturalist-parts"] == "Chap. 5, “Hawk Moths”; on tobacco."
    assert words["source-dusk-further-entry"] == words["source-dusk-entry"]
    assert words["source-dusk-further-annotation"] == "What was thought of it in the U.S.S.R."
    assert "source-naturalist-further-entry" not in words
    assert "source-unread-entry" not in words


def test_words_of_the_source_in_what_the_machine_writes_are_expected() -> None:
    words = {
        passage.id: passage.text for passage in expected_passages(garden().book) if passage.kind in {"reason", "line"}
    }
    reasons = [name.removeprefix("reading-essay-") for name in words if name.startswith("reading-")]
    assert reasons == [f"{name}-reason" for name in ("the-garden-at-night", "their", "the", "order-and", "had")]
    assert words["titlepage-title"] == words["back-cover-title"] == "The Garden at Night"
    assert words["titlepage-contributor-1"].split()[-2:] == ["Ada", "Lindley"]
    assert words["titlepage-date"] == "2026"
    assert words["back-cover-description"].startswith("A gardener of 1871")


def test_every_word_has_its_line() -> None:
    source = garden().book.sources["book/text/essay.md"].splitlines()
    (essay,) = (passage for passage in expected_passages(garden().book) if passage.id == "essay")
    for index, word in enumerate(essay.words):
        letters = re.match(r"\W*(\w*)", word)
        assert letters
        assert letters[1] in source[essay.location_of(index).line - 1], word


def test_declared_differences() -> None:
    assert normal("a\u2060—b\u00adc ﬁﬂ") == "a—bc fifl"


def test_labels_before_a_gloss_are_no_words_of_it() -> None:
    reading = Reading(
        {"term-bates-role": ["IN", "JUNE", "1871:", "Assistant", "secretary"], "term-bates-fate": ["Died"]},
        (PageStart("3", "term-bates-role", 1), PageStart("4", "term-bates-role", 4, "sec")),
    )
    found = _without_labels(reading, garden().book)
    assert found.passages == {"term-bates-role": ["Assistant", "secretary"], "term-bates-fate": ["Died"]}
    assert found.page_starts == (PageStart("3", "term-bates-role", 0), PageStart("4", "term-bates-role", 1, "sec"))


def test_the_pdf_is_read_across_its_pages() -> None:
    reading = read_the_screen_pdf(rich()["screen"], expected_passages(rich().book), rich().book)
    assert [start.label for start in reading.page_starts] == [page.label for page in rich().pagination.pages]
    assert reading.stray == ()
