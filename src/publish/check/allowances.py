"""What `allowed.yaml` silences. A rule is silenced where its reason is known, and only as long as it has something to say.

Only warnings and notes can be silenced: after an error the output would be wrong, whatever the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from publish.diagnostics import Diagnostic, Report, catalogue, did_you_mean
from publish.model import Allowance, Book

# The stages whose findings are all known when the book has been checked: an allowance for a later one may yet be used.
_KNOWN_STAGES = ("load", "check")


def silence(book: Book, found: Iterable[Diagnostic]) -> Report:
    """What was found in any stage, without what the book allows."""
    allowed = {(one.file, one.rule) for one in book.allowances if _may_be_silenced(one)}
    return Report.of(one for one in found if (one.location.file, one.rule) not in allowed)


def judge_allowances(book: Book, found: Iterable[Diagnostic], *, whole: bool) -> Iterator[Diagnostic]:
    """Allowances that name no rule, or one that cannot be silenced, or that have nothing to silence any more.

    The last can only be said of a book that was read as a `whole`: of one with errors, not everything is found.
    """
    broken = {(one.location.file, one.rule) for one in found}
    for allowance in book.allowances:
        rule = catalogue().get(allowance.rule)
        if rule is None:
            message, hint = f"there is no rule “{allowance.rule}”", did_you_mean(allowance.rule, catalogue())
            yield Diagnostic("allowance-unknown-rule", allowance.location, message, hint)
        elif rule.severity == "error":
            message = f"“{allowance.rule}” is an error, and errors cannot be silenced"
            yield Diagnostic("allowance-of-error", allowance.location, message, "mend the error instead")
        elif whole and rule.stage in _KNOWN_STAGES and (allowance.file, allowance.rule) not in broken:
            message = f"“{allowance.rule}” has nothing to say about {allowance.file}"
            hint = "take the allowance out" if allowance.file in book.sources else f"there is no file {allowance.file}"
            yield Diagnostic("allowance-unused", allowance.location, message, hint)


def _may_be_silenced(allowance: Allowance) -> bool:
    rule = catalogue().get(allowance.rule)
    return rule is not None and rule.severity != "error"
