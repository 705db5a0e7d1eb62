"""Words measured by HarfBuzz have the widths that Pango gives them when they are set."""

from __future__ import annotations

import pytest

import print_sample as sample
from publish.make import weasyprint_plans as plans
from publish.make.pdf import Typesetter
from publish.make.pdf_fonts import Fonts
from publish.make.shaping import Measurer
from publish.make.weasyprint_patches import Box, page_box

STYLED = (
    'Figures of <em>officially difficult</em> 1871\u201390, <abbr class="abbr">U.S.S.R.</abbr> and <strong>small</strong> flowers; '
    '\u201cTo <em>AVATAR\u2019s</em>\u201d first <code>fluffy</code> <span class="lead-in">WORDS</span>\u2014affinity.'
    f"{sample.note(1, 'Note of <em>officially</em> different flowers, 1871.')}"
)


@pytest.fixture(scope="module")
def leaves() -> list[Box]:
    """Text boxes in every face, size and feature that running text has."""
    layout = Typesetter(sample.book()).lay_out(
        sample.rendering(sample.section("one", sample.paragraph("p", STYLED))), sample.COVER
    )
    found = (box for page in layout._pages.document.pages for box in page_box(page).descendants())
    return [box for box in found if getattr(box, "text", "").strip()]


def test_every_word_is_as_wide_as_pango_sets_it(leaves: list[Box]) -> None:
    from weasyprint.text.line_break import create_layout, line_size

    measurer = Measurer(Fonts(sample.styles()).typefaces)
    measured = 0
    for leaf in leaves:
        setting = plans._piece(leaf).setting
        for word in leaf.text.split():
            layout = create_layout(word, leaf.style, None, None, 0)
            width, _ = line_size(layout.get_first_line()[0], leaf.style)
            assert measurer.width(word, setting) == pytest.approx(width, abs=len(word) / 1024), word
            measured += 1
    assert measured > 25


def test_the_sample_has_faces_sizes_and_features(leaves: list[Box]) -> None:
    settings = {plans._piece(leaf).setting for leaf in leaves}
    assert {setting.face.italic for setting in settings} == {False, True}
    assert len({setting.size for setting in settings}) > 1
    features = {name for setting in settings for name, value in setting.features if value}
    assert {"smcp", "c2sc", "onum", "sups", "lnum"} <= features
