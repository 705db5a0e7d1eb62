"""What the readers of Markdown know beside the text: where it stands, which ids are taken, how far the book has been counted."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import islice

from markdown_it import MarkdownIt
from markdown_it.token import Token

from publish.diagnostics import Location
from publish.load.counts import Count
from publish.load.problems import Problems
from publish.load.sources import Sources
from publish.load.yamlfile import Scalar
from publish.model import STANDARD

NO_WITNESS = "on a page without a witness"
IN_HEADING = "in a heading"
_REASON = re.compile(r"\{>>.*?<<\}")
_WORD = re.compile(r"[^\W_]+")
_PLAIN = re.compile(r"[a-z0-9]+")
FIRST_WORDS = 4  # of a block, which are its name: few, for whoever edits them takes the name away


def slug(words: str, most: int | None = None) -> str:
    """Words, at most so many, in letters that every reading system can have in a link; "" where there are none.

    Words in another script, of which nothing would be left, are named by a digest.
    """
    folded = (word for word in _WORD.finditer(words.casefold().replace("'", "").replace("’", "")))
    first = "-".join(word[0] for word in islice(folded, most))
    plain = unicodedata.normalize("NFKD", first).encode("ascii", "ignore").decode()
    named = "-".join(_PLAIN.findall(plain))
    return named or (hashlib.sha256(first.encode()).hexdigest()[:8] if first else "")


def _hyphen(name: str) -> str:
    return f"-{name}" if name else ""


class Ids:
    """The ids of the whole book."""

    def __init__(self, problems: Problems) -> None:
        self._taken: dict[str, Location] = {}
        self._numbers: dict[str, int] = {}  # the last one tried for a name: twenty thousand cells may say the same
        self._problems = problems

    def __contains__(self, name: str) -> bool:
        return name in self._taken

    def claim(self, name: str, location: Location) -> str:
        """Takes an id; a second claim is reported."""
        if name in self._taken:
            message = f"the id “{name}” is taken already, at {self._taken[name]}"
            self._problems.add("duplicate-id", location, message, "choose another")
        else:
            self._taken[name] = location
        return name

    def fresh(self, name: str, location: Location) -> str:
        """Takes an id that is not taken yet: the name itself, or the name with a number."""
        chosen, number = name, self._numbers.get(name, 1)
        while chosen in self._taken:
            number += 1
            chosen = f"{name}-{number}"
        self._numbers[name] = number
        return self.claim(chosen, location)


@dataclass(slots=True)
class Counted:
    """What is one for the whole book: parser, ids, problems, the number of notes, sources, what is to be counted."""

    md: MarkdownIt
    ids: Ids
    problems: Problems
    notes: int = 0
    sources: Sources = field(default_factory=Sources)
    counts: list[Count] = field(default_factory=list)
    most_notes: int = STANDARD.notes


@dataclass(slots=True)
class Scope:
    """The part of the book that is being read: a page, a note, or a value of a YAML file.

    `prefix` begins the ids of its blocks. `no_marks`, `no_notes` and `no_citations` say why emendations, calls of notes and citations
    cannot stand here, and are "" where they can. `calls` has the notes that are called, `misplaced` those that are called where none
    can be.
    """

    counted: Counted
    file: str
    lines: list[str]
    prefix: str
    no_marks: str = ""
    no_notes: str = ""
    no_citations: str = ""
    calls: list[tuple[str, Location]] = field(default_factory=list)
    misplaced: set[str] = field(default_factory=set)
    images: dict[str, Location] = field(default_factory=dict)

    @property
    def problems(self) -> Problems:
        return self.counted.problems

    def block_id(self, kind: str, words: str, location: Location) -> str:
        """The id of a block of a kind by the words that it begins with: "essay-p-within-a-week-of".

        Not by its number, which an edit before it would change. Of blocks that begin alike all but the first are numbered.
        """
        return self.counted.ids.fresh(f"{self.prefix}-{kind}{_hyphen(slug(words, FIRST_WORDS))}", location)

    def slug_id(self, words: str, location: Location) -> str:
        """An id made of the words of a heading."""
        return self.counted.ids.fresh(f"{self.prefix}-{slug(words) or 's'}", location)

    def emendation_id(self, added: str, removed: str, location: Location) -> str:
        """The id of an emendation by its page and words: "emendation-essay-kamenev".

        One without words, of signs or of a paragraph break, has those that stand before it in its line of the source.
        """
        line = self.lines[location.line - 1] if location.line else ""
        before = _REASON.sub("", line[: max(location.column - 1, 0)])
        words = slug(added, FIRST_WORDS) or slug(removed, FIRST_WORDS) or slug(" ".join(before.split()[-2:]))
        return self.counted.ids.fresh(f"emendation-{self.prefix}{_hyphen(words)}", location)

    def block_location(self, token: Token) -> Location:
        """Where a block begins."""
        if not token.map:
            return Location(self.file)
        line = self.lines[token.map[0]] if token.map[0] < len(self.lines) else ""
        return Location(self.file, token.map[0] + 1, len(line) - len(line.lstrip()) + 1)


class Places:
    """Where the signs of an inline content stand in the source: for each line of the content, its line and column there."""

    def __init__(self, file: str, starts: list[int], lines: list[int], columns: list[int]) -> None:
        self._file = file
        self._starts = starts
        self._lines = lines
        self._columns = columns

    def at(self, offset: int) -> Location:
        """The place of an offset; without a column where the content's line could not be found in the source's."""
        index = bisect_right(self._starts, offset) - 1
        column = self._columns[index]
        return Location(self._file, self._lines[index], column + offset - self._starts[index] if column else 0)

    @classmethod
    def of_block(cls, scope: Scope, token: Token, after: int = 0) -> Places:
        """The places of a block's inline token. `after` is the column of the line (from 0) behind which a table's cell stands."""
        first = token.map[0] if token.map else 0
        starts, lines, columns = [], [], []
        offset = 0
        for number, content in enumerate(token.content.split("\n"), first):
            source = scope.lines[number] if number < len(scope.lines) else ""
            starts.append(offset)
            lines.append(number + 1)
            columns.append(_column(source, content, after))
            offset += len(content) + 1
        return cls(scope.file, starts, lines, columns)

    @classmethod
    def of_scalar(cls, scalar: Scalar, lines: list[str]) -> Places:
        """The places of a YAML value: exact in one line, and to the word's line in a folded one."""
        starts, numbers, columns = [0], [scalar.location.line], [scalar.location.column + (not scalar.plain)]
        after = 0
        for number in range(scalar.location.line, scalar.end_line + 1):
            source = lines[number - 1] if number <= len(lines) else ""
            first = scalar.location.column - 1 if number == scalar.location.line else 0
            words = source[first:].strip().strip("\"'")
            found = scalar.text.find(words, after) if words else -1
            if found < 0:
                continue
            if found == 0:
                starts, numbers, columns = [], [], []
            starts.append(found)
            numbers.append(number)
            columns.append(source.find(words, first) + 1)
            after = found + len(words)
        return cls(scalar.location.file, starts, numbers, columns)


def _column(source: str, content: str, after: int) -> int:
    """The column at which a line of content begins in its line of the source, from 1; 0 if it is not there as it is."""
    words = content.strip()
    indent = len(content) - len(content.lstrip())
    bare = source.rstrip()
    if not after and bare.endswith(words):
        return max(len(bare) - len(words) - indent, 0) + 1
    found = source.find(words, after or 1)
    return max(found - indent, 0) + 1 if found >= 0 else 0
