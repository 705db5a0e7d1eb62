"""Mentions of glossary entries in the text: the first of each section becomes a link, without the author's help.

A section is what stands under a heading of level 1 or 2. A form is matched in its own case, as a whole word, the longest form first;
a possessive or plural ending does not hide it. Nothing is linked inside links, code, citations, `.noterm` spans, or mentions marked by
hand. In a book with an index the other mentions are marked with an id, that the index can lead to them: those inside links, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from os.path import commonprefix

from publish.diagnostics import Location
from publish.model import Code, Container, Entry, Inline, Link, Span, Term
from publish.model.walk import walk_inlines
from publish.render.walk import Inlines, plain, with_children, written
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
_POINTED = re.compile(r"\w\.")  # how an initialism begins
_DEEPEST = 20  # where so many ways have parted, forms are looked at one by one: `re` does not read a nest of any depth
# How a sign of a form is looked for: quotation marks may be typed straight or curly, and a line may end within a form.
_SIGNS = {"'": "['\u2018\u2019]", '"': '["\u201c\u201d]', " ": r"\s+"}
_STRAIGHT = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})
# What may follow: no letter, and behind an apostrophe only a possessive s ("Stalin’s", "the Bolsheviks’").
_AFTER = "(?!\\w|['\u2019](?!s\\b)\\w)"


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the text that speaks of an entry: its own id, the title of its section, and the note that it stands in (0 in the text).

    `linked` mentions are links to the glossary, `indexed` ones have their page in the index.
    """

    entry: str
    id: str
    section: str
    location: Location
    linked: bool = True
    indexed: bool = False
    note: int = 0


class Linker:
    """Links the mentions of a book, page by page, in the order of the text.

    `indexing`: every mention counts, for the index, and those that are no links become places that can be linked to. `text` is all that
    there is to link, where that is known.
    """

    def __init__(
        self, entries: Iterable[Entry], language: str, *, indexing: bool = False, text: str | None = None
    ) -> None:
        self._entries = {entry.id: entry for entry in entries}
        self._forms = _surfaces(self._entries.values(), language)
        if text is not None:  # a pattern of a few forms is soon made
            there = _normal(text)
            self._forms = {form: entry for form, entry in self._forms.items() if form in there}
        self._pattern = _pattern(self._forms)
        self._indexing = indexing
        self.section, self._note = "", 0
        self._seen: set[str] = set()
        self._ever: set[str] = set()
        self._indexed: set[str] = set()
        self.mentions: dict[str, list[Mention]] = {identifier: [] for identifier in self._entries}

    def begin_section(self, title: str, note: int = 0) -> None:
        """What comes now stands under this heading, or in this note: every entry may be linked anew."""
        self.section, self._note = title, note
        self._seen.clear()
        self._indexed.clear()

    def link(self, nodes: Inlines, *, automatic: bool, running: bool = True) -> Inlines:
        """The words of a block with their mentions: those marked by hand, and if `automatic` those found by form.

        In `running` text those that are found and become no links are counted.
        """
        text = written(nodes)
        found = self._search(text) if automatic or (running and self._indexing) else []
        if not found and not _has_marks(nodes):
            return nodes  # for certain: what is closed to mentions was looked at as well
        words = Words(nodes, _closed)
        if found and words.text != text:  # something is closed to mentions
            found = self._search(words.text)
        finds: list[Find] = []
        replaced: dict[int, Callable[[Inlines], Inline]] = {}
        for event in sorted(self._events(words, found, automatic, running), key=lambda event: event.start):
            if event.span is not None:
                replaced[id(event.span)] = _wrap_by_hand(event.span, self._mention(event, linked=True, running=running))
            elif not finds or event.start >= finds[-1].end:
                linked = event.linkable and self._is_wanted(event.entry)
                if linked or self._is_counted(event.entry, running=running):
                    wrap = _wrap(self._mention(event, linked=linked, running=running))
                    finds.append(Find(event.start, event.end, wrap))
        return Wrapper(finds, replaced).wrap(nodes) if finds or replaced else nodes

    def _search(self, text: str) -> list[re.Match[str]]:
        return list(self._pattern.finditer(text)) if self._pattern else []

    def _events(self, words: Words, found: Iterable[re.Match[str]], automatic: bool, running: bool) -> Iterator[_Event]:  # noqa: FBT001 - handed on
        for start, span in words.spans:
            if span.term in self._entries:
                yield _Event(start, start, self._entries[span.term], span.location, span)
        for match in found:
            entry = self._forms[_normal(match[0])]
            if (automatic and self._is_wanted(entry)) or self._is_counted(entry, running=running):
                yield _found(entry, match, words, automatic=automatic)

    def _is_wanted(self, entry: Entry) -> bool:
        return entry.id not in (self._ever if entry.link == "once" else self._seen)

    def _is_counted(self, entry: Entry, *, running: bool) -> bool:
        """Whether the index lists a mention that comes now."""
        if not (self._indexing and running) or entry.index == "none":
            return False
        return entry.index == "all" or entry.id not in self._indexed

    def _mention(self, event: _Event, *, linked: bool, running: bool) -> Mention:
        entry, made = event.entry, self.mentions[event.entry.id]
        counted = self._is_counted(entry, running=running)
        name = f"mention-{entry.id}-{len(made) + 1}"
        made.append(Mention(entry.id, name, self.section, event.location, linked, counted, self._note))
        if linked:
            self._seen.add(entry.id)
            self._ever.add(entry.id)
        if counted:
            self._indexed.add(entry.id)
        return made[-1]


