"""What the shops' rules measure in the style sheets of an e-book."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import tinycss2

from publish.prove.ebook import Ebook

Node = Any  # tinycss2 has no types
_TEXT = re.compile(r"(?:html|body|p|:root|\*)")
_HORIZONTAL = {"margin-left", "margin-right", "margin-inline", "margin-inline-start", "margin-inline-end"}


class Line(NamedTuple):
    """A place in a file of the e-book; line and column from 1."""

    path: str
    line: int
    column: int


class Declaration(NamedTuple):
    """A declaration of a style sheet, with the selectors that it is for."""

    place: Line
    selectors: tuple[str, ...]
    name: str
    value: tuple[Node, ...]


def declarations(ebook: Ebook) -> Iterator[Declaration]:
    """Every declaration of the style sheets, those of media queries too, in order."""
    for item in ebook.items:
        if item.media_type == "text/css":
            rules = tinycss2.parse_stylesheet(
                item.data.decode(errors="replace"), skip_comments=True, skip_whitespace=True
            )
            yield from _declared(item.path, rules)


def _declared(path: str, rules: Iterable[Node]) -> Iterator[Declaration]:
    for rule in rules:
        if rule.type == "at-rule" and rule.content and rule.lower_at_keyword in {"media", "supports"}:
            yield from _declared(path, tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
        elif rule.type == "qualified-rule":
            selectors = tuple(one.strip() for one in tinycss2.serialize(rule.prelude).split(","))
            for one in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
                if one.type == "declaration":
                    place = Line(path, one.source_line, one.source_column)
                    yield Declaration(place, selectors, one.lower_name, tuple(one.value))


def body_properties(ebook: Ebook) -> Iterator[tuple[Declaration, str]]:
    """The properties that are set on the running text."""
    for one in declarations(ebook):
        if any(_TEXT.fullmatch(selector) for selector in one.selectors):
            yield one, one.name


def ground_properties(ebook: Ebook) -> Iterator[tuple[Declaration, str]]:
    """The properties that are set on anything but pictures."""
    for one in declarations(ebook):
        if not all(re.search(r"\b(?:img|svg)\b[^ ]*$", selector) for selector in one.selectors):
            yield one, one.name


def aligned_elements(ebook: Ebook) -> Iterator[tuple[Declaration, str]]:
    """The selectors for which the style sheets say how they are aligned."""
    for one in declarations(ebook):
        if one.name == "text-align":
            yield from ((one, selector) for selector in one.selectors)


def font_size_units(ebook: Ebook) -> Iterator[tuple[Declaration, str]]:
    """The units in which sizes of letters are given."""
    for one in declarations(ebook):
        if one.name == "font-size":
            yield from ((one, "%" if node.type == "percentage" else node.lower_unit) for node in _lengths(one.value))


def side_margins(ebook: Ebook) -> Iterator[tuple[Declaration, float]]:
    """The margins at the sides that are in em: of `margin` the values that are for the sides."""
    for one in declarations(ebook):
        values = [node for node in one.value if node.type != "whitespace"]
        if one.name == "margin":
            values = values[1::2] or values  # top, right, bottom, left; one value is for all of them
        elif one.name not in _HORIZONTAL:
            continue
        yield from ((one, node.value) for node in _lengths(values) if getattr(node, "lower_unit", "") == "em")


def css_functions(ebook: Ebook) -> Iterator[tuple[Declaration, str]]:
    """The functions in values."""
    for one in declarations(ebook):
        yield from ((one, node.lower_name) for node in one.value if node.type == "function")


def _lengths(values: Iterable[Node]) -> Iterator[Node]:
    return (node for node in values if node.type in {"dimension", "percentage"})
