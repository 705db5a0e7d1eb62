"""A book of a stranger who wants something else than a book: what is refused, and that nothing is fetched, read or written meanwhile.

Each attack is laid over a clean book and read under watch (`tools/watched.py`): every file that is opened and every socket is seen.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from publish.bounds import bounded
from publish.cli import main
from publish.errors import LimitExceeded
from publish.load.markdown import make_parser
from publish.model import STANDARD, Limits

TESTS = Path(__file__).parent
BRIEF = TESTS / "books" / "brief"
STYLES = TESTS.parent / "styles"
SECRET = "what is nobody's to read"  # noqa: S105 - one that is made here
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">{}</svg>'
BOMB = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))

Attack = Callable[[Path], None]  # changes a project
Watched = subprocess.Popen[str]


def write(file: str, text: str) -> Attack:
    def attack(project: Path) -> None:
        (project / file).parent.mkdir(parents=True, exist_ok=True)
        (project / file).write_text(text, encoding="utf-8")

    return attack


def add(file: str, text: str) -> Attack:
    return lambda project: write(file, (project / file).read_text(encoding="utf-8") + text)(project)


def text(words: str) -> Attack:
    return add("book/text/ankunft.md", f"\n\n{words}\n")


def style(css: str) -> Attack:
    return write("styles/more.css", css)


def picture(drawing: str) -> Attack:
    return write(
        "book/images/plan.svg", drawing if drawing.startswith("<?") or "<svg" in drawing else SVG.format(drawing)
    )


def link(name: str, target: str) -> Attack:
    def attack(project: Path) -> None:
        path = project / name
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        path.parent.mkdir(exist_ok=True)
        path.symlink_to(target)

    return attack


def all_of(*attacks: Attack) -> Attack:
    def attack(project: Path) -> None:
        for one in attacks:
            one(project)

    return attack


# What it is, and the rule that refuses it; "" for what is harmless, and is printed as it is typed.
ATTACKS: Mapping[str, tuple[Attack, str]] = {
    # YAML
    "yaml: an object of Python": (
        add("book/book.yaml", "\nsource: !!python/object/apply:os.system [id]\n"),
        "yaml-tag",
    ),
    "yaml: a tag of its own": (add("book/book.yaml", "\nsource: !include /etc/passwd\n"), "yaml-tag"),
    "yaml: an alias": (add("book/book.yaml", "\nsource: &a x\nsubtitle: *a\n"), "yaml-alias"),
    "yaml: billion laughs": (
        add(
            "book/book.yaml",
            "\na: &a [x]\n"
            + "".join(f"{b}: &{b} [{f'*{a},' * 9}]\n" for a, b in zip("abcdefg", "bcdefgh", strict=True)),
        ),
        "yaml-alias",
    ),
    "yaml: merge keys": (add("book/book.yaml", "\ndefaults: &d {a: b}\npublisher:\n  <<: *d\n"), "yaml-alias"),
    "yaml: deep": (add("book/book.yaml", "\nsource: " + "[" * 2000 + "]" * 2000), "yaml-syntax"),
    "yaml: a tag with a file": (
        write("book/glossary.yaml", "%TAG ! tag:yaml.org,2002:python/\n---\n- !name:os.system x\n"),
        "yaml-tag",
    ),
    # Links
    **{
        f"link: {address}": (text(f"[Wort]({address}) und Tat."), "bad-link")
        for address in (
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "&#106;avascript:alert(1)",
            "<java\tscript:alert(1)>",
            "data:text/html,<script>",
            "vbscript:x",
            "file:///etc/passwd",
            "//example.org/x",
            "\\\\example.org/x",
            "../../etc/passwd",
            "blob:x",
            "ftp://example.org/",
        )
    },
    "link: automatic": (text("Hier <javascript:alert(1)> steht."), "bad-link"),
    "link: by reference": (text("[Wort][x] und Tat.\n\n[x]: javascript:alert(1)"), "bad-link"),
    "link: of a source": (
        write(
            "book/bibliography.yaml", "- {id: a, type: webpage, title: A, container: B, url: 'javascript:alert(1)'}\n"
        ),
        "bad-link",
    ),
    "html": (text("Hier <script>alert(1)</script> steht."), "raw-html"),
    "attributes: a program": (text('[Wort]{onclick="alert(1)"} und Tat.'), "unknown-attribute"),
    "attributes: a style": (text('[Wort]{style="background:url(https://example.org/)"} und Tat.'), "unknown-attribute"),
    "attributes: an id that breaks out": (text('[Wort]{id="a><script>"} und Tat.'), "bad-value"),
    # Files
    "picture: from the web": (text("![Plan](https://example.org/plan.png)"), "url-for-file"),
    "picture: data": (text("![Plan](data:image/svg+xml,<svg/>)"), "url-for-file"),
    "picture: above": (text("![Plan](../../secret.png)"), "outside-book"),
    "picture: above, in code": (text("![Plan](%2e%2e/%2E%2E/secret.png)"), "outside-book"),
    "picture: absolute": (text("![Plan](/etc/passwd)"), "outside-book"),
    "picture: with backslashes": (text("![Plan](<images\\..\\..\\secret.png>)"), "bad-value"),
    "picture: a link": (
        all_of(link("book/images/plan.png", "../../../secret.png"), text("![Plan](images/plan.png)")),
        "outside-book",
    ),
    "picture: a link to a device": (
        all_of(link("book/images/plan.png", "/dev/zero"), text("![Plan](images/plan.png)")),
        "outside-book",
    ),
    "page: a link": (link("book/text/ankunft.md", "../../../secret.md"), "outside-book"),
    "page: in a folder that is a link": (link("book/text", "../../elsewhere"), "outside-book"),
    "witness: a link": (
        all_of(
            link("book/copy.txt", "/etc/passwd"),
            lambda project: write(
                "book/book.yaml",
                (project / "book/book.yaml")
                .read_text("utf-8")
                .replace("file: text/ankunft.md", "file: text/ankunft.md\n    witness: copy.txt"),
            )(project),
        ),
        "outside-book",
    ),
    "glossary: a link": (link("book/glossary.yaml", "/etc/passwd"), "outside-book"),
    "styles: a link among them": (link("styles/more.css", "../../secret.md"), "outside-book"),
    "styles: a link": (link("styles", "../elsewhere"), "outside-book"),
    "book: a link": (link("book", "../elsewhere/book"), "outside-book"),
    # Style sheets
    **{
        f"style: {css}": (style(css), rule)
        for css, rule in {
            "@import 'https://example.org/a.css';": "url-for-file",
            "@import url(//example.org/a.css);": "url-for-file",
            "@import '\\\\\\\\example.org/a.css';": "url-for-file",
            "p { background: url(https://example.org/a.png) }": "url-for-file",
            "p { background: u\\72l( 'HTTPS://example.org/a.png' ) }": "url-for-file",
            "p { background: url(file:///etc/passwd) }": "url-for-file",
            "p { background: url(data:image/svg+xml,%3Csvg/%3E) }": "url-for-file",
            "p { background: image-set('https://example.org/a.png' 1x) }": "url-for-file",
            "@media print { @font-face { font-family: x; src: local(a), url(http://example.org/a.ttf) } }": "url-for-file",
            "@color-profile device-cmyk { src: url(https://example.org/a.icc); components: c, m, y, k }": "url-for-file",
            "p { --x: url(https://example.org/) }": "url-for-file",
            "p { background: url(../../secret.png) }": "outside-book",
            "p { background: url(%2e%2e/secret.png) }": "outside-book",
            "p { background: url(fonts/%252e%252e/%2e%2e/%2e%2e/secret.png) }": "outside-book",
            "p { background: url('fonts\\5c..\\5c..\\5c..\\5csecret.png') }": "outside-book",
            "p { background: url(/etc/passwd) }": "outside-book",
            "@import '..';": "outside-book",
        }.items()
    },
    # Pictures that are programs
    **{
        f"svg: {drawing[:60]}": (picture(drawing), "svg-unsafe")
        for drawing in (
            "<script>alert(1)</script>",
            "<script href='https://example.org/a.js'/>",
            "<x:script xmlns:x='http://www.w3.org/2000/svg'>1</x:script>",
            "<rect onclick='alert(1)'/>",
            "<rect ONLOAD='alert(1)'/>",
            "<foreignObject><p/></foreignObject>",
            "<image href='https://example.org/a.png'/>",
            "<image xlink:href='file:///etc/passwd'/>",
            "<image href='../../secret.png'/>",
            "<image href='data:image/svg+xml;base64,PHN2Zy8+'/>",
            "<use href='a.svg#b'/>",
            "<a href='javascript:alert(1)'><rect/></a>",
            "<a href='&#106;ava&#9;script:alert(1)'><rect/></a>",
            "<set attributeName='href' to='javascript:alert(1)'/>",
            "<animate attributeName='href' values='javascript:alert(1)'/>",
            "<style>@import 'https://example.org/a.css';</style>",
            "<style>rect { fill: u\\72l(https://example.org/a) }</style>",
            "<rect style='fill: url(https://example.org/a)'/>",
            "<rect fill='url(//example.org/a)'/>",
            "<g xml:base='https://example.org/'/>",
            "<rect",
        )
    },
    **{
        f"svg: {drawing[:50]}": (write("styles/plan.svg", drawing), "svg-unsafe")
        for drawing in (
            f"<!DOCTYPE svg [<!ENTITY a0 'ha'>{BOMB}]>" + SVG.format("<text>&a9;</text>"),
            "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + SVG.format("<text>&x;</text>"),
            "<!DOCTYPE svg [<!ENTITY % x SYSTEM 'https://example.org/a.dtd'> %x;]>" + SVG.format(""),
            "<!DOCTYPE svg SYSTEM 'file:///etc/passwd'>" + SVG.format(""),
            "<?xml version='1.0'?><?xml-stylesheet href='https://example.org/a.css'?>" + SVG.format(""),
        )
    },
    "svg: entities among the book's pictures": (
        picture("<!DOCTYPE svg [<!ENTITY a 'b'>]>" + SVG.format("<text>&a;</text>")),
        "image-type",
    ),
    # Names
    **{
        f"name: {ascii(name)[:30]}": (write(f"book/images/{name}", "x"), "file-name")
        for name in (
            "CON.txt",
            "nul",
            "com1.tar.gz",
            "a\x1b[2Jb.txt",
            "gnp.\u202etxt",
            "a:b.txt",
            "end. ",
            "x" * 200 + ".txt",
            "a\\..\\b",
        )
    },
    "name: not UTF-8": (
        lambda project: os.close(os.open(os.fsencode(project / "book") + b"/\xff.txt", os.O_CREAT)),
        "file-name",
    ),
    "name: two that are one": (all_of(write("book/a.txt", ""), write("book/A.txt", "")), "file-name"),
    # Much
    "much: a page": (add("book/text/ankunft.md", "Wort. " * 4_000_000), "too-large"),
    "much: a paragraph": (text("Wort und Tat. " * 750_000), "too-large"),
    "much: a value": (add("book/book.yaml", "\nsource: " + "Wort und Tat. " * 75_000), "too-large"),
    "much: a table": (text("| a | b |\n|---|---|\n" + "| eins | zwei |\n" * 100_000), "too-large"),
    "much: records": (write("book/allowed.yaml", "- {file: a, rule: b, reason: c}\n" * 10_001), "too-large"),
    "much: brackets": (text("[^" * 40_000), "too-large"),
    "much: quotation marks": (text("\"a' " * 20_000), "too-large"),
    "much: findings in one line": (text("{++a++}" * 12_000), "emendation-without-witness"),
    "much: deep quotations": (text(">" * 5000 + " a"), "bad-value"),
    "much: deep emphasis": (text("*a **b " * 2400 + "Ende."), "stray-mark"),
    # What is only printed
    "template: an expression": (text("Hier steht {{ 7 * 7 }} und {{ config }}."), ""),
    "template: a statement": (text("Hier steht {% raw %} und {# nichts #}."), ""),
}


@pytest.fixture(scope="module")
def checking() -> Iterator[Watched]:
    with watch("check") as process:
        yield process


def stranger(project: Path, attack: Attack) -> Path:
    """A project that is changed, with things beside it that are none of its own."""
    shutil.copytree(BRIEF / "book", project / "book")
    (project / ".git").mkdir()  # a checkout of its own: the tests may run inside of another
    (project / "styles").mkdir()
    for name in ("base.css", "epub.css", "print.css", "cover.css"):
        shutil.copy(STYLES / name, project / "styles")
    (project.parent / "secret.md").write_text(f"# Secret\n\n{SECRET}\n", encoding="utf-8")
    (project.parent / "secret.png").write_bytes(b"\x89PNG\r\n\x1a\n" + SECRET.encode())
    shutil.copytree(project / "book", project.parent / "elsewhere" / "book")
    attack(project)
    return project


@contextmanager
def watch(*command: str) -> Iterator[Watched]:
    """A process that does this to each project that it is told."""
    with subprocess.Popen(
        [sys.executable, str(TESTS / "tools" / "watched.py"), *command],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        yield process
        process.communicate()


def told_of(process: Watched, project: Path) -> dict[str, object]:
    """What came of it: exit status, what was said, and what was done that is not the machine's business."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{project}\n")
    process.stdin.flush()
    told: dict[str, object] = json.loads(process.stdout.readline())
    return told


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_and_nothing_else_is_touched(name: str, checking: Watched, tmp_path: Path) -> None:
    attack, rule = ATTACKS[name]
    told = told_of(checking, stranger(tmp_path / "project", attack))
    assert told["acts"] == []
    assert told["status"] == (1 if rule else 0), told["said"]
    assert f": error[{rule}]: " in str(told["said"]) if rule else told["said"] == "no errors\n"
    assert SECRET not in str(told["said"])


