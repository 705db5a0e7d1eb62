"""How findings are said to readers and to programs."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

import report_sample
from publish import saying
from publish.diagnostics import Diagnostic, Location, Report, catalogue
from publish.model import Verdict

ESSAY = "book/text/essay.md"
ERROR = Diagnostic("unknown-term", Location(ESSAY, 2, 5), "the glossary has no entry “x”", "did you mean “y”?")
WARNING = Diagnostic("dash-spacing", Location("book/text/a b, c.md", 1), "100 % of\nthem")
BARE = Diagnostic("source-unused", Location("book/bibliography.yaml"), "no glossary entry cites “a”")
REPORT = Report.of([ERROR, WARNING, BARE])


# ------------------------------------------------------------------------------------------------------- printed pages


def budget(wanted: int) -> list[str]:
    return saying.say_page_budget(report_sample.report().budget, wanted).splitlines()


def test_a_budget_that_holds_is_one_line() -> None:
    assert budget(13) == ["page budget: 13 pages (16 in print), as many as 13"]
    assert budget(20) == ["page budget: 13 pages (16 in print), 7 less than 20"]


def test_a_budget_that_does_not_hold_says_which_lines_have_to_go_and_where_they_are_cheap() -> None:
    head, first, second, blank, paragraphs, *others = budget(10)
    assert head == "page budget: 13 pages (16 in print), 3 more than 10: 56 lines have to go"
    assert [first, second] == [f"    {one}" for one in report_sample.report().budget.savings]
    assert blank == "blank pages: 2"
    assert paragraphs == "paragraphs that could give a line, the cheapest first:"
    assert [one.split(": ")[0] for one in others] == [f"    {ESSAY}:{at}:2" for at in (16, 14, 15)]
    assert len(budget(11)) == len(budget(10)) - 1


def test_a_budget_out_of_reach_says_how_far_it_would_go() -> None:
    head, *others = budget(4)
    assert head == "page budget: 13 pages (16 in print), 9 more than 4, and shorter texts save 4 at most"
    assert others == budget(9)[1:]


def test_a_long_list_of_savings_is_cut() -> None:
    saving = report_sample.report().budget.savings[0]
    many = replace(report_sample.report().budget, pages=60, savings=(saving,) * 20, blank=(), shortenings=())
    said = saying.say_page_budget(many, 24).splitlines()
    assert said[0] == "page budget: 60 pages, 36 more than 24: 54 lines have to go"
    assert said[-1] == "    … and 6 more like these"
    assert len(said) == 14


def test_a_page_report_without_findings_says_so() -> None:
    clean = replace(report_sample.report(), findings=())
    assert (
        saying.say_page(clean, ["build/a-page-report.html"])
        == "page report: nothing to mend: build/a-page-report.html\n"
    )


# ------------------------------------------------------------------------------------------------------------------- text


def said(line: str, column: int) -> list[str]:
    one = Diagnostic("unknown-term", Location(ESSAY, 1, column), "message")
    return saying.say_text(Report.of([one]), {ESSAY: f"{line}\nnext"}).splitlines()[1:]


def test_a_finding_is_said_with_its_line_a_caret_and_a_hint() -> None:
    assert saying.say_text(Report.of([ERROR]), {ESSAY: "One\r\nthe [Buro]{term=x}\r\n"}) == (
        "book/text/essay.md:2:5: error[unknown-term]: the glossary has no entry “x”\n"
        "    the [Buro]{term=x}\n"
        "        ^\n"
        "    hint: did you mean “y”?\n"
    )


def test_a_finding_without_a_column_has_no_caret_and_one_without_a_line_no_line() -> None:
    assert said("words", 0) == ["    words"]
    assert saying.say_text(Report.of([BARE]), {"book/bibliography.yaml": "- id: a"}).count("\n") == 1


def test_a_line_that_is_not_there_is_not_shown() -> None:
    one = Diagnostic("unknown-term", Location(ESSAY, 9, 1), "message")
    assert saying.say_text(Report.of([one]), {ESSAY: "one line"}).count("\n") == 1


def test_a_long_line_is_cut_around_the_place() -> None:
    line = "".join(f"{number:04} " for number in range(400))
    excerpt, caret = said(line, 1001)
    assert excerpt[caret.index("^") :].startswith("0200")
    assert excerpt.startswith("    …")
    assert excerpt.endswith("…")
    assert len(excerpt) < 110


@pytest.mark.parametrize(
    ("line", "column", "before"), [("日本x", 3, 4), ("e\u0301x", 3, 1), ("\tx", 2, 1), ("x", 9, 1)]
)
def test_the_caret_stands_under_its_letter(line: str, column: int, before: int) -> None:
    assert said(line, column)[1] == " " * (4 + before) + "^"


@given(st.text(), st.integers(0, 50))
def test_nothing_that_is_said_can_steer_the_terminal(line: str, column: int) -> None:
    shown = "".join(said(line, column))
    assert not any(ord(char) < 32 or char in "\x7f\x9b\u202e\u2066" for char in shown)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], "no errors"),
        ([WARNING], "no errors, 1 warning"),
        ([ERROR, WARNING, BARE], "1 error, 2 warnings"),
    ],
)
def test_the_summary_counts(found: list[Diagnostic], expected: str) -> None:
    assert saying.summary(Report.of(found)) == expected


def test_a_judge_is_said_with_what_he_judged() -> None:
    verdicts = [
        Verdict("EPUBCheck", "5.3.0", "EPUB 3.3", "a.epub", "passed"),
        Verdict("Ace", "", "EPUB Accessibility 1.1", "a.epub", "not run", "not installed"),
    ]
    assert saying.say_verdicts(verdicts) == "passed: a.epub: EPUBCheck 5.3.0\nnot run: a.epub: Ace (not installed)\n"


# ----------------------------------------------------------------------------------------------------------- for programs


def test_json_tells_everything() -> None:
    told = json.loads(
        saying.say_json(REPORT, ["build/a.epub"], [Verdict("EPUBCheck", "5", "EPUB", "a.epub", "passed")])
    )
    assert (told["errors"], told["warnings"], told["notes"]) == (1, 2, 0)
    assert told["diagnostics"][-1] == {
        "rule": "unknown-term",
        "severity": "error",
        "file": ESSAY,
        "line": 2,
        "column": 5,
        "message": ERROR.message,
        "hint": ERROR.hint,
    }
    assert told["files"] == ["build/a.epub"]
    assert told["verdicts"][0]["result"] == "passed"


def test_sarif_has_what_the_standard_and_github_ask_for() -> None:
    """SARIF 2.1.0, sections 3.13, 3.14, 3.18, 3.19, 3.27, 3.28, 3.30, 3.49; GitHub, "SARIF support for code scanning"."""
    log = json.loads(saying.say_sarif(REPORT))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "publish"
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in driver["rules"])
    assert all(rule["defaultConfiguration"]["level"] in {"error", "warning", "note"} for rule in driver["rules"])
    assert run["columnKind"] == "unicodeCodePoints"
    assert len(run["results"]) == len(REPORT)
    for result, one in zip(run["results"], REPORT, strict=True):
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == one.rule
        assert result["level"] == one.severity
        assert one.message in result["message"]["text"]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        uri = place["artifactLocation"]["uri"]
        assert not uri.startswith("/")
        assert " " not in uri
        assert unquote(uri) == one.location.file
        region = place.get("region", {})
        assert region.get("startLine", 0) == one.location.line
        assert region.get("startColumn", 0) == one.location.column


def test_sarif_of_nothing_is_a_run_without_results() -> None:
    assert json.loads(saying.say_sarif(Report()))["runs"][0]["results"] == []


def test_github_annotations_are_escaped() -> None:
    assert saying.say_github(REPORT).splitlines() == [
        "::warning file=book/bibliography.yaml,title=source-unused::no glossary entry cites “a”",
        "::warning file=book/text/a b%2C c.md,line=1,title=dash-spacing::100 %25 of%0Athem",
        (
            "::error file=book/text/essay.md,line=2,col=5,title=unknown-term::"
            "the glossary has no entry “x”%0Ahint: did you mean “y”?"
        ),
    ]


# -------------------------------------------------------------------------------------------------------------- the rules


@pytest.mark.parametrize("slug", catalogue())
def test_a_rule_is_explained(slug: str) -> None:
    rule = catalogue()[slug]
    assert rule.severity in {"error", "warning", "note"}
    assert rule.summary.endswith(".")
    assert len(rule.explanation.strip()) > len("too short to help")
    assert slug in saying.say_rule(rule)


def test_the_page_of_rules_is_that_of_the_catalogue() -> None:
    page = Path(__file__).parents[1] / "docs" / "rules.md"
    assert page.read_text(encoding="utf-8") == saying.rules_markdown(), (
        "run: publish explain --all --format markdown > docs/rules.md"
    )
