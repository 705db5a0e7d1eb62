"""What WeasyPrint 70.0 works out again and again, remembered: patches that `weasyprint_patches.py` puts in their place.

A text is laid out twice (see `pipeline.settle`), and each of its lines goes through these functions several times. They change no result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import copy
from functools import lru_cache, wraps
from typing import Any, TypeAlias

from weasyprint.formatting_structure import boxes

# The library has no types: its boxes, and the values of a style.
Box: TypeAlias = Any
Value: TypeAlias = Any

TEXTS = 2**16  # that are remembered, of a few letters each
LONGEST = 500  # letters of a text whose shapes are remembered: one without a plan is handed over anew from each of its lines to its end
# What of a style decides how text is shaped, broken and measured.
SHAPING = (
    *("direction", "font_family", "font_feature_settings", "font_kerning", "font_language_override", "font_size"),
    *("font_stretch", "font_style", "font_variation_settings", "font_weight", "lang", "letter_spacing", "line_height"),
    *(f"font_variant_{name}" for name in ("alternates", "caps", "east_asian", "ligatures", "numeric", "position")),
    *("hyphenate_character", "hyphenate_limit_chars", "hyphenate_limit_zone", "hyphens", "overflow_wrap", "tab_size"),
    *("text_decoration_line", "white_space", "word_break", "word_spacing"),
)
# Values that are an element's own, or that rest on what was specified for it.
OWN = {"anchor", "display", "float", "position"}
USED = ("margin_", "padding_", "border_", "min_", "max_", "width", "height")


def remember_texts(original: Callable[..., Value]) -> Callable[..., Value]:
    """Remember what only a text and its language decide."""
    return lru_cache(TEXTS)(original)


def remember_styles(original: Callable[..., Value]) -> Callable[..., Value]:
    """Remember what only the font of a style decides, at that style: a box whose style is changed has a copy of it."""

    @wraps(original)
    def function(style: Value, **named: Value) -> Value:
        known = style.__dict__.setdefault("publish_known", {})
        key = (original, *named.items())
        if key not in known:
            known[key] = original(style, **named)
        return known[key]

    return function


def share_values(original: Callable[..., None]) -> Callable[..., None]:
    """Give styles the same values to share that differ in nothing but the id of their element.

    The library shares whole styles where it can, but an id is a declaration to it (`-weasy-anchor`), so each mention of the
    glossary, each entry and whatever is in them would have a style of its own. A copy, which may be changed, shares nothing.
    """

    @wraps(original)
    def set_computed_styles(
        style_for: Value, element: Value, *more: Value, pseudo_type: Value = None, **named: Value
    ) -> None:
        original(style_for, element, *more, pseudo_type=pseudo_type, **named)
        style = style_for.get_computed_styles()[element, pseudo_type]
        parent = None if style.parent_style is None else id(style.parent_style.publish_values)
        kind = (parent, pseudo_type, style.base_url, *_declared(style.cascaded))
        style.publish_values = style_for.__dict__.setdefault("publish_kinds", {}).setdefault(kind, {})

    return set_computed_styles


def _declared(cascaded: Value) -> Iterator[tuple[Value, ...]]:
    """The declarations of a style but for the id: each with its weight, and with its value, which lives as long as the styles do."""
    for name, (value, (precedence, layer, specificity)) in cascaded.items():
        if name != "anchor":
            yield name, value if isinstance(value, str) else id(value), precedence, layer, *specificity


def compute_once(original: Callable[..., Value]) -> Callable[..., Value]:
    """Compute a value once for all styles that share it."""

    @wraps(original)
    def __missing__(style: Value, name: str) -> Value:  # noqa: N807 - its name in the library
        known = style.__dict__.get("publish_values")
        if known is None or name in OWN:
            return original(style, name)
        if name in known:
            style[name] = known[name]
        else:
            known[name] = original(style, name)
        return known[name]

    return __missing__


class _Notes(list[Box]):
    """The notes that are still to be set. Of every box that is set it is asked whether its note is among them; most have none."""

    def __contains__(self, note: object) -> bool:
        return note is not None and super().__contains__(note)

    def copy(self) -> _Notes:
        return _Notes(self)


def count_notes_alone(original: Callable[..., None]) -> Callable[..., None]:
    """Look only notes up in the list of notes."""

    @wraps(original)
    def __init__(context: Value, *rest: Value) -> None:  # noqa: N807 - its name in the library
        original(context, *rest)
        context.footnotes = _Notes(context.footnotes)

    return __init__


def tell_who_asks(original: Callable[..., None]) -> Callable[..., None]:
    """Tell the page of an element to what prints it, not to everything that prints the page of any."""

    @wraps(original)
    def cache_target_page_counters(collector: Value, anchor: str, *rest: Value) -> None:
        if collector.collecting:
            return
        every = collector.counter_lookup_items
        if "publish_asking" not in vars(collector):
            collector.publish_asking = _by_target(every)
        collector.counter_lookup_items = collector.publish_asking.get(anchor, {})
        try:
            original(collector, anchor, *rest)
        finally:
            collector.counter_lookup_items = every

    return cache_target_page_counters


def _by_target(items: Mapping[Value, Value]) -> dict[str, dict[Value, Value]]:
    """What prints the counters of elements, by the names of these."""
    found: dict[str, dict[Value, Value]] = {}
    for key, item in items.items():
        for anchor in item.missing_target_counters:
            found.setdefault(anchor, {})[key] = item
    return found


class _PageReferences(property):
    """The references to the pages of a PDF, made anew when there are more: they are asked for with each element of its structure."""

    def __init__(self, original: property) -> None:
        super().__init__(self._of)
        self.__wrapped__ = original

    def _of(self, pdf: Value) -> tuple[bytes, ...]:
        known: tuple[bytes, ...] = vars(pdf).get("publish_pages", ())
        if 3 * len(known) != len(pdf.pages["Kids"]):
            known = pdf.publish_pages = self.__wrapped__.__get__(pdf)
        return known


def number_pages_once(original: property) -> property:
    return _PageReferences(original)


def resolve_text_once(original: Callable[..., None]) -> Callable[..., None]:
    """Text has no margins, paddings and borders, and no size but that of its letters: what was found for one text box holds for all."""
    used: dict[str, Value] = {}

    @wraps(original)
    def resolve_percentages(box: Box, containing_block: Value) -> None:
        if not isinstance(box, boxes.TextBox):
            original(box, containing_block)
            return
        if not used:
            original(box, containing_block)
            used.update((name, value) for name, value in vars(box).items() if name.startswith(USED))
        box.__dict__.update(used)

    return resolve_percentages


def remember_shapes(original: Callable[..., Value]) -> Callable[..., Value]:
    """Shape a text once for both layouts, for each time that a column or a note is tried, and for its twins.

    The layout that comes with the measures is by then nothing but its text; each box gets its own.
    """

    @wraps(original)
    def split_first_line(
        text: str, style: Value, context: Value, max_width: float | None, *more: Value, **named: Value
    ) -> Value:
        if len(text) > LONGEST:
            return original(text, style, context, max_width, *more, **named)
        known = style.font_config.__dict__.setdefault("publish_shapes", {})
        key = (text, _shaping(style), max_width, *more, *named.items())
        if key not in known:
            known[key] = original(text, style, context, max_width, *more, **named)
        layout, *measures = known[key]
        return copy(layout), *measures

    return split_first_line


def _shaping(style: Value) -> str:
    return str([style[name] for name in SHAPING])


_shaping = remember_styles(_shaping)
