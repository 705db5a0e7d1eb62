"""The names of a source's authors and editors, as *The Chicago Manual of Style* (17th edition) writes and lists them.

A name is typed as a bibliography inverts it, "Conquest, Robert"; one without a comma is an organisation's, or has one part.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

_MOST_IN_NOTE, _KEPT_IN_NOTE = 3, 1  # 14.76: of four or more names a note has the first
_MOST_IN_ENTRY, _KEPT_IN_ENTRY = 10, 7  # 14.76: of eleven or more names an entry has seven


@dataclass(frozen=True, slots=True)
class Names:
    """Lists names, with the words "and" and "et al." that `word` gives by their labels."""

    word: Callable[[str], str]

    def inverted(self, names: Sequence[str]) -> str:
        """As an entry begins (14.76): "McIlroy, John, and Alan Campbell"."""
        if len(names) > _MOST_IN_ENTRY:
            return self._cut([names[0], *map(natural, names[1:_KEPT_IN_ENTRY])])
        return self._series([names[0], *map(natural, names[1:])], comma="," in names[0])

    def natural(self, names: Sequence[str]) -> str:
        """As a note has them (14.76): "John McIlroy and Alan Campbell"."""
        return self._short([natural(name) for name in names])

    def family(self, names: Sequence[str]) -> str:
        """As a shortened note has them (14.32): "McIlroy and Campbell"."""
        return self._short([family(name) for name in names])

    def _short(self, names: list[str]) -> str:
        return self._cut(names[:_KEPT_IN_NOTE]) if len(names) > _MOST_IN_NOTE else self._series(names, comma=False)

    def _cut(self, names: list[str]) -> str:
        return f"{', '.join(names)}{',' if len(names) > 1 else ''} {self.word('et-al')}"

    def _series(self, names: list[str], *, comma: bool) -> str:
        """The names with "and" before the last; behind three or more, and behind an inverted one, with a comma before it (6.19)."""
        if len(names) == 1:
            return names[0]
        before = "," if comma or len(names) > 2 else ""
        return f"{', '.join(names[:-1])}{before} {self.word('and')} {names[-1]}"


def natural(name: str) -> str:
    """The name in its usual order: "Martin Luther King Jr."; what stands in brackets (the real name, 14.80–82) stays at the end."""
    known, bracket, real = name.partition(" [")
    last, *first = known.split(", ")
    return " ".join([*first[:1], last, *first[1:]]) + bracket + real


def family(name: str) -> str:
    """The part of the name that comes first in the alphabet: "King"."""
    return name.partition(",")[0].partition(" [")[0]
