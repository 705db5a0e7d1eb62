"""The book's record for the web: JSON-LD in the vocabulary of schema.org, a `Book` and its e-book and printed editions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from publish.make.accessibility import Accessibility
from publish.model import Artifact, Book, Contributor, Edition, Metadata, Rendering, Subject

MEDIA_TYPE = "application/ld+json"
_CREATORS = {"aut": "author", "edt": "editor", "ill": "illustrator", "trl": "translator"}  # properties by MARC relators
Node = dict[str, object]


def make_jsonld(book: Book, rendering: Rendering, accessibility: Accessibility) -> Artifact:
    """The record of the work and its editions, by the same facts that the e-book's package states. Same input, same bytes."""
    facts = book.metadata
    record: Node = {"@context": "https://schema.org", "@type": "Book", "@id": facts.identifier, **_work(facts)}
    record["workExample"] = [_ebook(facts, rendering, accessibility), *map(_printed, book.editions)]
    data = json.dumps(record, ensure_ascii=False, indent=1).encode() + b"\n"
    return Artifact(f"{facts.file_name}-{facts.version}-book.jsonld", "jsonld", MEDIA_TYPE, data)


def _known(facts: Node) -> Node:
    """Of some facts those that are known."""
    return {name: fact for name, fact in facts.items() if fact}


def _work(facts: Metadata) -> Node:
    return _known(
        {
            "name": facts.title,
            "alternativeHeadline": facts.subtitle,
            "inLanguage": facts.language,
            "description": facts.description,
            "dateCreated": facts.original,
            "datePublished": facts.published,
            "dateModified": facts.modified,
            "version": facts.version,
            **_contributors(facts.contributors),
            "publisher": _known({"@type": "Organization", "name": facts.publisher, "location": facts.place})
            if facts.publisher
            else {},
            "isPartOf": _series(facts),
            "isBasedOn": facts.source,
            "about": list(_subjects(facts.subjects)),
            "keywords": [one.term for one in facts.subjects if one.scheme == "keyword"],
            "hasPart": [
                _known(
                    {
                        "@type": "CreativeWork",
                        "name": one.part,
                        "license": one.licence,
                        "copyrightNotice": one.statement,
                    }
                )
                for one in facts.rights
            ],
        }
    )


def _contributors(contributors: Iterable[Contributor]) -> dict[str, object]:
    """Everybody by what he did. Who is not certain is a contributor, with the word that says so, and no author."""
    found: dict[str, list[Node]] = {}
    for one in contributors:
        kind = "Organization" if one.kind == "organization" else "Person"
        does = "contributor" if one.qualifier else _CREATORS.get(one.role, "contributor")
        found.setdefault(does, []).append({"@type": kind, "name": one.qualified(one.name)})
    return dict(found)


def _series(facts: Metadata) -> Node:
    if not facts.series:
        return {}
    return _known({"@type": "BookSeries", "name": facts.series, "position": facts.series_number})


def _subjects(subjects: Iterable[Subject]) -> Iterator[Node]:
    for one in subjects:
        if one.scheme != "keyword":
            yield _known(
                {"@type": "DefinedTerm", "name": one.term, "termCode": one.code, "inDefinedTermSet": one.scheme}
            )


def _ebook(facts: Metadata, rendering: Rendering, accessibility: Accessibility) -> Node:
    """The e-book and how it can be read (Schema.org Accessibility Properties for Discoverability Vocabulary)."""
    sufficient = [{"@type": "ItemList", "itemListElement": list(one)} for one in accessibility.sufficient]
    return _known(
        {
            "@type": "Book",
            "bookFormat": "https://schema.org/EBook",
            "encodingFormat": "application/epub+zip",
            "isbn": facts.isbn,
            "numberOfPages": len(rendering.page_breaks),
            "accessMode": list(accessibility.modes),
            "accessModeSufficient": sufficient,
            "accessibilityFeature": list(accessibility.features),
            "accessibilityHazard": list(accessibility.hazards),
            "accessibilitySummary": accessibility.summary,
            "conformsTo": accessibility.conformance.standard if accessibility.conformance else "",
        }
    )


def _printed(edition: Edition) -> Node:
    width, height = edition.millimetres
    return {
        "@type": "Book",
        "bookFormat": "https://schema.org/Paperback",
        "bookEdition": edition.name,
        "width": {"@type": "Distance", "name": f"{width} mm"},
        "height": {"@type": "Distance", "name": f"{height} mm"},
    }
