"""What is asked of files that are there already: whether they are right, and whether they are those of a source."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from publish.diagnostics import Report
from publish.model import NOBODY, Asked, Pagination, Project
from publish.model.work import Made, Outcome
from publish.pipeline import (
    Progress,
    check,
    claiming,
    findings,
    make,
    prove,
    render_ebook,
    silent,
    stay_inside,
    with_claim,
)

if TYPE_CHECKING:
    from publish.release.verify import Checked


def validate(
    project: Project,
    files: tuple[Path, ...] = (),
    *,
    against: Path | None = None,
    asked: Asked = NOBODY,
    progress: Progress = silent,
) -> Outcome:
    """Judge files that are there already, by default all of the book's in `project.build`, against the source as it is now.

    `against` is an earlier e-book, whose names must be in the one that is judged. Raises `NoProject` where one of the two is not there.
    """
    from publish.make.locators import read_locators
    from publish.prove.names import compare_names
    from publish.release import read_files

    stay_inside(project)
    book, report = check(project, progress)
    artifacts = read_files(project.build, files)
    locators = next((one for one in artifacts if one.kind == "locators"), None)
    pagination = read_locators(locators.data) if locators else Pagination()
    made = Made(artifacts, render_ebook(book, pagination), pagination, Report())
    verdicts = prove(book, made, asked, progress)
    if against:
        verdicts = (
            *verdicts,
            compare_names(made.artifacts, read_files(against.parent, (against,))[0], book, made.rendering),
        )
    return Outcome((), verdicts, Report.of(report, *findings(book, verdicts)))


def verify(folder: Path, source: Project | None, progress: Progress = silent) -> tuple[Checked, ...]:
    """Hold a release against its `SHA256SUMS`, and against what is made anew from a source if there is one; only the files that are wrong
    are told twice. Raises `NoProject` where there is no release."""
    from publish.release.verify import check_sums, compare

    progress("prove", str(folder))
    checked = check_sums(folder)
    if source is None:
        return checked
    book, _ = check(source, progress)
    made = make(book, None, progress)
    # Whether the e-book said that it conforms was for its judges to say.
    forms = (made, with_claim(made, claiming(book, made)))
    differing = ([one for one in compare(folder, form.artifacts) if one.wrong] for form in forms)
    return (*checked, *min(differing, key=len))
