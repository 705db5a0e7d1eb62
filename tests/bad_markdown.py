"""Every construct of a book's Markdown, and what can be wrong with one: the two sides of the matrix of bad text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

# Part of a construct: ⟦words that are printed⟧, ⟨words for the machine⟩; what stands between is its signs.
_PART = re.compile(r"⟦(?P<printed>[^⟦⟧⟨⟩]*)⟧|⟨(?P<kept>[^⟦⟧⟨⟩]*)⟩")
BEFORE = "Words stand before it."
BEHIND = "Words stand behind it."


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a construct: words that are printed, words for the machine, or signs."""

    text: str
    kind: str = "signs"


@dataclass(frozen=True, slots=True)
class Construct:
    """A construct that is right, in its pieces.

    `witness` is what the witness has of it, where it stands in an edited text. `adds`: more can be printed than these words, for the
    machine puts some of its own into it, or it prints what stands in it or is left of it as it is typed.
    """

    pieces: tuple[Piece, ...]
    witness: str | None = None
    adds: bool = False

    @property
    def text(self) -> str:
        return "".join(one.text for one in self.pieces)

    @property
    def printed(self) -> str:
        """The words that are printed."""
        return "".join(one.text for one in self.pieces if one.kind == "printed")

    def changed(self, number: int, *pieces: Piece) -> Construct:
        """The construct with others in the place of a piece."""
        return Construct((*self.pieces[:number], *pieces, *self.pieces[number + 1 :]), self.witness, self.adds)

    def numbers(self, *kinds: str) -> list[int]:
        """The numbers of the pieces of these kinds."""
        return [number for number, one in enumerate(self.pieces) if one.kind in kinds]


def construct(typed: str, witness: str | None = None, *, adds: bool = False) -> Construct:
    """A construct as it is typed, its parts in ⟦ ⟧ and ⟨ ⟩."""
    pieces: list[Piece] = []
    end = 0
    for found in _PART.finditer(typed):
        pieces.append(Piece(typed[end : found.start()]))
        pieces.append(Piece(found[found.lastgroup or ""], found.lastgroup or ""))
        end = found.end()
    return Construct(tuple(one for one in (*pieces, Piece(typed[end:])) if one.text), witness, adds)


