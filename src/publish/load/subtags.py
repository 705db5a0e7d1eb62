"""The registry of the parts of language tags (BCP 47), by language-tags: a tag can look right and name a language that does not exist."""

from __future__ import annotations

import re
from collections.abc import Iterator

# What a part is, by its form and behind the first (RFC 5646, section 2.1).
_KINDS = (
    ("extlang", re.compile(r"[A-Za-z]{3}")),
    ("script", re.compile(r"[A-Za-z]{4}")),
    ("region", re.compile(r"[A-Za-z]{2}|[0-9]{3}")),
    ("variant", re.compile(r"[A-Za-z0-9]{4,8}")),
)
_CALLED = {"extlang": "language of that kind"}
# RFC 5646, sections 2.2.1, 2.2.3 and 2.2.4: for private use, and in the registry as ranges.
_PRIVATE = re.compile(r"language q[a-t][a-z]|script qa(?:a[a-z]|b[a-x])|region (?:aa|q[m-z]|x[a-z]|zz)")


def unregistered(tag: str) -> str:
    """What part of a well-formed tag the IANA registry does not have, as the end of a sentence; "" when it has all."""
    from language_tags import tags

    for kind, part in _parts(tag):
        if not _PRIVATE.fullmatch(f"{kind} {part.lower()}") and tags.type(part, kind) is None:
            return f"is not a language tag: there is no {_CALLED.get(kind, kind)} “{part}”"
    return ""


def _parts(tag: str) -> Iterator[tuple[str, str]]:
    """The parts and what they are; an extension, and what somebody agreed on for himself (x-…), is in no registry."""
    first, *others = tag.split("-")
    if len(first) == 1:
        return
    yield "language", first
    for part in others:
        if len(part) == 1:
            return
        yield next(kind for kind, form in _KINDS if form.fullmatch(part)), part
