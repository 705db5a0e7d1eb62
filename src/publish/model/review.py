"""What people said of the accessibility of a book: the part of the standard that no machine can judge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from publish.diagnostics import Location


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said to one of the questions, who that was and when (ISO 8601); "open" as long as nobody did."""

    question: str
    answer: Literal["yes", "no", "open"]
    by: str
    date: str
    remark: str
    location: Location


@dataclass(frozen=True, slots=True)
class Review:
    """The answers to all questions, in order, none where the book has no form for them, and who answers for the whole.

    `credential` is what the certifier has to show for it, `report` the address of the whole report. `summary` are a person's words on how
    the book can be read.
    """

    answers: tuple[Answer, ...] = ()
    certifier: str = ""
    credential: str = ""
    report: str = ""
    summary: str = ""

    def open_on(self, modified: str) -> tuple[Answer, ...]:
        """The questions that nobody has answered since the edition was last changed (ISO 8601): an older answer is for another text."""
        return tuple(one for one in self.answers if one.answer == "open" or one.date < modified[:10])

    def complete_on(self, modified: str) -> bool:
        """Whether every question was answered, with yes, since the edition was last changed, and somebody answers for the whole."""
        yes = all(one.answer == "yes" and one.by for one in self.answers)
        return bool(self.answers and self.certifier) and yes and not self.open_on(modified)
