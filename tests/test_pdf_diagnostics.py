"""What is wrong with styles and pages is told where it stands, each thing once."""

from __future__ import annotations

import logging
import tomllib
from dataclasses import replace
from importlib import resources
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest

import print_sample as sample
from publish.diagnostics import NOWHERE, Diagnostic, Location
from publish.errors import BookHasErrors
from publish.make import pdf_checks, pdf_messages
from publish.make.pdf import Typesetter
from publish.model import Asset

HERE = Location("book/text/essay.md", 7, 1)
PRINT = sample.styles()["print.css"].data.decode()
BASE = sample.styles()["base.css"].data.decode()


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return Typesetter(sample.book())


def found(typesetter: Typesetter, *blocks: str) -> list[tuple[str, Location, str, str]]:
    rendering = sample.rendering(sample.section("one", *blocks), locations={"p": HERE, "note-1": HERE})
    return [told(one) for one in typesetter.lay_out(rendering, sample.COVER).diagnostics]


def told(one: Diagnostic) -> tuple[str, Location, str, str]:
    return one.rule, one.location, one.message, one.hint


def styled(extra: str, name: str = "print.css") -> Typesetter:
    return Typesetter(sample.book({name: sample.styles()[name].data.decode() + extra}))


# --------------------------------------------------------------------------------------------------------------- styles


@pytest.mark.parametrize("name", ["print.css", "base.css"])
@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ("p { colour: red }", "`colour: red` is ignored: unknown property"),
        ("p { margin: blue }", "`margin: blue` is ignored: invalid value"),
        ("p:: { margin: 0 }", "the rule is ignored: `p::` is no selector"),
        ("@page :recto { margin: 0 }", "Unsupported @page selector"),
        ("@unknown { }", "Unknown rule"),
    ],
)
def test_what_is_ignored_is_told_at_its_line(name: str, extra: str, message: str) -> None:
    text = sample.styles()[name].data.decode()
    ((rule, location, said, _),) = found(styled(extra, name), "<p>Words</p>")[:1]
    assert (rule, location.file, location.line) == ("css-ignored", f"styles/{name}", text.count("\n") + 1)
    assert location.column >= 1
    assert said.startswith(message)


def test_a_value_that_is_only_wrong_once_it_is_computed_is_told_at_its_line() -> None:
    ((rule, location, _, _),) = found(styled("\np { --wide: blue; margin-left: var(--wide) }\n"), "<p>Words</p>")
    assert (rule, location) == ("css-ignored", Location("styles/print.css", PRINT.count("\n") + 2, 32))


@pytest.mark.parametrize(
    "extra", ["p { margin: calc(1pt + ) }", "p { margin: var() }", "@color-profile --x { src: url(none.icc) }"]
)
def test_a_style_sheet_that_the_library_gives_up_on_is_told(extra: str) -> None:
    told = found(styled(extra), "<p>Words</p>")
    assert ("stylesheet-broken", Location("styles/print.css")) in {one[:2] for one in told}


def test_a_style_sheet_that_is_missing_is_told() -> None:
    book = sample.book()
    bare = replace(book, styles={name: asset for name, asset in book.styles.items() if name != "base.css"})
    assert ("stylesheet-missing", Location("styles/base.css")) in {
        one[:2] for one in found(Typesetter(bare), "<p>Words</p>")
    }


def test_a_font_that_is_not_there_is_told_with_those_that_are() -> None:
    ((rule, location, message, hint),) = found(styled("p { font-family: Garamond }"), "<p>Words</p>")
    assert (rule, location) == ("font-missing", NOWHERE)
    assert message == "`Words` is set in Garamond, and styles/fonts has no such font"
    assert hint == (
        "there are: Atkinson Hyperlegible Next, Atkinson Hyperlegible Next italic, Atkinson Hyperlegible Next of weight 700, "
        "EB Garamond, EB Garamond italic, League Gothic"
    )


def test_bold_is_not_made_of_regular() -> None:
    ((rule, _, message, _),) = found(styled("p { font-weight: bold }"), "<p>Words</p>")
    assert rule == "font-missing"
    assert "EB Garamond of weight 700" in message


def test_a_font_face_that_cannot_be_loaded_is_told() -> None:
    rules = [
        one[0] for one in found(styled('@font-face { font-family: "X"; src: url(fonts/none.ttf) }'), "<p>Words</p>")
    ]
    assert rules == ["font-missing"]


def test_a_style_reaches_files_of_the_styles_and_no_others() -> None:
    for address in ("https://example.org/a.png", "/etc/passwd", "../book/a.png", "none.png"):
        ((rule, _, message, _),) = found(styled(f"p {{ background: url({address}) }}"), "<p>Words</p>")
        assert rule == "image-broken"
        assert "cannot be shown" in message


# ---------------------------------------------------------------------------------------------------------------- pages


def test_a_letter_that_no_font_has_is_told_at_its_paragraph(typesetter: Typesetter) -> None:
    ((rule, location, message, _),) = found(typesetter, '<p id="p">Words <em>and 漢</em></p>')
    assert (rule, location, message) == ("glyph-missing", HERE, "EB Garamond italic has no character 漢 (U+6F22)")


