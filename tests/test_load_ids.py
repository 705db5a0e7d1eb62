"""The names by which a reader's bookmark, or another book, finds a place again: an edit elsewhere must not change them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from load_sample import body
from publish.load.scope import slug
from publish.model import Paragraph

WORDS = st.lists(st.sampled_from(["ash", "Beech", "cédar", "Дуб", "elm", "1937"]), min_size=1, max_size=6).map(" ".join)
PARAGRAPHS = st.lists(WORDS, min_size=1, max_size=6)


def ids(paragraphs: list[str]) -> list[str]:
    return [block.id for block in body("\n\n".join(paragraphs)).blocks if isinstance(block, Paragraph)]


def opening(paragraph: str) -> str:
    return slug(paragraph, 4)


@given(PARAGRAPHS, WORDS, st.integers(min_value=0, max_value=6))
def test_a_paragraph_that_comes_or_goes_changes_no_name_but_of_those_that_begin_like_it(
    paragraphs: list[str], new: str, place: int
) -> None:
    place = min(place, len(paragraphs))
    more = [*paragraphs[:place], new, *paragraphs[place:]]
    named = ids(more)
    without = [*named[:place], *named[place + 1 :]]
    for before, after, words in zip(ids(paragraphs), without, paragraphs, strict=True):
        assert before == after or opening(words) == opening(new)


@given(PARAGRAPHS)
def test_names_are_unique_and_those_that_begin_alike_are_numbered_in_order(paragraphs: list[str]) -> None:
    named = ids(paragraphs)
    assert len(set(named)) == len(named)
    assert ids(paragraphs) == named
    first = {opening(words): name for words, name in reversed(list(zip(paragraphs, named, strict=True)))}
    assert all(name == f"p-p-{words}" for words, name in first.items())


@given(PARAGRAPHS, st.integers(min_value=0, max_value=5), WORDS)
def test_an_edit_behind_the_first_words_of_a_paragraph_changes_no_name(
    paragraphs: list[str], place: int, tail: str
) -> None:
    long = [f"{words} fir gum haw" for words in paragraphs]
    edited = [f"{words} {tail}" if number == place else words for number, words in enumerate(long)]
    assert ids(edited) == ids(long)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Stalin's own words, his “hardest” ones", "stalins-own-words-his"),
        ("Élan vital — a word", "elan-vital-a-word"),
        ("1 August 1938", "1-august-1938"),
        ("— …", ""),
        ("Дом", "f5b3d757"),
    ],
)
def test_names_have_letters_that_every_reading_system_knows(words: str, named: str) -> None:
    assert slug(words, 4) == named


def test_a_note_before_changes_the_number_of_a_note_and_not_its_name() -> None:
    text = "A{} b.[^moth]\n\n[^moth]: Of moths.\n"
    (alone,) = body(text.format("")).notes
    first, second = body(text.format("[^ash]") + "[^ash]: Of ashes.\n").notes
    assert (alone.id, alone.call_id, alone.number) == ("note-p-moth", "noteref-p-moth", 1)
    assert (second.id, second.call_id, second.number) == ("note-p-moth", "noteref-p-moth", 2)
    assert (first.id, first.number) == ("note-p-ash", 1)
    assert [note.blocks[0].id for note in (alone, second)] == ["note-p-moth-p-of-moths"] * 2  # type: ignore[union-attr]


def test_an_emendation_is_named_by_its_words_whatever_is_marked_before_it() -> None:
    marked = "{~~Kameney~>Kamenev~~}{>>r<<} was shot, and{--¶--}{>>so<<} so"
    name = [one.id for one in body(marked, witness=True).blocks[0].children if hasattr(one, "removed")]  # type: ignore[union-attr]
    more = body("{++The++}{>>r<<} first.\n\n" + marked, witness=True).blocks[1].children  # type: ignore[union-attr]
    assert name == ["emendation-p-kamenev", "emendation-p-shot-and"]
    assert [one.id for one in more if hasattr(one, "removed")] == name


def test_a_name_can_be_kept_by_hand() -> None:
    (block,) = body("{#p-p-the-old-first-words}\nNew first words").blocks
    assert isinstance(block, Paragraph)
    assert block.id == "p-p-the-old-first-words"
