"""Every rule is explained with a wrong and a right example, and a wrong one that can be typed into a book breaks its rule there.

The others need something beside them, a second file or a finished one; the cases and the tests of their stages have it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from examples_of_rules import examples
from publish import pipeline
from publish.diagnostics import catalogue
from publish.errors import BookHasErrors
from publish.model import Project
from test_cases import lay_over

IN_PROSE = (
    "url-for-file", "raw-html", "unknown-class", "unknown-attribute", "stray-attributes", "stray-link", "stray-fence",
    "table-row", "bad-link", "unused-link", "image-no-alternative", "second-title", "note-undefined", "note-uncalled",
    "note-called-twice", "note-defined-twice", "note-misplaced", "citation-malformed", "citation-misplaced",
    "uncertain-as-fact", "abbreviation-unexpanded", "double-hyphen", "three-dots", "hyphen-in-range",
    "space-before-mark", "dash-spacing",
)  # fmt: skip
IN_ESSAY = ("emendation-malformed", "emendation-without-reason")
AS_PAGE = ("no-title", "heading-skipped", "empty-page")
AS_FACTS = (
    "forbidden-character", "yaml-duplicate-key", "yaml-tag", "unknown-key", "bad-identifier", "contents-role-twice",
    "glossary-not-listed", "chronology-not-listed", "index-not-listed", "emendations-empty",
)  # fmt: skip
IN_INDEX = ["index-unmarked"]
IN_ALLOWED = ["allowance-of-error"]


@pytest.mark.parametrize("slug", catalogue())
def test_a_rule_has_a_wrong_and_a_right_example(slug: str) -> None:
    found = list(examples(catalogue()[slug]))
    assert {one.is_right for one in found} == {True, False}
    assert all(one.text for one in found)
    assert {one.text for one in found if one.is_right}.isdisjoint(one.text for one in found if not one.is_right)


def add_to(path: Path, text: str) -> None:
    """Put a paragraph behind the others of a page, before its notes."""
    words, notes, rest = path.read_text(encoding="utf-8").partition("\n[^")
    path.write_text(f"{words}\n\n{text}\n{notes}{rest}", encoding="utf-8")


def set_facts(path: Path, text: str) -> None:
    """Say the same keys of book.yaml otherwise."""
    facts = path.read_text(encoding="utf-8")
    for key in re.findall(r"^([\w-]+):", text, re.MULTILINE):
        facts = re.sub(rf"^{key}:.*\n(?:[ #-].*\n|\n)*", "", facts, flags=re.MULTILINE)
    path.write_text(f"{facts}{text}\n", encoding="utf-8")


def append(path: Path, text: str) -> None:
    """Add a record to a YAML file."""
    records = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(f"{records}{text}\n", encoding="utf-8")


WAYS = {
    **dict.fromkeys(IN_PROSE, (add_to, "text/introduction.md")),
    **dict.fromkeys(IN_ESSAY, (add_to, "text/essay.md")),
    **dict.fromkeys(AS_PAGE, (Path.write_text, "text/introduction.md")),
    **dict.fromkeys(AS_FACTS, (set_facts, "book.yaml")),
    **dict.fromkeys(IN_INDEX, (append, "index.yaml")),
    **dict.fromkeys(IN_ALLOWED, (append, "allowed.yaml")),
}


def broken_by(slug: str, text: str, folder: Path) -> set[str]:
    """The rules that a book breaks into which an example was typed."""
    write, file = WAYS[slug]
    lay_over(folder / "no-case", folder)
    write(folder / "book" / file, text)
    try:
        _, report = pipeline.check(Project.at(folder))
    except BookHasErrors as error:
        report = error.report
    return {one.rule for one in report}


@pytest.mark.parametrize("slug", WAYS)
def test_a_wrong_example_breaks_its_rule_and_a_right_one_does_not(slug: str, tmp_path: Path) -> None:
    for number, one in enumerate(examples(catalogue()[slug])):
        folder = tmp_path / str(number)
        assert (slug in broken_by(slug, one.text, folder)) != one.is_right, one.text