def test_the_watch_sees_what_it_is_there_to_see(tmp_path: Path) -> None:
    """Styles that are not the project's own are read, and that is told."""
    project = stranger(tmp_path / "project", text("Ende."))
    with watch("check", "--styles", str(STYLES)) as process:
        told = told_of(process, project)
    assert told["status"] == 0
    assert "styles/print.css" in str(told["acts"])


def test_templates_and_markup_in_a_book_are_words(tmp_path: Path) -> None:
    """Built, under watch: nothing is fetched in laying out either."""
    words = "Hier steht {{ 7 * 7 }} {% include 'x' %} {# y #} ${z} &lt;b&gt; %s {0}."
    project = stranger(tmp_path / "project", all_of(text(words), copy_fonts))
    with watch("build", "--no-validation") as process:
        told = told_of(process, project)
    assert (told["status"], told["acts"]) == (0, []), told["said"]
    with zipfile.ZipFile(project / "build" / "brief-1.0.0.epub") as ebook:
        page = ebook.read(next(one for one in ebook.namelist() if one.endswith("ankunft.xhtml"))).decode()
    assert "{{ 7 * 7 }} {% include" in page
    assert "{# y #} ${z} &lt;b&gt; %s {0}." in page


def copy_fonts(project: Path) -> None:
    shutil.copytree(STYLES / "fonts", project / "styles" / "fonts")


