"""The title of the title page as it is drawn for the e-book, and the faces that the e-book brings for it and for headings."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree as ET

import pytest
import uharfbuzz as hb
from hypothesis import given, settings
from hypothesis import strategies as st

from ebook_sample import COVER, garden, members, pages
from publish.make.epub import make_epub
from publish.make.title_art import draw_title
from publish.model import Artifact, Book
from publish.prove.text import prove_epub
from publish.render import render_epub

SVG = "{http://www.w3.org/2000/svg}"
TITLES = [
    "The Garden at Night",
    "[The Latest Events in the U.S.S.R.]",
    "Moths",
    "“Night” & Day: a <Garden>",
    "[ ]",
    "[A] or [B]",
]


def titled(title: str) -> Book:
    return replace(garden(), metadata=replace(garden().metadata, title=title))


def drawn(title: str) -> ET.Element:
    """The SVG, alone in its span."""
    [art] = ET.fromstring(draw_title(titled(title)))  # noqa: S314 - made by us
    return art


@cache
def ebook(title: str) -> tuple[Artifact, str]:
    """The e-book of this title, and its title page."""
    book = titled(title)
    made = render_epub(book, pages(), draw_title(book))
    artifact = make_epub(made, book, COVER)
    return artifact, members(artifact)["EPUB/text/titlepage.xhtml"].decode()


# ---------------------------------------------------------------------------------------------------------------- the title


@pytest.mark.parametrize("title", TITLES)
def test_the_letters_are_text_and_the_drawing_is_for_the_eyes_only(title: str) -> None:
    art = drawn(title)
    assert " ".join("".join(art.itertext()).split()) == title
    assert art.get("aria-hidden") == "true"
    assert {one.tag for one in art.iter()} == {f"{SVG}svg", f"{SVG}text"}


def test_the_drawing_has_no_colour_of_its_own() -> None:
    assert not {"fill", "stroke", "color", "style"} & {name for one in drawn(TITLES[1]).iter() for name in one.attrib}


WORDS = st.lists(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=12), min_size=1, max_size=14)


@settings(max_examples=60)
@given(WORDS, st.booleans())
def test_every_line_lies_in_the_drawing_one_below_the_other(words: list[str], bracketed: bool) -> None:  # noqa: FBT001
    art = drawn(f"[{' '.join(words)}]" if bracketed else " ".join(words))
    width, height = map(float, art.get("viewBox", "").split()[2:])
    lines = [one for one in art if one.get("textLength")]
    for line in lines:
        x, y, size, long = (float(line.get(name, "")) for name in ("x", "y", "font-size", "textLength"))
        air = 0.12 * size  # beside the ink of its first and its last letter
        assert -air <= x <= x + long <= width + air
        assert y <= height
    assert " ".join("".join(line.itertext()) for line in lines).split() == words
    depths = [float(line.get("y", "")) for line in lines]
    assert depths == sorted(set(depths))


def test_the_heading_of_the_title_page_has_its_words_beside_the_drawing() -> None:
    artifact, page = ebook("[A Garden]")
    [heading] = [one for one in ET.fromstring(page).iter() if one.tag.endswith("h1")]  # noqa: S314 - made by us
    assert [(one.tag.rpartition("}")[2], one.get("class")) for one in heading] == [
        ("span", "title-art"),
        ("span", "title-words"),
    ]
    assert "".join(heading[1].itertext()) == "[A Garden]"
    assert 'href="text/titlepage.xhtml" id="titlepage" media-type="application/xhtml+xml" properties="svg"' in (
        members(artifact)["EPUB/content.opf"].decode()
    )


def test_the_words_beside_the_drawing_are_proved_and_those_in_it_not_counted_twice() -> None:
    book = titled("The Moths")
    right = render_epub(book, pages(), draw_title(book))
    assert prove_epub(ebook("The Moths")[0], book, right).result == "passed"
    documents = tuple(replace(one, xhtml=one.xhtml.replace("Moths</span>", "Moth</span>")) for one in right.documents)
    wrong = make_epub(replace(right, documents=documents), book, COVER)
    assert [one.rule for one in prove_epub(wrong, book, right).diagnostics] == ["text-changed"]


# ---------------------------------------------------------------------------------------------------------------- the faces


def glyphs(font: bytes, text: str, *features: str) -> list[int]:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(hb.Font(hb.Face(font)), buffer, dict.fromkeys(features, True))
    return [info.codepoint for info in buffer.glyph_infos]


@pytest.mark.parametrize(
    ("face", "feature", "text"),
    [
        ("regular", "smcp", "abcdefghiklmnoprstuvwy"),
        ("regular", "c2sc", "ABGT"),
        ("regular", "onum", "1234567890"),
        ("regular", "sups", "1234567890"),
        ("italic", "onum", "1234567890"),
    ],
)
def test_the_subset_of_a_face_has_its_own_forms_of_every_letter(face: str, feature: str, text: str) -> None:
    """A reading system makes small capitals, old-style figures and superiors itself where the font has none: thin, or not at all."""
    font = members(ebook("The Moths")[0])[f"EPUB/styles/fonts/ebgaramond-{face}.ttf"]
    plain, shaped = glyphs(font, text, "-liga"), glyphs(font, text, feature, "-liga")
    assert 0 not in plain + shaped
    assert len(plain) == len(shaped) == len(text)
    assert all(one != other for one, other in zip(plain, shaped, strict=True))


def test_the_faces_have_the_letters_of_the_book_and_few_others() -> None:
    inside = members(ebook("The Moths")[0])
    used = set("".join(data.decode() for name, data in inside.items() if name.endswith(".xhtml")))
    used |= set("".join(used).upper())
    fonts = {name: set(hb.Face(data).unicodes) for name, data in inside.items() if name.endswith(".ttf")}
    assert fonts
    for name, has in fonts.items():
        assert {chr(one) for one in has} <= used, name


def test_capitals_that_a_style_makes_are_in_the_face_of_the_title() -> None:
    """The letters are those of the book, their capitals are a matter of style: the subset must have both."""
    font = members(ebook("quixotic jazz")[0])["EPUB/styles/fonts/leaguegothic-regular.ttf"]
    assert 0 not in glyphs(font, "QUIXOTIC JAZZ")
    assert re.search(r"text-transform: uppercase", garden().styles["epub.css"].data.decode())
