"""Whether the pixels of a picture can be used, by Pillow: all of them there, not too many, and one picture only."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

# A4 at 600 dpi, which no press shows more of, has 35 million; each of them takes four bytes of memory.
MOST_PIXELS = 50_000_000
_CAN_MOVE = ("PNG", "GIF", "WEBP")  # a JPEG with several frames has views for other screens in it


def unusable(data: bytes) -> tuple[str, str, str] | None:
    """What is wrong with a PNG, JPEG, GIF or WebP, if anything: the rule, the end of a sentence about it, a hint."""
    from PIL import Image

    with _strict():
        try:
            with Image.open(BytesIO(data)) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    return _too_large(f"{picture.width} × {picture.height} pixels")
                if picture.format in _CAN_MOVE and getattr(picture, "is_animated", False):
                    return "image-animated", "moves", "save one frame of it as a PNG"
                picture.load()
        except Image.DecompressionBombError:
            return _too_large("very many pixels")
        except Exception:  # noqa: BLE001 - what a decoder raises at broken data is nowhere told
            return (
                "image-damaged",
                "is damaged: its pixels cannot be read",
                "save it again with the program that made it",
            )
    return None


@contextmanager
def _strict() -> Iterator[None]:
    """Has Pillow refuse what is cut off, which WeasyPrint lets pass in the whole process, and not warn of many pixels: they are counted."""
    from PIL import ImageFile

    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _too_large(size: str) -> tuple[str, str, str]:
    return (
        "image-too-large",
        f"has {size}",
        f"at most {MOST_PIXELS // 1_000_000} million pixels; an A4 page at 600 dpi has 35",
    )
