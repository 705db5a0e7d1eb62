"""What is made of a book: its renderings, the pages of the layout, the finished files, and what the judges say of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from publish.diagnostics import Diagnostic, Location, Report
from publish.model.shop import EVERYWHERE, SHOPS

# --------------------------------------------------------------------------------------------------------- renderings


@dataclass(frozen=True, slots=True)
class TocEntry:
    """A line of the contents: a page's title, with its sub-headings under it."""

    title: str
    target: str
    children: tuple[TocEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One XHTML document, whole: of an EPUB, or the single one that is laid out for print.

    `path` is where it stands ("text/essay.xhtml"). `properties` are what its manifest item must declare ("svg", "nav").
    """

    id: str
    role: str
    path: str
    title: str
    xhtml: str = field(repr=False)
    properties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A printed page in the e-book: its label and the marker's place ("text/essay.xhtml#page-9")."""

    label: str
    target: str


@dataclass(frozen=True, slots=True)
class Rendering:
    """The book as XHTML for one medium, in reading order.

    `locations` gives the source place of every block's id, so that what is said about a made file can be told at the source.
    `landmarks` are (epub:type, title, target).
    """

    medium: Literal["print", "epub"]
    documents: tuple[Document, ...]
    toc: tuple[TocEntry, ...]
    landmarks: tuple[tuple[str, str, str], ...]
    page_breaks: tuple[PageBreak, ...]
    locations: Mapping[str, Location] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Cover:
    """The drawn cover: an SVG of outlines only, and what it says, for its alternative text; `back` is the SVG behind the back cover."""

    svg: str = field(repr=False)
    alternative: str
    back: str = field(repr=False)


# --------------------------------------------------------------------------------------------------------- pagination


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page of the layout: its label, and where in the text it begins.

    `block` is the id of the first block with words on the page, "" for a page without any; `offset` counts that block's letters and
    digits (str.isalnum, note calls aside) which stand on earlier pages. A page of the `cover` has no number, only a name ("C1").
    """

    label: str
    block: str
    offset: int
    cover: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where an element begins in print: the page's label and the line of its text, counted from 1 without the running head."""

    page: str
    line: int


@dataclass(frozen=True, slots=True)
class Pagination:
    """What the layout tells the other outputs: the printed pages in order, and the place of every id.

    `order` is the number of each page by its label, counted from 0.
    """

    pages: tuple[PrintedPage, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    order: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "order", {page.label: number for number, page in enumerate(self.pages)})

    @property
    def numbered(self) -> tuple[PrintedPage, ...]:
        """The pages inside the covers: those that a reader can be sent to."""
        return tuple(page for page in self.pages if not page.cover)


# ---------------------------------------------------------------------------------------------------------- artifacts

Kind = Literal["epub", "screen", "print", "booklet", "wrap", "locators", "onix", "jsonld"]


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished file: its name, what it is, its bytes, and the edition that it belongs to."""

    name: str
    kind: Kind
    media_type: str
    data: bytes = field(repr=False)
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """The judges of an e-book that are asked only if they are wanted: the folders where npm installed ace-cli and vnu-jar, and shops."""

    ace: Path | None = None
    nu: Path | None = None
    shops: tuple[str, ...] = ()

    @property
    def no_shops(self) -> tuple[str, ...]:
        """The shops whose rules are not asked for: none if those of all are."""
        return () if EVERYWHERE in self.shops else tuple(one for one in SHOPS if one not in self.shops)


NOBODY = Asked()


@dataclass(frozen=True, slots=True)
class MadeWith:
    """What a file was made with: the programs and the fonts of its styles, by name, each with its version."""

    programs: Mapping[str, str]
    fonts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one judge said of one artifact. A judge that is not there has the result "not run", and says why in `detail`.

    `counts` is how much was proved, of each thing by its name ("words"); `aside` is what the judge said that is not told, and why it is
    left as it is.
    """

    judge: str
    version: str
    rules: str
    artifact: str
    result: Literal["passed", "failed", "not run"]
    detail: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    aside: Mapping[str, str] = field(default_factory=dict)

    def found(self, diagnostics: Iterable[Diagnostic]) -> Verdict:
        """The verdict of a judge that was there and found this: failed if one of them is an error."""
        report = Report.of(diagnostics)
        return replace(self, result="failed" if report.has_errors else "passed", diagnostics=report.diagnostics)
