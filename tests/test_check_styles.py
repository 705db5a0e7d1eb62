"""The style sheets of the e-book: contrast in both themes, and what they leave to readers. The cases have an example of each rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebook_sample import garden, with_styles
from publish.check.contrast import contrast, low_contrast
from publish.check.reader_choices import absolute_length, reader_choice
from publish.check.stylesheets import Colour

LIGHT = st.floats(0, 1)
COLOURS = st.builds(Colour, st.tuples(LIGHT, LIGHT, LIGHT), LIGHT, st.just(""))
BLACK, WHITE = Colour((0.0, 0.0, 0.0), 1.0, ""), Colour((1.0, 1.0, 1.0), 1.0, "")


def grey(level: int) -> Colour:
    return Colour((level / 255, level / 255, level / 255), 1.0, "")


def told(css: str) -> list[str]:
    book = with_styles(garden(), {"base.css": b"", "epub.css": css.encode()})
    return [f"{one.rule}:{one.location.line}" for rule in RULES for one in rule(book)]


RULES = (low_contrast, reader_choice, absolute_length)


@pytest.mark.parametrize(
    ("ink", "ground", "ratio"),
    [(BLACK, WHITE, 21.0), (WHITE, WHITE, 1.0), (grey(0x76), WHITE, 4.54), (grey(0x77), WHITE, 4.48)],
)
def test_the_ratio_is_that_of_wcag(ink: Colour, ground: Colour, ratio: float) -> None:
    """The greys on both sides of 4.5:1 are those that WebAIM and axe-core tell."""
    assert contrast(ink, ground) == pytest.approx(ratio, abs=0.005)


@given(COLOURS, COLOURS, COLOURS)
def test_a_ratio_lies_between_one_and_twenty_one(ink: Colour, ground: Colour, paper: Colour) -> None:
    assert 1 <= contrast(ink, ground, paper) <= 21.0001


@given(COLOURS, COLOURS)
def test_an_ink_that_lets_everything_through_is_not_seen(ink: Colour, ground: Colour) -> None:
    assert contrast(Colour(ink.rgb, 0.0, ""), ground) == pytest.approx(1)


@pytest.mark.parametrize(
    "css",
    [
        "p { color: inherit; border: 0.1em solid; text-decoration: underline dotted }",
        "h1 { background: #fff; color: #000 }",
        "h1 { color: currentColor; fill: currentcolor; background: transparent }",
        "h1 { color: #767676 }",  # 4.5 on white, and on black
        "h1 { color: #ffffff } h1 { color: inherit }",
        "h1 { color: #a2191f } @media (prefers-color-scheme: dark) { h1 { color: #ff9d9d } }",
        "h1 { font-size: 1.5em; color: #949494 }",  # 3 on white
        "@media print { h1 { border-color: none } }",
        ".note { font-size: 0.9em; width: 50%; height: 2rem; max-width: 90vw }",
    ],
)
def test_styles_that_are_in_order(css: str) -> None:
    assert told(css) == []


@pytest.mark.parametrize(
    ("css", "rule"),
    [
        ("h1 { color: #949494 }", "low-contrast"),
        ("h1 { color: #000 }", "low-contrast"),  # black on the black of a dark theme
        ("h1 { background: #fff }", "low-contrast"),  # white letters of a dark theme
        ("@supports (color: red) { h1 { color: hsl(0 0% 10%) } }", "low-contrast"),
        ("@media (prefers-color-scheme: dark) { h1 { color: #333 } }", "low-contrast"),
        ("svg path { fill: #000 }", "low-contrast"),
        ("h1 { color: rgb(0 0 0 / 20%); background: #fff }", "low-contrast"),
        ("*{ color: inherit; line-height: 1.2 }", "reader-choice"),
        ("html, h1 { font-size: 110% }", "reader-choice"),
        ("body > section p:not(.x) { text-align: left }", "reader-choice"),
        ("h1 { margin: 0 !important }", "reader-choice"),
        ("h1 { margin: 1IN }", "absolute-length"),
        ("@media (min-width: 40em) { h1 { padding: max(1em, 12px) } }", "absolute-length"),
    ],
)
def test_styles_that_are_not(css: str, rule: str) -> None:
    assert set(told(css)) == {f"{rule}:1"}


def test_what_is_set_in_the_one_theme_is_not_measured_in_the_other() -> None:
    css = "@media (prefers-color-scheme: dark) { h1 { color: #fff } }\n@media (prefers-color-scheme: light) { h1 { color: #111 } }"
    assert told(css) == []


def test_a_colour_is_measured_on_every_ground_of_the_book() -> None:
    css = "h1 { color: #767676 }\n.plate { background: #cccccc; color: #000000 }"
    assert told(css) == ["low-contrast:1", "low-contrast:1"]  # in both themes
