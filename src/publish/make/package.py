"""What an e-book says of itself: the statements of its package document (EPUB 3.3, section 5; EPUB Accessibility 1.1).

Pure functions from the facts of a book to statements. Nothing is said that is not so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from publish.make.accessibility import Accessibility, Conformance, accessibility_of, page_source
from publish.model import Book, Contributor, Metadata, Rendering, Subject


class Statement(NamedTuple):
    """An element of the package's metadata: `dc:NAME`, `meta` with a property, or a `link` with a relation to an address.

    `refines` is the id that a meta or a link tells of.
    """

    name: str
    text: str
    id: str = ""
    property: str = ""
    refines: str = ""
    scheme: str = ""
    rel: str = ""
    href: str = ""


def statements(book: Book, rendering: Rendering, *, conforms: bool = False) -> Iterator[Statement]:
    """Everything that the package says, in order; `dcterms:modified` and the identifier aside, which the writer adds.

    That it `conforms` to a standard of accessibility is for those to say who know what its judges said.
    """
    facts = book.metadata
    yield from _titles(facts)
    yield from _contributors(facts.contributors)
    yield from _plain(facts)
    yield from _series(facts)
    yield from _rights(facts)
    for number, subject in enumerate(facts.subjects, start=1):
        yield from _subject(subject, f"subject-{number}")
    yield from _accessibility(accessibility_of(book, rendering, conforms=conforms))
    if rendering.page_breaks:
        yield _meta("pageBreakSource", page_source(book))


def _meta(name: str, text: str, refines: str = "", scheme: str = "") -> Statement:
    return Statement("meta", text, property=name, refines=refines, scheme=scheme)


def _titles(facts: Metadata) -> Iterator[Statement]:
    """The title, the subtitle, and the short title where it is another one (EPUB 3.3, D.3.15 "title-type")."""
    short = facts.short_title if facts.short_title != facts.title else ""
    titles = [("main", facts.title), ("subtitle", facts.subtitle), ("short", short)]
    for number, (kind, text) in enumerate(((kind, text) for kind, text in titles if text), start=1):
        name = f"title-{kind}"
        yield Statement("title", text, name)
        yield _meta("title-type", kind, name)
        yield _meta("display-seq", str(number), name)


_CREATORS = frozenset({"aut", "cre", "com", "pht", "ill", "cmp"})
"""MARC relators whose work the text itself is: `dc:creator`. Others helped it into the world: `dc:contributor`."""


def _contributors(contributors: Iterable[Contributor]) -> Iterator[Statement]:
    """Everybody with a role, but for an author of whom it is not sure that he is one: his name says so.

    For "aut" would claim what is not known, and of "att", "Attributed name", calibre makes an unknown author: it takes creators that are
    "aut" or have no role, as Readium takes them for authors.
    """
    for number, one in enumerate(contributors, start=1):
        name = f"contributor-{number}"
        yield Statement("creator" if one.role in _CREATORS else "contributor", one.qualified(one.name), name)
        if not (one.qualifier and one.role == "aut"):
            yield _meta("role", one.role, name, "marc:relators")
        yield _meta("file-as", one.qualified(one.file_as), name)


def _plain(facts: Metadata) -> Iterator[Statement]:
    """What needs no refinement. The date is that of this edition; that of the work is its creation (DCMI)."""
    told = [
        Statement("language", facts.language),
        Statement("publisher", facts.publisher),
        Statement("date", facts.published),
        Statement("description", facts.description),
        Statement("source", facts.source),
        _meta("dcterms:created", facts.original),
    ]
    yield from (one for one in told if one.text)


def _series(facts: Metadata) -> Iterator[Statement]:
    """The series, and the book's number in it where that is one that can be counted (EPUB 3.3, D.3.3 and D.3.8)."""
    if facts.series:
        yield Statement("meta", facts.series, "series", "belongs-to-collection")
        yield _meta("collection-type", "series", "series")
        if re.fullmatch(r"\d+(\.\d+)*", facts.series_number):
            yield _meta("group-position", facts.series_number, "series")


def _rights(facts: Metadata) -> Iterator[Statement]:
    """A statement for each part of the book, refined by the address of its licence."""
    for number, one in enumerate(facts.rights, start=1):
        name = f"rights-{number}"
        yield Statement("rights", f"{one.part}: {one.statement}", name)
        if one.licence:
            yield _meta("dcterms:license", one.licence, name)


_AUTHORITIES = frozenset(
    {"AAT", "BIC", "BISAC", "CLC", "DDC", "CLIL", "EuroVoc", "MEDTOP", "LCSH", "NDC", "Thema", "UDC", "WGS"}
)
"""The schemes of subjects that EPUB 3.3 knows by name (D.3.1, "authority")."""


def _subject(subject: Subject, name: str) -> Iterator[Statement]:
    """The heading; with its scheme and code where both are known, for EPUB allows neither without the other."""
    coded = bool(subject.code) and subject.scheme in _AUTHORITIES
    yield Statement("subject", subject.term, name if coded else "")
    if coded:
        yield _meta("authority", subject.scheme, name)
        yield _meta("term", subject.code, name)


def _accessibility(facts: Accessibility) -> Iterator[Statement]:
    """Access modes, features and hazards, by the names of EPUB Accessibility 1.1, section 2."""
    yield from (_meta("schema:accessMode", one) for one in facts.modes)
    yield from (_meta("schema:accessModeSufficient", ",".join(one)) for one in facts.sufficient)
    yield from (_meta("schema:accessibilityFeature", one) for one in facts.features)
    yield from (_meta("schema:accessibilityHazard", one) for one in facts.hazards)
    yield _meta("schema:accessibilitySummary", facts.summary)
    if facts.conformance:
        yield from _conformance(facts.conformance)


def _conformance(claim: Conformance) -> Iterator[Statement]:
    """The claim, who certifies it, and with what (EPUB Accessibility 1.1, section 4)."""
    standard, certifier = "conformance", "certifier"
    yield Statement("meta", claim.standard, standard, "dcterms:conformsTo")
    yield Statement("meta", claim.certifier, certifier, "a11y:certifiedBy", standard)
    if claim.credential:
        yield _meta("a11y:certifierCredential", claim.credential, certifier)
    if claim.report:
        yield Statement("link", "", refines=certifier, rel="a11y:certifierReport", href=claim.report)
