"""Mentions of glossary entries in the text: the first of each section becomes a link, without the author's help.

A section is what stands under a heading of level 1 or 2. A form is matched in its own case, as a whole word, the longest form first;
a possessive or plural ending does not hide it. Nothing is linked inside links, code, citations, `.noterm` spans, or mentions marked by
hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from publish.diagnostics import Location
from publish.model import Code, Entry, Inline, Link, Span, Term
from publish.render.walk import Inlines
from publish.render.wrapping import Find, Words, Wrapper

NO_TERM = "noterm"

_PLURALS = {
    "en": ("s", "es"),
    "de": ("s", "n", "en"),
    "fr": ("s", "x"),
    "es": ("s", "es"),
    "nl": ("s", "en"),
    "pt": ("s", "es"),
}
_QUOTES = {"'": "['\u2018\u2019]", '"': '["\u201c\u201d]'}  # forms may be typed straight or curly
_STRAIGHT = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})
# What may follow: no letter, and behind an apostrophe only a possessive s ("Stalin’s", "the Bolsheviks’").
_AFTER = "(?!\\w|['\u2019](?!s\\b)\\w)"


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the text that is linked to an entry: its own id, and the title of its section."""

    entry: str
    id: str
    section: str
    location: Location


class Linker:
    """Links the mentions of a book, page by page, in the order of the text."""

    def __init__(self, entries: Iterable[Entry], language: str) -> None:
        self._entries = {entry.id: entry for entry in entries}
        self._forms = _surfaces(self._entries.values(), language)
        self._pattern = _pattern(self._forms)
        self._section = ""
        self._seen: set[str] = set()
        self._ever: set[str] = set()
        self.mentions: dict[str, list[Mention]] = {identifier: [] for identifier in self._entries}

    def begin_section(self, title: str) -> None:
        """What comes now stands under this heading: every entry may be linked anew."""
        self._section = title
        self._seen.clear()

    def link(self, nodes: Inlines, *, automatic: bool) -> Inlines:
        """The words of a block with their mentions: those marked by hand, and if `automatic` those found by form."""
        words = Words(nodes, _closed)
        finds: list[Find] = []
        replaced: dict[int, Callable[[Inlines], Inline]] = {}
        for event in sorted(self._events(words, automatic=automatic), key=lambda event: event.start):
            if event.span is not None:
                replaced[id(event.span)] = _wrap_by_hand(event.span, self._mention(event))
            elif self._is_wanted(event.entry) and (not finds or event.start >= finds[-1].end):
                finds.append(Find(event.start, event.end, _wrap(self._mention(event))))
        return Wrapper(finds, replaced).wrap(nodes) if finds or replaced else nodes

    def _events(self, words: Words, *, automatic: bool) -> Iterator[_Event]:
        for start, span in words.spans:
            if span.term in self._entries:
                yield _Event(start, start, self._entries[span.term], span.location, span)
        if automatic and self._pattern:
            for match in self._pattern.finditer(words.text):
                entry = self._forms[_normal(match[0])]
                place = words.fit(*match.span()) if self._is_wanted(entry) else None
                if place:
                    yield _Event(*place, entry, words.location(place[0]) or entry.location)

    def _is_wanted(self, entry: Entry) -> bool:
        return entry.id not in (self._ever if entry.link == "once" else self._seen)

    def _mention(self, event: _Event) -> Mention:
        entry, made = event.entry.id, self.mentions[event.entry.id]
        made.append(Mention(entry, f"mention-{entry}-{len(made) + 1}", self._section, event.location))
        self._seen.add(entry)
        self._ever.add(entry)
        return made[-1]


@dataclass(frozen=True, slots=True)
class _Event:
    """Words that may become a mention; `span` is the mark by hand, None if they were found by form."""

    start: int
    end: int
    entry: Entry
    location: Location
    span: Span | None = None


def _wrap(mention: Mention) -> Callable[[Inlines], Term]:
    return lambda children: Term(mention.entry, mention.id, children)


def _wrap_by_hand(span: Span, mention: Mention) -> Callable[[Inlines], Term]:
    bare = not (span.classes or span.id or span.language)
    return lambda children: _wrap(mention)(children if bare else (replace(span, children=children, term=""),))


def link_by_id(nodes: Inlines, entries: set[str]) -> Inlines:
    """In the glossary itself a mark by hand is a plain link to the other entry: no mention, for it is none of the text."""
    words = Words(nodes, _closed)
    replaced = {id(span): _plain_link(span) for _, span in words.spans if span.term in entries}
    return Wrapper((), replaced).wrap(nodes) if replaced else nodes


def _plain_link(span: Span) -> Callable[[Inlines], Inline]:
    return lambda children: Link(f"#term-{span.term}", children, span.location)


def _closed(node: Inline) -> bool:
    return isinstance(node, Link | Term | Code) or (
        isinstance(node, Span) and (NO_TERM in node.classes or bool(node.term or node.cites))
    )


# ------------------------------------------------------------------------------------------------------------------ forms


def _surfaces(entries: Iterable[Entry], language: str) -> dict[str, Entry]:
    """Every form with its plurals, as `_normal` writes it; where two entries claim one, the first has it."""
    surfaces: dict[str, Entry] = {}
    linked = [entry for entry in entries if entry.link != "none"]
    for plural in (False, True):
        for entry in linked:
            for form in (entry.headword, *entry.forms):
                for surface in _plurals(_normal(form), language) if plural else (_normal(form),):
                    surfaces.setdefault(surface, entry)
    return surfaces


def _plurals(form: str, language: str) -> list[str]:
    endings = _PLURALS.get(language.partition("-")[0].lower(), ())
    if not form[-1:].isalpha():
        return []
    plurals = [form + ending for ending in endings]
    if "es" in endings and re.search(r"[^aeiou]y$", form):
        plurals.append(f"{form[:-1]}ies")
    return plurals


def _normal(form: str) -> str:
    return " ".join(form.split()).translate(_STRAIGHT)


def _pattern(surfaces: Iterable[str]) -> re.Pattern[str] | None:
    """One alternation of all forms, the longest first, grouped by their first character for speed."""
    ordered = sorted((surface for surface in surfaces if surface), key=lambda form: (form[0], -len(form), form))
    if not ordered:
        return None
    groups = [_group(list(forms)) for _, forms in groupby(ordered, key=lambda form: form[0])]
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)}){_AFTER}")


def _group(forms: list[str]) -> str:
    """The forms that begin with one character; their order decides, for the first is taken that what follows lets stand."""
    return "(?:" + "|".join(map(_expression, forms)) + ")"


def _expression(form: str) -> str:
    """A form as a pattern; a pointed one may not begin inside a longer initialism."""
    words = r"\s+".join("".join(_QUOTES.get(sign, re.escape(sign)) for sign in word) for word in form.split(" "))
    return rf"(?<!\w\.){words}" if re.match(r"\w\.", form) else words
