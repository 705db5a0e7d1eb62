"""A project's folders become a Book, whole, with everything that is wrong in them told at once."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from language_tags import tags

from publish.diagnostics import Location, Report
from publish.errors import NoProject
from publish.load import load_book, records, subtags
from publish.load.files import image_type
from publish.load.markdown import make_parser
from publish.model import Book, Emendation, Link, Paragraph, Project, Span

GARDEN = Path(__file__).parent / "books" / "garden"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The clean book, where a test can spoil it."""
    shutil.copytree(GARDEN, tmp_path / "garden")
    return Project.at(tmp_path / "garden")


def write(project: Project, path: str, content: str | bytes) -> None:
    target = project.root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content.encode() if isinstance(content, str) else content)


def change(project: Project, path: str, old: str, new: str) -> None:
    text = (project.root / path).read_text(encoding="utf-8")
    assert old in text
    write(project, path, text.replace(old, new, 1))


def loaded(project: Project) -> tuple[Book, Report]:
    book, report = load_book(project)
    assert book is not None
    return book, report


def said(report: Report) -> list[tuple[str, str]]:
    return [(one.rule, str(one.location)) for one in report]


def test_the_clean_book_is_read_whole(project: Project) -> None:
    book, report = loaded(project)
    assert said(report) == []
    assert book.metadata.title == "The Garden at Night"
    assert book.metadata.contributors[0].qualifier == "attributed"
    assert book.metadata.contributors[1].file_as == "Hay, Ruth"
    assert [page.id for page in book.pages] == [
        "cover", "titlepage", "contents", "introduction", "essay", "glossary", "emendations", "sources",
        "chronology", "index", "back-cover",
    ]  # fmt: skip
    assert [page.witness is not None for page in book.pages].count(True) == 1
    assert [(note.number, note.id, note.slug) for page in book.pages for note in page.notes] == [
        (1, "note-introduction-ledger", "ledger"),
        (2, "note-essay-hawk-moth", "hawk-moth"),
    ]
    assert book.labels["supposed"] == "supposed author:"
    assert book.editions[0].sheet == pytest.approx((841.89, 595.28), abs=0.01)
    assert [(image.path, image.media_type) for image in book.images] == [("images/plan.png", "image/png")]
    assert book.sources["book/text/essay.md"].startswith("# {++The Garden")


def test_a_glued_edition_has_a_spine_as_wide_as_its_leaves(project: Project) -> None:
    (stitched,) = loaded(project)[0].editions
    change(
        project, "book/book.yaml", "    paper-thickness: 0.1mm\n", "    paper-thickness: 0.1mm\n    binding: perfect\n"
    )
    (glued,) = loaded(project)[0].editions
    assert (stitched.binding, stitched.spine(100)) == ("saddle-stitch", 0)
    assert (glued.binding, glued.spine(100)) == ("perfect", pytest.approx(5 * 72 / 25.4))


def test_ids_are_unique_and_emendations_named_by_their_words(project: Project) -> None:
    book, _ = loaded(project)
    essay = next(page for page in book.pages if page.id == "essay")
    marks = [one for one in essay.title if isinstance(one, Emendation)]
    for block in essay.blocks:
        marks += [one for one in getattr(block, "children", ()) if isinstance(one, Emendation)]
    assert [mark.id for mark in marks] == [
        "emendation-essay-the-garden-at-night",
        "emendation-essay-their",
        "emendation-essay-the",
        "emendation-essay-order-and",
        "emendation-essay-had",
    ]
    paragraphs = [block.id for page in book.pages for block in page.blocks if isinstance(block, Paragraph)]
    assert len(set(paragraphs)) == len(paragraphs)


def test_a_second_reading_gives_an_equal_book(project: Project) -> None:
    assert load_book(project) == load_book(project)


def test_glossary_entries_hold_inline_markdown_with_places(project: Project) -> None:
    write(
        project,
        "book/glossary.yaml",
        "- id: moth\n  kind: term\n  headword: Bates's moth\n  gloss: >-\n    A *moth*, see\n    [the essay](#essay).\n",
    )
    book, _ = loaded(project)
    (entry,) = book.glossary
    assert (entry.headword, entry.sort, entry.link, entry.location.line) == (
        "Bates’s moth",
        "Bates’s moth",
        "section",
        1,
    )
    link = next(one for one in entry.gloss if isinstance(one, Link))
    assert link.location == Location("book/glossary.yaml", 6, 5)


def test_everything_wrong_is_told_at_once(project: Project) -> None:
    change(project, "book/book.yaml", "language: en-GB", "language: english\nsubtitel: x")
    change(project, "book/text/essay.md", "The stocks", "The <b>stocks</b>")
    write(project, "book/glossary.yaml", "- id: moth\n  kind: trm\n")
    write(project, "book/allowed.yaml", "- file: x\n")
    _, report = loaded(project)
    assert {one.rule for one in report} == {"bad-language", "unknown-key", "raw-html", "bad-value", "missing-key"}
    assert {one.location.file for one in report} == {
        "book/book.yaml", "book/text/essay.md", "book/glossary.yaml", "book/allowed.yaml",
    }  # fmt: skip


