"""The style sheets of the e-book, read: what each declaration says of what, and in which theme. Alone in its stage it knows tinycss2."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

import tinycss2
from tinycss2 import ast, color4

from publish.diagnostics import Location
from publish.model import Book

SHEETS = ("base.css", "epub.css")  # as the documents of the e-book name them
Scheme: TypeAlias = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
_GROUPS = frozenset({"media", "supports", "layer"})  # at-rules that hold rules
_NOT_OURS = frozenset({"currentcolor", "transparent", "inherit", "initial", "unset", "revert", "none"})


@dataclass(frozen=True, slots=True)
class Colour:
    """Red, green and blue in sRGB and the opacity, each from 0 to 1; `typed` is how the style sheet has it."""

    rgb: tuple[float, float, float]
    alpha: float
    typed: str


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a rule says of one selector: a property and its value. `scheme` is the one that it is for, "" for any."""

    selector: str
    name: str
    value: str
    important: bool
    colours: tuple[Colour, ...]
    units: frozenset[str]
    scheme: Scheme | Literal[""]
    location: Location


def declarations(book: Book) -> list[Declaration]:
    """Every declaration of the e-book's style sheets, in their order, once for each selector of its rule."""
    texts = ((book.styles[name].data.decode(), f"styles/{name}") for name in SHEETS if name in book.styles)
    return [one for text, file in texts for one in _read(text, file)]


@lru_cache(maxsize=8)
def _parsed(text: str) -> list[ast.Node]:
    """A style sheet as tokens, of which both its rules and its references are made."""
    return tinycss2.parse_component_value_list(text, skip_comments=True)  # type: ignore[no-any-return]


@lru_cache(maxsize=8)
def _read(text: str, file: str) -> tuple[Declaration, ...]:
    rules = tinycss2.parse_stylesheet(_parsed(text), skip_comments=True, skip_whitespace=True)
    return tuple(_of_rules(rules, file, ""))


def _of_rules(rules: list[ast.Node], file: str, scheme: Scheme | Literal[""]) -> Iterator[Declaration]:
    for rule in rules:
        if isinstance(rule, ast.QualifiedRule):
            yield from _of_rule(rule, file, scheme)
        elif isinstance(rule, ast.AtRule) and rule.lower_at_keyword in _GROUPS and rule.content:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            yield from _of_rules(inner, file, _scheme(rule) or scheme)


def _scheme(rule: ast.AtRule) -> Scheme | Literal[""]:
    """The theme that a media query asks for: `@media (prefers-color-scheme: dark)`."""
    query = "".join(tinycss2.serialize(rule.prelude).lower().split())
    return next((one for one in SCHEMES if f"(prefers-color-scheme:{one})" in query), "")


def _of_rule(rule: ast.QualifiedRule, file: str, scheme: Scheme | Literal[""]) -> Iterator[Declaration]:
    selectors = [" ".join(one.split()) for one in tinycss2.serialize(rule.prelude).split(",")]
    for one in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
        if isinstance(one, ast.Declaration):
            for selector in selectors:
                yield Declaration(
                    selector=selector,
                    name=one.lower_name,
                    value=tinycss2.serialize(one.value).strip(),
                    important=one.important,
                    colours=tuple(_colours(one.value)),
                    units=frozenset(token.lower_unit for token in _tokens(one.value) if token.type == "dimension"),
                    scheme=scheme,
                    location=Location(file, one.source_line, one.source_column),
                )


def _tokens(value: list[ast.Node]) -> Iterator[ast.Node]:
    """The tokens of a value, those within functions too."""
    for token in value:
        yield token
        yield from _tokens(getattr(token, "arguments", None) or [])


def _colours(value: list[ast.Node]) -> Iterator[Colour]:
    """The colours that a value gives itself: not those that it takes from the text, a parent, or the reading system."""
    for token in value:
        typed = tinycss2.serialize([token])
        if typed.lower() not in _NOT_OURS and isinstance(found := color4.parse_color(token), color4.Color):
            red, green, blue = (max(0.0, min(1.0, one or 0.0)) for one in found.to("srgb").coordinates)
            yield Colour((red, green, blue), float(found.alpha), typed)


def references(css: str) -> Iterator[tuple[str, int, int]]:
    """What a style sheet, or a value in one, refers to: each address as it is meant, without escapes, with its line and column.

    An address is what stands in `url()`, behind `@import`, and in the functions that may come to have one (CSS Images 4, CSS Values 5).
    """
    yield from _references(_parsed(css))


_OF_ADDRESSES = frozenset({"url", "src", "image", "image-set", "-webkit-image-set"})


def _references(tokens: list[ast.Node]) -> Iterator[tuple[str, int, int]]:
    importing = False
    for token in tokens:
        if token.type == "url" or (token.type == "string" and importing):
            yield token.value.strip(), token.source_line, token.source_column
        elif token.type == "function" and token.lower_name in _OF_ADDRESSES:
            strings = (one for one in _tokens(token.arguments) if one.type == "string")
            yield from ((one.value.strip(), one.source_line, one.source_column) for one in strings)
        yield from _references(getattr(token, "content", None) or getattr(token, "arguments", None) or [])
        if token.type != "whitespace":
            importing = token.type == "at-keyword" and token.lower_value == "import"
