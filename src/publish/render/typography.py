"""Signs that guide the line breaking, put into the words: the only characters that `render` adds to a text.

A word joiner (U+2060) stands before an em dash, so that no line begins with one. A no-break space (U+00A0) stands in a date, before a
number that belongs to the word before it ("June 18", "No. 4", "p. 12"), between a title or an initial and the name, and before an
ampersand (Standard Ebooks Manual 8, "Measurements", "Initials and abbreviations"). What such words are is told by language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from publish.model import Container, Emendation, Inline, Text
from publish.render.walk import Inlines, with_children, words_of

WORD_JOINER = "\u2060"
NO_BREAK_SPACE = "\u00a0"

_DASH = re.compile("(?<=[^\\s\u2060])—")
# What may stand around a space that belongs to the words beside it, in every language: an initial before it, also the second one
# (J. V. Stalin), or an ampersand behind it.
_ANYWHERE = (r"(?<=\. )(?<=[^\W\d_]\. )(?<![\w.][^\W\d_]\. )(?=[^\W\d_])", r"(?=& )(?<=\w )")


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


@cache
def unbreakable(language: str) -> re.Pattern[str]:
    """The spaces of a BCP 47 tag's language at which no line may end.

    What is looked for is the space, and then what stands around it: searched so, a text takes a fifth of the time.
    """
    words = _LANGUAGES.get(language.partition("-")[0].lower())
    around = _ANYWHERE if words is None else (*_ANYWHERE, *_around(words))
    return re.compile(f" (?:{'|'.join(around)})")


def _around(words: Words) -> Iterator[str]:
    """What stands around the spaces behind a title, before a number, and between a day and its month."""
    yield rf"(?=[A-ZÀ-ÖØ-Þ]){_behind(words.titles)}"
    yield rf"(?=\d){_behind(words.before_number, _WORD)}"
    yield rf"(?=\d{{1,2}}\b){_behind(words.months, _WORD)}"
    months = "|".join(map(re.escape, words.months.split()))
    yield rf"(?<=[\d.] )(?:(?<=\b\d )|(?<=\b\d\d )|(?<=\b\d\. )|(?<=\b\d\d\. ))(?=(?:{months})\b)"


_WORD = r"\b"  # where a word begins


def _behind(words: str, begin: str = "") -> str:
    """A pattern for the place behind one of these words and a space; each word is one for itself, for they are not of one length."""
    return "(?:" + "|".join(f"(?<={begin}{re.escape(word)} )" for word in words.split()) + ")"


def typeset(nodes: Inlines, language: str) -> Inlines:
    """The same text with the signs put in."""
    return _Typesetter(unbreakable(language)).through(nodes)


class _Typesetter:
    """Goes through one block and remembers the last character, for a dash that begins a node."""

    def __init__(self, unbreakable: re.Pattern[str]) -> None:
        self._unbreakable = unbreakable
        self._last = " "

    def through(self, nodes: Inlines) -> Inlines:
        return tuple([self._node(node) for node in nodes])

    def _node(self, node: Inline) -> Inline:
        if isinstance(node, Text):  # most are
            text = self._words(node.text)
            return node if text is node.text else Text(text, node.location)
        if isinstance(node, Container):
            return with_children(node, self.through(node.children))
        if isinstance(node, Emendation):
            return replace(
                node, added=self._words(node.added), reason=_Typesetter(self._unbreakable).through(node.reason)
            )
        self._last = words_of(node)[-1:] or self._last
        return node

    def _words(self, text: str) -> str:
        if not text:
            return text
        joined = WORD_JOINER + text if text[0] == "—" and not self._last.isspace() else text
        self._last = text[-1]
        if "—" in joined:
            joined = _DASH.sub(f"{WORD_JOINER}—", joined)
        return self._unbreakable.sub(NO_BREAK_SPACE, joined)
