"""The Markdown of a book: CommonMark with tables, notes, citations, attributes, fenced containers, and emendations, read by markdown-it.

Raw HTML is recognised, so that it can be refused where it stands. Link targets are let through as they were typed; `inlines` judges them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.attrs.parse import ParseError
from mdit_py_plugins.attrs.parse import parse as parse_attributes
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_ref

from publish.languages import quotes_of
from publish.load.citations import citation_rule
from publish.load.emendations import emendation_rule, gather_marks
from publish.load.leftovers import find_leftovers
from publish.load.limits import limit_rule
from publish.load.located import LocatedInline
from publish.load.quotes import set_quotes
from publish.model import STANDARD, Limits

# Beyond this markdown-it drops what is nested deeper; but not emphasis, which is cut here.
DEEPEST = 100
_LONGEST_SLUG = 200


@dataclass(slots=True)
class Node:
    """A token with what it encloses; `type` is that of the token, without the word that it opens something."""

    token: Token
    type: str
    children: list[Node] = field(default_factory=list)


def nest(tokens: list[Token]) -> list[Node]:
    """The tree of a flat list of tokens."""
    roots: list[Node] = []
    stack: list[list[Node]] = [roots]
    for token in tokens:
        if token.nesting < 0:
            stack.pop()
            continue
        node = Node(token, token.type.removesuffix("_open"))
        stack[-1].append(node)
        if token.nesting > 0:
            stack.append(node.children)
    return roots


def make_parser(language: str, limits: Limits = STANDARD) -> MarkdownIt:
    """A parser that sets the quotation marks of a language (a BCP 47 tag), and reads nothing that is too large."""
    md = MarkdownIt("commonmark")
    md.inline = LocatedInline()
    md.configure("commonmark", {"quotes": quotes_of(language), "maxNesting": DEEPEST, "store_labels": True})
    md.enable(["table", "keep_starts"])
    md.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
    md.use(attrs_plugin, after=("image", "code_inline", "link_close", "span_close"), spans=True)
    md.use(attrs_block_plugin)
    md.block.ruler.at("attr", _attribute_line)
    md.use(container_plugin, "division", validate=lambda *_: True)
    md.inline.ruler.before("escape", "emendation", emendation_rule)
    md.inline.ruler.before("link", "citation", citation_rule)
    md.inline.ruler.at("footnote_ref", _note_call)
    md.core.ruler.before("inline", "limits", limit_rule(limits))
    md.core.ruler.before("inline", "heading_attributes", _heading_attributes)
    md.core.ruler.before("text_join", "leftovers", find_leftovers)
    md.core.ruler.before("text_join", "depth", _cut_depth)
    md.core.ruler.before("text_join", "quotes", set_quotes)
    md.core.ruler.before("text_join", "gather_marks", gather_marks)
    md.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005 - the name is markdown-it's
    md.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return md


def _note_call(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """The call of a note. The plugin's own rule looks for its end as far as the paragraph goes, at each of its beginnings."""
    if not state.src.startswith("[^", state.pos):
        return False
    end = min(state.posMax, state.pos + _LONGEST_SLUG)
    return state.src.find("]", state.pos, end) > 0 and footnote_ref(state, silent, always_match=True)


def _attribute_line(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """A line of attributes for the block under it.

    The plugin's own rule takes any line that begins and ends with a brace, and loses the words between.
    """
    if state.is_code_block(start):
        return False
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]].rstrip()
    if not line.startswith("{") or line.find("}") != len(line) - 1:
        return False
    try:
        _, attributes = parse_attributes(line)
    except ParseError:
        return False
    if not silent:
        token = state.push("attrs_block", "", 0)
        token.attrs = dict(attributes)
        token.map = [start, start + 1]
        state.line = start + 1
    return True


def _heading_attributes(state: StateCore) -> None:
    """Takes the braces at the end of a heading's line, which no plugin reads, off its words and onto its token."""
    for heading, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if heading.type == "heading_open" and inline.content.endswith("}"):
            begin = inline.content.rfind("{")
            if begin > 0 and not inline.content[begin - 1].isspace():
                continue
            try:
                end, attributes = parse_attributes(inline.content[begin:])
            except ParseError:
                continue
            if begin + end == len(inline.content) - 1:
                heading.attrs.update(attributes)
                inline.content = inline.content[:begin].rstrip()


def _cut_depth(state: StateCore) -> None:
    """Takes the words out of an inline token that nests them deeper than their readers can follow, and notes that as a leftover."""
    for inline in state.tokens:
        deepest = next((token for token in inline.children or [] if token.level >= DEEPEST), None)
        if deepest:
            message = f"this is nested more than {DEEPEST - 1} levels deep"
            inline.meta["leftovers"] = [("bad-value", deepest.meta.get("at", 0), message, "")]
            inline.children = []
