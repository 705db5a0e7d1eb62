"""Zip archives that are the same bytes every time: a fixed date, one operating system's attributes, the order that is given."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from typing import TypeAlias

Data: TypeAlias = bytes | Callable[[], bytes]
"""The bytes of a file, or what gives them when they are written: others are compressed meanwhile."""

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first date that a zip can hold
_UNIX = 3
_READABLE = 0o644 << 16  # the mode of a member: rw-r--r--
_COMPRESSED_ALREADY = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".woff2")


def packed(members: Iterable[tuple[str, Data]]) -> bytes:
    """The members (name, bytes) as a zip in their order; `mimetype` and what is compressed already are stored as they are.

    The bytes also depend on the version of zlib.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members:
            archive.writestr(_entry(name), data() if callable(data) else data, compresslevel=6)
    return out.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    stored = name == "mimetype" or name.lower().endswith(_COMPRESSED_ALREADY)
    entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    entry.create_system = _UNIX
    entry.external_attr = _READABLE
    return entry
