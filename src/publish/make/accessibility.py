"""How an e-book can be read, and by whom: the facts of its accessibility, read off its documents.

Pure functions. The facts have the names of the Schema.org Accessibility Properties for Discoverability Vocabulary; the package document
states them as they are, a catalogue in the codes of its own lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from publish.model import Asset, Book, Rendering

_IMAGE = re.compile(r"<img\b[^>]*>")
_ALTERNATIVE = re.compile(r'\salt="[^"]*[^"\s][^"]*"')
_HEADING = re.compile(r"<h1\b")
_MOVING_ELEMENT = re.compile(r"<(?:script|video|object|iframe|embed)\b")
_GIF_FRAME = b"\x21\xf9\x04"  # the head of a frame's control block (GIF89a, 23)
_ANIMATION = {"image/png": b"acTL", "image/webp": b"ANIM"}  # the chunk that an animated picture has


@dataclass(frozen=True, slots=True)
class Accessibility:
    """The facts, in the values of the vocabulary (accessMode, accessModeSufficient, accessibilityFeature, accessibilityHazard).

    `modes` are the senses that the content speaks to, each of the `sufficient` a set of them with which all of it can be read.
    `summary` is for people.
    """

    modes: tuple[str, ...]
    sufficient: tuple[tuple[str, ...], ...]
    features: tuple[str, ...]
    hazards: tuple[str, ...]
    summary: str


def accessibility_of(book: Book, rendering: Rendering) -> Accessibility:
    """The accessibility of an e-book, as its documents show it.

    The picture on the cover does not make a book one for the eyes; the hazards of a picture that may move are not known.
    """
    inside = "".join(one.xhtml for one in rendering.documents if one.role != "cover")
    all_images = _IMAGE.findall("".join(one.xhtml for one in rendering.documents))
    told = all(map(_ALTERNATIVE.search, all_images))
    visual = bool(_IMAGE.search(inside))
    moving = bool(_MOVING_ELEMENT.search(inside)) or any(map(_moves, book.images))
    return Accessibility(
        modes=("textual", "visual") if visual else ("textual",),
        sufficient=tuple(_sufficient(visual=visual, told=told)),
        features=tuple(_features(rendering, inside, described=told and bool(all_images))),
        hazards=("unknown" if moving else "none",),
        summary=_summary(book, rendering),
    )


def _sufficient(*, visual: bool, told: bool) -> Iterator[tuple[str, ...]]:
    if visual:
        yield ("textual", "visual")
    if told:
        yield ("textual",)


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
