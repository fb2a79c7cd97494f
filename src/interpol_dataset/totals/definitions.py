"""
Which figures a total takes.

A total is of a metric: of all objects together, or of one object with everything below it. What a
metric combines, leaves out, or takes only in some crime areas stands in its record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from interpol_dataset.schema.vocabulary import Facet, MetricFamily

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from interpol_dataset.records import models as m
    from interpol_dataset.totals.figures import Catalogue
    from interpol_dataset.values.fact_path import FactPath


def takes(
    metric: m.Metric, object_: str | None, path: FactPath, area: str, catalogue: Catalogue
) -> bool:
    """
    Return whether a total takes a figure.

    :param metric: The metric of the total.
    :param object_: Its object; none for all together.
    :param path: The path of the figure.
    :param area: The top crime area of its case.
    :param catalogue: What is known of objects.
    """
    if path.member not in metric.members:
        return False
    if path.object is None:
        return object_ == metric.unnamed_as and _takes_unnamed(metric, path, area)
    line = catalogue.line(path.object, area)
    if metric.only and line.isdisjoint(metric.only):
        return False

    return line.isdisjoint(metric.without) and object_ in {None, *line}


def _takes_unnamed(metric: m.Metric, path: FactPath, area: str) -> bool:
    """Return whether totals of a metric take a figure that has no object."""
    is_open = not metric.only and path.member not in metric.only_named

    return is_open and (not metric.unnamed_in or area in metric.unnamed_in)


def objects_of(
    metric: m.Metric, paths: Iterable[FactPath], area: str, catalogue: Catalogue
) -> Iterator[str | None]:
    """Return the objects of which a case has totals of a metric, and none if it adds up."""
    if metric.adds_up:
        yield None
    found = {metric.unnamed_as} - {None}
    for path in paths:
        if path.object:
            found |= catalogue.line(path.object, area)

    yield from sorted(item for item in found if item)


def wholes_of(metric: m.Metric, object_: str | None, catalogue: Catalogue) -> frozenset[str | None]:
    """
    Return the objects of figures that state a total as it is, and nothing narrower.

    All victims are victims of some harm, so one that is named narrows nothing.
    """
    if object_ is None and metric.family is MetricFamily.VICTIMS:
        return frozenset({None, *catalogue.of_facet(Facet.HARM)})
    if object_ is None:
        return frozenset(metric.only or (None,))

    return frozenset({object_, None} if object_ == metric.unnamed_as else {object_})
