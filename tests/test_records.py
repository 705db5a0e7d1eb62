"""What catalogues are told of the e-book: ONIX for the trade, JSON-LD for the web, its series in the package."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import ebook_sample
from publish.load import load_book
from publish.make.accessibility import Accessibility, Conformance, accessibility_of
from publish.make.jsonld import make_jsonld
from publish.make.onix import make_onix
from publish.make.package import statements
from publish.model import Artifact, Book, Contributor, Project, Subject
from publish.prove import onix

GOLDEN = Path(__file__).parent / "golden"
FULL = Accessibility(
    modes=("textual", "visual"),
    sufficient=(("textual", "visual"), ("textual",)),
    features=(
        "displayTransformability",
        "readingOrder",
        "tableOfContents",
        "index",
        "alternativeText",
        "pageNavigation",
    ),
    hazards=("none",),
    conformance=Conformance(
        "EPUB Accessibility 1.1 - WCAG 2.2 Level AA", "A Press", "Reader", "https://example.org/report"
    ),
    summary="All of it can be read.",
)


@cache
def facts() -> Accessibility:
    return accessibility_of(ebook_sample.garden(), ebook_sample.rendering())


def book(**changes: Any) -> Book:  # noqa: ANN401 - whatever a fact is
    garden = ebook_sample.garden()
    return dataclasses.replace(garden, metadata=dataclasses.replace(garden.metadata, **changes))


def trade(one: Book, accessibility: Accessibility | None = None) -> Artifact:
    return make_onix(one, ebook_sample.rendering(), accessibility or facts())


def web(one: Book, accessibility: Accessibility | None = None) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(make_jsonld(one, ebook_sample.rendering(), accessibility or facts()).data)
    return found


def codes(record: Artifact, tag: str) -> list[str]:
    return re.findall(rf"<{tag}>([^<]*)</{tag}>", record.data.decode())


@pytest.mark.parametrize("name", ["garden-1.0.0-onix.xml", "garden-1.0.0-book.jsonld"])
def test_the_records_of_the_test_book_are_these(name: str) -> None:
    garden, rendering = ebook_sample.garden(), ebook_sample.rendering()
    made = {
        one.name: one.data for one in (make_onix(garden, rendering, facts()), make_jsonld(garden, rendering, facts()))
    }
    assert made[name].decode() == (GOLDEN / name).read_text(encoding="utf-8")


# ------------------------------------------------------------------------------------------------------------------- ONIX


def variants() -> Iterator[tuple[str, Book, Accessibility]]:
    yield "as it is", book(), facts()
    yield "all facts of accessibility", book(), FULL
    yield "an ISBN", book(identifier="urn:isbn:9780000000002"), facts()
    yield "a series", book(series="Nights", series_number="2"), facts()
    yield "a series without a number", book(series="Nights"), facts()
    yield "few facts", book(description="", publisher="", subtitle="", subjects=(), place=""), facts()
    yield (
        "many roles",
        book(contributors=tuple(Contributor("A B", "B, A", role) for role in ("aut", "trl", "xyz"))),
        facts(),
    )
    yield "an organization", book(contributors=(Contributor("A Club", "Club, A", "edt", kind="organization"),)), facts()
    yield "another language", book(language="pt-BR"), facts()
    for code in ("1QBDR", "2ADS", "3MPBFH", "4Z", "5AC", "6AA", "WM"):
        yield f"Thema {code}", book(subjects=(Subject("A subject", "Thema", code),)), facts()


@pytest.mark.parametrize(("one", "accessibility"), [pytest.param(*rest, id=name) for name, *rest in variants()])
def test_every_record_is_valid_by_the_schema_and_its_lists(one: Book, accessibility: Accessibility) -> None:
    verdict = onix.judge(trade(one, accessibility))
    assert (verdict.result, verdict.diagnostics) == ("passed", ())
    assert verdict.version.startswith("3.1.")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b"<ProductForm>ED<", b"<ProductForm>QQ<", "QQ"),
        (b"<NotificationType>03</NotificationType>", b"", "NotificationType"),
        (b"</ONIXMessage>", b"", "the record cannot be read"),
    ],
)
def test_a_record_that_is_broken_is_told(old: bytes, new: bytes, told: str) -> None:
    record = trade(book())
    assert old in record.data
    verdict = onix.judge(dataclasses.replace(record, data=record.data.replace(old, new)))
    assert verdict.result == "failed"
    assert {one.rule for one in verdict.diagnostics} == {"onix"}
    assert told in str(verdict.diagnostics[0])


def test_what_the_e_book_says_of_its_accessibility_is_told_in_codes() -> None:
    plain, full = (codes(trade(book(), one), "ProductFormFeatureValue") for one in (facts(), FULL))
    assert full == ["00", "04", "10", "11", "12", "13", "14", "36", "41", "52", "82", "85", "88", "90", "94"]
    assert not {"04", "82", "85"} & set(plain)  # nothing is claimed that nobody claimed
    assert plain[0] == "00"


@pytest.mark.parametrize(
    ("written", "kind", "value"),
    [
        ("978-0-00-000000-2", "15", "9780000000002"),
        ("0-00-000000-0", "01", "urn:isbn:0-00-000000-0"),  # a trade that knows no ISBN of ten digits any more
    ],
)
def test_an_isbn_is_told_without_hyphens(written: str, kind: str, value: str) -> None:
    numbered = book(identifier=f"urn:isbn:{written}")
    assert (codes(trade(numbered), "ProductIDType"), codes(trade(numbered), "IDValue")) == ([kind], [value])
    assert [one["isbn"] for one in web(numbered)["workExample"] if "isbn" in one] == [written.replace("-", "")]


def test_who_is_not_certain_is_said_to_be_so() -> None:
    doubtful = book(contributors=(Contributor("A B", "B, A", "aut", "attributed"), Contributor("C D", "D, C", "edt")))
    assert codes(trade(doubtful), "ContributorStatement") == ["A B (attributed); C D"]
    told = web(doubtful)
    assert "author" not in told
    assert told["contributor"] == [{"@type": "Person", "name": "A B (attributed)"}]


# ---------------------------------------------------------------------------------------------------------------- JSON-LD

# Properties of schema.org that are used here, by type.
VOCABULARY = {
    "Book": "@context @id @type name alternativeHeadline inLanguage description dateCreated datePublished dateModified version author "
    "editor illustrator translator contributor publisher isPartOf isBasedOn about keywords hasPart workExample bookFormat encodingFormat "
    "isbn numberOfPages accessMode accessModeSufficient accessibilityFeature accessibilityHazard accessibilitySummary conformsTo "
    "bookEdition width height",
    "CreativeWork": "@type name license copyrightNotice",
    "BookSeries": "@type name position",
    "Person": "@type name",
    "Organization": "@type name location",
    "DefinedTerm": "@type name termCode inDefinedTermSet",
    "ItemList": "@type itemListElement",
    "Distance": "@type name",
}


def nodes(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        yield value
        for one in value.values():
            yield from nodes(one)
    elif isinstance(value, list):
        for one in value:
            yield from nodes(one)


@pytest.mark.parametrize(("one", "accessibility"), [pytest.param(*rest, id=name) for name, *rest in variants()])
def test_every_property_is_one_of_the_vocabulary_and_has_a_value(one: Book, accessibility: Accessibility) -> None:
    for node in nodes(web(one, accessibility)):
        assert node.keys() <= set(VOCABULARY[str(node["@type"])].split())
        assert all(node.values())


def test_the_e_book_and_each_printed_edition_are_examples_of_the_work() -> None:
    ebook, *printed = web(book(), FULL)["workExample"]
    assert ebook["accessibilityFeature"] == list(FULL.features)
    assert ebook["conformsTo"] == "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
    assert [one["bookEdition"] for one in printed] == [one.name for one in ebook_sample.garden().editions]


# ------------------------------------------------------------------------------------------------------------------ series


@pytest.mark.parametrize(("number", "told"), [("2", ["series", "2"]), ("", ["series"]), ("II", ["series"])])
def test_a_series_is_told_in_the_package(number: str, told: list[str]) -> None:
    said = list(statements(book(series="Nights", series_number=number), ebook_sample.rendering()))
    assert [one.text for one in said if one.property == "belongs-to-collection"] == ["Nights"]
    assert [one.text for one in said if one.refines == "series"] == told


def test_a_series_and_an_organization_are_read_from_the_facts(tmp_path: Path) -> None:
    import shutil

    folder = shutil.copytree(Path(__file__).parent / "books" / "garden", tmp_path / "garden")
    file = folder / "book" / "book.yaml"
    text = file.read_text(encoding="utf-8").replace("rights:\n", "series:\n  name: Nights\n  number: 2\nrights:\n", 1)
    file.write_text(
        re.sub(r"^( +)role: (\w+)$", r"\1role: \2\n\1kind: organization", text, count=1, flags=re.MULTILINE),
        encoding="utf-8",
    )
    read, report = load_book(Project.at(folder, styles=ebook_sample.STYLES))
    assert read, list(report)
    assert (read.metadata.series, read.metadata.series_number) == ("Nights", "2")
    assert read.metadata.contributors[0].kind == "organization"
