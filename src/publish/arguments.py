"""The arguments of the command line: what can be typed, and what is told of it."""

from __future__ import annotations

import argparse
from pathlib import Path

from publish import __version__
from publish.model import EVERYWHERE, SHOPS, Asked, limit

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

_PACKAGES = {"ace": "ace-cli", "nu": "vnu-jar"}  # of npm


def command_line() -> argparse.ArgumentParser:
    """What can be typed. `command` of the result is the command's name."""
    parser = _described(
        argparse.ArgumentParser(prog="publish"),
        "Make an e-book, a PDF and printed pamphlets from one folder of text, each proved to hold the text's words.",
        "publish build                 make everything from the book in this folder",
        "publish check garden          find what is wrong with the book in garden/",
        "publish explain unknown-term  what a rule means",
    )
    parser.add_argument("--version", action="version", version=f"publish {__version__}")
    commands = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND", required=True)
    _add_build(commands.add_parser("build", help="make the book into build/"))
    _add_check(commands.add_parser("check", help="find what is wrong with the book; make nothing"))
    _add_validate(commands.add_parser("validate", help="judge files that were made before"))
    _add_release(commands.add_parser("release", help="make and judge everything; write it only if all passed"))
    _add_verify(commands.add_parser("verify", help="hold a release against its sums, and against its source"))
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


def _add_check(parser: argparse.ArgumentParser) -> None:
    _described(
        parser,
        "Find everything that is wrong with the book, and make nothing.",
        "publish check",
        "publish check garden --format json",
    )
    _add_folder(parser)
    _add_common(parser)


def _add_validate(parser: argparse.ArgumentParser) -> None:
    _described(
        parser,
        "Judge files that were made before, by default all that are in build/, against the book as it is now.",
        "publish validate",
        "publish validate garden --for kobo --for apple",
        "publish validate garden garden/build/garden-1.0.0.epub",
        "publish validate --against garden-1.0.0.epub",
    )
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="FOLDER or FILE", help="the project folder (default: this one), files"
    )
    told = "name every id that this earlier e-book had and the new one has not"
    parser.add_argument("--against", type=Path, metavar="OLD.epub", help=told)
    _add_styles(parser)
    _add_output(parser)
    add_shops(parser)
    _add_common(parser)


def _add_release(parser: argparse.ArgumentParser) -> None:
    _described(
        parser,
        "Make everything, ask every judge, and write the files, the evidence of each and their checksums into build/release/; or, if one\n"
        "judge did not pass a file or was not there to be asked, nothing.",
        "publish release",
        "publish release garden --ace ~/ace --nu ~/nu --for kobo",
    )
    _add_folder(parser)
    _add_output(parser)
    add_shops(parser)
    _add_common(parser)


def _add_verify(parser: argparse.ArgumentParser) -> None:
    _described(
        parser,
        "Hold a downloaded release against its SHA256SUMS; with --source make its files anew and compare every byte. The publish that\n"
        "made it has to be the same version as this one: the evidence of each file tells which that was.",
        "publish verify ~/Downloads/garden-1.0.0",
        "publish verify ~/Downloads/garden-1.0.0 --source ~/garden --tag v1.0.0",
    )
    parser.add_argument("release", type=Path, metavar="DIR", help="the folder with the release")
    parser.add_argument("--source", type=Path, metavar="FOLDER", help="the folder with the book/ that it was made from")
    parser.add_argument(
        "--tag", metavar="TAG", help="the tag (or commit) of that folder's git repository: not what lies there now"
    )
    _add_styles(parser)
    _add_limits(parser)
    parser.add_argument("--quiet", action="store_true", help="print what is wrong and nothing else")
    parser.set_defaults(format="text", notes=False)  # of what is wrong with the source


def _add_schema(parser: argparse.ArgumentParser) -> None:
    _described(
        parser,
        "Print the JSON Schema of the YAML files, by which an editor of text completes and checks what is typed, or that of the evidence.",
        "publish schema > schema.json",
        "publish schema glossary.yaml",
        "publish schema evidence",
    )
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help="which file (default: one schema for all of the YAML files)"
    )


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


FORMATS = ("text", "json", "sarif", "github", "html")  # those of `publish.saying`, which is read when something is said


def _add_limits(parser: argparse.ArgumentParser) -> None:
    told = "let a book be more: time=3600"
    parser.add_argument("--limit", type=limit, action="append", default=[], metavar="NAME=NUMBER", help=told)


def _add_common(parser: argparse.ArgumentParser) -> None:
    _add_limits(parser)
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="text",
        help="how findings are told: to a reader (default), a program, a code scanner, GitHub's pull requests, a browser",
    )
    parser.add_argument(
        "--notes", action="store_true", help="print the notes, too (they are many), not only their number"
    )
    parser.add_argument("--quiet", action="store_true", help="print the findings and nothing else")


def add_judges(parser: argparse.ArgumentParser) -> None:
    """The judges of an e-book that are asked where they are installed."""
    for option, package in _PACKAGES.items():
        told = f"the folder where npm's {package} is installed: ask it too"
        parser.add_argument(f"--{option}", type=Path, metavar="DIR", help=told)


def add_shops(parser: argparse.ArgumentParser) -> None:
    """The shops whose rules an e-book is judged by."""
    told = "judge the e-book by the rules of a shop, or by those of all; more than once for several"
    parser.add_argument("--for", dest="shops", action="append", default=[], choices=[*SHOPS, EVERYWHERE], help=told)


def asked_of(options: argparse.Namespace) -> Asked:
    """The judges that the arguments name."""
    return Asked(options.ace, options.nu, tuple(getattr(options, "shops", ())))
