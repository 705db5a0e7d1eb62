"""The records of bibliography.yaml: what is wrong in them is told, and what cites them is counted through the whole book."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from publish.diagnostics import Report
from publish.load import load_book
from publish.model import Book, Paragraph, Project
from source_sample import bibliography, said

GARDEN = Path(__file__).parent / "books" / "garden"
BOOK = "- id: A\n  type: book\n  title: T\n"


@pytest.mark.parametrize(
    ("text", "rule", "message"),
    [
        ("- id: A\n", "missing-key", "a source without a type needs a text"),
        ("- id: A\n  type: book\n", "missing-key", "needs a title"),
        ("- id: A\n  type: chapter\n  title: T\n", "missing-key", "needs a container"),
        (f"{BOOK}  container: C\n", "missing-key", "needs a volume"),
        (f"{BOOK}- id: B\n  part-of: A\n", "missing-key", "a part of another source needs a locator"),
        (f"{BOOK}  issue: 3\n", "unknown-key", "of the type “book” has no “issue”"),
        (f"{BOOK}  text: T\n", "unknown-key", "has no “text”"),
        ("- id: A\n  text: T\n  authors: [B]\n", "unknown-key", "without a type has no “authors”"),
        (f"{BOOK}- id: B\n  part-of: A\n  locator: x\n  title: T\n", "unknown-key", "part of another has no “title”"),
        (f"{BOOK}  isnb: 3\n", "unknown-key", "there is no key “isnb”"),
        ("- id: A\n  type: novel\n  text: T\n", "bad-value", "“novel” is no type"),
        (f"{BOOK}  doi: https://doi.org/10.1080/x\n", "bad-value", "is not a DOI"),
        (f"{BOOK}  isbn: 978-0-7006-2117-1\n", "bad-identifier", "the last would be "),
        (f"{BOOK}  date: 1988-02-30\n", "bad-date", "not a day of the calendar"),
        (f"{BOOK}  note: as in [@A]\n", "citation-misplaced", "in the record of a source"),
        (
            f"{BOOK}- id: B\n  part-of: A\n  locator: x\n- id: C\n  part-of: B\n  locator: y\n",
            "bad-value",
            "“B” is itself a part of “A”",
        ),
    ],
)
def test_what_is_wrong_in_a_record_is_told(text: str, rule: str, message: str) -> None:
    made = bibliography(text)
    assert made.rules == [rule]
    assert message in made.found[0].message


@pytest.mark.parametrize("date", ["1988", "1988-02", "March–April 1958", "[1937]", "n.d.", "1988–89"])
def test_a_date_may_be_any_words(date: str) -> None:
    assert bibliography(f'{BOOK}  date: "{date}"\n').found == []


def test_words_of_a_record_keep_their_places() -> None:
    made = bibliography("- id: A\n  type: book\n  title: The *Beds*\n")
    assert made.sources()["A"].text[0].children[1].children[0].location.column == 15  # type: ignore[union-attr]


def test_the_parts_that_are_cited_stand_with_their_work() -> None:
    made = bibliography(
        f"{BOOK}- id: B\n  part-of: A\n  locator: chap. 1\n- id: C\n  part-of: A\n  locator: 'chap. 2, \"X\"'\n"
    )
    assert said(made.sources()["A"].parts) == ""
    made.read("[@C; @B]")
    sources = made.sources()
    assert said(sources["A"].parts) == "Chap. 1; chap. 2, “X.”"
    assert [one.cited for one in sources.values()] == [True, True, True]
    assert (sources["C"].part_of, sources["C"].text) == ("A", ())


def test_further_reading_may_cite() -> None:
    made = bibliography(f"{BOOK}- id: B\n  type: book\n  title: U\n  further: Answers [@A, 5].\n")
    sources = made.sources()
    assert said(sources["B"].further) == "Answers *T*, 5."
    assert (sources["A"].cited, sources["B"].cited) == (True, False)


# ------------------------------------------------------------------------------------------------------ the whole book


@pytest.fixture
def project(tmp_path: Path) -> Project:
    shutil.copytree(GARDEN / "book", tmp_path / "book")
    return Project.at(tmp_path, styles=GARDEN / "styles")


def loaded(project: Project, **changes: tuple[str, str]) -> tuple[Book, Report]:
    for name, (old, new) in changes.items():
        path = (
            project.book / f"{name}.yaml"
            if (project.book / f"{name}.yaml").exists()
            else project.book / f"text/{name}.md"
        )
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        assert old in text
        path.write_text(text.replace(old, new, 1) if old else new, encoding="utf-8")
    book, report = load_book(project)
    assert book is not None
    return book, report


FULL = "Henry Walter Bates, *The Naturalist on the River Amazons* (London: John Murray, 1863)"


def test_without_a_list_the_first_citation_in_reading_order_is_full(project: Project) -> None:
    """The note is called before the words that cite the same source, and defined behind them."""
    text = (
        "for the first time.[^ledger]",
        "for the first time.[^a] So [@naturalist].[^ledger]\n\n[^a]: [@naturalist, 3].\n\n",
    )
    book, report = loaded(project, book=("  - role: sources\n", ""), introduction=text)
    assert list(report) == []
    page = next(page for page in book.pages if page.id == "introduction")
    first, note = page.blocks[0], page.notes[0].blocks[0]
    assert isinstance(first, Paragraph)
    assert isinstance(note, Paragraph)
    assert said(note.children).startswith(f"{FULL}, 3, https://")
    assert said(first.children[-2].children) == "Bates, *Naturalist on the River Amazons*."  # type: ignore[union-attr]
    assert said(book.glossary[0].cited) == "Bates, *Naturalist on the River Amazons*"


def test_what_only_the_glossary_cites_is_full_there(project: Project) -> None:
    book, _ = loaded(project, book=("  - role: sources\n", ""), introduction=(" [see @naturalist, chap. 5]", ""))
    entries = {entry.id: said(entry.cited) for entry in book.glossary}
    assert entries["bates"].startswith(FULL)
    assert entries["tobacco"] == "Bates, *Naturalist on the River Amazons*"


def test_a_row_of_the_chronology_cites(project: Project) -> None:
    (project.book / "glossary.yaml").unlink()
    (project.book / "chronology.yaml").write_text(
        "- id: dusk\n  when: 1871\n  event: Dusk.\n  sources: [naturalist]\n", encoding="utf-8"
    )
    book, _ = loaded(project, introduction=(" [see @naturalist, chap. 5]", ""))
    assert [source.cited for source in book.bibliography] == [True]


def test_a_label_is_asked_for_where_a_source_has_need_of_it(project: Project) -> None:
    _, report = loaded(project, bibliography=("  authors:", "  volume: 2\n  authors:"))
    (found,) = report
    assert (found.rule, found.location.file) == ("missing-key", "book/book.yaml")
    assert "“volume”" in found.message
    book, report = loaded(project, book=("labels:\n", "labels:\n  volume: Bd.\n"))
    assert list(report) == []
    assert ". Bd. 2. London" in said(book.bibliography[0].text)
