"""How findings are said to a reader in a browser: one file that needs no other, with pictures of the places in print."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from publish.diagnostics import Diagnostic, Rule, catalogue
from publish.model import PagePicture
from publish.saying.account import Account
from publish.saying.rules import is_example
from publish.saying.text import summary
from publish.webpage import marked_up, printed_place, result_of, section, web_page, words_table

MORE = '<p class="quiet"><code>publish explain RULE</code> tells the same on a terminal.</p>'


def say_html(account: Account) -> str:
    """Every finding, file by file, with its source line, its place in print where it has one, and what its rule means."""
    parts = (*_head(account), *_files(account), *_verdicts(account), *_legend(account))
    return web_page(f"Findings: {account.name}", *parts)


def _head(account: Account) -> Iterator[str]:
    yield f"<h1>Findings</h1>\n<p><cite>{escape(account.name)}</cite>: {escape(summary(account.report))}.</p>"
    files = [(_named(file), len(list(group))) for file, group in _by_file(account)]
    if len(files) > 1:
        links = "".join(
            f'<li><a href="#file-{number}">{escape(file)}</a> {count}</li>'
            for number, (file, count) in enumerate(files, 1)
        )
        yield f'<nav aria-label="Files with findings"><ul>{links}</ul></nav>'


def _by_file(account: Account) -> Iterator[tuple[str, Iterator[Diagnostic]]]:
    return groupby(account.report, key=lambda one: one.location.file)


def _named(file: str) -> str:
    return file or "Source not found"


# -------------------------------------------------------------------------------------------------------------- findings


def _files(account: Account) -> Iterator[str]:
    pictures = account.pictures()
    for number, (file, group) in enumerate(_by_file(account), 1):
        found = "\n".join(_finding(account, one, pictures.get(one)) for one in group)
        name = f"file-{number}"
        heading = f'<h2 id="{name}">{escape(_named(file))}</h2>'
        yield f'<section aria-labelledby="{name}">\n{heading}\n{found}\n</section>'


def _finding(account: Account, one: Diagnostic, picture: PagePicture | None) -> str:
    parts = (
        f'<h3><span class="severity {one.severity}">{one.severity}</span> {escape(one.message)}</h3>',
        f'<p class="quiet">{" · ".join(_where(one, picture))}</p>',
        *_source(account, one),
        *([f"<p>{escape(one.hint[:1].upper() + one.hint[1:])}</p>"] if one.hint else []),
        *([f"<figure>{printed_place(picture)}</figure>"] if picture else []),
    )
    return "<article>\n" + "\n".join(parts) + "\n</article>"


def _where(one: Diagnostic, picture: PagePicture | None) -> Iterator[str]:
    yield f"<code>{escape(str(one.location))}</code>"
    if picture:
        place = picture.findings[0].place
        yield f"page {escape(place.page)}, line {place.line}"
    yield f'<a href="#{escape(one.rule)}">{escape(one.rule)}</a>'


def _source(account: Account, one: Diagnostic) -> Iterator[str]:
    """The source line. What the place begins with is marked, as the caret marks it on a terminal."""
    excerpt = account.excerpt(one)
    if excerpt is None:
        return
    before, after = escape(excerpt.before), excerpt.after
    if one.location.column and after:
        yield f"<pre><code>{before}<mark>{escape(after[:1])}</mark>{escape(after[1:])}</code></pre>"
    else:
        yield f"<pre><code>{before}{escape(after)}</code></pre>"


# ---------------------------------------------------------------------------------------------------------------- judges


def _verdicts(account: Account) -> Iterator[str]:
    """What each judge said of each file."""
    if not account.verdicts:
        return
    rows = [
        (escape(one.artifact), escape(f"{one.judge} {one.version}".strip()), result_of(one.result), escape(one.detail))
        for one in account.verdicts
    ]
    yield section("judges", "What the judges said", words_table("judges", ("File", "Judge", "Result", "Detail"), rows))


# ------------------------------------------------------------------------------------------------------------- the rules


def _legend(account: Account) -> Iterator[str]:
    """What each rule that was broken means, and how it is mended."""
    broken = {one.rule for one in account.report}
    rules = [rule for rule in catalogue().values() if rule.slug in broken]
    if rules:
        told = "\n".join(map(_meaning, rules))
        yield f'<section aria-labelledby="rules">\n<h2 id="rules">What the rules mean</h2>\n{MORE}\n{told}\n</section>'


def _meaning(rule: Rule) -> str:
    blocks = "\n".join(map(_block, rule.explanation.strip().split("\n\n")))
    heading = f'<h3 id="{rule.slug}">{rule.slug}</h3>\n<p>{marked_up(rule.summary)}</p>'
    return f'<section class="rule" aria-labelledby="{rule.slug}">\n{heading}\n{blocks}\n</section>'


def _block(block: str) -> str:
    """A paragraph of an explanation, or an example, which is code."""
    if is_example(block) or block.startswith("    "):
        return f"<pre><code>{escape(block)}</code></pre>"
    return f"<p>{marked_up(block)}</p>"
