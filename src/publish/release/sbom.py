"""The bill of materials of a release: the fonts that are in its files, and the packages that made them (CycloneDX 1.6, ECMA-424)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import PurePath
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from publish.licences import licence_of, packages_of
from publish.model import Artifact, Book

SBOM = "sbom.cdx.json"


def sbom_json(book: Book, artifacts: Iterable[Artifact]) -> bytes:
    """The bill of a book's files. Same files and same packages, same bytes: its number is made from what it says."""
    facts = book.metadata
    files = tuple(_file(one) for one in artifacts)
    made = Component(
        name=facts.file_name,
        version=facts.version,
        type=ComponentType.DATA,
        bom_ref=facts.identifier,
        description=facts.title,
        components=files,
    )
    parts = sorted([*_fonts(book), *_packages()], key=lambda one: str(one.bom_ref.value))
    number = uuid5(NAMESPACE_URL, "\n".join([facts.identifier, *map(_identity, (*files, *parts))]))
    when = datetime.fromisoformat(facts.modified)
    bill = Bom(components=parts, serial_number=number, metadata=BomMetaData(component=made, timestamp=when))
    bill.register_dependency(made, [one for one in parts if one.scope == ComponentScope.REQUIRED])
    return JsonV1Dot6(bill).output_as_string(indent=1).encode() + b"\n"


def _identity(one: Component) -> str:
    return " ".join([str(one.bom_ref.value), one.version or "", *(each.content for each in one.hashes)])


def _hashes(data: bytes) -> list[HashType]:
    return [HashType(alg=HashAlgorithm.SHA_256, content=hashlib.sha256(data).hexdigest())]


def _file(artifact: Artifact) -> Component:
    reference = f"file:{artifact.name}"
    return Component(name=artifact.name, type=ComponentType.FILE, bom_ref=reference, hashes=_hashes(artifact.data))


def _fonts(book: Book) -> Iterator[Component]:
    """The fonts of the styles. One whose licence lies beside it has that licence: `…-OFL.txt` is the SIL Open Font License."""
    for path, asset in sorted(book.styles.items()):
        name = PurePath(path)
        if name.parent.name != "fonts" or name.suffix not in {".ttf", ".otf"}:
            continue
        open_font = str(name.with_name(f"{name.stem.split('-')[0]}-OFL.txt")) in book.styles
        yield Component(
            name=name.name,
            type=ComponentType.FILE,
            bom_ref=f"font:{name.name}",
            scope=ComponentScope.REQUIRED,
            licenses=[LicenseFactory().make_with_id("OFL-1.1")] if open_font else [],
            hashes=_hashes(asset.data),
        )


def _packages() -> Iterator[Component]:
    """The packages that made the files, of which nothing is in them."""
    for package in packages_of("publish"):
        licence = licence_of(package)
        address = PackageURL("pypi", name=package.name.lower().replace("_", "-"), version=package.version)
        yield Component(
            name=package.name,
            version=package.version,
            type=ComponentType.APPLICATION if package.name == "publish" else ComponentType.LIBRARY,
            bom_ref=str(address),
            purl=address,
            scope=ComponentScope.EXCLUDED,
            licenses=[LicenseFactory().make_from_string(licence)] if licence else [],
        )
