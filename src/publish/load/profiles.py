"""The profiles of the shops (`profiles/*.yaml`): read as data, and what all shops ask made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import resources
from typing import Any

from publish.load.problems import Problems
from publish.load.shapes import Choice, Key, ListOf, Record, Value, validate
from publish.load.yamlfile import Mapping, Node, Scalar, parse
from publish.model import EVERYWHERE, SHOPS, Profile, ShopRule

_WORDS = ListOf(Value(), at_least=1)
RULE = Record(
    {
        "id": Key("name of the rule, told with what breaks it", required=True),
        "what": Key("what the shop asks, in a sentence", required=True),
        "check": Key("what is measured (a name of prove/shop_measures.py)", required=True),
        "at-least": Key("the smallest number"),
        "at-most": Key("the largest number"),
        "one-of": Key("the only words", _WORDS),
        "none-of": Key("the forbidden words", _WORDS),
        "all-of": Key("words that have to be there", _WORDS),
        "matching": Key("a regular expression for the whole value"),
        "severity": Key(
            "error for what the shop refuses, warning for what it advises", Choice(("error", "warning")), required=True
        ),
        "source": Key("address of the page that says so", required=True),
        "consulted": Key("when that page was read: an ISO date", required=True),
    }
)
PROFILE = Record(
    {"shop": Key("name of the shop", required=True), "rules": Key("its rules", ListOf(RULE, at_least=1), required=True)}
)


def load_profiles(names: Iterable[str]) -> tuple[Profile, ...]:
    """The profiles of these shops, each once; "all" is that of what every shop asks.

    Raises ValueError, with what is wrong and where, for a file that is not as `PROFILE` wants it: a fault of the machine.
    """
    return tuple(_everywhere() if name == EVERYWHERE else _read(name) for name in dict.fromkeys(names))


def _everywhere() -> Profile:
    """The rules of all shops, without those that others cover."""
    rules = [rule for name in SHOPS for rule in _read(name).rules]
    kept = tuple(rule for number, rule in enumerate(rules) if not any(_outdone(number, rules)))
    return Profile(EVERYWHERE, "all shops", kept)


def _outdone(number: int, rules: list[ShopRule]) -> Iterator[bool]:
    """For each other rule, whether the one of this number is needless beside it; of two that are the same the first is kept."""
    one = rules[number]
    for place, other in enumerate(rules):
        if place != number:
            yield other.covers(one) and (place < number or not one.covers(other))


def _read(name: str) -> Profile:
    file = f"profiles/{name}.yaml"
    problems = Problems()
    node = parse((resources.files("publish") / file).read_text(encoding="utf-8"), file, problems)
    if node is not None:
        validate(node, PROFILE, problems)
    if problems.found or not isinstance(node, Mapping):
        raise ValueError("\n".join(f"{one.location}: {one.message}" for one in problems.found) or f"{file} is empty")
    facts = _plain(node)
    return Profile(name, facts["shop"], tuple(map(_rule, facts["rules"])))


def _plain(node: Node) -> Any:  # noqa: ANN401 - texts in lists and dictionaries, as the shape says
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return {key: _plain(value) for key, (_, value) in node.entries.items()}
    return [_plain(item) for item in node.items]


def _rule(facts: dict[str, Any]) -> ShopRule:
    """A rule of its keys: numbers as numbers, lists of words as sets, names with underscores."""
    made = {key.replace("-", "_"): value for key, value in facts.items()}
    numbers: dict[str, Any] = {key: int(made[key]) for key in ("at_least", "at_most") if key in made}
    words: dict[str, Any] = {key: frozenset(made[key]) for key in ("one_of", "none_of", "all_of") if key in made}
    return ShopRule(**{**made, **numbers, **words})
