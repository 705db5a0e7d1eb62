"""Initials that stand for a name, and whether words are that name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from publish.check.phrases import SMALL

# Letters with points, or a word; which of them are capitals is seen afterwards.
_INITIALS = re.compile(r"(?<![\w.-])(?:(?:[^\W\d_]\.){2,}|[^\W\d_]{2,}(?:-[^\W\d_]{2,})*)(?![\w-])")
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_CAPITALS_BEFORE = re.compile(r"([^\W\d_]{2,})[ \u00a0]$")
_CAPITALS_BEHIND = re.compile(r"[ \u00a0]([^\W\d_]{2,})(?!\w)")
_SURNAME = re.compile(r"[ \u00a0][^\W\d_a-z][^\W\d_A-Z]")
# A hyphen begins a word of a name: "Five-Year Plan" has three.
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[’'][^\W_]+)*")
# So many words a name has at most for each of its initials, small ones with them.
_MOST_WORDS = 4


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
        written = found[0].removesuffix("s") if len(found[0]) > len("As") else found[0]
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
    return any(_begins(words[start:], letters) for start in range(len(words)))


def begins_with_name(text: str, letters: str) -> bool:
    return _begins(_WORD.findall(text[: 40 * len(letters)]), letters)


def ends_with_name(text: str, letters: str) -> bool:
    words = _WORD.findall(text)[-_MOST_WORDS * len(letters) :]
    return any(_spells(tuple(words[start:]), letters) for start in range(len(words)))


def _begins(words: Sequence[str], letters: str) -> bool:
    most = min(len(words), _MOST_WORDS * len(letters))
    return any(_spells(tuple(words[:end]), letters) for end in range(1, most + 1))


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
