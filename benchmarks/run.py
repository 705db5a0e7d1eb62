"""Time and memory of the build against bare WeasyPrint and pandoc on the same text, interleaved in one run.

    ./run benchmark                      the book with its edited text ×1, ×10 and ×100; writes benchmarks/RESULTS.md
    ./run benchmark -- --times 1 10      only these
    ./run benchmark -- --epub 100        of these the EPUB alone: the pages of a very long book take many minutes
    ./run benchmark -- --rounds 5        rounds (of the pages fewer, when the text is long)

Every figure is of a whole process, start-up included: the median of the wall times and of the processor times, and the
largest resident memory. Python's byte code is cached, as it is for any program that was run before.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

import pypandoc  # type: ignore[import-untyped]  # the library has none
import yaml

from publish.model import Project

HERE = Path(__file__).parent
ROOT = HERE.parent
BARE_WEASYPRINT = HERE / "bare_weasyprint.py"

PANDOC, EPUB = "pandoc, EPUB", "publish --only epub"
BARE, SCREEN, ALL = "WeasyPrint, bare", "publish --only screen", "publish, all files"
RIVALS = {EPUB: PANDOC, SCREEN: BARE, ALL: BARE}
# How many times as long as its rival each may take, by how often the text is repeated.
AIMS = {
    EPUB: {1: 1.0, 10: 1 / 1.5, 100: 1 / 3},
    SCREEN: {1: 1.5, 10: 1.5, 100: 1.5},
    ALL: {1: 2.5, 10: 2.5, 100: 2.5},
}
# Some 2,000 pages are more than a stranger's book may have.
UNLIMITED = ("--limit", "time=36000", "--limit", "memory=16000")
LINEAR = 1.2  # how much more time a word may take with the text repeated than at ×1


@dataclass(frozen=True, slots=True)
class Figure:
    """What one run took: wall time and processor time in seconds, peak resident memory in MiB."""

    seconds: float
    busy: float
    memory: float


@dataclass(frozen=True, slots=True)
class Trial:
    """The book at one length: the words of its text, its pages (0 if none were made), and the figures of each command."""

    words: int
    pages: int
    figures: dict[str, Figure] = field(repr=False)

    def ratio(self, name: str) -> float:
        """How often the rival's time goes into that of the command.

        Of pages it is the processor's, for other programs lengthen the wall times of both; of the e-book, at which two processors work, the
        wall time, which is what somebody waits.
        """
        own, rival = self.figures[name], self.figures[RIVALS[name]]
        return own.seconds / rival.seconds if name == EPUB else own.busy / rival.busy


def main() -> None:
    """Measure, write RESULTS.md and print it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--times", type=int, nargs="+", default=[1, 10, 100])
    options.add_argument("--epub", type=int, nargs="*", default=[])
    options.add_argument("--rounds", type=int, default=5)
    chosen = options.parse_args()
    trials: dict[int, Trial] = {}
    report = ""
    with tempfile.TemporaryDirectory() as scratch:
        for times in chosen.times:
            trials[times] = measured(times, chosen.rounds, Path(scratch) / str(times), pages=times not in chosen.epub)
            report = "\n".join((*told(trials), *told_aims(trials), ""))
            # What is measured is told while longer texts are.
            (HERE / "RESULTS.md").write_text(report, encoding="utf-8")
    print(report)


