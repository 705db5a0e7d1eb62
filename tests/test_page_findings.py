"""What is wrong on printed pages is found where it stands: on pages that are really set so, and on lines made by hand."""

from __future__ import annotations

import string
from dataclasses import replace

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

import page_sample
from publish.diagnostics import Location, catalogue
from publish.model import PageFinding, Place
from publish.prove import page_marks
from publish.prove.page_lines import Gap, Line, Paragraph
from publish.prove.page_marks import Mark, marks_of
from publish.prove.page_source import locate

LETTERS = string.ascii_lowercase


def only(text: str, rule: str) -> PageFinding:
    (found,) = page_sample.found_in(text)[rule]
    return found


# ------------------------------------------------------------------------------------------------- on pages really set


# Each rule, a text that is set so, and how often at least.
HAPPENS = [
    ("page-loose-line", "narrow", 100),
    ("page-tight-line", "tight", 2),
    ("page-hyphens-running", "narrow", 20),
    ("page-hyphen-ladder", "narrow", 20),
    ("page-hyphen-at-page-end", "narrow", 2),
    ("page-hyphen-before-last-line", "narrow", 5),
    ("page-divided-name", "narrow", 30),
    ("page-wide-river", "narrow", 10),
    ("page-same-word", "stack", 1),
    ("page-short-last-line", "ends", 2),
    ("page-orphan", "orphan", 1),
    ("page-widow", "widow", 1),
    ("page-stranded-heading", "stranded", 1),
    ("page-off-grid", "shifted", 1),
    ("page-short-page", "kept", 1),
    ("page-uneven-spread", "uneven", 1),
    ("page-empty-last-page", "ending", 1),
    ("page-long-notes", "noted", 2),
]
OTHERS = {"page-marker", "page-number"}  # rules of the e-book's pages, and of the numbers of pages


@pytest.mark.parametrize(("rule", "text", "least"), HAPPENS, ids=[rule for rule, _, _ in HAPPENS])
def test_each_kind_is_found_in_the_text_that_is_set_so(rule: str, text: str, least: int) -> None:
    assert len(page_sample.found_in(text)[rule.removeprefix("page-")]) >= least


def test_every_rule_of_the_report_happens() -> None:
    rules = {slug for slug, one in catalogue().items() if (one.stage, slug[:5]) == ("prove", "page-")} - OTHERS
    assert rules == {rule for rule, _, _ in HAPPENS} == {one.diagnostic.rule for one in page_sample.findings()}
    assert {catalogue()[rule].severity for rule in rules} == {"note"}


@pytest.mark.parametrize(
    ("text", "rule", "place", "line"),
    [
        ("stack", "same-word", Place("17", 2), 1),
        ("orphan", "orphan", Place("19", 25), 19),
        ("widow", "widow", Place("22", 1), 17),
        ("stranded", "stranded-heading", Place("23", 23), 15),
        ("shifted", "off-grid", Place("26", 4), 19),
        ("kept", "short-page", Place("27", 22), 13),
        ("uneven", "uneven-spread", Place("30", 27), 33),
        ("ending", "empty-last-page", Place("36", 1), 17),
    ],
)
def test_it_is_told_with_its_printed_line_and_its_line_in_the_source(
    text: str, rule: str, place: Place, line: int
) -> None:
    found = only(text, rule)
    assert found.place == place
    assert (found.diagnostic.location.file, found.diagnostic.location.line) == (f"book/text/{text}.md", line)
    assert found.page == int(place.page) - 1


def test_the_lines_are_those_that_the_layout_counts() -> None:
    """The first line of each block is on the page and line that locators and glossary name."""
    measured, places = page_sample.measured(), page_sample.layout().pagination.places
    blocks = [one for text in measured.texts for one in text.blocks if one.id]
    assert len(blocks) > 100
    assert {one.id: measured.place_of(one.lines[0]) for one in blocks} == {one.id: places[one.id] for one in blocks}


def test_the_area_of_a_finding_has_its_words() -> None:
    """As another reader sees it (PDFium): what stands in the area of a loose line are the words that are quoted."""
    loose = page_sample.found_in("narrow")["loose-line"]
    with pypdfium2.PdfDocument(page_sample.measured().artifact.data) as document:
        for one in loose[:40]:
            left, foot, right, head = one.rectangle
            text = document[one.page].get_textpage().get_text_bounded(left - 1, foot, right + 1, head)
            quoted = one.diagnostic.message.split("“")[1].split("”")[0].removesuffix(" …").rstrip("-")
            assert quoted in " ".join(text.split())


