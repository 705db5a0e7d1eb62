"""What can be wrong in a layout that the library does not say: lost notes, dead links, letters from the wrong font."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from publish.diagnostics import NOWHERE, Diagnostic, Location
from publish.make import weasyprint_patches as inside
from publish.make.pdf_boxes import Line, Run, Walk, note_boxes, note_calls
from publish.make.pdf_fonts import Face
from publish.make.pdf_shelf import BOOK, told
from publish.make.shaping import FARTHEST
from publish.make.weasyprint_patches import Element, Page

LOOSE = 1.0  # em added to a word space: a hole in the page that everyone sees
OVERHANG = 1.0  # CSS pixels that rounding may take
# Characters that set no glyph: spaces, breaks, joiners, and other controls (Unicode, chapter 23).
INVISIBLE = frozenset(" \t\n\r\u00a0\u202f\u00ad\u2028\u2029\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")


@dataclass(frozen=True, slots=True)
class Origins:
    """Where the elements of a document come from: the place of the nearest element around them that has one."""

    parents: Mapping[Element, Element]
    locations: Mapping[str, Location]

    def of(self, element: Element) -> Location:
        """The source of the element; nowhere where it was made by the machine."""
        while element is not None:
            if found := self.locations.get(element.get("id", "")):
                return found
            element = self.parents.get(element)
        return NOWHERE

    def find(self, attribute: str, value: str) -> Location | None:
        """The source of the first element that has this value of the attribute; None if there is no such element."""
        return next((self.of(one) for one in self.parents if one.get(attribute) == value), None)


def check_layout(
    pages: Sequence[Page], origins: Origins, coverage: Mapping[Face, frozenset[str]]
) -> Iterator[Diagnostic]:
    """Everything that is checked on laid-out pages."""
    yield from check_notes(pages, origins)
    yield from check_links(pages, origins)
    yield from check_pictures(pages, origins)
    yield from check_lines(pages, origins)
    yield from check_faces(pages, origins, coverage)


def check_notes(pages: Sequence[Page], origins: Origins) -> Iterator[Diagnostic]:
    """Each note begins on the page of its call, or at worst on the next one."""
    stands: dict[Element, int] = {}
    for number, page in enumerate(pages, 1):
        for note in note_boxes(page):
            stands.setdefault(note.element, number)
    for number, page in enumerate(pages, 1):
        for element in note_calls(page):
            name, found = element.get("id", ""), stands.get(element)
            if found is None or not number <= found <= number + 1:
                where = "on no page" if found is None else f"on page {found}"
                message = f"{name} is called on page {number} and stands {where}"
                yield Diagnostic("note-lost", origins.of(element), message, "move the note, or shorten it")
            elif found > number:
                message = f"{name} is called on page {number} and stands on page {found}"
                yield Diagnostic("note-late", origins.of(element), message, "shorten it, or move its call")


def check_links(pages: Sequence[Page], origins: Origins) -> Iterator[Diagnostic]:
    """Each link inside the book leads to an element that is there, and none to a file of this machine."""
    names = {name for page in pages for name in page.anchors}
    for page in pages:
        for kind, target, _, box in page.links:
            if kind == "internal" and target not in names:
                hint = "".join(f"did you mean #{one}?" for one in difflib.get_close_matches(target, names, 1))
                yield Diagnostic("link-dead", origins.of(box.element), f"the link to #{target} leads nowhere", hint)
            elif kind == "external" and target.startswith("file:"):
                address = told(target.removeprefix(BOOK))
                yield Diagnostic(
                    "link-dead",
                    origins.of(box.element),
                    f"the link to {address} leads to a file",
                    "a link leads to #a-place in the book or to a web address",
                )


def check_pictures(pages: Sequence[Page], origins: Origins) -> Iterator[Diagnostic]:
    """Each picture has an alternative text (ISO 14289-1, 7.3)."""
    if not pages:
        return
    for element in origins.parents:
        if element.tag == "img" and not element.get("alt"):
            source = element.get("src", "")
            yield Diagnostic("figure-untold", origins.of(element), f"the picture {source} has no alternative text")


def check_lines(pages: Sequence[Page], origins: Origins) -> Iterator[Diagnostic]:
    """No line runs out of its page's frame further than its last character may hang, and the words of none stand more than LOOSE apart."""
    for number, page in enumerate(pages, 1):
        frame = inside.page_box(page)
        edge = frame.content_box_x() + frame.width + OVERHANG
        for run in _runs(page):
            words = run.text.strip()[-60:]
            if run.right > edge + FARTHEST * run.style["font_size"]:
                message = f"on page {number} `{words}` runs out of the text's frame"
                hint = "let its longest word be divided, or change the words around it"
                yield Diagnostic("line-overfull", origins.of(run.element), message, hint)
            elif run.widened > LOOSE * run.style["font_size"]:
                apart = run.widened / run.style["font_size"]
                message = f"on page {number} the words `{words}` are driven {apart:.1f} em apart"
                yield Diagnostic(
                    "line-loose", origins.of(run.element), message, "change a word, or allow one to be divided"
                )


def check_plans(missed: Mapping[Element, str], origins: Origins) -> Iterator[Diagnostic]:
    """The lines of each paragraph are those that were planned; `missed` has the elements whose are not, each with the line that failed."""
    for element, words in missed.items():
        message = f"the lines from `{words[:60]}` on could not be set as planned, and are broken one by one"
        yield Diagnostic(
            "line-unplanned", origins.of(element), message, "look at them on the page; if they stand well, allow it"
        )


def check_pages(unkept: Collection[Element], origins: Origins) -> Iterator[Diagnostic]:
    """The pages of each section begin where it was chosen; `unkept` has the sections whose do not."""
    for section in origins.parents:
        if section in unkept:
            message = (
                f"the pages of {section.get('id')} could not be made as they were chosen, and are filled one by one"
            )
            yield Diagnostic("page-unplanned", origins.of(section), message)


def check_faces(
    pages: Sequence[Page], origins: Origins, coverage: Mapping[Face, frozenset[str]]
) -> Iterator[Diagnostic]:
    """Each run is set in a face of the book, which has all of its characters: no fallback, no slanted or fattened letters."""
    runs = [run for page in pages for run in _runs(page)]
    letters: dict[Face, set[str]] = defaultdict(set)
    for run in runs:
        letters[_face(run)].update(run.text)
    for face, used in letters.items():
        if face not in coverage:
            yield _missing_face(face, next(run for run in runs if _face(run) == face), origins, coverage)
            continue
        for letter in sorted(used - coverage[face] - INVISIBLE):
            run = next(run for run in runs if letter in run.text and _face(run) == face)
            message = f"{face} has no character {letter} (U+{ord(letter):04X})"
            hint = "add a font that has it to styles/fonts, or write the word without it"
            yield Diagnostic("glyph-missing", origins.of(run.element), message, hint)


def _runs(page: Page) -> Iterator[Run]:
    walk = Walk(set())
    for event in (*walk.text(page), *walk.notes(page)):
        if isinstance(event, Line):
            yield from event.runs


def _face(run: Run) -> Face:
    style = run.style
    return Face(style["font_family"][0], style["font_style"] != "normal", style["font_weight"])


def _missing_face(face: Face, run: Run, origins: Origins, coverage: Mapping[Face, frozenset[str]]) -> Diagnostic:
    message = f"`{run.text.strip()[:40]}` is set in {face}, and styles/fonts has no such font"
    hint = f"there are: {', '.join(sorted(map(str, coverage)))}"
    return Diagnostic("font-missing", origins.of(run.element), message, hint)