def measured(times: int, rounds: int, folder: Path, *, pages: bool) -> Trial:
    """Time every command on the book with its edited text repeated; each round runs them all in turn."""
    project = repeated(folder, times)
    texts = tuple(plain_markdown(project))
    markdown = folder / "plain.md"
    markdown.write_text("\n\n".join(texts), encoding="utf-8")
    commands, number_of_pages = {}, 0
    if pages:
        number_of_pages = elsewhere(project, folder / "html")
        commands = page_commands(project, folder / "html")
    commands |= epub_commands(
        project, markdown
    )  # behind the others, for the e-book tells the pages that they have found
    environment = cached(folder.parent / "bytecode")
    if times == 1:
        for command in commands.values():  # fills the cache
            timed(command, environment)
    runs: dict[str, list[Figure]] = {name: [] for name in commands}
    for number in range(rounds):
        for name, command in commands.items():
            if RIVALS.get(name, name) == BARE and number >= max(1, rounds // times):
                continue  # these take minutes
            runs[name].append(timed(command, environment))
            print(f"×{times} round {number + 1} {name}: {runs[name][-1].seconds:.2f} s", file=sys.stderr)
    words = sum(len(text.split()) for text in texts)
    return Trial(words, number_of_pages, {name: middle(figures) for name, figures in runs.items()})


def epub_commands(project: Project, markdown: Path) -> dict[str, tuple[str, ...]]:
    """pandoc gets the text alone, ours makes cover, glossary links, list of emendations and embedded fonts as well."""
    made = str(markdown.with_suffix(".epub"))
    return {
        PANDOC: (pypandoc.get_pandoc_path(), str(markdown), "-o", made, "--metadata=title:Benchmark"),
        EPUB: (*build(project), "--only", "epub"),
    }


def page_commands(project: Project, folder: Path) -> dict[str, tuple[str, ...]]:
    """Bare WeasyPrint lays out once what is finished already; ours finds the page numbers that stand in the text."""
    return {
        BARE: (sys.executable, str(BARE_WEASYPRINT), str(folder)),
        SCREEN: (*build(project), "--only", "screen"),
        ALL: build(project),
    }


def build(project: Project) -> tuple[str, ...]:
    publish = Path(sys.executable).with_name("publish")
    return (str(publish), "build", str(project.root), "--no-validation", "--quiet", *UNLIMITED)


def cached(folder: Path) -> dict[str, str]:
    """The environment, with a cache for Python's byte code that no other program changes."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(folder)}


def timed(command: tuple[str, ...], environment: dict[str, str]) -> Figure:
    """Run a command to its end; raises `CalledProcessError` if it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Figure(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)  # Linux tells it in KiB


def middle(figures: list[Figure]) -> Figure:
    """The median of the times, the largest memory."""
    return Figure(
        statistics.median(figure.seconds for figure in figures),
        statistics.median(figure.busy for figure in figures),
        max(figure.memory for figure in figures),
    )


def repeated(folder: Path, times: int) -> Project:
    """A copy of the book whose edited text comes `times` times, each time as a file of its own.

    Editions with a style of their own are left out: they are other layouts, of which bare WeasyPrint is given none.
    """
    for part in ("book", "styles"):
        shutil.copytree(ROOT / part, folder / part)
    described = folder / "book/book.yaml"
    # As the build reads it: every value is text. This loader makes nothing but texts, lists and mappings.
    book = yaml.load(described.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - see above
    (place,) = (number for number, page in enumerate(book["contents"]) if page.get("witness"))
    page = book["contents"][place]
    text = (folder / "book" / page["file"]).read_text(encoding="utf-8")
    for number in range(2, times + 1):
        name = page["file"].replace(".md", f"-{number}.md")
        copy = re.sub(r"\{#([a-z0-9-]+)\}", rf"{{#\1-{number}}}", text)
        (folder / "book" / name).write_text(copy, encoding="utf-8")
        book["contents"].insert(place + number - 1, {**page, "file": name})
    book["editions"] = [edition for edition in book["editions"] if "style" not in edition]
    described.write_text(yaml.safe_dump(book, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return Project.at(folder)


def elsewhere(project: Project, folder: Path) -> int:
    """`lay_bare` in a process of its own: what is timed inherits the peak memory of the process that starts it (getrusage(2))."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(lay_bare, project, folder).result()


def lay_bare(project: Project, folder: Path) -> int:
    """Write what bare WeasyPrint gets: the very HTML that is laid out in the end, with its styles, fonts and pictures.

    Returns the number of its pages.
    """
    from publish.load import load_book
    from publish.make.cover import draw_cover
    from publish.make.pdf_press import page_geometry
    from publish.pipeline import settle, silent
    from publish.render import render_print

    book, report = load_book(project)
    if book is None:
        raise SystemExit("\n".join(map(str, report)))
    cover = draw_cover(book, book.editions[0].trim)
    pagination = settle(book, cover, silent).pagination
    (document,) = render_print(book, cover, pagination).documents
    shutil.copytree(project.styles, folder)
    (folder / "book.html").write_text(document.xhtml, encoding="utf-8")
    (folder / "page.css").write_text(page_geometry(book.editions[0]), encoding="utf-8")
    (folder / "cover.svg").write_text(cover.svg, encoding="utf-8")
    (folder / "back-cover.svg").write_text(cover.back, encoding="utf-8")
    for image in book.images:
        (folder / image.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / image.path).write_bytes(image.data)
    return len(pagination.pages)


def plain_markdown(project: Project) -> Iterable[str]:
    """The same text for pandoc: emendations accepted, notes' names made unique, the glossary as a definition list."""
    described = yaml.safe_load((project.book / "book.yaml").read_text(encoding="utf-8"))
    for page in described["contents"]:
        if "file" in page:
            stem = Path(page["file"]).stem
            text = (project.book / page["file"]).read_text(encoding="utf-8")
            text = re.sub(r"\{~~.*?~>(.*?)~~\}|\{\+\+(.*?)\+\+\}|\{--.*?--\}|\{>>.*?<<\}", r"\1\2", text)
            yield text.replace("[^", f"[^{stem}-")
    if (project.book / "glossary.yaml").is_file():
        yield "# Glossary"
        for entry in yaml.safe_load((project.book / "glossary.yaml").read_text(encoding="utf-8")):
            words = " ".join(entry[key] for key in ("gloss", "role", "fate") if key in entry)
            yield f"{entry['headword']}\n:   {' '.join(words.split())}"


def told(trials: dict[int, Trial]) -> Iterable[str]:
    """The machine and the table."""
    programs = ", ".join(f"{name} {version(name)}" for name in ("publish", "weasyprint", "pypandoc_binary"))
    yield "# Benchmarks\n"
    yield "Written by `./run benchmark`. Whole processes, one at a time and in turn: medians of the times, peak resident memory."
    yield "“Processor” is what the processes were busy in all; where wall times are much longer, other programs ran at the same time."
    yield "The aims of pages are measured by the processor's time, those of the e-book, at which two processors work, by the clock.\n"
    machine = f"{processor()}, {os.cpu_count()} cores, {memory():.0f} GiB, {platform.system()}"
    yield f"{machine}; Python {platform.python_version()}, {programs}.\n"
    for times, trial in trials.items():
        pages = f", {trial.pages} pages" if trial.pages else ""
        yield f"## The book with its edited text ×{times}: {trial.words:,} words{pages}\n"
        if BARE not in trial.figures:
            yield "Only the e-books were timed (`--epub`): the pages of a text of this length take many minutes.\n"
        yield "| command | wall, s | processor, s | peak, MiB | against | wall | processor |"
        yield "|---|---:|---:|---:|---|---:|---:|"
        for name, figure in trial.figures.items():
            yield f"| {name} | {figure.seconds:.2f} | {figure.busy:.2f} | {figure.memory:.0f} | {against(trial, name)} |"
        yield ""


def against(trial: Trial, name: str) -> str:
    """The last cells of a row: the rival, and how often its times go into those of the command."""
    if name not in RIVALS:
        return "| |"
    wall = trial.figures[name].seconds / trial.figures[RIVALS[name]].seconds
    busy = trial.figures[name].busy / trial.figures[RIVALS[name]].busy
    return f"{RIVALS[name]} | × {wall:.2f} | × {busy:.2f}"


def told_aims(trials: dict[int, Trial]) -> Iterable[str]:
    """Whether each aim is reached."""
    yield "## Aims\n"
    yield "Page numbers that stand in the text (glossary, list of emendations) are found by laying out the text; the book is then laid"
    yield "out with them, and once more where they moved pages. Bare WeasyPrint is given the finished numbers and lays out once.\n"
    yield "| aim | measured | reached |"
    yield "|---|---|---|"
    for name, aims in AIMS.items():
        for times, trial in trials.items():
            if name in trial.figures and times in aims:
                aim = f"×{times}: {name} takes at most {aims[times]:.2g} times as long as {RIVALS[name]}"
                yield row(aim, trial.ratio(name), aims[times])
    for times, trial in trials.items():
        for name in RIVALS if times > 1 and 1 in trials else ():
            if name in trial.figures and name in trials[1].figures:
                growth = per_word(trial, name) / per_word(trials[1], name)
                yield row(f"×{times}: {name} takes at most {LINEAR} times as long for a word as at ×1", growth, LINEAR)


def row(aim: str, found: float, most: float) -> str:
    return f"| {aim} | {found:.2f} | {'yes' if found <= most else 'no'} |"


def per_word(trial: Trial, name: str) -> float:
    return trial.figures[name].busy / trial.words


def processor() -> str:
    """The name of the processor, where Linux tells it."""
    facts = Path("/proc/cpuinfo")
    named = re.search(r"model name\s*: (.*)", facts.read_text(encoding="utf-8")) if facts.is_file() else None
    return named[1] if named else platform.machine()


def memory() -> float:
    """The memory of the machine in GiB."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


if __name__ == "__main__":
    main()
