"""
The units of each dimension.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import iso4217

from interpol_dataset.schema.vocabulary import Dimension

__all__ = ["CURRENCIES", "FACTORS", "KNOWN_UNITS", "UNITS"]

CURRENCIES: Final = frozenset(currency.code for currency in iso4217.Currency)

#: The units of each dimension, as multiples of the first. Money is not converted.
UNITS: Final[dict[Dimension, dict[str, float]]] = {
    Dimension.COUNT: {},
    Dimension.MASS: {"kg": 1, "t": 1000, "g": 0.001},
    Dimension.VOLUME: {"l": 1, "m3": 1000, "ml": 0.001},
    Dimension.CURRENCY: dict.fromkeys(sorted(CURRENCIES), 1),
    Dimension.AREA: {"ha": 1, "m2": 0.0001, "km2": 100},
    Dimension.DATA: {"GB": 1, "TB": 1000, "MB": 0.001},
}

#: All units, in alphabetical order.
KNOWN_UNITS: Final = sorted({unit for units in UNITS.values() for unit in units})

#: What one of a unit is in the first unit of its dimension.
FACTORS: Final = {
    unit: Decimal(str(factor)) for units in UNITS.values() for unit, factor in units.items()
}
