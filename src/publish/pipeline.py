"""The whole build, top to bottom: the stages in their order. No other module calls one, but for `ebook_alone` and `existing`."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from publish.allowances import judge_later_allowances, silence
from publish.collecting import uncollected
from publish.diagnostics import Report
from publish.errors import BookHasErrors, CannotWrite, NoProject, NotSettled, ReleaseRefused
from publish.model import (
    EVERY_SHOP,
    NOBODY,
    Artifact,
    Asked,
    Book,
    Kind,
    PageFinding,
    PageReport,
    Pagination,
    Project,
    Rendering,
    Verdict,
)
from publish.model.work import Made, Outcome, Printed, Proved

if TYPE_CHECKING:
    from publish.make.cover import DrawnCover
    from publish.make.pdf import Layout
    from publish.prove.page_measured import Measured

# The makers and judges are imported where they are called: a check needs none of them, and some take long to import.

Only: TypeAlias = Literal["epub", "screen", "print", "booklet", "wrap"]
Progress: TypeAlias = Callable[[str, str], None]
PASSES = 4  # layouts within which the page numbers that are printed in the text must have settled
KINDS: tuple[Kind, ...] = get_args(Kind)
JUDGES_OF_ACCESSIBILITY = {"EPUBCheck", "Ace by DAISY", "people"}
# veraPDF is the reference judge of PDF/UA, but not to be had from PyPI, npm or Debian; without people the e-book claims nothing.
OPTIONAL_JUDGES = {"veraPDF", "people"}


def silent(stage: str, detail: str = "") -> None:
    """Report no progress."""


def build(
    project: Project,
    only: Only | None = None,
    *,
    validate: bool = True,
    asked: Asked = NOBODY,
    progress: Progress = silent,
) -> Outcome:
    """Build the book into `project.build`, or nothing at all: `BookHasErrors` is raised before anything is written.

    `only` names one kind of output; the EPUB alone is made without a layout, with the pages of an earlier one if they are true.
    `asked` are the judges that are asked beside those who always are.
    """
    proved = make_and_prove(project, only, validate=validate, asked=asked, progress=progress)
    page, beside = None, dict[str, bytes]()
    if only in {None, "screen"}:
        from publish.release.page_report import page_report_files

        measured, findings = find_on_pages(proved, progress)
        proved = with_findings(proved, findings)
        page = report_pages(proved, measured, findings)
        beside = page_report_files(proved.book, page)
    if only is None:
        passed(proved.report, idle_allowances(proved, asked))
    return replace(write(project.build, proved, progress, beside, complete=only is None), page=page)


def make_and_prove(project: Project, only: Only | None, *, validate: bool, asked: Asked, progress: Progress) -> Proved:
    """All stages but the last. Raises `BookHasErrors` between two of them."""
    stay_inside(project)
    if only == "epub":
        from publish.ebook_alone import check_and_make_ebook

        book, report, made = check_and_make_ebook(project, progress)
    else:
        book, report = check(project, progress)
        made = make(book, only, progress)
    report = passed(report, silence(book, made.report))
    verdicts = prove(book, made, asked, progress) if validate else ()
    report = passed(report, *findings(book, verdicts))
    if may_claim(made, verdicts):
        made, verdicts = claim(book, made, verdicts, asked, progress)
        report = passed(report, *findings(book, verdicts))
    # What was made only because the wanted files are made from it, and proved by it, is not written.
    wanted = tuple(artifact for artifact in made.artifacts if only in {None, artifact.kind})
    names = {artifact.name for artifact in wanted}
    return Proved(book, made, wanted, tuple(verdict for verdict in verdicts if verdict.artifact in names), report)


def stay_inside(project: Project) -> None:
    """Raise `CannotWrite` if the folder of the made files is a link out of the project, which may be a stranger's."""
    for folder in (project.build, project.build / "release"):
        if project.leads_out(folder):
            raise CannotWrite(
                f"{folder} is a link that leads out of the project; if it is yours: --output {folder.resolve()}"
            )


@uncollected()
def check(project: Project, progress: Progress = silent) -> tuple[Book, Report]:
    """Load the book and check it. Raises `BookHasErrors` with everything that is wrong, `NoProject` where there is no book."""
    from publish.check import check_book

    book, loaded = load(project, progress)
    progress("check", book.metadata.title)
    return book, passed(check_book(book, loaded))


def load(project: Project, progress: Progress) -> tuple[Book, Report]:
    """The book, and what was found while it was read. Raises `BookHasErrors` where that leaves no book."""
    from publish.load import load_book

    if not (project.book / "book.yaml").is_file():
        around = next((one for one in project.root.resolve().parents if (one / "book" / "book.yaml").is_file()), None)
        hint = f"; did you mean {around}?" if around else ""
        raise NoProject(f"there is no book here: {project.book / 'book.yaml'} is not a file{hint}")
    progress("load", str(project.book))
    book, loaded = load_book(project)
    if book is None:
        raise BookHasErrors(loaded)
    return book, loaded


