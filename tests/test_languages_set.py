"""German with its long words and French with its spaced marks, laid out by the real pipeline: the figures of their pages."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from publish.make.cover import draw_cover
from publish.make.pdf import Typesetter
from publish.model import Pagination, Project
from publish.pipeline import check
from publish.prove.page_figures import Figures, measure
from publish.prove.page_lines import Pages, read_lines
from publish.render import render_print

MARKS = re.compile(r"[\s\u00a0][;!?]|^[;:!?»]|«$")

HERE = Path(__file__).parent
BRIEF = HERE / "books" / "brief"
PROSE = HERE / "prose"
CONTENTS = re.compile(r"contents:\n(?: .*\n)+")


def lay_out(language: str, folder: Path) -> Pages:
    """The lines of a book whose only text is the prose of that language."""
    facts = (BRIEF / "book" / "book.yaml").read_text(encoding="utf-8").replace("de-DE", language)
    facts = CONTENTS.sub(
        f"contents:\n  - role: titlepage\n  - role: chapter\n    file: text/{language}.md\n", facts, count=1
    )
    (folder / "book" / "text").mkdir(parents=True)
    (folder / "book" / "book.yaml").write_text(facts, encoding="utf-8")
    shutil.copy(PROSE / f"{language}.md", folder / "book" / "text")
    book, _ = check(Project.at(folder, BRIEF / "styles"))
    cover = draw_cover(book, book.editions[0].trim)
    layout = Typesetter(book).lay_out(render_print(book, cover, Pagination()), cover)
    assert [one.message for one in layout.diagnostics] == []
    return read_lines(layout.screen_pdf())


@pytest.fixture(scope="module", params=["de", "fr"])
def pages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Pages:
    return lay_out(request.param, tmp_path_factory.mktemp(request.param))


@pytest.fixture(scope="module")
def figures(pages: Pages) -> Figures:
    return measure(pages, pages.language)


def test_words_stand_as_evenly_as_their_language_lets_them(figures: Figures, pages: Pages) -> None:
    spaces = figures.word_spaces
    assert figures.lines > 100
    assert spaces.mean <= 0.24
    assert spaces.stdev <= {"de": 0.048, "fr": 0.037}[pages.language]
    assert spaces.least >= 0.148
    assert spaces.most <= 0.40
    assert spaces.loose <= {"de": 0.068, "fr": 0.02}[pages.language]
    assert figures.right_edge <= 0.01
    assert 0.985 <= figures.glyph_scales[0] <= figures.glyph_scales[1] <= 1.015


def test_words_are_divided_no_more_often_than_that_needs(figures: Figures, pages: Pages) -> None:
    hyphens = figures.hyphens
    assert (
        hyphens.share <= {"de": 0.19, "fr": 0.12}[pages.language]
    )  # German words are a third longer than English ones
    assert (hyphens.runs_of_two, hyphens.at_page_ends, hyphens.before_last_lines, hyphens.names) == (0, 0, 0, 0)


def test_lines_stand_on_the_grid_without_wide_rivers(figures: Figures) -> None:
    assert figures.on_grid == 1
    assert (figures.rivers.wide_of_three, figures.rivers.wide_of_four) == (0, 0)


def test_a_narrow_no_break_space_before_a_mark_is_never_widened_and_ends_no_line(pages: Pages) -> None:
    """Its own width, a half of a space, is less than that of any word space: it is read as none."""
    lines = [line for paragraph in pages.paragraphs for line in paragraph.lines]
    assert not [line.text for line in lines if MARKS.search(line.text)]
    if pages.language == "fr":
        assert sum(line.text.count(";") + line.text.count("?") for line in lines) > 20
