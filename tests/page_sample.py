"""A book whose pages are set badly on purpose, each text in its own way: really laid out, painted and measured, once for all tests."""

from __future__ import annotations

import dataclasses
import random
import re
import warnings
from functools import cache

import print_sample
from press import page
from publish.diagnostics import Location
from publish.make.pdf import Layout, Typesetter
from publish.model import Book, PageFinding
from publish.prove.page_measured import Measured, measure_pages
from publish.prove.page_report import find

# What is letterspaced is broken line by line, by the library itself: the machine plans none of it.
STYLE = """
.greedy p { letter-spacing: 0.001pt }
.narrow p { margin-right: 150pt }
.tight p { letter-spacing: 0.001pt; word-spacing: -0.08em }
.loose-ends p { orphans: 1; widows: 1 }
.stranded h2 { break-after: auto }
.shifted p:nth-of-type(10) { margin-top: 5pt }
.kept p:nth-of-type(8), .uneven p:nth-of-type(18) { break-inside: avoid }
"""
LONG = (
    "uncharacteristically", "misunderstandings", "considerations", "Constantinople", "responsibilities", "correspondence",
    "notwithstanding", "Petropavlovsk", "extraordinarily", "organisations", "the", "of", "and", "a", "in",
)  # fmt: skip
ROW = "moths come one by one to the white flowers"  # less than a line
HEADING = '<h2 id="stranded-moths">The moths</h2>'


def long_words(seed: int, count: int) -> str:
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    return " ".join(chance.choice(LONG) for _ in range(count))


def rows(count: int) -> list[str]:
    """So many lines, in paragraphs of three as far as they go."""
    return ["<br/>".join(f"{letter} {ROW} {letter}" for letter in "abc")] * (count // 3) + [ROW] * (count % 3)


# The texts by their ids: the classes of each, and its paragraphs. The first page of a text has 24 lines, the others have 33.
TEXTS: dict[str, tuple[str, list[str]]] = {
    "narrow": ("greedy narrow", [long_words(seed, 120) for seed in range(1, 9)]),
    "tight": ("tight", [print_sample.prose(3, 120)]),
    "ends": ("greedy", [f"{print_sample.prose(4, 40)} and<br/>so", f"{print_sample.prose(5, 40)} not<br/>it."]),
    "stack": ("greedy", [f"that {ROW} a<br/>that {ROW} b<br/>that {ROW} c<br/>which ends"]),
    "orphan": ("greedy loose-ends", [*rows(23), print_sample.prose(6, 60)]),
    "widow": ("greedy loose-ends", [*rows(22), *rows(3)]),
    "stranded": ("greedy stranded", [*rows(21), HEADING, *rows(12)]),
    "shifted": ("greedy shifted", rows(30)),
    "kept": ("greedy kept", [*rows(21), print_sample.prose(7, 90)]),
    "uneven": ("greedy uneven", [*rows(51), print_sample.prose(8, 125), *rows(60)]),
    "ending": ("greedy", rows(26)),
    "noted": (
        "greedy",
        [f"{row}{print_sample.note(n, print_sample.prose(n, 40))}" for n, row in enumerate(rows(18), 1)],
    ),
}


def source_of(name: str) -> str:
    """The text of a source file: a line for each paragraph, and a blank one after it."""
    return "\n\n".join(re.sub(r"<[^>]*>", " ", one) for one in TEXTS[name][1])


@cache
def book() -> Book:
    """The facts of the book, with the texts as chapters."""
    made = print_sample.book({"print.css": print_sample.styles()["print.css"].data.decode() + STYLE})
    sources = {f"book/text/{name}.md": source_of(name) for name in TEXTS}
    return dataclasses.replace(made, pages=tuple(page("chapter", name) for name in TEXTS), sources=sources)


def name_of(name: str, number: int) -> str:
    """The id of a block: of a paragraph, or of the heading."""
    return "stranded-moths" if TEXTS[name][1][number - 1] is HEADING else f"{name}-{number}"


def locations() -> dict[str, Location]:
    """Where the blocks begin in their files; each note stands in its paragraph."""
    places = {
        name_of(name, number): Location(f"book/text/{name}.md", 2 * number - 1, 1)
        for name, (_, blocks) in TEXTS.items()
        for number in range(1, len(blocks) + 1)
    }
    return places | {f"note-{number}": places[f"noted-{number}"] for number in range(1, len(TEXTS["noted"][1]) + 1)}


def section(name: str) -> str:
    classes, paragraphs = TEXTS[name]
    blocks = (
        one if one is HEADING else print_sample.paragraph(f"{name}-{number}", one)
        for number, one in enumerate(paragraphs, 1)
    )
    return print_sample.section(name, *blocks, role=f"chapter {classes}")


@cache
def layout() -> Layout:
    return Typesetter(book()).lay_out(print_sample.rendering(*map(section, TEXTS)), print_sample.COVER)


@cache
def measured() -> Measured:
    """The finished PDF, read glyph by glyph."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint 70 leaves the file of its colour profile open
        return measure_pages(layout().screen_pdf(), book(), layout().pagination, locations())


@cache
def findings() -> tuple[PageFinding, ...]:
    return find(measured())


def found_in(name: str) -> dict[str, list[PageFinding]]:
    """The findings of a text by their rules, without the family's name."""
    found: dict[str, list[PageFinding]] = {}
    for one in findings():
        if one.block.startswith(name) or (one.block.startswith("note-") and name == "noted"):
            found.setdefault(one.diagnostic.rule.removeprefix("page-"), []).append(one)
    return found
