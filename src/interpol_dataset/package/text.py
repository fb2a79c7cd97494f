"""
Tables as CSV, JSON Lines or JSON, with rows first that show what the columns hold.

CSV is that of RFC 4180 with line feeds, and quotes only where a cell needs them.

Readers who are told no types guess them from the first rows, and refuse or lose what comes later
and fits the guess badly: Polars looks at 100 rows, readr at 1,000 that are spread over the file.
So a few rows are moved to the front, and some to where samples are taken; loading puts all back in
the order of their keys.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
from pyarrow import csv

from interpol_dataset.package.arrow import arrow_schema, complete, from_json, to_json
from interpol_dataset.tablecheck import arrow
from interpol_dataset.tablecheck.schema import no_number

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

_SPECIAL: Final = re.compile(r'[",\r\n]')
#: What is put before a cell that a spreadsheet would run, or that begins with the guard itself.
_GUARD: Final = "'"
_GUARDED: Final = ("\t", "\r", "\n", _GUARD)
#: What begins a formula, also after blanks and in the wide forms of East Asian keyboards.
_OPERATORS: Final = frozenset("=+-@\N{MINUS SIGN}")


def write_csv(table: pa.Table, *, spreadsheet_safe: bool = False) -> bytes:
    """
    Write a table as CSV.

    :param spreadsheet_safe: Put an apostrophe before texts that a spreadsheet would run.
    """
    text = (lambda cell: _quoted(guarded(cell))) if spreadsheet_safe else _quoted
    columns = [_cells(column, text) for column in table.columns]
    lines = [map(text, table.column_names), *zip(*columns, strict=True)]
    return "".join(f"{','.join(line)}\n" for line in lines).encode()


def _quoted(cell: str) -> str:
    """Quote a cell that needs it. Python's own writer leaves a lone carriage return bare."""
    return '"' + cell.replace('"', '""') + '"' if _SPECIAL.search(cell) else cell


def _cells(column: pa.ChunkedArray, text: Callable[[str], str]) -> list[str]:
    """Write the cells of a column, texts with the function."""
    writers: dict[pa.DataType, Callable[[Any], str]] = {
        pa.string(): text,
        pa.list_(pa.string()): lambda value: _quoted(json_line(value)),
        pa.bool_(): lambda value: "true" if value else "false",
        # 57 rather than 57.0
        pa.float64(): lambda value: str(int(value)) if value.is_integer() else repr(value),
        pa.int64(): str,
        pa.date32(): str,
    }
    write = writers.get(column.type, lambda value: text(str(value)))
    return ["" if value is None else write(value) for value in column.to_pylist()]


def guarded(text: str) -> str:
    """Return a text with an apostrophe before it, if a spreadsheet would run it."""
    return _GUARD + text if text.startswith(_GUARDED) or _is_formula(text) else text


def _is_formula(text: str) -> bool:
    for letter in text:
        if letter.isprintable() and not letter.isspace():
            return unicodedata.normalize("NFKC", letter) in _OPERATORS
    return False


def read_csv(
    content: bytes, schema: Mapping[str, Any], *, spreadsheet_safe: bool = False
) -> pa.Table:
    """
    Read a table that :func:`write_csv` wrote.

    :raises pa.ArrowInvalid: The bytes are not such a table.
    """
    target = arrow_schema(schema)
    arrays = {field["name"] for field in schema["fields"] if field["type"] == "array"}
    labels = {name: guarded(name) if spreadsheet_safe else name for name in target.names}
    types = {labels[f.name]: pa.string() if f.name in arrays else f.type for f in target}
    table = csv.read_csv(
        pa.py_buffer(content),
        read_options=csv.ReadOptions(use_threads=False),
        parse_options=csv.ParseOptions(newlines_in_values=True),
        convert_options=csv.ConvertOptions(
            column_types=types,
            null_values=[""],
            true_values=["true"],
            false_values=["false"],
            strings_can_be_null=True,
            include_columns=[*labels.values()],
        ),
    )
    columns = [
        _unquoted(column, is_array=name in arrays, spreadsheet_safe=spreadsheet_safe)
        for name, column in zip(target.names, table.columns, strict=True)
    ]

    return complete(pa.table(columns, schema=target))


