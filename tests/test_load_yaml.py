"""YAML is read as texts with places, checked against the schema, and nothing in it is guessed."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.diagnostics import Location
from publish.load import formats, metadata
from publish.load.problems import Problems
from publish.load.schema import FILES, LABELS, json_schema
from publish.load.scope import Places
from publish.load.shapes import Choice, Key, ListOf, Record, Value, validate
from publish.load.yamlfile import Mapping, Node, Scalar, Sequence, parse

BOOKS = Path(__file__).parent / "books"


def tree(text: str) -> tuple[Node | None, list[tuple[str, int, int]]]:
    problems = Problems()
    node = parse(text, "f.yaml", problems)
    return node, [(one.rule, one.location.line, one.location.column) for one in problems.found]


def plain(node: Node | None) -> object:
    match node:
        case Mapping(entries):
            return {key: plain(value) for key, (_, value) in entries.items()}
        case Sequence(items):
            return [plain(item) for item in items]
        case Scalar(text):
            return text
        case None:
            return None


def test_every_value_stays_what_was_typed() -> None:
    text = 'a: no\nb: 1.10\nc: 2026-01-31\nd: [~, 0x1F, "q"]\ne: >-\n  one\n  two\nf:\n'
    node, found = tree(text)
    assert found == []
    assert plain(node) == {
        "a": "no", "b": "1.10", "c": "2026-01-31", "d": ["~", "0x1F", "q"], "e": "one two", "f": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb:\n\t- 2\n", [("yaml-tab", 3, 1)]),
        ("a: 1\nb: 2\na: 3\n", [("yaml-duplicate-key", 3, 1)]),
        ("a: &x 1\nb: *x\n", [("yaml-alias", 1, 4), ("yaml-alias", 2, 4)]),
        ("a: !!str 1\n", [("yaml-tag", 1, 4)]),
        ("a: b: c\n", [("yaml-syntax", 1, 5)]),
        ("a: 'b\nc: d\n", [("yaml-syntax", 1, 4)]),
        ("a: [b\nc: d\n", [("yaml-syntax", 1, 4)]),
        ('a: ["b" "c"]\n', [("yaml-syntax", 1, 9)]),
        ('a: "b\nc: d\ne: "f"\n', [("yaml-syntax", 1, 4)]),
        ("- a: 'b\n- c: it's\n", [("yaml-syntax", 1, 6)]),
        ("a: @b\n", [("yaml-syntax", 1, 4)]),
        ("a: 1\n---\nb: 2\n", [("yaml-syntax", 2, 1)]),
        ("[a]: b\n? {c: d}\n: e\n", [("yaml-syntax", 1, 1)]),
        ("a:\n  b: 1\n c: 2\n", [("yaml-syntax", 3, 2)]),
        ('a: "\\x01"\n', [("forbidden-character", 1, 4)]),
        ("[" * 40, [("yaml-syntax", 1, 22)]),
        ("a: b\nc: d\x80\n", [("yaml-syntax", 2, 5)]),
        ('a: "b\u2028c\x85d"\ne: *f\n', [("yaml-alias", 2, 4)]),
    ],
)
def test_what_yaml_would_let_pass_is_refused_at_its_place(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert tree(text)[1] == expected


@pytest.mark.parametrize(
    "text", ["a: b: c\n", "a: 'b\n", "a: @b\n", "a: [b\nc: d\n", "a:\n  b: 1\n c: 2\n", 'a: "\\d"\n']
)
def test_a_syntax_error_is_told_in_plain_words(text: str) -> None:
    problems = Problems()
    parse(text, "f.yaml", problems)
    (found,) = problems.found
    assert found.hint or "comma" in found.message
    assert "token" not in found.message
    assert "mapping" not in found.message


YAML_PIECES = [
    "a: ", "b:", "- ", "\n", "\n  ", "[", "]", "{", "}", ",", '"', "'", "&x ", "*x", "!!str ", "? ", "| ", ">-\n", "#", "\t", "%",
    "---\n", "...\n", "@", "`", "é", "\\", '"\\x01"', "\x85", "\u2028", "key: value\n", "  - x\n", "<<: ",
]  # fmt: skip


@given(st.lists(st.sampled_from(YAML_PIECES), max_size=25).map("".join) | st.text(max_size=40))
@settings(deadline=None, max_examples=300)
def test_no_text_breaks_the_reader(text: str) -> None:
    problems = Problems()
    node = parse(text, "f.yaml", problems)
    for shape in FILES.values():
        if node is not None:
            validate(node, shape, problems)


@given(st.dictionaries(st.text("abc", min_size=1), st.text(st.characters(exclude_categories=["Cs", "Cc"]))))
@settings(deadline=None)
def test_what_yaml_writes_is_read_again(facts: dict[str, str]) -> None:
    written = yaml.safe_dump(facts, allow_unicode=True, default_style='"') if facts else "{}"
    if "\ufffe" not in written and "\uffff" not in written:
        assert plain(tree(written)[0]) == facts


# ----------------------------------------------------------------------------------------------------------------- shapes

SHAPE = Record(
    {
        "name": Key("", required=True),
        "kind": Key("", Choice(("person", "event"))),
        "forms": Key("", ListOf(Value())),
        "date": Key("", Value(formats.DATE)),
        "label": Key("", Value(empty=True)),
        "within": Key("", Record({"place": Key("")})),
    }
)


@pytest.mark.parametrize(
    ("text", "rule", "where", "hint"),
    [
        ("kind: person", "missing-key", (1, 1), ""),
        ("name:", "missing-key", (1, 1), ""),
        ('name: ""', "bad-value", (1, 7), ""),
        ("name: [a]", "wrong-type", (1, 7), "a value that begins with [ or { stands between quotes"),
        ("name: a\nnme: b", "unknown-key", (2, 1), "did you mean “name”?"),
        ("name: a\nkind: persn", "bad-value", (2, 7), "did you mean “person”?"),
        ("name: a\nkind: x", "bad-value", (2, 7), "one of: person, event"),
        ("name: a\nforms: Bucharin", "wrong-type", (2, 8), "write [Bucharin]"),
        ("name: a\nforms: [b, [c]]", "wrong-type", (2, 12), "a value that begins with [ or { stands between quotes"),
        ("name: a\ndate: 2026-02-30", "bad-date", (2, 7), "year-month-day, such as 2026-01-31"),
        ("name: a\nwithin: Kew", "wrong-type", (2, 9), ""),
        ("name: a\nwithin:\n  plce: Kew", "unknown-key", (3, 3), "did you mean “place”?"),
        ("- name: a", "wrong-type", (1, 1), ""),
    ],
)
def test_a_difference_from_the_shape_is_told_at_its_place(
    text: str, rule: str, where: tuple[int, int], hint: str
) -> None:
    problems = Problems()
    node = parse(text, "f.yaml", problems)
    assert node is not None
    validate(node, SHAPE, problems)
    assert [(one.rule, (one.location.line, one.location.column), one.hint) for one in problems.found] == [
        (rule, where, hint)
    ]


def test_an_empty_optional_value_is_one_that_is_not_there() -> None:
    problems = Problems()
    node = parse('name: a\nkind:\nforms:\nlabel: ""', "f.yaml", problems)
    assert node is not None
    validate(node, SHAPE, problems)
    assert problems.found == []


# ---------------------------------------------------------------------------------------------------------------- formats


@pytest.mark.parametrize(
    ("shape", "right", "wrong"),
    [
        (
            formats.LANGUAGE,
            [
                "en",
                "en-GB",
                "zh-Hant-TW",
                "de-1996",
                "sl-rozaj",
                "x-own",
                "es-419",
                "sl-rozaj-biske",
                "qaa-Qaaa-QM",
                "en-u-ca-gregory",
                "zh-yue",
            ],
            ["English", "en_GB", "e", "", "en-UK", "xx", "lat", "en-Abcd", "de-abcde", "en-999", "aa-xyz"],
        ),
        (formats.DATE, ["2026", "1871-06", "2024-02-29"], ["2023-02-29", "2026-13", "26-01-01", "2026-1-1", "0000"]),
        (formats.MOMENT, ["2026-01-31T12:00:00Z"], ["2026-01-31", "2026-01-31T25:00:00Z", "2026-01-31T12:00:00+01:00"]),
        (formats.LENGTH, ["20mm", "0.1mm", "5.5in", "10pt", "2cm"], ["20", "20 mm", "-1mm", "0mm", "1,5cm", "2em"]),
        (formats.TRIM, ["a5", "half-letter", "148mm 210mm"], ["a9", "148mm", "148 210", "0mm 5mm", "a5 a5"]),
        (formats.NAME, ["garden", "9-lives"], ["Garden", "a b", "-a"]),
        (formats.ID, ["rykov", "moscow-trials"], ["Rykov", "9a", "a-", "a_b"]),
        (formats.URL, ["https://example.org/a?b#c"], ["example.org", "ftp://example.org", "https://", "https://a b"]),
        (formats.RELATOR, ["aut", "edt", "wac"], ["author", "xyz", "AUT"]),
        (formats.VERSION, ["1.0.0", "2026.1-rc.1"], ["1.0/2", ".1", "1 0"]),
        (
            formats.IDENTIFIER,
            [
                "urn:uuid:8f7a1c52-3f0e-4a58-9d53-0b1f2c6e4d77",
                "urn:isbn:9780306406157",
                "urn:isbn:978-0-306-40615-7",
                "urn:isbn:0-8044-2957-X",
                "urn:isbn:0306406152",
            ],
            [
                "9780306406157",
                "urn:isbn:9780306406158",
                "urn:isbn:0306406153",
                "urn:isbn:978",
                "urn:isbn:978030640615X",
                "urn:uuid:1",
            ],
        ),
    ],
)
def test_formats(shape: formats.Format, right: list[str], wrong: list[str]) -> None:
    assert [text for text in right if shape.problem(text)] == []
    assert [text for text in wrong if not shape.problem(text)] == []


def test_lengths_are_in_points() -> None:
    assert formats.length("25.4mm") == pytest.approx(72)
    assert formats.length("1in") == pytest.approx(formats.length("2.54cm"))
    assert formats.size("a5", formats.TRIMS) == pytest.approx((419.53, 595.28), abs=0.01)
    assert formats.size("half-letter", formats.TRIMS) == (396, 612)
    assert formats.size("a4", formats.SHEETS) == pytest.approx((841.89, 595.28), abs=0.01)
    with pytest.raises(ValueError, match="2em"):
        formats.length("2em")


def test_every_named_size_can_be_read() -> None:
    assert all(width < height for width, height in (formats.size(name, formats.TRIMS) for name in formats.TRIMS))
    assert all(width > height for width, height in (formats.size(name, formats.SHEETS) for name in formats.SHEETS))


@given(
    st.sampled_from(
        [value for name, value in vars(formats).items() if name.isupper() and isinstance(value, formats.Format)]
    ),
    st.text(),
)
@settings(deadline=None)
def test_no_text_breaks_a_format(shape: formats.Format, text: str) -> None:
    shape.problem(text)
    assert metadata._length(text) >= 0
    assert min(metadata._trim(text)) > 0


# ------------------------------------------------------------------------------------------------------------ JSON Schema


def test_the_json_schema_is_one() -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert json.loads(json.dumps(schema)) == schema
    labels = schema["$defs"]["book"]["properties"]["labels"]  # type: ignore[index]
    assert labels["required"] == list(LABELS)


@pytest.mark.parametrize("path", sorted(BOOKS.glob("*/book/*.yaml")), ids=lambda path: "/".join(path.parts[-3::2]))
def test_the_json_schema_lets_right_files_pass(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    read_as_editors_do = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - it makes strings alone
    schema = json_schema()
    jsonschema.Draft202012Validator(schema).validate(read_as_editors_do)
    one = {"$ref": f"#/$defs/{path.stem}", "$defs": schema["$defs"]}
    jsonschema.Draft202012Validator(one).validate(read_as_editors_do)


@pytest.mark.parametrize(
    "wrong", [{"titel": "x"}, [{"id": "A B"}], "x", [{"id": "a", "kind": "thing", "headword": "b", "gloss": "c"}]]
)
def test_the_json_schema_refuses_wrong_ones(wrong: object) -> None:
    assert not jsonschema.Draft202012Validator(json_schema()).is_valid(wrong)


# ----------------------------------------------------------------------------------------------------------------- places


@pytest.mark.parametrize(
    ("typed", "word", "line", "column"),
    [
        ("g: one two", "two", 1, 8),
        ("g: 'one two'", "two", 1, 9),
        ('g: "one two"  # why', "two", 1, 9),
        ("g: >-\n  one\n  two three", "three", 3, 7),
        ("g: |\n  one\n  two three", "three", 3, 7),
        ("g: one\n  two three\n", "three", 2, 7),
    ],
)
def test_words_of_a_value_have_their_place(typed: str, word: str, line: int, column: int) -> None:
    node, _ = tree(typed)
    assert isinstance(node, Mapping)
    scalar = node.entries["g"][1]
    assert isinstance(scalar, Scalar)
    places = Places.of_scalar(scalar, typed.split("\n"))
    assert places.at(scalar.text.index(word)) == Location("f.yaml", line, column)
