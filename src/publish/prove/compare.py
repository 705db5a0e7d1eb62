"""Where two sequences of words differ, in time that grows with their length and with nothing else.

In step, the two are walked word by word. Out of step, the nearest place is looked for where five words agree again, in a window that
grows fourfold until it is found; only what lies between is compared closely. So a lost page costs no more than the page itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeAlias

RUN = 5  # words that agree before the two count as in step again
WINDOW = 32  # words looked at first
CLOSE = 250_000  # the product of two lengths up to which they are compared closely: about 20 ms


@dataclass(frozen=True, slots=True)
class Joint:
    """A place where a line ends and the word may go on: each reading of it that the typesetting allows."""

    readings: tuple[tuple[str, ...], ...]


Unit: TypeAlias = str | Joint


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of the source from the index `start` on that are lost, and words found in their place; one of the two may be none."""

    start: int
    lost: tuple[str, ...]
    added: tuple[str, ...]


def plain(units: Sequence[Unit], known: frozenset[str] = frozenset()) -> list[str]:
    """The units as words: of a joint, the first reading whose words are all known, else the last one."""
    words: list[str] = []
    for unit in units:
        if isinstance(unit, str):
            words.append(unit)
        else:
            words.extend(_likely(unit, known))
    return words


def _likely(joint: Joint, known: frozenset[str]) -> tuple[str, ...]:
    return next((reading for reading in joint.readings if known.issuperset(reading)), joint.readings[-1])


@dataclass(frozen=True, slots=True)
class Comparison:
    """Where two sequences differ, and for each unit found the word of the source that it stands for (where it differs: the next)."""

    differences: tuple[Difference, ...]
    places: tuple[int, ...]


def compare(expected: Sequence[str], found: Sequence[Unit]) -> Comparison:
    """What has to be done to `expected` to get `found`: nothing, exactly if every word is there, in order.

    A joint agrees with any of its readings. Time and memory are linear in the number of words.
    """
    result: list[Difference] = []
    places: list[int] = []
    known: frozenset[str] | None = None
    i = _walk(expected, 0, found, places)
    while i < len(expected) or len(places) < len(found):
        known = known if known is not None else frozenset(expected)
        j = len(places)
        a, b = _in_step_again(expected, i, found, j)
        result.extend(_closely(expected[i:a], i, found[j:b], known))
        places.extend([a] * (b - j))
        i = _walk(expected, a, found, places)
    return Comparison(tuple(result), tuple(places))


def _walk(expected: Sequence[str], i: int, found: Sequence[Unit], places: list[int]) -> int:
    """The word of the source up to which all agrees; the places of the units that agree are added to `places`."""
    for j in range(len(places), len(found)):
        if i < len(expected) and found[j] == expected[i]:
            length = 1
        elif not (length := _agreeing(expected, i, found[j])):
            break
        places.append(i)
        i += length
    return i


def _agreeing(expected: Sequence[str], i: int, unit: Unit) -> int:
    """How many words of the source the joint stands for; 0 if it does not agree."""
    if isinstance(unit, str):
        return 0
    fits = (len(reading) for reading in unit.readings if tuple(expected[i : i + len(reading)]) == reading)
    return next(fits, 0)


def _in_step_again(expected: Sequence[str], i: int, found: Sequence[Unit], j: int) -> tuple[int, int]:
    """The nearest places behind (i, j) where the two agree again, or their ends."""
    size = WINDOW
    while True:
        place = _nearest(expected[i : i + size], found[j : j + size])
        if place is not None:
            return i + place[0], j + place[1]
        if size >= len(expected) - i and size >= len(found) - j:
            return len(expected), len(found)
        size *= 4


def _nearest(expected: Sequence[str], found: Sequence[Unit]) -> tuple[int, int] | None:
    places: dict[tuple[Unit, ...], int] = {}
    for place, run in _runs(found):
        places.setdefault(run, place)
    meetings = ((place, places[run]) for place, run in _runs(expected) if run in places)
    return min(meetings, key=sum, default=None)


def _runs(words: Sequence[Unit]) -> Iterator[tuple[int, tuple[Unit, ...]]]:
    columns = [words[start:] for start in range(RUN)]
    return enumerate(zip(*columns, strict=False))


def _closely(expected: Sequence[str], start: int, found: Sequence[Unit], known: frozenset[str]) -> Iterator[Difference]:
    """What differs between two stretches; as a whole where they are too long to look closely."""
    words = plain(found, known)
    if len(expected) * len(words) > CLOSE:
        yield Difference(start, tuple(expected), tuple(words))
        return
    matcher = SequenceMatcher(None, expected, words, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            yield Difference(start + a, tuple(expected[a:b]), tuple(words[c:d]))
