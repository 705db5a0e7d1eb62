"""The page report as one HTML file that needs no other: its style and its pictures are in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from publish.diagnostics import Rule, catalogue
from publish.model import Book, PageBudget, PageFigure, PageFinding, PagePicture, PageReport, Saving, Shortening
from publish.model.page import counted, rule_title
from publish.webpage import marked_up, printed_place, web_page

MOST = 12  # savings and paragraphs that are told; all of them are in the JSON
NOTES = {
    "figures": "Of full lines: word spaces in em of the type size. A value that misses its aim is marked.",
    "findings": "In the texts and in their notes.",
}


def page_html(book: Book, report: PageReport) -> str:
    """The report, for a browser of any width, in light and in dark."""
    parts = (_head(book, report), _figures(report), *_pages(report), _budget(report.budget), *_legend(report))
    return web_page(f"Page report: {book.metadata.title}", *parts)


def _head(book: Book, report: PageReport) -> str:
    pages = len({one.page for one in report.findings})
    found = f"{counted(len(report.findings), 'finding')} on {counted(pages, 'page')}" if pages else "nothing to mend"
    facts = f"<cite>{escape(book.metadata.title)}</cite>, version {escape(book.metadata.version)}"
    return (
        f"<h1>Page report</h1>\n<p>{facts}: {found}, measured on the glyphs of <code>{escape(report.file)}</code>.</p>"
    )


# --------------------------------------------------------------------------------------------------------------- figures


def _figures(report: PageReport) -> str:
    if not report.texts:
        return "<p>The book has no running text that is long enough to be measured.</p>"
    figures = _table(report, "figures", "Figures", report.figures)
    return figures + ("\n" + _table(report, "findings", "Findings", report.counts) if report.counts else "")


def _table(report: PageReport, name: str, title: str, figures: Iterable[PageFigure]) -> str:
    texts = "".join(f'<th scope="col">{escape(one)}</th>' for one in report.texts)
    rows = "\n".join(map(_row, figures))
    return (
        f'<section aria-labelledby="{name}">\n<h2 id="{name}">{title}</h2>\n<p class="quiet">{NOTES[name]}</p>\n'
        f'<div class="wide" role="region" aria-labelledby="{name}" tabindex="0">\n<table aria-labelledby="{name}">\n'
        f'<thead><tr><th scope="col">{title}</th><th scope="col">Aim</th>{texts}</tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody>\n</table>\n</div>\n</section>"
    )


def _row(figure: PageFigure) -> str:
    values = "".join(_value(value, is_met=is_met) for value, is_met in figure.values)
    name = (
        f'<a href="#{figure.name}">{rule_title(figure.name)}</a>' if figure.name in catalogue() else escape(figure.name)
    )
    return f'<tr><th scope="row">{name}</th><td>{escape(figure.aim)}</td>{values}</tr>'


def _value(value: str, *, is_met: bool) -> str:
    if is_met:
        return f"<td>{escape(value)}</td>"
    return f'<td class="missed">{escape(value)}<span class="unseen"> misses the aim</span></td>'


# ---------------------------------------------------------------------------------------------------------------- pages


def _pages(report: PageReport) -> Iterator[str]:
    if not report.pictures:
        return
    groups = [(label, list(pictures)) for label, pictures in groupby(report.pictures, key=lambda one: one.label)]
    in_order = sorted({(one.page, one.place.page) for one in report.findings})
    links = "".join(f'<li><a href="#page-{escape(label)}">{escape(label)}</a></li>' for _, label in in_order)
    yield (
        '<section aria-labelledby="pages">\n<h2 id="pages">Pages</h2>\n'
        "<p>The page with the worst finding comes first.</p>\n"
        f'<nav aria-label="Pages with findings"><ul>{links}</ul></nav>'
    )
    for label, pictures in groups:
        shown = "\n".join(map(_picture, pictures))
        yield f'<section class="page" id="page-{escape(label)}">\n<h3>Page {escape(label)}</h3>\n{shown}\n</section>'
    yield "</section>"


def _picture(picture: PagePicture) -> str:
    found = "\n".join(f"<li>{_finding(one)}</li>" for one in picture.findings)
    kind = "ol" if len(picture.findings) > 1 else "ul"
    return f"<figure>\n{printed_place(picture)}\n<figcaption><{kind}>\n{found}\n</{kind}></figcaption>\n</figure>"


def _finding(one: PageFinding) -> str:
    rule = one.diagnostic.rule
    return (
        f'<a class="rule" href="#{escape(rule)}">{escape(rule_title(rule))}</a>, line {one.place.line}: '
        f'{escape(one.diagnostic.message)}. <code class="source">{escape(str(one.diagnostic.location))}</code>'
    )


# -------------------------------------------------------------------------------------------------------- page budget


def _budget(budget: PageBudget) -> str:
    """What would save pages: a list of savings and one of paragraphs."""
    pages = f"The book has {counted(budget.pages, 'page')}."
    if budget.blank:
        pages += f" Blank, because what follows begins on a page of a certain side: {', '.join(budget.blank)}."
    savings = "".join(map(_saving, budget.savings[: MOST // 2]))
    paragraphs = "".join(map(_shortening, budget.shortenings[:MOST]))
    return (
        f'<section aria-labelledby="budget">\n<h2 id="budget">What would save pages</h2>\n<p>{escape(pages)}</p>\n'
        + (f"<h3>The fewest lines for a page</h3>\n<ul>\n{savings}</ul>\n" if savings else "")
        + (f"<h3>Paragraphs that could give a line</h3>\n<ul>\n{paragraphs}</ul>\n" if paragraphs else "")
        + "</section>"
    )


def _saving(one: Saving) -> str:
    return f"<li>{escape(str(one))}</li>\n"


def _shortening(one: Shortening) -> str:
    source = f'<code class="source">{escape(str(one.location))}</code>'
    return f"<li>Page {escape(one.place.page)}, line {one.place.line}: {escape(str(one))}. {source}</li>\n"


# --------------------------------------------------------------------------------------------------------------- legend


def _legend(report: PageReport) -> Iterator[str]:
    """What each rule that was found means, and how it is mended."""
    found = {one.diagnostic.rule for one in report.findings}
    rules = [rule for rule in catalogue().values() if rule.slug in found]
    if rules:
        told = "\n".join(map(_meaning, rules))
        yield f'<section aria-labelledby="meanings">\n<h2 id="meanings">What the findings mean</h2>\n<dl>\n{told}\n</dl>\n</section>'


def _meaning(rule: Rule) -> str:
    first, *_ = rule.explanation.strip().split("\n\n")
    return (
        f'<dt id="{escape(rule.slug)}">{escape(rule_title(rule.slug))} <code>{escape(rule.slug)}</code></dt>\n'
        f"<dd>{marked_up(first)}</dd>"
    )
