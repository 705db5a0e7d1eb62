"""What the figures of a page should be: the aims of book typography beside what was measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from publish.diagnostics import catalogue
from publish.model import PageFigure, PageFinding
from publish.prove.page_figures import Figures


@dataclass(frozen=True, slots=True)
class Aim:
    """A figure, how it is read off the measured ones, how it is written, and the least and the most that it should be."""

    name: str
    figure: Callable[[Figures], float]
    form: str
    least: float | None = None
    most: float | None = None

    def told(self) -> str:
        """The aim in words: "62–69", "≤ 0.26 em"; nothing where there is none."""
        least, most = (None if limit is None else self.form.format(limit) for limit in (self.least, self.most))
        if least and most:
            return f"{least}–{most}"
        return f"≥ {least}" if least else f"≤ {most}" if most else "—"

    def of(self, figures: Sequence[Figures]) -> PageFigure:
        values = (self.figure(one) for one in figures)
        return PageFigure(self.name, self.told(), tuple((self.form.format(one), self._is_met(one)) for one in values))

    def _is_met(self, value: float) -> bool:
        """Judged as it is written: a reader must not wonder why 0.26 is more than 0.26."""
        written = self.form.format(value)
        above = self.least is None or value >= self.least or written == self.form.format(self.least)
        below = self.most is None or value <= self.most or written == self.form.format(self.most)
        return above and below


EM, SHARE, COUNT = "{:.3f} em", "{:.1%}", "{:.0f}"
# Spaces near the font's own and like each other; a measure of 66 letters; few divided words; every line on the grid. Those of spaces,
# divided words and white lines are what the best engines reach on justified text of a book: aims, not limits.
AIMS = (
    Aim("Pages", lambda one: one.pages, COUNT),
    Aim("Full lines", lambda one: one.lines, COUNT),
    Aim("Letters in a line, mean", lambda one: one.letters, COUNT, 62, 69),
    Aim("Word space, mean", lambda one: one.word_spaces.mean, EM, most=0.235),
    Aim("Word space, standard deviation", lambda one: one.word_spaces.stdev, EM, most=0.04),
    Aim("Word space, 95th percentile", lambda one: one.word_spaces.percentile_95, EM, most=0.33),
    Aim("Narrowest word space", lambda one: one.word_spaces.least, EM, least=0.148),
    Aim("Widest word space", lambda one: one.word_spaces.most, EM, most=0.45),
    Aim("Jump between neighbouring lines, mean", lambda one: one.word_spaces.jump, EM, most=0.045),
    Aim("Loose lines", lambda one: one.word_spaces.loose, SHARE, most=0.01),
    Aim("Lines that end in a divided word", lambda one: one.hyphens.share, SHARE, most=0.06),
    Aim("Rivers of three lines or more, in 100 lines", lambda one: one.rivers.of_three, "{:.1f}"),
    Aim("Deviation of the right edge", lambda one: one.right_edge, EM, most=0.03),
    Aim("Lines off the grid", lambda one: 1 - one.on_grid, SHARE, most=0.0),
    Aim("Shortest last line", lambda one: one.shortest_last_line, EM, least=1.0),
    Aim("Narrowest scale of glyphs", lambda one: one.glyph_scales[0], "{:.3f}", least=0.985),
    Aim("Widest scale of glyphs", lambda one: one.glyph_scales[1], "{:.3f}", most=1.015),
    Aim("White lines a page, mean", lambda one: sum(one.short_pages.values()) / one.pages, "{:.2f}", most=0.15),
)


def against_aims(figures: Sequence[Figures]) -> tuple[PageFigure, ...]:
    """Each figure of some texts beside its aim."""
    return tuple(aim.of(figures) for aim in AIMS)


def counts(groups: Sequence[Sequence[PageFinding]]) -> Iterator[PageFigure]:
    """How many findings of each rule, named by its slug, there are in each group; there should be none."""
    counted = [Counter(one.diagnostic.rule for one in group) for group in groups]
    for rule in catalogue():
        if any(rule in one for one in counted):
            yield PageFigure(rule, "0", tuple((str(one[rule]), not one[rule]) for one in counted))
