"""Initialisms with points (U.S.S.R., C.I.) are found in the text and marked as abbreviations."""

from __future__ import annotations

import re
from collections.abc import Callable

from publish.diagnostics import Location
from publish.model import Code, Emendation, Inline, Span
from publish.render.walk import Inlines, written
from publish.render.wrapping import Find, Words, Wrapper

ABBREVIATION = "abbr"
_INITIALISM = re.compile(r"(?<![\w.])(?:[^\W\d_]\.){2,}")
_POINTED = re.compile(r"\.\w\.")


def mark_abbreviations(nodes: Inlines) -> Inlines:
    """Put a span of the class `abbr` around each run of two capitals or more with a point after each.

    The words of an emendation are its own: they are marked when it is written.
    """
    if not _POINTED.search(written(nodes)):
        return nodes
    words = Words(nodes, _closed)
    finds: list[Find] = []
    for match in _INITIALISM.finditer(words.text):
        place = words.fit(*match.span()) if match[0].isupper() else None
        if place:
            finds.append(Find(*place, _wrap(words.location(place[0]))))
    return Wrapper(finds).wrap(nodes) if finds else nodes


def _closed(node: Inline) -> bool:
    if isinstance(node, Span):
        return ABBREVIATION in node.classes
    return isinstance(node, Code) or (isinstance(node, Emendation) and bool(node.added))


def _wrap(location: Location | None) -> Callable[[Inlines], Span]:
    return lambda children: Span(children, location or Location(""), (ABBREVIATION,))
