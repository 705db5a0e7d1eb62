"""The entries of glossary.yaml, the rows of chronology.yaml, the headings of index.yaml, and the allowances of allowed.yaml."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, cast

from publish.diagnostics import Location
from publish.load.citations import citations_in
from publish.load.convert import Facts
from publish.load.inlines import InlineReader
from publish.load.markdown import nest
from publish.load.problems import Problems
from publish.load.scope import Counted, Places, Scope
from publish.model import Allowance, Entry, Event, IndexHeading, Inline, Status


class RecordReader:
    """Reads the records of one YAML file; `lines` are those of its source."""

    def __init__(self, counted: Counted, file: str, lines: list[str]) -> None:
        self.scope = Scope(
            counted,
            file,
            lines,
            "",
            no_marks=f"in {file}, which has no witness",
            no_notes=f"in {file}, which has no notes",
        )

    def entry(self, facts: Facts) -> Entry:
        name = facts.text("id")
        if name:
            self.scope.counted.ids.claim(f"term-{name}", facts.where("id"))
        headword = facts.words("headword")
        return Entry(
            id=name,
            kind=cast("Literal['person', 'organisation', 'event', 'term']", facts.text("kind", "term")),
            headword=headword,
            modern=facts.words("modern"),
            sort=facts.words("sort", headword),
            dates=facts.words("dates"),
            forms=facts.list_of_words("forms"),
            gloss=self.inlines(facts, "gloss"),
            role=self.inlines(facts, "role"),
            fate=self.inlines(facts, "fate"),
            see_also=_ids(facts, "see-also"),
            sources=_ids(facts, "sources"),
            cited=self.scope.counted.sources.cite_all(_ids(facts, "sources"), facts.where("sources")),
            link=cast("Literal['section', 'once', 'none']", facts.text("link", "section")),
            location=facts.location,
            born=facts.text("born"),
            died=facts.text("died"),
            status=_status(facts),
            index=cast("Literal['all', 'sections', 'none']", facts.text("index", "all")),
            index_as=facts.words("index-as"),
        )

    def event(self, facts: Facts) -> Event:
        name = facts.text("id")
        if name:
            self.scope.counted.ids.claim(f"event-{name}", facts.where("id"))
        self.scope.counted.sources.cited.update(_ids(facts, "sources"))
        return Event(
            id=name,
            when=facts.text("when"),
            date=facts.words("date"),
            event=self.inlines(facts, "event"),
            about=_ids(facts, "about"),
            born=_ids(facts, "born"),
            died=_ids(facts, "died"),
            sources=_ids(facts, "sources"),
            status=_status(facts),
            location=facts.location,
        )

    def heading(self, facts: Facts) -> IndexHeading:
        name = facts.text("id")
        if name:
            self.scope.counted.ids.claim(f"index-{name}", facts.where("id"))
        return IndexHeading(
            id=name,
            heading=self.inlines(facts, "heading", no_citations="in a heading of the index"),
            sort=facts.words("sort"),
            under=facts.text("under"),
            see=_ids(facts, "see"),
            see_also=_ids(facts, "see-also"),
            location=facts.location,
        )

    def inlines(self, facts: Facts, key: str, no_citations: str = "") -> tuple[Inline, ...]:
        """The inline Markdown of a key; `no_citations` is as in `Scope`."""
        scalar = facts.scalar(key)
        if scalar is None:
            return ()
        token = self.scope.counted.md.parseInline(scalar.text.strip(), {})[0]
        places = Places.of_scalar(scalar, self.scope.lines)
        for rule, offset, message, hint in token.meta.get("leftovers", ()):
            self.scope.problems.add(rule, places.at(offset), message, hint)
        self.scope.counted.sources.meet(citations_in(token.children or []))
        scope = replace(self.scope, no_citations=no_citations)
        return InlineReader(scope, places).read(nest(token.children or []))


def _ids(facts: Facts, key: str) -> tuple[str, ...]:
    return tuple(one.text for one in facts.texts(key))


def _status(facts: Facts) -> Status:
    return cast("Status", facts.text("status", "confirmed"))


def report_repeated(records: tuple[Facts, ...], problems: Problems) -> None:
    """Reports each second record with the same id."""
    seen: dict[str, Location] = {}
    for facts in records:
        key = facts.text("id")
        if key in seen:
            message = f"the id “{key}” is taken already, at {seen[key]}"
            problems.add("duplicate-id", facts.location, message, "choose another")
        elif key:
            seen[key] = facts.location


def read_allowance(facts: Facts) -> Allowance:
    return Allowance(facts.text("file"), facts.text("rule"), facts.words("reason"), facts.location)
