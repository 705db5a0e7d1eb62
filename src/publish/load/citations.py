"""Citations as Pandoc writes them, `[see @conquest, chap. 7; @kotkin]`, as a rule of markdown-it's inline parser."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_KEY = r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?"
# An address has letters before its @, a citation has not; a bracket in braces or with other brackets in it is something else.
_BRACKET = re.compile(r"\[(?P<inside>(?:[^\[\]{}@]*\s)?-?@[A-Za-z0-9][^\[\]{}]*)\](?!\()(?P<after>[.,](?!\.))?")
_ITEM = re.compile(rf"(?P<prefix>(?:[^@]*\s)?)@(?P<key>{_KEY})(?:\s*,\s*(?P<locator>[^\s@][^@]*))?", re.DOTALL)
_MARKUP = re.compile(r"[*`<\\]")
# What is wrong with an item that is not one: a pattern, the message, the hint.
_WRONG: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"\A[^@]*\Z"), "a part of the citation names no source", "each begins with a key: [@one; @two]"),
    (re.compile(r"-@"), "the author of a citation cannot be left out", "write the key alone, [@key]"),
    (re.compile(r"[^\s;]@"), "a letter stands at once before an @", "leave a space before the key"),
    (re.compile(r"@.*\s@", re.DOTALL), "two sources stand in one citation", "part them by a semicolon: [@one; @two]"),
    (re.compile(r",\s*\Z"), "a comma stands behind the key, and nothing behind the comma", "write [@key, chap. 7]"),
)


class Item(NamedTuple):
    """One source that is cited: its key, the words before it, and the place in it."""

    key: str
    prefix: str = ""
    locator: str = ""


class Citation(NamedTuple):
    """A citation: its sources, and the period or comma at once behind it. `wrong` says what is malformed, with a hint.

    `source` is how it is typed.
    """

    items: tuple[Item, ...]
    after: str
    source: str
    wrong: tuple[str, str] | None = None

    @property
    def has_prefix(self) -> bool:
        """Whether it begins with other words than a key."""
        return not self.source.startswith(("[@", "[-@"))


def read_citation(source: str, start: int, end: int) -> tuple[Citation, int] | None:
    """The citation that begins at an offset, and the offset behind it; None if none does."""
    found = _BRACKET.match(source, start, end)
    if found is None:
        return None
    items: list[Item] = []
    wrong: tuple[str, str] | None = None
    for part in found["inside"].split(";"):
        item = _ITEM.fullmatch(part.strip())
        if item and not _MARKUP.search(part):
            items.append(Item(item["key"], _line(item["prefix"]), _line(item["locator"] or "")))
        else:
            wrong = wrong or _what_is_wrong(part)
    return Citation(tuple(items), found["after"] or "", found[0], wrong), found.end()


def _what_is_wrong(part: str) -> tuple[str, str]:
    for pattern, message, hint in _WRONG:
        if pattern.search(part):
            return message, hint
    if _MARKUP.search(part):
        return "Markdown in a citation is not read", "write the place in plain words"
    return "no comma stands between a key and the place in the source", "write [@key, chap. 7]"


def _line(text: str) -> str:
    return " ".join(text.split())


def citation_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the signature is markdown-it's
    """markdown-it's inline rule: reads a citation at the state's position."""
    found = read_citation(state.src, state.pos, state.posMax)
    if found is None:
        return False
    citation, end = found
    if not silent:
        token = state.push("citation", "", 0)
        token.content = citation.source
        token.meta["citation"] = citation
    state.pos = end
    return True


def citations_in(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens of the citations among inline tokens, and in those inside them."""
    for token in tokens:
        if token.type == "citation":
            yield token
        yield from citations_in(token.children or ())
