"""
The commands that write records and what is made of them: ``draft``, ``new``, ``fmt``, ``build``.

``rules`` is here, too: it explains what the others refuse.
"""

# ruff: noqa: PLC0415  # a command imports what it needs when it is run

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from interpol_dataset.cli import terminal
from interpol_dataset.cli.terminal import print_json, print_report, print_rows, print_text
from interpol_dataset.errors import ExportError, PackageError
from interpol_dataset.values.words import counted, listed

if TYPE_CHECKING:
    from interpol_dataset.build import Built
    from interpol_dataset.draft.propose import Likeness
    from interpol_dataset.records.document import Kind

#: The vocabularies that are lists in one file, by the name of one record.
_LISTS: Final = {"organization": "organizations", "metric": "metrics", "object": "objects"}

#: How many cases that are like a page are named.
_NEAREST: Final = 3


@click.command("new")
@click.argument(
    "kind",
    type=terminal.Choice(["case", "source", "category", "challenge", "lesson", "claims", *_LISTS]),
)
@click.argument("id_", metavar="ID")
@terminal.root
def new_(kind: str, id_: str, root: Path) -> None:
    """
    Write a template for a new record of KIND with the id ID.

    The next steps are comments in the file. A new organization, metric or object is added to the
    list of the others. What the id of a source says is filled in.

    \b
    Examples:
      interpol-dataset new case storm-makers
      interpol-dataset new source interpol-2022-05-09-storm-makers
      interpol-dataset new organization italy-carabinieri
    """
    from interpol_dataset.files import write_file
    from interpol_dataset.records.folder import RECORDS, check_folder, retired_ids
    from interpol_dataset.records.formatter import check_id, has_form_of_source, template
    from interpol_dataset.validate.records import find_kind

    found = find_kind(_LISTS.get(kind, kind))
    check_id(id_)
    check_folder(root / RECORDS, found.table if found.folder else "")
    if id_ in retired_ids(root / RECORDS, found.table):
        what = f"'{id_}' is retired, and an id is never used twice"
        retired = str(root / RECORDS / "retired_ids.yaml")
        raise ExportError(what, where=retired, hint="choose another id")
    if not found.folder:
        _new_entry(found, id_, root)
        return

    path = root / RECORDS / found.table / f"{id_}.yaml"
    if path.exists():
        raise _exists(str(path))

    known = _ids(root / RECORDS / "organizations.yaml") if kind == "source" else ()
    write_file(path, template(found, id_, publishers=known).encode())
    print_text(f"wrote {path}; fill it in, then run 'interpol-dataset validate {path}'")
    if kind == "source" and not has_form_of_source(id_):
        print_text(
            "the id of a source is PUBLISHER-DATE-SUBJECT, as in interpol-2022-05-09-storm-makers; "
            "rename the file and its id while nothing cites it"
        )


def _exists(where: str) -> ExportError:
    return ExportError(
        "this record exists already", where=where, hint="use it, or choose another id"
    )


def _new_entry(kind: Kind, id_: str, root: Path) -> None:
    """Add a new record to the list of a vocabulary."""
    from interpol_dataset.files import write_file
    from interpol_dataset.records.document import parse
    from interpol_dataset.records.folder import RECORDS, read_content
    from interpol_dataset.records.formatter import entry, reformat
    from interpol_dataset.schema.fields import fields_of

    path = root / RECORDS / f"{kind.table}.yaml"
    document = parse(read_content(path) if path.exists() else b"[]", str(path))
    if document.defects or not isinstance(document.data, list):
        hint = "'interpol-dataset validate' says why"
        raise ExportError("the list can't be read", where=str(path), hint=hint)
    for index, item in enumerate(document.data):
        if isinstance(item, dict) and item.get("id") == id_:
            raise _exists(str(document.place((index, "id"))))

    begun = entry(kind, id_)
    written = reformat(kind, document, [*document.data, begun])
    write_file(path, written.encode())
    line = 1 + written[: written.index(f"- id: {id_}\n")].count("\n")
    missing = ", ".join(name for name in begun if name != "id")
    print_text(
        f"wrote {path}:{line}; fill in {missing}, then run 'interpol-dataset validate {path}'"
    )
    for name, field in fields_of(kind.model).items():
        if name in begun and field.terms:
            print_text(f"{name} is one of: {', '.join(field.terms)}")
    if kind.table == "organizations":
        print_text("add 'country: ...' if it is of one country; a medium may be of none")


