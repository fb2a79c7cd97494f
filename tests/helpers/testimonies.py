"""Testimonies made up for tests of the rules."""

from dataclasses import replace
from datetime import date
from typing import Any

from helpers import strategies
from interpol_dataset.evidence.testimony import Testimony
from interpol_dataset.schema.vocabulary import SourceKind
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.quantity import Quantity


def witness(  # noqa: PLR0913  # one for each that a test may vary
    *,
    source: str,
    kind: SourceKind,
    publisher: str,
    asserters: tuple[str, ...],
    day: date | None,
    value: Quantity | Edtf | date | str,
    unit: str | None = None,
    attributed_to: str | None = None,
    own_count: bool = False,
    text_of: str | None = None,
    path: str = "outcomes/arrests",
) -> Testimony:
    """
    Make a testimony.

    :param source: The id of its source.
    :param asserters: Who issued the source.
    :param day: When it was published; none for an undated source.
    """
    first, *others = asserters
    document = strategies.source(source, kind, first, day and day.isoformat(), publisher)
    document = document.model_copy(update={"issued_with": tuple(others), "text_of": text_of})
    return Testimony(
        FactPath(path), document, value, unit, attributed_to=attributed_to, own_count=own_count
    )


#: What is a source's own, by the names that tests use.
_OF_SOURCE = {"source": "id", "kind": "kind", "publisher": "publisher", "text_of": "text_of"}


def changed(item: Testimony, **changes: Any) -> Testimony:
    """
    Return a testimony with changes to it, or to its source.

    :param changes: Fields of a testimony; ``source`` is the source's id, and ``kind``,
        ``publisher``, ``text_of``, ``asserters`` and ``day`` are the source's.
    """
    document: dict[str, Any] = {
        name: changes.pop(key) for key, name in _OF_SOURCE.items() if key in changes
    }
    if "asserters" in changes:
        document["asserter"], *document["issued_with"] = changes.pop("asserters")
    if "day" in changes:
        day = changes.pop("day")
        document["published"] = day and Edtf.parse(day.isoformat())

    return replace(item, source=item.source.model_copy(update=document), **changes)