def _unquoted(
    column: pa.ChunkedArray, *, is_array: bool, spreadsheet_safe: bool
) -> pa.ChunkedArray:
    if is_array:
        return _arrays(column)
    if spreadsheet_safe and column.type == pa.string():
        texts = [text and text.removeprefix(_GUARD) for text in column.to_pylist()]
        return pa.chunked_array([texts], pa.string())
    return column


def _arrays(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return lists for cells that hold JSON arrays; an empty cell stays empty."""
    type_ = pa.list_(pa.string())
    if not len(column):
        return pa.chunked_array([], type_)
    # pyarrow's own reader, as making lists of Python objects would import pandas.
    from pyarrow import json  # noqa: PLC0415  # only tables with arrays pay for it

    lines = "".join(f'{{"cell":{text or "null"}}}\n' for text in column.to_pylist())
    options = json.ParseOptions(explicit_schema=pa.schema([("cell", type_)]))
    arrays = json.read_json(pa.py_buffer(lines.encode()), parse_options=options)["cell"]
    if len(arrays) != len(column):
        raise pa.ArrowInvalid("a cell holds more than a JSON array")
    return arrays


#: Bytes that JSON may take once it is read, and what it takes for each comma and bracket.
MAX_MEMORY: Final = 256 << 20
_COSTS: Final = ((b",", 64), (b"{", 192), (b"[", 192))


def json_line(value: object) -> str:
    """Return a value as JSON on one line, with every character as itself."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def json_file(value: object) -> bytes:
    """Return a value as the content of a JSON file, with every character as itself."""
    return f"{json.dumps(value, ensure_ascii=False, indent=2)}\n".encode()


def write_lines(table: pa.Table) -> bytes:
    """Write a table as JSON Lines."""
    return "".join(f"{json_line(row)}\n" for row in to_json(table)).encode()


def read_lines(content: bytes, schema: Mapping[str, Any]) -> pa.Table:
    """
    Read a table that :func:`write_lines` wrote.

    :raises ValueError: The bytes are not JSON Lines, or do not fit the schema.
    """
    _check_memory(content)
    return from_json(map(_parse, content.splitlines()), schema)


def write_array(table: pa.Table) -> bytes:
    """Write a table as a JSON array of objects, each on a line of its own."""
    lines = ",\n".join(map(json_line, to_json(table)))
    return f"[\n{lines}\n]\n".encode()


def read_array(content: bytes, schema: Mapping[str, Any]) -> pa.Table:
    """
    Read a table that :func:`write_array` wrote.

    :raises ValueError: The bytes are not JSON, or do not fit the schema.
    :raises TypeError: They are not an array.
    """
    _check_memory(content)
    rows = _parse(content)
    if not isinstance(rows, list):
        raise TypeError("the file is not a list of rows")
    return from_json(rows, schema)


def _parse(content: bytes) -> Any:  # noqa: ANN401  # any JSON
    return json.loads(content, parse_constant=no_number)


def _check_memory(content: bytes) -> None:
    """Refuse JSON that takes more than :data:`MAX_MEMORY` once it is read."""
    memory = len(content) + sum(cost * content.count(character) for character, cost in _COSTS)
    if memory > MAX_MEMORY:
        raise ValueError(f"it takes more than {MAX_MEMORY >> 20} MB in memory")


#: How many rows at least are read to guess types: the first ones, or as many spread over a file.
FIRST: Final = 100
SPREAD: Final = 1_000
#: How many of the first rows may be moved there; all others stay in their order.
_MOVED: Final = FIRST // 2
#: A value in one of so many rows is sure to be in a sample of rows.
_RARE: Final = 100
#: How many rows are compared to find one that shows much.
_TRIED: Final = 500
#: How a guessing reader sees a text.
_LOOK: Final = re.compile(
    r"(?P<whole>[+-]?\d+)|(?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<truth>[tT]rue|TRUE|[fF]alse|FALSE|[tTfF])|(?P<day>\d{4}-\d\d?-\d\d?)"
    r"|(?P<time>\d{4}-\d\d|\d\d?:\d\d.*|\d{4}-\d\d-\d\d[T ].*)"
)


def examples_first(table: pa.Table) -> pa.Table:
    """Return a table with the rows first that show what its columns hold."""
    # Few of the rows of a large table differ in how their cells look.
    shown: dict[tuple[str | None, ...], set[Hashable]] = {}
    looks = []
    for row in zip(*map(_looks, table.columns), strict=True):
        if row not in shown:
            looked = zip(table.column_names, row, strict=True)
            shown[row] = {(name, look) for name, look in looked if look is not None}
        looks.append(shown[row])
    return arrow.take(table, arrow.numbers(_order(looks)))


def _looks(column: pa.ChunkedArray) -> list[str | None]:
    """Return how a guessing reader sees each cell of a column; nothing of an empty one."""
    look = _look_of(column.type)
    return [None if value is None else look(value) for value in column.to_pylist()]


def _look_of(type_: pa.DataType) -> Callable[[Any], str]:
    looks: dict[str, Callable[[Any], str]] = {
        "string": _look_of_text,
        "double": lambda number: "whole" if number.is_integer() else "number",
    }
    return looks.get(str(type_), lambda _: "other")  # as all others in the column


@lru_cache(maxsize=100_000)
def _look_of_text(text: str) -> str:
    found = _LOOK.fullmatch(text)
    return str(found.lastgroup) if found else "other"


def _order(looks: Sequence[set[Hashable]]) -> list[int]:
    """
    Return an order in which the first rows show everything.

    :param looks: What each row shows.
    """
    rows_of: dict[Hashable, list[int]] = defaultdict(list)
    for row, shown in enumerate(looks):
        for look in shown:
            rows_of[look].append(row)

    rare = len(looks) // _RARE if len(looks) >= 2 * SPREAD else 0
    late = [look for look, rows in rows_of.items() if rows[0] >= _MOVED or len(rows) < rare]
    # What is rarest comes first, and rows that show much else that is missing.
    missing = dict.fromkeys(sorted(late, key=lambda look: (len(rows_of[look]), look)))
    chosen = []
    while missing:
        rows = islice(rows_of[next(iter(missing))], _TRIED)
        chosen.append(max(rows, key=lambda row: len(missing.keys() & looks[row])))
        for look in looks[chosen[-1]]:
            missing.pop(look, None)

    step = max(len(looks) // SPREAD, 1)
    first = sorted(range(min(FIRST, len(looks))), key=lambda place: (place % step > 0, place))
    placed = dict(zip(first, chosen, strict=False))
    # Who samples every n-th row sees few of the first: further examples are where it looks next.
    sampled = {look for place, row in placed.items() if place % step == 0 for look in looks[row]}
    places = iter(range(FIRST + -FIRST % step, len(looks), step))
    for look in late:
        if look in sampled or len(rows_of[look]) >= rare:
            continue
        spare = set(rows_of[look]).difference(placed.values())
        if spare:
            placed[next(places)] = min(spare)
            sampled |= looks[min(spare)]

    return _filled(placed, len(looks))


def _filled(placed: Mapping[int, int], rows: int) -> list[int]:
    """Return the order of rows: some are given a place, and all others stay in order."""
    others = iter(sorted(set(range(rows)).difference(placed.values())))
    return [placed[place] if place in placed else next(others) for place in range(rows)]


def in_key_order(table: pa.Table, schema: Mapping[str, Any]) -> pa.Table:
    """Return a table in the order of its primary key, if it has one, of columns that are there."""
    key = schema.get("primaryKey") or []
    names = [key] if isinstance(key, str) else key
    if not names or not {*names} <= {*table.column_names}:
        return table
    return table.sort_by([(name, "ascending") for name in names])
