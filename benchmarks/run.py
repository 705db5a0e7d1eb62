"""Time and memory of the build against bare WeasyPrint and pandoc on the same text, interleaved in one run.

    ./run benchmark                      the book ×1, ×10 and ×100; writes benchmarks/RESULTS.md
    ./run benchmark -- --times 1 10      only these
    ./run benchmark -- --rounds 5        rounds at ×1 (fewer for the longer ones)

Every figure is of a whole process, start-up included: the median of the wall times, and the largest resident memory.
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
from dataclasses import dataclass
from pathlib import Path

import pypandoc
import yaml

from publish.load import load_book
from publish.make.cover import draw_cover
from publish.make.pdf_press import page_geometry
from publish.model import Project
from publish.pipeline import settle, silent
from publish.render import render_print

HERE = Path(__file__).parent
ROOT = HERE.parent
BARE_WEASYPRINT = HERE / "bare_weasyprint.py"


@dataclass(frozen=True, slots=True)
class Contender:
    """A command to be timed, and the one that it is measured against."""

    name: str
    command: tuple[str, ...]
    against: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """What one contender took: the median wall time in seconds, the peak resident memory in MiB."""

    seconds: float
    memory: float


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--times", type=int, nargs="+", default=[1, 10, 100])
    options.add_argument("--rounds", type=int, default=5)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        results = {times: measured(times, chosen.rounds, Path(scratch) / str(times)) for times in chosen.times}
    report = "\n".join(told(results))
    (HERE / "RESULTS.md").write_text(report, encoding="utf-8")
    print(report)


def measured(times: int, rounds: int, folder: Path) -> dict[str, tuple[Contender, Figure]]:
    """Time every contender on the book with its essay repeated; each round runs them all in turn."""
    project = repeated(folder, times)
    contenders = contenders_for(project, folder)
    rounds = max(1, rounds // times) if times > 1 else rounds
    runs: dict[str, list[Figure]] = {one.name: [] for one in contenders}
    for number in range(rounds):
        for one in contenders:
            runs[one.name].append(timed(one.command))
            print(
                f"×{times} round {number + 1}/{rounds} {one.name}: {runs[one.name][-1].seconds:.2f} s", file=sys.stderr
            )
    return {
        one.name: (
            one,
            Figure(statistics.median(run.seconds for run in runs[one.name]), max(run.memory for run in runs[one.name])),
        )
        for one in contenders
    }


def contenders_for(project: Project, folder: Path) -> tuple[Contender, ...]:
    publish = str(Path(sys.executable).with_name("publish"))
    build = (publish, "build", str(project.root), "--no-validation", "--quiet")
    bare = (sys.executable, str(BARE_WEASYPRINT), str(folder / "html"))
    markdown = folder / "plain.md"
    pandoc = (
        pypandoc.get_pandoc_path(),
        str(markdown),
        "-o",
        str(folder / "pandoc.epub"),
        "--metadata=title:Benchmark",
    )
    lay_bare(project, folder / "html", markdown)
    return (
        Contender("pandoc, EPUB", pandoc),
        Contender("publish --only epub", (*build, "--only", "epub"), "pandoc, EPUB"),
        Contender("WeasyPrint, bare", bare),
        Contender("publish --only screen", (*build, "--only", "screen"), "WeasyPrint, bare"),
        Contender("publish, all outputs", build, "WeasyPrint, bare"),
    )


def timed(command: tuple[str, ...]) -> Figure:
    """Run a command to its end; raises `CalledProcessError` if it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Figure(seconds, usage.ru_maxrss / 1024)  # Linux tells it in KiB


def repeated(folder: Path, times: int) -> Project:
    """A copy of the book whose edited text comes `times` times, each time as a file of its own."""
    for part in ("book", "styles"):
        shutil.copytree(ROOT / part, folder / part)
    described = folder / "book/book.yaml"
    book = yaml.load(described.read_text(encoding="utf-8"), yaml.BaseLoader)  # as the build does: every value is text
    (place,) = (number for number, page in enumerate(book["contents"]) if page.get("witness"))
    page = book["contents"][place]
    text = (folder / "book" / page["file"]).read_text(encoding="utf-8")
    for number in range(2, times + 1):
        name = page["file"].replace(".md", f"-{number}.md")
        copy = re.sub(r"\{#([a-z0-9-]+)\}", rf"{{#\1-{number}}}", text)
        (folder / "book" / name).write_text(copy, encoding="utf-8")
        book["contents"].insert(place + number - 1, {**page, "file": name})
    described.write_text(yaml.safe_dump(book, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return Project.at(folder)


def lay_bare(project: Project, folder: Path, markdown: Path) -> None:
    """Write what the rivals get: the very HTML that is laid out, with its styles, and the text as plain Markdown."""
    book, report = load_book(project)
    if book is None:
        raise SystemExit("\n".join(map(str, report)))
    cover = draw_cover(book, book.editions[0].trim)
    layout = settle(book, cover, silent)
    (document,) = render_print(book, cover, layout.pagination).documents
    shutil.copytree(project.styles, folder)
    (folder / "book.html").write_text(document.xhtml, encoding="utf-8")
    (folder / "page.css").write_text(page_geometry(book.editions[0]), encoding="utf-8")
    (folder / "cover.svg").write_text(cover.svg, encoding="utf-8")
    for image in book.images:
        (folder / image.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / image.path).write_bytes(image.data)
    markdown.write_text("\n\n".join(plain_markdown(project)), encoding="utf-8")


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


def told(results: dict[int, dict[str, tuple[Contender, Figure]]]) -> Iterable[str]:
    yield "# Benchmarks\n"
    yield f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.machine()}. Whole processes, in turn; medians.\n"
    yield "| book | command | seconds | × its rival | peak MiB |"
    yield "|---|---|---:|---:|---:|"
    for times, figures in results.items():
        for name, (one, figure) in figures.items():
            ratio = f"{figure.seconds / figures[one.against][1].seconds:.2f} × {one.against}" if one.against else ""
            yield f"| ×{times} | {name} | {figure.seconds:.2f} | {ratio} | {figure.memory:.0f} |"


if __name__ == "__main__":
    main()
