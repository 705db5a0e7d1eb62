"""How findings are said, from one account of a run: to a reader at a terminal or in a browser, to programs, and to GitHub.

Pure functions from values to text; `cli` prints it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, TypeAlias

from publish.saying.account import Account, Sources
from publish.saying.browser import say_html
from publish.saying.github import say_github
from publish.saying.programs import say_json, say_sarif
from publish.saying.rules import rules_markdown, say_rule, say_rules
from publish.saying.text import say_page, say_page_budget, say_text, summary

Format: TypeAlias = Literal["text", "json", "sarif", "github", "html"]

FORMATS: Mapping[Format, Callable[[Account], str]] = {
    "text": say_text,
    "json": say_json,
    "sarif": say_sarif,
    "github": say_github,
    "html": say_html,
}

__all__ = [
    "FORMATS",
    "Account",
    "Format",
    "Sources",
    "rules_markdown",
    "say_github",
    "say_html",
    "say_json",
    "say_page",
    "say_page_budget",
    "say_rule",
    "say_rules",
    "say_sarif",
    "say_text",
    "summary",
]
