"""
Rules whose words are in ``defects.toml``: on the restricted YAML, and on fields that have to agree.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.records.compose import (
    MAX_DEPTH,
    MAX_VALUES,
    ShapeDefect,
    ShapeFault,
    SyntaxDefect,
    SyntaxFault,
)
from interpol_dataset.records.document import KINDS, MAX_BYTES
from interpol_dataset.rules.hints import torn_number
from interpol_dataset.rules.rule import Explained, rule_on_defects

if TYPE_CHECKING:
    from collections.abc import Mapping

    from interpol_dataset.records.compose import Defect
    from interpol_dataset.rules.context import Context

_RULES: Final = tomllib.loads(Path(__file__).with_name("defects.toml").read_text("utf-8"))
#: How to fix what the YAML parser says, by what it says or was reading.
_OF_PARSER: Final[dict[str, str]] = _RULES.pop("parser")
_ESCAPE: Final = "found invalid Unicode character escape code"
#: Files that list many records, to which each side of a merge adds its own.
_LISTS: Final = tuple(f"{kind.table}.yaml" for kind in KINDS if not kind.folder)
_LIMITS: Final = {"max_bytes": MAX_BYTES, "max_values": MAX_VALUES, "max_depth": MAX_DEPTH}


def _known(defect: Defect) -> Mapping[str, Any]:
    """Return what the words on a defect have in braces."""
    if isinstance(defect, ShapeDefect):
        return defect.facts
    detail, context = defect.detail, defect.context
    hows = (how for said, how in _OF_PARSER.items() if said in {detail, context})
    return {
        **_LIMITS,
        "detail": detail,
        "context": context,
        "said": f"{context}: {detail}" if context else detail,
        "how": next(hows, _OF_PARSER["anything else"]),
        "kept": "what both sides add" if defect.place.path.endswith(_LISTS) else "one side",
    }


def _explained(defect: Defect, _context: Context) -> Explained:
    message, hint = _SAID[defect.fault]
    if isinstance(defect, SyntaxDefect) and defect.detail == _ESCAPE:
        hint = "{how}"
    known = _known(defect)
    if defect.fault is SyntaxFault.DUPLICATE_KEY and (torn := torn_number(known["detail"])):
        hint = torn
    return message.format_map(known), hint.format_map(known)


_FAULTS: Final[dict[str, SyntaxFault | ShapeFault]] = {
    **SyntaxFault.__members__,
    **ShapeFault.__members__,
}
#: What is said of each fault, and how to fix it.
_SAID: Final[dict[SyntaxFault | ShapeFault, tuple[str, str]]] = {}

for _code, _about in _RULES.items():
    _own = {_FAULTS[fault]: said for fault, said in _about.items() if fault in _FAULTS}
    _SAID.update(_own)
    rule_on_defects(_code, _about["name"], _about["asks"], _explained, tuple(_own))