@uncollected()
def make(book: Book, only: Only | None, progress: Progress) -> Made:
    """Render the book and make its files: the printed ones first, for their pages are told in the e-book.

    Raises `BookHasErrors` where a font cannot be used.
    """
    from publish.make.locators import make_locators

    check_fonts(book, printed=True)
    printed = [make_printed(one, only, progress) for one in book.layouts()]
    pagination = printed[0].pagination
    progress("render", "e-book")
    rendering = render_ebook(book, pagination)
    artifacts = [artifact for one in printed for artifact in one.artifacts]
    artifacts.append(make_locators(pagination, book))
    if only is None:
        progress("make", "e-book")
        artifacts = [make_ebook(rendering, book), *artifacts, *make_records(rendering, book)]
    report = Report.of(*(one.diagnostics for one in printed))
    return Made(tuple(artifacts), rendering, pagination, report, printed[0].leeway)


def check_fonts(book: Book, *, printed: bool) -> None:
    """Raise `BookHasErrors` where a font cannot be used."""
    from publish.make.font_files import unusable_fonts

    passed(Report.of(unusable_fonts(book.styles, printed=printed)))


def render_ebook(book: Book, pagination: Pagination) -> Rendering:
    from publish.make.title_art import draw_title
    from publish.render import render_epub

    return render_epub(book, pagination, draw_title(book))


def settle(book: Book, cover: DrawnCover, progress: Progress) -> Layout:
    """Lay the book out until the page numbers that its text prints (glossary, emendations, cross-references) are those of its pages.

    A book that prints none is laid out once, others as a rule twice: the first time only as far as pages are named, and to find them.
    Raises `NotSettled` when the numbers go round in a circle.
    """
    from publish.make.pdf import Typesetter
    from publish.render import render_draft, render_print

    first = book.editions[0]
    pages = f"pages of {first.name}" if first.style else "pages"
    typesetter = Typesetter(book)
    pagination = Pagination()
    if draft := render_draft(book, cover):
        progress("make", f"{pages}, draft")
        pagination = typesetter.find_pages(draft, cover)
    rendering = render_print(book, cover, pagination)
    for number in range(1, PASSES + 1):
        gc.collect()  # the boxes of a layout know each other: without this the next ones would need as much memory again
        progress("make", f"{pages}, pass {number}")
        layout = typesetter.lay_out(rendering, cover)
        settled = rendering
        rendering = render_print(book, cover, layout.pagination)
        if rendering == settled:
            return layout
        del layout
    raise NotSettled(f"after {PASSES} layouts the page numbers in the text still change the pages that they tell")


def make_ebook(rendering: Rendering, book: Book, *, conforms: bool = False) -> Artifact:
    from publish.make.epub import make_epub
    from publish.make.painting import paint_cover

    return make_epub(rendering, book, paint_cover(book), conforms=conforms)


def make_records(rendering: Rendering, book: Book, *, conforms: bool = False) -> tuple[Artifact, ...]:
    """What catalogues are told of the e-book, by the same facts that it states itself."""
    from publish.make.accessibility import accessibility_of
    from publish.make.jsonld import make_jsonld
    from publish.make.onix import make_onix

    accessibility = accessibility_of(book, rendering, conforms=conforms)
    return make_onix(book, rendering, accessibility), make_jsonld(book, rendering, accessibility)


def make_printed(book: Book, only: Only | None, progress: Progress) -> Printed:
    """The files of one layout: the PDF for screens and, from its pages, those for print."""
    from publish.make.cover import draw_cover
    from publish.make.for_press import make_for_press
    from publish.make.wrap import check_back_cover

    cover = draw_cover(book, book.editions[0].trim)
    layout = settle(book, cover, progress)
    progress("make", "PDF")
    made = [layout.screen_pdf()]
    for edition in book.editions if only != "screen" else ():
        progress("make", f"print, {edition.name}")
        made += make_for_press(made[0], cover, book, edition, only)
    found = (*layout.diagnostics, *check_back_cover(book, layout.pagination))
    return Printed(tuple(made), layout.pagination, layout.leeway, found)


def prove(
    book: Book, made: Made, asked: Asked, progress: Progress, kinds: Collection[Kind] = KINDS
) -> tuple[Verdict, ...]:
    """Ask every judge of every file of these kinds."""
    from publish.load.profiles import load_profiles
    from publish.prove.judges import Case, judge_all

    names = tuple(one.name for one in made.artifacts if one.kind in kinds)
    progress("prove", f"{len(names)} files" if len(names) > 1 else "".join(names))
    profiles = load_profiles(asked.shops)
    return judge_all(Case(book, made.rendering, made.pagination, made.artifacts, asked, profiles, frozenset(kinds)))


def may_claim(made: Made, verdicts: tuple[Verdict, ...]) -> bool:
    """Whether the e-book may say that it conforms to the standard of accessibility: every judge was there and passed it, people too."""
    ebooks = {one.name for one in made.artifacts if one.kind == "epub"}
    said = {one.judge: one.result for one in verdicts if one.artifact in ebooks}
    return said.keys() >= JUDGES_OF_ACCESSIBILITY and set(said.values()) == {"passed"}


