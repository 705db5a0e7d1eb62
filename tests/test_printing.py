"""The print PDF: the same pages and words, for a press."""

from __future__ import annotations

import dataclasses

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Name

import press
from press import A5, EDITIONS, HALF_LETTER
from publish.make.printing import fill_sheets, foot_share, make_print, without_covers
from publish.model import Artifact, Edition
from publish.prove.preflight import text_rectangles

BLACK = (0, 0, 0, 1)


def operations(page: pikepdf.Page) -> dict[str, list[float]]:
    """The operands of the last operator of each name on the page, its forms unread."""
    read = pikepdf.parse_content_stream(page, "cm k")
    return {str(one.operator): [float(operand) for operand in one.operands] for one in read}


def coverless(pages: int = 5) -> Artifact:
    """A print PDF of a book without covers."""
    book = dataclasses.replace(press.book(), pages=(press.page("chapter"),))
    return make_print(press.drawn(b"0 0 10 10 re f", pages=pages), book, A5)


# ------------------------------------------------------------------------------------------------------------- the whole


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda one: one.name)
def test_each_page_has_the_words_of_the_screen_pdf(edition: Edition) -> None:
    *before, inside, last = press.texts(press.screen())
    pages = press.texts(press.printed(edition))
    assert pages[: len(before)] == before
    assert pages[-2:] == [inside, last]
    assert not any(pages[len(before) : -1])
    assert sum(map(len, before)) > 1000


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda one: one.name)
def test_a_print_pdf_holds_pages_and_nothing_else(edition: Edition) -> None:
    with press.opened(press.printed(edition)) as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages", "/PageLabels", "/ViewerPreferences"}
        assert len(pdf.pages) % 4 == 0
        for page in pdf.pages:
            boxes = {"/MediaBox", "/BleedBox", "/TrimBox"}
            assert set(page.obj.keys()) == boxes | {"/Type", "/Parent", "/Contents", "/Resources"}
            for box in boxes:
                assert [float(one) for one in page.obj[box]] == pytest.approx([0, 0, *edition.trim], abs=0.0001)
        assert not any(
            "/StructParents" in one for one in pdf.objects if isinstance(one, pikepdf.Dictionary | pikepdf.Stream)
        )
        assert dict(pdf.docinfo) == {"/Title": pikepdf.String("The Garden at Night")}


def test_the_name_says_what_the_file_is() -> None:
    printed = press.printed(HALF_LETTER)
    assert (printed.name, printed.kind, printed.edition) == (
        "garden-1.0.0-print-half-letter.pdf",
        "print",
        "half-letter",
    )


def test_the_same_input_gives_the_same_bytes() -> None:
    assert make_print(press.screen(), press.book(), HALF_LETTER).data == press.printed(HALF_LETTER).data


def labels(artifact: Artifact) -> list[str]:
    with press.opened(artifact) as pdf:
        return [str(page.label) for page in pdf.pages]


def test_a_page_is_called_what_it_is_called_on_the_screen() -> None:
    *text, inside, back = labels(press.screen())
    numbers = [str(number) for number in range(1, len(text) - 1)]
    assert (text, inside, back) == (["C1", "C2", *numbers], "C3", "C4")
    assert labels(press.printed(A5)) == [*text, *[""] * (-len(numbers) % 4), inside, back]


def test_what_is_glued_has_no_covers_and_whole_leaves() -> None:
    glued = without_covers(make_print(press.screen(), press.book(), dataclasses.replace(A5, binding="perfect")))
    assert labels(glued) == labels(press.screen())[2:-2]
    assert press.texts(glued) == press.texts(press.screen())[2:-2]
    assert len(labels(glued)) % 2 == 0


def test_a_booklet_of_what_is_glued_has_whole_sheets() -> None:
    glued = dataclasses.replace(A5, binding="perfect")
    for pages in (7, 8, 9):
        printed = make_print(press.drawn(b"0 0 10 10 re f", pages=pages), press.book(), glued)
        assert len(labels(printed)) == pages + pages % 2
        filled = fill_sheets(printed, press.book(), glued)
        with press.opened(filled) as pdf:
            painted = [len(page.Contents.read_bytes()) > 0 for page in pdf.pages]
        assert painted == [True] * (pages - 2) + [False] * (-pages % 4) + [True] * 2