def _ids(path: Path) -> frozenset[str]:
    """Return the ids in the list of a vocabulary, as far as it can be read."""
    from interpol_dataset.records.document import parse
    from interpol_dataset.records.folder import read_content

    data = parse(read_content(path), str(path)).data if path.is_file() else []
    records = data if isinstance(data, list) else []
    return frozenset(str(item.get("id")) for item in records if isinstance(item, dict))


@click.command("fmt")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@terminal.root
@click.option("--check", is_flag=True, help="Write nothing; fail if a file is not canonical.")
def fmt_(paths: tuple[Path, ...], root: Path, *, check: bool) -> int:
    """
    Rewrite records in canonical form, keeping every comment but the hints of a template.

    Formats all records, or the files PATHS. Files that can't be read are named and left alone;
    'validate' says why.

    \b
    Examples:
      interpol-dataset fmt
      interpol-dataset fmt --check
      interpol-dataset fmt data/records/cases/haechi-iii.yaml
    """
    from interpol_dataset.files import write_file
    from interpol_dataset.records.document import parse
    from interpol_dataset.records.folder import read_content
    from interpol_dataset.records.formatter import hints, reformat

    differing = unreadable = 0
    for kind, path in _files(root, paths):
        content = read_content(path)
        document = parse(content, str(path))
        if document.defects or not isinstance(document.data, dict if kind.folder else list):
            unreadable += 1
            print_text(f"can't be read: {path}; 'interpol-dataset validate' says why")
            continue

        canonical = reformat(kind, document, hints=hints()).encode()
        if canonical != content:
            differing += 1
            print_text(f"{'not canonical' if check else 'wrote'}: {path}")
            if not check:
                write_file(path, canonical)

    if not differing and not unreadable:
        print_text("everything is canonical")

    return 1 if unreadable or (check and differing) else 0


def _files(root: Path, paths: tuple[Path, ...]) -> list[tuple[Kind, Path]]:
    """Return the record files that are named, or all of them, each with its kind."""
    from interpol_dataset.records.folder import RECORDS, check_folder, record_files

    check_folder(root / RECORDS)
    files = list(record_files(root / RECORDS))
    if not paths:
        return files
    known = {path.resolve(): (kind, path) for kind, path in files}
    for path in paths:
        if path.resolve() not in known:
            raise PackageError(
                "the file is not one of the project's records",
                where=str(path),
                hint="name a file below data/records",
            )
    return [known[path.resolve()] for path in paths]


@click.command("rules")
@click.argument("rule", required=False)
@terminal.format_
def rules_(rule: str | None, format_: str) -> None:
    """
    List the rules of 'validate', or show the page of one RULE, by its code or name.

    The beginning of a code lists all rules whose codes begin with it.

    \b
    Examples:
      interpol-dataset rules
      interpol-dataset rules POL
      interpol-dataset rules PKG004
      interpol-dataset rules known-reference --format json
    """
    from interpol_dataset.rules import gate as rules

    codes = frozenset(rules.RULES) if rule is None else rules.matching((rule,))
    if rule is None or len(codes) > 1:
        named = ("code", "name", "layer", "summary")
        chosen = [rule for code, rule in rules.RULES.items() if code in codes]
        listed = [{name: str(getattr(rule, name)) for name in named} for rule in chosen]
        if format_ == "json":
            print_json(listed)
        else:
            print_rows(named, [list(item.values()) for item in listed])
        return

    found = rules.RULES[next(iter(codes))]
    if format_ == "json":
        shown = ("code", "name", "layer", "severity", "page")
        print_json({name: str(getattr(found, name)) for name in shown})
    else:
        print_text(f"{found.code} {found.name}", bold=True)
        print_text(f"layer: {found.layer}; severity: {found.severity}")
        print_text(f"\n{found.page}", lines=True)


