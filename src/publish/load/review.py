"""The form of accessibility.yaml: what people said, and who answers for it."""

from __future__ import annotations

from typing import Literal, cast

from publish.load.convert import Facts
from publish.model import QUESTIONS, Answer, Review


def read_review(form: Facts) -> Review:
    answers, certifier = form.record("answers"), form.record("certifier")
    return Review(
        answers=tuple(_answer(question, answers.record(question)) for question in QUESTIONS),
        certifier=certifier.words("name"),
        credential=certifier.words("credential"),
        report=certifier.text("report"),
        summary=form.words("summary"),
    )


def _answer(question: str, facts: Facts) -> Answer:
    return Answer(
        question=question,
        answer=cast("Literal['yes', 'no', 'open']", facts.text("answer", "open")),
        by=facts.words("by"),
        date=facts.text("date"),
        remark=facts.words("remark"),
        location=facts.where("answer"),
    )
