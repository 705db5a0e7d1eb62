"""Whether a shop takes an e-book: what its profile asks, compared with what is measured in the finished file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publish.diagnostics import NOWHERE, Diagnostic, Location
from publish.model import Artifact, Profile, Rendering, ShopRule, Verdict
from publish.prove.ebook import Ebook, read
from publish.prove.places import FACTS, Places
from publish.prove.reading import Unreadable
from publish.prove.shop_measures import MEASURES, Measured
from publish.prove.shop_styles import Line

RULES = "what the shop’s own pages ask"
_BROKEN = {"error": "shop-refuses", "warning": "shop-advises"}


def judge(artifact: Artifact, profile: Profile, rendering: Rendering) -> Verdict:
    """What a shop would say of an e-book; each finding is told at the source that it comes from. Only what the shop refuses fails.

    The version of the verdict is the day on which the pages of the shop were last read.
    """
    try:
        ebook = read(artifact)
    except Unreadable as error:
        return _verdict(artifact, profile, [Diagnostic("text-unreadable", NOWHERE, str(error))])
    places = Places(rendering)
    found = [
        Diagnostic(_BROKEN[rule.severity], _location(one, ebook, places), _message(rule, profile, one), _hint(rule))
        for rule in profile.rules
        for one in broken(rule, ebook)
    ]
    return _verdict(artifact, profile, found)


def not_asked(artifact: Artifact, profile: Profile) -> Verdict:
    """The verdict of a shop whose rules nobody wanted an e-book to be judged by."""
    detail = f"not asked for: --for {profile.name}"
    return Verdict(_judge(profile), _consulted(profile), RULES, artifact.name, "not run", detail)


def _judge(profile: Profile) -> str:
    return f"profile of {profile.shop}"


def _consulted(profile: Profile) -> str:
    """The day on which a page of the shop was last read."""
    return max(rule.consulted for rule in profile.rules)


def _verdict(artifact: Artifact, profile: Profile, found: list[Diagnostic]) -> Verdict:
    verdict = Verdict(
        _judge(profile), _consulted(profile), RULES, artifact.name, "not run", f"{len(profile.rules)} rules"
    )
    return verdict.found(found)


def _location(one: Measured, ebook: Ebook, places: Places) -> Location:
    if one.where is None:
        return FACTS
    return places.of_line(*one.where) if isinstance(one.where, Line) else ebook.location(one.where, places)


def _message(rule: ShopRule, profile: Profile, one: Measured) -> str:
    value = one.value if isinstance(one.value, str) else f"{one.value:,}"
    return f"{profile.shop}: {rule.what.rstrip('.')}: {one.subject}: {value} ({rule.id})"


def _hint(rule: ShopRule) -> str:
    return f"see {rule.source} (read on {rule.consulted})"


def broken(rule: ShopRule, ebook: Ebook) -> Iterator[Measured]:
    """The values that break a rule; of words that are missing the first is told."""
    measured = list(MEASURES[rule.check](ebook))
    yield from (one for one in measured if _breaks(rule, one.value))
    if missing := sorted(rule.all_of - {str(one.value) for one in measured}):
        yield Measured(", ".join(missing), "missing")


def _breaks(rule: ShopRule, value: str | float) -> bool:
    if not isinstance(value, str):
        too_small = rule.at_least is not None and value < rule.at_least
        return too_small or (rule.at_most is not None and value > rule.at_most)
    if rule.one_of and value not in rule.one_of:
        return True
    return value in rule.none_of or (bool(rule.matching) and not re.fullmatch(rule.matching, value))
