"""Names of files that make trouble somewhere: on another system, in a terminal, in an archive."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice
from pathlib import PurePosixPath

from publish.diagnostics import Location
from publish.load.files import Folder

LONGEST = 100  # characters of a name; with the folders above it a path stays within the 260 that Windows can do
# Microsoft Learn, "Naming Files, Paths, and Namespaces": reserved, whatever the ending.
_DEVICE = re.compile(
    r"(?:con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])(?:\..*)?", re.IGNORECASE
)
_RESERVED = re.compile(r'[<>:"|?*\\]')
# Unicode, general category: control, format (marks that turn the direction round), surrogate (bytes that are not UTF-8), not assigned.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"})


def report_names(folder: Folder) -> None:
    """Reports each file whose name not every system can have, or a reader cannot see as it is."""
    seen: dict[str, str] = {}
    for path in islice(folder.walk(), folder.limits.files):
        twin = seen.setdefault(path.casefold(), path)
        wrong = next(_wrong(PurePosixPath(path)), "")
        if not wrong and twin != path:
            wrong = f"differs from “{twin}” by capitals alone"
        if wrong:
            shown = "".join(one if _is_seen(one) else f"\\u{ord(one):04x}" for one in path)
            location = Location(folder.name(shown))
            folder.problems.add("file-name", location, f"the name “{shown}” {wrong}", "give the file another name")


def _wrong(path: PurePosixPath) -> Iterator[str]:
    for name in path.parts:
        if not all(map(_is_seen, name)):
            yield "has signs that cannot be seen"
        if len(name) > LONGEST:
            yield f"is longer than {LONGEST} characters"
        if _DEVICE.fullmatch(name):
            yield "is that of a device on Windows"
        if found := _RESERVED.search(name):
            yield f"has a {found[0]} in it"
        if name[-1] in ". ":
            yield "ends with a full stop or a space"


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign) not in _UNSEEN
