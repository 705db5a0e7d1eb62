"""Screenshots of every document of an e-book, in Chromium: phone and tablet, light and dark, and text at twice its size.

    python tests/tools/screenshots.py build/garden-1.0.0.epub pictures/

For the eye; no test runs it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

SIZES = {"phone": (375, 667), "tablet": (768, 1024), "narrow": (320, 640)}
# What a reading system adds: margins, its own face, and at night its own colours.
READER = "body { margin: 5% 6%; font-family: 'DejaVu Serif', serif; line-height: 1.45 }"
NIGHT = "html, body { background: #000 !important; color: #ddd !important } a { color: #9bf !important }"
LARGE = "html { font-size: 200% }"
LOOKS = {"light": READER, "dark": READER + NIGHT, "large": READER + LARGE}


def main(epub: Path, out: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or "google-chrome"
    out.mkdir(parents=True, exist_ok=True)
    for look, style in LOOKS.items():
        with tempfile.TemporaryDirectory() as folder:
            for document in unpacked(epub, Path(folder), style):
                for name, (width, height) in SIZES.items():
                    if (look == "large") == (name == "narrow"):
                        picture = out / f"{document.stem}-{name}-{look}.png"
                        shoot(browser, document, picture.resolve(), width, height)


def unpacked(epub: Path, folder: Path, style: str) -> list[Path]:
    """The documents of the e-book, unpacked, with a reading system's style before their own."""
    with zipfile.ZipFile(epub) as archive:
        archive.extractall(folder)
    documents = sorted(folder.rglob("*.xhtml"))
    for document in documents:
        text = document.read_text(encoding="utf-8")
        document.write_text(text.replace("<link ", f"<style>{style}</style><link ", 1), encoding="utf-8")
    return documents


def shoot(browser: str, document: Path, picture: Path, width: int, height: int) -> None:
    with tempfile.TemporaryDirectory() as profile:
        options = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--disable-background-networking",
        ]
        place = [f"--user-data-dir={profile}", f"--window-size={width},{height}", f"--screenshot={picture}"]
        subprocess.run([browser, *options, *place, document.as_uri()], check=True, capture_output=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
