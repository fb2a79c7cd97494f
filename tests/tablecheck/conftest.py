"""Helpers that the tests of the table check share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from interpol_dataset.tablecheck import TableReport, parse_schema, validate_table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pyarrow as pa

Found = set[tuple[int, str, str]]


def found_in(findings: pa.Table | pa.RecordBatch) -> Found:
    """Return the row, field and fault of each finding."""
    return {(row["row"], row["field"], row["fault"]) for row in findings.to_pylist()}


@pytest.fixture
def check_text(tmp_path: Path) -> Callable[..., Found]:
    """Check a CSV file with this content, and give what is found."""

    def check(content: str | bytes, schema: dict[str, Any], name: str = "table.csv") -> Found:
        return found_in(report_of(tmp_path / name, content, schema).findings)

    return check


@pytest.fixture
def check_report(tmp_path: Path) -> Callable[..., TableReport]:
    """Check a CSV file with this content, and give the report."""

    def check(
        content: str | bytes, schema: dict[str, Any], name: str = "table.csv", **options: Any
    ) -> TableReport:
        return report_of(tmp_path / name, content, schema, **options)

    return check


def report_of(
    path: Path, content: str | bytes, schema: dict[str, Any], **options: Any
) -> TableReport:
    """Write a file and check it."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())

    return validate_table(path, parse_schema(schema), **options)
