"""The whole way, with the real makers and judges, on a small book: what lies in the folder afterwards, and what does not."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pikepdf
import pytest
from jsonschema import validate

from publish import existing, pipeline
from publish.diagnostics import catalogue
from publish.errors import BookHasErrors, NoProject, ReleaseRefused
from publish.make.archive import Data, packed
from publish.model import EVERY_SHOP, EVERYWHERE, SHOPS, Asked, Project, Verdict
from publish.model.counts import count
from publish.model.page import PAGE_REPORT
from publish.model.work import Outcome, Proved
from publish.prove import ebook_rules, epubcheck, judges, names, nu, preflight
from publish.release.evidence_files import evidence_schema

BRIEF = Path(__file__).parent / "books" / "brief"
JUDGED = {"brief-1.0.0.epub", "brief-1.0.0.pdf", "brief-1.0.0-print-a5.pdf", "brief-1.0.0-onix.xml"}
NAMES = JUDGED | {"brief-1.0.0-locators.json", "brief-1.0.0-book.jsonld"}
RECORDS = {"SHA256SUMS"}
EVIDENCE = {f"{name}.evidence.{form}" for name in NAMES for form in ("html", "json")}
REPORT = {"brief-1.0.0-page-report.html", "brief-1.0.0-page-report.json"}  # for editors: no part of a release


def project_at(root: Path) -> Project:
    shutil.copytree(BRIEF / "book", root / "book")
    return Project.at(root, styles=(BRIEF / "styles").resolve())


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def say(project: Project, old: str, new: str) -> None:
    """Change the words of the book."""
    page = project.book / "text" / "abreise.md"
    page.write_text(page.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Outcome]:
    """The book, built and judged; tests that change something work on a copy."""
    project = project_at(tmp_path_factory.mktemp("brief"))
    return project, pipeline.build(project)


@pytest.fixture
def built(finished: tuple[Project, Outcome], tmp_path: Path) -> Project:
    shutil.copytree(finished[0].root, tmp_path / "brief")
    return replace(Project.at(tmp_path / "brief"), styles=finished[0].styles)


# ------------------------------------------------------------------------------------------------------------------ build


def test_a_book_becomes_files_named_by_it_and_each_is_judged(finished: tuple[Project, Outcome]) -> None:
    project, outcome = finished
    assert {path.name for path in outcome.paths} == set(contents(project.build)) == NAMES | REPORT | RECORDS
    assert {verdict.artifact for verdict in outcome.verdicts} == JUDGED
    assert {verdict.result for verdict in outcome.verdicts} <= {"passed", "not run"}
    assert outcome.kept == ()


def test_front_matter_has_the_same_roman_numerals_everywhere(finished: tuple[Project, Outcome]) -> None:
    wanted = ["i", "ii", "iii", "iv", "v", "vi", "1", "2", "3"]
    for name in ("brief-1.0.0.pdf", "brief-1.0.0-print-a5.pdf"):
        with pikepdf.open(finished[0].build / name) as pdf:
            assert [str(page.label) for page in pdf.pages][: len(wanted)] == wanted
    with zipfile.ZipFile(finished[0].build / "brief-1.0.0.epub") as epub:
        nav = epub.read("EPUB/nav.xhtml").decode()
    assert re.findall(r"#page-(\w+)\">\1</a>", nav.partition('id="page-list"')[2]) == wanted


def test_the_sums_are_those_of_the_files(finished: tuple[Project, Outcome]) -> None:
    files = contents(finished[0].build)
    sums = files.pop("SHA256SUMS").decode()
    assert sums == "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))


def test_the_book_is_counted(finished: tuple[Project, Outcome]) -> None:
    """The words are counted here in the typed text, without what is no word of it: marks, numbers of items, the name of the container."""
    project, _ = finished
    book, _ = pipeline.check(project)
    typed = " ".join(path.read_text("utf-8") for path in (project.book / "text").iterdir())
    words = re.sub(r"\[\^\w+\]:?|\{\S+\}|\(#\w+\)|^\d\.|::: signature", "", typed, flags=re.MULTILINE).split()
    assert count(book, "words") == sum(any(map(str.isalnum, word)) for word in words)
    assert [count(book, one) for one in ("paragraphs", "notes", "emendations")] == [8, 1, 0]


def test_a_book_with_errors_leaves_the_last_good_build(built: Project) -> None:
    before = contents(built.build)
    say(built, "[^leck]:", "[^lack]:")
    with pytest.raises(BookHasErrors) as stopped:
        pipeline.build(built)
    assert {one.rule for one in stopped.value.report} == {"note-undefined", "note-uncalled"}
    assert contents(built.build) == before


def test_a_judge_that_finds_fault_leaves_the_last_good_build(built: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A word that the e-book lacks is told at its place, and nothing is written."""
    monkeypatch.setattr("publish.make.epub.packed", lambda members: packed(without_a_word(members)))
    before = contents(built.build)
    with pytest.raises(BookHasErrors) as stopped:
        pipeline.build(built, "epub")
    (lost,) = stopped.value.report
    assert (lost.rule, lost.location.file, lost.location.line) == ("text-lost", "book/text/abreise.md", 3)
    assert "Zweimaster" in lost.message
    assert contents(built.build) == before


