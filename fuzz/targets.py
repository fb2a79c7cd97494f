"""
What is fuzzed: for each way in, a function that takes any bytes and fails where the code does.

A target passes over the errors that the code promises, and asserts what must hold of what was read.
"""

from __future__ import annotations

import atexit
import json
import tempfile
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
from pyarrow import parquet

from interpol_dataset.errors import InterpolDatasetError, NotationError
from interpol_dataset.package.reader import open_package
from interpol_dataset.records.document import KINDS, parse
from interpol_dataset.records.parse import parse_record
from interpol_dataset.tablecheck import (
    TableCheckError,
    TableFile,
    validate_package,
    validate_table,
)
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["TARGETS"]

TYPES: Final = (
    *("string", "integer", "number", "boolean", "date", "datetime", "object", "array", "any"),
    "geopoint",
)
DELIMITERS: Final = (",", ";", "\t", " ")


class Choices:
    """Choices that are made by bytes, so that a fuzzer can vary each."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def number(self, below: int) -> int:
        """Return a number, by one byte."""
        first, self.data = self.data[:1], self.data[1:]

        return (first[0] if first else 0) % below

    def one_of(self, values: Sequence[Any]) -> Any:
        """Return one of some values."""
        return values[self.number(len(values))]

    def bytes(self, most: int) -> bytes:
        """Return some bytes."""
        size = self.number(most + 1)
        taken, self.data = self.data[:size], self.data[size:]

        return taken


@cache
def folder() -> Path:
    """Return a folder for this process."""
    made = tempfile.TemporaryDirectory()
    atexit.register(made.cleanup)

    return Path(made.name)


def schema(choices: Choices, names: Sequence[str] = ("a", "b")) -> dict[str, Any]:
    """Return a schema of these fields, of any types, with constraints and keys."""
    fields: list[dict[str, Any]] = [
        {
            "name": name,
            "type": choices.one_of(TYPES),
            "constraints": {
                rule: True for rule in ("required", "unique") if choices.number(4) == 1
            },
        }
        for name in names
    ]
    keys: dict[str, Any] = {}
    if choices.number(3) == 1:
        keys["primaryKey"] = list(names)
    if choices.number(3) == 1:
        reference = {"resource": "", "fields": [names[-1]]}
        keys["foreignKeys"] = [{"fields": [names[0]], "reference": reference}]

    return {"fields": fields, **keys}


# --- files ----------------------------------------------------------------------------------


def yaml(data: bytes) -> None:
    """Read a file of a record; what is wrong is in its defects, each at a place in the text."""
    document = parse(data, "record.yaml")
    for kind in KINDS:
        parse_record(kind.model, document, ())


def csv(data: bytes) -> None:
    """Check a CSV file with some delimiter against some schema."""
    choices = Choices(data)
    described = schema(choices)
    delimiter = choices.one_of(DELIMITERS)
    path = folder() / "table.csv"
    path.write_bytes(choices.data)
    try:
        validate_table(TableFile(path, "csv", delimiter), described)
    except TableCheckError:
        pass


def parquet_file(data: bytes) -> None:
    """Check a Parquet file: one that Arrow wrote of any types, with some bytes changed or none."""
    choices = Choices(data)
    described = schema(choices)
    path = folder() / "table.parquet"
    try:
        table = pa.table({name: _column(choices) for name in ("a", "b")})
        parquet.write_table(table, path)
    except (pa.ArrowException, OverflowError, ValueError):  # no such table
        return

    content = bytearray(path.read_bytes())
    for _ in range(choices.number(4)):
        place = int.from_bytes(choices.bytes(2), "big")
        content[-1 - place % len(content)] = choices.number(256)
    path.write_bytes(content)
    try:
        validate_table(path, described)
    except TableCheckError:
        pass


def _column(choices: Choices) -> pa.Array:
    kind = choices.number(14)
    number = int.from_bytes(choices.bytes(8), "big", signed=True)
    text = choices.bytes(12)
    values: list[Any] = [
        number,
        number / 7,
        text,
        text.decode(errors="replace"),
        bool(number % 2),
        Decimal(number),
        [number],
        {"x": number},
    ]
    if kind < len(values):
        return pa.array([values[kind], None])
    zone = choices.one_of((None, "UTC", "Mars"))
    types = [
        pa.timestamp(choices.one_of(("s", "ms", "us", "ns")), zone),
        pa.date64(),
        pa.time64(choices.one_of(("us", "ns"))),
        pa.duration("ns"),
    ]
    if kind - len(values) < len(types):
        return pa.array([number, None], pa.int64()).view(types[kind - len(values)])
    if kind - len(values) == len(types):
        return pa.array([number >> 32, None], pa.int32()).view(pa.date32())

    return pa.array([text, None]).view(pa.string())


def descriptor(data: bytes) -> None:
    """Open and check a package with any descriptor."""
    place = folder() / "package"
    place.mkdir(exist_ok=True)
    (place / "a.csv").write_bytes(b"a,b\n1,2\n")
    (place / "datapackage.json").write_bytes(data)
    try:
        package = open_package(place)
        for name in package.resources:
            package.read(name)
        assert isinstance(package.title, str)
        assert all(isinstance(schema, dict) for schema in package.schemas.values())
    except InterpolDatasetError:
        pass
    try:
        validate_package(place / "datapackage.json")
    except TableCheckError:
        pass


# --- notations ------------------------------------------------------------------------------


def quantity(data: bytes) -> None:
    """Read a quantity; what is written again is the same."""
    text = data.decode(errors="surrogateescape")
    try:
        found = Quantity.parse(text)
    except NotationError:
        return
    assert Quantity.parse(str(found)) == found
    assert str(Quantity.parse(str(found))) == str(found)
    json.dumps(str(found), allow_nan=False)


def edtf(data: bytes) -> None:
    """Read a date; its bounds are in order, and what is written again is the same."""
    text = data.decode(errors="surrogateescape")
    try:
        found = Edtf.parse(text)
    except NotationError:
        return
    assert Edtf.parse(str(found)) == found
    if found.earliest and found.latest:
        assert found.earliest <= found.latest


def fact_path(data: bytes) -> None:
    """Read a path; its parts make the same path again."""
    text = data.decode(errors="surrogateescape")
    try:
        found = FactPath.parse(text)
    except NotationError:
        return
    assert text == found
    if found.kind == "outcomes":
        again = FactPath.outcome(
            found.member,
            found.object,
            currency=found.currency,
            place=found.place,
            is_part=found.is_part,
            part_name=found.part_name,
        )
        assert again == found


TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
    "yaml": yaml,
    "csv": csv,
    "parquet": parquet_file,
    "descriptor": descriptor,
    "quantity": quantity,
    "edtf": edtf,
    "fact_path": fact_path,
}
