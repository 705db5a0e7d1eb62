"""The profiles of the shops: read as data, and each of their rules broken in an e-book that was really made."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from importlib import resources

import pytest

from proof_sample import garden, rewritten
from publish.diagnostics import catalogue
from publish.load import profiles
from publish.load.profiles import load_profiles
from publish.model import EVERYWHERE, SHOPS, Artifact, ShopRule
from publish.prove import shops
from publish.prove.ebook import read
from publish.prove.pictures import Picture, look
from publish.prove.shop_measures import MEASURES

RULES = {rule.id: rule for profile in load_profiles(SHOPS) for rule in profile.rules}
# The test book has no ISBN, and says which printed book its pages are those of.
ALWAYS = {"kobo-identifier", "kobo-older-properties"}
NAV, PACKAGE, STYLES = "EPUB/nav.xhtml", "EPUB/content.opf", "EPUB/styles/epub.css"
ESSAY, NOTES, INTRODUCTION, COVER_PAGE = (
    f"EPUB/text/{name}.xhtml" for name in ("essay", "notes", "introduction", "cover")
)
COVER, PLAN = "EPUB/images/cover.jpg", "EPUB/images/plan.png"


def png(width: int, height: int, colour: int = 2, after: bytes = b"") -> bytes:
    """The head of a PNG."""
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBB", 13, b"IHDR", width, height, 8, colour) + after


def jpeg(width: int, height: int, components: int = 3) -> bytes:
    """The head of a JPEG, with a table before that of its frame."""
    return b"\xff\xd8\xff\xc4\x00\x03\x00\xff\xc0" + struct.pack(">HBHHB", 17, 8, height, width, components)


def broken_by(epub: Artifact, rules: Iterable[ShopRule] = RULES.values()) -> set[str]:
    ebook = read(epub)
    return {rule.id for rule in rules if any(True for _ in shops.broken(rule, ebook))}


# ----------------------------------------------------------------------------------------------------------- the profiles


def test_each_shop_has_a_profile_and_each_profile_is_of_a_shop() -> None:
    files = {one.name for one in (resources.files("publish") / "profiles").iterdir()}
    assert files == {f"{name}.yaml" for name in SHOPS}
    assert [one.name for one in load_profiles([*SHOPS, "kobo"])] == list(SHOPS)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_each_rule_measures_something_and_says_who_asks_it_and_since_when(rule: ShopRule) -> None:
    assert rule.check in MEASURES
    assert (
        rule.at_least is not None
        or rule.at_most is not None
        or rule.one_of | rule.none_of | rule.all_of
        or rule.matching
    )
    assert rule.source.startswith("https://")
    assert date.fromisoformat(rule.consulted)
    assert rule.what.endswith(".")
    re.compile(rule.matching)


def test_no_measure_is_idle_and_no_rule_stands_twice() -> None:
    assert {rule.check for rule in RULES.values()} == set(MEASURES)
    assert len(RULES) == sum(len(profile.rules) for profile in load_profiles(SHOPS))


def test_a_profile_that_is_not_as_it_should_be_is_told_with_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    for text, said in {
        "shop: Kobo\nrules: []\n": "profiles/kobo.yaml:2:8: “rules” needs at least 1 item",
        "shop: Kobo\nrulez: []\n": "profiles/kobo.yaml:2:1: there is no key “rulez” here",
        "": "profiles/kobo.yaml is empty",
    }.items():
        monkeypatch.setattr(profiles.resources, "files", lambda _package, text=text: _Folder(text))
        with pytest.raises(ValueError, match=re.escape(said)):
            load_profiles(["kobo"])


class _Folder:
    """A folder all of whose files have one text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __truediv__(self, _name: str) -> _Folder:
        return self

    def read_text(self, encoding: str) -> str:
        return self._text.encode(encoding).decode(encoding)


