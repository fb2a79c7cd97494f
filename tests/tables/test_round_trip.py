"""Tests of the law that nothing is lost between records, files and tables."""

import tempfile
from pathlib import Path

from hypothesis import given, settings

import interpol_dataset
from helpers import strategies as s
from helpers.file_of import file_of
from interpol_dataset.build import render
from interpol_dataset.evidence.facts import assess
from interpol_dataset.package.arrow import arrow_table
from interpol_dataset.records.document import KINDS, Records
from interpol_dataset.records.folder import read_records
from interpol_dataset.rules.gate import Passed
from interpol_dataset.tables.metadata import table_schemas
from interpol_dataset.tables.restore import restore
from interpol_dataset.tables.rows import TABLES
from interpol_dataset.tables.tabulate import TableRows, tabulate


@given(s.record_sets())
def test_what_holds_of_any_records(records: Records) -> None:
    """Any records survive their tables and their files; their rows are sound and in order."""
    tables = tabulate(records, assess(records))

    assert records == restore(tables)
    _keys_are_unique_and_in_order(tables)
    _rows_fit_their_schemas(tables)
    _figures_of_a_country_or_a_part_are_no_totals(records, tables)
    with tempfile.TemporaryDirectory() as folder:
        _write(records, Path(folder))
        assert records == read_records(Path(folder)).records


@given(s.record_sets())
@settings(max_examples=6)
def test_records_survive_a_build(records: Records) -> None:
    """Records, built into a package and loaded again, are the same records."""
    with tempfile.TemporaryDirectory() as folder:
        for path, content in render(Passed(records, assess(records))).items():
            place = Path(folder, path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        assert records == interpol_dataset.load(folder).records()


def _write(records: Records, folder: Path) -> None:
    """Write record files as the project has them."""
    for kind in KINDS:
        listed = getattr(records, kind.table)
        plain = [record.model_dump(mode="json", exclude_defaults=True) for record in listed]
        if not kind.folder and plain:
            path = (folder / kind.table).with_suffix(".yaml")
            path.write_text(file_of(kind, plain), encoding="utf-8", newline="")
        if kind.folder:
            (folder / kind.table).mkdir()
            for data in plain:
                path = folder / kind.table / f"{data[kind.id_field]}.yaml"
                path.write_text(file_of(kind, data), encoding="utf-8", newline="")


def _keys_are_unique_and_in_order(tables: TableRows) -> None:
    for name, rows in tables.items():
        key = next(row.KEY for row in TABLES if name == row.TABLE)
        keys = [tuple(getattr(row, column) for column in key) for row in rows]
        assert sorted(set(keys)) == keys


def _figures_of_a_country_or_a_part_are_no_totals(records: Records, tables: TableRows) -> None:
    """Check that figures which differ in place or part are facts of their own, with their scope."""
    stated = {
        (case.id, outcome.fact)
        for case in records.cases
        for report in case.reports
        for outcome in report.outcomes
    }
    rows = tables["outcomes"]

    assert {(row.case_id, row.fact) for row in rows} == stated
    for row in rows:
        assert (row.scope == "part") is ("~part" in row.fact)
        assert row.part_name == (row.fact.partition("~part/")[2] or None)
        assert (row.scope == "whole") is (row.place is None and "~" not in row.fact)
        assert (row.place is not None) is ("@" in row.fact)


def _rows_fit_their_schemas(tables: TableRows) -> None:
    schemas = table_schemas()
    models = {row.TABLE: row for row in TABLES}
    for name, rows in tables.items():
        arrow = arrow_table(rows, schemas[name])
        assert rows == tuple(models[name].model_validate(row) for row in arrow.to_pylist())
