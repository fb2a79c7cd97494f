"""
A rule on crime areas: what was found tells of them, as other cases show.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from interpol_dataset.records import models as m
from interpol_dataset.rules.rule import WARNING, Breach, package_rule
from interpol_dataset.schema.vocabulary import Dimension
from interpol_dataset.values.ancestry import above

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.records.folder import Entry
    from interpol_dataset.rules.context import Context
    from interpol_dataset.rules.notes import CaseOutline


#: So many other cases have to show what an object tells.
_ENOUGH: Final = 3
#: The share of them that are of one area, and the share that are of the case's own areas at most.
_OF_ONE: Final = 0.7
_OF_OWN: Final = 0.15


@package_rule("MNG044", "area-of-objects", **WARNING)
def area_of_objects(context: Context) -> Iterator[Breach]:
    """A case is of an area in which its objects are found in other cases, too."""
    wider = {entry.id: area.parent for entry, area in context.readable(m.Category, "parent")}
    areas: dict[str, frozenset[str]] = {}
    having: dict[str, list[str]] = defaultdict(list)
    objects: dict[str, tuple[Entry, list[str]]] = {}
    for entry, case in context.cases("id", "categories", "reports"):
        areas[entry.id] = frozenset(
            wide for area in case.categories for wide in (area, *above(area, wider.get))
        )
        found = _objects(case, context)
        objects[entry.id] = entry, found
        for object_ in found:
            having[object_].append(entry.id)

    for id_, (entry, found) in objects.items():
        told = {
            object_: _told(areas[id_], [areas[other] for other in having[object_] if other != id_])
            for object_ in found
        }
        odd = [object_ for object_, area in told.items() if area]
        if odd and None not in told.values():
            area = told[odd[0]]
            message = f"no area of this case has '{odd[0]}' in other cases"
            yield Breach(entry, ("categories", 0), message, f"did you mean '{area}'?")


def _objects(case: CaseOutline, context: Context) -> list[str]:
    """Return what was found in a case; a notice or a court tells of no area."""
    return sorted(
        {
            object_
            for object_, id_ in case.objects
            if (metric := context.metrics.get(id_)) is not None
            and (metric.family or metric.dimension is not Dimension.COUNT)
        }
    )


def _told(own: frozenset[str], others: list[frozenset[str]]) -> str | None:
    """
    Return the area that an object tells of; empty if it tells nothing, none if it fits.

    :param own: The areas of the case.
    :param others: Those of the other cases that have the object.
    """
    if len(others) < _ENOUGH:
        return ""
    if sum(not own.isdisjoint(other) for other in others) >= _OF_OWN * len(others):
        return None
    area, number = Counter(area for other in others for area in sorted(other)).most_common(1)[0]

    return area if number >= _OF_ONE * len(others) else ""
