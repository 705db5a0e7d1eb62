"""The structure tree of a PDF as plain values: each element with its place in the tree, its page and where its words come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from publish.diagnostics import NOWHERE, Location
from publish.model import Block, Book, Division, Figure, Heading, ItemList, Paragraph, Quotation, Table


@dataclass(slots=True)
class Tag:
    """A structure element: its type by the role map, its children, and where in the source it comes from."""

    kind: str
    raw: pikepdf.Object
    parent: Tag | None
    location: Location
    children: list[Tag] = field(default_factory=list)
    content: list[tuple[tuple[int, int], int]] = field(
        default_factory=list
    )  # marked content: its page's object, its number
    annotations: list[pikepdf.Object] = field(default_factory=list)

    def walk(self) -> Iterator[Tag]:
        """The element and all under it, in the order of reading."""
        yield self
        for child in self.children:
            yield from child.walk()

    def ancestors(self) -> Iterator[Tag]:
        """The elements around it, innermost first."""
        around = self.parent
        while around is not None:
            yield around
            around = around.parent

    def attribute(self, name: str) -> Any:  # noqa: ANN401 - whatever the file has
        """An attribute of any owner (ISO 32000-1, 14.7.5); None if it is not there."""
        attributes = self.raw.get("/A", ())
        for one in attributes if isinstance(attributes, pikepdf.Array) else (attributes,):
            if isinstance(one, pikepdf.Dictionary) and name in one:
                return one[name]
        return None


class Places:
    """Where the ids of the structure tree come from."""

    def __init__(self, book: Book) -> None:
        self._known = dict(_places(book))

    def of(self, element: pikepdf.Object) -> Location | None:
        return self._known.get(str(element.get("/ID", "")))


def _places(book: Book) -> Iterator[tuple[str, Location]]:
    for page in book.pages:
        yield page.id, page.location
        yield from _places_in(page.blocks)
        for note in page.notes:
            yield note.id, note.location
    for entry in book.glossary:
        for part in ("headword", "gloss", "role", "fate", "see-also", "mentioned"):
            yield f"term-{entry.id}-{part}", entry.location
    for event in book.chronology:
        for part in ("date", "what", "sources"):
            yield f"event-{event.id}-{part}", event.location


def _places_in(blocks: Iterable[Block]) -> Iterator[tuple[str, Location]]:
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield block.id, block.location
            case Figure():
                yield block.id, block.image.location
            case Quotation() | Division():
                yield from _places_in(block.blocks)
            case ItemList():
                yield from (place for item in block.items for place in _places_in(item))
            case Table():
                yield from ((cell.id, block.location) for row in (block.header, *block.rows) for cell in row)


class _Builder:
    """Builds the tree; an element without an id of its own begins where its first child does, or is a part of its parent."""

    def __init__(self, root: pikepdf.Object, places: Places) -> None:
        self.roles = {str(key): str(value) for key, value in root.get("/RoleMap", pikepdf.Dictionary()).items()}
        self.places = places

    def build(self, raw: pikepdf.Object, parent: Tag | None, page: tuple[int, int]) -> Tag:
        own, around = self.places.of(raw), parent.location if parent else NOWHERE
        tag = Tag(self.standard(str(raw.get("/S", ""))), raw, parent, own or around)
        page = raw["/Pg"].objgen if "/Pg" in raw else page
        for kid in _kids(raw):
            self._add(kid, tag, page)
        if own is None:
            tag.location = next((child.location for child in tag.children if child.location != around), around)
        return tag

    def standard(self, name: str) -> str:
        """The type that the role map gives, followed to its end."""
        seen: set[str] = set()
        while name in self.roles and name not in seen:
            seen.add(name)
            name = self.roles[name]
        return name.removeprefix("/")

    def _add(self, kid: Any, tag: Tag, page: tuple[int, int]) -> None:  # noqa: ANN401 - a number or a dictionary
        if isinstance(kid, int):
            tag.content.append((page, kid))
        elif kid.get("/Type") == "/OBJR":
            tag.annotations.append(kid["/Obj"])
        elif kid.get("/Type") == "/MCR":
            tag.content.append((kid["/Pg"].objgen if "/Pg" in kid else page, int(kid["/MCID"])))
        else:
            tag.children.append(self.build(kid, tag, page))


def read_tags(pdf: pikepdf.Pdf, book: Book) -> list[Tag]:
    """The top elements of the tree; none for a PDF without one."""
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        return []
    builder = _Builder(root, Places(book))
    return [builder.build(kid, None, (0, 0)) for kid in _kids(root)]


def _kids(element: pikepdf.Object) -> Iterator[Any]:
    kids = element.get("/K", ())
    return iter(kids if isinstance(kids, pikepdf.Array) else (kids,))
