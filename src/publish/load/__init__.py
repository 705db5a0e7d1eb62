"""The first stage: book/ and styles/ become a Book. Owns PyYAML, markdown-it-py, and its plugins.

files      reads files, inside the folders and as UTF-8 only
yamlfile   YAML as a tree of texts with places; shapes and schema say what it holds, convert and metadata make values of it
markdown   the parser; located notes where words stand, emendations reads CriticMarkup, quotes sets quotation marks
inlines, blocks, page, contents
           the parser's tokens become the model's words, blocks, pages
chicago    the forms of a source; names and punctuation in them; citations reads those of the text, sources puts words in their place
records    glossary, chronology, index, allowances; bibliography
counts     numbers that the machine counts, filled in when the book is whole
book       all of them become a Book
"""

from __future__ import annotations

from publish.load.book import load_book

__all__ = ["load_book"]
