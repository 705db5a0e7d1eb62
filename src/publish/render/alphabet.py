"""The order of the alphabet, in which glossary and index stand."""

from __future__ import annotations

import re
import unicodedata


def folded(word: str) -> str:
    """What of a word counts in the alphabet: not marks over letters, punctuation, and capitals. Spaces do: word by word."""
    letters = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in letters if letter.isalnum() or letter.isspace()).casefold().strip()


def filed(heading: str) -> tuple[str, ...]:
    """What a heading of an index is sorted by: its words up to a comma or a parenthesis first, so that “Stalin, Iosif” stands before
    “Stalin icons” (Chicago 16.60).
    """
    return tuple(folded(part) for part in re.split(r"[,(]", heading))
