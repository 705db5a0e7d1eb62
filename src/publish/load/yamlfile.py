"""Reads a YAML file as a tree of texts with their places: every scalar stays what was typed.

PyYAML's own composer turns `no` into False, `1.10` into 1.1, and keeps the last of two equal keys in silence; and once it has resolved
an alias, nothing tells that there was one. So the tree is made here, from the parser's events.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import yaml

from publish.diagnostics import Location
from publish.load.files import FORBIDDEN
from publish.load.problems import Problems

_Loader: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value. `plain` is one without quotation marks and not a block; a plain empty value is one that is not there.

    `end_line` is the last line of the source that the value stands on, counted from 1.
    """

    text: str
    location: Location
    plain: bool
    end_line: int

    @property
    def absent(self) -> bool:
        return self.plain and not self.text


@dataclass(frozen=True, slots=True)
class Sequence:
    items: tuple[Node, ...]
    location: Location


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their places, and their values."""

    entries: dict[str, tuple[Location, Node]]
    location: Location


Node: TypeAlias = Scalar | Sequence | Mapping

# What libyaml says, and what an editor can do about it.
_SAYINGS = (
    (
        "mapping values are not allowed",
        "a colon stands where none can",
        "put a value with a colon in it between quotes; a key stands exactly under the one before it",
    ),
    ("could not find expected ':'", "a line has no colon", "a line is a key, a colon, a space, and a value"),
    ("did not find expected key", "this does not fit what stands before it", "compare the indentation and the quotes"),
    (
        "did not find expected '-'",
        "this does not fit the list before it",
        "compare the indentation; an item begins with -",
    ),
    (
        "did not find expected ','",
        "a bracket is not closed, or a comma is missing",
        "close it with ] or }, or put a value that begins with [ or { between quotes",
    ),
    ("unexpected end of stream", "a quotation mark is not closed", "close it, or double a ' that belongs to the value"),
    ("block sequence entries", "a list cannot begin here", "put the first - on a line of its own"),
    ("unknown escape", "a backslash in double quotes has a meaning of its own", "write \\\\, or use single quotes"),
    ("expected <document start>", "there is something after the end", "one file holds one document"),
)
# What YAML 1.1 takes for the end of a line, and no editor of texts does: the lines that are told would not be those that are seen.
_OTHER_LINE_ENDS = re.compile("[\x85\u2028\u2029]")
# What XML 1.0 lets pass and YAML 1.1, section 5.1, does not.
_UNPRINTABLE = re.compile("[\x7f-\x84\x86-\x9f]")
_CANNOT_START = re.compile(r"that cannot start any token")


class _SyntaxProblem(Exception):
    def __init__(self, location: Location, message: str, hint: str = "") -> None:
        self.diagnosis = (location, message, hint)


def parse(text: str, file: str, problems: Problems) -> Node | None:
    """The tree of a YAML text; None if it has no tree: a syntax error, a tab as indentation, or nothing at all."""
    if _has_tabs(text, file, problems) or _has_unprintable(text, file, problems):
        return None
    text = _OTHER_LINE_ENDS.sub(" ", text)
    reader = _Reader(text, file, problems)
    try:
        return reader.document()
    except _SyntaxProblem as problem:
        problems.add("yaml-syntax", *problem.diagnosis)
    except yaml.MarkedYAMLError as error:
        problems.add("yaml-syntax", *(reader.run_on(error) or _told(error, file, text)))
    except yaml.YAMLError as error:
        problems.add("yaml-syntax", Location(file), f"this is not YAML: {error}".splitlines()[0])
    return None


def _has_tabs(text: str, file: str, problems: Problems) -> bool:
    found = [
        (number, match.end())
        for number, line in enumerate(text.split("\n"), 1)
        if (match := re.match(r" *\t", line)) and not line.isspace()
    ]
    for number, column in found:
        place = Location(file, number, column)
        problems.add("yaml-tab", place, "a tab is used as indentation", "use spaces, two for each level")
    return bool(found)


def _has_unprintable(text: str, file: str, problems: Problems) -> bool:
    found = _UNPRINTABLE.search(text)
    if found:
        place = Location(
            file, text.count("\n", 0, found.start()) + 1, found.start() - text.rfind("\n", 0, found.start())
        )
        message = f"the character U+{ord(found[0]):04X} cannot stand in YAML"
        problems.add("yaml-syntax", place, message, "delete it; it is invisible")
    return bool(found)


class _Reader:
    """Makes the tree from the parser's events."""

    def __init__(self, text: str, file: str, problems: Problems) -> None:
        self.events = self.noted(yaml.parse(text, Loader=_Loader))
        self.last: yaml.Event | None = None
        self.file = file
        self.problems = problems

    def noted(self, events: Iterator[yaml.Event]) -> Iterator[yaml.Event]:
        """The events; the last one is what stands before a syntax error."""
        for event in events:
            self.last = event
            yield event

    def run_on(self, error: yaml.MarkedYAMLError) -> tuple[Location, str, str] | None:
        """The diagnosis of an error right behind a value that runs over several lines until a quotation mark which is not its own."""
        value, mark = self.last, error.problem_mark
        if not isinstance(value, yaml.ScalarEvent) or value.style not in ("'", '"') or not mark or not value.end_mark:
            return None
        if not self.place(value).line <= value.end_mark.line == mark.line:
            return None
        message = (
            f"the quotation mark that opens here is closed on line {mark.line + 1} only, and something stands behind"
        )
        return self.place(value), message, "close it where the value ends; double a ' that belongs to the value"

    def document(self) -> Node | None:
        node: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if node is not None:
                    raise _SyntaxProblem(self.place(event), "a second document begins", "one file holds one document")
                node = self.node(next(self.events))
        return node

    def node(self, event: yaml.Event, depth: int = 0) -> Node:
        self.refuse(event)
        place = self.place(event)
        if depth > _DEEPEST:
            raise _SyntaxProblem(place, f"this is nested more than {_DEEPEST} levels deep")
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(tuple(self.items(depth)), place)
        if isinstance(event, yaml.MappingStartEvent):
            return Mapping(self.entries(depth), place)
        return self.scalar(event, place)

    def items(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            yield self.node(event, depth + 1)

    def entries(self, depth: int) -> dict[str, tuple[Location, Node]]:
        entries: dict[str, tuple[Location, Node]] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.node(event, depth + 1)
            value = self.node(next(self.events), depth + 1)
            if not isinstance(key, Scalar):
                raise _SyntaxProblem(
                    key.location, "a key must be a word", "put a value that begins with [ or { in quotes"
                )
            if key.text in entries:
                first = entries[key.text][0].line
                message = f"the key “{key.text}” stands already on line {first}"
                self.problems.add("yaml-duplicate-key", key.location, message, "delete one of the two")
            else:
                entries[key.text] = (key.location, value)
        return entries

    def scalar(self, event: yaml.Event, place: Location) -> Scalar:
        if not isinstance(event, yaml.ScalarEvent):  # an alias, refused already
            return Scalar("", place, plain=True, end_line=place.line)
        text = str(event.value)
        if found := FORBIDDEN.search(text):
            message = f"the value holds the character U+{ord(found[0]):04X}, which cannot stand in a book"
            self.problems.add("forbidden-character", place, message, "delete its escape sequence")
            text = FORBIDDEN.sub("\ufffd", text)
        end_line = event.end_mark.line + 1 if event.end_mark else place.line
        # The C parser gives a plain scalar the style "", the Python one None.
        return Scalar(text, place, not event.style, end_line)

    def refuse(self, event: yaml.Event) -> None:
        """Reports an alias, an anchor, or a tag: two places for one fact, or a type that the schema knows better."""
        if isinstance(event, yaml.AliasEvent):
            hint = "write the value out, or put one that begins with * in quotes"
            self.problems.add("yaml-alias", self.place(event), f"*{event.anchor} is an alias", hint)
        elif isinstance(event, yaml.NodeEvent) and event.anchor:
            hint = "delete it, or put a value that begins with & in quotes"
            self.problems.add("yaml-alias", self.place(event), f"&{event.anchor} is an anchor for aliases", hint)
        if tag := getattr(event, "tag", None):
            hint = "delete it, or put a value that begins with ! in quotes"
            shown = tag.replace("tag:yaml.org,2002:", "!!")
            self.problems.add("yaml-tag", self.place(event), f"{shown} is a tag", hint)

    def place(self, event: yaml.Event) -> Location:
        mark = event.start_mark
        return Location(self.file, mark.line + 1, mark.column + 1) if mark else Location(self.file)


def _opening(error: yaml.MarkedYAMLError) -> yaml.Mark | None:
    """Where the quotation mark or bracket opens that is not closed: that is noticed lines below, or at the end of the file."""
    noticed = error.problem_mark.line if error.problem_mark else 0
    bracket = "parsing a flow" in (error.context or "") and error.context_mark and error.context_mark.line < noticed
    return error.context_mark if bracket or "quoted scalar" in (error.context or "") else None


def _told(error: yaml.MarkedYAMLError, file: str, text: str) -> tuple[Location, str, str]:
    said = f"{error.context or ''} {error.problem or ''}"
    mark = _opening(error) or error.problem_mark or error.context_mark
    place = Location(file, mark.line + 1, mark.column + 1) if mark else Location(file)
    if mark and _CANNOT_START.search(said):
        lines = text.split("\n")
        sign = lines[mark.line][mark.column : mark.column + 1] if mark.line < len(lines) else ""
        return place, f"a value cannot begin with “{sign}”", "put the value between quotes"
    for saying, message, hint in _SAYINGS:
        if saying in said:
            return place, message, hint
    return place, f"this is not YAML: {error.problem or error.context}", ""
