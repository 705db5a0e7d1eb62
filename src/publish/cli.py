"""The command line: arguments, progress, printing, exit status. The only module that prints."""

from __future__ import annotations

import argparse
import atexit
import gc
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast

from publish.arguments import asked_of, command_line
from publish.bounds import bounded
from publish.diagnostics import Report, catalogue, did_you_mean
from publish.errors import BookHasErrors, CannotWrite, NoProject, PublishError
from publish.model import STANDARD, Project
from publish.progress import Progress
from publish.stopping import Terminated, is_of_the_machine, silence, terminating

if TYPE_CHECKING:
    from publish.model.work import Outcome

# The stages and their libraries are imported where a command needs them: `publish explain` loads none, `publish check` two.

# Statuses that are not an error's own (errors.py). The last three are what a shell gives a program that a signal ended: 128 and the
# number of the signal, SIGINT, SIGPIPE or SIGTERM.
FINE, BOOK_HAS_ERRORS, WRONG_USAGE, INTERRUPTED, PIPE_CLOSED, TERMINATED = 0, 1, 2, 130, 141, 143


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the result is the exit status. An exception that nobody foresaw is a bug and shows its traceback."""
    atexit.register(gc.freeze)  # when the process ends, the pages are not looked over for cycles once more
    for stream in (sys.stdout, sys.stderr):
        _say_everything(stream)
    options = command_line().parse_args(arguments)
    try:
        with terminating():
            status = COMMANDS[options.command](options)
            sys.stdout.flush()
    except PublishError as error:
        print(f"publish: {error}", file=sys.stderr)
        return error.exit_status
    except KeyboardInterrupt:
        print("publish: interrupted", file=sys.stderr)
        return INTERRUPTED
    except Terminated:
        print("publish: terminated", file=sys.stderr)
        return TERMINATED
    except BrokenPipeError:  # whoever read the output has gone
        silence(sys.stdout)
        return PIPE_CLOSED
    except OSError as error:
        if not is_of_the_machine(error):
            raise
        silence(sys.stdout)
        print(f"publish: {error.filename or 'the output'}: {error.strerror}", file=sys.stderr)
        return CannotWrite.exit_status
    return status


def _say_everything(stream: TextIO) -> None:
    """A terminal that cannot show a sign shows its number instead of breaking the program."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")


# --------------------------------------------------------------------------------------------------------------- commands


def _build(options: argparse.Namespace) -> int:
    from publish import pipeline

    if options.page_budget is not None and options.only not in {None, "screen"}:
        print(
            "publish: --page-budget needs the pages of the PDF: not with --only, or with --only screen", file=sys.stderr
        )
        return WRONG_USAGE
    project = _project(options)
    return _work(
        options,
        project,
        lambda progress: pipeline.build(
            project, options.only, validate=options.validation, asked=asked_of(options), progress=progress
        ),
    )


def _validate(options: argparse.Namespace) -> int:
    from publish import existing

    first, *rest = options.paths or [Path()]
    options.folder, files = (first, rest) if first.is_dir() else (Path(), options.paths)
    project = _project(options)
    return _work(
        options,
        project,
        lambda progress: existing.validate(
            project, tuple(files), against=options.against, asked=asked_of(options), progress=progress
        ),
    )


def _release(options: argparse.Namespace) -> int:
    from publish import pipeline

    project = _project(options)
    return _work(
        options, project, lambda progress: pipeline.release(project, asked=asked_of(options), progress=progress)
    )


def _verify(options: argparse.Namespace) -> int:
    from publish import existing
    from publish.tagged import tagged

    if options.tag and not options.source:
        print("publish: --tag is a tag of the repository that --source names", file=sys.stderr)
        return WRONG_USAGE
    options.folder = options.source or Path()
    project = _project(options)
    try:
        with (
            Progress.of(options) as progress,
            bounded(project.limits),
            tagged(project, options.tag) if options.tag else nullcontext(project) as source,
        ):
            checked = existing.verify(options.release, source if options.source else None, progress)
    except BookHasErrors as error:
        return _say(options, project, error.report)
    wrong = [one for one in checked if one.wrong]
    print("".join(f"{one.name}: {one.wrong}\n" for one in wrong), end="")
    if not options.quiet:
        print(
            f"{len(checked)} files, {len(wrong) or 'none'} wrong"
            + (", made anew and compared" if options.source else "")
        )
    return BOOK_HAS_ERRORS if wrong else FINE


