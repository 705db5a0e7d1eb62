"""The typeset PDF: what the pages look like, what the file says of itself, and that it is the same wherever it is made."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import page as validation
import pikepdf
import pytest

import print_sample as sample
import publish
from publish.errors import ToolMissing
from publish.make.pdf import INSTALL, Layout, Typesetter, lay_out
from publish.make.pdf_boxes import Line, Walk

LEADING = 14 / 0.75  # CSS pixels


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return Typesetter(sample.book())


@pytest.fixture(scope="module")
def layout(typesetter: Typesetter) -> Layout:
    return typesetter.lay_out(sample.rendering(*sample.whole()), sample.COVER)


@pytest.fixture(scope="module")
def data(layout: Layout) -> bytes:
    return layout.screen_pdf().data


@pytest.fixture
def pdf(data: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(data)) as opened:
        yield opened


def lines(layout: Layout, number: int) -> list[Line]:
    walk = Walk(set())
    return [event for event in walk.text(layout._pages.document.pages[number - 1]) if isinstance(event, Line)]


# ---------------------------------------------------------------------------------------------------------- the pages


def test_nothing_is_wrong_with_the_styles_and_the_sample(layout: Layout) -> None:
    assert layout.diagnostics == ()


def test_the_frame_is_that_of_the_edition_and_the_styles(layout: Layout) -> None:
    left, right = layout._pages.document.pages[7]._page_box, layout._pages.document.pages[8]._page_box
    assert left.width * 0.75 == pytest.approx(288)
    assert left.height * 0.75 == pytest.approx(33 * 14 + 0.1)
    assert (left.margin_right * 0.75, right.margin_left * 0.75) == pytest.approx((56.693, 56.693))
    assert left.margin_top < left.margin_bottom


def test_running_text_stands_on_the_grid(layout: Layout) -> None:
    body = [
        line for number in range(7, 11) for line in lines(layout, number) if _size(line) == pytest.approx(11 / 0.75)
    ]
    steps = [(line.baseline - body[0].baseline) / LEADING for line in body]
    assert len(body) > 60
    assert all(step == pytest.approx(round(step), abs=0.01) for step in steps)


def _size(line: Line) -> float:
    return float(line.runs[0].style["font_size"]) if line.runs else 0.0


def test_a_full_page_has_33_lines(typesetter: Typesetter) -> None:
    blocks = [sample.paragraph(f"p-{n}", sample.prose(n, 90)) for n in range(20)]
    layout = typesetter.lay_out(sample.rendering(sample.section("one", *blocks)), sample.COVER)
    assert len(lines(layout, 2)) in {32, 33}  # facing pages may both be a line short
    assert max(len(lines(layout, number)) for number in (2, 3, 4)) == 33


def test_sections_begin_on_the_right_hand_and_the_cover_has_an_empty_back(layout: Layout) -> None:
    places = layout.pagination.places
    assert [places[name].page for name in ("cover", "titlepage", "imprint", "contents", "one")] == [
        "1",
        "3",
        "4",
        "5",
        "7",
    ]
    assert layout.pagination.pages[1].block == ""
    assert int(places["back-cover"].page) % 2 == 0


def test_heads_and_folios_are_where_they_belong(pdf: pikepdf.Pdf, layout: Layout) -> None:
    heads = {number: _pagination_marks(pdf, number) for number in range(1, len(pdf.pages) + 1)}
    opener, last = int(layout.pagination.places["one"].page), len(heads)
    assert [heads[number] for number in (1, 2, 3, 4, 5, 6, last)] == [0] * 7
    assert heads[opener] == 1  # the folio
    assert heads[opener + 1] == heads[opener + 2] == 2  # and the running head


def _pagination_marks(pdf: pikepdf.Pdf, number: int) -> int:
    """How many artifacts of the page have words."""
    marks, inside = 0, False
    for one in pikepdf.parse_content_stream(pdf.pages[number - 1]):
        if str(one.operator) == "BDC":
            inside = str(one.operands[0]) == "/Artifact"
        elif str(one.operator) == "EMC":
            inside = False
        marks += inside and str(one.operator) == "TJ"
    return marks


def test_a_heading_at_the_head_of_a_page_loses_its_margin(typesetter: Typesetter) -> None:
    blocks = [f'<h2 id="h-{n}">Head {n}</h2>{sample.paragraph(f"p-{n}", sample.prose(n, 30 + n))}' for n in range(60)]
    layout = typesetter.lay_out(sample.rendering(sample.section("one", *blocks)), sample.COVER)
    firsts = [lines(layout, number)[0] for number in range(2, len(layout.pagination.pages) + 1)]
    headed = [line for line in firsts if line.runs[0].element.tag == "h2"]
    assert headed
    assert max(line.baseline for line in firsts) - min(line.baseline for line in firsts) < 1


# ---------------------------------------------------------------------------------------------------- what the file says


def test_the_file_is_pdf_ua_1(data: bytes) -> None:
    report = validation.validate_pdf_bytes(data, profile=validation.ValidationProfile.PDF_UA_1)
    assert report.is_compliant, [failure.message for failure in report.failures]


def test_the_file_claims_both_standards_in_one_description(pdf: pikepdf.Pdf) -> None:
    packet = pdf.Root.Metadata.read_bytes().decode()
    assert packet.count("<rdf:RDF") == 1
    assert 'pdfaid:part="3" pdfaid:conformance="A"' in packet
    assert "<pdfuaid:part>1</pdfuaid:part>" in packet
    assert "<dc:identifier>urn:uuid:8f7a1c52" in packet


def test_the_file_says_what_it_is(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.docinfo["/Title"]) == "The Garden at Night"
    assert str(pdf.docinfo["/Author"]) == "attributed to Ada Lindley"
    assert str(pdf.docinfo["/Subject"]) == "Notes of a gardener."
    assert str(pdf.docinfo["/Keywords"]) == "Gardens, moths & men"
    assert str(pdf.docinfo["/CreationDate"]) == "D:20260301"
    assert str(pdf.docinfo["/ModDate"]) == "D:20260302000000Z"
    assert str(pdf.Root.Lang) == "en-GB"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_the_labels_of_the_pages_are_their_numbers(pdf: pikepdf.Pdf, layout: Layout) -> None:
    assert [str(page.label) for page in pdf.pages] == [page.label for page in layout.pagination.pages]


def test_the_bookmarks_are_the_headings(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        below = [item.title for item in outline.root[titles.index("One")].children]
    assert titles == ["The Garden at Night", "Imprint", "Contents", "One", "Glossary"]
    assert below == ["The first watch"]


def test_every_page_has_the_trim_of_the_edition(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        assert [float(x) for x in page.trimbox] == pytest.approx([0, 0, 419.528, 595.276], abs=0.01)


def test_the_fonts_are_those_of_the_styles_in_subsets(pdf: pikepdf.Pdf) -> None:
    names = {str(font.BaseFont) for page in pdf.pages for font in page.resources.get("/Font", {}).values()}
    plain = {name.partition("+")[2] for name in names}
    assert plain == {
        "EB-Garamond",
        "EB-Garamond-Italic",
        "EB-Garamond-All-Small-Caps",
        "EB-Garamond-Small-Caps",
        "League-Gothic",
    }  # none fattened or slanted


# -------------------------------------------------------------------------------------------------------- the same bytes

# Another process is to import what is tested here, wherever that stands.
IMPORTED = os.pathsep.join((str(Path(__file__).parent), str(Path(publish.__file__).parents[1])))
MADE = """
import hashlib
import print_sample as sample
import publish
from publish.make.pdf import lay_out
layout = lay_out(sample.rendering(*sample.whole()), sample.book(), sample.COVER)
print(hashlib.sha256(layout.screen_pdf().data).hexdigest())
"""


def test_the_bytes_are_the_same_in_another_process_place_and_time_zone(data: bytes, tmp_path: Path) -> None:
    changed = {
        "PYTHONHASHSEED": "7",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "PYTHONPATH": IMPORTED,
    }
    made = subprocess.run(
        [sys.executable, "-c", MADE],
        cwd=tmp_path,
        env={**os.environ, **changed},
        check=True,
        capture_output=True,
        text=True,
    )
    assert made.stdout.strip() == hashlib.sha256(data).hexdigest()


def test_a_typesetter_may_lay_out_again(typesetter: Typesetter, data: bytes) -> None:
    again = typesetter.lay_out(sample.rendering(*sample.whole()), sample.COVER)
    assert again.screen_pdf().data == data
    assert again.screen_pdf().name == "garden-1.0.0.pdf"


# ------------------------------------------------------------------------------------------------------------- the tools


def test_weasyprint_is_imported_only_when_pages_are_laid_out() -> None:
    asked = "import publish.make.pdf, sys; print('weasyprint' in sys.modules, 'fontTools' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True).stdout
    assert said.split() == ["False", "False"]


def test_without_pango_the_command_that_installs_it_is_told() -> None:
    asked = """
