"""Where words may be divided: by the dictionaries that WeasyPrint uses (pyphen), and by what typographers forbid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pyphen

from publish.languages import is_name

HYPHENS = "-\u2010\u2011"
SOFT_HYPHEN = "\u00ad"
WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Hyphenation:
    """The language of words, how many letters one must have to be divided, and how many must stand before and after the hyphen."""

    language: str
    total: int
    before: int
    after: int


@cache
def _dictionary(language: str, before: int, after: int) -> pyphen.Pyphen | None:
    known = pyphen.language_fallback(language)
    return pyphen.Pyphen(lang=known, left=before, right=after) if known else None


@cache
def divisions(word: str, rule: Hyphenation) -> tuple[int, ...]:
    """Where the word may be divided, as numbers of letters before the hyphen. Where its letters would change it is not."""
    if len(word) < rule.total:
        return ()  # without the dictionary, which may be large
    dictionary = _dictionary(rule.language, rule.before, rule.after)
    if dictionary is None:
        return ()
    return tuple(int(place) for place in dictionary.positions(word) if not place.data)


def divisible_words(text: str, language: str) -> Iterator[re.Match[str]]:
    """The words of a paragraph that may be divided.

    Names may not, nor the last word of the paragraph (R. Bringhurst, The Elements of Typographic Style, section 2.4); nor a compound
    but at its own hyphen, or a word that is divided by hand.
    """
    found = list(WORD.finditer(text))
    beside = {*HYPHENS, SOFT_HYPHEN}
    for word in found[:-1]:
        begin, end = word.span()
        around = text[max(begin - 1, 0) : begin] + text[end : end + 1]
        if not beside.intersection(around) and not is_name(word[0], language):
            yield word