CONSTRUCTS: dict[str, Construct] = {
    # Blocks
    "paragraph": construct("⟦So it was.⟧"),
    "line break": construct("⟦So it⟧\\\n⟦was.⟧"),
    "heading": construct("## ⟦The house⟧"),
    "heading with id": construct("## ⟦The house⟧ {#⟨the-house⟩}"),
    "quotation": construct("> ⟦Night is a garden.⟧\n>\n> ⟦It is weeded.⟧"),
    "list": construct("- ⟦stocks⟧\n- ⟦tobacco⟧"),
    "numbered list": construct("⟨3⟩. ⟦stocks⟧\n4. ⟦tobacco⟧", adds=True),
    "list in a list": construct("- ⟦stocks⟧\n\n  - ⟦white⟧\n- ⟦tobacco⟧"),
    "table": construct("| ⟦Bed⟧ | ⟦Plants⟧ |\n|---|---:|\n| ⟦North⟧ | ⟦many⟧ |"),
    "code": construct("```\n⟦Stocks, white⟧\n```", adds=True),
    "code by indentation": construct("    ⟦Stocks, white⟧", adds=True),
    "break": construct("***"),
    "picture": construct('![⟦Plan of the garden⟧](⟨images/plan.png⟩ "⟦The plan⟧")'),
    "picture with attributes": construct("![⟦Plan of the garden⟧](⟨images/plan.png⟩){#⟨the-plan⟩ .⟨epigraph⟩}"),
    "container": construct("::: ⟨epigraph⟩\n⟦Night is a garden.⟧\n:::"),
    "container with attributes": construct("::: ⟨letter⟩ {#⟨reply⟩ lang=⟨fr⟩}\n⟦La nuit.⟧\n:::"),
    "container in a container": construct(":::: ⟨letter⟩\n⟦Sir,⟧\n\n::: ⟨signature⟩\n⟦Ada⟧\n:::\n\n⟦Post scriptum.⟧\n::::"),
    "verse": construct("::: verse\n⟦Night is⟧\n⟦a garden.⟧\n:::"),
    "line of attributes": construct("{.⟨dateline⟩}\n⟦18 June⟧"),
    "name of a paragraph": construct("{#⟨here⟩}\n⟦So it was.⟧"),
    "quoted container": construct("::: {from=⟨essay⟩}\n⟦by three the dew lay on everything⟧\n:::"),
    "container for the index": construct('::: {index="⟨visits⟩ ⟨tobacco⟩"}\n⟦Forty visits.⟧\n:::'),
    # Words
    "emphasis": construct("⟦It was ⟧*⟦late⟧*⟦ then.⟧"),
    "strong emphasis": construct("⟦It was ⟧**⟦late⟧**⟦ then.⟧"),
    "emphasis by lines": construct("⟦It was ⟧_⟦late⟧_⟦ then.⟧"),
    "code in a line": construct("⟦It was ⟧`⟦late⟧`⟦ then.⟧", adds=True),
    "language": construct("⟦The ⟧[⟦mot juste⟧]{lang=⟨fr⟩}⟦ then.⟧"),
    "class": construct("⟦The ⟧[⟦house⟧]{.⟨smallcaps⟩}⟦ then.⟧"),
    "class and id": construct("⟦The ⟧[⟦house⟧]{.⟨smallcaps⟩ #⟨house⟩}⟦ then.⟧"),
    "term": construct("⟦The ⟧[⟦white flower⟧]{term=⟨tobacco⟩}⟦ then.⟧"),
    "no term": construct("⟦The ⟧[⟦tobacco⟧]{.noterm}⟦ then.⟧"),
    "quoted words": construct('⟦He wrote ⟧["⟦never twice to the same⟧"]{from=⟨essay⟩}⟦ then.⟧'),
    "quoted words with a reference": construct('⟦He wrote ⟧"⟦never twice to the same⟧" ([⟦there⟧](#⟨essay⟩))⟦ then.⟧', adds=True),
    "date": construct("⟦He died on ⟧[⟦16 February 1892⟧]{date=⟨bates:died⟩}⟦ then.⟧"),
    "uncertain": construct("⟦Perhaps ⟧[⟦it was so⟧]{.uncertain}⟦ then.⟧"),
    "passage for the index": construct("⟦He counted ⟧[⟦forty⟧]{index=⟨visits⟩}⟦ then.⟧"),
    "count": construct("⟦There are ⟧[]{count=⟨paragraphs⟩ of=⟨essay⟩}⟦ then.⟧", adds=True),
    "note": construct("⟦The ledger.⟧[^⟨one⟩]\n\n[^⟨one⟩]: ⟦It is kept at Kew.⟧"),
    "note of two paragraphs": construct("⟦The ledger.⟧[^⟨one⟩]\n\n[^⟨one⟩]: ⟦It is kept at Kew.⟧\n\n    ⟦It is blank.⟧"),
    "cross-reference": construct("⟦The ⟧[⟦first watch⟧](#⟨first-watch⟩)⟦ then.⟧", adds=True),
    "cross-reference by page": construct("⟦The watch, ⟧[](#⟨first-watch⟩)⟦ then.⟧", adds=True),
    "link to the web": construct("⟦The ⟧[⟦bill⟧](⟨https://example.org/bill⟩)⟦ then.⟧", adds=True),
    "link by its address": construct("⟦The ⟧<⟦https://example.org/bill⟧>⟦ then.⟧"),
    "link by reference": construct("⟦The ⟧[⟦bill⟧][⟨b⟩]⟦ then.⟧\n\n[⟨b⟩]: ⟨https://example.org/bill⟩", adds=True),
    "citation": construct("⟦It was read ⟧[@⟨naturalist⟩]⟦ then.⟧", adds=True),
    "citation with a place": construct("⟦It was read ⟧[⟦see⟧ @⟨naturalist⟩, ⟦chap. five⟧]⟦ then.⟧", adds=True),
    "citation of two": construct("⟦It was read ⟧[@⟨naturalist⟩, ⟦chap. five⟧; ⟦but see⟧ @⟨naturalist⟩]⟦ then.⟧", adds=True),
    "character by name": construct("⟦Dusk ⟧&⟨amp⟩;⟦ dawn.⟧", adds=True),
    "backslash": construct("⟦Dusk ⟧\\*⟦ dawn.⟧"),
    "quotation marks": construct("⟦He said ⟧\"⟦late, ⟧'⟦so⟧'\"⟦ then.⟧"),
    # Emendations
    "replacement": construct("⟦It was ⟧{~~⟨lote⟩~>⟦late⟧~~}{>>⟦Misprint.⟧<<}⟦ then.⟧", "It was lote then."),
    "addition": construct("⟦It was ⟧{++⟦so ⟧++}{>>⟦Left out.⟧<<}⟦late then.⟧", "It was late then."),
    "deletion": construct("⟦It was ⟧{--⟨was ⟩--}{>>⟦Written twice.⟧<<}⟦late then.⟧", "It was was late then."),
    "join": construct("⟦It was late, ⟧{--¶--}{>>⟦It runs on.⟧<<}⟦ and so.⟧", "It was late,\n\nand so."),
    "emended heading": construct("## {++⟦The house⟧++}{>>⟦Not in it.⟧<<}", ""),
    "emphasis around an emendation": construct("*{~~⟨lote⟩~>⟦late⟧~~}{>>⟦Misprint.⟧<<}*⟦ then.⟧", "lote then."),
    "two emendations": construct("⟦It ⟧{--⟨was⟩--}{>>⟦No.⟧<<}{++⟦is⟧++}{>>⟦Yes.⟧<<}⟦ late.⟧", "It was late."),
}  # fmt: skip

