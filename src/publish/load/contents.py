"""The pages of a book in the order of its contents: which file each has, its id, its witness, and its words."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate, chain
from pathlib import PurePosixPath
from typing import NamedTuple

from publish.alongside import alongside
from publish.diagnostics import Location
from publish.load.attributes import checked_id
from publish.load.convert import Facts
from publish.load.files import IMAGE_SUFFIXES, Folder, read_image
from publish.load.page import Parsed, parse, read_page
from publish.load.schema import ROLES, ROLES_WITHOUT_FILE
from publish.load.scope import NO_WITNESS, Counted, Scope
from publish.model import COVERS, MADE_ROLES, Asset, Page, Role, Witness


class _Item(NamedTuple):
    """An item of the contents that a page can be made of."""

    facts: Facts
    role: Role
    file: str
    id: str


_LONG = 500_000  # characters of a book: fewer are parsed before a second process has told what it made of its half


class ContentsReader:
    """Reads the pages of one book."""

    def __init__(self, folder: Folder, counted: Counted) -> None:
        self.folder = folder
        self.counted = counted
        self.problems = counted.problems
        self._images: dict[str, Location] = {}

    def pages(self, book: Facts) -> tuple[Page, ...]:
        """The pages; the ids of all of them are taken before the first is read, so that they are the pages' for certain."""
        items = list(self._items(book.records("contents")))
        if items:
            self._report_unlisted({item.file for item in items})
        self._check_numbering([item for item in items if item.facts.text("numbering")])
        texts = [self._text(item) for item in items]
        return tuple(map(self._page, items, texts, self._parsed([text or "" for text in texts])))

    def images(self) -> tuple[Asset, ...]:
        """The pictures of images/ and those that the pages show, by path; to be asked for when the pages are read."""
        asked = {path: Location(self.folder.name(path)) for path in self.folder.walk() if _is_picture(path)}
        asked |= self._images
        found = (read_image(self.folder, path, location) for path, location in sorted(asked.items()))
        return tuple(asset for asset in found if asset)

    def _items(self, records: tuple[Facts, ...]) -> Iterator[_Item]:
        listed: set[str] = set()
        for facts in records:
            role, file = facts.text("role"), facts.text("file")
            self._check_file(facts, role, file)
            if file in listed:
                self.problems.add("bad-value", facts.where("file"), f"“{file}” stands in the contents already")
                continue
            if role in MADE_ROLES and role in listed:
                message = f"“{role}” stands in the contents already, and the machine makes one"
                self.problems.add("contents-role-twice", facts.where("role"), message, "take one of them out")
                continue
            listed |= {file, role} - {""}
            if role not in ROLES and not file:
                continue
            known: Role = role if role in ROLES else "chapter"
            yield _Item(facts, known, file, self._page_id(facts, known, file))

    def _check_numbering(self, items: list[_Item]) -> None:
        for number, item in enumerate(items):
            where = item.facts.where("numbering")
            if item.role in COVERS:
                self.problems.add("bad-value", where, "a cover has no page number", "take `numbering` out here")
            elif number:
                message = f"page 1 is at “{items[0].id}” already"
                self.problems.add("bad-value", where, message, "take one of the two `numbering` out")

    def _check_file(self, facts: Facts, role: str, file: str) -> None:
        if file and role in ROLES_WITHOUT_FILE:
            message = f"a page with the role “{role}” is made by the program and has no file"
            self.problems.add("bad-value", facts.where("file"), message, "delete the file, or choose another role")
        if not file and role in ROLES and role not in MADE_ROLES:
            self.problems.add("missing-key", facts.location, f"a page with the role “{role}” needs a file")
        if not file and facts.text("witness"):
            self.problems.add("missing-key", facts.location, "a page with a witness needs a file")

    def _page_id(self, facts: Facts, role: Role, file: str) -> str:
        name: str = role
        if file:
            name = checked_id(PurePosixPath(file).stem, facts.where("file"), self.problems) or "page"
        location = facts.where("file")
        self.counted.ids.claim(f"{name}-title", location)
        if role in COVERS:
            self.counted.ids.claim(f"{name}-inside", location)
        return self.counted.ids.claim(name, location)

    def _text(self, item: _Item) -> str | None:
        return self.folder.text(item.file, item.facts.where("file")) if item.file else None

    def _parsed(self, texts: list[str]) -> Iterator[Parsed]:
        """The texts as they are parsed, one after the other. Of a long book the second half is parsed alongside the first."""
        lengths = list(accumulate(map(len, texts)))
        whole = lengths[-1] if lengths else 0
        half = bisect(lengths, 0.45 * whole)  # whoever parses the first half makes pages of it meanwhile
        with alongside(lambda: list(map(self._parse, texts[half:])), worth=whole > _LONG) as others:
            yield from map(self._parse, texts[:half])
            yield from others()

    def _parse(self, text: str) -> Parsed:
        return parse(text, self.counted.md)

    def _page(self, item: _Item, text: str | None, parsed: Parsed) -> Page:
        location = Location(self.folder.name(item.file), 1) if item.file else item.facts.location
        witness, opens = self._witness(item.facts), item.facts.text("numbering") == "arabic"
        if text is None:
            return Page(item.id, item.role, (), (), (), location, witness, opens)
        no_marks = "" if item.facts.text("witness") else NO_WITNESS
        scope = Scope(self.counted, location.file, text.split("\n"), item.id, no_marks, images=self._images)
        return Page(item.id, item.role, *read_page(parsed, scope), location, witness, opens)

    def _witness(self, facts: Facts) -> Witness | None:
        file = facts.text("witness")
        text = self.folder.text(file, facts.where("witness")) if file else None
        return None if text is None else Witness(self.folder.name(file), text)

    def _report_unlisted(self, listed: set[str]) -> None:
        for path in self.folder.walk():
            if path.startswith("text/") and path.endswith(".md") and path not in listed:
                hint = "name it in the contents of book.yaml, or move it out of text/"
                location = Location(self.folder.name(path))
                self.problems.add("unlisted-file", location, "the file is no page of the book", hint)


def _is_picture(path: str) -> bool:
    """Whether a file of the book is one of its pictures, by its place and name; a licence may lie beside them."""
    return path.startswith("images/") and path.lower().endswith(tuple(chain.from_iterable(IMAGE_SUFFIXES.values())))
