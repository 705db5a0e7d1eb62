"""What a file is made with: the programs whose version can change its bytes, and the fonts."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import PurePath

import publish
from publish.make.fonts import named
from publish.model import Book, Kind, MadeWith

# The e-book, and what catalogues are told of it, have the page numbers of the layout: it is a part of their making.
_LAYOUT = ("weasyprint", "uharfbuzz", "pyphen")
_PACKAGES: dict[Kind, tuple[str, ...]] = {
    "epub": ("EbookLib", "Pillow", *_LAYOUT),
    "screen": (*_LAYOUT, "pikepdf"),
    "print": (*_LAYOUT, "pikepdf"),
    "booklet": (*_LAYOUT, "pikepdf"),
    "wrap": (*_LAYOUT, "pikepdf"),
    "locators": _LAYOUT,
    "onix": ("langcodes", *_LAYOUT),
    "jsonld": _LAYOUT,
}


def made_with(book: Book, kind: Kind) -> MadeWith:
    """What files of a kind are made with, when all of the book's are made."""
    names = sorted(("markdown-it-py", "Jinja2", *_PACKAGES[kind]), key=str.casefold)
    programs = {"publish": publish.__version__, "Python": platform.python_version(), "Pango": _pango()}
    return MadeWith({**programs, **{name: version(name) for name in names}}, dict(_fonts(book)))


def _pango() -> str:
    """Pango belongs to the system, and no package knows its version."""
    from weasyprint.text.ffi import pango  # here, for it takes long to import

    number = int(pango.pango_version())
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


def _fonts(book: Book) -> Iterator[tuple[str, str]]:
    """The fonts of the styles, by their own names."""
    for path, asset in sorted(book.styles.items()):
        if PurePath(path).suffix in {".ttf", ".otf"}:
            name, its_version = named(asset.data)
            yield name or path, its_version