def test_no_project(tmp_path: Path) -> None:
    with pytest.raises(NoProject):
        load_book(Project.at(tmp_path))


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("", {"wrong-type"}),
        ("title: [", {"yaml-syntax"}),
        ("- a", {"wrong-type"}),
        ("title: x", {"missing-key"}),
        ("title: x\ncontents: []", {"missing-key", "bad-value"}),
    ],
)
def test_no_book_can_be_made(project: Project, text: str, rules: set[str]) -> None:
    write(project, "book/book.yaml", text)
    book, report = load_book(project)
    assert book is None
    assert {one.rule for one in report} == rules


# ------------------------------------------------------------------------------------------------------------------ files


def test_a_text_that_is_not_utf_8(project: Project) -> None:
    write(project, "book/text/essay.md", "# Title\n\ncafé £".encode("cp1252"))
    _, report = loaded(project)
    (found,) = report
    assert (found.rule, str(found.location)) == ("not-utf-8", "book/text/essay.md:3:4")
    assert "é" in found.hint


def test_utf_16_is_named(project: Project) -> None:
    write(project, "book/text/essay.md", "# Title".encode("utf-16"))
    _, report = loaded(project)
    assert [one.hint for one in report] == ["the file is UTF-16: save it as UTF-8"]


def test_a_character_that_xml_forbids(project: Project) -> None:
    write(project, "book/text/essay.md", "# Title\n\nab\x0bc \ufffe\n")
    _, report = loaded(project)
    assert said(report) == [("forbidden-character", "book/text/essay.md:3:3")]


def test_line_ends_and_a_byte_order_mark_do_not_matter(project: Project) -> None:
    before, _ = loaded(project)
    path = project.book / "text/essay.md"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    after, report = loaded(project)
    assert said(report) == []
    assert after.pages == before.pages


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("text/esay.md", "missing-file"),
        ("text", "missing-file"),
        ("text/" + "x" * 300 + ".md", "missing-file"),
        ("../essay.md", "outside-book"),
        ("/etc/passwd", "outside-book"),
        ("C:/essay.md", "outside-book"),
        ("https://example.org/essay.md", "url-for-file"),
        ("//example.org/essay.md", "url-for-file"),
        ("text\\essay.md", "bad-value"),
    ],
)
def test_a_path_names_a_file_in_the_book(project: Project, path: str, rule: str) -> None:
    change(project, "book/book.yaml", "file: text/essay.md", f"file: {path}")
    (project.book / "text/essay.md").unlink()
    _, report = loaded(project)
    assert rule in {one.rule for one in report if one.location.file == "book/book.yaml"}


def test_the_nearest_file_is_named(project: Project) -> None:
    change(project, "book/book.yaml", "file: text/essay.md", "file: text/esay.md")
    _, report = loaded(project)
    assert "did you mean “text/essay.md”?" in [one.hint for one in report]


@pytest.mark.parametrize("inside", [True, False])
def test_a_symbolic_link_may_not_lead_out(project: Project, tmp_path: Path, *, inside: bool) -> None:
    essay = project.book / "text/essay.md"
    other = (project.book if inside else tmp_path) / "other.md"
    essay.rename(other)
    essay.symlink_to(other)
    _, report = loaded(project)
    assert [one.rule for one in report] == ([] if inside else ["outside-book"])


def test_a_text_that_no_page_uses_is_told(project: Project) -> None:
    write(project, "book/text/draft.md", "# Draft")
    _, report = loaded(project)
    assert said(report) == [("unlisted-file", "book/text/draft.md")]


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a - b --><!DOCTYPE svg>\n<svg>", "image/svg+xml"),
        (b"<html><svg>", ""),
        (b"%PDF-1.7", ""),
        (b"<!--" + b"-" * 50_000, ""),
        (b"", ""),
    ],
)
def test_a_picture_is_what_its_bytes_say(data: bytes, media_type: str) -> None:
    assert image_type(data) == media_type


@pytest.mark.parametrize(
    ("source", "data", "rule"),
    [
        ("images/no.png", None, "image-missing"),
        ("../no.png", None, "outside-book"),
        ("https://example.org/a.png", None, "url-for-file"),
        ("images/a.png", b"%PDF-1.7", "image-type"),
        ("images/a.png", b"\xff\xd8\xff\xe0", "image-type"),
    ],
)
def test_a_picture_is_there_and_one(project: Project, source: str, data: bytes | None, rule: str) -> None:
    change(project, "book/text/introduction.md", "images/plan.png", source)
    if data is not None:
        write(project, f"book/{source}", data)
    _, report = loaded(project)
    assert [one.rule for one in report] == [rule]
    assert str(next(iter(report)).location).startswith("book/text/introduction.md:10:1")


