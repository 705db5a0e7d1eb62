"""Takes values out of a checked YAML tree; what is missing or of the wrong type is reported already and reads as empty."""

from __future__ import annotations

from collections.abc import Callable

from publish.diagnostics import NOWHERE, Location
from publish.load.yamlfile import Mapping, Node, Scalar, Sequence


class Facts:
    """A record of a YAML file; without a node one that is not there, and belongs `to` a place.

    `typographic` sets the quotation marks of words that are printed.
    """

    def __init__(self, node: Node | None, typographic: Callable[[str], str], to: Location = NOWHERE) -> None:
        self._entries = node.entries if isinstance(node, Mapping) else {}
        self._typographic = typographic
        self._location = node.location if node is not None else to

    @property
    def location(self) -> Location:
        return self._location

    def keys(self) -> dict[str, Location]:
        """The keys of the record, each with its place."""
        return {key: place for key, (place, _) in self._entries.items()}

    def where(self, key: str) -> Location:
        """The place of a key's value, or of the record where there is no such key."""
        entry = self._entries.get(key)
        return entry[1].location if entry else self._location

    def scalar(self, key: str) -> Scalar | None:
        """The value of a key with its place; None if there is none."""
        node = self._entries[key][1] if key in self._entries else None
        return node if isinstance(node, Scalar) and not node.absent else None

    def text(self, key: str, default: str = "") -> str:
        """The value of a key as it was typed: a code, a name of a file, a date."""
        scalar = self.scalar(key)
        return default if scalar is None else scalar.text

    def words(self, key: str, default: str = "") -> str:
        """The value of a key as it is printed: quotation marks set, and on one line."""
        scalar = self.scalar(key)
        return default if scalar is None else self._typographic(" ".join(scalar.text.split()))

    def texts(self, key: str) -> tuple[Scalar, ...]:
        """The items of a list of texts."""
        return tuple(item for item in self._items(key) if isinstance(item, Scalar))

    def list_of_words(self, key: str) -> tuple[str, ...]:
        """The items of a list of texts, as they are printed."""
        return tuple(self._typographic(" ".join(item.text.split())) for item in self.texts(key))

    def record(self, key: str) -> Facts:
        node = self._entries[key][1] if key in self._entries else None
        return Facts(node, self._typographic, self._location)

    def records(self, key: str) -> tuple[Facts, ...]:
        return records(Sequence(self._items(key), self._location), self._typographic)

    def _items(self, key: str) -> tuple[Node, ...]:
        node = self._entries[key][1] if key in self._entries else None
        return node.items if isinstance(node, Sequence) else ()


def records(node: Node | None, typographic: Callable[[str], str]) -> tuple[Facts, ...]:
    """The records of a list."""
    items = node.items if isinstance(node, Sequence) else ()
    return tuple(Facts(item, typographic) for item in items if isinstance(item, Mapping))
