"""The command ``validate``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from interpol_dataset.cli import terminal
from interpol_dataset.cli.terminal import print_report, print_text, read_stdin
from interpol_dataset.errors import UnknownRecordError
from interpol_dataset.findings import Severity
from interpol_dataset.values.words import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from interpol_dataset.rules.rule import Checked

_YAML: Final = (".yaml", ".yml")
_STDIN: Final = Path("-")

#: How often what fixes bring to light is fixed; each round reads the records again.
_MAX_ROUNDS: Final = 5


@click.command("validate")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@terminal.root
@click.option(
    "--as", "kind", help="What the one PATH is: a table such as outcomes, or a kind of record."
)
@click.option(
    "--against",
    type=click.Path(path_type=Path, file_okay=False),
    help="The data package that a table's foreign keys lead to; the installed one by default.",
)
@click.option(
    "--page",
    "pages",
    multiple=True,
    metavar="[SOURCE=]FILE",
    help="Compare the records with this saved page; SOURCE, if the page doesn't show it.",
)
@terminal.choice("--format", ["text", "json", "github", "sarif"], "How to print findings.")
@click.option(
    "--sarif",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write the findings there, for code scanning.",
)
@click.option("--select", multiple=True, help="Apply only these rules: codes, prefixes or names.")
@click.option("--ignore", multiple=True, help="Leave these rules out.")
@click.option("--strict", is_flag=True, help="Also fail if there are only warnings.")
@click.option(
    "--fix",
    is_flag=True,
    help="Apply the fixes that are certain, and write these files in canonical form.",
)
def validate_(  # noqa: PLR0913, PLR0917  # one for each option
    paths: tuple[Path, ...],
    root: Path,
    kind: str | None,
    against: Path | None,
    pages: tuple[str, ...],
    format_: str,
    sarif: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    *,
    strict: bool,
    fix: bool,
) -> int:
    """
    Check records, a table or a data package, and report every problem.

    Without PATHS, all records are checked; with some, those, the records that refer to them, and
    the sources that they cite. A file that can't be read is always reported if checks depend on it.

    With --as, one file or '-' (standard input) is checked as a draft of that kind of record, or as
    a table (CSV or JSON Lines, gzipped or not, or Parquet) against the Table Schema of that name.
    A datapackage.json is checked with all its tables.

    With --page, what the records say is compared with saved pages, HTML or text: numbers with
    their hedges and units, countries, dates. Nothing is fetched. This needs the extra [draft].

    \b
    Examples:
      interpol-dataset validate
      interpol-dataset validate data/records/cases/haechi-iii.yaml
      interpol-dataset validate data/records/cases/haechi-iii.yaml --page release.html
      interpol-dataset validate --select POL --format github
      interpol-dataset validate - --as case < draft.yaml
      interpol-dataset validate outcomes.csv --as outcomes
      interpol-dataset validate some/where/datapackage.json
    """
    if fix and (kind is not None or any(path.suffix == ".json" for path in paths)):
        raise click.UsageError("--fix is for the project's own records only")
    if against is not None and kind is None:
        raise click.UsageError("--against is for a table, named with PATH and --as")
    if pages and (fix or kind is not None or any(path.suffix == ".json" for path in paths)):
        raise click.UsageError("--page is for the project's own records, and fixes nothing")
    fails_on = set(Severity) if strict else {Severity.ERROR}
    selected = _codes(select) if select else None
    ignored = _codes(ignore)
    checked = _check(paths, root, kind, against, selected, ignored)
    if fix:
        checked = _fix(root, checked, lambda: _check(paths, root, None, None, selected, ignored))
    if pages:
        checked = _held_against(pages, checked, root, paths, selected, ignored)
    return _report(checked, format_, sarif, fails_on)


def _held_against(  # all that was given decides
    pages: tuple[str, ...],
    checked: Checked,
    root: Path,
    paths: tuple[Path, ...],
    select: frozenset[str] | None,
    ignore: frozenset[str],
) -> Checked:
    """Add what saved pages have otherwise."""
    from interpol_dataset.draft.compare import check_pages  # noqa: PLC0415  # an extra
    from interpol_dataset.records.cache import Cache  # noqa: PLC0415
    from interpol_dataset.records.folder import RECORDS, read_records  # noqa: PLC0415

    shown = (root / RECORDS).as_posix() if root != Path() else RECORDS
    record_set = read_records(root / RECORDS, shown, Cache(root / RECORDS))
    files = {file.resolve() for path in paths for file in (path, *path.rglob("*.yaml"))}
    texts = {it.path: it.text for it in record_set.documents}
    named = {it for it in texts if not files or Path(it).resolve() in files}
    if not any(it.readable for it in record_set.entries if it.document.path in named):
        print_text("pages are compared once the record can be read", err=True)
        return checked
    found, without = check_pages(record_set, named, map(_source_and_file, pages))
    if without:
        print_text(f"no page is given of {', '.join(without)}", err=True)
    kept = [it for it in found if (select is None or it.rule in select) and it.rule not in ignore]
    findings = sorted((*checked.findings, *kept), key=lambda it: it.sort_key)

    return replace(checked, findings=tuple(findings), texts={**texts, **checked.texts})


def _source_and_file(written: str) -> tuple[str | None, Path]:
    """Read ``SOURCE=FILE``, or a file alone."""
    source, is_said, file = written.partition("=")
    if not is_said or Path(written).exists():
        return None, Path(written)
    return source, Path(file)


def _fix(root: Path, checked: Checked, check: Callable[[], Checked]) -> Checked:
    """Apply fixes, and the fixes of what they uncover; return what remains."""
    from interpol_dataset.validate.records import apply_fixes  # noqa: PLC0415

    count = 0
    for _ in range(_MAX_ROUNDS):
        fixed = apply_fixes(root, checked)
        if not fixed:
            break
        for finding, before in fixed:
            value = finding.fix.value if finding.fix else None
            change = "removed" if value is None else f"{before!r} is now {value!r}"
            print_text(f"{finding.place}: {finding.rule} {change}", err=True)
        count += len(fixed)
        checked = check()
    found = count + len(checked.findings)
    print_text(f"fixed {count} of {counted(found, 'finding')}", err=True)
    return checked


def _codes(words: tuple[str, ...]) -> frozenset[str]:
    if not words:
        return frozenset()
    from interpol_dataset.rules.gate import matching  # noqa: PLC0415  # imports every rule

    return matching(words)


def _check(  # all arguments decide
    paths: tuple[Path, ...],
    root: Path,
    kind: str | None,
    against: Path | None,
    select: frozenset[str] | None,
    ignore: frozenset[str],
) -> Checked:
    """Check what the arguments name, importing only what that needs."""
    if kind is not None and len(paths) != 1:
        raise click.UsageError("--as needs exactly one PATH, or '-' for standard input")

    path = paths[0] if len(paths) == 1 else None
    is_stdin = path == _STDIN
    if is_stdin and kind is None:
        raise click.UsageError("say with --as what kind of record is on standard input")

    is_draft = kind is not None and path is not None and (is_stdin or path.suffix in _YAML)
    if path is not None and not is_draft and (kind is not None or path.suffix == ".json"):
        from interpol_dataset.validate import tables  # noqa: PLC0415  # imports no models

        if kind is None:
            return tables.check_package(path, select, ignore)
        try:
            return tables.check_table(path, kind, against, select, ignore)
        except UnknownRecordError as error:
            raise _not_a_record(kind, path) or error from None

    from interpol_dataset.validate import records  # noqa: PLC0415  # imports all models

    if path is not None and kind is not None:
        from interpol_dataset.files import read_file  # noqa: PLC0415
        from interpol_dataset.records.document import MAX_BYTES  # noqa: PLC0415

        most = MAX_BYTES + 1  # enough to see that it is too large
        content = read_stdin(most) if is_stdin else read_file(path, most)
        name = "<stdin>" if is_stdin else path.as_posix()
        return records.check_draft(root, content, kind, name, select, ignore)
    from interpol_dataset.records.cache import Cache  # noqa: PLC0415  # the same
    from interpol_dataset.records.folder import RECORDS  # noqa: PLC0415  # the same

    cache = Cache(root / RECORDS)
    if paths:
        return records.check_files(root, paths, select, ignore, cache)

    return records.check_project(root, select, ignore, cache)


def _not_a_record(kind: str, path: Path) -> UnknownRecordError | None:
    """Return what to say where a table's file is checked as a record."""
    from interpol_dataset.records.document import KINDS  # noqa: PLC0415  # imports all models

    table = next((known.table for known in KINDS if known.name == kind), None)
    if table is None:
        return None
    return UnknownRecordError(
        f"'{kind}' is a kind of record, which is YAML; this file can only be a table",
        where=path.as_posix(),
        hint=f"name its table with --as, such as {table}; 'interpol-dataset info' lists all",
    )


def _report(checked: Checked, format_: str, sarif: Path | None, fails_on: set[Severity]) -> int:
    """Print what was found, and return the exit code."""
    from interpol_dataset.cli.reports import FORMATS  # noqa: PLC0415  # after the check

    shown = FORMATS[format_](checked)
    if shown:
        print_report(shown)
    if sarif is not None:
        from interpol_dataset.files import write_file  # noqa: PLC0415

        text = FORMATS["sarif"](checked)
        write_file(sarif, f"{text}\n".encode())
    if checked.more:
        print_text(f"{checked.more:,} more findings are not shown", err=True)
    return 1 if any(item.severity in fails_on for item in checked.findings) else 0
