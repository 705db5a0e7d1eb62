"""What an earlier e-book had and a new one has not: the names (ids) by which bookmarks and citations find their places.

What is compared is an address, document and id: a paragraph that has gone over into another document is found by no bookmark either.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from publish.diagnostics import Diagnostic, Location
from publish.errors import NoProject
from publish.model import Artifact, Book, Rendering, Verdict
from publish.prove.read_epub import XHTML, Element, documents
from publish.prove.reading import Unreadable
from publish.prove.reasons import reason

JUDGE = "names"
RULE, PAGE_RULE = "id-vanished", "print-page-vanished"
WORDS = 8  # of a place, by which an editor knows it again

# Names that the machine gives for itself, and that nobody cites.
_OWN = re.compile(r"(?:mention|passage|noteref)-|notes$|notes-|contents-list$")
_KINDS = (
    (r"page-\d|page-[ivxlcdm]+$", "printed page"),
    (r"term-", "glossary entry"),
    (r"event-", "row of the chronology"),
    (r"emendation-|reading-", "emendation"),
    (r"source-", "source"),
    (r"index-", "line of the index"),
)
_TAGS = {"p": "paragraph", "aside": "note", "section": "page", "figure": "figure", "pre": "block of code"} | {
    f"h{level}": "heading" for level in range(1, 7)
}
_TAGS |= {"td": "cell of a table", "th": "cell of a table"}


@dataclass(frozen=True, slots=True)
class Named:
    """A place of an e-book that has a name: its document ("EPUB/text/essay.xhtml"), the name, what it is and how its words begin."""

    path: str
    id: str
    kind: str
    words: str


def named_places(artifact: Artifact) -> dict[tuple[str, str], Named]:
    """The places that a reader may mark or cite, by document and name. Raises `Unreadable` when the file is no e-book."""
    try:
        with zipfile.ZipFile(io.BytesIO(artifact.data)) as archive:
            found = [_named(path, element) for path, body in documents(archive) for element in body.iter()]
    except (zipfile.BadZipFile, KeyError, ET.ParseError, StopIteration) as error:
        raise Unreadable(f"{artifact.name} cannot be read as an e-book: {reason(error)}") from error
    return {(one.path, one.id): one for one in found if one.id and not _OWN.match(one.id)}


def _named(path: str, element: Element) -> Named:
    name = element.get("id", "")
    words = " ".join("".join(element.itertext()).split()[:WORDS]) if name else ""
    return Named(path, name, _kind(name, element), words)


def _kind(name: str, element: Element) -> str:
    by_name = (kind for pattern, kind in _KINDS if re.match(pattern, name))
    return next(by_name, _TAGS.get(element.tag.removeprefix(XHTML), "place"))


def compare_names(made: Iterable[Artifact], old: Artifact, book: Book, rendering: Rendering) -> Verdict:
    """The verdict on the e-book among the finished files: that it has every name of the old one.

    Raises `NoProject` when there is none, or when the old file is none.
    """
    new = next((one for one in made if one.kind == "epub"), None)
    if new is None:
        raise NoProject("there is no e-book to compare; run: publish build --only epub")
    try:
        before = named_places(old)
    except Unreadable as error:
        raise NoProject(str(error)) from error
    try:
        now = named_places(new)
    except Unreadable as error:
        return Verdict(JUDGE, "", old.name, new.name, "failed", str(error))
    verdict = Verdict(JUDGE, "", old.name, new.name, "not run")
    return verdict.found(_vanished(before, now, old.name, _sources(book, rendering)))


def _sources(book: Book, rendering: Rendering) -> dict[str, Location]:
    """The source of each document: the file of its page."""
    pages = {page.id: page.location for page in book.pages}
    return {one.path: pages[one.id] for one in rendering.documents if one.id in pages}


def _vanished(
    before: Mapping[tuple[str, str], Named],
    now: Mapping[tuple[str, str], Named],
    old: str,
    sources: Mapping[str, Location],
) -> Iterator[Diagnostic]:
    where = {name: path for path, name in now}
    for address in before.keys() - now.keys():
        one = before[address]
        location = next(
            (place for path, place in sources.items() if one.path.endswith(path)), Location("book/book.yaml")
        )
        moved = f"; it is in {where[one.id]} now" if one.id in where else ""
        words = f" (“{one.words}”)" if one.words else ""
        message = f"the {one.kind} “{one.id}”{words} in {one.path} of {old} is not there any more{moved}"
        yield Diagnostic(_rule(one), location, message, _hint(one) if not moved else "")


def _rule(one: Named) -> str:
    return PAGE_RULE if one.kind == "printed page" else RULE


def _hint(one: Named) -> str:
    hints = {
        "paragraph": f"if the words are elsewhere, write {{#{one.id}}} on a line of its own before them",
        "heading": f"write {{#{one.id}}} behind the heading that has taken its place",
        "note": "give the note that has taken its place the old slug",
    }
    return hints.get(one.kind, "")
