"""Validate records: all of a project, some files of it, or a draft that has no file yet."""

from __future__ import annotations

from codecs import BOM_UTF8
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from interpol_dataset.errors import PackageError, UnknownRecordError
from interpol_dataset.records import formatter
from interpol_dataset.records import models as m
from interpol_dataset.records.document import KINDS
from interpol_dataset.records.folder import (
    RECORDS,
    RecordSet,
    Unreadable,
    read_contents,
    read_draft,
    read_records,
)
from interpol_dataset.rules import gate
from interpol_dataset.rules.context import Context, latest_day
from interpol_dataset.rules.gate import RULES, is_unchanged
from interpol_dataset.rules.ids import known_reference
from interpol_dataset.rules.rule import Checked
from interpol_dataset.rules.sources import used_source
from interpol_dataset.suggest import suggestion

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from interpol_dataset.findings import Finding
    from interpol_dataset.records.cache import Cache
    from interpol_dataset.records.document import Kind
    from interpol_dataset.records.folder import Contents
    from interpol_dataset.records.formatter import Fixed
    from interpol_dataset.rules.gate import Judged


def check_project(
    root: Path,
    select: frozenset[str] | None = None,
    ignore: frozenset[str] = frozenset(),
    cache: Cache | None = None,
) -> Checked:
    """
    Check all records of a project.

    :param select: Codes of the rules to apply; all by default.
    :param ignore: Codes of rules to leave out.
    :param cache: What is known from earlier checks; everything is checked by default.
    :raises PackageError: There are no records.
    """
    before, contents = _before(root, cache)
    if before is not None and contents is not None:
        found = gate.wanted(before.reported, select, ignore)
        return Checked(found, RULES, _texts_of(contents, found))
    record_set = read_records(root / RECORDS, _shown(root), cache, contents)
    found = gate.judged(Context(record_set), cache, select=select, ignore=ignore)
    return Checked(found, RULES, _texts(record_set))


def _before(root: Path, cache: Cache | None) -> tuple[Judged | None, Contents | None]:
    """Return an earlier check's findings, if nothing changed since, and the files' contents."""
    before = gate.remembered(cache)
    contents = read_contents(root / RECORDS, _shown(root)) if before is not None else None
    if before is None or contents is None or not is_unchanged(before, contents, latest_day()):
        return None, contents
    return before, contents


def _texts_of(contents: Contents, found: Iterable[Finding]) -> dict[str, str]:
    """Return the texts of the files that something was found in."""
    paths = {finding.place.path for finding in found} & contents.files.keys()
    return {path: contents.files[path].removeprefix(BOM_UTF8).decode() for path in paths}


def check_files(
    root: Path,
    paths: Iterable[Path],
    select: frozenset[str] | None = None,
    ignore: frozenset[str] = frozenset(),
    cache: Cache | None = None,
) -> Checked:
    """
    Check some files of a project, what refers to the records in them, and what they cite.

    That is the sources, and the organizations that records or sources name. Lists and records that
    can't be read are reported, too, where the check of these files has to wait for them.

    :param paths: The files, or folders of them. A file that was removed is checked for references
        that remain.
    :raises PackageError: A file is not one of the project's records, or does not exist and nothing
        refers to its record.
    """
    folder = (root / RECORDS).resolve()
    shown = _shown(root)
    named = {
        f"{shown}/{_inside(file, folder, path)}": file
        for path in paths
        for file in (path.rglob("*") if path.is_dir() else [path])
    }

    before, contents = _before(root, cache)
    if before and not before.reported and all(file.exists() for file in named.values()):
        return Checked((), RULES)

    record_set = read_records(root / RECORDS, shown, cache, contents)
    context = Context(record_set)
    for path, file in named.items():
        if not file.exists():
            _check_removed(context, path, file)
    # What is wrong with the folder itself, as when it holds too much, counts for every file.
    cited = _cited(context, set(named), shown)
    bodies = _bodies(context, {*named, *cited})
    wanted = {shown, *named, *_referring(context, set(named)), *cited}
    found = gate.judged(context, cache, select=select, ignore=ignore)
    kept = [item for item in found if item.place.path in wanted or item.record in bodies]
    if len(kept) < len(found):
        # Where two records contradict each other, the finding may be in the one not named.
        others = gate.findings(_without(record_set, set(named)), select=select, ignore=ignore)
        caused = set(found).difference(others)
        kept = [item for item in found if item in caused or item in kept]
    wanted |= {item.place.path for item in kept}

    return Checked(tuple(kept), RULES, _texts(record_set, wanted))


