"""Helpers that the tests of the table check share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from interpol_dataset.tablecheck import TableReport, validate_table

Found = set[tuple[int, str, str]]


@pytest.fixture
def check_report(tmp_path: Path) -> Callable[..., TableReport]:
    """Check a CSV file with this content, and give the report."""

    def check(
        content: str | bytes, schema: dict[str, Any], name: str = "table.csv", **options: Any
    ) -> TableReport:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return validate_table(path, schema, **options)

    return check


@pytest.fixture
def check_text(check_report: Callable[..., TableReport]) -> Callable[..., Found]:
    """Check a CSV file with this content, and give the row, field and fault of each finding."""

    def check(content: str | bytes, schema: dict[str, Any], name: str = "table.csv") -> Found:
        rows = check_report(content, schema, name).findings.to_pylist()
        return {(row["row"], row["field"], row["fault"]) for row in rows}

    return check
