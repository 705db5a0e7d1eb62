"""Two rows of words compared, in time that grows with their length and with the size of a difference, not with their product."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

# So many words have to agree before two texts are taken to go on together: one or two agree by chance ("of the").
AGREEMENT = 3


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two rows differ: the words left[left_start:left_end] stand in place of right[right_start:right_end]."""

    left_start: int
    left_end: int
    right_start: int
    right_end: int


def differences(left: Sequence[str], right: Sequence[str]) -> Iterator[Difference]:
    """The differences in order; what stands between two of them is equal.

    Differences with fewer than `AGREEMENT` equal words between them are told as one.
    """
    here, there = 0, 0
    while here < len(left) or there < len(right):
        if here < len(left) and there < len(right) and left[here] == right[there]:
            here, there = here + 1, there + 1
            continue
        past_left, past_right = _agreement(left, right, here, there)
        yield Difference(here, here + past_left, there, there + past_right)
        here, there = here + past_left, there + past_right


def _agreement(left: Sequence[str], right: Sequence[str], here: int, there: int) -> tuple[int, int]:
    """How many words to pass over in each row until both go on alike, looking no further ahead than is needed.

    At the end of a row the words to agree run out: what is left of both must then be the same.
    """
    seen_left: dict[tuple[str, ...], int] = {}
    seen_right: dict[tuple[str, ...], int] = {}
    for step in count():
        ahead_left = tuple(left[here + step : here + step + AGREEMENT])
        ahead_right = tuple(right[there + step : there + step + AGREEMENT])
        seen_left.setdefault(ahead_left, min(step, len(left) - here))
        seen_right.setdefault(ahead_right, min(step, len(right) - there))
        if ahead_left in seen_right:
            return seen_left[ahead_left], seen_right[ahead_left]
        if ahead_right in seen_left:
            return seen_left[ahead_right], seen_right[ahead_right]
    raise AssertionError