@click.command("build")
@terminal.root
@click.option(
    "--check",
    is_flag=True,
    help="Write nothing; fail if a built file is not current, or a table not as its schema says.",
)
@terminal.format_
def build_(root: Path, format_: str, *, check: bool) -> int:
    """
    Build tables, schemas, descriptor and reference pages from the records.

    \b
    Examples:
      interpol-dataset build
      interpol-dataset build --check
    """
    from interpol_dataset.build import build, stale
    from interpol_dataset.cli import cli
    from interpol_dataset.cli.reports import listed, text
    from interpol_dataset.docs.reference import COMMANDS, command_line
    from interpol_dataset.rules.rule import Checked
    from interpol_dataset.validate.tables import check_package

    pages = {COMMANDS: command_line(cli).encode()}
    if not check:
        _report(build(root, pages), format_)
        return 0

    differing = stale(root, pages)
    # Of files that are not current nobody asks whether they are right.
    checked = Checked((), {}) if differing else check_package(root / "datapackage.json")
    if format_ == "json":
        print_json({"stale": differing, "findings": listed(checked)})
    elif checked.findings:
        print_report(text(checked))
    else:
        for path in differing:
            print_text(f"not current: {path}")
        print_text(
            f"{len(differing)} files are not current; run 'interpol-dataset build'"
            if differing
            else "everything is current"
        )

    return 1 if differing or checked.findings else 0


def _report(built: Built, format_: str) -> None:
    if format_ == "json":
        sizes = {path: len(content) for path, content in built.written.items()}
        print_json({"written": sizes, "removed": built.removed, "missing": built.missing})
        return
    for path, content in built.written.items():
        print_text(f"wrote {path} ({len(content):,} bytes)")
    for path in built.removed:
        print_text(f"removed {path}, which is no longer built")
    if built.written:
        print_text(f"{len(built.written)} files written")
    elif not built.removed:
        print_text("everything is current")
    if built.missing:
        print_text(built.missing)


@click.command("draft")
@click.argument(
    "pages",
    nargs=-1,
    required=True,
    metavar="PAGE...",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)
@click.option("--case", "case", metavar="ID", help="The case that the pages report.")
@click.option(
    "--to",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("drafts"),
    show_default=True,
    help="The folder to write drafts to.",
)
@click.option("--language", help="Their language, where it is guessed wrong: en, fr or es.")
@click.option("--published", metavar="DATE", help="Their date, where they don't say it: 2024-06.")
@terminal.root
def draft_(
    pages: tuple[Path, ...],
    case: str | None,
    to: Path,
    language: str | None,
    published: str | None,
    root: Path,
) -> None:
    """
    Draft the records of one operation from saved pages.

    Reads HTML or text files; nothing is fetched. Writes a source for each PAGE, and a case with
    what the pages seem to say. Each proposed line has the mark '# draft' and the words that it was
    read from: check it against the page, correct it, and take the mark out. What it can't tell it
    leaves blank. 'validate' finds what is left.

    Without --case, it says whether the operation is known.

    \b
    Examples:
      interpol-dataset draft page.html
      interpol-dataset draft page.html --case haechi-iii
      interpol-dataset draft one.html two.txt --to ../drafts
    """
    from interpol_dataset.draft.write import case_of, read, write_drafts
    from interpol_dataset.records.folder import RECORDS, read_records
    from interpol_dataset.values.edtf import Edtf

    if published:
        Edtf.parse(published)
    records = read_records(root / RECORDS).records
    own = case_of(case, records) if case else None
    found = [read(page, records, own, language, published) for page in pages]
    written, sources = write_drafts(found, root, records, to, own)
    for it in found:
        figures = counted(len(it.report.outcomes), "figure")
        countries = counted(len(it.report.countries), "country", "countries")
        below = sum(one.at != "title" for one in it.page.paragraphs)
        print_text(f"{it.path}: {figures} and {countries} in {counted(below, 'paragraph')}")
        if it.source:
            print_text(f"  this page is a source already: {it.source.id}")
    if case is None:
        _print_known(found[0].alike[:_NEAREST])
    for path in written:
        print_text(f"wrote {path}")
    print_text(
        "check each line against the page and take its mark out; then move the files to "
        f"{root / RECORDS} and run"
    )
    given = " ".join(f"--page {id_}={page}" for id_, page in zip(sources, pages, strict=True))
    case_file = root / RECORDS / "cases" / written[-1].name
    print_text(f"  interpol-dataset validate {case_file} {given}")


def _print_known(nearest: list[Likeness]) -> None:
    if nearest and nearest[0].is_known:
        id_, reasons = nearest[0].case.id, listed(nearest[0].reasons)
        print_text(
            f"this seems to be {id_} ({reasons} in common): if so, remove the drafts and run it "
            f"again with --case {id_}"
        )
        return
    print_text("this operation seems to be new" + ("; the nearest are:" if nearest else ""))
    for it in nearest:
        print_text(f"  {it.case.id}: {listed(it.reasons)} in common")
