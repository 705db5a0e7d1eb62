"""What is known of a file of a release, gathered: what it is, what was said of it, by machines and by people, and what it came from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from publish.diagnostics import Diagnostic
from publish.model import (
    QUESTIONS,
    QUESTIONS_OF_PDF,
    Allowance,
    Answer,
    Artifact,
    Book,
    Kind,
    MadeWith,
    Question,
    Verdict,
)
from publish.model.counts import COUNTS, count, emendations

Silenced: TypeAlias = Mapping[tuple[str, str], Allowance]  # what the book allows, by file and rule

# Every field is one word, for it is a key of the JSON too: evidence.schema.json says what each of them means.


@dataclass(frozen=True, slots=True)
class File:
    """The file itself; `format` is its media type."""

    name: str
    kind: Kind
    edition: str
    format: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Work:
    """The book that the file has, in its edition of a version."""

    title: str
    language: str
    version: str
    identifier: str
    modified: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a judge found; `allowed` is the reason for which the book allows it, or ""."""

    place: str
    severity: str
    rule: str
    message: str
    allowed: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What a judge said, or why it was not asked (`detail`); `counts` is how much it proved.

    `aside` is what it said and is left as it is, with the reason; no finding.
    """

    judge: str
    version: str
    rules: str
    result: Literal["passed", "failed", "not run"]
    detail: str
    counts: Mapping[str, int]
    aside: Mapping[str, str]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Posed:
    """A question for people, and what somebody answered. An answer that is older than the edition's last change is `outdated`."""

    question: str
    words: str
    criteria: tuple[str, ...]
    answer: Literal["yes", "no", "open"]
    by: str
    date: str
    remark: str
    outdated: bool

    @property
    def is_answered(self) -> bool:
        """Whether somebody answered it of the edition as it is."""
        return self.answer != "open" and not self.outdated


@dataclass(frozen=True, slots=True)
class People:
    """What only people can say of a file, by which standard, and who answers for the whole.

    `form` is the file of the book that has the answers; "" where no form asks for them.
    """

    standard: str
    form: str
    questions: tuple[Posed, ...]
    certifier: str
    credential: str
    report: str


@dataclass(frozen=True, slots=True)
class Edited:
    """A text that, its emendations rejected, is the witness word for word; how many there are of each kind."""

    page: str
    witness: str
    words: int
    emendations: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Allowed:
    """A rule whose findings in a file the book allows."""

    file: str
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known of one file. `people` is None for a file of which no standard asks what only people can say."""

    file: File
    work: Work
    judges: tuple[Judged, ...]
    people: People | None
    counts: Mapping[str, int]
    edited: tuple[Edited, ...]
    allowed: tuple[Allowed, ...]
    programs: Mapping[str, str]
    fonts: Mapping[str, str]
    source: Mapping[str, str]


def evidence_of(book: Book, artifact: Artifact, tools: MadeWith, verdicts: Iterable[Verdict]) -> Evidence:
    """What is known of a file of the book, made with some tools; the verdicts may be on others too."""
    allowed = book.silenced()
    return Evidence(
        file=_file(artifact),
        work=_work(book),
        judges=tuple(_judged(one, allowed) for one in verdicts if one.artifact == artifact.name),
        people=_people(book, artifact.kind),
        counts={name: count(book, name) for name in COUNTS},
        edited=tuple(_edited(book)),
        allowed=tuple(Allowed(one.file, one.rule, one.reason) for one in book.allowances),
        programs=tools.programs,
        fonts=tools.fonts,
        source=dict(sorted(book.sums.items())),
    )


def _file(artifact: Artifact) -> File:
    sha256 = hashlib.sha256(artifact.data).hexdigest()
    return File(artifact.name, artifact.kind, artifact.edition, artifact.media_type, len(artifact.data), sha256)


def _work(book: Book) -> Work:
    facts = book.metadata
    return Work(facts.title, facts.language, facts.version, facts.identifier, facts.modified)


def _judged(verdict: Verdict, allowed: Silenced) -> Judged:
    return Judged(
        judge=verdict.judge,
        version=verdict.version,
        rules=verdict.rules,
        result=verdict.result,
        detail=verdict.detail,
        counts=verdict.counts,
        aside=verdict.aside,
        findings=tuple(_finding(one, allowed) for one in verdict.diagnostics),
    )


def _finding(one: Diagnostic, allowed: Silenced) -> Finding:
    allowance = allowed.get((one.location.file, one.rule))
    return Finding(str(one.location), one.severity, one.rule, one.message, allowance.reason if allowance else "")


def _edited(book: Book) -> Iterator[Edited]:
    for page in book.pages:
        if page.witness is not None:
            kinds = dict(sorted(emendations(page).items()))
            yield Edited(page.id, page.witness.file, count(book, "words", page), kinds)


# ------------------------------------------------------------------------------------------------------------------ people


def _people(book: Book, kind: Kind) -> People | None:
    review = book.review
    if kind == "epub":
        given = {one.question: one for one in review.answers}
        old = {one.question for one in review.open_on(book.metadata.modified)}
        asked = tuple(_asked(name, one, given.get(name), is_old=name in old) for name, one in QUESTIONS.items())
        form = "book/accessibility.yaml"
        return People("WCAG 2.2", form, asked, review.certifier, review.credential, review.report)
    if kind == "screen":
        asked = tuple(_asked(name, one, None, is_old=False) for name, one in QUESTIONS_OF_PDF.items())
        return People("Matterhorn Protocol 1.1", "", asked, "", "", "")
    return None


def _asked(name: str, question: Question, answer: Answer | None, *, is_old: bool) -> Posed:
    if answer is None or answer.answer == "open":
        return Posed(
            name, question.words, question.criteria, "open", "", "", answer.remark if answer else "", outdated=False
        )
    said = (answer.answer, answer.by, answer.date, answer.remark)
    return Posed(name, question.words, question.criteria, *said, outdated=is_old)
