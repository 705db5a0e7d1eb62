"""Pages for a browser that need no other file: their frame and style, places in print as pictures, words of the catalogue."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from publish.model import PagePicture

REAL = (
    96 / 150
)  # of the pixels of a picture, which has 150 in an inch: so wide on the screen, it is as large as in print


def web_page(title: str, *parts: str) -> str:
    """The page of these parts, for a browser of any width, in light and in dark."""
    style = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
    body = "\n".join(parts)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="color-scheme" content="light dark">\n<title>{escape(title)}</title>\n'
        f"<style>\n{style}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def words_table(name: str, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of words in a section of this name, each row headed by its first cell; cells are markup."""
    head = "".join(f'<th scope="col">{one}</th>' for one in columns)
    body = "\n".join(_row(*cells) for cells in rows)
    return (
        f'<div class="wide" role="region" aria-labelledby="{name}" tabindex="0">\n'
        f'<table class="words" aria-labelledby="{name}">\n<thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{body}\n</tbody>\n</table>\n</div>"
    )


def _row(first: str, *cells: str) -> str:
    return f'<tr><th scope="row">{first}</th>{"".join(f"<td>{one}</td>" for one in cells)}</tr>'


def result_of(result: str) -> str:
    """What a judge said in a word, marked where that is bad."""
    return f'<span class="result{" missed" if result == "failed" else ""}">{escape(result)}</span>'


def section(name: str, title: str, *parts: str) -> str:
    """A section under a heading of the second level."""
    body = "\n".join(parts)
    return f'<section aria-labelledby="{name}">\n<h2 id="{name}">{title}</h2>\n{body}\n</section>'


def marked_up(text: str) -> str:
    """Words of the catalogue with their code and emphasis."""
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))
    return re.sub(r"\*([^*]+)\*", r"<em>\1</em>", text)


# -------------------------------------------------------------------------------------------------------------- pictures


def printed_place(picture: PagePicture) -> str:
    """A picture of a place in print, as large as it is there, on which its findings are marked."""
    width, height = (round(length * REAL) for length in picture.size)
    data = b64encode(picture.png).decode()
    return (
        f'<div class="picture" style="max-width:{width}px"><img src="data:image/png;base64,{data}" width="{width}" '
        f'height="{height}" alt="{_alternative(picture)}">{"".join(_marks(picture))}</div>'
    )


def _alternative(picture: PagePicture) -> str:
    lines = [one.place.line for one in picture.findings]
    between = f"lines {min(lines)} to {max(lines)}" if len(set(lines)) > 1 else f"line {lines[0]}"
    return f"Page {escape(picture.label)} as it is printed, around {between}"


def _marks(picture: PagePicture) -> Iterator[str]:
    """Where the findings are on their picture, in hundredths of that; if there are several, with their numbers in the margin."""
    left, foot, right, head = picture.rectangle
    across, down = (right - left) / 100, (head - foot) / 100
    numbers: dict[str, str] = {}
    for number, one in enumerate(picture.findings, 1):
        one_left, one_foot, one_right, one_head = one.rectangle
        top = f"top:{(head - one_head) / down:.1f}%"
        numbers[top] = f"{numbers.get(top, '')} {number}"
        width, height = (one_right - one_left) / across, (one_head - one_foot) / down
        area = f"left:{(one_left - left) / across:.1f}%;{top};width:{width:.1f}%;height:{height:.1f}%"
        yield f'<span class="mark" style="{area}"></span>'
    if len(picture.findings) > 1:
        yield from (
            f'<span class="number" style="{top}" aria-hidden="true">{one}</span>' for top, one in numbers.items()
        )
