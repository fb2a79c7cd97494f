"""
The index of rules: every class with a code, by its code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from interpol_dataset.errors import UnknownRecordError
from interpol_dataset.rules import (
    chosen,
    claims,
    dates,
    drift,
    duplicates,
    evidence,
    exceptions,
    hosts,
    meaning,
    outcomes,
    package,
    participants,
    parts,
    plain_text,
    policy,
    privacy,
    references,
    rows,
    series,
    shape,
    syntax,
    tables,
    timing,
    upkeep,
    urls,
)
from interpol_dataset.rules.rule import Layer, Rule
from interpol_dataset.suggest import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

__all__ = ["RULES", "find_rule", "matching"]

_MODULES: Final = (
    chosen,
    claims,
    dates,
    drift,
    duplicates,
    evidence,
    exceptions,
    hosts,
    meaning,
    outcomes,
    package,
    participants,
    parts,
    plain_text,
    policy,
    privacy,
    references,
    rows,
    series,
    shape,
    syntax,
    tables,
    timing,
    upkeep,
    urls,
)


def _rules_in(module: ModuleType) -> Iterator[type[Rule]]:
    for item in vars(module).values():
        if isinstance(item, type) and issubclass(item, Rule) and "code" in vars(item):
            yield item


#: All rules by code, in the order of their layers.
RULES: Final[dict[str, type[Rule]]] = {
    rule.code: rule
    for rule in sorted(
        (rule for module in _MODULES for rule in _rules_in(module)),
        key=lambda rule: ([*Layer].index(rule.layer), rule.code),
    )
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