def test_a_letter_that_only_generated_words_have_is_told_when_it_is_painted() -> None:
    layout = styled('p::before { content: "漢" }').lay_out(
        sample.rendering(sample.section("one", "<p>Words</p>")), sample.COVER
    )
    with pytest.raises(BookHasErrors) as caught:
        layout.screen_pdf()
    assert [one.rule for one in caught.value.report] == ["glyph-missing"]


def test_a_dead_link_is_told_with_what_was_meant(typesetter: Typesetter) -> None:
    ((rule, location, message, hint),) = found(typesetter, '<p id="p">See <a href="#one-titel">there</a></p>')
    assert (rule, location) == ("link-dead", HERE)
    assert (message, hint) == ("the link to #one-titel leads nowhere", "did you mean #one-title?")


def test_a_page_number_of_a_dead_link_is_told_at_the_link() -> None:
    told = found(
        styled("a::after { content: target-counter(attr(href), page) }"), '<p id="p"><a href="#none">there</a></p>'
    )
    assert {(rule, location) for rule, location, _, _ in told} == {("link-dead", HERE)}


def test_a_link_to_a_file_is_told(typesetter: Typesetter) -> None:
    ((rule, location, message, _),) = found(typesetter, '<p id="p"><a href="plan.html">plan</a></p>')
    assert (rule, location, message) == ("link-dead", HERE, "the link to plan.html leads to a file")


def test_a_picture_that_is_broken_or_not_there_is_told(typesetter: Typesetter) -> None:
    ((rule, location, message, _),) = found(typesetter, '<p id="p"><img src="images/none.png" alt="none"></p>')
    assert (rule, location, message) == ("image-broken", HERE, "the picture images/none.png cannot be shown")
    image = Asset("images/plan.png", b"no picture", "image/png", Location("book/images/plan.png"))
    broken = Typesetter(replace(sample.book(), images=(image,)))
    ((rule, location, _, _),) = found(broken, '<p id="p"><img src="images/plan.png" alt="plan"></p>')
    assert (rule, location) == ("image-broken", HERE)


def test_a_picture_without_words_is_told(typesetter: Typesetter) -> None:
    ((rule, location, _, _),) = found(typesetter, '<p id="p"><img src="cover.svg"></p>')
    assert (rule, location) == ("figure-untold", HERE)


def test_a_line_that_runs_out_of_the_frame_is_told(typesetter: Typesetter) -> None:
    ((rule, location, _, _),) = found(typesetter, f'<p id="p">Words {"a" * 120} and words</p>')
    assert (rule, location) == ("line-overfull", HERE)


def test_words_that_are_driven_apart_are_told(typesetter: Typesetter) -> None:
    ((rule, location, message, _),) = found(typesetter, f'<p id="p">Two words {"a" * 62} and words</p>')
    assert (rule, location) == ("line-loose", HERE)
    assert "`Two words`" in message


def test_an_id_that_is_there_twice_is_told(typesetter: Typesetter) -> None:
    ((rule, location, message, _),) = found(typesetter, '<p id="p">One</p><p id="p">Two</p>')
    assert (rule, location, message) == ("anchor-twice", HERE, "the id p is there twice")


@pytest.mark.parametrize(("stands", "expected"), [(1, []), (2, ["note-late"]), (3, ["note-lost"]), (0, ["note-lost"])])
def test_a_note_that_is_late_or_lost_is_told_at_its_source(
    monkeypatch: pytest.MonkeyPatch, stands: int, expected: list[str]
) -> None:
    note = ET.Element("span", {"class": "note", "id": "note-1"})
    monkeypatch.setattr(pdf_checks, "note_calls", lambda page: [note] if page == 1 else [])
    monkeypatch.setattr(
        pdf_checks, "note_boxes", lambda page: [SimpleNamespace(element=note)] if page == stands else []
    )
    said = list(pdf_checks.check_notes([1, 2, 3], pdf_checks.Origins({}, {"note-1": HERE})))
    assert [(one.rule, one.location) for one in said] == [(rule, HERE) for rule in expected]


# ------------------------------------------------------------------------------------------------------------- messages


def test_what_is_not_known_is_told_as_it_is() -> None:
    with pdf_messages.listening() as heard:
        logging.getLogger("weasyprint").warning("Something %s", "new")
        logging.getLogger("fontTools.subset").error("another thing")
        logging.getLogger("weasyprint.progress").info("Step 1")
    told = list(pdf_messages.of_layout(heard, sample.styles(), lambda _attribute, _value: None))
    assert [(one.rule, one.message) for one in told] == [
        ("layout-message", "Something new"),
        ("layout-message", "another thing"),
    ]


def test_every_rule_that_is_told_is_in_the_catalogue() -> None:
    rules = tomllib.loads((resources.files("publish") / "rules" / "make.toml").read_text(encoding="utf-8"))
    said = {message.rule for message in pdf_messages.MESSAGES}
    assert said | {"css-ignored", "stylesheet-missing", "note-lost", "note-late", "layout-message"} <= set(rules)
