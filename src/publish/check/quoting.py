"""Whether words stand word for word in a source, and where they depart from it; which words stand between quotation marks.

What a quotation may do to its source is what *The Chicago Manual of Style* allows (17th ed., 13.7 and 13.50–13.62): leave out words for
an ellipsis, put in words in brackets, begin with a capital or not, end with a comma or period of its own, turn double marks into single.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property

from publish.check.words import begins, level_quotes

_JOINER = "\u2060"
_ELLIPSIS = re.compile(r"\[\s*(?:…|\.\.\.)\s*\]|…|\.\.\.")
# What may stand at either end of a piece and not in the source, or the other way round.
_LOOSE = ' \u00a0\n\u2029.,;:"'
_WORD = re.compile(r"[^\s—–]+")
_MARK = re.compile(r"[^\w ]")
_WORDLY = re.compile(r"\w")
# Words in brackets that stand alone were put in, perhaps in the place of a few; letters in brackets change a word.
_REPLACED = r"(?: \S+){0,3}?"
_OUTER_BRACKETS = re.compile(r"^\[[^\]]*\]\s+|\s+\[[^\]]*\]$")
_TOKEN = re.compile(
    r"(?P<alone>\s+\[[^\]]*\](?!\w))|(?P<inside>\[[^\]]*\])|(?P<space>\s+)|(?P<mark>\")|(?P<letter>.)", re.DOTALL
)
# What does not stand in a source as it stands in the quotation.
_OTHER = re.compile(r" ?\[[^\]]*\]| ?\" ?")
_PATTERNS = {"alone": _REPLACED, "inside": r"\w*", "space": " ", "mark": ' ?" ?'}

MOST_WORDS = 8
# So many words on either side of those that agree are looked at too: one that was put in or left out shifts the others.
SLACK = 2


@dataclass(frozen=True)
class Source:
    """A text that is quoted from, as it is printed, with one space wherever there are some."""

    id: str
    shown: str = field(repr=False)

    @cached_property
    def text(self) -> str:
        return level_quotes(self.shown)

    @cached_property
    def words(self) -> list[re.Match[str]]:
        return list(_WORD.finditer(self.shown))

    @cached_property
    def folded(self) -> list[str]:
        return folded(self.words)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(self.folded)

    @cached_property
    def matcher(self) -> SequenceMatcher[str]:
        """Compares words with those of the source, which it keeps in order."""
        return SequenceMatcher(None, (), self.folded, autojunk=False)


def source_of(name: str, words: str) -> Source:
    return Source(name, " ".join(words.replace(_JOINER, "").split()))


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a quotation that stand together in its source.

    `start` is where they begin in the quotation, `sought` what of them is looked for, and `sample` the longest part of that which
    stands in the source as it stands here.
    """

    start: int
    text: str
    sought: str
    sample: str

    @classmethod
    def of(cls, start: int, text: str) -> Piece:
        sought = " ".join(_OUTER_BRACKETS.sub("", level_quotes(text.replace(_JOINER, ""))).split())
        first, *rest = _OTHER.split(sought)
        return cls(start, text, sought, max((first[1:], *rest), key=len))

    def end_in(self, source: Source, after: int = 0) -> int | None:
        """Where the piece ends in its source, if it stands there behind an offset."""
        # A pattern is slow in a long text, and most words that are looked for are not there.
        if self.sample not in source.text:
            return None
        text = self.sought
        if not _OTHER.search(text):
            return _end_of(text, source.text, after)
        parts = [_PATTERNS.get(token.lastgroup or "") or re.escape(token[0]) for token in _TOKEN.finditer(text)]
        if text[:1].isalpha():
            parts[0] = f"(?i:{parts[0]})"
        found = re.compile(rf"(?<!\w){''.join(parts)}(?!\w)").search(source.text, after)
        return found.end() if found else None


def _end_of(words: str, text: str, after: int) -> int | None:
    """Where words end in a text, as whole words; their first letter may be a capital there, or none."""
    ends = (_end_of_same(first + words[1:], text, after) for first in {words[0].lower(), words[0].upper()})
    return min((end for end in ends if end is not None), default=None)


def _end_of_same(words: str, text: str, after: int) -> int | None:
    ends = (start + len(words) for start in begins(words, text, after))
    return next((end for end in ends if not _WORDLY.match(text, end)), None)


@dataclass(frozen=True, slots=True)
class Departure:
    """Where a quotation is no more its source: the offset in the quotation, and what there is to say of it."""

    offset: int
    said: str


