"""Numbers that the machine counts, in the text and in the evidence."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from load_sample import inlines
from publish.diagnostics import Report
from publish.languages import figures
from publish.load import load_book
from publish.load.counts import in_words
from publish.model import Artifact, Book, MadeWith, Paragraph, Project
from publish.model.counts import count
from publish.model.walk import all_passages
from publish.release.evidence import evidence_of

GARDEN = Path(__file__).parent / "books" / "garden"
# The clean book, counted by hand.
OF_GARDEN = {
    "emendations": 5,
    "joins": 1,
    "headings": 4,
    "notes": 2,
    "entries": 3,
    "persons": 1,
    "events": 5,
    "sources": 1,
}


def garden(folder: Path, words: str = "", fate: str = "Died in London.") -> tuple[Book, Report]:
    """The clean book, with these words at the end of its introduction and as the fate in its glossary."""
    shutil.copytree(GARDEN, folder / "garden")
    introduction = folder / "garden" / "book" / "text" / "introduction.md"
    introduction.write_text(f"{introduction.read_text('utf-8')}\n{words}\n", "utf-8")
    glossary = folder / "garden" / "book" / "glossary.yaml"
    glossary.write_text(glossary.read_text("utf-8").replace("Died in London.", f'"{fate}"'), "utf-8")
    book, report = load_book(Project.at(folder / "garden"))
    assert book is not None
    return book, report


def last_words(book: Book) -> str:
    """The last paragraph of the introduction."""
    last = next(page for page in book.pages if page.id == "introduction").blocks[-1]
    assert isinstance(last, Paragraph)
    return inlines(last.children)


def test_a_book_is_counted(tmp_path: Path) -> None:
    book, _ = garden(tmp_path)
    assert {name: count(book, name) for name in OF_GARDEN} == OF_GARDEN


def test_the_words_of_an_edited_text_are_those_of_its_witness_but_for_its_emendations(tmp_path: Path) -> None:
    """Of the clean book the title is added, four words, and "the"; "had" is struck."""
    book, _ = garden(tmp_path)
    essay = next(page for page in book.pages if page.witness)
    assert essay.witness is not None
    assert count(book, "words", essay) == len(essay.witness.text.split()) + 4 + 1 - 1


def test_the_dateline_is_no_paragraph(tmp_path: Path) -> None:
    book, _ = garden(tmp_path)
    essay = next(page for page in book.pages if page.witness)
    assert essay.witness is not None
    breaks = re.split(r"\n\s*\n", essay.witness.text.strip())
    assert count(book, "paragraphs", essay) == len(breaks) - count(book, "headings", essay) - 1 - 1  # date, joined


def test_the_text_states_what_was_counted(tmp_path: Path) -> None:
    book, report = garden(
        tmp_path, "*There are []{count=emendations}*, []{count=headings of=essay} and []{count=words}."
    )
    assert not report
    assert last_words(book) == f"<i:There are five>, two and {count(book, 'words')}."


def test_a_count_stands_in_a_note_a_list_and_the_glossary(tmp_path: Path) -> None:
    book, report = garden(
        tmp_path, "- One of []{count=notes}.[^n]\n\n[^n]: Of []{count=entries}.", "Of []{count=persons}."
    )
    assert not report
    introduction = next(page for page in book.pages if page.id == "introduction")
    said = " ".join(inlines(run) for run in all_passages(introduction)) + inlines(book.glossary[0].fate)
    assert [words in said for words in ("One of three.", "Of three.", "Of one.")] == [True] * 3


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("[five]{count=notes}", "words already"),
        ("[]{count=note}", "no count “note”"),
        ("[]{count=notes of=esay}", "no page “esay”"),
        ("[]{count=persons of=essay}", "in the whole book"),
        ("[]{of=essay}", "but not what"),
        ("![Of []{count=notes}](images/plan.png)", "alternative text"),
    ],
)
def test_what_cannot_be_counted_is_told(words: str, message: str, tmp_path: Path) -> None:
    (told,) = garden(tmp_path, words)[1]
    assert told.rule == "bad-count"
    assert message in told.message


@given(st.integers(0, 10**9))
def test_figures_are_read_back(number: int) -> None:
    assert int(figures(number, "en-GB").replace(",", "")) == number
    assert int(figures(number, "fr").replace("\u00a0", "")) == number
    assert re.fullmatch(r"\d{1,3}(\.\d{3})*", figures(number, "de-AT"))


def test_numbers_are_words_up_to_a_hundred() -> None:
    assert in_words(38, "en-GB") == "thirty-eight"
    assert in_words(38, "de") == "achtunddreißig"
    assert in_words(71, "fr-CH") == "septante et un"
    assert [in_words(100, "en"), in_words(101, "en"), in_words(4491, "en")] == ["one hundred", "101", "4,491"]


@pytest.mark.parametrize("tag", ["en", "en-GB", "en-US", "en-IN"])
def test_english_numbers_are_those_of_the_library(tag: str) -> None:
    known = [num2words(number, lang=tag.replace("-", "_")) for number in range(101)]
    assert [in_words(number, tag) for number in range(101)] == known


def test_a_language_without_number_words_has_figures() -> None:
    assert in_words(38, "und") == "38"


def test_the_evidence_states_the_counts(tmp_path: Path) -> None:
    book, _ = garden(tmp_path)
    evidence = evidence_of(book, Artifact("a.epub", "epub", "", b""), MadeWith({}, {}), ())
    essay = next(page for page in book.pages if page.witness)
    assert (evidence.counts["words"], evidence.counts["notes"]) == (count(book, "words"), 2)
    [edited] = evidence.edited
    assert (edited.page, edited.words) == ("essay", count(book, "words", essay))
    assert edited.emendations == {"add": 2, "join": 1, "replace": 1, "strike": 1}
