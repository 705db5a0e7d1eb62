"""Initials that stand for a name, and whether words are that name."""

from __future__ import annotations

import operator
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile

from publish.check.phrases import SMALL

# Capitals, each with a point or none of them, and perhaps the s of a plural; that letters with accents are capitals is seen afterwards.
_CAPITAL = r"[^\W\d_a-z]"
_INITIALS = re.compile(
    rf"{_CAPITAL}(?<![\w.-].)(?:\.(?:{_CAPITAL}\.)+|{_CAPITAL}+(?:-{_CAPITAL}{{2,}})*(?P<plural>s?))(?![\w-])"
)
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_CAPITALS_BEFORE = re.compile(r"([^\W\d_]{2,})[ \u00a0]$")
_CAPITALS_BEHIND = re.compile(r"[ \u00a0]([^\W\d_]{2,})(?!\w)")
_SURNAME = re.compile(r"[ \u00a0][^\W\d_a-z][^\W\d_A-Z]")
# A hyphen begins a word of a name: "Five-Year Plan" has three.
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[’'][^\W_]+)*")
# So many words a name has at most for each of its initials, small ones with them.
_MOST_WORDS = 4
_LONGEST = 40  # and so many signs: what stands further away need not be looked at for each of them


@dataclass(frozen=True, slots=True)
class Initials:
    """Initials in a text: as they are written, their letters, and where they begin and end.

    With points and before a name they may be somebody's own: "J.R.R. Tolkien", but also "U.S. Army".
    """

    written: str
    letters: str
    start: int
    end: int
    before_name: bool


def letters_of(written: str) -> str:
    """The letters of initials, which are the same in any way of writing: "C.P.S.U.", "CPSU"."""
    return "".join(filter(str.isalpha, written))


def find_initials(text: str) -> Iterator[Initials]:
    """The initials in a text. Roman numerals are none, nor are words in capitals beside others."""
    for found in _INITIALS.finditer(text):
        written = found[0].removesuffix(found["plural"] or "")
        start, end = found.start(), found.start() + len(written)
        if not written.isupper() or (
            "." not in written and (_ROMAN.fullmatch(written) or _is_shouted(text, start, end))
        ):
            continue
        yield Initials(written, letters_of(written), start, end, "." in written and bool(_SURNAME.match(text, end)))


def _is_shouted(text: str, start: int, end: int) -> bool:
    """Whether the words beside are in capitals too."""
    beside = (_CAPITALS_BEFORE.search(text[max(start - 40, 0) : start]), _CAPITALS_BEHIND.match(text, end))
    return any(found and found[1].isupper() for found in beside)


# ----------------------------------------------------------------------------------------------------------- their name


def has_name(text: str, letters: str) -> bool:
    """Whether a text has words with these initials in a row."""
    words = _WORD.findall(text)
    most = _MOST_WORDS * len(letters)
    starts = (words[start : start + most] for start in range(len(words)))
    return any(_spells(name, letters) for part in starts for name in _beginnings(part, letters))


def name_begins_at(text: str, start: int, letters: str) -> bool:
    """Whether a name that has these initials, or one that is translated, begins at an offset."""
    words = _WORD.findall(text, start, start + _LONGEST * len(letters))
    return any(_is_name(name, letters) for name in _beginnings(words, letters))


def name_ends_at(text: str, end: int, letters: str) -> bool:
    """Whether such a name ends at an offset."""
    words = _WORD.findall(text, max(0, end - _LONGEST * len(letters)), end)[::-1]
    return any(_is_name(name[::-1], letters) for name in _beginnings(words, letters))


def is_translated(name: Sequence[str], letters: str) -> bool:
    """Whether words can be the name in another language than its initials: "People's Commissariat of Internal Affairs" for NKVD.

    They are as many as the letters, and agree with fewer than half of them: with more it is a slip in the one or the other. Of two
    letters too many words could be the name.
    """
    words = [word for word in name if word.casefold() not in SMALL]
    agreeing = sum(_initials_of(word) == letter for word, letter in zip(words, letters, strict=False))
    return len(words) == len(letters) > 2 and 2 * agreeing < len(letters)


def _is_name(words: tuple[str, ...], letters: str) -> bool:
    """Whether words in a text are the name; of one that is translated each has to begin with a capital."""
    if _spells(words, letters):
        return True
    return is_translated(words, letters) and all(word[0].isupper() or word in SMALL for word in words)


def _beginnings(words: Sequence[str], letters: str) -> Iterator[tuple[str, ...]]:
    """The first word, the first two, and so on; the initials themselves are no part of the name."""
    possible = takewhile(lambda word: _initials_of(word) != letters, words[: _MOST_WORDS * len(letters)])
    return accumulate(((word,) for word in possible), operator.add)


def _spells(words: tuple[str, ...], letters: str) -> bool:
    """Whether words are a name with these initials, to the last of both. Small words may be left out of the initials."""
    if not words:
        return not letters
    initials = _initials_of(words[0])
    if letters.startswith(initials) and _spells(words[1:], letters[len(initials) :]):
        return True
    return words[0].casefold() in SMALL and _spells(words[1:], letters)


def _initials_of(word: str) -> str:
    """The first letter of a word without its accent, or all letters of what is initials itself: "Communist Party U.S.A."."""
    if len(word) > 1 and word.isupper():
        return letters_of(word)
    return unicodedata.normalize("NFD", word[0]).upper()[0]
