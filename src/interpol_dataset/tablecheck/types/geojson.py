"""
Whether a JSON value has the shape of GeoJSON (RFC 7946) or TopoJSON.

Checked are the types, the members that they require, and positions of numbers.
"""

from __future__ import annotations

from typing import Any, Final

__all__ = ["check_geojson", "check_topojson"]

#: How deep the positions of each geometry are nested, and the fewest that a line or a ring has.
_GEOMETRIES: Final = {
    "Point": (0, 0),
    "MultiPoint": (1, 0),
    "LineString": (1, 2),
    "MultiLineString": (2, 2),
    "Polygon": (2, 4),
    "MultiPolygon": (3, 4),
}
_WRONG: Final = "the value is not a map"


def check_geojson(value: Any) -> None:
    """
    Check a GeoJSON object.

    :raises ValueError: It is not one.
    """
    match value:
        case {"type": "FeatureCollection", "features": list(features)}:
            for feature in features:
                _require(isinstance(feature, dict) and feature.get("type") == "Feature")
                check_geojson(feature)
        case {"type": "Feature", "properties": dict() | None, "geometry": geometry}:
            if geometry is not None:
                _check_geometry(geometry)
        case _:
            _check_geometry(value)


def check_topojson(value: Any) -> None:
    """
    Check a TopoJSON topology.

    :raises ValueError: It is not one.
    """
    match value:
        case {"type": "Topology", "objects": dict(), "arcs": list(arcs)}:
            for arc in arcs:
                _check_positions(arc, 1, 2)
        case _:
            raise ValueError(_WRONG)


def _check_geometry(value: Any) -> None:
    match value:
        case {"type": "GeometryCollection", "geometries": list(geometries)}:
            for geometry in geometries:
                _check_geometry(geometry)
        case {"type": str(name), "coordinates": coordinates} if name in _GEOMETRIES:
            _check_positions(coordinates, *_GEOMETRIES[name])
        case _:
            raise ValueError(_WRONG)


def _check_positions(value: Any, depth: int, fewest: int) -> None:
    _require(isinstance(value, list))
    if depth == 0:
        _require(len(value) >= 2)  # noqa: PLR2004 - longitude and latitude
        _require(all(isinstance(part, int | float) and part is not True for part in value))
        return

    _require(depth > 1 or len(value) >= fewest)
    for part in value:
        _check_positions(part, depth - 1, fewest)


def _require(condition: bool) -> None:  # noqa: FBT001 - an assertion that is not switched off
    if not condition:
        raise ValueError(_WRONG)
