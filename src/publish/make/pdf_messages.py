"""What WeasyPrint says while it works, as diagnostics: it never fails on bad input, it logs.

Nothing is dropped: a message that is not known here is told as it is, by the rule `layout-message`.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from publish.diagnostics import NOWHERE, Diagnostic, Location
from publish.model import Asset

LOGGERS = ("weasyprint", "fontTools")
POSITION = re.compile(r" at (\d+):(\d+)")
SELECTOR = re.compile(r"Invalid or unsupported selector, '(.*)'", re.DOTALL)
IGNORED = re.compile(r"Ignored `(?P<what>.*)` at \d+:\d+, (?P<why>.*?)\.?$", re.DOTALL)


@contextmanager
def listening() -> Iterator[list[str]]:
    """Collect what the library says, from warnings upwards, as long as this lasts."""
    heard: list[str] = []
    listener = _Listener(heard)
    for name in LOGGERS:
        logging.getLogger(name).addHandler(listener)
    try:
        yield heard
    finally:
        for name in LOGGERS:
            logging.getLogger(name).removeHandler(listener)


class _Listener(logging.Handler):
    def __init__(self, heard: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        self._heard.append(record.getMessage())


@dataclass(frozen=True, slots=True)
class Message:
    """A kind of message: how it begins, its rule, and what an editor is told; `{0}` stands for the pattern's first group.

    `attribute` says which attribute of an element in the document has that group as its value, after `prefix`.
    """

    pattern: re.Pattern[str]
    rule: str
    told: str
    hint: str = ""
    attribute: str = ""
    prefix: str = ""


MESSAGES = (
    Message(
        re.compile(r"\.notdef glyph .*\((U\+[0-9A-F]+)\)", re.DOTALL),
        "glyph-missing",
        "no font of the book has the character {0}",
        "add a font that has it to styles/fonts, or write the word without it",
    ),
    Message(
        re.compile(r"Font-face '(.*)' cannot be loaded"),
        "font-missing",
        "the font that @font-face names {0} cannot be loaded",
        "fonts of styles/fonts are known by their own family names; print.css needs no @font-face",
    ),
    Message(
        re.compile(r"Failed to (?:load image at '|render SVG image )(?:file:///book/|file:///)?([^':]*)", re.DOTALL),
        "image-broken",
        "the picture {0} cannot be shown",
        "is it there, and does another program open it?",
        "src",
    ),
    Message(
        re.compile(r"No anchor #(.*) for internal URI reference"),
        "link-dead",
        "the link to #{0} leads nowhere",
        attribute="href",
        prefix="#",
    ),
    Message(
        re.compile(r"Content discarded: target points to undefined anchor .*'(.*?)'\)*$"),
        "link-dead",
        "the page of {0} is asked for, which is nowhere",
        attribute="href",
    ),
    Message(re.compile(r"Anchor defined twice: '(.*)'"), "anchor-twice", "the id {0} is there twice", attribute="id"),
    Message(
        re.compile(r'Image "(.*)" has no required alt'),
        "figure-untold",
        "the picture {0} has no alternative text",
        attribute="src",
    ),
)

# Where the element is from that has this value of that attribute.
Find = Callable[[str, str], Location | None]


def of_style(heard: Iterable[str], asset: Asset) -> Iterator[Diagnostic]:
    """What was said while one style sheet was read: the place is in that file."""
    for said in heard:
        if position := POSITION.search(said):
            yield _ignored(said, Location(asset.location.file, int(position[1]), int(position[2])))
        elif selector := SELECTOR.match(said):
            place = _find_text(selector[1].strip(), asset)
            yield Diagnostic(
                "css-ignored", place, f"the rule is ignored: `{selector[1].strip()}` is no selector that is known"
            )
        else:
            yield _diagnose(said, Location(asset.location.file), lambda _attribute, _value: None)


def of_layout(heard: Iterable[str], styles: Mapping[str, Asset], find: Find) -> Iterator[Diagnostic]:
    """What was said while a document was laid out or painted. A place in a style sheet is looked for in each of them."""
    for said in heard:
        if position := POSITION.search(said):
            yield _ignored(said, _find_declaration(said, int(position[1]), int(position[2]), styles))
        else:
            yield _diagnose(said, NOWHERE, find)


def _diagnose(said: str, otherwise: Location, find: Find) -> Diagnostic:
    for message in MESSAGES:
        if found := message.pattern.match(said):
            place = find(message.attribute, message.prefix + found[1]) if message.attribute else None
            return Diagnostic(message.rule, place or otherwise, message.told.format(found[1]), message.hint)
    return Diagnostic("layout-message", otherwise, said)


def _ignored(said: str, location: Location) -> Diagnostic:
    if found := IGNORED.match(said):
        return Diagnostic("css-ignored", location, f"`{found['what'].strip()}` is ignored: {found['why']}")
    return Diagnostic("css-ignored", location, POSITION.sub("", said).rstrip("."))


def _find_text(text: str, asset: Asset) -> Location:
    """Where the style sheet has these words; the file alone if it has them nowhere as they are, or more than once."""
    before, there, after = asset.data.decode(errors="replace").partition(text)
    if not there or text in after:
        return Location(asset.location.file)
    return Location(asset.location.file, before.count("\n") + 1, len(before) - before.rfind("\n"))


def _find_declaration(said: str, line: int, column: int, styles: Mapping[str, Asset]) -> Location:
    """The style sheet that has at that place what the message quotes; nowhere if none has."""
    quoted = said.partition("`")[2].partition(":")[0]
    for name in ("print.css", "base.css"):
        lines = styles[name].data.decode(errors="replace").splitlines() if name in styles else []
        if quoted and line <= len(lines) and quoted in lines[line - 1][: column - 1 + len(quoted)]:
            return Location(styles[name].location.file, line, column)
    return NOWHERE
