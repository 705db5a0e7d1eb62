"""Where sentences begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from publish.check.phrases import SHORTENED
from publish.languages import in_language

# A mark that ends a sentence with all of the word before it, what closes behind it, and before what begins the next: a capital or a
# figure, perhaps in quotation marks.
_END = re.compile(
    r"(?<![\w.’'-])(?P<word>[\w.’'-]*)(?P<mark>[.?!…])[\"”’»)\]]*(?=\s+[\"“‘«„(\[]*(?:[^\W\d_a-zß-öø-ÿ]|\d))|\u2029"
)
# Initials ("J.") and what has points inside ("U.S.S.R.") may stand in a sentence; better too long a sentence than half of one.
_INITIALS = re.compile(r"[^\W\d_]|\w+(?:\.\w+)+")


@cache
def _shortened(language: str) -> frozenset[str]:
    return frozenset((in_language(SHORTENED, language) or "").split())


def sentences(text: str, language: str) -> Iterator[tuple[int, int]]:
    """The sentences of a reading, by their offsets, with the white space before them."""
    start = 0
    for end in _END.finditer(text):
        word = end["word"] or ""
        if end["mark"] == "." and _goes_on(word, language):
            continue
        yield start, end.end()
        start = end.end()
    if text[start:].strip():
        yield start, len(text)


def _goes_on(word: str, language: str) -> bool:
    """Whether the point behind a word is its own; a German one may make a number an ordinal ("18. Mai")."""
    is_ordinal = language.startswith("de") and word.isdigit() and len(word) < 3
    return is_ordinal or bool(_INITIALS.fullmatch(word)) or word in _shortened(language)


def sentence_around(text: str, start: int, end: int, language: str) -> tuple[int, int]:
    """The sentence, or the sentences, in which the words between two offsets stand."""
    touched = [one for one in sentences(text, language) if one[0] < max(end, start + 1) and start < one[1]]
    return (touched[0][0], touched[-1][1]) if touched else (start, end)
