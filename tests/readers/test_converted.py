"""The e-book for Kindle and Kobo, as calibre converts it: contents, notes, glossary and print pages are still there."""

from __future__ import annotations

from pathlib import Path

import pytest

from readers.broken import BREAKAGES, break_ebook
from readers.converted import Kept, calibre_version, convert, kept

PARTS = ("contents", "pages", "notes", "terms")
KEPUB_SINCE = (8, 0)  # calibre's changelog: KEPUB among the output formats


@pytest.fixture(scope="module")
def whole(epub: Path) -> Kept:
    return kept(epub)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("converted")


@pytest.fixture(scope="module")
def kindle(epub: Path, folder: Path) -> Kept:
    return read_back(convert(epub, folder / "kindle.azw3"))


def read_back(azw3: Path) -> Kept:
    """What is in a Kindle's book, as calibre itself unpacks it."""
    return kept(convert(azw3, azw3.with_suffix(".epub")))


@pytest.mark.parametrize("part", PARTS)
def test_a_kindle_has(whole: Kept, kindle: Kept, part: str) -> None:
    assert getattr(kindle, part) == getattr(whole, part)


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
    found = read_back(convert(lost, folder / "lost.azw3"))
    assert [part for part in PARTS if getattr(found, part) == getattr(whole, part) != ()] == []
