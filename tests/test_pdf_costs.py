"""What is remembered of WeasyPrint's answers: the same pages as without, and less asked."""

from __future__ import annotations

import pytest
from weasyprint.css import ComputedStyle, StyleFor
from weasyprint.css.targets import TargetCollector
from weasyprint.layout import LayoutContext, inline
from weasyprint.pdf import pydyf

import print_sample as sample
from publish.make import weasyprint_costs as costs
from publish.make import weasyprint_plans as plans
from publish.make.pdf import Layout, Typesetter

REMEMBERED = (
    *((inline, name) for name in ("resolve_percentages", "can_break_text", "strut")),
    (LayoutContext, "__init__"),
    (TargetCollector, "cache_target_page_counters"),
    (pydyf.PDF, "page_references"),
    (StyleFor, "set_computed_styles"),
    (ComputedStyle, "__missing__"),
)
MIXED = (
    f"{sample.prose(1, 90)} <em>{sample.prose(2, 9)}</em>{sample.note(1, sample.prose(4, 60))} {sample.prose(5, 30)}"
)
BLOCKS = (
    sample.paragraph("p", MIXED),
    f'<p id="q" style="text-align: left">{sample.prose(6, 120)}</p>',
    *(sample.paragraph(f"p{number}", sample.prose(number, 90)) for number in range(12)),
)


def lay_out() -> Layout:
    return Typesetter(sample.book()).lay_out(sample.rendering(sample.section("one", *BLOCKS)), sample.COVER)


def test_the_pages_are_the_same_as_without(monkeypatch: pytest.MonkeyPatch) -> None:
    remembering = lay_out().screen_pdf().data
    monkeypatch.setattr(costs, "LONGEST", -1)
    for owner, name in REMEMBERED:
        monkeypatch.setattr(owner, name, getattr(owner, name).__wrapped__)
    assert lay_out().screen_pdf().data == remembering


def test_a_second_layout_shapes_no_text_anew() -> None:
    typesetter = Typesetter(sample.book())
    rendering = sample.rendering(sample.section("one", *BLOCKS))
    typesetter.lay_out(rendering, sample.COVER)
    known = typesetter._press._common["font_config"].publish_shapes
    before = len(known)
    typesetter.lay_out(rendering, sample.COVER)
    assert len(known) == before > 100


def test_a_changed_copy_of_a_style_is_asked_anew() -> None:
    class Style(dict[str, int]):
        pass

    asked = costs.remember_styles(lambda style, **_: style["size"])
    style = Style(size=3)
    assert asked(style) == asked(style) == 3
    copy = Style(style, size=4)
    assert asked(copy) == 4


def styles(*blocks: str) -> dict[str, ComputedStyle]:
    """The styles that blocks are laid out with, by their ids."""
    layout = Typesetter(sample.book()).lay_out(sample.rendering(sample.section("one", *blocks)), sample.COVER)
    boxes = [box for page in layout._pages.document.pages for box in page._page_box.descendants()]
    styles = [(box.element, box.style) for box in boxes if box.element_tag == "p"]
    return {element.get("id"): style for element, style in styles if isinstance(style, ComputedStyle)}


def test_paragraphs_share_their_values_but_not_their_ids() -> None:
    blocks = (
        "<p>Words.</p>",
        '<p id="a">Words.</p>',
        '<p id="b">Words.</p>',
        '<p id="c" style="letter-spacing: 2px">Words.</p>',
    )
    found = styles(*blocks, '<p id="d" lang="fr">Des mots.</p>')
    a, b, c, d = (found[name] for name in "abcd")
    assert a is not b
    assert a.publish_values is b.publish_values
    assert a.publish_values is not c.publish_values is not d.publish_values is not a.publish_values
    assert [one["anchor"] for one in (a, b)] == ["a", "b"]
    assert [one["letter_spacing"] for one in (a, b, c)] == ["normal", "normal", 2]
    assert (a["lang"], d["lang"]) == ("en-GB", "fr")


def test_a_changed_copy_of_a_style_shares_nothing() -> None:
    style = styles('<p id="a" style="border: 1em solid">Words.</p>')["a"].copy()
    style["font_size"] = 100
    del style["border_top_width"]
    assert style["border_top_width"] == 100


def test_pages_are_numbered_anew_only_when_there_are_more() -> None:
    pdf = pydyf.PDF()
    pdf.add_page(pydyf.Dictionary())
    one = pdf.page_references
    assert pdf.page_references is one
    pdf.add_page(pydyf.Dictionary())
    assert pdf.page_references == (*one, b"4 0 R")


def test_a_note_is_read_once_however_often_it_is_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    known = plans._can_be_set
    monkeypatch.setattr(plans, "_can_be_set", lambda leaf, planner: asked.append(leaf.text) or known(leaf, planner))
    notes = (sample.note(number, f"Note {number} {sample.prose(number, 20)}") for number in range(1, 6))
    paragraph = sample.paragraph("p", "".join(f"{sample.prose(9, 5)}{note} " for note in notes))
    Typesetter(sample.book()).lay_out(sample.rendering(sample.section("one", paragraph)), sample.COVER)
    assert [sum(text.startswith(f"Note {number} ") for text in asked) for number in range(1, 6)] == [1] * 5
