"""The headings of glossary entries in the index."""

from __future__ import annotations

import re

_PARENTHESES = re.compile(r"\s*\([^()]*\)")


def index_heading(headword: str, name: str, sort: str) -> str:
    """A person's name with the surname, which is what the person is sorted by, before the rest: "Bukharin, Nikolai Ivanovich".

    What stands in parentheses is left out. Where the name does not end in the surname the heading is the headword: no guess is made which
    part of a name is which. So it is for an entry that is no person and has no name.
    """
    bare = _PARENTHESES.sub("", name).strip()
    if bare == sort:
        return bare
    given = bare.removesuffix(f" {sort}")
    return f"{sort}, {given}" if given not in {bare, ""} and "," not in bare else headword
