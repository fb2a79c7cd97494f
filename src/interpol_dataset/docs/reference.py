"""
The pages of reference, rendered from the code: codebook, statuses, rules, command line.

The page on statuses has worked cases of the rules, which the tests check.
"""

from __future__ import annotations

import inspect
import re
from collections import Counter
from copy import copy
from functools import cache
from importlib.resources import files
from itertools import chain, groupby
from typing import TYPE_CHECKING, Final, NamedTuple

import click
import yaml

from interpol_dataset.docs import markdown
from interpol_dataset.evidence import parties, verification
from interpol_dataset.evidence import testimony as agreement
from interpol_dataset.package import reader
from interpol_dataset.records.models import Model
from interpol_dataset.rules.gate import RULES
from interpol_dataset.rules.rule import PAGES
from interpol_dataset.schema import vocabulary as v
from interpol_dataset.schema.fields import PathOfFact
from interpol_dataset.tables.metadata import table_schema
from interpol_dataset.tables.rows import START_HERE, TABLES
from interpol_dataset.totals import cases, containment, total
from interpol_dataset.values import edtf, grouped, quantity
from interpol_dataset.values.quantity import Quantity
from interpol_dataset.values.words import quantity_in_words

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping
    from types import ModuleType

    from interpol_dataset.rules.rule import Rule
    from interpol_dataset.tables.rows import Row
    from interpol_dataset.values.fact_path import FactPath

#: The index of the rules, and the page of commands, in the project.
INDEX: Final = f"{PAGES}/README.md"
COMMANDS: Final = "docs/use/command-line.md"
_WIDTH: Final = 96
#: Options of so many commands that the page explains them once.
_COMMON: Final = frozenset({"--package", "--root"})
#: Vocabularies whose terms another section explains, with that section.
_ELSEWHERE: Final = {
    "Grade": "[Statements in words](../trust/statuses.md#statements-in-words)",
    "Hedge": "[Quantities](#quantities)",
    "Status": "[Statuses](../trust/statuses.md)",
    "TotalBasis": "[Totals](#totals)",
}
_NO_YES: Final = ("no", "yes")
#: Longer examples say nothing that a column's meaning does not.
_SHORT: Final = 50
#: The vocabularies of the tables; two are only of records and findings.
_VOCABULARIES: Final[dict[str, type[v.Term]]] = {
    name: terms
    for name, terms in sorted(vars(v).items())
    if isinstance(terms, type) and v.Term in terms.__bases__ and name not in {"Doubt", "Finds"}
}


@cache
def codebook() -> str:
    """Render the codebook as Markdown."""
    shared = _shared()

    return markdown.page(
        "codebook",
        start=_named(START_HERE),
        others=_named(TABLES[len(START_HERE) :]),
        tables=chain.from_iterable(_table(row, shared) for row in TABLES),
        shared=_shared_lines(shared),
        quantities=_doc(quantity),
        dates=_doc(edtf),
        containment=_doc(containment),
        totals=_doc(total),
        standing=_doc(cases)[2:],
        headlines=_headlines(),
        vocabularies=_vocabularies(),
        renamed=_renamed(),
        statuses=(f"- {_instead([word], new)}" for word, new in reader.GONE_STATUSES.items()),
    )


def _named(rows: Iterable[type[Row]]) -> str:
    return ", ".join(f"[{row.TABLE}](#{row.TABLE})" for row in rows)


def _doc(documented: object) -> list[str]:
    return (inspect.getdoc(documented) or "").splitlines()


class _Column(NamedTuple):
    """What the codebook says of a column, but for whether it may be empty."""

    name: str
    type: str
    limits: str
    meaning: str
    example: str


