"""Citations in the text: read, put into words, refused where they are malformed or cannot stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from load_sample import body, inlines, read
from publish.diagnostics import Location
from publish.load.citations import Citation, Item, read_citation
from publish.model import Inline, Paragraph, Span
from source_sample import bibliography

RECORDS = """
- id: conquest
  type: book
  authors: ["Conquest, Robert"]
  title: The Great Terror
  date: 1968
- id: GT-army
  part-of: conquest
  locator: chap. 7, "Assault on the Army"
- id: GT-may
  part-of: conquest
  locator: on the arrests of May 1937
- id: kotkin
  type: book
  authors: ["Kotkin, Stephen"]
  title: "Stalin: Waiting for Hitler"
- id: LAT
  type: article-newspaper
  title: Politburo Clears 20
  container: Los Angeles Times
"""
ARMY = "Conquest, *Great Terror*, chap. 7, “Assault on the Army”"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("[@conquest]", "Conquest, *Great Terror*"),
        ("See [@conquest, chap. 7].", "See Conquest, *Great Terror*, chap. 7."),
        ("[see @conquest, chap. 7; @kotkin]", "see Conquest, *Great Terror*, chap. 7; Kotkin, *Stalin*"),
        ("[@LAT]. [@LAT],", "*Los Angeles Times*, “Politburo Clears 20.” *Los Angeles Times*, “Politburo Clears 20,”"),
        (
            "[@LAT]; [@LAT]...",
            "*Los Angeles Times*, “Politburo Clears 20”; *Los Angeles Times*, “Politburo Clears 20”...",
        ),
        ("[@GT-army]", ARMY),
        ("[@GT-army].", f"{ARMY[:-1]}.”"),
        ("[@GT-army; @GT-may; @kotkin]", f"{ARMY[:-1]},” on the arrests of May 1937; Kotkin, *Stalin*"),
        (
            "[@conquest, 12; but see @conquest, 30]",
            "Conquest, *Great Terror*, 12; but see Conquest, *Great Terror*, 30",
        ),
        ('[@conquest,\nchap. 7, "It\'s"]', "Conquest, *Great Terror*, chap. 7, “It’s”"),
        ('[the "former" @conquest ]', "the “former” Conquest, *Great Terror*"),
        ("*[@kotkin]*", "*Kotkin, *Stalin**"),
    ],
)
def test_a_citation_is_put_into_words(typed: str, printed: str) -> None:
    made = bibliography(RECORDS)
    assert made.cite(typed) == [printed]
    assert made.found == []


def spans(nodes: tuple[Inline, ...]) -> list[tuple[str, ...]]:
    return [node.cites for node in nodes if isinstance(node, Span)]


def test_each_source_is_a_span_that_knows_its_keys() -> None:
    made = bibliography(RECORDS)
    assert spans(made.read("[see @GT-army; @GT-may; @kotkin]")) == [("GT-army", "GT-may"), ("kotkin",)]
    assert made.citable.cited == {"GT-army", "GT-may", "conquest", "kotkin"}


def test_the_first_citation_is_full_where_no_list_has_the_source() -> None:
    made = bibliography(RECORDS, listed=False)
    full = "Stephen Kotkin, *Stalin: Waiting for Hitler*; Robert Conquest, *The Great Terror* (1968), on the arrests of May 1937, n. 3"
    assert made.cite("[@kotkin; @GT-may, n. 3; @kotkin]", "[@GT-army]") == [f"{full}; Kotkin, *Stalin*", ARMY]


def test_the_sources_of_an_entry_stand_together_by_work() -> None:
    made = bibliography(RECORDS)
    nodes = made.citable.cite_all(("GT-army", "LAT", "GT-may", "conquest"), Location("book/glossary.yaml"))
    assert spans(nodes) == [("GT-army", "GT-may", "conquest"), ("LAT",)]


# -------------------------------------------------------------------------------------------------------------- refused


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("[@conquest chap. 7]", "no comma"),
        ("[@conquest @kotkin]", "two sources"),
        ("[@conquest, @kotkin]", "two sources"),
        ("[@conquest; chap. 7]", "names no source"),
        ("[@conquest;]", "names no source"),
        ("[-@conquest]", "left out"),
        ("[@conquest,]", "nothing behind the comma"),
        ("[@conquest, *passim*]", "Markdown"),
        ("[@conquest; x@kotkin]", "at once before an @"),
        ("[@conquest, [1937]]", "would be printed"),
        ("[@conquest", "would be printed"),
    ],
)
def test_a_malformed_citation_is_told(typed: str, said: str) -> None:
    made = body(f"Words {typed} end.")
    assert made.rules == ["citation-malformed"]
    assert said in made.found[0].message
    assert (made.found[0].location.line, made.found[0].location.column) == (3, 7)


def test_a_citation_in_a_link_is_told() -> None:
    assert body("[words [@a]](#p)").rules == ["stray-link"]


@pytest.mark.parametrize(
    "typed",
    [
        "## Heading [@a]",
        "[words [@a]]{term=x}",
        "![picture [@a]](images/a.png)",
    ],
)
def test_a_citation_cannot_stand_everywhere(typed: str) -> None:
    assert "citation-misplaced" in body(typed).rules


def test_a_title_cites_nothing() -> None:
    assert read("# Title [@a]\n\nWords.").rules == ["citation-misplaced"]


@pytest.mark.parametrize(
    "typed",
    [
        "[me@example.org]",
        "[5 @ 3 cents]",
        "[@]",
        "\\[@a]",
        "`[@a]`",
        "[1937] @a",
    ],
)
def test_other_brackets_stay_what_they_are(typed: str) -> None:
    made = body(typed)
    assert made.rules == []
    assert isinstance(made.blocks[0], Paragraph)
    assert not any(isinstance(node, Span) for node in made.blocks[0].children)


def test_the_words_of_an_edited_text_are_its_own() -> None:
    made = body("He wrote [for sale @home] and [@home].[^n]\n\n[^n]: Yes [see @home].", witness=True)
    assert made.rules == ["citation-misplaced"]
    assert "edited text" in made.found[0].message
    assert isinstance(made.blocks[0], Paragraph)
    assert inlines(made.blocks[0].children) == "He wrote [for sale @home] and <note n>"
    assert made.notes[0].blocks


def test_the_witness_may_have_a_mark_in_a_bracket() -> None:
    made = body("[for sail @home {~~sail~>sale~~}{>>x<<}]", witness=True)
    assert made.rules == []


# ----------------------------------------------------------------------------------------------------------- properties

KEYS = st.from_regex(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,6}[A-Za-z0-9])?", fullmatch=True)
PLACES = st.from_regex(r"[a-z0-9](?:[a-z0-9 .,:–]{0,9}[a-z0-9])?", fullmatch=True).map(
    lambda text: " ".join(text.split())
)
ITEMS = st.builds(Item, KEYS, st.sampled_from(["", "see", "but see"]), st.just("") | PLACES)


def typed(item: Item) -> str:
    prefix = f"{item.prefix} " if item.prefix else ""
    return f"{prefix}@{item.key}{', ' if item.locator else ''}{item.locator}"


@given(st.lists(ITEMS, min_size=1, max_size=3), st.sampled_from(["", ".", ","]))
def test_what_is_written_is_read(items: list[Item], after: str) -> None:
    source = f"[{'; '.join(map(typed, items))}]{after}"
    assert read_citation(f"a {source} b", 2, len(source) + 4) == (
        Citation(tuple(items), after, source),
        len(source) + 2,
    )


@given(st.text("[]@a1 ,;.-{}(*\\\n"))
def test_any_text_is_read_or_left(text: str) -> None:
    for start in range(len(text)):
        found = read_citation(text, start, len(text))
        if found:
            citation, end = found
            assert text[start:end] == citation.source
            assert citation.items or citation.wrong


@given(st.text("[]@a1 ,;.-*\n"))
def test_no_words_are_lost_or_put_in_without_a_word(text: str) -> None:
    """In an edited text every sign of a paragraph is kept, or something is told."""
    made = body(f"x {text} x", witness=True)
    if made.rules == [] and len(made.blocks) == 1 and "*" not in text:
        assert isinstance(made.blocks[0], Paragraph)
        assert inlines(made.blocks[0].children).split() == f"x {text} x".split()
