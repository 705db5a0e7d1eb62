"""Which findings to believe when parts of the book could not be read: not those that follow from that alone.

Whoever misspells a file's name would else be told that everything in it is missing as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from publish.diagnostics import Diagnostic
from publish.model import Book

GLOSSARY = "book/glossary.yaml"
CHRONOLOGY = "book/chronology.yaml"
INDEX = "book/index.yaml"
BIBLIOGRAPHY = "book/bibliography.yaml"
PAGES = "pages"

# The rules that compare one file with others, and what has to have been read for that.
RESTS_ON: Mapping[str, frozenset[str]] = {
    "unknown-reference": frozenset({PAGES, GLOSSARY}),
    "unknown-term": frozenset({GLOSSARY}),
    "glossary-missing": frozenset({GLOSSARY}),
    "unknown-entry": frozenset({GLOSSARY}),
    "chronology-missing": frozenset({CHRONOLOGY}),
    "unknown-index": frozenset({GLOSSARY, INDEX}),
    "index-unmarked": frozenset({PAGES, GLOSSARY}),
    "index-blind-see": frozenset({PAGES, GLOSSARY}),
    "index-missing": frozenset({GLOSSARY, INDEX}),
    "source-unused": frozenset({PAGES, GLOSSARY, CHRONOLOGY}),
    "sources-empty": frozenset({PAGES, GLOSSARY, CHRONOLOGY, BIBLIOGRAPHY}),
    "further-reading-empty": frozenset({BIBLIOGRAPHY}),
    "unknown-source": frozenset({BIBLIOGRAPHY}),
    "entry-unmentioned": frozenset({PAGES}),
    "emendations-empty": frozenset({PAGES}),
    "quotation-differs": frozenset({PAGES}),
    "quotation-unmarked": frozenset({PAGES}),
    "unknown-date": frozenset({GLOSSARY, CHRONOLOGY}),
    "abbreviation-unexpanded": frozenset({PAGES, GLOSSARY, CHRONOLOGY}),
    "known-abbreviation-unused": frozenset({PAGES, GLOSSARY, CHRONOLOGY}),
}


def believed(book: Book, loading: Iterable[Diagnostic], checking: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """What was found in checking, without what stands in a file with errors or rests on one that could not be read."""
    unread = {page.location.file for page in book.pages} - book.sources.keys()
    broken = unread | {one.location.file for one in loading if one.severity == "error"}
    gaps = broken | ({PAGES} if unread else set())
    for one in checking:
        if one.location.file not in broken and not RESTS_ON.get(one.rule, frozenset()) & gaps:
            yield one