LONG = 20_000
VALUES: dict[str, str] = {
    "nothing": "",
    "spaces": "   ",
    "two lines": "two\nlines",
    "two paragraphs": "two\n\nparagraphs",
    "NUL": "a\0b",
    "control": "a\x07b",
    "escape": "a\x1b[31mb",
    "not a character": "a\uffffb",
    "tab": "a\tb",
    "right to left": "שלום עולם",
    "right to left marks": "\u202eabc\u202c \u2067x\u2069",
    "cjk": "夜の庭。",
    "combining": "Z\u0338\u0351\u034a" * 9,
    "combining first": "\u0301a",
    "emoji": "👩🏽‍🚀🏳️‍🌈",
    "other spaces": "a\u00a0\u2003b\u200bc\ufeffd",
    "separators": "a\u2028b\u2029c\u0085d\x0ce",
    "long": "word " * (LONG // 5),
    "unbreakable": "x" * LONG,
    "number": "99999999999999999999",
    "jinja": "{{ 7 * 7 }}{% raw %}",
    "quotation marks": '\'a" "b\' "',
    "brackets": "[a]] [[b",
    "braces": "{a}} {{b",
    "backslash": "a\\",
    "bar": "a|b",
    "stars": "a* **b _c",
    "backticks": "a` ``b",
    "colons": "a\n::: \nb",
    "html": "<b>a</b> <!-- b",
    "character by name": "&amp; &#0; &#x110000; &nothing;",
    "address": "../../etc/passwd",
}
# Values that are more than words, or that no text has: what is printed of them is not compared.
NOT_WORDS = {
    f"value: {name}"
    for name in (
        "NUL", "control", "escape", "not a character", "separators",
        "two lines", "two paragraphs", "character by name", "html", "colons",
        "jinja", "braces", "brackets", "stars", "backticks",
        "backslash",
    )
}  # fmt: skip

Spoil = Callable[[Construct], Iterator[Construct]]


def values(name: str) -> Spoil:
    """Another value in each part of a construct."""
    value = VALUES[name]

    def spoil(one: Construct) -> Iterator[Construct]:
        for number in one.numbers("printed", "kept"):
            yield one.changed(number, Piece(value, one.pieces[number].kind))

    return spoil


def signs(change: Callable[[str], str]) -> Spoil:
    """Other signs in the place of each of a construct."""

    def spoil(one: Construct) -> Iterator[Construct]:
        for number in one.numbers("signs"):
            yield one.changed(number, Piece(change(one.pieces[number].text)))

    return spoil


def around(prefix: str, rest: str | None = None) -> Spoil:
    """The construct with a prefix before its first line and another before each other line."""

    def spoil(one: Construct) -> Iterator[Construct]:
        other = prefix if rest is None else rest
        lined = tuple(Piece(piece.text.replace("\n", f"\n{other}"), piece.kind) for piece in one.pieces)
        yield Construct((Piece(prefix), *lined), one.witness, one.adds)

    return spoil


def lines_before(text: str) -> Spoil:
    """The construct at once behind a line of text."""

    def spoil(one: Construct) -> Iterator[Construct]:
        witness = None if one.witness is None else text + one.witness
        yield Construct((Piece(text, "printed"), *one.pieces), witness, one.adds)

    return spoil


def in_itself(depth: int) -> Spoil:
    """The construct in its own first printed part, so many times."""

    def spoil(one: Construct) -> Iterator[Construct]:
        for number in one.numbers("printed")[:2]:
            begin, end = one.pieces[:number], one.pieces[number + 1 :]
            pieces = (*begin * depth, one.pieces[number], *end * depth)
            yield Construct(pieces, None if one.witness is None else "", one.adds)

    return spoil


def twice(between: str) -> Spoil:
    """The construct two times."""

    def spoil(one: Construct) -> Iterator[Construct]:
        witness = None if one.witness is None else one.witness + between + one.witness
        yield Construct((*one.pieces, Piece(between), *one.pieces), witness, one.adds)

    return spoil


def inside(other: str) -> Spoil:
    """The construct in the place of each printed part of another. What stands in an emendation is text, and printed as it is typed."""
    outer = CONSTRUCTS[other]
    as_typed = outer.adds or outer.witness is not None

    def spoil(one: Construct) -> Iterator[Construct]:
        for number in outer.numbers("printed"):
            witness = None if one.witness is None and outer.witness is None else ""
            yield Construct(outer.changed(number, *one.pieces).pieces, witness, one.adds or as_typed)

    return spoil


SPOILS: dict[str, Spoil] = {
    **{f"value: {name}": values(name) for name in VALUES},
    "signs: missing": signs(lambda _: ""),
    "signs: first missing": signs(lambda text: text[1:]),
    "signs: last missing": signs(lambda text: text[:-1]),
    "signs: twice": signs(lambda text: text * 2),
    "signs: spaced": signs(" ".join),
    "place: in a quotation": around("> "),
    "place: in a list": around("- ", "  "),
    "place: in a heading": around("## "),
    "place: indented a little": around("  "),
    "place: without its empty line": lines_before("So:\n"),
    "twice: adjoining": twice(""),
    "twice: in a line": twice(" "),
    "twice: apart": twice("\n\n"),
    "in itself": in_itself(2),
    "deep in itself": in_itself(150),
    **{f"inside: {name}": inside(name) for name in CONSTRUCTS},
}