def without_a_word(members: Iterable[tuple[str, Data]]) -> Iterator[tuple[str, Data]]:
    return ((name, data if callable(data) else data.replace(b"Zweimaster ", b"")) for name, data in members)


def test_a_part_says_which_files_it_leaves_as_they_were(built: Project) -> None:
    before = contents(built.build)
    say(built, "Zweimaster", "Schoner")
    outcome = pipeline.build(built, "epub", validate=False)
    after = contents(built.build)
    assert {path.name for path in outcome.paths} == {"brief-1.0.0.epub"} | RECORDS
    assert {path.name for path in outcome.kept} == (NAMES | REPORT) - {"brief-1.0.0.epub"}
    assert {name for name in before if before[name] != after[name]} == {"brief-1.0.0.epub"} | RECORDS


LARGE = """  - name: large-print
    trim: "170mm 244mm"
    inner-margin: 20mm
    style: large-print.css
"""


def test_an_edition_with_a_style_of_its_own_is_a_layout_of_its_own(
    finished: tuple[Project, Outcome], tmp_path: Path
) -> None:
    """Its pages are others, and proved as such; those of the other editions, and of the e-book, stay what they were."""
    project = project_at(tmp_path)
    facts = (project.book / "book.yaml").read_text(encoding="utf-8")
    (project.book / "book.yaml").write_text(facts.replace("\nlabels:", f"\n{LARGE}labels:"), encoding="utf-8")
    outcome = pipeline.build(project)
    made, before = contents(project.build), contents(finished[0].build)
    large = {"brief-1.0.0-screen-large-print.pdf", "brief-1.0.0-print-large-print.pdf"}
    assert made.keys() == NAMES | REPORT | RECORDS | large
    of_the_whole_book = {
        "brief-1.0.0-book.jsonld",
        "brief-1.0.0-locators.json",
    }  # its editions, and what it was laid out from
    assert {name for name in NAMES | REPORT if made[name] != before[name]} == of_the_whole_book
    judged = {(verdict.artifact, verdict.judge): verdict.result for verdict in outcome.verdicts}
    assert {judged[name, "text proof"] for name in large} == {"passed"}
    assert judged["brief-1.0.0-screen-large-print.pdf", "page-validation"] == "passed"
    with pikepdf.open(project.build / "brief-1.0.0-screen-large-print.pdf") as pdf:
        assert [round(float(length) / 72 * 25.4) for length in pdf.pages[0].mediabox[2:]] == [170, 244]
        fonts = {
            str(font["/BaseFont"])[8:]
            for page in pdf.pages
            for font in page.get("/Resources", {}).get("/Font", {}).values()
        }
    assert any(name.startswith("Atkinson-Hyperlegible-Next") for name in fonts)


def test_the_ebook_alone_needs_no_typesetting(tmp_path: Path) -> None:
    project = project_at(tmp_path / "brief")
    script = f"""if True:
        import sys
        from publish.cli import main
        assert main(["build", {str(project.root)!r}, "--styles", {str(project.styles)!r}, "--only", "epub", "--no-validation"]) == 0
        loaded = {{"weasyprint", "pypdfium2", "page_validation"}} & set(sys.modules)
        assert not loaded, loaded
    """
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
    assert set(contents(project.build)) == {"brief-1.0.0.epub"} | RECORDS


def test_the_e_book_alone_has_the_pages_of_an_earlier_build_as_long_as_they_are_true(built: Project) -> None:
    name = "brief-1.0.0.epub"
    whole = contents(built.build)[name]
    again = pipeline.build(built, "epub", validate=False)
    assert contents(built.build)[name] == whole
    assert not [one for one in again.report if one.rule == "epub-without-pages"]
    say(built, "Zweimaster", "Dreimaster")
    changed = pipeline.build(built, "epub", validate=False)
    assert [one.rule for one in changed.report if one.rule == "epub-without-pages"]
    assert b"pageBreakSource" in member(whole, "EPUB/content.opf")
    assert b"pageBreakSource" not in member(contents(built.build)[name], "EPUB/content.opf")


