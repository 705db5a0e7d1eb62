"""Generated projects, all the way: a book becomes files that hold its words, or findings, and nothing outside of `build/` is touched."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import event, given, settings
from hypothesis import strategies as st

from bad_input import GARDEN
from bad_markdown import CONSTRUCTS
from publish import pipeline
from publish.errors import BookHasErrors
from publish.model import NOBODY, Project
from publish.model.work import Proved
from publish.prove.text import prove_epub, prove_screen

Files = dict[str, str]
MORE = 10 if os.environ.get("PUBLISH_FUZZ") else 1  # times the examples of the suite

# Signs that mean something to a reader of Markdown, of YAML or of XML, and letters of every kind.
WILD = st.text("aZé9 \n.,:;-—’\"'“*_`~^@#&<>|\\/(){}[]+=!%שн夜\u0301\u200b\u202e\u00ad\u00a0🌙", max_size=30)
SAID = st.lists(
    st.sampled_from(["the", "moth,", "a white", "Flower", "of 1871;", "—", "it’s", "“so”", "née", "Bates", "& Sons"]),
    min_size=1,
    max_size=9,
).map(" ".join)
DAYS = ["1871", "1871-06", "1871-06-18/1871-06-19"]
NAMES = [name for name, one in CONSTRUCTS.items() if one.witness is None and not name.startswith("note of two")]


@st.composite
def pages(draw: st.DrawFn) -> str:
    """A page with constructs, each once, other words in some of them, and perhaps something wild."""
    blocks: list[str] = []
    for name in draw(st.lists(st.sampled_from(NAMES), max_size=8, unique=True)):
        one = CONSTRUCTS[name]
        if one.adds or "quoted" in name or "date" in name or draw(st.booleans()):
            blocks.append(one.text)
        else:
            blocks.append("".join(draw(SAID) if piece.kind == "printed" else piece.text for piece in one.pieces))
    wild = [draw(WILD)] if draw(st.integers(0, 3)) == 0 else []
    return "\n\n".join([f"# {draw(SAID)}", *blocks, *wild, draw(SAID)]) + "\n"


@st.composite
def projects(draw: st.DrawFn) -> Files:
    """What other files a project has than the garden: the text of a page, and records with words of their own."""
    said = WILD if draw(st.integers(0, 5)) == 0 else SAID
    entry = {
        "id": "moth-trap",
        "kind": draw(st.sampled_from(["term", "event", "organisation"])),
        "headword": draw(said),
        "forms": draw(st.lists(said, max_size=2)),
        "gloss": draw(said),
        "see-also": draw(st.lists(st.sampled_from(["bates", "tobacco"]), max_size=2, unique=True)),
        "sources": ["naturalist"],
    }
    heading = {"id": "traps", "heading": draw(said), "see": ["bates"]}
    row = {"id": "trap", "when": draw(st.sampled_from(DAYS)), "event": draw(said), "sources": ["naturalist"]}
    return {
        "text/introduction.md": draw(pages()),
        "glossary.yaml": f"- {_quoted(entry)}\n",
        "index.yaml": f"- {_quoted(heading)}\n",
        "chronology.yaml": f"- {_quoted(row)}\n",
        "book.yaml": f"series: {{name: {_quoted(draw(said))}}}\n",
    }


def _quoted(value: object) -> str:
    """A value as YAML: JSON is that too, but for the halves of signs that it may write."""
    return json.dumps(value, ensure_ascii=False)


@contextmanager
def project_of(files: Files) -> Iterator[Project]:
    """The garden with other files: pages in the place of its own, records behind them."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(GARDEN / "book", root / "book")
        for name, text in files.items():
            path = root / "book" / name
            kept = path.read_text("utf-8") if name.endswith(".yaml") else ""
            path.write_bytes((kept + text).encode())
        yield Project.at(root, (GARDEN / "styles").resolve())


def outside_of_build(project: Project) -> dict[str, bytes]:
    files = (path for path in project.root.rglob("*") if path.is_file() and project.build not in path.parents)
    return {path.relative_to(project.root).as_posix(): path.read_bytes() for path in files}


def build(project: Project, only: pipeline.Only) -> Proved | None:
    """Build one kind of file, and write it; None if the book has errors."""
    try:
        proved = pipeline.make_and_prove(project, only, validate=False, asked=NOBODY, progress=pipeline.silent)
    except BookHasErrors:
        event("refused")
        return None
    pipeline.write(project.build, proved, pipeline.silent, {}, complete=False)
    event("built")
    return proved


@settings(max_examples=25 * MORE)
@given(projects())
def test_any_project_becomes_an_ebook_with_its_words_or_findings(files: Files) -> None:
    with project_of(files) as project:
        before = outside_of_build(project)
        proved = build(project, "epub")
        assert outside_of_build(project) == before
        assert project.build.exists() == bool(proved)
        if proved:
            verdict = prove_epub(proved.artifacts[0], proved.book, proved.made.rendering)
            assert (verdict.result, verdict.diagnostics) == ("passed", ())


@settings(max_examples=4 * MORE)
@given(projects())
def test_any_project_becomes_a_pdf_with_its_words_or_findings(files: Files) -> None:
    with project_of(files) as project:
        before = outside_of_build(project)
        proved = build(project, "screen")
        assert outside_of_build(project) == before
        if proved:
            verdict = prove_screen(proved.artifacts[0], proved.book)
            assert (verdict.result, verdict.diagnostics) == ("passed", ())
