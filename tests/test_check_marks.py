"""Rules that read what words say, each on the clean book with some words more."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.check import check_book
from publish.check.dates import dates_of_rows
from publish.check.initials import find_initials, has_name, name_begins_at, name_ends_at
from publish.check.phrases import DYING, HEDGES, KILLED, SMALL, phrase
from publish.check.sentences import sentences
from publish.diagnostics import Location
from publish.load import load_book
from publish.model import Book, Event, Project

GARDEN = Path(__file__).parent / "books" / "garden"


def garden(folder: Path, words: str = "", **changes: tuple[str, str]) -> Book:
    """The clean book with these words in its introduction, and each change, an old text and a new, in a file by its stem."""
    shutil.copytree(GARDEN, folder / "garden", dirs_exist_ok=True)
    book = folder / "garden" / "book"
    changes |= {"introduction": ("\n[^ledger]: ", f"\n{words}\n\n[^ledger]: ")}
    for stem, (old, new) in changes.items():
        path = next(book.rglob(f"{stem}.*"))
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
    made, report = load_book(Project.at(folder / "garden"))
    assert made is not None
    assert not report
    return made


def found(book: Book) -> list[tuple[str, str]]:
    return [(one.rule, one.message) for one in check_book(book)]


def rules(book: Book) -> list[str]:
    return [one.rule for one in check_book(book)]


# ------------------------------------------------------------------------------------------- all marks, rightly used


RIGHT = """
The moth went ["from one to the next … never twice"]{from=first-watch}. "So my father wrote, and so it was"
([The second watch](#essay-the-second-watch)), as she says in ["it is the moths they call."]{from=essay}

::: {from=essay}
Night is a garden that is weeded by the cold.
:::

Bates (1825–1892), born on [8 February 1825]{date=bates:born}, died in [that February]{date=bates:died}. Perhaps he
[saw the garden]{.uncertain}. See below, [](#first-watch), and [the house](#introduction-the-house-and-its-garden) above. He belonged
to the Royal Geographical Society (R.G.S.); the R.G.S. has his letters. Section XIV of the U.S. Code.
"""


def test_right_marks_are_no_finding(tmp_path: Path) -> None:
    known = ("labels:\n", "known-abbreviations: [US]\nlabels:\n")
    assert found(garden(tmp_path, RIGHT, book=known)) == []


# ----------------------------------------------------------------------------------------------------------- quotations


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ('"never twice to same" ([](#essay))', ["quotation-differs"]),
        ('"never twice to same" ([](#term-bates))', []),
        ('"never twice" (see [](#essay))', []),
        ('["never twice"]{from=introduction}', ["quotation-differs"]),  # itself
        ('Never twice. ["Never twice"]{from=introduction}', []),
        ('"never twice" ([](#introduction-the-text))', ["quotation-differs"]),
        ('["the convolvulus hawk moth"]{from=essay}', ["quotation-differs"]),  # a note
        ('["Stocks give their scent only now,"]{from=essay}', []),
        ('["Stocks give there scent only now,"]{from=essay}', ["quotation-differs"]),  # the witness
        ("[x]{from=first-watch} [y]{from=term-bates}", ["quotation-differs", "unknown-reference"]),
        ('"the stocks give there scent only now"', []),  # unmarked, and as the witness has it
        ('"the stocks give their scent just now"', ["quotation-unmarked"]),
        ('["the stocks give their scent just now"]{.noterm}', ["quotation-unmarked"]),
        ('"give their colour"', []),
    ],
)
def test_quotations(words: str, expected: list[str], tmp_path: Path) -> None:
    assert rules(garden(tmp_path, words)) == expected


def test_titles_in_a_citation_are_no_quotations(tmp_path: Path) -> None:
    titled = ("  title: The Naturalist on the River Amazons", '  title: "The stocks give their scent just now"')
    assert rules(garden(tmp_path, "Words [@naturalist].", bibliography=titled)) == []


# ---------------------------------------------------------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Bates (8 February 1825–16 February 1892)", []),
        ("Bates (8 February 1825–17 February 1892)", ["date-differs"]),
        ("Bates (c. 1825–c. 1893)", ["date-differs"]),
        ("Bates (1825–1893, in London)", []),
        ("*Bates* (1850–1863)", []),
        ("Bates (1863)", []),
        ("Bates (1848–59)", []),
        ("[in 1892]{date=bates:died}", []),
        ("[1892]{date=bates}", ["unknown-date"]),
        ("[the next day]{date=bates:died}", ["unknown-date"]),
    ],
)
def test_dates_of_a_person(words: str, expected: list[str], tmp_path: Path) -> None:
    assert rules(garden(tmp_path, words)) == expected


def test_a_date_that_the_glossary_does_not_have_cannot_be_marked(tmp_path: Path) -> None:
    book = garden(tmp_path, "[1825]{date=bates:born}", glossary=("  born: 1825-02-08\n", ""))
    assert sorted(rules(book)) == ["person-incomplete", "unknown-date"]


def event(name: str, when: str, born: tuple[str, ...] = (), died: tuple[str, ...] = ()) -> Event:
    return Event(name, when, "", (), (), born, died, ("naturalist",), "confirmed", Location("book/chronology.yaml"))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (event("e", "1892-02-16", died=("bates",)), []),
        (event("e", "1892", died=("bates",)), []),
        (event("e", "1892-02/1892-03", died=("bates",)), []),
        (event("e", "1892-02-17", died=("bates",)), ["date-differs"]),
        (event("e", "1892", born=("bates",)), ["date-differs"]),
        (event("e", "1892", died=("hawk-moth",)), []),  # no person: unknown-entry tells it
    ],
)
def test_dates_of_rows(row: Event, expected: list[str], tmp_path: Path) -> None:
    book = replace(garden(tmp_path), chronology=(row,))
    assert [one.rule for one in dates_of_rows(book)] == expected


def test_the_date_of_a_row_is_marked_by_its_id(tmp_path: Path) -> None:
    book = garden(tmp_path, "[26 May 1848]{date=amazon} and [June 1848]{date=amazon}")
    book = replace(book, chronology=(event("amazon", "1848-05-26"),), index=())
    assert rules(book) == ["date-differs"]


# ------------------------------------------------------------------------------------------------------------ certainty


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("[He came.]{.uncertain} Perhaps not.", ["uncertain-as-fact"]),
        ("It may well have been so that [he came]{.uncertain}.", []),
        ("[He came.]{.uncertain}[^n]\n\n[^n]: Perhaps.", ["uncertain-as-fact"]),
    ],
)
def test_uncertain_words(words: str, expected: list[str], tmp_path: Path) -> None:
    assert rules(garden(tmp_path, words)) == expected


@pytest.mark.parametrize(("note", "expected"), [("Probably the", []), ("The", ["uncertain-as-fact"])])
def test_an_edited_text_is_hedged_in_its_note(note: str, expected: list[str], tmp_path: Path) -> None:
    book = garden(tmp_path, essay=("the first hawk moth came", "[the first hawk moth]{.uncertain} came"))
    assert rules(book) == []
    shutil.rmtree(tmp_path / "garden")
    text = (GARDEN / "book" / "text" / "essay.md").read_text("utf-8")
    marked = text.replace("the first hawk moth came", "[the first hawk moth]{.uncertain} came").replace(
        "Probably the", note
    )
    assert rules(garden(tmp_path, essay=(text, marked))) == expected


def test_an_uncertain_row_says_so(tmp_path: Path) -> None:
    book = replace(garden(tmp_path), chronology=(replace(event("e", "1892"), status="uncertain"),), index=())
    assert rules(book) == ["uncertain-as-fact"]


@pytest.mark.parametrize("table", [HEDGES, DYING, KILLED])
def test_the_tables_have_patterns_of_whole_words(table: dict[str, str]) -> None:
    for language in table:
        pattern = phrase(table, language)
        assert pattern is not None
        assert not pattern.search("")
    assert phrase(table, "tlh") is None


# ----------------------------------------------------------------------------------------------------------- directions


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("See above, [](#first-watch).", ["reference-direction"]),
        ("See below ([](#first-watch)).", []),
        ("It is told below in [the first watch](#first-watch).", []),
        ("It is told above in [the first watch](#first-watch).", ["reference-direction"]),
        ("[The first watch](#first-watch) above tells it.", ["reference-direction"]),
        ("[The first watch](#first-watch), below.", []),
        ("[The text below](#introduction-the-house-and-its-garden).", ["reference-direction"]),
        ("[The first watch](#first-watch) above all.", []),
        ("[The house](#introduction-the-house-and-its-garden) below the hill.", []),
        ("It stood above [the watch](#first-watch).", []),
        ("See earlier, [](#first-watch).", ["reference-direction"]),
        ("[The house](#introduction-the-house-and-its-garden) later.", ["reference-direction"]),
        ("[The first watch](#first-watch) later became known.", []),
        ("See [Bates](#term-bates) below.", []),
        ("See [Bates](#term-bates) above.", ["reference-direction"]),
        ("A call.[^n] See above, [](#in-note).\n\n[^n]: Some [words]{#in-note}.", []),
        ("See above, [](#in-note). A call.[^n]\n\n[^n]: Some [words]{#in-note}.", ["reference-direction"]),
    ],
)
def test_directions(words: str, expected: list[str], tmp_path: Path) -> None:
    assert rules(garden(tmp_path, words)) == expected


@pytest.mark.parametrize(
    ("language", "words"), [("de", "Siehe oben, [](#first-watch)."), ("fr", "Voir [](#first-watch) ci-dessus.")]
)
def test_directions_in_other_languages(language: str, words: str, tmp_path: Path) -> None:
    assert "reference-direction" in rules(garden(tmp_path, words, book=("en-GB", language)))


# -------------------------------------------------------------------------------------------------------- abbreviations


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The Royal Geographical Society (R.G.S.) and the RGS", []),
        ("The RGS (Royal Geographical Society)", []),
        ("The R.G.S., the Royal Geographical Society, was old.", []),
        ("The R.G.S., or Royal Geographical Society, was old.", []),
        ("The Royal Geographical Union (R.G.S.)", ["abbreviation-unexpanded"]),
        ("the People's Commissariat of Internal Affairs (NKVD)", []),
        ("the NKVD (People's Commissariat of Internal Affairs)", []),
        ("the commissars of all inner affairs (NKVD)", ["abbreviation-unexpanded"]),
        ("The R.G.S. and the R.G.S. again, RGS’s too", ["abbreviation-unexpanded"]),
        ("J.R.R. Lee, section XIV, MCM, and THE WHOLE TITLE", []),
        ("`RGS` and [RGS AND]{.lead-in}", []),
        ("The Y.M.C.A. House", []),
        ("The Y.M.C.A. House of the Y.M.C.A.", ["abbreviation-unexpanded"]),
        ("Partido Obrero de Unificación Marxista (POUM)", []),
        ("the Communist Party of the U.S.A. (CPUSA)", ["abbreviation-unexpanded"]),  # U.S.A.
    ],
)
def test_abbreviations(words: str, expected: list[str], tmp_path: Path) -> None:
    assert rules(garden(tmp_path, words)) == expected


@pytest.mark.parametrize(
    ("gloss", "expected"), [("The white star.", []), ("A white flower.", ["abbreviation-unexpanded"])]
)
def test_the_glossary_writes_out_what_it_has_as_a_form(gloss: str, expected: list[str], tmp_path: Path) -> None:
    change = ("  modern: Nicotiana alata\n  gloss: ", f"  forms: [W.S.]\n  modern: Nicotiana alata\n  gloss: {gloss} ")
    told = found(garden(tmp_path, "The W.S. opens.", glossary=change))
    assert [rule for rule, _ in told] == expected
    assert all("no name in the entry “tobacco” has these initials" in message for _, message in told)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("NKVD, ILGWU’s, C.P.S.U. and AFL-CIO; GPUs", ["NKVD", "ILGWU", "C.P.S.U.", "AFL-CIO", "GPU"]),
        ("l’URSS, É.N.A. (OTAN)", ["URSS", "É.N.A.", "OTAN"]),
        ("XIV, H2O, B-52, Abc, a.m., A. B. See, THE END OF", []),
    ],
)
def test_initials(text: str, written: list[str]) -> None:
    assert [one.written for one in find_initials(text)] == written


@given(st.lists(st.from_regex(r"[A-Z][a-z]{2,6}", fullmatch=True), min_size=2, max_size=6), st.data())
def test_a_name_has_its_initials_and_no_others(name: list[str], data: st.DataObject) -> None:
    letters = "".join(word[0] for word in name)
    small = data.draw(st.sampled_from(sorted(SMALL)))
    words = f" {small} ".join(name)
    assert name_begins_at(f"{words} x", 0, letters)
    assert name_ends_at(f"x {words}", len(words) + 2, letters)
    assert has_name(f"x {words} x", letters)
    assert not name_ends_at(f"{words} x", len(words) + 2, letters)
    assert not has_name(words.casefold(), f"{letters}7")


# --------------------------------------------------------------------------------------------------------- completeness


def test_a_citation_in_the_words_is_a_source(tmp_path: Path) -> None:
    bare = ("opens at dusk.\n  sources: [naturalist]", "opens at dusk.")
    assert rules(garden(tmp_path, glossary=bare)) == ["without-source"]
    shutil.rmtree(tmp_path / "garden")
    cited = ("Here the white tobacco flower, which opens at dusk.\n  sources: [naturalist]", "A flower [@naturalist].")
    assert rules(garden(tmp_path, glossary=cited)) == []


def test_a_person_needs_a_death_only_where_the_fate_tells_one(tmp_path: Path) -> None:
    lived = ("  died: 1892-02-16\n", "")
    row = ("  died: [bates]\n", "")
    assert rules(garden(tmp_path, glossary=lived, chronology=row)) == ["person-incomplete"]
    shutil.rmtree(tmp_path / "garden")
    text = (GARDEN / "book" / "glossary.yaml").read_text("utf-8")
    alive = text.replace(*lived).replace("Died in London.", "Lived in London.")
    assert rules(garden(tmp_path, glossary=(text, alive), chronology=row)) == []


def test_a_mention_in_the_glossary_alone_is_none(tmp_path: Path) -> None:
    entry = "- id: kew\n  kind: term\n  headword: {0}\n  gloss: Words.\n  sources: [naturalist]\n  see-also: [bates]\n"
    first = ("see-also: [hawk-moth]", "see-also: [hawk-moth, kew]")
    text = (GARDEN / "book" / "glossary.yaml").read_text("utf-8").replace(*first)
    for headword, expected in (("London", ["entry-unmentioned"]), ("Kew", [])):
        glossary = (GARDEN / "book" / "glossary.yaml").read_text("utf-8")
        shutil.rmtree(tmp_path / "garden", ignore_errors=True)
        assert rules(garden(tmp_path, glossary=(glossary, text + entry.format(headword)))) == expected


def test_a_long_word_is_looked_at_once_for_the_end_of_its_sentence() -> None:
    """By the square of its length it would take an hour."""
    words = f"It was. X{'x' * 1_000_000} was so! Then"
    assert [words[begin:end] for begin, end in sentences(words, "en")] == [
        "It was.",
        words[7 : -len(" Then")],
        " Then",
    ]
