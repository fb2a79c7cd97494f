"""The page on statuses, with worked cases of the rules, which the tests check."""

from __future__ import annotations

import inspect
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

from interpol_dataset.docs import markdown
from interpol_dataset.evidence import parties, verification
from interpol_dataset.evidence import testimony as agreement
from interpol_dataset.records.models import Model
from interpol_dataset.schema.fields import PathOfFact
from interpol_dataset.schema.vocabulary import SourceKind, StatementVerdict, Status, Variance
from interpol_dataset.values.quantity import Quantity
from interpol_dataset.values.words import quantity_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from interpol_dataset.values.fact_path import FactPath


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
    kind: SourceKind | None = None


class WorkedCase(Model):
    """Evidence for one fact, and what the rules make of it; ``why`` says the reason."""

    title: str
    path: PathOfFact
    said: tuple[Said, ...]
    #: The value that the fact takes; ``None`` if no source counts.
    value: str | None
    status: Status | StatementVerdict
    why: str
    variance: Variance | None = None
    on_page: bool = True


def chapters() -> dict[str, tuple[WorkedCase, ...]]:
    """Read the worked cases, by chapter."""
    text = files(__package__).joinpath("worked_cases.yaml").read_text("utf-8")
    return {
        chapter["chapter"]: tuple(map(WorkedCase.model_validate, chapter["cases"]))
        for chapter in yaml.safe_load(text)
    }


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
    for chapter, cases in chapters().items():
        yield from ("", f"### {chapter}", "")
        yield from (_line(case) for case in cases if case.on_page)


def _line(case: WorkedCase) -> str:
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
