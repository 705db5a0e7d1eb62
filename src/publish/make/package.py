"""What an e-book says of itself: the statements of its package document (EPUB 3.3, section 5; EPUB Accessibility 1.1).

Pure functions from the facts of a book to statements. Nothing is said that is not so: accessibility is read off the documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from publish.model import Asset, Book, Contributor, Metadata, Rendering, Subject


class Statement(NamedTuple):
    """An element of the package's metadata: `dc:NAME`, or `meta` with a property; `refines` is the id that a meta tells of."""

    name: str
    text: str
    id: str = ""
    property: str = ""
    refines: str = ""
    scheme: str = ""


def statements(book: Book, rendering: Rendering) -> Iterator[Statement]:
    """Everything that the package says, in order; `dcterms:modified` and the identifier aside, which the writer adds."""
    facts = book.metadata
    yield from _titles(facts)
    yield from _contributors(facts.contributors)
    yield from _plain(facts)
    yield from _rights(facts)
    for number, subject in enumerate(facts.subjects, start=1):
        yield from _subject(subject, f"subject-{number}")
    yield from _accessibility(book, rendering)
    yield _meta("schema:accessibilitySummary", _summary(book, rendering))
    if rendering.page_breaks:
        yield _meta("pageBreakSource", page_source(book))


def _meta(name: str, text: str, refines: str = "", scheme: str = "") -> Statement:
    return Statement("meta", text, property=name, refines=refines, scheme=scheme)


def _titles(facts: Metadata) -> Iterator[Statement]:
    """The title, the subtitle, and the short title where it is another one (EPUB 3.3, D.3.15 "title-type")."""
    short = facts.short_title if facts.short_title != facts.title else ""
    titles = [("main", facts.title), ("subtitle", facts.subtitle), ("short", short)]
    for number, (kind, text) in enumerate(((kind, text) for kind, text in titles if text), start=1):
        name = f"title-{kind}"
        yield Statement("title", text, name)
        yield _meta("title-type", kind, name)
        yield _meta("display-seq", str(number), name)


_CREATORS = frozenset({"aut", "cre", "com", "pht", "ill", "cmp"})
"""MARC relators whose work the text itself is: `dc:creator`. Others helped it into the world: `dc:contributor`."""

_ATTRIBUTED_NAME = "att"
"""The MARC relator "Attributed name", also for a supposed one: a person for whose authorship there is or was authority, not proof."""


def _contributors(contributors: Iterable[Contributor]) -> Iterator[Statement]:
    for number, one in enumerate(contributors, start=1):
        name = f"contributor-{number}"
        role = _ATTRIBUTED_NAME if one.qualifier and one.role == "aut" else one.role
        yield Statement("creator" if one.role in _CREATORS else "contributor", _qualified(one.name, one), name)
        yield _meta("role", role, name, "marc:relators")
        yield _meta("file-as", _qualified(one.file_as, one), name)


def _qualified(name: str, contributor: Contributor) -> str:
    """The name, with the word that says how sure it is: a shop that knows no relators must not claim more than the book does."""
    return f"{name} ({contributor.qualifier})" if contributor.qualifier else name


def _plain(facts: Metadata) -> Iterator[Statement]:
    """What needs no refinement. The date is that of this edition; that of the work is its creation (DCMI)."""
    told = [
        Statement("language", facts.language),
        Statement("publisher", facts.publisher),
        Statement("date", facts.published),
        Statement("description", facts.description),
        Statement("source", facts.source),
        _meta("dcterms:created", facts.original),
    ]
    yield from (one for one in told if one.text)


def _rights(facts: Metadata) -> Iterator[Statement]:
    """A statement for each part of the book, refined by the address of its licence."""
    for number, one in enumerate(facts.rights, start=1):
        name = f"rights-{number}"
        yield Statement("rights", f"{one.part}: {one.statement}", name)
        if one.licence:
            yield _meta("dcterms:license", one.licence, name)


_AUTHORITIES = frozenset(
    {"AAT", "BIC", "BISAC", "CLC", "DDC", "CLIL", "EuroVoc", "MEDTOP", "LCSH", "NDC", "Thema", "UDC", "WGS"}
)
"""The schemes of subjects that EPUB 3.3 knows by name (D.3.1, "authority")."""


