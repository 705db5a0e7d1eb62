"""Reads the project's files: only those inside book/ and styles/, texts only as UTF-8 without characters that XML forbids.

Files are named as `Location` names them: by the folder's name and the path in it ("book/text/essay.md").
"""

from __future__ import annotations

import difflib
import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from publish.diagnostics import Location
from publish.load.pictures import unusable
from publish.load.problems import Problems
from publish.model import STANDARD, Asset, Limits

# What XML 1.0, section 2.2, production 2, leaves out: it cannot stand in an XHTML file, not even as a reference.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_URL = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//|(?:data|mailto|file|urn):")
_SVG = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:[^-]|-(?!->))*-->\s*)*(?:<!DOCTYPE[^>]*>\s*)?<svg[\s>]"
)
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
# What may stand unescaped in an address (RFC 3986, "unreserved") and breaks no reading system (EPUB 3.3, section 4.2.3, file names).
_SAFE_NAME = re.compile(r"[A-Za-z0-9._/-]+")
IMAGE_SUFFIXES = {
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    "image/svg+xml": (".svg",),
}
_STYLE_TYPES = {
    ".css": "text/css",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".txt": "text/plain",
    ".yaml": "application/yaml",
    ".md": "text/markdown",
}
_TEXT_TYPES = ("text/css", "application/yaml", "text/markdown")


class Folder:
    """One folder of the project, `book/` or `styles/`: finds and reads files in it, keeps the texts, and the sums of all that was read."""

    def __init__(self, root: Path, problems: Problems, limits: Limits = STANDARD) -> None:
        self.root = root
        self.problems = problems
        self.limits = limits
        self.texts: dict[str, str] = {}
        self.sums: dict[str, str] = {}
        self._real = root.resolve()

    def name(self, path: str) -> str:
        """What `Location.file` calls the file."""
        return f"{self.root.name}/{path}"

    def text(self, path: str, asked: Location) -> str | None:
        """The text of a file, its lines ended by line feeds alone; None, and a diagnostic, if there is none to be had."""
        data = self._read(path, asked, self.limits.text)
        return None if data is None else self._decode(data, self.name(path))

    def data(self, path: str, asked: Location) -> bytes | None:
        """The bytes of a file; None, and a diagnostic where it was asked for, if there are none to be had."""
        return self._read(path, asked, self.limits.data)

    def _read(self, path: str, asked: Location, kilobytes: int) -> bytes | None:
        found = self.find(path, asked)
        if found is None:
            return None
        try:
            if found.stat().st_size > kilobytes * 1000:
                self.problems.add("too-large", asked, f"“{path}” is larger than {kilobytes} kB")
                return None
            data = found.read_bytes()
        except OSError as error:
            self.problems.add("missing-file", asked, f"“{path}” cannot be read: {error.strerror}")
            return None
        self.sums[self.name(path)] = hashlib.sha256(data).hexdigest()
        return data

    def find(self, path: str, asked: Location, missing: str = "missing-file") -> Path | None:
        """Where the file is that a value of the book names; None, and a diagnostic, if that is no file in the folder."""
        if _URL.match(path):
            hint = f"put a copy of the file into {self.root.name}/ and name that"
            self.problems.add("url-for-file", asked, f"“{path}” is an address, not a file", hint)
        elif "\\" in path:
            hint = f"write {path.replace(chr(92), '/')}"
            self.problems.add("bad-value", asked, f"“{path}” has backslashes in it", hint)
        elif not self._inside(path):
            hint = f"put the file itself into {self.root.name}/ and write its path in there"
            self.problems.add("outside-book", asked, f"“{path}” leads out of {self.root.name}/", hint)
        elif not _is_file(self.root / path):
            self.problems.add(missing, asked, f"there is no file “{path}” in {self.root.name}/", self._nearest(path))
        else:
            return self.root / path
        return None

    def has(self, path: str) -> bool:
        return _is_file(self.root / path)

    def walk(self) -> Iterator[str]:
        """The paths of all files in the folder, in order; hidden ones aside."""
        for folder, folders, files in os.walk(self.root):
            folders[:] = sorted(one for one in folders if not one.startswith("."))
            inside = Path(folder).relative_to(self.root)
            yield from sorted((inside / one).as_posix() for one in files if not one.startswith("."))

    def _inside(self, path: str) -> bool:
        """Whether the path stays in the folder, as written and with every symbolic link followed."""
        pure = PurePosixPath(path)
        if pure.is_absolute() or ".." in pure.parts or re.match(r"[A-Za-z]:", path):
            return False
        try:
            return (self.root / path).resolve().is_relative_to(self._real)
        except (OSError, ValueError, RuntimeError):
            return True  # such a path names nothing: it is reported as missing

    def _nearest(self, path: str) -> str:
        """A hint that names the file whose name, without its folder and ending, is nearest; of several one of the same ending."""
        wanted = PurePosixPath(path)
        files = sorted(map(PurePosixPath, self.walk()), key=lambda one: one.suffix == wanted.suffix)
        stems = {one.stem: one for one in files}
        near = difflib.get_close_matches(wanted.stem, stems, n=1)
        return f"did you mean “{stems[near[0]]}”?" if near else ""

    def _decode(self, data: bytes, file: str) -> str | None:
        if _encoding(data):
            self._not_utf_8(data, file, 0)
            return None
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self._not_utf_8(data, file, error.start)
            return None
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        self.texts[file] = text = self._without_forbidden(text, file)
        return text

    def _not_utf_8(self, data: bytes, file: str, at: int) -> None:
        if encoding := _encoding(data):
            hint = f"the file is {encoding}: save it as UTF-8"
        else:
            hint = f"read as Windows-1252 it would be “{data[at : at + 1].decode('cp1252', 'replace')}”: save as UTF-8"
        line_start = data.rfind(b"\n", 0, at) + 1
        column = len(data[line_start:at].decode("utf-8", "replace")) + 1
        place = Location(file, data.count(b"\n", 0, at) + 1, column)
        self.problems.add("not-utf-8", place, f"the byte 0x{data[at]:02X} is not UTF-8", hint)

    def _without_forbidden(self, text: str, file: str) -> str:
        """The text with U+FFFD for every forbidden character; the first of a line is reported."""
        if not FORBIDDEN.search(text):
            return text
        for number, line in enumerate(text.split("\n"), 1):
            if found := FORBIDDEN.search(line):
                message = f"the character U+{ord(found[0]):04X} cannot stand in a book"
                place = Location(file, number, found.start() + 1)
                self.problems.add("forbidden-character", place, message, "delete it")
        return FORBIDDEN.sub("\ufffd", text)


