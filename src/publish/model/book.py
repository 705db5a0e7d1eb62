"""A book as it was read: its pages, its facts, and what lies beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from publish.diagnostics import Location, catalogue
from publish.model.limits import STANDARD, Limits
from publish.model.review import Review
from publish.model.text import Block, Inline

# ------------------------------------------------------------------------------------------------------------ project


@dataclass(frozen=True, slots=True)
class Project:
    """Where things are: the project folder, the book's and the styles' in it, and where made files go."""

    root: Path
    book: Path
    styles: Path
    build: Path
    limits: Limits = STANDARD

    @classmethod
    def at(
        cls, root: Path, styles: Path | None = None, build: Path | None = None, limits: Limits = STANDARD
    ) -> Project:
        return cls(root, root / "book", styles or root / "styles", build or root / "build", limits)

    @property
    def within(self) -> Path:
        """Where a folder that is a link may lead: into the project, or, where the project is part of a checkout of git, into that."""
        root = self.root.resolve()
        return next((one for one in (root, *root.parents) if (one / ".git").exists()), root)

    def leads_out(self, folder: Path) -> bool:
        """Whether a folder of the project, such as `styles/`, is a link out of there; what somebody named elsewhere may be anywhere."""
        return folder.is_relative_to(self.root) and not folder.resolve().is_relative_to(self.within)


# -------------------------------------------------------------------------------------------------------------- pages

Role = Literal[
    "cover", "half-title", "titlepage", "imprint", "contents", "dedication", "epigraph", "foreword", "preface", "introduction",
    "chapter", "afterword", "appendix", "note", "chronology", "glossary", "emendations", "further-reading", "sources",
    "index", "colophon", "back-cover",
]  # fmt: skip
MADE_ROLES: tuple[Role, ...] = (
    "cover", "half-title", "titlepage", "contents", "chronology", "glossary", "emendations", "further-reading", "sources",
    "index", "back-cover",
)  # fmt: skip
COVERS: frozenset[Role] = frozenset({"cover", "back-cover"})
COVER = LEAF = 2  # pages: of a cover, its outside and its inside
SHEET = 4  # pages, when it is folded
# An e-book has one title page and no back.
PRINT_ONLY: frozenset[Role] = frozenset({"half-title", "back-cover"})
# Pages of running text: mentions of the glossary are looked for in them. What stands on an imprint is for the bookseller.
RUNNING_TEXT: frozenset[Role] = frozenset(
    {"foreword", "preface", "introduction", "chapter", "afterword", "appendix", "note"}
)
Status = Literal["confirmed", "general", "uncertain"]
"""How sure a fact is: confirmed by its sources, general knowledge that was not checked against one, or uncertain."""


@dataclass(frozen=True, slots=True)
class Note:
    """An editor's note. `id` is made of the page and the slug; `number` counts through the whole book in the order of the calls."""

    id: str
    slug: str
    number: int
    blocks: tuple[Block, ...]
    location: Location

    @property
    def call_id(self) -> str:
        """The id of the place that calls the note."""
        return f"noteref-{self.id.removeprefix('note-')}"


