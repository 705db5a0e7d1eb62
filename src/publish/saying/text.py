"""How findings are said to a reader at a terminal, and what was made, judged and measured."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from publish.diagnostics import Diagnostic, Report, Severity
from publish.model import PageBudget, PageReport, Saving, Shortening, Verdict
from publish.model.page import counted
from publish.saying.account import Account, visible

_MOST = 12  # savings and paragraphs that are told of a page budget; all of them are in the page report
_INDENT = "    "


def say_text(account: Account) -> str:
    """Each finding with its source line, the place in it, a hint, and where to read more; and what came of the run."""
    return say_findings(account) + ("" if account.is_quiet else say_outcome(account))


def say_findings(account: Account) -> str:
    """The findings. Where to read more is said once of each rule."""
    explained: set[str] = set()
    said = []
    for one in account.told:
        said += [*_finding(account, one), *([] if one.rule in explained else [f"{_INDENT}more: {explain(one)}"])]
        explained.add(one.rule)
    return "".join(f"{visible(line)}\n" for line in said)


def say_outcome(account: Account) -> str:
    """What judges said, which files there are, what is to be read of the pages, and how much was found."""
    pages = say_page(account.page, account.files, account.budget) if account.page else ""
    untold = len(account.told) < len(account.report)
    end = summary(account.report) + (" (not told here: --notes tells them)" if untold else "")
    return _verdicts(account.verdicts) + _files(account.files, account.kept) + pages + f"{end}\n"


def explain(one: Diagnostic) -> str:
    """The command that tells what a rule means."""
    return f"publish explain {one.rule}"


def summary(report: Report) -> str:
    """How many errors, warnings and notes there are: "2 errors, 1 warning"."""
    severities: tuple[Severity, ...] = ("error", "warning", "note")
    counts = [(severity, report.count(severity)) for severity in severities]
    said = [f"{count} {severity}{'s' if count > 1 else ''}" for severity, count in counts if count]
    return ", ".join(said if report.has_errors else ["no errors", *said])


def _finding(account: Account, one: Diagnostic) -> Iterator[str]:
    yield f"{one.location}: {one.severity}[{one.rule}]: {one.message}"
    if excerpt := account.excerpt(one):
        yield f"{_INDENT}{excerpt.before}{excerpt.after}".rstrip()
        if one.location.column:
            yield f"{_INDENT}{' ' * _columns(excerpt.before)}^"
    if one.hint:
        yield f"{_INDENT}hint: {one.hint}"


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes: wide characters two, combining marks none."""
    widths = {"W": 2, "F": 2}
    return sum(0 if unicodedata.combining(char) else widths.get(unicodedata.east_asian_width(char), 1) for char in text)


def _verdicts(verdicts: Iterable[Verdict]) -> str:
    """What each judge said of each file, a line each."""
    return "".join(
        f"{one.result}: {one.artifact}: {one.judge} {one.version}".rstrip()
        + (f" ({one.detail})" if one.detail else "")
        + "\n"
        for one in verdicts
    )


def _files(files: Iterable[str], kept: Iterable[str]) -> str:
    """The files that were written, a line each, and those of an earlier build that were not made anew."""
    return "".join([*(f"{file}\n" for file in files), *(f"{file} (not made anew)\n" for file in kept)])


# --------------------------------------------------------------------------------------------------------- printed pages


def say_page(page: PageReport, files: Iterable[str], wanted: int | None = None) -> str:
    """A line for the page report: how much it found, and its file among those that were written; and the budget for so many pages."""
    pages = len({one.page for one in page.findings})
    found = f"{counted(len(page.findings), 'finding')} on {counted(pages, 'page')}" if pages else "nothing to mend"
    report = "".join(f"page report: {found}: {file}\n" for file in files if file.endswith("-page-report.html"))
    return report if wanted is None else report + say_page_budget(page.budget, wanted)


def say_page_budget(budget: PageBudget, wanted: int) -> str:
    """What stands between the book and so many pages, and which paragraphs could give a line."""
    savings, over = budget.savings_for(wanted), budget.pages - wanted
    pages = counted(budget.pages, "page") + (f" ({budget.printed} in print)" if budget.printed > budget.pages else "")
    if over <= 0:
        return f"page budget: {pages}, {f'{-over} less than' if over else 'as many as'} {wanted}\n"
    head = f"page budget: {pages}, {over} more than {wanted}"
    if savings is None:
        most = sum(one.pages for one in budget.savings)
        head += f", and shorter texts save {most} at most"
    else:
        head += f": {counted(sum(one.lines for one in savings), 'line')} have to go"
    blank = [f"blank pages: {', '.join(budget.blank)}"] if budget.blank else []
    return "".join(
        f"{line}\n" for line in (head, *_told(savings or budget.savings), *blank, *_told_lines(budget.shortenings))
    )


def _told(savings: Sequence[Saving]) -> Iterator[str]:
    yield from (f"{_INDENT}{one}" for one in savings[:_MOST])
    if len(savings) > _MOST:
        yield f"{_INDENT}… and {len(savings) - _MOST} more like these"


def _told_lines(shortenings: Sequence[Shortening]) -> Iterator[str]:
    if shortenings:
        yield "paragraphs that could give a line, the cheapest first:"
    yield from (
        f"{_INDENT}{one.location}: p. {one.place.page}, line {one.place.line}: {one}" for one in shortenings[:_MOST]
    )
