"""The forms of a source: those of chicago.yaml, and the parts that they are made of."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import indent

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from publish.diagnostics import Location
from publish.load.bibliography import ANY, KEYS
from publish.load.dates import dated
from publish.load.names import Names, family, natural
from publish.load.punctuation import Punctuation
from publish.load.schema import SOURCE_TYPES
from publish.load.words import plain_text
from publish.model import Text
from source_sample import LABELS, bibliography, said

AT = Location("book/bibliography.yaml", 1, 3)
AMERICAN, BRITISH = Punctuation.of("en-US"), Punctuation.of("en-GB")

FORMS = {
    form["form"]: form for form in yaml.safe_load((Path(__file__).parent / "chicago.yaml").read_text(encoding="utf-8"))
}


def record(form: str) -> str:
    """The one record of a bibliography, with the id A."""
    return "- id: A\n" + indent(FORMS[form]["record"], "  ")


@pytest.mark.parametrize("form", FORMS)
def test_the_three_forms(form: str) -> None:
    listed, unlisted = (bibliography(record(form), listed=listed) for listed in (True, False))
    at = FORMS[form]["at"]
    citation = f"[@A, {at}]" if at else "[@A]"
    assert said(listed.sources()["A"].text) == FORMS[form]["entry"]
    assert listed.cite(citation) == [FORMS[form]["short"]]
    assert unlisted.cite(citation, citation) == [FORMS[form]["note"], FORMS[form]["short"]]
    assert listed.found == unlisted.found == []


@pytest.mark.parametrize(
    ("form", "at", "end"),
    [
        ("a chapter of a book with an editor (14.107)", "", "Graywolf Press, 2016), 167–95"),
        ("an article of a journal (14.171)", "", "(April 2016): 165–76"),
        ("an article of a journal (14.171)", ", table 3", "(April 2016), table 3"),
    ],
)
def test_a_note_tells_the_place_or_all_pages(form: str, at: str, end: str) -> None:
    (note,) = bibliography(record(form), listed=False).cite(f"[@A{at}]")
    assert note.endswith(end)


def test_british_marks_stand_outside_and_days_before_months() -> None:
    british = bibliography(record("an unsigned article of a newspaper (14.199)"), "en-GB")
    entry = "*New York Times*. “In Texas, Ad Heats Up Race for Governor”. 30 July 2002."
    assert said(british.sources()["A"].text) == entry


@pytest.mark.parametrize(
    ("record", "entry"),
    [
        ("type: book\n  title: Alone", "*Alone*."),
        ("type: book\n  title: Who Dug?\n  publisher: Hedge", "*Who Dug?* Hedge."),
        ("type: book\n  title: Place\n  place: Kew", "*Place*. Kew."),
        (
            "type: book\n  title: Two\n  volume: 2\n  series: Garden Books 7\n  date: n.d.",
            "*Two*. Vol. 2. Garden Books 7. n.d.",
        ),
        ("type: book\n  translators: [Goldstein, Ann]\n  title: Alone", "Goldstein and Ann, trans. *Alone*."),
        ("type: article-journal\n  title: A\n  container: C\n  issue: 143", "“A.” *C*, no. 143."),
        ("type: article-journal\n  title: A\n  container: C\n  volume: 7\n  pages: 1–2", "“A.” *C* 7: 1–2."),
        (
            "type: webpage\n  title: A\n  container: a.org\n  publisher: B\n  date: 2016-04",
            "“A.” a.org. B. April 2016.",
        ),
        ("type: webpage\n  description: list of plants\n  container: a.org", "a.org. List of plants."),
        ("type: entry-encyclopedia\n  title: A\n  container: C\n  edition: rev. ed.", "C. “A.” Rev. ed."),
    ],
)
def test_what_is_not_known_leaves_no_mark(record: str, entry: str) -> None:
    assert said(bibliography(f"- id: A\n  {record}").sources()["A"].text) == entry


# What a record has for the record alone, or for other forms than the one that is printed.
UNPRINTED = {"id", "type", "short", "short-title", "sort", "isbn", "further", "read-at"}


@st.composite
def records(draw: st.DrawFn) -> tuple[str, dict[str, str]]:
    """A record of a type with some of what it can have, and the words that each of its keys puts into print."""
    kind = draw(st.sampled_from(SOURCE_TYPES))
    can_have = sorted({*ANY, *KEYS[kind]} - UNPRINTED - {"url"})
    needed = {"title", "container", "volume"} & set(can_have)
    keys = [key for key in can_have if key in needed or draw(st.booleans())]
    words = {key: f"W{key.replace('-', '')}" for key in keys} | {key: "10.1000/wdoi" for key in keys if key == "doi"}
    typed = {key: f"[{words[key]}]" if key in {"authors", "editors", "translators"} else words[key] for key in keys}
    return f"- id: A\n  type: {kind}\n" + "".join(f"  {key}: {value}\n" for key, value in typed.items()), words


@given(records())
def test_all_facts_of_a_record_are_printed_once(made: tuple[str, dict[str, str]]) -> None:
    text, words = made
    read = bibliography(text, listed=False)
    assert read.found == []
    entry, (note,) = said(read.sources()["A"].text), read.cite("[@A]")
    for word in words.values():
        assert entry.count(word) == note.count(word) == 1, (entry, note)
    for form in (entry, note):
        bare = re.sub(r"(ed|trans)\.,", r"\1,", form)
        assert not re.search(r"  |[.,]{2}| [.,:]|\(\)|^[ .,]|“”|\*\*", bare), form


# ------------------------------------------------------------------------------------------------------------ the parts


def label(name: str) -> str:
    return LABELS[name]


NAMES = ["Ash, Ann", "Box, Bo", "Cress, Cy", "Dill, Di"]


def test_names_are_listed_as_the_form_wants() -> None:
    """14.76: four in a note are one, eleven in an entry are seven."""
    names = Names(label)
    assert names.inverted(NAMES[:1]) == "Ash, Ann"
    assert names.inverted(["BBC", "Box, Bo"]) == "BBC and Bo Box"
    assert names.inverted(NAMES) == "Ash, Ann, Bo Box, Cy Cress, and Di Dill"
    assert names.inverted(NAMES * 3) == "Ash, Ann, Bo Box, Cy Cress, Di Dill, Ann Ash, Bo Box, Cy Cress, et al."
    assert names.natural(NAMES[:3]) == "Ann Ash, Bo Box, and Cy Cress"
    assert names.natural(NAMES) == "Ann Ash et al."
    assert names.family(NAMES[:2]) == "Ash and Box"


@pytest.mark.parametrize(
    ("name", "written", "first"),
    [
        ("Conquest, Robert", "Robert Conquest", "Conquest"),
        ("King, Martin Luther, Jr.", "Martin Luther King Jr.", "King"),
        ("Redman, Joseph [Brian Pearce]", "Joseph Redman [Brian Pearce]", "Redman"),
        ("Le Blanc, Paul", "Paul Le Blanc", "Le Blanc"),
        ("Library of Congress", "Library of Congress", "Library of Congress"),
    ],
)
def test_a_name_is_turned(name: str, written: str, first: str) -> None:
    assert (natural(name), family(name)) == (written, first)


@pytest.mark.parametrize(
    ("iso", "language", "written"),
    [
        ("1988-02-06", "en-US", "February 6, 1988"),
        ("1988-02-06", "en-GB", "6 February 1988"),
        ("1988-02", "en", "February 1988"),
        ("1988-02-06", "de-AT", "6. Februar 1988"),
        ("1988-02-06", "fr", "6 février 1988"),
        ("1988-02-06", "la", "1988-02-06"),
        ("1988", "en", "1988"),
        ("March–April 1958", "en", "March–April 1958"),
        ("1988-13", "en", "1988-13"),
    ],
)
def test_dates_in_words(iso: str, language: str, written: str) -> None:
    assert dated(iso, language) == written


@pytest.mark.parametrize(
    ("words", "mark", "american", "british"),
    [
        ("“a”", ".", "“a.”", "“a”."),
        ("“a ‘b’”", ",", "“a ‘b,’”", "“a ‘b’”,"),
        ("“a?”", ".", "“a?”", "“a?”"),
        ("“a?”", ",", "“a?,”", "“a?”,"),
        ("U.S.", ".", "U.S.", "U.S."),
        ("the Bolsheviks’", ".", "the Bolsheviks’.", "the Bolsheviks’."),
        ("a", ",", "a,", "a,"),
    ],
)
def test_where_a_mark_stands(words: str, mark: str, american: str, british: str) -> None:
    nodes = (Text(words, AT),)
    assert said(AMERICAN.closed(nodes, mark, AT)) == american
    assert said(BRITISH.closed(nodes, mark, AT)) == british


@given(st.text("ab “”‘’.,?"), st.sampled_from(".,"))
def test_a_mark_is_all_that_is_put_in(words: str, mark: str) -> None:
    for marks in (AMERICAN, BRITISH):
        closed = plain_text(marks.closed((Text(words, AT),), mark, AT))
        places = [closed[:at] + closed[at + 1 :] for at, sign in enumerate(closed) if sign == mark]
        assert closed == words or words in places


@given(st.lists(st.text("ab“”.?"), max_size=4), st.sampled_from(".,"))
def test_joined_elements_are_all_there_in_order(elements: list[str], mark: str) -> None:
    joined = plain_text(AMERICAN.joined([(Text(one, AT),) if one else () for one in elements], mark, AT))
    left = iter(joined)
    assert all(sign in left for sign in "".join(elements))
    assert joined.count(" ") == max(0, sum(map(bool, elements)) - 1)


# --------------------------------------------------------------------------------------------------------------- order


def test_sources_are_put_in_order_letter_by_letter() -> None:
    titles = {
        "1": "type: article-newspaper\n  title: Z\n  container: The Atlantic",
        "2": 'type: book\n  authors: ["Le Blanc, Paul"]\n  title: The A',
        "3": 'type: book\n  authors: ["Le Blanc, Paul"]\n  title: B',
        "4": 'type: book\n  authors: ["Le Blanc, Paul", "Ash, Ann"]\n  title: A',
        "5": 'type: book\n  authors: ["Lebrun, Ann"]\n  title: A',
        "6": 'type: book\n  authors: ["Lèmon, Zoë"]\n  title: A',
        "7": 'type: webpage\n  title: "“Lemon” and Lime"',
        "8": 'text: "*Zinnias*, a list"',
        "9": "text: Aster\n  sort: Zz",
    }
    text = "\n".join(f"- id: {key}\n  {record}" for key, record in reversed(titles.items()))
    found = bibliography(text).sources().values()
    assert [one.id for one in sorted(found, key=lambda one: one.sort)] == list(titles)
