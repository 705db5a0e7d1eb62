"""What an editor would find wrong in a book that can be read: one file a family of rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from publish.allowances import judge_allowances, silence
from publish.check import (
    abbreviations,
    certainty,
    chronology,
    completeness,
    contrast,
    dates,
    deaths,
    directions,
    emendations,
    glossary,
    index,
    links,
    metadata,
    pictures,
    quotations,
    reader_choices,
    references,
    review,
    sources,
    text,
)
from publish.check.trust import believed
from publish.check.witness import witness_differs
from publish.diagnostics import Diagnostic, Report
from publish.model import Book
from publish.once import forget

__all__ = ["RULES", "check_book"]

Check: TypeAlias = Callable[[Book], Iterator[Diagnostic]]

RULES: tuple[Check, ...] = (
    metadata.subject_code,
    metadata.date_order,
    metadata.running_head,
    links.unknown_reference,
    links.unknown_quoted,
    directions.reference_direction,
    quotations.quotation_differs,
    quotations.quotation_unmarked,
    dates.marked_dates,
    dates.dates_behind_names,
    dates.dates_of_rows,
    deaths.date_doubtful,
    certainty.uncertain_as_fact,
    abbreviations.abbreviation_unexpanded,
    abbreviations.known_abbreviation_unused,
    completeness.without_source,
    completeness.person_incomplete,
    glossary.unknown_term,
    glossary.unknown_see_also,
    glossary.see_also_twice,
    glossary.see_also_one_way,
    glossary.duplicate_form,
    glossary.entry_unmentioned,
    glossary.glossary_missing,
    glossary.glossary_not_listed,
    chronology.unknown_entry,
    chronology.chronology_missing,
    chronology.chronology_not_listed,
    index.unknown_index,
    index.index_too_deep,
    index.index_unmarked,
    index.index_blind_see,
    index.index_circular,
    index.index_see_with_pages,
    index.index_twice,
    index.index_one_way,
    index.index_missing,
    index.index_not_listed,
    sources.unknown_source,
    sources.source_unused,
    sources.sources_empty,
    sources.further_reading_empty,
    sources.further_reading_not_listed,
    review.answer_unsigned,
    review.answer_outdated,
    review.barrier_known,
    pictures.svg_unsafe,
    references.style_reference,
    contrast.low_contrast,
    reader_choices.reader_choice,
    reader_choices.absolute_length,
    text.slips,
    text.dash_spacing,
    text.empty_page,
    text.paragraph_unfinished,
    emendations.emendations_not_listed,
    emendations.emendations_empty,
    witness_differs,
)


def check_book(book: Book, found: Report = Report()) -> Report:  # noqa: B008  frozen and empty
    """Everything that is wrong with the book and not allowed, together with what loading it has `found`.

    What only follows from an error that was found in loading is not told.
    """
    forget()
    checked = believed(book, found, (diagnostic for rule in RULES for diagnostic in rule(book)))
    broken = [*found, *checked]
    return Report.of(silence(book, broken), judge_allowances(book, broken, whole=not found.has_errors))
