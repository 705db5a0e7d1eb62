"""A screen PDF and the files for print that are made of it, for the tests of the press: made once for all of them."""

from __future__ import annotations

import dataclasses
import io
import warnings
from collections.abc import Mapping
from functools import cache
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Name

import print_sample
from publish.diagnostics import Location
from publish.make.booklet import make_booklet
from publish.make.pdf import Typesetter
from publish.make.printing import make_print
from publish.model import Artifact, Book, Edition, Page, Role

Value = Any  # whatever may stand in a PDF

MILLIMETRE = 72 / 25.4
A5 = Edition(
    "a5",
    (148 * MILLIMETRE, 210 * MILLIMETRE),
    20 * MILLIMETRE,
    (297 * MILLIMETRE, 210 * MILLIMETRE),
    "a4",
    0.1 * MILLIMETRE,
)
HALF_LETTER = Edition("half-letter", (396.0, 612.0), 17 * MILLIMETRE, (792.0, 612.0), "letter", 0.1 * MILLIMETRE)
ON_TABLOID = dataclasses.replace(HALF_LETTER, name="half-letter-large", sheet=(1224.0, 792.0), sheet_name="tabloid")
EDITIONS = (A5, HALF_LETTER, ON_TABLOID)
_ROLES: tuple[Role, ...] = ("cover", "titlepage", "imprint", "contents", "chapter", "glossary", "back-cover")


def page(role: Role, name: str = "") -> Page:
    return Page(name or role, role, (), (), (), Location("book/book.yaml"))


@cache
def book() -> Book:
    """A book with covers and three editions."""
    pages = tuple(page(role) for role in _ROLES)
    labels = {"attributed": "attributed to", "flip-short-edge": "Flip on the short edge."}
    return dataclasses.replace(print_sample.book(), pages=pages, editions=EDITIONS, labels=labels)


@cache
def screen() -> Artifact:
    """A real one, of every kind of page that the styles know."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint 70 leaves the file of its colour profile open
        layout = Typesetter(book()).lay_out(print_sample.rendering(*print_sample.whole()), print_sample.COVER)
        return layout.screen_pdf()


@cache
def printed(edition: Edition) -> Artifact:
    return make_print(screen(), book(), edition)


@cache
def booklet(edition: Edition) -> Artifact:
    return make_booklet(printed(edition), book(), edition)


@dataclasses.dataclass(frozen=True, slots=True)
class Stream:
    """A stream that is yet to be made in some document."""

    content: bytes
    facts: Mapping[str, Value]


def stream(content: bytes, **facts: Value) -> Stream:
    return Stream(content, facts)


def form(content: bytes, **facts: Value) -> Stream:
    return stream(content, Subtype=Name.Form, BBox=[0, 0, 9, 9], **facts)


def built(pdf: pikepdf.Pdf, value: Value) -> Value:
    """A value as the document has it: `{"A": 1}` is a dictionary with the key /A."""
    match value:
        case Stream(content, facts):
            made = pdf.make_stream(content)
            for key, fact in facts.items():
                made[f"/{key}"] = built(pdf, fact)
            return made
        case dict():
            return pikepdf.Dictionary({f"/{key}": built(pdf, one) for key, one in value.items()})
        case list():
            return pikepdf.Array([built(pdf, one) for one in value])
    return value


def drawn(content: bytes, pages: int = 4, resources: Mapping[str, Value] | None = None, **facts: Value) -> Artifact:
    """A screen PDF of A5 pages that all draw the same, made by hand; `facts` are further keys of each page."""
    pdf = pikepdf.new()
    for _ in range(pages):
        added = pdf.add_blank_page(page_size=A5.trim)
        added.obj.Contents = pdf.make_stream(content)
        for key, value in {"Resources": dict(resources or {}), **facts}.items():
            added.obj[f"/{key}"] = built(pdf, value)
    return saved(pdf)


def saved(pdf: pikepdf.Pdf, like: Artifact | None = None) -> Artifact:
    """The document as an artifact: a screen PDF, or a changed one like another."""
    out = io.BytesIO()
    pdf.save(out)
    if like:
        return dataclasses.replace(like, data=out.getvalue())
    return Artifact("garden.pdf", "screen", "application/pdf", out.getvalue())


def opened(artifact: Artifact) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(artifact.data))


def split(text: str) -> list[str]:
    """The words that PDFium reads; it has U+0002 where a word is divided, if the file says that it is."""
    return text.replace("\x02", "\u2010 ").split()


def texts(artifact: Artifact) -> list[list[str]]:
    """The words of each page."""
    with pypdfium2.PdfDocument(artifact.data) as document:
        return [split(sheet.get_textpage().get_text_bounded()) for sheet in document]


def halves(artifact: Artifact) -> list[tuple[list[str], list[str]]]:
    """The words of the left and of the right half of each side of a booklet."""
    found = []
    with pypdfium2.PdfDocument(artifact.data) as document:
        for side in document:
            width, height = side.get_size()
            text = side.get_textpage()
            left = text.get_text_bounded(0, 0, width / 2, height)
            right = text.get_text_bounded(width / 2, 0, width, height)
            found.append((split(left), split(right)))
    return found
