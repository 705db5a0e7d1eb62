"""The words of inlines: as plain text, and the same inlines with other words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeAlias

from publish.model import Break, Code, Emendation, Emphasis, Image, Inline, Link, Span, Text

Words: TypeAlias = tuple[Inline, ...]


def plain_text(inlines: Iterable[Inline]) -> str:
    """The words of inlines, as they are to be read."""
    words: list[str] = []
    for one in inlines:
        match one:
            case Text(text=text) | Code(text=text):
                words.append(text)
            case Emendation(added=added):
                words.append(added)
            case Image(alternative=alternative):
                words.append(alternative)
            case Break():
                words.append(" ")
            case Emphasis() | Span() | Link():
                words.append(plain_text(one.children))
            case _:
                pass
    return "".join(words)


def reworded(inlines: Words, change: Callable[[str], str]) -> Words:
    """The same inlines, each text of theirs changed."""
    return tuple(_reworded(one, change) for one in inlines)


def _reworded(one: Inline, change: Callable[[str], str]) -> Inline:
    match one:
        case Text(text=text, location=location):
            return Text(change(text), location)
        case Emphasis() | Span() | Link():
            return replace(one, children=reworded(one.children, change))
        case _:
            return one


def capital(inlines: Words) -> Words:
    """The same inlines, beginning with a capital."""
    match inlines:
        case (Text(text=text, location=location), *rest) if text:
            return (Text(text[0].upper() + text[1:], location), *rest)
        case _:
            return inlines


def unlinked(inlines: Words) -> Words:
    """The same inlines, the words of links without the links."""
    found: list[Inline] = []
    for one in inlines:
        match one:
            case Link(children=children):
                found += unlinked(children)
            case Emphasis() | Span():
                found.append(replace(one, children=unlinked(one.children)))
            case _:
                found.append(one)
    return tuple(found)