@dataclass(frozen=True, slots=True)
class _Event:
    """Words that may become a mention; `span` is the mark by hand, None if they were found by form."""

    start: int
    end: int
    entry: Entry
    location: Location
    span: Span | None = None
    linkable: bool = True


def _found(entry: Entry, match: re.Match[str], words: Words, *, automatic: bool) -> _Event:
    """Words found by form. They can be a link if one node has them all, outside of other links."""
    place = words.fit(*match.span()) if automatic and not words.is_in_link(*match.span()) else None
    start, end = place or words.fit_first(*match.span())
    return _Event(start, end, entry, words.location(start) or entry.location, linkable=place is not None)


def _wrap(mention: Mention) -> Callable[[Inlines], Inline]:
    if mention.linked:
        return lambda children: Term(mention.entry, mention.id, children)
    return lambda children: Span(children, mention.location, id=mention.id)


def _wrap_by_hand(span: Span, mention: Mention) -> Callable[[Inlines], Inline]:
    bare = not (span.classes or span.id or span.language)
    return lambda children: _wrap(mention)(children if bare else (replace(span, children=children, term=""),))


def link_about(nodes: Inlines, entries: Iterable[Entry], language: str) -> Inlines:
    """In a row of the chronology the first mention of each of these entries is a link. No page is told of it: it is none of the text."""
    made = Linker(entries, language, text=plain(nodes)).link(nodes, automatic=True, running=False)
    return tuple(_unnamed(node) for node in made)


def _unnamed(node: Inline) -> Inline:
    """A term and all in it without the ids of mentions."""
    if isinstance(node, Term):
        return replace(node, id="")
    return with_children(node, tuple(map(_unnamed, node.children))) if isinstance(node, Container) else node


def link_by_id(nodes: Inlines, entries: set[str]) -> Inlines:
    """In the glossary itself a mark by hand is a plain link to the other entry: no mention, for it is none of the text."""
    if not _has_marks(nodes):
        return nodes
    words = Words(nodes, _closed)
    replaced = {id(span): _plain_link(span) for _, span in words.spans if span.term in entries}
    return Wrapper((), replaced).wrap(nodes) if replaced else nodes


def _has_marks(nodes: Inlines) -> bool:
    """Whether a mention is marked by hand."""
    return any(isinstance(node, Span) and node.term for node in walk_inlines(nodes))


def _plain_link(span: Span) -> Callable[[Inlines], Inline]:
    return lambda children: Link(f"#term-{span.term}", children, span.location)


def _closed(node: Inline) -> bool:
    return isinstance(node, Term | Code) or (
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
    """All forms in one, as a tree: where many begin alike, what they share is looked at once."""
    forms = sorted(filter(None, surfaces))
    pointed = [form for form in forms if _POINTED.match(form)]  # these may not begin inside a longer initialism
    others = [form for form in forms if not _POINTED.match(form)]
    ways = [before + _tree(some) for before, some in ((r"(?<!\w\.)", pointed), ("", others)) if some]
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)}){_AFTER}") if ways else None


def _tree(forms: list[str], depth: int = 0) -> str:
    """Sorted forms as one pattern: what they share, then the ways in which they go on; the longest first, for the first one is taken."""
    shared = commonprefix(forms)  # noqa: RUF071 - forms are no paths: they are compared sign by sign
    rests = [form[len(shared) :] for form in forms if len(form) > len(shared)]
    if depth == _DEEPEST:
        ways = list(map(_escaped, sorted(rests, key=len, reverse=True)))
    else:
        ways = [_tree(list(rest), depth + 1) for _, rest in groupby(rests, key=lambda rest: rest[0])]
    after = f"(?:{'|'.join(ways)})" if ways else ""
    return _escaped(shared) + after + ("?" if after and shared in forms else "")


def _escaped(signs: str) -> str:
    """Signs of a form as a pattern."""
    return "".join(_SIGNS.get(sign, re.escape(sign)) for sign in signs)
