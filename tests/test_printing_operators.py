"""Content streams: read like qpdf reads them, and rewritten in nothing but colours and marks."""

from __future__ import annotations

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.errors import ToolFailed
from publish.make.operators import cmyk, for_press, instructions, number

FAMILIES = {b"/DeviceRGB": "rgb", b"/DeviceGray": "grey", b"/srgb": "rgb", b"/lab": "other"}


def press(content: bytes) -> bytes:
    return for_press(content, FAMILIES, set())  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------------------------------ reading

NUMBERS = st.sampled_from([b"0", b"-1.5", b".25", b"+3", b"12.", b"-.002"])
NAMES = st.sampled_from([b"/F1", b"/a.1", b"/A#20B", b"/", b"/EMC"])
PLAIN = st.text(st.characters(codec="latin-1", exclude_characters="()\\"), max_size=8).map(
    lambda text: text.encode("latin-1")
)
INNER = st.recursive(
    st.one_of(PLAIN, st.sampled_from([rb"\(", rb"\)", rb"\\", rb"\051", b"%", b" EMC ", b"BT 1 0 0 rg"])),
    lambda more: st.lists(more, max_size=3).map(lambda parts: b"(" + b"".join(parts) + b")"),
    max_leaves=6,
)
STRINGS = INNER.map(lambda inner: b"(" + inner + b")")
HEXES = st.sampled_from([b"<>", b"<0a>", b"<00 fF\n1>"])
SCALARS = st.one_of(NUMBERS, NAMES, STRINGS, HEXES, st.sampled_from([b"true", b"null"]))
ARRAYS = st.lists(SCALARS, max_size=4).map(lambda parts: b"[" + b" ".join(parts) + b"]")
DICTIONARIES = st.lists(SCALARS, max_size=3).map(
    lambda parts: b"<<" + b" ".join(b"/K%d %s" % (key, part) for key, part in enumerate(parts)) + b">>"
)
SPACE = st.sampled_from([b" ", b"\n", b"\r\n", b"\t", b" % EMC ( 1 0 0 rg\n", b"\x00"])
OPERATORS = st.sampled_from([b"Tj", b"TJ", b"'", b'"', b"re", b"f*", b"q", b"Tf", b"d0", b"trueish"])
INSTRUCTIONS = st.tuples(st.lists(st.one_of(SCALARS, ARRAYS, DICTIONARIES), max_size=3), SPACE, OPERATORS, SPACE).map(
    lambda parts: parts[1].join([*parts[0], parts[2]]) + parts[3]
)


@given(st.lists(INSTRUCTIONS, min_size=1, max_size=6).map(b"".join))
def test_instructions_are_those_that_qpdf_reads(content: bytes) -> None:
    pdf = pikepdf.new()
    theirs = pikepdf.parse_content_stream(pdf.make_stream(content))
    ours = list(instructions(content))
    assert [one.operator for one in ours] == [bytes(one.operator) for one in theirs]
    for mine, other in zip(ours, theirs, strict=True):
        assert pikepdf.Object.parse(b"[" + mine.operands + b"\n]") == pikepdf.Array(list(other.operands))


@given(st.lists(INSTRUCTIONS, max_size=6).map(b"".join))
def test_what_neither_colours_nor_marks_is_kept_byte_for_byte(content: bytes) -> None:
    assert press(content) == content


def test_an_inline_image_is_one_instruction_whatever_its_data() -> None:
    content = b"q BI /W 2 /H 1 /CS /G /BPC 8 ID \x45\x49\x20\xff( EI Q"
    assert [one.operator for one in instructions(content)] == [b"q", b"BI", b"Q"]
    assert press(content) == content


@pytest.mark.parametrize("content", [b"(open Tj", b"1 0 ) Tj", b"BI /W 1 ID abc", b"q {"])
def test_a_broken_stream_is_refused(content: bytes) -> None:
    with pytest.raises(ToolFailed):
        list(instructions(content))


# ------------------------------------------------------------------------------------------------------------ colours


@pytest.mark.parametrize(
    ("light", "inks"),
    [
        (b"0 0 0 rg", b"0 0 0 1 k"),
        (b"1 1 1 rg", b"0 0 0 0 k"),
        (b"0.4 0.4 0.4 RG", b"0 0 0 0.6 K"),
        (b"0.2 g", b"0 0 0 0.8 k"),
        (b"0 G", b"0 0 0 1 K"),
        (b"1 0 0 rg", b"0 1 1 0 k"),
        (b"0.5 0.25 0 rg", b"0 0.5 1 0.5 k"),
        (b"2 -1 0 rg", b"0 1 1 0 k"),
        (b"1 0 % red\n 0 rg", b"0 1 1 0 k"),
        (b"/DeviceRGB cs 0 0 0 sc", b"0 0 0 1 k\n0 0 0 1 k"),
        (b"/srgb CS 1 0 0 SCN", b"0 0 0 1 K\n0 1 1 0 K"),
        (b"/DeviceGray cs 1 scn", b"0 0 0 1 k\n0 0 0 0 k"),
    ],
)
def test_light_becomes_ink(light: bytes, inks: bytes) -> None:
    assert press(light).strip() == inks


@pytest.mark.parametrize(
    "content", [b"0.1 0.2 0.3 0.4 k", b"/Pattern cs /p0 scn", b"/lab cs 50 0 0 scn", b"0.5 scn", b"/a sh"]
)
def test_what_is_ink_or_unknown_is_kept(content: bytes) -> None:
    assert press(content) == content


def test_the_names_of_colour_spaces_still_in_use_are_told() -> None:
    kept: set[bytes] = set()
    for_press(b"/srgb cs /lab cs /Pattern CS", FAMILIES, kept)  # type: ignore[arg-type]
    assert kept == {b"/lab", b"/Pattern"}


def test_a_colour_space_is_saved_and_restored_with_the_graphics_state() -> None:
    assert press(b"/srgb cs q /lab cs 1 0 0 scn Q 1 0 0 scn").split(b"\n") == [
        b"", b"0 0 0 1 k q /lab cs 1 0 0 scn Q", b"0 1 1 0 k",
    ]  # fmt: skip


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_inks_give_the_colour_back(red: float, green: float, blue: float) -> None:
    inks = cmyk(red, green, blue)
    assert all(0 <= ink <= 1 for ink in inks)
    for ink, light in zip(inks[:3], (red, green, blue), strict=True):
        assert (1 - ink) * (1 - inks[3]) == pytest.approx(light, abs=0.5 / 255)


@given(st.floats(0, 1))
def test_grey_is_black_ink_alone(grey: float) -> None:
    assert cmyk(grey, grey, grey) == (0, 0, 0, 1 - grey)


@given(st.floats(-10_000, 10_000))
def test_numbers_are_written_without_an_exponent(value: float) -> None:
    assert float(number(value)) == pytest.approx(value, abs=0.00005)
    assert not set(number(value)) & set(b"eE")


# -------------------------------------------------------------------------------------------------------------- marks


def test_marked_content_goes_and_its_content_stays() -> None:
    content = b"/Span<</MCID 0/ActualText(a) b)>>BDC(x)Tj EMC/Artifact BMC[(y)]TJ EMC\n/MP MP /T/p DP q"
    content = content.replace(b"(a) b)", b"(a\\) b)")
    assert [one.operator for one in instructions(press(content))] == [b"Tj", b"TJ", b"q"]
    assert b"(x)Tj" in press(content)
