"""
Applying fixes.

A fix changes a value in the data of a file, which is then written again in canonical form with its
comments.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from interpol_dataset.files import write_file
from interpol_dataset.records.folder import read_content, record_files
from interpol_dataset.records.formatter import reformat
from interpol_dataset.records.kinds import KINDS
from interpol_dataset.records.yaml import parse

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from interpol_dataset.findings import Finding, Fix

__all__ = ["apply_fixes", "fixed_text", "with_fixes"]


def apply_fixes(folder: Path, shown: str, findings: Iterable[Finding]) -> int:
    """
    Apply all fixes that some findings offer.

    :param folder: The folder of records.
    :param shown: The path by which the findings name it.
    :param findings: The findings.
    :returns: How many were applied.
    """
    fixes: dict[str, list[Fix]] = defaultdict(list)
    for finding in findings:
        if finding.fix is not None:
            fixes[finding.place.path].append(finding.fix)

    applied = 0
    for kind, path in record_files(folder):
        name = f"{shown}/{path.relative_to(folder).as_posix()}"
        if name in fixes:
            document = parse(read_content(path), name)
            data = with_fixes(document.data, fixes[name])
            gone = {fix.path for fix in fixes[name] if fix.value is None}
            write_file(path, reformat(kind, document, data, gone).encode())
            applied += len(fixes[name])

    return applied


def fixed_text(path: str, text: str, fix: Fix) -> str | None:
    """
    Return the text of a file of records with one fix applied, in canonical form.

    :param path: The path of the file, which says what kind of records are in it.
    :param text: Its text.
    :param fix: The fix.
    :returns: None, where the file is none of records.
    """
    folder, name = PurePosixPath(path).parent.name, PurePosixPath(path).stem
    kind = next((kind for kind in KINDS if kind.table == (folder if kind.folder else name)), None)
    if kind is None:
        return None

    document = parse(text.encode(), path)
    gone = {fix.path} if fix.value is None else set()

    return reformat(kind, document, with_fixes(document.data, [fix]), gone)


def with_fixes(data: Any, fixes: Iterable[Fix]) -> Any:  # noqa: ANN401  # any plain value
    """
    Return a changed copy of some data.

    :param data: The content of a file.
    :param fixes: The changes. The last in the file is made first, so that the paths of the others
        still lead where they did.
    """
    changed = copy.deepcopy(data)
    for fix in sorted(
        fixes, key=lambda fix: [str(step).zfill(6) for step in fix.path], reverse=True
    ):
        *steps, last = fix.path
        around = changed
        for step in steps:
            around = around[step]

        if fix.value is not None:
            around[last] = fix.value
        else:
            del around[last]

    return changed
