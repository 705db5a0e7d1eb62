"""Lines: text that fills one but for the space behind it is not broken after its first word."""

from __future__ import annotations

import pytest

import print_sample as sample
from publish.make import weasyprint_patches as patches
from publish.make.pdf import Layout, Typesetter

SHORT = 12  # letters; a full line of the sample has some sixty


def text_before_links() -> Layout:
    """Paragraphs with a link at every length of the text before it."""
    blocks = (
        sample.paragraph(
            f"p{count}", f'{sample.prose(count, count)} <a href="#one">behind it all</a> {sample.prose(7, 30)}'
        )
        for count in range(6, 120)
    )
    return Typesetter(sample.book()).lay_out(sample.rendering(sample.section("one", *blocks)), sample.COVER)


def short_lines(layout: Layout) -> list[str]:
    """The lines that are not their paragraph's last, and yet hold only a word."""
    found = []
    for page in layout._pages.document.pages:
        for box in patches.page_box(page).descendants():
            lines = [child for child in getattr(box, "children", ()) if type(child).__name__ == "LineBox"]
            if box.element_tag == "p":
                found += [text for text in map(text_of, lines[:-1]) if len(text) < SHORT]
    return found


def text_of(line: patches.Box) -> str:
    return "".join(box.text for box in line.descendants() if hasattr(box, "text"))


def test_no_line_holds_only_its_first_word() -> None:
    assert short_lines(text_before_links()) == []


def test_without_the_patch_some_do(monkeypatch: pytest.MonkeyPatch) -> None:
    text_before_links()  # puts the patches in place
    module, name, _ = next(patch for patch in patches.PATCHES if patch[1] == "split_first_line")
    monkeypatch.setattr(patches, "PATCHES", tuple(patch for patch in patches.PATCHES if patch[1] != name))
    monkeypatch.setattr(module, name, getattr(module, name).__wrapped__)
    assert short_lines(text_before_links()) != []
