"""The page report: what an editor may want to mend on the printed pages, measured on the glyphs of the finished PDF."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from publish.diagnostics import Diagnostic
from publish.model import Leeway, PageFinding, PageReport
from publish.prove.page_aims import against_aims, counts
from publish.prove.page_budget import page_budget
from publish.prove.page_ends import page_marks
from publish.prove.page_figures import Figures
from publish.prove.page_lines import Pages
from publish.prove.page_marks import Mark, marks_of
from publish.prove.page_measured import Measured
from publish.prove.page_pictures import draw, draw_each
from publish.prove.page_places import placed
from publish.prove.page_texts import WHOLE, SetText, whole

# -------------------------------------------------------------------------------------------------------------- findings


def find(measured: Measured) -> tuple[PageFinding, ...]:
    """Everything that is wrong with the pages of the running texts, in their order."""
    return tuple(finding for text in measured.texts for finding in _of_text(measured, text))


def _of_text(measured: Measured, text: SetText) -> list[PageFinding]:
    found = (_finding(measured, mark) for mark in _marks(measured.pages, text))
    return sorted(found, key=lambda one: (one.page, one.place.line, one.diagnostic.rule))


def _marks(pages: Pages, text: SetText) -> Iterator[Mark]:
    indent = text.indent()
    for block in (*text.paragraphs, *text.notes):
        yield from marks_of(block, pages.space, indent, pages.language)
    yield from page_marks(text, pages)


def _finding(measured: Measured, mark: Mark) -> PageFinding:
    diagnostic = Diagnostic(mark.rule, measured.location_of(mark.block, mark.line), mark.message)
    place = measured.place_of(mark.line)
    return PageFinding(diagnostic, place, mark.block.id, mark.badness, mark.line.page, mark.rectangle)


# ---------------------------------------------------------------------------------------------------------------- report


def _told(figures: Figures, measured: Measured) -> dict[str, Any]:
    """The figures for a file, short pages by what is printed on them."""
    told: dict[str, Any] = json.loads(figures.json())
    pages = measured.pagination.pages
    told["short_pages"] = {pages[number - 1].label: lines for number, lines in figures.short_pages.items()}
    return told


def report(
    measured: Measured, findings: Sequence[PageFinding], leeway: Leeway, others: Iterable[Diagnostic] = ()
) -> PageReport:
    """The figures of each text and of all together, the findings with their pictures, and what would save pages.

    Of `others`, which were not found on the pages, there are pictures as well, where their words are printed.
    """
    texts = [one for one in measured.texts if one.figures]
    figures = {one.id: one.figures for one in texts if one.figures}
    titles = [one.title for one in texts]
    groups = [[one for one in findings if one.block in {block.id for block in text.blocks}] for text in texts]
    if len(texts) > 1:
        figures[WHOLE] = whole(measured.texts, measured.pages)
        titles.append("All texts")
        groups.append(list(findings))
    return PageReport(
        file=measured.artifact.name,
        texts=tuple(titles),
        figures=against_aims(tuple(figures.values())),
        counts=tuple(counts(groups)),
        measured={name: _told(one, measured) for name, one in figures.items()},
        findings=tuple(findings),
        pictures=draw(measured.artifact, findings) if findings else (),
        budget=page_budget(measured, leeway),
        others=tuple(draw_each(measured.artifact, placed(measured, others))),
    )
