"""Our own rules for an e-book, which no validator has: its notes, its printed pages, its glossary, its order, and what it claims of itself.

The proofs of the text and of the page numbers judge its words; here it is judged whether a reading system can lead a reader through it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from publish import __version__
from publish.diagnostics import NOWHERE, Diagnostic
from publish.model import PRINT_ONLY, Artifact, Book, Rendering, Verdict
from publish.prove.ebook import Ebook, Tag, read
from publish.prove.ebook_notes import Fault, check_notes
from publish.prove.ebook_pages import check_pages
from publish.prove.places import FACTS, Places
from publish.prove.read_epub import XHTML
from publish.prove.reading import Unreadable

JUDGE = "own rules"
RULES = "notes, printed pages, glossary, order and claims of the e-book"


def judge(artifact: Artifact, book: Book, rendering: Rendering) -> Verdict:
    """What the rules say of an e-book of the book; each finding is told at the source that it comes from. Only errors make it fail."""
    try:
        ebook = read(artifact)
    except Unreadable as error:
        return _verdict(artifact, "", [Diagnostic("text-unreadable", NOWHERE, str(error))])
    places = Places(rendering)
    found = [_told(fault, ebook, places) for fault in _faults(ebook, book, rendering)]
    notes, pages = len(list(ebook.with_type("footnote", "endnote"))), len(ebook.nav("page-list"))
    return _verdict(artifact, f"{notes} notes, {pages} pages, {len(book.glossary)} entries", found)


def _verdict(artifact: Artifact, detail: str, found: list[Diagnostic]) -> Verdict:
    return Verdict(JUDGE, __version__, RULES, artifact.name, "not run", detail).found(found)


def _told(fault: Fault, ebook: Ebook, places: Places) -> Diagnostic:
    location = ebook.location(fault.tag, places) if fault.tag else FACTS
    where = f" ({fault.tag.path})" if fault.tag else ""
    return Diagnostic(fault.rule, location, f"{ebook.name}: {fault.message}{where}")


def _faults(ebook: Ebook, book: Book, rendering: Rendering) -> Iterator[Fault]:
    yield from check_notes(ebook)
    yield from check_pages(ebook, [one.label for one in rendering.page_breaks])
    yield from check_glossary(ebook, book)
    yield from check_order(ebook, book)
    yield from check_features(ebook)


# --------------------------------------------------------------------------------------------------------------- glossary


def check_glossary(ebook: Ebook, book: Book) -> Iterator[Fault]:
    """Each entry of the glossary is there, and each mention that is marked as one leads to an entry."""
    if not any(page.role == "glossary" for page in book.pages):
        return
    targets = ebook.targets()
    entries = {f"{tag.path}#{tag.id}" for tag in targets.values() if _is_entry(tag)}
    there = {tag.id for tag in targets.values()}
    for entry in book.glossary:
        if f"term-{entry.id}" not in there:
            yield Fault("ebook-glossary", None, f"the glossary has lost its entry “{entry.headword}”")
    for mention in ebook.with_type("glossref"):
        if mention.target not in entries:
            message = f"the mention “{mention.text}” leads to “{mention.target}”, which is no entry of the glossary"
            yield Fault("ebook-glossary", mention, message)


def _is_entry(tag: Tag) -> bool:
    """Whether an element is an entry of a list of terms: the group of a headword and what is said of it, or the headword."""
    return tag.name == "dt" or tag.element.find(f"{XHTML}dt") is not None


# ------------------------------------------------------------------------------------------------------------------ order


def check_order(ebook: Ebook, book: Book) -> Iterator[Fault]:
    """The pages of the book come in the order that it declares, its contents lead through them in that order, and its text is found."""
    declared = [page.id for page in book.pages if page.role not in PRINT_ONLY]
    found = [one.id for one in ebook.tags() if "page" in one.element.get("class", "").split() and one.id in declared]
    if found != declared:
        first = next((one for one in declared if one not in found), "") or _first_moved(found, declared)
        yield Fault("ebook-order", None, f"“{first}” does not stand where the contents of book.yaml have it")
    yield from _check_contents(ebook)
    if not any("bodymatter" in one.types for one in ebook.nav("landmarks")):
        yield Fault("ebook-order", None, "no landmark leads to the start of the text (bodymatter)")


def _first_moved(found: list[str], declared: list[str]) -> str:
    return next((one for one, wanted in zip(found, declared, strict=False) if one != wanted), found[-1])


def _check_contents(ebook: Ebook) -> Iterator[Fault]:
    """The contents lead forward: each line to what comes after that of the line before."""
    targets = ebook.targets()
    places = {path: number for number, path in enumerate(ebook.spine)}
    last = (-1, -1)
    for link in ebook.nav("toc"):
        target = targets.get(link.target)
        place = (places.get(target.path, -1), target.number) if target else (-1, -1)
        if place <= last:
            yield Fault("ebook-order", target, f"the contents lead with “{link.text}” back, or nowhere")
        last = max(last, place)


# ----------------------------------------------------------------------------------------------------------------- claims


def check_features(ebook: Ebook) -> Iterator[Fault]:
    """Each feature of accessibility that the package claims is there."""
    for feature in ebook.meta("schema:accessibilityFeature"):
        if feature not in FEATURES:
            yield Fault("ebook-feature", None, f"the package claims “{feature}”, which nothing here can prove")
        elif not FEATURES[feature](ebook):
            yield Fault("ebook-feature", None, f"the package claims “{feature}”, and that is not so")


def _is_described(ebook: Ebook) -> bool:
    """Every picture has words in its place."""
    return all(one.element.get("alt", "").strip() for one in _pictures(ebook))


def _pictures(ebook: Ebook) -> Iterator[Tag]:
    return (one for one in ebook.tags() if one.name == "img")


def _is_reflowable(ebook: Ebook) -> bool:
    """No part has a layout that a reader cannot change (EPUB 3.3, 8.2.2.1)."""
    layouts = ebook.meta("rendition:layout")
    properties = [one.get("properties", "") for one in ebook.package.iter()]
    return "pre-paginated" not in layouts and not any("layout-pre-paginated" in one for one in properties)


# The features of the Schema.org Accessibility Properties for Discoverability Vocabulary that an e-book of ours may claim.
FEATURES: dict[str, Callable[[Ebook], bool]] = {
    "alternativeText": lambda ebook: any(_pictures(ebook)) and _is_described(ebook),
    "displayTransformability": _is_reflowable,
    "index": lambda ebook: any(ebook.with_type("index")),
    "pageBreakMarkers": lambda ebook: any(ebook.with_type("pagebreak")),
    "pageNavigation": lambda ebook: bool(ebook.nav("page-list")),
    "readingOrder": lambda ebook: bool(ebook.spine),
    "structuralNavigation": lambda ebook: any(one.name == "h1" for one in ebook.tags()),
    "tableOfContents": lambda ebook: bool(ebook.nav("toc")),
}