def test_what_all_shops_ask_is_what_the_strictest_asks() -> None:
    [everywhere] = load_profiles([EVERYWHERE])
    kept = {rule.id for rule in everywhere.rules}
    assert "kdp-cover-height" in kept  # advice, and stricter
    assert "kdp-cover-smallest" in kept  # a smaller one is refused
    assert "google-cover-largest" in kept
    assert "kdp-cover-largest" not in kept  # 7,200 pixels at most are fewer than 10,000
    assert "google-file-size" in kept
    assert "apple-note-call" not in kept  # KDP refuses what breaks it


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_whatever_a_shop_asks_is_asked_by_all(rule: ShopRule) -> None:
    [everywhere] = load_profiles([EVERYWHERE])
    assert any(one.covers(rule) for one in everywhere.rules)


# ------------------------------------------------------------------------------------------------------ each rule broken


def swap(pattern: str, new: str) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        text, times = re.subn(pattern, new, data.decode(), count=1, flags=re.DOTALL)
        assert times == 1, pattern
        return text.encode()

    return change


def become(data: bytes) -> Callable[[bytes], bytes]:
    return lambda _: data


def css(rule: str) -> Callable[[bytes], bytes]:
    return lambda data: data + rule.encode()


CALL = r'(role="doc-noteref">)(\d+)(</a>)'
WORDS = r"Probably the.*?the introduction</a>\."

BROKEN: dict[str, tuple[str, Callable[[bytes], bytes], set[str]]] = {
    "name of a file": ("EPUB/images/a plan.png", become(b""), {"kobo-file-names"}),
    "no contents": (NAV, swap('epub:type="toc" role', "role"), {"apple-contents", "kdp-contents"}),
    "no landmark": (NAV, swap('epub:type="toc" href', "href"), {"kdp-landmarks"}),
    "call": (ESSAY, swap(CALL, r"\1<b>\2</b>\3"), {"apple-note-call", "kdp-notes"}),
    "way back": (NOTES, swap(r'<a class="back"[^>]*>1</a>', "1"), {"kdp-notes"}),
    "order of the notes": (
        PACKAGE,
        swap(r'(<itemref idref="essay"/>)\s*(<itemref idref="notes"/>)', r"\2\1"),
        {"kobo-note-order"},
    ),
    "short note": (NOTES, swap(WORDS, "Oh."), {"kobo-note-length"}),
    "note that is no aside": (NOTES, swap(r"<aside (.*?)</aside>", r"<div \1</div>"), {"apple-note-element"}),
    "many pixels": (PLAN, become(png(2001, 2000)), {"apple-image-pixels"}),
    "colours of print": (
        COVER,
        become(jpeg(1600, 2560, 4)),
        {"apple-image-colour", "kdp-image-colour", "kobo-image-colour"},
    ),
    "transparent picture": (PLAN, become(png(9, 9, 6)), {"kdp-image-ground", "kobo-image-ground"}),
    "kind of picture": (
        PACKAGE,
        swap(r'(href="images/plan\.png"[^>]*media-type=")[^"]*', r"\1image/webp"),
        {"kdp-image-type", "kobo-image-type"},
    ),
    "long words for a picture": (INTRODUCTION, swap(r' alt="[^"]*"', f' alt="{"x" * 140}"'), {"kdp-alternative-text"}),
    "small cover": (
        COVER,
        become(jpeg(600, 999)),
        {"apple-cover-side", "google-cover-smallest", "kdp-cover-smallest", "kdp-cover-narrowest", "kdp-cover-height"},
    ),
    "large cover": (COVER, become(jpeg(1600, 10001)), {"google-cover-largest", "kdp-cover-largest"}),
    "kind of cover": (
        PACKAGE,
        swap(r'(href="images/cover\.jpg"[^>]*media-type=")[^"]*', r"\1image/gif"),
        {"kdp-cover-type", "kobo-cover-type"},
    ),
    "cover that is not shown": (COVER_PAGE, swap(r"<img[^>]*>", ""), {"google-cover", "kobo-cover-page"}),
    "words on the cover": (COVER_PAGE, swap(r"(<img[^>]*>)", r"\1 words"), {"kobo-cover-alone"}),
    "cover that is not named": (PACKAGE, swap(r'<meta name="cover"[^>]*>', ""), {"kobo-cover-named"}),
    "looks in a document": (ESSAY, swap("<p id", '<p style="margin: 0" id'), {"kobo-inline-styles"}),
    "wide table": (INTRODUCTION, swap(r"<tr>", "<tr><th>1</th><th>2</th>"), {"kobo-table-columns"}),
    "newer type": (NOTES, swap('epub:type="footnotes"', 'epub:type="endnotes"'), {"kobo-older-types"}),
    "colour of the text": (
        STYLES,
        css("body { color: #333333; }"),
        {"apple-body-colour", "kdp-body-text"},
    ),
    "ground of the text": (
        STYLES,
        css("@media (min-width: 1em) { p { background: #ffffff; } }"),
        {"apple-body-colour", "kdp-body-text", "kobo-background"},
    ),
    "size of the text": (STYLES, css("p { font-size: 90%; }"), {"kdp-body-text", "kobo-font-size"}),
    "headings": (STYLES, swap(r"text-align: left;\s*text-wrap: balance;", ""), {"kdp-headings"}),
    "margins": (STYLES, css("blockquote { margin: 0 3em; }"), {"kobo-margins"}),
    "margin at one side": (STYLES, css("blockquote { margin-left: 2.5em; }"), {"kobo-margins"}),
    "computed length": (STYLES, css("blockquote { margin-top: calc(1em + 2px); }"), {"kobo-css-functions"}),
}
SIZES = {"file-size", "document-size", "image-size", "cover-size"}