@dataclass(frozen=True, slots=True)
class Witness:
    """The transcription that a page is proved against."""

    file: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the contents ("page" as in title page): one file of the book, or one that the machine makes.

    `id` is the file's stem, or the role for a page without a file. `title` is empty for a made page without a file; its title is then
    the label of its role. With `opens_numbering` its first printed page is page 1, and those before it have roman numerals.
    """

    id: str
    role: Role
    title: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    location: Location
    witness: Witness | None = None
    opens_numbering: bool = False

    @property
    def inside(self) -> str:
        """The id of the blank inside of a cover."""
        return f"{self.id}-inside"


# ---------------------------------------------------------------------------------------------------- facts of a book


@dataclass(frozen=True, slots=True)
class Contributor:
    """Who made the work; `role` is a MARC relator code, `qualifier` how sure that is ("attributed")."""

    name: str
    file_as: str
    role: str
    qualifier: Literal["", "attributed", "supposed"] = ""
    kind: Literal["person", "organization"] = "person"

    def qualified(self, name: str) -> str:
        """A form of the name with the word that says how sure it is: who knows no codes must not claim more than the book does."""
        return f"{name} ({self.qualifier})" if self.qualifier else name


@dataclass(frozen=True, slots=True)
class Rights:
    part: str
    statement: str
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    term: str
    scheme: str
    code: str = ""


_ISBN = "urn:isbn:"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the book is. Dates are ISO 8601; `modified` is UTC to the second, as EPUB wants it."""

    title: str
    subtitle: str
    short_title: str
    language: str
    identifier: str
    version: str
    file_name: str
    description: str
    published: str
    modified: str
    original: str
    contributors: tuple[Contributor, ...]
    publisher: str
    place: str
    rights: tuple[Rights, ...]
    subjects: tuple[Subject, ...]
    source: str
    series: str = ""
    series_number: str = ""

    @property
    def isbn(self) -> str:
        """The ten or thirteen signs of the ISBN, without hyphens, if the identifier is one."""
        return self.identifier.removeprefix(_ISBN).replace("-", "") if self.identifier.startswith(_ISBN) else ""


@dataclass(frozen=True, slots=True)
class Edition:
    """A printed form. Lengths are in PDF points (1/72 inch), width before height; the booklet's sheet is landscape.

    `paper_thickness` is that of one leaf, for creep and spine; `binding` is by staples in the fold, or by glue at the spine. Editions of
    the same `style`, a style sheet that comes after print.css, are one layout: the first of them is laid out, the others set the same
    pages on another trim. The EPUB's page list gives the pages of the book's first edition.
    """

    name: str
    trim: tuple[float, float]
    inner_margin: float
    sheet: tuple[float, float] | None
    sheet_name: str
    paper_thickness: float
    style: str = ""
    binding: Literal["saddle-stitch", "perfect"] = "saddle-stitch"

    @property
    def glued(self) -> bool:
        return self.binding == "perfect"

    @property
    def fills(self) -> int:
        """Of how many pages its print PDF has a multiple: those of a leaf that is glued, or of a sheet that is folded."""
        return LEAF if self.glued else SHEET

    @property
    def millimetres(self) -> tuple[str, str]:
        """Width and height of the trimmed page in whole millimetres, as catalogues want them."""
        width, height = (f"{length * 25.4 / 72:.0f}" for length in self.trim)
        return width, height

    def spine(self, pages: int) -> float:
        """The width of the spine: of so many glued pages inside the cover the thickness of their leaves, of a stitched pamphlet none."""
        return self.paper_thickness * pages / LEAF if self.glued else 0.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A glossary entry. `link` says which mentions are linked: the first of each section, of the book, or none.

    `dates` are as printed; of a person they are made of `born` and `died`, which are ISO 8601 as far as they are known ("1883-07-18",
    "1890"), with "c. " before one that is a guess. `index` says which mentions the index lists: all, the first of each section, or
    none; `index_as` is the heading there ("Bukharin, Nikolai Ivanovich"). `cited` are the sources as they are cited under the entry.
    """

    id: str
    kind: Literal["person", "organisation", "event", "term"]
    headword: str
    modern: str
    sort: str
    dates: str
    forms: tuple[str, ...]
    gloss: tuple[Inline, ...]
    role: tuple[Inline, ...]
    fate: tuple[Inline, ...]
    see_also: tuple[str, ...]
    sources: tuple[str, ...]
    link: Literal["section", "once", "none"]
    location: Location
    born: str = ""
    died: str = ""
    status: Status = "confirmed"
    index: Literal["all", "sections", "none"] = "all"
    index_as: str = ""
    cited: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """A row of the chronology. `when` is ISO 8601: a date, known to the day, the month or the year, or two with "/" between.

    `date` is how it is printed. In the chronology the `year`, which several rows may share, is said once, and `day` is the rest of the
    date, "" where the date has no other part. `about` are glossary entries; `born` and `died` are those whose birth or death this is.
    `cited` are the sources as they are cited beside it.
    """

    id: str
    when: str
    date: str
    event: tuple[Inline, ...]
    about: tuple[str, ...]
    born: tuple[str, ...]
    died: tuple[str, ...]
    sources: tuple[str, ...]
    status: Status
    location: Location
    year: str = ""
    day: str = ""
    cited: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexHeading:
    """A heading of the index that is no glossary entry, or one that only refers to others.

    `under` is the heading, or the glossary entry, that it stands under; `see` are those to look up in its place.
    """

    id: str
    heading: tuple[Inline, ...]
    sort: str
    under: str
    see: tuple[str, ...]
    see_also: tuple[str, ...]
    location: Location


@dataclass(frozen=True, slots=True)
class Source:
    """A record of the bibliography, in the forms of Chicago's notes and bibliography.

    `text` is the entry of a bibliography, `short` what a citation says. A part of another source (a chapter of a book that is cited as a
    whole) has neither: it names the whole in `part_of`, whose `parts` are those of its parts that are cited. `further` says why a reader
    may want it: a source that has it stands in the further reading. `sort` is what sources are put in order by; `cited` whether
    anything in the book cites it, or a part of it.
    """

    id: str
    text: tuple[Inline, ...]
    location: Location
    short: tuple[Inline, ...] = ()
    part_of: str = ""
    parts: tuple[Inline, ...] = ()
    further: tuple[Inline, ...] = ()
    sort: str = ""
    cited: bool = False


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the book or of the styles that outputs may hold; `path` is relative to its folder ("images/map.png")."""

    path: str
    data: bytes = field(repr=False)
    media_type: str
    location: Location


