"""What people said of the accessibility of a book: the part of the standard that no machine can judge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from publish.diagnostics import Location


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person can say of a file, and the numbers of the criteria of its standard that this is asked for."""

    words: str
    criteria: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.words} ({', '.join(self.criteria)})"


# Of an e-book: the success criteria of WCAG 2.2, A and AA, that a book of text and pictures can fail and no machine can judge.
QUESTIONS: Mapping[str, Question] = {
    "alternative-texts": Question(
        "Does the alternative text of every picture, the cover's too, say what the picture is there to say?", ("1.1.1",)
    ),
    "structure": Question(
        "Is everything that looks like a heading, list, table or quotation one in the source, too?", ("1.3.1",)
    ),
    "reading-order": Question(
        "Does the book make sense read aloud from beginning to end, and with style sheets off?", ("1.3.2",)
    ),
    "senses": Question(
        "Does nothing in the text depend on a colour, a shape, a place on the page, or a sound?", ("1.3.3", "1.4.1")
    ),
    "enlargement": Question(
        "Is everything there and legible at twice the size of the letters, and 320 pixels wide?",
        ("1.4.4", "1.4.10", "1.4.12"),
    ),
    "pictures-of-text": Question("Is no text a picture where letters would do, except on the cover?", ("1.4.5",)),
    "reading-system": Question(
        "Could contents, notes, and glossary be reached and left again by keyboard and screen reader?",
        ("2.1.1", "2.4.3"),
    ),
    "link-texts": Question("Is it clear from each link's words, or their sentence, where the link leads?", ("2.4.4",)),
    "headings": Question("Do title and headings tell what stands under them?", ("2.4.2", "2.4.6")),
    "languages": Question("Is every passage marked that is in another language than the book?", ("3.1.2",)),
}
# Of a tagged PDF: what the Matterhorn Protocol 1.1 leaves to a person and such a book can fail. There is no form for the answers yet.
QUESTIONS_OF_PDF: Mapping[str, Question] = {
    "artifacts": Question("Is all that is read tagged, and only that?", ("01-001", "01-002")),
    "reading-order": Question("Do the tags make sense in their order?", ("09-001", "28-001")),
    "structure": Question(
        "Is each tag the one for what it holds: heading, list, table, note, quotation?",
        ("01-006", "09-002", "09-003", "14-001", "15-004", "16-003", "19-001"),
    ),
    "senses": Question("Is nothing told by contrast, colour, shape or layout alone?", ("04-001",)),
    "title": Question("Does the title tell which document this is?", ("06-004",)),
    "languages": Question("Is the language that is stated of each passage its own?", ("11-007",)),
    "pictures": Question(
        "Is every picture tagged as one, its caption as a caption, and text where letters would do?",
        ("13-001", "13-003", "13-007", "13-008"),
    ),
}


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
