"""Planned lines in pages that are really made: set as planned, with the words, tags, links and notes that there were."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

import print_sample as sample
from publish.diagnostics import Location
from publish.make import shaping, weasyprint_patches
from publish.make.paragraph import PlannedLine
from publish.make.pdf import Layout, Typesetter
from publish.make.weasyprint_patches import Box, page_box
from publish.model import Artifact
from publish.prove.page_figures import Figures, measure
from publish.prove.page_lines import Paragraph, read_lines

STEMS = [sample.paragraph(f"p{n}", sample.prose(n, 30 + n)) for n in range(40)]
MIXED = (
    f'{sample.prose(1, 30)} <em>{sample.prose(2, 20)}</em> <a href="#one-title">{sample.prose(3, 20)}</a>, the '
    f'<abbr class="abbr">U.S.S.R.</abbr>{sample.note(1, sample.prose(4, 40))} {sample.prose(5, 30)} '
    f'<span lang="fr" xml:lang="fr">mot juste</span> {sample.prose(6, 40)}'
)


@contextmanager
def unplanned() -> Iterator[None]:
    """WeasyPrint's own lines."""
    has = shaping.Measurer.has
    shaping.Measurer.has = lambda *_: False  # type: ignore[method-assign]
    try:
        yield
    finally:
        shaping.Measurer.has = has  # type: ignore[method-assign]


def lay_out(*blocks: str) -> Layout:
    return Typesetter(sample.book()).lay_out(sample.rendering(sample.section("one", *blocks)), sample.COVER)


@pytest.fixture(scope="module")
def mixed() -> Layout:
    return lay_out(sample.paragraph("p", MIXED), *STEMS)


@pytest.fixture(scope="module")
def screen(mixed: Layout) -> Artifact:
    return mixed.screen_pdf()


def boxes(layout: Layout) -> Iterator[Box]:
    return (box for page in layout._pages.document.pages for box in page_box(page).descendants())


def plans(layout: Layout) -> list[PlannedLine]:
    return [box.planned for box in boxes(layout) if type(box).__name__ == "LineBox" and hasattr(box, "planned")]


def paragraphs(layout: Layout) -> tuple[Paragraph, ...]:
    return read_lines(layout.screen_pdf()).paragraphs


def figures(layout: Layout) -> Figures:
    return measure(read_lines(layout.screen_pdf()), "one")


# ---------------------------------------------------------------------------------------------------------------- lines


def test_every_line_of_text_and_notes_is_planned(mixed: Layout) -> None:
    lines = [box for box in boxes(mixed) if type(box).__name__ == "LineBox" and box.element_tag in {"p", "span"}]
    assert len(plans(mixed)) == len(lines) > 100
    assert mixed.diagnostics == ()


def test_full_lines_have_the_measure_and_what_hangs_out(screen: Artifact) -> None:
    for paragraph in read_lines(screen).paragraphs:
        for line in paragraph.lines[1:-1]:
            hanging = line.right - line.left - 288
            assert -0.1 < hanging < 2 * shaping.FARTHEST * line.size, line.text


def test_lines_are_better_than_those_of_the_library(mixed: Layout) -> None:
    with unplanned():
        before = figures(lay_out(sample.paragraph("p", MIXED), *STEMS))
    after = figures(mixed)
    assert plans(mixed)
    assert after.word_spaces.mean < before.word_spaces.mean
    assert after.word_spaces.stdev < before.word_spaces.stdev
    assert after.word_spaces.most < before.word_spaces.most
    assert after.hyphens.share < before.hyphens.share


def test_spaces_narrow_as_well_as_widen_and_glyphs_hardly(mixed: Layout) -> None:
    found = figures(mixed)
    assert 0.148 <= round(found.word_spaces.least, 3) < 0.2
    assert found.glyph_scales == pytest.approx((0.985, 1.015), abs=0.0005)


def test_no_page_ends_with_a_divided_word() -> None:
    blocks = [sample.paragraph(f"p{n}", sample.prose(n, 60 + n)) for n in range(90)]
    with unplanned():
        before = figures(lay_out(*blocks)).hyphens.at_page_ends
    assert before > 0 == figures(lay_out(*blocks)).hyphens.at_page_ends


