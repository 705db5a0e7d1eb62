"""The evidence of each file of a release, for people and machines that were not there: a page for a browser, and the same as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from importlib import resources
from typing import Any

from publish.model import Artifact, Book, MadeWith, Verdict
from publish.release.evidence import Evidence, evidence_of
from publish.release.evidence_html import evidence_html


def evidence_files(
    book: Book, made: Iterable[tuple[Artifact, MadeWith]], verdicts: Iterable[Verdict]
) -> dict[str, bytes]:
    """Two files for each that was made, by their names: "garden-1.0.0.epub.evidence.html" and the same as JSON."""
    verdicts = tuple(verdicts)
    return dict(one for artifact, tools in made for one in files_of(evidence_of(book, artifact, tools, verdicts)))


def files_of(evidence: Evidence) -> Iterator[tuple[str, bytes]]:
    """The evidence as it is written, by the names of the two files."""
    yield f"{evidence.file.name}.evidence.html", evidence_html(evidence).encode()
    yield f"{evidence.file.name}.evidence.json", evidence_json(evidence)


def evidence_json(evidence: Evidence) -> bytes:
    """The evidence as one JSON object, as `evidence_schema` describes it."""
    return json.dumps(asdict(evidence), ensure_ascii=False, indent=1).encode() + b"\n"


def evidence_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of an evidence."""
    text = (resources.files("publish.release") / "evidence.schema.json").read_text(encoding="utf-8")
    return json.loads(text)  # type: ignore[no-any-return]
