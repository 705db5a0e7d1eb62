"""What each judge said of each file, for people and machines that were not there."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable

import publish
from publish.diagnostics import Diagnostic
from publish.model import Answer, Artifact, Book, Verdict
from publish.model.counts import COUNTS, count, emendations

EVIDENCE = "evidence.json"


def evidence_json(book: Book, artifacts: Iterable[Artifact], verdicts: Iterable[Verdict]) -> bytes:
    """The evidence of a build: the book and what it counts, every file with its hash, what people answered, and every verdict."""
    evidence = {
        "title": book.metadata.title,
        "version": book.metadata.version,
        "made-by": f"publish {publish.__version__}",
        "counts": counted(book),
        "files": {
            artifact.name: {"kind": artifact.kind, "sha256": hashlib.sha256(artifact.data).hexdigest()}
            for artifact in artifacts
        },
        "people": [answered(one) for one in book.review.answers],
        "verdicts": [told(verdict) for verdict in verdicts],
    }
    return json.dumps(evidence, ensure_ascii=False, indent=1).encode() + b"\n"


def counted(book: Book) -> dict[str, object]:
    """Every count of the book; its words those of each edited text too, its emendations by their kind."""
    edited = {page.id: count(book, "words", page) for page in book.pages if page.witness is not None}
    kinds = sum((emendations(page) for page in book.pages), Counter[str]())
    return {
        **{name: count(book, name) for name in COUNTS},
        "words": {"book": count(book, "words"), **edited},
        "emendations": dict(sorted(kinds.items())),
    }


def answered(answer: Answer) -> dict[str, str]:
    return {
        "question": answer.question,
        "answer": answer.answer,
        "by": answer.by,
        "date": answer.date,
        "remark": answer.remark,
    }


def told(verdict: Verdict) -> dict[str, object]:
    return {
        "file": verdict.artifact,
        "judge": verdict.judge,
        "version": verdict.version,
        "rules": verdict.rules,
        "result": verdict.result,
        "detail": verdict.detail,
        "findings": [finding(one) for one in verdict.diagnostics],
    }


def finding(diagnostic: Diagnostic) -> dict[str, str]:
    return {
        "place": str(diagnostic.location),
        "severity": diagnostic.severity,
        "rule": diagnostic.rule,
        "message": diagnostic.message,
    }
