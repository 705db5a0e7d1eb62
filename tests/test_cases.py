"""Every rule has a folder here that breaks it and no other, or a finished file that does; every folder has a rule.

A case is laid over the clean book `books/garden`: its files replace or add to the book's, `NAME.delete` takes NAME away, `NAME.append`
goes on where NAME ends, and `NAME.edit` puts the words below its line of equals signs in the place of those above it. It is what
`publish check` is asked about, or, where it has a `command.txt`, what that says. `UPDATE_EXPECTED=1 pytest tests/test_cases.py` writes each
`expected.txt` anew; read the difference before you keep it.
"""

from __future__ import annotations

import os
import re
import shutil
import tomllib
from importlib import resources
from pathlib import Path

import pytest

from publish.cli import main
from publish.diagnostics import catalogue

TESTS = Path(__file__).parent
CASES = TESTS / "cases"
GARDEN = TESTS / "books" / "garden"
SLUGS = sorted(folder.name for folder in CASES.iterdir())
IN_CASES = {slug for slug, rule in catalogue().items() if rule.stage in {"load", "check"}}


def lay_over(case: Path, project: Path) -> None:
    """Copy the clean book to `project` and lay a case over it; styles are copied only where the case has some."""
    shutil.copytree(GARDEN / "book", project / "book")
    if (case / "styles").exists():
        shutil.copytree(GARDEN / "styles", project / "styles")
    for path in sorted(case.rglob("*")):
        if path.is_symlink() or path.is_file():
            lay(path, project / path.relative_to(case))


def lay(path: Path, target: Path) -> None:
    """Do to the target what a file of a case says."""
    named = target.with_suffix("")
    if path.suffix == ".delete":
        named.unlink()
    elif path.suffix == ".append":
        named.write_text(named.read_text(encoding="utf-8") + path.read_text(encoding="utf-8"), encoding="utf-8")
    elif path.suffix == ".edit":
        before, after = path.read_text(encoding="utf-8").split("=====\n")
        text = named.read_text(encoding="utf-8")
        assert before in text, f"{named} does not have “{before}”"
        named.write_text(text.replace(before, after), encoding="utf-8")
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        shutil.copy2(path, target, follow_symlinks=False)


def check(project: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What `publish check` prints."""
    return run(["check"], project, capsys)


def run(command: list[str], project: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What a command prints that finds something, or nothing."""
    styles = [] if (project / "styles").exists() else ["--styles", str(GARDEN / "styles")]
    status = main([*command, str(project), *styles])
    said = capsys.readouterr()
    assert not said.err
    assert status == (1 if ": error[" in said.out else 0)
    return said.out


@pytest.mark.parametrize("slug", SLUGS)
def test_case(slug: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = CASES / slug
    lay_over(case, tmp_path / "garden")
    command = (
        (case / "command.txt").read_text(encoding="utf-8").split() if (case / "command.txt").exists() else ["check"]
    )
    said = run(command, tmp_path / "garden", capsys)
    for sheet in (path.stem for path in (case / "styles").glob("*.append")):
        said = re.sub(rf"(styles/{sheet}):\d+", r"\1:LINE", said)  # what is appended moves with its file
    expected = case / "expected.txt"
    if os.environ.get("UPDATE_EXPECTED"):
        expected.write_text(said, encoding="utf-8")
    assert set(re.findall(r"^\S.*?: (?:error|warning|note)\[([\w-]+)\]: ", said, re.MULTILINE)) == {slug}
    assert said == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("book", ["garden", "brief"])
def test_a_clean_book_has_nothing_to_mend(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(TESTS / "books" / book, capsys) == "no errors\n"


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No folder of cases, for its files have 20 MB, all of them holes."""
    lay_over(CASES / "missing-file", tmp_path / "garden")
    for name in ("text/afterword.md", "copytext.txt"):
        with (tmp_path / "garden" / "book" / name).open("wb") as file:
            file.truncate(20_000_001)
    assert re.findall(r"error\[([\w-]+)\]", check(tmp_path / "garden", capsys)) == ["too-large"] * 2


@pytest.mark.parametrize(
    ("slug", "file"),
    [("paragraph-unfinished", "text/essay.md"), ("unlisted-file", "text/afterword.md")],
    ids=["check", "load"],
)
def test_a_warning_is_silenced_where_its_reason_is_known(
    slug: str, file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay_over(CASES / slug, tmp_path / "garden")
    allowance = f"- file: book/{file}\n  rule: {slug}\n  reason: So it is meant.\n"
    (tmp_path / "garden" / "book" / "allowed.yaml").write_text(allowance, encoding="utf-8")
    assert check(tmp_path / "garden", capsys) == "no errors\n"


def test_an_error_is_told_although_it_is_allowed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay_over(CASES / "witness-differs", tmp_path / "garden")
    allowance = "- file: book/text/essay.md\n  rule: witness-differs\n  reason: It is nearly the same.\n"
    (tmp_path / "garden" / "book" / "allowed.yaml").write_text(allowance, encoding="utf-8")
    said = check(tmp_path / "garden", capsys)
    assert "error[allowance-of-error]" in said
    assert "error[witness-differs]" in said


def test_every_rule_of_the_source_has_a_case_and_every_case_a_rule() -> None:
    """Rules of later stages that have none here are broken in finished files (test_later_rules.py)."""
    assert set(SLUGS) >= IN_CASES
    assert set(SLUGS) <= set(catalogue())


def test_the_catalogue_is_what_its_files_hold() -> None:
    written = {}
    for stage in ("load", "check", "render", "make", "prove", "release"):
        text = (resources.files("publish") / "rules" / f"{stage}.toml").read_text(encoding="utf-8")
        written |= {slug: {"stage": stage, "judge": ""} | facts for slug, facts in tomllib.loads(text).items()}
    keys = ("severity", "stage", "judge", "summary", "explanation")
    assert {slug: {key: getattr(rule, key) for key in keys} for slug, rule in catalogue().items()} == written
