"""What a check imports, which decides how fast a small table is checked."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from interpol_dataset import tablecheck
from interpol_dataset.tablecheck import Fault

MODULES = sorted(Path(tablecheck.__file__).parent.rglob("*.py"))

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


def test_modules_stand_alone_and_name_faults_by_their_members() -> None:
    """The library could be moved to a package of its own, and no fault is a loose text."""
    names = {fault.value for fault in Fault if "-" in fault.value}
    wrong = []
    for path in MODULES:
        nodes = [*ast.walk(ast.parse(path.read_text("utf-8")))]
        imported = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
        texts = {str(node.value) for node in nodes if isinstance(node, ast.Constant)}
        others = {name for name in imported if name.startswith("interpol_dataset")}
        wrong += [name for name in others if not name.startswith(tablecheck.__name__)]
        wrong += sorted(names & texts) if path.stem != "faults" else []

    assert wrong == []


def test_the_package_itself_needs_the_standard_library_alone() -> None:
    """Importing it and reading a schema loads no library; names are imported once asked for."""
    code = (
        "from interpol_dataset import tablecheck\n"
        "tablecheck.parse_schema({'fields': [{'name': 'a', 'type': 'date'}]})"
    )

    assert loaded_after(code).isdisjoint({"pyarrow", "numpy", "pandas", "pydantic"})
    assert all(getattr(tablecheck, name).__doc__ for name in tablecheck.__all__)
    with pytest.raises(AttributeError, match="nope"):
        tablecheck.nope  # noqa: B018 - looking is what is tested


def test_a_check_imports_neither_pandas_nor_what_it_does_not_need(tmp_path: Path) -> None:
    """A damaged table of many kinds of columns is checked without what is slow to import."""
    path = tmp_path / "t.csv"
    path.write_text(
        "i,n,d,b,s,j,k\n"
        "1,1.5,2020-01-01,true,a,[1],1\n"
        "x,1e999,2020-1-1,maybe,AB,{},1\n"
        '+1,,,,"a\nb",,\n'
        "1\n\n\0,,,,,,,\n" + "2,,,,a,,\n2,,,,,,\n" * 1_000,
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
assert "pyarrow.parquet" not in sys.modules
"""

    assert "pandas" not in loaded_after(code)
