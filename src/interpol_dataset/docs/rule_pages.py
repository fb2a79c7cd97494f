"""
The pages of the rules, rendered from their docstrings.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from interpol_dataset.docs import markdown
from interpol_dataset.rules.index import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from interpol_dataset.rules.rule import Rule

__all__ = ["FOLDER", "SECTIONS", "rule_pages"]

#: Where the pages are in the project.
FOLDER: Final = "docs/rules"

#: What every page has, in this order.
SECTIONS: Final = ("## Why", "## Bad", "## Good", "## How to fix")

_INDEX: Final = """\
# The rules

What `interpol-dataset validate` checks. Each rule has a code that never changes. A finding names
the code; `interpol-dataset rules CODE` shows the same page as here.

A record can make an exception from some rules, with a comment line of its own that gives the
reason: `# allow POL006: Fancy Bear is the name of a group`. It covers what the rule finds in that
file, and becomes a finding itself once it is no longer needed. Rules that the tables depend on
allow no exceptions.

An error fails the check. A warning needs an answer, a correction or an exception, and fails it only
with `--strict`, which the project's own checks use.
"""


def rule_pages() -> dict[str, str]:
    """Render a page for each rule, and their index: the texts by their paths in the project."""
    pages = {f"{FOLDER}/{code}.md": _page(rule) for code, rule in RULES.items()}

    return pages | {f"{FOLDER}/README.md": "\n".join(_index(RULES.values()))}


def _page(rule: type[Rule]) -> str:
    comment = f"a line of its own in the record, `# allow {rule.code}: the reason`"
    exceptions = comment if rule.excusable else "none"

    return (
        f"# {rule.code} {rule.name}\n\n"
        f"Layer: {rule.layer}. Severity: {rule.severity}. Exceptions: {exceptions}.\n\n"
        f"{rule.page()}\n"
    )


def _index(rules: Iterable[type[Rule]]) -> Iterator[str]:
    yield _INDEX
    for layer, members in groupby(rules, key=lambda rule: rule.layer):
        yield f"## {layer.capitalize()}\n"
        yield from markdown.table(
            ("code", "name", "what it asks for", "exceptions"), map(_row, members)
        )
        yield ""


def _row(rule: type[Rule]) -> tuple[str, ...]:
    excusable = "yes" if rule.excusable else "no"

    return f"[{rule.code}]({rule.code}.md)", rule.name, rule.summary(), excusable
