"""A book with a value in every field of every YAML file, and what can be wrong with one: the two sides of the matrix of bad input."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from publish.load.problems import Problems
from publish.load.schema import FILES, SOURCE_LABELS
from publish.load.shapes import ListOf, Record, Shape
from publish.load.yamlfile import Mapping, Node, Scalar, Sequence, parse
from publish.model import LIMITS, QUESTIONS, RUN, Limits

GARDEN = Path(__file__).parent / "books" / "garden"

Tree: TypeAlias = "str | Typed | Twice | list[Tree] | dict[str, Tree]"
Place: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """A value as it is typed into the file, quotation marks and all; lone surrogates from U+DC80 on are bytes (surrogateescape)."""

    text: str


@dataclass(frozen=True, slots=True)
class Twice:
    """A value whose key, or item, stands twice."""

    value: Tree


@dataclass(frozen=True, slots=True)
class Field:
    """A key of a record of the schema and a place of the book that has it; `shape` is what stands there."""

    file: str
    place: Place
    shape: Shape
    required: bool

    def __str__(self) -> str:
        return f"{self.file}:{'.'.join(map(str, self.place))}"


# What the garden does not have; it has no errors with it either.
_MORE: dict[str, Tree] = {
    "glossary": [
        {
            "id": "brewery",
            "kind": "organisation",
            "headword": "Old Brewery",
            "dates": "1790–1871",
            "gloss": "The brewery beside the garden.",
            "link": "once",
            "status": "general",
            "index": "sections",
            "index-as": "Brewery, Old",
        }
    ],
    "bibliography": [
        {
            "id": "annals",
            "type": "book",
            "authors": ["Hay, Ruth"],
            "editors": ["Moth, Ada"],
            "translators": ["Dusk, Eve"],
            "title": "Annals of the Garden",
            "short-title": "Annals",
            "description": "a ledger",
            "container": "The Gardens of Kew",
            "edition": "2nd ed.",
            "series": "Gardens 5",
            "volume": "2",
            "place": "Kew",
            "publisher": "The Hedge Press",
            "date": "1988-02-06",
            "url": "https://example.org/annals",
            "doi": "10.1080/14743892",
            "isbn": "978-0-19-505580-1",
            "note": "read in excerpt",
            "short": "*Annals*",
            "sort": "Annals",
            "further": "All of it.",
            "read-at": "https://example.org/copy",
        },
        {"id": "leaf", "part-of": "annals", "locator": "leaf 2"},
        {"id": "paper", "type": "article-journal", "title": "On Moths", "container": "Moths", "issue": "3", "pages": "4–8"},
        {"id": "known", "text": "Known to every gardener."},
    ],
    "accessibility": {
        "answers": {name: {"answer": "yes", "by": "Ada", "date": "2026-03-04", "remark": "So it is."} for name in QUESTIONS},
        "certifier": {"name": "The Hedge Press", "credential": "A badge", "report": "https://example.org/report"},
        "summary": "It was read aloud.",
    },
    "allowed": [{"file": "book/text/essay.md", "rule": "page-loose-line", "reason": "So it is meant."}],
}  # fmt: skip


def full_book() -> dict[str, Tree]:
    """The trees of all YAML files, every field of the schema among them; files by name without ending."""
    trees = {path.stem: _plain(parse(path.read_text("utf-8"), path.name, Problems())) for path in _yaml_files()}
    for name, more in _MORE.items():
        trees[name] = trees[name] + more if isinstance(more, list) and isinstance(trees.get(name), list) else more
    book, chronology = trees["book"], trees["chronology"]
    trees["index"][0] |= {"sort": "visits", "see-also": ["tobacco"]}
    book |= {"known-abbreviations": ["U.S."], "series": {"name": "Gardens", "number": "3"}}
    book["contributors"][0] |= {"kind": "person"}
    book["limits"] = {name: str(getattr(Limits(), name)) for name in LIMITS if name not in RUN}
    book["labels"] |= SOURCE_LABELS
    book["editions"][0] |= {"binding": "saddle-stitch"}
    book["contents"][3] |= {"numbering": "arabic"}
    book["editions"].append({"name": "large", "trim": "a5", "inner-margin": "20mm", "style": "large-print.css"})
    chronology[0] |= {"status": "general", "born": []}
    return trees


def _yaml_files() -> list[Path]:
    return sorted((GARDEN / "book").glob("*.yaml"))


def _plain(node: Node | None) -> Tree:
    match node:
        case Mapping(entries):
            return {key: _plain(value) for key, (_, value) in entries.items()}
        case Sequence(items):
            return [_plain(item) for item in items]
        case Scalar(text):
            return text
    raise AssertionError(node)


# -------------------------------------------------------------------------------------------------------------- fields


def fields(trees: dict[str, Tree]) -> Iterator[Field]:
    """Every field of the schema at the first place where the trees have it, the files themselves first."""
    for name, shape in FILES.items():
        yield from {
            (one.file, _keys(one.place)): one for one in reversed(list(_fields(name, shape, trees[name])))
        }.values()


def _keys(place: Place) -> Place:
    return tuple(step for step in place if isinstance(step, str))


def _fields(file: str, shape: Shape, tree: Tree, place: Place = ()) -> Iterator[Field]:
    if isinstance(shape, ListOf) and isinstance(tree, list):
        for number, item in enumerate(tree):
            yield from _fields(file, shape.item, item, (*place, number))
    elif isinstance(shape, Record) and isinstance(tree, dict):
        for key, facts in shape.keys.items():
            if key in tree:
                yield Field(file, (*place, key), facts.shape, facts.required)
                yield from _fields(file, facts.shape, tree[key], (*place, key))


def keys_of(file: str, shape: Shape, place: Place = ()) -> Iterator[tuple[str, Place]]:
    """The keys that a file can have, each with the keys that lead to it."""
    if isinstance(shape, ListOf):
        yield from keys_of(file, shape.item, place)
    elif isinstance(shape, Record):
        for key, facts in shape.keys.items():
            yield file, (*place, key)
            yield from keys_of(file, facts.shape, (*place, key))


def changed(trees: dict[str, Tree], field: Field, spoil: Callable[[Tree], Tree | None]) -> dict[str, Tree]:
    """The trees with another value in a field; with None the key is not there."""
    made = deepcopy(trees)
    parent: Tree = made[field.file]
    for step in field.place[:-1]:
        parent = parent[step]  # type: ignore[index, call-overload]  # the place is one of the tree
    key = field.place[-1]
    value = spoil(parent[key])  # type: ignore[index, call-overload]
    if value is None:
        del parent[key]  # type: ignore[union-attr]
    else:
        parent[key] = value  # type: ignore[index, call-overload]
    return made


def lines_of(trees: dict[str, Tree], field: Field) -> range:
    """The lines of its file on which a field stands, counted from 1."""
    lines = write_yaml(trees[field.file]).split(b"\n")
    with_mark = write_yaml(changed(trees, field, lambda _: Typed("\x1a"))[field.file]).split(b"\n")
    first = next(number for number, line in enumerate(with_mark, 1) if line.endswith(b"\x1a"))
    return range(first, first + len(lines) - len(with_mark) + 1)


def write_yaml(tree: Tree) -> bytes:
    """The tree as block YAML, texts between double quotes."""
    return ("\n".join(_lines(tree)) + "\n").encode(errors="surrogateescape")


def _lines(tree: Tree) -> list[str]:
    match tree:
        case dict() if tree:
            return [line for key, value in tree.items() for line in _entry(f"{key}:", value)]
        case list() if tree:
            return [line for value in tree for line in _entry("-", value)]
        case Typed(text):
            return [text]
    return [json.dumps(tree, ensure_ascii=False)]


def _entry(head: str, value: Tree) -> list[str]:
    if isinstance(value, Twice):
        return _entry(head, value.value) * 2
    if isinstance(value, dict | list) and value:
        return [head, *(f"  {line}" for line in _lines(value))]
    return [f"{head} {_lines(value)[0]}"]


# ------------------------------------------------------------------------------------------------------------- bad values

LONG = 20_000
_RAW = {
    "nul": "\0",
    "control": "\x07",
    "latin-1": "\udce9",
    "surrogate": "\udced\udca0\udc80",
    "next to last": "\uffff",
}
_ESCAPED = {
    "nul escaped": r"\0",
    "control escaped": r"\a",
    "surrogate escaped": r"\ud800",
    "two surrogates": r"\ud83d\ude00",
}
_WORDS = {
    "right to left": "שלום עולם",
    "right to left marks": "\u202eabc\u202c \u2067x\u2069",
    "cjk": "夜の庭",
    "combining": "Z\u0338\u0351\u034a" * 9,
    "combining first": "\u0301a",
    "emoji": "👩🏽‍🚀🏳️‍🌈",
    "spaces": "\u00a0\u2003\u200b ",
    "separators": "a\u2028b\u2029c\u0085d",
    "markdown": "*a [b](c) {++d++} [^e] <b>&amp;</b> `",
    "jinja": "{{ 7 * 7 }}{% raw %}",
    "long": "word " * (LONG // 5),
    "unbreakable": "x" * LONG,
}


def _bytes(sign: str) -> Callable[[Tree], Tree]:
    return lambda value: Typed(f'"{value if isinstance(value, str) else ""}{sign}"')


def _instead(value: Tree) -> Callable[[Tree], Tree]:
    return lambda _: value


ANY_KINDS: dict[str, Callable[[Tree], Tree | None]] = {
    "missing": lambda _: None,
    "nothing": _instead(Typed("")),
    "empty": _instead(""),
    "twice": Twice,
    "a text": _instead("word"),
    "a list": _instead(["word"]),
    "an empty list": _instead([]),
    "a record": _instead({"word": "word"}),
    "an empty record": _instead({}),
    "deep": _instead(Typed("[" * 500 + "]" * 500)),
}
TEXT_KINDS: dict[str, Callable[[Tree], Tree | None]] = (
    {name: _bytes(sign) for name, sign in (_RAW | _ESCAPED).items()}
    | {name: _instead(text) for name, text in _WORDS.items()}
)  # fmt: skip


def _text(data: bytes) -> str:
    return data.decode("utf-8")


FILE_KINDS: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "blank": lambda _: b" \n\n",
    "cut in two": lambda data: data[: len(data) // 2],
    "twice": lambda data: data + data,
    "UTF-16": lambda data: _text(data).encode("utf-16"),
    "UTF-16, big end first": lambda data: b"\xfe\xff" + _text(data).encode("utf-16-be"),
    "UTF-16 without its mark": lambda data: _text(data).encode("utf-16-le"),
    "UTF-32": lambda data: _text(data).encode("utf-32"),
    "Latin-1": lambda data: data + b"# \xe9\n",
    "lone surrogate": lambda data: data + b"# \xed\xa0\x80\n",
    "NUL": lambda data: data + b"# \0\n",
    "control characters": lambda data: data + b"# \x01\x1b[31m\n",
    "with its mark": lambda data: b"\xef\xbb\xbf" + data,
    "CRLF": lambda data: data.replace(b"\n", b"\r\n"),
    "CR": lambda data: data.replace(b"\n", b"\r"),
    "bytes": lambda _: bytes(range(256)) * 4,
    "right to left": lambda data: data + "\n# שלום \u202e\n".encode(),
    "one long line": lambda data: data + b"\n# " + b"x" * 100_000 + b"\n",
    "deep list": lambda _: b"- " * 2000 + b"a",
    "deep brackets": lambda _: b"[" * 1000,
    "deep quotation": lambda _: b"# T\n\n" + b">" * 2000 + b" a",
    "deep emphasis": lambda _: b"# T\n\n" + b"*a " * 1000 + b"a*" * 1000,
    "deep marks": lambda _: b"# T\n\n" + b"{++a" * 1000 + b"++}" * 1000,
    "deep spans": lambda _: b"# T\n\n" + b"[a" * 1000 + b"]{.abbr}" * 1000,
    "deep containers": lambda _: b"# T\n\n" + b"".join(b":" * colons + b" letter\n" for colons in range(300, 3, -1)),
}
