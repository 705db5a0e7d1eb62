"""The record for the trade against its schema: EDItEUR's own for ONIX 3.1, code lists included, as PyPI's onixcheck brings it."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from lxml import etree

from publish.diagnostics import Diagnostic, Location, Report
from publish.model import Artifact, Verdict

JUDGE = "ONIX schema"
RULES = "ONIX for Books 3.1, code lists included"
_SCHEMA = "schema/xsd3.1/ONIX_BookProduct_3.1_reference.xsd"
_FACTS = Location("book/book.yaml")  # what the record says comes from there


def judge(artifact: Artifact) -> Verdict:
    """Hold a record against the schema; its version is that of the schema. Where onixcheck is not installed the verdict is "not run"."""
    try:
        path = Path(str(resources.files("onixcheck") / _SCHEMA))
    except ModuleNotFoundError:
        return Verdict(JUDGE, "", RULES, artifact.name, "not run", "not installed: pip install onixcheck")
    parsed = etree.parse(str(path))
    schema = etree.XMLSchema(parsed)
    version = str(parsed.getroot().get("version", ""))
    found = Report.of(_findings(artifact, schema)).diagnostics
    return Verdict(JUDGE, version, RULES, artifact.name, "failed" if found else "passed", diagnostics=found)


def _findings(artifact: Artifact, schema: etree.XMLSchema) -> list[Diagnostic]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        record = etree.fromstring(artifact.data, parser)
    except etree.XMLSyntaxError as error:
        return [Diagnostic("onix", _FACTS, f"the record cannot be read: {error}")]
    schema.validate(record)
    return [Diagnostic("onix", _FACTS, f"{one.message} ({artifact.name}:{one.line})") for one in list(schema.error_log)]  # type: ignore[call-overload]