def test_the_test_book_breaks_nothing_but_what_it_has_to() -> None:
    assert broken_by(garden()["epub"]) == ALWAYS


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_breaks_the_rules_of_these_shops_and_no_others(name: str) -> None:
    member, change, expected = BROKEN[name]
    assert broken_by(rewritten(garden()["epub"], member, change)) - ALWAYS == expected


@pytest.mark.parametrize("rule", [one for one in RULES.values() if one.check in SIZES], ids=lambda one: one.id)
def test_a_size_is_held_to_the_byte(rule: ShopRule) -> None:
    ebook = read(garden()["epub"])
    largest = max(int(one.value) for one in MEASURES[rule.check](ebook))
    assert not list(shops.broken(replace(rule, at_most=largest), ebook))
    assert len(list(shops.broken(replace(rule, at_most=largest - 1), ebook))) == 1


def test_every_rule_is_broken_in_a_test() -> None:
    sizes = {one.id for one in RULES.values() if one.check in SIZES}
    assert set().union(*(ids for _, _, ids in BROKEN.values())) | sizes | ALWAYS == set(RULES)


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("9781234567897.epub", "urn:uuid:1"),
        ("garden.epub", "urn:isbn:9781234567897"),
        ("garden.epub", "urn:isbn:978-1-234-56789-7"),
    ],
)
def test_an_isbn_stands_in_the_name_of_the_file_or_in_the_package(name: str, identifier: str) -> None:
    change = swap(r"(<dc:identifier[^>]*>)[^<]*", rf"\g<1>{identifier}")
    epub = rewritten(replace(garden()["epub"], name=name), PACKAGE, change)
    assert "kobo-identifier" not in broken_by(epub)


def test_what_is_set_on_pictures_is_not_set_on_the_text() -> None:
    epub = rewritten(garden()["epub"], STYLES, css("figure img, svg { background: #ffffff; }"))
    assert broken_by(epub) == ALWAYS


# ------------------------------------------------------------------------------------------------------------ the verdict


@cache
def kobo() -> str:
    [profile] = load_profiles(["kobo"])
    return max(rule.consulted for rule in profile.rules)


