"""What the YAML files hold: the one description, for the check with positions and for the JSON Schema that editors read."""

from __future__ import annotations

from typing import get_args

from publish.load import formats
from publish.load.chicago import Kind
from publish.load.shapes import Choice, Key, ListOf, Record, Shape, Value, to_json
from publish.model import LIMITS, MADE_ROLES, QUESTIONS, RUN, Role, Status

ROLES: tuple[Role, ...] = get_args(Role)
# Pages that the machine makes, and before whose list words of a file may stand.
ROLES_WITH_WORDS_BEFORE = ("chronology", "glossary", "emendations", "further-reading", "sources", "index")
STATUSES: tuple[Status, ...] = get_args(Status)
SOURCE_TYPES = tuple(kind for kind in get_args(Kind) if kind != "text")
ROLES_WITHOUT_FILE = tuple(role for role in MADE_ROLES if role not in ROLES_WITH_WORDS_BEFORE)

# Every word that the machine prints. All are required; a language in which one is not printed gives "" for it.
LABELS = {
    "contents": "Title of the table of contents.",
    "glossary": "Title of the glossary.",
    "emendations": "Title of the list of emendations.",
    "chronology": "Title of the chronology.",
    "further-reading": "Title of the further reading.",
    "sources": "Title of the list of sources.",
    "index": "Title of the index.",
    "notes": "Title of the notes, where they stand together.",
    "cover": "The cover, in the e-book's navigation.",
    "back-cover": "The back cover, in the e-book's navigation.",
    "title-page": "The title page, in the e-book's navigation.",
    "page-list": "The list of the printed page numbers, in the e-book's navigation.",
    "landmarks": "The list of the main places, in the e-book's navigation.",
    "page": "Before the number of one page: p.",
    "pages": "Before the numbers of several pages: pp.",
    "paragraph": "Before the number of a paragraph, where the e-book names a place of the text: par.",
    "note-sign": "In the index, between the numbers of a page and of a note on it: n.",
    "see": "In the index, before the heading to look up instead.",
    "see-also": "Before references from one glossary entry, or heading of the index, to others.",
    "entry-sources": "Before the sources of a glossary entry.",
    "mentioned": "Before the pages on which a glossary entry is mentioned.",
    "role": "Before what a person was at the time of the text.",
    "fate": "Before what became of a person.",
    "attributed": "Before an author's name whose qualifier is “attributed”.",
    "supposed": "Before an author's name whose qualifier is “supposed”.",
    "note": "One editor's note, for those who listen to the book.",
    "back-to-text": "The link from a note to its place in the text.",
    "version": "Before the version of the edition.",
    "printed": "In the list of emendations, before what the witness has.",
    "read": "In the list of emendations, before what is read instead.",
    "supplied": "In the list of emendations, before words that were added.",
    "struck": "In the list of emendations, before words that were taken out.",
    "joined": "In the list of emendations, where a paragraph break was removed.",
    "text-start": "The place where the text begins, in the e-book's landmarks.",
    "flip-short-edge": "With the booklet, for the person at the printer.",
    "cover-alt": "What the picture of the cover says to those who cannot see it; {title} stands for the title.",
    "summary-text": "For those who choose a book by its accessibility: that all of it can be read as text.",
    "summary-pictures": "The same, of a book with pictures: that they have alternative texts.",
    "summary-contents": "The same: that contents lead to chapters and sections.",
    "summary-pages": "The same: that it has the page numbers of the printed edition, which {edition} stands for.",
    "summary-notes": "The same: that notes and their calls are linked.",
    "summary-glossary": "The same: that words in the text are linked with the glossary.",
    "summary-index": "The same: that the index leads to the words in the text.",
    "summary-hazards": "The same: that nothing flashes, moves, or sounds.",
    "summary-conformance": "The same: that it conforms to {standard}, as {certifier} says.",
}
# The words among the facts of a source. Each is required only where a source has need of it.
SOURCE_LABELS = {
    "and": "Before the last of several names: and.",
    "et-al": "In the place of further names: et al.",
    "editor": "Before the editors in a note, and behind one editor who stands in an author's place: ed.",
    "editors": "Behind several editors who stand in an author's place: eds.",
    "edited-by": "Before the editors in the list of sources: edited by.",
    "translator": "Before the translators in a note, and behind those who stand in an author's place: trans.",
    "translated-by": "Before the translators in the list of sources: translated by.",
    "in": "Before the book that a chapter stands in: in.",
    "of": "Between the number of a volume and the work that it belongs to: of.",
    "volume": "Before the number of a volume: vol.",
    "issue": "Before the number of an issue: no.",
    "sub-verbo": "Before the heading of an entry in an encyclopedia: s.v.",
}