def test_pages_that_somebody_changed_are_not_believed(built: Project) -> None:
    locators = built.build / "brief-1.0.0-locators.json"
    locators.write_bytes(locators.read_bytes().replace(b'"label": "2"', b'"label": "3"'))
    outcome = pipeline.build(built, "epub", validate=False)
    assert [one.rule for one in outcome.report if one.rule == "epub-without-pages"]


def member(epub: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        return archive.read(name)


# ------------------------------------------------------------------------------------------------------ the page report


def test_the_page_report_is_made_with_the_pdf_alone(tmp_path: Path) -> None:
    project = project_at(tmp_path / "brief")
    outcome = pipeline.build(project, "screen", validate=False)
    assert set(contents(project.build)) == {"brief-1.0.0.pdf"} | REPORT | RECORDS
    assert outcome.page is not None
    assert outcome.page.file == "brief-1.0.0.pdf"
    assert outcome.page.budget.pages == len(pikepdf.open(project.build / "brief-1.0.0.pdf").pages)
    assert pipeline.build(project, "print", validate=False).page is None


ALLOWED = """\
- file: book/text/abreise.md
  rule: page-short-last-line
  reason: It is meant so.
"""


def test_a_finding_of_the_page_is_told_at_its_line_until_it_is_allowed(tmp_path: Path) -> None:
    project = project_at(tmp_path / "brief")
    page = project.book / "text" / "abreise.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nKommst Du?\\\nJa.\n", encoding="utf-8")
    told = pipeline.build(project, "screen", validate=False)
    assert told.page is not None
    (finding,) = told.page.findings
    assert str(finding.diagnostic.location) == "book/text/abreise.md:12:1"
    assert (finding.diagnostic.rule, finding.block) == ("page-short-last-line", "abreise-p-kommst-du-ja")
    assert list(told.report) == [finding.diagnostic]
    (project.book / "allowed.yaml").write_text(ALLOWED, encoding="utf-8")
    silenced = pipeline.build(project, "screen", validate=False)
    assert silenced.page is not None
    assert silenced.page.findings == ()
    assert list(silenced.report) == []


def allow(*rules: str) -> str:
    return "".join(f"- rule: {rule}\n  file: book/text/abreise.md\n  reason: So it is meant.\n" for rule in rules)


def test_an_idle_allowance_is_an_error_once_all_who_could_use_it_were_asked(tmp_path: Path) -> None:
    project = project_at(tmp_path / "brief")
    (project.book / "allowed.yaml").write_text(allow("note-late", "page-widow", "print-transparency"), encoding="utf-8")
    assert list(pipeline.check(project)[1]) == []
    assert list(pipeline.build(project, "screen", validate=False).report) == []
    with pytest.raises(BookHasErrors) as caught:
        pipeline.build(project, validate=False)
    idle = [(one.rule, one.location.line) for one in caught.value.report]
    assert idle == [("allowance-unused", 1), ("allowance-unused", 4)]  # preflight was not asked


@pytest.mark.parametrize(("shops", "idle"), [((), 0), (("kobo",), 0), (SHOPS, 1), ((EVERYWHERE,), 1)])
def test_what_shops_advise_is_idle_once_all_of_them_were_asked(
    shops: tuple[str, ...], idle: int, tmp_path: Path
) -> None:
    project = project_at(tmp_path / "brief")
    (project.book / "allowed.yaml").write_text(allow("shop-advises"), encoding="utf-8")
    book, _ = pipeline.check(project)
    proved = cast("Proved", SimpleNamespace(book=book, found=(), judges=frozenset()))
    assert len(list(pipeline.idle_allowances(proved, Asked(shops=shops)))) == idle


def test_every_rule_of_the_proof_that_can_be_silenced_has_a_judge_who_may_not_have_been_asked() -> None:
    rules = [rule for rule in catalogue().values() if rule.stage == "prove" and rule.severity != "error"]
    programs = (preflight, epubcheck, ebook_rules, nu, names)
    known = {*(one.JUDGE for one in programs), EVERY_SHOP, PAGE_REPORT}
    assert {rule.judge for rule in rules} <= known


# --------------------------------------------------------------------------------------------------------------- validate


def test_finished_files_are_judged_again(finished: tuple[Project, Outcome]) -> None:
    project, outcome = finished
    again = existing.validate(project)
    assert sorted(map(str, again.verdicts)) == sorted(map(str, outcome.verdicts))
    assert again.paths == ()


