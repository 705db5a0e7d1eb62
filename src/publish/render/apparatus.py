"""The list of emendations: each with its place, what is read, what the witness has, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from publish.diagnostics import NOWHERE
from publish.model import Book, Emendation, Span
from publish.render.references import References, label, quoted, words
from publish.render.survey import emendations_of, reading_id
from publish.render.walk import Inlines, leaves, plain, words_of
from publish.render.xhtml import Element, Node, Nodes

# What of the words on each side of an emendation is quoted with it: the rest of its own word, or one word more.
_REST, _WORD = re.compile(r"\w*"), re.compile(r"\W*\w*")
_LETTER = re.compile(r"\w")
_END_MARKS = (".", "!", "?")


@dataclass(frozen=True, slots=True)
class Reading:
    """A line of the list."""

    id: str
    nodes: Nodes


def view_emendations(book: Book, references: References) -> Iterator[Reading]:
    """The emendations of the book, in its order."""
    for block, emendation in emendations_of(book):
        yield Reading(reading_id(emendation), tuple(_line(block, emendation, references)))


def _line(block: Inlines, emendation: Emendation, references: References) -> Iterator[Node]:
    place = references.exact(emendation.id)
    yield Element("a", quoted(place), ("place",), emendation.id)
    yield words(": ")
    said = list(_said(block, emendation, references))
    yield from said
    yield words(" " if _ends_sentence(said[-1]) else ". ")
    yield Span(emendation.reason, NOWHERE, ("reason",))


def _said(block: Inlines, emendation: Emendation, references: References) -> Iterator[Node]:
    """What was done, in words: "read Kamenev; copy-text Kameney"."""
    labels = references.labels
    added, removed = emendation.added, emendation.removed
    match emendation.kind:
        case "join":
            left, right = _around(block, emendation, _WORD)
            yield from _quoted(labels["joined"], "lemma", f"{left}{right}".strip())
        case "add" if _LETTER.search(added):
            yield from _quoted(labels["supplied"], "lemma", added.strip())
        case "strike" if _LETTER.search(removed):
            yield from _quoted(labels["struck"], "witness", removed.strip())
        case _:
            left, right = _around(block, emendation, _REST)
            yield from _quoted(labels["read"], "lemma", f"{left}{added}{right}")
            yield words("; ")
            yield from _quoted(labels["printed"], "witness", f"{left}{removed}{right}")


def _quoted(sign: str, kind: str, said: str) -> Iterator[Node]:
    yield label(sign)
    yield words(" ")
    yield Span(quoted(said), NOWHERE, (kind,))


def _around(block: Inlines, emendation: Emendation, pattern: re.Pattern[str]) -> tuple[str, str]:
    """The words that stand right before and right behind the emendation, on each side as far as the pattern goes from there."""
    nodes = leaves(block)
    place = next(number for number, node in enumerate(nodes) if node is emendation)
    left, right = ("".join(map(words_of, part)) for part in (nodes[:place], nodes[place + 1 :]))
    return _beginning(pattern, left[::-1])[::-1], _beginning(pattern, right)


def _beginning(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.match(text)
    return match[0] if match else ""


def _ends_sentence(node: Node) -> bool:
    return isinstance(node, Span) and plain(node.children).endswith(_END_MARKS)