# ------------------------------------------------------------------------------------------------------------- positions


def test_the_text_frame_keeps_the_inner_margin_of_the_edition() -> None:
    laid_out, moved = (text_rectangles(press.printed(one).data) for one in (A5, HALF_LETTER))
    for index, (before, after) in enumerate(zip(laid_out[:-1], moved[:-1], strict=True)):
        if index and before:
            recto = index % 2 == 0
            inner = HALF_LETTER.inner_margin - A5.inner_margin
            right = inner if recto else HALF_LETTER.trim[0] - A5.trim[0] - inner
            assert after[0][0] - before[0][0] == pytest.approx(right, abs=0.01)
    full = [page for page in moved if len(page) > 25]
    assert min(rectangle[0] for rectangle in full[0]) >= HALF_LETTER.inner_margin - 1


def foot_share_of(**facts: press.Value) -> float:
    with press.opened(press.drawn(b"", pages=1, **facts)) as pdf:
        return foot_share(pdf.pages[0])


@given(st.floats(1, 250), st.floats(1, 250), st.floats(0, 300))
def test_head_and_foot_keep_their_proportion(head: float, foot: float, more: float) -> None:
    share = foot_share_of(ArtBox=[50, round(foot, 3), 300, round(A5.trim[1] - head, 3)])
    assert (foot + share * more) / (head + (1 - share) * more) == pytest.approx(foot / head, rel=0.01)


def test_without_a_text_frame_head_to_foot_are_2_to_3() -> None:
    assert foot_share_of() == 0.6


def test_a_frame_without_margins_is_centred() -> None:
    assert foot_share_of(ArtBox=[0, 0, A5.trim[0], A5.trim[1]]) == 0.5


def test_a_higher_page_lifts_the_text_by_the_foot_share() -> None:
    printed = make_print(
        press.drawn(b"0 0 10 10 re f", ArtBox=[0, 90, 400, A5.trim[1] - 30]), press.book(), HALF_LETTER
    )
    with press.opened(printed) as pdf:
        up = operations(pdf.pages[1])["cm"][5]
    assert up == pytest.approx(0.75 * (HALF_LETTER.trim[1] - A5.trim[1]), abs=0.001)


def test_covers_stay_in_the_middle() -> None:
    middle = ((HALF_LETTER.trim[0] - A5.trim[0]) / 2, (HALF_LETTER.trim[1] - A5.trim[1]) / 2)
    with press.opened(press.printed(HALF_LETTER)) as pdf:
        for page in (pdf.pages[0], pdf.pages[-1]):
            assert operations(page)["cm"][4:] == pytest.approx(middle, abs=0.001)


def test_blank_pages_stand_before_the_back_cover() -> None:
    printed = make_print(press.drawn(b"0 0 10 10 re f", pages=5), press.book(), A5)
    with press.opened(printed) as pdf:
        assert [len(page.Contents.read_bytes()) > 0 for page in pdf.pages] == [True] * 3 + [False] * 3 + [True] * 2


def test_blank_pages_stand_at_the_end_of_a_book_without_a_back_cover() -> None:
    with press.opened(coverless()) as pdf:
        assert [len(page.Contents.read_bytes()) > 0 for page in pdf.pages] == [True] * 5 + [False] * 3


def test_full_sheets_need_no_blank_page() -> None:
    with press.opened(coverless(pages=8)) as pdf:
        assert len(pdf.pages) == 8


# ------------------------------------------------------------------------------------------------------------------ inks


def printed_of(content: bytes, **resources: press.Value) -> Artifact:
    return make_print(press.drawn(content, resources=resources), press.book(), A5)


def test_black_that_no_operator_sets_is_ink() -> None:
    with press.opened(printed_of(b"0 0 10 10 re f")) as pdf:
        assert operations(pdf.pages[0])["k"] == list(BLACK)