def test_the_column_is_that_of_the_first_word_of_the_line() -> None:
    for one in page_sample.found_in("tight")["tight-line"]:
        line = page_sample.source_of("tight").splitlines()[one.diagnostic.location.line - 1]
        words = one.diagnostic.message.split("“")[1].split(" …")[0]
        assert line[one.diagnostic.location.column - 1 :].startswith(words)


def test_the_worst_is_a_matter_of_degree() -> None:
    ladders = page_sample.found_in("narrow")["hyphen-ladder"]
    assert {one.badness for one in ladders} >= {1.5, 2.0}
    for one in ladders:
        assert one.badness == int(one.diagnostic.message.split()[0]) / 2


def test_a_page_is_short_beside_one_that_is_not() -> None:
    assert only("kept", "short-page").diagnostic.message == "the page ends 3 lines above its foot"
    assert "the one that faces it" in only("uneven", "uneven-spread").diagnostic.message
    assert "short-page" not in page_sample.found_in("uneven")


# --------------------------------------------------------------------------------------------------- on lines by hand


def line(text: str, number: int = 0, space: float = 2.0, page: int = 0) -> Line:
    """A line in 10 point type, 14 points from the next, with letters of 5 points."""
    gaps, x = [], 0.0
    *others, last = text.split()
    for word in others:
        x += 5.0 * len(word)
        gaps.append(Gap(x, x + space))
        x += space
    return Line(page, 500.0 - 14 * number, 10.0, 0.0, x + 5.0 * len(last), text, tuple(gaps))


def marks(*lines: Line, indent: float = 14.0, language: str = "en") -> list[Mark]:
    return list(marks_of(Paragraph(("s",), lines, "p"), 0.2, indent, language))


def rules(*lines: Line, indent: float = 14.0) -> list[str]:
    return [one.rule.removeprefix("page-") for one in marks(*lines, indent=indent)]


def test_a_line_at_the_limit_is_neither_loose_nor_tight() -> None:
    last = line("the last line", 1)
    assert rules(line("one two three", space=3.2), last) == []
    assert rules(line("one two three", space=3.3), last) == ["loose-line"]
    assert rules(line("one two three", space=1.48), last) == []
    assert rules(line("one two three", space=1.4), last) == ["tight-line"]
    assert rules(line("one two three", space=9.0)) == []


def test_divided_words_are_told_only_in_bad_places() -> None:
    plain, last = line("one two three", 1), line("the last line", 3)
    assert rules(line("one gar\u00ad"), line("den three", 1), last) == []
    assert rules(line("one gar\u00ad"), line("den or\u00ad", 1), line("chard or", 2), last) == ["hyphens-running"]
    assert rules(plain, line("one gar\u00ad", 2), last) == ["hyphen-before-last-line"]
    assert rules(
        line("one gar\u00ad"), line("den two", page=1), line("b c", 1, page=1), line("five six", 2, page=1)
    ) == [
        "hyphen-at-page-end",
        "orphan",
    ]


@pytest.mark.parametrize(
    ("language", "word", "found"), [("en", "Mos", ["divided-name"]), ("en", "mos", []), ("de", "Mos", [])]
)
def test_a_name_is_what_has_a_capital_that_the_language_does_not_ask_for(
    language: str, word: str, found: list[str]
) -> None:
    said = marks(line(f"of {word}\u00ad"), line("cow and", 1), line("the last line", 2), language=language)
    assert [one.rule.removeprefix("page-") for one in said] == found


def test_a_ladder_is_one_finding_as_far_as_it_goes() -> None:
    steps = [line(f"word word{n} gar\u00ad", n) for n in range(4)]
    (found, *_) = marks(*steps, line("den and", 4), line("the last line", 5))
    assert (found.rule, found.badness, found.line) == ("page-hyphen-ladder", 2.0, steps[0])
    assert found.rectangle == pytest.approx((steps[0].gaps[-1].right, 458 - 3.0, steps[0].right, 500 + 7.5))
    parted = [replace(one, page=int(n > 1)) for n, one in enumerate(steps)]
    assert "hyphen-ladder" not in rules(*parted, line("den and", 4, page=1), line("last", 5, page=1))


