"""Names that an earlier e-book had: `publish validate --against`."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from proof_sample import edited, garden
from publish import pipeline
from publish.cli import main
from publish.errors import NoProject
from publish.model import Artifact, Project, Verdict
from publish.prove.names import compare_names

ESSAY = "book/text/essay.md"


def compared(old: Artifact, new: Artifact | None = None) -> Verdict:
    sample = garden()
    return compare_names([new or sample["epub"]], old, sample.book, sample.rendering)


def test_the_same_book_has_all_its_names() -> None:
    verdict = compared(garden()["epub"])
    assert (verdict.result, verdict.diagnostics) == ("passed", ())


@pytest.mark.parametrize(
    ("gone", "other", "kind", "file", "hint"),
    [
        (
            'id="essay-p-at-ten-the-first"',
            'id="x"',
            "paragraph “essay-p-at-ten-the-first” (“At ten",
            ESSAY,
            "write {#essay-p-at",
        ),
        ('id="first-watch"', 'id="x"', "heading “first-watch”", ESSAY, "behind the heading"),
        ('id="note-essay-hawk-moth"', 'id="x"', "note “note-essay-hawk-moth”", "book/book.yaml", "the old slug"),
        ('id="term-bates"', 'id="x"', "glossary entry “term-bates”", "book/book.yaml", ""),
        ('id="emendation-essay-their"', 'id="x"', "emendation “emendation-essay-their”", ESSAY, ""),
    ],
)
def test_a_name_that_is_gone_is_told_with_what_it_was(gone: str, other: str, kind: str, file: str, hint: str) -> None:
    verdict = compared(garden()["epub"], edited(garden()["epub"], gone, other))
    (found,) = verdict.diagnostics
    assert (verdict.result, found.rule, found.location.file) == ("failed", "id-vanished", file)
    assert kind in found.message
    assert hint in found.hint


def test_a_printed_page_that_is_gone_is_a_warning() -> None:
    verdict = compared(garden()["epub"], edited(garden()["epub"], 'id="page-9"', 'id="page-x"'))
    assert (verdict.result, [one.rule for one in verdict.diagnostics]) == ("passed", ["print-page-vanished"])


def test_names_of_the_machine_may_go() -> None:
    assert compared(edited(garden()["epub"], 'id="mention-bates-1"', 'id="mention-bates-99"')).diagnostics == ()


def test_without_a_new_ebook_there_is_nothing_to_compare() -> None:
    sample = garden()
    with pytest.raises(NoProject, match="no e-book to compare"):
        compare_names([sample["screen"]], sample["epub"], sample.book, sample.rendering)


def test_what_is_no_ebook_cannot_be_compared() -> None:
    with pytest.raises(NoProject, match="cannot be read as an e-book"):
        compared(Artifact("old.epub", "epub", "", b"no zip"))


def test_an_edit_elsewhere_breaks_no_bookmark_and_one_of_the_first_words_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(Path(__file__).parent / "books" / "garden", tmp_path, dirs_exist_ok=True)
    project = Project.at(tmp_path)
    (old,) = (one for one in pipeline.build(project, "epub", validate=False).paths if one.suffix == ".epub")
    kept = old.rename(tmp_path / "old.epub")
    page = project.book / "text" / "introduction.md"
    words = page.read_text(encoding="utf-8")

    def status(text: str) -> int:
        page.write_text(text, encoding="utf-8")
        pipeline.build(project, "epub", validate=False)
        main(["validate", str(tmp_path), "--against", str(kept), "--quiet"])
        return capsys.readouterr().out.count("[id-vanished]")

    assert status(words.replace("\n\n", "\n\nA paragraph more.\n\n", 1)) == 0
    assert status(words.replace("What grew there", "All that grew")) == 1
