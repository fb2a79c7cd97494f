"""
The codebook: what every table, column, notation and rule means, rendered from the code.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from interpol_dataset.docs import markdown
from interpol_dataset.evidence import agreement, families, verification
from interpol_dataset.schema import vocabulary
from interpol_dataset.schema.vocabulary import Term
from interpol_dataset.tables.rows import HEADLINES, START_HERE, TABLES
from interpol_dataset.tables.table_schema import table_schemas
from interpol_dataset.totals import cases, containment, doubts, total
from interpol_dataset.values import edtf, quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from interpol_dataset.tables.rows import Row


def codebook() -> str:
    """Render the codebook as Markdown."""
    lines = [
        "# Codebook",
        "",
        "This page is rendered from the code by `interpol-dataset build`.",
        "Every table is a resource of `datapackage.json`; `load` returns its rows sorted by the",
        "key. In CSV files [some come first](readers.md#what-the-files-do-for-readers-who-guess),",
        "so that programs guess types right.",
        "",
        "- [Tables](#tables)",
        "- [Quantities](#quantities)",
        "- [Dates](#dates)",
        "- [Verification](#verification)",
        "- [What contains what](#what-contains-what)",
        "- [Totals](#totals)",
        "- [Vocabularies](#vocabularies)",
        "",
        "## Tables",
        "",
    ]
    schemas = table_schemas()
    lines += [f"Start here: {_named(START_HERE)}.", ""]
    lines += [f"Then, as they are needed: {_named(TABLES[len(START_HERE) :])}.", ""]
    for row in TABLES:
        lines += _table(row, schemas[row.TABLE])

    lines += ["## Quantities", "", *_doc(quantity), ""]
    lines += ["## Dates", "", *_doc(edtf), ""]
    lines += [
        "## Verification",
        "",
        f"Rules {verification.RULE_VERSION}.",
        "",
        *_doc(verification),
        "",
        "### Who counts as one body",
        "",
        *_doc(families),
        "",
        "### When two values agree",
        "",
        *_doc(agreement),
        "",
    ]
    lines += ["## What contains what", "", *_doc(containment), "", *_doc(doubts)[2:], ""]
    lines += ["## Totals", "", *_doc(total), "", *_doc(cases)[2:], ""]
    lines += [*_headlines(), ""]
    lines += ["## Vocabularies", "", *_vocabularies()]

    return "\n".join(lines).rstrip() + "\n"


def _named(rows: Iterable[type[Row]]) -> str:
    return ", ".join(f"[{row.TABLE}](#{row.TABLE})" for row in rows)


def _doc(documented: object) -> list[str]:
    return (inspect.getdoc(documented) or "").splitlines()


def _table(row: type[Row], schema: dict[str, Any]) -> Iterator[str]:
    yield f"### {row.TABLE}"
    yield ""
    yield " ".join((row.__doc__ or "").split())
    yield ""
    yield f"Key: {', '.join(f'`{name}`' for name in row.KEY)}."
    yield ""

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
    yield "The headline columns of `cases`:"
    yield ""
    yield from markdown.table(
        ("column", "metric", "object"),
        (
            (f"`{name}`", f"`{item.metric}`", f"`{item.object}`" if item.object else "")
            for name, item in HEADLINES.items()
        ),
    )


def _vocabularies() -> Iterator[str]:
    for name in vocabulary.__all__:
        terms = getattr(vocabulary, name)
        if terms is Term:
            continue

        yield f"### {name}"
        yield ""
        yield from _doc(terms)
        yield ""
        for term in terms:
            yield f"- `{term}`: {term.meaning}"
        yield ""
