"""Bad input, a value at a time: every field of every YAML file with everything that can be wrong with one.

The outcome is always findings at their lines or a book that can be made, and never anything else. With PUBLISH_FUZZ
set all of the matrix is tried, otherwise of each kind every tenth field.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bad_input import (
    ANY_KINDS,
    FILE_KINDS,
    GARDEN,
    TEXT_KINDS,
    Field,
    Tree,
    changed,
    fields,
    full_book,
    keys_of,
    lines_of,
    write_yaml,
)
from publish.check import check_book
from publish.diagnostics import Report
from publish.load import load_book
from publish.load.schema import FILES, LABELS
from publish.load.shapes import Choice, Value
from publish.model import QUESTIONS, Project
from readers_of_text import READERS, decoded

BOOK = full_book()
FIELDS = list(fields(BOOK))
EVERY = 1 if os.environ.get("PUBLISH_FUZZ") else 10
# What no value may have: told in its own lines, whatever the field is for.
ALWAYS_WRONG = {
    "twice",
    "deep",
    "latin-1",
    "nul",
    "control",
    "surrogate",
    "next to last",
    "nul escaped",
    "control escaped",
}
FILES_OF_A_BOOK = [*(f"{name}.yaml" for name in BOOK), "text/essay.md", "text/introduction.md", "copy-text.txt"]
HARMLESS = {"with its mark", "CRLF", "CR"}
TOLD_OF = {
    "UTF-16": {"not-utf-8"},
    "UTF-16, big end first": {"not-utf-8"},
    "UTF-16 without its mark": {"not-utf-8"},
    "UTF-32": {"not-utf-8"},
    "Latin-1": {"not-utf-8"},
    "lone surrogate": {"not-utf-8"},
    "NUL": {"forbidden-character"},
    "control characters": {"forbidden-character"},
}
# Findings that are of a whole file.
WITHOUT_LINE = {"unlisted-file"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The garden with a value in every field."""
    root = tmp_path_factory.mktemp("bad")
    shutil.copytree(GARDEN / "book", root / "book")
    for name in BOOK:
        write(root, name, write_yaml(BOOK[name]))
    return Project.at(root, (GARDEN / "styles").resolve())


def write(root: Path, name: str, data: bytes) -> None:
    (root / "book" / f"{name}.yaml").write_bytes(data)


def found_in(project: Project) -> Report:
    book, found = load_book(project)
    return found if book is None else check_book(book, found)


def tried(kind: str) -> Iterator[Field]:
    """The fields with which a kind is tried. Of equal ones, labels and questions, only the first."""
    alike = {*list(LABELS)[2:], *list(QUESTIONS)[1:]}
    number = [*ANY_KINDS, *TEXT_KINDS].index(kind)
    for place, field in enumerate(one for one in FIELDS if EVERY == 1 or alike.isdisjoint(one.place)):
        if (place + number) % EVERY == 0 and (kind in ANY_KINDS or isinstance(field.shape, Value | Choice)):
            yield field


def test_the_book_has_every_field_of_the_schema(project: Project) -> None:
    known = {key for name, shape in FILES.items() for key in keys_of(name, shape)}
    assert {(one.file, tuple(step for step in one.place if isinstance(step, str))) for one in FIELDS} == known
    assert not found_in(project).has_errors


@pytest.mark.parametrize("kind", [*ANY_KINDS, *TEXT_KINDS])
def test_a_field_with_a_wrong_value_is_told_at_its_line(kind: str, project: Project) -> None:
    for field in tried(kind):
        spoilt = changed(BOOK, field, (ANY_KINDS | TEXT_KINDS)[kind])
        write(project.root, field.file, write_yaml(spoilt[field.file]))
        report = found_in(project)
        check_places(report)
        if kind in ALWAYS_WRONG:
            assert told_within(report, spoilt, field), field
        if kind in {"missing", "nothing"} and field.required:
            assert "missing-key" in {one.rule for one in report if one.location.file == f"book/{field.file}.yaml"}, (
                field
            )
        write(project.root, field.file, write_yaml(BOOK[field.file]))


@pytest.mark.parametrize("kind", FILE_KINDS)
@pytest.mark.parametrize("name", FILES_OF_A_BOOK)
def test_a_file_that_is_wrong_as_a_whole_is_told_in_it(name: str, kind: str, project: Project) -> None:
    path = project.book / name
    right = path.read_bytes()
    path.write_bytes(FILE_KINDS[kind](right))
    report = found_in(project)
    path.write_bytes(right)
    told = {one.rule for one in report if one.location.file == f"book/{name}" and one.severity == "error"}
    if kind in HARMLESS:
        assert not told
    elif expected := TOLD_OF.get(kind):
        assert told & expected
        assert len(report) < 60  # the cause once, and not every line that suffers from it
    assert all(one.location.file for one in report)


def check_places(report: Report) -> None:
    for one in report:
        assert one.rule in WITHOUT_LINE or one.location.line, one
        assert len(one.message) < 400, one


def told_within(report: Report, spoilt: dict[str, Tree], field: Field) -> bool:
    """Whether an error is told in the lines of a field."""
    lines = lines_of(spoilt, field)
    return any(
        one.severity == "error" and one.location.file == f"book/{field.file}.yaml" and one.location.line in lines
        for one in report
    )


@pytest.mark.parametrize("path", sorted((GARDEN.parent.parent / "corpus").glob("*/*")), ids=lambda path: path.name)
def test_what_the_fuzzer_has_found_is_read(path: Path) -> None:
    READERS[path.parent.name](decoded(path.read_bytes()))