def claim(
    book: Book, made: Made, verdicts: tuple[Verdict, ...], asked: Asked, progress: Progress
) -> tuple[Made, tuple[Verdict, ...]]:
    """The e-book anew, as it says that it conforms, and what its judges say of that one; everything else as it was."""
    progress("make", "e-book that says that it conforms")
    anew = claiming(book, made)
    names = {one.name for one in anew.values()}
    others = tuple(one for one in verdicts if one.artifact not in names)
    made = with_claim(made, anew)
    return made, (*prove(book, made, asked, progress, kinds=anew.keys()), *others)


def claiming(book: Book, made: Made) -> dict[Kind, Artifact]:
    """The e-book, as it says that it conforms, and what catalogues are told of it, by their kinds."""
    ebook = make_ebook(made.rendering, book, conforms=True)
    return {one.kind: one for one in (ebook, *make_records(made.rendering, book, conforms=True))}


def with_claim(made: Made, anew: Mapping[Kind, Artifact]) -> Made:
    return replace(made, artifacts=tuple(anew.get(one.kind, one) for one in made.artifacts))


@uncollected()
def find_on_pages(proved: Proved, progress: Progress) -> tuple[Measured, tuple[PageFinding, ...]]:
    """Measure the pages of the first layout for the editors of the book, and find what they may want to mend."""
    from publish.prove.page_measured import measure_pages
    from publish.prove.page_report import find

    made = proved.made
    progress("prove", "printed pages")
    screen = next(one for one in made.artifacts if one.kind == "screen")
    measured = measure_pages(screen, proved.book, made.pagination, made.rendering.locations)
    return measured, find(measured)


def with_findings(proved: Proved, findings: tuple[PageFinding, ...]) -> Proved:
    """The findings on the pages among all others, without what the book allows."""
    page = Report.of(one.diagnostic for one in findings)
    return replace(proved, page=page, report=Report.of(proved.report, silence(proved.book, page)))


@uncollected()
def report_pages(proved: Proved, measured: Measured, findings: tuple[PageFinding, ...]) -> PageReport:
    """The report for editors, of what the book does not allow; with pictures of what others found, where it is printed."""
    from publish.prove.page_report import report

    told = frozenset(proved.report)
    others = Report.of(told - frozenset(one.diagnostic for one in findings))
    return report(measured, [one for one in findings if one.diagnostic in told], proved.made.leeway, others)


def write(folder: Path, proved: Proved, progress: Progress, beside: Mapping[str, bytes], *, complete: bool) -> Outcome:
    """Write the files, and what is to lie `beside` them, by name."""
    from publish.release import named_in_sums, write_files

    progress("release", str(folder))
    files = {**{artifact.name: artifact.data for artifact in proved.artifacts}, **beside}
    paths = write_files(folder, files, complete=complete)
    kept = tuple(path for path in named_in_sums(folder) if path not in paths)
    return Outcome(paths, proved.verdicts, proved.report, kept)


def release(project: Project, *, asked: Asked = NOBODY, progress: Progress = silent) -> Outcome:
    """Build, judge, and write the release files into `build/release`. Raises `ReleaseRefused` unless every judge passed every file."""
    from publish.release.sbom import SBOM, sbom_json

    proved = make_and_prove(project, None, validate=True, asked=asked, progress=progress)
    passed(proved.report, idle_allowances(proved, asked))
    unproved = [one for one in proved.verdicts if one.result != "passed" and one.judge not in OPTIONAL_JUDGES]
    if told := [f"{one.artifact}: {one.judge} {one.result}: {one.detail}".rstrip(": ") for one in unproved]:
        raise ReleaseRefused(told)
    beside = {SBOM: sbom_json(proved.book, proved.artifacts), **evidence(proved, asked)}
    return write(project.build / "release", proved, progress, beside, complete=True)


def evidence(proved: Proved, asked: Asked) -> dict[str, bytes]:
    """The evidence of every file, by name. That of the e-book tells the shops, too, whose rules nobody asked for."""
    from publish.load.profiles import load_profiles
    from publish.make.tools import made_with
    from publish.prove.shops import not_asked
    from publish.release.evidence_files import evidence_files

    shops = load_profiles(asked.no_shops)
    unasked = [not_asked(one, shop) for one in proved.artifacts if one.kind == "epub" for shop in shops]
    made = [(one, made_with(proved.book, one.kind)) for one in proved.artifacts]
    return evidence_files(proved.book, made, (*proved.verdicts, *unasked))


def idle_allowances(proved: Proved, asked: Asked) -> Report:
    """Allowances for what the later stages find that have nothing to silence: an error, if everything was made."""
    judges = proved.judges if asked.no_shops else proved.judges | {EVERY_SHOP}
    return judge_later_allowances(proved.book, proved.found, judges)


def findings(book: Book, verdicts: tuple[Verdict, ...]) -> Iterator[Report]:
    """What the judges found, without what the book allows."""
    return (silence(book, verdict.diagnostics) for verdict in verdicts)


def passed(*reports: Report) -> Report:
    """The reports as one, if the book may go on to the next stage; otherwise raises `BookHasErrors`."""
    report = Report.of(*reports)
    if report.has_errors:
        raise BookHasErrors(report)
    return report
