"""Makes the model's blocks of markdown-it's block tokens, with the ids by which the layout tells their pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import PurePosixPath
from typing import ClassVar, Literal, cast

from markdown_it.rules_block.table import escapedSplit
from mdit_py_plugins.attrs.parse import ParseError
from mdit_py_plugins.attrs.parse import parse as parse_attributes

from publish.diagnostics import Location
from publish.load.attributes import CLASSES, NO_ATTRIBUTES, Attributes, read_attributes
from publish.load.inlines import HTML_HINT, InlineReader, given_attributes
from publish.load.markdown import Node, nest
from publish.load.problems import one_of
from publish.load.scope import IN_HEADING, Places, Scope
from publish.load.words import plain_text
from publish.model import (
    Block,
    Cell,
    CodeBlock,
    Division,
    Figure,
    Heading,
    Inline,
    ItemList,
    Paragraph,
    Quotation,
    Rule,
    Table,
)

_ALIGNED = re.compile(r"text-align:(\w+)")
_FENCE = re.compile(r"[\s>]*:{3,}\s*")


class BlockReader:
    """Reads the blocks of a page or a note. `definitions` has the notes that were defined among them, by slug."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.problems = scope.problems
        self.definitions: dict[str, tuple[Node, Location]] = {}
        self._level = 1
        self._keep_lines = False

    def read(self, nodes: Iterable[Node]) -> tuple[Block, ...]:
        """The blocks of the nodes, in order."""
        found: list[Block] = []
        for node in nodes:
            found += self._readers.get(node.type, BlockReader._unknown)(self, node)
        return tuple(found)

    def inlines(self, inline: Node, after: int = 0) -> tuple[Inline, ...]:
        """The inlines of a block's inline token; what the parser left over in it is reported."""
        return self._reader(inline, after).read(nest(inline.token.children or []))

    def heading_inlines(self, inline: Node) -> tuple[Inline, ...]:
        """The inlines of a heading or title, in which no note and no source is called: its words stand in the contents, too."""
        reader = self._reader(inline)
        reader.scope = replace(self.scope, no_notes=self.scope.no_notes or IN_HEADING, no_citations=IN_HEADING)
        return reader.read(nest(inline.token.children or []))

    def _reader(self, inline: Node, after: int = 0) -> InlineReader:
        places = Places.of_block(self.scope, inline.token, after)
        for rule, offset, message, hint in inline.token.meta.get("leftovers", ()):
            self.problems.add(rule, places.at(offset), message, hint)
        return InlineReader(self.scope, places, keep_lines=self._keep_lines)

    def _at(self, node: Node) -> Location:
        return self.scope.block_location(node.token)

    # --------------------------------------------------------------------------------------------------- words of their own

    def _paragraph(self, node: Node) -> list[Block]:
        location = self._at(node)
        inline = node.children[0]
        children = nest(inline.token.children or [])
        if len(children) == 1 and children[0].type == "image":
            return self._figure(node, inline, children[0])
        attributes = self._attributes(node)
        words = self.inlines(inline)
        name = self._id("p", plain_text(words), attributes.id, location)
        return self._dressed(attributes, Paragraph(name, words, location), location)

    def _figure(self, node: Node, inline: Node, picture: Node) -> list[Block]:
        """A picture that is a paragraph by itself."""
        reader = self._reader(inline)
        image = reader.image(picture)
        attributes = self._attributes(node, given_attributes(picture))
        caption = reader.caption(str(picture.token.attrs.get("title", "")), image.location)
        name = self._id("f", PurePosixPath(image.source).stem, attributes.id, image.location)
        figure = Figure(name, image, caption)
        return self._dressed(attributes, figure, image.location)

    def _heading(self, node: Node) -> list[Block]:
        location = self._at(node)
        level = int(node.token.tag[1:])
        self._check_level(level, location)
        attributes = self._attributes(node)
        children = self.heading_inlines(node.children[0])
        if attributes.id:
            name = self.scope.counted.ids.claim(attributes.id, location)
        else:
            name = self.scope.slug_id(plain_text(children), location)
        return self._dressed(attributes, Heading(name, max(level, 2), children, location), location)

    def _check_level(self, level: int, location: Location) -> None:
        if level == 1:
            hint = "begin it with ##, or give the part a file of its own"
            self.problems.add("second-title", location, "the page has a title already", hint)
        elif level > self._level + 1:
            message = f"a heading of level {level} follows one of level {self._level}"
            self.problems.add("heading-skipped", location, message, f"begin it with {'#' * (self._level + 1)}")
        self._level = max(level, 2)

    def _code(self, node: Node) -> list[Block]:
        location = self._at(node)
        self._check_code(node, location)
        block = CodeBlock(self._id("code", node.token.content, "", location), node.token.content, location)
        return self._dressed(self._attributes(node), block, location)

    def _check_code(self, node: Node, location: Location) -> None:
        """What stands behind the opening fence is printed nowhere, and a fence that is not closed takes in the rest of the page."""
        if words := node.token.info.strip():
            hint = "begin the code on the next line"
            message = f"“{words}” stands behind a fence of code, and would be printed nowhere"
            self.problems.add("unknown-attribute", location, message, hint)
        begin, end = node.token.map or (0, 0)
        last = self.scope.lines[end - 1].lstrip("> \t").rstrip() if begin + 1 < end <= len(self.scope.lines) else ""
        if node.type == "fence" and not (last.startswith(node.token.markup) and not last.strip(node.token.markup[0])):
            hint = f"write {node.token.markup} on a line of its own at its end"
            self.problems.add("stray-fence", location, "the block of code is not closed", hint)

    def _table(self, node: Node) -> list[Block]:
        location = self._at(node)
        rows = [row for part in node.children for row in part.children]
        header, *body = [self._row(row, len(rows[0].children)) for row in rows]
        return self._dressed(self._attributes(node), Table(header, tuple(body), location), location)

    def _row(self, row: Node, columns: int) -> tuple[Cell, ...]:
        location = self._at(row)
        self._check_row(location, columns)
        cells: list[Cell] = []
        after = 1
        for cell in row.children:
            inline = cell.children[0]
            aligned = _ALIGNED.search(str(cell.token.attrs.get("style", "")))
            align = cast("Literal['', 'left', 'center', 'right']", aligned[1] if aligned else "")
            words = self.inlines(inline, after)
            cells.append(Cell(self._id("c", plain_text(words), "", location), words, align))
            found = self.scope.lines[location.line - 1].find(inline.token.content, after)
            after = max(after, found + len(inline.token.content))
        return tuple(cells)

    def _check_row(self, location: Location, columns: int) -> None:
        """markdown-it drops the cells that have no column."""
        line = self.scope.lines[location.line - 1].strip().lstrip("> ")
        cells = escapedSplit(line.removeprefix("|").removesuffix("|"))
        if len(cells) > columns:
            message = f"the row has {len(cells)} cells, the header of the table {columns}"
            self.problems.add("table-row", location, message, "a | that is meant as such is written \\|")

    # ------------------------------------------------------------------------------------------------- blocks of other blocks

    def _quotation(self, node: Node) -> list[Block]:
        return self._dressed(self._attributes(node), Quotation(self.read(node.children)), self._at(node))

    def _list(self, node: Node) -> list[Block]:
        start = int(node.token.attrs.get("start", 1)) if node.type == "ordered_list" else None
        items = tuple(self.read(item.children) for item in node.children)
        return self._dressed(self._attributes(node), ItemList(items, start), self._at(node))

    def _division(self, node: Node) -> list[Block]:
        location = self._at(node)
        self._check_fence(node, location)
        attributes = self._attributes(node, self._fence_attributes(node, location))
        kept = self._keep_lines
        self._keep_lines = kept or "verse" in attributes.classes
        blocks = self.read(node.children)
        self._keep_lines = kept
        return [self._division_of(attributes, blocks, location)]

    def _fence_attributes(self, node: Node, location: Location) -> dict[str, str]:
        """What stands behind the colons: a class, attributes in braces, or both."""
        name, brace, rest = node.token.info.strip().partition("{")
        given: dict[str, str] = {}
        if brace:
            try:
                end, given = parse_attributes(brace + rest)
                if end < len(rest):
                    hint = "begin them on the next line"
                    message = f"“{rest[end:].strip()}” stands behind a fence of colons, and would be printed nowhere"
                    self.problems.add("unknown-attribute", location, message, hint)
            except ParseError:
                self.problems.add(
                    "bad-value", location, f"“{brace}{rest}” are no attributes", "write {.class #id lang=…}"
                )
        return given | {"class": f"{name} {given.get('class', '')}".strip()}

    def _check_fence(self, node: Node, location: Location) -> None:
        if not node.token.info.strip():
            hint = one_of(f"::: {name}" for name, on in CLASSES.items() if on == "block")
            hint += "; a block that holds another has more colons, :::: letter … ::::"
            self.problems.add("stray-fence", location, "a fence of colons neither opens nor closes a block", hint)
            return
        end = node.token.map[1] if node.token.map else 0
        if end >= len(self.scope.lines) or not _FENCE.fullmatch(self.scope.lines[end]):
            hint = "write ::: on a line of its own at its end"
            self.problems.add("stray-fence", location, f"the block “{node.token.info.strip()}” is not closed", hint)

    # ------------------------------------------------------------------------------------------------------------- the rest

    def _rule(self, node: Node) -> list[Block]:
        return self._dressed(self._attributes(node), Rule(), self._at(node))

    def _html(self, node: Node) -> list[Block]:
        shown = node.token.content.strip().split("\n")[0]
        self.problems.add("raw-html", self._at(node), f"{shown} is HTML", HTML_HINT)
        return []

    def _note(self, node: Node) -> list[Block]:
        slug = str(node.token.meta["label"])
        location = self._at(node)
        if self.scope.no_notes:
            self.problems.add("note-misplaced", location, f"the note “{slug}” is defined {self.scope.no_notes}")
        elif slug in self.definitions:
            first = self.definitions[slug][1].line
            message = f"the note “{slug}” is defined already, on line {first}"
            self.problems.add("note-defined-twice", location, message, "give one of the two another name")
        else:
            self.definitions[slug] = (node, location)
        return []

    def _unknown(self, node: Node) -> list[Block]:
        raise AssertionError(f"no reader for the block token {node.type}")

    # ----------------------------------------------------------------------------------------------------------- attributes

    def _attributes(self, node: Node, more: dict[str, str] | None = None) -> Attributes:
        given = given_attributes(node)
        for key, value in (more or {}).items():
            given[key] = f"{given[key]} {value}" if key == "class" and key in given else value
        return read_attributes(given, "block", self._at(node), self.problems) if given else NO_ATTRIBUTES

    def _dressed(self, attributes: Attributes, block: Block, location: Location) -> list[Block]:
        """The block; in a division if it has classes or a language, or an id that it has no room for."""
        if attributes and isinstance(block, Heading | Paragraph | Figure):
            attributes = replace(attributes, id="")
        return [self._division_of(attributes, (block,), location)] if attributes else [block]

    def _division_of(self, attributes: Attributes, blocks: tuple[Block, ...], location: Location) -> Division:
        if attributes.id:
            self.scope.counted.ids.claim(attributes.id, location)
        given = attributes
        return Division(blocks, location, given.classes, given.id, given.language, given.quoted, given.indexed)

    def _id(self, kind: str, words: str, given: str, location: Location) -> str:
        return self.scope.counted.ids.claim(given, location) if given else self.scope.block_id(kind, words, location)

    _readers: ClassVar[dict[str, Callable[[BlockReader, Node], list[Block]]]] = {
        "paragraph": _paragraph,
        "heading": _heading,
        "fence": _code,
        "code_block": _code,
        "table": _table,
        "blockquote": _quotation,
        "bullet_list": _list,
        "ordered_list": _list,
        "container_division": _division,
        "hr": _rule,
        "html_block": _html,
        "footnote_reference": _note,
    }
