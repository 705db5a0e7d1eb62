"""The source of a book as it was when a release was tagged, from its git repository."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from publish.errors import NoProject, ToolMissing
from publish.model import Project
from publish.scratch import scratch

_PARTS = ("book", "styles")


@contextmanager
def tagged(project: Project, tag: str) -> Iterator[Project]:
    """The project with the `book/` and `styles/` that lay in it at a tag (or commit), in a folder that goes afterwards; styles that lie
    elsewhere stay where they are.

    Raises `ToolMissing` without git, `NoProject` where the folder is in no repository that has the tag.
    """
    git = shutil.which("git")
    if git is None:
        raise ToolMissing("reading a tag needs git: apt-get install git")
    # What is asked for must not be taken for an option (git-archive(1)).
    command = [git, "-C", str(project.root), "archive", "--format=tar", "--end-of-options", tag, *_PARTS]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        raise NoProject(f"{project.root} has no {' and '.join(f'{one}/' for one in _PARTS)} at “{tag}”: {said}")
    with scratch() as place, tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        _extract(archive, place)
        own = project.styles == project.root / "styles"
        yield Project.at(place, None if own else project.styles, project.build, project.limits)


def _extract(archive: tarfile.TarFile, place: Path) -> None:
    """The files, folders and links of an archive that stay in a place: of somebody else's repository nothing is known.

    One after the other, for a link that is there already can lead the next one out. Python's own filter of this kind (PEP 706) is not in
    3.11.2, which Debian 12 has; where there is one, it is asked too.
    """
    root = place.resolve()
    for one in archive:
        way = root / one.name
        leads = way.parent / one.linkname if one.issym() else way
        stays = way.resolve().is_relative_to(root) and leads.resolve().is_relative_to(root)
        if not stays or not (one.isfile() or one.isdir() or one.issym()):
            continue
        if hasattr(tarfile, "data_filter"):
            archive.extract(one, place, filter="data")
        else:
            archive.extract(one, place)
