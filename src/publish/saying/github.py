"""How findings are said to GitHub, which shows them beside the lines of a pull request."""

from __future__ import annotations

from publish.diagnostics import Diagnostic, Severity
from publish.saying.account import Account
from publish.saying.text import explain, say_outcome

_GITHUB_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}


def say_github(account: Account) -> str:
    """The findings as workflow commands; and what came of the run, for its log.

    GitHub shows ten errors, ten warnings and ten notices of a step at their lines, and the others in the log.
    """
    said = "".join(f"{_annotation(one)}\n" for one in account.told)
    return said + ("" if account.is_quiet else say_outcome(account))


def _annotation(one: Diagnostic) -> str:
    places = {"file": one.location.file, "line": one.location.line, "col": one.location.column, "title": one.rule}
    said = ",".join(f"{key}={_escaped(str(value), property_=True)}" for key, value in places.items() if value)
    hint = [f"hint: {one.hint}"] if one.hint else []
    message = "\n".join((one.message, *hint, f"more: {explain(one)}"))
    return f"::{_GITHUB_LEVELS[one.severity]} {said}::{_escaped(message)}"


def _escaped(text: str, *, property_: bool = False) -> str:
    """Text as a workflow command takes it (actions/toolkit, `command.ts`)."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if property_ else text