def test_forms_patterns_and_masks_are_followed() -> None:
    inner = press.form(b"/x BMC 1 0 0 rg f EMC", Group={"S": Name.Transparency, "CS": Name.DeviceRGB})
    cell = press.stream(b"0 0 5 5 re f", PatternType=1, PaintType=1, BBox=[0, 0, 9, 9])
    mask = {"SMask": {"S": Name.Luminosity, "G": press.form(b"0.5 g f")}}
    printed = printed_of(b"/F Do", XObject={"F": inner}, Pattern={"P": cell}, ExtGState={"S": mask})
    with press.opened(printed) as pdf:
        found = pdf.pages[0].Resources
        assert found.XObject.F.read_bytes().split() == b"0 1 1 0 k f".split()
        assert Name.DeviceCMYK == found.XObject.F.Group.CS
        assert found.Pattern.P.read_bytes().startswith(b"0 0 0 1 k")
        assert found.ExtGState.S.SMask.G.read_bytes().split() == b"0 0 0 0.5 k f".split()


@pytest.mark.parametrize(("alpha", "groups"), [(1, 0), (0.5, 1)])
def test_a_group_of_opaque_things_is_none(alpha: float, groups: int) -> None:
    inner = press.form(b"0 0 9 9 re f", Group={"S": Name.Transparency, "CS": Name.DeviceRGB})
    with press.opened(printed_of(b"/G gs /F Do", XObject={"F": inner}, ExtGState={"G": {"ca": alpha}})) as pdf:
        assert ("/Group" in pdf.pages[0].Resources.XObject.F) == bool(groups)


def test_gradients_run_between_inks() -> None:
    step = {"FunctionType": 2, "Domain": [0, 1], "N": 1, "C0": [0, 0, 0], "C1": [1, 0, 0]}
    stitched = {"FunctionType": 3, "Domain": [0, 1], "Functions": [step], "Bounds": [], "Encode": [0, 1]}
    shading = {"ShadingType": 2, "ColorSpace": Name.DeviceRGB, "Coords": [0, 0, 1, 1], "Function": stitched}
    with press.opened(printed_of(b"/S sh", Shading={"S": shading})) as pdf:
        found = pdf.pages[0].Resources.Shading.S
        assert found.ColorSpace == Name.DeviceCMYK
        assert [float(one) for one in found.Function.Functions[0].C0] == list(BLACK)
        assert [float(one) for one in found.Function.Functions[0].C1] == [0, 1, 1, 0]


def image(pixels: bytes, **facts: press.Value) -> press.Stream:
    size = {"Width": len(pixels) // 3, "Height": 1, "BitsPerComponent": 8}
    return press.stream(pixels, Subtype=Name.Image, ColorSpace=Name.DeviceRGB, **size, **facts)


def test_a_grey_picture_becomes_grey_and_a_coloured_one_stays() -> None:
    grey, coloured = image(b"\x10\x10\x10\xff\xff\xff"), image(b"\x10\x10\x10\xff\xff\x00")
    turned = image(b"\x10\x10\x10", Decode=[1, 0, 1, 0, 1, 0])
    with press.opened(printed_of(b"", XObject={"A": grey, "B": coloured, "C": turned})) as pdf:
        found = pdf.pages[0].Resources.XObject
        assert (found.A.ColorSpace, found.A.read_bytes()) == (Name.DeviceGray, b"\x10\xff")
        assert found.B.ColorSpace == found.C.ColorSpace == Name.DeviceRGB


def test_profiles_that_nothing_uses_any_more_are_gone() -> None:
    profile = [Name.ICCBased, press.stream(b"", N=3)]
    lab = [Name.Lab, {"WhitePoint": [1, 1, 1]}]
    with press.opened(printed_of(b"/s cs 0 0 0 scn /l cs", ColorSpace={"s": profile, "l": lab, "u": lab})) as pdf:
        assert set(pdf.pages[0].Resources.ColorSpace.keys()) == {"/l"}
