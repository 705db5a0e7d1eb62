"""The cover: what is drawn of any title, on any page, and its picture."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from ebook_sample import garden, with_styles
from publish.errors import BookHasErrors
from publish.make.cover import DrawnCover, draw_cover
from publish.make.cover_design import Box, Design, Words, capitals_of, look_of
from publish.make.fonts import Raster
from publish.make.painting import paint_cover, rasterise
from publish.model import Book, Contributor

A5, HALF_LETTER, EPUB = (419.53, 595.28), (396.0, 612.0), (1600.0, 2560.0)
SAFE = 28.35  # points: 10 mm
TITLES = [
    "Emma",
    "I",
    "[The Latest Events in the U.S.S.R.]",
    "An Inquiry into the Nature and Causes of the Wealth of Nations, with an Introduction and Notes for Schools and Libraries",
    "Donaudampfschifffahrtsgesellschaft",
    "Преступление и наказание",
    "Émile, ou De l’éducation",
    "Was tun?",
    "[]",
    "\N{WORD JOINER}",
]


def titled(title: str, subtitle: str = "", authors: int = 1, language: str = "en") -> Book:
    contributors = tuple(Contributor(f"Jane Author the {n}", "", "aut", "attributed") for n in range(authors))
    facts = replace(garden().metadata, title=title, subtitle=subtitle, contributors=contributors, language=language)
    return replace(garden(), metadata=facts)


def inked(cover: DrawnCover) -> list[tuple[float, float, float, float]]:
    """The boxes that the ink of all shapes fills (left, top, right, bottom), the ground aside."""
    return [_box(one) for one in cover.shapes if not (isinstance(one, Box) and one.width == cover.size[0])]


def _box(shape: Box | Words) -> tuple[float, float, float, float]:
    if isinstance(shape, Box):
        return shape.x, shape.y, shape.x + shape.width, shape.y + shape.height
    left, bottom, right, top = shape.run.ink
    size = shape.size
    return shape.x + left * size, shape.y - top * size, shape.x + right * size, shape.y - bottom * size


# -------------------------------------------------------------------------------------------------------------- the design


@pytest.mark.parametrize("size", [A5, HALF_LETTER, (288.0, 432.0)])
@pytest.mark.parametrize("title", TITLES)
def test_all_ink_is_inside_the_safe_area(title: str, size: tuple[float, float]) -> None:
    cover = draw_cover(titled(title, "Notes of a gardener, newly edited from the manuscript", 2), size)
    for left, top, right, bottom in inked(cover):
        assert SAFE < left <= right < size[0] - SAFE
        assert SAFE < top <= bottom < size[1] - SAFE


@given(st.text("ABCÉQgj ,.?", min_size=1, max_size=120).filter(str.strip), st.integers(0, 40), st.integers(0, 5))
@settings(max_examples=40, deadline=None)
def test_no_line_touches_another(title: str, words: int, authors: int) -> None:
    cover = draw_cover(titled(title, "word " * words, authors), A5)
    lines = [box for box, shape in zip(inked(cover), cover.shapes, strict=True) if isinstance(shape, Words)]
    rows: list[tuple[float, float]] = []
    for baseline in sorted({shape.y for shape in cover.shapes if isinstance(shape, Words)}):
        row = [_box(one) for one in cover.shapes if isinstance(one, Words) and one.y == baseline]
        rows.append((min(box[1] for box in row), max(box[3] for box in row)))
    assert len(lines) >= len(rows)
    for (_, bottom), (top, _) in pairwise(rows):
        assert bottom <= top + 0.25 * 419.53 / 100  # italics of neighbouring lines may come near


def test_a_title_is_as_large_as_the_page_allows() -> None:
    cover = draw_cover(titled("Emma"), EPUB)
    left, _, right, _ = next(_box(one) for one in cover.shapes if isinstance(one, Words))
    assert left == pytest.approx(0.09 * 1600)
    assert right == pytest.approx(1600 - 0.09 * 1600, rel=0.2)


def test_a_title_of_the_editors_stands_between_brackets() -> None:
    plain, bracketed = (draw_cover(titled(title), EPUB) for title in ("The Garden", "[The Garden]"))
    accent = [one for one in bracketed.shapes if isinstance(one, Box)]
    assert len(accent) == len([one for one in plain.shapes if isinstance(one, Box)]) + 6
    brackets = draw_cover(titled("The [Night] Garden"), EPUB)
    assert len([one for one in brackets.shapes if isinstance(one, Box)]) == len(inked(plain)) - len(
        [one for one in plain.shapes if isinstance(one, Words)]
    )


def test_print_has_bare_paper_and_black_ink() -> None:
    colours = set(re.findall(r'fill="(.*?)"', draw_cover(garden(), A5).svg))
    assert colours == {"#000000", "#a2191f"}
    assert "#f5eddd" in {one.colour for one in Design(garden(), look_of(garden(), ground=True), *EPUB).shapes()}


@pytest.mark.parametrize(
    ("text", "language", "capitals"),
    [
        ("Straße", "de", "STRASSE"),
        ("istanbul’da ışık", "tr", "İSTANBUL’DA IŞIK"),
        ("istanbul", "en", "ISTANBUL"),
        ("Περὶ ποιητικῆς", "grc", "ΠΕΡΙ ΠΟΙΗΤΙΚΗΣ"),
        ("Προϋπόθεση", "el-GR", "ΠΡΟΫΠΟΘΕΣΗ"),
    ],
)
def test_capitals_are_those_of_the_language(text: str, language: str, capitals: str) -> None:
    assert capitals_of(text, language) == capitals


# ---------------------------------------------------------------------------------------------------------------- the SVG


def test_the_svg_is_outlines_and_says_what_it_shows() -> None:
    cover = draw_cover(titled("Black & <white>"), A5)
    root = ET.fromstring(cover.svg)  # noqa: S314 - made by the test
    assert root.get("viewBox") == "0 0 419.53 595.28"
    assert {one.tag.split("}")[1] for one in root} == {"title", "path"}
    assert root[0].text == cover.alternative == "Cover: Black & <white>"
    assert "/>" not in cover.svg  # it is parsed as HTML too


def test_a_cover_is_drawn_alike_each_time() -> None:
    assert draw_cover(garden(), A5).svg == draw_cover(garden(), A5).svg


# ------------------------------------------------------------------------------------------------------------ the picture


@pytest.fixture(scope="module")
def picture() -> bytes:
    return paint_cover(titled(TITLES[3], "A subtitle"))


def test_the_picture_is_what_the_shops_want(picture: bytes) -> None:
    image = Image.open(io.BytesIO(picture))
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (1600, 2560))
    assert len(picture) < 1_000_000


def test_the_picture_is_the_drawing(picture: bytes) -> None:
    image = Image.open(io.BytesIO(picture))
    assert _near(image.getpixel((5, 5)), (0xF5, 0xED, 0xDD))
    assert _near(image.getpixel((800, 160)), (0xA2, 0x19, 0x1F))
    cover = draw_cover(titled("I"), (400, 640))
    small = Image.open(io.BytesIO(rasterise(cover.shapes, 400, 640)))
    left, top, right, bottom = next(_box(one) for one in cover.shapes if isinstance(one, Words))
    assert _near(small.getpixel((int((left + right) / 2), int((top + bottom) / 2))), (0, 0, 0))
    assert _near(small.getpixel((int(right) + 6, int((top + bottom) / 2))), (255, 255, 255))


@pytest.mark.parametrize("title", TITLES)
def test_no_ink_is_cut_off(title: str) -> None:
    """Each line is painted for itself, in the room that its ink is said to fill."""
    shapes = draw_cover(titled(title, "jÅ"), (200, 320)).shapes
    lines = [one._replace(colour="#000000") for one in shapes if isinstance(one, Words)]
    whole = Raster(0, 0, 200, 320)
    for one in lines:
        one.face.paint(one.run, one.x, one.y, one.size, whole)
    painted = Image.open(io.BytesIO(rasterise(lines, 200, 320))).convert("L")
    expected = Image.frombytes("L", (200, 320), bytes(255 - one for one in whole.coverage()))
    assert max(ImageChops.difference(painted, expected).tobytes()) < 60  # a JPEG is not exact


def _near(colour: object, wanted: tuple[int, int, int]) -> bool:
    assert isinstance(colour, tuple)
    return all(abs(one - other) < 12 for one, other in zip(colour, wanted, strict=True))


# ------------------------------------------------------------------------------------------------------------- what fails


@pytest.mark.parametrize(
    ("book", "rule", "said"),
    [
        (titled("夜の庭"), "cover-letter-missing", "夜の庭"),
        (titled("Garden", "夜"), "cover-letter-missing", "夜"),
        (with_styles(garden(), {"cover.css": None}), "cover-style", "--title"),
        (with_styles(garden(), {"cover.css": b"/* --ink: #000; */ --accent: #a00;"}), "cover-style", "--ink, --paper"),
    ],
)
def test_a_cover_that_cannot_be_drawn_is_told(book: Book, rule: str, said: str) -> None:
    with pytest.raises(BookHasErrors) as raised:
        draw_cover(book, A5)
    [found] = raised.value.report
    assert (found.rule, found.location.file, found.severity) == (rule, "styles/cover.css", "error")
    assert said in found.message


def test_a_letter_that_the_title_face_lacks_is_set_in_the_other() -> None:
    faces = {id(one.face) for one in draw_cover(titled(TITLES[5]), A5).shapes if isinstance(one, Words)}
    assert len(faces) == 3  # fallback, italic and roman are read apart
