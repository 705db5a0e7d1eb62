"""What the documents of an e-book need beside them: style sheets and their fonts, licences of the fonts, pictures, the cover."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import unquote

from publish.diagnostics import Diagnostic, Location, Report
from publish.errors import BookHasErrors, ToolFailed
from publish.make.archive import Data
from publish.make.fonts import font_file, subset
from publish.model import Asset, Book, Document, Rendering

# The features of a font that a style sheet can ask for by font-variant; what the font lacks is left out.
FEATURES = ("smcp", "c2sc", "onum", "lnum", "pnum", "tnum", "sups", "case")

_STYLES = "styles/"
_COVER = "images/cover.jpg"
_FONTS = {".ttf": "font/ttf", ".otf": "font/otf"}
_REFERENCE = re.compile(r'<(?:link|img)\b[^>]*?\s(?:href|src)="([^"]+)"')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_STYLE_REFERENCE = re.compile(r"""url\(\s*["']?([^"')]+?)["']?\s*\)|@import\s+["']([^"']+)["']""")


class Resource(NamedTuple):
    """A file of the e-book beside its documents; `path` is from the folder of the package document."""

    path: str
    media_type: str
    data: Data
    properties: tuple[str, ...] = ()


def resources(rendering: Rendering, book: Book, cover: Data) -> list[Resource]:
    """Every file that the documents refer to, each once, in the order in which they do; the cover first."""
    return list({one.path: one for one in _resources(rendering, book, cover)}.values())


def _resources(rendering: Rendering, book: Book, cover: Data) -> Iterator[Resource]:
    characters = frozenset[str]().union(*(one.xhtml for one in rendering.documents))
    characters |= frozenset("".join(characters).upper())  # a style may set words in capitals
    images = {one.path: one for one in book.images}
    cover_path = _cover_path(rendering.documents)
    if cover_path in images:
        raise _refused("cover-name-taken", images[cover_path].location, f"{cover_path} is the name of the drawn cover")
    yield Resource(cover_path, "image/jpeg", cover, ("cover-image",))
    for path in _references(rendering.documents):
        if path.startswith(_STYLES):
            yield from _style_sheet(path.removeprefix(_STYLES), book, characters)
        elif path in images:
            yield Resource(path, images[path].media_type, images[path].data)
        elif path != cover_path:
            raise ToolFailed(f"the e-book's documents refer to {path}, which is no file of the book")


def _references(documents: Iterable[Document]) -> list[str]:
    """The paths of the style sheets and pictures of the documents, each once."""
    found = ((one.path, unquote(href)) for one in documents for href in _REFERENCE.findall(one.xhtml))
    return list(dict.fromkeys(_beside(path, href) for path, href in found))


def _beside(path: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), href))


def _cover_path(documents: Iterable[Document]) -> str:
    """Where the cover page looks for its picture."""
    pictures = (
        path for path in _references(one for one in documents if one.role == "cover") if not path.endswith(".css")
    )
    return next(pictures, _COVER)


# ---------------------------------------------------------------------------------------------------------------- styles


def _style_sheet(name: str, book: Book, characters: Iterable[str]) -> Iterator[Resource]:
    """A style sheet of `styles/`, and the fonts, pictures and style sheets that it refers to.

    A file of the styles has its name in small letters in the e-book: some shops refuse others.
    """
    text = _text(name, book)
    yield Resource(_styled(name), "text/css", _STYLE_REFERENCE.sub(lambda match: match[0].lower(), text).encode())
    for one in _needs(text):
        path = _beside(name, one)
        if posixpath.splitext(path)[1].lower() in _FONTS:
            yield from _font(path, book, Location(_STYLES + name), characters)
        elif path.endswith(".css"):
            yield from _style_sheet(path, book, characters)
        else:
            yield Resource(_styled(path), _asset(path, book, name).media_type, _asset(path, book, name).data)


def _styled(name: str) -> str:
    return (_STYLES + name).lower()


def _text(name: str, book: Book) -> str:
    return _asset(name, book, name).data.decode()


def _needs(css: str) -> list[str]:
    """The files that a style sheet refers to, each once; what has a scheme is not a file."""
    found = (url or imported for url, imported in _STYLE_REFERENCE.findall(_COMMENT.sub("", css)))
    return [one for one in dict.fromkeys(found) if ":" not in one]


def _asset(name: str, book: Book, asked: str) -> Asset:
    if name not in book.styles:
        message = f"styles/{name} is referred to and is not there"
        raise _refused("style-file-missing", Location(_STYLES + asked), message)
    return book.styles[name]


def _font(name: str, book: Book, asked: Location, characters: Iterable[str]) -> Iterator[Resource]:
    """The font with the characters of the book only, and the licences of its family."""
    data = font_file(book.styles, name, asked)
    yield Resource(_styled(name), _FONTS[posixpath.splitext(name)[1].lower()], subset(data, characters, FEATURES))
    family = name.removesuffix(posixpath.splitext(name)[1]).split("-", maxsplit=1)[0]
    licences = [one for one in book.styles.values() if one.path.startswith(f"{family}-") and one.path.endswith(".txt")]
    if not licences:
        message = f"styles/{name} has no licence beside it"
        raise _refused("font-without-licence", asked, message, f"put its text into styles/{family}-LICENCE.txt")
    yield from (Resource(_styled(one.path), "text/plain", one.data) for one in licences)


def _refused(rule: str, location: Location, message: str, hint: str = "") -> BookHasErrors:
    return BookHasErrors(Report.of([Diagnostic(rule, location, message, hint)]))
