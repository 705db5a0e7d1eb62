"""The screen PDF, read back from its bytes in the order of its structure tree.

So in the order in which it is read aloud, across the turns of the pages; running heads and folios are artifacts and no part of it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import pikepdf

from publish.model import Artifact
from publish.prove.pdf_content import Interpreter, PageText, Run
from publish.prove.pdf_fonts import Font
from publish.prove.reading import LINE_END, Jump, Reading, Recorder, Unreadable
from publish.prove.reasons import reason
from publish.prove.words import PAGE_REFERENCE, normal, note_call

# Structure types whose words go on in the line around them (ISO 32000-1, 14.8.4.4); every other one stands on lines of its own.
IN_LINE = frozenset({"Span", "Quote", "Link", "Annot", "Code", "Reference", "BibEntry", "NonStruct", "Note"})
NAMED = frozenset({"Sect", "P", "H1", "Lbl"})  # those that keep the id of their element as /ID
PICTURES = frozenset(
    {"Figure", "Formula"}
)  # read aloud by their alternative text: the words in a picture are not the text
SPACE = 0.1  # of the letters' height: a wider gap between two runs of a line is a space


def read_pdf(artifact: Artifact, wanted: Mapping[str, str], page_label: str) -> Reading:
    """Reads the wanted passages, whose kinds are given by id, and where the pages begin in them.

    `page_label` is what stands before a page number in a cross-reference ("p."). Raises `Unreadable` when the file is no PDF, or not
    tagged.
    """
    try:
        with pikepdf.open(io.BytesIO(artifact.data)) as pdf:
            return _read(pdf, wanted, page_label)
    except (pikepdf.PdfError, KeyError, AttributeError, TypeError, ValueError, IndexError) as error:
        raise Unreadable(f"{artifact.name} cannot be read as a tagged PDF: {reason(error)}") from error


def _read(pdf: pikepdf.Pdf, wanted: Mapping[str, str], page_label: str) -> Reading:
    if "/StructTreeRoot" not in pdf.Root:
        raise Unreadable("the PDF has no structure tree")
    labels = page_labels(pdf)
    recorder = Recorder(wanted)
    reader = _Reader(Places.of(pdf, labels), read_pages(pdf), recorder, page_label)
    reader.walk(pdf.Root.StructTreeRoot)
    reader.turn_to(len(labels) - 1)
    note_pages = {name: tuple(pages) for name, pages in reader.note_pages.items()}
    return replace(recorder.reading(), jumps=tuple(reader.jumps), index=reader.index, note_pages=note_pages)


def read_pages(pdf: pikepdf.Pdf) -> list[PageText]:
    """The text that each page draws."""
    fonts: dict[tuple[int, int], Font] = {}
    return [Interpreter(fonts).read(page) for page in pdf.pages]


def page_labels(pdf: pikepdf.Pdf) -> list[str]:
    """The label of each page: its number where the file gives none."""
    return [str(page.label) for page in pdf.pages]


@dataclass(frozen=True, slots=True)
class Places:
    """Which page an object is, and which page a named destination leads to, as indices."""

    pages: Mapping[tuple[int, int], int]
    names: Mapping[str, Any]
    labels: list[str]

    @classmethod
    def of(cls, pdf: pikepdf.Pdf, labels: list[str]) -> Places:
        pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        names = pdf.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
        return cls(pages, _destinations(names) if names is not None else {}, labels)

    def name_of(self, annotation: pikepdf.Object) -> str:
        """The id that a link leads to; "" if it leads to none."""
        target = _target(annotation)
        return str(target) if isinstance(target, pikepdf.String) else ""

    def page_label_of(self, annotation: pikepdf.Object) -> str:
        """The label of the page that a link leads to; "" if it leads out of the book."""
        target = _target(annotation)
        if isinstance(target, pikepdf.String):
            target = self.names.get(str(target))
        if isinstance(target, pikepdf.Dictionary):
            target = target.get("/D")
        if not isinstance(target, pikepdf.Array):
            return ""
        index = self.pages.get(target[0].objgen)
        return "" if index is None else self.labels[index]


def _target(annotation: pikepdf.Object) -> Any:  # noqa: ANN401 - a name or a destination
    target = annotation.get("/Dest")
    action = annotation.get("/A")
    return action.get("/D") if target is None and action is not None else target


def _destinations(names: pikepdf.Object) -> dict[str, Any]:
    return {str(name): target for name, target in pikepdf.NameTree(names).items()}


Placed: TypeAlias = tuple[int, Run]  # a run, after the index of its page


@dataclass(slots=True)
class _Reader:
    """Walks the structure tree and takes down the words, and where a page is turned in them."""

    places: Places
    pages: list[PageText]
    recorder: Recorder
    page_label: str
    turned: int = -1  # the index of the page that was begun last
    in_note: str = ""  # the id of the note that is being read
    last: Placed | None = None  # the run before, if it stands in the same block
    jumps: list[Jump] = field(default_factory=list)
    index: dict[str, str] = field(default_factory=dict)
    note_pages: dict[str, list[str]] = field(default_factory=dict)

    def walk(self, element: pikepdf.Object, page: int | None = None) -> None:
        """Takes down an element; `page` is the index of the page that the element around it names."""
        kind = str(element.get("/S", "")).removeprefix("/")
        if kind == "Lbl" and self.recorder.kind_of(str(element.get("/ID", ""))) != "row":
            return  # the number or bullet of an item, the number of a note: made by the styles; the head of a glossary entry
        if kind in IN_LINE:
            self._in_line(element, kind, page)
            return
        self.recorder.text("\n")
        self.last = None
        if kind not in PICTURES:
            self._named(element, kind, page)
        self.recorder.text("\n")
        self.last = None

    def turn_to(self, page: int) -> None:
        """Takes down that this page begins, and any before it that has no words."""
        for index in range(self.turned + 1, page + 1):
            self.recorder.mark(self.places.labels[index])
        self.turned = max(self.turned, page)

    # ---------------------------------------------------------------------------------------------------- elements

    def _in_line(self, element: pikepdf.Object, kind: str, page: int | None) -> None:
        if kind == "Note":
            self._note(element, page)
        elif kind == "Span" and self.recorder.kind_of(name := str(element.get("/ID", ""))) == "reason":
            self._aside(element, name, page)
        elif kind == "Reference":
            self._call(self._runs_in(element, page))
        elif kind == "Link":
            self._link(element, page)
        elif "/ActualText" in element:
            self._take(self._runs_in(element, page), str(element["/ActualText"]))
        else:
            self._kids(element, page)

    def _link(self, element: pikepdf.Object, page: int | None) -> None:
        """A link; its words are what they are, unless they say nothing but the page that it leads to."""
        runs = self._runs_in(element, page)
        words = self._line(runs)
        annotation = next((kid["/Obj"] for kid in _kids(element) if not isinstance(kid, int) and "/Obj" in kid), None)
        label = self.places.page_label_of(annotation) if annotation is not None else ""
        if annotation is not None and label:
            self.jumps.append(Jump(words, self.places.name_of(annotation), (label,), self.recorder.page))
        if label and words.split() == [*self.page_label.split(), label]:
            self._take(runs, PAGE_REFERENCE)
        else:
            self._kids(element, page)

    def _call(self, runs: list[Placed]) -> None:
        if number := "".join(run.text for _, run in runs).strip():
            self.recorder.close_by(note_call(number))
            self.last = runs[-1]

    def _note(self, element: pikepdf.Object, page: int | None) -> None:
        """A note stands at the foot of its page; the text around its call goes on as if it were not there."""
        last, self.last, self.in_note = self.last, None, str(element.get("/ID", ""))
        self._aside(element, self.in_note, page)
        self.last, self.in_note = last, ""

    def _aside(self, element: pikepdf.Object, name: str, page: int | None) -> None:
        self.recorder.begin(name)
        self._kids(element, page)
        self.recorder.end_aside()

    def _named(self, element: pikepdf.Object, kind: str, page: int | None) -> None:
        name = str(element.get("/ID", "")) if kind in NAMED else ""
        if name.startswith("index-"):
            self.index[name] = self._line(self._runs_in(element, page))
        if not name or (self.recorder.kind_of(name) is None and not self.recorder.is_outside):
            self._kids(element, page)
            return
        self.recorder.begin(name)
        self._kids(element, page, made=_list_in(element) if self.recorder.kind_of(name) == "list" else None)
        self.recorder.end()

    # ----------------------------------------------------------------------------------------------------- content

    def _kids(self, element: pikepdf.Object, page: int | None, made: pikepdf.Object | None = None) -> None:
        """What stands in the element; of the list `made` by the machine only the passages of the source."""
        page = self._page(element, page)
        for kid in _kids(element):
            if _is_content(kid):
                for placed in self._content(kid, page):
                    self._take([placed])
            elif made is not None and kid == made:
                self.recorder.begin("")
                self.walk(kid, page)
                self.recorder.end()
            else:
                self.walk(kid, page)

    def _runs_in(self, element: pikepdf.Object, page: int | None) -> list[Placed]:
        """Every run under the element, with its page."""
        page = self._page(element, page)
        found: list[Placed] = []
        for kid in _kids(element):
            found += self._content(kid, page) if _is_content(kid) else self._runs_in(kid, page)
        return found

    def _content(self, kid: Any, page: int | None) -> list[Placed]:  # noqa: ANN401 - a number or a dictionary
        """The runs of a marked-content sequence, told by its number or by a reference with a page."""
        if not isinstance(kid, int):
            if "/MCID" not in kid:
                return []  # a reference to an annotation
            kid, page = int(kid["/MCID"]), self._page(kid, page)
        return [] if page is None else [(page, run) for run in self.pages[page].marked.get(kid, ())]

    def _page(self, element: pikepdf.Object, page: int | None) -> int | None:
        own = element.get("/Pg")
        return page if own is None else self.places.pages[own.objgen]

    def _take(self, runs: list[Placed], text: str | None = None) -> None:
        """Takes down runs, or the text that stands for them, after whatever parts them from the words before."""
        runs = [placed for placed in runs if not self.pages[placed[0]].is_beyond(placed[1])]
        if not runs:
            return
        label = self.places.labels[runs[0][0]]
        if not self.in_note:
            self.turn_to(runs[0][0])
        elif label not in self.note_pages.setdefault(self.in_note, []):
            self.note_pages[self.in_note].append(label)
        said = "".join(run.text for _, run in runs) if text is None else text
        self.recorder.text(_between(self.last, runs[0]))
        self.recorder.text(f"{said[:-1]}\u2010" if said.endswith("\u00ad") else said)
        self.last = runs[-1]

    def _line(self, runs: list[Placed]) -> str:
        """The words of a line of the index, which may be turned over."""
        joints = (_between(last, now) for last, now in zip([None, *runs], runs, strict=False))
        said = "".join(f"{joint}{run.text}" for joint, (_, run) in zip(joints, runs, strict=True))
        return " ".join(normal(said).split())


def _between(last: Placed | None, now: Placed) -> str:
    """What parts two runs of a block: nothing, a space, or the end of a line.

    A run is on the line of the one before if it stands to the right of it and their letters (a fifth of the size below the baseline,
    seven tenths above) share some height; so a raised number is, and a line below is not.
    """
    if last is None:
        return ""
    (page, before), (on, run) = last, now
    foot = max(before.baseline - 0.2 * before.size, run.baseline - 0.2 * run.size)
    head = min(before.baseline + 0.7 * before.size, run.baseline + 0.7 * run.size)
    if page != on or foot >= head or run.left < before.left:
        return LINE_END
    return " " if run.left - before.right > SPACE * max(run.size, before.size) else ""


def _kids(element: pikepdf.Object) -> Iterator[Any]:
    kids = element.get("/K", ())
    return iter(kids if isinstance(kids, pikepdf.Array) else (kids,))


def _elements(element: pikepdf.Object) -> list[pikepdf.Object]:
    return [kid for kid in _kids(element) if not _is_content(kid)]


def _list_in(page: pikepdf.Object) -> pikepdf.Object | None:
    """The list that the machine has put behind the words of a page: the last thing on it."""
    return next((kid for kid in reversed(_elements(page)) if kid.get("/S") in {"/L", "/Div"}), None)


def _is_content(kid: Any) -> bool:  # noqa: ANN401 - a number or a dictionary
    return isinstance(kid, int) or kid.get("/Type") in {"/MCR", "/OBJR"}
