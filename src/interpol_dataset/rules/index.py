"""The index of rules: all of them, by their codes."""

# ruff: noqa: F401  # a rule is defined once its module is imported

from __future__ import annotations

from typing import Final

from interpol_dataset.errors import UnknownRecordError
from interpol_dataset.rules import (
    dates,
    duplicates,
    facts,
    figures,
    ids,
    pages,
    participants,
    parts,
    shape,
    sources,
    statements,
    syntax,
    tables,
    texts,
)
from interpol_dataset.rules.rule import DEFINED, Layer, Rule
from interpol_dataset.suggest import suggestion

#: All rules by code, in the order of their layers.
RULES: Final[dict[str, Rule]] = dict(
    sorted(DEFINED.items(), key=lambda item: ([*Layer].index(item[1].layer), item[0]))
)


def find_rule(word: str) -> Rule:
    """
    Return a rule by its code or its name.

    :raises UnknownRecordError: There is no such rule.
    """
    for rule in RULES.values():
        if word.upper() == rule.code or word.lower() == rule.name:
            return rule
    names = [*RULES, *(rule.name for rule in RULES.values())]
    hint = suggestion(word, names, "see 'interpol-dataset rules'")
    raise UnknownRecordError(f"there is no rule '{word}'", hint=hint)


def matching(words: tuple[str, ...]) -> frozenset[str]:
    """
    Return the codes that some words select: codes, beginnings of codes, or names.

    :raises UnknownRecordError: A word selects nothing.
    """
    codes: set[str] = set()
    for word in words:
        found = {code for code in RULES if code.startswith(word.upper())}
        codes |= found or {find_rule(word).code}
    return frozenset(codes)
