"""What a shop asks of an e-book, as a dated rule with its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SHOPS = ("apple", "google", "kdp", "kobo")
EVERYWHERE = "all"  # what all of them ask: what an e-book has to be that every shop takes
EVERY_SHOP = "profiles of all shops"  # their judge (`Rule.judge`): what one of them advises against another may not


@dataclass(frozen=True, slots=True)
class ShopRule:
    """A limit on what `check` measures. What it breaks is an error if the shop refuses the e-book, a warning if it only advises.

    Numbers are bytes, pixels, characters or a count, as the check says. A value has to be at least and at most so much, one or none of
    some words, or match a whole regular expression; and each word of `all_of` has to be among the values.
    """

    id: str
    what: str
    check: str
    severity: Literal["error", "warning"]
    source: str
    consulted: str
    at_least: int | None = None
    at_most: int | None = None
    one_of: frozenset[str] = frozenset()
    none_of: frozenset[str] = frozenset()
    all_of: frozenset[str] = frozenset()
    matching: str = ""

    def covers(self, other: ShopRule) -> bool:
        """Whether whatever breaks the other rule breaks this one too, and no less gravely."""
        return (
            self.check == other.check
            and (self.severity == "error" or other.severity == "warning")
            and (other.at_least is None or (self.at_least is not None and self.at_least >= other.at_least))
            and (other.at_most is None or (self.at_most is not None and self.at_most <= other.at_most))
            and (not other.one_of or (bool(self.one_of) and self.one_of <= other.one_of))
            and other.none_of <= self.none_of
            and other.all_of <= self.all_of
            and other.matching in {"", self.matching}
        )


@dataclass(frozen=True, slots=True)
class Profile:
    """The rules of a shop, named as it is called on the command line and in messages."""

    name: str
    shop: str
    rules: tuple[ShopRule, ...]
