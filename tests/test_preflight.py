"""Preflight: good files pass; a file that is spoilt in one way is told by the rule for it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Name

import press
from press import A5, EDITIONS, HALF_LETTER
from publish.diagnostics import catalogue
from publish.make.printing import make_print
from publish.model import Artifact, Edition, Verdict
from publish.prove import preflight

Spoil = Callable[[pikepdf.Pdf], object]
WHOLE = {"print-font", "print-page-count", "print-box", "print-leftover"}  # rules that speak of the file, not of a page


def rules(verdict: Verdict) -> set[str]:
    return {one.rule for one in verdict.diagnostics}


def spoilt(artifact: Artifact, spoil: Spoil) -> Verdict:
    with press.opened(artifact) as pdf:
        spoil(pdf)
        return preflight.judge(press.saved(pdf, like=artifact), press.book())


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda one: one.name)
def test_what_the_press_makes_passes(edition: Edition) -> None:
    printed = press.printed(edition)
    for artifact in (printed, press.booklet(edition)):
        verdict = preflight.judge(artifact, press.book(), printed)
        assert (verdict.result, verdict.diagnostics, verdict.artifact) == ("passed", (), artifact.name)


# ----------------------------------------------------------------------------------------------------------- the print PDF


def draw(content: bytes, **resources: press.Value) -> Spoil:
    """Add to the content and the resources of the third page."""

    def spoil(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[2]
        page.contents_add(pdf.make_stream(content))
        page.obj.Resources = pikepdf.Dictionary(dict(page.obj.Resources.items()))
        for kind, value in resources.items():
            if f"/{kind}" not in page.obj.Resources:
                page.obj.Resources[f"/{kind}"] = pikepdf.Dictionary()
            for name, thing in value.items():
                page.obj.Resources[f"/{kind}"][f"/{name}"] = press.built(pdf, thing)

    return spoil


def on_page(key: str, value: press.Value) -> Spoil:
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.pages[2].obj[f"/{key}"] = press.built(pdf, value)

    return spoil


def in_root(key: str) -> Spoil:
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.Root[f"/{key}"] = pikepdf.Dictionary()

    return spoil


def without(count: int) -> Spoil:
    def spoil(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[count]

    return spoil


def unbled(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[2].obj.BleedBox


def picture(space: press.Value) -> dict[str, press.Value]:
    size = {"Width": 1, "Height": 1, "BitsPerComponent": 8}
    return {"X": press.stream(b"\x00\x01\x02", Subtype=Name.Image, ColorSpace=space, **size)}


def font(name: str, subtype: Name = Name.TrueType, descriptor: press.Value = None) -> dict[str, press.Value]:
    held = {"FontFile2": press.stream(b"")} if descriptor is None else descriptor
    return {"F": {"Subtype": subtype, "BaseFont": Name(name), "FontDescriptor": held}}


PROFILE = [Name.ICCBased, {"N": 3}]
PALETTE = [Name.Indexed, Name.DeviceRGB, 0, pikepdf.String("abc")]
SHADING = {"ShadingType": 2, "ColorSpace": Name.DeviceRGB}
CELL = press.stream(b"0 0 0 rg", PatternType=1)
CASES: dict[str, tuple[str, Spoil]] = {
    "trim box": ("print-box", on_page("TrimBox", [0, 0, 419.5, 595.3])),
    "origin": ("print-box", on_page("MediaBox", [-9, 0, 410.5, 595.3])),
    "no bleed box": ("print-box", unbled),
    "turned": ("print-box", on_page("Rotate", 90)),
    "link": ("print-leftover", on_page("Annots", [])),
    "bookmarks": ("print-leftover", in_root("Outlines")),
    "script": ("print-leftover", in_root("OpenAction")),
    "tags": ("print-leftover", draw(b"/Span <</MCID 0>> BDC EMC")),
    "font outside": ("print-font", draw(b"", Font=font("/ABCDEF+Text", descriptor={}))),
    "font whole": ("print-font", draw(b"", Font=font("/Text"))),
    "font of type 3": ("print-font", draw(b"", Font=font("/ABCDEF+Text", Name.Type3))),
    "rgb": ("print-colour", draw(b"1 0 0 rg")),
    "rgb space": ("print-colour", draw(b"/DeviceRGB CS")),
    "profile": ("print-colour", draw(b"/S cs", ColorSpace={"S": PROFILE})),
    "rgb in a form": ("print-colour", draw(b"/F Do", XObject={"F": press.form(b"0 0 0 RG")})),
    "rgb in a pattern": ("print-colour", draw(b"/Pattern cs /P scn", Pattern={"P": CELL})),
    "rgb in a mask": ("print-colour", draw(b"/G gs", ExtGState={"G": {"SMask": {"G": press.form(b"0 0 0 rg")}}})),
    "gradient": ("print-colour", draw(b"/S sh", Shading={"S": SHADING})),
    "gradient as a pattern": ("print-colour", draw(b"/P scn", Pattern={"P": {"PatternType": 2, "Shading": SHADING}})),
    "group": ("print-colour", draw(b"/F Do", XObject={"F": press.form(b"", Group={"CS": PROFILE})})),
    "picture": ("print-colour-image", draw(b"/X Do", XObject=picture(Name.DeviceRGB))),
    "palette": ("print-colour-image", draw(b"/X Do", XObject=picture(PALETTE))),
    "inline picture": ("print-colour-image", draw(b"BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI")),
    "rich black": ("print-rich-black", draw(b"0.6 0.4 0.4 1 k")),
    "opacity": ("print-transparency", draw(b"/G gs", ExtGState={"G": {"ca": 0.5}})),
    "blend": ("print-transparency", draw(b"/G gs", ExtGState={"G": {"BM": Name.Multiply}})),
    "odd pages": ("print-page-count", without(4)),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_spoilt_is_told_once(case: str) -> None:
    rule, spoil = CASES[case]
    verdict = spoilt(press.printed(A5), spoil)
    assert {one.rule for one in verdict.diagnostics} - ({"print-transparency"} if "mask" in case else set()) == {rule}
    assert "page 3:" in verdict.diagnostics[0].message or rule in WHOLE
    assert verdict.result == ("failed" if catalogue()[rule].severity == "error" else "passed")


@pytest.mark.parametrize(
    "content",
    [
        b"0.5 g 0 0 0 1 K /DeviceCMYK cs 0 0 0 1 scn /Pattern CS",
        b"BI /W 1 /H 1 /BPC 8 /CS /G ID a EI",
        b"BI /W 1 /H 1 /IM true ID a EI",
        b"0.1 0.2 0.3 0.4 k",
    ],
)
def test_ink_is_no_fault(content: bytes) -> None:
    assert spoilt(press.printed(A5), draw(content)).diagnostics == ()


def test_text_near_the_edge_is_told_with_the_distance() -> None:
    with press.opened(press.screen()) as pdf:
        page = pdf.pages[6]
        page.contents_add(pdf.make_stream(b"q 1 0 0 1 -45 0 cm"), prepend=True)
        near = press.saved(pdf)
    verdict = preflight.judge(make_print(near, press.book(), A5), press.book())
    (diagnostic,) = verdict.diagnostics
    assert diagnostic.rule == "print-margin"
    assert diagnostic.message.startswith("page 7 of garden-1.0.0-print-a5.pdf: text is only ")


# -------------------------------------------------------------------------------------------------------------- the booklet


def swap(pdf: pikepdf.Pdf) -> None:
    """Left becomes right on one side."""
    content = pdf.pages[1].Contents.read_bytes()
    two, other = b"/P2 Do", b"/P%d Do" % (2 * len(pdf.pages) - 1)
    pdf.pages[1].Contents = pdf.make_stream(content.replace(two, b"?").replace(other, two).replace(b"?", other))


def rewrite(old: bytes, new: bytes) -> Spoil:
    def spoil(pdf: pikepdf.Pdf) -> None:
        content = pdf.pages[2].Contents.read_bytes()
        assert old in content
        pdf.pages[2].Contents = pdf.make_stream(content.replace(old, new))

    return spoil


FOLDING: dict[str, tuple[str, Spoil]] = {
    "pages swapped": ("booklet-order", swap),
    "sides swapped": (
        "booklet-order",
        lambda pdf: pdf.pages.append(pdf.pages.pop(0)) if False else pdf.pages.reverse(),
    ),
    "side lost": ("print-page-count", without(1)),
    "page lost": ("booklet-order", rewrite(b"/P3 Do", b"")),
    "page turned": ("booklet-creep", rewrite(b"W n 1 0 0 1 ", b"W n 0.99 0 0 0.99 ")),
    "page moved": ("booklet-creep", rewrite(b" 0 cm /P3", b" 1 cm /P3")),
    "page cut": ("booklet-creep", rewrite(b" re W n", b" re W n 0 0 780 612 re W n")),
}


@pytest.mark.parametrize("case", FOLDING)
def test_a_booklet_that_does_not_fold_right_is_told(case: str) -> None:
    rule, spoil = FOLDING[case]
    verdict = spoilt(press.booklet(HALF_LETTER), spoil)
    assert rule in rules(verdict)
    assert verdict.result == "failed"


def test_pages_that_are_not_those_of_the_print_pdf_are_told() -> None:
    booklet, printed = press.booklet(A5), press.printed(A5)
    with press.opened(printed) as pdf:
        pdf.pages[3].Contents = pdf.pages[5].Contents
        changed = press.saved(pdf, like=printed)
    verdict = preflight.judge(booklet, press.book(), changed)
    assert [one.message for one in verdict.diagnostics] == ["page 4 of the booklet is not page 4 of the print file"]


def test_page_numbers_are_told_in_words() -> None:
    assert preflight.told([3]) == "page 3"
    assert preflight.told([7, 3], "side") == "sides 3, 7"
    assert preflight.told(range(1, 13)) == "pages 1, 2, 3, 4, 5, 6, 7, 8 and 4 more"


# -------------------------------------------------------------------------------------------------------- what is not judged


def test_a_damaged_file_fails() -> None:
    whole = press.printed(A5)
    verdict = preflight.judge(dataclasses.replace(whole, data=whole.data[:40]), press.book())
    assert (verdict.result, rules(verdict)) == ("failed", {"print-unreadable"})


def test_a_file_of_an_edition_that_is_gone_is_not_judged() -> None:
    verdict = preflight.judge(dataclasses.replace(press.printed(A5), edition="gone"), press.book())
    assert (verdict.result, verdict.detail) == ("not run", "book.yaml has no edition “gone”")
