"""
Checking what is named: a project's records, some files of it, a draft, a table, a data package.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from interpol_dataset.errors import PackageError, UnknownRecordError
from interpol_dataset.findings import Finding, Place
from interpol_dataset.records import fix
from interpol_dataset.records import models as m
from interpol_dataset.records.folder import KINDS, RECORDS, RecordSet, read_draft, read_records
from interpol_dataset.rules import gate
from interpol_dataset.rules.index import Context
from interpol_dataset.suggest import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from interpol_dataset.records.folder import Kind
    from interpol_dataset.tablecheck import TableFinding, TableReport

__all__ = [
    "Checked",
    "apply_fixes",
    "check_draft",
    "check_files",
    "check_package",
    "check_project",
    "check_table",
]

_ALL: Final[frozenset[str] | None] = None


@dataclass(frozen=True, slots=True)
class Checked:
    """
    What a check found.

    :param findings: The findings, in the order of files and lines.
    :param texts: The text of each file that was checked, by its path.
    :param more: How many findings were counted and left out, because there were too many.
    :param absent: Files that were named, are not there, and to whose records nothing refers.
    """

    findings: tuple[Finding, ...]
    texts: Mapping[str, str] = field(default_factory=dict)
    more: int = 0
    absent: tuple[Path, ...] = ()


def check_project(
    root: Path, select: frozenset[str] | None = _ALL, ignore: frozenset[str] = frozenset()
) -> Checked:
    """
    Check all records of a project.

    :param root: The project's folder.
    :param select: Codes of the rules to apply; all by default.
    :param ignore: Codes of rules to leave out.
    :raises PackageError: There are no records.
    """
    record_set = read_records(root / RECORDS, _shown(root))

    return Checked(gate.findings(record_set, select=select, ignore=ignore), _texts(record_set))


def check_files(
    root: Path,
    paths: Iterable[Path],
    select: frozenset[str] | None = _ALL,
    ignore: frozenset[str] = frozenset(),
) -> Checked:
    """
    Check some files of a project, and what refers to the records in them.

    :param root: The project's folder.
    :param paths: The files, or folders of them. One that was removed is checked for what still
        refers to it.
    :raises PackageError: A file is not one of the project's records.
    """
    folder = (root / RECORDS).resolve()
    shown = _shown(root)
    files = [file for path in paths for file in (path.rglob("*") if path.is_dir() else [path])]
    named = {f"{shown}/{_inside(file, folder)}": file for file in files}

    record_set = read_records(root / RECORDS, shown)
    context = Context(record_set)
    wanted = {*named, *_referring(context, set(named))}
    found = gate.findings(record_set, select=select, ignore=ignore)
    kept = [item for item in found if item.place.path in wanted]
    if len(kept) < len(found):
        # Of two records that don't go together, the finding may stand at the one not named.
        before = gate.findings(_without(record_set, set(named)), select=select, ignore=ignore)
        caused = set(found).difference(before)
        kept = [item for item in found if item.place.path in wanted or item in caused]
        wanted |= {item.place.path for item in kept}

    texts = {path: text for path, text in _texts(record_set).items() if path in wanted}
    absent = [
        file
        for path, file in named.items()
        if not file.exists() and not _referring(context, {path})
    ]

    return Checked(tuple(kept), texts, absent=tuple(absent))


def check_draft(
    root: Path,
    content: bytes,
    kind_name: str,
    name: str = "<stdin>",
    select: frozenset[str] | None = _ALL,
    ignore: frozenset[str] = frozenset(),
) -> Checked:
    """
    Check a record that has no file yet, as if it stood among the project's records.

    :param root: The project's folder; a draft can be checked without any, but not its references.
    :param content: The draft.
    :param kind_name: The kind of record that it is, such as ``case``.
    :param name: The path by which findings name it.
    :raises UnknownRecordError: There is no such kind.
    """
    kind = find_kind(kind_name)
    draft = read_draft(kind, content, name)
    alone = not (root / RECORDS).is_dir()
    others = RecordSet((), ()) if alone else read_records(root / RECORDS, _shown(root))

    replaced = {(entry.kind.table, entry.id) for entry in draft.entries}
    kept = tuple(entry for entry in others.entries if (entry.kind.table, entry.id) not in replaced)
    together = replace(draft, entries=(*kept, *draft.entries))
    unknown = frozenset({"PKG004", "PKG006"}) if alone else frozenset({"PKG006"})
    found = gate.findings(together, select=select, ignore=ignore | unknown)
    texts = _texts(draft)

    return Checked(tuple(item for item in found if item.place.path in texts), texts)


def apply_fixes(root: Path, checked: Checked) -> int:
    """
    Apply the hints that are certain, in the project's own files.

    :param root: The project's folder.
    :param checked: What a check found.
    :returns: How many findings were fixed.
    """
    return fix.apply_fixes(root / RECORDS, _shown(root), checked.findings)


def check_table(
    path: Path,
    table: str,
    against: Path | None = None,
    select: frozenset[str] | None = _ALL,
    ignore: frozenset[str] = frozenset(),
) -> Checked:
    """
    Check a table's file against the Table Schema of one of this package's tables.

    :param path: A CSV, Parquet, JSON or JSON Lines file, also compressed.
    :param table: The name of the table, such as ``outcomes``.
    :param against: The data package that foreign keys lead to; the installed one by default.
    :param select: Codes of the rules to apply; all by default.
    :param ignore: Codes of rules to leave out.
    :raises UnknownRecordError: There is no such table.
    :raises PackageError: The file can't be opened.
    """
    from interpol_dataset.dataset.dataset import load  # noqa: PLC0415  # only tables pay for it
    from interpol_dataset.rules.tables import faults_of  # noqa: PLC0415
    from interpol_dataset.tablecheck import validate_table  # noqa: PLC0415

    dataset = load(against)
    schema = dataset.table(table).schema
    parents = {
        key["reference"]["resource"]
        for key in schema.get("foreignKeys", [])
        if key["reference"]["resource"]
    }
    references = {name: dataset.table(name).to_arrow() for name in sorted(parents)}
    faults = faults_of(select, ignore)
    with _table_errors():
        report = validate_table(path, schema, name=table, references=references, faults=faults)

    return _reported([report])


def check_package(
    descriptor: Path,
    select: frozenset[str] | None = _ALL,
    ignore: frozenset[str] = frozenset(),
) -> Checked:
    """
    Check all tables of a data package, with whatever Table Schemas it has.

    :param descriptor: Its ``datapackage.json``.
    :param select: Codes of the rules to apply; all by default.
    :param ignore: Codes of rules to leave out.
    :raises PackageError: The descriptor can't be used.
    """
    from interpol_dataset.rules.tables import faults_of  # noqa: PLC0415
    from interpol_dataset.tablecheck import validate_package  # noqa: PLC0415

    with _table_errors():
        reports = validate_package(descriptor, faults=faults_of(select, ignore))

    return _reported(reports)


def find_kind(name: str) -> Kind:
    """
    Return a kind of record by its name.

    :raises UnknownRecordError: There is no such kind.
    """
    for kind in KINDS:
        if kind.name == name:
            return kind

    names = [kind.name for kind in KINDS]
    raise UnknownRecordError(
        f"there is no kind of record '{name}'",
        hint=suggestion(name, names, f"there are {', '.join(names)}"),
    )


@contextmanager
def _table_errors() -> Iterator[None]:
    """Raise the errors of the table check as this package's own."""
    from interpol_dataset.tablecheck import TableCheckError  # noqa: PLC0415

    try:
        yield
    except TableCheckError as error:
        raise PackageError(error.what, where=error.where, hint=error.hint) from error


