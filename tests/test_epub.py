"""The finished e-book, read back from its bytes."""

from __future__ import annotations

import io
import os
import posixpath
import re
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from fontTools.ttLib import TTFont

from ebook_sample import COVER, GOLDEN, ebook, garden, members, rendering, with_styles
from publish.diagnostics import Diagnostic
from publish.errors import BookHasErrors, ToolFailed
from publish.make.epub import make_epub
from publish.make.package import page_source, statements
from publish.model import Asset, Book, Contributor, Document, Rendering, Subject

OPF = "{http://www.idpf.org/2007/opf}"
XML = "{http://www.w3.org/XML/1998/namespace}"


def package(files: Mapping[str, bytes]) -> ET.Element:
    return ET.fromstring(files["EPUB/content.opf"])  # noqa: S314 - made by the test


def metas(book: Book, made: Rendering, name: str) -> list[str]:
    return [one.text for one in statements(book, made) if one.property == name]


def refusal(book: Book, made: Rendering | None = None) -> Diagnostic:
    with pytest.raises(BookHasErrors) as raised:
        make_epub(made or rendering(), book, COVER)
    [found] = raised.value.report
    return found


# ---------------------------------------------------------------------------------------------------------- the container


def test_the_type_comes_first_and_uncompressed() -> None:
    with zipfile.ZipFile(io.BytesIO(ebook().data)) as archive:
        first, second, *rest = archive.infolist()
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
        assert archive.read(first) == b"application/epub+zip"
        assert second.filename == "META-INF/container.xml"
        assert {one.date_time for one in (first, second, *rest)} == {(1980, 1, 1, 0, 0, 0)}
    # The first 38 bytes tell the type to programs that read no zip (OCF 3.3, 4.3).
    assert ebook().data[30:38] == b"mimetype"


def test_the_file_is_named_after_the_book() -> None:
    assert ebook().name == "garden-1.0.0.epub"
    assert (ebook().kind, ebook().media_type) == ("epub", "application/epub+zip")


def test_documents_go_in_byte_for_byte() -> None:
    files = members(ebook())
    for document in rendering().documents:
        assert files[f"EPUB/{document.path}"] == document.xhtml.encode()
    assert files["EPUB/images/cover.jpg"] == COVER


def test_file_names_are_safe_everywhere() -> None:
    for name in members(ebook()):
        assert re.fullmatch(r"mimetype|META-INF/container\.xml|[A-Z]+/[a-z0-9./-]+", name), name


def test_same_input_same_bytes(tmp_path: Path) -> None:
    program = (
        "import hashlib, ebook_sample;"
        "from publish.make.painting import paint_cover; import dataclasses;"
        "book = ebook_sample.garden(); cover = paint_cover(book, (160, 256));"
        "from publish.make.epub import make_epub;"
        "print(hashlib.sha256(make_epub(ebook_sample.rendering(), book, cover).data).hexdigest())"
    )
    (tmp_path / "elsewhere").mkdir()
    told = set()
    for seed, zone, folder in (("1", "UTC", tmp_path), ("2", "Asia/Kathmandu", tmp_path / "elsewhere")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(Path(__file__).parent)}
        done = subprocess.run(
            [sys.executable, "-c", program], env=environment, cwd=folder, capture_output=True, text=True, check=True
        )
        told.add(done.stdout)
    assert len(told) == 1


# ------------------------------------------------------------------------------------------------------------ the package


def test_the_package_document_is_as_it_was_approved() -> None:
    """After a change that is meant, `python tests/ebook_sample.py` writes it anew; look at the difference."""
    assert members(ebook())["EPUB/content.opf"].decode() == GOLDEN.read_text(encoding="utf-8")


def test_the_spine_is_the_reading_order() -> None:
    root = package(members(ebook()))
    paths = {one.get("id"): one.get("href") for one in root.iter(f"{OPF}item")}
    spine = [paths[one.get("idref")] for one in root.iter(f"{OPF}itemref")]
    assert spine == [one.path for one in rendering().documents]
    assert root.find(f"{OPF}spine").attrib == {}  # type: ignore[union-attr]  # there is one


