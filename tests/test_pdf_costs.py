"""What is remembered of WeasyPrint's answers: the same pages as without, and less asked."""

from __future__ import annotations

import pytest
from weasyprint.layout import inline

import print_sample as sample
from publish.make import weasyprint_costs as costs
from publish.make.pdf import Layout, Typesetter

REMEMBERED = ("resolve_percentages", "can_break_text", "strut")
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
    for name in REMEMBERED:
        monkeypatch.setattr(inline, name, getattr(inline, name).__wrapped__)
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
