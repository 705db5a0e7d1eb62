"""What the rules of the shops measure in an e-book: each measure by the name that the profiles call it by."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from publish.prove import shop_styles
from publish.prove.ebook import DC, Ebook, Item, Tag
from publish.prove.ebook_notes import NOTE, check_notes
from publish.prove.pictures import look
from publish.prove.read_epub import EPUB_TYPE, OPF, XHTML, resolved
from publish.prove.shop_styles import Declaration, Line


class Measured(NamedTuple):
    """A value, what has it, and where that is: an element, a place in a style sheet, or None for the e-book as a whole."""

    value: str | float
    subject: str
    where: Tag | Line | None = None


Measure: TypeAlias = Callable[[Ebook], Iterator[Measured]]

# -------------------------------------------------------------------------------------------------------------- the files


def file_size(ebook: Ebook) -> Iterator[Measured]:
    yield Measured(len(ebook.artifact.data), ebook.name)


def document_size(ebook: Ebook) -> Iterator[Measured]:
    sizes = {item.path: len(item.data) for item in ebook.items}
    yield from (Measured(sizes[path], path, tags[0]) for path, tags in ebook.documents.items())


def file_name(ebook: Ebook) -> Iterator[Measured]:
    yield from (Measured(posixpath.basename(one), one) for one in ebook.members if not one.endswith("/"))


def identifier(ebook: Ebook) -> Iterator[Measured]:
    """The identifier, or the name of the file where that is what is asked: an ISBN in either will do."""
    name = posixpath.splitext(ebook.name)[0]
    for one in ebook.package.iter(f"{DC}identifier"):
        found = (one.text or "").strip()
        yield Measured(name if re.fullmatch(r"97[89]\d{10}", name) else found, "dc:identifier")


def package_property(ebook: Ebook) -> Iterator[Measured]:
    yield from (Measured(one.get("property", ""), "the package") for one in ebook.package.iter(f"{OPF}meta"))


# ----------------------------------------------------------------------------------------------------------- the pictures


def _pictures(ebook: Ebook) -> Iterator[tuple[Item, Tag | None]]:
    """The pictures but for the cover, and the element that shows each first."""
    shown = _shown(ebook)
    for item in ebook.items:
        if item.media_type.startswith("image/") and "cover-image" not in item.properties:
            yield item, next(iter(shown.get(item.path, ())), None)


def _shown(ebook: Ebook) -> dict[str, list[Tag]]:
    """The `img` elements that show each file."""
    shown: dict[str, list[Tag]] = {}
    for tag in ebook.tags():
        if tag.name == "img":
            shown.setdefault(resolved(tag.path, tag.element.get("src", "")), []).append(tag)
    return shown


def image_size(ebook: Ebook) -> Iterator[Measured]:
    yield from (Measured(len(item.data), item.path, tag) for item, tag in _pictures(ebook))


def image_pixels(ebook: Ebook) -> Iterator[Measured]:
    for item, tag in _pictures(ebook):
        picture = look(item.data)
        yield Measured(picture.width * picture.height, item.path, tag)


def image_type(ebook: Ebook) -> Iterator[Measured]:
    yield from (Measured(item.media_type, item.path, tag) for item, tag in _pictures(ebook))


def image_colour(ebook: Ebook) -> Iterator[Measured]:
    """The colours of the pictures, the cover's too, as far as their heads tell them."""
    for item, tag in (*_pictures(ebook), *((one, None) for one in _covers(ebook))):
        if colour := look(item.data).colour:
            yield Measured(colour, item.path, tag)


def image_ground(ebook: Ebook) -> Iterator[Measured]:
    for item, tag in _pictures(ebook):
        yield Measured("transparent" if look(item.data).transparent else "opaque", item.path, tag)


def alternative_length(ebook: Ebook) -> Iterator[Measured]:
    for tag in ebook.tags():
        if tag.name == "img":
            yield Measured(len(tag.element.get("alt", "")), tag.element.get("src", ""), tag)


# -------------------------------------------------------------------------------------------------------------- the cover


def _covers(ebook: Ebook) -> list[Item]:
    return [item for item in ebook.items if "cover-image" in item.properties]


def cover_longer_side(ebook: Ebook) -> Iterator[Measured]:
    yield from (Measured(max(look(one.data)[:2]), one.path) for one in _covers(ebook))


def cover_shorter_side(ebook: Ebook) -> Iterator[Measured]:
    yield from (Measured(min(look(one.data)[:2]), one.path) for one in _covers(ebook))


