"""The readers of texts that people type, by name: each takes any text and must come back with findings that have places in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from load_sample import read
from publish.diagnostics import Diagnostic
from publish.load.files import FORBIDDEN
from publish.load.problems import Problems
from publish.load.schema import FILES
from publish.load.shapes import validate
from publish.load.yamlfile import parse


def read_yaml(text: str) -> None:
    """As each of the YAML files."""
    problems = Problems()
    node = parse(text, "book/book.yaml", problems)
    for shape in FILES.values():
        if node is not None:
            validate(node, shape, problems)
    check_places(text, problems.found)


def read_markdown(text: str) -> None:
    """As a page."""
    check_places(text, read(text).found)


def read_emendations(text: str) -> None:
    """As a paragraph of an edited text."""
    whole = f"# T\n\n{text}"
    check_places(whole, read(whole, witness=True).found)


def check_places(text: str, found: Iterable[Diagnostic]) -> None:
    lines = text.split("\n")
    for one in found:
        assert 0 < one.location.line <= len(lines) + 1, one
        assert one.message, one


def decoded(data: bytes) -> str:
    """The bytes as a text that comes to the readers: it was decoded, has line feeds alone, and nothing in it that XML forbids."""
    return FORBIDDEN.sub("\ufffd", data.decode("utf-8", "replace").replace("\r", "\n"))


READERS: dict[str, Callable[[str], None]] = {
    "yaml": read_yaml,
    "markdown": read_markdown,
    "emendations": read_emendations,
}
