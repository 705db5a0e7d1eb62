"""What an SVG picture has in it beside a drawing: programs, addresses, entities. SVG is a language that can do what a web page can.

EPUB 3.3, section 3.6, lets nothing be fetched; section 6.1.4 says what of SVG there may be. Bitmaps have nothing of the kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.parsers import expat

from publish.check.stylesheets import references
from publish.diagnostics import Diagnostic, Location
from publish.model import Asset, Book

_HINT = "draw it without, or make a PNG of it"
_ELEMENTS = frozenset(
    {
        "script", "foreignobject", "handler", "listener", "iframe", "embed", "object", "audio", "video", "animate", "set",
        "animatemotion", "animatetransform", "discard",
    }
)  # fmt: skip
_ADDRESSES = frozenset({"href", "src", "base"})
# A picture within the picture. SVG as data would be one that nobody looks into.
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*")
_DOCTYPE = re.compile(r"https?://www\.w3\.org/[\w./-]+")


def svg_unsafe(book: Book) -> Iterator[Diagnostic]:
    """SVG pictures of the book and of its styles that have more in them than a drawing."""
    assets = [(one, f"book/{one.path}") for one in book.images]
    assets += [(one, one.location.file) for one in book.styles.values()]
    for asset, file in assets:
        if asset.media_type == "image/svg+xml":
            yield from _Reader(asset, file).found()


class _Stopped(Exception):
    """What follows is not to be read."""


class _Reader:
    """Reads one picture with expat, which fetches nothing, and stops at the first declaration of an entity, before it grows."""

    def __init__(self, asset: Asset, file: str) -> None:
        self._data = asset.data
        self._file = file
        self._found: list[Diagnostic] = []
        self._styles: list[str] | None = None
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.EntityDeclHandler = self._entity
        self._parser.ProcessingInstructionHandler = self._instruction
        self._parser.StartElementHandler = self._element
        self._parser.CharacterDataHandler = self._text
        self._parser.EndElementHandler = self._end

    def found(self) -> list[Diagnostic]:
        try:
            self._parser.Parse(self._data, True)  # noqa: FBT003 - it is the last piece
        except _Stopped:
            pass
        except expat.ExpatError as error:
            message = f"the picture cannot be read: {expat.errors.messages[error.code]}"
            self._found.append(
                Diagnostic("svg-unsafe", Location(self._file, error.lineno, error.offset + 1), message, _HINT)
            )
        return self._found

    def _tell(self, what: str) -> None:
        place = Location(self._file, self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1)
        self._found.append(Diagnostic("svg-unsafe", place, f"the picture has {what} in it", _HINT))

    def _doctype(self, _name: str, system: str | None, _public: str | None, _internal: bool) -> None:  # noqa: FBT001 - expat's
        if system and not _DOCTYPE.fullmatch(system):
            self._tell(f"an address, {system},")

    def _entity(self, name: str, *_: object) -> None:
        self._tell(f"an entity, {name},")
        raise _Stopped

    def _instruction(self, target: str, _data: str) -> None:
        if target.lower() == "xml-stylesheet":
            self._tell("the address of a style sheet")

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2].lower()
        if local in _ELEMENTS:
            self._tell(f"<{local}>")
        for key, value in attributes.items():
            self._attribute(key.rpartition(" ")[2].lower(), value)
        if local == "style":
            self._styles = []

    def _attribute(self, name: str, value: str) -> None:
        if name.startswith("on"):
            self._tell(f"a program, {name}=…,")
        elif name in _ADDRESSES:
            self._address(value.strip())
        elif "(" in value or "\\" in value:
            self._style(value)

    def _text(self, text: str) -> None:
        if self._styles is not None:
            self._styles.append(text)

    def _end(self, name: str) -> None:
        if self._styles is not None and name.rpartition(" ")[2].lower() == "style":
            self._style("".join(self._styles))
            self._styles = None

    def _style(self, css: str) -> None:
        for address, _, _ in references(css):
            self._address(address)

    def _address(self, address: str) -> None:
        if not address.startswith("#") and not _PICTURE.fullmatch(address):
            self._tell(f"an address, {address[:60]},")
