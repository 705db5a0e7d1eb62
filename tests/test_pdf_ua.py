"""PDF/UA-1: the screen PDF passes as it is made, and each damage is found by our own rules, at the source where it is known."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pikepdf
import pytest

from proof_sample import changed, elements, garden, rich, without_element
from publish.diagnostics import catalogue
from publish.errors import ToolFailed
from publish.model import Verdict
from publish.prove.pdf_ua import by_own_rules, by_page_validation, by_verapdf, judge
from publish.prove.programs import Answer

INTRODUCTION = "book/text/introduction.md"
NOWHERE = ""  # the file of a finding whose source is not known


def no_program(command: Sequence[str], _environment: Mapping[str, str]) -> Answer:
    raise FileNotFoundError(command[0])


def own(change: Callable[[pikepdf.Pdf], None]) -> Verdict:
    return by_own_rules(changed(garden()["screen"], change), garden().book)


def said(verdict: Verdict) -> list[tuple[str, str, int]]:
    return [(one.rule, one.location.file, one.location.line) for one in verdict.diagnostics]


def test_the_screen_pdf_passes_as_it_is_made() -> None:
    by_package, by_us, by_reference = judge(garden()["screen"], garden().book, no_program)
    assert (by_package.result, by_package.detail) == ("passed", "104 of 104 rules passed")
    assert (by_us.result, by_us.diagnostics) == ("passed", ())
    assert "machine-checkable subset" in by_us.rules
    assert (by_reference.judge, by_reference.result) == ("veraPDF", "not run")
    assert "verapdf" in by_reference.detail


# ---------------------------------------------------------------------------------------------------- damage, by our own rules


def untag(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/StructTreeRoot"]


def strip_claims(pdf: pikepdf.Pdf) -> None:
    xmp = (
        pdf.Root.Metadata.read_bytes().replace(b"pdfuaid:part>1<", b"pdfuaid:part>2<").replace(b'part="3"', b'part="2"')
    )
    pdf.Root.Metadata = pdf.make_stream(xmp, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)


def hide_title(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/ViewerPreferences"]


def no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Lang"]


def same_labels(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, pikepdf.Dictionary(P=pikepdf.String("C1"))]))


def other_labels(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, pikepdf.Dictionary(S=pikepdf.Name.r)]))


def no_bookmarks(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Outlines"]


def fewer_bookmarks(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        del outline.root[-1]


def other_bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root[1].title = "Nonsense"


def loose_paint(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[6]
    page.obj.Contents = pdf.make_stream(page.obj.Contents.read_bytes() + b"\n0 0 10 10 re f")


def unknown_type(pdf: pikepdf.Pdf) -> None:
    next(elements(pdf, "/Table")).S = pikepdf.Name("/Tabelle")


def skipped_level(pdf: pikepdf.Pdf) -> None:
    next(elements(pdf, "/H2")).S = pikepdf.Name("/H3")


def _figure(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return list(elements(pdf, "/Figure"))[1]


def untold_figure(pdf: pikepdf.Pdf) -> None:
    del _figure(pdf)["/Alt"]


def ragged_table(pdf: pikepdf.Pdf) -> None:
    row = list(elements(pdf, "/TR"))[1]
    row.K = pikepdf.Array(list(row.K)[:-1])


def unscoped_header(pdf: pikepdf.Pdf) -> None:
    del next(elements(pdf, "/TH")).A["/Scope"]


def untold_link(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages[6:7]:
        for annotation in page.obj.Annots:
            del annotation["/Contents"]


def no_tab_order(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[6].obj["/Tabs"]


def nameless_note(pdf: pikepdf.Pdf) -> None:
    del next(elements(pdf, "/Note"))["/ID"]


def no_unicode(pdf: pikepdf.Pdf) -> None:
    for font in pdf.pages[6].obj.Resources.Font.values():
        del font["/ToUnicode"]


def not_embedded(pdf: pikepdf.Pdf) -> None:
    for font in pdf.pages[6].obj.Resources.Font.values():
        descriptor = font.DescendantFonts[0].FontDescriptor
        for key in ("/FontFile", "/FontFile2", "/FontFile3"):
            if key in descriptor:
                del descriptor[key]


DAMAGE: tuple[tuple[Callable[[pikepdf.Pdf], None], str, str, str], ...] = (
    (untag, "pdf-structure", NOWHERE, "not tagged"),
    (strip_claims, "pdf-facts", NOWHERE, "does not say PDF/UA-1"),
    (strip_claims, "pdf-facts", NOWHERE, "does not say PDF/A-3"),
    (hide_title, "pdf-facts", NOWHERE, "does not show the title"),
    (no_language, "pdf-facts", "book/book.yaml", "has no language"),
    (same_labels, "pdf-facts", NOWHERE, "not every page has a label of its own"),
    (other_labels, "pdf-folio", NOWHERE, "page vii has the number 5 printed on it"),
    (no_bookmarks, "pdf-outline", NOWHERE, "no bookmarks"),
    (fewer_bookmarks, "pdf-outline", NOWHERE, "“Index” of the contents is no bookmark"),
    (other_bookmark, "pdf-outline", NOWHERE, "“Nonsense” is no heading"),
    (loose_paint, "pdf-structure", NOWHERE, "page 7 paints what is neither tagged nor an artifact"),
    (without_element("/Note"), "pdf-structure", NOWHERE, "not in the structure tree"),
    (without_element("/Note"), "pdf-note", INTRODUCTION, "note-introduction-ledger is 0 Note tags"),
    (unknown_type, "pdf-structure", INTRODUCTION, "Tabelle is not mapped"),
    (unknown_type, "pdf-structure", INTRODUCTION, "stands in a Tabelle, not in Table"),
    (skipped_level, "pdf-heading", INTRODUCTION, "is of level 3 after level 1"),
    (untold_figure, "pdf-figure", INTRODUCTION, "no alternative text"),
    (ragged_table, "pdf-table", INTRODUCTION, "have 2 to 3 cells"),
    (unscoped_header, "pdf-table", INTRODUCTION, "does not say what it heads"),
    (untold_link, "pdf-link", INTRODUCTION, "the link “the first watch” has no description"),
    (no_tab_order, "pdf-link", NOWHERE, "page 7 is not tabbed through"),
    (nameless_note, "pdf-note", INTRODUCTION, "note-introduction-ledger is 0 Note tags"),
    (no_unicode, "pdf-font", NOWHERE, "has no Unicode map"),
    (not_embedded, "pdf-font", NOWHERE, "is not embedded"),
)


@pytest.mark.parametrize(("change", "rule", "file", "words"), DAMAGE)
def test_our_own_rules_find(change: Callable[[pikepdf.Pdf], None], rule: str, file: str, words: str) -> None:
    verdict = own(change)
    assert verdict.result == "failed"
    assert [
        one for one in verdict.diagnostics if one.rule == rule and one.location.file == file and words in one.message
    ]


def test_what_has_no_id_is_told_at_what_it_is_in_and_no_nearer() -> None:
    (finding,) = own(untold_figure).diagnostics
    (page,) = (page for page in garden().book.pages if page.id == "introduction")
    assert finding.location == page.location


def test_a_cell_that_reaches_down_counts_in_the_rows_below() -> None:
    def reach(pdf: pikepdf.Pdf) -> None:
        rows = list(elements(pdf, "/TR"))
        rows[1].K[2].A["/RowSpan"] = 2
        rows[2].K = pikepdf.Array(list(rows[2].K)[:-1])

    assert "pdf-table" not in {one.rule for one in own(reach).diagnostics}


def test_long_tables_titles_ornaments_and_pictures_with_words_pass() -> None:
    one = rich()
    assert [found.message for found in by_own_rules(one["screen"], one.book).diagnostics] == []
    assert by_page_validation(one["screen"]).result == "passed"


def test_what_is_no_pdf_fails() -> None:
    broken = replace(garden()["screen"], data=b"no PDF")
    assert said(by_own_rules(broken, garden().book)) == [("pdf-structure", NOWHERE, 0)]
    assert said(by_page_validation(broken)) == [("pdf-ua", NOWHERE, 0)]


def test_every_rule_is_in_the_catalogue_with_examples() -> None:
    for rule in {rule for _, rule, _, _ in DAMAGE} | {"pdf-ua"}:
        explanation = catalogue()[rule].explanation
        assert "Wrong" in explanation
        assert "Right" in explanation


# ------------------------------------------------------------------------------------------------------------ other judges


def test_page_validation_finds_what_is_wrong_and_is_not_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    verdict = by_page_validation(changed(garden()["screen"], untold_figure))
    assert verdict.result == "failed"
    assert {one.rule for one in verdict.diagnostics} == {"pdf-ua"}
    assert str(verdict.diagnostics[0].location) == "(source not found)"
    monkeypatch.setitem(sys.modules, "page", None)
    missing = by_page_validation(garden()["screen"])
    assert (missing.result, missing.detail) == ("not run", "not installed: pip install page-validation")


def verapdf_says(*, compliant: bool) -> str:
    failed = {
        "ruleStatus": "FAILED",
        "specification": "ISO 14289-1:2014",
        "clause": "7.3",
        "testNumber": 1,
        "status": "failed",
        "failedChecks": 1,
        "description": "Figure tags shall include an alternative representation",
    }
    details = {"passedRules": 105, "failedRules": 1, "ruleSummaries": [] if compliant else [failed]}
    result = {"details": details, "profileName": "PDF/UA-1 validation profile", "compliant": compliant}
    build = {"releaseDetails": [{"id": "core", "version": "1.28.1"}]}
    return json.dumps({"report": {"buildInformation": build, "jobs": [{"validationResult": [result]}]}})


@pytest.mark.parametrize("compliant", [True, False])
def test_verapdf_is_asked_where_it_is_installed(*, compliant: bool) -> None:
    asked: list[Sequence[str]] = []

    def answer(command: Sequence[str], _environment: Mapping[str, str]) -> Answer:
        asked.append(command)
        return Answer(0 if compliant else 1, verapdf_says(compliant=compliant), "")

    verdict = by_verapdf(garden()["screen"], answer)
    assert list(asked[0][:5]) == ["verapdf", "--format", "json", "-f", "ua1"]
    assert (verdict.version, verdict.result) == ("1.28.1", "passed" if compliant else "failed")
    assert ["veraPDF 7.3-1: Figure tags" in one.message for one in verdict.diagnostics] == [True] * (not compliant)


def test_an_answer_that_cannot_be_read_is_a_failure_of_the_tool() -> None:
    with pytest.raises(ToolFailed, match="no memory"):
        by_verapdf(garden()["screen"], lambda _command, _environment: Answer(1, "", "no memory"))