def _reported(reports: Iterable[TableReport]) -> Checked:
    from interpol_dataset.rules.tables import code_of  # noqa: PLC0415

    listed = list(reports)
    found = tuple(
        Finding(
            rule=code_of(finding.fault),
            place=Place(finding.path),
            message=_in_table(finding),
            hint=finding.hint,
            record=f"{report.resource}/{finding.row}" if finding.row else None,
            field=finding.field or None,
        )
        for report in listed
        for finding in report.describe()
    )

    return Checked(
        found,
        {path: "" for report in listed for _, path in report.files},
        sum(report.omitted for report in listed),
    )


def _in_table(finding: TableFinding) -> str:
    """Say in which row and field a fault of a table is."""
    where = [f"row {finding.row}"] if finding.row else []
    where += [f"field '{finding.field}'"] if finding.field else []

    return f"{', '.join(where)}: {finding.message}" if where else finding.message


def _shown(root: Path) -> str:
    return (root / RECORDS).as_posix() if root != Path() else RECORDS


def _texts(record_set: RecordSet) -> dict[str, str]:
    return {document.path: document.text for document in record_set.documents}


def _inside(path: Path, folder: Path) -> str:
    resolved = path.resolve()
    if not resolved.is_relative_to(folder):
        raise PackageError(
            "the file is not one of the project's records",
            where=str(path),
            hint="name a file below data/records, or say with --as what it is",
        )

    return resolved.relative_to(folder).as_posix()


def _without(record_set: RecordSet, named: set[str]) -> RecordSet:
    """Leave out some files."""
    return RecordSet(
        tuple(entry for entry in record_set.entries if entry.document.path not in named),
        tuple(item for item in record_set.findings if item.place.path not in named),
        tuple(document for document in record_set.documents if document.path not in named),
    )


def _referring(context: Context, named: set[str]) -> set[str]:
    """Return the files whose records refer to those in some files."""
    files: dict[tuple[str, str], set[str]] = defaultdict(set)
    for item in context.ids:
        files[item.table, item.id].add(item.entry.document.path)

    stems = {(Path(path).parent.name, Path(path).stem) for path in named}
    words = {word for stem in stems for word in stem}
    # Whatever else stood in such a file before, now references to it lead nowhere.
    several = {
        kind.table
        for kind in KINDS
        if kind.table in words and (kind.name == "claims" or not kind.folder)
    }

    def leads_there(reference: tuple[str, str]) -> bool:
        there = files.get(reference, set())
        lost = not there and reference[0] in several
        return lost or reference in stems or bool(there & named)

    return {path for path, reference in _references(context) if leads_there(reference)}


def _references(context: Context) -> Iterator[tuple[str, tuple[str, str]]]:
    """Return each file, and table and id of a record that something in it refers to."""
    for item in context.references:
        yield item.entry.document.path, (item.table, item.id)
    for entry in context.entries(m.RetiredId):
        table = str(entry.data.get("table"))
        yield entry.document.path, (table, entry.id)
        yield entry.document.path, (table, str(entry.data.get("redirect")))
