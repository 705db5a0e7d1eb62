"""Whether the e-book's style sheets leave to readers what is theirs: face, size, lines, colours and margins of the text.

Kindle Publishing Guidelines, 10.3 ("body text must be all defaults"); WCAG 2.2, 1.4.4 (resize text) and 1.4.12 (text spacing).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from publish.check.stylesheets import declarations
from publish.diagnostics import Diagnostic
from publish.model import Book

_THEIRS = frozenset(
    {
        "color", "background", "background-color", "font", "font-family", "font-size", "line-height", "text-align",
        "letter-spacing", "word-spacing",
    }
)  # fmt: skip
_BODY_TEXT = frozenset({"*", "html", "body", "section", "div", "p"})
_PSEUDO = re.compile(r"::?[\w-]+(?:\([^)]*\))?")
_COMBINATORS = re.compile(r"[\s>+~]+")
_DEFAULTS = frozenset({"inherit", "initial", "unset", "revert"})
_ABSOLUTE = frozenset({"px", "pt", "pc", "cm", "mm", "in", "q"})  # CSS Values and Units 3, section 6.2


def reader_choice(book: Book) -> Iterator[Diagnostic]:
    """What is set for all of the text, or set so that readers cannot change it."""
    for one in declarations(book):
        if one.important:
            message = f"“{one.name}” of “{one.selector}” is !important: a reader cannot change it"
            yield Diagnostic("reader-choice", one.location, message, "take !important out")
        elif one.name in _THEIRS and one.value.lower() not in _DEFAULTS and _is_body_text(one.selector):
            message = f"“{one.name}” is set for the text itself (“{one.selector}”), and is the reader's to choose"
            yield Diagnostic("reader-choice", one.location, message, "set it for headings and the like only")


def _is_body_text(selector: str) -> bool:
    """Whether a selector names plain elements of the text, and nothing else."""
    return set(_COMBINATORS.split(_PSEUDO.sub("", selector) or "*")) <= _BODY_TEXT


def absolute_length(book: Book) -> Iterator[Diagnostic]:
    """Lengths that do not grow with the letters."""
    for one in declarations(book):
        if units := one.units & _ABSOLUTE:
            message = f"“{one.name}: {one.value}” is measured in {', '.join(sorted(units))}: it does not grow with the letters"
            yield Diagnostic("absolute-length", one.location, message, "measure in em or %")