def test_what_a_shop_advises_against_is_told_at_its_source_with_its_page_and_passes() -> None:
    sample = garden()
    epub = rewritten(sample["epub"], NOTES, swap(WORDS, "Oh."))
    [profile] = load_profiles(["kobo"])
    verdict = shops.judge(epub, profile, sample.rendering)
    [note] = [one for one in verdict.diagnostics if "(kobo-note-length)" in one.message]
    assert (verdict.result, verdict.judge, verdict.version) == ("passed", "profile of Kobo", kobo())
    assert (note.rule, note.location.file) == ("shop-advises", "book/text/essay.md")
    assert note.location.line == sample.line_of("book/text/essay.md", "[^hawk-moth]: Probably")
    assert note.message.startswith("Kobo: A note that is shown as a pop-up has 9 to 5,000 characters: the note “")
    assert note.hint.startswith("see https://github.com/kobolabs/epub-spec#footnotes")


def test_what_a_shop_refuses_fails_and_a_style_is_told_in_its_file() -> None:
    sample = garden()
    epub = rewritten(sample["epub"], STYLES, css("\nbody { color: #333333; }"))
    [profile] = load_profiles(["kdp"])
    verdict = shops.judge(epub, profile, sample.rendering)
    [body] = verdict.diagnostics
    assert (verdict.result, body.rule, body.severity) == ("failed", "shop-refuses", "error")
    lines = sample.book.styles["epub.css"].data.decode().count("\n")
    assert (body.location.file, body.location.line, body.location.column) == ("styles/epub.css", lines + 2, 8)


def test_words_that_are_missing_are_told_once() -> None:
    sample = garden()
    epub = rewritten(sample["epub"], NAV, swap(r'<nav class="landmarks".*?</nav>', ""))
    [profile] = load_profiles(["kdp"])
    said = [one.message for one in shops.judge(epub, profile, sample.rendering).diagnostics]
    assert said == [
        "Kindle (KDP): Landmarks lead to the contents and to the cover: missing: cover, toc (kdp-landmarks)"
    ]


def test_what_is_no_ebook_fails() -> None:
    [profile] = load_profiles(["google"])
    verdict = shops.judge(replace(garden()["epub"], data=b"no zip"), profile, garden().rendering)
    assert (verdict.result, [one.rule for one in verdict.diagnostics]) == ("failed", ["text-unreadable"])


def test_both_rules_are_in_the_catalogue() -> None:
    assert [catalogue()[slug].severity for slug in ("shop-refuses", "shop-advises")] == ["error", "warning"]


# ----------------------------------------------------------------------------------------------------------- the pictures


@pytest.mark.parametrize(
    ("data", "picture"),
    [
        (png(3, 4), Picture(3, 4, "rgb")),
        (png(3, 4, 0), Picture(3, 4, "grey")),
        (png(3, 4, 4), Picture(3, 4, "grey", transparent=True)),
        (png(3, 4, 3, b"....tRNS....IDAT"), Picture(3, 4, "rgb", transparent=True)),
        (png(3, 4, 3, b"....IDAT....tRNS"), Picture(3, 4, "rgb")),
        (jpeg(5, 6), Picture(5, 6, "rgb")),
        (jpeg(5, 6, 1), Picture(5, 6, "grey")),
        (jpeg(5, 6, 4), Picture(5, 6, "cmyk")),
        (b"GIF89a\x07\x00\x08\x00", Picture(7, 8, "rgb")),
        (b"<svg/>", Picture()),
        (b"", Picture()),
    ],
)
def test_the_head_of_a_picture_tells_what_it_is(data: bytes, picture: Picture) -> None:
    assert look(data) == picture


@pytest.mark.parametrize("data", [png(3, 4), jpeg(5, 6), b"GIF89a\x07\x00\x08\x00"])
def test_a_picture_that_ends_too_early_tells_nothing(data: bytes) -> None:
    for length in range(len(data)):
        assert look(data[:length]) == Picture()