def _encoding(data: bytes) -> str:
    """UTF-32 or UTF-16, by the mark that a text in it begins with or by the nulls beside its first two letters; "" for any other."""
    if data[:4] in (b"\xff\xfe\0\0", b"\0\0\xfe\xff"):
        return "UTF-32"
    nulls = [place for place, byte in enumerate(data[:4]) if not byte]
    return "UTF-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") or nulls in ([0, 2], [1, 3]) else ""


def read_image(book: Folder, path: str, asked: Location) -> Asset | None:
    """A picture of the book with the media type that its bytes have; None, and a diagnostic, if it is none."""
    if book.find(path, asked, missing="image-missing") is None:
        return None
    if not _SAFE_NAME.fullmatch(path):
        message = f"the name “{path}” has other signs than a–z, 0–9, hyphens, full stops, and underscores"
        book.problems.add("image-name", asked, message, _safe_name_hint(path))
    data = book.data(path, asked)
    if data is None:
        return None
    media_type = image_type(data)
    if not media_type:
        hint = "PNG, JPEG, SVG, WebP, and GIF can be used"
        book.problems.add("image-type", asked, f"“{path}” is not a picture that a book can hold", hint)
        return None
    if not path.lower().endswith(IMAGE_SUFFIXES[media_type]):
        hint = f"let its name end with {IMAGE_SUFFIXES[media_type][0]}"
        book.problems.add("image-type", asked, f"“{path}” is really {media_type.removeprefix('image/')}", hint)
    elif media_type != "image/svg+xml" and (wrong := unusable(data)):
        rule, said, hint = wrong
        book.problems.add(rule, asked, f"the picture “{path}” {said}", hint)
        return None
    return Asset(path, data, media_type, asked)


def _safe_name_hint(path: str) -> str:
    """A name like this one that is safe in an e-book; nothing where none of its letters are."""
    plain = unicodedata.normalize("NFKD", path).encode("ascii", "ignore").decode()
    name = re.sub(r"-*([./])-*", r"\1", re.sub(r"[^A-Za-z0-9._/]+", "-", plain))
    return f"name the file {name}" if PurePosixPath(name).suffix else ""


def image_type(data: bytes) -> str:
    """The media type of a picture, told by its first bytes; "" for anything that is not PNG, JPEG, GIF, WebP, or SVG."""
    for signature, media_type in _SIGNATURES:
        if data.startswith(signature):
            return media_type
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return "image/svg+xml" if _SVG.match(data) else ""


def read_styles(styles: Folder) -> dict[str, Asset]:
    """Every file of styles/ by its path there; style sheets and other texts are checked to be UTF-8."""
    assets: dict[str, Asset] = {}
    if not styles.root.is_dir():
        hint = "copy that of another book, or name one: --styles DIR"
        styles.problems.add("missing-file", Location(styles.root.name), "there is no folder of styles", hint)
    for path in styles.walk():
        asked = Location(styles.name(path))
        media_type = _STYLE_TYPES.get(PurePosixPath(path).suffix.lower(), "application/octet-stream")
        if media_type in _TEXT_TYPES:
            text = styles.text(path, asked)
            data = None if text is None else text.encode()
        else:
            data = styles.data(path, asked)
        if data is not None:
            assets[path] = Asset(path, data, media_type, asked)
    return assets


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False  # a name that is too long or has a null in it