_DATES = Record(
    {
        "published": Key("When this edition was published.", Value(formats.DATE), required=True),
        "modified": Key("When this edition was last changed, in UTC.", Value(formats.MOMENT), required=True),
        "original": Key("The date of the work itself.", Value(formats.DATE)),
    }
)
_CONTRIBUTOR = Record(
    {
        "name": Key("The name, as it is printed.", required=True),
        "file-as": Key("The name as a library files it, surname first; default: the name."),
        "role": Key(
            "What was done: a MARC relator code, such as aut, edt, trl, ill.", Value(formats.RELATOR), required=True
        ),
        "kind": Key("Whether that is a person; default: person.", Choice(("person", "organization"))),
        "qualifier": Key("How sure that is; left out where there is no doubt.", Choice(("attributed", "supposed"))),
    }
)
_PUBLISHER = Record({"name": Key("The publisher's name.", required=True), "place": Key("The publisher's town.")})
_SERIES = Record(
    {
        "name": Key("The name of the series.", required=True),
        "number": Key("The book's number in it, as it is printed."),
    }
)
_RIGHTS = Record(
    {
        "part": Key("Which part of the book.", required=True),
        "statement": Key("Its status, in a sentence or two.", required=True),
        "licence": Key("The address of the licence.", Value(formats.URL)),
    }
)
_SUBJECT = Record(
    {
        "term": Key("The heading, in the words of its scheme.", required=True),
        "scheme": Key("Where the heading comes from.", Choice(("LCSH", "BISAC", "Thema", "keyword")), required=True),
        "code": Key("The code of the heading in its scheme."),
    }
)
_PAGE = Record(
    {
        "role": Key("What the page is.", Choice(ROLES), required=True),
        "file": Key("The Markdown file, relative to book/; not for a page that the machine makes."),
        "witness": Key("The transcription that the page is proved against, relative to book/."),
        "numbering": Key(
            "arabic: page 1 is here, and the pages before have small roman numerals; at one page of the contents at most.",
            Choice(("arabic",)),
        ),
    }
)
_EDITION = Record(
    {
        "name": Key("The name of the layout, part of the names of its files.", Value(formats.NAME), required=True),
        "trim": Key(
            "The size of a page after trimming: a name, or width and height.", Value(formats.TRIM), required=True
        ),
        "inner-margin": Key("The margin at the fold.", Value(formats.LENGTH), required=True),
        "booklet": Key("The sheet on which the booklet is printed.", Choice(tuple(formats.SHEETS))),
        "style": Key(
            "A style sheet of styles/ that comes after print.css; an edition that has one is laid out by itself.",
            Value(formats.STYLE),
        ),
        "binding": Key("How its leaves are held; default: saddle-stitch.", Choice(("saddle-stitch", "perfect"))),
        "paper-thickness": Key(
            "The thickness of one leaf; default: none, and neither creep nor spine.", Value(formats.LENGTH)
        ),
    }
)

BOOK = Record(
    {
        "title": Key("The title, as it is printed.", required=True),
        "subtitle": Key("The line under the title."),
        "short-title": Key("The title in the running head; default: the title."),
        "language": Key("The language of the book: a BCP 47 tag.", Value(formats.LANGUAGE), required=True),
        "identifier": Key(
            "The name of this book for shops and libraries: urn:uuid:… or urn:isbn:….",
            Value(formats.IDENTIFIER),
            required=True,
        ),
        "version": Key("The version of this edition, part of the file names.", Value(formats.VERSION), required=True),
        "file-name": Key("The beginning of the names of the finished files.", Value(formats.NAME), required=True),
        "description": Key("A paragraph for catalogues and the back cover."),
        "dates": Key("The dates of the book.", _DATES, required=True),
        "contributors": Key("Who made the book, in order.", ListOf(_CONTRIBUTOR, at_least=1), required=True),
        "publisher": Key("Who publishes this edition.", _PUBLISHER),
        "series": Key("The series that the book is a part of.", _SERIES),
        "rights": Key("What may be done with each part.", ListOf(_RIGHTS)),
        "subjects": Key("What the book is about, the most important first.", ListOf(_SUBJECT)),
        "source": Key("What the text was taken from, in a sentence."),
        "contents": Key("The pages of the book, in order.", ListOf(_PAGE, at_least=1), required=True),
        "editions": Key("What is printed; the first is the one laid out.", ListOf(_EDITION, at_least=1), required=True),
        "limits": Key(
            "How much of each there may be: less than the machine allows.",
            Record({name: Key(about, Value(formats.LIMIT)) for name, about in LIMITS.items() if name not in RUN}),
        ),
        "known-abbreviations": Key(
            "Abbreviations that every reader knows, and that need not be written out anywhere.", ListOf(Value())
        ),
        "labels": Key(
            "The words that the machine prints.",
            Record(
                {name: Key(about, Value(empty=True), required=True) for name, about in LABELS.items()}
                | {name: Key(about) for name, about in SOURCE_LABELS.items()}
            ),
            required=True,
        ),
    }
)

