"""Writing the outputs: all of them or none, and what is told about them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from publish.errors import CannotWrite, NoProject
from publish.release import read_files, write_files


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_files_lie_there_with_their_sums(tmp_path: Path) -> None:
    paths = write_files(tmp_path / "build", {"a.epub": b"one", "b.pdf": b"two"})
    assert [path.name for path in paths] == ["a.epub", "b.pdf", "SHA256SUMS"]
    assert (tmp_path / "build/SHA256SUMS").read_text() == (
        f"{hashlib.sha256(b'one').hexdigest()}  a.epub\n{hashlib.sha256(b'two').hexdigest()}  b.pdf\n"
    )
    assert set(contents(tmp_path / "build")) == {"a.epub", "b.pdf", "SHA256SUMS"}


def test_what_is_not_made_any_more_goes_and_what_is_not_ours_stays(tmp_path: Path) -> None:
    write_files(tmp_path, {"old-1.0.epub": b"one"})
    (tmp_path / "notes.txt").write_text("mine")
    write_files(tmp_path, {"old-1.1.epub": b"two"})
    assert set(contents(tmp_path)) == {"old-1.1.epub", "notes.txt", "SHA256SUMS"}


def test_a_part_leaves_the_rest(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.epub": b"one", "b.pdf": b"two"})
    write_files(tmp_path, {"a.epub": b"three"}, complete=False)
    assert contents(tmp_path)["b.pdf"] == b"two"
    assert "b.pdf" in (tmp_path / "SHA256SUMS").read_text()
    assert hashlib.sha256(b"three").hexdigest() in (tmp_path / "SHA256SUMS").read_text()


def test_sums_that_name_something_outside_remove_nothing_there(tmp_path: Path) -> None:
    outside = tmp_path / "precious.txt"
    outside.write_text("mine")
    build = tmp_path / "build"
    build.mkdir()
    (build / "SHA256SUMS").write_text(f"{'0' * 64}  ../precious.txt\n")
    write_files(build, {"a.epub": b"one"})
    assert outside.read_text() == "mine"


def test_a_folder_in_the_way_is_told_and_nothing_changes(tmp_path: Path) -> None:
    write_files(tmp_path / "build", {"a.epub": b"one"})
    before = contents(tmp_path / "build")
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite, match="still whole"):
        write_files(tmp_path / "file", {"a.epub": b"two"})
    assert contents(tmp_path / "build") == before


def test_a_write_that_breaks_off_leaves_the_last_good_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(tmp_path, {"a.epub": b"one", "b.pdf": b"two"})
    before = contents(tmp_path)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("publish.release.swap.os.fsync", full)
    with pytest.raises(CannotWrite, match="No space left"):
        write_files(tmp_path, {"a.epub": b"three", "b.pdf": b"four"})
    assert contents(tmp_path) == before


def test_finished_files_are_known_by_their_names(tmp_path: Path) -> None:
    names = {
        "garden-1.0.epub": ("epub", ""),
        "garden-1.0.pdf": ("screen", ""),
        "garden-1.0-print-half-letter.pdf": ("print", "half-letter"),
        "garden-1.0-booklet-a5-on-a4-flip-short-edge.pdf": ("booklet", "a5"),
        "garden-1.0-wrap-large-print.pdf": ("wrap", "large-print"),
        "garden-1.0-locators.json": ("locators", ""),
    }
    write_files(tmp_path, {**dict.fromkeys(names, b""), "garden-1.0.epub.evidence.json": json.dumps({}).encode()})
    assert {one.name: (one.kind, one.edition) for one in read_files(tmp_path)} == names


def test_nothing_to_judge_is_said_with_the_command_that_makes_it(tmp_path: Path) -> None:
    with pytest.raises(NoProject, match="publish build"):
        read_files(tmp_path)