def test_a_river_is_told_once_from_its_source() -> None:
    wide = [line(f"{LETTERS[n] * 9} cccc {'d' * (9 - n)}", n, space=3.1) for n in range(4)]
    found = [one for one in marks(*wide, line("the last line", 4)) if one.rule == "page-wide-river"]
    assert [(one.line, one.badness) for one in found] == [(wide[0], 4 / 3)] * 2
    assert found[0].rectangle == pytest.approx((45.0, 458 - 3.0, 48.1, 500 + 7.5))
    turned = [replace(one, page=int(n > 1)) for n, one in enumerate(wide)]
    assert "wide-river" not in rules(*turned, line("the last line", 4, page=1))


def test_lines_that_end_by_themselves_do_not_stack() -> None:
    verse = [line("and the night", 0), line("and the garden in the long night", 1), line("and moths", 2)]
    assert rules(*verse) == []
    prose = [line(f"and the garden {LETTERS[n] * 5}", n) for n in range(3)]
    assert rules(*prose, line("the last line", 3)) == ["same-word"]
    assert rules(*[replace(one, text=one.text.replace("and", f"and{n}")) for n, one in enumerate(prose)]) == []


@pytest.mark.parametrize(
    ("last", "found"),
    [
        ("it.", ["short-last-line"]),
        ("it.12", ["short-last-line"]),
        ("1937.", []),
        ("nights", []),
        ("so as", []),
    ],
)
def test_a_last_line_has_four_letters(last: str, found: list[str]) -> None:
    assert rules(line("one two three"), line(last, 1)) == found


def test_a_last_line_is_longer_than_an_indent_and_no_stub() -> None:
    assert rules(line("one two three"), line("night", 1), indent=26.0) == ["short-last-line"]
    assert rules(line("one two gar\u00ad"), line("dening", 1)) == ["hyphen-before-last-line", "short-last-line"]


words = st.lists(st.text(LETTERS, min_size=1, max_size=9), min_size=1, max_size=6).map(" ".join)


@given(st.lists(st.tuples(words, st.floats(1.0, 6.0), st.booleans()), min_size=1, max_size=12), st.integers(0, 11))
def test_marks_stand_on_their_lines_and_only_measured_ones_are_loose(
    facts: list[tuple[str, float, bool]], turn: int
) -> None:
    lines = [
        line(text + ("\u00ad" if hyphen else ""), number, space, int(number >= turn))
        for number, (text, space, hyphen) in enumerate(facts)
    ]
    found = marks(*lines)
    assert all(one.line in lines and one.badness >= 1 for one in found)
    assert all(one.rectangle[0] <= one.rectangle[2] and one.rectangle[1] < one.rectangle[3] for one in found)
    loose = {one.line for one in found if one.rule == "page-loose-line"}
    limit = 10 * (1.6 * 0.2 + page_marks.EXACT)
    assert loose == {
        one for one in lines[:-1] if one.gaps and sum(gap.width for gap in one.gaps) > limit * len(one.gaps)
    }


# ------------------------------------------------------------------------------------------------------ in the source


@given(st.lists(st.text(LETTERS, min_size=3, max_size=9), min_size=4, max_size=40, unique=True), st.data())
def test_words_are_found_where_they_are_typed(typed: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(typed) - 1))
    stop = data.draw(st.integers(at + 1, len(typed)))
    before = " ".join(typed[:at])
    source = f"# Title\n\n{' '.join(typed)}\n\nAnother paragraph.\n"
    found = locate(source, Location("essay.md", 3, 1), " ".join(typed[at:stop]), sum(map(len, typed[:at])))
    assert found == Location("essay.md", 3, len(before) + (2 if before else 1))


MARKED = """\
# Title

He said that *Workers Age* of the {~~Kameney~>Kamenev~~}{>>Misprint.<<} group[^note] would
come back, and come back again.

[^note]: A note; see [@key, 12].
    It has a line more.

Come back, and come back again, in another paragraph.
"""


@pytest.mark.parametrize(
    ("words", "before", "line", "column"),
    [
        ("Workers Age of the Ka", 10, 3, 15),
        ("menev group3 would come", 30, 3, 49),
        ("come back, and come back again", 55, 4, 1),
        ("again.", 75, 4, 26),
        ("nothing that is there", 10, 3, 1),
        ("Qu.", 10, 3, 1),
    ],
)
def test_words_are_found_in_spite_of_marks(words: str, before: int, line: int, column: int) -> None:
    found = locate(MARKED, Location("essay.md", 3, 1), words, before)
    assert (found.line, found.column) == (line, column)


def test_words_are_looked_for_in_their_block_alone() -> None:
    note = Location("essay.md", 6, 1)
    assert locate(MARKED, note, "another paragraph", 0) == note
    assert locate(MARKED, note, "It has a line", 20) == Location("essay.md", 7, 5)
