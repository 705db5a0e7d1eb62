"""Every judge of every finished file, asked.

A judge that is not there says so in its verdict ("not run").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias, get_args

from publish.model import NOBODY, Artifact, Asked, Book, Kind, Pagination, Profile, Rendering, Verdict
from publish.prove import ace, ebook_rules, epubcheck, nu, numbers, onix, pdf_ua, preflight, review, shops, text
from publish.prove.programs import end_programs


@dataclass(frozen=True, slots=True)
class Case:
    """What the judges are shown: the finished files, and the values that they were made from; and who is asked beside the others.

    `profiles` are the rules of the shops that are asked. Only files of the `kinds` are judged.
    """

    book: Book
    rendering: Rendering
    pagination: Pagination
    artifacts: tuple[Artifact, ...]
    asked: Asked = NOBODY
    profiles: tuple[Profile, ...] = ()
    kinds: frozenset[Kind] = frozenset(get_args(Kind))

    def first(self, kind: Kind) -> Artifact | None:
        return next((one for one in self.artifacts if one.kind == kind), None)

    def screen_of(self, edition: str) -> Artifact | None:
        """The PDF for the screen that has the pages of an edition."""
        styles = {one.name: one.style for one in self.book.editions}
        screens = (one for one in self.artifacts if one.kind == "screen")
        return next((one for one in screens if styles.get(one.edition, "") == styles.get(edition, "")), None)

    def printed(self, edition: str) -> Artifact | None:
        return next((one for one in self.artifacts if one.kind == "print" and one.edition == edition), None)


Judge: TypeAlias = Callable[[Case, Artifact], tuple[Verdict, ...]]


def judge_all(case: Case) -> tuple[Verdict, ...]:
    """Every verdict on every file of the kinds asked for. Two judges work at a time: one of them is often another program."""
    judged = (one for one in case.artifacts if one.kind in case.kinds)
    asked = [partial(judge, case, artifact) for artifact in judged for judge in JUDGES.get(artifact.kind, ())]
    with ThreadPoolExecutor(max_workers=2) as pool:
        try:
            return tuple(verdict for verdicts in pool.map(lambda ask: ask(), asked) for verdict in verdicts)
        except BaseException:  # an interruption above all: the pool would wait for everything that was asked
            pool.shutdown(wait=False, cancel_futures=True)
            end_programs()
            raise


def by_epubcheck(case: Case, epub: Artifact) -> tuple[Verdict, ...]:
    return (epubcheck.judge(epub, case.rendering),)


def by_ace(case: Case, epub: Artifact) -> tuple[Verdict, ...]:
    return (ace.judge(epub, case.rendering, case.asked.ace),)


def by_nu(case: Case, epub: Artifact) -> tuple[Verdict, ...]:
    return (nu.judge(epub, case.rendering, case.asked.nu),)


def by_own_rules(case: Case, epub: Artifact) -> tuple[Verdict, ...]:
    return (ebook_rules.judge(epub, case.book, case.rendering),)


def by_shops(case: Case, epub: Artifact) -> tuple[Verdict, ...]:
    return tuple(shops.judge(epub, profile, case.rendering) for profile in case.profiles)


def by_review(case: Case, epub: Artifact) -> tuple[Verdict, ...]:
    return (review.judge(epub, case.book),)


def by_words(case: Case, artifact: Artifact) -> tuple[Verdict, ...]:
    """The text proof, and that of the page numbers: both read the same words."""
    return (*words_proved(case, artifact), *numbers_proved(case, artifact))


def words_proved(case: Case, artifact: Artifact) -> Iterator[Verdict]:
    """The text proof of one file: against the source, or, for a file made from another, against that one."""
    screen = case.screen_of(artifact.edition)
    if artifact.kind == "epub":
        yield text.prove_epub(artifact, case.book, case.rendering)
        if screen:
            yield text.prove_pages(artifact, screen, case.pagination, case.book)
        elif case.rendering.page_breaks:
            yield text.not_proved(artifact, "its printed pages: the PDF that they are those of is not beside it")
    elif artifact.kind == "screen":
        yield text.prove_screen(artifact, case.book)
    elif artifact.kind == "print":
        missing = text.not_proved(artifact, "the PDF that it was made from is not beside it")
        yield text.prove_print(artifact, screen, case.book) if screen else missing
    elif artifact.kind == "booklet":
        missing = text.not_proved(artifact, "the PDF that has its pages is not beside it")
        yield text.prove_booklet(artifact, screen, case.book) if screen else missing
    elif artifact.kind == "wrap":
        missing = text.not_proved(artifact, "the PDF whose covers it shows is not beside it")
        yield text.prove_wrap(artifact, screen) if screen else missing


def numbers_proved(case: Case, artifact: Artifact) -> Iterator[Verdict]:
    """The proof of the page numbers in an e-book that has some, and in a PDF for the screen."""
    screen = case.screen_of(artifact.edition)
    if artifact.kind == "screen":
        yield numbers.prove_screen(artifact, case.book)
    elif artifact.kind == "epub" and case.rendering.page_breaks:
        missing = numbers.not_proved(artifact, "the PDF that has the pages is not beside it")
        yield numbers.prove_epub(artifact, screen, case.book) if screen else missing


def by_pdf_ua(case: Case, screen: Artifact) -> tuple[Verdict, ...]:
    return pdf_ua.judge(screen, case.book)


def by_preflight(case: Case, artifact: Artifact) -> tuple[Verdict, ...]:
    return (preflight.judge(artifact, case.book, case.printed(artifact.edition)),)


def by_onix_schema(_: Case, record: Artifact) -> tuple[Verdict, ...]:
    return (onix.judge(record),)


# The slowest first: EPUBCheck, Ace and the Nu checker are programs of their own, and the others work beside them.
JUDGES: dict[Kind, tuple[Judge, ...]] = {
    "epub": (by_epubcheck, by_ace, by_nu, by_review, by_own_rules, by_shops, by_words),
    "screen": (by_pdf_ua, by_words),
    "print": (by_preflight, by_words),
    "booklet": (by_preflight, by_words),
    "wrap": (by_preflight, by_words),
    "onix": (by_onix_schema,),
}
