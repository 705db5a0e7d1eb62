"""The judge of what no machine can see: the people whose answers stand in accessibility.yaml."""

from __future__ import annotations

import io
import zipfile

from publish.diagnostics import Diagnostic, Location
from publish.model import Artifact, Book, Review, Verdict

JUDGE = "people"
RULES = "EPUB Accessibility 1.1, WCAG 2.2 AA, as far as no machine can tell"
FORM = "book/accessibility.yaml"
_PACKAGE = "EPUB/content.opf"
_CLAIM = b"dcterms:conformsTo"


def judge(artifact: Artifact, book: Book) -> Verdict:
    """What people say of an e-book: "passed" when every question of the form was answered with yes, for the edition as it is.

    As long as nobody has answered one, or answers for the whole, the verdict is "not run". An e-book that says that it conforms without
    these answers is told.
    """
    modified = book.metadata.modified
    if book.review.complete_on(modified):
        return Verdict(JUDGE, "", RULES, artifact.name, "passed", f"certified by {book.review.certifier}")
    refused = [one.question for one in book.review.answers if one.answer == "no"]
    missing = f"answered with no in {FORM}: {', '.join(refused)}" if refused else _missing(book.review, modified)
    found = (_unfounded(artifact, missing),) if claims(artifact) else ()
    return Verdict(JUDGE, "", RULES, artifact.name, "failed" if refused or found else "not run", missing, found)


def _missing(review: Review, modified: str) -> str:
    if not review.answers:
        return f"there is no {FORM}"
    if unanswered := review.open_on(modified):
        return f"{len(unanswered)} of {len(review.answers)} questions are open in {FORM}"
    return f"nobody certifies the answers in {FORM}"


def claims(artifact: Artifact) -> bool:
    """Whether the package of an e-book says that it conforms to a standard."""
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as archive:
        return _CLAIM in archive.read(_PACKAGE)


def _unfounded(artifact: Artifact, missing: str) -> Diagnostic:
    message = f"{artifact.name} says that it conforms to a standard of accessibility: {missing}"
    return Diagnostic("claim-unfounded", Location(FORM), message, "build it again: ./run accessibility")
