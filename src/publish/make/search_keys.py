"""The search key map of an e-book with a glossary: the words under which a reading system finds each entry.

EPUB Dictionaries and Glossaries 1.0, sections 2.4 and 2.5.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from publish.make.resources import Resource
from publish.model import Book, Entry, Rendering

PATH = "search-key-map.xml"  # beside the package, whose paths are then its own
MEDIA_TYPE = "application/vnd.epub.search-key-map+xml"


def search_keys(book: Book, rendering: Rendering) -> Iterator[Resource]:
    """The map of the book's glossary; none where the e-book has no glossary, or that has no entries."""
    glossary = next((one.path for one in rendering.documents if one.role == "glossary"), "")
    if glossary and book.glossary:
        groups = "".join(_group(entry, glossary) for entry in book.glossary)
        language = escape(book.metadata.language)
        text = (
            '<?xml version="1.0" encoding="utf-8"?>\n'
            f'<search-key-map xmlns="http://www.idpf.org/2007/ops" xml:lang="{language}">\n{groups}</search-key-map>\n'
        )
        yield Resource(PATH, MEDIA_TYPE, text.encode(), ("glossary", "search-key-map"))


def _group(entry: Entry, glossary: str) -> str:
    """An entry: its headword, and under it every other form of it, each once."""
    others = dict.fromkeys(one for one in (entry.modern, *entry.forms) if one and one != entry.headword)
    values = "".join(f'<value value="{escape(one)}"/>' for one in others)
    match = f'<match value="{escape(entry.headword)}">{values}</match>'
    return f'<search-key-group href="{glossary}#term-{entry.id}">{match}</search-key-group>\n'
