"""Pictures of places on the pages of a PDF, drawn by PDFium: each with the findings that it shows."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import pypdfium2

from publish.model import Artifact, PageFinding, PagePicture, Rectangle
from publish.prove.pdfium import ALONE

SCALE = 150 / 72  # pixels a point: 150 dpi
GREYS = 16  # of a picture: enough for the edges of letters
STEP = 255 // (GREYS - 1)
NEAREST = [round(grey / STEP) for grey in range(256)]
PALETTE = [grey * STEP for grey in range(GREYS) for _ in "RGB"]
AROUND = 14.0  # points that are shown around a place: a line above and a line below
TALLEST = 130.0  # points of a place: about nine lines; more findings in a row come in several pictures


def draw(artifact: Artifact, findings: Sequence[PageFinding]) -> tuple[PagePicture, ...]:
    """Draw the places of the findings, as wide as the text of their pages: the page with the worst finding first.

    Findings on neighbouring lines share a picture, the worst of them first. Rectangles are in points.
    """
    by_page = groupby(sorted(findings, key=lambda one: one.page), key=lambda one: one.page)
    pages = [list(group) for _, group in by_page]
    pages.sort(key=lambda group: -max(one.badness for one in group))
    with ALONE, pypdfium2.PdfDocument(artifact.data) as document:
        return tuple(picture for group in pages for picture in _of_page(document[group[0].page], group))


def draw_each(artifact: Artifact, findings: Iterable[PageFinding]) -> Iterator[PagePicture]:
    """Draw the place of each finding for itself."""
    return (picture for one in findings for picture in draw(artifact, [one]))


def _of_page(page: pypdfium2.PdfPage, findings: Sequence[PageFinding]) -> Iterator[PagePicture]:
    width, height = page.get_size()
    left = min(one.rectangle[0] for one in findings) - AROUND
    right = max(one.rectangle[2] for one in findings) + AROUND
    clusters = sorted(_clusters(findings), key=lambda group: -max(one.badness for one in group))
    for group in clusters:
        _, foot, _, head = _around(one.rectangle for one in group)
        shown = (max(left, 0.0), max(foot - AROUND, 0.0), min(right, width), min(head + AROUND, height))
        worst_first = sorted(group, key=lambda one: (-one.badness, one.place.line))
        yield _picture(page, shown, worst_first)
    page.close()


def _clusters(findings: Sequence[PageFinding]) -> Iterator[list[PageFinding]]:
    """Findings that stand so near to each other that one picture shows them, from the head of the page down."""
    cluster: list[PageFinding] = []
    for one in sorted(findings, key=lambda one: -one.rectangle[3]):
        _, foot, _, head = _around(other.rectangle for other in (*cluster, one))
        lowest = min((other.rectangle[1] for other in cluster), default=head)
        if cluster and (one.rectangle[3] < lowest - AROUND or head - foot > TALLEST):
            yield cluster
            cluster = []
        cluster.append(one)
    yield cluster


def _around(rectangles: Iterable[Rectangle]) -> Rectangle:
    lefts, feet, rights, heads = zip(*rectangles, strict=True)
    return min(lefts), min(feet), max(rights), max(heads)


def _picture(page: pypdfium2.PdfPage, shown: Rectangle, findings: Sequence[PageFinding]) -> PagePicture:
    width, height = page.get_size()
    left, foot, right, head = shown
    crop = (left, foot, width - right, height - head)  # what is cut off on each side
    bitmap = page.render(scale=SCALE, crop=crop, grayscale=True)
    image = bitmap.to_pil().point(NEAREST)
    bitmap.close()
    image.putpalette(PALETTE)
    out = io.BytesIO()
    image.save(out, "PNG", bits=4)
    return PagePicture(findings[0].place.page, shown, image.size, out.getvalue(), tuple(findings))
