"""
How far two readers agree, and how sure a share is.
"""

from __future__ import annotations

from collections import Counter
from math import sqrt
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence


#: Of fewer pages the spread between them says nothing.
_FEWEST_PAGES: Final = 20


def alpha(pairs: Sequence[tuple[object, object]]) -> float | None:
    """
    Return Krippendorff's alpha for nominal values of two readers, none missing.

    :param pairs: What the one and the other said of each unit.
    :returns: 1 where they always agree, 0 where they do by chance; none if only one value occurs.

    Source: Krippendorff, K. (2011), Computing Krippendorff's Alpha-Reliability, section C.
    """
    counts = Counter(value for pair in pairs for value in pair)
    total = 2 * len(pairs)
    expected = 1 - sum(n * (n - 1) for n in counts.values()) / (total * (total - 1))
    observed = 1 - sum(one == other for one, other in pairs) / len(pairs)

    return 1 - observed / expected if expected else None


def wilson(hits: float, of: float) -> tuple[float, float]:
    """
    Return the 95 % interval of a share.

    :param hits: How many there were.
    :param of: Of how many, above 0; of a sample in clusters its effective size.

    Source: Wilson, E. B. (1927), Probable inference, the law of succession, and statistical
    inference, Journal of the American Statistical Association 22.
    """
    z = 1.96
    middle = hits + z * z / 2
    spread = z * sqrt(hits * (of - hits) / of + z * z / 4)

    return (middle - spread) / (of + z * z), (middle + spread) / (of + z * z)


def interval(pages: Sequence[tuple[int, int]]) -> tuple[float, float]:
    """
    Return the 95 % interval of a share of cells, of which those of one page hang together.

    :param pages: For each page how many of its cells are hits, and how many there are.

    Source: Korn, E. L. and Graubard, B. I. (1998), Confidence intervals for proportions with small
    expected number of positive counts estimated from survey data, Survey Methodology 24: the
    sample is as good as one of the effective size, drawn cell by cell.
    """
    hits, of = (sum(column) for column in zip(*pages, strict=True))
    share, count = hits / of, len(pages)
    spread = sum((hit - share * size) ** 2 for hit, size in pages)
    if not spread or count < _FEWEST_PAGES:
        return wilson(hits, of)
    variance = count / (count - 1) * spread / of**2
    effective = min(float(of), share * (1 - share) / variance)

    return wilson(share * effective, effective)
