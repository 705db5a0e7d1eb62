"""The e-book: the rendered documents, their styles, fonts and pictures, and the package that holds them together (EPUB 3.3).

EbookLib writes the package document and the container; everything else goes in byte for byte. The only module that knows
EbookLib, whose habits are undone here: the time of day, a random identifier, its own name, an NCX that is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from ebooklib import epub

from publish.make.archive import Data, packed
from publish.make.package import Statement, statements
from publish.make.resources import Resource, resources
from publish.make.search_keys import search_keys
from publish.model import Artifact, Book, Rendering

MEDIA_TYPE = "application/epub+zip"
# What EbookLib takes for the namespace of an element; all else in that of the package becomes a meta.
_NAMESPACES = {"meta": "OPF", "link": ""}
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def make_epub(rendering: Rendering, book: Book, cover: Data, *, conforms: bool = False) -> Artifact:
    """Make the e-book from its rendering and its cover, a JPEG; it says that it `conforms` to the standard of accessibility if it may.

    Where the cover is still being painted it is asked for last. Raises BookHasErrors when a style sheet names a file that is not there, or
    a font that may not be embedded.
    """
    files = [*resources(rendering, book, cover), *search_keys(book, rendering)]
    package = _package(rendering, statements(book, rendering, conforms=conforms), book, files)
    members: list[tuple[str, Data]] = [("mimetype", MEDIA_TYPE.encode("ascii")), *_Writer(package, book).members()]
    name = f"{book.metadata.file_name}-{book.metadata.version}.epub"
    return Artifact(name, "epub", MEDIA_TYPE, packed(members))


def _package(rendering: Rendering, told: Iterable[Statement], book: Book, files: Iterable[Resource]) -> epub.EpubBook:
    package = epub.EpubBook()
    package.metadata.clear()  # a random identifier and the generator's name
    package.set_identifier(book.metadata.identifier)
    for statement in told:
        _state(package, statement)
    for document in rendering.documents:
        data = document.xhtml.encode()
        item = _item(document.id, document.path, "application/xhtml+xml", data, document.properties)
        package.add_item(item)
        package.spine.append(item)
    for one in files:
        name = one.path.replace("/", ".")
        package.add_item(_item(name, one.path, one.media_type, one.data, one.properties))
        if "cover-image" in one.properties:
            # As EPUB 2 named the cover: Kobo reads this one (kobolabs/epub-spec, "Cover Images"), and EPUB 3.3 allows it (5.5.7).
            package.add_metadata("OPF", "meta", "", {"name": "cover", "content": name})
    return package


def _state(package: epub.EpubBook, one: Statement) -> None:
    told = {
        "id": one.id,
        "refines": f"#{one.refines}" if one.refines else "",
        "property": one.property,
        "scheme": one.scheme,
        "rel": one.rel,
        "href": one.href,
    }
    namespace = _NAMESPACES.get(one.name, "DC")
    package.add_metadata(namespace, one.name, one.text, {key: value for key, value in told.items() if value})


def _item(name: str, path: str, media_type: str, data: Data, properties: Iterable[str]) -> epub.EpubItem:
    item = epub.EpubItem(name, path, media_type, data)
    item.properties = list(properties)
    return item


class _Writer(epub.EpubWriter):  # type: ignore[misc]  # EbookLib has no types
    """EbookLib's writer, which gives its members to us instead of to a zip of its own."""

    def __init__(self, package: epub.EpubBook, book: Book) -> None:
        super().__init__("", package, {"mtime": datetime.fromisoformat(book.metadata.modified)})
        self.language = book.metadata.language
        self.out = _Members()

    def members(self) -> Iterator[tuple[str, Data]]:
        """The container, the package document, then the files in the order of the manifest."""
        self._write_container()
        self._write_opf()
        self._write_items()
        yield from self.out.written

    def _write_opf_file(self, root: Any) -> None:  # noqa: ANN401 - an lxml element
        root.set(_XML_LANGUAGE, self.language)
        del root.attrib["prefix"]  # of properties that are not used
        del root.find("spine").attrib["toc"]  # of an NCX that is not there
        super()._write_opf_file(root)


class _Members:
    """What EbookLib takes for a zip file."""

    def __init__(self) -> None:
        self.written: list[tuple[str, Data]] = []

    def writestr(self, name: str, data: str | Data) -> None:
        self.written.append((name, data.encode() if isinstance(data, str) else data))
