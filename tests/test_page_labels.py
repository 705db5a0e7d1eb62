"""What the printed pages are called."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from publish.make.page_labels import Label, Numbering, label_pages, roman

COVERED = Numbering({"cover": "C1", "cover-inside": "C2", "back-inside": "C3", "back": "C4"})
VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def labels(numbering: Numbering, *standing: str) -> list[str]:
    return [one.text for one in label_pages([ids.split() for ids in standing], numbering)]


def test_covers_are_not_counted() -> None:
    assert labels(COVERED, "cover", "cover-inside", "title", "", "one two", "", "back-inside", "back") == [
        "C1", "C2", "1", "2", "3", "4", "C3", "C4",
    ]  # fmt: skip


def test_what_finds_no_room_on_the_back_cover_has_a_name_of_its_own() -> None:
    assert labels(COVERED, "one", "back-inside", "back", "back", "back") == ["1", "C3", "C4", "C4+", "C4++"]


def test_front_matter_is_counted_apart() -> None:
    numbering = replace(COVERED, one="one")
    assert labels(numbering, "cover", "cover-inside", "title", "", "contents", "", "one", "one", "two") == [
        "C1", "C2", "i", "ii", "iii", "iv", "1", "2", "3",
    ]  # fmt: skip


def test_a_book_that_begins_with_page_1_has_no_roman_numerals() -> None:
    assert list(label_pages([["one"], ["two"]], Numbering({}, "one"))) == [Label("1"), Label("2")]


@given(st.integers(1, 3999))
def test_roman_numerals_can_be_read_back(number: int) -> None:
    written = roman(number)
    values = [VALUES[sign] for sign in written]
    after = [*values[1:], 0]
    assert sum(-one if one < next_one else one for one, next_one in zip(values, after, strict=True)) == number
    assert not any(sign * 4 in written for sign in VALUES)
