"""Makes a page of the contents of its Markdown: the title, the blocks, and the notes in the order of their calls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.token import Token

from publish.diagnostics import Location, did_you_mean
from publish.load.blocks import BlockReader
from publish.load.citations import citations_in
from publish.load.markdown import DEEPEST, Node, nest
from publish.load.scope import Scope
from publish.load.scope import slug as slug_of
from publish.model import Block, Inline, Note

Parsed: TypeAlias = tuple[list[Token], dict[str, Any]]
"""What the parser makes of a text: its tokens, and what it knows beside them."""


def parse(text: str, md: MarkdownIt) -> Parsed:
    """The Markdown of a page as tokens. It depends on nothing but the text."""
    env: dict[str, Any] = {}
    return md.parse(f"{text}\n", env), env


def read_page(parsed: Parsed, scope: Scope) -> tuple[tuple[Inline, ...], tuple[Block, ...], tuple[Note, ...]]:
    """Title, blocks, and notes of a parsed text, as far as they can be made; every problem is reported."""
    tokens, env = parsed
    _report_lost(tokens, env, scope)
    nodes = nest(tokens)
    scope.counted.sources.meet(_citations(nodes, _definitions(nodes)))
    reader = BlockReader(scope)
    title, rest = _title(nodes, reader)
    blocks = reader.read(rest)
    notes = tuple(_notes(reader))
    if scope.counted.notes > (most := scope.counted.most_notes):
        scope.problems.add("too-large", Location(scope.file), f"with this page the book has more than {most} notes")
    return title, blocks, notes


def _report_lost(tokens: list[Token], env: dict[str, Any], scope: Scope) -> None:
    """Reports what the parser leaves out of its tokens: what is too large or nested too deep, and links that no one uses."""
    for line, message in env.get("too-large", ()):
        scope.problems.add("too-large", Location(scope.file, line), message, "part it into several")
    deepest = next((token for token in tokens if token.level >= DEEPEST - 1), None)
    if deepest:
        message = f"this is nested more than {DEEPEST - 2} levels deep"
        scope.problems.add("bad-value", scope.block_location(deepest), message)
    inside = [child for token in tokens for child in token.children or [] if child.type in ("link_open", "image")]
    used = {child.meta.get("label") for child in inside}
    unused = [one for label, one in env.get("references", {}).items() if label not in used]
    for one in unused + env.get("duplicate_refs", []):
        hint = "write [words](address) where the link is; a note begins with [^…]:"
        location = Location(scope.file, one["map"][0] + 1)
        scope.problems.add("unused-link", location, "the link that is defined here is used nowhere", hint)


def _definitions(nodes: list[Node]) -> dict[str, Node]:
    """The notes that are defined among the nodes, by slug."""
    return {str(node.token.meta["label"]): node for node in nodes if node.type == "footnote_reference"}


def _citations(nodes: list[Node], notes: dict[str, Node]) -> Iterator[Token]:
    """The citations in the order in which they are read: those of a note where it is called first."""
    for node in nodes:
        if node.type == "footnote_reference":
            continue
        for token in node.token.children or []:
            if token.type == "footnote_ref" and (note := notes.pop(str(token.meta["label"]), None)):
                yield from _citations(note.children, notes)
            yield from citations_in((token,))
        yield from _citations(node.children, notes)


def _title(nodes: list[Node], reader: BlockReader) -> tuple[tuple[Inline, ...], list[Node]]:
    """The title and the nodes without it."""
    words = [node for node in nodes if node.type != "footnote_reference"]
    titles = [node for node in words if node.token.tag == "h1" and node.type == "heading"]
    if not titles or words[0] is not titles[0]:
        first = reader.scope.block_location(words[0].token) if words else Location(reader.scope.file, 1)
        message = "the page does not begin with its title"
        reader.problems.add("no-title", first, message, "write it first, on a line that begins with #")
    if not titles:
        return (), nodes
    title = titles[0]
    for key in title.token.attrs:
        hint = "the name of the file is the id of the page" if key == "id" else ""
        location = reader.scope.block_location(title.token)
        reader.problems.add("unknown-attribute", location, f"a title has no attribute “{key}”", hint)
    return reader.heading_inlines(title.children[0]), [node for node in nodes if node is not title]


def _notes(reader: BlockReader) -> list[Note]:
    """The notes of a page in the order of their calls, numbered on through the book."""
    notes: list[Note] = []
    called: dict[str, Location] = {}
    for slug, location in reader.scope.calls:
        if slug in called:
            message = f"the note “{slug}” is called already, on line {called[slug].line}"
            reader.problems.add("note-called-twice", location, message, "write a second note that refers to the first")
            continue
        called[slug] = location
        if slug in reader.definitions:
            notes.append(_note(reader, slug, location))
        else:
            open_ones = [one for one in reader.definitions if one not in called]
            hint = did_you_mean(slug, open_ones) or f"write its text at the foot of the same file: [^{slug}]: …"
            reader.problems.add("note-undefined", location, f"the note “{slug}” has no text", hint)
    for slug, (_, location) in reader.definitions.items():
        if slug not in called and slug not in reader.scope.misplaced:
            hint = f"write [^{slug}] at its word, or delete it"
            reader.problems.add("note-uncalled", location, f"the note “{slug}” is called nowhere in the file", hint)
    return notes


def _note(reader: BlockReader, slug: str, called: Location) -> Note:
    node, location = reader.definitions[slug]
    counted = reader.scope.counted
    counted.notes += 1
    name = counted.ids.fresh(f"note-{reader.scope.prefix}-{slug_of(slug)}", location)
    note = Note(name, slug, counted.notes, (), location)
    counted.ids.claim(note.call_id, called)
    scope = replace(
        reader.scope,
        prefix=name,
        no_marks="in a note, which is no part of the witness",
        no_notes="in another note",
    )
    blocks = BlockReader(scope).read(node.children)
    if not blocks:
        reader.problems.add("note-undefined", location, f"the note “{slug}” has no text", "write it after the colon")
    return replace(note, blocks=blocks)
