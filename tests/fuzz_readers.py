"""Fuzzes a reader of texts with atheris: `python tests/fuzz_readers.py READER [options of libFuzzer] FOLDER…`."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["publish.load", "markdown_it", "mdit_py_plugins"]):
    from readers_of_text import READERS, decoded


if __name__ == "__main__":
    reader = READERS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, lambda data: reader(decoded(data)))
    atheris.Fuzz()
