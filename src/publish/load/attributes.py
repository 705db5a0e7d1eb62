"""Attributes in braces, `{.class #id key=value}`: which there are, and what is wrong in those of a span or a block."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from publish.diagnostics import Location, did_you_mean
from publish.load.formats import LANGUAGE
from publish.load.problems import Problems, one_of

# Every class, and whether it is one of words or of blocks. docs/source-format.md says what each is for.
CLASSES: dict[str, Literal["span", "block"]] = {
    "initial": "span",
    "lead-in": "span",
    "smallcaps": "span",
    "title-of-work": "span",
    "noterm": "span",
    "uncertain": "span",
    "nobreak": "span",
    "abbr": "span",
    "dateline": "block",
    "epigraph": "block",
    "letter": "block",
    "imprint": "block",
    "signature": "block",
    "verse": "block",
}
_KEYS = {
    "span": ("class", "id", "lang", "term", "from", "date", "index", "count", "of"),
    "block": ("class", "id", "lang", "from", "index"),
}
# An XML name without colons, and only letters that every reading system can have in a link.
_ID = re.compile(r"[A-Za-z][A-Za-z0-9._-]*")
# Ids that the program gives itself.
_RESERVED = re.compile(r"page-[0-9]+|(?:noteref|emendation|reading|term|mention|passage|event|index|source)-.*|notes")


@dataclass(frozen=True, slots=True)
class Attributes:
    """The attributes of a span or a block, as far as they are right."""

    classes: tuple[str, ...] = ()
    id: str = ""
    language: str = ""
    term: str = ""
    quoted: str = ""
    dated: str = ""
    indexed: tuple[str, ...] = ()
    counted: str = ""
    counted_in: str = ""

    def __bool__(self) -> bool:
        return self != NO_ATTRIBUTES


NO_ATTRIBUTES = Attributes()


def read_attributes(
    given: dict[str, str], on: Literal["span", "block"], location: Location, problems: Problems
) -> Attributes:
    """The attributes that braces gave, by name; everything unknown or malformed among them is reported."""
    if "of" in given and "count" not in given:
        problems.add("bad-count", location, "“of” says where to count, but not what", "write []{count=… of=…}")
    for key in given:
        if key not in _KEYS[on]:
            hint = did_you_mean(key, _KEYS[on]) or one_of(_KEYS[on])
            problems.add("unknown-attribute", location, f"there is no attribute “{key}” for a {on}", hint)
    return Attributes(
        classes=tuple(name for name in given.get("class", "").split() if _known_class(name, on, location, problems)),
        id=checked_id(given.get("id", ""), location, problems),
        language=_checked_language(given.get("lang", ""), location, problems),
        term=given.get("term", ""),
        quoted=given.get("from", ""),
        dated=given.get("date", ""),
        indexed=tuple(given.get("index", "").split()),
        counted=given.get("count", ""),
        counted_in=given.get("of", ""),
    )


def checked_id(name: str, location: Location, problems: Problems) -> str:
    """The id, if it is one that an author may give; "" otherwise."""
    if not name:
        return ""
    if not _ID.fullmatch(name):
        problems.add("bad-value", location, f"“{name}” is not an id", "a letter, then letters, digits, and hyphens")
        return ""
    if _RESERVED.fullmatch(name):
        problems.add("bad-value", location, f"the id “{name}” is one that the program gives itself", "choose another")
        return ""
    return name


def _known_class(name: str, on: Literal["span", "block"], location: Location, problems: Problems) -> bool:
    if CLASSES.get(name) == on:
        return True
    if name in CLASSES:
        right = f"[words]{{.{name}}}" if on == "block" else f"::: {name}"
        problems.add("unknown-class", location, f"the class “{name}” is not for a {on}", f"write {right}")
    else:
        known = [one for one, its in CLASSES.items() if its == on]
        problems.add(
            "unknown-class", location, f"there is no class “{name}”", did_you_mean(name, known) or one_of(known)
        )
    return False


def _checked_language(tag: str, location: Location, problems: Problems) -> str:
    if wrong := LANGUAGE.problem(tag) if tag else "":
        problems.add(LANGUAGE.rule, location, f"“{tag}” {wrong}", LANGUAGE.hint)
        return ""
    return tag
