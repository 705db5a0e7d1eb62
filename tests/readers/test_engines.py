"""The finished e-book in real reading systems, and each of its documents in a bare browser; and what is found when it is broken."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from readers.broken import BREAKAGES, Breakage, break_ebook
from readers.engines import STEPS, Result, read


@pytest.mark.parametrize(("engine", "step"), [(engine, step) for engine, steps in STEPS.items() for step in steps])
def test_a_reader_can(results: dict[tuple[str, str], Result], engine: str, step: str) -> None:
    found = results[engine, step]
    if found.result == "skipped":
        pytest.skip(found.message)
    assert found.result == "passed", found.message


@pytest.mark.parametrize("breakage", BREAKAGES, ids=lambda one: one.name)
def test_what_is_broken_is_found(epub: Path, breakage: Breakage, tmp_path: Path) -> None:
    """Every step, in every engine that takes it, fails for a book in which just that is broken."""
    steps = {engine: (breakage.step,) for engine, known in STEPS.items() if breakage.step in known}
    for found in read(break_ebook(epub, breakage, tmp_path), steps):
        if found.result == "skipped":
            pytest.skip(found.message)
        assert found.result == "failed", found
        assert re.search(breakage.told, found.message), found


def test_every_step_has_a_breakage() -> None:
    assert {step for steps in STEPS.values() for step in steps} == {breakage.step for breakage in BREAKAGES}
