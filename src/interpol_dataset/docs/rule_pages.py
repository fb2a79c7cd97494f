"""
The index of the rules' pages, which are written by hand.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from interpol_dataset.docs import markdown
from interpol_dataset.rules.index import RULES
from interpol_dataset.rules.rule import PAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from interpol_dataset.rules.rule import Rule


#: Where the index is in the project.
INDEX: Final = f"{PAGES}/README.md"

_HEAD: Final = """\
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


def rule_index() -> str:
    """Render the list of all rules, each with a link to its page."""
    return "\n".join(_index(RULES.values()))


def _index(rules: Iterable[Rule]) -> Iterator[str]:
    yield _HEAD
    for layer, members in groupby(rules, key=lambda rule: rule.layer):
        yield f"## {layer.capitalize()}\n"
        yield from markdown.table(
            ("code", "name", "what it asks for", "exceptions"), map(_row, members)
        )
        yield ""


def _row(rule: Rule) -> tuple[str, ...]:
    excusable = "yes" if rule.excusable else "no"

    return f"[{rule.code}]({rule.code}.md)", rule.name, rule.summary, excusable
