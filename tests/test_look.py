"""The look of pages that other books have: long titles, long imprints, small papers, code, notes of many paragraphs, dedications."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

import print_sample as sample
from publish.diagnostics import Location
from publish.errors import BookHasErrors
from publish.make import weasyprint_patches as inside
from publish.make.pdf import Layout, Typesetter
from publish.model import Edition

TITLE = "The Extraordinary Circumstances of the Disappearance of Mr. Bates and His Nightingales from the Garden in 1871, Told"
HEADINGS = ("The first", "The second", "The third")
A6 = Edition("a6", (297.6378, 419.5276), 34.0157, None, "", 0.0)
EDITIONS = {"a5": sample.A5, "a6": A6}


@cache
def typesetter(paper: str) -> Typesetter:
    return Typesetter(replace(sample.book(), editions=(EDITIONS[paper],)))


def lay_out(*sections: str, paper: str = "a5") -> Layout:
    return typesetter(paper).lay_out(sample.rendering(*sections), sample.COVER)


def pages(layout: Layout) -> list[inside.Box]:
    return [inside.page_box(page) for page in layout._pages.document.pages]


def lines(box: inside.Box) -> list[inside.Box]:
    return [one for one in box.descendants() if type(one).__name__ == "LineBox"]


def words(box: inside.Box) -> str:
    return "".join(one.text for one in box.descendants() if hasattr(one, "text"))


def element(page: inside.Box, tag: str) -> inside.Box:
    return next(box for box in page.descendants() if box.element_tag == tag)


def head(page: inside.Box) -> inside.Box:
    return next(box for box in page.children if getattr(box, "at_keyword", "") == "@top-center")


def long_chapter(title: str) -> str:
    paragraphs = (sample.paragraph(f"p{count}", sample.prose(count, 120)) for count in range(12))
    return sample.section("one", *paragraphs, title=title)


@pytest.mark.parametrize("paper", sorted(EDITIONS))
def test_a_long_title_is_wrapped_in_the_measure_and_not_hyphenated(paper: str) -> None:
    layout = lay_out(long_chapter(TITLE), paper=paper)
    title = element(pages(layout)[0], "h1")
    assert len(lines(title)) > 1
    assert " ".join(map(str.strip, map(words, lines(title)))) == TITLE
    assert layout.diagnostics == ()


@pytest.mark.parametrize("paper", sorted(EDITIONS))
def test_a_long_running_head_has_one_line_inside_the_page(paper: str) -> None:
    right = [page for number, page in enumerate(pages(lay_out(long_chapter(TITLE), paper=paper)), 1) if number % 2]
    for page in right[1:]:
        (line,) = lines(head(page))
        assert line.position_y > 0
        assert TITLE.startswith(words(line).strip())
    assert len(right) > 1


def test_the_right_pages_of_a_text_with_the_title_of_the_book_have_the_heading_that_is_in_force() -> None:
    blocks = [sample.paragraph(f"p{count}", sample.prose(count, 120)) for count in range(24)]
    for at, title in zip((8, 10, 20), HEADINGS, strict=True):
        blocks[at] += f'<h2 id="h{at}" data-title="{title}">{title}</h2>'
    text = sample.section("one", *blocks, title="The Garden", role="chapter namesake").replace(
        "<h1 ", "<h1 data-title='The Garden' "
    )
    after = pages(lay_out(text))[1:]  # the first has its title in the text
    heads = [words(head(page)).strip() for page in after]
    assert set(heads[::2]) == {"The Garden"}
    assert {"The Garden", "The second", "The third"} <= set(heads[1::2])
    in_force = "The Garden"
    for number, (said, page) in enumerate(zip(heads, after, strict=True), 2):
        in_force = ([one.text for one in page.descendants() if getattr(one, "text", "") in HEADINGS] or [in_force])[-1]
        assert said == (in_force if number % 2 else "The Garden")


def test_the_head_of_an_initial_is_level_with_the_capitals_beside_it_and_its_foot_with_the_second_line() -> None:
    words_of_it = f'<span class="initial">E</span><span class="lead-in">VEN</span> {sample.prose(1, 90)}'
    layout = lay_out(sample.section("one", sample.paragraph("p", words_of_it)))
    text = [box for box in pages(layout)[0].descendants() if hasattr(box, "pango_layout")]
    initial = next(box for box in text if box.text == "E")
    first, second = (box for box in text[text.index(initial) + 1 :][1:3])
    (foot, line, below), size = (box.position_y + box.baseline for box in (initial, first, second)), 11 / 0.75
    assert foot == pytest.approx(below, abs=0.3)
    assert foot - 0.65 * initial.style["font_size"] == pytest.approx(line - 0.65 * size, abs=0.3)
    assert layout.diagnostics == ()
    assert "EVEN" in "".join(box.text for box in text)


@pytest.mark.parametrize("paper", sorted(EDITIONS))
def test_the_frame_is_inside_the_paper_and_holds_whole_lines(paper: str) -> None:
    for page in pages(lay_out(long_chapter("One"), paper=paper)):
        assert page.margin_left >= 34
        assert page.margin_right >= 34
        assert page.margin_top >= 48  # 36 pt in CSS pixels
        assert page.height * 0.75 % 14 == pytest.approx(0.1, abs=0.01)


@pytest.mark.parametrize("paper", sorted(EDITIONS))
@pytest.mark.parametrize("count", [2, 40])
def test_an_imprint_stands_low_and_loses_nothing(paper: str, count: int) -> None:
    paragraphs = [f"<p>Paragraph {number}. {sample.prose(number, 30)}</p>" for number in range(count)]
    made = pages(lay_out(sample.section("imprint", *paragraphs, role="imprint"), paper=paper))
    printed = "".join(map(words, made))
    assert [number for number in range(count) if f"Paragraph {number}." not in printed] == []
    assert (len(made) > 1) == (count > 2)
    last = lines(element(made[-1], "section"))[-1]
    frame = made[-1].content_box_y() + made[-1].height
    assert 0 <= frame - last.position_y - last.height < 14


def test_the_number_of_a_note_stands_on_the_line_of_its_first_paragraph() -> None:
    note = "".join(f'<span class="note-paragraph">{sample.prose(seed, 30)}</span>' for seed in range(3))
    section = sample.section("one", f'<p id="p">Words<span class="note" id="note-1">{note}</span> and words.</p>')
    area = next(box for box in pages(lay_out(section))[0].children if type(box).__name__ == "FootnoteAreaBox")
    first, *_ = [line for line in lines(area) if words(line).strip()]
    assert words(first).startswith("1.")
    assert len(words(first)) > 40


def test_code_is_set_letter_by_letter() -> None:
    section = sample.section("one", '<p id="p"><code>find 12</code></p><pre id="q"><code>affine 34</code></pre>')
    page = pages(lay_out(section))[0]
    for style in (element(page, tag).style for tag in ("code", "pre")):
        assert style["font_variant_ligatures"] == "none"
        assert style["font_variant_numeric"] == ("lining-nums",)
        assert style["hyphens"] == "none"


@pytest.mark.parametrize("role", ["dedication", "epigraph"])
def test_the_title_of_a_dedication_and_of_a_motto_is_small_and_stays_a_heading(role: str) -> None:
    page = pages(lay_out(sample.section("one", "<p>Words</p>", role=role)))[0]
    title = element(page, "h1")
    text = element(page, "p")
    assert words(title) == "One"
    assert title.style["font_size"] < text.style["font_size"]
    assert title.style["font_style"] == "normal"
    assert title.style["font_variant_caps"] == "all-small-caps"


def test_a_letter_that_no_font_has_is_told_at_its_place_when_pages_are_painted_unread() -> None:
    here = Location("book/text/essay.md", 7, 1)
    rendering = sample.rendering(sample.section("one", '<p id="p">שלום</p>'), locations={"p": here})
    layout = typesetter("a5").lay_out(rendering, sample.COVER)
    with pytest.raises(BookHasErrors) as caught:
        layout.screen_pdf()
    assert {(one.rule, one.location) for one in caught.value.report} == {("glyph-missing", here)}
    assert "EB Garamond has no character ש (U+05E9)" in {one.message for one in caught.value.report}