def _subject(subject: Subject, name: str) -> Iterator[Statement]:
    """The heading; with its scheme and code where both are known, for EPUB allows neither without the other."""
    coded = bool(subject.code) and subject.scheme in _AUTHORITIES
    yield Statement("subject", subject.term, name if coded else "")
    if coded:
        yield _meta("authority", subject.scheme, name)
        yield _meta("term", subject.code, name)


# --------------------------------------------------------------------------------------------------------- accessibility

_IMAGE = re.compile(r"<img\b[^>]*>")
_ALTERNATIVE = re.compile(r'\salt="[^"]*[^"\s][^"]*"')
_HEADING = re.compile(r"<h1\b")
_MOVING_ELEMENT = re.compile(r"<(?:script|video|object|iframe|embed)\b")
_GIF_FRAME = b"\x21\xf9\x04"  # the head of a frame's control block (GIF89a, 23)
_ANIMATION = {"image/png": b"acTL", "image/webp": b"ANIM"}  # the chunk that an animated picture has


def _accessibility(book: Book, rendering: Rendering) -> Iterator[Statement]:
    """Access modes, features and hazards (Schema.org Accessibility Properties 1.0), as the documents show them.

    The picture on the cover does not make a book one for the eyes; the hazards of a picture that may move are not known.
    """
    inside = "".join(one.xhtml for one in rendering.documents if one.role != "cover")
    cover = "".join(one.xhtml for one in rendering.documents if one.role == "cover")
    images = _IMAGE.findall(inside)
    all_images = [*images, *_IMAGE.findall(cover)]
    told = all(map(_ALTERNATIVE.search, all_images))
    yield _meta("schema:accessMode", "textual")
    if images:
        yield _meta("schema:accessMode", "visual")
        yield _meta("schema:accessModeSufficient", "textual,visual")
    if told:
        yield _meta("schema:accessModeSufficient", "textual")
    for feature in _features(
        rendering, inside, described=told and "<img" in "".join(one.xhtml for one in rendering.documents)
    ):
        yield _meta("schema:accessibilityFeature", feature)
    yield _meta(
        "schema:accessibilityHazard",
        "unknown" if _MOVING_ELEMENT.search(inside) or any(map(_moves, book.images)) else "none",
    )


def _moves(image: Asset) -> bool:
    """Whether the picture is animated, and so might flash."""
    if image.media_type == "image/gif":
        return image.data.count(_GIF_FRAME) > 1
    return _ANIMATION.get(image.media_type, b"\0none") in image.data


def _features(rendering: Rendering, inside: str, *, described: bool) -> Iterator[str]:
    yield "displayTransformability"
    yield "readingOrder"
    if _HEADING.search(inside):
        yield "structuralNavigation"
    if rendering.toc:
        yield "tableOfContents"
    if any(one.role == "index" for one in rendering.documents):
        yield "index"
    if described:
        yield "alternativeText"
    if rendering.page_breaks:
        yield "pageBreakMarkers"
        yield "pageNavigation"


def _summary(book: Book, rendering: Rendering) -> str:
    """The ways through the book that there are, in its own words: "Contents. Landmarks. Pages: … Notes. Glossary. Index."."""
    roles = {one.role for one in rendering.documents}
    ways = [
        ("contents", bool(rendering.toc)),
        ("landmarks", bool(rendering.landmarks)),
        ("page-list", bool(rendering.page_breaks)),
        ("notes", "notes" in roles),
        ("glossary", "glossary" in roles),
        ("index", "index" in roles),
    ]
    source = {"page-list": f": {page_source(book)}"} if rendering.page_breaks else {}
    return " ".join(f"{book.labels[name]}{source.get(name, '')}." for name, there in ways if there)


_POINTS_PER_MILLIMETRE = 72 / 25.4


def page_source(book: Book) -> str:
    """The printed edition whose pages the markers are: title, publisher, year and trimmed size (first edition, in millimetres)."""
    facts = book.metadata
    width, height = (f"{length / _POINTS_PER_MILLIMETRE:.0f}" for length in book.editions[0].trim)
    made = ", ".join(part for part in (facts.publisher, facts.published[:4], f"{width} × {height} mm") if part)
    return f"{facts.title} ({made})"
