"""The documentation is true: its examples are read by the program, its commands by the command line, its links lead somewhere."""

from __future__ import annotations

import argparse
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from load_sample import block, body, inlines, read
from publish.arguments import command_line
from publish.cli import COMMANDS
from publish.load.attributes import CLASSES
from publish.load.bibliography import ANY, KEYS
from publish.load.problems import Problems
from publish.load.schema import FILES, LABELS, ROLES, ROLES_WITHOUT_FILE, SOURCE_TYPES, json_schema
from publish.load.shapes import Record, Shape, validate
from publish.load.yamlfile import parse
from source_sample import bibliography

ROOT = Path(__file__).parents[1]
PAGES = [
    *sorted((ROOT / "docs").glob("*.md")),
    *(
        ROOT / name
        for name in ("README.md", "CHANGELOG.md", "book/README.md", "styles/README.md", "benchmarks/RESULTS.md")
    ),
]
PAGES = [page for page in PAGES if page.is_file()]
FORMAT = (ROOT / "docs" / "source-format.md").read_text(encoding="utf-8")
CLI = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")


def rows(text: str, header: str) -> list[list[str]]:
    """The rows of the table that has this header, as their cells."""
    lines = text.split("\n")
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {header} |")) + 2
    found = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        found.append([cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    return found


def in_code(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


# ------------------------------------------------------------------------------------------------------------------ links


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_between_the_pages_leads_to_a_file(page: Path) -> None:
    prose = re.sub(r"```.*?```|`[^`]*`|^ {4}.*?$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    targets = [target for target in re.findall(r"\]\(([^)\s]+)\)", prose) if not target.startswith(("https:", "#"))]
    assert [target for target in targets if not (page.parent / target.partition("#")[0]).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_that_is_named_by_its_path_is_there(page: Path) -> None:
    known = r"`((?:src|docs|tests|book|styles|benchmarks)/[\w./-]+)`"
    named = set(re.findall(known, page.read_text(encoding="utf-8")))
    optional = {"book/allowed.yaml"}
    assert [name for name in sorted(named - optional) if not (ROOT / name).exists()] == []


def test_the_map_of_the_architecture_names_what_is_there() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    tree = page.split("```")[1]
    named = re.findall(r"^  ([\w*./]+)", tree, re.MULTILINE)
    assert named
    for name in named:
        assert list((ROOT / "src" / "publish").glob(name.rstrip("/"))), name
    for stage, files in re.findall(r"^  (\w+)/ +(.*(?:\n {10,}.*)*)", tree, re.MULTILINE):
        for name in re.findall(r"\w+\.py", files):
            assert (ROOT / "src" / "publish" / stage / name).is_file(), name


def test_the_sessions_that_the_readme_runs_are_there() -> None:
    sessions = re.findall(r"@nox\.session\ndef (\w+)", (ROOT / "noxfile.py").read_text(encoding="utf-8"))
    run = re.findall(r"\./run (\w+)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert {"build", "tests"} <= set(run) <= set(sessions)


# ---------------------------------------------------------------------------------------------------------------- commands


def commands_of(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    found: dict[str, argparse.ArgumentParser] = {}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            found |= action.choices
    return found


def typed() -> set[str]:
    """Every command that the pages tell a reader to type, and every example of the help texts."""
    parsers = commands_of(command_line())
    told = {line for page in PAGES for line in re.findall(r"`(publish [^`\n]+)`", page.read_text(encoding="utf-8"))}
    told |= {line for parser in (command_line(), *parsers.values()) for line in examples(parser)}
    return told


def examples(parser: argparse.ArgumentParser) -> list[str]:
    """The commands of a help text, without what is said of each behind two spaces."""
    return re.findall(r"^  (publish .*?)(?:  .*)?$", parser.epilog or "", re.MULTILINE)


@pytest.mark.parametrize("command", sorted(typed()))
def test_every_command_is_understood(command: str) -> None:
    words = shlex.split(re.sub(r"[\[\]…]|>.*", "", command))[1:]
    if "--help" in words or words == ["--version"] or "COMMAND" in words:
        return
    assert command_line().parse_args(words).command in COMMANDS


def test_the_options_are_of_the_commands_that_the_page_tells() -> None:
    of: dict[str, set[str]] = {}
    for name, parser in commands_of(command_line()).items():
        for option in (option for action in parser._actions for option in action.option_strings):
            of.setdefault(option, set()).add(name)
    told = {
        in_code(option)[0].split()[0]: set(where.split(", ")) for option, where, _ in rows(CLI, "option | of | means")
    }
    hidden = {"-h", "--help", "--all"}
    shown = {option: names - ({"explain"} if option == "--format" else set()) for option, names in of.items()}
    assert told == {**{key: value for key, value in shown.items() if key not in hidden}, "--version": {"publish"}}


def test_the_values_of_the_options_are_those_that_the_page_tells() -> None:
    build = commands_of(command_line())["build"]
    told = {
        in_code(row[0])[0].split()[0]: in_code(row[0])[0].split()[-1].split("|")
        for row in rows(CLI, "option | of | means")
    }
    for action in build._actions:
        if action.choices:
            assert told[action.option_strings[0]] == list(action.choices)


# ------------------------------------------------------------------------------------------------------------------- YAML

_ELLIPSES = {
    "urn:uuid:8f7a…": "urn:uuid:8f7a1c52-3f0e-4a58-9d53-0b1f2c6e4d77",
    "  …": "\n".join(f"  {name}: words" for name in LABELS if name != "contents"),
    "https://www.latimes.com/…": "https://www.latimes.com/archives",
}
SHAPES: dict[str, Shape] = dict(FILES)


def example(name: str) -> str:
    """The example of a YAML file, with what its ellipses stand for."""
    section = FORMAT.split(f"### `{name}.yaml`")[1]
    text = section.split("```yaml\n")[1].split("```")[0]
    for ellipsis, words in _ELLIPSES.items():
        text = text.replace(ellipsis, words)
    return text


@pytest.mark.parametrize("name", SHAPES)
def test_the_example_of_each_yaml_file_is_valid(name: str) -> None:
    text = example(name)
    schema: Any = json_schema()
    part = {"$schema": schema["$schema"], **schema["$defs"][name]}
    Draft202012Validator.check_schema(part)
    assert [
        error.message
        for error in Draft202012Validator(part).iter_errors(yaml.safe_load(re.sub(r": (\d{4}-\S+)", r': "\1"', text)))
    ] == []
    problems = Problems()
    node = parse(text, f"book/{name}.yaml", problems)
    assert node is not None
    validate(node, SHAPES[name], problems)
    assert problems.found == []


@pytest.mark.parametrize("name", ["book", "glossary", "chronology", "index"])
def test_the_example_says_what_is_required(name: str) -> None:
    """Of the keys of the file itself and of its first records: those within are told by their parent's comment."""
    shape = SHAPES[name] if isinstance(SHAPES[name], Record) else SHAPES[name].item  # type: ignore[union-attr]
    assert isinstance(shape, Record)
    top = re.compile(r"^([a-z-]+):.*?#.*\brequired\b" if name == "book" else r"^(?:- |  )?([a-z-]+):.*?#.*\brequired\b")
    told = {match[1] for line in example(name).split("\n") if (match := top.match(line))}
    required = {key for key, facts in shape.keys.items() if facts.required}
    assert told <= required
    assert required - told <= {"dates", "contributors", "contents", "editions", "labels"}


def test_the_example_of_the_bibliography_is_understood() -> None:
    made = bibliography(example("bibliography"))
    assert made.found == []
    assert set(made.citable.wholes) | set(made.citable.parts) == set(made.sources())
    kinds = {one.kind for one in made.citable.wholes.values()}
    assert kinds == {*SOURCE_TYPES, "text"} - {"entry-encyclopedia", "webpage"}


def test_the_types_of_sources_have_what_the_page_tells() -> None:
    told = {
        in_code(row[0])[0]: tuple(in_code(row[1]))
        for row in rows(FORMAT, "type | what it has, beside what any source can have")
    }
    any_has = in_code(FORMAT.split("\nAny of them can have ")[1].split(";")[0])
    assert set(told) == set(SOURCE_TYPES)
    for kind in SOURCE_TYPES:
        assert {"id", "type", *any_has, *told[kind]} == {*ANY, *KEYS[kind]}, kind


def test_the_roles_are_all_told() -> None:
    told = FORMAT[FORMAT.index("\nRoles: ") : FORMAT.index("### `glossary.yaml`")]
    assert list(dict.fromkeys(in_code(told.split("Of these")[0]))) == list(ROLES)
    assert set(in_code(told.split("Of these")[1].split("are made")[0])) >= set(ROLES_WITHOUT_FILE)


def test_the_classes_are_those_that_the_page_tells() -> None:
    assert {in_code(name)[0]: on for name, on, _ in rows(FORMAT, "class | on | for")} == dict(CLASSES)


# --------------------------------------------------------------------------------------------------------------- Markdown


def first(text: str) -> object:
    made = body(text)
    assert made.rules == []
    return block(made.blocks[0])


# What each example is read as, in the short form of load_sample; an example that is a part of one stands in it as "{0}", "{1}" …
MARKDOWN: dict[str, list[tuple[str, object]]] = {
    "sub-heading": [("{0}", "h2#p-great-discontent Great Discontent")],
    "editor's note": [("The word{0}.\n\n{1}", "p#p-p-the-word The word<note slug>.")],
    "emphasis": [("{0}", "p#p-p-workers-age <i:Workers Age>")],
    "class, id or language of some words": [
        ("{0}", "p#p-p-mot-juste <lang=fr:mot juste>"),
        ("{1}", "p#p-p-even <.lead-in:EVEN>"),
        ("{2}", "p#p-p-words <#name:words>"),
    ],
    "a glossary entry, by hand": [("{0}", "p#p-p-the-buro <term=political-buro:the Buro>")],
    "a source, cited by key": [
        ("{0}", "p#p-p-conquest <cites=conquest:@conquest>"),
        ("{1}.", "p#p-p-conquest-chap-7 <cites=conquest:@conquest, chap. 7.>"),
        ("{2}", "p#p-p-see-conquest-chap-7 see <cites=conquest:@conquest, chap. 7>; <cites=kotkin:@kotkin>"),
    ],
    "words quoted from a page or section of this book": [
        ("{0}", "p#p-p-birth-rate-of-busts <from=essay:“birth rate of busts”>"),
        ("{1}\nWords.\n:::", ("from=essay", ["p#p-p-words Words."])),
    ],
    "the date of a person or an event": [
        ("{0}", "p#p-p-august-1-1938 <date=agranov:died:August 1, 1938>"),
        ("{1}", "p#p-p-july-30-1937 <date=order-00447:July 30, 1937>"),
    ],
    "something that is not certain": [("{0}", "p#p-p-was-elected-two-days <.uncertain:was elected two days before>")],
    "a passage for the index": [
        ("{0}", "p#p-p-words <index=self-criticism:words>"),
        ("{1}\nWords.\n:::", ("index=army index=purge", ["p#p-p-words Words."])),
    ],
    "a number that the machine counts": [
        ("{0}", "p#p-p <count emendations>"),
        ("{1}", "p#p-p <count paragraphs of essay>"),
    ],
    "no glossary link here": [("{0}", "p#p-p-lenin <.noterm:Lenin>")],
    "cross-reference": [
        ("{0}", "p#p-p-the-trials <to #moscow-trials:the trials>"),
        ("{1}", "p#p-p <to #moscow-trials:>"),
    ],
    "id of a heading": [("{0}", "h2#moscow-trials The trials")],
    "block with a class": [
        ("{0}\nWords.\n{1}", ("epigraph", ["p#p-p-words Words."])),
        ("{2}\nMots.\n{1}", ("letter #reply lang=fr", ["p#p-p-mots Mots."])),
        (":{0}\n{0}\nWords.\n{1}\n:{1}", ("epigraph", [("epigraph", ["p#p-p-words Words."])])),
    ],
    "class, id or language of one block": [("{0}\nMay 1.", ("dateline", ["p#p-p-may-1 May 1."]))],
    "picture": [("{0}", "figure#p-f-map <image images/map.png:What it shows> ")],
    "table": [("| a |\n|---|\n| 1 |", ("table", [["p-c-a a"], ["p-c-1 1"]]))],
}


def test_the_title_of_a_page_is_written_so() -> None:
    row = rows(FORMAT, "want | write")[0]
    assert row[0] == "title of the page"
    assert inlines(read(in_code(row[1])[0]).title) == "Introduction"


@pytest.mark.parametrize(("want", "write"), [row[:2] for row in rows(FORMAT, "want | write")[1:]])
def test_what_the_page_says_to_write_is_what_it_says(want: str, write: str) -> None:
    for text, expected in MARKDOWN[want]:
        assert first(text.format(*in_code(write))) == expected


@pytest.mark.parametrize(
    ("want", "write"), [row[:2] for row in rows(FORMAT.split("### Emendations")[1], "want | write")]
)
def test_the_marks_of_emendations_are_read(want: str, write: str) -> None:
    kinds = {"replace": "replace", "add": "add", "strike": "strike", "join two paragraphs of the witness": "join"}
    made = body(f"Words {in_code(write)[0]} end.", witness=True)
    assert made.rules == []
    assert kinds[want] in str(made.blocks[0])
