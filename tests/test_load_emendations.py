"""Emendations: CriticMarkup is read wherever words can stand, and undoing all of them gives the witness."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from load_sample import block, body, inlines, read, words
from publish.load.emendations import read_mark
from publish.model import Emendation, Emphasis, Inline, Paragraph, Text


def test_the_four_marks() -> None:
    text = "a {~~b~>c~~}{>>r<<} {++d++}{>>r<<} {--e--}{>>r<<}, and{--¶--}{>>r<<} f"
    assert words(text, witness=True) == (
        "a <emendation-p-c replace [b] [c] r> <emendation-p-d add [] [d] r> <emendation-p-e strike [e] [] r>, "
        "and<emendation-p-e-and join [] [] r> f"
    )


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("a{~~ — ~>—~~}{>>r<<}b", "a<emendation-p-a replace [ — ] [—] r>b"),
        ("*{~~a~>b~~}{>>r<<}*s", "<i:<emendation-p-b replace [a] [b] r>>s"),
        ("x*{++a++}{>>r<<}*y", "x<i:<emendation-p-a add [] [a] r>>y"),
        ("*a {--b--}{>>r<<}*.", "<i:a <emendation-p-b strike [b] [] r>>."),
        ("(*{--b--}{>>r<<}*)", "(<i:<emendation-p-b strike [b] [] r>>)"),
        ("[a {++b++}{>>r<<}](#c)", "<to #c:a <emendation-p-b add [] [b] r>>"),
        ("[{++b]++}{>>r<<}]{.abbr}", "<.abbr:<emendation-p-b add [] [b]] r>>"),
        ("{++[The Title]++}{>>r<<}", "<emendation-p-the-title add [] [[The Title]] r>"),
        ('"{~~a~>b~~}{>>r<<}" c', "“<emendation-p-b replace [a] [b] r>” c"),
        ('"a{++"++}{>>r<<} b', "“a<emendation-p-a add [] [”] r> b"),
        ("it{++'++}{>>r<<}s", "it<emendation-p-it add [] [’] r>s"),
        ('{~~"a~>a~~}{>>a "b" *c* \'d\'<<}', '<emendation-p-a replace ["a] [a] a “b” <i:c> ‘d’>'),
        ("{~~a\nb~>c\n d~~}{>>r\ns<<}", "<emendation-p-c-d replace [a b] [c d] r s>"),
        ("`{++a++}{>>r<<}`", "<code:{++a++}{>>r<<}>"),
        ("\\{++a", "{++a"),
    ],
)
def test_marks_stand_wherever_words_do(typed: str, read_as: str) -> None:
    page = body(typed, witness=True)
    assert page.found == []
    assert words(typed, witness=True) == read_as


def test_marks_in_titles_headings_and_cells_are_counted_in_order() -> None:
    page = read("# {++T++}{>>r<<}\n\n## {++H++}{>>r<<} {#h}\n\n|a|\n|-|\n|{--c--}{>>r<<}|\n", witness=True)
    assert page.found == []
    assert inlines(page.title) == "<emendation-p-t add [] [T] r>"
    assert block(page.blocks[0]) == "h2#h <emendation-p-h add [] [H] r>"
    assert "emendation-p-c" in str(block(page.blocks[1]))


def test_the_places_of_a_mark_and_of_its_reason() -> None:
    paragraph = body("word\nab {~~c~>d~~}{>>why *so*<<}", witness=True).blocks[0]
    assert isinstance(paragraph, Paragraph)
    mark = paragraph.children[2]
    assert isinstance(mark, Emendation)
    assert (mark.location.line, mark.location.column) == (4, 4)
    text, emphasis = mark.reason
    assert isinstance(text, Text)
    assert isinstance(emphasis, Emphasis)
    assert (text.location.line, text.location.column) == (4, 17)
    assert emphasis.children[0].location.column == 22  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("typed", "rule", "column"),
    [
        ("a {++b++}", "emendation-without-reason", 3),
        ("a {++b++}{>><<}", "emendation-without-reason", 3),
        ("a {++++}{>>r<<}", "emendation-malformed", 3),
        ("a {~~b~~}{>>r<<}", "emendation-malformed", 3),
        ("a {~~b~>~~}{>>r<<}", "emendation-malformed", 3),
        ("a {~~~>b~~}{>>r<<}", "emendation-malformed", 3),
        ("a {~~b~>b~~}{>>r<<}", "emendation-malformed", 3),
        ("a {++¶++}{>>r<<}", "emendation-malformed", 3),
        ("a {--b ¶--}{>>r<<}", "emendation-malformed", 3),
        ("a {++b++} {>>r<<}", "emendation-malformed", 3),
        ("a {++*b*++}{>>r<<}", "emendation-malformed", 3),
        ("a {>>r", "emendation-malformed", 3),
        ("a {++b", "emendation-malformed", 3),
        ("a ++}", "emendation-malformed", 3),
        ("a {==b", "emendation-malformed", 3),
    ],
)
def test_a_malformed_mark_is_told_at_its_place(typed: str, rule: str, column: int) -> None:
    found = body(typed, witness=True).found
    assert [(one.rule, one.location.line, one.location.column) for one in found] == [(rule, 3, column)]


@pytest.mark.parametrize(
    "typed", ["a {>>alone<<}", "a {++b\n\nc++}{>>r<<}", "{++a {++b++}{>>r<<}", "{++a++}{>>r {++b++}{>>s<<}<<}"]
)
def test_marks_that_do_not_close_are_not_taken_for_text(typed: str) -> None:
    assert "emendation-malformed" in body(typed, witness=True).rules


def test_a_mark_needs_a_witness() -> None:
    assert body("{++a++}{>>r<<}").rules == ["emendation-without-witness"]
    assert body("x[^a]\n\n[^a]: {++a++}{>>r<<}", witness=True).rules == ["emendation-without-witness"]


def test_a_mark_ends_where_its_reason_ends() -> None:
    source = "{~~a~>b~~}{>>r<<} c"
    mark = read_mark(source, 0, len(source))
    assert mark is not None
    assert (source[mark.end :], mark.reason, mark.added_at) == (" c", (13, 14), 6)


# Words and marks without anything that Markdown reads, and without quotation marks, which are set.
PLAIN = st.text("abcdé .,;—()", min_size=1, max_size=12).filter(lambda text: text.strip())
PIECE = st.one_of(
    PLAIN.map(lambda text: (text, text, text)),
    st.tuples(PLAIN, PLAIN)
    .filter(lambda both: both[0] != both[1])
    .map(lambda both: (f"{{~~{both[0]}~>{both[1]}~~}}{{>>r<<}}", both[0], both[1])),
    PLAIN.map(lambda text: (f"{{++{text}++}}{{>>r<<}}", "", text)),
    PLAIN.map(lambda text: (f"{{--{text}--}}{{>>r<<}}", text, "")),
)


def joined(inline: Iterable[Inline], *, accepted: bool) -> str:
    return "".join(
        (one.added if accepted else one.removed) if isinstance(one, Emendation) else getattr(one, "text", "")
        for one in inline
    )


@given(st.lists(PIECE, max_size=12))
@settings(deadline=None)
def test_accepting_and_rejecting_give_the_two_texts(pieces: list[tuple[str, str, str]]) -> None:
    source = "x" + "".join(piece[0] for piece in pieces) + "x"
    page = body(source, witness=True)
    assert page.found == []
    paragraph = page.blocks[0]
    assert isinstance(paragraph, Paragraph)
    assert joined(paragraph.children, accepted=False) == "x" + "".join(piece[1] for piece in pieces) + "x"
    assert joined(paragraph.children, accepted=True) == "x" + "".join(piece[2] for piece in pieces) + "x"
