"""The page report: figures against their aims, pictures of the places, one HTML file that needs no other, and the same as JSON."""

from __future__ import annotations

import base64
import io
import json
import re
from functools import cache
from html.parser import HTMLParser
from importlib import resources
from itertools import pairwise

import pytest
from PIL import Image

import page_sample
import print_sample
import report_sample
from publish.model import PagePicture, PageReport
from publish.prove.page_aims import AIMS, Aim
from publish.prove.page_report import report
from publish.prove.page_texts import WHOLE
from publish.release.page_report import page_report_files

VOID = {"meta", "img", "br", "hr", "link", "input"}


@cache
def real() -> PageReport:
    """The report on the pages that are set badly."""
    return report(page_sample.measured(), page_sample.findings(), page_sample.layout().leeway)


@cache
def files() -> dict[str, bytes]:
    return page_report_files(page_sample.book(), real())


def html() -> str:
    return files()["garden-1.0.0-page-report.html"].decode()


# --------------------------------------------------------------------------------------------------------------- golden


@pytest.mark.parametrize("path", report_sample.golden(), ids=lambda path: path.suffix)
def test_a_report_is_written_as_it_was(path: object) -> None:
    assert report_sample.golden()[path] == path.read_bytes(), "run: python tests/report_sample.py"  # type: ignore[attr-defined, index]


def test_the_same_pages_give_the_same_bytes() -> None:
    again = report(page_sample.measured(), page_sample.findings(), page_sample.layout().leeway)
    assert page_report_files(page_sample.book(), again) == files()


# -------------------------------------------------------------------------------------------------------------- figures


def test_the_figures_are_of_each_text_that_is_long_enough_and_of_all() -> None:
    measured = [one.id for one in page_sample.measured().texts if one.figures]
    assert set(page_sample.TEXTS) - set(measured) == {"stack"}
    assert list(real().measured) == [*measured, WHOLE]
    assert real().texts == (*(one.title() for one in measured), "All texts")
    assert {len(row.values) for row in (*real().figures, *real().counts)} == {len(real().texts)}


def test_what_is_counted_is_what_was_found() -> None:
    counts = {one.name: [value for value, _ in one.values] for one in real().counts}
    narrow = list(real().measured).index("narrow")
    for rule, found in page_sample.found_in("narrow").items():
        assert counts[f"page-{rule}"][narrow] == str(len(found))
    assert sum(int(one[-1]) for one in counts.values()) == len(real().findings)


def test_the_whole_is_the_texts_together() -> None:
    figures = real().measured
    lines = [one["lines"] for name, one in figures.items() if name != WHOLE]
    assert figures[WHOLE]["lines"] == sum(lines)  # type: ignore[arg-type]
    uneven = [one["uneven_spreads"] for name, one in figures.items() if name != WHOLE]
    assert figures[WHOLE]["uneven_spreads"] == sum(uneven)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "least", "most", "met"),
    [
        (0.26, None, 0.26, True),
        (0.2649, None, 0.26, True),
        (0.266, None, 0.26, False),
        (61, 62, 69, False),
        (65, 62, 69, True),
    ],
)
def test_an_aim_is_met_as_it_is_written(value: float, least: float | None, most: float | None, met: bool) -> None:  # noqa: FBT001
    assert Aim("", lambda _: value, "{:.2f}", least, most).of([None]).values[0][1] is met  # type: ignore[list-item]


def test_each_aim_has_a_name_of_its_own_and_says_its_limit() -> None:
    assert len({one.name for one in AIMS}) == len(AIMS)
    for one in AIMS:
        assert (one.told() == "—") is (one.least is None and one.most is None)


# ------------------------------------------------------------------------------------------------------------- pictures


def image(picture: PagePicture) -> Image.Image:
    return Image.open(io.BytesIO(picture.png)).convert("L")


def darkest(picture: PagePicture, rectangle: tuple[float, float, float, float]) -> int:
    """The darkest grey in an area, given in points of the page."""
    left, _, _, head = picture.rectangle
    scale = picture.size[0] / (picture.rectangle[2] - left)
    x, top = (rectangle[0] - left) * scale, (head - rectangle[3]) * scale
    box = (
        int(x),
        int(top),
        int(x + (rectangle[2] - rectangle[0]) * scale),
        int(top + (rectangle[3] - rectangle[1]) * scale),
    )
    return int(image(picture).crop(box).getextrema()[0])


