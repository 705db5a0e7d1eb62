"""markdown-it's inline parser, made to note where each token begins, and to look through emendations at the words around them.

markdown-it gives lines to block tokens alone. Here every inline token has `meta["at"]`: its offset in the inline content.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType

from publish.load.emendations import read_mark


class LocatedState(StateInline):
    """The state of the inline parser. `mark_ends` has the emendations that were read: end → (start, words)."""

    def __init__(self, src: str, md: MarkdownIt, env: EnvType, outTokens: list[Token]) -> None:  # noqa: N803 - the base's
        super().__init__(src, md, env, outTokens)
        self.pending_start: int | None = None
        self.mark_ends: dict[int, tuple[int, str]] = {}
        self.starts: list[tuple[Token, int]] = []

    def append_pending(self, text: str) -> None:
        if self.pending_start is None:
            self.pending_start = self.pos
        super().append_pending(text)

    def pushPending(self) -> Token:  # noqa: N802 - the base's
        token = super().pushPending()
        start = self.pos - len(token.content) if self.pending_start is None else self.pending_start
        self.starts.append((token, start))
        self.pending_start = None
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        self.pending_start = None
        # The rules for links and spans have gone past the bracket already.
        bracket = ttype in ("link_open", "span_open") and self.src[self.pos - 1 : self.pos] == "["
        self.starts.append((token, self.pos - bracket))
        return token

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: FBT001, N802, N803 - the base's
        """Whether a run of * or _ can open or close emphasis: told by the words of the marks around it, not by their braces."""
        after = start
        while after < self.posMax and self.src[after] == self.src[start]:
            after += 1
        if not (start in self.mark_ends or self.src.startswith("{", after)):
            return super().scanDelims(start, canSplitWord)
        source, maximum = self.src, self.posMax
        # A run that a mark without words separates from the next is still a run of its own: a stop stands for what follows.
        follows = self._sign_after(after)
        self.src = self._sign_before(start) + source[start:after] + ("." if follows == source[start] else follows)
        self.posMax = len(self.src)
        try:
            return super().scanDelims(1, canSplitWord)
        finally:
            self.src, self.posMax = source, maximum

    def _sign_before(self, offset: int) -> str:
        while offset in self.mark_ends:
            offset, words = self.mark_ends[offset]
            if words:
                return words[-1]
        return self.src[offset - 1] if offset else " "

    def _sign_after(self, offset: int) -> str:
        while mark := read_mark(self.src, offset, self.posMax):
            if mark.words:
                return mark.words[0]
            offset = mark.end
        return self.src[offset] if offset < self.posMax else " "


class LocatedInline(ParserInline):
    """markdown-it's inline parser with that state."""

    def __init__(self) -> None:
        super().__init__()
        self.ruler2.before("fragments_join", "keep_starts", _keep_starts)

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = LocatedState(src, md, env, tokens)
        self.tokenize(state)
        # Only now: some rules give their token a meta of their own.
        for token, start in state.starts:
            token.meta["at"] = start
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _keep_starts(state: StateInline) -> None:
    """Gives each piece of a text the start of the first: markdown-it joins them into the last one's token."""
    for before, token in pairwise(state.tokens):
        if before.type == token.type == "text" and before.content:
            token.meta["at"] = before.meta["at"]
