"""What a page is, said in the vocabularies of EPUB (epub:type) and ARIA (role).

Source: EPUB 3 Structural Semantics Vocabulary 1.1, Digital Publishing WAI-ARIA 1.1, ARIA in HTML (which roles a `section` may have).
`halftitlepage`, `titlepage`, `imprint` and the divisions of the book have no doc- role.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from publish.model import Page, Role


@dataclass(frozen=True, slots=True)
class Semantics:
    """The epub:type and ARIA role of a page's section, "" for none, and the part of the book that it belongs to."""

    type: str
    role: str = ""
    matter: Literal["", "frontmatter", "bodymatter", "backmatter"] = ""


SEMANTICS: dict[Role | Literal["notes"], Semantics] = {
    "cover": Semantics("cover"),
    "half-title": Semantics("halftitlepage", matter="frontmatter"),
    "titlepage": Semantics("titlepage", matter="frontmatter"),
    "imprint": Semantics("imprint", matter="frontmatter"),
    "contents": Semantics("", matter="frontmatter"),  # the nav element in it has both
    "dedication": Semantics("dedication", "doc-dedication", "frontmatter"),
    "epigraph": Semantics("epigraph", "doc-epigraph", "frontmatter"),
    "foreword": Semantics("foreword", "doc-foreword", "frontmatter"),
    "preface": Semantics("preface", "doc-preface", "frontmatter"),
    "introduction": Semantics("introduction", "doc-introduction", "frontmatter"),
    "chapter": Semantics("chapter", "doc-chapter", "bodymatter"),
    "afterword": Semantics("afterword", "doc-afterword", "backmatter"),
    "appendix": Semantics("appendix", "doc-appendix", "backmatter"),
    "note": Semantics("appendix", "doc-appendix", "backmatter"),
    "chronology": Semantics("appendix", "doc-appendix", "backmatter"),
    "glossary": Semantics("glossary", "doc-glossary", "backmatter"),
    "emendations": Semantics("appendix", "doc-appendix", "backmatter"),
    "further-reading": Semantics("appendix", "doc-appendix", "backmatter"),
    "sources": Semantics("bibliography", "doc-bibliography", "backmatter"),
    "index": Semantics("index", "doc-index", "backmatter"),
    "colophon": Semantics("colophon", "doc-colophon", "backmatter"),
    "back-cover": Semantics(""),
    "notes": Semantics("footnotes", "doc-endnotes", "backmatter"),
}

UNLISTED: frozenset[Role] = frozenset(
    {"cover", "half-title", "titlepage", "imprint", "contents", "dedication", "epigraph", "back-cover"}
)
"""Pages that do not stand in the table of contents."""

_TITLE_LABELS: dict[Role, str] = {
    "cover": "cover",
    "titlepage": "title-page",
    "contents": "contents",
    "chronology": "chronology",
    "glossary": "glossary",
    "emendations": "emendations",
    "further-reading": "further-reading",
    "sources": "sources",
    "index": "index",
    "back-cover": "back-cover",
}


def title_label(page: Page) -> str:
    """The label that is the title of a page made without a file; "" for a page that has its own title."""
    return "" if page.title else _TITLE_LABELS.get(page.role, "")
