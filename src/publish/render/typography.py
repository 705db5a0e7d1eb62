"""Signs that guide the line breaking, put into the words: the only characters that `render` adds to a text.

A word joiner (U+2060) stands before an em dash, so that no line begins with one. A no-break space (U+00A0) stands in a date, before a
number that belongs to the word before it ("June 18", "No. 4", "p. 12"), between a title or an initial and the name, and before an
ampersand (Standard Ebooks Manual 8, "Measurements", "Initials and abbreviations"). What such words are is told by language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from publish.model import Emendation, Inline, Text
from publish.model.walk import CONTAINERS
from publish.render.walk import Inlines, with_children, words_of

WORD_JOINER = "\u2060"
NO_BREAK_SPACE = "\u00a0"

_DASH = re.compile("(?<=[^\\s\u2060])—")
_DIGIT = re.compile(r"\d")
# The space behind an initial, also the second: J. V. Stalin. It is looked for first: searched so, a text takes a sixth of the time.
_INITIAL = re.compile(r" (?<=\. )(?<=[^\W\d_]\. )(?<![\w.][^\W\d_]\. )(?=[^\W\d_])")
_AMPERSAND = re.compile(r"(?<=\w) (?=& )")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a language that a number clings to, and the titles that a name clings to."""

    months: str
    before_number: str
    titles: str


_LANGUAGES = {
    "en": Words(
        "January February March April May June July August September October November December",
        "No. Nos. no. nos. p. pp. vol. vols. ch. chap. chaps. sec. fig. figs. n. nn. ca.",
        "Dr. Mr. Mrs. Ms. Prof. Rev. Gen. Col. Capt. Sen. Gov. St.",
    ),
    "de": Words(
        "Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember",
        "Nr. S. Bd. Kap. Abb. Abs. Art. Anm.",
        "Dr. Prof. Frau Herr Herrn St.",
    ),
    "fr": Words(
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "n° nº p. t. vol. chap. fig. art.",
        "MM. Mme Mmes Mlle Mlles Dr Me St Ste",
    ),
}


@dataclass(frozen=True, slots=True)
class Table:
    """What is searched for a language: spaces before a number, between a day and its month, and behind a title."""

    before_number: re.Pattern[str]
    after_day: re.Pattern[str]
    before_day: re.Pattern[str]
    after_title: re.Pattern[str]


@cache
def table_of(language: str) -> Table | None:
    """The table of a BCP 47 tag's language; None where there is none."""
    words = _LANGUAGES.get(language.partition("-")[0].lower())
    if words is None:
        return None
    months, before, titles = (_either(each) for each in (words.months, words.before_number, words.titles))
    return Table(
        before_number=re.compile(rf"\b({before}) (?=\d)"),
        after_day=re.compile(rf"\b(\d{{1,2}}\.?) (?=(?:{months})\b)"),
        before_day=re.compile(rf"\b({months}) (?=\d{{1,2}}\b)"),
        # Without \b, which takes six times as long: a capital hardly ever stands inside a word.
        after_title=re.compile(rf"({titles}) (?=[A-ZÀ-ÖØ-Þ])"),
    )


def _either(words: str) -> str:
    return "|".join(re.escape(word) for word in words.split())


def typeset(nodes: Inlines, language: str) -> Inlines:
    """The same text with the signs put in."""
    return _Typesetter(table_of(language)).through(nodes)


class _Typesetter:
    """Goes through one block and remembers the last character, for a dash that begins a node."""

    def __init__(self, table: Table | None) -> None:
        self._table = table
        self._last = " "

    def through(self, nodes: Inlines) -> Inlines:
        return tuple(self._node(node) for node in nodes)

    def _node(self, node: Inline) -> Inline:
        if isinstance(node, Text):  # most are
            text = self._words(node.text)
            return node if text is node.text else Text(text, node.location)
        if isinstance(node, CONTAINERS):
            return with_children(node, self.through(node.children))
        if isinstance(node, Emendation):
            return replace(node, added=self._words(node.added), reason=_Typesetter(self._table).through(node.reason))
        self._last = words_of(node)[-1:] or self._last
        return node

    def _words(self, text: str) -> str:
        if not text:
            return text
        joined = WORD_JOINER + text if text[0] == "—" and not self._last.isspace() else text
        self._last = text[-1]
        if "—" in joined:
            joined = _DASH.sub(f"{WORD_JOINER}—", joined)
        return self._spaces(joined)

    def _spaces(self, text: str) -> str:
        if ". " in text:
            text = _INITIAL.sub(NO_BREAK_SPACE, text)
        if " & " in text:
            text = _AMPERSAND.sub(NO_BREAK_SPACE, text)
        if self._table is None:
            return text
        text = self._table.after_title.sub(rf"\1{NO_BREAK_SPACE}", text)
        if not _DIGIT.search(text):
            return text
        for pattern in (self._table.before_number, self._table.after_day, self._table.before_day):
            text = pattern.sub(rf"\1{NO_BREAK_SPACE}", text)
        return text
