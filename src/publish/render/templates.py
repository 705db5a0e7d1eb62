"""The Jinja2 environment: made once, when the first document is written."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

__all__ = ["Markup", "fill"]


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("publish.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def read_all() -> None:
    """Read every template now, while there is time for it: those that `fill` is asked for are then at hand."""
    environment = _environment()
    for name in environment.list_templates():
        environment.get_template(name)


def fill(name: str, **values: object) -> Markup:
    """The template of this name with the values put in; words are escaped, `Markup` stands as it is.

    A value that the template wants and does not get is a fault of the machine: `jinja2.UndefinedError`.
    """
    return Markup(_environment().get_template(f"{name}.xhtml").render(values))  # noqa: S704 - autoescaped above
