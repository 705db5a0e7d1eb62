"""Ace by DAISY, which judges the accessibility of an e-book in a browser: npm's ace-cli, where it is installed, and Chromium."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from publish.diagnostics import Diagnostic, Location, Report
from publish.errors import ToolFailed
from publish.model import Artifact, Rendering, Verdict
from publish.prove.places import Places
from publish.prove.programs import Answer, Run, run_program
from publish.scratch import scratch

JUDGE = "Ace by DAISY"
RULES = "EPUB Accessibility 1.1, WCAG 2.2 AA as far as a machine can tell"
INSTALL = "./run accessibility installs it"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PROGRAM = Path("node_modules", ".bin", "ace-cli")
# In milliseconds: a browser on a busy machine needs more than Ace's own limit to begin.
_PATIENCE = "60000"
_VIOLATION = 2  # the status with which it ends, asked to (--exiterror2), after any violation, of whatever impact


def judge(artifact: Artifact, rendering: Rendering, installed: Path | None, run: Run = run_program) -> Verdict:
    """Ask Ace about an e-book; what it finds is told at the source that it comes from.

    `installed` is the folder where npm installed ace-cli. Where it or a browser is missing the verdict is "not run". Raises ToolFailed
    when there is no report.
    """
    program = installed / _PROGRAM if installed else None
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if not program or not program.exists():
        return _not_run(artifact, f"not installed: {INSTALL}")
    if not browser:
        return _not_run(artifact, "there is no Chromium: apt-get install chromium")
    with scratch() as folder:
        file, out = folder / artifact.name, folder / "report"
        file.write_bytes(artifact.data)
        environment = {"PUPPETEER_EXECUTABLE_PATH": browser, "ACE_TIMEOUT_INITIAL": _PATIENCE}
        answer = run(
            [str(program), "--force", "--silent", "--exiterror2", "--outdir", str(out), str(file)], environment
        )
        return _verdict(artifact, rendering, out / "report.json", answer)


def _not_run(artifact: Artifact, detail: str) -> Verdict:
    return Verdict(JUDGE, "", RULES, artifact.name, "not run", detail)


def _verdict(artifact: Artifact, rendering: Rendering, report: Path, answer: Answer) -> Verdict:
    try:
        found = json.loads(report.read_text(encoding="utf-8"))
        version = str(found["earl:assertedBy"]["doap:release"]["doap:revision"])
        findings = Report.of(_findings(found["assertions"], Places(rendering)))
    except (OSError, ValueError, KeyError, TypeError) as error:
        said = answer.errors or answer.output
        raise ToolFailed(f"Ace gave no report: {said.strip()[-500:]}") from error
    failed = findings.has_errors or answer.status == _VIOLATION
    return Verdict(
        JUDGE,
        version,
        RULES,
        artifact.name,
        "failed" if failed else "passed",
        diagnostics=findings.diagnostics,
    )


def _findings(documents: list[dict[str, Any]], places: Places) -> Iterator[Diagnostic]:
    for document in documents:
        path = document["earl:testSubject"]["url"]
        for assertion in document["assertions"]:
            if assertion["earl:result"]["earl:outcome"] == "fail":
                yield _finding(assertion, path, places)


def _finding(assertion: dict[str, Any], path: str, places: Places) -> Diagnostic:
    """A finding: what is wrong, in Ace's words, the element that it is wrong with, and the page that explains it."""
    result, test = assertion["earl:result"], assertion["earl:test"]
    element = f": {result['html']}" if "html" in result else ""
    message = f"Ace {test['dct:title']}: {_one_line(result['dct:description'])} ({path}{element})"
    return Diagnostic("ace", _location(result, path, places), message, f"see {test['help']['url']}")


def _location(result: dict[str, Any], path: str, places: Places) -> Location:
    pointers = result.get("earl:pointer", {}).get("cfi", ())
    return places.of_element(path, pointers[0]) if pointers else places.of_line(path, 0, 0)


def _one_line(text: str) -> str:
    return "; ".join(text.split("\n"))