def test_a_licence_may_lie_beside_the_pictures(project: Project) -> None:
    write(project, "book/images/LICENCE.txt", "CC0")
    book, report = loaded(project)
    assert said(report) == []
    assert [image.path for image in book.images] == ["images/plan.png"]


def test_styles_are_read_by_name(project: Project) -> None:
    shutil.rmtree(project.styles)
    write(project, "styles/print.css", "p { }")
    write(project, "styles/fonts/A.ttf", b"\0\1\0\0")
    write(project, "styles/.hidden", "x")
    write(project, "styles/bad.css", b"\xe9")
    book, report = loaded(project)
    assert {name: asset.media_type for name, asset in book.styles.items()} == {
        "print.css": "text/css",
        "fonts/A.ttf": "font/ttf",
    }
    assert book.sources["styles/print.css"] == "p { }"
    assert said(report) == [("not-utf-8", "styles/bad.css:1:1")]


# --------------------------------------------------------------------------------------------------------------- contents


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("- role: cover", "- role: cover\n    file: text/essay.md", "bad-value"),
        ("- role: chapter", "- role: chaptr", "bad-value"),
        ("- role: titlepage", "- role: preface", "missing-key"),
        ("- role: titlepage", "- role: preface\n    file: text/essay.md", "bad-value"),
        ("- role: titlepage", "- role: cover", "contents-role-twice"),
        ("- role: glossary", "- role: glossary\n    witness: copy-text.txt", "missing-key"),
        ("witness: copy-text.txt", "witness: copytext.txt", "missing-file"),
        ("  mentioned: Mentioned\n", "", "missing-key"),
        ("  mentioned:", "  mentoned:", "unknown-key"),
        ("role: aut", "role: author", "bad-value"),
        ("trim: a5", "trim: a55", "bad-length"),
        ("editions:\n", "editions:\n  - name: a5\n    trim: a5\n    inner-margin: 2cm\n", "bad-value"),
        ("published: 2026-03-01", "published: 2026-02-30", "bad-date"),
        ("urn:uuid:8f7a1c52", "urn:uuid:8f7a1c5", "bad-identifier"),
    ],
)
def test_mistakes_in_book_yaml(project: Project, old: str, new: str, rule: str) -> None:
    change(project, "book/book.yaml", old, new)
    _, report = loaded(project)
    assert rule in {one.rule for one in report if one.location.file == "book/book.yaml"}


def test_ids_are_unique_through_the_whole_book(project: Project) -> None:
    change(project, "book/text/introduction.md", "## The text", "## The text {#essay}")
    change(project, "book/text/essay.md", "## The second watch", "## The second watch {#first-watch}")
    _, report = loaded(project)
    assert [one.rule for one in report] == ["duplicate-id", "duplicate-id"]


def test_a_file_name_that_cannot_be_an_id(project: Project) -> None:
    (project.book / "text/essay.md").rename(project.book / "text/2 essay.md")
    change(project, "book/book.yaml", "text/essay.md", "text/2 essay.md")
    _, report = loaded(project)
    assert "bad-value" in {one.rule for one in report}


def test_bibliography_ids_are_unique(project: Project) -> None:
    write(project, "book/bibliography.yaml", "- id: A\n  text: \"*One*, 'so'\"\n- id: A\n  text: Two\n")
    book, report = loaded(project)
    assert [one.rule for one in report] == ["duplicate-id"]
    assert len(book.bibliography) == 2


def test_lead_in_and_other_spans_keep_their_classes(project: Project) -> None:
    book, _ = loaded(project)
    essay = next(page for page in book.pages if page.id == "essay")
    first = essay.blocks[0]
    assert isinstance(first, Paragraph)
    assert isinstance(first.children[0], Span)
    assert first.children[0].classes == ("lead-in",)


@pytest.mark.parametrize("named", sorted(subtags._REGISTERED))
def test_what_is_known_without_the_registry_is_in_it(named: str) -> None:
    kind, part = named.split()
    assert tags.type(part, kind) is not None


@pytest.mark.parametrize("folder", [GARDEN, GARDEN.parent / "brief", GARDEN.parent.parent.parent])
def test_a_value_without_markup_is_read_as_the_parser_reads_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = load_book(Project.at(folder))
    monkeypatch.setattr(records, "_BARE", re.compile(r"(?!)"))
    assert load_book(Project.at(folder)) == book


@given(st.text("aé9Ж ,.;()–—-", min_size=1), st.sampled_from(["en", "de", "fr"]))
def test_words_without_markup_are_the_parsers_words(words: str, language: str) -> None:
    text = words.strip()
    if text:
        [inline] = make_parser(language).parseInline(text, {})
        assert [(one.type, one.content, one.meta.get("at", 0)) for one in inline.children or []] == [("text", text, 0)]
        assert not inline.meta.get("leftovers")
        assert records._BARE.fullmatch(text)
