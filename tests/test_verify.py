"""A downloaded release, held against its sums and against what its source makes."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest

from publish import cli, pipeline
from publish.errors import NoProject
from publish.model import Artifact, Project
from publish.release import write_files
from publish.release.verify import Checked, check_sums, compare
from publish.tagged import _extract

BRIEF = Path(__file__).parent / "books" / "brief"


def wrong(folder: Path) -> dict[str, str]:
    return {one.name: one.wrong for one in check_sums(folder) if one.wrong}


@pytest.fixture
def release(tmp_path: Path) -> Path:
    folder = tmp_path / "release"
    write_files(folder, {"a.epub": b"one", "b.pdf": b"two"})
    return folder


def test_a_release_as_it_was_made_is_whole(release: Path) -> None:
    assert check_sums(release) == (Checked("a.epub"), Checked("b.pdf"))
    assert cli.main(["verify", str(release)]) == 0


def test_each_file_that_is_wrong_is_told(release: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (release / "a.epub").write_bytes(b"other")
    (release / "b.pdf").unlink()
    (release / "c.pdf").touch()
    assert cli.main(["verify", str(release)]) == 1
    assert capsys.readouterr().out == (
        "a.epub: changed: it has another sum\nb.pdf: missing\nc.pdf: not in SHA256SUMS\n3 files, 3 wrong\n"
    )


def test_a_link_or_a_folder_is_no_file(release: Path, tmp_path: Path) -> None:
    shutil.move(release / "a.epub", tmp_path / "a.epub")
    (release / "a.epub").symlink_to(tmp_path / "a.epub")
    (release / "b.pdf").unlink()
    (release / "b.pdf").mkdir()
    assert wrong(release) == {"a.epub": "no file", "b.pdf": "no file"}


@pytest.mark.parametrize(
    "line", [f"{'0' * 64}  ../precious", f"{'0' * 64}  /etc/passwd", "nonsense", f"{'0' * 63}  a.epub", ""]
)
def test_sums_that_are_none_are_refused(line: str, release: Path) -> None:
    (release / "SHA256SUMS").write_text(f"{line}\n")
    with pytest.raises(NoProject, match="SHA256SUMS has a line that is no sum and name of a file"):
        check_sums(release)


def test_without_sums_there_is_no_release(tmp_path: Path) -> None:
    with pytest.raises(NoProject, match=r"there is no release to verify: .*SHA256SUMS cannot be read"):
        check_sums(tmp_path)
    (tmp_path / "SHA256SUMS").touch()
    with pytest.raises(NoProject, match=r"there is no release to verify: .*SHA256SUMS names no file"):
        check_sums(tmp_path)


def packed(**members: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return file.getvalue()


def test_where_a_file_differs_is_told(release: Path) -> None:
    (release / "a.epub").write_bytes(packed(mimetype="m", essay="words", notes="n"))
    made = [
        Artifact("a.epub", "epub", "", packed(mimetype="m", essay="other words", notes="n")),
        Artifact("b.pdf", "screen", "", b"twin"),
        Artifact("c.pdf", "screen", "", b""),
    ]
    assert list(compare(release, made)) == [
        Checked("a.epub", "differs from what the source makes, first in essay"),
        Checked("b.pdf", "differs from what the source makes, from byte 2 on"),
        Checked("c.pdf", "made from the source, but not in the release"),
    ]


def test_what_is_no_e_book_any_more_is_told_by_its_bytes(release: Path) -> None:
    made = Artifact("a.epub", "epub", "", packed(mimetype="m"))
    assert list(compare(release, [made])) == [Checked("a.epub", "differs from what the source makes, from byte 0 on")]


def test_an_e_book_with_any_byte_damaged_is_told(release: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("essay", "some words and some more words, " * 9)
        archive.writestr("notes", "".join(map(chr, range(32, 512))))
    made = Artifact("a.epub", "epub", "", file.getvalue())
    for at, byte in enumerate(made.data):
        for changed in (0, byte ^ 1, byte ^ 0xFF):
            damaged = made.data[:at] + bytes([changed]) + made.data[at + 1 :]
            if damaged != made.data:
                (release / "a.epub").write_bytes(damaged)
                [checked] = compare(release, [made])
                assert checked.wrong.startswith("differs from what the source makes, "), at


# ------------------------------------------------------------------------------------------------------------ from the source


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["/usr/bin/env", "git", "-C", str(folder), *identity, *arguments], check=True, capture_output=True)


@pytest.fixture(scope="module")
def tagged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a book, made into build/ and tagged, and changed since."""
    folder = tmp_path_factory.mktemp("source")
    for part in ("book", "styles"):
        shutil.copytree(BRIEF / part, folder / part)
    pipeline.build(Project.at(folder), validate=False)
    git(folder, "init", "--quiet")
    git(folder, "add", "book", "styles")
    git(folder, "commit", "--quiet", "--message=A release")
    git(folder, "tag", "v1")
    facts = folder / "book" / "book.yaml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("title: ", "title: Not "), encoding="utf-8")
    return folder