def cover_size(ebook: Ebook) -> Iterator[Measured]:
    yield from (Measured(len(one.data), one.path) for one in _covers(ebook))


def cover_type(ebook: Ebook) -> Iterator[Measured]:
    yield from (Measured(one.media_type, one.path) for one in _covers(ebook))


def _cover_pages(ebook: Ebook) -> list[Tag]:
    shown = _shown(ebook)
    return [tag for item in _covers(ebook) for tag in shown.get(item.path, ())]


def cover_pages(ebook: Ebook) -> Iterator[Measured]:
    yield Measured(len(_cover_pages(ebook)), "the e-book")


def cover_words(ebook: Ebook) -> Iterator[Measured]:
    """The letters that stand in the document of the cover."""
    for tag in _cover_pages(ebook):
        bodies = (one for one in ebook.documents[tag.path] if one.name == "body")
        yield Measured(sum(len(one.text) for one in bodies), tag.path, tag)


def cover_metas(ebook: Ebook) -> Iterator[Measured]:
    """The `meta` elements of EPUB 2 that name the cover."""
    named = [one.get("content") for one in ebook.package.iter(f"{OPF}meta") if one.get("name") == "cover"]
    yield Measured(sum(one.id in named for one in _covers(ebook)), "the package")


# ---------------------------------------------------------------------------------------------------------- the documents


def attribute(ebook: Ebook) -> Iterator[Measured]:
    yield from (Measured(name, f"<{tag.name}>", tag) for tag in ebook.tags() for name in tag.element.attrib)


def structural_type(ebook: Ebook) -> Iterator[Measured]:
    for tag in ebook.tags():
        yield from (Measured(one, f"<{tag.name}>", tag) for one in tag.element.get(EPUB_TYPE, "").split())


def contents_lines(ebook: Ebook) -> Iterator[Measured]:
    yield Measured(len(ebook.nav("toc")), "the navigation document")


def landmark(ebook: Ebook) -> Iterator[Measured]:
    yield from (Measured(one, "the landmarks") for link in ebook.nav("landmarks") for one in link.types)


def table_columns(ebook: Ebook) -> Iterator[Measured]:
    for tag in ebook.tags():
        if tag.name == "table":
            rows = [len(row) for row in tag.element.iter(f"{XHTML}tr")]
            yield Measured(max(rows, default=0), "a table", tag)


def note_length(ebook: Ebook) -> Iterator[Measured]:
    yield from (Measured(len(note.text), f"the note “{note.id}”", note) for note in ebook.with_type(*NOTE))


def note_element(ebook: Ebook) -> Iterator[Measured]:
    yield from (Measured(note.name, f"the note “{note.id}”", note) for note in ebook.with_type(*NOTE))


def note_fault(ebook: Ebook) -> Iterator[Measured]:
    """The slugs of our own rules that the notes break."""
    yield from (Measured(fault.rule, fault.message, fault.tag) for fault in check_notes(ebook))


# ------------------------------------------------------------------------------------------------------------- the styles


def _styled(measure: Callable[[Ebook], Iterator[tuple[Declaration, str | float]]]) -> Measure:
    def measured(ebook: Ebook) -> Iterator[Measured]:
        for one, value in measure(ebook):
            yield Measured(value, f"{', '.join(one.selectors)} {{ {one.name} }}", one.place)

    return measured


MEASURES: dict[str, Measure] = {
    "file-size": file_size,
    "document-size": document_size,
    "file-name": file_name,
    "identifier": identifier,
    "package-property": package_property,
    "image-size": image_size,
    "image-pixels": image_pixels,
    "image-type": image_type,
    "image-colour": image_colour,
    "image-ground": image_ground,
    "alternative-length": alternative_length,
    "cover-longer-side": cover_longer_side,
    "cover-shorter-side": cover_shorter_side,
    "cover-size": cover_size,
    "cover-type": cover_type,
    "cover-pages": cover_pages,
    "cover-words": cover_words,
    "cover-metas": cover_metas,
    "attribute": attribute,
    "structural-type": structural_type,
    "contents-lines": contents_lines,
    "landmark": landmark,
    "table-columns": table_columns,
    "note-length": note_length,
    "note-element": note_element,
    "note-fault": note_fault,
    "body-property": _styled(shop_styles.body_properties),
    "ground-property": _styled(shop_styles.ground_properties),
    "aligned-element": _styled(shop_styles.aligned_elements),
    "font-size-unit": _styled(shop_styles.font_size_units),
    "side-margin": _styled(shop_styles.side_margins),
    "css-function": _styled(shop_styles.css_functions),
}
