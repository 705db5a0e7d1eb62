"""Paragraphs measured and planned: every letter stands in a line, and lines end where typographers let them end."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import print_sample as sample
from publish.make.hyphenation import Hyphenation, divisible_words, divisions
from publish.make.paragraph import Paragraph, Piece, PlannedLine
from publish.make.pdf_fonts import Face, Fonts
from publish.make.shaping import FARTHEST, Measurer, Setting

ROMAN = Setting(Face("EB Garamond", italic=False, weight=400), 11.0, "en")
ITALIC = Setting(Face("EB Garamond", italic=True, weight=400), 11.0, "en")
ENGLISH = Hyphenation("en", 6, 3, 3)


@cache
def measurer() -> Measurer:
    return Measurer(Fonts(sample.styles()).typefaces)


def line_breaks(text: str) -> frozenset[int]:
    """As Unicode has them, as far as these tests go: behind spaces, hyphens and dashes."""
    return frozenset(
        place for place in range(1, len(text)) if text[place - 1] in " -\u2014\u00ad" and text[place] != " "
    )


def planned(
    *texts: str, width: float = 150.0, hyphenation: Hyphenation | None = ENGLISH
) -> tuple[str, list[PlannedLine]]:
    """The lines of a paragraph whose pieces are roman and italic by turns."""
    pieces = tuple(Piece(text, (ROMAN, ITALIC)[n % 2], hyphenation=hyphenation) for n, text in enumerate(texts))
    text = "".join(texts)
    return text, list(Paragraph(pieces, line_breaks(text), width - 14, width).lines(measurer()))


def shown(text: str, lines: list[PlannedLine]) -> list[str]:
    return [text[line.start : line.stop] + "-" * line.hyphen for line in lines]


TEXT = st.integers(1, 90).flatmap(lambda count: st.integers(0, 99).map(lambda seed: sample.prose(seed, count)))


@given(st.lists(TEXT, min_size=1, max_size=4), st.sampled_from([90.0, 150.0, 288.0]))
def test_every_letter_stands_in_one_line_and_only_spaces_between_them(texts: list[str], width: float) -> None:
    text, lines = planned(*(f"{one} " for one in texts[:-1]), texts[-1], width=width)
    assert (lines[0].start, lines[-1].stop) == (0, len(text))
    for line, after in pairwise(lines):
        assert line.resume == after.start
        assert text[line.stop : line.resume] in {"", " "}
    assert [line.last for line in lines] == [False] * (len(lines) - 1) + [True]


@given(TEXT, st.sampled_from([150.0, 288.0]))
def test_words_are_divided_only_where_they_may_be(text: str, width: float) -> None:
    _, lines = planned(text, width=width)
    for line in lines:
        if line.hyphen:
            begin = text.rfind(" ", 0, line.stop) + 1
            word = text[begin:].split(" ", maxsplit=1)[0]
            assert word.islower()
            assert line.stop - begin >= 3
            assert len(word) - (line.stop - begin) >= 3
            assert " " in text[line.stop :]


@given(TEXT)
def test_a_line_measures_what_its_words_and_spaces_measure(text: str) -> None:
    _, lines = planned(text, width=200.0, hyphenation=None)
    space = measurer().width(" ", ROMAN)
    for line in lines:
        words = text[line.start : line.stop].split(" ")
        width = sum(measurer().width(word, ROMAN) for word in words) + space * (len(words) - 1)
        assert line.natural.width + line.left + line.right == pytest.approx(width)
        assert line.natural.space == pytest.approx(space * (len(words) - 1))


def test_a_hyphen_and_the_halves_of_a_ligature_are_measured_as_they_are_set() -> None:
    text = "officially " * 9
    _, lines = planned(text.strip(), width=100.0)
    divided = next(line for line in lines if line.hyphen)
    words = text[divided.start : divided.stop].split(" ")
    width = sum(measurer().width(word, ROMAN) for word in (*words[:-1], f"{words[-1]}\u2010"))
    width += measurer().width(" ", ROMAN) * (len(words) - 1)
    assert divided.natural.width + divided.left + divided.right == pytest.approx(width)


def test_names_last_words_compounds_and_what_is_divided_by_hand_are_not_divided() -> None:
    text = "understand Understanding un\u00adderstanding long-understanding understand\u2019s understanding"
    assert [word[0] for word in divisible_words(text, "en")] == ["understand", "understand\u2019s"]
    assert [word[0] for word in divisible_words("Verstand zu NATO Verstand", "de")] == ["Verstand", "zu"]
    text = "Molotov Communists American TROTSKYIST Bolshevism end"
    assert [word[0] for word in divisible_words(text, "en")] == ["Communists", "American", "Bolshevism"]


def test_a_word_with_a_capital_is_divided_only_as_the_last_resort() -> None:
    def times(word: str) -> int:
        texts = [f"{sample.prose(seed, 60)} {word} {sample.prose(seed + 1, 60)}" for seed in range(200)]
        ends = [one.lower() for text in texts for one in shown(*planned(text, width=260.0))]
        return sum(one.endswith(("com-", "commu-", "molo-", "moloto-")) for one in ends)

    assert times("Molotovian") == 0
    assert 0 < times("Communism") < times("communism") / 2


def test_a_word_is_divided_by_its_language() -> None:
    assert divisions("understand", ENGLISH) == (5,)
    assert divisions("understand", Hyphenation("xx", 6, 3, 3)) == ()
    assert divisions("understand", Hyphenation("en", 12, 3, 3)) == ()


def test_a_soft_hyphen_divides_a_word_by_hand() -> None:
    text, lines = planned("\u00ad".join(["gar", "den"] * 6), width=40.0, hyphenation=None)
    assert len(lines) > 1
    assert all(one.endswith("\u00ad-") for one in shown(text, lines)[:-1])


def test_a_dash_ends_a_line_without_a_hyphen() -> None:
    text, lines = planned("moths\u2014moths\u2014moths\u2014moths\u2014moths\u2014moths\u2014moths", width=80.0)
    assert all(one.endswith("\u2014") for one in shown(text, lines)[:-1])


def test_a_word_in_two_settings_is_not_divided() -> None:
    text, lines = planned(
        "of all the many under", "standing of all the many under", "standing of all the many words", width=80.0
    )
    assert not any(one.endswith("under-") for one in shown(text, lines))


def test_points_and_quotes_hang_out_of_the_line_and_letters_do_not() -> None:
    hang = measurer().hang
    assert 0.1 < hang(".", ROMAN) / ROMAN.size <= FARTHEST
    assert hang("\u201c", ITALIC) > 0 == hang("a", ROMAN)


def test_no_line_ends_where_it_is_forbidden_to() -> None:
    text = sample.prose(3, 80)
    paragraph = Paragraph((Piece(text, ROMAN, hyphenation=ENGLISH),), line_breaks(text), 150.0, 150.0)
    first, second, *_ = paragraph.lines(measurer())
    again = list(paragraph.lines(measurer(), second.start, frozenset({second.stop})))
    assert again[0].start == first.resume
    assert second.stop not in {line.stop for line in again}
    assert again[-1].stop == len(text)
