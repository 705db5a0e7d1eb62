"""A book for the tests of the layout, made by hand to the contract of docs/architecture.md: no other stage is needed."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

from publish.diagnostics import Location
from publish.model import (
    Asset,
    Book,
    Contributor,
    Cover,
    Document,
    Edition,
    Metadata,
    Rendering,
    Rights,
    Subject,
    TocEntry,
)  # fmt: skip

STYLES = Path(__file__).parent.parent / "styles"
A5 = Edition("a5", (419.5276, 595.2756), 56.6929, (841.89, 595.2756), "a4", 0.2835)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 148 210"><rect width="148" height="210" fill="#a2191f"/>'
    '<path d="M20 40h108v20H20z" fill="#f5eddd"/></svg>'
)
COVER = Cover(SVG, "Cover: The Garden at Night", "<svg/>")
TEXT = """the garden at night is not dark when all of the lamps are out and moths come one by one to officially neglected
flowers of tobacco evening primrose stocks which nobody had watered since difficult Thursday afternoons in June 1871 while Mr. Bates
counted forty-four visits within a quarter of an hour—more than bees make at noon"""
WORDS = TEXT.split()


def styles(changed: Mapping[str, str] | None = None) -> dict[str, Asset]:
    """The project's own styles, some files changed."""
    files = {path.relative_to(STYLES).as_posix(): path.read_bytes() for path in sorted(STYLES.rglob("*"))
             if path.is_file()}  # fmt: skip
    files.update({name: text.encode() for name, text in (changed or {}).items()})
    return {name: Asset(name, data, "text/css", Location(f"styles/{name}")) for name, data in files.items()}


def book(changed: Mapping[str, str] | None = None, *, language: str = "en-GB") -> Book:
    """A book of the styles and a few facts; its text is in the rendering."""
    metadata = Metadata(
        title="The Garden at Night", subtitle="", short_title="The Garden", language=language,
        identifier="urn:uuid:8f7a1c52-3f0e-4a58-9d53-0b1f2c6e4d77", version="1.0.0", file_name="garden",
        description="Notes of a gardener.", published="2026-03-01", modified="2026-03-02T00:00:00Z", original="",
        contributors=(Contributor("Ada Lindley", "Lindley, Ada", "aut", "attributed"),
                      Contributor("Ruth Hay", "Hay, Ruth", "edt")),
        publisher="The Hedge Press", place="Kew", rights=(Rights("Text", "In the public domain."),),
        subjects=(Subject("Gardens", "LCSH"), Subject("moths & men", "keyword")), source="The manuscript of 1871.",
    )  # fmt: skip
    labels = {"attributed": "attributed to"}
    return Book(metadata, (), (), (), (A5,), labels, (), styles(changed), (), {})


def rendering(*sections: str, language: str = "en-GB", locations: Mapping[str, Location] | None = None) -> Rendering:
    """The sections as the one document that is laid out."""
    xhtml = (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml" lang="{language}" xml:lang="{language}">'
        '<head><meta charset="utf-8"/><title>The Garden at Night</title></head>'
        f'<body data-short-title="The Garden">{"".join(sections)}</body></html>'
    )
    document = Document("book", "chapter", "book.html", "The Garden at Night", xhtml)
    return Rendering("print", (document,), (TocEntry("One", "#one"),), (), (), locations or {})


def section(name: str, *blocks: str, role: str = "chapter", title: str = "") -> str:
    """A page of the contents."""
    title = title or name.title()
    return (
        f'<section class="page {role}" id="{name}" data-title="{escape(title)}" aria-labelledby="{name}-title">'
        f'<h1 class="page-title" id="{name}-title">{escape(title)}</h1>{"".join(blocks)}</section>'
    )


def paragraph(name: str, text: str) -> str:
    return f'<p id="{name}">{text}</p>'


def note(number: int, text: str) -> str:
    return f'<span class="note" id="note-{number}">{text}</span>'


