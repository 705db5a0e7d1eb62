"""Where in the source a place of the finished e-book comes from."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from publish.diagnostics import NOWHERE, Location
from publish.model import Document, Rendering

FACTS = Location("book/book.yaml")
_PACKAGE = "EPUB/"  # the folder of the package document in the zip
_METADATA = "content.opf"
_COVER = "images/cover.jpg"  # the only picture that the build draws
_ID = re.compile(r'\sid="([^"]*)"')
_STEP = re.compile(r"/(\d+)")


class Places:
    """Finds the source of a place in the e-book that was made from a rendering.

    In a document it is that of the nearest element before the place that has one; in a style sheet the same line of the file in
    `styles/`. A picture is a file of the source itself, and the package document says what `book/book.yaml` does. Of anything else the
    source is not known.
    """

    def __init__(self, rendering: Rendering) -> None:
        self._documents = {one.path: one for one in rendering.documents}
        self._locations = rendering.locations

    def of_line(self, path: str, line: int, column: int) -> Location:
        """The source of a line and column (from 1; less where unknown) of the file at `path` in the zip."""
        name = _in_package(path)
        if name.endswith(".css"):
            return Location(name, max(0, line), max(0, column))
        if name not in self._documents:
            return _of_file(name)
        lines = self._documents[name].xhtml.splitlines(keepends=True)[: max(0, line)]
        if lines and column > 0:
            lines[-1] = lines[-1][:column]
        return self._nearest(_ID.findall("".join(lines)), self._documents[name])

    def of_element(self, path: str, pointer: str) -> Location:
        """The source of an element, pointed to by the steps of an EPUB CFI ("/4/2[essay]/14"), of the document at `path`."""
        document = self._documents.get(_in_package(path))
        if document is None:
            return _of_file(_in_package(path))
        root = ET.fromstring(document.xhtml)  # noqa: S314 - made by this build
        wanted = _followed(root, pointer)
        ids: list[str] = []
        for element in root.iter():
            ids.append(element.get("id", ""))
            if element is wanted:
                break
        return self._nearest(ids, document)

    def of_ids(self, path: str, ids: list[str]) -> Location:
        """The source of the last of these ids that has one, which are those of the document at `path` up to a place in it."""
        document = self._documents.get(_in_package(path))
        return self._nearest(ids, document) if document else FACTS

    def _nearest(self, ids: list[str], document: Document) -> Location:
        """The place of the last of these ids that has one; without one the file that the document is made from, where it has one."""
        before = next((self._locations[one] for one in reversed(ids) if one in self._locations), None)
        files = {self._locations[one].file for one in _ID.findall(document.xhtml) if one in self._locations}
        return before or (Location(files.pop()) if len(files) == 1 else NOWHERE)


def _of_file(name: str) -> Location:
    """The source of a file that is no document and no style sheet."""
    if name == _METADATA:
        return FACTS
    return Location(f"book/{name}") if name.startswith("images/") and name != _COVER else NOWHERE


def _in_package(path: str) -> str:
    return path.lstrip("/").removeprefix(_PACKAGE)


def _followed(root: ET.Element, pointer: str) -> ET.Element:
    """The element at the end of the CFI's steps: 2 is the first child, 4 the second (EPUB CFI 1.1, "Child References")."""
    element = root
    for step in _STEP.findall(pointer):
        index = int(step) // 2 - 1
        if not 0 <= index < len(element):
            break
        element = element[index]
    return element
