"""
Whether a JSON value is GeoJSON (RFC 7946) or TopoJSON.

A short check of shape: the type, the members that the type asks for, and positions of numbers.
"""

from __future__ import annotations

from typing import Any, Final

__all__ = ["check_geojson", "check_topojson"]

#: How deep the positions of each geometry are nested.
_DEPTHS: Final = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
#: The fewest positions of a line and of a ring.
_FEWEST: Final = {"LineString": 2, "MultiLineString": 2, "Polygon": 4, "MultiPolygon": 4}


def check_geojson(value: Any) -> None:
    """
    Check a GeoJSON object.

    :raises ValueError: It is not one.
    """
    kind = _kind(value)
    if kind == "FeatureCollection":
        for feature in _list(value, "features"):
            _demand(_kind(feature) == "Feature")
            check_geojson(feature)
    elif kind == "Feature":
        _demand("properties" in value and "geometry" in value)
        _demand(value["properties"] is None or isinstance(value["properties"], dict))
        if value["geometry"] is not None:
            _geometry(value["geometry"])
    else:
        _geometry(value)


def check_topojson(value: Any) -> None:
    """
    Check a TopoJSON topology.

    :raises ValueError: It is not one.
    """
    _demand(_kind(value) == "Topology" and isinstance(value.get("objects"), dict))
    for arc in _list(value, "arcs"):
        _positions(arc, 1, 2)


def _geometry(value: Any) -> None:
    kind = _kind(value)
    if kind == "GeometryCollection":
        for geometry in _list(value, "geometries"):
            _geometry(geometry)
        return

    _demand(kind in _DEPTHS)
    _positions(value.get("coordinates"), _DEPTHS[kind], _FEWEST.get(kind, 0))


def _positions(value: Any, depth: int, fewest: int) -> None:
    _demand(isinstance(value, list))
    if depth == 0:
        _demand(len(value) >= 2)  # noqa: PLR2004 - longitude and latitude
        _demand(all(isinstance(part, int | float) and part is not True for part in value))
        return

    _demand(depth > 1 or len(value) >= fewest)
    for part in value:
        _positions(part, depth - 1, fewest)


def _kind(value: Any) -> str:
    _demand(isinstance(value, dict))

    return str(value.get("type"))


def _list(value: Any, name: str) -> list[Any]:
    found = value.get(name)
    if not isinstance(found, list):
        raise ValueError(name)  # noqa: TRY004 - a cell that is not of its type is a value error

    return found


def _demand(condition: bool) -> None:  # noqa: FBT001 - an assertion that is not switched off
    if not condition:
        msg = "this is not GeoJSON"
        raise ValueError(msg)
