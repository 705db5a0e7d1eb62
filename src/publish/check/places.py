"""Where a value of a YAML file stands, for rules that speak of values whose place the book does not keep."""

from __future__ import annotations

import re
from functools import lru_cache

from publish.diagnostics import Location
from publish.model import Book


@lru_cache(maxsize=8)
def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n"))


def place_of(book: Book, record: Location, key: str, value: str = "") -> Location:
    """The place of a value under a key of a record, or of the key alone; of the record where it cannot be told.

    The record is known by the place where it begins, and ends where a line is indented less: its first key stands in its column.
    """
    lines = _lines(book.sources.get(record.file, ""))
    key_pattern = re.compile(rf"(?:\s|-\s)*{re.escape(key)}:(?!\S)")
    value_pattern = re.compile(rf"(?<![\w-]){re.escape(value)}(?![\w-])")
    after_key = False
    for number in range(max(record.line, 1), len(lines) + 1):
        line = lines[number - 1]
        indent = len(line) - len(line.lstrip())
        if number > record.line and line.strip() and indent < record.column - 1:
            break
        start = 0
        if not after_key and (found := key_pattern.match(line)):
            after_key = True
            start = found.end()
            if not value:
                return Location(record.file, number, indent + 1)
        if after_key and (at := value_pattern.search(line, start)):
            return Location(record.file, number, at.start() + 1)
    return record
