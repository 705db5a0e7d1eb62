"""The forms of a source in the notes-and-bibliography system of *The Chicago Manual of Style* (17th edition, chapter 14).

An entry of the bibliography inverts its first name and parts its elements with periods (14.21); a note parts them with commas and puts
the facts of publication in parentheses (14.20); a shortened note has the family name and the short title (14.30).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from publish.diagnostics import Location
from publish.load.names import Names
from publish.load.punctuation import Punctuation
from publish.load.words import Words, capital, plain_text, unlinked
from publish.model import Emphasis, Inline, Link, Text

Kind: TypeAlias = Literal[
    "book",
    "chapter",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "entry-encyclopedia",
    "webpage",
    "text",
]
DOI = "https://doi.org/"  # 14.8
NO_BREAK_SPACE = "\u00a0"
# A title's first word that does not count in the alphabet (14.71), nor in a short title (14.33); by language.
_ARTICLES = {"en": "The|An|A", "de": "Der|Die|Das|Ein|Eine", "fr": "Les|Le|La|Une|Un"}
_TITLE_AS_TYPED = ("entry-encyclopedia", "webpage")  # 14.206: a site's title is in italics if it is printed, too
_UNSIGNED = ("article-magazine", "article-newspaper", "entry-encyclopedia")
_EDITED_AROUND = ("chapter", "entry-encyclopedia")  # the editors are those of what it stands in
_NUMBERS = re.compile(r"\d+(?:[–-]\d+)?")


@dataclass(frozen=True, slots=True)
class Reference:
    """The facts of a source, as they are typed but for the quotation marks; "" and () where nothing is known.

    Names are inverted ("Conquest, Robert"). `container` is the book, periodical, encyclopedia or site that it stands in; of a book, the
    work of several volumes. `described` says what it is, with or without a title ("review of …"). A source of the kind "text" has no
    form but its words.
    """

    kind: Kind
    location: Location
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    translators: tuple[str, ...] = ()
    title: Words = ()
    short_title: Words = ()
    described: Words = ()
    container: Words = ()
    edition: str = ""
    series: str = ""
    volume: str = ""
    issue: str = ""
    place: str = ""
    publisher: str = ""
    date: str = ""
    pages: str = ""
    address: str = ""
    note: Words = ()
    text: Words = ()
    short: Words = ()
    sort: str = ""

    @property
    def responsible(self) -> tuple[str, ...]:
        """The authors; where there are none, the editors of the whole, or the translators (14.103)."""
        return self.authors or (() if self.kind in _EDITED_AROUND else self.editors or self.translators)

    @property
    def is_unsigned(self) -> bool:
        """Whether what it stands in takes the place of the author (14.199, 14.233); of a page without a title, its site (14.207)."""
        known_by_container = self.kind in _UNSIGNED or (self.kind == "webpage" and not self.title)
        return known_by_container and bool(self.container) and not self.responsible

    def words(self, text: str) -> Words:
        """Words that stand at no place of their own in the source; none for ""."""
        return (Text(text, self.location),) if text else ()


class Form(NamedTuple):
    """What an entry and a note do differently: the mark between the elements, the labels before editors and translators (14.104), and
    whether an element begins with a capital."""

    mark: str
    edited: str
    translated: str
    begin: Callable[[Words], Words]


ENTRY = Form(".", "edited-by", "translated-by", capital)
NOTE = Form(",", "editor", "translator", tuple)  # an element of a note begins as it is


class Chicago:
    """Writes the forms, in a language; `word` gives the machine's own words by their labels ("edited-by")."""

    def __init__(self, language: str, word: Callable[[str], str]) -> None:
        self.word = word
        self.names = Names(word)
        self.marks = Punctuation.of(language)
        articles = _ARTICLES.get(language.partition("-")[0].lower(), "(?!)")
        self._article = re.compile(rf"\A(?:{articles}) ")

    def entry(self, source: Reference) -> Words:
        """The entry of a bibliography (14.21), with the period at its end."""
        lead = self._container(source) if source.is_unsigned else self._responsible(source, self.names.inverted)
        elements = (
            lead,
            *self._elements(source, ENTRY, source.words(source.pages)),
            capital(source.note),
            _address(source),
        )
        whole = self.marks.joined(elements, ENTRY.mark, source.location)
        return self.marks.closed(whole, ENTRY.mark, source.location)

    def note(self, source: Reference, locator: Words = ()) -> Words:
        """The note that cites a source first (14.20), for a place in it ("chap. 7"); without one, for all its pages."""
        lead = self._responsible(source, self.names.natural)
        elements = (lead, *self._elements(source, NOTE, locator or source.words(source.pages)))
        return self.marks.joined((*elements, source.note, _address(source)), NOTE.mark, source.location)

    def short(self, source: Reference) -> Words:
        """The shortened note (14.30–33), for later citations, or for all where a list has the source in full."""
        if source.short or source.kind == "text":
            return source.short or unlinked(_without_period(source.text))
        title = source.short_title or self._shortened(source.title)
        named = self._titled(source, title) if title else source.described
        if title and source.kind == "entry-encyclopedia" and source.is_unsigned:
            named = self._sub_verbo(source, named)
        who = source.words(self.names.family(source.responsible)) if source.responsible else ()
        lead = self._container(source) if source.is_unsigned else who
        return self.marks.joined((lead, named), NOTE.mark, source.location)

    def order(self, source: Reference) -> str:
        """What entries compare by: the names, then the title (14.65–71), letter by letter (16.59) and without a leading article.

        Each name and each part of one has a line, so that the works of one author stand before those with others (14.66).
        """
        title = plain_text(source.title or source.described or source.text)
        lead = [part for name in source.responsible for part in name.split(", ")]
        if source.is_unsigned:
            lead = [plain_text(source.container)]
        lines = [source.sort] if source.sort else [*lead, *([""] if lead else []), title]
        return "\n".join(_letters(self._article.sub("", line)) for line in lines)

    # ------------------------------------------------------------------------------------------------------- the kinds

    def _elements(self, source: Reference, form: Form, pages: Words) -> Iterator[Words]:
        """The elements behind the author."""
        match source.kind:
            case "book":
                yield from self._book(source, form, pages)
            case "chapter":
                yield from self._chapter(source, form, pages)
            case "article-journal":
                yield from self._in_journal(source, form, pages)
            case "article-magazine" | "article-newspaper":
                yield from self._in_paper(source, form, pages)
            case "entry-encyclopedia":
                yield from self._in_encyclopedia(source, form, pages)
            case "webpage":
                yield from self._on_site(source, form, pages)
            case "text":
                yield _without_period(source.text)
                yield pages

    def _book(self, source: Reference, form: Form, pages: Words) -> Iterator[Words]:
        """A book (14.100), or a volume of a work that has a title of its own (14.119)."""
        volume = self._numbered("volume", source.volume)
        if source.container:
            volume = f"{volume} {self.word('of')} "
        elements = (
            *self._named(source, form),
            self._edited(source, form) if source.authors else (),
            self._translated(source, form) if source.authors or source.editors else (),
            form.begin(source.words(source.edition)),
            (*form.begin(source.words(volume)), *self._container(source)),
            source.words(source.series),
        )
        yield from self._published(source, form, elements)
        yield pages

    def _chapter(self, source: Reference, form: Form, pages: Words) -> Iterator[Words]:
        """A part of a book with editors (14.107), or a signed entry of an encyclopedia (14.234)."""
        within = (
            (*form.begin(source.words(f"{self.word('in')} ")), *self._container(source)),
            self._edited(source, form, within=True),
            source.words(source.edition),
            source.words(self._numbered("volume", source.volume)),
            pages if form is ENTRY else (),
        )
        whole = self.marks.joined(within, ",", source.location)
        yield from self._published(source, form, (*self._named(source, form), whole, source.words(source.series)))
        yield pages if form is NOTE else ()

    def _in_journal(self, source: Reference, form: Form, pages: Words) -> Iterator[Words]:
        """An article of a journal (14.168), which has volumes or numbers (14.171)."""
        yield from self._named(source, form)
        issue = self._numbered("issue", source.issue)
        number = f"{' ' if source.volume else ''}{source.volume}{', ' if issue else ''}{issue}"
        date = f" ({source.date})" if source.date else ""
        parted = ": " if _NUMBERS.fullmatch(plain_text(pages)) else ", "
        numbered = source.words(f"{number}{date}{parted if pages else ''}")
        yield (*self._container(source), *numbered, *pages)

    def _in_paper(self, source: Reference, form: Form, pages: Words) -> Iterator[Words]:
        """An article of a magazine (14.188) or a newspaper (14.191), which is told by its date."""
        yield from self._named(source, form)
        paper = () if form is ENTRY and source.is_unsigned else self._container(source)
        dated = self.marks.joined((paper, source.words(source.date)), ",", source.location)
        # A line with nothing but the number of a page would look odd.
        yield (*dated, *source.words(f",{NO_BREAK_SPACE}" if dated and pages else ""), *pages)

    def _in_encyclopedia(self, source: Reference, form: Form, pages: Words) -> Iterator[Words]:
        """An entry of a reference work (14.232–34): in a note under its word, behind the work."""
        if not source.is_unsigned:
            yield from self._chapter(source, form, pages)
            return
        named = self._named(source, form)
        work = (self._edited(source, form), form.begin(source.words(source.edition)))
        if form is NOTE:
            yield from self._published(source, form, (self._container(source), *work))
            yield from (self._sub_verbo(source, named[0]), named[1], pages)
        else:
            yield from (*named, *self._published(source, form, work), pages)

    def _on_site(self, source: Reference, form: Form, pages: Words) -> Iterator[Words]:
        """A page of a website (14.207), or of a blog (14.208)."""
        yield from self._named(source, form)
        yield self._edited(source, form) if source.authors else ()
        yield () if form is ENTRY and source.is_unsigned else self._container(source)
        yield from (source.words(source.publisher), source.words(source.date), pages)

    # ---------------------------------------------------------------------------------------------------- the elements

    def _responsible(self, source: Reference, written: Callable[[tuple[str, ...]], str]) -> Words:
        """The names that come first, and what they did if they are not the authors (14.103)."""
        if not source.responsible:
            return ()
        did = ""
        if not source.authors and source.editors:
            did = self.word("editors" if len(source.editors) > 1 else "editor")
        elif not source.authors:
            did = self.word("translator")
        return source.words(f"{written(source.responsible)}{', ' if did else ''}{did}")

    def _named(self, source: Reference, form: Form) -> tuple[Words, Words]:
        """The title, and what it is."""
        titled = self._titled(source, source.title) if source.title else ()
        return titled, form.begin(source.described)

    def _titled(self, source: Reference, title: Words) -> Words:
        """A title in italics if it is that of a book, else in quotation marks (14.86)."""
        return (Emphasis(title),) if source.kind == "book" else self.marks.quoted(title, source.location)

    def _container(self, source: Reference) -> Words:
        if source.kind in _TITLE_AS_TYPED or not source.container:
            return source.container
        return (Emphasis(source.container),)

    def _sub_verbo(self, source: Reference, named: Words) -> Words:
        """An entry by its word (14.233): s.v. “Moscow Trials”."""
        return (*source.words(f"{self.word('sub-verbo')}{NO_BREAK_SPACE}"), *named) if named else ()

    def _edited(self, source: Reference, form: Form, *, within: bool = False) -> Words:
        """Who edited it; `within` other words, so without a capital."""
        said = f"{self.word(form.edited)} {self.names.natural(source.editors)}" if source.editors else ""
        return source.words(said) if within else form.begin(source.words(said))

    def _translated(self, source: Reference, form: Form) -> Words:
        said = f"{self.word(form.translated)} {self.names.natural(source.translators)}" if source.translators else ""
        return form.begin(source.words(said))

    def _numbered(self, label: str, number: str) -> str:
        return f"{self.word(label)} {number}" if number else ""

    def _published(self, source: Reference, form: Form, elements: Iterable[Words]) -> Iterator[Words]:
        """The elements, and the facts of publication (14.127): in a note in parentheses behind the last of them."""
        publisher = ": ".join(filter(None, (source.place, source.publisher)))
        facts = ", ".join(filter(None, (publisher, source.date)))
        known = [one for one in elements if one]
        if form is NOTE and known and facts:
            known[-1] = (*known[-1], *source.words(f" ({facts})"))
            facts = ""
        yield from known
        yield source.words(facts)

    def _shortened(self, title: Words) -> Words:
        """The title without its subtitle and leading article (14.33)."""
        kept: list[Inline] = []
        for one in title:
            if isinstance(one, Text) and ":" in one.text:
                kept.append(Text(one.text.partition(":")[0], one.location))
                break
            kept.append(one)
        match kept:
            case [Text(text=text, location=location), *rest]:
                return capital((Text(self._article.sub("", text), location), *rest))
            case _:
                return tuple(kept)


def _address(source: Reference) -> Words:
    return (Link(source.address, source.words(source.address), source.location),) if source.address else ()


def _without_period(words: Words) -> Words:
    match words:
        case (*rest, Text(text=text, location=location)):
            return (*rest, Text(text.removesuffix("."), location))
        case _:
            return words


def _letters(text: str) -> str:
    """The letters and figures alone; marks over them and capitals do not count."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())
