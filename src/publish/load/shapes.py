"""The vocabulary in which `schema` describes the YAML files, the check of a tree against it, and its form as JSON Schema.

An own vocabulary, and a small one, because what is wrong has to be told with line, column, and the word that was meant.
"""

from __future__ import annotations

from collections.abc import Mapping as Dict
from typing import NamedTuple, TypeAlias

from publish.diagnostics import did_you_mean
from publish.load.formats import TEXT, Format
from publish.load.problems import Problems, one_of
from publish.load.yamlfile import Mapping, Node, Scalar, Sequence


class Value(NamedTuple):
    """A text of a format. `empty` allows the empty text between quotation marks."""

    format: Format = TEXT
    empty: bool = False


class Choice(NamedTuple):
    """One of some words."""

    options: tuple[str, ...]


class ListOf(NamedTuple):
    item: Shape
    at_least: int = 0


class Key(NamedTuple):
    """A key of a record: the shape of its value, and what it is for, as an editor's editor shows it."""

    about: str
    shape: Shape = Value()
    required: bool = False


class Record(NamedTuple):
    keys: Dict[str, Key]


Shape: TypeAlias = Value | Choice | ListOf | Record

# ------------------------------------------------------------------------------------------------------------- validation


def validate(node: Node, shape: Shape, problems: Problems, name: str = "") -> None:
    """Reports every difference between a tree and a shape. `name` is what the node is called in the messages."""
    match shape, node:
        case Record(), Mapping():
            _validate_record(node, shape, problems)
        case ListOf(), Sequence():
            _validate_list(node, shape, problems, name)
        case ((Value() | Choice()), Scalar()):
            _validate_scalar(node, shape, problems, name)
        case _:
            _wrong_type(node, shape, problems, name)


def _validate_record(node: Mapping, shape: Record, problems: Problems) -> None:
    for key, (place, value) in node.entries.items():
        if key not in shape.keys:
            problems.add("unknown-key", place, f"there is no key “{key}” here", _known_keys(key, shape))
        elif not (isinstance(value, Scalar) and value.absent):
            validate(value, shape.keys[key].shape, problems, key)
    for key, facts in shape.keys.items():
        if facts.required:
            _require(node, key, problems)


def _require(node: Mapping, key: str, problems: Problems) -> None:
    if key not in node.entries:
        problems.add("missing-key", node.location, f"the key “{key}” is missing")
        return
    place, value = node.entries[key]
    if isinstance(value, Scalar) and value.absent:
        problems.add("missing-key", place, f"the key “{key}” has no value")


def _known_keys(key: str, shape: Record) -> str:
    return did_you_mean(key, shape.keys) or one_of(shape.keys)


def _validate_list(node: Sequence, shape: ListOf, problems: Problems, name: str) -> None:
    if len(node.items) < shape.at_least:
        problems.add("bad-value", node.location, f"“{name}” needs at least {shape.at_least} item")
    for item in node.items:
        validate(item, shape.item, problems, f"item of {name}" if name else "item")


def _validate_scalar(node: Scalar, shape: Value | Choice, problems: Problems, name: str) -> None:
    if not node.text.strip():
        if node.absent or isinstance(shape, Choice) or not shape.empty:
            problems.add("bad-value", node.location, f"“{name}” is empty")
    elif isinstance(shape, Choice):
        if node.text not in shape.options:
            hint = did_you_mean(node.text, shape.options) or one_of(shape.options)
            problems.add("bad-value", node.location, f"“{node.text}” is no {name}", hint)
    elif wrong := shape.format.problem(node.text):
        problems.add(shape.format.rule, node.location, f"“{node.text}” {wrong}", shape.format.hint)


def _wrong_type(node: Node, shape: Shape, problems: Problems, name: str) -> None:
    wanted = _kind(shape)
    hint = ""
    if isinstance(shape, ListOf) and isinstance(node, Scalar) and isinstance(shape.item, Value):
        hint = f"write [{node.text}]"
    elif isinstance(shape, Value | Choice) and isinstance(node, Mapping | Sequence):
        hint = "a value that begins with [ or { stands between quotes"
    said = f"“{name}”" if name else "the file"
    problems.add("wrong-type", node.location, f"{said} must be {wanted}, not {_kind(node)}", hint)


def _kind(one: Shape | Node) -> str:
    if isinstance(one, Record | Mapping):
        return "a record of keys and values"
    return "a list" if isinstance(one, ListOf | Sequence) else "a text"


# ------------------------------------------------------------------------------------------------------------ JSON Schema


_TRUTHS = {"yes": True, "no": False}  # as YAML 1.1 reads these words


def to_json(shape: Shape, about: str = "") -> dict[str, object]:
    """The shape as JSON Schema, draft 2020-12.

    Numbers and truth values are allowed where a text is wanted: an editor's YAML reads `1.10` and `no` as such, this program does not.
    """
    described: dict[str, object] = {"description": about} if about else {}
    match shape:
        case Choice(options):
            described |= {"enum": [*options, *(truth for word, truth in _TRUTHS.items() if word in options)]}
        case ListOf(item, at_least):
            described |= {"type": "array", "items": to_json(item)} | ({"minItems": at_least} if at_least else {})
        case Record(keys):
            described |= _record_to_json(keys)
        case Value(form, empty):
            described |= {"type": ["string", "number", "boolean"]} | ({} if empty else {"minLength": 1})
            described |= {"pattern": f"^(?:{form.pattern})$"} if form.pattern else {}
    return described


def _record_to_json(keys: Dict[str, Key]) -> dict[str, object]:
    required = [name for name, key in keys.items() if key.required]
    return {
        "type": "object",
        "properties": {name: to_json(key.shape, key.about) for name, key in keys.items()},
        "additionalProperties": False,
        **({"required": required} if required else {}),
    }
