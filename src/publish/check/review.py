"""The form of accessibility.yaml: what people said of the e-book."""

from __future__ import annotations

from collections.abc import Iterator

from publish.diagnostics import Diagnostic
from publish.model import Book


def answer_unsigned(book: Book) -> Iterator[Diagnostic]:
    """Answers of which nobody knows who gave them, or when."""
    for one in book.review.answers:
        missing = [key for key, value in (("by", one.by), ("date", one.date)) if not value]
        if one.answer != "open" and missing:
            message = f"the answer to “{one.question}” has no “{'” and no “'.join(missing)}”"
            yield Diagnostic(
                "answer-unsigned", one.location, message, "write who answered, and the day; or answer: open"
            )


def answer_outdated(book: Book) -> Iterator[Diagnostic]:
    """Answers that were given of an earlier state of the edition."""
    changed = book.metadata.modified[:10]
    for one in book.review.answers:
        if one.answer != "open" and one.date and one.date < changed:
            message = f"“{one.question}” was answered on {one.date}, and the edition was changed on {changed}"
            yield Diagnostic("answer-outdated", one.location, message, "look again, and date the answer anew")


def barrier_known(book: Book) -> Iterator[Diagnostic]:
    """Questions to which the answer is no: somebody cannot use a part of the book."""
    for one in book.review.answers:
        if one.answer == "no":
            said = f": {one.remark}" if one.remark else ""
            message = f"{one.by or 'somebody'} answers “{one.question}” with no{said}"
            yield Diagnostic("barrier-known", one.location, message, "mend it, and have it looked at again")
