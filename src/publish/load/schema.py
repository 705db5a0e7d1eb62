"""What the YAML files hold: the one description, for the check with positions and for the JSON Schema that editors read."""

from __future__ import annotations

from typing import get_args

from publish.load import formats
from publish.load.shapes import Choice, Key, ListOf, Record, Shape, Value, to_json
from publish.model import MADE_ROLES, Role, Status

ROLES: tuple[Role, ...] = get_args(Role)
# Pages that the machine makes, and before whose list words of a file may stand.
ROLES_WITH_WORDS_BEFORE = ("chronology", "glossary", "emendations", "further-reading", "sources", "index")
STATUSES: tuple[Status, ...] = get_args(Status)
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
        "qualifier": Key("How sure that is; left out where there is no doubt.", Choice(("attributed", "supposed"))),
    }
)
_PUBLISHER = Record({"name": Key("The publisher's name.", required=True), "place": Key("The publisher's town.")})
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
        "paper-thickness": Key("The thickness of one leaf; default: none, and no creep.", Value(formats.LENGTH)),
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
        "rights": Key("What may be done with each part.", ListOf(_RIGHTS)),
        "subjects": Key("What the book is about, the most important first.", ListOf(_SUBJECT)),
        "source": Key("What the text was taken from, in a sentence."),
        "contents": Key("The pages of the book, in order.", ListOf(_PAGE, at_least=1), required=True),
        "editions": Key("What is printed; the first is the one laid out.", ListOf(_EDITION, at_least=1), required=True),
        "known-abbreviations": Key(
            "Abbreviations that every reader knows, and that need not be written out anywhere.", ListOf(Value())
        ),
        "labels": Key(
            "The words that the machine prints.",
            Record({name: Key(about, Value(empty=True), required=True) for name, about in LABELS.items()}),
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

BIBLIOGRAPHY = ListOf(
    Record(
        {
            "id": Key("The name by which glossary entries cite it.", Value(formats.KEY), required=True),
            "text": Key("The record, in inline Markdown.", required=True),
            "url": Key("Where it can be read.", Value(formats.URL)),
        }
    )
)

ALLOWED = ListOf(
    Record(
        {
            "file": Key("The file in which the rule is silenced, such as book/text/essay.md.", required=True),
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
