"""Emendations in CriticMarkup, as a rule of markdown-it's inline parser.

    {~~Kameney~>Kamenev~~}{>>Misprint.<<}     {++the++}{>>…<<}     {--the--}{>>…<<}     {--¶--}{>>…<<}

What stands in a mark is text, not Markdown; a reason is inline Markdown. The added words go through the parser as an ordinary text
token between two tokens of no width, so that the quotation marks around and in them are set as if there were no mark.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

Kind = Literal["replace", "add", "strike", "join"]

_MARKS: dict[str, tuple[Kind, str]] = {
    "{~~": ("replace", "~~}"),
    "{++": ("add", "++}"),
    "{--": ("strike", "--}"),
}
_ANY_OPENING = re.compile(r"\{(?:~~|\+\+|--|>>|==)")
_LINE_END = re.compile(r"[ \t]*\n[ \t]*")
_SPACE = re.compile(r"\s*")
_MARKUP = re.compile(r"[*_`\[<&\\{]")


class Mark(NamedTuple):
    """A mark as it stands in the source: `end` is the offset after its reason, `reason` where that begins and ends.

    `added_at` is the offset of the added words. `wrong` says what is malformed, with a hint.
    """

    kind: Kind
    removed: str
    added: str
    added_at: int
    end: int
    reason: tuple[int, int] | None
    wrong: tuple[str, str] | None

    @property
    def words(self) -> str:
        """The words by which what stands beside the mark is judged: those to be read, or those that were struck."""
        return (self.added or self.removed).strip()


def read_mark(source: str, start: int, end: int) -> Mark | None:
    """The mark that begins at an offset; None if none does, or if it is not closed before `end` or before the next mark."""
    if source[start : start + 3] not in _MARKS:
        return None
    kind, closing = _MARKS[source[start : start + 3]]
    close = source.find(closing, start + 3, end)
    if close < 0 or _ANY_OPENING.search(source, start + 3, close):
        return None
    reason = _reason(source, close + 3, end)
    removed, added, added_at = _sides(kind, source[start + 3 : close], start + 3)
    wrong = _what_is_wrong(kind, source[start + 3 : close], removed, added)
    if reason and reason[0] != close + 6:
        wrong = wrong or ("there is a space between a mark and its reason", "the reason follows the mark at once")
    if kind == "strike" and removed.strip() == "¶":
        kind, removed = "join", ""
    return Mark(kind, removed, added, added_at, reason[1] + 3 if reason else close + 3, reason, wrong)


def _reason(source: str, after: int, end: int) -> tuple[int, int] | None:
    """Where the words of a reason begin and end that follows a mark, be it after a space."""
    space = _SPACE.match(source, after, end)
    begin = space.end() if space else after
    if not source.startswith("{>>", begin):
        return None
    close = source.find("<<}", begin + 3, end)
    if close < 0 or source.find("{>>", begin + 3, close) >= 0:
        return None
    return begin + 3, close


def _sides(kind: Kind, body: str, at: int) -> tuple[str, str, int]:
    """What is removed, what is added, and where that stands."""
    if kind == "add":
        return "", _LINE_END.sub(" ", body), at
    removed, arrow, added = body.partition("~>") if kind == "replace" else (body, "", "")
    return _LINE_END.sub(" ", removed), _LINE_END.sub(" ", added), at + len(removed) + len(arrow)


def _what_is_wrong(kind: Kind, body: str, removed: str, added: str) -> tuple[str, str] | None:
    """What is malformed in a mark, and a hint; the first of them, for one leads to the next."""
    replace = kind == "replace"
    break_among_words = "¶" in added or ("¶" in removed and removed.strip() != "¶")
    cases = (
        (not body, "a mark is empty", "delete it"),
        (replace and "~>" not in body, "a replacement has no ~>", "write {~~what the witness has~>what is read~~}"),
        (replace and not added, "a replacement puts nothing in the place of the words", f"write {{--{removed}--}}"),
        (replace and not removed, "a replacement takes nothing away", f"write {{++{added}++}}"),
        (replace and removed == added, "a replacement changes nothing", "delete it"),
        (break_among_words, "a paragraph mark stands among words", "{--¶--} removes a break; nothing can add one"),
    )
    return next(((message, hint) for found, message, hint in cases if found), None)


def emendation_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the signature is markdown-it's
    """markdown-it's inline rule: reads a mark and its reason at the state's position."""
    mark = read_mark(state.src, state.pos, state.posMax)
    if mark is None:
        return False
    if not silent:
        _push(state, mark)
    state.pos = mark.end
    return True


def _push(state: StateInline, mark: Mark) -> None:
    start = state.pos
    token = state.push("emendation", "", 0)
    token.meta["mark"] = mark
    token.children = _reason_tokens(state, mark)
    if mark.added:
        state.pos = mark.added_at
        state.push("text", "", 0).content = mark.added
        if _MARKUP.search(mark.added) and _is_markup(state.md, mark.added):
            token.meta["markup"] = True
    state.push("emendation_end", "", 0)
    ends = getattr(state, "mark_ends", None)
    if ends is not None:
        ends[mark.end] = (start, mark.words)


def _reason_tokens(state: StateInline, mark: Mark) -> list[Token]:
    tokens: list[Token] = []
    if mark.reason:
        begin, end = mark.reason
        state.md.inline.parse(state.src[begin:end], state.md, state.env, tokens)
        for token in tokens:
            token.meta["at"] = token.meta.get("at", 0) + begin
    return tokens


def _is_markup(md: MarkdownIt, words: str) -> bool:
    """Whether the words of a mark would be more than text if they were read as Markdown."""
    tokens: list[Token] = []
    md.inline.parse(words, md, {}, tokens)
    return any(token.type != "text" for token in tokens)


def gather_marks(state: StateCore) -> None:
    """markdown-it's core rule, after the quotation marks are set: folds each mark and its added words into one token."""
    for inline in state.tokens:
        if inline.type == "inline" and "{" in inline.content:
            inline.children = _gathered(inline.children or [])


def _gathered(tokens: list[Token]) -> list[Token]:
    gathered: list[Token] = []
    for token in tokens:
        if token.children:
            token.children = _gathered(token.children)
        if token.type == "emendation_end":
            added = gathered.pop() if gathered[-1].type == "text" else None
            gathered[-1].meta["added"] = added.content if added else ""
        else:
            gathered.append(token)
    return gathered