@pytest.mark.parametrize("name", ["build", "build/release"])
def test_made_files_do_not_go_where_a_link_leads(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = stranger(tmp_path / "project", text("Ende."))
    precious = tmp_path / "precious"
    precious.mkdir()
    (project / name).parent.mkdir(exist_ok=True)
    (project / name).symlink_to(precious)
    assert main(["build", str(project)]) == 5
    assert "is a link that leads out of the project; if it is yours: --output" in capsys.readouterr().err
    assert not list(precious.iterdir())


def test_a_link_within_a_checkout_is_followed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = stranger(tmp_path / "project", link("styles", "../house"))
    shutil.copytree(STYLES, tmp_path / "house")
    assert main(["check", str(project)]) == 1
    assert "error[outside-book]: styles/ is a link that leads out of the project" in capsys.readouterr().out
    (project / ".git").rename(tmp_path / ".git")
    assert main(["check", str(project)]) == 0


# ------------------------------------------------------------------------------------------------------------------ limits

LIMITED = {
    "files": ("2", text("Ende.")),
    "text": ("1", text("Wort. " * 200)),
    "data": ("1", lambda project: (project / "styles" / "a.png").write_bytes(bytes(1001))),
    "paragraph": ("500", text("Wort und Tat. " * 36)),
    "marks": ("20", text("[Wort] und Tat. " * 11)),
    "cells": ("6", text("| a | b |\n|---|---|\n" + "| c | d |\n" * 3)),
    "records": ("2", write("book/allowed.yaml", "- {file: a, rule: b, reason: c}\n" * 3)),
    "notes": ("1", text("Wort[^a] und[^b] Tat.\n\n[^a]: A.\n\n[^b]: B.")),
    "pages": ("1", text("Ende.")),
}


@pytest.mark.parametrize("name", LIMITED)
def test_a_limit_is_held_and_can_be_moved(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    number, attack = LIMITED[name]
    project = stranger(tmp_path / "project", attack)
    main(["check", str(project)])
    assert "too-large" not in capsys.readouterr().out
    assert main(["check", str(project), "--limit", f"{name}={number}"]) == 1
    assert "error[too-large]" in capsys.readouterr().out
    if name not in {"files", "text", "data"}:  # the file that lowers them would itself be too large
        add("book/book.yaml", f"\nlimits: {{{name}: {number}}}\n")(project)
        assert main(["check", str(project)]) == 1
        assert "error[too-large]" in capsys.readouterr().out


def test_a_book_can_only_lower_a_limit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = stranger(
        tmp_path / "project", add("book/book.yaml", f"\nlimits: {{cells: {STANDARD.cells + 1}, time: 1}}\n")
    )
    assert main(["check", str(project)]) == 1
    said = capsys.readouterr().out
    assert "error[bad-value]: the limit of cells is 20000, and a book can only lower it" in said
    assert "error[unknown-key]" in said  # a run has begun before its book is read


@pytest.mark.parametrize("setting", ["cells", "cells=", "cells=-1", "cells=0", "cells=many", "rows=1"])
def test_a_limit_that_is_none_is_wrong_usage(setting: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["check", "--limit", setting])
    assert ended.value.code == 2
    assert f"invalid limit value: '{setting}'" in capsys.readouterr().err


RUN = "import sys; from publish.cli import main; sys.exit(main(['check', sys.argv[1], '--limit', sys.argv[2]]))"


@pytest.mark.parametrize(
    ("setting", "paragraph", "said"),
    [
        ("time=1", "[" * 600, "needs more than 1 seconds of the processor, the limit of time"),
        ("memory=60", "*a* " * 150, "needs more than 60 megabytes, the limit of memory"),
    ],
)
def test_a_run_is_ended_beyond_its_time_or_memory(setting: str, paragraph: str, said: str, tmp_path: Path) -> None:
    """A book that keeps every other limit: six thousand paragraphs of brackets, or of stressed letters."""
    project = stranger(tmp_path / "project", text(f"{paragraph}\n\n" * 6000))
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(project), setting], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (LimitExceeded.exit_status, "")
    assert said in done.stderr
    assert f"nothing was written; if you trust the book: --limit {setting.split('=', maxsplit=1)[0]}=" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_what_is_nested_too_deep_for_python_is_told() -> None:
    def deep() -> None:
        deep()

    with pytest.raises(LimitExceeded, match="nested deeper"), bounded(STANDARD):
        deep()


def test_limits_of_the_system_are_as_before_afterwards() -> None:
    import resource

    before = [resource.getrlimit(one) for one in (resource.RLIMIT_CPU, resource.RLIMIT_DATA)]
    with bounded(Limits(time=100)):
        assert resource.getrlimit(resource.RLIMIT_CPU) != before[0]
    assert [resource.getrlimit(one) for one in (resource.RLIMIT_CPU, resource.RLIMIT_DATA)] == before


# ------------------------------------------------------------------------------------------------- what parsers stumble over

# Not `"a' `: markdown-it pairs quotation marks by the square of their number, and the limit of marks holds that.
SIGNS = (
    "[", "[^", "[a](", "[a]{", "{.a ", "{++a++}{>>", "{~~a", "*a ", "_*", "*a_ ", "**a *b ", "`", "<a ", "<!--",
    "&#1",
    "'", "\\", "> ", "- ", "1. ", "# {", "|a", "[a]: ", "[^a]: ", "::: a\n", "```\n", "<div>\n", "a" + " " * 99, "a\n",
)  # fmt: skip


@pytest.mark.parametrize("sign", SIGNS)
def test_the_parser_does_not_work_by_the_square_of_its_text(sign: str) -> None:
    """Counted, not timed: lines of Python that are run, for a text and for one three times as long."""
    md = make_parser("en")
    short, long = (lines_run(lambda text=sign * number: md.parse(text, {})) for number in (110, 330))
    assert long < 5 * short


def lines_run(work: Callable[[], object]) -> int:
    count = 0

    def trace(_frame: object, event: str, _argument: object) -> object:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        work()
    finally:
        sys.settrace(before)
    return count
