"""How findings are said: to a reader at a terminal, to programs (JSON, SARIF 2.1.0), to GitHub, and the rules to their reader.

Pure functions from values to text; `cli` prints it.
"""

from __future__ import annotations

import json
import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias
from urllib.parse import quote

from publish import __version__
from publish.diagnostics import Diagnostic, Report, Rule, Severity, catalogue
from publish.model import PageBudget, PageReport, Saving, Shortening, Verdict
from publish.model.page import counted

Format: TypeAlias = Literal["text", "json", "sarif", "github"]
Sources: TypeAlias = Mapping[str, str]

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_WIDTH = 100
_SHEET = 4  # pages of a sheet that is folded once: print files are filled up to whole ones
_MOST = 12  # savings and paragraphs that are told of a page budget; all of them are in the page report
_INDENT = "    "
_EXAMPLE = re.compile(r"(?:Wrong|Right)[^:\n]*:  ")

# ------------------------------------------------------------------------------------------------------------------- text


def say_text(report: Report, sources: Sources) -> str:
    """The report for a reader: each finding with its source line, the place in it, and a hint."""
    spoken = {one.location.file for one in report}
    # Not splitlines(), which also parts a line at signs that an editor of text shows as one.
    lines = {file: text.replace("\r\n", "\n").split("\n") for file, text in sources.items() if file in spoken}
    return "".join(f"{_finding(one, lines.get(one.location.file, []))}\n" for one in report)


def summary(report: Report) -> str:
    """How many errors, warnings and notes there are: "2 errors, 1 warning"."""
    severities: tuple[Severity, ...] = ("error", "warning", "note")
    counts = [(severity, report.count(severity)) for severity in severities]
    said = [f"{count} {severity}{'s' if count > 1 else ''}" for severity, count in counts if count]
    return ", ".join(said if report.has_errors else ["no errors", *said])


def say_verdicts(verdicts: Iterable[Verdict]) -> str:
    """What each judge said of each file, a line each."""
    return "".join(
        f"{one.result}: {one.artifact}: {one.judge} {one.version}".rstrip()
        + (f" ({one.detail})" if one.detail else "")
        + "\n"
        for one in verdicts
    )


def say_files(files: Iterable[str], kept: Iterable[str]) -> str:
    """The files that were written, a line each, and those of an earlier build that were not made anew."""
    return "".join([*(f"{file}\n" for file in files), *(f"{file} (not made anew)\n" for file in kept)])


def say_page(page: PageReport, files: Iterable[str], wanted: int | None = None) -> str:
    """A line for the page report: how much it found, and its file among those that were written; and the budget for so many pages."""
    pages = len({one.page for one in page.findings})
    found = f"{counted(len(page.findings), 'finding')} on {counted(pages, 'page')}" if pages else "nothing to mend"
    report = "".join(f"page report: {found}: {file}\n" for file in files if file.endswith("-page-report.html"))
    return report if wanted is None else report + say_page_budget(page.budget, wanted)


