"""The wrong and right examples in the explanations of the rules, as text that can be typed."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from publish.diagnostics import Rule

LABEL = re.compile(r"^(Wrong|Right)\b(.*?):( *)", re.MULTILINE)
BLOCK = re.compile(r".*\n*((?: {4}.*\n|\n)+)")


@dataclass(frozen=True)
class Example:
    """An example: whether it is a right one, what is said of it in its label, and its words."""

    is_right: bool
    said: str
    text: str


def examples(rule: Rule) -> Iterator[Example]:
    """The examples of a rule in their order.

    They stand two spaces behind their label and go on below at the same column, or in an indented block of their own.
    """
    labels = list(LABEL.finditer(rule.explanation))
    for label, end in zip(labels, [*(one.start() for one in labels[1:]), None], strict=bool(labels)):
        text = _text(rule.explanation[label.start(3) : end], len(label[0]))
        yield Example(label[1] == "Right", label[2].strip(" ,()"), text)


def _text(rest: str, column: int) -> str:
    first, *others = rest.split("\n")
    block = BLOCK.match(rest)
    if block and block[1].strip() and not first.startswith("  "):
        return textwrap.dedent(block[1]).strip("\n")
    goes_on = [line[column:] for line in takewhile(lambda line: line.startswith(" " * column) or not line, others)]
    return "\n".join((first, *goes_on)).strip()