def _columns(row: type[Row]) -> Iterator[tuple[_Column, bool]]:
    """Yield the columns of a table, each with whether it may be empty."""
    schema = table_schema(row)
    references = {
        key["fields"][0]: key["reference"]["resource"] or row.TABLE
        for key in schema.get("foreignKeys", [])
    }
    for field in schema["fields"]:
        constraints = field.get("constraints", {})
        unit, least = field.get("unit"), constraints.get("minimum")
        reference = references.get(field["name"])
        terms = _terms(tuple(constraints.get("enum", ())))
        says_nothing = f"Id of the {field['title'].lower()}."
        # Of all others the type says it.
        example = "example" in field and field["type"] in {"string", "array"}
        example = example and not (terms or reference) and len(str(field["example"])) <= _SHORT
        column = _Column(
            field["name"],
            f"[{reference}](#{reference})" if reference else terms or field["type"],
            f", {unit}" * bool(unit) + f", from {least}" * bool(least),
            # A reference may say no more than its title.
            "" if reference and field["description"] == says_nothing else field["description"],
            f"`{field['example']}`" if example else "",
        )
        yield column, not constraints.get("required")


def _terms(terms: tuple[str, ...]) -> str:
    """Return the vocabulary that terms are, with a link; else the terms, or how many."""
    for name, vocabulary_ in _VOCABULARIES.items():
        if terms == tuple(vocabulary_):
            return f"[{name}](#{name.lower()})"
    return ", ".join(terms) if len(terms) <= 12 else f"{len(terms)} terms"  # noqa: PLR2004


def _shared() -> dict[_Column, list[str]]:
    """Return the columns that are the same in several tables, each with its tables."""
    tables = grouped((column, row.TABLE) for row in TABLES for column, _ in _columns(row))
    return {column: tables[column] for column in sorted(tables) if len(tables[column]) > 1}


def _shared_lines(shared: Mapping[_Column, list[str]]) -> Iterator[str]:
    """Yield the lines on shared columns, with the tables if two columns have the same name."""
    names = Counter(column.name for column in shared)
    for column, tables in shared.items():
        where = f" ({', '.join(tables)})" if names[column.name] > 1 else ""
        yield _line(column, where=where)


def _table(row: type[Row], shared: Container[_Column]) -> Iterator[str]:
    columns = list(_columns(row))
    own = [_line(column, "?" * empty) for column, empty in columns if column not in shared]
    others = [f"`{column.name}`{'?' * empty}" for column, empty in columns if column in shared]
    yield from (f"### {row.TABLE}", "", " ".join((row.__doc__ or "").split()), "")
    yield "Key: {}.".format(", ".join(f"`{name}`" for name in row.KEY))
    if others:
        yield f"Shared: {', '.join(others)}."
    yield ""
    if own:
        yield from (*own, "")


def _line(column: _Column, empty: str = "", where: str = "") -> str:
    type_ = "" if column.type == "string" else f"{column.type}{column.limits}."
    example = f" ({column.example})." if column.example else "."
    meaning = column.meaning.removesuffix(".") + example if column.meaning else ""
    return " ".join(filter(None, (f"- `{column.name}`{empty}{where}:", type_, meaning)))


def _headlines() -> Iterator[str]:
    for name, item in v.HEADLINES.items():
        of_object = f" of `{item.object}`" if item.object else ""
        yield f"- `{name}`: `{item.metric}`{of_object}"


def _renamed() -> Iterator[str]:
    """Render what takes the place of tables and columns that are gone."""
    for new, names in groupby(reader.GONE_TABLES, key=reader.GONE_TABLES.__getitem__):
        yield f"- {_instead(names, new)}"
    for table, columns in reader.GONE_COLUMNS.items():
        said = (_instead(names, new) for new, names in groupby(columns, key=columns.__getitem__))
        yield f"- of `{table}`: {'; '.join(said)}"


def _instead(names: Iterable[str], new: str) -> str:
    new = re.sub(" takes? its place$", "", new.replace("'", "`"))
    return ", ".join(f"`{name}`" for name in names) + f" → {new}"


def _vocabularies() -> Iterator[str]:
    for name, terms in _VOCABULARIES.items():
        yield from (f"### {name}", "", *_doc(terms), "")
        if name in _ELSEWHERE:
            yield f"{', '.join(f'`{term}`' for term in terms)}: see {_ELSEWHERE[name]}."
        else:
            yield from (f"- `{term}`: {term.meaning}" for term in terms)
        yield ""