import sys
class NoPango:
    def find_spec(self, name, path=None, target=None):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
sys.meta_path.insert(0, NoPango())
import print_sample as s
from publish.make.pdf import Typesetter
from publish.errors import ToolMissing
try:
    Typesetter(s.book())
except ToolMissing as error:
    print(error)
"""
    path = {"PYTHONPATH": IMPORTED}
    said = subprocess.run(
        [sys.executable, "-c", asked], env={**os.environ, **path}, check=True, capture_output=True, text=True
    )
    assert said.stdout.strip().endswith(INSTALL)


def test_without_the_subsetter_nothing_is_made(monkeypatch: pytest.MonkeyPatch, typesetter: Typesetter) -> None:
    assert typesetter
    monkeypatch.setattr(sys.modules["weasyprint.text.ffi"], "harfbuzz_subset", None)
    with pytest.raises(ToolMissing, match="libharfbuzz-subset0"):
        Typesetter(sample.book())


def test_the_environment_and_the_temporary_files_are_put_back(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    layout = lay_out(sample.rendering(sample.section("one", "<p>Words</p>")), sample.book(), sample.COVER)
    assert "FONTCONFIG_FILE" not in os.environ
    assert list(tmp_path.iterdir())
    del layout
    assert not list(tmp_path.glob("publish-*"))
