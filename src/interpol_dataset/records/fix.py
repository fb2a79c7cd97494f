"""
Applying fixes.

A fix changes a value in the data of a file, which is then written again in canonical form with its
comments.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from interpol_dataset.files import write_file
from interpol_dataset.records.folder import read_content, record_files
from interpol_dataset.records.formatter import reformat
from interpol_dataset.records.kinds import KINDS
from interpol_dataset.records.yaml import parse

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from interpol_dataset.findings import Finding, Fix, KeyPath
    from interpol_dataset.records.document import Document


class Fixed(NamedTuple):
    """
    A finding that was fixed.

    :param finding: The finding, with its fix.
    :param before: What was there.
    """

    finding: Finding
    before: Any


def apply_fixes(folder: Path, shown: str, findings: Iterable[Finding]) -> list[Fixed]:
    """
    Apply all fixes that some findings offer.

    :param folder: The folder of records.
    :param shown: The path by which the findings name it.
    :param findings: The findings.
    :returns: Those that were fixed.
    """
    fixable: dict[str, list[tuple[Finding, Fix]]] = defaultdict(list)
    for finding in findings:
        if finding.fix is not None:
            fixable[finding.place.path].append((finding, finding.fix))

    fixed: list[Fixed] = []
    for kind, path in record_files(folder):
        name = f"{shown}/{path.relative_to(folder).as_posix()}"
        if name in fixable:
            document = parse(read_content(path), name)
            fixes = [fix for _, fix in fixable[name]]
            data = with_fixes(document.data, fixes)
            gone = {path for fix in fixes for path in fix.gone}
            write_file(path, reformat(kind, document, data, gone).encode())
            fixed += (Fixed(finding, _before(document, fix)) for finding, fix in fixable[name])

    return fixed


def _before(document: Document, fix: Fix) -> Any:  # noqa: ANN401  # any plain value
    """Return what a fix changes; in one piece, where it was torn at its commas."""
    value = document.at(fix.path)

    return ",".join([str(value), *(str(path[-1]) for path in fix.scraps)]) if fix.scraps else value


def fixed_text(path: str, text: str, fix: Fix) -> str | None:
    """
    Return the text of a file of records with one fix applied, in canonical form.

    :param path: The path of the file, which says what kind of records are in it.
    :param text: Its text.
    :param fix: The fix.
    :returns: None, if it is not a file of records.
    """
    folder, name = PurePosixPath(path).parent.name, PurePosixPath(path).stem
    kind = next((kind for kind in KINDS if kind.table == (folder if kind.folder else name)), None)
    if kind is None:
        return None

    document = parse(text.encode(), path)

    return reformat(kind, document, with_fixes(document.data, [fix]), fix.gone)


def with_fixes(data: Any, fixes: Iterable[Fix]) -> Any:  # noqa: ANN401  # any plain value
    """
    Return a changed copy of some data.

    :param data: The content of a file.
    :param fixes: The changes; none is made within what another one removes.
    """
    changed = copy.deepcopy(data)
    listed = [*fixes]
    gone = {path for fix in listed for path in fix.gone}
    values = {fix.path: fix.value for fix in listed} | dict.fromkeys(gone)
    # The last in the file is changed first, so that the other paths still lead where they did.
    for path in sorted(values, key=_in_file, reverse=True):
        if any(path[:end] in gone for end in range(1, len(path))):
            continue
        *steps, last = path
        around = changed
        for step in steps:
            around = around[step]

        if path in gone:
            del around[last]
        else:
            around[last] = values[path]

    return changed


def _in_file(path: KeyPath) -> list[str]:
    """Return what paths are sorted by: items of lists by their positions."""
    return [str(step).zfill(6) for step in path]
