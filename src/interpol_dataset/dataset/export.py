"""
Export a dataset as a data package, or as a file that other programs open.

An export is a directory with a descriptor. In Parquet, CSV, JSON and JSON Lines it loads again as
the same dataset; SQLite, DuckDB and Excel have one file for all tables. It is put in place as a
whole: a reader sees the old export or the new one, never half of either.
"""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.dataset.cite import cite
from interpol_dataset.dataset.tables import Tables, expect, parsing
from interpol_dataset.errors import ExportError, cause_and_help
from interpol_dataset.files import replace_directory
from interpol_dataset.package.arrow import About, Described
from interpol_dataset.package.formats import FORMATS, WHOLE_FORMATS, write_table, write_whole
from interpol_dataset.package.reader import DESCRIPTOR, file_properties, hash_of
from interpol_dataset.package.text import json_file, json_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


#: The file that says what an export is, for anyone who finds it.
README: Final = "README.txt"
#: The rule on adding up, wherever the tables of totals come from.
ADDING_UP: Final = (
    "To add up: take one metric in case_totals, or one metric and one object in "
    "case_object_totals, leave out the rows with counted_in, and add up point for each unit. Don't "
    "add up outcomes or columns of cases: some of their figures lie in others."
)


def export(  # each is an option of the command, too
    source: Tables,
    target: str | Path,
    format_: str,
    *,
    tables: str | Iterable[str] | None = None,
    spreadsheet_safe: bool = False,
    metadata: bool = False,
    progress: Callable[[str], None] | None = None,
) -> Path:
    """
    Write a dataset to a directory; see :meth:`interpol_dataset.Dataset.export`.

    :param metadata: With CSV, write also what describes it in other standards: Croissant, RO-Crate,
        DCAT-AP, schema.org, DataCite, a citation file and a card for model hubs.
    """
    target = Path(target)
    expect(format_, [*FORMATS, *WHOLE_FORMATS], f"there is no format '{format_}'")
    for wanted, what, option in (
        (spreadsheet_safe, "only CSV can be made safe for spreadsheets", "--spreadsheet-safe"),
        (metadata, "the metadata describe files of CSV", "--metadata"),
    ):
        if wanted and format_ != "csv":
            raise ExportError(what, hint=f"choose the format csv, or leave {option} out")
    _check_target(target, str(source.package.descriptor.get("name")))

    note = progress or (lambda _: None)
    names = _names(source, tables)
    if format_ in WHOLE_FORMATS:
        files = _whole(source, names, format_, note)
    else:
        files = _tables(source, names, format_, note, spreadsheet_safe=spreadsheet_safe)
    if metadata:
        files |= _metadata(source, files[DESCRIPTOR])
    files[README] = _readme(source, names).encode()

    try:
        replace_directory(target, files)
    except OSError as error:
        what, hint = cause_and_help(error, "choose a directory that you can write to")
        raise ExportError(
            f"the export can't be written: {what}", where=str(target), hint=hint
        ) from error

    return target


def _check_target(target: Path, package: str) -> None:
    """Refuse a target that is not new, empty, or an earlier export of the same package."""
    if not target.exists() and not target.is_symlink():
        return
    what = ""
    if target.is_symlink() or not target.is_dir():
        what, hint = "this is not a directory", "choose another directory"
    elif target.resolve() == Path.cwd():
        what = "the current directory can't be replaced"
        hint = "choose a new directory in it, such as 'out'"
    elif not _is_export(target, {path.name for path in target.iterdir()}, package):
        what = "the directory is not empty and is not an earlier export"
        hint = "choose a new or an empty directory"
    if what:
        raise ExportError(what, where=str(target), hint=hint)


def _is_export(target: Path, found: set[str], package: str) -> bool:
    """Return whether a directory is empty, or an earlier export of the same package."""
    if not found:
        return True
    try:
        descriptor = json.loads((target / DESCRIPTOR).read_text("utf-8"))
        listed = {resource["path"] for resource in descriptor["resources"]}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return False
    from interpol_dataset.tables.metadata import FILES  # noqa: PLC0415  # where it is needed

    return str(descriptor.get("name")) == package and found <= {*listed, *FILES, DESCRIPTOR, README}


def _names(tables: Tables, chosen: str | Iterable[str] | None) -> list[str]:
    chosen = [chosen] if isinstance(chosen, str) else chosen
    names = list(tables if chosen is None else dict.fromkeys(chosen))
    if chosen is not None and not names:
        raise ExportError(
            "there is no table to export", hint="name one, or leave 'tables' out to export all"
        )
    for name in names:
        tables.schema(name)  # there is such a table
    return names


