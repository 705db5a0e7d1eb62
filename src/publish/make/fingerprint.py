"""What the pages of a book depend on, in one short word: its sources, pictures and styles, this program, and the libraries that lay out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

import publish
from publish.model import Book

_LIBRARIES = ("markdown-it-py", "mdit-py-plugins", "pyphen", "uharfbuzz", "weasyprint")


def fingerprint(book: Book) -> str:
    """A SHA-256 of all that. The same word means the same pages, as long as Pango, which belongs to the system, is the same."""
    digest = hashlib.sha256()
    for part in _parts(book):
        digest.update(f"{len(part)}:".encode())  # so that no two rows of parts are the same bytes
        digest.update(part)
    return digest.hexdigest()


def _parts(book: Book) -> Iterator[bytes]:
    for name, text in sorted(book.sources.items()):
        yield name.encode()
        yield text.encode(errors="surrogatepass")
    for image in sorted(book.images, key=lambda one: one.path):
        yield image.path.encode()
        yield image.data
    for name, asset in sorted(book.styles.items()):
        yield name.encode()
        yield asset.data
    yield of_program().encode()


@cache
def of_program() -> str:
    """A SHA-256 of this program and of the libraries that lay out: what a fingerprint has beside the book's own files."""
    digest = hashlib.sha256()
    for name in _LIBRARIES:
        digest.update(f"{name} {version(name)}\n".encode())
    for path in sorted(Path(publish.__file__).parent.rglob("*")):
        if path.suffix in {".py", ".html", ".xhtml", ".j2", ".jinja", ".css"} and path.is_file():
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
