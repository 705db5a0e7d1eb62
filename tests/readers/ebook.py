"""What an e-book says of itself, read from its file: what a reader of it must be able to do follows from this.

Elements are known by their `role` (DPUB-ARIA 1.1), which conversions keep, and not by `epub:type`, which they rename.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

OPF = "{http://www.idpf.org/2007/opf}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
WORDS = re.compile(
    r"(?:[^\W\d_]+ ){2}\0(?:[^\W\d_]+ ){2}"
)  # two words on either side of a marker, as anybody would type them
BLOCKS = {"p", "li", "dt", "dd", "td", "th", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6"}


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the contents, or a page: its label, and where it leads (the path in the file, with the id behind "#")."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link within the book: where it stands, where it leads, and what it leads to says."""

    document: str
    id: str
    target: str
    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of which the last ones stand on another print page than the first, and the marker between them."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Ebook:
    """An e-book as its documents tell it, each part in the order of reading. `pages` are its markers, `listed` its list of pages."""

    documents: tuple[str, ...]
    contents: tuple[Entry, ...]
    pages: tuple[Entry, ...]
    listed: tuple[Entry, ...]
    notes: tuple[Link, ...]
    terms: tuple[Link, ...]
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Parsed:
    """The package, the documents by path in the order of reading, and the navigation: an XHTML document, or an NCX of EPUB 2."""

    package: etree._Element
    documents: dict[str, etree._Element]
    navigation: tuple[str, etree._Element]

    def find(self, target: str) -> etree._Element | None:
        """Give the element with the id behind "#", or the document, that an address leads to."""
        path, _, name = target.partition("#")
        root = self.documents.get(path)
        if root is None or not name:
            return root
        return next((one for one in root.iter(etree.Element) if one.get("id") == name), None)


def read_ebook(path: Path) -> Ebook:
    parsed = parse(path)
    return Ebook(
        tuple(parsed.documents),
        tuple(contents(*parsed.navigation)),
        tuple(markers(parsed)),
        tuple(page_list(parsed)),
        tuple(linked(parsed, "doc-noteref")),
        tuple(linked(parsed, "doc-glossref")),
        tuple(phrases(parsed)),
    )


def parse(path: Path) -> Parsed:
    with zipfile.ZipFile(path) as archive:
        container = etree.fromstring(archive.read("META-INF/container.xml"))
        package = next(str(one.get("full-path")) for one in container.iter("{*}rootfile"))
        opf = etree.fromstring(archive.read(package))
        items = {item.get("id"): item for item in opf.iter(f"{OPF}item")}

        def read(item: etree._Element) -> tuple[str, etree._Element]:
            place = resolved(package, str(item.get("href")))
            return place, etree.fromstring(archive.read(place))

        navigation = next(
            item for item in items.values() if "nav" in (item.get("properties") or "").split() or is_ncx(item)
        )
        documents = dict(read(items[one.get("idref")]) for one in opf.iter(f"{OPF}itemref"))
        return Parsed(opf, documents, read(navigation))


def is_ncx(item: etree._Element) -> bool:
    return item.get("media-type") == "application/x-dtbncx+xml"


def resolved(document: str, href: str) -> str:
    """Give the path in the file that a relative address in a document leads to, with what stands behind "#"."""
    path, mark, name = unquote(href).partition("#")
    there = posixpath.normpath(posixpath.join(posixpath.dirname(document), path)) if path else document
    return there + mark + name


def plain(text: str) -> str:
    return " ".join(text.split())


def text_of(element: etree._Element) -> str:
    return plain("".join(map(str, element.itertext())))


def with_role(root: etree._Element, *roles: str) -> Iterator[etree._Element]:
    return (one for one in root.iter(etree.Element) if set((one.get("role") or "").split()) & set(roles))


def contents(place: str, navigation: etree._Element) -> Iterator[Entry]:
    for point in navigation.iter(f"{NCX}navPoint"):
        label, content = (next(point.iter(NCX + name)) for name in ("text", "content"))
        yield Entry(text_of(label), resolved(place, str(content.get("src"))))
    for nav in navigation.iter("{*}nav"):
        if nav.get(EPUB_TYPE) == "toc":
            yield from links(place, nav)


def links(place: str, root: etree._Element) -> Iterator[Entry]:
    return (Entry(text_of(a), resolved(place, str(a.get("href")))) for a in root.iter("{*}a"))


def markers(parsed: Parsed) -> Iterator[Entry]:
    for path, root in parsed.documents.items():
        for marker in with_role(root, "doc-pagebreak"):
            yield Entry(str(marker.get("aria-label")), f"{path}#{marker.get('id')}")


def page_list(parsed: Parsed) -> Iterator[Entry]:
    for path, root in parsed.documents.items():
        for nav in with_role(root, "doc-pagelist"):
            yield from links(path, nav)


def linked(parsed: Parsed, role: str) -> Iterator[Link]:
    """The links of a role that have an id; one that leads nowhere promises no text."""
    for path, root in parsed.documents.items():
        for link in with_role(root, role):
            target = resolved(path, str(link.get("href")))
            there = parsed.find(target)
            if link.get("id"):
                yield Link(path, str(link.get("id")), target, "" if there is None else text_of(there))


def phrases(parsed: Parsed) -> Iterator[Phrase]:
    """Words across a page break, only those that stand once in their document: a search for them leads to the break."""
    for path, root in parsed.documents.items():
        said = plain("".join(pieces(root)))
        for marker in with_role(root, "doc-pagebreak"):
            block = next((one for one in marker.iterancestors() if etree.QName(one).localname in BLOCKS), None)
            if block is not None and (found := WORDS.search("".join(pieces(block, marker)) + " ")):
                words = found.group().replace("\0", "").strip()
                if said.count(words) == 1:
                    yield Phrase(words, f"{path}#{marker.get('id')}")


def pieces(element: etree._Element, marker: etree._Element | None = None) -> Iterator[str]:
    """Give the text of an element, without what page breaks say, and with a NUL where the marker is."""
    if "doc-pagebreak" in (element.get("role") or ""):
        yield "\0" if element is marker else ""
    else:
        yield element.text or ""
        for child in element:
            yield from pieces(child, marker)
            yield child.tail or ""
