"""The book's record for the trade: ONIX for Books 3.1 (EDItEUR), with reference tags, one product: the e-book.

What a press has to add before a shop takes it (price, supplier, territories) is no fact of the book, and is not made up here. The numbers
of code lists are those of issue 71 and before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from langcodes import Language

from publish.make.accessibility import Accessibility
from publish.model import Artifact, Book, Contributor, Metadata, Rendering, Subject
from publish.model.counts import count

NAMESPACE = "http://ns.editeur.org/onix/3.1/reference"
MEDIA_TYPE = "application/xml"

# List 17 by MARC relators; what is not here is "other".
_ROLES = {
    "aft": "A19", "aui": "A24", "aut": "A01", "com": "C01", "cmp": "A06", "cre": "A09", "edt": "B01", "ill": "A12", "pht": "A13",
    "trl": "B06", "wpr": "A15",
}  # fmt: skip
_OTHER_ROLE = "Z99"
# List 196 by the terms of the Schema.org vocabulary.
_FEATURES = {
    "alternativeText": "14",
    "displayTransformability": "36",
    "index": "12",
    "pageBreakMarkers": "19",
    "pageNavigation": "41",
    "readingOrder": "13",
    "structuralNavigation": "29",
    "tableOfContents": "11",
}
# List 27: the qualifiers of Thema have lists of their own, told by the first figure of a code.
_THEMA = {"1": "94", "2": "95", "3": "96", "4": "97", "5": "98", "6": "99"}
_SCHEMES = {"LCSH": "04", "BISAC": "10", "Thema": "93"}


def make_onix(book: Book, rendering: Rendering, accessibility: Accessibility) -> Artifact:
    """The record of the e-book, by the same facts that its package states. Same input, same bytes."""
    facts = book.metadata
    message = ET.Element("ONIXMessage", {"release": "3.1", "xmlns": NAMESPACE})
    _put(
        message,
        ("Header", [("Sender", [("SenderName", facts.publisher or facts.title)]), ("SentDateTime", _moment(facts))]),
    )
    _put(message, ("Product", list(_product(book, rendering, accessibility))))
    ET.indent(message, " ")
    data = ET.tostring(message, encoding="utf-8", xml_declaration=True, short_empty_elements=False) + b"\n"
    return Artifact(f"{facts.file_name}-{facts.version}-onix.xml", "onix", MEDIA_TYPE, data)


Element = tuple[str, "str | list[Element]"]  # a name, and its words or what is in it


def _put(parent: ET.Element, element: Element) -> None:
    name, content = element
    made = ET.SubElement(parent, name)
    if isinstance(content, str):
        made.text = content
    else:
        for one in content:
            _put(made, one)


def _moment(facts: Metadata) -> str:
    """When it was last changed, in the basic form of ISO 8601 to the minute."""
    return f"{facts.modified[:16].replace('-', '').replace(':', '')}Z"


def _product(book: Book, rendering: Rendering, accessibility: Accessibility) -> Iterator[Element]:
    facts = book.metadata
    yield "RecordReference", facts.identifier
    yield "NotificationType", "03"  # confirmed on publication (list 1)
    yield "RecordSourceType", "01"  # the publisher (list 3)
    yield "ProductIdentifier", _identifier(facts)
    yield "DescriptiveDetail", list(_description(book, rendering, accessibility))
    if facts.description:
        text: list[Element] = [("TextType", "03"), ("ContentAudience", "00"), ("Text", facts.description)]
        yield "CollateralDetail", [("TextContent", text)]
    if facts.publisher:  # without one the schema knows no details of it
        yield "PublishingDetail", list(_publishing(facts))


def _identifier(facts: Metadata) -> list[Element]:
    """The ISBN, or the book's own name as one of the publisher's (list 5)."""
    if len(facts.isbn) == 13:
        return [("ProductIDType", "15"), ("IDValue", facts.isbn)]
    return [("ProductIDType", "01"), ("IDTypeName", "URN"), ("IDValue", facts.identifier)]


def _description(book: Book, rendering: Rendering, accessibility: Accessibility) -> Iterator[Element]:
    """What the product is, in the order of the schema (P.3 to P.12)."""
    facts = book.metadata
    yield "ProductComposition", "00"  # a single item (list 2)
    yield "ProductForm", "ED"  # a digital download (list 150)
    yield "ProductFormDetail", "E101"  # EPUB (list 175)
    yield "ProductFormDetail", "E200"  # reflowable
    for code, words in _accessible(accessibility):
        feature: list[Element] = [("ProductFormFeatureType", "09"), ("ProductFormFeatureValue", code)]  # list 79
        yield "ProductFormFeature", [*feature, *([("ProductFormFeatureDescription", words)] if words else [])]
    yield "PrimaryContentType", "10"  # text (list 81)
    yield "EpubTechnicalProtection", "00"  # none (list 144)
    if facts.series:
        yield "Collection", _collection(facts)
    yield "TitleDetail", _title("01", facts.title, facts.subtitle)
    if facts.short_title != facts.title:
        yield "TitleDetail", _title("05", facts.short_title)
    for number, one in enumerate(facts.contributors, start=1):
        yield "Contributor", list(_contributor(number, one))
    if any(one.qualifier for one in facts.contributors):  # which no code of list 17 tells
        yield "ContributorStatement", "; ".join(one.qualified(one.name) for one in facts.contributors)
    yield "Language", [("LanguageRole", "01"), ("LanguageCode", Language.get(facts.language).to_alpha3(variant="B"))]
    yield (
        "Extent",
        [("ExtentType", "02"), ("ExtentValue", str(count(book, "words"))), ("ExtentUnit", "02")],
    )  # lists 23, 24
    if rendering.page_breaks:
        yield "Extent", [("ExtentType", "08"), ("ExtentValue", str(len(rendering.page_breaks))), ("ExtentUnit", "03")]
    yield from (("Subject", one) for one in _subjects(facts.subjects))


def _accessible(facts: Accessibility) -> Iterator[tuple[str, str]]:
    """The codes of list 196 and what is said with them, in the order of the list."""
    told = {"00": facts.summary, "10": "", **{_FEATURES[one]: "" for one in facts.features if one in _FEATURES}}
    if ("textual",) in facts.sufficient:
        told["52"] = ""
    if claim := facts.conformance:
        told |= {"04": "", "82": "", "85": ""}  # EPUB Accessibility 1.1; WCAG 2.2; level AA
        told |= {
            code: words
            for code, words in (("88", claim.credential), ("90", claim.certifier), ("94", claim.report))
            if words
        }
    return iter(sorted(told.items()))


def _title(kind: str, text: str, subtitle: str = "") -> list[Element]:
    """A title of that type (list 15), of the product (list 149)."""
    element: list[Element] = [("TitleElementLevel", "01"), ("TitleText", text)]
    return [("TitleType", kind), ("TitleElement", [*element, *([("Subtitle", subtitle)] if subtitle else [])])]


def _collection(facts: Metadata) -> list[Element]:
    number: list[Element] = [("PartNumber", facts.series_number)] if facts.series_number else []
    element: list[Element] = [("TitleElementLevel", "02"), *number, ("TitleText", facts.series)]
    return [("CollectionType", "10"), ("TitleDetail", [("TitleType", "01"), ("TitleElement", element)])]


def _contributor(number: int, one: Contributor) -> Iterator[Element]:
    yield "SequenceNumber", str(number)
    yield "ContributorRole", _ROLES.get(one.role, _OTHER_ROLE)
    if one.kind == "organization":
        yield "CorporateName", one.name
    else:
        yield "PersonName", one.name
        yield "PersonNameInverted", one.file_as


def _subjects(subjects: Iterable[Subject]) -> Iterator[list[Element]]:
    """Headings of schemes, and all keywords together, as shops want them (list 27, 20)."""
    every = list(subjects)
    for one in every:
        if one.scheme == "LCSH":
            yield [("SubjectSchemeIdentifier", _SCHEMES["LCSH"]), ("SubjectHeadingText", one.term)]
        elif one.scheme in _SCHEMES and one.code:
            scheme = _THEMA.get(one.code[0], _SCHEMES["Thema"]) if one.scheme == "Thema" else _SCHEMES[one.scheme]
            yield [("SubjectSchemeIdentifier", scheme), ("SubjectCode", one.code), ("SubjectHeadingText", one.term)]
    if keywords := [one.term for one in every if one.scheme == "keyword"]:
        yield [("SubjectSchemeIdentifier", "20"), ("SubjectHeadingText", "; ".join(keywords))]


def _publishing(facts: Metadata) -> Iterator[Element]:
    yield "Publisher", [("PublishingRole", "01"), ("PublisherName", facts.publisher)]
    if facts.place:
        yield "CityOfPublication", facts.place
    yield "PublishingStatus", "04"  # active (list 64)
    date: list[Element] = [("PublishingDateRole", "01"), ("Date", facts.published.replace("-", ""))]
    yield "PublishingDate", date
