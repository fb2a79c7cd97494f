"""
The units of each dimension.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Final

from interpol_dataset.schema.vocabulary import Dimension

#: The codes of ISO 4217, in a file: the bytes of a build must not depend on a package's version.
CURRENCIES: Final = frozenset(
    Path(__file__).with_name("currencies.txt").read_text("utf-8").splitlines()
)

#: What goods are counted in where they are not counted piece by piece.
PACKAGES: Final = ("boxes", "cartons", "packs")

#: The units of each dimension, as multiples of the first. Money and packages are not converted.
UNITS: Final[dict[Dimension, dict[str, float]]] = {
    Dimension.COUNT: dict.fromkeys(PACKAGES, 1),
    Dimension.MASS: {"kg": 1, "t": 1000, "g": 0.001},
    Dimension.VOLUME: {"l": 1, "m3": 1000, "ml": 0.001},
    Dimension.CURRENCY: dict.fromkeys(sorted(CURRENCIES), 1),
    Dimension.AREA: {"ha": 1, "m2": 0.0001, "km2": 100},
    Dimension.DATA: {"GB": 1, "TB": 1000, "MB": 0.001},
}

#: All units, in alphabetical order.
KNOWN_UNITS: Final = sorted({unit for units in UNITS.values() for unit in units})

#: What one of a unit is in the first unit of its dimension; packages are counted, not measured.
FACTORS: Final = {
    unit: Decimal(str(factor))
    for dimension, units in UNITS.items()
    for unit, factor in units.items()
    if dimension is not Dimension.COUNT
}
