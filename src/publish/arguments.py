"""Arguments of the command line that name judges."""

from __future__ import annotations

import argparse
from pathlib import Path

from publish.model import EVERYWHERE, SHOPS, Asked

_PACKAGES = {"ace": "ace-cli", "nu": "vnu-jar"}  # of npm


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
