"""What differs between the source and a finished file, told to an editor: which words, where in the source, what happened to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from publish.diagnostics import Diagnostic, Location
from publish.prove.compare import Difference
from publish.prove.words import Passage

MOST = 20  # findings told of one file
QUOTED = 12  # words quoted of a longer stretch
AROUND = 4  # words of context
SURELY_MOVED = 3  # that many words in another place were moved there; fewer only if it is near
NEAR = 50  # words


@dataclass(frozen=True, slots=True)
class Found:
    """A difference in a passage; `moved_to` is the difference by which the lost words stand in another place."""

    passage: Passage
    difference: Difference
    moved_to: Found | None = None


def tell(artifact: str, differing: Iterable[tuple[Passage, Sequence[Difference]]]) -> tuple[Diagnostic, ...]:
    """The findings on a file, named `artifact`, in the order of the source: at most `MOST`, the last of which counts the others."""
    found = list(_with_moves([Found(passage, one) for passage, differences in differing for one in differences]))
    told = [_told(artifact, one) for one in found[:MOST]]
    if len(found) > MOST:
        rest = found[MOST]
        message = f"… and {len(found) - MOST} more differences like these in {artifact}"
        told.append(Diagnostic(_rule(rest), _location(rest), message))
    return tuple(told)


# ----------------------------------------------------------------------------------------------------------- moved words


def _with_moves(found: list[Found]) -> Iterator[Found]:
    """Joins words that are lost in one place and added in another to one finding."""
    added: dict[tuple[str, ...], list[Found]] = defaultdict(list)
    for one in reversed(found):
        if not one.difference.lost:
            added[one.difference.added].append(one)
    gone: set[int] = set()
    joined = []
    for one in found:
        places = added.get(one.difference.lost, []) if not one.difference.added else []
        place = next((place for place in reversed(places) if _moved(one, place)), None)
        if place is not None:
            places.remove(place)
            gone.add(id(place))
        joined.append(Found(one.passage, one.difference, place))
    return (one for one, before in zip(joined, found, strict=True) if id(before) not in gone)


def _moved(lost: Found, added: Found) -> bool:
    near = lost.passage is added.passage and abs(lost.difference.start - added.difference.start) <= NEAR
    return near or len(lost.difference.lost) >= SURELY_MOVED


# ------------------------------------------------------------------------------------------------------------------ words


def _told(artifact: str, found: Found) -> Diagnostic:
    passage, one = found.passage, found.difference
    after = _after(passage, one.start)
    match _rule(found):
        case "text-moved" if found.moved_to is not None:
            message = f"{artifact} has {quoted(one.lost)} {_place(found.moved_to, passage)}, not {after}"
        case "text-lost":
            message = f"{artifact} has lost {quoted(one.lost)}, which stands {after}"
        case "text-added":
            said = " a second time" if _doubled(passage, one) else ", which the source does not have there"
            message = f"{artifact} has {quoted(one.added)}{said}, {after}"
        case _:
            message = f"{artifact} has {quoted(one.added)} for {quoted(one.lost)}, {after}"
    return Diagnostic(_rule(found), _location(found), message)


def _rule(found: Found) -> str:
    if found.moved_to is not None:
        return "text-moved"
    if not found.difference.added:
        return "text-lost"
    return "text-changed" if found.difference.lost else "text-added"


def _location(found: Found) -> Location:
    one = found.difference
    return found.passage.location_of(one.start if one.lost else one.start - 1)


def _doubled(passage: Passage, one: Difference) -> bool:
    length = len(one.added)
    neighbours = (passage.words[max(one.start - length, 0) : one.start], passage.words[one.start : one.start + length])
    return list(one.added) in neighbours


def _place(added: Found, home: Passage) -> str:
    within = "" if added.passage is home else f" in “{added.passage.id}”"
    return f"{_after(added.passage, added.difference.start)}{within}"


def _after(passage: Passage, index: int) -> str:
    words = passage.words[max(index - AROUND, 0) : index]
    return f"after {quoted(words)}" if words else f"at the beginning of “{passage.id}”"


def quoted(words: Sequence[str]) -> str:
    """Words as a finding quotes them; of a long stretch the beginning and the end, and how long it is."""
    if len(words) <= QUOTED:
        return f"“{' '.join(words)}”"
    half = QUOTED // 2
    return f"“{' '.join(words[:half])} … {' '.join(words[-half:])}” ({len(words)} words)"
