"""The files that a layout may use: those of the book and of its styles, from memory. There is no other way in."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from urllib.parse import unquote, urlsplit

from weasyprint.urls import URLFetcher, URLFetcherResponse

from publish.make.weasyprint_patches import Value
from publish.model import Asset, Cover

# The addresses are only names: nothing is read from them. `file:` is a scheme that relative addresses can be joined to.
BOOK = "file:///book/"
STYLES = "file:///styles/"


class Shelf(URLFetcher):  # type: ignore[misc]  # the library has no types
    """WeasyPrint's way to the files that a document or a style sheet names."""

    def __init__(self, images: tuple[Asset, ...], styles: Mapping[str, Asset]) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self._styles = {STYLES + name: (asset.data, asset.media_type) for name, asset in styles.items()}
        self._images = {BOOK + asset.path: (asset.data, asset.media_type) for asset in images}
        self._cover: dict[str, tuple[bytes, str]] = {}

    def put_cover(self, cover: Cover) -> None:
        """Offer the drawn cover as `cover.svg` to the book, and what is drawn behind the back cover as `back-cover.svg` to the styles."""
        drawn = {BOOK + "cover.svg": cover.svg, STYLES + "back-cover.svg": cover.back}
        self._cover = {address: (svg.encode(), "image/svg+xml") for address, svg in drawn.items()}

    def fetch(self, url: str, headers: Value = None) -> Value:
        """The file of that address, or data that stands in the address itself.

        Raises `FileNotFoundError`, which WeasyPrint logs, for anything else.
        """
        parts = urlsplit(url)
        if parts.scheme == "data":
            return super().fetch(url, headers)
        name = unquote(parts._replace(query="", fragment="").geturl())
        found = self._cover.get(name) or self._images.get(name) or self._styles.get(name)
        if found is None:
            raise FileNotFoundError(f"{told(name)} is not a file of the book or of its styles")
        data, media_type = found
        return URLFetcherResponse(url, BytesIO(data), {"Content-Type": media_type})


def told(address: str) -> str:
    """The address as an editor knows it: a path in the project, or a web address whole."""
    return address.removeprefix("file:///")