def _tables(
    tables: Tables,
    names: list[str],
    format_: str,
    progress: Callable[[str], None],
    *,
    spreadsheet_safe: bool,
) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    resources = []
    for name in names:
        progress(name)
        table, original = tables.table(name), tables.package.resources[name]
        with parsing(tables.package, name):
            schema = _among(names, table.schema)
        path = f"{name}.{format_}"
        files[path] = write_table(
            table.to_arrow(),
            format_,
            metadata=_parquet_metadata(tables, name, schema),
            spreadsheet_safe=spreadsheet_safe,
        )
        resources.append(
            {key: original[key] for key in ("name", "type", "description") if key in original}
            | file_properties(path, format_, files[path], len(table))
            | {"schema": schema}
            | ({"spreadsheetSafe": True} if spreadsheet_safe else {})
        )

    descriptor = {**tables.package.descriptor, "resources": resources}
    return files | {DESCRIPTOR: json_file(descriptor)}


def _metadata(tables: Tables, descriptor: bytes) -> dict[str, bytes]:
    from interpol_dataset.tables.metadata import metadata  # noqa: PLC0415  # where it is asked for

    try:
        return metadata(json.loads(descriptor))
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise ExportError(
            f"the descriptor lacks what metadata have to say: {error}",
            where=str(tables.directory / DESCRIPTOR),
            hint="leave --metadata out, or load a package that interpol-dataset wrote",
        ) from error


def _whole(
    tables: Tables, names: list[str], format_: str, progress: Callable[[str], None]
) -> dict[str, bytes]:
    described = []
    for name in names:
        progress(name)
        schema = _among(names, tables.schema(name))
        description = str(tables.package.resources[name].get("description", ""))
        described.append(Described(name, description, schema, tables.table(name).to_arrow()))

    try:
        files = write_whole(described, format_, _about(tables))
    except ValueError as error:
        raise ExportError(
            f"the format {format_} can't hold the tables: {error}",
            where=str(tables.directory),
            hint="run 'interpol-dataset validate' on the package, or choose the format parquet",
        ) from error

    (main, content), *others = files.items()
    resource = {
        "name": "database" if format_ != "xlsx" else "workbook",
        "path": main,
        "format": format_,
        "mediatype": WHOLE_FORMATS[format_],
        "bytes": len(content),
        "hash": hash_of(content),
        "tables": {table.name: table.schema for table in described},
    }
    if format_ == "xlsx":
        # frictionless reads one sheet: the first, unless it is told which of them is a table.
        resource["dialect"] = {"excel": {"sheet": "columns"}}
    resources = [resource]
    for path, text in others:
        properties = file_properties(path, "json", text, rows=0)
        del properties["rows"]  # it holds none
        resources.append({"name": "metadata", "description": "For Datasette"} | properties)

    descriptor = {**tables.package.descriptor, "resources": resources}
    return files | {DESCRIPTOR: json_file(descriptor)}


def _readme(tables: Tables, names: list[str]) -> str:
    about = _about(tables)
    paragraphs = [
        about.title or about.name,
        about.description,
        f"Version {about.version}. Licence: {about.license} {about.license_url}".rstrip(),
        f"Tables: {', '.join(names)}. {DESCRIPTOR} says what each column means.",
        about.adding_up,
        f"Cite as: {cite(tables)}",
    ]
    # Neither words nor addresses are broken.
    wrapper = textwrap.TextWrapper(88, break_long_words=False, break_on_hyphens=False)
    return "\n\n".join(map(wrapper.fill, filter(None, paragraphs))) + "\n"


def _about(tables: Tables) -> About:
    descriptor, package = tables.package.descriptor, tables.package
    licenses = descriptor.get("licenses")
    first = licenses[0] if isinstance(licenses, list) and licenses else {}
    return About(
        name=str(descriptor.get("name")),
        title=package.title,
        description=str(descriptor.get("description", "")),
        version=package.version,
        license=", ".join(package.licenses),
        license_url=str(first.get("path", "")) if isinstance(first, dict) else "",
        adding_up=ADDING_UP if "case_totals" in tables else "",
    )


def _among(names: list[str], schema: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out foreign keys to tables that are not exported."""
    there = {"", *names}  # a table that refers to itself names none
    kept = [key for key in schema.get("foreignKeys", []) if key["reference"]["resource"] in there]
    without = {key: value for key, value in schema.items() if key != "foreignKeys"}
    return without | ({"foreignKeys": kept} if kept else {})


def _parquet_metadata(tables: Tables, name: str, schema: Mapping[str, Any]) -> dict[str, str]:
    """Return what a Parquet file says of itself, for readers who have only the file."""
    package = tables.package
    return {
        "name": name,
        "title": package.title,
        "version": package.version,
        "license": ", ".join(package.licenses),
        "table_schema": json_line(schema),
    }
