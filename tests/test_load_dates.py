"""Dates in words: of the chronology's rows, and of the lives in the glossary."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.languages import MONTHS
from publish.load import load_book
from publish.load.dates import divided, in_words, lifetime
from publish.load.headings import index_heading
from publish.load.records import in_time
from publish.load.words import plain_text
from publish.model import Book, Project

GARDEN = Path(__file__).parent / "books" / "garden"


def loaded(folder: Path) -> tuple[Book, list[str]]:
    book, report = load_book(Project.at(folder))
    assert book is not None
    return book, [one.rule for one in report]


@pytest.mark.parametrize(
    ("when", "american", "british", "german", "french"),
    [
        ("1937", "1937", "1937", "1937", "1937"),
        ("1937-05", "May 1937", "May 1937", "Mai 1937", "mai 1937"),
        ("1934-12-01", "December 1, 1934", "1 December 1934", "1. Dezember 1934", "1er décembre 1934"),
        ("1918/1922", "1918–22", "1918–22", "1918–1922", "1918–1922"),
        ("1903/1905", "1903–5", "1903–5", "1903–1905", "1903–1905"),
        ("1900/1905", "1900–1905", "1900–1905", "1900–1905", "1900–1905"),
        ("1898/1903", "1898–1903", "1898–1903", "1898–1903", "1898–1903"),
        ("1937-05/1937-08", "May–August 1937", "May–August 1937", "Mai–August 1937", "mai–août 1937"),
        ("1937-06-11/1937-06-12", "June 11–12, 1937", "11–12 June 1937", "11.–12. Juni 1937", "11–12 juin 1937"),
        (
            "1937-02-22/1937-03-05",
            "February 22–March 5, 1937",
            "22 February–5 March 1937",
            "22. Februar–5. März 1937",
            "22 février–5 mars 1937",
        ),
        (
            "1937-11-20/1938-01",
            "November 20, 1937–January 1938",
            "20 November 1937–January 1938",
            "20. November 1937–Januar 1938",
            "20 novembre 1937–janvier 1938",
        ),
        (
            "1937/1938-01-04",
            "1937–January 4, 1938",
            "1937–4 January 1938",
            "1937–4. Januar 1938",
            "1937–4 janvier 1938",
        ),
    ],
)
def test_dates_in_the_words_of_a_language(when: str, american: str, british: str, german: str, french: str) -> None:
    assert [in_words(when, tag) for tag in ("en-US", "en-GB", "de-AT", "fr")] == [american, british, german, french]


@pytest.mark.parametrize(
    ("born", "died", "said"),
    [
        ("1883-07-18", "1936", ["1883–1936", "1883–1936", "1883–1936", "1883–1936"]),
        ("c. 1544", "1631", ["ca. 1544–1631", "um 1544–1631", "vers 1544–1631", None]),
        ("1890-01", "", ["born 1890", "geboren 1890", "n. 1890", None]),
        ("", "c. 1631", ["died ca. 1631", "gestorben um 1631", "m. vers 1631", None]),
    ],
)
def test_the_years_of_a_life(born: str, died: str, said: list[str | None]) -> None:
    assert [lifetime(born, died, tag) for tag in ("en", "de", "fr", "da")] == said


@pytest.mark.parametrize(
    ("date", "when", "year", "day"),
    [
        ("June 11–12, 1937", "1937-06-11/1937-06-12", "1937", "June 11–12"),
        ("mai 1937", "1937-05", "1937", "mai"),
        ("End of July 1937", "1937-07", "1937", "End of July"),
        ("1937", "1937", "1937", ""),
        ("1918–22", "1918/1922", "1918–22", ""),
        ("about 1937", "1937", "about 1937", ""),
        ("Whitsun", "1937-05", "1937", "Whitsun"),
        ("November 20, 1937–January 1938", "1937-11-20/1938-01", "1937", "November 20, 1937–January 1938"),
        ("December 1936–January 1937", "1936-12/1937-01", "1936", "December 1936–January 1937"),
    ],
)
def test_a_date_is_divided_into_its_year_and_the_rest(date: str, when: str, year: str, day: str) -> None:
    assert divided(date, when) == (year, day)


days = st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31))


@given(days, st.sampled_from(["en-US", "en", "de", "fr"]))
def test_a_day_has_its_number_its_month_and_its_year_in_its_words(day: date, tag: str) -> None:
    said = in_words(day.isoformat(), tag)
    assert said is not None
    month = MONTHS[tag[:2]][day.month - 1]
    numbers = [word.strip(".,") for word in said.split() if word != month]
    assert sorted(numbers) == sorted([str(day.year), "1er" if tag == "fr" and day.day == 1 else str(day.day)])
    assert divided(said, day.isoformat()) == (str(day.year), said.removesuffix(str(day.year)).rstrip(", "))


@given(st.integers(1000, 2999), st.integers(0, 200), st.sampled_from(["en-US", "en", "de", "fr", "da"]))
def test_a_range_of_years_can_be_read_back(first: int, later: int, tag: str) -> None:
    said = in_words(f"{first}/{first + later}", tag)
    assert said is not None
    begin, _, end = said.partition("–")
    assert int(begin) == first
    assert int(begin[: -len(end)] + end if end else begin) == first + later


@given(days, st.integers(0, 800), st.sampled_from([7, 10]), st.sampled_from(["en-US", "en", "de", "fr"]))
def test_a_range_has_the_words_of_both_its_ends(first: date, later: int, known: int, tag: str) -> None:
    begin = first.isoformat()[:known]
    end = min(first + timedelta(days=later), date(2999, 12, 31)).isoformat()[:known]
    said, *ends = (in_words(when, tag) or "" for when in (f"{begin}/{end}", begin, end))
    words = said.replace(",", "").replace("–", " ").split()
    assert {word for one in ends for word in one.replace(",", "").split()} == set(words)
    assert words.count(begin[:4]) == (1 if begin[:4] == end[:4] else words.count(end[:4]))


WHENS = ("1848", "1848/1859", "1863-04", "1863", "1863-04-02", "1863-04-02/1863-05", "1871/1872")


@given(st.permutations(WHENS))
def test_rows_are_sorted_by_their_dates(whens: list[str]) -> None:
    book, _ = loaded(GARDEN)
    events = [replace(book.chronology[0], when=when) for when in whens]
    assert [event.when for event in sorted(events, key=in_time)] == [
        *("1848", "1848/1859", "1863", "1863-04", "1863-04-02", "1863-04-02/1863-05", "1871/1872"),
    ]


def test_the_garden_has_its_rows_in_order_with_their_dates_and_sources() -> None:
    book, found = loaded(GARDEN)
    assert found == []
    assert [(event.id, event.year, event.day) for event in book.chronology] == [
        ("travels", "1848–59", ""),
        ("naturalist-printed", "1863", "Spring"),
        ("brewery-closed", "1871", "May"),
        ("night", "1871", "18–19 June"),
        ("bates-dies", "1892", "16 February"),
    ]
    assert [event.date for event in book.chronology][1:4] == ["Spring 1863", "May 1871", "18–19 June 1871"]
    assert [plain_text(event.cited) for event in book.chronology] == ["Bates, Naturalist on the River Amazons"] * 5
    assert [entry.dates for entry in book.glossary] == ["1825–1892", "", ""]


@pytest.mark.parametrize(
    ("headword", "name", "sort", "heading"),
    [
        ("Bucharin", "Nikolai Ivanovich Bukharin", "Bukharin", "Bukharin, Nikolai Ivanovich"),
        ("Gamarnik", "Yan (Yakov) Borisovich Gamarnik", "Gamarnik", "Gamarnik, Yan Borisovich"),
        ("Lenin", "Vladimir Ilyich Lenin (born Ulyanov)", "Lenin", "Lenin, Vladimir Ilyich"),
        ("Lloyd George", "David Lloyd George", "Lloyd George", "Lloyd George, David"),
        ("the Kaiser", "Wilhelm II, German Emperor", "Kaiser", "the Kaiser"),
        ("Voltaire", "Voltaire", "Voltaire", "Voltaire"),
        ("Stalin", "", "Stalin", "Stalin"),
        ("hawk moth", "", "moth", "hawk moth"),
        ("Anna", "Johanna", "anna", "Anna"),
    ],
)
def test_a_persons_heading_in_the_index_has_the_surname_first(
    headword: str, name: str, sort: str, heading: str
) -> None:
    assert index_heading(headword, name, sort) == heading


def test_the_dates_of_a_book_in_a_language_without_words_are_asked_for(tmp_path: Path) -> None:
    shutil.copytree(GARDEN, tmp_path / "garden")
    facts = tmp_path / "garden" / "book" / "book.yaml"
    facts.write_text(facts.read_text("utf-8").replace("en-GB", "da"), "utf-8")
    glossary = tmp_path / "garden" / "book" / "glossary.yaml"
    glossary.write_text(glossary.read_text("utf-8").replace("born: 1825-02-08", "born: c. 1825"), "utf-8")
    book, found = loaded(tmp_path / "garden")
    assert found == ["date-in-words"] * 4
    assert [event.date for event in book.chronology] == ["1848–1859", "Spring 1863", "", "", ""]
