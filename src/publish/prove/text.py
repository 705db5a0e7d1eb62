"""The text proof: every word of every finished file, read back from its bytes, equals the source in order, notes included.

`words.py` says what is expected, from the `Book`; `read_epub.py` and `read_pdf.py` read the files; `compare.py` finds where the two differ.
All that an output may do to the words is in the table `DECLARED` of `words.py` and, for the ends of lines, in `reading.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from publish import __version__
from publish.diagnostics import NOWHERE, Diagnostic
from publish.model import PRINT_ONLY, Artifact, Book, Pagination, Rendering, Verdict
from publish.prove.compare import Comparison, Joint, Unit, compare, plain
from publish.prove.findings import MOST, quoted, tell
from publish.prove.read_epub import read_epub
from publish.prove.reading import PageStart, Reading, Unreadable
from publish.prove.text_pages import check_pages
from publish.prove.words import Passage, expected_passages, wanted

# What needs pikepdf or PDFium is imported where it is called: an e-book alone needs neither.

JUDGE = "text proof"
RULES = "every word, in order"
PAGE_RULES = "every printed page, at its word"


def prove_epub(artifact: Artifact, book: Book, rendering: Rendering) -> Verdict:  # noqa: ARG001 - the judges of an e-book are called alike
    """Proves that the e-book has the words of the book's pages, notes and glossary, each in its order, and no others.

    Half-title and back cover stay in print.
    """
    unbound = replace(book, pages=tuple(page for page in book.pages if page.role not in PRINT_ONLY))
    return _against_source(artifact, unbound, read_the_epub)


def prove_screen(artifact: Artifact, book: Book) -> Verdict:
    """Proves the same of the screen PDF, read in the order of its structure tree."""
    return _against_source(artifact, book, read_the_screen_pdf)


def prove_pages(epub: Artifact, screen: Artifact, pagination: Pagination, book: Book) -> Verdict:
    """Proves that the printed pages in the e-book are those of the PDF: its page list, its markers, and the word at each.

    With the two proofs above this proves, too, that the words from marker to marker are those of the printed page.
    """
    passages = expected_passages(book)
    try:
        marked, printed = read_the_epub(epub, passages, book), read_the_screen_pdf(screen, passages, book)
    except Unreadable as error:
        return _verdict(epub, PAGE_RULES, {}, _unreadable(error))
    found = check_pages(passages, marked, printed, pagination.pages)
    return _verdict(epub, PAGE_RULES, {"printed pages": len(marked.page_starts)}, list(found))


def prove_print(artifact: Artifact, screen: Artifact, book: Book) -> Verdict:
    """Proves that each page of the print PDF has the words of the same page of the screen PDF, running heads and folios included.

    Blank pages are allowed where they fill up a sheet: before the leaf of the back cover, else at the end.
    """
    from publish.prove.text_printed import check_print

    return _by_page(artifact, lambda: check_print(artifact, screen, book))


def prove_booklet(artifact: Artifact, screen: Artifact, book: Book) -> Verdict:
    """Proves that the sheets of the booklet, folded, have the pages of the screen PDF in order, word for word."""
    from publish.prove.text_printed import check_booklet

    return _by_page(artifact, lambda: check_booklet(artifact, screen, book))


def prove_wrap(artifact: Artifact, screen: Artifact) -> Verdict:
    """Proves that the wrap has the words of the covers of the screen PDF, and of the pages inside them."""
    from publish.prove.text_printed import check_wrap

    return _by_page(artifact, lambda: check_wrap(artifact, screen))


# ---------------------------------------------------------------------------------------------------------------- reading


def read_the_epub(artifact: Artifact, passages: Iterable[Passage], book: Book) -> Reading:
    """The e-book's words. Raises `Unreadable`."""
    return _epub(artifact, tuple(wanted(passages, book).items()))


def read_the_screen_pdf(artifact: Artifact, passages: Iterable[Passage], book: Book) -> Reading:
    """The screen PDF's words. Raises `Unreadable`."""
    return _without_labels(_pdf(artifact, tuple(wanted(passages, book).items()), book.labels["page"]), book)


# A file is read once for the proof of its words and that of its pages.


@lru_cache(maxsize=1)
def _epub(artifact: Artifact, kinds: tuple[tuple[str, str], ...]) -> Reading:
    return read_epub(artifact, dict(kinds))


@lru_cache(maxsize=1)
def _pdf(artifact: Artifact, kinds: tuple[tuple[str, str], ...], page_label: str) -> Reading:
    from publish.prove.read_pdf import read_pdf

    return read_pdf(artifact, dict(kinds), page_label)


def _without_labels(reading: Reading, book: Book) -> Reading:
    """The paragraphs of glossary and chronology without the label that the machine sets before them: the tags of a PDF know no classes."""
    names = {"role": "role", "fate": "fate", "sources": "entry-sources"}
    labels = {part: book.labels[name].split() for part, name in names.items()}
    lengths = {}
    for name, units in reading.passages.items():
        label = labels.get(name.rpartition("-")[2], []) if name.startswith(("term-", "event-")) else []
        if label and _begins_with(units, label):
            lengths[name] = len(label)
    passages = {name: units[lengths.get(name, 0) :] for name, units in reading.passages.items()}
    starts = tuple(_behind_label(start, lengths.get(start.passage, 0)) for start in reading.page_starts)
    return replace(reading, passages=passages, page_starts=starts)


