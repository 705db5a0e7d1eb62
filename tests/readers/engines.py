"""Reads an e-book as readers do: engines in a browser, driven by `drive.cjs`."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from readers.ebook import read_ebook

HERE = Path(__file__).parent
NODE = shutil.which("node") or "node"
READING = ("contents", "pages", "note", "backLink", "glossary", "search", "night", "large", "narrow")
STEPS: Mapping[str, tuple[str, ...]] = {
    "foliate": READING,
    "epubjs": READING,
    "browser": ("order", "narrow", "large"),  # each document by itself
}


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one step in one engine: "passed", "failed" or "skipped" (the book has nothing of the kind), and what is to be said."""

    engine: str
    step: str
    result: str
    message: str


def read(epub: Path, steps: Mapping[str, tuple[str, ...]], pictures: Path | None = None) -> list[Result]:
    """Take the steps in the engines. Needs node, its packages in NODE_PATH, and chromium; leaves pictures in a folder, if one is named."""
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(epub) as archive:
            archive.extractall(folder)
        job = {
            "epub": str(epub.resolve()),
            "folder": folder,
            "browser": shutil.which("chromium") or shutil.which("google-chrome"),
            "book": asdict(read_ebook(epub)),
            "steps": steps,
            "pictures": pictures and str(pictures.resolve()),
        }
        told = subprocess.run(
            [NODE, HERE / "drive.cjs"], check=True, input=json.dumps(job), stdout=subprocess.PIPE, text=True
        )
    return [Result(**one) for one in json.loads(told.stdout)]