def test_every_file_is_in_the_manifest_and_every_item_is_a_file() -> None:
    files = members(ebook())
    items = [f"EPUB/{one.get('href')}" for one in package(files).iter(f"{OPF}item")]
    assert len(items) == len(set(items))
    assert {*items, "mimetype", "META-INF/container.xml", "EPUB/content.opf"} == set(files)


def test_items_declare_what_they_are() -> None:
    properties = {one.get("href"): one.get("properties") for one in package(members(ebook())).iter(f"{OPF}item")}
    assert {path: said for path, said in properties.items() if said} == {
        "nav.xhtml": "nav",
        "images/cover.jpg": "cover-image",
        "search-key-map.xml": "glossary search-key-map",
    }


def test_the_package_has_the_language_of_the_book() -> None:
    assert package(members(ebook())).get(f"{XML}lang") == "en-GB"


def test_nobody_is_said_to_have_written_what_is_only_attributed_to_him() -> None:
    made = [one for one in statements(garden(), rendering()) if "contributor-1" in {one.id, one.refines}]
    assert [(one.name, one.property, one.text) for one in made] == [
        ("creator", "", "Ada Lindley (attributed)"),
        ("meta", "file-as", "Lindley, Ada, 1839–1911 (attributed)"),
    ]


def test_a_sure_author_is_the_author_and_an_editor_a_contributor() -> None:
    sure = replace(
        garden().metadata, contributors=(Contributor("A B", "B, A", "aut"), Contributor("C D", "D, C", "edt"))
    )
    made = list(statements(replace(garden(), metadata=sure), rendering()))
    assert [one.text for one in made if one.name == "creator"] == ["A B"]
    assert [one.text for one in made if one.name == "contributor"] == ["C D"]
    assert [one.text for one in made if one.property == "role"] == ["aut", "edt"]


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        (Subject("Gardens", "LCSH", "sh85053123"), [("authority", "LCSH"), ("term", "sh85053123")]),
        (Subject("Gardens", "LCSH"), []),  # neither without the other (EPUB 3.3, D.3.1)
        (Subject("moths", "keyword", "1"), []),
    ],
)
def test_a_subject_tells_its_scheme_with_its_code(subject: Subject, told: list[tuple[str, str]]) -> None:
    book = replace(garden(), metadata=replace(garden().metadata, subjects=(subject,)))
    made = [one for one in statements(book, rendering()) if one.refines.startswith("subject")]
    assert [(one.property, one.text) for one in made] == told


# ---------------------------------------------------------------------------------------------------------- accessibility


def with_document(made: Rendering, xhtml: str) -> Rendering:
    return replace(made, documents=(*made.documents, Document("more", "chapter", "text/more.xhtml", "More", xhtml)))


def test_pages_are_told_only_where_there_are_pages() -> None:
    for paged in (True, False):
        features = metas(garden(), rendering(paged=paged), "schema:accessibilityFeature")
        assert ("pageBreakMarkers" in features) is ("pageNavigation" in features) is paged
        assert bool(metas(garden(), rendering(paged=paged), "pageBreakSource")) is paged


def test_the_printed_edition_is_named_as_the_source_of_the_pages() -> None:
    assert page_source(garden()) == "The Garden at Night (The Hedge Press, 2026, 148 × 210 mm)"


def test_pictures_are_told_to_those_who_do_not_see_them() -> None:
    made = with_document(rendering(), '<img src="../images/plan.png" alt="A plan"/>')
    assert metas(garden(), made, "schema:accessMode") == ["textual", "visual"]
    assert metas(garden(), made, "schema:accessModeSufficient") == ["textual,visual", "textual"]
    assert "alternativeText" in metas(garden(), made, "schema:accessibilityFeature")


