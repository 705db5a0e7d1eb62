"""The evidence of a file: the same for people and for machines, as its schema says, and nothing in it that is not so."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import evidence_sample
from ebook_sample import STYLES, garden
from evidence_sample import EPUB, LOCATORS, TOOLS, book, verdicts
from publish.load import load_book
from publish.make.tools import made_with
from publish.model import QUESTIONS, QUESTIONS_OF_PDF, Artifact, Asked, Book, Project, Review
from publish.release.evidence_files import evidence_files, evidence_schema

SCREEN = Artifact("garden-1.0.0.pdf", "screen", "application/pdf", b"words")


def told(of: Book, artifact: Artifact) -> dict[str, Any]:
    """The evidence of a file as JSON, valid by its schema."""
    evidence = json.loads(evidence_files(of, [(artifact, TOOLS)], verdicts())[f"{artifact.name}.evidence.json"])
    Draft202012Validator(evidence_schema()).validate(evidence)
    return evidence  # type: ignore[no-any-return]


def page(of: Book, artifact: Artifact) -> str:
    """The words of the page, without its markup."""
    html = evidence_files(of, [(artifact, TOOLS)], verdicts())[f"{artifact.name}.evidence.html"].decode()
    return unescape(re.sub(r"<[^>]+>", "", html.partition("</style>")[2]))


@pytest.mark.parametrize("path", evidence_sample.golden(), ids=lambda path: path.name)
def test_an_evidence_is_written_as_it_was(path: Path) -> None:
    assert evidence_sample.golden()[path] == path.read_bytes(), "run: python tests/evidence_sample.py"


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(evidence_schema())


@pytest.mark.parametrize("artifact", [EPUB, SCREEN, LOCATORS], ids=lambda one: one.kind)
def test_the_page_tells_every_value_of_the_json(artifact: Artifact) -> None:
    said = page(book(), artifact)
    for value in values(told(book(), artifact)):
        assert value in said, value


def values(json_value: object, key: str = "") -> list[str]:
    """All words and numbers in a JSON value, and the keys of those objects whose keys are data; not the codes, which are said in words."""
    if isinstance(json_value, dict):
        named = list(json_value) if key in {"counts", "aside", "programs", "fonts", "source", "emendations"} else []
        return [*named, *(one for name, value in json_value.items() for one in values(value, name))]
    if isinstance(json_value, list):
        return [one for value in json_value for one in values(value, key)]
    is_said = json_value not in {None, "", "open"} and not isinstance(json_value, bool)
    return (
        [f"{json_value:,}" if isinstance(json_value, int) else str(json_value)] if is_said and key != "question" else []
    )


def test_a_file_is_told_with_its_sum_and_its_own_verdicts_alone() -> None:
    evidence = told(book(), EPUB)
    assert (evidence["file"]["size"], evidence["file"]["sha256"]) == (5, hashlib.sha256(b"words").hexdigest())
    assert [one["judge"] for one in evidence["judges"]] == [
        one.judge for one in verdicts() if one.artifact == EPUB.name
    ]
    assert told(book(), LOCATORS)["judges"] == []
    assert "There is no judge of files of this kind." in page(book(), LOCATORS)


def test_a_finding_that_the_book_allows_has_its_reason_and_an_error_never() -> None:
    allowance = replace(book().allowances[0], rule="epubcheck")
    assert told(book(), EPUB)["judges"][0]["findings"][0]["allowed"] == "The map is drawn & meant so."
    error = replace(verdicts()[0], diagnostics=(replace(verdicts()[0].diagnostics[0], rule="epubcheck"),))
    of = replace(book(), allowances=(allowance,))
    files = evidence_files(of, [(EPUB, TOOLS)], [error])
    [judge] = json.loads(files["garden-1.0.0.epub.evidence.json"])["judges"]
    assert judge["findings"][0]["allowed"] == ""


# ------------------------------------------------------------------------------------------------------------------ people


def test_without_a_form_every_question_is_told_and_that_nobody_has_answered() -> None:
    of = replace(book(), review=Review())
    questions = told(of, EPUB)["people"]["questions"]
    assert [(one["question"], one["answer"]) for one in questions] == [(one, "open") for one in QUESTIONS]
    assert "Nobody has answered the 10 questions that only people can." in page(of, EPUB)
    assert "Nobody answers for the whole." in page(of, EPUB)


def test_an_answer_of_before_the_last_change_counts_as_open() -> None:
    outdated = [one["question"] for one in told(book(), EPUB)["people"]["questions"] if one["outdated"]]
    assert outdated == ["reading-order"]
    assert "People have answered 2 of 10 questions that only they can, 1 of them with no." in page(book(), EPUB)


def test_nobody_has_answered_what_only_people_can_say_of_a_pdf() -> None:
    people = told(book(), SCREEN)["people"]
    assert (people["form"], people["certifier"]) == ("", "")
    assert [(one["question"], one["answer"]) for one in people["questions"]] == [
        (one, "open") for one in QUESTIONS_OF_PDF
    ]
    assert "No form asks for the answers yet." in page(book(), SCREEN)
    assert told(book(), LOCATORS)["people"] is None


# ------------------------------------------------------------------------------------------------------------------ source


def test_the_sums_of_the_source_are_those_of_the_files_as_they_lie_there(tmp_path: Path) -> None:
    """Also of texts with a mark or Windows' ends of lines, which are read as if they had neither."""
    folder = Path(__file__).parent / "books" / "garden" / "book"
    for path in (path for path in folder.rglob("*") if path.is_file()):
        copy = tmp_path / "book" / path.relative_to(folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        data = path.read_bytes()
        copy.write_bytes(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n") if path.suffix in {".md", ".yaml"} else data)
    read, _ = load_book(Project.at(tmp_path, styles=STYLES))
    assert read
    roots = {"book": tmp_path, "styles": STYLES.parent}
    assert read.sums == {
        name: hashlib.sha256((roots[name.partition("/")[0]] / name).read_bytes()).hexdigest() for name in read.sums
    }
    assert {*read.sources, *(one.location.file for one in read.styles.values())} <= read.sums.keys()
    assert {f"book/{one.path}" for one in read.images} <= read.sums.keys()


def test_the_tools_are_those_that_are_installed_and_the_fonts_those_of_the_styles() -> None:
    epub, record = made_with(garden(), "epub"), made_with(garden(), "onix")
    assert epub.programs["EbookLib"] == "0.20"
    assert record.programs["weasyprint"] == "70.0"
    assert "EbookLib" not in record.programs
    assert re.fullmatch(r"1\.\d+\.\d+", epub.programs["Pango"])
    assert (epub.fonts["EB Garamond Regular"], len(epub.fonts)) == ("1.003", 6)


def test_shops_that_are_not_asked_are_those_whose_rules_nobody_wants() -> None:
    assert Asked().no_shops == ("apple", "google", "kdp", "kobo")
    assert Asked(shops=("kobo", "apple")).no_shops == ("google", "kdp")
    assert Asked(shops=("all",)).no_shops == ()