def _behind_label(start: PageStart, length: int) -> PageStart:
    """A page that begins in a label begins at the first word behind it."""
    if start.index < length:
        return replace(start, index=0, inside="")
    return replace(start, index=start.index - length)


def _begins_with(units: list[Unit], label: list[str]) -> bool:
    """Whether these are the label's words; the styles may set them in capitals and a colon behind them."""
    said = " ".join(plain(units[: len(label)])).rstrip(":.").casefold()
    return said == " ".join(label).rstrip(":.").casefold()


# --------------------------------------------------------------------------------------------------------------- verdicts


def _against_source(
    artifact: Artifact, book: Book, read: Callable[[Artifact, Iterable[Passage], Book], Reading]
) -> Verdict:
    passages = expected_passages(book)
    try:
        reading = read(artifact, passages, book)
    except Unreadable as error:
        return _verdict(artifact, RULES, {}, _unreadable(error))
    told = tell(artifact.name, ((passage, _compared(passage, reading).differences) for passage in passages))
    found = (*_stray(artifact, reading), *told, *_out_of_order(artifact, passages, reading))
    return _verdict(artifact, RULES, _counted(passages), found)


def _stray(artifact: Artifact, reading: Reading) -> Iterator[Diagnostic]:
    """Words that stand outside of every page of the book."""
    if reading.stray:
        message = f"{artifact.name} has {quoted(reading.stray)} outside of every page of the book"
        yield Diagnostic("text-added", NOWHERE, message)


def _out_of_order(artifact: Artifact, passages: Sequence[Passage], reading: Reading) -> Iterator[Diagnostic]:
    """The first row of the chronology that does not stand where the source has it."""
    wanted = [passage for passage in passages if passage.kind == "row" and passage.id in reading.passages]
    found = [name for name in reading.passages if name in {passage.id for passage in wanted}]
    moved = next((passage for passage, name in zip(wanted, found, strict=True) if passage.id != name), None)
    if moved:
        message = f"{artifact.name} has the row with {quoted(moved.words)} in another place of the chronology"
        yield Diagnostic("text-moved", moved.location, message)


def _compared(passage: Passage, reading: Reading) -> Comparison:
    """Lines of the metadata may be set in capitals."""
    found = reading.passages.get(passage.id, [])
    if passage.kind == "line":
        return compare([word.casefold() for word in passage.words], [_folded(unit) for unit in found])
    return compare(passage.words, found)


def _folded(unit: Unit) -> Unit:
    if isinstance(unit, str):
        return unit.casefold()
    return Joint(tuple(tuple(word.casefold() for word in reading) for reading in unit.readings))


def _by_page(artifact: Artifact, check: Callable[[], tuple[int, list[Diagnostic]]]) -> Verdict:
    try:
        pages, found = check()
    except Unreadable as error:
        return _verdict(artifact, RULES, {}, _unreadable(error))
    return _verdict(artifact, RULES, {"pages": pages}, found)


def not_proved(artifact: Artifact, why: str) -> Verdict:
    """The verdict on a file that cannot be proved here."""
    return Verdict(JUDGE, __version__, RULES, artifact.name, "not run", why)


def _verdict(artifact: Artifact, rules: str, counts: Mapping[str, int], found: Sequence[Diagnostic]) -> Verdict:
    """What the text proof says of a file: it fails on the first finding."""
    return proof(JUDGE, rules, artifact, counts, found)


def proof(
    judge: str, rules: str, artifact: Artifact, counts: Mapping[str, int], found: Sequence[Diagnostic]
) -> Verdict:
    """The verdict of a proof, and how much it proved: "4,512 words in 5 pages, 31 notes, 40 paragraphs of the glossary"."""
    told = [f"{count:,} {name}" for name, count in counts.items()]
    if "words" in counts:
        told[:2] = [" in ".join(told[:2])]
    result: Literal["passed", "failed"] = "failed" if found else "passed"
    return Verdict(judge, __version__, rules, artifact.name, result, ", ".join(told), at_most(found), counts)


def at_most(found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """As many findings as are of use; one more counts the others."""
    if len(found) <= MOST + 1:
        return tuple(found)
    rest = found[MOST]
    return (*found[:MOST], replace(rest, message=f"… and {len(found) - MOST} more like these"))


def _unreadable(error: Unreadable) -> list[Diagnostic]:
    return [Diagnostic("text-unreadable", NOWHERE, str(error))]


def _counted(passages: Sequence[Passage]) -> dict[str, int]:
    """How much was proved: all words, and the passages of each kind that they stand in."""
    words = sum(len(passage.words) for passage in passages)
    counts = {name: sum(passage.kind == kind for passage in passages) for kind, name in _KINDS}
    return {"words": words, **{name: count for name, count in counts.items() if count}}


_KINDS = (
    ("page", "pages"),
    ("note", "notes"),
    ("entry", "paragraphs of the glossary"),
    ("row", "dates and events of the chronology"),
    ("source", "paragraphs of the sources"),
    ("reason", "reasons of emendations"),
    ("line", "lines from the metadata"),
)
