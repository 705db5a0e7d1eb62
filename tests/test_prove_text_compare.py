"""The comparison of words, and how its findings are told."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from publish.diagnostics import Location
from publish.prove.compare import Difference, Joint, compare
from publish.prove.findings import MOST, tell
from publish.prove.reading import LINE_END, PageStart, Recorder
from publish.prove.words import Passage

FEW = st.sampled_from(["the", "of", "party", "and", "Stalin", "trial"])
WORDS = st.lists(FEW | st.text("abcdefgh", min_size=1, max_size=3), max_size=80)
HERE = Location("book/text/essay.md", 1, 1)


def applied(expected: list[str], differences: tuple[Difference, ...]) -> list[str]:
    """The words that the differences make of those expected."""
    done, at = list[str](), 0
    for one in differences:
        assert tuple(expected[one.start : one.start + len(one.lost)]) == one.lost
        done += [*expected[at : one.start], *one.added]
        at = one.start + len(one.lost)
    return done + expected[at:]


@given(WORDS, WORDS)
def test_the_differences_lead_from_the_one_to_the_other(expected: list[str], found: list[str]) -> None:
    comparison = compare(expected, found)
    assert applied(expected, comparison.differences) == found
    assert (not comparison.differences) == (expected == found)
    assert len(comparison.places) == len(found)
    assert list(comparison.places) == sorted(comparison.places)


@given(st.lists(st.integers(0, 10**6), min_size=40, max_size=300, unique=True), st.data())
def test_one_lost_word_is_one_difference_at_its_place(numbers: list[int], data: st.DataObject) -> None:
    words = [str(number) for number in numbers]
    place = data.draw(st.integers(0, len(words) - 1))
    comparison = compare(words, words[:place] + words[place + 1 :])
    assert comparison.differences == (Difference(place, (words[place],), ()),)


@given(WORDS, st.data())
def test_any_way_of_breaking_the_lines_reads_the_same(words: list[str], data: st.DataObject) -> None:
    """Lines may end between words, behind a dash in a word, and with a hyphen in a word."""
    recorder, source = Recorder({"essay": "page"}), list[str]()
    recorder.begin("essay")
    for word in words:
        hyphen = data.draw(st.sampled_from(["", "‐", "-", "—"]))
        kept = hyphen if hyphen in {"-", "—"} and data.draw(st.booleans()) else ""
        tail = "xyz" if hyphen else ""
        if hyphen == "—" and not kept:
            hyphen = tail = ""
        source.append(word + kept + tail)
        recorder.text(word + (hyphen + LINE_END + tail if hyphen else ""))
        recorder.text(data.draw(st.sampled_from([" ", LINE_END, "\n", "\u00a0"])))
    recorder.end()
    assert compare(source, recorder.reading().passages["essay"]).differences == ()


def test_a_joint_agrees_with_each_of_its_readings_and_no_other() -> None:
    joint = Joint((("cooperate",), ("co-operate",), ("co-", "operate")))
    for source in (["cooperate", "now"], ["co-operate", "now"], ["co-", "operate", "now"]):
        assert compare(source, [joint, "now"]).differences == ()
    assert compare(["corporate", "now"], [joint, "now"]).differences


def test_a_hundred_thousand_words_need_one_window() -> None:
    """Linear: a page lost in the middle is looked for around itself, not in the whole text."""
    words = [f"w{number % 977}-{number // 31}" for number in range(100_000)]
    comparison = compare(words, words[:50_000] + words[50_400:])
    assert [(one.start, len(one.lost), one.added) for one in comparison.differences] == [(50_000, 400, ())]


# ------------------------------------------------------------------------------------------------------------ findings


def passage(text: str, name: str = "essay") -> Passage:
    return Passage(name, "page", text, HERE, (0,), (HERE,))


def told(source: str, found: str) -> list[tuple[str, int, str]]:
    one = passage(source)
    findings = tell("file", [(one, compare(one.words, found.split()).differences)])
    return [(finding.rule, finding.location.column, finding.message) for finding in findings]


def test_what_happened_to_the_words_is_said() -> None:
    source = "It stood in the air before each flower and went on"
    assert told(source, source) == []
    assert told(source, source.replace("air ", "")) == [
        ("text-lost", 17, "file has lost “air”, which stands after “It stood in the”")
    ]
    assert told(source, source.replace("each", "each each")) == [
        ("text-added", 28, "file has “each” a second time, after “the air before each”")
    ]
    assert told(source, source.replace("air", "fair")) == [
        ("text-changed", 17, "file has “fair” for “air”, after “It stood in the”")
    ]
    assert told(source, source.replace("each flower", "flower each")) == [
        ("text-moved", 33, "file has “flower” after “in the air before”, not after “the air before each”")
    ]


def test_words_that_went_to_another_passage_are_moved() -> None:
    first, second = passage("one two three four five", "note-1"), passage("six seven", "note-2")
    differences = [
        (first, compare(first.words, ["four", "five"]).differences),
        (second, compare(second.words, ["six", "seven", "one", "two", "three"]).differences),
    ]
    (finding,) = tell("file", differences)
    assert finding.rule == "text-moved"
    assert "“one two three” after “six seven” in “note-2”, not at the beginning of “note-1”" in finding.message


def test_many_findings_are_counted_not_told() -> None:
    source = " ".join(f"w{number} of" for number in range(100))
    found = told(source, source.replace(" of", " off"))
    assert len(found) == MOST + 1
    assert found[-1][2] == "… and 80 more differences like these in file"


def test_a_location_counts_lines_and_columns_within_a_piece() -> None:
    one = Passage("essay", "page", "first line\nsecond line", HERE, (0,), (Location("a.md", 7, 5),))
    assert one.location_of(1) == Location("a.md", 7, 11)
    assert one.location_of(3) == Location("a.md", 8, 8)
    assert one.location_of(99) == Location("a.md", 8, 8)


# ------------------------------------------------------------------------------------------------------------- markers


def test_a_page_begins_at_the_next_wanted_word() -> None:
    recorder = Recorder({"essay": "page", "note-1": "note"})
    recorder.mark("1")
    recorder.begin("cover")
    recorder.text("words of no interest")
    recorder.end()
    recorder.begin("essay")
    recorder.text("One two ")
    recorder.mark("2")
    recorder.begin("note-1")
    recorder.text("A note.")
    recorder.end_aside()
    recorder.text("three fo")
    recorder.mark("3")
    recorder.text("ur")
    recorder.mark("4")
    recorder.end()
    assert recorder.reading().page_starts == (
        PageStart("1", "essay", 0),
        PageStart("2", "essay", 2),
        PageStart("3", "essay", 3, "fo"),
        PageStart("4", "", 0),
    )
