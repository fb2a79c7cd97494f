"""Tests of :mod:`interpol_dataset.rules.context`."""

from pathlib import Path

from interpol_dataset.evidence.facts import assess
from interpol_dataset.records.folder import RecordSet, read_records
from interpol_dataset.rules import gate
from interpol_dataset.rules.context import Context


def test_facts_are_those_of_all_records(project: Path) -> None:
    """The gate hands on the facts that it worked out, and they are those of its records."""
    records, facts = gate.checked(read_records(project / "data" / "records"))
    assert assess(records) == facts


def test_facts_of_records_whose_sources_are_there(project: Path) -> None:
    """A case that cites a source that is not there has no facts; the others have theirs."""
    folder = project / "data" / "records"
    (folder / "sources" / "europol-2022-alpha.yaml").unlink()
    context = Context(read_records(folder))
    assert context.facts_of("alpha-ii") is None
    assert context.facts_of("alpha-i")


def test_facts_are_worked_out_once(project: Path) -> None:
    """All rules get the same facts of a case, and so do tables."""
    context = Context(read_records(project / "data" / "records"))
    facts = context.facts_of("alpha-ii")
    assert any(here is facts for _, _, here in context.scope.cases_with_facts())
    assert context.facts()["cases", "alpha-ii"] is facts


def test_facts_of_nothing() -> None:
    """Where there are no records there are no facts."""
    assert Context(RecordSet()).facts() == {}
