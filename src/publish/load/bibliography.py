"""The records of bibliography.yaml: read, judged by their kind, and made into the sources of the book."""

from __future__ import annotations

from collections.abc import Callable

from publish.load.chicago import DOI, Chicago, Kind, Reference
from publish.load.convert import Facts
from publish.load.dates import dated
from publish.load.problems import one_of
from publish.load.records import RecordReader
from publish.load.schema import SOURCE
from publish.load.sources import Part, Sources
from publish.load.words import Words, capital
from publish.model import Inline, Source, Span, Text

ANY = ("id", "type", "short", "sort", "note", "url", "doi", "further", "read-at")
_TITLE = ("title", "short-title", "description")
_PRESS = ("place", "publisher", "date", "isbn")
_ARTICLE = ("authors", *_TITLE, "container", "date", "pages")
# What each kind of source can have beside what any has.
KEYS: dict[Kind, tuple[str, ...]] = {
    "book": ("authors", "editors", "translators", *_TITLE, "container", "edition", "series", "volume", *_PRESS),
    "chapter": ("authors", "editors", *_TITLE, "container", "edition", "series", "volume", "pages", *_PRESS),
    "article-journal": (*_ARTICLE, "volume", "issue"),
    "article-magazine": _ARTICLE,
    "article-newspaper": _ARTICLE,
    "entry-encyclopedia": ("authors", "editors", *_TITLE, "container", "edition", "pages", *_PRESS),
    "webpage": ("authors", "editors", *_TITLE, "container", "publisher", "date"),
    "text": ("text",),
}
_WITHOUT_CONTAINER = ("book", "webpage", "text")
_PART = ("id", "part-of", "locator", "read-at")


class BibliographyReader:
    """Reads the records of a book; makes its sources of them once all that cites them was read."""

    def __init__(self, reader: RecordReader, records: tuple[Facts, ...], language: str) -> None:
        self._reader = reader
        self._problems = reader.scope.problems
        self._language = language
        self._records = [(facts, self._part(facts) or self._reference(facts)) for facts in records]

    def citable(self, chicago: Chicago, words: Callable[[str], str], *, listed: bool) -> Sources:
        """What citations are made of; of two records with one id the first. `words` and `listed` are as in `Sources`."""
        wholes: dict[str, Reference] = {}
        parts: dict[str, Part] = {}
        for facts, record in self._records:
            key = facts.text("id")
            if isinstance(record, Part):
                parts.setdefault(key, record)
            else:
                wholes.setdefault(key, record)
        self._report_parts_of_parts(parts)
        return Sources(chicago, words, wholes, parts, listed)

    def sources(self, citable: Sources) -> tuple[Source, ...]:
        """The sources in the order of the file; what cites them in the annotations is read now."""
        annotations = [self._reader.inlines(facts, "further") for facts, _ in self._records]
        sources = []
        for (facts, record), further in zip(self._records, annotations, strict=True):
            key = facts.text("id")
            cited = key in citable.cited
            if isinstance(record, Part):
                sources.append(Source(key, (), facts.location, part_of=record.whole, cited=cited))
            else:
                sources.append(self._source(key, record, citable, further))
        return tuple(sources)

    # ----------------------------------------------------------------------------------------------------- the records

    def _part(self, facts: Facts) -> Part | None:
        """The record of a part; None for that of a whole."""
        if not facts.text("part-of"):
            return None
        self._check_keys(facts, "part of another", _PART)
        self._require(facts, "locator", "a part of another source")
        return Part(facts.text("part-of"), self._inlines(facts, "locator"))

    def _reference(self, facts: Facts) -> Reference:
        kind = self._kind(facts)
        doi = facts.text("doi")
        return Reference(
            kind=kind,
            location=facts.location,
            authors=facts.list_of_words("authors"),
            editors=facts.list_of_words("editors"),
            translators=facts.list_of_words("translators"),
            title=self._inlines(facts, "title"),
            short_title=self._inlines(facts, "short-title"),
            described=self._inlines(facts, "description"),
            container=self._inlines(facts, "container"),
            edition=facts.words("edition"),
            series=facts.words("series"),
            volume=facts.words("volume"),
            issue=facts.words("issue"),
            place=facts.words("place"),
            publisher=facts.words("publisher"),
            date=dated(facts.words("date"), self._language),
            pages=facts.words("pages"),
            address=f"{DOI}{doi}" if doi else facts.text("url"),
            note=self._inlines(facts, "note"),
            text=self._inlines(facts, "text"),
            short=self._inlines(facts, "short"),
            sort=facts.words("sort"),
        )

    def _inlines(self, facts: Facts, key: str) -> Words:
        return self._reader.inlines(facts, key, no_citations="in the record of a source")

    # -------------------------------------------------------------------------------------------------------- judgement

    def _kind(self, facts: Facts) -> Kind:
        """The kind of a record; what it lacks, and what it has and would not be printed, is reported."""
        kind = facts.text("type", "text")
        if kind not in KEYS:
            return "text"  # reported as no type
        what = "without a type" if kind == "text" else f"of the type “{kind}”"
        self._check_keys(facts, what, (*ANY, *KEYS[kind]))
        if kind == "text":
            self._require(facts, "text", f"a source {what}")
        elif not facts.text("description"):
            self._require(facts, "title", f"a source {what} and without a description")
        if kind not in _WITHOUT_CONTAINER:
            self._require(facts, "container", f"a source {what}")
        if kind == "book" and facts.text("container"):
            self._require(facts, "volume", "a book that is a volume of another work")
        return kind

    def _require(self, facts: Facts, key: str, what: str) -> None:
        if not facts.text(key):
            self._problems.add("missing-key", facts.location, f"{what} needs a {key}")

    def _check_keys(self, facts: Facts, what: str, known: tuple[str, ...]) -> None:
        for key, place in facts.keys().items():
            if key in SOURCE.keys and key not in known:
                message = f"a source {what} has no “{key}”, and it would not be printed"
                self._problems.add("unknown-key", place, message, one_of(known))

    def _report_parts_of_parts(self, parts: dict[str, Part]) -> None:
        for facts, record in self._records:
            if isinstance(record, Part) and record.whole in parts:
                message = f"“{record.whole}” is itself a part of “{parts[record.whole].whole}”"
                self._problems.add("bad-value", facts.where("part-of"), message, "name the whole work")

    # ------------------------------------------------------------------------------------------------------ the sources

    def _source(self, key: str, record: Reference, citable: Sources, further: Words) -> Source:
        chicago = citable.chicago
        return Source(
            id=key,
            text=chicago.entry(record),
            location=record.location,
            short=chicago.short(record),
            parts=self._parts(key, citable),
            further=further,
            sort=chicago.order(record),
            cited=key in citable.cited,
        )

    def _parts(self, whole: str, citable: Sources) -> Words:
        """The cited parts of a work, in the order of the file, as a sentence; each has the id that citations of it lead to."""
        found = [
            (facts.text("id"), record.locator, facts.location)
            for facts, record in self._records
            if isinstance(record, Part) and record.whole == whole and facts.text("id") in citable.cited
        ]
        sentence: list[Inline] = []
        for number, (key, words, location) in enumerate(found, start=1):
            begun = words if sentence else capital(words)
            ended = citable.chicago.marks.closed(begun, ".", location) if number == len(found) else begun
            sentence += [Text("; ", location)] if sentence else []
            sentence.append(Span(ended, location, id=f"source-{key}"))
        return tuple(sentence)
