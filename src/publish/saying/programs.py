"""How findings are said to programs: JSON of our own, and SARIF 2.1.0."""

from __future__ import annotations

import json
from urllib.parse import quote

from publish import __version__
from publish.diagnostics import NOWHERE, Diagnostic, Rule, catalogue
from publish.model import PageFinding, Verdict
from publish.saying.account import Account
from publish.saying.rules import markdown
from publish.saying.text import explain

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def say_json(account: Account) -> str:
    """All findings as one JSON object, with the files that were made or kept, and what was said of them, where there are any."""
    places = account.places()
    said: dict[str, object] = {
        "publish": __version__,
        "errors": account.report.count("error"),
        "warnings": account.report.count("warning"),
        "notes": account.report.count("note"),
        "diagnostics": [_json_of(account, one, places.get(one)) for one in account.report],
        "files": list(account.files),
        "kept": list(account.kept),
        "verdicts": [_json_verdict(one) for one in account.verdicts],
    }
    return json.dumps(said, indent=2) + "\n"


def _json_of(account: Account, one: Diagnostic, found: PageFinding | None) -> dict[str, object]:
    """A finding. Without a source its `file` is null, and without a place in print its `printed`."""
    return {
        "rule": one.rule,
        "severity": one.severity,
        "file": one.location.file or None,
        "line": one.location.line,
        "column": one.location.column,
        "message": one.message,
        "hint": one.hint,
        "source": account.source_line(one),
        "printed": _printed(found) if found else None,
        "more": explain(one),
    }


def _printed(found: PageFinding) -> dict[str, object]:
    return {"page": found.place.page, "line": found.place.line}


def _json_verdict(one: Verdict) -> dict[str, str]:
    return {
        "judge": one.judge,
        "version": one.version,
        "rules": one.rules,
        "artifact": one.artifact,
        "result": one.result,
        "detail": one.detail,
    }


# ----------------------------------------------------------------------------------------------------------------- SARIF


def say_sarif(account: Account) -> str:
    """All findings as SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"), one run, paths relative to the project."""
    slugs = sorted({one.rule for one in account.report})
    places = account.places()
    driver = {
        "name": "publish",
        "semanticVersion": __version__,
        "rules": [_sarif_rule(catalogue()[slug]) for slug in slugs],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(account, one, slugs.index(one.rule), places.get(one)) for one in account.report],
    }
    return json.dumps({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _sarif_rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.slug,
        "shortDescription": {"text": rule.summary},
        "help": {"text": rule.explanation.strip(), "markdown": markdown(rule.explanation)},
        "defaultConfiguration": {"level": rule.severity},
    }


def _sarif_result(account: Account, one: Diagnostic, index: int, found: PageFinding | None) -> dict[str, object]:
    """A finding; without a source it has no location, as the standard allows (3.27.12)."""
    result: dict[str, object] = {
        "ruleId": one.rule,
        "ruleIndex": index,
        "level": one.severity,
        "message": {"text": f"{one.message} ({one.hint})" if one.hint else one.message},
        "locations": [] if one.location == NOWHERE else [{"physicalLocation": _sarif_place(account, one)}],
    }
    return result | ({"properties": {"printed": _printed(found)}} if found else {})


def _sarif_place(account: Account, one: Diagnostic) -> dict[str, object]:
    place: dict[str, object] = {"artifactLocation": {"uri": quote(one.location.file), "uriBaseId": "%SRCROOT%"}}
    if not one.location.line:
        return place
    region: dict[str, object] = {"startLine": one.location.line}
    if one.location.column:
        region["startColumn"] = one.location.column
    if line := account.source_line(one):
        region["snippet"] = {"text": line}
    return {**place, "region": region}
