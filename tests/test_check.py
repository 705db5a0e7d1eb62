"""The comparison of texts, and the places that it tells."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from publish.check.comparison import AGREEMENT, Difference, differences
from publish.check.witness import MOST_DIFFERENCES, witness_differs
from publish.check.words import PARAGRAPH, accepted, read, read_passage, rejected
from publish.diagnostics import Location
from publish.model import Book, Break, Code, Emendation, Metadata, Page, Paragraph, Text, Witness
from publish.once import forget, once

WORDS = st.lists(st.sampled_from(["a", "b", "c", "the", PARAGRAPH]), max_size=40)


@given(WORDS, WORDS)
@example(["a", "b", "c"], ["a", "x", "b", "c"])
@example([], ["a"])
@example(["a", "a"], ["a"])
def test_what_lies_between_the_differences_is_equal(left: list[str], right: list[str]) -> None:
    mended = []
    here = there = 0
    for one in differences(left, right):
        assert left[here : one.left_start] == right[there : one.right_start]
        assert left[one.left_start : one.left_end] != right[one.right_start : one.right_end]
        mended += left[here : one.left_start] + right[one.right_start : one.right_end]
        here, there = one.left_end, one.right_end
    assert left[here:] == right[there:]
    assert mended + left[here:] == right


@given(WORDS)
def test_equal_texts_have_no_differences(words: list[str]) -> None:
    assert not list(differences(words, words))


@given(
    st.lists(st.integers(), unique=True, min_size=1, max_size=60).map(lambda ones: [str(one) for one in ones]),
    st.data(),
)
def test_one_changed_word_is_one_difference_of_one_word(words: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(words) - 1))
    changed = [*words[:at], "changed", *words[at + 1 :]]
    lacking = [*words[:at], *words[at + 1 :]]
    assert list(differences(changed, words)) == [Difference(at, at + 1, at, at + 1)]
    assert list(differences(lacking, words)) == [Difference(at, at, at, at + 1)]
    assert list(differences(words, lacking)) == [Difference(at, at + 1, at, at)]


def test_differences_are_apart_when_enough_words_agree_between_them() -> None:
    same = [str(number) for number in range(AGREEMENT)]
    assert len(list(differences(["x", *same, "y", *"abc"], ["p", *same, "q", *"abc"]))) == 2
    assert len(list(differences(["x", *same[1:], "y", *"abc"], ["p", *same[1:], "q", *"abc"]))) == 1


# ---------------------------------------------------------------------------------------------------------------- witness


def text(words: str, line: int = 1, column: int = 1) -> Text:
    return Text(words, Location("book/text/essay.md", line, column))


def emendation(kind: str, removed: str, added: str, line: int = 1, column: int = 1) -> Emendation:
    return Emendation("emendation-1", kind, removed, added, (), Location("book/text/essay.md", line, column))  # type: ignore[arg-type]


def book_of(witness: str, *paragraphs: Paragraph) -> Book:
    place = Location("book/text/essay.md", 1, 1)
    page = Page("essay", "chapter", (), paragraphs, (), place, Witness("book/copy-text.txt", witness))
    nothing = Metadata("", "", "", "", "", "", "", "", "", "", "", (), "", "", (), (), "")
    return Book(nothing, (page,), (), (), (), {}, (), {}, (), {})


def paragraph(*inlines: Text | Emendation) -> Paragraph:
    return Paragraph("p", inlines, Location("book/text/essay.md", 1, 1))


def test_a_text_with_its_emendations_undone_is_its_witness() -> None:
    book = book_of(
        "One\n\n  two ‘three’\r\n four\n\n\n",
        paragraph(
            text("One"), emendation("join", "", ""), text(" "), emendation("replace", "two", "2"), text(" 'three' four")
        ),
        paragraph(emendation("add", "", "Not in the witness.")),
    )
    assert not list(witness_differs(book))


def test_a_difference_is_told_at_its_word_in_both_files() -> None:
    book = book_of(
        "One two three\n\nfour five six.\n", paragraph(text("One two three")), paragraph(text("four fife six.", 3))
    )
    (found,) = witness_differs(book)
    assert str(found.location) == "book/text/essay.md:3:6"
    assert found.message == (
        "the witness has “five” (book/copy-text.txt, line 3), the text with its emendations undone has “fife”"
    )


def test_a_missing_paragraph_break_is_told() -> None:
    words = "one two three four"
    parted = words.replace(" three", "\n\nthree")
    (found,) = witness_differs(book_of(parted, paragraph(text(words))))
    assert found.message == "the witness has a paragraph break here (book/copy-text.txt, line 1)"
    assert str(found.location) == "book/text/essay.md:1:9"
    (found,) = witness_differs(book_of(words, paragraph(text("one two")), paragraph(text("three four", 3))))
    assert found.message == "the witness has no paragraph break here (book/copy-text.txt, line 1)"
    assert str(found.location) == "book/text/essay.md:1:7"


def test_an_empty_text_lacks_the_whole_witness() -> None:
    (found,) = witness_differs(book_of("one two", Paragraph("p", (), Location("book/text/essay.md"))))
    assert found.message == "the witness has “one two” here (book/copy-text.txt, line 1)"
    (found,) = witness_differs(book_of("", paragraph(text("one two"))))
    assert found.message == "the witness does not have “one two” (book/copy-text.txt, line 1)"


def test_texts_that_differ_everywhere_are_told_in_so_many_places() -> None:
    ours = " ".join(f"same same same word{number}" for number in range(500))
    found = list(witness_differs(book_of(ours.replace("word", "wort"), paragraph(text(ours)))))
    assert len(found) == MOST_DIFFERENCES + 1
    assert found[-1].message.startswith(f"there are more than {MOST_DIFFERENCES} differences")


# ---------------------------------------------------------------------------------------------------------------- reading


def test_a_reading_knows_the_place_of_each_letter() -> None:
    reading = read_passage(
        (text("One\ntwo ", 5, 7), emendation("replace", "thre", "three", 6, 5), Break(), text("four", 7))
    )
    assert reading.text == f"One\ntwo three\nfour{PARAGRAPH}"
    places = {
        word: str(reading.at(reading.text.index(word))).split(":", 1)[1] for word in ("One", "two", "three", "four")
    }
    assert places == {"One": "5:7", "two": "6:1", "three": "6:5", "four": "7:1"}


def test_a_reading_takes_one_side_of_each_emendation() -> None:
    run = (
        emendation("replace", "a", "b"),
        Code("c", Location("f")),
        emendation("join", "", ""),
        emendation("strike", "d", ""),
    )
    assert read(iter((run,)), accepted).text == f"bc{PARAGRAPH}"
    assert read(iter((run,)), rejected).text == f"ac{PARAGRAPH}d{PARAGRAPH}"


def test_what_was_worked_out_is_let_go() -> None:
    asked: list[int] = []

    @once
    def work(numbers: tuple[int, ...]) -> int:
        asked.append(len(numbers))
        return len(numbers)

    part = (1, 2)
    assert (work(part), work(part), asked) == (2, 2, [2])
    forget()
    assert (work(part), asked) == (2, [2, 2])