def test_every_finding_is_on_one_picture_with_its_area() -> None:
    shown = [one for picture in real().pictures for one in picture.findings]
    assert sorted(map(id, shown)) == sorted(map(id, real().findings))
    for picture in real().pictures:
        assert image(picture).size == picture.size
        left, foot, right, head = picture.rectangle
        for one in picture.findings:
            assert left <= one.rectangle[0] <= one.rectangle[2] <= right
            assert foot <= one.rectangle[1] <= one.rectangle[3] <= head
            assert one.place.page == picture.label


def test_the_area_of_a_finding_has_ink_and_that_of_a_short_page_none() -> None:
    seen = 0
    for picture in real().pictures:
        for one in picture.findings:
            white = one.diagnostic.rule in {"page-short-page", "page-uneven-spread"}
            left, foot, right, head = one.rectangle
            assert (darkest(picture, (left, foot, right, head - 1.5)) > 200) is white, one
            seen += white
    assert seen


def test_the_page_with_the_worst_finding_comes_first() -> None:
    worst = {}
    for picture in real().pictures:
        badness = max(one.badness for one in picture.findings)
        assert [one.badness for one in picture.findings] == sorted(
            (one.badness for one in picture.findings), reverse=True
        )
        worst[picture.label] = max(badness, worst.get(picture.label, 0))
    assert list(worst.values()) == sorted(worst.values(), reverse=True)


def test_pictures_are_small() -> None:
    """A line of text with those around it, in sixteen greys, is no more than a few kilobytes."""
    assert all(len(one.png) < 150 * one.size[1] for one in real().pictures)
    assert {Image.open(io.BytesIO(one.png)).mode for one in real().pictures} == {"P"}


# ----------------------------------------------------------------------------------------------------------------- HTML


class Page(HTMLParser):
    """The elements of a page with their attributes; fails on what is not nested well."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, *tags: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.found if tag in tags]


def test_the_page_needs_no_other_file() -> None:
    page = Page(html())
    assert page.all("link", "script", "iframe") == []
    assert all(one["src"].startswith("data:image/png;base64,") for one in page.all("img"))
    assert not re.search(r"https?:|@import|url\(", re.sub(r"base64,[^\"]*", "", html()))


def test_the_pictures_of_the_page_are_those_of_the_report() -> None:
    shown = [base64.b64decode(one["src"].split(",")[1]) for one in Page(html()).all("img")]
    assert shown == [one.png for one in real().pictures]


def test_the_page_is_accessible() -> None:
    page = Page(html())
    levels = [int(tag[1]) for tag, _ in page.found if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(one.get("scope") in {"row", "col"} for one in page.all("th"))
    assert all(one["alt"] for one in page.all("img"))
    assert page.all("html")[0]["lang"] == "en"
    assert page.all("title") != []


def test_every_link_leads_to_a_place_of_the_page() -> None:
    page = Page(html())
    ids = [attributes["id"] for _, attributes in page.found if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {one["href"] for one in page.all("a")}
    assert targets
    assert {target.removeprefix("#") for target in targets} <= set(ids)
    assert {one["aria-labelledby"] for _, one in page.found if "aria-labelledby" in one} <= set(ids)


def test_a_clean_book_has_a_short_report() -> None:
    clean = report(page_sample.measured(), (), page_sample.layout().leeway)
    text = page_report_files(page_sample.book(), clean)["garden-1.0.0-page-report.html"].decode()
    assert "nothing to mend" in text
    assert Page(text).all("img") == []


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_colours_can_be_read_in_light_and_in_dark() -> None:
    style = (resources.files("publish") / "webpage.css").read_text(encoding="utf-8")
    schemes = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    assert len(schemes) == 2
    for scheme in schemes:
        colours = {name: luminance(value) for name, value in re.findall(r"--(\w+): (#\w{6});", scheme)}
        for name in ("ink", "quiet", "accent"):
            brighter, darker = sorted((colours[name], colours["paper"]), reverse=True)
            assert (brighter + 0.05) / (darker + 0.05) >= 4.5, name


# ----------------------------------------------------------------------------------------------------------------- JSON


def test_the_json_has_the_figures_and_every_finding() -> None:
    read = json.loads(files()["garden-1.0.0-page-report.json"])
    assert read["figures"] == real().measured
    assert len(read["findings"]) == len(real().findings)
    first, told = real().findings[0], read["findings"][0]
    assert (told["rule"], told["page"], told["line"]) == (first.diagnostic.rule, first.place.page, first.place.line)
    assert told["source"]["file"] == first.diagnostic.location.file
    assert read["budget"]["pages"] == len(page_sample.layout().pagination.pages)


def test_it_names_the_file_that_was_measured() -> None:
    assert print_sample.book().metadata.file_name == "garden"
    assert json.loads(files()["garden-1.0.0-page-report.json"])["file"] == "garden-1.0.0.pdf"
