"""The patches of WeasyPrint: what they mend, and that without them it is still broken. A failure here says that one can go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

import print_sample as sample
from publish.make import weasyprint_patches as patches
from publish.make.pdf import Layout, Typesetter
from publish.make.pdf_boxes import Line, Walk, note_boxes


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return Typesetter(sample.book())


def lay_out(typesetter: Typesetter, *blocks: str) -> Layout:
    return typesetter.lay_out(sample.rendering(sample.section("one", *blocks)), sample.COVER)


@contextmanager
def without(*names: str) -> Iterator[None]:
    """WeasyPrint as it comes, in these functions."""
    patched = [(module, name, getattr(module, name)) for module, name, _ in patches.PATCHES if name in names]
    assert len(patched) == len(names)
    for module, name, function in patched:
        setattr(module, name, function.__wrapped__)
    yield
    for module, name, function in patched:
        setattr(module, name, function)


# ---------------------------------------------------------------------------------------------------------------- notes


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_of_hundreds_of_notes_each_stands_on_the_page_of_its_call_in_order(typesetter: Typesetter, seed: int) -> None:
    layout = typesetter.lay_out(sample.rendering(sample.noted("one", 40, seed=seed)), sample.COVER)
    numbers = [int(box.element.get("id")[5:]) for page in layout._pages.document.pages for box in note_boxes(page)]
    assert len(numbers) > 100
    assert numbers == list(range(1, len(numbers) + 1))
    assert layout.diagnostics == ()


def crowded() -> Iterator[str]:
    """Sections in which, at one depth of the page or another, a note is called on a last line that an earlier note makes room for."""
    for depth in range(1, 24):
        filling = [sample.paragraph(f"s{depth}-{n}", "Words.") for n in range(depth)]
        noted = sample.paragraph(f"a{depth}", f"Words.{sample.note(2 * depth, sample.prose(depth, 40))}")
        words = (
            f"{sample.prose(depth, 16)}{sample.note(2 * depth + 1, sample.prose(depth, 40))} {sample.prose(depth, 90)}"
        )
        yield sample.section(f"s{depth}", *filling, noted, sample.paragraph(f"b{depth}", words))


def test_a_note_of_the_last_line_is_kept(typesetter: Typesetter) -> None:
    assert typesetter.lay_out(sample.rendering(*crowded()), sample.COVER).diagnostics == ()


def test_without_the_patch_notes_are_lost_or_late(typesetter: Typesetter) -> None:
    with without("_linebox_layout"):
        layout = typesetter.lay_out(sample.rendering(*crowded()), sample.COVER)
    found = Counter(one.rule for one in layout.diagnostics)
    assert found["note-lost"] > 0
    assert found["note-late"] > 0


def test_a_note_longer_than_a_page_is_told_and_ends(typesetter: Typesetter) -> None:
    layout = lay_out(
        typesetter,
        sample.paragraph("p", sample.prose(1, 50) + sample.note(1, sample.prose(2, 2000)) + sample.prose(3, 50)),
    )
    assert len(layout.pagination.pages) < 5


# -------------------------------------------------------------------------------------------------------------- margins


def test_without_the_patch_a_heading_at_the_head_of_a_page_stands_low(typesetter: Typesetter) -> None:
    blocks = [f'<h2 id="h-{n}">Head {n}</h2>{sample.paragraph(f"p-{n}", sample.prose(n, 30 + n))}' for n in range(60)]
    with without("make_page"):
        layout = lay_out(typesetter, *blocks)
    walk = Walk(set())
    firsts = [next(e for e in walk.text(page) if isinstance(e, Line)) for page in layout._pages.document.pages[1:]]
    assert max(line.baseline for line in firsts) - min(line.baseline for line in firsts) > 10


# ---------------------------------------------------------------------------------------------------------------- links

LINKED = sample.paragraph("p", '<a href="#one-title">to the <em>title</em> again</a>')


def count_annotations(layout: Layout) -> int:
    with pikepdf.open(BytesIO(layout.screen_pdf().data)) as pdf:
        return sum(len(page.get("/Annots", [])) for page in pdf.pages)


def test_a_link_with_emphasis_in_it_is_one_link(typesetter: Typesetter) -> None:
    assert count_annotations(lay_out(typesetter, LINKED)) == 1


def test_without_the_patch_it_is_two(typesetter: Typesetter) -> None:
    with without("gather_anchors"):
        assert count_annotations(lay_out(typesetter, LINKED)) == 2


# ---------------------------------------------------------------------------------------------------------- copied text


def copied(typesetter: Typesetter) -> str:
    """What PDFium finds of a text with a date, whose no-break space comes before every other."""
    layout = lay_out(typesetter, sample.paragraph("p", "June\u00a018, 1937, and the days that followed."))
    with pypdfium2.PdfDocument(layout.screen_pdf().data) as document:
        return " ".join(page.get_textpage().get_text_bounded() for page in document)


def test_a_no_break_space_is_found_as_a_space(typesetter: Typesetter) -> None:
    assert "June 18, 1937, and the days that followed." in copied(typesetter)


def test_without_the_patch_it_is_not_found(typesetter: Typesetter) -> None:
    with without("build_fonts_dictionary"):
        assert "June\u00a018, 1937, and the days" in copied(typesetter)


# ------------------------------------------------------------------------------------------------------------ structure

STRUCTURE = ("draw_stacking_context", "draw_inline_level", "_get_pdf_tag", "_build_box_tree", "add_tags")


def structure(layout: Layout) -> list[tuple[str, dict[str, str]]]:
    """Each structure element, in reading order: its type, and what else is said of it."""
    with pikepdf.open(BytesIO(layout.screen_pdf().data)) as pdf:
        return list(_elements(pdf.Root.StructTreeRoot.K[0]))


def _elements(element: pikepdf.Object) -> Iterator[tuple[str, dict[str, str]]]:
    said = {key: str(element[key]) for key in ("/ID", "/Lang") if key in element}
    if "/BBox" in element.get("/A", {}):
        said["/BBox"] = " ".join(str(round(float(x))) for x in element.A.BBox)
    yield str(element.S)[1:], said
    for kid in element.get("/K", []) if isinstance(element.get("/K"), pikepdf.Array) else []:
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
            yield from _elements(kid)


def types(layout: Layout) -> list[str]:
    return [kind for kind, _ in structure(layout)]


def test_a_note_is_read_after_its_call_with_its_id(typesetter: Typesetter) -> None:
    layout = lay_out(typesetter, sample.paragraph("p", f"Words{sample.note(1, 'The note.')} and words."))
    found = types(layout)
    assert found[found.index("Reference") : found.index("Note") + 1] == ["Reference", "Span", "Note"]
    assert [said["/ID"] for kind, said in structure(layout) if kind == "Note"] == ["note-1"]


def test_a_paragraph_and_a_section_over_pages_are_one_element(typesetter: Typesetter) -> None:
    found = types(lay_out(typesetter, sample.paragraph("p", sample.prose(1, 1500))))
    assert (found.count("P"), found.count("Sect")) == (1, 1)


TABLE = (
    '<table><thead><tr><th scope="col" id="t-1"><a href="#one-title">Hour</a></th><th scope="col" id="t-2">Moths</th></tr></thead><tbody>'
    + "".join(f'<tr><td id="a-{n}">{n}</td><td id="b-{n}">many</td></tr>' for n in range(90))
    + "</tbody></table>"
)


def test_a_table_over_pages_is_one_element_with_one_head(typesetter: Typesetter) -> None:
    layout = lay_out(typesetter, TABLE)
    assert len(layout.pagination.pages) > 3
    found = Counter(types(layout))
    assert [found[kind] for kind in ("Table", "THead", "TBody", "TR", "TH", "TD")] == [1, 1, 1, 91, 2, 180]
    assert count_annotations(layout) == 1
    with pikepdf.open(BytesIO(layout.screen_pdf().data)) as pdf:
        cells = list(_raw(pdf.Root.StructTreeRoot.K[0]))
    heads = {str(cell.ID) for cell in cells if cell.S == "/TH"}
    named = {str(name) for cell in cells if cell.S == "/TD" for name in cell.A.Headers}
    assert named == heads


def _raw(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    yield element
    for kid in element.K:
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
            yield from _raw(kid)


def test_an_ornament_is_an_artifact(typesetter: Typesetter) -> None:
    blocks = sample.paragraph("p", "Words."), '<hr class="ornament">', sample.paragraph("q", "Words.")
    with without(*STRUCTURE):
        before = types(lay_out(typesetter, *blocks))
    found = types(lay_out(typesetter, *blocks))
    assert before.count("NonStruct") > found.count("NonStruct") == 0  # the rule, and what stands before it
    assert found.count("P") == 2


def test_foreign_words_have_their_language(typesetter: Typesetter) -> None:
    layout = lay_out(typesetter, sample.paragraph("p", 'Words <span lang="fr" xml:lang="fr">mot juste</span> again'))
    assert [said["/Lang"] for _, said in structure(layout) if "/Lang" in said] == ["fr"]


def test_items_and_entries_are_labels_and_bodies(typesetter: Typesetter) -> None:
    items = '<ul><li><p id="i-1">One</p></li><li><p id="i-2">Two</p></li></ul>'
    entry = '<dl class="entries"><div class="entry"><dt id="t">Moth</dt> <dd><p id="g">Flies.</p></dd></div></dl>'
    for blocks, expected in ((items, ["L", "LI", "Lbl", "Span", "LBody", "P"]), (entry, ["L", "LI", "Lbl"])):
        found = types(lay_out(typesetter, blocks))
        assert found[found.index("L") :][: len(expected)] == expected


def test_a_picture_says_where_it_stands_in_points(typesetter: Typesetter) -> None:
    layout = typesetter.lay_out(sample.rendering(*list(sample.whole())[:1]), sample.COVER)
    assert [said["/BBox"] for kind, said in structure(layout) if kind == "Figure"] == ["0 0 420 595"]


def test_without_the_patches_none_of_this_is_said(typesetter: Typesetter) -> None:
    with without(*STRUCTURE):
        layout = lay_out(
            typesetter,
            sample.paragraph(
                "p", f'{sample.prose(1, 1500)} <em>Words</em>{sample.note(1, "The note.")} <span lang="fr">mot</span>.'
            ),
        )
        found = structure(layout)
    assert [kind for kind, _ in found].count("P") > 1
    assert not [kind for kind, said in found if kind == "Note" or "/Lang" in said]


def test_the_patches_are_put_in_place_once() -> None:
    patches.apply()
    before = [getattr(module, name) for module, name, _ in patches.PATCHES]
    patches.apply()
    assert [getattr(module, name) for module, name, _ in patches.PATCHES] == before