def test_a_release_is_made_anew_from_its_tag(tagged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["verify", str(tagged / "build"), "--source", str(tagged), "--tag", "v1"]) == 0
    assert capsys.readouterr().out.endswith("none wrong, made anew and compared\n")


def test_what_lies_in_the_folder_now_makes_other_files(tagged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["verify", str(tagged / "build"), "--source", str(tagged), "--quiet"]) == 1
    said = capsys.readouterr().out
    assert "brief-1.0.0.epub: differs from what the source makes, first in EPUB/" in said
    assert "brief-1.0.0.pdf: differs from what the source makes, from byte " in said


@pytest.mark.parametrize("tag", ["v2", "--output=stolen"])
def test_a_tag_that_is_not_there_is_told(tag: str, tagged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["verify", str(tagged / "build"), "--source", str(tagged), f"--tag={tag}"]) == 2
    assert f"has no book/ and styles/ at “{tag}”" in capsys.readouterr().err
    assert not (tagged / "stolen").exists()


def test_a_tag_needs_a_source(tagged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["verify", str(tagged / "build"), "--tag", "v1"]) == 2
    assert "--source" in capsys.readouterr().err


def test_a_source_with_errors_is_told_at_its_line(tagged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = tagged / "book" / "book.yaml"
    before = facts.read_text(encoding="utf-8")
    facts.write_text(f"{before}titel: Twice\n", encoding="utf-8")
    try:
        assert cli.main(["verify", str(tagged / "build"), "--source", str(tagged)]) == 1
    finally:
        facts.write_text(before, encoding="utf-8")
    assert f"book/book.yaml:{before.count(chr(10)) + 1}:1: error[unknown-key]" in capsys.readouterr().out


def test_a_source_is_made_within_limits(tagged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    verify = ["verify", str(tagged / "build"), "--source", str(tagged), "--tag", "v1"]
    assert cli.main([*verify, "--limit", "pages=1"]) == 1
    assert "error[too-large]" in capsys.readouterr().out


def test_a_source_is_made_with_the_styles_that_are_named(tagged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    verify = ["verify", str(tagged / "build"), "--source", str(tagged), "--tag", "v1", "--styles"]
    assert cli.main([*verify, str(BRIEF / "styles")]) == 0
    assert cli.main([*verify, str(tagged / "none")]) == 2
    assert "there is no folder" in capsys.readouterr().err


def test_of_a_tag_only_what_stays_in_its_folder_is_taken_out(tmp_path: Path) -> None:
    """A repository of somebody else may hold anything; on any Python, also on one without a filter of its own (PEP 706)."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, kind, target in (
            ("book/book.yaml", tarfile.REGTYPE, ""),
            ("book/text", tarfile.SYMTYPE, "../styles"),
            ("styles", tarfile.DIRTYPE, ""),
            ("styles/out", tarfile.SYMTYPE, "../../elsewhere"),
            ("styles/root", tarfile.SYMTYPE, "/etc"),
            ("../escaped", tarfile.REGTYPE, ""),
            ("/escaped", tarfile.REGTYPE, ""),
            ("styles/here", tarfile.SYMTYPE, "."),
            ("styles/up", tarfile.SYMTYPE, "here/../../../elsewhere"),
            ("book/device", tarfile.CHRTYPE, ""),
            ("book/hard", tarfile.LNKTYPE, "book/book.yaml"),
        ):
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, target
            archive.addfile(member)
    place = tmp_path / "place"
    place.mkdir()
    packed.seek(0)
    with tarfile.open(fileobj=packed) as archive:
        _extract(archive, place)
    assert sorted(str(one.relative_to(tmp_path)) for one in tmp_path.rglob("*")) == [
        "place", "place/book", "place/book/book.yaml", "place/book/text", "place/styles", "place/styles/here",
    ]  # fmt: skip
