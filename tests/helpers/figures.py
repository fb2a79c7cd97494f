"""Figures and a small vocabulary, for tests of what contains what."""

from decimal import Decimal
from typing import Final

from hypothesis import strategies as st

from interpol_dataset.schema.vocabulary import Facet
from interpol_dataset.totals.figures import Catalogue, Figure
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.quantity import Quantity

#: Goods in a hierarchy, with one that may be the rest; a status; a package; persons.
CATALOGUE: Final = Catalogue(
    parents={
        "animals": None,
        "birds": "animals",
        "parrots": "birds",
        "shells": "animals",
        "fakes": None,
        "parcels": None,
        "children": None,
        "women": None,
        "trafficked": None,
        "firms": None,
    },
    facets={
        "fakes": Facet.STATUS,
        "parcels": Facet.PACKAGE,
        "children": Facet.AGE_SEX,
        "women": Facet.AGE_SEX,
        "trafficked": Facet.HARM,
        "firms": Facet.ORGANIZATION,
    },
    rest=frozenset({"animals", "birds"}),
    of_persons=frozenset({"arrests", "victims"}),
)

#: What one of some currencies is in dollars; of VND nothing is known.
RATES: Final = {"USD": Decimal(1), "EUR": Decimal("1.1"), "KRW": Decimal("0.001")}


def in_dollars(amount: Decimal, currency: str) -> Decimal | None:
    """Convert an amount at the rates of these tests."""
    rate = RATES.get(currency)
    return None if rate is None else amount * rate


def path(short: str) -> FactPath:
    """Return the path of an outcome, written without its first step."""
    return FactPath.parse(f"outcomes/{short}")


def figure(short: str, value: str) -> Figure:
    """Return a figure."""
    return Figure.of(path(short), Quantity.parse(value))


@st.composite
def cases(draw: st.DrawFn) -> tuple[tuple[Figure, ...], dict[FactPath, FactPath | None]]:
    """Return the figures of a case, and what its record says of some of them."""
    metric = draw(st.sampled_from(["items", "victims", "money"]))
    objects = {
        "items": ["animals", "birds", "parrots", "shells", "fakes", "parcels"],
        "victims": ["children", "women", "trafficked", "firms"],
        "money": ["birds", "parrots", "fakes"],
    }[metric]
    paths = draw(
        st.lists(
            st.builds(
                lambda object_, currency, place, part, name: FactPath.outcome(
                    metric, object_, currency=currency, place=place, is_part=part, part_name=name
                ),
                st.none() | st.sampled_from(objects),
                st.sampled_from(["USD", "EUR", "KRW", "VND"]) if metric == "money" else st.none(),
                st.none() | st.sampled_from(["KOR", "PER"]),
                st.booleans(),
                st.none() | st.sampled_from(["harbour", "raid"]),
            ),
            min_size=1,
            max_size=9,
            unique=True,
        )
    )
    hedges = st.sampled_from(["", "", "~", ">", "<", "<="])
    numbers = st.sampled_from([0, 1, 5, 9, 10, 11, 12, 14, 20, 100])
    listed = tuple(
        Figure.of(item, Quantity.parse(f"{draw(hedges)}{draw(numbers)}")) for item in paths
    )

    stated: dict[FactPath, FactPath | None] = {}
    order = draw(st.permutations(paths))
    for index, item in enumerate(order):
        if draw(st.integers(0, 4)) == 0:
            stated[item] = draw(st.sampled_from([None, *order[index + 1 :]]))

    return listed, stated
