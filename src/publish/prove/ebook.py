"""A finished e-book as a whole: what its package declares, and its documents, element by element."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple
from xml.etree import ElementTree as ET

from publish.diagnostics import Location
from publish.model import Artifact
from publish.prove.places import Places
from publish.prove.read_epub import EPUB_TYPE, OPF, XHTML, Element, package, parsed, resolved
from publish.prove.reading import Unreadable
from publish.prove.reasons import reason

DOCUMENT = "application/xhtml+xml"
DC = "{http://purl.org/dc/elements/1.1/}"


class Tag(NamedTuple):
    """An element where it stands: the path of its document in the archive, and its number in the order of that document."""

    path: str
    number: int
    element: Element

    @property
    def name(self) -> str:
        return str(self.element.tag).removeprefix(XHTML)

    @property
    def id(self) -> str:
        return self.element.get("id", "")

    @property
    def types(self) -> frozenset[str]:
        """The values of its `epub:type`."""
        return frozenset(self.element.get(EPUB_TYPE, "").split())

    @property
    def text(self) -> str:
        """Its words, with single spaces."""
        return " ".join("".join(self.element.itertext()).split())

    @property
    def target(self) -> str:
        """Where its link leads: the path in the archive, and the id behind "#"; "" without a link, or with one out of the book."""
        href = self.element.get("href", "")
        return resolved(self.path, href) if href and ":" not in href else ""


@dataclass(frozen=True, slots=True)
class Item:
    """A file that the manifest lists; `path` is its place in the archive."""

    id: str
    path: str
    media_type: str
    properties: frozenset[str]
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Ebook:
    """An e-book, read: `documents` are the elements of each XHTML document by its path, those of the spine first, in its order."""

    artifact: Artifact
    package: Element = field(repr=False)
    items: tuple[Item, ...]
    members: tuple[str, ...]
    spine: tuple[str, ...]
    documents: Mapping[str, tuple[Tag, ...]] = field(repr=False)

    @property
    def name(self) -> str:
        return self.artifact.name

    def tags(self) -> Iterator[Tag]:
        """Every element of the documents of the spine, in the order of reading."""
        return (tag for path in self.spine for tag in self.documents[path])

    def with_type(self, *types: str) -> Iterator[Tag]:
        """The elements that have one of these types, in the order of reading."""
        return (tag for tag in self.tags() if tag.types.intersection(types))

    def targets(self) -> dict[str, Tag]:
        """What a link can lead to: each element with an id, by "path#id", and the root of each document by its path."""
        found = {path: tags[0] for path, tags in self.documents.items()}
        return found | {f"{tag.path}#{tag.id}": tag for tags in self.documents.values() for tag in tags if tag.id}

    def nav(self, kind: str) -> list[Tag]:
        """The links of a list of the navigation document ("toc", "page-list", "landmarks"), in their order."""
        return [
            Tag(tag.path, tag.number, link)
            for item in self.items
            if "nav" in item.properties
            for tag in self.documents.get(item.path, ())
            if tag.name == "nav" and kind in tag.types
            for link in tag.element.iter(f"{XHTML}a")
        ]

    def meta(self, name: str) -> list[str]:
        """What the package states by `meta` elements of this property."""
        found = (one for one in self.package.iter(f"{OPF}meta") if one.get("property") == name)
        return [(one.text or "").strip() for one in found]

    def location(self, tag: Tag, places: Places) -> Location:
        """The source of an element: that of the nearest one before it that has one."""
        before = islice(self.documents[tag.path], tag.number + 1)
        return places.of_ids(tag.path, [one.id for one in before])


def read(artifact: Artifact) -> Ebook:
    """Reads an e-book from its bytes. Raises `Unreadable` when it is none, or holds XML that is not well formed."""
    try:
        with zipfile.ZipFile(io.BytesIO(artifact.data)) as archive:
            return _read(artifact, archive)
    except (zipfile.BadZipFile, KeyError, ET.ParseError, StopIteration) as error:
        raise Unreadable(f"{artifact.name} cannot be read as an e-book: {reason(error)}") from error


def _read(artifact: Artifact, archive: zipfile.ZipFile) -> Ebook:
    opf, entries, paths = package(archive)
    items = tuple(_item(name, entry, paths[name], archive) for name, entry in entries.items())
    spine = tuple(paths[one.attrib["idref"]] for one in opf.iter(f"{OPF}itemref"))
    written = [one.path for one in items if one.media_type == DOCUMENT]
    documents = {path: _tags(path, parsed(archive, path)) for path in dict.fromkeys((*spine, *written))}
    return Ebook(artifact, opf, items, tuple(archive.namelist()), spine, documents)


def _item(name: str, entry: Element, path: str, archive: zipfile.ZipFile) -> Item:
    properties = frozenset(entry.get("properties", "").split())
    return Item(name, path, entry.get("media-type", ""), properties, archive.read(path))


def _tags(path: str, root: Element) -> tuple[Tag, ...]:
    return tuple(Tag(path, number, one) for number, one in enumerate(root.iter()))