def test_punctuation_hangs_and_letters_do_not(screen: Artifact) -> None:
    lines = [line for paragraph in read_lines(screen).paragraphs for line in paragraph.lines[1:-1]]
    widths = [(line.text[-1], line.right - line.left) for line in lines if line.text[0].isalpha()]
    letters = [width for last, width in widths if last.isalpha()]
    hyphens = [width for last, width in widths if last == "\u00ad"]
    assert max(letters) - min(letters) < 0.2
    assert min(hyphens) > max(letters) + 1


def test_a_last_line_keeps_its_own_spaces(screen: Artifact) -> None:
    for paragraph in read_lines(screen).paragraphs:
        last = paragraph.lines[-1]
        if last.right - last.left < 280 and last.gaps:
            assert {round(gap.width / last.size, 2) for gap in last.gaps} == {0.2}


# ------------------------------------------------------------------------------------------- text, tags, links and notes


def test_the_text_is_found_and_copied_as_it_was_typed(screen: Artifact) -> None:
    """By PDFium: divided words whole, ordinary spaces, and no hyphen that is not in the source."""
    with pypdfium2.PdfDocument(screen.data) as document:
        found = " ".join(page.get_textpage().get_text_bounded() for page in document)
    assert "\u00a0" not in found
    assert "\u2010" not in found
    assert "\x02" in found
    joined = " ".join(found.replace("\x02", "").split()).replace(" \u2014", "\u2014").replace("\u2014 ", "\u2014")
    stems = [one for one in read_lines(screen).paragraphs if len({line.page for line in one.lines}) == 1][1:]
    wanted = [sample.prose(n, 30 + n).replace("\n", " ") for n in range(40)]
    # PDFium takes every hyphen at the end of a line for that of a divided word.
    assert sum(text.replace("-", "") in joined.replace("-", "") for text in wanted) == len(stems) > 25


def test_a_divided_word_has_a_soft_hyphen_as_its_text(screen: Artifact) -> None:
    lines = [line for paragraph in read_lines(screen).paragraphs for line in paragraph.lines]
    divided = [line for line in lines if line.text.endswith("\u00ad")]
    assert divided
    assert not any(line.text.endswith("\u2010") for line in lines)
    with pikepdf.open(BytesIO(screen.data)) as pdf:
        content = b"".join(page.Contents.read_bytes() for page in pdf.pages)
    assert content.count(b"/ActualText") >= len(divided)


def structure(layout: Layout) -> list[tuple[str, str]]:
    with pikepdf.open(BytesIO(layout.screen_pdf().data)) as pdf:
        return list(_elements(pdf.Root.StructTreeRoot.K[0]))


def _elements(element: pikepdf.Object) -> Iterator[tuple[str, str]]:
    if str(element.S) not in {"/Span", "/Link"}:  # of those there may be one on each line
        yield str(element.S), str(element.get("/ID", ""))
    for kid in element.K if isinstance(element.get("/K"), pikepdf.Array) else []:
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
            yield from _elements(kid)


def test_the_tags_are_those_of_unplanned_lines(mixed: Layout) -> None:
    with unplanned():
        before = structure(lay_out(sample.paragraph("p", MIXED), *STEMS))
    assert structure(mixed) == before
    assert {("/Note", "note-1"), ("/P", "p")} <= set(before)


def test_a_link_covers_its_words_on_each_line(mixed: Layout, screen: Artifact) -> None:
    areas = sorted((area[0], area[1]) for page in mixed._pages.document.pages for _, _, area, _ in page.links)
    with pikepdf.open(BytesIO(screen.data)) as pdf:
        rects = [[float(x) for x in one.Rect] for page in pdf.pages for one in page.get("/Annots", [])]
    assert len(rects) == len(areas) >= 2
    assert all(right - left > 10 for left, _, right, _ in rects)


# ----------------------------------------------------------------------------------------------------- what is not so


def test_a_line_that_is_not_as_planned_is_told_and_set_as_the_library_sets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    text = sample.prose(3, 60)
    with unplanned():
        wanted = [line.text for line in paragraphs(lay_out(sample.paragraph("p", text)))[0].lines]
    width = shaping.Measurer.width
    monkeypatch.setattr(shaping.Measurer, "width", lambda self, word, setting: width(self, word, setting) * 1.01)
    layout = Typesetter(sample.book()).lay_out(
        sample.rendering(
            sample.section("one", sample.paragraph("p", text)), locations={"p": Location("book/text/one.md", 3)}
        ),
        sample.COVER,
    )
    assert [(one.rule, one.location.line) for one in layout.diagnostics] == [("line-unplanned", 3)]
    assert f"`{text[:20]}" in layout.diagnostics[0].message
    assert [line.text for line in paragraphs(layout)[0].lines] == wanted


