"""
The rules, each with a code that never changes and a page of its own.
"""

from __future__ import annotations

from typing import Final

from interpol_dataset.errors import UnknownRecordError
from interpol_dataset.rules import meaning, package, policy, shape, syntax, tables
from interpol_dataset.rules.rule import Context, Layer, PackageRule, RecordRule, Rule
from interpol_dataset.suggest import suggestion

__all__ = [
    "RULES",
    "Context",
    "Layer",
    "PackageRule",
    "RecordRule",
    "Rule",
    "find_rule",
    "matching",
]

#: All rules by code, in the order of their layers.
RULES: Final[dict[str, type[Rule]]] = {
    rule.code: rule
    for module in (syntax, shape, meaning, package, policy, tables)
    for rule in module.RULES
}


def find_rule(word: str) -> type[Rule]:
    """
    Return a rule by its code or its name.

    :raises UnknownRecordError: There is no such rule.
    """
    for rule in RULES.values():
        if word.upper() == rule.code or word.lower() == rule.name:
            return rule

    names = [*RULES, *(rule.name for rule in RULES.values())]
    raise UnknownRecordError(
        f"there is no rule '{word}'",
        hint=suggestion(word, names, "see 'interpol-dataset rules'"),
    )


def matching(words: tuple[str, ...]) -> frozenset[str]:
    """
    Return the codes that some words select: codes, beginnings of codes, or names.

    :raises UnknownRecordError: A word selects nothing.
    """
    codes: set[str] = set()
    for word in words:
        found = {
            code
            for code, rule in RULES.items()
            if code.startswith(word.upper()) or word.lower() == rule.name
        }
        if not found:
            find_rule(word)
        codes |= found

    return frozenset(codes)
