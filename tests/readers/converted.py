"""What is left of an e-book after calibre has made a Kindle's or a Kobo's of it, read back from the converted file."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from itertools import chain, dropwhile, islice
from pathlib import Path
from typing import cast

from lxml import etree

from readers.ebook import Parsed, parse, read_ebook, resolved, text_of, with_role

CONVERT = shutil.which("ebook-convert") or "ebook-convert"
LETTERS = 40  # of what follows a place: by them it is known again


@dataclass(frozen=True, slots=True)
class Kept:
    """What a reader finds in a file, without the addresses, which conversion changes.

    A place is what is read there: the first letters of the text that follows. `contents` and `pages` (the list of pages) are labels with
    places, `notes` the texts of the notes with the places to which their back-links lead, in the order of their calls.
    """

    contents: tuple[tuple[str, str], ...]
    pages: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, str], ...]
    terms: tuple[str, ...]


def calibre_version() -> tuple[int, ...]:
    done = subprocess.run([CONVERT, "--version"], check=True, capture_output=True, text=True)
    return tuple(map(int, re.findall(r"\d+", done.stdout)[:2]))


def convert(book: Path, made: Path) -> Path:
    """Convert a book; the ending of the name says into what. Raises `CalledProcessError` where calibre cannot."""
    options = ["--no-inline-toc"] if made.suffix == ".azw3" else []  # the book has its contents
    subprocess.run([CONVERT, book, made, *options], check=True, capture_output=True)
    return made


def kept(path: Path) -> Kept:
    parsed, ebook = parse(path), read_ebook(path)
    return Kept(
        tuple((entry.label, text_from(parsed, entry.href)) for entry in ebook.contents),
        tuple((page.label, text_from(parsed, page.href)) for page in ebook.listed),
        tuple((note.text, text_from(parsed, back_from(parsed, note.target))) for note in ebook.notes),
        tuple(term.text for term in ebook.terms),
    )


def authors(path: Path) -> list[str]:
    """Give the names that a library shows."""
    return [text_of(one) for one in parse(path).package.iter("{http://purl.org/dc/elements/1.1/}creator")]


def seen_in_title(path: Path) -> list[str]:
    """Give what is seen in the first heading: the names of its elements that no style sheet hides. Each has the whole title."""
    heading = next(one for root in parse(path).documents.values() for one in root.iter("{*}h1"))
    with zipfile.ZipFile(path) as archive:
        css = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".css"))
    hidden = set(re.findall(r"\.([\w-]+) \{[^}]*\bdisplay: none", css))
    return [etree.QName(one[0] if len(one) else one).localname for one in heading if one.get("class") not in hidden]


def back_from(parsed: Parsed, target: str) -> str:
    """Give the address to which the back-link of a note leads; none that is anywhere, if there is no note or no link."""
    note = parsed.find(target)
    back = None if note is None else next(with_role(note, "doc-backlink"), None)
    return "" if back is None else resolved(target.partition("#")[0], str(back.get("href")))


def text_from(parsed: Parsed, target: str) -> str:
    """Give the first letters of what is read from an address on, across the bounds of documents; none, if it leads nowhere."""
    place = parsed.find(target)
    if place is None:
        return ""
    after = list(dropwhile(lambda path: path != target.partition("#")[0], parsed.documents))[1:]
    texts = chain.from_iterable(map(read_from, (place, *(parsed.documents[path] for path in after))))
    return "".join(islice((letter for text in texts for letter in text if not letter.isspace()), LETTERS))


def read_from(place: etree._Element) -> list[str]:
    """Give the texts of a document from an element on, without those of drawings, of which a conversion makes pictures."""
    texts = "(descendant::text() | following::text())[ancestor::*[local-name() = 'body']]"
    return cast("list[str]", place.xpath(f"{texts}[not(ancestor::*[local-name() = 'svg'])]"))
