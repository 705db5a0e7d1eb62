"""Dates that stand in words: how they are read, and whether they can be the fact."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from publish.check.days import Fact, Moment, agrees, fact, find_dates, months_of
from publish.check.deaths import deaths, doubtful
from publish.check.persons import Persons
from publish.check.sentences import sentence_around, sentences
from publish.diagnostics import Location
from publish.languages import MONTHS
from publish.model import Entry

DAYS = st.dates(date(1000, 1, 1), date(2099, 12, 31))
LANGUAGES = st.sampled_from(sorted(MONTHS))


def written(text: str, language: str = "en") -> list[tuple[str, str]]:
    """What is found in a text, and as which ISO dates, "–" between the first and the last."""
    return [
        (text[one.start : one.end], "–".join(dict.fromkeys((iso(one.first), iso(one.last)))))
        for one in find_dates(text, language)
    ]


def iso(moment: Moment) -> str:
    return f"{moment.year:04}-{moment.month:02}-{moment.day:02}"


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "on August 1, 1938, he", [("August 1, 1938", "1938-08-01")]),
        ("en-GB", "on 1 August 1938 he", [("1 August 1938", "1938-08-01")]),
        ("en", "the 1st of August, 1938", [("1st of August, 1938", "1938-08-01")]),
        ("en", "that August", [("August", "0000-08-00")]),
        ("en", "in August 1938", [("August 1938", "1938-08-00")]),
        ("en", "July 27–29, 1938", [("July 27–29, 1938", "1938-07-27–1938-07-29")]),
        ("en", "on July 30 or 31", [("July 30 or 31", "0000-07-30–0000-07-31")]),
        ("en", "July 30–August 2, 1938", [("July 30", "0000-07-30"), ("August 2, 1938", "1938-08-02")]),
        ("en", "6 Feb 1988; Sept. 1936", [("6 Feb 1988", "1988-02-06"), ("Sept. 1936", "1936-09-00")]),
        ("en", "1932–33, the 1920s", [("1932–33", "1932-00-00–1933-00-00"), ("1920s", "1920-00-00–1929-00-00")]),
        ("en", "1938, August 1", [("1938, August 1", "1938-08-01")]),
        ("en", "shot on the 15th", [("the 15th", "0000-00-15")]),
        ("en", "on 1938-08-01", [("1938-08-01", "1938-08-01")]),
        ("en", "He may 1,937 or 00447 and 12 of p. 1938a", []),
        ("de", "am 1. August 1938", [("1. August 1938", "1938-08-01")]),
        ("de-AT", "1.8.1938, 27.–29. Juli", [("1.8.1938", "1938-08-01"), ("27.–29. Juli", "0000-07-27–0000-07-29")]),
        ("de", "im März 1938 und am 15.", [("März 1938", "1938-03-00"), ("am 15.", "0000-00-15")]),
        ("fr", "le 1er août 1938", [("1er août 1938", "1938-08-01")]),
        ("fr", "Août 1938, janv. 1939", [("Août 1938", "1938-08-00"), ("janv. 1939", "1939-01-00")]),
        ("es", "1 de agosto de 1938", [("1938", "1938-00-00")]),
    ],
)
def test_dates_in_words(language: str, text: str, found: list[tuple[str, str]]) -> None:
    assert written(text, language) == found


@given(DAYS, LANGUAGES, st.booleans())
@example(day=date(1938, 5, 1), language="en", day_first=True)
def test_a_day_is_read_back_in_any_language_and_order(day: date, language: str, day_first: bool) -> None:  # noqa: FBT001
    month = MONTHS[language][day.month - 1]
    text = f"{day.day} {month} {day.year}" if day_first else f"{month} {day.day}, {day.year}"
    assert written(f"x {text} y", language) == [(text, day.isoformat())]
    assert agrees(find_dates(text, language), fact(day.isoformat()))


@given(DAYS, DAYS)
def test_a_day_is_no_other_day(one: date, other: date) -> None:
    assert agrees(find_dates(one.isoformat(), "en"), fact(other.isoformat())) == (one == other)


@given(DAYS)
def test_what_is_known_less_of_agrees(day: date) -> None:
    known = day.isoformat()
    for words in (known, known[:7], known[:4]):
        for less in (known, known[:7], known[:4]):
            assert agrees(find_dates(words, "en"), fact(less))
    month = MONTHS["en"][day.month - 1]
    assert agrees(find_dates(f"that {month}", "en"), fact(known))
    assert not agrees(find_dates(f"that {MONTHS['en'][day.month % 12]}", "en"), fact(known))


@given(DAYS, DAYS, DAYS)
def test_a_row_of_days_has_those_between(one: date, two: date, three: date) -> None:
    first, between, last = sorted((one, two, three))
    assert agrees(find_dates(f"{first} to {last}", "en"), fact(between.isoformat()))
    assert agrees(find_dates(between.isoformat(), "en"), fact(f"{first}/{last}"))


@pytest.mark.parametrize(
    ("words", "known", "agree"),
    [
        ("August 1938", "1938-08-01", True),
        ("1937", "1938-08-01", False),
        ("July 27–29, 1938", "1938-07-29", True),
        ("July 27–28, 1938", "1938-07-29", False),
        ("July 30–August 2, 1938", "1938-08-01", True),
        ("June 11", "1937-06-11/1937-06-12", True),
        ("June 13", "1937-06-11/1937-06-12", False),
        ("the 15th", "1938-03-15", True),
        ("the 14th", "1938-03-15", False),
        ("the 15th", "1938-03", True),
        ("December 31", "1936-12-30/1937-01-02", True),
        ("January 1", "1936-12-30/1937-01-02", True),
        ("about 1888", "c. 1888", True),
        ("in 1889", "c. 1888", False),
        ("February 30, 1938", "1938-02", False),
    ],
)
def test_words_and_facts(words: str, known: str, agree: bool) -> None:  # noqa: FBT001
    assert agrees(find_dates(words, "en"), fact(known)) is agree


def test_facts_have_a_first_and_a_last_moment() -> None:
    assert fact("1938-08") == Fact(Moment(1938, 8), Moment(1938, 8))
    assert fact("1937-06-11/1938") == Fact(Moment(1937, 6, 11), Moment(1938))


@given(LANGUAGES)
def test_the_short_forms_of_months_are_of_one_month_each(language: str) -> None:
    months = months_of(language)
    assert [months[name] for name in MONTHS[language]] == list(range(1, 13))
    for name, number in months.items():
        assert MONTHS[language][number - 1].lower().startswith(name.lower())
    assert all(monthrange(2000, number)[1] >= 29 for number in months.values())


# ------------------------------------------------------------------------------------------------------------ sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! “Three?” Four", ["One.", "Two!", "“Three?”", "Four"]),
        (
            "Mr. Bates of the C.P.S.U. Here, J. R. Lee, no. 5. End.",
            ["Mr. Bates of the C.P.S.U. Here, J. R. Lee, no. 5.", "End."],
        ),
        ("It ended. 1937 began … and so on.", ["It ended.", "1937 began … and so on."]),
        ("A title\u2029Then this. Été", ["A title", "Then this.", "Été"]),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert [found for start, end in sentences(text, "en") if (found := text[start:end].strip())] == parts


@given(st.text(alphabet="aB. !?”\u2029 ", max_size=40), st.data())
def test_sentences_are_the_text_and_each_word_is_in_one(text: str, data: st.DataObject) -> None:
    parts = list(sentences(text, "en"))
    assert text.startswith("".join(text[start:end] for start, end in parts))
    assert not text[parts[-1][1] if parts else 0 :].strip()
    at = data.draw(st.integers(0, max(len(text) - 1, 0)))
    start, end = sentence_around(text, at, at, "en")
    assert start <= at <= end


# --------------------------------------------------------------------------------------------------------------- deaths


def person(name: str, died: str) -> Entry:
    return Entry(name.lower(), "person", name, "", "", "", (), (), (), (), (), (), "section", Location(""), died=died)


PERSONS = Persons({"Radek": person("Radek", "1939-05-19"), "Kamenev": person("Kamenev", "1936-08-25")})


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Radek was tried, and he died on May 18, 1939."),
        ("en", "On May 18, 1939, Radek was killed in prison."),
        ("en", "In January 1937 Radek was condemned; Radek’s death followed in June 1939."),
        ("en", "Radek killed himself in June 1939. Kamenev lived."),
        ("de", "Radek wurde am 18. Mai 1939 im Gefängnis ermordet."),
        ("fr", "Radek fut tué en prison le 18 mai 1939."),
    ],
)
def test_a_doubtful_death_is_found(language: str, text: str) -> None:
    (death,) = deaths(text, PERSONS, language)
    date = doubtful(text, death, [], language)
    assert date is not None
    assert text[date.start : date.end] in {"May 18, 1939", "June 1939", "18. Mai 1939", "18 mai 1939"}
    assert doubtful(text, death, [(date.start, date.end)], language) is None


@pytest.mark.parametrize(
    "text",
    [
        "Radek was killed on May 19, 1939.",
        "Radek was killed that May.",
        "Radek was sentenced in January 1937 and was killed in May 1939.",
        "Radek was killed two years after January 1937.",
        "Radek heard that Kamenev had died on May 18, 1939.",
        "Radek had others shot on May 18, 1939.",
        "Radek said in January 1937 what everyone in the hall had known for weeks, that the other man was shot.",
        "Radek was killed in 1940.",
        "Radek lived. The prisoner died on May 18, 1939.",
        "Nobody died on May 18, 1939.",
    ],
)
def test_what_may_be_another_date_is_no_doubtful_death(text: str) -> None:
    assert [date for death in deaths(text, PERSONS, "en") if (date := doubtful(text, death, [], "en"))] == []
