"""The e-book alone is the same, and so is what is said of it, on one processor or two, and by whichever process its parts are made."""

from __future__ import annotations

import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GARDEN = ROOT / "tests" / "books" / "garden"
PROGRAM = """
import os, sys
processors, long = int(sys.argv.pop(1)), int(sys.argv.pop(1))
os.sched_getaffinity = lambda _: set(range(processors))
forks, fork = [], os.fork
os.fork = lambda: forks.append("fork") or fork()
from publish import ebook_alone
from publish.load import contents
ebook_alone._LONG = contents._LONG = long
from publish.cli import main
status = main()
sys.stdout.flush()
print(len(forks), file=sys.stderr)
sys.exit(status)
"""
EVER, NEVER = 0, 1_000_000_000  # bytes from which on a book is long
WAYS = [(1, NEVER), (2, NEVER), (2, EVER)]
FORKS = [
    0,
    2,
    2,
]  # a short book is loaded alongside the imports, of a long one half is parsed alongside; each is checked alongside


def build(
    folder: Path, processors: int, long: int, *more: str, program: str = PROGRAM
) -> subprocess.CompletedProcess[str]:
    command = ["build", str(folder), "--styles", str(ROOT / "styles"), "--only", "epub", "--no-validation", *more]
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", program, str(processors), str(long), *command],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    return shutil.copytree(GARDEN, tmp_path / "garden")


def test_it_is_the_same_on_one_processor_and_on_two(garden: Path) -> None:
    made, said, forks = set(), set(), []
    for processors, long in WAYS:
        done = build(garden, processors, long, "--notes")
        assert done.returncode == 0
        said.add(done.stdout)
        forks.append(int(done.stderr))
        [file] = (garden / "build").glob("*.epub")
        made.add(sha256(file.read_bytes()).hexdigest())
    assert forks == FORKS
    assert len(made) == len(said) == 1


WRONG = {
    "a note that is called and not written": ("a [^nobody] call", ["note-undefined"]),
    "a reference to nowhere, and a term that is none": ("[](#nowhere) and [words]{term=nothing}", ["unknown-reference", "unknown-term"]),
    "a picture that is not there": ("\n![It shows a moth.](images/none.png)", ["image-missing"]),
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_a_book_with_errors_is_told_them_by_every_way(garden: Path, wrong: str) -> None:
    words, rules = WRONG[wrong]
    introduction = garden / "book" / "text" / "introduction.md"
    introduction.write_text(f"{introduction.read_text('utf-8')}\n{words}\n", "utf-8")
    said = set()
    for processors, long in WAYS:
        done = build(garden, processors, long, "--format", "github")
        assert done.returncode == 1
        assert done.stderr.strip().isdigit()  # the forks, and no traceback
        said.add(done.stdout)
    [told] = said
    assert [rule for rule in rules if rule not in told] == []
    assert not (garden / "build").exists()


def test_where_there_is_no_book_it_is_said_by_every_way(tmp_path: Path) -> None:
    for processors, long in WAYS:
        done = build(tmp_path, processors, long)
        assert done.returncode == 2
        assert "there is no book here" in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("module", "name"), [("load", "load_book"), ("check", "RULES"), ("render.ebook", "take_survey")]
)
def test_a_fault_of_the_program_shows_where_it_is_by_every_way(garden: Path, module: str, name: str) -> None:
    spoilt = PROGRAM.replace("status =", f"import publish.{module} as spoilt\nspoilt.{name} = None\nstatus =")
    for processors, long in WAYS:
        done = build(garden, processors, long, program=spoilt)
        assert done.returncode == 1
        assert "TypeError: 'NoneType' object is not" in done.stderr
        assert not (garden / "build").exists()
