"""How an e-book can be read, and by whom: the facts of its accessibility, read off its documents.

Pure functions. The facts have the names of the Schema.org Accessibility Properties for Discoverability Vocabulary; the package document
states them as they are, a catalogue in the codes of its own lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from publish.model import Asset, Book, Rendering, Review

_IMAGE = re.compile(r"<img\b[^>]*>")
_ALTERNATIVE = re.compile(r'\salt="[^"]*[^"\s][^"]*"')
_HEADING = re.compile(r"<h1\b")
_MOVING_ELEMENT = re.compile(r"<(?:script|video|object|iframe|embed)\b")
_GIF_FRAME = b"\x21\xf9\x04"  # the head of a frame's control block (GIF89a, 23)
_ANIMATION = {"image/png": b"acTL", "image/webp": b"ANIM"}  # the chunk that an animated picture has


STANDARD = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"  # in exactly these words (EPUB Accessibility 1.1, section 4.1)


@dataclass(frozen=True, slots=True)
class Conformance:
    """A claim: the standard, who certifies it, with which credential, and the address of the report; the last two may be empty."""

    standard: str
    certifier: str
    credential: str
    report: str


@dataclass(frozen=True, slots=True)
class Accessibility:
    """The facts, in the values of the vocabulary (accessMode, accessModeSufficient, accessibilityFeature, accessibilityHazard).

    `modes` are the senses that the content speaks to, each of the `sufficient` a set of them with which all of it can be read.
    `conformance` is None unless it may be claimed. `summary` is for people.
    """

    modes: tuple[str, ...]
    sufficient: tuple[tuple[str, ...], ...]
    features: tuple[str, ...]
    hazards: tuple[str, ...]
    conformance: Conformance | None = None
    summary: str = ""


def accessibility_of(book: Book, rendering: Rendering, *, conforms: bool = False) -> Accessibility:
    """The accessibility of an e-book, as its documents show it; with the claim of people that it `conforms`, if they and all judges say so.

    The picture on the cover does not make a book one for the eyes; the hazards of a picture that may move are not known.
    """
    inside = [one.xhtml for one in rendering.documents if one.role != "cover"]
    all_images = [image for one in rendering.documents for image in _IMAGE.findall(one.xhtml)]
    told = all(map(_ALTERNATIVE.search, all_images))
    visual = any(map(_IMAGE.search, inside))
    moving = any(map(_MOVING_ELEMENT.search, inside)) or any(map(_moves, book.images))
    headed = any(map(_HEADING.search, inside))
    facts = Accessibility(
        modes=("textual", "visual") if visual else ("textual",),
        sufficient=tuple(_sufficient(visual=visual, told=told)),
        features=tuple(_features(rendering, headed=headed, described=told and bool(all_images))),
        hazards=("unknown" if moving else "none",),
        conformance=_conformance(book.review) if conforms else None,
    )
    return replace(facts, summary=_summary(book, rendering, facts))


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


def _features(rendering: Rendering, *, headed: bool, described: bool) -> Iterator[str]:
    yield "displayTransformability"
    yield "readingOrder"
    if headed:
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


def _conformance(review: Review) -> Conformance:
    return Conformance(STANDARD, review.certifier, review.credential, review.report)


def _summary(book: Book, rendering: Rendering, facts: Accessibility) -> str:
    """The facts in sentences of the book's own language, each a label; a person's words go before those that claim anything."""
    claim = facts.conformance
    names = {"edition": page_source(book) if rendering.page_breaks else ""}
    names |= {"standard": claim.standard, "certifier": claim.certifier} if claim else {}
    sentences = [_filled(book.labels[f"summary-{one}"], names) for one in _told(rendering, facts)]
    return " ".join(one for one in (book.review.summary if claim else "", *sentences) if one)


def _filled(label: str, names: Mapping[str, str]) -> str:
    """The label with its names in the places that are kept for them: {edition}."""
    for name, words in names.items():
        label = label.replace(f"{{{name}}}", words)
    return label


def _told(rendering: Rendering, facts: Accessibility) -> Iterator[str]:
    """The sentences of the summary that are true."""
    roles = {one.role for one in rendering.documents}
    true = {
        "text": ("textual",) in facts.sufficient,
        "pictures": "visual" in facts.modes and "alternativeText" in facts.features,
        "contents": "tableOfContents" in facts.features,
        "pages": "pageNavigation" in facts.features,
        "notes": "notes" in roles,
        "glossary": "glossary" in roles,
        "index": "index" in facts.features,
        "hazards": facts.hazards == ("none",),
        "conformance": facts.conformance is not None,
    }
    return (name for name, told in true.items() if told)


def page_source(book: Book) -> str:
    """The printed edition whose pages the markers are: title, publisher, year and trimmed size (first edition, in millimetres)."""
    facts = book.metadata
    width, height = book.editions[0].millimetres
    made = ", ".join(part for part in (facts.publisher, facts.published[:4], f"{width} × {height} mm") if part)
    return f"{facts.title} ({made})"