def rule_index() -> str:
    """Render the list of all rules, each with a link to its page."""
    return markdown.page("rules", rules=_index(RULES.values()))


def _index(rules: Iterable[Rule]) -> Iterator[str]:
    for layer, members in groupby(rules, key=lambda rule: rule.layer):
        yield f"## {layer.capitalize()}\n"
        rows = (
            (f"[{rule.code}]({rule.code}.md)", rule.name, rule.summary, _NO_YES[rule.excusable])
            for rule in members
        )
        yield from markdown.table(("code", "name", "what it asks for", "exceptions"), rows)
        yield ""


def command_line(group: click.Group) -> str:
    """Render every command's own help."""
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
    shown = copy(command)
    shown.params = [param for param in command.params if _COMMON.isdisjoint(param.opts)]
    lines = (line.rstrip() for line in shown.get_help(context).splitlines())
    lines = (line for line in lines if not line.startswith("  -h, --help "))
    text = "\n".join(lines).removesuffix("\n\nOptions:")
    return ["```text", *text.splitlines(), "```", ""]


class Said(Model):
    """What one source says, on whose word; the value is in the notation of the records."""

    who: str
    value: str
    #: Whether it is that body's document, a copy of it, a quotation or a retelling.
    how: str = "document"
    day: str = "2022-11-24"
    #: The bodies that issued the document together with it.
    issued_with: tuple[str, ...] = ()
    own_count: bool = False
    as_of: str | None = None
    #: What sort of document it is, if that does not follow from the rest.
    kind: v.SourceKind | None = None


class WorkedCase(Model):
    """Evidence for one fact, and what the rules make of it; ``why`` says the reason."""

    title: str
    path: PathOfFact
    said: tuple[Said, ...]
    #: The value that the fact takes; ``None`` if no source counts.
    value: str | None
    status: v.Status | v.StatementVerdict
    why: str
    variance: v.Variance | None = None
    on_page: bool = True


def chapters() -> dict[str, tuple[WorkedCase, ...]]:
    """Read the worked cases, by chapter."""
    text = files(__package__).joinpath("worked_cases.yaml").read_text("utf-8")
    return {
        chapter["chapter"]: tuple(map(WorkedCase.model_validate, chapter["cases"]))
        for chapter in yaml.safe_load(text)
    }


@cache
def statuses() -> str:
    """Render the page on statuses: the rules, and what they make of the worked cases."""
    return markdown.page(
        "statuses",
        rule_version=verification.RULE_VERSION,
        verification=_rules(verification),
        families=_rules(parties),
        agreement=_rules(agreement),
        worked_cases=_chapters(),
    )


def _rules(module: ModuleType) -> list[str]:
    """Return the rules from a module's docstring, without its first sentence."""
    return (inspect.getdoc(module) or "").splitlines()[2:]


def _chapters() -> Iterator[str]:
    for chapter, worked in chapters().items():
        yield from ("", f"### {chapter}", "")
        yield from (_worked_line(case) for case in worked if case.on_page)


def _worked_line(case: WorkedCase) -> str:
    said = "; ".join(_told(case.path, item) for item in case.said) or "nobody"
    value = "" if case.value is None else f"{_shown(case.path, case.value)}, "
    return f"- **{case.title}.** {said} → {value}`{case.status}`"


def _told(path: FactPath, said: Said) -> str:
    names = " and ".join((said.who, *said.issued_with))
    how = "" if said.how == "document" else f", {said.how}"
    counted = ", own count" if said.own_count else ""
    until = f", as of {said.as_of}" if said.as_of else ""
    return f"{names}{how}{counted}{until}: {_shown(path, said.value)}"


def _shown(path: FactPath, value: str) -> str:
    return quantity_in_words(Quantity.parse(value)) if path.is_figure else value
