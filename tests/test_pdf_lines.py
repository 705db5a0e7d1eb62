"""Lines: text that fills one but for the space behind it is not broken after its first word, as it is with Pango of Debian 12."""

from __future__ import annotations

from types import SimpleNamespace

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


class Style(dict[str, float]):
    """A style that says nothing but the size, with a font configuration of its own."""

    def __init__(self) -> None:
        super().__init__(font_size=20.0)
        self.font_config = SimpleNamespace()

    def __missing__(self, name: str) -> float:
        return 0.0


def old_pango(text: str, _style: dict[str, float], _context: None, width: float) -> tuple[str, int, int | None, float]:
    """What `split_first_line` answers where Pango counts the last space: 10 units a letter, the first word if that is too much."""
    if len(text) * 10 <= width:
        return text, len(text), None, len(text) * 10
    word = text.split(" ", maxsplit=1)[0]
    return word, len(word), len(word) + 1, len(word) * 10


@pytest.mark.parametrize(
    ("text", "line", "resume"),
    [
        ("as wide as the line ", "as wide as the line", 20),  # 19 letters fit, the space does not
        ("fits with its space ", "fits", 5),  # it is the words that are too wide
        ("without a space behind", "without", 8),
        ("a line and more than a line and yet more than a line of words to come ", "a", 2),
    ],
)
def test_only_a_last_space_hangs(text: str, line: str, resume: int) -> None:
    width = 190 if text.startswith("as") else 180
    split = patches._let_space_hang(old_pango)
    found = split(text, Style(), None, width)
    assert (found[0], found[2]) == (line, resume)


def ragged_calls() -> Layout:
    """Ragged paragraphs in which a note is called behind a full point at every place of a line, or nearly so."""
    styles = {"print.css": (sample.STYLES / "print.css").read_text() + ":root {--align: left}"}
    blocks = (
        sample.paragraph(f"p{n}", f"{sample.prose(n, 11)} {'i' * (n % 12)}.{sample.note(n, 'A note.')} And so.")
        for n in range(100, 220)
    )
    return Typesetter(sample.book(styles)).lay_out(sample.rendering(sample.section("one", *blocks)), sample.COVER)


def test_no_line_begins_with_the_call_of_a_note() -> None:
    boxes = [box for page in ragged_calls()._pages.document.pages for box in patches.page_box(page).descendants()]
    lines = [box for box in boxes if type(box).__name__ == "LineBox" and box.element_tag == "p"]
    first = [next(box for box in line.descendants() if hasattr(box, "text")) for line in lines]
    assert len(first) > 200
    assert not [box.text for box in first if box.element_tag.endswith("::footnote-call")]
