"""What is more than a book may have of it (model/limits.py), told where it stands before anything is made of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from publish.diagnostics import Location
from publish.load.convert import Facts
from publish.load.files import Folder
from publish.load.formats import LIMIT
from publish.load.problems import Problems
from publish.load.yamlfile import Mapping, Node, Scalar
from publish.model import LIMITS, Limits

# Signs that come in pairs. To find the other of each, a parser goes to and fro: by the square of their number.
_MARK = re.compile(r"[\[\]\"'`<]")


def book_limits(facts: Facts, limits: Limits, problems: Problems) -> Limits:
    """The limits of the machine, lowered as book.yaml wants them."""
    wanted: dict[str, int] = {}
    asked = facts.record("limits")
    for name in asked.keys():  # noqa: SIM118 - no mapping
        number = asked.text(name)
        if name not in LIMITS or not re.fullmatch(LIMIT.pattern, number):
            continue  # told by the schema
        wanted[name] = int(number)
        if wanted[name] > getattr(limits, name):
            message = f"the limit of {name} is {getattr(limits, name)}, and a book can only lower it"
            hint = f"whoever runs the machine can raise it: --limit {name}={number}"
            problems.add("bad-value", asked.where(name), message, hint)
    return limits.lowered(wanted)


def is_crowded(folder: Folder) -> bool:
    """Whether a folder has more files than it may; that is reported."""
    most = folder.limits.files
    if next(islice(folder.walk(), most, None), None) is None:
        return False
    folder.problems.add("too-large", Location(folder.root.name), f"there are more than {most} files in the folder")
    return True


def has_many(facts: Facts, limits: Limits, problems: Problems) -> bool:
    """Whether book.yaml lists more pages or editions than it may; that is reported."""
    kinds = (("contents", "pages", limits.pages), ("editions", "editions", limits.editions))
    many = [(key, what, most) for key, what, most in kinds if len(facts.records(key)) > most]
    for key, what, most in many:
        problems.add(
            "too-large", facts.where(key), f"there are {len(facts.records(key))} {what}, and {most} at most are read"
        )
    return bool(many)


def is_large(node: Node, limits: Limits, problems: Problems) -> bool:
    """Whether something in a YAML file is more than it may be; that is reported."""
    found = [(one.location, message) for one in _nodes(node) if (message := _too_large(one, limits))]
    for location, message in found:
        problems.add("too-large", location, message)
    return bool(found)


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Scalar):
        return
    inner = (one for _, one in node.entries.values()) if isinstance(node, Mapping) else node.items
    for one in inner:
        yield from _nodes(one)


def _too_large(node: Node, limits: Limits) -> str:
    if isinstance(node, Scalar):
        return _too_long(node.text, limits, "the value")
    number = len(node.entries) if isinstance(node, Mapping) else len(node.items)
    return f"there are {number} records, and {limits.records} at most are read" if number > limits.records else ""


def _too_long(text: str, limits: Limits, what: str) -> str:
    if len(text) > limits.paragraph:
        return f"{what} has {len(text)} characters, and {limits.paragraph} at most are read"
    marks = len(_MARK.findall(text)) if len(text) > limits.marks else 0
    return (
        f"{what} has {marks} brackets and quotation marks, and {limits.marks} at most are read"
        if marks > limits.marks
        else ""
    )


def limit_rule(limits: Limits) -> Callable[[StateCore], None]:
    """A rule of markdown-it's core, before words are read: takes out what is too large, and notes it in `env["too-large"]`.

    Each note is a line, from 1, and what is wrong.
    """

    def take_out(state: StateCore) -> None:
        found: list[tuple[int, str]] = state.env.setdefault("too-large", [])
        for token in state.tokens:
            if token.type == "inline" and (message := _too_long(token.content, limits, "the paragraph")):
                found.append((_line(token), message))
                token.content = ""
        for begin, end in reversed(list(_tables(state.tokens))):
            cells = sum(one.type == "inline" for one in state.tokens[begin:end])
            if cells > limits.cells:
                message = f"the table has {cells} cells, and {limits.cells} at most are read"
                found.append((_line(state.tokens[begin]), message))
                del state.tokens[begin : end + 1]

    return take_out


def _tables(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    """Where the tables begin and end among the tokens."""
    begin = 0
    for number, token in enumerate(tokens):
        if token.type == "table_open":
            begin = number
        elif token.type == "table_close":
            yield begin, number


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0