def _check(options: argparse.Namespace) -> int:
    from publish import pipeline
    from publish.model.work import Outcome

    project = _project(options)

    def check(progress: Progress) -> Outcome:
        return Outcome((), (), pipeline.check(project, progress)[1])

    return _work(options, project, check)


def _schema(options: argparse.Namespace) -> int:
    import json

    from publish.load.schema import json_schema
    from publish.release.evidence_files import evidence_schema

    schema = json_schema()
    if options.file:
        parts = cast("dict[str, dict[str, object]]", schema["$defs"]) | {"evidence": evidence_schema()}
        name = Path(options.file).stem
        if name not in parts:
            print(f"publish: there is no schema of “{options.file}”, only of {', '.join(parts)}", file=sys.stderr)
            return WRONG_USAGE
        schema = {"$schema": schema["$schema"], **parts[name]}
    print(json.dumps(schema, indent=2, ensure_ascii=False))
    return FINE


def _explain(options: argparse.Namespace) -> int:
    from publish import saying

    rules = catalogue()
    if options.all and options.format == "markdown":
        print(saying.rules_markdown(), end="")
    elif options.all:
        print("\n".join(saying.say_rule(rule) for rule in rules.values()), end="")
    elif options.rule is None:
        print(saying.say_rules(), end="")
    elif options.rule in rules:
        print(saying.say_rule(rules[options.rule]), end="")
    else:
        hint = did_you_mean(options.rule, rules) or "“publish explain” lists all rules"
        print(f"publish: there is no rule “{options.rule}”; {hint}", file=sys.stderr)
        return WRONG_USAGE
    return FINE


def _project(options: argparse.Namespace) -> Project:
    """The project that the arguments name, with the limits that they give it."""
    if options.styles is not None and not options.styles.is_dir():
        raise NoProject(f"there is no folder {options.styles}")
    # Resolved, for a finding names a file of the styles by the name of their folder, and "." is none.
    styles = None if options.styles is None else options.styles.resolve()
    limits = replace(STANDARD, **dict(options.limit))
    return Project.at(options.folder, styles, getattr(options, "output", None), limits)


# ----------------------------------------------------------------------------------------------------------------- saying


def _work(options: argparse.Namespace, project: Project, work: Callable[[Progress], Outcome]) -> int:
    """Do the work and say what came of it, also when the book had errors."""
    try:
        with Progress.of(options) as progress, bounded(project.limits):
            outcome = work(progress)
    except BookHasErrors as error:
        return _say(options, project, error.report)
    return _say(options, project, outcome.report, outcome)


def _say(
    options: argparse.Namespace,
    project: Project,
    report: Report,
    outcome: Outcome | None = None,
) -> int:
    """Print the report in the format that was asked for, and the outcome where there is one; the result is the exit status."""
    from publish import saying

    account = saying.Account(
        report,
        sources=_sources(project, report),
        name=project.root.resolve().name,
        files=tuple(_shown_path(path) for path in outcome.paths) if outcome else (),
        kept=tuple(_shown_path(path) for path in outcome.kept) if outcome else (),
        verdicts=outcome.verdicts if outcome else (),
        page=outcome.page if outcome else None,
        budget=getattr(options, "page_budget", None),
        with_notes=options.notes,
        is_quiet=options.quiet,
    )
    print(saying.FORMATS[options.format](account), end="")
    failed = report.has_errors or any(verdict.result == "failed" for verdict in account.verdicts)
    return BOOK_HAS_ERRORS if failed else FINE


def _sources(project: Project, report: Report) -> dict[str, str]:
    """The texts of the files that the report speaks of, read again: a book with errors may not have come to be."""
    texts: dict[str, str] = {}
    for file in sorted({one.location.file for one in report}):
        folder = project.styles if file.startswith(f"{project.styles.name}/") else project.book
        path = folder.parent / file
        # A line of a file outside, which a link in the folder leads to, is nobody's to show.
        if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
            texts[file] = path.read_text(encoding="utf-8", errors="replace")
    return texts


def _shown_path(path: Path) -> str:
    """A path as it can be typed here."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "build": _build,
    "check": _check,
    "validate": _validate,
    "release": _release,
    "verify": _verify,
    "schema": _schema,
    "explain": _explain,
}
