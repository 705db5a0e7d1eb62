"""Assembles a Book: book.yaml first, then the pages in the order of its contents, the glossary, and the styles."""

from __future__ import annotations

from functools import partial

from publish.diagnostics import Location, Report
from publish.errors import NoProject
from publish.load.bibliography import BibliographyReader
from publish.load.chicago import Chicago
from publish.load.contents import ContentsReader
from publish.load.convert import Facts, records
from publish.load.counts import fill_counts
from publish.load.filenames import report_names
from publish.load.files import Folder, read_styles
from publish.load.limits import book_limits, has_many, is_crowded, is_large
from publish.load.markdown import make_parser
from publish.load.metadata import SourceLabels, read_editions, read_labels, read_metadata, report_editions
from publish.load.problems import Problems
from publish.load.quotes import typographic
from publish.load.records import RecordReader, in_time, read_allowance, report_repeated
from publish.load.review import read_review
from publish.load.schema import ACCESSIBILITY, ALLOWED, BIBLIOGRAPHY, BOOK, CHRONOLOGY, GLOSSARY, INDEX
from publish.load.scope import Counted, Ids
from publish.load.shapes import Shape, validate
from publish.load.yamlfile import Mapping, Node, parse
from publish.model import Book, Entry, Event, IndexHeading, Project, Review


def load_book(project: Project) -> tuple[Book | None, Report]:
    """Reads all of book/ and styles/.

    Returns the book, as whole as it can be made, and everything that is wrong in it; None for the book if `book.yaml` cannot be read as a
    record, or names no pages. Raises NoProject if there is no `book.yaml`.
    """
    if not (project.book / "book.yaml").is_file():
        raise NoProject(f"There is no {project.book.name}/book.yaml in {project.root}.")
    problems = Problems()
    folder, styles = (Folder(one, problems, project.limits) for one in (project.book, project.styles))
    refused = [one for one in (folder, styles) if _is_refused(one, project)]
    node = None if refused else _read_yaml(folder, "book.yaml", BOOK)
    book = _Loader(folder, styles, node).book() if isinstance(node, Mapping) else None
    return book, Report.of(problems.found)


def _is_refused(folder: Folder, project: Project) -> bool:
    """Whether a folder is not looked into: it is a link out of the project, or has too many files. That is reported."""
    if project.leads_out(folder.root):
        hint = f"put the files themselves there, or name the folder: --styles {folder.root.resolve()}"
        message = f"{folder.root.name}/ is a link that leads out of the project"
        folder.problems.add("outside-book", Location(folder.root.name), message, hint)
        return True
    report_names(folder)
    return is_crowded(folder)


class _Loader:
    """The reading of one project whose book.yaml is a record."""

    def __init__(self, folder: Folder, styles: Folder, node: Mapping) -> None:
        self.problems = folder.problems
        self.folder = folder
        self.styles = styles
        # The language comes first: the quotation marks of all that is read are set by it.
        self.language = Facts(node, str).text("language", "en")
        folder.limits = styles.limits = book_limits(Facts(node, str), folder.limits, self.problems)
        md = make_parser(self.language, folder.limits)
        self.words = partial(typographic, md)
        self.facts = Facts(node, self.words)
        self.counted = Counted(md, Ids(self.problems), self.problems, most_notes=folder.limits.notes)

    def book(self) -> Book | None:
        if has_many(self.facts, self.folder.limits, self.problems):
            return None
        bibliography = self._bibliography()
        contents = ContentsReader(self.folder, self.counted)
        pages = contents.pages(self.facts)
        if not pages:
            return None
        report_editions(self.facts, self.problems)
        book = Book(
            metadata=read_metadata(self.facts),
            pages=pages,
            glossary=self._glossary(),
            chronology=self._chronology(),
            index=self._index(),
            bibliography=bibliography.sources(self.counted.sources),  # behind all that cites them
            editions=read_editions(self.facts),
            labels=read_labels(self.facts),
            images=contents.images(),
            styles=read_styles(self.styles),
            allowances=tuple(read_allowance(facts) for facts in self._records("allowed.yaml", ALLOWED)),
            review=self._review(),
            known_abbreviations=self.facts.list_of_words("known-abbreviations"),
            sources=self.folder.texts | self.styles.texts,
            sums=self.folder.sums | self.styles.sums,
        )
        return fill_counts(book, self.counted.counts, self.problems)

    def _glossary(self) -> tuple[Entry, ...]:
        found = self._records("glossary.yaml", GLOSSARY)
        reader = self._record_reader("glossary.yaml")
        return tuple(reader.entry(facts) for facts in found)

    def _chronology(self) -> tuple[Event, ...]:
        found = self._records("chronology.yaml", CHRONOLOGY)
        reader = self._record_reader("chronology.yaml")
        return tuple(sorted((reader.event(facts) for facts in found), key=in_time))

    def _index(self) -> tuple[IndexHeading, ...]:
        found = self._records("index.yaml", INDEX)
        reader = self._record_reader("index.yaml")
        return tuple(reader.heading(facts) for facts in found)

    def _bibliography(self) -> BibliographyReader:
        """The sources, before all that cites them."""
        found = self._records("bibliography.yaml", BIBLIOGRAPHY)
        report_repeated(found, self.problems)
        language = self.facts.text("language", "en")
        bibliography = BibliographyReader(self._record_reader("bibliography.yaml"), found, language)
        listed = any(facts.text("role") == "sources" for facts in self.facts.records("contents"))
        chicago = Chicago(language, SourceLabels(self.facts.record("labels"), self.problems))
        self.counted.sources = bibliography.citable(chicago, self.words, listed=listed)
        return bibliography

    def _review(self) -> Review:
        if not self.folder.has("accessibility.yaml"):
            return Review()
        return read_review(Facts(_read_yaml(self.folder, "accessibility.yaml", ACCESSIBILITY), self.words))

    def _records(self, name: str, shape: Shape) -> tuple[Facts, ...]:
        """The records of an optional file."""
        if not self.folder.has(name):
            return ()
        return records(_read_yaml(self.folder, name, shape), self.words)

    def _record_reader(self, name: str) -> RecordReader:
        file = self.folder.name(name)
        return RecordReader(self.counted, file, self.folder.texts.get(file, "").split("\n"), self.language)


def _read_yaml(folder: Folder, name: str, shape: Shape) -> Node | None:
    """The tree of a YAML file, checked against its shape; None if it has none. An empty file is one without records."""
    place = Location(folder.name(name))
    text = folder.text(name, place)
    if text is None:
        return None
    before = len(folder.problems.found)
    node = parse(text, place.file, folder.problems)
    if node is not None and is_large(node, folder.limits, folder.problems):
        return None
    if node is not None:
        validate(node, shape, folder.problems)
    elif shape is BOOK and len(folder.problems.found) == before:
        folder.problems.add("wrong-type", place, "the file is empty", "see docs/source-format.md for what it holds")
    return node
