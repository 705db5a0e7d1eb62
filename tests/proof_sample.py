"""Books that are really made, and ways to damage the finished files."""

from __future__ import annotations

import io
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pikepdf

from publish import pipeline
from publish.load import load_book
from publish.model import Artifact, Book, Kind, Pagination, Project, Rendering
from publish.prove.pdf_fonts import Font

ROOT = Path(__file__).parent.parent
GARDEN = ROOT / "tests" / "books" / "garden"


@dataclass(frozen=True)
class Sample:
    book: Book
    rendering: Rendering
    pagination: Pagination
    artifacts: tuple[Artifact, ...]

    def __getitem__(self, kind: Kind) -> Artifact:
        return next(one for one in self.artifacts if one.kind == kind)

    def line_of(self, file: str, words: str) -> int:
        """The line of the source file in which the words stand."""
        return next(
            number for number, line in enumerate(self.book.sources[file].splitlines(), start=1) if words in line
        )


def made(folder: Path) -> Sample:
    book, report = load_book(Project.at(folder, ROOT / "styles"))
    assert book is not None, [str(one) for one in report]
    result = pipeline.make(book, None, pipeline.silent)
    return Sample(book, result.rendering, result.pagination, result.artifacts)


@cache
def garden() -> Sample:
    return made(GARDEN)


# A text that gives much to do: long words, dashes, addresses, small capitals, notes, a list, tables, verse, an ornament, a picture.
PARAGRAPH = (
    "Extraordinarily uncharacteristic considerations—notwithstanding the well-known misunderstandings of the office—"
    "concerning *international* organisations filled the staff’s unmistakably self-contained correspondence; see "
    "[the list](#things) [](#things), or <https://www.example.org/a/very/long/address/that/no/line/can/hold.html>."
)
ROWS = "\n".join(f"| {number} | x | y | z | w |" for number in range(1, 61))
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 40" width="200" height="40">'
    '<text x="5" y="20" font-family="EB Garamond" font-size="12">words of the picture</text></svg>'
)
RICH = f"""# A *Rich* Text with so many words in its title that the contents of the book cannot have it in one line, nor in two

[WHEN THE LAMPS]{{.lead-in}}[^first] {PARAGRAPH}

{PARAGRAPH} And it was "so" then,[^second] as the U.S.S.R. of [1937]{{.smallcaps}} had it.

## Things of every kind {{#things}}

- one [thing]{{index=things}}— of the tobacco
- another thing

  with a paragraph

3. third
4. fourth

> {PARAGRAPH}

| Bed | Plants |
|---|---:|
| North and a half | 120 |
| East | 64 |

::: verse
A line of verse\\
and another
:::

    code   with spaces
    and lines

{PARAGRAPH}

{PARAGRAPH}[^third]

***

![A plan with words in it](images/plan.svg "What the *caption* says")

::: {{index="hours tobacco"}}
| Hour | [North](#things) | East | South | West |
|---|---|---|---|---|
{ROWS}
:::

Hawk moths and a [hawk moth](#things), *Ba*tes and Bates.

After the table [see @naturalist-moths, p. 12; @naturalist-tobacco; but see @dusk].

[^first]: A note to the first words.

[^second]: A note with *two* paragraphs, of which the first is of some length, so that it takes up several lines at the foot.

    {PARAGRAPH}

[^third]: Third: {PARAGRAPH} So says [Bates, who knew *tobacco*]{{index=things}}.
"""

INDEX = """
- id: hours
  heading: hours of 1871
  see-also: [things]
- id: things
  heading: things
  see-also: [hours]
- id: objects
  heading: objects
  see: [things]
"""

BIBLIOGRAPHY = """
- id: naturalist
  type: book
  authors: ["Bates, Henry Walter"]
  title: The Naturalist on the River Amazons
  place: London
  publisher: John Murray
  date: 1863
  url: https://www.example.org/a/very/long/address/that/no/line/can/hold/and_that_is_to_be_divided_somewhere.html
- id: naturalist-moths
  part-of: naturalist
  locator: chap. 5, "Hawk Moths"
- id: naturalist-tobacco
  part-of: naturalist
  locator: on tobacco
- id: dusk
  type: article-newspaper
  title: What Is "Dusk"?
  container: Evening Gazette
  date: 1871-06-18
  further: What was thought of it in the U.S.S.R.
- id: unread
  text: A book that is only to be read.
  further: It is "further" reading—and *no more* than that.
"""


