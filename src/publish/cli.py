"""The command line: arguments, progress, printing, exit status. The only module that prints."""

from __future__ import annotations

import argparse
import atexit
import gc
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast

from publish import __version__, saying
from publish.arguments import add_judges, add_shops, asked_of
from publish.bounds import bounded
from publish.diagnostics import Report, catalogue, did_you_mean
from publish.errors import BookHasErrors, CannotWrite, NoProject, PublishError
from publish.model import STANDARD, Project, limit
from publish.progress import Progress
from publish.stopping import Terminated, is_of_the_machine, silence, terminating

if TYPE_CHECKING:
    from publish.pipeline import Outcome

# The stages and their libraries are imported where a command needs them: `publish explain` loads none, `publish check` two.

# Statuses that are not an error's own (errors.py). The last three are what a shell gives a program that a signal ended: 128 and the
# number of the signal, SIGINT, SIGPIPE or SIGTERM.
FINE, BOOK_HAS_ERRORS, WRONG_USAGE, INTERRUPTED, PIPE_CLOSED, TERMINATED = 0, 1, 2, 130, 141, 143

STATUSES = """\
exit status:
  0  fine
  1  the book has errors, or a judge did not pass a file; nothing was written
  2  wrong usage, or there is no book in the folder
  3  a program or a library that the work needs is not installed
  4  such a program broke, or the pages do not settle
  5  the files could not be written
  6  nothing was released, because not everything is proved
  7  the book needs more time or memory than it may have; nothing was written
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the result is the exit status. An exception that nobody foresaw is a bug and shows its traceback."""
    atexit.register(gc.freeze)  # when the process ends, the pages are not looked over for cycles once more
    for stream in (sys.stdout, sys.stderr):
        _say_everything(stream)
    options = _parser().parse_args(arguments)
    try:
        with terminating():
            status: int = options.run(options)
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
    from publish import pipeline

    first, *rest = options.paths or [Path()]
    options.folder, files = (first, rest) if first.is_dir() else (Path(), options.paths)
    project = _project(options)
    return _work(
        options,
        project,
        lambda progress: pipeline.validate(project, tuple(files), asked=asked_of(options), progress=progress),
    )


def _release(options: argparse.Namespace) -> int:
    from publish import pipeline

    project = _project(options)
    return _work(
        options, project, lambda progress: pipeline.release(project, asked=asked_of(options), progress=progress)
    )


def _check(options: argparse.Namespace) -> int:
    from publish import pipeline

    project = _project(options)

    def check(progress: Progress) -> pipeline.Outcome:
        return pipeline.Outcome((), (), pipeline.check(project, progress)[1])

    return _work(options, project, check)


def _schema(options: argparse.Namespace) -> int:
    import json

    from publish.load.schema import json_schema

    schema = json_schema()
    if options.file:
        parts = cast("dict[str, dict[str, object]]", schema["$defs"])
        name = Path(options.file).stem
        if name not in parts:
            print(f"publish: there is no schema of “{options.file}”, only of {', '.join(parts)}", file=sys.stderr)
            return WRONG_USAGE
        schema = {"$schema": schema["$schema"], **parts[name]}
    print(json.dumps(schema, indent=2))
    return FINE


def _explain(options: argparse.Namespace) -> int:
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
    verdicts = outcome.verdicts if outcome else ()
    files = [_shown_path(path) for path in outcome.paths] if outcome else []
    kept = [_shown_path(path) for path in outcome.kept] if outcome else []
    if options.format == "json":
        print(saying.say_json(report, files, verdicts, kept), end="")
    elif options.format == "sarif":
        print(saying.say_sarif(report), end="")
    else:
        said = (
            saying.say_github(report)
            if options.format == "github"
            else saying.say_text(report, _sources(project, report))
        )
        print(said, end="")
        if not options.quiet:
            page = outcome.page if outcome else None
            pages = saying.say_page(page, files, getattr(options, "page_budget", None)) if page else ""
            print(saying.say_verdicts(verdicts) + saying.say_files(files, kept) + pages + saying.summary(report))
    failed = report.has_errors or any(verdict.result == "failed" for verdict in verdicts)
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


# -------------------------------------------------------------------------------------------------------------- arguments