def prose(seed: int, count: int) -> str:
    """So many words, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    return " ".join(chance.choice(WORDS) for _ in range(count))


def noted(name: str, paragraphs: int, *, seed: int = 1, every: int = 40) -> str:
    """A section with a note at every so many words, of one to three lines each."""
    chance = random.Random(seed)  # noqa: S311
    blocks: list[str] = []
    number = 0
    for index in range(paragraphs):
        pieces: list[str] = []
        for _ in range(chance.randint(1, 5)):
            number += 1
            text = note(number, f"Note {number}: {prose(number, chance.randint(4, 30))}.")
            pieces.append(f"{prose(seed * 1000 + number, chance.randint(every // 2, every * 2))}.{text}")
        blocks.append(paragraph(f"{name}-{index}", " ".join(pieces)))
    return section(name, *blocks)


def whole() -> Iterable[str]:
    """Every kind of page and block that the styles know."""
    yield f'<section class="page cover" id="cover"><img src="cover.svg" alt="{COVER.alternative}"/></section>'
    yield '<section class="inside-cover" id="cover-inside"></section>'
    yield (
        '<section class="page titlepage" id="titlepage" data-title="Title">'
        '<h1 class="page-title title" id="titlepage-title">The Garden at Night</h1>'
        '<p class="subtitle" id="titlepage-subtitle">Notes of a gardener</p>'
        '<p class="contributor" id="titlepage-contributor-1">attributed to Ada Lindley</p>'
        '<p class="publisher" id="titlepage-publisher">The Hedge Press</p><p class="date" id="titlepage-date">2026</p></section>'
    )
    yield section("imprint", paragraph("imprint-1", prose(1, 60)), paragraph("imprint-2", prose(2, 30)), role="imprint")
    yield (
        '<section class="page contents" id="contents" data-title="Contents"><h1 class="page-title" id="contents-title">'
        'Contents</h1><nav class="contents"><ol><li><a href="#one"><span class="entry-title">One</span></a><ol><li>'
        '<a href="#watch"><span class="entry-title">The first watch</span></a></li></ol></li>'
        '<li><a href="#glossary"><span class="entry-title">Glossary</span></a></li></ol></nav></section>'
    )
    yield section("one", *blocks())
    yield section(
        "glossary",
        '<dl class="entries">'
        + "".join(
            f'<div class="entry"><dt id="term-{n}"><dfn>Moth {n}</dfn> (1871–1890).</dt> '
            f'<dd><p class="gloss" id="term-{n}-gloss">{prose(n, 30)}.</p></dd></div>'
            for n in range(30)
        )
        + "</dl>",
        role="glossary",
    )
    yield '<section class="inside-cover" id="back-cover-inside"></section>'
    yield f'<section class="page back-cover" id="back-cover"><img src="cover.svg" alt="{COVER.alternative}"/></section>'


def blocks() -> Iterable[str]:
    yield paragraph(
        "one-1",
        f'<span class="lead-in">WHEN THE LAMPS</span> are out, in the <abbr class="abbr">U.S.S.R.</abbr> {prose(3, 200)} '
        f'<em>in order</em>, <span lang="fr" xml:lang="fr">mot juste</span>.{note(1, prose(4, 20))} {prose(5, 30)}',
    )
    yield '<h2 id="watch">The first watch</h2>'
    yield paragraph("one-2", prose(6, 150))
    yield f"<blockquote>{paragraph('quoted', prose(7, 60))}</blockquote>"
    yield paragraph("one-3", f'{prose(8, 100)} <a class="term" id="mention-1-1" href="#term-1">Moth</a> {prose(9, 50)}')
    yield '<ul><li><p id="item-1">Stocks</p></li><li><p id="item-2">Evening primrose</p></li></ul>'
    yield (
        '<table><thead><tr><th scope="col" id="h-1">Bed</th><th scope="col" id="h-2">Plants</th></tr></thead><tbody>'
        + "".join(f'<tr><td id="c-{n}-1">North {n}</td><td id="c-{n}-2">{n * 7}</td></tr>' for n in range(30))
        + "</tbody></table>"
    )
    yield '<hr class="ornament"/>'
    yield f'<div class="verse">{paragraph("verse", "Night is a garden<br/>that is weeded by the cold")}</div>'
    yield paragraph("one-4", prose(10, 120))
    yield f'<div class="dateline">{paragraph("date", "18 June 1871")}</div>'