GLOSSARY = ListOf(
    Record(
        {
            "id": Key("The entry's own name; never changes.", Value(formats.ID), required=True),
            "kind": Key("What it is about.", Choice(("person", "organisation", "event", "term")), required=True),
            "headword": Key("The word as it is printed in the text.", required=True),
            "modern": Key("The form used today, or the full form."),
            "sort": Key("Where it stands in the alphabet; default: the headword."),
            "dates": Key("The dates of an event or an institution, as they are printed."),
            "born": Key("When a person was born: 1883-07-18, 1883-07, 1883, or c. 1883.", Value(formats.PART_DATE)),
            "died": Key("When a person died, likewise.", Value(formats.PART_DATE)),
            "forms": Key("The forms to link beside the headword.", ListOf(Value())),
            "gloss": Key("What it is, in inline Markdown.", required=True),
            "role": Key("What the person was at the time of the text, in inline Markdown."),
            "fate": Key("What became of the person, in inline Markdown."),
            "see-also": Key("The ids of other entries.", ListOf(Value(formats.ID))),
            "sources": Key("The ids of records of the bibliography.", ListOf(Value(formats.KEY))),
            "link": Key("Which mentions are linked; default: section.", Choice(("section", "once", "none"))),
            "status": Key("How sure it is; default: confirmed.", Choice(STATUSES)),
            "index": Key("Which mentions the index lists; default: all.", Choice(("all", "sections", "none"))),
            "index-as": Key("The heading in the index; default: the headword, of a person the surname first."),
        }
    )
)

CHRONOLOGY = ListOf(
    Record(
        {
            "id": Key("The row's own name; never changes.", Value(formats.ID), required=True),
            "when": Key(
                "When it was: 1937-06-18, 1937-06, 1937, or two of them with / between.",
                Value(formats.INTERVAL),
                required=True,
            ),
            "date": Key("How the date is printed; default: it is made of “when” in the book's language."),
            "event": Key("What happened, in inline Markdown.", required=True),
            "about": Key("The ids of glossary entries that it is about.", ListOf(Value(formats.ID))),
            "born": Key("The ids of the persons whose birth it is.", ListOf(Value(formats.ID))),
            "died": Key("The ids of the persons whose death it is.", ListOf(Value(formats.ID))),
            "sources": Key("The ids of records of the bibliography.", ListOf(Value(formats.KEY))),
            "status": Key("How sure it is; default: confirmed.", Choice(STATUSES)),
        }
    )
)

INDEX = ListOf(
    Record(
        {
            "id": Key("The heading's own name; never changes.", Value(formats.ID), required=True),
            "heading": Key("The heading, in inline Markdown.", required=True),
            "sort": Key("Where it stands in the alphabet; default: the heading."),
            "under": Key("The heading or glossary entry that it stands under.", Value(formats.ID)),
            "see": Key("The headings or entries to look up instead.", ListOf(Value(formats.ID))),
            "see-also": Key("The headings or entries to look up beside it.", ListOf(Value(formats.ID))),
        }
    )
)

