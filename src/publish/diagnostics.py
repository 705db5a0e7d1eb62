"""What can be wrong in a book, where, and how it is said: the one voice of every stage.

A diagnostic names its rule by slug. What the rule means, how grave it is and how it is mended stands in the catalogue,
`rules/*.toml`, which is read only when something has to be said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal, cast

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in the source: a file, a line of it, a column of that line.

    `file` is relative to the project folder, with forward slashes ("book/text/essay.md"). Lines and columns count from 1,
    columns in characters; 0 means that only the file, or only the line, is known. Without a file nothing is known: `NOWHERE`.
    """

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.file or "(source not found)"]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


NOWHERE = Location("")  # of a finding whose source cannot be found: it is said so, and not guessed


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong: its slug, how grave it is, and the stage that finds it.

    `judge` is who finds it, where that is one who is not always asked: `Verdict.judge`, or the page report.
    """

    slug: str
    severity: Severity
    stage: str
    judge: str = ""

    @property
    def summary(self) -> str:
        """What it means, in a sentence."""
        return _said(self.stage)[self.slug]["summary"]

    @property
    def explanation(self) -> str:
        """What it means, and how it is mended."""
        return _said(self.stage)[self.slug]["explanation"]


# What a message quotes, and a word outside of quotes, that is longer than its reader needs to know it by.
_TOO_LONG = re.compile(r"(?<=“)[^“”]{201,}(?=”)|[^\s“”]{201,}")
_KEPT = 80  # letters of its beginning and of its end


def _shortened(text: str) -> str:
    return _TOO_LONG.sub(lambda long: f"{long[0][:_KEPT]}…{long[0][-_KEPT:]}", text)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: a rule that is broken at a place, in words for an editor, with a hint how to mend it.

    What they quote loses its middle where it is very long: a value can be a whole file.
    """

    rule: str
    location: Location
    message: str
    hint: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", _shortened(self.message))
        object.__setattr__(self, "hint", _shortened(self.hint))

    @property
    def severity(self) -> Severity:
        return catalogue()[self.rule].severity

    def __str__(self) -> str:
        said = f"{self.location}: {self.severity}[{self.rule}]: {self.message}"
        return f"{said}\n  hint: {self.hint}" if self.hint else said


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was found, in the order of the source; what has no place there comes last."""

    diagnostics: tuple[Diagnostic, ...] = field(default=())

    @classmethod
    def of(cls, *groups: Iterable[Diagnostic]) -> Report:
        found = {diagnostic: None for group in groups for diagnostic in group}
        return cls(tuple(sorted(found, key=_order)))

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self.diagnostics)

    def __len__(self) -> int:
        return len(self.diagnostics)

    def count(self, severity: Severity) -> int:
        return sum(one.severity == severity for one in self.diagnostics)

    @property
    def has_errors(self) -> bool:
        return any(one.severity == "error" for one in self.diagnostics)


def _order(one: Diagnostic) -> tuple[bool, Location, str, str]:
    return one.location == NOWHERE, one.location, one.rule, one.message


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A hint that names what is nearest to `name` among `known`; nothing when nothing is near."""
    import difflib  # seldom

    near = difflib.get_close_matches(name, sorted(set(known)), n=1)
    return f"did you mean “{near[0]}”?" if near else ""


@cache
def catalogue() -> dict[str, Rule]:
    """Every rule by its slug, in the order of the stages that own them.

    How grave they are every run asks. What they say takes twenty times as long to read, and is read when somebody asks for it.
    """
    return {
        slug: Rule(slug, cast("Severity", severity), stage, judge)
        for stage in ("load", "check", "render", "make", "prove", "release")
        for slug, severity, judge in _HEAD.findall(_written(stage))
    }


_HEAD = re.compile(r'^\[([a-z0-9-]+)\]\nseverity = "([a-z]+)"\n(?:judge = "([^"]+)"\n)?', re.MULTILINE)


@cache
def _said(stage: str) -> dict[str, dict[str, str]]:
    """What the rules of a stage say, by their slugs."""
    import tomllib

    return tomllib.loads(_written(stage))


def _written(stage: str) -> str:
    return (Path(__file__).with_name("rules") / f"{stage}.toml").read_text(encoding="utf-8")
