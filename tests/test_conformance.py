"""The claim of an e-book to conform to a standard of accessibility: made when people and every judge say so, and never else."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest

from ebook_sample import COVER, garden, members, pages, rendering
from publish import existing, pipeline
from publish.diagnostics import Location
from publish.make.accessibility import STANDARD, accessibility_of
from publish.make.epub import make_epub
from publish.make.painting import paint_cover
from publish.model import QUESTIONS, Answer, Artifact, Book, Project, Rendering, Review, Verdict
from publish.prove import ace, epubcheck, nu, review
from publish.render import render_epub

BRIEF = Path(__file__).parent / "books" / "brief"
CHANGED = "2026-03-02T00:00:00Z"  # the garden's last change


def answer(
    question: str, said: Literal["yes", "no", "open"] = "yes", by: str = "Ada", date: str = "2026-03-02"
) -> Answer:
    return Answer(question, said, by, date, "", Location("book/accessibility.yaml"))


COMPLETE = Review(
    tuple(answer(one) for one in QUESTIONS),
    "The Hedge Press",
    "A badge",
    "https://example.org/report",
    "We read all of it.",
)


def with_first(changed: Answer) -> Review:
    return replace(COMPLETE, answers=(changed, *COMPLETE.answers[1:]))


def package(book: Book, made: Rendering, *, conforms: bool) -> str:
    return members(make_epub(made, book, COVER, conforms=conforms))["EPUB/content.opf"].decode()


# -------------------------------------------------------------------------------------------------------------- the answers


def test_answers_are_complete_when_all_are_yes_of_the_edition_as_it_is_and_somebody_certifies_them() -> None:
    assert COMPLETE.complete_on(CHANGED)


@pytest.mark.parametrize(
    "lacking",
    [
        Review(),
        replace(COMPLETE, certifier=""),
        with_first(answer("headings", "no")),
        with_first(answer("headings", "open")),
        with_first(answer("headings", by="")),
        with_first(answer("headings", date="")),
        with_first(answer("headings", date="2026-03-01")),
    ],
    ids=["no form", "no certifier", "no", "open", "nobody", "no day", "outdated"],
)
def test_answers_that_lack_anything_are_not_complete(lacking: Review) -> None:
    assert not lacking.complete_on(CHANGED)


# ---------------------------------------------------------------------------------------------------------------- the claim


def test_a_claim_has_the_standard_in_its_own_words_who_certifies_it_and_with_what() -> None:
    told = package(replace(garden(), review=COMPLETE), rendering(), conforms=True)
    assert re.findall(r"<(?:meta|link) [^>]*(?:a11y:|conformsTo|certifier|conformance)[^>]*>(?:[^<]+)?", told) == [
        '<meta id="conformance" property="dcterms:conformsTo">EPUB Accessibility 1.1 - WCAG 2.2 Level AA',
        '<meta id="certifier" refines="#conformance" property="a11y:certifiedBy">The Hedge Press',
        '<meta refines="#certifier" property="a11y:certifierCredential">A badge',
        '<link refines="#certifier" rel="a11y:certifierReport" href="https://example.org/report">',
    ]


def test_the_summary_of_a_claim_begins_with_the_words_of_people_and_ends_with_the_claim() -> None:
    summary = accessibility_of(replace(garden(), review=COMPLETE), rendering(), conforms=True).summary
    assert summary.startswith("We read all of it. All of the book can be read as text")
    assert summary.endswith(f"It conforms to {STANDARD}, as certified by The Hedge Press.")


def test_without_a_claim_the_same_facts_are_told_and_nothing_is_claimed() -> None:
    book = replace(garden(), review=COMPLETE)
    assert not re.search("a11y:|conform|certif", package(book, rendering(), conforms=False))
    summary = accessibility_of(book, rendering()).summary
    assert summary.startswith("All of the book can be read as text")
    assert "It has the page numbers of the printed edition: The Garden at Night (" in summary
    assert "page numbers" not in accessibility_of(book, rendering(paged=False)).summary


def test_epubcheck_passes_an_e_book_with_a_claim() -> None:
    book = replace(garden(), review=COMPLETE)
    made = render_epub(book, pages())
    cover = paint_cover(book, (160, 256))
    verdict = epubcheck.judge(make_epub(made, book, cover, conforms=True), made)
    assert (verdict.result, verdict.diagnostics) == ("passed", ())


@pytest.mark.parametrize(
    ("said", "result", "detail"),
    [
        (COMPLETE, "passed", "certified by The Hedge Press"),
        (Review(), "not run", "there is no book/accessibility.yaml"),
        (with_first(answer("x", "open")), "not run", "1 of 10 questions are open in book/accessibility.yaml"),
        (replace(COMPLETE, certifier=""), "not run", "nobody certifies the answers in book/accessibility.yaml"),
        (with_first(answer("languages", "no")), "failed", "answered with no in book/accessibility.yaml: languages"),
    ],
    ids=["complete", "no form", "open", "no certifier", "no"],
)
def test_people_are_a_judge(said: Review, result: str, detail: str) -> None:
    book = replace(garden(), review=said)
    verdict = review.judge(make_epub(rendering(), book, COVER), book)
    assert (verdict.result, verdict.detail, verdict.diagnostics) == (result, detail, ())


def test_a_claim_that_the_form_does_not_say_is_refused() -> None:
    claiming = make_epub(rendering(), replace(garden(), review=COMPLETE), COVER, conforms=True)
    verdict = review.judge(claiming, garden())
    assert verdict.result == "failed"
    assert [one.rule for one in verdict.diagnostics] == ["claim-unfounded"]


# ---------------------------------------------------------------------------------------------------------------- the build


YES = "{answer: yes, by: Ada, date: 2026-12-01}"


def form(headings: str) -> str:
    """A form that is complete, but for what is said of the headings."""
    lines = [f"  {name}: {headings if name == 'headings' else YES}" for name in QUESTIONS]
    return "\n".join(["answers:", *lines, "certifier:", "  name: Ada", ""])


def build(root: Path, headings: str) -> tuple[str, dict[str, str]]:
    """Build the e-book of the small book: its package, and what the judges said, people too."""
    shutil.copytree(BRIEF / "book", root / "book")
    (root / "book" / "accessibility.yaml").write_text(form(headings), encoding="utf-8")
    project = Project.at(root, styles=(BRIEF / "styles").resolve())
    outcome = pipeline.build(project, "epub")
    data = (project.build / "brief-1.0.0.epub").read_bytes()
    told = members(Artifact("", "epub", "", data))["EPUB/content.opf"].decode()
    return told, {one.judge: one.result for one in outcome.verdicts}


def stand_in(monkeypatch: pytest.MonkeyPatch, *results: str) -> list[bool]:
    """An Ace that says one thing after the other, and a Nu checker that finds nothing; what Ace was shown: whether the e-book claims."""
    shown: list[bool] = []

    def judge(artifact: Artifact, *_: object) -> Verdict:
        shown.append(review.claims(artifact))
        return Verdict(ace.JUDGE, "1.4.6", ace.RULES, artifact.name, results[len(shown) - 1])  # type: ignore[arg-type]

    monkeypatch.setattr(ace, "judge", judge)
    monkeypatch.setattr(nu, "judge", lambda one, *_: Verdict(nu.JUDGE, "1", nu.RULES, one.name, "passed"))
    return shown


def test_an_e_book_that_all_have_passed_claims_and_is_judged_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = stand_in(monkeypatch, "passed", "passed")
    told, verdicts = build(tmp_path, "{answer: yes, by: Ada, date: 2026-12-01}")
    assert shown == [False, True]
    assert f">{STANDARD}<" in told
    assert {verdicts[one] for one in ("EPUBCheck", "Ace by DAISY", "people", "text proof")} == {"passed"}


def test_files_that_claim_are_those_of_their_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, "passed", "passed")
    shutil.copytree(BRIEF / "book", tmp_path / "book")
    (tmp_path / "book" / "accessibility.yaml").write_text(form(YES), encoding="utf-8")
    project = Project.at(tmp_path, styles=(BRIEF / "styles").resolve())
    pipeline.build(project)
    assert review.claims(Artifact("", "epub", "", (project.build / "brief-1.0.0.epub").read_bytes()))
    assert [one for one in existing.verify(project.build, project) if one.wrong] == []


@pytest.mark.parametrize(
    ("headings", "of_ace"),
    [
        ("{answer: open}", "passed"),
        ("{answer: no, by: Ada, date: 2026-12-01}", "passed"),
        ("{answer: yes, by: Ada, date: 2026-12-01}", "not run"),
        ("{answer: yes, by: Ada, date: 2026-12-01}", "failed"),
    ],
    ids=["open", "no", "Ace not there", "Ace fails"],
)
def test_an_e_book_that_one_has_not_passed_claims_nothing(
    headings: str, of_ace: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = stand_in(monkeypatch, of_ace)
    told, verdicts = build(tmp_path, headings)
    assert shown == [False]
    assert "conformsTo" not in told
    assert verdicts["Ace by DAISY"] == of_ace
