"""The command line: what it prints where, and its exit status."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import report_sample
from publish import cli, errors, existing, pipeline, saying
from publish.arguments import FORMATS, STATUSES
from publish.diagnostics import Diagnostic, Location, Report, catalogue
from publish.model import NOBODY, Asked, Project, Verdict
from publish.model.work import Outcome
from publish.release.evidence_files import evidence_schema

ROOT = Path(__file__).parents[1]
GARDEN = ROOT / "tests" / "books" / "garden"
PUBLISH = [sys.executable, "-c", "import sys; from publish.cli import main; sys.exit(main())"]
SLOW = {"weasyprint", "ebooklib", "pikepdf", "PIL", "uharfbuzz", "pypdfium2", "jinja2", "page"}

ERROR = Diagnostic("unknown-term", Location("book/text/essay.md", 1, 3), "the glossary has no entry “x”")
WARNING = Diagnostic("dash-spacing", Location("book/text/essay.md", 1, 1), "an em dash")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """The clean book with a reference that leads nowhere."""
    shutil.copytree(GARDEN, tmp_path / "garden")
    page = tmp_path / "garden" / "book" / "text" / "introduction.md"
    page.write_text(page.read_text(encoding="utf-8").replace("(#first-watch)", "(#frist-watch)"), encoding="utf-8")
    return tmp_path / "garden"


# --------------------------------------------------------------------------------------------------------- usage and help


@pytest.mark.parametrize("command", ["build", "check", "validate", "release", "verify", "schema", "explain"])
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main([command, "--help"])
    assert stopped.value.code == 0
    said = capsys.readouterr().out
    assert "examples:" in said
    assert f"  publish {command}" in said
    assert "exit status:" in said


def test_the_exit_statuses_are_those_of_the_errors_and_of_the_documentation() -> None:
    told = {int(number) for number in re.findall(r"^  (\d)  ", STATUSES, re.MULTILINE)}
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.PublishError)]
    assert told == {0} | {kind.exit_status for kind in kinds}
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| (\d+) \|", page, re.MULTILINE))
    assert documented == {str(one) for one in (*told, cli.INTERRUPTED, cli.PIPE_CLOSED, cli.TERMINATED)}


@pytest.mark.parametrize(
    "option",
    sorted({*re.findall(r'"(--[a-z-]+)"', Path(cli.__file__).with_name("arguments.py").read_text(encoding="utf-8"))}),
)
def test_every_option_is_documented(option: str) -> None:
    assert f"`{option}" in (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") or option == "--all"


@pytest.mark.parametrize(
    "arguments", [[], ["bild"], ["check", "--format", "xml"], ["build", "--only", "paper"], ["check", "--form", "json"]]
)
def test_wrong_usage_has_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(arguments)
    assert stopped.value.code == 2
    assert "usage: publish" in capsys.readouterr().err


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--version"])
    assert re.fullmatch(r"publish \d+\.\d+\.\d+\n", capsys.readouterr().out)


@pytest.mark.parametrize("command", ["build", "check", "validate", "release"])
def test_a_folder_without_a_book_is_one_clear_line(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([command, str(tmp_path)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("publish: there is no book here")
    assert said.err.count("\n") == 1


def test_a_folder_of_styles_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(GARDEN), "--styles", "nowhere"]) == 2
    assert capsys.readouterr().err == "publish: there is no folder nowhere\n"


# ------------------------------------------------------------------------------------------------------------------ check


def test_a_broken_book_is_told_line_by_line(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(broken)]) == 1
    said = capsys.readouterr()
    assert said.err == ""
    place, line, caret, hint, more, summary = said.out.splitlines()
    assert re.match(r"book/text/introduction\.md:4:\d+: error\[unknown-reference\]: ", place)
    assert line[caret.index("^") :].startswith("[the first watch](#frist-watch)")
    assert hint == "    hint: did you mean “first-watch”?"
    assert more == "    more: publish explain unknown-reference"
    assert summary == "1 error"


def test_the_formats_tell_the_same_finding(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = {}
    for form in saying.FORMATS:
        assert cli.main(["check", str(broken), "--format", form]) == 1
        said[form] = capsys.readouterr().out
    assert all("unknown-reference" in text for text in said.values())
    assert json.loads(said["json"])["errors"] == 1
    assert len(json.loads(said["sarif"])["runs"][0]["results"]) == 1
    assert said["github"].startswith("::error file=book/text/introduction.md,line=4,col=")


def test_quiet_prints_the_findings_alone(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(GARDEN), "--quiet"]) == 0
    assert capsys.readouterr().out == ""
    assert cli.main(["check", str(broken), "--quiet"]) == 1
    assert "1 error" not in capsys.readouterr().out


def test_a_check_imports_no_maker() -> None:
    """But Pillow, which looks at the pictures of a book that has some."""
    script = (
        f"import sys; from publish.cli import main; main(['check', {str(GARDEN)!r}]); "
        f"loaded = {SLOW - {'PIL'}!r} & set(sys.modules); assert not loaded, loaded"
    )
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)


# ----------------------------------------------------------------------------------------------- build, validate, release


def test_what_was_made_is_told_last(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    asked: list[object] = []

    def build(project: Project, only: str | None, **options: object) -> Outcome:
        asked.extend((project.build, only, options["validate"]))
        verdict = Verdict("EPUBCheck", "5.3.0", "EPUB 3.3", "a.epub", "passed")
        return Outcome((Path.cwd() / "build" / "a.epub",), (verdict,), Report.of([WARNING]))

    monkeypatch.setattr(pipeline, "build", build)
    assert cli.main(["build", str(GARDEN), "--only", "epub", "--no-validation", "--output", str(tmp_path)]) == 0
    assert asked == [tmp_path, "epub", False]
    assert capsys.readouterr().out.splitlines()[-3:] == [
        "passed: a.epub: EPUBCheck 5.3.0",
        str(Path("build", "a.epub")),
        "no errors, 1 warning",
    ]


def built(*_: object, **__: object) -> Outcome:
    """A stand-in for a build with a page report."""
    report = Path.cwd() / "build" / "a-page-report.html"
    return Outcome((report,), (), Report(), page=report_sample.report())


def test_the_page_report_is_a_line_and_the_budget_is_told_where_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pipeline, "build", built)
    file = str(Path("build", "a-page-report.html"))
    line = f"page report: 3 findings on 2 pages: {file}"
    assert cli.main(["build", str(GARDEN)]) == 0
    assert capsys.readouterr().out.splitlines() == [file, line, "no errors"]
    assert cli.main(["build", str(GARDEN), "--page-budget", "12"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[:3] == [file, line, "page budget: 13 pages (16 in print), 1 more than 12: 3 lines have to go"]
    assert said[-1] == "no errors"
    assert cli.main(["build", str(GARDEN), "--page-budget", "12", "--quiet"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("only", ["epub", "print", "booklet", "wrap"])
def test_a_page_budget_needs_the_pages(only: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["build", str(GARDEN), "--only", only, "--page-budget", "12"]) == 2
    assert "--page-budget" in capsys.readouterr().err


def test_errors_found_while_building_are_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def build(*_: object, **__: object) -> Outcome:
        raise errors.BookHasErrors(Report.of([ERROR, WARNING]))

    monkeypatch.setattr(pipeline, "build", build)
    assert cli.main(["build", str(GARDEN)]) == 1
    assert capsys.readouterr().out.endswith("1 error, 1 warning\n")


def test_a_failed_verdict_is_a_failure(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    verdict = Verdict("PDF/UA", "1", "ISO 14289-1", "a.pdf", "failed")
    monkeypatch.setattr(existing, "validate", lambda *_, **__: Outcome((), (verdict,), Report()))
    assert cli.main(["validate", str(GARDEN)]) == 1
    assert capsys.readouterr().out.startswith("failed: a.pdf: PDF/UA 1")


def test_files_to_judge_follow_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[tuple[Path, tuple[Path, ...]]] = []

    def validate(project: Project, files: tuple[Path, ...], **_: object) -> Outcome:
        asked.append((project.root, files))
        return Outcome((), (), Report())

    monkeypatch.setattr(existing, "validate", validate)
    for arguments in ([], [str(GARDEN)], [str(GARDEN), "a.epub"], ["a.epub", "b.pdf"]):
        cli.main(["validate", *arguments, "--output", str(tmp_path)])
    epub, pdf = Path("a.epub"), Path("b.pdf")
    assert asked == [(Path(), ()), (GARDEN, ()), (GARDEN, (epub,)), (Path(), (epub, pdf))]


def test_judges_and_shops_are_asked_by_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[object] = []

    def validate(_project: Project, _files: object, **options: object) -> Outcome:
        asked.append(options["asked"])
        return Outcome((), (), Report())

    monkeypatch.setattr(existing, "validate", validate)
    cli.main(["validate", "--output", str(tmp_path)])
    cli.main(["validate", "--for", "kobo", "--for", "all", "--nu", "nu", "--ace", "ace"])
    assert asked == [NOBODY, Asked(Path("ace"), Path("nu"), ("kobo", "all"))]


def test_a_shop_that_nobody_knows_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["validate", "--for", "moon"])
    assert stopped.value.code == 2
    assert "invalid choice: 'moon'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.ToolMissing("run: apt-get install libpango-1.0-0"), 3),
        (errors.ToolFailed("EPUBCheck said nothing"), 4),
        (errors.CannotWrite("build/ is read-only"), 5),
        (errors.ReleaseRefused(["a.epub: Ace: not run"]), 6),
    ],
)
def test_what_stops_the_machine_is_told_with_its_status(
    error: errors.PublishError, status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def release(*_: object, **__: object) -> Outcome:
        raise error

    monkeypatch.setattr(pipeline, "release", release)
    assert cli.main(["release", str(GARDEN)]) == status
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == f"publish: {error}\n"


def test_a_bug_is_not_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(pipeline, "check", check)
    with pytest.raises(ZeroDivisionError):
        cli.main(["check", str(GARDEN)])


def test_an_interruption_is_quiet(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def check(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "check", check)
    assert cli.main(["check", str(GARDEN)]) == cli.INTERRUPTED
    assert capsys.readouterr().err == "publish: interrupted\n"


def test_a_closed_pipe_is_no_error() -> None:
    with subprocess.Popen(
        [*PUBLISH, "explain", "--all"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait() == cli.PIPE_CLOSED


# --------------------------------------------------------------------------------------------------------------- terminal


def test_progress_is_shown_on_a_terminal_and_cleared() -> None:
    terminal, end = pty.openpty()
    subprocess.run([*PUBLISH, "check", str(GARDEN)], stdout=end, stderr=end, check=True)
    os.close(end)
    shown = os.read(terminal, 10_000).decode()
    os.close(terminal)
    assert re.findall(r"\x1b\[K(\w+) …", shown) == ["load", "check"]
    assert shown.endswith("\r\x1b[Kno errors\r\n")


def test_a_terminal_that_knows_few_signs_is_given_numbers(broken: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([*PUBLISH, "check", str(broken)], capture_output=True, env=environment, check=False)
    assert done.returncode == 1
    assert rb"\u201cfrist-watch\u201d" in done.stdout


# ----------------------------------------------------------------------------------------------------- explain and schema


def test_a_rule_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", "unknown-term"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("unknown-term (error, stage check)\n")
    assert "Right:" in said


def test_all_rules_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(catalogue())


def test_an_unknown_rule_is_guessed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", "unknown-trem"]) == 2
    assert capsys.readouterr().err == "publish: there is no rule “unknown-trem”; did you mean “unknown-term”?\n"


def test_the_schema_is_printed_whole_or_for_one_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["schema"]) == 0
    whole = json.loads(capsys.readouterr().out)
    assert cli.main(["schema", "book/glossary.yaml"]) == 0
    one = json.loads(capsys.readouterr().out)
    assert one.pop("$schema") == whole["$schema"]
    assert one == whole["$defs"]["glossary"]
    assert cli.main(["schema", "evidence"]) == 0
    assert json.loads(capsys.readouterr().out) == evidence_schema()
    assert cli.main(["schema", "glossry.yaml"]) == 2
    assert "book, glossary" in capsys.readouterr().err


def test_findings_can_be_told_in_every_form_that_there_is() -> None:
    assert tuple(saying.FORMATS) == FORMATS
