"""
Build every file that is rendered from the records.

Rendering is a pure function from records to bytes. Building and checking compare those bytes with
the files of the project.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.docs.contents import contents, press, readme
from interpol_dataset.docs.markdown import NOTEBOOK, PAGE, notebook
from interpol_dataset.docs.reference import INDEX, codebook, rule_index, statuses
from interpol_dataset.files import write_files
from interpol_dataset.package.arrow import arrow_table
from interpol_dataset.package.formats import write_table
from interpol_dataset.package.text import json_file
from interpol_dataset.parallel import MANY, meanwhile
from interpol_dataset.records.cache import Cache
from interpol_dataset.records.folder import RECORDS, read_records
from interpol_dataset.records.formatter import record_schemas
from interpol_dataset.rules.gate import Passed, checked
from interpol_dataset.tables.metadata import (
    IN_REPOSITORY,
    descriptor,
    metadata,
    resource,
    table_schemas,
)
from interpol_dataset.tables.tabulate import TableRows, tabulate_facts, tabulate_records
from interpol_dataset.totals.figures import REFERENCE_RATES, known_rates, needed_rates, rates_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


#: Folders in which every file is rendered.
_OWNED: Final = ("data/tables", "schema")

#: The page with numbers that the build fills in.
README: Final = "README.md"

#: The exchange rates in a checkout.
RATES: Final = "src/interpol_dataset/totals/rates.csv"


def render(passed: Passed, written: str | None = None) -> dict[str, bytes]:
    """
    Render everything that is built from the records.

    :param written: The README, whose numbers are filled in; ``None`` if there is none.
    :returns: The files' contents, by their paths in the project.
    """
    records, facts = passed
    files: dict[str, bytes] = {}
    resources = []

    def on_facts() -> dict[str, tuple[bytes, int]]:
        return _as_csv(tabulate_facts(facts))

    others = meanwhile(on_facts) if len(records.cases) >= MANY else on_facts
    tables = tabulate_records(records, facts)
    summary = contents(records, facts, tables)
    counted = press(records, facts)
    as_csv = _as_csv(tables) | others()
    for name, schema in table_schemas().items():
        path = f"data/tables/{name}.csv"
        files[path], rows = as_csv[name]
        resources.append(resource(name, path, files[path], rows, schema))
        files[f"schema/tables/{name}.json"] = json_file(schema)

    for name, schema in record_schemas(records).items():
        files[f"schema/records/{name}.schema.json"] = json_file(schema)

    described = descriptor(records, resources)
    files["datapackage.json"] = json_file(described)
    listed = metadata(described)
    files |= {name: listed[name] for name in IN_REPOSITORY}
    files["docs/use/codebook.md"] = codebook().encode()
    files["docs/trust/statuses.md"] = statuses().encode()
    files["docs/trust/contents.md"] = summary.encode()
    files["docs/trust/press.md"] = counted.encode()
    files[INDEX] = rule_index().encode()
    if written is not None:
        files[README] = readme(written, tables).encode()

    return files


def _as_csv(tables: TableRows) -> dict[str, tuple[bytes, int]]:
    """Return tables as files, each with the number of its rows."""
    schemas = table_schemas()
    return {
        name: (write_table(arrow_table(rows, schemas[name]), "csv"), len(rows))
        for name, rows in tables.items()
    }


class Built(NamedTuple):
    """
    What a build did: the contents of files that it wrote, by path, and the paths of removed ones.

    :param missing: What to do about exchange rates that are not known; empty if all are.
    """

    written: dict[str, bytes]
    removed: list[str]
    missing: str = ""


def build(root: Path, pages: Mapping[str, bytes] | None = None) -> Built:
    """
    Build the package in a project's folder.

    Current files are left alone. Files that are no longer rendered are removed from the folders of
    rendered files, except hidden ones. Each file is put in place as a whole, and none before all
    are on the disk; a build that was killed between two of them is completed by the next.

    :param pages: More files to write, by path.
    :raises PackageError: There is no folder of records.
    :raises RecordsError: The records have errors; nothing is written.
    """
    files, missing = _rendered(root)
    files |= dict(pages or {})
    written = {path: content for path, content in files.items() if _differs(root, path, content)}
    write_files({root / path: content for path, content in written.items()})
    removed = _left_over(root, files)
    for path in removed:
        (root / path).unlink()
    return Built(written, removed, missing)


def stale(root: Path, pages: Mapping[str, bytes] | None = None) -> list[str]:
    """Return the paths of files that are not what :func:`build` would write, sorted."""
    files = _rendered(root)[0] | dict(pages or {})
    differing = [path for path, content in files.items() if _differs(root, path, content)]
    return sorted([*differing, *_left_over(root, files)])


def _rendered(root: Path) -> tuple[dict[str, bytes], str]:
    page, passed = root / PAGE, _passed(root)
    rates, missing = _rates(root, passed)
    written = root / README
    files = render(passed, written.read_text("utf-8") if written.is_file() else None) | rates
    if page.is_file():
        files[NOTEBOOK] = notebook(page.read_text("utf-8"))
    return files, missing


def _passed(root: Path) -> Passed:
    """Return the records with their facts, and free the files that they were read from."""
    cache = Cache(root / RECORDS)
    return checked(read_records(root / RECORDS, RECORDS, cache), cache)


def _rates(root: Path, passed: Passed) -> tuple[dict[str, bytes], str]:
    """Return the file of exchange rates of a checkout, and take its rates for what follows."""
    place = root / RATES
    if not place.is_file() or place.read_bytes() != REFERENCE_RATES.read_bytes():
        return {}, ""  # another project has the rates of the version that is installed
    rates, missing = needed_rates(passed.facts.values())
    known = known_rates()
    known.clear()
    known.update(rates)
    return {RATES: rates_file(rates).encode()}, missing


def _differs(root: Path, path: str, content: bytes) -> bool:
    place = root / path
    return not place.is_file() or place.read_bytes() != content


def _left_over(root: Path, files: dict[str, bytes]) -> list[str]:
    """Return the paths of files in rendered folders that are not rendered, at any depth."""
    found = [path for folder in _OWNED for path in sorted((root / folder).rglob("*"))]
    names = [
        path.relative_to(root).as_posix()
        for path in found
        if path.is_symlink() or not path.is_dir()
    ]
    return [name for name in names if name not in files and "/." not in name]
