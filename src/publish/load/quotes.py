"""Typographic quotation marks: markdown-it's smartquotes with the marks of the book's language, and what it leaves open.

smartquotes sets pairs. A mark without its partner it leaves straight: the opening mark of each paragraph of a long quotation, the
apostrophe of 'tis. Those are set here by what stands before them. A straight mark that is meant is typed with a backslash.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_core.smartquotes import process_inlines
from markdown_it.token import Token

APOSTROPHE = "\u2019"
_STRAIGHT = re.compile("['\"]")
# What an opening mark may follow, beside a space and the beginning.
_OPENING = "([{—–-/«‹„‚“‘\u00a0"


def set_quotes(state: StateCore) -> None:
    """The rule of markdown-it's core that takes the place of its smartquotes."""
    for token in state.tokens:
        if token.type == "inline" and _STRAIGHT.search(token.content):
            _set_in(token.children or [], state)


def typographic(md: MarkdownIt, text: str) -> str:
    """A text without markup, with its quotation marks set."""
    if not _STRAIGHT.search(text):
        return text
    token = Token("text", "", 0, content=text)
    _set_in([token], StateCore("", md, {}))
    return token.content


def _set_in(tokens: list[Token], state: StateCore) -> None:
    """Sets the marks of a run of words, and by themselves those of the words inside: reasons, alternative texts."""
    process_inlines(tokens, state)
    for token in tokens:
        _set_in(token.children or [], state)
    before = " "
    for token in tokens:
        if token.type == "text" and _STRAIGHT.search(token.content):
            token.content = _set_single_marks(token.content, before, state.md.options["quotes"])
        if token.content:
            before = token.content[-1]
        elif token.type in ("softbreak", "hardbreak"):
            before = " "


def _set_single_marks(text: str, before: str, marks: str) -> str:
    """Sets the marks that have no partner: an apostrophe, or the side of the quotation that the sign before it tells."""

    def mark(found: re.Match[str]) -> str:
        last = text[found.start() - 1] if found.start() else before
        if found[0] == "'":
            return APOSTROPHE
        if last.isspace() or last in _OPENING:
            return marks[0]
        return '"' if last.isdigit() else marks[1]  # after a digit it may be an inch

    return _STRAIGHT.sub(mark, text)
