"""An e-book, read back from its bytes: the passages and the markers of the printed pages, in the order of the spine."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from publish.model import Artifact
from publish.prove.reading import Reading, Recorder, Unreadable
from publish.prove.reasons import reason
from publish.prove.words import PAGE_REFERENCE, note_call

XHTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
OPF = "{http://www.idpf.org/2007/opf}"
CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"

# Elements in whose midst a word may go on; every other one stands on lines of its own.
IN_LINE = frozenset(
    f"{XHTML}{name}"
    for name in (
        *(
            "a",
            "abbr",
            "b",
            "bdi",
            "bdo",
            "cite",
            "code",
            "data",
            "dfn",
            "em",
            "i",
            "kbd",
            "mark",
            "q",
            "s",
            "samp",
            "small",
        ),
        *("span", "strong", "sub", "sup", "time", "u", "var", "wbr"),
    )
)
# Classes of what the machine adds to a page: passed over, but for the passages of the source in it.
MADE = frozenset({"back", "label", "events", "entries", "emendation-list", "bibliography", "index-list", "contents"})
PASSAGES = frozenset({"page", "note", "gloss", "role", "fate", "sources", "reference", "parts", "annotation", "reason"})

Element = ET.Element


def read_epub(artifact: Artifact, wanted: Mapping[str, str]) -> Reading:
    """Reads the wanted passages, whose kinds are given by id, from the documents of the spine, and the page list of the navigation.

    Raises `Unreadable` when the file is no e-book, or holds XML that is not well formed.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(artifact.data)) as archive:
            return _read(archive, wanted)
    except (zipfile.BadZipFile, KeyError, ET.ParseError, StopIteration) as error:
        raise Unreadable(f"{artifact.name} cannot be read as an e-book: {reason(error)}") from error


def _read(archive: zipfile.ZipFile, wanted: Mapping[str, str]) -> Reading:
    recorder = Recorder(wanted)
    for path, body in documents(archive):
        _Walker(recorder, path).inside(body)
    _, items, paths = package(archive)
    navs = [paths[name] for name, item in items.items() if "nav" in item.get("properties", "").split()]
    return recorder.reading(tuple(entry for nav in navs for entry in _page_list(parsed(archive, nav), nav)))


def documents(archive: zipfile.ZipFile) -> Iterator[tuple[str, Element]]:
    """The documents of the spine, in order: the path of each in the archive, and its body."""
    opf, _, paths = package(archive)
    for reference in opf.iter(f"{OPF}itemref"):
        path = paths[reference.attrib["idref"]]
        yield from ((path, body) for body in parsed(archive, path).iter(f"{XHTML}body"))


def package(archive: zipfile.ZipFile) -> tuple[Element, dict[str, Element], dict[str, str]]:
    """The package document, the items of its manifest by their ids, and the paths of these."""
    place = next(parsed(archive, "META-INF/container.xml").iter(f"{CONTAINER}rootfile")).attrib["full-path"]
    opf = parsed(archive, place)
    items = {item.attrib["id"]: item for item in opf.iter(f"{OPF}item")}
    return opf, items, {name: resolved(place, item.attrib["href"]) for name, item in items.items()}


def parsed(archive: zipfile.ZipFile, path: str) -> Element:
    return ET.fromstring(archive.read(path))  # noqa: S314 - made by this build


def resolved(base: str, href: str) -> str:
    """The path in the archive, with its fragment, of an address in the file `base`."""
    file, hash_sign, fragment = href.partition("#")
    path = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(file))) if file else base
    return f"{path}{hash_sign}{fragment}"


def _page_list(nav: Element, path: str) -> Iterator[tuple[str, str]]:
    for one in nav.iter(f"{XHTML}nav"):
        if "page-list" in one.get(EPUB_TYPE, "").split():
            for link in one.iter(f"{XHTML}a"):
                yield "".join(link.itertext()).strip(), resolved(path, link.get("href", ""))


def _name_reasons(made: Element) -> None:
    """Gives the reasons in the list of emendations, which have none, ids of their own: those of their items, and the class."""
    for item in made.iter(f"{XHTML}li"):
        for part in item.iter(f"{XHTML}span"):
            if part.get("class") == "reason":
                part.set("id", f"{item.get('id', '')}-reason")


def _is_decoration(element: Element) -> bool:
    """Whether it is a drawing of words that stand beside it, as that of the title."""
    return element.tag == f"{SVG}svg" and element.get("aria-hidden") == "true"


@dataclass(frozen=True, slots=True)
class _Walker:
    """Goes through a document in its order and takes down what it says."""

    recorder: Recorder
    path: str

    def inside(self, element: Element) -> None:
        """What stands in the element."""
        self.recorder.text(element.text or "")
        for child in element:
            if isinstance(child.tag, str) and not _is_decoration(child):  # a comment has no tag
                self._enter(child)
            self.recorder.text(child.tail or "")

    def _enter(self, element: Element) -> None:
        classes = set(element.get("class", "").split())
        if "page-break" in classes:
            self.recorder.mark(element.get("aria-label", ""), f"{self.path}#{element.get('id', '')}")
        elif "noteref" in classes:
            self.recorder.close_by(note_call("".join(element.itertext()).strip()))
        elif "page-ref" in classes:
            self.recorder.text(PAGE_REFERENCE)
        elif self.recorder.kind_of(name := element.get("id", "")) in {"line", "row"}:
            self._named(name, element)
        elif classes & MADE:
            _name_reasons(element)
            self._named("", element)
        elif classes & PASSAGES and element.get("id"):
            self._named(element.get("id", ""), element)
        else:
            self._part(element)

    def _named(self, name: str, element: Element) -> None:
        self.recorder.begin(name)
        self.inside(element)
        if element.tag in IN_LINE:
            self.recorder.end_aside()
        else:
            self.recorder.end()

    def _part(self, element: Element) -> None:
        lines = "" if element.tag in IN_LINE else "\n"
        self.recorder.text(lines)
        self.inside(element)
        self.recorder.text(lines)