def _parser() -> argparse.ArgumentParser:
    parser = _described(
        argparse.ArgumentParser(prog="publish"),
        "Make an e-book, a PDF and printed pamphlets from one folder of text, each proved to hold the text's words.",
        "publish build                 make everything from the book in this folder",
        "publish check garden          find what is wrong with the book in garden/",
        "publish explain unknown-term  what a rule means",
    )
    parser.add_argument("--version", action="version", version=f"publish {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_build(commands.add_parser("build", help="make the book into build/"))
    _add_check(commands.add_parser("check", help="find what is wrong with the book; make nothing"))
    _add_validate(commands.add_parser("validate", help="judge files that were made before"))
    _add_release(commands.add_parser("release", help="make and judge everything; write it only if all passed"))
    _add_schema(commands.add_parser("schema", help="print the schema of the YAML files"))
    _add_explain(commands.add_parser("explain", help="tell what a rule means"))
    return parser


def _described(parser: argparse.ArgumentParser, description: str, *examples: str) -> argparse.ArgumentParser:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = description
    parser.allow_abbrev = False
    parser.epilog = "examples:\n" + "".join(f"  {example}\n" for example in examples) + "\n" + STATUSES
    return parser


def _add_build(parser: argparse.ArgumentParser) -> None:
    _described(
        parser,
        "Make the book into build/: the e-book, the PDF, and for each edition the print PDF, the booklet and the wrap of its\n"
        "cover. Every file is judged before anything is written; if the book has errors, build/ stays as it is.",
        "publish build",
        "publish build garden --only epub --no-validation",
        "publish build --styles ~/house-style --output ~/Desktop/garden",
    )
    _add_folder(parser)
    _add_output(parser)
    parser.add_argument("--only", choices=["epub", "screen", "print", "booklet", "wrap"], help="make one kind of file")
    parser.add_argument("--page-budget", type=int, metavar="N", help="tell what stands between the book and N pages")
    parser.add_argument("--no-validation", dest="validation", action="store_false", help="do not judge what is made")
    _add_common(parser)
    parser.set_defaults(run=_build)


def _add_check(parser: argparse.ArgumentParser) -> None:
    _described(
        parser,
        "Find everything that is wrong with the book, and make nothing.",
        "publish check",
        "publish check garden --format json",
    )
    _add_folder(parser)
    _add_common(parser)
    parser.set_defaults(run=_check)


def _add_validate(parser: argparse.ArgumentParser) -> None:
    _described(
        parser,
        "Judge files that were made before, by default all that are in build/, against the book as it is now.",
        "publish validate",
        "publish validate garden --for kobo --for apple",
        "publish validate garden garden/build/garden-1.0.0.epub",
    )
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="FOLDER or FILE", help="the project folder (default: this one), files"
    )
    _add_styles(parser)
    _add_output(parser)
    add_shops(parser)
    _add_common(parser)
    parser.set_defaults(run=_validate)


def _add_release(parser: argparse.ArgumentParser) -> None:
    _described(
        parser,
        "Make everything, ask every judge, and write the files, their checksums and the evidence into build/release/; or, if one\n"
        "judge did not pass a file or was not there to be asked, nothing.",
        "publish release",
        "publish release garden --ace ~/ace --nu ~/nu",
    )
    _add_folder(parser)
    _add_output(parser)
    _add_common(parser)
    parser.set_defaults(run=_release)


def _add_schema(parser: argparse.ArgumentParser) -> None:
    _described(
        parser,
        "Print the JSON Schema of the YAML files, by which an editor of text completes and checks what is typed.",
        "publish schema > schema.json",
        "publish schema glossary.yaml",
    )
    parser.add_argument("file", nargs="?", metavar="FILE", help="which file (default: one schema for all of them)")
    parser.set_defaults(run=_schema)


def _add_explain(parser: argparse.ArgumentParser) -> None:
    _described(
        parser,
        "Tell what a rule means and how it is mended; without a rule, list them all.",
        "publish explain",
        "publish explain witness-differs",
    )
    parser.add_argument("rule", nargs="?", metavar="RULE", help="the name in the brackets of a message")
    parser.add_argument("--all", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--format", choices=["text", "markdown"], default="text", help=argparse.SUPPRESS)
    parser.set_defaults(run=_explain)


def _add_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=Path(),
        metavar="FOLDER",
        help="the folder with book/ in it (default: this one)",
    )
    _add_styles(parser)


def _add_styles(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--styles", type=Path, metavar="DIR", help="the look of the book (default: styles/ in FOLDER)")


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help="where the made files are (default: build/ in FOLDER)"
    )
    add_judges(parser)


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--limit", type=limit, action="append", default=[], metavar="NAME=NUMBER", help="let a book be more: time=3600"
    )
    parser.add_argument(
        "--format",
        choices=["text", "json", "sarif", "github"],
        default="text",
        help="how findings are told: to a reader (default), to a program, to a code scanner, to GitHub's pull requests",
    )
    parser.add_argument("--quiet", action="store_true", help="print the findings and nothing else")
