"""PDF/UA-1 (ISO 14289-1): whether the screen PDF can be read with assistive technology, as far as machines can judge.

Three judges: the package page-validation; our own rules, for what it does not look at; and veraPDF, the reference, where it is
installed. None of them can tell whether an alternative text is a good one: what passes here is a machine-checkable subset.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any, Literal

import pikepdf

from publish import __version__
from publish.diagnostics import NOWHERE, Diagnostic, Report
from publish.errors import ToolFailed
from publish.model import Artifact, Book, Verdict
from publish.prove.pdf_ua_rules import File, check
from publish.prove.programs import Run, run_program
from publish.prove.reasons import reason
from publish.scratch import scratch

PAGE_VALIDATION = "page-validation"
OWN_RULES = "own rules"
VERAPDF = "veraPDF"
RULES = "PDF/UA-1"
SUBSET = "machine-checkable subset of the Matterhorn Protocol 1.1"
INSTALL = "pip install page-validation"


def judge(artifact: Artifact, book: Book, run: Run = run_program) -> tuple[Verdict, ...]:
    """What each of the three judges says of the screen PDF. One that is not installed has the result "not run", with the command.

    Raises `ToolFailed` when the answer of veraPDF cannot be read.
    """
    return by_page_validation(artifact), by_own_rules(artifact, book), by_verapdf(artifact, run)


def by_own_rules(artifact: Artifact, book: Book) -> Verdict:
    """Our own rules, on pikepdf."""
    try:
        with pikepdf.open(io.BytesIO(artifact.data)) as pdf:
            found = Report.of(check(File.read(pdf, book)))
    except (pikepdf.PdfError, KeyError, AttributeError, TypeError, ValueError, IndexError) as error:
        broken = Diagnostic("pdf-structure", NOWHERE, f"{artifact.name} cannot be read: {reason(error)}")
        found = Report.of([broken])
    return Verdict(
        OWN_RULES,
        __version__,
        f"{RULES}, {SUBSET}",
        artifact.name,
        _result(not found.has_errors),
        "",
        found.diagnostics,
    )


def _result(passed: bool) -> Literal["passed", "failed"]:  # noqa: FBT001 - the question is the argument
    return "passed" if passed else "failed"


# -------------------------------------------------------------------------------------------------------- page-validation


def by_page_validation(artifact: Artifact) -> Verdict:
    """PyPI's page-validation, which has 104 rules of PDF/UA-1."""
    try:
        import page  # may be missing, which is said
    except ImportError:
        return Verdict(PAGE_VALIDATION, "", RULES, artifact.name, "not run", f"not installed: {INSTALL}")
    try:
        report = page.validate_pdf_bytes(artifact.data, profile="ua1")
    except page.PageError as error:
        broken = Diagnostic("pdf-ua", NOWHERE, f"{PAGE_VALIDATION}: {reason(error)}")
        return Verdict(PAGE_VALIDATION, page.__version__, RULES, artifact.name, "failed", "", (broken,))
    found = Report.of(_failure(PAGE_VALIDATION, one.rule_id, one.message) for one in report.failures).diagnostics
    detail = f"{report.rules.passed} of {report.rules.total} rules passed"
    return Verdict(PAGE_VALIDATION, page.__version__, RULES, artifact.name, _result(report.is_compliant), detail, found)


def _failure(who: str, rule: str, message: str) -> Diagnostic:
    return Diagnostic("pdf-ua", NOWHERE, f"{who} {rule}: {' '.join(message.split())}")


# ---------------------------------------------------------------------------------------------------------------- veraPDF


def by_verapdf(artifact: Artifact, run: Run = run_program) -> Verdict:
    """The reference judge, which is on neither PyPI, npm nor Debian: asked where `verapdf` is on PATH."""
    with scratch() as folder:
        file = folder / artifact.name
        file.write_bytes(artifact.data)
        try:
            answer = run(["verapdf", "--format", "json", "-f", "ua1", str(file)], {})
        except FileNotFoundError:
            why = "not installed: no verapdf on PATH; https://docs.verapdf.org/install/ tells how to get it"
            return Verdict(VERAPDF, "", RULES, artifact.name, "not run", why)
    try:
        return _verapdf_verdict(artifact, json.loads(answer.output)["report"])
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise ToolFailed(
            f"veraPDF’s answer cannot be read: {(answer.errors or answer.output).strip()[-500:]}"
        ) from error


def _verapdf_verdict(artifact: Artifact, report: dict[str, Any]) -> Verdict:
    """Reads the JSON report: one job, one profile. `validationResult` is a list since veraPDF 1.26."""
    version = next(str(one["version"]) for one in report["buildInformation"]["releaseDetails"] if one["id"] == "core")
    results = report["jobs"][0]["validationResult"]
    result = results[0] if isinstance(results, list) else results
    found = Report.of(_verapdf_failures(result["details"])).diagnostics
    detail = f"{result['details']['passedRules']} rules passed"
    return Verdict(VERAPDF, version, RULES, artifact.name, _result(bool(result["compliant"])), detail, found)


def _verapdf_failures(details: dict[str, Any]) -> Iterator[Diagnostic]:
    for rule in details.get("ruleSummaries", ()):
        if rule.get("ruleStatus", rule.get("status", "")).upper() in {"FAILED", "FAIL"}:
            yield _failure(VERAPDF, f"{rule['clause']}-{rule['testNumber']}", rule["description"])
