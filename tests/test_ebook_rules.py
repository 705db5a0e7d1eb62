"""Our own rules for the e-book: each is broken, and nothing else, in a file that was really made."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from proof_sample import Sample, garden, rewritten, rich
from publish.diagnostics import catalogue
from publish.make.epub import make_epub
from publish.model import Artifact, Pagination, Verdict
from publish.prove import ebook_rules
from publish.prove.ebook_notes import LONGEST, SHORTEST
from publish.render import render_epub

TEXT, NAV, PACKAGE = "EPUB/text/", "EPUB/nav.xhtml", "EPUB/content.opf"
ESSAY, NOTES, GLOSSARY = (f"{TEXT}{name}.xhtml" for name in ("essay", "notes", "glossary"))


def edited(artifact: Artifact, member: str, pattern: str, new: str) -> Artifact:
    """The e-book with `new` put for what matches in one of its files, once."""

    def change(data: bytes) -> bytes:
        text, times = re.subn(pattern, new, data.decode(), flags=re.DOTALL)
        assert times == 1, f"{pattern} stands {times} times in {member}"
        return text.encode()

    return rewritten(artifact, member, change)


def judged(member: str = "", pattern: str = "", new: str = "") -> Verdict:
    sample = garden()
    epub = edited(sample["epub"], member, pattern, new) if member else sample["epub"]
    return ebook_rules.judge(epub, sample.book, sample.rendering)


@pytest.mark.parametrize("sample", [garden(), rich()], ids=["garden", "rich"])
def test_an_ebook_passes_as_it_is_made(sample: Sample) -> None:
    verdict = ebook_rules.judge(sample["epub"], sample.book, sample.rendering)
    assert (verdict.result, verdict.diagnostics) == ("passed", ())
    assert verdict.detail.startswith(f"{sum(len(page.notes) for page in sample.book.pages)} notes, ")


CALL = r'(<a class="noteref"[^>]* epub:type="noteref" role="doc-noteref">)2</a>'
SPINE = r'(<itemref idref="introduction"/>)\s*(<itemref idref="essay"/>)\s*(<itemref idref="notes"/>)'
LOST = r"(?s)(<section class=\"page chapter\".*?)<div class=\"page-break\"[^>]*></div>"
WORDS = "Probably the.*?the introduction</a>\\."

BROKEN = {
    # Apple: nothing but the number in the call.
    "tag in the call": ("ebook-note-call", ESSAY, CALL, r"\1<sup>2</sup></a>", "holds something beside its number"),
    "words in the call": (
        "ebook-note-call",
        ESSAY,
        CALL,
        r"\1note 2</a>",
        "the call “note 2” of a note holds something",
    ),
    "note that is none": (
        "ebook-note-call",
        NOTES,
        r'(id="[^"]*") epub:type="footnote" role="doc-footnote" aria-label="Note 2"',
        r"\1",
        "the call “2” leads to “EPUB/text/notes.xhtml#note-",
    ),
    "note without a call": ("ebook-note-call", ESSAY, CALL, "", "no call leads to the note “note-"),
    "number out of the series": (
        "ebook-note-order",
        ESSAY,
        CALL,
        r"\g<1>3</a>",
        "“3” stands where the book calls its note 2",
    ),
    # Kobo: a note after its call, of 9 to 5,000 characters.
    "note before its call": ("ebook-note-order", PACKAGE, SPINE, r"\1\3\2", "stands before its call “2”"),
    "short note": ("ebook-note-length", NOTES, WORDS, "Oh.", " has 5 characters; 9 to 5,000 can be shown"),
    "long note": ("ebook-note-length", NOTES, WORDS, "x" * 4999, " has 5,001 characters; 9 to 5,000 can be shown"),
    # Kindle: two ways, the way back first.
    "no way back": ("ebook-note-back", NOTES, r'<a class="back"[^>]*>2</a>', "2", "does not lead back to its call"),
    "way back elsewhere": (
        "ebook-note-back",
        NOTES,
        r'href="essay\.xhtml#[^"]*"',
        'href="essay.xhtml#first-watch"',
        "does not lead back to its call",
    ),
    "way back last": (
        "ebook-note-back",
        NOTES,
        r'(<a class="back"[^>]*>2</a>) (Probably the[^<]*)',
        r"\2 \1",
        "words stand before the link of the note",
    ),
    "page without a marker": ("ebook-page", ESSAY, LOST, r"\1", "the page markers lack 7 of the printed book"),
    "page that is not listed": (
        "ebook-page",
        NAV,
        r'<li><a href="text/essay\.xhtml#page-7">7</a></li>',
        "",
        "lack 7 of the page markers",
    ),
    "pages out of order": (
        "ebook-page",
        NAV,
        r'(<li><a href="text/essay\.xhtml#page-7">7</a></li>)\s*(<li>.*?</li>)',
        r"\2\1",
        "the entries of the page list are out of order from 8 on: 8, 7, ",
    ),
    "roman label": (
        "ebook-page",
        NAV,
        r'(<a href="nav\.xhtml#page-3">)3<',
        r"\1iv<",
        "the entries of the page list lack 3",
    ),
    "page that leads elsewhere": (
        "ebook-page",
        NAV,
        r'text/essay\.xhtml#page-7"',
        'text/essay.xhtml#first-watch"',
        "leads for page 7 to EPUB/text/essay.xhtml#first-watch, its marker is elsewhere",
    ),
    "marker without a role": (
        "ebook-page",
        ESSAY,
        ' role="doc-pagebreak" aria-label="7"',
        ' aria-label="7"',
        "the marker of page 7 has no role",
    ),
    "marker in a word": (
        "ebook-page",
        ESSAY,
        r'(<section class="page chapter".*?)<div( class="page-break"[^>]*>)</div>(.*?are out the gar)den',
        r"\1\3<span\2</span>den",
        "the marker of page 7 stands inside a word",
    ),
    "pages of no book": (
        "ebook-page",
        PACKAGE,
        r'<meta property="pageBreakSource">[^<]*</meta>',
        "",
        "pageBreakSource",
    ),
    "mention of nothing": (
        "ebook-glossary",
        ESSAY,
        r'glossary\.xhtml#term-tobacco"',
        'glossary.xhtml#glossary"',
        "the mention “tobacco” leads to “EPUB/text/glossary.xhtml#glossary”, which is no entry",
    ),
    "entry that is lost": (
        "ebook-glossary",
        GLOSSARY,
        ' id="term-tobacco"',
        "",
        "the glossary has lost its entry “tobacco”",
    ),
    "pages of the book in another order": (
        "ebook-order",
        PACKAGE,
        r'(<itemref idref="sources"/>)\s*(<itemref idref="chronology"/>)',
        r"\2\1",
        "“chronology” does not stand where the contents of book.yaml have it",
    ),
    "page of the book that is lost": (
        "ebook-order",
        PACKAGE,
        r'<itemref idref="cover"/>',
        "",
        "“cover” does not stand where the contents of book.yaml have it",
    ),
    "contents that lead back": (
        "ebook-order",
        NAV,
        r'text/essay\.xhtml#essay-the-second-watch"',
        'text/introduction.xhtml"',
        "the contents lead with “The second watch” back, or nowhere",
    ),
    "no start of the text": (
        "ebook-order",
        NAV,
        ' epub:type="bodymatter"',
        "",
        "no landmark leads to the start of the text",
    ),
    "picture without words": (
        "ebook-feature",
        f"{TEXT}introduction.xhtml",
        r'alt="Plan[^"]*"',
        'alt=""',
        "the package claims “alternativeText”, and that is not so",
    ),
    "claim that nobody can prove": (
        "ebook-feature",
        PACKAGE,
        ">readingOrder<",
        ">signLanguage<",
        "the package claims “signLanguage”, which nothing here can prove",
    ),
    "pages that cannot flow": (
        "ebook-feature",
        PACKAGE,
        '<meta property="schema:accessibilityHazard">',
        '<meta property="rendition:layout">pre-paginated</meta><meta property="schema:accessibilityHazard">',
        "the package claims “displayTransformability”, and that is not so",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_told_and_nothing_else(name: str) -> None:
    rule, member, pattern, new, words = BROKEN[name]
    verdict = judged(member, pattern, new)
    assert {one.rule for one in verdict.diagnostics} <= {rule, *FOLLOWS.get(name, ())}, verdict.diagnostics
    assert any(one.rule == rule and words in one.message for one in verdict.diagnostics), verdict.diagnostics
    assert verdict.result == ("passed" if catalogue()[rule].severity == "warning" else "failed")


# What cannot be broken alone: with a document its printed pages are moved or lost.
FOLLOWS = dict.fromkeys(("page of the book that is lost", "pages of the book in another order"), ("ebook-page",))


@pytest.mark.parametrize(
    ("name", "file", "words"),
    [
        ("tag in the call", "book/text/essay.md", "At ten the first hawk moth"),
        ("short note", "book/text/essay.md", "[^hawk-moth]: Probably"),
        ("marker in a word", "book/text/essay.md", "WHEN THE LAMPS"),
        ("mention of nothing", "book/text/essay.md", "At ten the first hawk moth"),
        ("contents that lead back", "book/text/introduction.md", ""),
        ("pages out of order", "book/book.yaml", ""),
    ],
)
def test_what_is_broken_is_told_at_its_line(name: str, file: str, words: str) -> None:
    _, member, pattern, new, _ = BROKEN[name]
    [found] = judged(member, pattern, new).diagnostics
    assert found.location.file == file
    assert found.location.line == (garden().line_of(file, words) if words else 0)


@pytest.mark.parametrize(("length", "told"), [(SHORTEST, 0), (SHORTEST - 1, 1), (LONGEST, 0), (LONGEST + 1, 1)])
def test_the_length_of_a_note_counts_its_number(length: int, told: int) -> None:
    assert len(judged(NOTES, WORDS, "x" * (length - 2)).diagnostics) == told


def test_roman_numbers_are_labels_like_others() -> None:
    roman = ("i", "ii", "iii", "iv", "v")
    pages = garden().pagination.pages
    labelled = [replace(page, label=label) for page, label in zip(pages, roman, strict=False)]
    made = render_epub(garden().book, Pagination((*labelled, *pages[len(roman) :])))
    epub = make_epub(made, garden().book, b"\xff\xd8\xff a picture")
    assert ebook_rules.judge(epub, garden().book, made).diagnostics == ()
    wrong = edited(epub, NAV, r">iv</a>", ">vi</a>")
    [lack, more] = ebook_rules.judge(wrong, garden().book, made).diagnostics
    assert "the entries of the page list have vi, which the page markers have not" in lack.message
    assert "the entries of the page list lack iv of the page markers" in more.message


@pytest.mark.parametrize("feature", ebook_rules.FEATURES)
def test_no_feature_is_true_of_an_empty_book(feature: str) -> None:
    """A book of one document without anything in it, but that its text flows and has an order."""
    everything = r"<body.*</body>"
    sample = garden()
    epub = sample["epub"]
    for document in sample.rendering.documents:
        epub = edited(epub, f"EPUB/{document.path}", everything, "<body></body>")
    said = [one.message for one in ebook_rules.judge(epub, sample.book, sample.rendering).diagnostics]
    always = feature in {"displayTransformability", "readingOrder"}
    assert any(f"claims “{feature}”, and that is not so" in one for one in said) != always


def test_what_is_no_ebook_fails() -> None:
    sample = garden()
    verdict = ebook_rules.judge(replace(sample["epub"], data=b"no zip"), sample.book, sample.rendering)
    assert (verdict.result, [one.rule for one in verdict.diagnostics]) == ("failed", ["text-unreadable"])
