"""The printed pages in the e-book: listed, marked, and each marker at the word where the page of the PDF begins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from publish.diagnostics import NOWHERE, Diagnostic
from publish.model import PrintedPage
from publish.prove.compare import Joint, compare
from publish.prove.reading import Reading
from publish.prove.words import Passage

RULE = "page-marker"
SHOWN = 5  # words, or labels, quoted
DASHES = ("\u2014", "\u2013")  # a word begins behind one of these


@dataclass(frozen=True, slots=True)
class Start:
    """Where a page begins: before the word `index` of the passage, or in its midst, behind the characters `inside`.

    A line may end in that word. `length` is the number of words that it then may be read as.
    """

    passage: Passage
    index: int
    inside: str
    length: int


def check_pages(
    passages: Sequence[Passage], epub: Reading, screen: Reading, pages: Sequence[PrintedPage]
) -> Iterator[Diagnostic]:
    """Everything in which the pages of the e-book are not those of the PDF, covers aside. `pages` are those that the layout told."""
    begun = [start.label for start in screen.page_starts]
    yield from _check_order("the pages of the PDF", begun, "those of the layout", [page.label for page in pages])
    covers = {page.label for page in pages if page.cover}
    printed = [label for label in begun if label not in covers]
    if not epub.page_starts and not epub.page_list:
        yield Diagnostic(RULE, NOWHERE, "the e-book tells no page of the printed book")
        return
    marked = [start.label for start in epub.page_starts]
    yield from _check_order("the page markers of the e-book", marked, "the pages of the PDF", printed)
    yield from _check_order(
        "the page list of the e-book", [one for one, _ in epub.page_list], "the pages of the PDF", printed
    )
    yield from _check_targets(epub)
    places = {passage.id: passage for passage in passages}
    wanted = dict(starts(places, screen))
    for label, start in starts(places, epub):
        if label in wanted:
            yield from _check_start(label, start, wanted[label])


def _check_order(name: str, found: list[str], other: str, wanted: list[str]) -> Iterator[Diagnostic]:
    return (Diagnostic(RULE, NOWHERE, message) for message in differences(name, found, other, wanted))


def differences(name: str, found: list[str], other: str, wanted: list[str]) -> Iterator[str]:
    """In what two lists of labels, which should be the same, are not."""
    if found == wanted:
        return
    if missing := [label for label in wanted if label not in found]:
        yield f"{name} lack {_listed(missing)} of {other}"
    if more := [label for label in found if label not in wanted]:
        yield f"{name} have {_listed(more)}, which {other} have not"
    if twice := sorted({label for label in found if found.count(label) > 1}):
        yield f"{name} have {_listed(twice)} more than once"
    if not missing and not more and not twice:
        first = next(index for index, label in enumerate(found) if label != wanted[index])
        yield f"{name} are out of order from {found[first]} on: {_listed(found[first:])}"


def _listed(labels: Sequence[str]) -> str:
    return ", ".join(labels[:SHOWN]) + (f" … ({len(labels)} in all)" if len(labels) > SHOWN else "")


def _check_targets(epub: Reading) -> Iterator[Diagnostic]:
    """Each entry of the page list leads to its page's marker."""
    targets = {start.label: start.target for start in epub.page_starts}
    for label, target in epub.page_list:
        if label in targets and targets[label] != target:
            yield Diagnostic(
                RULE, NOWHERE, f"the page list leads for page {label} to {target}, its marker is {targets[label]}"
            )


# ------------------------------------------------------------------------------------------------------------ the words


def starts(places: Mapping[str, Passage], reading: Reading) -> Iterator[tuple[str, Start]]:
    """Where each page begins, in words of the source; pages that no words of the source follow are left out."""
    known: dict[str, tuple[int, ...]] = {}
    for start in reading.page_starts:
        passage = places.get(start.passage)
        if passage is None:
            continue
        units = reading.passages[passage.id]
        if passage.id not in known:
            known[passage.id] = compare(passage.words, units).places
        unit = units[start.index]
        length = max(map(len, unit.readings)) if isinstance(unit, Joint) else 1
        yield start.label, Start(passage, known[passage.id][start.index], start.inside, length)


def _check_start(label: str, found: Start, wanted: Start) -> Iterator[Diagnostic]:
    if found.inside and not found.inside.endswith(DASHES):
        word = found.passage.words[found.index]
        message = f"the marker of page {label} stands inside “{word}”"
        yield Diagnostic(RULE, found.passage.location_of(found.index), message)
    elif found.passage is not wanted.passage or not _agree(found, wanted):
        message = (
            f"page {label} begins in print {_before(wanted)}, but its marker in the e-book stands {_before(found)}"
        )
        yield Diagnostic(RULE, wanted.passage.location_of(wanted.index), message)


def _agree(found: Start, wanted: Start) -> bool:
    """A page that begins in the midst of a word in print has its marker behind that word, or behind the same dash in it."""
    if not wanted.inside:
        return found.index == wanted.index and not found.inside
    if found.inside:
        return found.index == wanted.index and found.inside == wanted.inside
    return wanted.index < found.index <= wanted.index + wanted.length


def _before(start: Start) -> str:
    words = start.passage.words[start.index : start.index + SHOWN]
    return f"{'inside' if start.inside else 'before'} “{' '.join(words)}” of “{start.passage.id}”"
