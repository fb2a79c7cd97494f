"""
The pages of reference, rendered from the code: the codebook, the rules, the command line.
"""

from __future__ import annotations

import inspect
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any, Final

import click

from interpol_dataset.docs import markdown
from interpol_dataset.evidence import agreement, parties, verification
from interpol_dataset.rules.index import RULES
from interpol_dataset.rules.rule import PAGES
from interpol_dataset.schema import vocabulary
from interpol_dataset.schema.vocabulary import Term
from interpol_dataset.tables.descriptor import table_schema
from interpol_dataset.tables.rows import HEADLINES, START_HERE, TABLES
from interpol_dataset.totals import cases, containment, total
from interpol_dataset.values import edtf, quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from interpol_dataset.rules.rule import Rule
    from interpol_dataset.tables.rows import Row

#: The index of the rules, and the page of commands, in the project.
INDEX: Final = f"{PAGES}/README.md"
COMMANDS: Final = "docs/command-line.md"

_WIDTH: Final = 96


def codebook() -> str:
    """Render the codebook as Markdown."""
    return markdown.page(
        "codebook",
        start=_named(START_HERE),
        others=_named(TABLES[len(START_HERE) :]),
        tables=chain.from_iterable(map(_table, TABLES)),
        quantities=_doc(quantity),
        dates=_doc(edtf),
        rule_version=verification.RULE_VERSION,
        verification=_doc(verification),
        families=_doc(parties),
        agreement=_doc(agreement),
        containment=_doc(containment),
        doubts=_doc(containment)[2:],
        totals=_doc(total),
        standing=_doc(cases),
        cases=_doc(cases)[2:],
        headlines=_headlines(),
        vocabularies=_vocabularies(),
    )


def _named(rows: Iterable[type[Row]]) -> str:
    return ", ".join(f"[{row.TABLE}](#{row.TABLE})" for row in rows)


def _doc(documented: object) -> list[str]:
    return (inspect.getdoc(documented) or "").splitlines()


def _table(row: type[Row]) -> Iterator[str]:
    schema = table_schema(row)
    key = ", ".join(f"`{name}`" for name in row.KEY)
    yield from (f"### {row.TABLE}", "", " ".join((row.__doc__ or "").split()), "")
    yield from (f"Key: {key}.", "")
    references = {
        key["fields"][0]: key["reference"]["resource"] or row.TABLE
        for key in schema.get("foreignKeys", [])
    }
    yield from markdown.table(
        ("column", "type", "meaning", "allowed", "example"),
        (_column(field, references.get(field["name"])) for field in schema["fields"]),
    )
    yield ""


def _column(field: dict[str, Any], reference: str | None) -> tuple[str, ...]:
    constraints = field.get("constraints", {})
    allowed = [f"id in [{reference}](#{reference})"] if reference else []
    if terms := constraints.get("enum"):
        few = len(terms) <= 12  # noqa: PLR2004  # what fits a table's cell
        allowed.append(", ".join(terms) if few else f"{len(terms)} terms")
    if "minimum" in constraints:
        allowed.append(f"at least {constraints['minimum']}")
    if not constraints.get("required"):
        allowed.append("may be empty")

    return (
        f"`{field['name']}`",
        f"{field['type']} ({field['unit']})" if "unit" in field else field["type"],
        field["description"],
        "; ".join(allowed),
        f"`{field['example']}`" if "example" in field else "",
    )


def _headlines() -> Iterator[str]:
    """Render which totals the headline columns of cases are."""
    yield from markdown.table(
        ("column", "metric", "object"),
        (
            (f"`{name}`", f"`{item.metric}`", f"`{item.object}`" if item.object else "")
            for name, item in HEADLINES.items()
        ),
    )


def _vocabularies() -> Iterator[str]:
    for name, terms in sorted(vars(vocabulary).items()):
        if not isinstance(terms, type) or not issubclass(terms, Term) or terms is Term:
            continue

        yield from (f"### {name}", "", *_doc(terms), "")
        yield from (f"- `{term}`: {term.meaning}" for term in terms)
        yield ""


def rule_index() -> str:
    """Render the list of all rules, each with a link to its page."""
    return markdown.page("rules", rules=_index(RULES.values()))


def _index(rules: Iterable[Rule]) -> Iterator[str]:
    for layer, members in groupby(rules, key=lambda rule: rule.layer):
        yield f"## {layer.capitalize()}\n"
        yield from markdown.table(
            ("code", "name", "what it asks for", "exceptions"), map(_row, members)
        )
        yield ""


def _row(rule: Rule) -> tuple[str, ...]:
    excusable = "yes" if rule.excusable else "no"

    return f"[{rule.code}]({rule.code}.md)", rule.name, rule.summary, excusable


def command_line(group: click.Group) -> str:
    """
    Render every command's own help.

    :param group: The command line, with all its commands.
    """
    settings = {**group.context_settings, "max_content_width": _WIDTH}
    context = click.Context(group, info_name="interpol-dataset", **settings)
    lines = _help(group, context)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None:
            inner = click.Context(command, parent=context, info_name=name, max_content_width=_WIDTH)
            lines += [f"## {name}", "", *_help(command, inner)]

    return markdown.page("command-line", commands=lines)


def _help(command: click.Command, context: click.Context) -> list[str]:
    # The page must not depend on the width of a terminal.
    context.terminal_width = _WIDTH
    text = command.get_help(context)

    return ["```text", *(line.rstrip() for line in text.splitlines()), "```", ""]
