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


# Some that are in it, as the parts of most tags are: to read the whole registry takes as long as to read a page.
_REGISTERED = frozenset(
    f"{kind} {part}"
    for kind, parts in {
        "language": "ar be bg ca cs da de el en es et fi fr he hr hu it ja la lt lv nl no pl pt ro ru sk sl sr sv tr uk zh",
        "script": "latn cyrl grek hebr arab",
        "region": "at au be ca ch de es fr gb ie it nl pl pt ru us",
    }.items()
    for part in parts.split()
)


def unregistered(tag: str) -> str:
    """What part of a well-formed tag the IANA registry does not have, as the end of a sentence; "" when it has all."""
    for kind, part in _parts(tag):
        if not _is_registered(kind, part.lower()):
            return f"is not a language tag: there is no {_CALLED.get(kind, kind)} “{part}”"
    return ""


def _is_registered(kind: str, part: str) -> bool:
    named = f"{kind} {part}"
    if named in _REGISTERED or _PRIVATE.fullmatch(named):
        return True
    from language_tags import tags

    return tags.type(part, kind) is not None


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
