"""Pages that begin where it was chosen, in layouts that are really made, with their notes, tags and words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

import print_sample as sample
from publish.diagnostics import Location
from publish.make import weasyprint_pages, weasyprint_patches
from publish.make.cover import draw_cover
from publish.make.pagebreak import Pages, Place, break_pages, fill_pages
from publish.make.pdf import Layout, Typesetter
from publish.make.pdf_boxes import Line, Walk, note_boxes
from publish.make.weasyprint_columns import Text
from publish.make.weasyprint_notes import is_rest
from publish.make.weasyprint_patches import page_box
from publish.model import Pagination, Project
from publish.pipeline import check
from publish.prove.page_figures import Figures, measure
from publish.prove.page_lines import read_lines
from publish.render import render_print

ROOT = Path(__file__).parents[1]


def chapter(seed: int, *, notes: int = 0) -> str:
    """A section with headings; `notes` is the number of words of a note in each paragraph."""
    blocks = []
    for n in range(24):
        if n % 5 == 4:
            blocks.append(f'<h2 id="h{n}">Heading {n}</h2>')
        note = sample.note(n, sample.prose(n + 7, notes)) if notes else ""
        text = f"{sample.prose(seed + n, 40 + 7 * n % 30)}{note} {sample.prose(n, 30)}"
        blocks.append(sample.paragraph(f"p{n}", text))
    return sample.section("one", *blocks)


def lay_out(*sections: str, **styles: str) -> Layout:
    changed = {f"{name}.css": (sample.STYLES / f"{name}.css").read_text() + css for name, css in styles.items()}
    rendering = sample.rendering(*sections, locations={"one": Location("book/text/one.md", 1)})
    return Typesetter(sample.book(changed)).lay_out(rendering, sample.COVER)


@contextmanager
def unchosen() -> Iterator[list[Text]]:
    """Pages as the library fills them; gives the texts that it could choose from."""
    found: list[Text] = []

    def choose(texts: Sequence[Text], *_: object) -> set[str]:
        found[:] = texts
        return set()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(weasyprint_pages, "_choose", choose)
        yield found


def figures(layout: Layout) -> Figures:
    return measure(read_lines(layout.screen_pdf()), "one")


def unfilled(found: Figures) -> int:
    """The lines that pages are short, and facing ones of unequal depth."""
    return sum(found.short_pages.values()) + 2 * found.uneven_spreads


def words(layout: Layout) -> str:
    """The letters of the text in order, as they are laid out."""
    walk, found = Walk(set()), ""
    for page in layout._pages.document.pages:
        runs = (run for event in walk.text(page) if isinstance(event, Line) for run in event.runs)
        found += "".join(letters(run.text) for run in runs)
    return found


def letters(text: str) -> str:
    return text.replace("\u2010", "").replace(" ", "")


# ------------------------------------------------------------------------------------------------------------ the model


@pytest.fixture(scope="module")
def book() -> tuple[list[Text], Layout]:
    """The book itself, as the library fills its pages."""
    source, _ = check(Project.at(ROOT))
    cover = draw_cover(source, source.editions[0].trim)
    with unchosen() as texts:
        layout = Typesetter(source).lay_out(render_print(source, cover, Pagination()), cover)
    return texts, layout


@pytest.mark.parametrize("section", ["essay", "glossary", "note-on-the-text"])
def test_the_model_knows_where_the_library_ends_the_pages_of_the_book(
    book: tuple[list[Text], Layout], section: str
) -> None:
    (text,) = (one for one in book[0] if one.section.get("id") == section)
    natural = fill_pages(text.column)
    assert natural
    modelled = text.begins_of(Pages((0,) * len(text.keys), natural, 0.0))
    # Where the library moves a note away from its call, which the model never does, one page of the text begins elsewhere.
    moved = sum(one != other for one, other in zip(modelled, text.begins, strict=True))
    assert moved <= (not text.keeps_notes)


@pytest.fixture(scope="module", params=[0, 25], ids=["plain", "noted"])
def layouts(request: pytest.FixtureRequest) -> list[tuple[Layout, Layout]]:
    """Texts as the library fills their pages, and as they are chosen; without notes, and with them."""
    found = []
    for seed in range(3):
        source = chapter(100 * seed, notes=request.param)
        with unchosen():
            natural = lay_out(source)
        found.append((natural, lay_out(source)))
    return found


def test_pages_come_out_as_they_are_chosen(layouts: list[tuple[Layout, Layout]]) -> None:
    for natural, chosen in layouts:
        assert not {"page-unplanned", "line-unplanned", "note-late"} & {one.rule for one in chosen.diagnostics}
        assert words(chosen) == words(natural)
    assert any(natural.pagination != chosen.pagination for natural, chosen in layouts)


def test_chosen_pages_are_fuller_and_facing_ones_more_even(layouts: list[tuple[Layout, Layout]]) -> None:
    before, after = ([figures(pair[which]) for pair in layouts] for which in (0, 1))
    assert sum(map(unfilled, after)) < sum(map(unfilled, before))
    assert sum(one.uneven_spreads for one in after) < sum(one.uneven_spreads for one in before)
    assert all(one.on_grid == 1 and one.hyphens.at_page_ends == 0 for one in after)


def test_pages_with_a_table_stay_and_those_on_either_side_are_chosen() -> None:
    table = '<table><tr><th id="a" scope="col">A</th></tr><tr><td id="b">B</td></tr></table>'
    first = "".join(sample.paragraph(f"p{n}", sample.prose(n, 90)) for n in range(16))
    second = "".join(sample.paragraph(f"q{n}", sample.prose(n + 40, 90)) for n in range(16))
    with unchosen() as texts:
        lay_out(sample.section("one", first, table, second))
    assert [text.column.ends for text in texts] == [False, True]
    assert texts[0].keys[-1] < texts[1].keys[0]
    layout = lay_out(sample.section("one", first, table, second))
    assert not layout.diagnostics


def test_the_contents_have_the_numbers_of_pages_that_are_made_anew() -> None:
    entries = "".join(f'<li><a href="#h{n}"><span class="entry-title">{n}</span></a></li>' for n in (4, 9, 14, 19))
    contents = sample.section("contents", f'<nav class="contents"><ol>{entries}</ol></nav>', role="contents")
    with unchosen():
        natural = lay_out(contents, chapter(0))
    layout = lay_out(contents, chapter(0))
    assert natural.pagination != layout.pagination
    boxes = page_box(layout._pages.document.pages[0]).descendants()
    printed = [box.text.strip("\u2003\u2060") for box in boxes if getattr(box, "text", "").startswith("\u2003")]
    assert printed == [layout.pagination.places[f"h{n}"].page for n in (4, 9, 14, 19)]


RAGGED = ":root {--align: left; --hyphens: manual}"


def test_ragged_pages_without_notes_are_left_alone() -> None:
    with unchosen() as texts:
        lay_out(chapter(0), print=RAGGED)
    assert texts == []


def test_ragged_pages_are_chosen_where_notes_can_be_divided() -> None:
    with unchosen():
        natural = lay_out(chapter(0, notes=90), print=RAGGED)
    layout = lay_out(chapter(0, notes=90), print=RAGGED)
    assert any(is_rest(note) for page in layout._pages.document.pages for note in note_boxes(page))
    assert len(layout.pagination.pages) < len(natural.pagination.pages)
    assert letters(words(layout)) == letters(words(natural))
    assert not layout.diagnostics


# ----------------------------------------------------------------------------------------------- what does not come out


def test_pages_that_do_not_come_out_as_planned_are_told_and_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    with unchosen():
        natural = lay_out(chapter(0))
    impossible = Pages((0,) * 29, (Place(1, 0, 1),), 0.0)  # a page cannot end behind one line of a paragraph
    monkeypatch.setattr(weasyprint_pages, "break_pages", lambda _: impossible)
    layout = lay_out(chapter(0))
    (found,) = layout.diagnostics
    assert (found.rule, found.severity, found.location.file) == ("page-unplanned", "note", "book/text/one.md")
    assert layout.pagination == natural.pagination


def test_a_text_that_was_there_before_is_not_broken_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(weasyprint_pages, "break_pages", lambda column: asked.append(column) or break_pages(column))
    typesetter = Typesetter(sample.book())
    first, second = (
        typesetter.lay_out(
            sample.rendering(chapter(0), sample.section("two", sample.paragraph("q", text))), sample.COVER
        )
        for text in ("page 9", "page 11")
    )
    assert len(asked) == 1
    assert first.pagination == second.pagination


# -------------------------------------------------------------------------------------------------------- divided notes


@pytest.fixture(scope="module")
def divided() -> Layout:
    """A layout in which notes go on on the facing page."""
    return lay_out(chapter(0, notes=90))


def test_a_note_goes_on_on_the_facing_page(divided: Layout) -> None:
    pages = divided._pages.document.pages
    rests = [(number, note) for number, page in enumerate(pages) for note in note_boxes(page) if is_rest(note)]
    assert rests
    for number, rest in rests:
        assert number % 2 == 0  # pages are numbered from 1: it is a right one
        assert next(note_boxes(pages[number])) is rest
        (begun,) = (note for note in note_boxes(pages[number - 1]) if note.element is rest.element)
        assert min(len(begun.children), len(rest.children)) >= 2
        text = "".join(box.text for part in (begun, rest) for box in part.descendants() if hasattr(box, "text"))
        assert letters(text).endswith(letters("".join(rest.element.itertext())))
    assert not divided.diagnostics


def test_a_note_on_two_pages_is_one_note(divided: Layout) -> None:
    with pikepdf.open(BytesIO(divided.screen_pdf().data)) as pdf:
        ids = [str(element.ID) for element in pdf.objects if element_is_note(element)]
    assert len(ids) == len(set(ids)) == 24


def element_is_note(value: pikepdf.Object) -> bool:
    return isinstance(value, pikepdf.Dictionary) and value.get("/S") == "/Note"


def test_the_patches_are_in_their_places() -> None:
    weasyprint_patches.apply()
    assert all(hasattr(getattr(module, name), "__wrapped__") for module, name, _ in weasyprint_patches.PATCHES)
