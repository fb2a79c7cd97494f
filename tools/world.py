"""
Draw the outlines of the world map from Natural Earth, and print them as JSON.

``make tools WHAT=world`` writes them to the site's ``data/world.json``.

The projection is Equal Earth (Šavrič, Patterson and Jenny 2018), cut at 169° W. Borders are
simplified once for both neighbours, and countries too small to see become dots.
"""

from __future__ import annotations

import json
import sys
from math import asin, cos, hypot, radians, sin, sqrt
from pathlib import Path
from typing import Any, Final

import iso3166

Point = tuple[float, float]
Ring = list[Point]

#: The meridian in the middle of the map.
CENTRE: Final = 11.0
WIDTH: Final = 1000
#: How far a simplified border may be from the real one, in degrees.
TOLERANCE: Final = 0.22
#: The least area of a drawn island, and of a country that needs no dot, in square units.
ISLAND, DOT = 2.5, 6.0
ANTARCTICA: Final = "010"
#: What has no number in ISO 3166-1.
KOSOVO: Final = {"Kosovo": "XKX"}
#: Constants of Equal Earth.
A: Final = (1.340264, -0.081106, 0.000893, 0.003796)
SCALE: Final = WIDTH / 5.41326


def project(longitude: float, latitude: float) -> Point:
    """Return where a place is on the map, the equator and the middle meridian at 0."""
    theta = asin(sqrt(3) / 2 * sin(radians(latitude)))
    square = theta * theta
    six = square**3
    x = radians(longitude) * cos(theta) * 2 * sqrt(3)
    x /= 3 * (9 * A[3] * six * square + 7 * A[2] * six + 3 * A[1] * square + A[0])
    y = theta * (A[3] * six * square + A[2] * six + A[1] * square + A[0])

    return x * SCALE, -y * SCALE


def simplified(points: Ring) -> Ring:
    """Return a line with fewer points (Ramer, Douglas and Peucker)."""
    keep = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        far, at = 0.0, 0
        for index in range(first + 1, last):
            distance = _distance(points[index], points[first], points[last])
            if distance > far:
                far, at = distance, index
        if far > TOLERANCE:
            keep.add(at)
            stack += [(first, at), (at, last)]

    return [points[index] for index in sorted(keep)]


def _distance(point: Point, start: Point, end: Point) -> float:
    shrink = cos(radians(point[1]))
    px, py = (point[0] - start[0]) * shrink, point[1] - start[1]
    dx, dy = (end[0] - start[0]) * shrink, end[1] - start[1]
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, (px * dx + py * dy) / length)) if length else 0.0

    return hypot(px - along * dx, py - along * dy)


def arcs_of(topology: dict[str, Any]) -> list[Ring]:
    """Return the lines of a TopoJSON topology in degrees, simplified."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        lines.append(simplified(line))

    return lines


def ring_of(arcs: list[Ring], indexes: list[int]) -> Ring:
    """Return a ring on the map, in one piece though it crosses the edge."""
    points: Ring = []
    for index in indexes:
        line = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += line[1:] if points else line
    turned: Ring = []
    for longitude, latitude in points:
        moved = (longitude - CENTRE + 180) % 360 - 180
        while turned and moved - turned[-1][0] > 180:  # noqa: PLR2004  # half a turn
            moved -= 360
        while turned and turned[-1][0] - moved > 180:  # noqa: PLR2004
            moved += 360
        turned.append((moved, latitude))
    middle = sum(point[0] for point in turned) / len(turned)
    shift = -360 * round(middle / 360)

    return [project(longitude + shift, latitude) for longitude, latitude in turned]


def area(ring: Ring) -> float:
    """Return the area of a ring."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)

    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def drawn(ring: Ring, left: float, top: float) -> str:
    """Return a ring as an SVG path in whole units: where it begins, then steps."""
    whole = [(round((x - left) * 2), round((y - top) * 2)) for x, y in ring]
    steps = [whole[0]]
    path = f"M{whole[0][0]} {whole[0][1]}l"
    parts = []
    for point in whole[1:]:
        step = point[0] - steps[-1][0], point[1] - steps[-1][1]
        if step != (0, 0):
            parts.append(f"{step[0]} {step[1]}")
            steps.append(point)

    return path + ",".join(parts) + "z"


def main(path: Path) -> None:
    """Print the outlines."""
    topology = json.loads(path.read_text("utf-8"))
    arcs = arcs_of(topology)
    codes = {country.numeric: country.alpha3 for country in iso3166.countries}
    left, top, bottom = -WIDTH / 2, project(0, 83.7)[1], project(0, -56)[1]
    shapes: dict[str, str] = {}
    dots: dict[str, list[int]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = codes.get(geometry.get("id", ""))
        if geometry.get("id") == ANTARCTICA or geometry["type"] is None:
            continue
        polygons = geometry["arcs"]
        if geometry["type"] == "Polygon":
            polygons = [polygons]
        rings = [ring_of(arcs, indexes) for polygon in polygons for indexes in polygon]
        rings.sort(key=area, reverse=True)
        kept = [ring for ring in rings if area(ring) >= ISLAND]
        if kept:
            name = geometry["properties"]["name"]
            key = code or KOSOVO.get(name) or f"_{name}"
            shapes[key] = "".join(drawn(ring, left, top) for ring in kept)
        if code and sum(map(area, rings)) < DOT:
            x = sum(point[0] for point in rings[0]) / len(rings[0])
            y = sum(point[1] for point in rings[0]) / len(rings[0])
            dots[code] = [round((x - left) * 2), round((y - top) * 2)]
    for code in dots:
        shapes.pop(code, None)

    world = {
        "source": "Natural Earth 4.1.0, 1:50m, by world-atlas 2.0.2 (npm)",
        "licence": "public domain",
        "projection": "Equal Earth, cut at 169° W",
        "width": WIDTH * 2,
        "height": round((bottom - top) * 2),
        "shapes": dict(sorted(shapes.items())),
        "dots": dict(sorted(dots.items())),
    }
    json.dump(world, sys.stdout, ensure_ascii=False, indent=0)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
