"""The lock of the packages that the sessions install: whole, with hashes, and of each only what a session needs."""

from __future__ import annotations

import re
import runpy
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "constraints.txt").read_text(encoding="utf-8")
FACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
GROUPS = {"publish": FACTS["project"]["dependencies"], **FACTS["dependency-groups"]}
locked: Callable[..., str] = runpy.run_path(str(ROOT / "locked.py"))["locked"]


def names(packages: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9.-]+)==", packages, re.MULTILINE))


def wanted(group: str) -> set[str]:
    """The packages that a group names, as an index writes them (PyPA, "Names and normalization")."""
    found = (re.match(r"[\w.-]+", one) for one in GROUPS[group])
    return {re.sub(r"[-_.]+", "-", one[0]).lower() for one in found if one}


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_has_what_it_names_and_what_that_needs(group: str) -> None:
    assert wanted(group) <= names(locked([group], LOCK))


def test_what_no_group_named_is_left_out() -> None:
    assert names(locked(["lint"], LOCK)) == {"ruff"}
    assert "pytest" not in names(locked(["publish"], LOCK))
    assert {"weasyprint", "cffi"} <= names(locked(["publish"], LOCK))


def test_all_groups_together_are_the_whole_lock_and_each_package_has_hashes() -> None:
    everything = locked(GROUPS, LOCK)
    assert names(everything) == names(LOCK)
    for package in everything.split("\n    # via")[:-1]:
        assert re.search(r" --hash=sha256:[0-9a-f]{64}$", package)