def say_page_budget(budget: PageBudget, wanted: int) -> str:
    """What stands between the book and so many pages, and which paragraphs could give a line."""
    savings, over = budget.savings_for(wanted), budget.pages - wanted
    in_print = -(-budget.pages // _SHEET) * _SHEET
    pages = counted(budget.pages, "page") + (f" ({in_print} in print)" if in_print > budget.pages else "")
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


def _finding(one: Diagnostic, lines: list[str]) -> str:
    head = f"{one.location}: {one.severity}[{one.rule}]: {one.message}"
    hint = [f"{_INDENT}hint: {one.hint}"] if one.hint else []
    return "\n".join(_visible(line) for line in (head, *_excerpt(one, lines), *hint))


def _excerpt(one: Diagnostic, lines: list[str]) -> Iterator[str]:
    """The source line, cut to what surrounds the place, and under it a caret where the place has a column."""
    if not 0 < one.location.line <= len(lines) or not lines[one.location.line - 1].strip():
        return
    line = _visible(lines[one.location.line - 1])
    at = min(max(one.location.column - 1, 0), len(line))
    start = max(0, min(at - _WIDTH // 2, len(line) - _WIDTH))
    before = ("…" if start else "") + line[start:at]
    after = line[at : start + _WIDTH] + ("…" if start + _WIDTH < len(line) else "")
    yield f"{_INDENT}{before}{after}".rstrip()
    if one.location.column:
        yield f"{_INDENT}{' ' * _columns(before)}^"


def _visible(text: str) -> str:
    """Text that cannot move the cursor, colour the terminal or turn the direction of writing."""
    return "".join(_shown(char) for char in text)


def _shown(char: str) -> str:
    if char in "\t\n\r":
        return " "
    return (
        "\N{REPLACEMENT CHARACTER}"
        if unicodedata.category(char) in {"Cc", "Cf", "Cn", "Co", "Cs"} and char != "\u00ad"
        else char
    )


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes: wide characters two, combining marks none."""
    widths = {"W": 2, "F": 2}
    return sum(0 if unicodedata.combining(char) else widths.get(unicodedata.east_asian_width(char), 1) for char in text)


# ----------------------------------------------------------------------------------------------------------- for programs


def say_json(
    report: Report, files: Iterable[str] = (), verdicts: Iterable[Verdict] = (), kept: Iterable[str] = ()
) -> str:
    """The report as one JSON object, with the files that were made or kept, and what was said of them, where there are any."""
    said: dict[str, object] = {
        "publish": __version__,
        "errors": report.count("error"),
        "warnings": report.count("warning"),
        "notes": report.count("note"),
        "diagnostics": [_json_of(one) for one in report],
        "files": list(files),
        "kept": list(kept),
        "verdicts": [_json_verdict(one) for one in verdicts],
    }
    return json.dumps(said, indent=2) + "\n"


def _json_of(one: Diagnostic) -> dict[str, object]:
    return {
        "rule": one.rule,
        "severity": one.severity,
        "file": one.location.file,
        "line": one.location.line,
        "column": one.location.column,
        "message": one.message,
        "hint": one.hint,
    }


def _json_verdict(one: Verdict) -> dict[str, str]:
    return {
        "judge": one.judge,
        "version": one.version,
        "rules": one.rules,
        "artifact": one.artifact,
        "result": one.result,
        "detail": one.detail,
    }


def say_sarif(report: Report) -> str:
    """The report as SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"), one run, paths relative to the project."""
    slugs = sorted({one.rule for one in report})
    driver = {
        "name": "publish",
        "semanticVersion": __version__,
        "rules": [_sarif_rule(catalogue()[slug]) for slug in slugs],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(one, slugs.index(one.rule)) for one in report],
    }
    return json.dumps({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _sarif_rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.slug,
        "shortDescription": {"text": rule.summary},
        "help": {"text": rule.explanation.strip(), "markdown": _markdown(rule.explanation)},
        "defaultConfiguration": {"level": rule.severity},
    }


def _sarif_result(one: Diagnostic, index: int) -> dict[str, object]:
    place: dict[str, object] = {"artifactLocation": {"uri": quote(one.location.file), "uriBaseId": "%SRCROOT%"}}
    if one.location.line:
        column = {"startColumn": one.location.column} if one.location.column else {}
        place["region"] = {"startLine": one.location.line, **column}
    return {
        "ruleId": one.rule,
        "ruleIndex": index,
        "level": one.severity,
        "message": {"text": f"{one.message} ({one.hint})" if one.hint else one.message},
        "locations": [{"physicalLocation": place}],
    }


_GITHUB_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}


def say_github(report: Report) -> str:
    """The report as workflow commands, which GitHub shows at the lines of a pull request."""
    return "".join(f"{_annotation(one)}\n" for one in report)


def _annotation(one: Diagnostic) -> str:
    places = {"file": one.location.file, "line": one.location.line, "col": one.location.column, "title": one.rule}
    said = ",".join(f"{key}={_escaped(str(value), property_=True)}" for key, value in places.items() if value)
    message = f"{one.message}\nhint: {one.hint}" if one.hint else one.message
    return f"::{_GITHUB_LEVELS[one.severity]} {said}::{_escaped(message)}"


def _escaped(text: str, *, property_: bool = False) -> str:
    """Text as a workflow command takes it (actions/toolkit, `command.ts`)."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if property_ else text


# -------------------------------------------------------------------------------------------------------------- the rules


def say_rule(rule: Rule) -> str:
    """What a rule means and how it is mended."""
    return f"{rule.slug} ({rule.severity}, stage {rule.stage})\n{rule.summary}\n\n{rule.explanation.strip()}\n"


def say_rules() -> str:
    """A line for each rule, in the order of the stages."""
    width = max(len(slug) for slug in catalogue())
    return "".join(f"{rule.slug:<{width}}  {rule.severity:<7}  {rule.summary}\n" for rule in catalogue().values())


def rules_markdown() -> str:
    """The whole catalogue as a page of the documentation."""
    parts = [_RULES_HEAD]
    stage = ""
    for rule in catalogue().values():
        if rule.stage != stage:
            stage = rule.stage
            parts.append(f"## {stage}\n")
        parts.append(f"### {rule.slug}\n\n*{rule.severity}.* {rule.summary}\n\n{_markdown(rule.explanation)}\n")
    return "\n".join(parts)


def _markdown(explanation: str) -> str:
    """An explanation as Markdown: its examples, which have two spaces behind "Wrong:" or "Right:", are code and not read as such."""
    blocks = explanation.strip().split("\n\n")
    return "\n\n".join(textwrap.indent(one, _INDENT) if _EXAMPLE.match(one) else one for one in blocks)


_RULES_HEAD = """\
# Rules

What `publish` can find wrong, by the stage that finds it. An *error* stops the build, a *warning* or a *note* does not, and can be
silenced where its reason is known (`allowed.yaml`). This page is made from `src/publish/rules/` by
`publish explain --all --format markdown`; do not edit it.
"""
