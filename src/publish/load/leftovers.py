"""What is left of a construct that was not understood: signs of Markdown that would be printed, and are certainly no text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

# Stand for what was understood, so that a sign beside it is not one beside a space; the second for what can have attributes.
_NO_TEXT, _DRESSED = "\ufffc", "\x1d"
_CAN_BE_DRESSED = ("image", "code_inline", "link_close", "span_close")


class _Kind(NamedTuple):
    """One kind of leftover: its pattern, the rule that it breaks, what is wrong, how it is mended."""

    pattern: re.Pattern[str]
    rule: str
    message: str
    hint: str


_MARKS = "the marks are {~~old~>new~~}, {++new++}, {--old--}"
_ATTRIBUTES = ("stray-attributes", "attributes stand where nothing takes them, and would be printed")
_ATTRIBUTES_HINT = "write [words]{.class}, or put them on a line of their own before a block"
_LINK = ("stray-link", "a link or a picture is not written as one, and would be printed")
_KINDS = (
    _Kind(
        re.compile(r"\{>>"),
        "emendation-malformed",
        "a reason stands without a mark, or is not closed",
        "a reason follows its mark at once: {~~old~>new~~}{>>reason<<}",
    ),
    _Kind(re.compile(r"\{==|==\}"), "emendation-malformed", "there is no mark for highlighting", _MARKS),
    _Kind(
        re.compile(r"\{(?:~~|\+\+|--)"),
        "emendation-malformed",
        "a mark is not closed",
        "a mark begins and ends in one paragraph, and none stands in another",
    ),
    _Kind(
        re.compile(r"(?:~~|\+\+|--|<<)\}"),
        "emendation-malformed",
        "a mark is closed that was not opened",
        f"{_MARKS}, each with {{>>its reason<<}}",
    ),
    _Kind(
        re.compile(r"\{\s*[.#](?=[^\s.])|\{(?:lang|term|class|id|from|date|index|count)=|(?:\]\s?|\x1d)\{(?![>~+=-])"),
        *_ATTRIBUTES,
        _ATTRIBUTES_HINT,
    ),
    _Kind(re.compile(r"(?m)^\{[^{}\s]+\}$"), *_ATTRIBUTES, "a class has a full stop before it, an id a #: {.class #id}"),
    _Kind(re.compile(r"\]\("), *_LINK, "let no space stand in its address, and no link, note or citation between its [ ]"),
    _Kind(
        re.compile(r"(?<!\])\(\s*#[A-Za-z]"),
        *_LINK,
        "write [words](#id), without a space between the brackets",
    ),
    _Kind(re.compile(r"(?m)^!\[(?![^\]]{0,300}\]\()"), *_LINK, "write ![what it shows](images/name.png)"),
    _Kind(re.compile(r"\]\["), *_LINK, "write [words](address), or define what stands in the second brackets: [name]: address"),
    _Kind(
        re.compile(r"\[-?@[A-Za-z0-9]"),
        "citation-malformed",
        "a citation is not written as one, and would be printed",
        "write [@key, chap. 7], and let no bracket or brace stand in it",
    ),
    _Kind(
        re.compile(r"(?m)^:::"),
        "stray-fence",
        "a fence of colons stands in a paragraph, and would be printed",
        "leave an empty line before it, and none of its kind inside",
    ),
)  # fmt: skip
# Of these one is told in a paragraph: a sign that is left alone has lost its partner, and the next ones have another.
_ALONE = (
    ("*", re.compile(r"(?<=[^\s*])\*+|\*+(?=[^\s*])")),
    ("_", re.compile(r"(?<![\w_])_+(?=[^\s_])|(?<=[^\s_])_+(?![\w_])")),
    ("`", re.compile(r"`+")),
    ("~~", re.compile(r"(?<!\{)~~(?!\})")),
    ("#", re.compile(r"(?m)^#{2,6}(?=[^\s#])")),
)
_MAY_BE_LEFT = re.compile(r"[{}*_`#]|:::|\][(\[ ]|\(\s*#|!\[|\[-?@|~~")
_BRACE = re.compile(r"\{(?!>>|==|~~|\+\+|--)|(?<!<<)(?<!==)(?<!~~)(?<!\+\+)(?<!--)\}")


@dataclass(slots=True)
class _Printed:
    """The text of an inline token as it would be printed, in one piece; `starts` and `places` are the offsets of its parts there and in
    the source."""

    text: str = ""
    starts: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)

    def add(self, text: str, place: int) -> None:
        self.starts.append(len(self.text))
        self.places.append(place)
        self.text += text

    def place(self, offset: int) -> int:
        """Where a sign of the text stands in the source."""
        index = bisect_right(self.starts, offset) - 1
        return self.places[index] + offset - self.starts[index]


def find_leftovers(state: StateCore) -> None:
    """markdown-it's core rule: notes leftovers in `meta["leftovers"]` of each inline token, as (rule, offset, message, hint)."""
    before = None
    for token in state.tokens:
        if token.type == "inline" and _MAY_BE_LEFT.search(token.content):
            in_heading = before is not None and before.type == "heading_open"
            if found := list(_leftovers(token.children or [], in_heading=in_heading)):
                token.meta["leftovers"] = found
        before = token


def _leftovers(tokens: list[Token], *, in_heading: bool = False) -> Iterator[tuple[str, int, str, str]]:
    for token in tokens:
        if token.children:
            inside = _leftovers(token.children)
            at = token.meta.get("at", 0)
            # The words of a picture are counted from their own beginning.
            yield from ((rule, at, *said) for rule, _, *said in inside) if token.type == "image" else inside
    printed = _printed(tokens)
    if not _MAY_BE_LEFT.search(printed.text):  # most of the signs were understood
        return
    for kind in _KINDS:
        for match in kind.pattern.finditer(printed.text):
            yield kind.rule, printed.place(match.start()), kind.message, kind.hint
    yield from _alone(printed)
    if not any(kind.rule == "stray-attributes" and kind.pattern.search(printed.text) for kind in _KINDS):
        yield from _braces(printed, in_heading=in_heading)


def _printed(tokens: list[Token]) -> _Printed:
    printed = _Printed()
    in_mark = False
    for token in tokens:
        in_mark = token.type == "emendation" or (in_mark and token.type != "emendation_end")
        if not in_mark:
            printed.add(_shown(token), token.meta.get("at", 0))
    return printed


def _shown(token: Token) -> str:
    if token.type == "text":
        return token.content
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    return _DRESSED if token.type in _CAN_BE_DRESSED else _NO_TEXT


def _alone(printed: _Printed) -> Iterator[tuple[str, int, str, str]]:
    for sign, pattern in _ALONE:
        if match := pattern.search(printed.text):
            message = f"a {sign} is no sign of Markdown here, and would be printed"
            yield "stray-mark", printed.place(match.start()), message, f"one that is meant as such is written \\{sign}"


def _braces(printed: _Printed, *, in_heading: bool) -> Iterator[tuple[str, int, str, str]]:
    """A brace without its other; in a heading any, for what stands in them is not of its words."""
    opened: list[int] = []
    alone: list[int] = []
    for match in _BRACE.finditer(printed.text):
        if match[0] == "{":
            opened.append(match.start())
        elif not opened or in_heading:
            alone.append(match.start())
        else:
            opened.pop()
    if left := sorted(opened + alone):
        hint = r"write [words]{.class}, ## Heading {#id}; one that is meant as such is written \{"
        what = "braces stand in a heading" if in_heading else "a brace stands alone"
        yield "stray-attributes", printed.place(left[0]), f"{what}, and would be printed", hint