@pytest.mark.parametrize("image", ['<img src="a.jpg"/>', '<img src="a.jpg" alt=""/>', '<img alt=" " src="a.jpg"/>'])
def test_a_picture_without_words_is_not_claimed_to_have_them(image: str) -> None:
    made = with_document(rendering(), image)
    assert metas(garden(), made, "schema:accessModeSufficient") == ["textual,visual"]
    assert "alternativeText" not in metas(garden(), made, "schema:accessibilityFeature")


@pytest.mark.parametrize(
    ("media_type", "data", "hazard"),
    [
        ("image/gif", b"GIF89a" + b"\x21\xf9\x04 a frame", "none"),
        ("image/gif", b"GIF89a" + b"\x21\xf9\x04 a frame" * 2, "unknown"),
        ("image/png", b"\x89PNG IHDR IDAT", "none"),
        ("image/png", b"\x89PNG IHDR acTL IDAT", "unknown"),
        ("image/webp", b"RIFF WEBP VP8X ANIM", "unknown"),
        ("image/jpeg", b"\xff\xd8 acTL ANIM", "none"),
    ],
)
def test_a_picture_that_moves_may_flash(media_type: str, data: bytes, hazard: str) -> None:
    image = Asset("images/moth", data, media_type, garden().images[0].location)
    assert metas(replace(garden(), images=(image,)), rendering(), "schema:accessibilityHazard") == [hazard]


def test_no_conformance_is_claimed() -> None:
    assert b"conformsTo" not in members(ebook())["EPUB/content.opf"]


# -------------------------------------------------------------------------------------------------------- styles and fonts


def test_fonts_are_subsets_with_their_licences() -> None:
    files = members(ebook())
    fonts = {name: data for name, data in files.items() if name.endswith(".ttf")}
    assert fonts
    for name, data in fonts.items():
        font = TTFont(io.BytesIO(data))
        assert len(font.getGlyphOrder()) < 700, name
        assert ord("a") in font.getBestCmap(), name
        assert ord("ж") not in font.getBestCmap(), name
        family = posixpath.basename(name).split("-")[0]
        assert b"SIL OPEN FONT LICENSE" in files[f"EPUB/styles/fonts/{family}-ofl.txt"]


def test_a_font_keeps_its_small_capitals() -> None:
    font = TTFont(io.BytesIO(members(ebook())["EPUB/styles/fonts/ebgaramond-regular.ttf"]))
    features = {one.FeatureTag for one in font["GSUB"].table.FeatureList.FeatureRecord}
    assert {"smcp", "c2sc", "onum", "liga"} <= features
    assert "kern" in {one.FeatureTag for one in font["GPOS"].table.FeatureList.FeatureRecord}


def test_style_sheets_name_the_files_as_they_are_named_here() -> None:
    files = members(ebook())
    css = files["EPUB/styles/epub.css"].decode()
    assert re.findall(r"url\((.*?)\)", css)
    for path in re.findall(r"url\((.*?)\)", css):
        assert f"EPUB/styles/{path}" in files
    # Nothing else is changed, so that lines are those of the source.
    assert css.lower() == garden().styles["epub.css"].data.decode().lower()


def test_style_sheets_and_pictures_of_style_sheets_come_along() -> None:
    changed = {
        "epub.css": b'@import "more.css";',
        "more.css": b"p { background: url('art/dot.png') }",
        "art/dot.png": b"dot",
    }
    files = members(make_epub(rendering(), with_styles(garden(), changed), COVER))
    assert files["EPUB/styles/more.css"] == changed["more.css"]
    assert files["EPUB/styles/art/dot.png"] == b"dot"


def test_what_a_comment_says_is_not_looked_for() -> None:
    changed = {"epub.css": b"/* url(fonts/None.ttf) */ p { background: url(data:image/png;base64,AAAA) }"}
    assert make_epub(rendering(), with_styles(garden(), changed), COVER)