# What a record has depends on its type: see bibliography.py.
SOURCE = Record(
    {
        "id": Key("The name by which it is cited; never changes.", Value(formats.KEY), required=True),
        "type": Key(
            "What it is; left out for a part of another source, and for what has no form.", Choice(SOURCE_TYPES)
        ),
        "authors": Key("Surname first; an organisation has no comma.", ListOf(Value())),
        "editors": Key("The editors of the book, or of the book that a chapter stands in, likewise.", ListOf(Value())),
        "translators": Key("The translators, likewise.", ListOf(Value())),
        "title": Key("The title, in inline Markdown, without italics or quotation marks of its own."),
        "short-title": Key("The title in a short citation; default: up to the colon, without “The” or “A”."),
        "description": Key("What it is, beside or in the place of a title: review of *The Garden*, by …"),
        "container": Key("The book, periodical, encyclopedia or site that it stands in, in inline Markdown."),
        "edition": Key("The edition, if not the first: 2nd ed."),
        "series": Key("The series, with the number in it."),
        "volume": Key("The number of the volume."),
        "issue": Key("The number of the issue."),
        "place": Key("The place of publication."),
        "publisher": Key("The publisher; of a web page, who owns the site."),
        "date": Key(
            "A day, month or year as in 1988-02-06; anything else is printed as typed.", Value(formats.LOOSE_DATE)
        ),
        "pages": Key("The first and the last page of an article or chapter: 44–53."),
        "url": Key("The address where everybody can read it; it is printed.", Value(formats.URL)),
        "doi": Key("Its DOI, without https://doi.org/; it is printed as an address.", Value(formats.DOI)),
        "isbn": Key("Its ISBN, for the record; it is not printed.", Value(formats.ISBN)),
        "note": Key("What is to be said at the end: read in excerpt. In inline Markdown."),
        "read-at": Key("The address of the copy that was read, for the record; it is not printed.", Value(formats.URL)),
        "part-of": Key("The id of the source that it is a part of.", Value(formats.KEY)),
        "locator": Key("The place of the part in the whole: chap. 7. In inline Markdown."),
        "text": Key("The words of a source without a type, in inline Markdown."),
        "short": Key("The words of a short citation; default: they are made of the record."),
        "sort": Key("Where it stands in the alphabet; default: its authors and title."),
        "further": Key("Why to read it: puts it into the further reading, with these words. In inline Markdown."),
    }
)
BIBLIOGRAPHY = ListOf(SOURCE)

_ANSWER = Record(
    {
        "answer": Key("yes, no, or open.", Choice(("yes", "no", "open")), required=True),
        "by": Key("Who answered; needed with yes and no."),
        "date": Key("The day of the answer; needed with yes and no.", Value(formats.DATE)),
        "remark": Key("What the answer rests on, or what is wrong."),
    }
)
_CERTIFIER = Record(
    {
        "name": Key("The person or organisation that answers for the whole.", required=True),
        "credential": Key("What the certifier has to show for it: a certificate, a badge."),
        "report": Key("The address of the whole report.", Value(formats.URL)),
    }
)
ACCESSIBILITY = Record(
    {
        "answers": Key(
            "What only a person can say.",
            Record({name: Key(str(one), _ANSWER, required=True) for name, one in QUESTIONS.items()}),
            required=True,
        ),
        "certifier": Key("Who answers for the whole; needed before the book may say that it conforms.", _CERTIFIER),
        "summary": Key("A sentence or two for readers on how the book can be read; told with the claim only."),
    }
)

ALLOWED = ListOf(
    Record(
        {
            "file": Key(
                "The file in which the rule is silenced: book/text/essay.md; without it, where no source is found."
            ),
            "rule": Key("The rule's name, as the diagnostic gives it.", required=True),
            "reason": Key("Why it is right there.", required=True),
        }
    )
)

FILES: dict[str, Shape] = {
    "book": BOOK,
    "glossary": GLOSSARY,
    "chronology": CHRONOLOGY,
    "index": INDEX,
    "bibliography": BIBLIOGRAPHY,
    "accessibility": ACCESSIBILITY,
    "allowed": ALLOWED,
}


def json_schema() -> dict[str, object]:
    """The description as JSON Schema (draft 2020-12): one document for all files, each under its name in `$defs`.

    One document, because one line of settings then serves an editor for all of them (VS Code's YAML extension:
    `"yaml.schemas": {"book.schema.json": "book/*.yaml"}`); it finds by the keys which of them a file is.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The YAML files of a book: " + ", ".join(f"{name}.yaml" for name in FILES),
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in FILES],
        "$defs": {name: to_json(shape) for name, shape in FILES.items()},
    }
