"""Words that are quoted: whether they stand in their source, and where they depart from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from load_sample import body
from publish.check.quoting import MOST_WORDS, departure, likeness, pieces, quotations, source_of
from publish.check.sections import sections_of
from publish.check.words import extents, read_passage
from publish.model import Book, Link, Metadata, Page, Paragraph, Span

ESSAY = source_of(
    "essay",
    "To consider the “explanations” offered by Trotsky and his “ites” would be suicidal. Even the birth rate of busts\n"
    "has fallen; Stalin’s regime—once firm—is what Lenin called it.\u2029The end is not in sight.",
)
WORDS = st.lists(
    st.sampled_from(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]),
    min_size=4,
    unique=True,
)


@pytest.mark.parametrize(
    "words",
    [
        "birth rate of busts",
        "“birth rate of busts,”",
        "The birth rate of busts has fallen.",
        "even the birth rate",
        "the ‘explanations’ offered by Trotsky",
        "Even the birth rate … is what Lenin called it",
        "To consider … would be suicidal. … The end is not in sight",
        "the birth rate […] has fallen",
        "the [famous] birth rate",
        "[His] birth rate of busts",
        "the birth rate of [them] has fallen",
        "[e]ven the birth rate",
        "Stalin's regime\u2060—once firm\u2060—is what",
        "Stalin’s\nregime",
        "called it. The end",
        "…",
    ],
)
def test_a_quotation_may_do_so_much_to_its_source(words: str) -> None:
    assert departure(words, ESSAY) is None


@pytest.mark.parametrize(
    ("words", "at", "said"),
    [
        ("birth rate of the busts", "the", "“essay” has “birth rate of” and goes on “busts has”"),
        ("a birth rate of busts", "a ", "“essay” has “birth rate of busts”, and before it “the”"),
        ("in sight of all", "of", "“essay” has “in sight” and ends there"),
        (
            "is what Lenin … birth rate",
            "birth",
            "“essay” has “birth rate” before the words that stand ahead of it here",
        ),
        ("fallen, Stalin’s regime", "fallen", "“essay” has the same words with other marks: “fallen; Stalin’s regime”"),
        ("Birth Rate", "Birth", "“essay” has the same words with other marks: “birth rate”"),
        ("nothing of this", "nothing", "no two of these words stand together in “essay”"),
        ("irth rate", "irth", "no two of these words stand together in “essay”"),
        ("absurd", "absurd", "“essay” does not have it"),
        ("once firm … busts of Lenin", "busts", "no two of these words stand together in “essay”"),
    ],
)
def test_where_a_quotation_departs_is_told(words: str, at: str, said: str) -> None:
    found = departure(words, ESSAY)
    assert found is not None
    assert (words[found.offset :].startswith(at), found.said) == (True, said)


@given(WORDS, st.data())
def test_any_row_of_words_is_a_quotation_with_and_without_its_middle(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 2))
    end = data.draw(st.integers(start + 2, len(words)))
    cut = data.draw(st.integers(start + 1, end - 1))
    left = data.draw(st.integers(cut, end - 1))
    source = source_of("s", " ".join(words))
    assert departure(" ".join(words[start:end]), source) is None
    assert departure(" ".join([*words[start:cut], "…", *words[left:end]]), source) is None


@given(WORDS, st.data())
def test_a_changed_word_is_where_it_departs(words: list[str], data: st.DataObject) -> None:
    """Behind at least two words that are right, and before fewer than those."""
    at = data.draw(st.integers(2, len(words) - 1))
    quoted = [*words[:at], "eleven", *words[at + 1 :][: at - 1]]
    found = departure(" ".join(quoted), source_of("s", " ".join(words)))
    assert found is not None
    assert found.offset == len(" ".join(words[:at])) + 1


def test_long_words_of_a_source_are_told_in_part() -> None:
    many = " ".join(f"word{number}" for number in range(2 * MOST_WORDS))
    found = departure(f"{many} {many}", source_of("s", f"{many} end {many}"))
    assert found is not None
    assert found.said.startswith(f"“s” has “… word{MOST_WORDS} word")
    assert "goes on “end word0 " in found.said
    assert found.said.endswith(f"word{MOST_WORDS - 2} …”")


@given(st.text(alphabet='ab …[]."“ ', max_size=30))
def test_pieces_stand_in_their_quotation(quoted: str) -> None:
    for piece in pieces(quoted):
        assert quoted[piece.start :].startswith(piece.text)
        assert "…" not in piece.text


def test_a_likeness_is_the_share_of_letters_in_order() -> None:
    assert likeness("birth rate of busts", ESSAY).share == 1
    near = likeness("birth rate of statues", ESSAY)
    assert (near.share, near.words) == (11 / 18, 3)
    assert likeness("nothing whatever", ESSAY).share == 0


@pytest.mark.parametrize(
    ("text", "marks", "found"),
    [
        ("he said “one” and “two ‘three’.”", "“”", ["one", "two ‘three’."]),
        ("„eins“ und „zwei“", "„“", ["eins", "zwei"]),
        ("”ett” och ”två”", "””", ["ett", "två"]),
        ("« un « deux » trois »", "«»", [" un « deux » trois "]),
        ("” stray “open", "“”", []),
    ],
)
def test_the_words_between_quotation_marks(text: str, marks: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in quotations(text, *marks)] == found


def test_a_section_ends_before_the_next_of_its_level() -> None:
    made = body(
        "## A {#a}\n\none\n\n### B {#b}\n\ntwo[^n]\n\n## C {#c}\n\n::: letter {#l}\nthree\n:::\n\n[^n]: A note."
    )
    nothing = Metadata("", "", "", "", "", "", "", "", "", "", "", (), "", "", (), (), "")
    page = Page("p", "chapter", made.title, made.blocks, made.notes, made.notes[0].location)
    sections = sections_of(Book(nothing, (page,), (), (), (), {}, (), {}, (), {}))
    told = {name: sections[name].read().text.split("\u2029") for name in sections}
    assert {name: [run for run in runs if run] for name, runs in told.items()} == {
        "p": ["T", "A", "one", "B", "two", "C", "three"],
        "a": ["A", "one", "B", "two"],
        "b": ["B", "two"],
        "c": ["C", "three"],
        "l": ["three"],
    }


def test_every_inline_has_its_extent() -> None:
    first = body("One [two *three*[^n]]{from=p} and [four](#p).\n\n[^n]: N.").blocks[0]
    assert isinstance(first, Paragraph)
    text = read_passage(first.children).text
    told = [text[start:end] for inline, start, end in extents(first.children) if isinstance(inline, Span | Link)]
    assert told == ["two three", "four"]