@dataclass(frozen=True, slots=True)
class Allowance:
    """A silenced rule: where, which, and why it is right there."""

    file: str
    rule: str
    reason: str
    location: Location

    @property
    def silences(self) -> bool:
        """Whether its rule is one that can be silenced: after an error the output would be wrong."""
        rule = catalogue().get(self.rule)
        return rule is not None and rule.severity != "error"


@dataclass(frozen=True, slots=True)
class Book:
    """All that `book/` and `styles/` hold, read and understood.

    `styles` are the files of `styles/` by name ("print.css", "fonts/EBGaramond-Regular.ttf"); `sources` the text of each source file
    by its `Location.file`, for showing a line. `sums` are the SHA-256 sums of all files that were read, likewise, as they lie on the disk.
    """

    metadata: Metadata
    pages: tuple[Page, ...]
    glossary: tuple[Entry, ...]
    bibliography: tuple[Source, ...]
    editions: tuple[Edition, ...]
    labels: Mapping[str, str]
    images: tuple[Asset, ...]
    styles: Mapping[str, Asset]
    allowances: tuple[Allowance, ...]
    sources: Mapping[str, str] = field(repr=False)
    chronology: tuple[Event, ...] = ()
    index: tuple[IndexHeading, ...] = ()
    known_abbreviations: tuple[str, ...] = ()
    review: Review = field(default_factory=Review)
    sums: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def has_back_cover(self) -> bool:
        return bool(self.pages) and self.pages[-1].role == "back-cover"

    @property
    def has_both_covers(self) -> bool:
        """Whether there is a front and a back cover, so that they can be printed apart from the pages."""
        return self.has_back_cover and self.pages[0].role == "cover"

    def silenced(self) -> dict[tuple[str, str], Allowance]:
        """The allowances that silence something, by file and rule: only warnings and notes can be, whatever the reason."""
        return {(one.file, one.rule): one for one in self.allowances if one.silences}

    def layouts(self) -> list[Book]:
        """The book once for each of its layouts, with the editions that share it. The first is that of the e-book's page list."""
        styles = dict.fromkeys(edition.style for edition in self.editions)
        return [replace(self, editions=tuple(one for one in self.editions if one.style == style)) for style in styles]
