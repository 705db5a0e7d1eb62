"""Finding words in running text and putting a node around them, whatever nodes the words are spread over.

A pattern is looked for in the words of a whole block, so that neither an emendation nor an emphasis hides a word's end. What was
found is wrapped if its pieces are neighbours in one node.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from publish.diagnostics import Location
from publish.model import Container, Emendation, Emphasis, Inline, Link, NoteRef, Span, Term, Text
from publish.render.walk import Inlines, with_children, words_of

MASK = "_"  # counts as a letter in patterns, so that no word begins or ends beside masked words by mistake


class Leaf(NamedTuple):
    """An inline without children: where it begins in the block's words, and which node holds it (by number).

    `linked` says that it stands in a link.
    """

    start: int
    end: int
    holder: int
    node: Inline
    closed: bool
    linked: bool


class Find(NamedTuple):
    """Words from `start` to `end` of the block, and what puts a node around them."""

    start: int
    end: int
    wrap: Callable[[Inlines], Inline]


class Words:
    """The words of a block, with what is needed to find a way back from them to the nodes.

    `closed` says of a node that nothing in it may be wrapped; its words are masked in `text`.
    """

    def __init__(self, nodes: Inlines, closed: Callable[[Inline], bool]) -> None:
        self._closed = closed
        self._length = 0
        self._holders = 0
        self._leaves: list[Leaf] = []
        self.spans: list[tuple[int, Span]] = []  # spans outside of closed nodes and links, with their place
        self._texts: list[str] = []
        self._enter(nodes, shut=False, linked=False)
        self._starts = [leaf.start for leaf in self._leaves]
        self.text = "".join(self._texts)

    def _enter(self, nodes: Inlines, *, shut: bool, linked: bool) -> None:
        self._holders += 1
        holder = self._holders
        for node in nodes:
            closed = shut or (not isinstance(node, Text) and self._closed(node))  # most are text, which is open
            if isinstance(node, Container):
                if isinstance(node, Span) and not shut and not linked:
                    self.spans.append((self._length, node))
                self._enter(node.children, shut=closed, linked=linked or isinstance(node, Link))
            else:
                words = words_of(node)
                start, self._length = self._length, self._length + len(words)
                self._leaves.append(Leaf(start, self._length, holder, node, closed, linked))
                self._texts.append(MASK * len(words) if closed else words)

    def fit(self, start: int, end: int) -> tuple[int, int] | None:
        """The range to wrap for the words from `start` to `end`: widened to whole emendations; None if they cannot be wrapped."""
        touched = list(self._touched(start, end))
        if not touched or any(leaf.closed or leaf.holder != touched[0].holder for leaf in touched):
            return None
        if any(isinstance(leaf.node, NoteRef) for leaf in touched):
            return None
        return _widened(start, end, touched)

    def fit_first(self, start: int, end: int) -> tuple[int, int]:
        """The same for as many of the words as stand in one leaf with the first of them."""
        first = next(self._touched(start, end))
        return _widened(start, min(end, first.end), [first])

    def is_in_link(self, start: int, end: int) -> bool:
        """Whether some of these words stand in a link, which can hold no other."""
        return any(leaf.linked for leaf in self._touched(start, end))

    def location(self, start: int) -> Location | None:
        """The source place of the node that holds the words at `start`."""
        node = next(self._touched(start, start + 1)).node
        return node.location if isinstance(node, Text | Emendation) else None

    def _touched(self, start: int, end: int) -> Iterator[Leaf]:
        """The leaves with words in the range, and the wordless ones between them."""
        index = bisect_right(self._starts, start) - 1
        while index < len(self._leaves) and self._leaves[index].start < end:
            if self._leaves[index].end > start:
                yield self._leaves[index]
            index += 1


def _widened(start: int, end: int, touched: list[Leaf]) -> tuple[int, int]:
    first, last = touched[0], touched[-1]
    return (
        first.start if isinstance(first.node, Emendation) else start,
        last.end if isinstance(last.node, Emendation) else end,
    )


class Wrapper:
    """Puts the nodes of `finds` (in order, none over another) around their words.

    `replaced` are spans, by their identity, that give way to another node around the same children.
    """

    def __init__(
        self, finds: Iterable[Find], replaced: Mapping[int, Callable[[Inlines], Inline]] | None = None
    ) -> None:
        self._finds = deque(finds)
        self._replaced = replaced or {}
        self._at = 0

    def wrap(self, nodes: Inlines) -> Inlines:
        if not (self._finds or self._replaced):
            return nodes
        done: list[Inline] = []
        begun: int | None = None
        for piece in self._pieces(nodes):
            if isinstance(piece, Container):
                done.append(self._entered(piece))
                continue
            find = self._finds[0] if self._finds else None
            length = len(words_of(piece))
            if find and begun is None and length and self._at == find.start:
                begun = len(done)
            done.append(piece)
            self._at += length
            if find and begun is not None and self._at >= find.end:
                done[begun:] = [find.wrap(tuple(done[begun:]))]
                self._finds.popleft()
                begun = None
        return tuple(done)

    def _entered(self, node: Emphasis | Span | Link | Term) -> Inline:
        children = self.wrap(node.children)
        other = self._replaced.get(id(node))
        return other(children) if other else with_children(node, children)

    def _pieces(self, nodes: Inlines) -> Iterator[Inline]:
        """The nodes, each text cut where a range begins or ends."""
        for node in nodes:
            if isinstance(node, Text) and self._finds and self._finds[0].start < self._at + len(node.text):
                yield from self._cut(node)
            else:
                yield node

    def _cut(self, node: Text) -> Iterator[Text]:
        begin, rest = self._at, 0
        ends = [place - begin for find in self._finds_until(begin + len(node.text)) for place in (find.start, find.end)]
        for cut in ends:
            if rest < cut < len(node.text):
                yield Text(node.text[rest:cut], node.location)
                rest = cut
        if rest < len(node.text):
            yield Text(node.text[rest:], node.location) if rest else node

    def _finds_until(self, end: int) -> list[Find]:
        near: list[Find] = []
        for find in self._finds:
            if find.start >= end:
                break
            near.append(find)
        return near
