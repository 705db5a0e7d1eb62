"""Reading systems, in tests: they run in the session `readers`, which names the e-book and installs what opens it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from readers.engines import STEPS, Result, read

# Without the engines there is nothing to test.
collect_ignore_glob = [] if "READERS_EBOOK" in os.environ else ["test_*.py"]

RESULTS = pytest.StashKey[list[Result]]()


@pytest.fixture(scope="session")
def epub() -> Path:
    """The e-book that is read."""
    return Path(os.environ["READERS_EBOOK"])


@pytest.fixture(scope="session")
def results(epub: Path, pytestconfig: pytest.Config) -> dict[tuple[str, str], Result]:
    """What came of every step in every engine."""
    found = read(epub, STEPS, Path(os.environ["READERS_PICTURES"]))
    pytestconfig.stash[RESULTS] = found
    return {(one.engine, one.step): one for one in found}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    found = config.stash.get(RESULTS, [])
    if found:
        terminalreporter.section("what readers can do with the e-book")
        terminalreporter.write_line("\n".join(table(found)))


def table(found: Iterable[Result]) -> Iterable[str]:
    return (f"{one.engine:10}{one.step:10}{one.result:10}{one.message}" for one in found)
