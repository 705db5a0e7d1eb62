"""The evidence of a file as one HTML file that needs no other, for a librarian or a press: it tells what the JSON tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from publish.model import Kind
from publish.model.page import counted
from publish.release.evidence import Edited, Evidence, Finding, Judged, People, Posed
from publish.webpage import result_of, section, web_page, words_table

KINDS: Mapping[Kind, str] = {
    "epub": "the e-book (EPUB)",
    "screen": "the PDF for reading on a screen",
    "print": "the PDF for a printer, single pages",
    "booklet": "the PDF for printing a booklet at the office",
    "wrap": "the PDF of the cover for a printer",
    "locators": "the list of places in print (JSON)",
    "onix": "the record of the e-book for the trade (ONIX)",
    "jsonld": "the record of the book for the web (JSON-LD)",
}
NO_JUDGE = "<p>There is no judge of files of this kind.</p>"
NO_QUESTIONS = "<p>No questions for people are known here about files of this kind.</p>"
NOT_ALONE = "No machine can tell these. What a judge has passed is only what a machine can judge."


def evidence_html(evidence: Evidence) -> str:
    """The evidence as a page, for a browser of any width, in light and in dark."""
    parts = (
        _head(evidence),
        section("file", "The file", _file(evidence)),
        section("judges", "What the judges said", *_judges(evidence)),
        section("people", "What only people can say", *_people(evidence.people)),
        section("text", "The text", *_text(evidence)),
        section("allowed", "What the book allows", *_allowed(evidence)),
        section("tools", "What it was made with", *_tools(evidence)),
        section("source", "What it was made from", *_source(evidence)),
    )
    return web_page(f"Evidence: {evidence.file.name}", *parts)


def _code(text: str) -> str:
    return f"<code>{escape(text)}</code>"


# ------------------------------------------------------------------------------------------------------------ what it is


def _head(evidence: Evidence) -> str:
    title = f'<cite lang="{escape(evidence.work.language)}">{escape(evidence.work.title)}</cite>'
    said = " ".join(_summary(evidence))
    return (
        f"<h1>Evidence</h1>\n<p>{_code(evidence.file.name)} is {KINDS[evidence.file.kind]} of {title}, "
        f"version {escape(evidence.work.version)}. {said}</p>"
    )


def _summary(evidence: Evidence) -> Iterator[str]:
    """What there is to know, in a sentence or two."""
    said = {result: [one.judge for one in evidence.judges if one.result == result] for result in ("passed", "failed")}
    if said["failed"]:
        yield f'<strong class="missed">Failed by {escape(", ".join(said["failed"]))}.</strong>'
    if said["passed"]:
        yield f"Passed by {escape(', '.join(dict.fromkeys(said['passed'])))}."
    if left := [one.judge for one in evidence.judges if one.result == "not run"]:
        yield f"Not run: {escape(', '.join(left))}."
    if not evidence.judges:
        yield "It was not judged."
    if evidence.people:
        yield _answered(evidence.people)


def _answered(people: People) -> str:
    """How many of the questions for people have been answered, and how."""
    answers = [one.answer for one in people.questions if one.is_answered]
    asked = counted(len(people.questions), "question")
    if not answers:
        return f"Nobody has answered the {asked} that only people can."
    no = f", {answers.count('no')} of them with no" if "no" in answers else ", all of them with yes"
    return f"People have answered {len(answers)} of {asked} that only they can{no}."


def _file(evidence: Evidence) -> str:
    file, work = evidence.file, evidence.work
    facts = {
        "Name": _code(file.name),
        "Kind": file.kind,
        **({"Edition": escape(file.edition)} if file.edition else {}),
        "Media type": _code(file.format),
        "Size": f"{file.size:,} bytes",
        "SHA-256": _code(file.sha256),
        "Title": f'<span lang="{escape(work.language)}">{escape(work.title)}</span>',
        "Language": escape(work.language),
        "Version": escape(work.version),
        "Identifier": _code(work.identifier),
        "Last change of the edition": escape(work.modified),
    }
    return words_table("file", ("Fact", "Value"), facts.items())


# ---------------------------------------------------------------------------------------------------------------- judges


def _judges(evidence: Evidence) -> Iterator[str]:
    if not evidence.judges:
        yield NO_JUDGE
        return
    rows = [(escape(f"{one.judge} {one.version}".strip()), *_said(one)) for one in evidence.judges]
    yield words_table("judges", ("Judge", "Rules", "Result", "Detail"), rows)
    found = [_finding(one, finding) for one in evidence.judges for finding in one.findings]
    yield _listed("Findings", found) if found else "<p>There are no findings.</p>"
    if aside := [_aside(one, said, why) for one in evidence.judges for said, why in one.aside.items()]:
        yield _listed("What they also said, and why it is left as it is", aside)


def _said(one: Judged) -> tuple[str, str, str]:
    return escape(one.rules), result_of(one.result), escape(one.detail)


def _listed(title: str, items: Iterable[str]) -> str:
    return f"<h3>{title}</h3>\n<ul>\n" + "".join(f"<li>{one}</li>\n" for one in items) + "</ul>"


def _aside(one: Judged, said: str, why: str) -> str:
    return f"{escape(one.judge)}: {escape(said)}: {escape(why)}."


def _finding(one: Judged, finding: Finding) -> str:
    allowed = f" Allowed: {escape(finding.allowed)}" if finding.allowed else ""
    return (
        f"{escape(one.judge)}: {finding.severity}, {escape(finding.message)} ({_code(finding.rule)}, at "
        f"{_code(finding.place)}).{allowed}"
    )


# ---------------------------------------------------------------------------------------------------------------- people


def _people(people: People | None) -> Iterator[str]:
    if people is None:
        yield NO_QUESTIONS
        return
    form = f"The answers stand in {_code(people.form)}." if people.form else "No form asks for the answers yet."
    yield f"<p>{NOT_ALONE} {form}</p>"
    rows = [(escape(one.words), escape(", ".join(one.criteria)), *_answer(one)) for one in people.questions]
    yield words_table("people", ("Question", escape(people.standard), "Answer", "By whom, when", "Remark"), rows)
    yield f"<p>{_certifier(people)}</p>"


def _answer(one: Posed) -> tuple[str, str, str]:
    if one.answer == "open":
        return "nobody has answered", "", escape(one.remark)
    old = " (of an earlier state of the edition: counts as open)" if one.outdated else ""
    return f"{one.answer}{old}", escape(f"{one.by}, {one.date}"), escape(one.remark)


def _certifier(people: People) -> str:
    if not people.certifier:
        return "Nobody answers for the whole."
    credential = f" ({escape(people.credential)})" if people.credential else ""
    report = (
        f' The whole report: <a href="{escape(people.report)}">{escape(people.report)}</a>.' if people.report else ""
    )
    return f"{escape(people.certifier)}{credential} answers for the whole.{report}"


# ------------------------------------------------------------------------------------------------- text, tools and source


def _text(evidence: Evidence) -> Iterator[str]:
    yield "<p>How much there is of the book, as it was read from its source.</p>"
    yield words_table("text", ("Of the book", "Count"), [(name, f"{one:,}") for name, one in evidence.counts.items()])
    for edited in evidence.edited:
        yield f"<p>{_edited(edited)}</p>"


def _edited(edited: Edited) -> str:
    total = sum(edited.emendations.values())
    kinds = ", ".join(f"{kind} {number}" for kind, number in edited.emendations.items())
    made = f"{counted(total, 'emendation')} ({kinds})" if total else "no emendations"
    return (
        f"{_code(edited.page)} has {edited.words:,} words and {made}. With its emendations rejected it is "
        f"{_code(edited.witness)}, word for word and paragraph for paragraph; only white space and the shape of quotation "
        "marks were not compared."
    )


def _allowed(evidence: Evidence) -> Iterator[str]:
    if not evidence.allowed:
        yield "<p>Nothing: no rule is silenced.</p>"
        return
    yield "<p>Rules that are silenced in a file of the source, each with the editors’ reason.</p>"
    rows = [(_code(one.rule), _code(one.file or "(source not found)"), escape(one.reason)) for one in evidence.allowed]
    yield words_table("allowed", ("Rule", "File", "Reason"), rows)


def _tools(evidence: Evidence) -> Iterator[str]:
    programs = [(escape(name), escape(version)) for name, version in evidence.programs.items()]
    yield words_table("tools", ("Program", "Version"), programs)
    if evidence.fonts:
        fonts = [(escape(name), escape(version)) for name, version in evidence.fonts.items()]
        yield words_table("tools", ("Font of the styles", "Version"), fonts)


def _source(evidence: Evidence) -> Iterator[str]:
    yield "<p>Every file of the source that was read, as it lies there.</p>"
    yield words_table(
        "source", ("File", "SHA-256"), [(_code(name), _code(one)) for name, one in evidence.source.items()]
    )
