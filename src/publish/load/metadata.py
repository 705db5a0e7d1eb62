"""The facts of book.yaml as values of the model: metadata, editions, labels.

What is wrong in them is reported already; here it is given a value that lets the rest of the book be checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from publish.load import formats
from publish.load.convert import Facts
from publish.load.problems import Problems
from publish.load.schema import LABELS, SOURCE_LABELS
from publish.model import Contributor, Edition, Metadata, Rights, Subject

# All editions are made from the layout of the first; what a page is narrower, its margins lose. Outer margins are about 20 mm, those of
# the covers, which lose half as much, 13 mm.
_MOST_NARROWER = formats.length("10mm")
_FALLBACK_TRIM = formats.size("a5", formats.TRIMS)


def read_metadata(book: Facts) -> Metadata:
    title = book.words("title")
    dates = book.record("dates")
    publisher = book.record("publisher")
    return Metadata(
        title=title,
        subtitle=book.words("subtitle"),
        short_title=book.words("short-title", title),
        language=book.text("language", "und"),
        identifier=book.text("identifier"),
        version=book.text("version"),
        file_name=book.text("file-name"),
        description=book.words("description"),
        published=dates.text("published"),
        modified=dates.text("modified"),
        original=dates.text("original"),
        contributors=tuple(_contributor(facts) for facts in book.records("contributors")),
        publisher=publisher.words("name"),
        place=publisher.words("place"),
        rights=tuple(_rights(facts) for facts in book.records("rights")),
        subjects=tuple(_subject(facts) for facts in book.records("subjects")),
        source=book.words("source"),
        series=book.record("series").words("name"),
        series_number=book.record("series").text("number"),
    )


def read_editions(book: Facts) -> tuple[Edition, ...]:
    return tuple(_edition(facts) for facts in book.records("editions"))


def report_editions(book: Facts, problems: Problems) -> None:
    """Reports editions of the same name, and pages that have no room for the text."""
    names: set[str] = set()
    editions = book.records("editions")
    for facts in editions:
        name = facts.text("name")
        if name in names:
            message = f"there is an edition “{name}” already"
            problems.add("bad-value", facts.where("name"), message, "the files of one would replace the other's")
        names.add(name)
        if _edition(facts).inner_margin > _edition(facts).trim[0] / 2:
            message = f"a margin of {facts.text('inner-margin')} is wider than half the page"
            problems.add("bad-length", facts.where("inner-margin"), message, "20mm is usual for a booklet")
        first = next(one for one in editions if one.text("style") == facts.text("style"))
        if _edition(facts).trim[0] < _edition(first).trim[0] - _MOST_NARROWER:
            message = f"the page is too narrow for the lines, which are those of “{first.text('name')}” too"
            problems.add("bad-length", facts.where("trim"), message, "name the edition with the smallest page first")


def read_labels(book: Facts) -> dict[str, str]:
    labels = book.record("labels")
    return {name: labels.words(name) for name in LABELS}


@dataclass(frozen=True, slots=True)
class SourceLabels:
    """The machine's words among the facts of a source, by label; one that is asked for and missing is reported, and stands for itself."""

    labels: Facts
    problems: Problems

    def __call__(self, name: str) -> str:
        if self.labels.scalar(name) is None:
            message = f"the label “{name}” is missing, and the sources have need of it"
            self.problems.add("missing-key", self.labels.location, message, SOURCE_LABELS[name])
        return self.labels.words(name, name)


def _contributor(facts: Facts) -> Contributor:
    name = facts.words("name")
    qualifier = facts.text("qualifier")
    known = qualifier if qualifier in ("attributed", "supposed") else ""
    return Contributor(
        name=name,
        file_as=facts.words("file-as", name),
        role=facts.text("role"),
        qualifier=cast("Literal['', 'attributed', 'supposed']", known),
        kind="organization" if facts.text("kind") == "organization" else "person",
    )


def _rights(facts: Facts) -> Rights:
    return Rights(facts.words("part"), facts.words("statement"), facts.text("licence"))


def _subject(facts: Facts) -> Subject:
    return Subject(facts.words("term"), facts.text("scheme"), facts.text("code"))


def _edition(facts: Facts) -> Edition:
    sheet = facts.text("booklet")
    known = sheet in formats.SHEETS
    return Edition(
        name=facts.text("name"),
        trim=_trim(facts.text("trim")),
        inner_margin=_length(facts.text("inner-margin")),
        sheet=formats.size(sheet, formats.SHEETS) if known else None,
        sheet_name=sheet if known else "",
        paper_thickness=_length(facts.text("paper-thickness")),
        style=facts.text("style"),
        binding="perfect" if facts.text("binding") == "perfect" else "saddle-stitch",
    )


def _trim(text: str) -> tuple[float, float]:
    return _FALLBACK_TRIM if formats.TRIM.problem(text) else formats.size(text, formats.TRIMS)


def _length(text: str) -> float:
    return 0.0 if formats.LENGTH.problem(text) else formats.length(text)
