"""Whether the style sheets stay among the styles: nothing is fetched while a book is made, nor by who reads it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from publish.check.stylesheets import references
from publish.diagnostics import Diagnostic, Location
from publish.model import Book

_SCHEME = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.-]*:|[/\\]{2})")


def style_reference(book: Book) -> Iterator[Diagnostic]:
    """Addresses in style sheets that are none of a file in styles/."""
    for name, asset in book.styles.items():
        if name.lower().endswith(".css"):
            for address, line, column in references(asset.data.decode()):
                place = Location(asset.location.file, line, column)
                if _SCHEME.match(address):
                    hint = "put a copy of the file into styles/ and name that"
                    yield Diagnostic("url-for-file", place, f"“{address[:100]}” is an address, not a file", hint)
                elif _leads_out(posixpath.dirname(name), address):
                    hint = "put the file itself into styles/ and write its path from the style sheet"
                    yield Diagnostic("outside-book", place, f"“{address[:100]}” leads out of styles/", hint)


def _leads_out(folder: str, address: str) -> bool:
    """Whether an address, as it is read by whoever is careless, is that of a place outside: unescaped, with any slash, and made short."""
    path = unquote(unquote(address)).replace("\\", "/")
    whole = posixpath.normpath(posixpath.join(folder, path))
    return whole.startswith(("/", "../")) or whole == ".."
