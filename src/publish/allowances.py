"""What `allowed.yaml` silences. A rule is silenced where its reason is known, and only as long as it has something to say.

An allowance without a file is for what is told without one, because its source cannot be found.

Only warnings and notes can be silenced: after an error the output would be wrong, whatever the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from publish.diagnostics import Diagnostic, Report, Rule, catalogue, did_you_mean
from publish.model import Allowance, Book

# The stages whose findings are all known when the book has been checked: an allowance for a later one may yet be used.
_KNOWN_STAGES = ("load", "check")


def silence(book: Book, found: Iterable[Diagnostic]) -> Report:
    """What was found in any stage, without what the book allows."""
    allowed = book.silenced()
    return Report.of(one for one in found if (one.location.file, one.rule) not in allowed)


def judge_allowances(book: Book, found: Iterable[Diagnostic], *, whole: bool) -> Iterator[Diagnostic]:
    """Allowances that name no rule, or one that cannot be silenced, or that have nothing to silence any more.

    The last can only be said of a book that was read as a `whole`: of one with errors, not everything is found.
    """
    for allowance in book.allowances:
        rule = catalogue().get(allowance.rule)
        if rule is None:
            message, hint = f"there is no rule “{allowance.rule}”", did_you_mean(allowance.rule, catalogue())
            yield Diagnostic("allowance-unknown-rule", allowance.location, message, hint)
        elif rule.severity == "error":
            message = f"“{allowance.rule}” is an error, and errors cannot be silenced"
            yield Diagnostic("allowance-of-error", allowance.location, message, "mend the error instead")
    if whole:
        yield from _idle(book, found, lambda rule: rule.stage in _KNOWN_STAGES)


def judge_later_allowances(book: Book, found: Iterable[Diagnostic], judges: Collection[str]) -> Report:
    """The same of rules of the later stages: allowances that have nothing to silence, when all files of the book were made.

    `judges` are those who were asked of them (`Rule.judge`): of the others it is not known what they would have found.
    """
    return Report.of(_idle(book, found, lambda rule: rule.stage not in _KNOWN_STAGES and rule.judge in {"", *judges}))


def _idle(book: Book, found: Iterable[Diagnostic], is_known: Callable[[Rule], bool]) -> Iterator[Diagnostic]:
    """Allowances for rules of which all findings are known, and none is of that rule in that file."""
    broken = {(one.location.file, one.rule) for one in found}
    for allowance in book.allowances:
        if (
            allowance.silences
            and is_known(catalogue()[allowance.rule])
            and (allowance.file, allowance.rule) not in broken
        ):
            where = f"about {allowance.file}" if allowance.file else "whose source cannot be found"
            message = f"“{allowance.rule}” has nothing to say {where}"
            yield Diagnostic("allowance-unused", allowance.location, message, _remedy(book, allowance))


def _remedy(book: Book, allowance: Allowance) -> str:
    known = {"", *book.sources, *(asset.location.file for asset in book.styles.values())}
    return "take the allowance out" if allowance.file in known else f"there is no file {allowance.file}"
