"""The e-book for Kindle and Kobo, as calibre converts it: contents, notes, glossary and print pages are still there."""

from __future__ import annotations

from pathlib import Path

import pytest

from readers.broken import BREAKAGES, break_ebook
from readers.converted import Kept, authors, calibre_version, convert, kept, seen_in_title

PARTS = ("contents", "pages", "notes", "terms")
KEPUB_SINCE = (8, 0)  # calibre's changelog: KEPUB among the output formats


@pytest.fixture(scope="module")
def whole(epub: Path) -> Kept:
    return kept(epub)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("converted")


@pytest.fixture(scope="module")
def unpacked(epub: Path, folder: Path) -> Path:
    return unpack(convert(epub, folder / "kindle.azw3"))


@pytest.fixture(scope="module")
def kindle(unpacked: Path) -> Kept:
    return kept(unpacked)


def unpack(azw3: Path) -> Path:
    """A Kindle's book, as calibre itself unpacks it."""
    return convert(azw3, azw3.with_suffix(".epub"))


@pytest.mark.parametrize("part", PARTS)
def test_a_kindle_has(whole: Kept, kindle: Kept, part: str) -> None:
    assert getattr(kindle, part) == getattr(whole, part)


def test_a_kindle_names_the_authors(epub: Path, unpacked: Path) -> None:
    assert authors(unpacked) == authors(epub)


def test_a_kindle_shows_the_title_once(unpacked: Path) -> None:
    """In words: calibre knows no @supports, and makes a picture of the drawing."""
    assert seen_in_title(unpacked) == ["span"]


@pytest.mark.parametrize("part", PARTS)
def test_a_kobo_has(epub: Path, whole: Kept, folder: Path, part: str) -> None:
    if calibre_version() < KEPUB_SINCE:
        pytest.skip("this calibre writes no KEPUB")
    kobo = folder / "kobo.kepub"
    assert getattr(kept(kobo if kobo.exists() else convert(epub, kobo)), part) == getattr(whole, part)


def test_what_is_lost_is_found(epub: Path, whole: Kept, folder: Path) -> None:
    """Of a book with nothing in its place, nothing comes through the conversion as it should be."""
    lost = epub
    for number, name in enumerate(("contents", "page list", "back-link", "glossary")):
        (folder / str(number)).mkdir()
        lost = break_ebook(lost, next(one for one in BREAKAGES if one.name == name), folder / str(number))
    found = kept(unpack(convert(lost, folder / "lost.azw3")))
    assert [part for part in PARTS if getattr(found, part) == getattr(whole, part) != ()] == []