def check_draft(
    root: Path,
    content: bytes,
    kind_name: str,
    name: str = "<stdin>",
    select: frozenset[str] | None = None,
    ignore: frozenset[str] = frozenset(),
) -> Checked:
    """
    Check a record that has no file yet, as if it were among the project's records.

    :param root: The project's folder. Without records there, references are not checked.
    :param content: The draft, as YAML.
    :param kind_name: The kind of record that it is, such as ``case``.
    :param name: The path to use in findings.
    :raises UnknownRecordError: There is no such kind.
    """
    kind = find_kind(kind_name)
    draft = read_draft(kind, content, name)
    alone = not (root / RECORDS).is_dir()
    others = RecordSet() if alone else read_records(root / RECORDS, _shown(root))

    replaced = {(entry.kind.table, entry.id) for entry in draft.entries}
    rest = tuple(entry for entry in others.entries if (entry.kind.table, entry.id) not in replaced)
    unreadable = Unreadable(others)
    together = replace(
        draft,
        entries=(*rest, *draft.entries),
        documents=(*draft.documents, *unreadable.documents),
        defects=(
            *draft.defects,
            *(item for item in others.defects if item.place.path in unreadable.files),
        ),
    )
    unknown = {used_source.code, known_reference.code} if alone else {used_source.code}
    found = gate.findings(together, select=select, ignore=ignore | unknown)
    shown = {document.path for document in draft.documents} | unreadable.hiding
    kept = tuple(item for item in found if item.place.path in shown)

    return Checked(kept, RULES, _texts(together, shown))


def _check_removed(context: Context, path: str, file: Path) -> None:
    """Raise an error if a file that is not there held no record which others refer to."""
    table, stem = Path(path).parent.name, Path(path).stem
    there = next((item for item in context.ids if (item.table, item.id) == (table, stem)), None)
    if there is not None:
        raise PackageError(
            "the file does not exist",
            where=str(file),
            hint=f"did you mean '{there.entry.document.path}'?",
        )
    if not _referring(context, {path}):
        raise PackageError(
            "the file does not exist, and nothing refers to its record",
            where=str(file),
            hint="correct the path; a record that was removed needs no check",
        )


def apply_fixes(root: Path, checked: Checked) -> list[Fixed]:
    """Apply the fixes that are certain, in the project's own files, and return them."""
    return formatter.apply_fixes(root / RECORDS, _shown(root), checked.findings)


def find_kind(name: str) -> Kind:
    """
    Return a kind of record by its name.

    :raises UnknownRecordError: There is no such kind.
    """
    kinds = {kind.name: kind for kind in KINDS}
    if name in kinds:
        return kinds[name]
    raise UnknownRecordError(
        f"there is no kind of record '{name}'",
        hint=suggestion(name, kinds, f"there are {', '.join(kinds)}"),
    )


def _shown(root: Path) -> str:
    return (root / RECORDS).as_posix() if root != Path() else RECORDS


def _texts(record_set: RecordSet, paths: Container[str] | None = None) -> dict[str, str]:
    return {
        item.path: item.text for item in record_set.documents if paths is None or item.path in paths
    }


def _inside(path: Path, folder: Path, named: Path) -> str:
    resolved = path.resolve()
    if not resolved.is_relative_to(folder):
        hint = "name a file below data/records, or say with --as what it is"
        if (descriptor := named / "datapackage.json").is_file():
            hint = f"name {descriptor} to check this data package, or a file below data/records"
        raise PackageError(
            "the file is not one of the project's records", where=str(path), hint=hint
        )
    return resolved.relative_to(folder).as_posix()


def _without(record_set: RecordSet, named: set[str]) -> RecordSet:
    return replace(
        record_set,
        entries=tuple(item for item in record_set.entries if item.document.path not in named),
        defects=tuple(item for item in record_set.defects if item.place.path not in named),
        documents=tuple(item for item in record_set.documents if item.path not in named),
        strays=tuple(item for item in record_set.strays if item.path not in named),
    )


def _referring(context: Context, named: set[str]) -> set[str]:
    """Return the files with records that refer to a record in some files."""
    stems = {(Path(path).parent.name, Path(path).stem) for path in named}
    words = {word for stem in stems for word in stem}
    # A file of many records may have had others before; references to those lead nowhere now.
    several = {
        kind.table
        for kind in KINDS
        if kind.table in words and (kind.name == "claims" or not kind.folder)
    }
    there = {(item.table, item.id) for item in context.ids}
    here = {(item.table, item.id) for item in context.ids if item.entry.document.path in named}

    return {
        path
        for path, reference in _references(context)
        if reference in here
        or reference in stems
        or (reference[0] in several and reference not in there)
    }


def _cited(context: Context, named: set[str], shown: str) -> set[str]:
    """Return the files of the sources that records in some files cite, and what can't be read."""
    referred = (
        (item.table, f"{shown}/{item.table}/{item.id}.yaml")
        for item in context.references
        if item.entry.document.path in named
    )
    cited = {
        path for table, path in referred if table == "sources" or path in context.unreadable.files
    }
    return cited | context.unreadable.hiding


def _bodies(context: Context, files: set[str]) -> set[str]:
    """Return the organizations that records in some files name, as findings name a record."""
    return {
        f"{item.table}/{item.id}"
        for item in context.references
        if item.table == "organizations" and item.entry.document.path in files
    }


def _references(context: Context) -> Iterator[tuple[str, tuple[str, str]]]:
    for item in context.references:
        yield item.entry.document.path, (item.table, item.id)
    for entry in context.entries(m.RetiredId):
        table = str(entry.data.get("table"))
        yield entry.document.path, (table, entry.id)
        yield entry.document.path, (table, str(entry.data.get("redirect")))