@pytest.mark.parametrize(
    "block",
    [
        f'<p id="p"><span style="padding-left: 3pt">{sample.prose(1, 40)}</span></p>',
        f'<p id="p">{sample.prose(1, 20)}<br>{sample.prose(2, 20)}</p>',
        f'<p id="p" style="text-align: left">{sample.prose(1, 40)}</p>',
        f'<p id="p" style="word-spacing: 1pt">{sample.prose(1, 40)}</p>',
        f'<p id="p" style="letter-spacing: 1pt">{sample.prose(1, 40)}</p>',
        f'<p id="p" style="overflow-wrap: anywhere">{"a" * 120}</p>',
        f'<p id="p">{sample.prose(1, 20)} <span style="float: left">A</span>{sample.prose(1, 20)}</p>',
    ],
)
def test_what_cannot_be_planned_is_left_to_the_library(block: str) -> None:
    layout = lay_out(block)
    assert [one for one in plans(layout) if one.stop > 1] == []  # the float may be
    assert layout.diagnostics == ()


INITIAL = '<span style="float: left; font: 38pt/28pt EB Garamond; margin-right: 2pt">E</span>'
PICTURE = '<div style="float: {}; width: 90pt; height: 70pt; margin: 0 8pt"></div>'


@pytest.mark.parametrize(
    ("before", "begin", "beside"),
    [
        ("", INITIAL, 2),
        (PICTURE.format("left"), "", 5),
        (PICTURE.format("right"), "", 5),
        (PICTURE.format("left"), INITIAL, 5),
    ],
)
def test_lines_beside_an_initial_or_a_picture_are_planned_to_the_room_that_they_have(
    before: str, begin: str, beside: int
) -> None:
    layout = lay_out(before, sample.paragraph("p", begin + sample.prose(3, 120)))
    assert layout.diagnostics == ()
    planned = [line for line in plans(layout) if line.measure > 50]  # without the initial's own
    narrow = [line.measure < planned[-1].measure - 1 for line in planned]
    assert narrow == [True] * beside + [False] * (len(planned) - beside)
    *full, _last = max((one.lines for one in paragraphs(layout)), key=len)
    set_to = [line.right - line.left for line in full if not line.hyphenated]
    wanted = [one.measure * 0.75 + (one.left + one.right) * 0.75 for one in planned[:-1] if not one.hyphen]
    assert set_to == pytest.approx(wanted[-len(set_to) :], abs=0.1)


def test_the_lines_of_another_page_do_not_stand_beside_the_picture_of_this_one() -> None:
    filling = [sample.paragraph(f"f{n}", "Words.") for n in range(16)]
    noted = f"{sample.prose(3, 25)}{sample.note(1, sample.prose(5, 60))} {sample.prose(4, 60)}"
    layout = lay_out(*filling, PICTURE.format("left"), sample.paragraph("p", noted))
    lines = [box for box in boxes(layout) if hasattr(box, "planned") and box.element.get("id") == "p"]
    assert layout.diagnostics == ()
    assert [round(line.planned.measure * 0.75) for line in lines] == [182] * 3 + [288] * (len(lines) - 3)
    assert len({page.label for page in layout.pagination.pages}) == 2


def test_an_initial_is_read_with_its_word() -> None:
    block = sample.paragraph("p", INITIAL + sample.prose(3, 60))
    with unplanned():
        before = structure(lay_out(block))
    assert structure(lay_out(block)) == before


def test_without_the_patch_kerns_are_cut(mixed: Layout) -> None:
    """A failure here says that WeasyPrint rounds them, and `apply` need not."""
    assert weasyprint_patches.weasyprint.draw.text.int is round
    del weasyprint_patches.weasyprint.draw.text.int
    try:
        cut = [line.right for paragraph in paragraphs(mixed) for line in paragraph.lines]
    finally:
        weasyprint_patches.apply()
    rounded = [line.right for paragraph in paragraphs(mixed) for line in paragraph.lines]
    assert max(abs(one - other) for one, other in zip(cut, rounded, strict=True)) > 0.05