@pytest.mark.parametrize(
    ("changed", "rule", "said"),
    [
        (
            {"epub.css": b"a { b: url(fonts/EBGaramond-Regula.ttf) }"},
            "font-file-missing",
            "fonts/EBGaramond-Regula.ttf",
        ),
        ({"epub.css": b"p { background: url(dot.png) }"}, "style-file-missing", "styles/dot.png"),
        ({"fonts/EBGaramond-OFL.txt": None}, "font-without-licence", "EBGaramond-Regular.ttf"),
    ],
)
def test_a_style_sheet_that_asks_for_what_is_not_there(changed: dict[str, bytes | None], rule: str, said: str) -> None:
    found = refusal(with_styles(garden(), changed))
    assert found.rule == rule
    assert found.location.file == "styles/epub.css"
    assert said in found.message


def test_a_misspelt_font_is_guessed() -> None:
    found = refusal(with_styles(garden(), {"epub.css": b"a { b: url(fonts/EBGaramond-Regula.ttf) }"}))
    assert found.hint == "did you mean “fonts/EBGaramond-Regular.ttf”?"


def test_a_picture_may_not_take_the_name_of_the_cover() -> None:
    picture = Asset("images/cover.jpg", b"", "image/jpeg", garden().images[0].location)
    found = refusal(replace(garden(), images=(picture,)))
    assert (found.rule, found.location) == ("cover-name-taken", picture.location)


def test_a_reference_to_nothing_is_a_fault_of_the_machine() -> None:
    made = with_document(rendering(), '<img src="../images/nothing.png" alt="x"/>')
    with pytest.raises(ToolFailed, match=r"images/nothing\.png"):
        make_epub(made, garden(), COVER)


def test_a_book_without_a_cover_page_has_its_cover_all_the_same() -> None:
    made = replace(rendering(), documents=tuple(one for one in rendering().documents if one.role != "cover"))
    assert members(make_epub(made, garden(), COVER))["EPUB/images/cover.jpg"] == COVER


# ---------------------------------------------------------------------------------------------- what a style sheet may say


def declarations() -> list[tuple[str, str]]:
    """The rules of the e-book's style sheets: (selectors, declarations)."""
    found = []
    for name in ("base.css", "epub.css"):
        css = re.sub(r"/\*.*?\*/", "", garden().styles[name].data.decode(), flags=re.DOTALL)
        found += [(selectors.strip(), body) for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", css)]
    return found


def test_text_has_neither_colour_nor_height() -> None:
    """More than the rules of `check` ask: only the plate behind a picture has colours, and nothing a height of its own."""
    for selectors, body in declarations():
        assert selectors == "figure img" or not re.search(r"(?:^|[;\s])(?:color|background)\s*:", body), (
            selectors,
            body,
        )
        assert "height:" not in body.replace("line-height:", "").replace("max-height:", "").replace("height: auto", "")


# ----------------------------------------------------------------------------------------------------------- search keys


def test_every_entry_is_found_by_its_headword_its_modern_name_and_its_forms() -> None:
    inside = members(ebook())
    root = ET.fromstring(inside["EPUB/search-key-map.xml"])  # noqa: S314 - made by us
    ops = "{http://www.idpf.org/2007/ops}"
    found = {
        group.get("href", ""): {one.get("value") for one in group.iter() if one is not group}
        for group in root.iter(f"{ops}search-key-group")
    }
    entries = garden().glossary
    assert found == {
        f"text/glossary.xhtml#term-{one.id}": {one.headword, *filter(None, (one.modern,)), *one.forms}
        for one in entries
    }
    glossary = inside["EPUB/text/glossary.xhtml"].decode()
    ids = [href.partition("#")[2] for href in found]
    assert all(f'id="{one}">\n<dt id="{one}-headword" epub:type="glossterm">' in glossary for one in ids)


def test_a_book_without_a_glossary_has_no_search_keys() -> None:
    documents = tuple(one for one in rendering().documents if one.role != "glossary")
    without = make_epub(replace(rendering(), documents=documents), garden(), COVER)
    assert "EPUB/search-key-map.xml" not in members(without)
