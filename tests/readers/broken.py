"""Copies of an e-book in which one thing is broken, to show that the steps of a reader can fail."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Breakage:
    """What is broken: in each member whose name ends so, a pattern is replaced. Then this step fails, and tells what matches `told`."""

    name: str
    step: str
    told: str
    member: str
    pattern: str
    replacement: str


def links_to_nowhere(name: str, step: str, told: str, role: str) -> Breakage:
    pattern = rf'(<a\b(?=[^>]*role="{role}")[^>]*href=")[^"#]*#[^"]*"'
    return Breakage(name, step, told, ".xhtml", pattern, r'\1notes.xhtml#nowhere"')


def style(name: str, step: str, told: str, rule: str) -> Breakage:
    return Breakage(name, step, told, ".xhtml", "</head>", f"<style>{rule}</style></head>")


NOT_FOLLOWED = r"#nowhere|\bis not shown|the pop-up does not say"  # a place that is not there, in one engine or another

# A row turned round is seen in another order than it is read in.
TURNED = "section { display: flex !important; flex-direction: column-reverse }"

BREAKAGES = (
    Breakage("contents", "contents", "#nowhere", "nav.xhtml", r'(?s)("toc".*?<a href=")[^"]*', r"\1nav.xhtml#nowhere"),
    Breakage("page list", "pages", "0 pages are offered", "nav.xhtml", r'(?s)<nav\b[^>]*"page-list".*?</nav>', ""),
    Breakage("pages", "pages", "where the book has", ".xhtml", r'\bid="(?=[^"]*"[^>]*doc-pagebreak)', 'data-id="'),
    links_to_nowhere("call of a note", "note", NOT_FOLLOWED, "doc-noteref"),
    links_to_nowhere("back-link", "backLink", NOT_FOLLOWED, "doc-backlink"),
    links_to_nowhere("glossary", "glossary", NOT_FOLLOWED, "doc-glossref"),
    Breakage(
        "number in the text", "search", "is not found", ".xhtml", r'(<span\b[^>]*doc-pagebreak"[^>]*>)', r"\1[p. 9]"
    ),
    style("black letters", "night", "«", "* { color: #000 !important }"),
    style(
        "white paper", "night", r"the page is rgb\(255,255,255\)", "html, body, section { background: #fff !important }"
    ),
    style("no pictures", "night", "is not seen", "img, svg { visibility: hidden !important }"),
    style("fixed width", "large", ".xhtml: «", "section { width: 400px !important }"),
    style("empty page", "large", "opens at an empty page", "section { padding-top: 3000px !important }"),
    style("wide letters", "narrow", ".xhtml: «", "p { white-space: nowrap !important }"),
    style("turned round", "order", "is seen before what is read before it", TURNED),
    style("words by style", "order", "words by style in h1::before", "h1::before { content: 'Chapter ' }"),
    style("words hidden", "order", "other words without style", "h1 { display: none }"),
)


def break_ebook(epub: Path, breakage: Breakage, folder: Path) -> Path:
    """Write the broken copy. Raises `AssertionError` if there is nothing in the e-book to break so."""
    broken, changes = folder / epub.name, 0
    with zipfile.ZipFile(epub) as whole, zipfile.ZipFile(broken, "w") as copy:
        for name in whole.namelist():
            data = whole.read(name)
            if name.endswith(breakage.member):
                text, count = re.subn(breakage.pattern, breakage.replacement, data.decode())
                data, changes = text.encode(), changes + count
            copy.writestr(name, data)
    assert changes, f"nothing to break: {breakage.name}"
    return broken
