"""Makes the model's inlines of markdown-it's inline tokens, and reports what is wrong in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import ClassVar
from urllib.parse import unquote

from publish.diagnostics import Location
from publish.load.attributes import Attributes, read_attributes
from publish.load.citations import Citation
from publish.load.counts import Count
from publish.load.emendations import Mark
from publish.load.markdown import Node, nest
from publish.load.scope import IN_HEADING, NO_WITNESS, Places, Scope
from publish.load.words import plain_text
from publish.model import Break, Code, Emendation, Emphasis, Image, Inline, Link, NoteRef, Span, Text
from publish.model.walk import walk_inlines

# Attributes that Markdown itself gives to a token, by its kind.
_OF_MARKDOWN = {"link": ("href", "title"), "image": ("src", "alt", "title"), "ordered_list": ("start",)}
_WEB = re.compile(r"https?://[^\s/?#]+\S*|mailto:[^\s@]+@[^\s@]+")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_TAG_NAME = re.compile(r"<(/?)\s*([A-Za-z][A-Za-z0-9-]*)")


class InlineReader:
    """Reads the inline content of one block or value. `keep_lines` makes each end of a line a break, as in verse."""

    def __init__(self, scope: Scope, places: Places, *, keep_lines: bool = False) -> None:
        self.scope = scope
        self.problems = scope.problems
        self.places = places
        self.keep_lines = keep_lines
        self._opened: set[str] = set()

    def read(self, nodes: Iterable[Node]) -> tuple[Inline, ...]:
        """The inlines of the nodes; a Text for each line of the source."""
        found: list[Inline] = []
        for node in nodes:
            if node.type == "softbreak" and not self.keep_lines:
                _append_space(found, self.at(node))
            else:
                found += self._readers.get(node.type, InlineReader._unknown)(self, node)
        return tuple(found)

    def at(self, node: Node) -> Location:
        return self.places.at(node.token.meta.get("at", 0))

    def _text(self, node: Node) -> list[Inline]:
        return [Text(node.token.content, self.at(node))] if node.token.content else []

    def _break(self, _node: Node) -> list[Inline]:
        return [Break()]

    def _emphasis(self, node: Node) -> list[Inline]:
        return [Emphasis(self.read(node.children), strong=node.type == "strong")]

    def _code(self, node: Node) -> list[Inline]:
        return self._dressed(node, (Code(node.token.content, self.at(node)),))

    def _span(self, node: Node) -> list[Inline]:
        children = self._inside(node).read(node.children)
        return self._dressed(node, children) if given_attributes(node) else list(children)

    def _link(self, node: Node) -> list[Inline]:
        target = str(node.token.attrs["href"])
        location = self.at(node)
        children = self.read(node.children)
        if node.token.attrs.get("title"):
            hint = "delete it, or put it into a note"
            self.problems.add("unknown-attribute", location, "a link has a title, which is printed nowhere", hint)
        if not self._is_link(target, children, location):
            return list(children)
        return self._dressed(node, (Link(target, children, location),))

    def _inside(self, node: Node) -> InlineReader:
        """What reads the words of a span: of a link to the glossary, in which there can be no other link."""
        if "term" not in given_attributes(node):
            return self
        inside = replace(self.scope, no_citations=self.scope.no_citations or "in a link")
        return InlineReader(inside, self.places, keep_lines=self.keep_lines)

    def _is_link(self, target: str, children: tuple[Inline, ...], location: Location) -> bool:
        if target.startswith("#") and len(target) > 1:
            return True
        if not _WEB.fullmatch(target):
            self.problems.add(
                "bad-link", location, f"“{target}” is nothing that a book can link to", _link_hint(target)
            )
            return False
        if not children:
            self.problems.add("bad-link", location, f"the link to {target} has no words", "write them between the [ ]")
            return False
        return True

    def _image(self, node: Node) -> list[Inline]:
        image = self.image(node)
        if node.token.attrs.get("title"):
            message = "a picture among words has no caption: its title would be printed nowhere"
            hint = "let the picture stand in a paragraph of its own, or delete the title"
            self.problems.add("unknown-attribute", image.location, message, hint)
        return self._dressed(node, (image,))

    def image(self, node: Node) -> Image:
        """The picture of an image node; whether its file is there is seen when the images are read."""
        location = self.at(node)
        source = unquote(str(node.token.attrs["src"]))
        where = "in an alternative text"
        inside = replace(self.scope, no_marks=where, no_notes=where, no_citations=where)
        reader = InlineReader(inside, Places(location.file, [0], [location.line], [0]))
        words = reader.read(nest(node.token.children or []))
        if any(isinstance(one, Count) for one in walk_inlines(words)):
            self.problems.add("bad-count", location, "an alternative text has no counts", "write the number")
        alternative = plain_text(words).strip()
        if not alternative:
            hint = "write what the picture shows between the [ ]"
            self.problems.add("image-no-alternative", location, f"the picture “{source}” has no alternative text", hint)
        self.scope.images.setdefault(source, location)
        return Image(source, alternative, location)

    def caption(self, title: str, location: Location) -> tuple[Inline, ...]:
        """The inlines of a picture's Markdown title."""
        if not title:
            return ()
        reader = InlineReader(self.scope, Places(location.file, [0], [location.line], [0]))
        inline = self.scope.counted.md.parseInline(title, {})[0]
        for rule, _, message, hint in inline.meta.get("leftovers", ()):
            self.problems.add(rule, location, message, hint)
        return reader.read(nest(inline.children or []))

    def _note_ref(self, node: Node) -> list[Inline]:
        slug = str(node.token.meta["label"])
        location = self.at(node)
        if self.scope.no_notes:
            self.scope.misplaced.add(slug)
            hint = "call it in the words under it" if self.scope.no_notes == IN_HEADING else ""
            self.problems.add("note-misplaced", location, f"the note “{slug}” is called {self.scope.no_notes}", hint)
            return []
        self.scope.calls.append((slug, location))
        return [NoteRef(slug, location)]

    def _citation(self, node: Node) -> list[Inline]:
        citation: Citation = node.token.meta["citation"]
        location = self.at(node)
        edited = not self.scope.no_marks  # brackets among the witness's words may be its own
        if edited and citation.has_prefix:
            return [Text(self.scope.counted.sources.words(" ".join(citation.source.split())), location)]
        if where := self.scope.no_citations or ("among the words of an edited text" if edited else ""):
            hint = "cite it in a note" if where == IN_HEADING or edited else ""
            self.problems.add("citation-misplaced", location, f"a citation stands {where}", hint)
            return []
        if citation.wrong:
            self.problems.add("citation-malformed", location, *citation.wrong)
            return []
        return list(self.scope.counted.sources.cite(citation, node.token.meta.get("full", frozenset()), location))

    def _html(self, node: Node) -> list[Inline]:
        tag = _TAG_NAME.match(node.token.content)
        if tag and tag[1] and tag[2] in self._opened:
            return []  # the end of an element whose beginning is reported
        if tag:
            self._opened.add(tag[2])
        shown = node.token.content.split("\n")[0]
        self.problems.add("raw-html", self.at(node), f"{shown} is HTML", HTML_HINT)
        return []

    def _emendation(self, node: Node) -> list[Inline]:
        mark: Mark = node.token.meta["mark"]
        location = self.at(node)
        self._check_mark(mark, location, markup="markup" in node.token.meta)
        inside = replace(self.scope, no_marks="in the reason of another", no_notes="in the reason of an emendation")
        reason = InlineReader(inside, self.places).read(nest(node.token.children or []))
        added = str(node.token.meta["added"])
        if self.scope.no_marks:
            return [Text(added, location)] if added else []
        name = self.scope.emendation_id(added, mark.removed, location)
        return [Emendation(name, mark.kind, mark.removed, added, reason, location)]

    def _check_mark(self, mark: Mark, location: Location, *, markup: bool) -> None:
        if self.scope.no_marks:
            hint = "write the words as they are to be read"
            if self.scope.no_marks == NO_WITNESS:
                hint += ", or name the page's witness in book.yaml"
            message = f"an emendation stands {self.scope.no_marks}"
            self.problems.add("emendation-without-witness", location, message, hint)
            return
        if mark.wrong:
            self.problems.add("emendation-malformed", location, *mark.wrong)
        if markup:
            hint = "put the emphasis around the mark"
            self.problems.add("emendation-malformed", location, "Markdown in a mark is not read", hint)
        if not mark.reason or not mark.reason[1] > mark.reason[0]:
            hint = "write {>>why<<} at once after it"
            self.problems.add("emendation-without-reason", location, "an emendation gives no reason", hint)

    def _dressed(self, node: Node, children: tuple[Inline, ...]) -> list[Inline]:
        """The inlines in a span with the node's attributes; as they are if it has none."""
        given = given_attributes(node)
        if not given:
            return list(children)
        location = self.at(node)
        attributes = read_attributes(given, "span", location, self.problems)
        if attributes.counted:
            counted = Count(children, location, name=attributes.counted, page=attributes.counted_in)
            self.scope.counted.counts.append(counted)
            children, attributes = (counted,), replace(attributes, counted="", counted_in="")
            if not attributes:
                return [counted]
        return [self._dress(attributes, children, location)]

    def _dress(self, attributes: Attributes, children: tuple[Inline, ...], location: Location) -> Span:
        if attributes.id:
            self.scope.counted.ids.claim(attributes.id, location)
        return Span(
            children,
            location,
            attributes.classes,
            attributes.id,
            attributes.language,
            attributes.term,
            attributes.quoted,
            attributes.dated,
            attributes.indexed,
        )

    def _unknown(self, node: Node) -> list[Inline]:
        raise AssertionError(f"no reader for the inline token {node.type}")

    _readers: ClassVar[dict[str, Callable[[InlineReader, Node], list[Inline]]]] = {
        "text": _text,
        "text_special": _text,  # markdown-it joins these to the text around them, but not in a picture in a picture
        "softbreak": _break,
        "hardbreak": _break,
        "em": _emphasis,
        "strong": _emphasis,
        "code_inline": _code,
        "span": _span,
        "link": _link,
        "image": _image,
        "footnote_ref": _note_ref,
        "citation": _citation,
        "html_inline": _html,
        "emendation": _emendation,
    }


HTML_HINT = "write Markdown: *…*, [words]{.class}, ::: class; a < that is meant as such is written \\<"


def given_attributes(node: Node) -> dict[str, str]:
    """The attributes that braces gave to a node, those that the plugin set aside as unsafe among them."""
    unsafe: dict[str, str] = node.token.meta.get("insecure_attrs", {})
    own = _OF_MARKDOWN.get(node.type, ())
    mine = {key: str(value) for key, value in node.token.attrs.items() if key not in own}
    return mine | unsafe


def _append_space(found: list[Inline], location: Location) -> None:
    """The end of a line in the source is a space: of the text before it, if there is one."""
    if found and isinstance(found[-1], Text):
        found[-1] = Text(found[-1].text + " ", found[-1].location)
    else:
        found.append(Text(" ", location))


def _link_hint(target: str) -> str:
    if target.endswith(".md") or ".md#" in target:
        stem = target.rpartition("#")[2] if "#" in target else target.rpartition("/")[2].removesuffix(".md")
        return f"link to an id: (#{stem})"
    if _SCHEME.match(target):
        return "https:, http:, and mailto: can be linked to, and #id for a place of the book"
    return f"for a place of the book write (#{target.lstrip('#') or 'id'})"
