"""The persons of the glossary, as words name them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from publish.model import Book, Entry


@dataclass(frozen=True, slots=True)
class Persons:
    """The persons of the glossary by every form of their names."""

    forms: Mapping[str, Entry]

    @classmethod
    def of(cls, book: Book) -> Persons:
        persons = (entry for entry in book.glossary if entry.kind == "person")
        return cls({form: entry for entry in persons for form in (entry.headword, *entry.forms)})

    def pattern(self, behind: str = "") -> re.Pattern[str]:
        """A name as a whole word, the group `name`, with a pattern of what stands behind it."""
        names = "|".join(re.escape(form) for form in sorted(self.forms, key=len, reverse=True))
        return re.compile(rf"(?<!\w)(?P<name>{names or '(?!)'})(?!\w){behind}")