def pieces(quoted: str) -> Iterator[Piece]:
    """The pieces of a quotation between its ellipses, without what is loose at their ends."""
    start = 0
    for end, after in [*((gap.start(), gap.end()) for gap in _ELLIPSIS.finditer(quoted)), (len(quoted), len(quoted))]:
        bare = level_quotes(quoted[start:end])
        text = bare.strip(_LOOSE)
        if any(map(str.isalnum, text)):
            begin = start + len(bare) - len(bare.lstrip(_LOOSE))
            yield Piece.of(begin, quoted[begin : begin + len(text)])
        start = after


def departure(quoted: str, source: Source) -> Departure | None:
    """Where the quotation departs from its source; None where it is word for word."""
    piece = missing(pieces(quoted), source)
    return _departure(piece, source) if piece else None


def missing(quoted: Iterable[Piece], source: Source) -> Piece | None:
    """The first piece of a quotation that does not stand in its source behind those ahead of it."""
    at = 0
    for piece in quoted:
        end = piece.end_in(source, at)
        if end is None:
            return piece
        at = end
    return None


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like some words are to those of a source: the share of their letters, and the words, that stand there in the same order."""

    share: float
    words: int


def likeness(quoted: str, source: Source, least: float = 0.0) -> Likeness:
    """How like some words are to those that are most like them, around the longest row of words that both have.

    A likeness that cannot be the `least` share is not worked out, and is none.
    """
    words = folded(list(_WORD.finditer(quoted)))
    letters = len("".join(words))
    if sum(len(word) for word in words if word in source.vocabulary) < least * letters:
        return Likeness(0.0, 0)
    source.matcher.set_seq1(words)
    here, there, _ = source.matcher.find_longest_match()
    window = source.words[max(there - here - SLACK, 0) : there - here + len(words) + SLACK]
    blocks = SequenceMatcher(None, words, folded(window), autojunk=False).get_matching_blocks()
    same = [word for block in blocks for word in words[block.a : block.a + block.size]]
    return Likeness(len("".join(same)) / letters if letters else 0.0, len(same))


def quotations(text: str, opening: str, closing: str) -> Iterator[tuple[int, int]]:
    """Where the words between quotation marks begin and end; of one quotation in another, only the outer."""
    depth = start = 0
    for mark in re.finditer("|".join(map(re.escape, {opening, closing})), text):
        opens = mark[0] == opening and not (depth and opening == closing)
        depth = max(depth + (1 if opens else -1), 0)
        if opens and depth == 1:
            start = mark.end()
        elif not opens and depth == 0 and start:
            yield start, mark.start()
            start = 0


def folded(words: Sequence[re.Match[str]]) -> list[str]:
    """Words as they are compared for likeness: without capitals and marks."""
    return _MARK.sub("", " ".join(word[0] for word in words)).casefold().split(" ") if words else []


def _departure(piece: Piece, source: Source) -> Departure:
    """What the source has where a piece that does not stand in it departs: told by the longest row of words that both have."""
    name = f"“{source.id}”"
    words = list(_WORD.finditer(piece.text))
    if piece.end_in(source) is not None:
        return Departure(
            piece.start, f"{name} has “{_last(piece.text, words)}” before the words that stand ahead of it here"
        )
    source.matcher.set_seq1(folded(words))
    here, there, size = source.matcher.find_longest_match()
    if size < min(len(words), 2):
        said = f"no two of these words stand together in {name}" if len(words) > 1 else f"{name} does not have it"
        return Departure(piece.start, said)
    known, left = words[here : here + size], words[here + size :]
    if left:
        after = source.words[there + size :][: len(left)]
        goes_on = f"goes on “{_first(source.shown, after)}”" if after else "ends there"
        said = f"{name} has “{_last(piece.text, known)}” and {goes_on}"
        return Departure(piece.start + left[0].start(), said)
    if here:
        before = source.words[:there][-here:]
        preceded = f"before it “{_last(source.shown, before)}”" if before else "begins there"
        said = f"{name} has “{_first(piece.text, known)}”, and {preceded}"
        return Departure(piece.start + words[here - 1].start(), said)
    there_too = source.words[there : there + size]
    return Departure(piece.start, f"{name} has the same words with other marks: “{_first(source.shown, there_too)}”")


def _first(text: str, words: Sequence[re.Match[str]]) -> str:
    """The first of some words of a text, as they stand there."""
    return _between(text, words[:MOST_WORDS]) + " …" * (len(words) > MOST_WORDS)


def _last(text: str, words: Sequence[re.Match[str]]) -> str:
    """The last of some words of a text, as they stand there."""
    return "… " * (len(words) > MOST_WORDS) + _between(text, words[-MOST_WORDS:])


def _between(text: str, words: Sequence[re.Match[str]]) -> str:
    return " ".join(text[words[0].start() : words[-1].end()].split()) if words else ""
