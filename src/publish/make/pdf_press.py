"""WeasyPrint at work: style sheets, a document and fonts to pages, pages to a PDF, its messages to diagnostics."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from weasyprint import CSS, HTML
from weasyprint.css.counters import CounterStyle
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetchingError

from publish.diagnostics import Diagnostic, Location, Report
from publish.errors import BookHasErrors
from publish.make import pdf_checks, pdf_messages, pdf_metadata
from publish.make.page_labels import Numbering
from publish.make.pagination import paginate
from publish.make.pdf_boxes import sided
from publish.make.pdf_fonts import Fonts
from publish.make.pdf_shelf import BOOK, STYLES, Shelf
from publish.make.shaping import Measurer
from publish.make.weasyprint_lines import planning
from publish.make.weasyprint_patches import Value
from publish.make.weasyprint_plans import Planner
from publish.model import Artifact, Asset, Book, Cover, Edition, Leeway, Pagination, Rendering

# One file for readers and for archives: the claim to be PDF/UA-1 is added to that of PDF/A-3a (pdf_metadata.py).
VARIANT = "pdf/a-3a"
# What the library's parser of CSS raises on some mistakes (`calc(1pt + )`, `var()`, a colour profile that is not there).
CSS_ERRORS = (URLFetchingError, AssertionError, AttributeError, LookupError, TypeError, ValueError)
SHEETS = ("base.css", "print.css")
UNDRESSED = {"stylesheet-missing", "stylesheet-broken"}


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A document in pages, where its elements come from, where its text stands, what is wrong with it, and what could be otherwise."""

    document: Value = field(repr=False)
    origins: pdf_checks.Origins = field(repr=False)
    pagination: Pagination
    diagnostics: tuple[Diagnostic, ...]
    leeway: Leeway


class Press:
    """The fonts and style sheets of a book, read once. To be made while its fonts are alone."""

    def __init__(self, book: Book, fonts: Fonts) -> None:
        self._book = book
        self._fonts = fonts
        self._shelf = Shelf(book.images, book.styles)
        # WeasyPrint wants the same objects again for each document that is laid out with these style sheets.
        self._common = {
            "font_config": FontConfiguration(),
            "counter_style": CounterStyle(),
            "color_profiles": dict[str, Value](),
        }
        self._planner = Planner(Measurer(fonts.typefaces))
        self._said: list[Diagnostic] = []
        self._sheets = [CSS(string=page_geometry(book.editions[0])), *self._read_sheets()]

    def lay_out(self, rendering: Rendering, cover: Cover) -> LaidOut:
        """Break the one document of the rendering into pages, and check them."""
        with pdf_messages.listening() as heard:
            document, parents = self._break(rendering, cover)
        document.metadata = pdf_metadata.describe(self._book)
        origins = pdf_checks.Origins(parents, rendering.locations)
        report = Report.of(
            self._said,
            pdf_messages.of_layout(heard, self._book.styles, origins.find),
            pdf_checks.check_layout(document.pages, origins, self._fonts.coverage),
            pdf_checks.check_plans(self._planner.missed, origins),
            pdf_checks.check_pages(self._planner.unkept, origins),
        )
        if lacking := [one for one in self._said if one.rule in UNDRESSED]:
            report = Report.of(lacking)  # what else is wrong with pages without a style sheet only follows from that
        tightenings = {element.get("id", ""): one for element, one in self._planner.tightenings()}
        leeway = Leeway(tightenings, frozenset(sided(document.pages)))
        return LaidOut(document, origins, self._paginate(document, parents), report.diagnostics, leeway)

    def find_pages(self, rendering: Rendering, cover: Cover) -> Pagination:
        """Break the one document of the rendering into pages, only to read off where its elements stand."""
        with pdf_messages.listening():  # whatever is wrong is told of the pages that are made in the end
            document, parents = self._break(rendering, cover)
        return self._paginate(document, parents)

    def _paginate(self, document: Value, parents: dict[Value, Value]) -> Pagination:
        return paginate(document.pages, parents, Numbering.of(self._book))

    def _break(self, rendering: Rendering, cover: Cover) -> tuple[Value, dict[Value, Value]]:
        """The document in pages, and the parent of each of its elements."""
        self._shelf.put_cover(cover)
        (source,) = rendering.documents
        with planning(self._planner):
            html = HTML(string=source.xhtml, base_url=BOOK, url_fetcher=self._shelf)
            document = html.render(stylesheets=self._sheets, pdf_variant=VARIANT, **self._common)
        return document, {child: parent for parent in html.etree_element.iter() for child in parent}

    def paint(self, pages: LaidOut) -> Artifact:
        """Write laid-out pages as PDF. Pages with errors are not painted: of those the library would tell less than the checks do."""
        facts = self._book.metadata
        if errors := [one for one in pages.diagnostics if one.severity == "error"]:
            raise BookHasErrors(Report.of(errors))
        with pdf_messages.listening() as heard:
            label = pdf_metadata.labeller(page.label for page in pages.pagination.pages)
            data = pages.document.write_pdf(pdf_variant=VARIANT, finisher=label)
        if heard:
            raise BookHasErrors(Report.of(pdf_messages.of_layout(heard, self._book.styles, pages.origins.find)))
        edition = self._book.editions[0]
        name = f"-screen-{edition.name}" if edition.style else ""
        whose = edition.name if edition.style else ""
        return Artifact(f"{facts.file_name}-{facts.version}{name}.pdf", "screen", "application/pdf", data, whose)

    def _read_sheets(self) -> Iterator[Value]:
        style = self._book.editions[0].style
        for name in (*SHEETS, *([style] if style else [])):
            if asset := self._book.styles.get(name):
                yield from self._read_sheet(asset)
            else:
                message = f"styles/{name} is not there, and the pages need it"
                self._said.append(Diagnostic("stylesheet-missing", Location(f"styles/{name}"), message))

    def _read_sheet(self, asset: Asset) -> Iterator[Value]:
        """Parse one style sheet alone: the library's messages do not say which file they are about."""
        text = asset.data.decode("utf-8", errors="replace")
        sheets = []
        with pdf_messages.listening() as heard:
            try:
                sheets.append(CSS(string=text, base_url=STYLES + asset.path, url_fetcher=self._shelf, **self._common))
            except CSS_ERRORS as error:
                message = f"the style sheet cannot be read: {str(error).strip() or type(error).__name__}"
                self._said.append(Diagnostic("stylesheet-broken", asset.location, message))
        self._said.extend(pdf_messages.of_style(heard, asset))
        yield from sheets


def page_geometry(edition: Edition) -> str:
    """The edition's measures as custom properties, in points, from which print.css computes the margins."""
    width, height = edition.trim
    measures = {"trim-width": width, "trim-height": height, "inner-margin": edition.inner_margin}
    return ":root {" + " ".join(f"--{name}: {points:.3f}pt;" for name, points in measures.items()) + "}"
