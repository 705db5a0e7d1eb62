"""Markdown becomes the model: words, blocks, notes, ids, places, quotation marks; and what is wrong in it is said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from load_sample import block, blocks, body, inlines, read, words
from publish.languages import QUOTES
from publish.load.attributes import CLASSES
from publish.model import Emphasis, Figure, Heading, Link, NoteRef, Paragraph, Quotation, Span, Text

PAGE = """\
# The *Garden*

[WHEN]{.lead-in} the "lamps" are
out.[^one]

## First watch {#first}

> Quoted [*mot* juste]{lang=fr}
> here.

- one
- two

::: epigraph
A [link](#first), a [page](https://example.org/x) and [](#first).
:::

| Bed | Plants |
|:----|-------:|
| N   | `120`  |

![A pond](images/pond.png "The *pond*")

***

## Second watch

7. seven
8. eight

[^one]: Note with "quotes".

    And a second paragraph.
"""


def test_a_page_becomes_the_model() -> None:
    page = read(PAGE)
    assert page.found == []
    assert inlines(page.title) == "The <i:Garden>"
    assert blocks(page.blocks) == [
        "p#p-p-when-the-lamps-are <.lead-in:WHEN> the “lamps” are out.<note one>",
        "h2#first First watch",
        ("quotation", ["p#p-p-quoted-mot-juste-here Quoted <lang=fr:<i:mot> juste> here."]),
        ("list", [["p#p-p-one one"], ["p#p-p-two two"]]),
        ("epigraph", ["p#p-p-a-link-a-page A <to #first:link>, a <to https://example.org/x:page> and <to #first:>."]),
        ("table", [["p-c-bed Bedleft", "p-c-plants Plantsright"], ["p-c-n Nleft", "p-c-120 <code:120>right"]]),
        "figure#p-f-pond <image images/pond.png:A pond> The <i:pond>",
        "rule",
        "h2#p-second-watch Second watch",
        ("list from 7", [["p#p-p-seven seven"], ["p#p-p-eight eight"]]),
    ]
    assert [(note.slug, note.number, blocks(note.blocks)) for note in page.notes] == [
        (
            "one",
            1,
            [
                "p#note-p-one-p-note-with-quotes Note with “quotes”.",
                "p#note-p-one-p-and-a-second-paragraph And a second paragraph.",
            ],
        )
    ]


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("[the Buro]{term=political-buro}", "<term=political-buro:the Buro>"),
        ("[Lenin]{.noterm} [x]{#name .smallcaps}", "<.noterm:Lenin> <.smallcaps #name:x>"),
        ("[a](#b){.nobreak}", "<.nobreak:<to #b:a>>"),
        ("**strong** and *weak*", "<b:strong> and <i:weak>"),
        ("a\\\nb  \nc", "a<br>b<br>c"),
        ("*a*\nb\n*c*", "<i:a> b <i:c>"),
        ("&amp; \\* 1 < 2 -- ... (c)", "& * 1 < 2 -- ... (c)"),
        ("[a][b], ![c][d]\n\n[b]: #e\n[d]: f.png", "<to #e:a>, <image f.png:c>"),
        ("<me@example.org>", "<to mailto:me@example.org:me@example.org>"),
    ],
)
def test_inlines(typed: str, read_as: str) -> None:
    assert words(typed) == read_as


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("::: verse\na\nb\n:::", ("verse", ["p#p-p-a-b a<br>b"])),
        ("{.dateline}\n18 June", ("dateline", ["p#p-p-18-june 18 June"])),
        ("{#here}\nwords", "p#here words"),
        ("::: {.letter #l lang=de}\nx\n:::", ("letter #l lang=de", ["p#p-p-x x"])),
        ("![x](images/a.png){#map}", "figure#map <image images/a.png:x> "),
        ("```\na *b*\n```", "code#p-code-a-b a *b*\n"),
    ],
)
def test_blocks(typed: str, read_as: object) -> None:
    page = body(typed)
    assert page.found == []
    assert block(page.blocks[0]) == read_as


def test_a_heading_without_an_id_gets_one_of_its_words() -> None:
    page = body("## Große Œuvre!\n\n## Große Œuvre!\n\n## Заря\n\n## [x]{.smallcaps}")
    assert [node.id for node in page.blocks if isinstance(node, Heading)] == [
        "p-grosse-uvre", "p-grosse-uvre-2", "p-f4f6e5db", "p-x",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "typed", "set_as"),
    [
        ("en-GB", "\"a 'b' c\" it's", "“a ‘b’ c” it’s"),
        ("de", "\"a 'b' c\" geht's", "„a ‚b‘ c“ geht’s"),
        ("de-CH", '"a"', "«a»"),
        ("fr", '"a"', "«\u00a0a\u00a0»"),
        ("pl", '"a"', "„a”"),
        ("ru", "\"a 'b'\"", "«a „b“»"),
        ("x-klingon", '"a"', "“a”"),
        ("en", "'tis the rock 'n' roll of '37", "’tis the rock ‘n’ roll of ’37"),
        ("en", '"The first of many paragraphs', "“The first of many paragraphs"),
        ("en", '*"a*" (b"', "<i:“a>” (b”"),
        ("en", 'a 12" pipe, \\"so\\" — "so"[^n]', 'a 12" pipe, "so" — “so”<note n>'),
        ("en", "“kept” ‘as typed’", "“kept” ‘as typed’"),
    ],
)
def test_quotation_marks_of_the_language(language: str, typed: str, set_as: str) -> None:
    assert words(typed, language) == set_as


def test_every_language_has_four_marks() -> None:
    assert all(len(marks) == 4 and all(marks) for marks in QUOTES.values())


# ----------------------------------------------------------------------------------------------------------------- places


def place(node: object) -> tuple[int, int]:
    location = node.location  # type: ignore[attr-defined]
    return location.line, location.column


def test_each_line_of_a_paragraph_is_a_text_with_its_place() -> None:
    paragraph = body("one *two*\nthree\n\n").blocks[0]
    assert isinstance(paragraph, Paragraph)
    first, emphasis, space, second = paragraph.children
    assert isinstance(emphasis, Emphasis)
    assert [place(first), place(emphasis.children[0]), place(space), place(second)] == [(3, 1), (3, 6), (3, 10), (4, 1)]


def test_words_have_their_place_in_every_block() -> None:
    page = body(
        "> a\n> [b]{.abbr} [c](#d)\n\n1. x\n   [y]{.abbr}[^n]\n\n## Head [z]{.abbr} {#id}\n\n[^n]: N [o]{.abbr}"
    )
    quotation, numbered, heading = page.blocks
    assert isinstance(quotation, Quotation)
    assert isinstance(heading, Heading)
    quoted = quotation.blocks[0].children  # type: ignore[union-attr]
    spans = [one for one in quoted if isinstance(one, Span | Link)]
    assert [place(one) for one in spans] == [(4, 3), (4, 14)]
    item = numbered.items[0][0].children  # type: ignore[union-attr]
    assert [place(one) for one in item if isinstance(one, Span | NoteRef)] == [(7, 4), (7, 14)]
    assert place(heading.children[1]) == (9, 9)
    assert place(page.notes[0]) == (11, 1)
    assert place(page.notes[0].blocks[0].children[1]) == (11, 9)  # type: ignore[union-attr]


def test_equal_cells_have_their_own_places() -> None:
    table = body("| [a]{.abbr} | [a]{.abbr} |\n|---|---|\n| x\\|y | [z]{.abbr} |").blocks[0]
    cells = [cell for row in (table.header, *table.rows) for cell in row]  # type: ignore[union-attr]
    spans = [one for cell in cells for one in cell.children if isinstance(one, Span)]
    assert [place(one) for one in spans] == [(3, 3), (3, 16), (5, 10)]


def test_a_place_is_right_after_an_escape_and_an_entity() -> None:
    paragraph = body("a \\* &amp; [b]{.abbr}").blocks[0]
    assert isinstance(paragraph, Paragraph)
    assert place(paragraph.children[1]) == (3, 12)


# --------------------------------------------------------------------------------------------------------------- problems

WRONG = [
    ("", "no-title", (1, 0)),
    ("words\n\n# T", "no-title", (1, 1)),
    ("# T\n\n# U", "second-title", (3, 1)),
    ("# T {#t}", "unknown-attribute", (1, 1)),
    ("# T\n\n### U", "heading-skipped", (3, 1)),
    ("# T\n\na <b>b</b>", "raw-html", (3, 3)),
    ("# T\n\n<div>\nx\n</div>", "raw-html", (3, 1)),
    ("# T\n\n<!-- x -->", "raw-html", (3, 1)),
    ("# T\n\na [b](javascript:alert(1))", "bad-link", (3, 3)),
    ("# T\n\na [b](essay.md)", "bad-link", (3, 3)),
    ("# T\n\na [b](file:///etc/passwd)", "bad-link", (3, 3)),
    ("# T\n\n[](https://example.org)", "bad-link", (3, 1)),
    ("# T\n\n[a](#)", "bad-link", (3, 1)),
    ('# T\n\n[a](#b "c")', "unknown-attribute", (3, 1)),
    ("# T\n\na [b]{.leadin}", "unknown-class", (3, 3)),
    ("# T\n\na [b]{.epigraph}", "unknown-class", (3, 3)),
    ("# T\n\n::: noterm\nx\n:::", "unknown-class", (3, 1)),
    ("# T\n\na [b]{style=red}", "unknown-attribute", (3, 3)),
    ("# T\n\na [b]{onclick=x}", "unknown-attribute", (3, 3)),
    ("# T\n\na [b]{lang=english}", "bad-language", (3, 3)),
    ("# T\n\na [b]{#9}", "bad-value", (3, 3)),
    ("# T\n\na [b]{#page-3}", "bad-value", (3, 3)),
    ("# T\n\n::: epigraph {#a *}\nx\n:::", "bad-value", (3, 1)),
    ("# T\n\n[b]{#b}\n[c]{#b}", "duplicate-id", (4, 1)),
    ("# T\n\na {.dateline}", "stray-attributes", (3, 3)),
    ("# T\n\n{.x} words {y}", "stray-attributes", (3, 1)),
    ("# T\n\n::: epigraph\nx", "stray-fence", (3, 1)),
    ("# T\n\nx\n\n:::", "stray-fence", (5, 1)),
    ("# T\n\n![](images/x.png)", "image-no-alternative", (3, 1)),
    ("# T\n\n|a|b|\n|-|-|\n|c|d|e|", "table-row", (5, 1)),
    ("# T\n\na[^b]", "note-undefined", (3, 2)),
    ("# T\n\na[^b]\n\n[^b]:", "note-undefined", (5, 1)),
    ("# T\n\na\n\n[^b]: c", "note-uncalled", (5, 1)),
    ("# T\n\na[^b] c[^b]\n\n[^b]: d", "note-called-twice", (3, 8)),
    ("# T\n\na[^b]\n\n[^b]: c\n[^b]: d", "note-defined-twice", (6, 1)),
    ("# T\n\na[^b]\n\n[^b]: c [^d]", "note-misplaced", (5, 9)),
    ("# T\n\na\n\n[b]: Lost.", "unused-link", (5, 0)),
    ("# T\n\n[b]\n\n[b]: https://example.org\n[B]: #c", "unused-link", (6, 0)),
    ("# T\n\n" + ">" * 150 + "a", "bad-value", (3, 1)),
]


@pytest.mark.parametrize(("text", "rule", "where"), WRONG)
def test_a_mistake_is_told_at_its_place(text: str, rule: str, where: tuple[int, int]) -> None:
    assert [(one.rule, (one.location.line, one.location.column)) for one in read(text).found] == [(rule, where)]


def test_a_hint_names_what_was_meant() -> None:
    assert body("[b]{.leadin}").found[0].hint == "did you mean “lead-in”?"
    assert body("a[^genrals]\n\n[^generals]: x").found[0].hint == "did you mean “generals”?"
    assert body("[a](essay.md)").found[0].hint == "link to an id: (#essay)"


def test_the_classes_are_those_of_the_manual() -> None:
    assert set(CLASSES.values()) == {"span", "block"}
    for name, on in CLASSES.items():
        page = body(f"[x]{{.{name}}}" if on == "span" else f"::: {name}\nx\n:::")
        assert page.found == []


FRAGMENTS = [
    "# T\n", "\n", "\n\n", " ", "    ", "\t", "> ", "- ", "1. ", "::: ", ":::\n", "epigraph", "verse", "{.dateline}", "{#a}", "{", "}",
    "[", "]", "(", ")", "[^a]", "[^a]: ", "*", "**", "_", "`", "```\n", "|", "|---|---|\n", "| a | b |\n", "{~~", "~>", "~~}", "{++",
    "++}", "{--", "--}", "{>>", "<<}", "¶", '"', "'", "a", "b c", "é", "<b>", "<div>\n", "<!--", "-->", "![", "](x.png)", "](#a)",
    "\\", "&amp;", "---\n", "===\n", "\u2028", "%", "lang=de", "## ", "[a]: /u\n", "\x00", "\U0001f600",
]  # fmt: skip


@given(text=st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join), witness=st.booleans())
@settings(deadline=None, max_examples=300)
def test_no_text_breaks_the_reader(text: str, *, witness: bool) -> None:
    page = read(text, witness=witness)
    lines = text.split("\n")
    for one in page.found:
        assert 0 <= one.location.line <= len(lines) + 1


@given(st.text(max_size=60))
@settings(deadline=None)
def test_nothing_at_all_breaks_the_reader(text: str) -> None:
    read(text)


@given(st.lists(st.text("abcdefé", min_size=1, max_size=8), min_size=1, max_size=30), st.integers(1, 9))
@settings(deadline=None)
def test_words_come_through_as_they_are(typed: list[str], width: int) -> None:
    text = "\n".join(" ".join(typed[i : i + width]) for i in range(0, len(typed), width))
    paragraph = body(text).blocks[0]
    assert isinstance(paragraph, Paragraph)
    assert "".join(one.text for one in paragraph.children if isinstance(one, Text)) == " ".join(typed)
    assert [one.location.line for one in paragraph.children if isinstance(one, Text)] == list(
        range(3, 3 + len(text.split("\n")))
    )


def test_figures_hold_their_caption() -> None:
    figure = body("![x](images/a.png \"Say 'so'\")").blocks[0]
    assert isinstance(figure, Figure)
    assert inlines(figure.caption) == "Say ‘so’"
