"""The wrap: the covers of the print PDF on one sheet, with art that bleeds, as it is made and as it is judged."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Literal

import pikepdf
import pypdfium2
import pytest

import press
from proof_sample import changed, garden
from publish import pipeline
from publish.diagnostics import catalogue
from publish.make.cover import DrawnCover, draw_cover
from publish.make.pdf import Typesetter
from publish.make.printing import without_covers
from publish.make.wrap import check_back_cover, make_wrap
from publish.model import Artifact, Edition, Pagination, Verdict
from publish.prove import preflight
from publish.prove.text import prove_wrap
from publish.render import render_print

MILLIMETRE = 72 / 25.4
BLEED, SAFE, ROOM = 3 * MILLIMETRE, 8 * MILLIMETRE, 10 * MILLIMETRE
Spoil = Callable[[pikepdf.Pdf], None]


def a5() -> Edition:
    return garden().book.editions[0]


@cache
def cover() -> DrawnCover:
    return draw_cover(garden().book, a5().trim)


def glued() -> Edition:
    return replace(a5(), binding="perfect", paper_thickness=0.5 * MILLIMETRE)


def made(printed: Artifact, edition: Edition) -> Artifact:
    return make_wrap(printed, cover(), garden().book, edition)


def count(artifact: Artifact) -> int:
    return len(pypdfium2.PdfDocument(artifact.data))


def draw(page: int, content: bytes) -> Spoil:
    """Draw something over a page of a PDF."""

    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.pages[page].contents_add(pdf.make_stream(content))
        pdf.pages[page].contents_coalesce()

    return spoil


# ---------------------------------------------------------------------------------------------------------------- as made


@pytest.mark.parametrize(("edition", "spine"), [(a5, 0.0), (glued, 0.25 * MILLIMETRE)])
def test_the_trim_is_two_pages_and_the_spine_and_everything_around_it_is_beyond(
    edition: Callable[[], Edition], spine: float
) -> None:
    width = 2 * a5().trim[0] + spine * (count(garden()["print"]) - 4)
    with press.opened(made(garden()["print"], edition())) as pdf:
        (side,) = pdf.pages
        for box, beyond in (("/TrimBox", ROOM), ("/BleedBox", ROOM - BLEED)):
            wanted = [beyond, beyond, 2 * ROOM + width - beyond, 2 * ROOM + a5().trim[1] - beyond]
            assert [float(one) for one in side.obj[box]] == pytest.approx(wanted, abs=0.001)
        assert [float(one) for one in side.mediabox] == pytest.approx([0, 0, width + 2 * ROOM, a5().trim[1] + 2 * ROOM])
        assert set(pdf.Root.keys()) == {"/Type", "/Pages", "/ViewerPreferences"}
        assert pdf.docinfo["/Title"] == "The Garden at Night"


def test_the_wrap_is_named_by_its_edition() -> None:
    wrap = garden()["wrap"]
    assert (wrap.name, wrap.kind, wrap.edition) == ("garden-1.0.0-wrap-a5.pdf", "wrap", "a5")


def test_the_same_input_gives_the_same_bytes() -> None:
    assert made(garden()["print"], a5()).data == garden()["wrap"].data


def test_the_back_cover_is_on_the_left_and_has_its_words() -> None:
    ((left, right),) = press.halves(garden()["wrap"])
    assert " ".join(left).upper().startswith("THE GARDEN AT NIGHT NOTES OF A GARDENER ATTRIBUTED TO ADA LINDLEY")
    assert " ".join(left[-3:]) == "The Hedge Press"
    assert right == []  # outlines


def test_the_bars_run_from_one_end_of_the_bleed_to_the_other_and_not_beyond() -> None:
    with pypdfium2.PdfDocument(made(garden()["print"], glued()).data) as document:
        bitmap = document[0].render(scale=2, rev_byteorder=True)
        row, data = round((ROOM + cover().bands[0].y + 4) * 2) * bitmap.stride, bytes(bitmap.buffer)
        pixels = [tuple(data[row + 3 * x : row + 3 * x + 3]) for x in range(bitmap.width)]
    first = int((ROOM - BLEED) * 2)
    last = bitmap.width - 1 - first
    ((red, green, blue),) = set(pixels[first : last + 1])  # without a seam
    assert red > 2 * max(green, blue)
    assert set(pixels[:first] + pixels[last + 1 :]) == {(255, 255, 255)}


@pytest.mark.parametrize(("edition", "folds"), [(a5, 1), (glued, 2)])
def test_marks_stand_outside_the_bleed(edition: Callable[[], Edition], folds: int) -> None:
    with press.opened(made(garden()["print"], edition())) as pdf:
        side = pdf.pages[0]
        left, bottom, right, top = (float(one) for one in side.obj.BleedBox)
        lines = re.findall(rb"([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l S", side.Contents.read_bytes())
    assert len(lines) == 8 + 2 * folds
    for x, y, to_x, to_y in (map(float, line) for line in lines):
        assert max(x, to_x) <= left or min(x, to_x) >= right or max(y, to_y) <= bottom or min(y, to_y) >= top


def test_what_is_printed_inside_the_covers_is_a_second_side() -> None:
    printed = garden()["print"]
    inside = changed(printed, draw(count(printed) - 2, b"0 0 0 1 k 100 100 9 9 re f"))
    with press.opened(made(inside, a5())) as pdf:
        names = [set(side.Resources.XObject.keys()) for side in pdf.pages]
    last = count(printed)
    assert names == [{"/P1", f"/P{last}"}, {"/P2", f"/P{last - 1}"}]
    assert preflight.judge(made(inside, a5()), garden().book, inside).diagnostics == ()


def test_only_a_book_with_both_covers_has_a_wrap() -> None:
    book = garden().book
    assert book.has_both_covers
    assert not replace(book, pages=book.pages[1:]).has_both_covers
    assert not replace(book, pages=book.pages[:-1]).has_both_covers


# ----------------------------------------------------------------------------------------------------------- the back cover


def laid_out(description: str, identifier: str = "") -> Pagination:
    """The pages of the garden with another description."""
    facts = replace(garden().book.metadata, description=description)
    book = replace(garden().book, metadata=replace(facts, identifier=identifier or facts.identifier))
    return Typesetter(book).lay_out(render_print(book, cover(), Pagination()), cover()).pagination


def test_a_description_that_the_back_cover_cannot_hold_is_told() -> None:
    assert list(check_back_cover(garden().book, laid_out("Moths came one by one. " * 20))) == []
    (found,) = check_back_cover(garden().book, laid_out("Moths came one by one. " * 60))
    assert (found.rule, found.severity, found.location.file) == ("back-cover-long", "error", "book/book.yaml")


def test_room_is_kept_for_a_barcode_if_there_is_an_isbn() -> None:
    words = "Moths came one by one. " * 26
    assert list(check_back_cover(garden().book, laid_out(words))) == []
    (found,) = check_back_cover(garden().book, laid_out(words, "urn:isbn:9780000000002"))
    assert found.rule == "back-cover-long"


# --------------------------------------------------------------------------------------------------------------- preflight


def judged(wrap: Artifact, edition: Edition | None = None) -> Verdict:
    book = replace(garden().book, editions=(edition or a5(),))
    return preflight.judge(wrap, book, of(garden()["print"], edition or a5()))


def of(printed: Artifact, edition: Edition) -> Artifact:
    """The print PDF of an edition, which has no covers if it is glued."""
    return without_covers(printed) if edition.binding == "perfect" else printed


def rules(verdict: Verdict) -> list[str]:
    return [one.rule for one in verdict.diagnostics]


@pytest.mark.parametrize("edition", [a5, glued])
def test_what_is_made_passes(edition: Callable[[], Edition]) -> None:
    wrap = made(garden()["print"], edition())
    assert (judged(wrap, edition()).result, rules(judged(wrap, edition()))) == ("passed", [])
    assert preflight.judge(wrap, replace(garden().book, editions=(edition(),))).result == "passed"  # by itself


def test_a_stitched_edition_has_no_spine() -> None:
    wrap = made(garden()["print"], glued())
    assert rules(judged(wrap, a5())) == rules(preflight.judge(wrap, garden().book)) == ["print-box"]


def box(name: str, *sides: float) -> Spoil:
    """Move the sides of a box by so much."""

    def spoil(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        page[name] = pikepdf.Array([float(one) + by for one, by in zip(page[name], sides, strict=True)])

    return spoil


def lack(name: str) -> Spoil:
    def spoil(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[0].obj[name]

    return spoil


def twice(pdf: pikepdf.Pdf) -> None:
    pdf.pages.extend([pdf.pages[0], pdf.pages[0]])


def empty(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[:]


def turn(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Rotate = 90


def rewrite(old: bytes, new: bytes) -> Spoil:
    def spoil(pdf: pikepdf.Pdf) -> None:
        content = pdf.pages[0].Contents.read_bytes()
        assert re.search(old, content)
        pdf.pages[0].Contents = pdf.make_stream(re.sub(old, new, content))

    return spoil


def redraw(pdf: pikepdf.Pdf) -> None:
    """Other bars on the front cover."""
    form = pdf.pages[0].Resources.XObject["/P1"]
    form.write(form.read_bytes().replace(b"37.76", b"39.76"))


WIDTH, HEIGHT = (2 * 148 + 20) * MILLIMETRE, 230 * MILLIMETRE
SPOILT: dict[str, tuple[str, Spoil]] = {
    "trim": ("print-box", box("/TrimBox", 0, 0, 1, 0)),
    "bleed": ("print-box", box("/BleedBox", 1, 1, -1, -1)),
    "no bleed": ("print-box", lack("/BleedBox")),
    "no trim": ("print-box", lack("/TrimBox")),
    "no side": ("print-box", empty),
    "no room": ("print-box", box("/MediaBox", 0, 0, -9, 0)),
    "turned": ("print-box", turn),
    "three sides": ("print-box", twice),
    "twice the front": ("wrap-pages", rewrite(rb"/P\d\d Do", b"/P1 Do")),
    "moved": ("wrap-pages", rewrite(rb"(28\.3465) cm /P1 Do", rb"29.3465 cm /P1 Do")),
    "turned page": ("wrap-pages", rewrite(rb"q 1 0 0 1 (\S+ \S+) cm /P1 Do", rb"q -1 0 0 -1 \1 cm /P1 Do")),
    "redrawn": ("wrap-pages", redraw),
    "no bars beyond": ("wrap-bleed", rewrite(rb"19\.8425( \S+ \S+ \S+ re f)", rb"28.3465\1")),
    "ground": ("wrap-bleed", draw(0, b"0 0.1 0 0 k 28.3465 28.3465 200 200 re f")),
    "bar to the foot": ("wrap-bleed", draw(0, b"0 0 0 1 k 200 27 9 90 re f")),
    "near the head": ("wrap-margin", draw(0, b"0 0 0 1 k 200 605 9 9 re f")),
    "near the right edge": ("wrap-margin", draw(0, b"0 0 0 1 k %.2f 300 2 2 re f" % (WIDTH - 50))),
    "hair at the fold": ("wrap-margin", draw(0, b"0 0 0 1 K 0.25 w %.2f 300 m %.2f 400 l S" % (WIDTH / 2, WIDTH / 2))),
    "over the fold": ("wrap-margin", draw(0, b"0 0 0 1 k %.2f 300 99 9 re f" % (WIDTH / 2 - 80))),
    "light": ("print-colour", draw(0, b"1 0 0 rg")),
    "tags": ("print-leftover", draw(0, b"/Span <</MCID 0>> BDC EMC")),
}


@pytest.mark.parametrize("case", SPOILT)
def test_what_is_spoilt_is_told(case: str) -> None:
    rule, spoil = SPOILT[case]
    verdict = judged(changed(garden()["wrap"], spoil))
    assert rule in rules(verdict)
    assert verdict.result == ("failed" if catalogue()[rule].severity == "error" else "passed")


@pytest.mark.parametrize(
    "content",
    [
        b"0 0 0 0 k 0 0 999 99 re f",
        b"0 0 0 1 k %.2f 55 9 9 re f" % (ROOM + SAFE + 1),
        b"0 0.5 0 0 k 19 300 %.2f 9 re f" % (WIDTH - 38),
    ],
    ids=["white", "far enough", "from edge to edge"],
)
def test_what_may_be_cut_and_folded_is_no_fault(content: bytes) -> None:
    assert rules(judged(changed(garden()["wrap"], draw(0, content)))) == []


@pytest.mark.parametrize(
    ("leaf", "binding", "found"),
    [
        (0, "saddle-stitch", ["wrap-spine"]),
        (0.12, "saddle-stitch", ["wrap-spine"]),
        (0.1, "saddle-stitch", []),
        (0.12, "perfect", []),
    ],
)
def test_a_stitched_edition_that_is_too_thick_is_told(
    leaf: float, binding: Literal["saddle-stitch", "perfect"], found: list[str]
) -> None:
    printed = changed(garden()["print"], thicken)
    edition = replace(a5(), paper_thickness=leaf * MILLIMETRE, binding=binding)
    verdict = preflight.judge(made(printed, edition), replace(garden().book, editions=(edition,)), of(printed, edition))
    assert (rules(verdict), verdict.result) == (found, "passed")


def thicken(pdf: pikepdf.Pdf) -> None:
    """More pages before the last two."""
    while len(pdf.pages) < 68:
        pdf.pages.insert(len(pdf.pages) - 2, pdf.pages[3])


# ---------------------------------------------------------------------------------------------------------- the text proof


def test_a_wrap_with_other_words_is_named_by_the_page() -> None:
    printed = garden()["print"]
    assert prove_wrap(garden()["wrap"], printed).detail == "2 pages"
    found = prove_wrap(changed(garden()["wrap"], rewrite(rb"/P\d\d Do", b"")), printed)
    assert {one.rule for one in found.diagnostics} == {"text-differs"}
    assert found.diagnostics[0].message.startswith(f"page {count(printed)} of garden-1.0.0-wrap-a5.pdf has lost")


def test_a_wrap_that_lacks_what_is_printed_inside_is_told() -> None:
    printed = garden()["print"]

    def move(pdf: pikepdf.Pdf) -> None:
        pdf.pages[-2].obj.Contents, pdf.pages[-2].obj.Resources = pdf.pages[6].obj.Contents, pdf.pages[6].obj.Resources

    found = prove_wrap(garden()["wrap"], changed(printed, move))
    assert found.diagnostics[0].message == "garden-1.0.0-wrap-a5.pdf has 2 pages in the place of 4"


def test_a_wrap_alone_can_be_made_and_judged() -> None:
    result = pipeline.make(garden().book, "wrap", pipeline.silent)
    assert [one.kind for one in result.artifacts] == ["screen", "print", "wrap", "locators"]
    assert io.BytesIO(result.artifacts[2].data).getvalue() == garden()["wrap"].data