@cache
def rich() -> Sample:
    """A book full of what is hard to read back."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(GARDEN, folder, dirs_exist_ok=True)
        facts = (folder / "book" / "book.yaml").read_text(encoding="utf-8")
        facts = facts.replace("    witness: copy-text.txt\n", "").replace(
            "  - role: emendations\n", "  - role: further-reading\n"
        )
        (folder / "book" / "book.yaml").write_text(facts, encoding="utf-8")
        (folder / "book" / "text" / "essay.md").write_text(RICH, encoding="utf-8")
        with (folder / "book" / "index.yaml").open("a", encoding="utf-8") as index:
            index.write(INDEX)
        (folder / "book" / "bibliography.yaml").write_text(BIBLIOGRAPHY, encoding="utf-8")
        (folder / "book" / "images").mkdir(exist_ok=True)
        (folder / "book" / "images" / "plan.svg").write_text(PICTURE, encoding="utf-8")
        introduction = folder / "book" / "text" / "introduction.md"
        words = introduction.read_text(encoding="utf-8").replace("#first-watch", "#things")
        introduction.write_text(words, encoding="utf-8")
        return made(folder)


# ------------------------------------------------------------------------------------------------------------------ e-book


def edited(artifact: Artifact, old: str, new: str) -> Artifact:
    """The e-book with `old` put for `new` in the one document that has it, once."""
    out, times = io.BytesIO(), 0
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as source, zipfile.ZipFile(out, "w") as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename.endswith(".xhtml") and old.encode() in data:
                times += data.count(old.encode())
                data = data.replace(old.encode(), new.encode())
            target.writestr(info, data)
    assert times == 1, f"{old} stands {times} times in the e-book"
    return replace(artifact, data=out.getvalue())


def rewritten(artifact: Artifact, member: str, change: Callable[[bytes], bytes]) -> Artifact:
    """The e-book after a change of one of its files; one that was not there is added, of no bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as source, zipfile.ZipFile(out, "w") as target:
        for info in source.infolist():
            data = source.read(info)
            target.writestr(info, change(data) if info.filename == member else data)
        if member not in source.namelist():
            target.writestr(member, change(b""))
    return replace(artifact, data=out.getvalue())


# --------------------------------------------------------------------------------------------------------------------- PDF


def changed(artifact: Artifact, change: Callable[[pikepdf.Pdf], None]) -> Artifact:
    """The PDF after a change."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(artifact.data)) as pdf:
        change(pdf)
        pdf.save(out, deterministic_id=True)
    return replace(artifact, data=out.getvalue())


def without_words(words: str) -> Callable[[pikepdf.Pdf], None]:
    """Drops words, which stand in one line of the PDF, from what is drawn."""
    return with_words(words, lambda _items: [])


def with_words(
    words: str, new: Callable[[list[pikepdf.Object]], list[pikepdf.Object]]
) -> Callable[[pikepdf.Pdf], None]:
    """Puts other glyphs in the place of those of the words."""

    def change(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            if _redrawn(pdf, page, words, new):
                return
        raise AssertionError(f"no line has {words}")

    return change


def _redrawn(
    pdf: pikepdf.Pdf, page: pikepdf.Page, words: str, new: Callable[[list[pikepdf.Object]], list[pikepdf.Object]]
) -> bool:
    fonts: dict[str, Font] = {}
    font: Font | None = None
    found = False
    instructions = []
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = list(instruction.operands), instruction.operator
        if str(operator) == "Tf":
            name = str(operands[0])
            font = fonts.setdefault(name, Font(page.obj.Resources.Font[name]))
        if str(operator) == "TJ" and font and not found:
            items = list(operands[0])
            letters = [font.read(bytes(item))[0] if isinstance(item, pikepdf.String) else "" for item in items]
            place = "".join(letters).find(words)
            if place >= 0:
                first, last = _item(letters, place), _item(letters, place + len(words) - 1) + 1
                operands, found = [pikepdf.Array([*items[:first], *new(items[first:last]), *items[last:]])], True
        instructions.append(pikepdf.ContentStreamInstruction(operands, operator))
    if found:
        page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))
    return found


def _item(letters: list[str], place: int) -> int:
    """The index of the item that holds the character at this place."""
    for index, text in enumerate(letters):
        if place < len(text):
            return index
        place -= len(text)
    raise IndexError(place)


def elements(pdf: pikepdf.Pdf, kind: str) -> Iterator[pikepdf.Object]:
    """The structure elements of a type, in the order of reading."""

    def walk(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
        if element.get("/S") == kind:
            yield element
        for kid in element.get("/K", ()):
            if not isinstance(kid, int) and kid.get("/Type") != "/OBJR":
                yield from walk(kid)

    return walk(pdf.Root.StructTreeRoot)


def without_element(kind: str, number: int = 0) -> Callable[[pikepdf.Pdf], None]:
    """Takes a structure element out of the tree."""

    def change(pdf: pikepdf.Pdf) -> None:
        element = list(elements(pdf, kind))[number]
        kids = element.P.K
        kids_left = [kid for kid in kids if isinstance(kid, int) or kid.objgen != element.objgen]
        element.P.K = pikepdf.Array(kids_left)

    return change
