"""The proof of the page numbers: every printed page number that is a link leads to that page, and the index lists every page.

What a link says, and the page that it leads to, are read back from the finished file; what the index has to list is found in the `Book`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from publish import __version__
from publish.diagnostics import NOWHERE, Diagnostic
from publish.model import Artifact, Book, Division, Span, Verdict
from publish.model.walk import all_passages, walk_blocks, walk_inlines
from publish.prove.index import check_index, records
from publish.prove.read_jumps import read_jumps
from publish.prove.reading import LABEL, Jump, Reading, Unreadable
from publish.prove.text import proof, read_the_screen_pdf
from publish.prove.words import expected_passages

JUDGE = "page numbers"
RULES = "every number leads to its page"
RULE = "page-number"
# What the machine's numbers without "p." lead to: mentions, marked passages, emendations, and in the list of the pages these themselves.
_TARGETS = re.compile(r"(?:mention|passage|emendation|page)-.*")


def prove_screen(screen: Artifact, book: Book) -> Verdict:
    """Proves the page numbers of the screen PDF: its links, and that the index lists the pages that its own words stand on."""
    try:
        reading = _read(screen, book)
    except Unreadable as error:
        return _unreadable(screen, error)
    numbers, found = _check(screen, book, reading.jumps)
    entries, wrong = check_contents(screen, book, reading.jumps)
    lines = len(_lines(reading.index, book))
    counts = {"numbers": numbers, "entries of the contents": entries, "lines of the index": lines}
    return proof(JUDGE, RULES, screen, counts, [*found, *wrong, *check_index(screen.name, book, reading)])


def prove_epub(epub: Artifact, screen: Artifact, book: Book) -> Verdict:
    """Proves those of the e-book: its links, and that its index is the one of the screen PDF."""
    try:
        made, reading = read_jumps(epub), _read(screen, book)
    except Unreadable as error:
        return _unreadable(epub, error)
    numbers, found = _check(epub, book, made.all())
    other = _compare(epub, _lines(made.index, book), _lines(reading.index, book))
    return proof(JUDGE, RULES, epub, {"numbers": numbers}, [*found, *other])


def not_proved(artifact: Artifact, why: str) -> Verdict:
    """The verdict on a file that cannot be proved here."""
    return Verdict(JUDGE, __version__, RULES, artifact.name, "not run", why)


def _read(screen: Artifact, book: Book) -> Reading:
    return read_the_screen_pdf(screen, expected_passages(book), book)


# ------------------------------------------------------------------------------------------------------------------- links


@dataclass(frozen=True, slots=True)
class Said:
    """The page that a link names, and the number of the note on it, or 0."""

    page: str
    note: int


class Numbers:
    """Knows by its words and its target whether a link says the number of a page."""

    def __init__(self, book: Book) -> None:
        labels = {name: re.escape(book.labels[name]) for name in ("page", "pages", "paragraph", "note-sign")}
        number = rf"(?P<page>{LABEL})(?:\.\d+|{labels['note-sign']}(?P<note>\d+))?"
        before = rf"(?:{labels['paragraph']} \d+, )?(?:{labels['page']}|{labels['pages']}) ?"
        self._named = re.compile(before + number)
        self._bare = re.compile(f"(?:{before})?{number}")
        self._passages = set(_passages(book))

    def said(self, jump: Jump) -> Said | None:
        """What a link says; None if it does not say a page. An editor's link may have a year for its words: it says none."""
        is_machines = jump.target in self._passages or _TARGETS.fullmatch(jump.target)
        found = (self._bare if is_machines else self._named).fullmatch(jump.words)
        return Said(found["page"], int(found["note"] or 0)) if found else None


def _passages(book: Book) -> Iterator[str]:
    """The ids that editors have given to passages that are marked for the index."""
    for page in book.pages:
        nodes = (node for run in all_passages(page) for node in walk_inlines(run) if isinstance(node, Span))
        groups = (page.blocks, *(note.blocks for note in page.notes))
        blocks = (one for group in groups for one in walk_blocks(group) if isinstance(one, Division))
        marked: tuple[Span | Division, ...] = (*nodes, *blocks)
        yield from (one.id for one in marked if one.id and one.indexed)


def _check(artifact: Artifact, book: Book, jumps: Iterable[Jump]) -> tuple[int, list[Diagnostic]]:
    """How many links say a page, and those that lead elsewhere."""
    numbers = Numbers(book)
    said = [(jump, said) for jump in jumps if (said := numbers.said(jump))]
    return len(said), [_elsewhere(artifact, jump) for jump, one in said if not _leads(jump, one)]


def _leads(jump: Jump, said: Said) -> bool:
    """Whether a link leads where it says: to the page, and where the e-book shows the note, to that note."""
    return said.page in jump.pages and (not said.note or not jump.note or said.note == jump.note)


def _elsewhere(artifact: Artifact, jump: Jump) -> Diagnostic:
    where = f"page {jump.pages[0]}" if jump.pages else "no printed page"
    note = f", note {jump.note}" if jump.note else ""
    message = f"{artifact.name} says “{jump.words}” in “{jump.within}” of “{jump.target}”, which is on {where}{note}"
    return Diagnostic(RULE, NOWHERE, message)


def check_contents(screen: Artifact, book: Book, jumps: Iterable[Jump]) -> tuple[int, list[Diagnostic]]:
    """How many entries the printed contents have, and those whose number is not that of the page that they lead to.

    `target-counter` (CSS Generated Content Module Level 3) writes it behind the title; an entry without one is wrong too.
    """
    entries = list(_entries(book, jumps))
    return len(entries), [_elsewhere(screen, one) for one in entries if one.words.rpartition(" ")[2] not in one.pages]


def _entries(book: Book, jumps: Iterable[Jump]) -> Iterator[Jump]:
    """The entries of the printed contents. A link of several lines is one jump a line, and the number stands on the last."""
    contents = {page.id for page in book.pages if page.role == "contents"}
    inside = (jump for jump in jumps if jump.within in contents)
    for _, lines in groupby(inside, key=lambda jump: jump.target):
        *before, last = lines
        yield replace(last, words=" ".join(one.words for one in (*before, last)))


# ------------------------------------------------------------------------------------------------------------------- index


def _lines(found: Mapping[str, str], book: Book) -> dict[str, str]:
    """The lines of the index, without what stands before them on its page."""
    own = {f"index-{record.id}" for record in records(book)}
    return {name: line for name, line in found.items() if re.sub(r"-see-\d+$", "", name) in own}


def _compare(epub: Artifact, found: Mapping[str, str], printed: Mapping[str, str]) -> Iterator[Diagnostic]:
    """The lines of the e-book's index that are not those of the PDF."""
    for name in dict.fromkeys((*printed, *found)):
        here, there = found.get(name, ""), printed.get(name, "")
        if "".join(here.split()) != "".join(there.split()):
            message = f"the line “{name}” of the index is “{here}” in {epub.name}, and “{there}” in print"
            yield Diagnostic(RULE, NOWHERE, message)


# ---------------------------------------------------------------------------------------------------------------- verdicts


def _unreadable(artifact: Artifact, error: Unreadable) -> Verdict:
    return proof(JUDGE, RULES, artifact, {}, [Diagnostic("text-unreadable", NOWHERE, str(error))])
