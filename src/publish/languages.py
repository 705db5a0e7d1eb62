"""What the machine knows of languages: quotation marks, months, how they part thousands, what tells a name. Tables by BCP 47 tag."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

T = TypeVar("T")


def in_language(table: Mapping[str, T], tag: str) -> T | None:
    """What a table has for a BCP 47 tag: for language and region, or else for the language; None for one that is not in it."""
    subtags = tag.lower().split("-")
    for length in range(len(subtags), 0, -1):
        found = table.get("-".join(subtags[:length]))
        if found is not None:
            return found
    return None


# ---------------------------------------------------------------------------------------------------- quotation marks

_ENGLISH = ("“", "”", "‘", "’")
# Opening and closing marks, then those of a quotation in a quotation; by language, or by language and region.
QUOTES: dict[str, tuple[str, str, str, str]] = {
    "be": ("«", "»", "„", "“"),
    "bg": ("„", "“", "‚", "‘"),
    "ca": ("«", "»", "“", "”"),
    "cs": ("„", "“", "‚", "‘"),
    "da": ("»", "«", "›", "‹"),
    "de": ("„", "“", "‚", "‘"),
    "de-ch": ("«", "»", "‹", "›"),
    "de-li": ("«", "»", "‹", "›"),
    "el": ("«", "»", "“", "”"),
    "en": _ENGLISH,
    "es": ("«", "»", "“", "”"),
    "et": ("„", "“", "‚", "‘"),
    "fi": ("”", "”", "’", "’"),
    "fr": ("«\u00a0", "\u00a0»", "‹\u00a0", "\u00a0›"),
    "fr-ch": ("«", "»", "‹", "›"),
    "hr": ("„", "”", "‚", "’"),
    "hu": ("„", "”", "»", "«"),
    "it": ("«", "»", "“", "”"),
    "ja": ("「", "」", "『", "』"),
    "lt": ("„", "“", "‚", "‘"),
    "nb": ("«", "»", "‘", "’"),
    "nn": ("«", "»", "‘", "’"),
    "no": ("«", "»", "‘", "’"),
    "pl": ("„", "”", "«", "»"),
    "pt-pt": ("«", "»", "“", "”"),
    "ro": ("„", "”", "«", "»"),
    "ru": ("«", "»", "„", "“"),
    "sk": ("„", "“", "‚", "‘"),
    "sl": ("„", "“", "‚", "‘"),
    "sr": ("„", "”", "’", "’"),
    "sv": ("”", "”", "’", "’"),
    "uk": ("«", "»", "„", "“"),
}


def quotes_of(tag: str) -> tuple[str, str, str, str]:
    """The quotation marks of a language; the English ones for a language that is not in the table."""
    return in_language(QUOTES, tag) or _ENGLISH


def marks_inside(tag: str) -> bool:
    """Whether a comma or period stands before a closing quotation mark (Chicago Manual of Style, 6.9: American style)."""
    return tag.lower() in {"en", "en-us"}


# --------------------------------------------------------------------------------------------------- dates and numbers

MONTHS: dict[str, tuple[str, ...]] = {
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ),
    "de": (
        "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
        "Dezember",
    ),
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre",
    ),
}  # fmt: skip
# Between thousands; elsewhere a space that does not break (ISO 80000-1, 7.3.1).
_THOUSANDS = {"en": ",", "de": "."}


def figures(number: int, tag: str) -> str:
    """A number in figures, its thousands parted as the language does: "4,491"."""
    return f"{number:,}".replace(",", in_language(_THOUSANDS, tag) or "\u00a0")


# To twenty, then the tens. The libraries that know all languages take as long to be read as a page does: this is for the most frequent one.
_NUMBERS = {
    "en": (
        (
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
            "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
        ),
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
    )
}  # fmt: skip


def number_words(number: int, tag: str) -> str:
    """A number below one hundred in words: "forty-eight"; "" for others, and in a language whose words are not known here."""
    table = in_language(_NUMBERS, tag)
    if table is None or not 0 <= number < 100:
        return ""
    ones, tens = table
    if number < len(ones):
        return ones[number]
    ten, one = divmod(number, 10)
    return tens[ten - 2] + (f"-{ones[one]}" if one else "")


# --------------------------------------------------------------------------------------------------------------- names

_WITH_CAPITALISED_NOUNS = {"de": True, "lb": True}
# Endings of words that have a capital and yet name no person and no place: doctrines, their followers, bodies, "American".
_NO_NAMES = {"en": re.compile(r"[A-Z][a-z]*(?:ism|ist|merican|ity|tion|tional)s?")}


def has_telling_capital(word: str, tag: str) -> bool:
    """Whether a word has a capital that ordinary words of the language have not, but at the beginning of a sentence."""
    return word != word.lower() and not (in_language(_WITH_CAPITALISED_NOUNS, tag) and word[1:].islower())


def is_name(word: str, tag: str) -> bool:
    """Whether a word of a language looks like a name, or the part of one: by its capital, where no ending tells otherwise."""
    ordinary = in_language(_NO_NAMES, tag)
    return has_telling_capital(word, tag) and not (ordinary and ordinary.fullmatch(word))
