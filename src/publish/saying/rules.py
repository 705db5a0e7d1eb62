"""How the rules are said to their reader: one, all in a line each, or the whole catalogue as a page of the documentation."""

from __future__ import annotations

import re
import textwrap

from publish.diagnostics import Rule, catalogue

_INDENT = "    "
_EXAMPLE = re.compile(r"(?:Wrong|Right)[^:\n]*:  ")


def say_rule(rule: Rule) -> str:
    """What a rule means and how it is mended."""
    return f"{rule.slug} ({rule.severity}, stage {rule.stage})\n{rule.summary}\n\n{rule.explanation.strip()}\n"


def say_rules() -> str:
    """A line for each rule, in the order of the stages."""
    width = max(len(slug) for slug in catalogue())
    return "".join(f"{rule.slug:<{width}}  {rule.severity:<7}  {rule.summary}\n" for rule in catalogue().values())


def rules_markdown() -> str:
    """The whole catalogue as a page of the documentation."""
    parts = [_RULES_HEAD]
    stage = ""
    for rule in catalogue().values():
        if rule.stage != stage:
            stage = rule.stage
            parts.append(f"## {stage}\n")
        parts.append(f"### {rule.slug}\n\n*{rule.severity}.* {rule.summary}\n\n{markdown(rule.explanation)}\n")
    return "\n".join(parts)


def markdown(explanation: str) -> str:
    """An explanation as Markdown: its examples, which have two spaces behind "Wrong:" or "Right:", are code and not read as such."""
    blocks = explanation.strip().split("\n\n")
    return "\n\n".join(textwrap.indent(one, _INDENT) if is_example(one) else one for one in blocks)


def is_example(block: str) -> bool:
    """Whether a block of an explanation is code on the lines of "Wrong:" and "Right:" themselves."""
    return bool(_EXAMPLE.match(block))


_RULES_HEAD = """\
# Rules

What `publish` can find wrong, by the stage that finds it. An *error* stops the build, a *warning* or a *note* does not, and can be
silenced where its reason is known (`allowed.yaml`). This page is made from `src/publish/rules/` by
`publish explain --all --format markdown`; do not edit it.
"""
