"""
The world map: countries by the number of operations that list them.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


#: The least numbers of operations of the map's shades.
_SHADES: Final = (1, 5, 15, 30, 60)


class WorldMap(NamedTuple):
    """Countries by the number of operations that list them."""

    width: int
    height: int
    shapes: tuple[tuple[str, int, str], ...]
    dots: tuple[tuple[str, int, int, int], ...]
    shades: tuple[str, ...]
    lacking: tuple[str, ...]
    source: str


@cache
def _world() -> dict[str, Any]:
    text = Path(__file__).with_name("data").joinpath("world.json").read_text("utf-8")
    world: dict[str, Any] = json.loads(text)

    return world


def world_map(counts: Mapping[str, int]) -> WorldMap:
    """Shade the map's countries by counts; the shade 0 is for none."""
    world = _world()
    shades = [
        *(f"{low}–{high - 1}" for low, high in pairwise(_SHADES)),
        f"{_SHADES[-1]} or more",
    ]

    return WorldMap(
        world["width"],
        world["height"],
        tuple((code, _shade(counts.get(code, 0)), path) for code, path in world["shapes"].items()),
        tuple((code, _shade(counts.get(code, 0)), x, y) for code, (x, y) in world["dots"].items()),
        ("none", *shades),
        tuple(code for code in counts if code not in world["shapes"] and code not in world["dots"]),
        world["source"],
    )


def _shade(count: int) -> int:
    return bisect_right(_SHADES, count)
