"""Fonts: their record, what they measure, their subsets."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
import yaml
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.diagnostics import Location
from publish.errors import BookHasErrors
from publish.make.balance import even_lines, line_ends
from publish.make.font_files import unusable_fonts
from publish.make.fonts import Raster, Typeface, font_file, may_be_embedded, subset
from publish.model import Asset

FONTS = Path(__file__).parents[1] / "styles" / "fonts"
GARAMOND = (FONTS / "EBGaramond-Regular.ttf").read_bytes()
GOTHIC = (FONTS / "LeagueGothic-Regular.ttf").read_bytes()
RECORD = yaml.safe_load((FONTS / "RECORD.yaml").read_text(encoding="utf-8"))


# -------------------------------------------------------------------------------------------------------------- the record


@pytest.mark.parametrize("entry", RECORD, ids=lambda entry: entry["file"])
def test_a_font_is_the_one_that_is_recorded(entry: dict[str, str]) -> None:
    data = (FONTS / entry["file"]).read_bytes()
    assert hashlib.sha256(data).hexdigest() == entry["sha256"]
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / entry["licence"]).read_text(encoding="utf-8")
    assert may_be_embedded(data)
    assert all(entry[key] for key in ("package", "version", "path"))


def test_every_font_is_recorded() -> None:
    fonts = {path.name for path in FONTS.iterdir() if path.suffix in {".ttf", ".otf", ".woff2"}}
    assert fonts == {entry["file"] for entry in RECORD}


# -------------------------------------------------------------------------------------------------------------- measuring


def test_widths_are_those_of_the_font() -> None:
    font = TTFont(io.BytesIO(GOTHIC))
    advance = font["hmtx"][font.getBestCmap()[ord("E")]][0] / font["head"].unitsPerEm
    assert Typeface(GOTHIC).shape("EEE", "en").width == pytest.approx(3 * advance)
    assert Typeface(GOTHIC).cap_height == font["OS/2"].sCapHeight / font["head"].unitsPerEm


def test_pairs_are_kerned_and_letters_tracked() -> None:
    face = Typeface(GARAMOND)
    alone = face.shape("A", "en").width + face.shape("V", "en").width
    assert face.shape("AV", "en").width < alone
    assert face.shape("AV", "en", tracking=0.1).width == pytest.approx(face.shape("AV", "en").width + 0.1)


def test_features_choose_other_glyphs() -> None:
    face = Typeface(GARAMOND)
    assert face.shape("ab", "en", ["smcp"]).glyphs != face.shape("ab", "en").glyphs


def test_the_ink_of_a_run() -> None:
    ink = Typeface(GOTHIC).shape("Hg", "en").ink
    assert ink.left > 0
    assert ink.bottom < 0 < Typeface(GOTHIC).cap_height <= ink.top
    assert ink.width < Typeface(GOTHIC).shape("Hg", "en").width
    assert Typeface(GOTHIC).shape(" ", "en").ink == (0, 0, 0, 0)


def test_missing_letters_are_told_once() -> None:
    assert Typeface(GOTHIC).missing("Да, да!") == "Да" + "д"
    assert Typeface(GARAMOND).missing("Да, да!") == ""


def test_an_outline_stands_where_it_is_put() -> None:
    face = Typeface(GOTHIC)
    path = face.outline(face.shape("I", "en"), 100, 200, 10)
    numbers = [float(one) for one in path.translate(str.maketrans("MLQCZ", "     ")).split()]
    assert min(numbers[::2]) > 100
    assert max(numbers[::2]) < 105
    assert max(numbers[1::2]) == 200
    assert min(numbers[1::2]) == pytest.approx(200 - 10 * face.cap_height, abs=0.01)


@pytest.mark.parametrize("size", [(40, 30), (33, 50)])
def test_what_is_painted_covers_the_same_pixels(size: tuple[int, int]) -> None:
    face, raster = Typeface(GOTHIC), Raster(0, 0, *size)
    run = face.shape("I", "en")
    face.paint(run, 5, 25, 20, raster)
    rows = raster.coverage()
    assert len(rows) == size[0] * size[1]
    inked = [at for at, value in enumerate(rows) if value > 127]
    columns, lines = {at % size[0] for at in inked}, {at // size[0] for at in inked}
    assert 5 + 20 * run.ink.left - 1 <= min(columns) <= max(columns) <= 5 + 20 * run.ink.right
    assert (min(lines), max(lines)) == (10, 24)


def test_a_part_is_painted_as_it_is_in_the_whole() -> None:
    face, width = Typeface(GOTHIC), 200
    whole, part = Raster(0, 0, width, 50), Raster(20, 5, 61, 40)
    for raster in (whole, part):
        face.paint(face.shape("Garden", "en"), 5.3, 33.7, 40, raster)
    rows = whole.coverage()
    assert part.coverage() == b"".join(rows[line * width + 20 : line * width + 61] for line in range(5, 40))
    assert set(rows) > {0, 255}


# --------------------------------------------------------------------------------------------------------------- subsets


def test_a_subset_has_the_characters_and_no_others() -> None:
    made = TTFont(io.BytesIO(subset(GARAMOND, "Moth é", ["smcp"])))
    assert set(made.getBestCmap()) == set(map(ord, "Moth é"))
    assert {"smcp"} <= {one.FeatureTag for one in made["GSUB"].table.FeatureList.FeatureRecord}
    assert {one.nameID for one in made["name"].names} >= {0, 13, 14}  # copyright and licence


def test_a_subset_is_the_same_bytes_whatever_the_order() -> None:
    assert subset(GARAMOND, "abc", ["smcp", "onum"]) == subset(GARAMOND, "cab", ["onum", "smcp"])


def forbidding(data: bytes, bits: int) -> bytes:
    font = TTFont(io.BytesIO(data))
    font["OS/2"].fsType = bits
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("bits", "allowed"), [(0, True), (4, True), (8, True), (2, False), (0x100, False), (0x200, False)]
)
def test_a_licence_that_forbids_is_obeyed(*, bits: int, allowed: bool) -> None:
    assert may_be_embedded(forbidding(GOTHIC, bits)) is allowed


def test_a_font_that_may_not_be_embedded_is_refused() -> None:
    asked = Location("styles/epub.css")
    styles = {"fonts/x.ttf": Asset("fonts/x.ttf", forbidding(GOTHIC, 2), "font/ttf", asked)}
    with pytest.raises(BookHasErrors) as raised:
        font_file(styles, "fonts/x.ttf", asked)
    assert [one.rule for one in raised.value.report] == ["font-not-embeddable"]


# ----------------------------------------------------------------------------------------------------------- broken files


def without(*tables: str) -> bytes:
    font = TTFont(io.BytesIO(GOTHIC))
    for tag in tables:
        del font[tag]
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def with_bytes(tag: str, offset: int, other: bytes) -> bytes:
    """The font with other bytes in one of its tables."""
    at = TTFont(io.BytesIO(GOTHIC)).reader.tables[tag].offset + offset
    return GOTHIC[:at] + other + GOTHIC[at + len(other) :]


def without_characters() -> bytes:
    font = TTFont(io.BytesIO(GOTHIC))
    for table in font["cmap"].tables:
        table.cmap = {}
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def as_woff(flavor: str = "woff") -> bytes:
    font = TTFont(io.BytesIO(GOTHIC))
    font.flavor = flavor
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def found_in(data: bytes, name: str = "fonts/x.ttf", *, printed: bool = False) -> list[tuple[str, str, str]]:
    """What is told of a font: rule, file, message."""
    asset = Asset(name, data, "font/ttf", Location(f"styles/{name}"))
    return [(one.rule, one.location.file, one.message) for one in unusable_fonts({name: asset}, printed=printed)]


BROKEN = {
    "empty": (b"", "is an empty file"),
    "no font": (b"<!doctype html>" * 100, "cannot be read as TrueType or OpenType"),
    "another beginning": (b"OTTX" + GOTHIC[4:], "cannot be read as TrueType or OpenType"),
    "a collection": (b"ttcf" + GOTHIC[4:], "cannot be read as TrueType or OpenType"),
    "its first bytes": (GOTHIC[:40], "cannot be read as TrueType or OpenType"),
    "cut off": (GOTHIC[: len(GOTHIC) // 2], "is cut off before its end"),
    "cut off at the end": (GOTHIC[:-200], "is cut off before its end"),
    "WOFF": (as_woff(), "is WOFF, not TrueType or OpenType"),
    "zeros": (GOTHIC[:400] + bytes(len(GOTHIC) - 400), "has no characters"),
    "its head": (with_bytes("head", 12, bytes(4)), "cannot be read as TrueType or OpenType"),
    "no characters": (without_characters(), "has no characters"),
    "no outlines": (without("glyf", "loca"), "has no outlines"),
    **{tag: (without(tag), f"has no table “{tag}”") for tag in ("OS/2", "name", "cmap", "post")},
}


@pytest.mark.parametrize("printed", [False, True])
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_font_is_told_at_its_file(name: str, *, printed: bool) -> None:
    data, wrong = BROKEN[name]
    assert found_in(data, printed=printed) == [("font-broken", "styles/fonts/x.ttf", f"the font {wrong}")]


@pytest.mark.parametrize("flavor", ["woff", "woff2"])
def test_a_font_for_web_pages_is_refused_by_its_own_ending_too(flavor: str) -> None:
    name = f"fonts/x.{flavor}"
    wrong = f"the font is {flavor.upper()}, not TrueType or OpenType"
    assert found_in(as_woff(flavor), name) == [("font-broken", f"styles/{name}", wrong)]


def test_a_font_that_forbids_to_be_embedded_is_told_at_its_file() -> None:
    assert [one[:2] for one in found_in(forbidding(GOTHIC, 2))] == [("font-not-embeddable", "styles/fonts/x.ttf")]
    assert found_in(forbidding(GOTHIC, 8)) == found_in(GARAMOND) == found_in(GOTHIC) == []


def test_a_table_that_an_e_book_is_made_without_must_be_right_in_print() -> None:
    data = with_bytes("maxp", 4, b"\xff")  # more glyphs than widths: HarfBuzz makes do with those that are there
    assert found_in(data) == []
    assert [one[0] for one in found_in(data, printed=True)] == ["font-broken"]


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(0, len(GOTHIC) - 1), st.integers(0, 255)), min_size=1, max_size=30))
def test_a_font_with_wrong_bytes_is_refused_or_can_be_used(wrong: list[tuple[int, int]]) -> None:
    data = bytearray(GOTHIC)
    for at, byte in wrong:
        data[at] = byte
    if not found_in(bytes(data)):
        Typeface(bytes(data)).shape("Moths", "en")
        assert subset(bytes(data), "Moths", ["smcp"])


# ---------------------------------------------------------------------------------------------------------- balanced lines

SOME_WIDTHS = st.lists(st.integers(1, 40).map(float), min_size=1, max_size=9)


@given(SOME_WIDTHS, st.data())
def test_lines_are_as_even_as_can_be(widths: list[float], data: st.DataObject) -> None:
    count = data.draw(st.integers(1, len(widths)))
    ends = line_ends(widths, 1.0, count)
    assert len(ends) == count
    assert ends[-1] == len(widths)
    assert _cost(widths, ends) == min(_cost(widths, one) for one in _breaks(len(widths), count))


def _breaks(words: int, lines: int) -> list[tuple[int, ...]]:
    if lines == 1:
        return [(words,)]
    return [(*before, words) for last in range(lines - 1, words) for before in _breaks(last, lines - 1)]


def _cost(widths: list[float], ends: tuple[int, ...]) -> tuple[float, float]:
    lines = [sum(widths[a:b]) + (b - a - 1) for a, b in zip((0, *ends), ends, strict=False)]
    return max(lines), sum(one * one for one in lines)


def test_words_stay_in_order() -> None:
    assert even_lines(["a", "bb", "cc", "d"], [1, 2, 2, 1], 1, 2) == ["a bb", "cc d"]


@given(st.lists(st.integers(1, 40).map(float), min_size=41, max_size=200), st.data())
def test_very_many_words_are_filled(widths: list[float], data: st.DataObject) -> None:
    count = data.draw(st.integers(1, len(widths)))
    ends = line_ends(widths, 1.0, count)
    assert len(ends) <= count
    assert list(ends) == sorted(set(ends))
    assert ends[-1] == len(widths)
