"""The entries of glossary.yaml, the rows of chronology.yaml, the headings of index.yaml, and the allowances of allowed.yaml."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal, cast

from publish.diagnostics import Location
from publish.load import formats
from publish.load.citations import citations_in
from publish.load.convert import Facts
from publish.load.dates import divided, in_words, lifetime
from publish.load.headings import index_heading
from publish.load.inlines import InlineReader
from publish.load.markdown import nest
from publish.load.problems import Problems
from publish.load.scope import Counted, Places, Scope
from publish.model import Allowance, Entry, Event, IndexHeading, Inline, Status, Text

# A value with no sign that Markdown, or this program, makes something of: most are names, places and short sentences.
_BARE = re.compile(r"(?:[^\W_]|[ ,.;()–—-])+")


class RecordReader:
    """Reads the records of one YAML file; `lines` are those of its source, `language` is the book's."""

    def __init__(self, counted: Counted, file: str, lines: list[str], language: str) -> None:
        self.language = language
        self.scope = Scope(
            counted,
            file,
            lines,
            "",
            no_marks=f"in {file}, which has no witness",
            no_notes=f"in {file}, which has no notes",
        )

    def entry(self, facts: Facts) -> Entry:
        name = self._claimed(facts, "term", "index")
        headword, modern = facts.words("headword"), facts.words("modern")
        sort = facts.words("sort", headword)
        kind = cast("Literal['person', 'organisation', 'event', 'term']", facts.text("kind", "term"))
        return Entry(
            id=name,
            kind=kind,
            headword=headword,
            modern=modern,
            sort=sort,
            dates=self._dates(facts, kind),
            forms=facts.list_of_words("forms"),
            gloss=self.inlines(facts, "gloss"),
            role=self.inlines(facts, "role"),
            fate=self.inlines(facts, "fate"),
            see_also=_ids(facts, "see-also"),
            sources=_ids(facts, "sources"),
            cited=self._cited(facts),
            link=cast("Literal['section', 'once', 'none']", facts.text("link", "section")),
            location=facts.location,
            born=facts.text("born"),
            died=facts.text("died"),
            status=_status(facts),
            index=cast("Literal['all', 'sections', 'none']", facts.text("index", "all")),
            index_as=facts.words("index-as") or index_heading(headword, modern if kind == "person" else "", sort),
        )

    def event(self, facts: Facts) -> Event:
        when, date = facts.text("when"), facts.words("date") or self._date(facts)
        year, day = divided(date, when)
        return Event(
            id=self._claimed(facts, "event"),
            when=when,
            date=date,
            event=self.inlines(facts, "event"),
            about=_ids(facts, "about"),
            born=_ids(facts, "born"),
            died=_ids(facts, "died"),
            sources=_ids(facts, "sources"),
            status=_status(facts),
            location=facts.location,
            year=year,
            day=day,
            cited=self._cited(facts),
        )

    def _cited(self, facts: Facts) -> tuple[Inline, ...]:
        return self.scope.counted.sources.cite_all(_ids(facts, "sources"), facts.where("sources"))

    def _dates(self, facts: Facts, kind: str) -> str:
        """The dates of an entry as they are printed: as they are given, or the years of a person's life."""
        given, born, died = facts.words("dates"), facts.text("born"), facts.text("died")
        if not (born or died):
            return given
        where = facts.where("born" if born else "died")
        if given or kind != "person":
            message = (
                "the dates are given twice" if given else f"an entry of the kind “{kind}” is not born and does not die"
            )
            hint = "a person has born and died, any other entry has dates"
            self.scope.problems.add("entry-dates", where, message, hint)
            return given
        life = lifetime(born, died, self.language)
        if life is None:
            self._no_words(where, "dates: and the years as they are printed, in the place of born and died")
        return life or ""

    def _date(self, facts: Facts) -> str:
        """The printed date of an event that is given none; "" where `when` is none, which is reported already."""
        when = facts.text("when")
        date = "" if not when or formats.INTERVAL.problem(when) else in_words(when, self.language)
        if date is None:
            self._no_words(facts.where("when"), "date: and the date as it is printed")
        return date or ""

    def _no_words(self, where: Location, hint: str) -> None:
        if formats.LANGUAGE.problem(self.language):
            return  # reported already
        message = f"the program does not know how dates are written in the language “{self.language}”"
        self.scope.problems.add("date-in-words", where, message, f"write {hint}")

    def heading(self, facts: Facts) -> IndexHeading:
        name = self._claimed(facts, "index")
        return IndexHeading(
            id=name,
            heading=self.inlines(facts, "heading", no_citations="in a heading of the index"),
            sort=facts.words("sort"),
            under=facts.text("under"),
            see=_ids(facts, "see"),
            see_also=_ids(facts, "see-also"),
            location=facts.location,
        )

    def _claimed(self, facts: Facts, *kinds: str) -> str:
        """The id of a record, taken with each of these words before it; one that is taken already is reported once."""
        name, ids = facts.text("id"), self.scope.counted.ids
        for kind in kinds if name else ():
            taken = f"{kind}-{name}" in ids
            ids.claim(f"{kind}-{name}", facts.where("id"))
            if taken:
                break
        return name

    def inlines(self, facts: Facts, key: str, no_citations: str = "") -> tuple[Inline, ...]:
        """The inline Markdown of a key; `no_citations` is as in `Scope`."""
        scalar = facts.scalar(key)
        if scalar is None:
            return ()
        text, places = scalar.text.strip(), Places.of_scalar(scalar, self.scope.lines)
        if _BARE.fullmatch(text):
            return (Text(text, places.at(0)),)
        token = self.scope.counted.md.parseInline(text, {})[0]
        for rule, offset, message, hint in token.meta.get("leftovers", ()):
            self.scope.problems.add(rule, places.at(offset), message, hint)
        self.scope.counted.sources.meet(citations_in(token.children or []))
        scope = replace(self.scope, no_citations=no_citations)
        return InlineReader(scope, places).read(nest(token.children or []))


def _ids(facts: Facts, key: str) -> tuple[str, ...]:
    return tuple(one.text for one in facts.texts(key))


def in_time(event: Event) -> tuple[str, str]:
    """What events are sorted by: when they begin, then when they end. A date that is known less exactly comes first."""
    begin, _, end = event.when.partition("/")
    return begin, end or begin


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
