"""
Packages as Excel workbooks: a sheet to read first, one of all columns, and one for each table.

No cell is a formula. A list is the text of a JSON array. Excel's days begin in March 1900, and its
numbers have 15 digits: earlier days and longer whole numbers become texts, too.
"""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from interpol_dataset.errors import MissingExtraError
from interpol_dataset.package.jsonl import json_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from interpol_dataset.package.arrow import About, Described

#: The limits of Excel: UTF-16 units of a cell, rows with the header, columns, letters of a name.
MAX_CELL: Final = 32_767
_MAX_ROWS: Final = 1_048_576
_MAX_COLUMNS: Final = 16_384
_MAX_NAME: Final = 31
#: The first day on which Excel's calendar and the real one agree.
_FIRST_DAY: Final = date(1900, 3, 1)
#: The whole numbers that a cell shows in full, and the greatest number there is.
_MAX_WHOLE: Final = 10**15
_MAX_NUMBER: Final = 1e307
#: When every workbook is said to be made, so that its bytes stay the same.
_MADE: Final = datetime(1980, 1, 1)  # noqa: DTZ001  # Excel knows no zones
#: Widths of columns, in letters.
_NARROWEST, _WIDEST = 8, 60
_CUT: Final = " [cut]"


class _Cut(NamedTuple):
    """A cell whose text was too long."""

    sheet: str
    row: int
    column: str


def write(tables: Sequence[Described], about: About) -> dict[str, bytes]:
    """
    Write tables as a workbook; see :func:`interpol_dataset.package.formats.write_whole`.

    :raises MissingExtraError: XlsxWriter is not installed.
    :raises ValueError: A table has more rows or columns than a sheet.
    """
    try:
        import xlsxwriter  # noqa: PLC0415  # only those who want it pay for it
    except ImportError as error:
        raise MissingExtraError("excel", "XlsxWriter") from error

    for table in tables:
        if len(table.arrow) >= _MAX_ROWS or len(table.fields) > _MAX_COLUMNS:
            raise ValueError(f"the table '{table.name}' is larger than a sheet of Excel")

    buffer = io.BytesIO()
    options = {"in_memory": True, "default_date_format": "yyyy-mm-dd"}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        said = _plain(f"Version {about.version}, {about.license}")
        workbook.set_properties({"title": _plain(about.title), "comments": said, "created": _MADE})
        names = sheet_names(["README", "columns", *(table.name for table in tables)])
        first, codebook = (workbook.add_worksheet(name) for name in names[:2])
        bold = workbook.add_format({"bold": True, "bottom": 1})
        cuts: list[_Cut] = []
        for table, name in zip(tables, names[2:], strict=True):
            rows = zip(*(column.to_pylist() for column in table.arrow.columns), strict=True)
            cuts += _fill(workbook.add_worksheet(name), bold, table.arrow.column_names, rows)
        _fill(codebook, bold, ("table", "column", "title", "meaning", "type"), _columns(tables))
        _introduce(first, bold, about, dict(zip(names[2:], tables, strict=True)), cuts)

    return {f"{about.stem}.xlsx": buffer.getvalue()}


def sheet_names(names: Iterable[str]) -> list[str]:
    """Return names that Excel allows for sheets and that differ, capital letters or not."""
    taken = {"history"}  # a name that Excel keeps for itself
    allowed = []
    for name in names:
        plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", "_", name).strip("' ")[:_MAX_NAME] or "table"
        number, candidate = 1, plain
        while candidate.casefold() in taken:
            number += 1
            candidate = f"{plain[: _MAX_NAME - 1 - len(str(number))]}~{number}"
        taken.add(candidate.casefold())
        allowed.append(candidate)
    return allowed


def _fill(
    sheet: Worksheet, bold: Format, header: Sequence[str], rows: Iterable[Sequence[object]]
) -> list[_Cut]:
    """Fill a sheet: a header that stays in view and has filters, columns wide enough to read."""
    cuts = []
    widths = [len(name) + 2 for name in header]  # the filter's button needs room
    for column, name in enumerate(header):
        sheet.write_string(0, column, name, bold)
    last = 0
    for last, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells):
            if cell is None:
                continue
            text, is_cut = _write(sheet, (last, column), cell)
            widths[column] = max(widths[column], len(text))
            if is_cut:
                cuts.append(_Cut(sheet.get_name(), last + 1, header[column]))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(max(width, _NARROWEST), _WIDEST))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(header) - 1)

    return cuts


def _write(sheet: Worksheet, place: tuple[int, int], cell: object) -> tuple[str, bool]:
    """Write a cell; return what it shows, and whether it had to be cut."""
    match cell:
        case bool():
            sheet.write_boolean(*place, cell)
        case int() if abs(cell) < _MAX_WHOLE:
            sheet.write_number(*place, cell)
        case float() if abs(cell) < _MAX_NUMBER:
            sheet.write_number(*place, cell)
        case date() if cell >= _FIRST_DAY:
            sheet.write_datetime(*place, cell)
        case _:
            text = json_line(cell) if isinstance(cell, list) else str(cell)
            shown = _shortened(text)
            sheet.write_string(*place, shown)
            return shown.partition("\n")[0], shown != text

    return str(cell), False


def _plain(text: str) -> str:
    """Return a text without the characters that XML does not allow."""
    return re.sub(r"[\x00-\x1f\ufffe\uffff]", " ", text)[:255]


def _shortened(text: str) -> str:
    """Return as much of a text as a cell holds, with a mark where it was cut."""
    if len(text) * 2 <= MAX_CELL:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MAX_CELL:
        return text
    return units[: 2 * (MAX_CELL - len(_CUT))].decode("utf-16-le", "ignore") + _CUT


def _columns(tables: Sequence[Described]) -> Iterator[tuple[str, ...]]:
    for table in tables:
        for field in table.fields:
            title, meaning = field.get("title", ""), field.get("description", "")
            yield table.name, field["name"], title, meaning, field["type"]


def _introduce(
    sheet: Worksheet, bold: Format, about: About, tables: Mapping[str, Described], cuts: list[_Cut]
) -> None:
    lines: list[tuple[Any, ...]] = [
        (about.title,),
        (about.description,),
        (f"Version {about.version}. {about.license}", about.license_url),
        *([(about.adding_up,)] if about.adding_up else []),
        ("Lists are JSON arrays. An empty cell is a value that is not known or does not apply.",),
        ("The sheet 'columns' says what each column means.",),
        (),
        ("table", "rows", "what it holds"),
        *((name, len(table.arrow), table.description) for name, table in tables.items()),
    ]
    if cuts:
        lines += [(), ("cut: longer than a cell of Excel; whole in other formats", "row", "column")]
        lines += cuts
    table_head = lines.index(("table", "rows", "what it holds"))
    heads = (0, table_head, table_head + 2 + len(tables))
    for row, cells in enumerate(lines):
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(row, column, cell)
            else:
                sheet.write_string(row, column, _shortened(cell), bold if row in heads else None)
    for row, name in enumerate(tables, table_head + 1):
        target = name.replace("'", "''")
        sheet.write_url(row, 0, f"internal:'{target}'!A1", string=name)
    sheet.set_column(0, 0, 30)
    sheet.set_column(2, 2, _WIDEST)