def test_a_file_that_was_tampered_with_is_told_at_its_source_line(built: Project) -> None:
    epub = built.build / "brief-1.0.0.epub"
    with zipfile.ZipFile(epub) as archive:
        files = [(info, archive.read(info)) for info in archive.infolist()]
    with zipfile.ZipFile(epub, "w") as archive:
        for info, data in files:
            archive.writestr(info, data.replace(b"Zweimaster", b"Dreimaster"))
    outcome = existing.validate(built, (epub,))
    (changed,) = outcome.report
    assert (changed.rule, changed.location.file, changed.location.line) == ("text-changed", "book/text/abreise.md", 3)
    assert {"failed"} == {one.result for one in outcome.verdicts if one.judge == "text proof"}


def test_shops_are_asked_of_the_ebook_and_what_they_advise_can_be_allowed(built: Project) -> None:
    """The book has no page for its cover, which shops refuse, and no ISBN, against which they advise."""
    asked = Asked(shops=("kobo", "all"))
    outcome = existing.validate(built, asked=asked)
    judged = [(one.artifact, one.result) for one in outcome.verdicts if one.judge.startswith("profile of ")]
    assert judged == [("brief-1.0.0.epub", "failed")] * 2
    assert {(one.rule, one.location.file) for one in outcome.report} == {
        ("shop-refuses", "book/book.yaml"),
        ("shop-advises", "book/book.yaml"),
    }
    allowance = "- file: book/book.yaml\n  rule: shop-advises\n  reason: It has no ISBN.\n"
    (built.book / "allowed.yaml").write_text(allowance, encoding="utf-8")
    assert {one.rule for one in existing.validate(built, asked=asked).report} == {"shop-refuses"}


@pytest.mark.parametrize(("name", "said"), [("nothing.epub", "there is no file"), ("book/book.yaml", "can be judged")])
def test_only_finished_files_can_be_judged(built: Project, name: str, said: str) -> None:
    with pytest.raises(NoProject, match=said):
        existing.validate(built, (built.root / name,))


# ---------------------------------------------------------------------------------------------------------------- release


def answers(result: str) -> object:
    """A stand-in for the judges: one of them says this, the others that all is well."""
    said = [Verdict("EPUBCheck", "5.3.0", "EPUB 3.3", "brief-1.0.0.epub", "passed")]
    said.append(Verdict("Ace by DAISY", "", "WCAG", "brief-1.0.0.epub", result))  # type: ignore[arg-type]
    said.append(Verdict("people", "", "WCAG", "brief-1.0.0.epub", "not run"))
    said.append(Verdict("veraPDF", "", "PDF/UA-1", "brief-1.0.0.pdf", "not run"))
    return lambda _: tuple(said)


@pytest.mark.parametrize("result", ["not run", "failed"])
def test_a_release_is_refused_unless_every_judge_passed_every_file(
    result: str, built: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judges, "judge_all", answers(result))
    with pytest.raises(ReleaseRefused, match=f"brief-1.0.0.epub: Ace by DAISY {result}"):
        pipeline.release(built)
    assert not (built.build / "release").exists()


def test_a_release_lies_in_its_own_folder_and_tells_what_was_not_run(
    built: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judges, "judge_all", answers("passed"))
    before = contents(built.build)
    pipeline.release(built)
    assert contents(built.build) == before
    released = contents(built.build / "release")
    assert set(released) == NAMES | RECORDS | EVIDENCE | {"sbom.cdx.json"}
    assert results(released["brief-1.0.0.epub.evidence.json"]) == {
        "EPUBCheck": "passed",
        "Ace by DAISY": "passed",
        "people": "not run",
        **{f"profile of {shop}": "not run" for shop in ("Apple Books", "Google Play Books", "Kindle (KDP)", "Kobo")},
    }
    assert results(released["brief-1.0.0.pdf.evidence.json"]) == {"veraPDF": "not run"}


def results(evidence: bytes) -> dict[str, str]:
    return {one["judge"]: one["result"] for one in json.loads(evidence)["judges"]}


def test_the_evidence_is_the_same_wherever_the_book_lies_and_every_change_of_it_is_found(
    built: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judges, "judge_all", answers("passed"))
    other = project_at(tmp_path / "some where else")
    for project in (built, other):
        pipeline.release(project)
    folder = built.build / "release"
    here, there = contents(folder), contents(other.build / "release")
    assert here.keys() >= EVIDENCE
    assert here == there
    for name in NAMES:
        evidence = json.loads(here[f"{name}.evidence.json"])
        validate(evidence, evidence_schema())
        assert evidence["file"]["sha256"] == hashlib.sha256(here[name]).hexdigest()
    for name in EVIDENCE:
        (folder / name).write_bytes(here[name].replace(b"passed", b"failed") + b" ")
    assert {one.name for one in existing.verify(folder, None) if one.wrong} == EVIDENCE
