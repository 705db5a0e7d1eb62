"""Arguments of the command line that name judges."""

from __future__ import annotations

import argparse
from pathlib import Path

from publish.model import Asked

_PACKAGES = {"ace": "ace-cli", "nu": "vnu-jar"}  # of npm


def add_judges(parser: argparse.ArgumentParser) -> None:
    """The judges of an e-book that are asked where they are installed."""
    for option, package in _PACKAGES.items():
        told = f"the folder where npm's {package} is installed: ask it too"
        parser.add_argument(f"--{option}", type=Path, metavar="DIR", help=told)


def asked_of(options: argparse.Namespace) -> Asked:
    """The judges that the arguments name."""
    return Asked(options.ace, options.nu)
