"""What a check imports, which decides how fast a small table is checked."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LOADED = "print(' '.join(sorted({name.partition('.')[0] for name in sys.modules})))"


def loaded_after(code: str) -> set[str]:
    """Run code in a fresh process, and name the top-level modules that it loaded."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\n{LOADED}"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    return set(done.stdout.split())


def test_the_package_itself_needs_the_standard_library_alone() -> None:
    """Importing the package and reading a schema loads no library."""
    code = (
        "from interpol_dataset import tablecheck\n"
        "tablecheck.parse_schema({'fields': [{'name': 'a', 'type': 'date'}]})"
    )

    assert loaded_after(code).isdisjoint({"pyarrow", "numpy", "pandas", "pydantic"})


def test_a_check_imports_neither_pandas_nor_all_of_arrow(tmp_path: Path) -> None:
    """A damaged table of many kinds of columns is checked without what is slow to import."""
    path = tmp_path / "t.csv"
    path.write_text(
        "i,n,d,b,s,j,k\n"
        "1,1.5,2020-01-01,true,a,[1],1\n"
        "x,1e999,2020-1-1,maybe,AB,{},1\n"
        '+1,,,,"a\nb",,\n'
        "1\n\n\0,,,,,,,\n",
        encoding="utf-8",
    )
    code = f"""
from interpol_dataset.tablecheck import validate_table
report = validate_table({str(path)!r}, {{"fields": [
    {{"name": "i", "type": "integer", "constraints": {{"minimum": 0, "unique": True}}}},
    {{"name": "n", "type": "number", "constraints": {{"maximum": 9}}}},
    {{"name": "d", "type": "date", "constraints": {{"minimum": "2020-01-02"}}}},
    {{"name": "b", "type": "boolean"}},
    {{"name": "s", "constraints": {{"pattern": "[a-z]+", "enum": ["a", "c"], "maxLength": 1}}}},
    {{"name": "j", "type": "array"}},
    {{"name": "k", "type": "integer"}}],
    "primaryKey": ["i", "k"],
    "foreignKeys": [{{"fields": "k", "reference": {{"fields": "i"}}}}]}})
assert len(list(report.describe())) > 10
assert "pyarrow.compute" not in sys.modules
assert "pyarrow.parquet" not in sys.modules
"""

    assert "pandas" not in loaded_after(code)
