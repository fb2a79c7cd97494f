"""
The definitions of the measures: which figures each of them takes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from interpol_dataset.totals.figures import Catalogue
    from interpol_dataset.values.fact_path import FactPath

__all__ = ["MEASURES", "Measure", "Take"]


@dataclass(frozen=True, slots=True)
class Take:
    """
    Figures of one metric that a measure takes.

    :param metric: The metric.
    :param objects: The objects, with those below them; none for any.
    :param bare: Whether figures without an object are taken.
    :param without: Objects that are not taken, with those below them.
    :param areas: The top crime areas in which it holds; all if empty.
    """

    metric: str
    objects: tuple[str, ...] | None = None
    bare: bool = True
    without: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()

    def takes(self, path: FactPath, area: str, catalogue: Catalogue) -> bool:
        """Return whether it takes a figure of a case in some top crime area."""
        if path.member != self.metric or (self.areas and area not in self.areas):
            return False
        if path.object is None:
            return self.bare
        line = {path.object, *catalogue.above(path.object)}
        wanted = self.objects is None or not line.isdisjoint(self.objects)

        return wanted and line.isdisjoint(self.without)

    def __str__(self) -> str:
        """Write what it takes in words."""
        what = "any object" if self.objects is None else ", ".join(self.objects)
        if self.without:
            what += f" but {', '.join(self.without)}"
        bare = {True: " or none" if what else "no object", False: ""}[self.bare]
        where = f" in {', '.join(self.areas)}" if self.areas else ""

        return f"{self.metric}{where}: {what}{bare}"


@dataclass(frozen=True, slots=True)
class Measure:
    """
    A headline number of an operation.

    :param id: Its id, which is the name of its column in ``operations``.
    :param name: Its name.
    :param description: What it counts, and what it does not.
    :param unit: Its unit: kg or USD; none for counts.
    :param takes_from: The figures that it takes.
    :param of_persons: Whether it counts persons.
    :param total_is_bare: Whether only a figure without an object is a total.
    """

    id: str
    name: str
    description: str
    unit: str | None
    takes_from: tuple[Take, ...]
    of_persons: bool = False
    total_is_bare: bool = False

    @property
    def slug(self) -> str:
        """Its id as the ids of records are written."""
        return self.id.replace("_", "-")

    @property
    def metrics(self) -> tuple[str, ...]:
        """The metrics that it takes, the one that counts first of equals first."""
        return tuple(dict.fromkeys(take.metric for take in self.takes_from))

    def takes(self, path: FactPath, area: str, catalogue: Catalogue) -> bool:
        """Return whether it takes a figure of a case in some top crime area."""
        return any(take.takes(path, area, catalogue) for take in self.takes_from)


_GOODS: Final = (
    "counterfeit-goods",
    "medicines",
    "medical-devices",
    "food",
    "beverages",
    "cigarettes",
    "tobacco",
    "luxury-goods",
    "pesticides",
)
_GOODS_IF_FAKE: Final = ("electronics", "bottles", "vehicle-parts")
_ASSETS: Final = ("cash", "virtual-assets", "other-assets")
_FAKES: Final = ("counterfeiting",)
#: Areas whose possible victims are persons in somebody's power, and not targets of fraud.
_PERSONS: Final = ("human-trafficking", "people-smuggling", "crimes-against-children")
_FIRMS: Final = ("companies",)

#: All measures, in the order of their columns.
MEASURES: Final = (
    Measure(
        "arrests",
        "Arrests",
        "Persons arrested or detained as suspects, whatever for.",
        None,
        (Take("arrests"),),
        of_persons=True,
        total_is_bare=True,
    ),
    Measure(
        "victims",
        "Victims rescued or identified",
        (
            "Persons rescued, freed or safeguarded; or identified as victims of a named harm. Not "
            "possible victims, and not the victims of fraud."
        ),
        None,
        (
            Take("victims-rescued", without=_FIRMS),
            Take("victims-identified", bare=False, without=_FIRMS),
        ),
        of_persons=True,
    ),
    Measure(
        "possible_victims",
        "Possible victims",
        (
            "Persons whom a source calls possible, potential or presumed victims of trafficking, "
            "smuggling or abuse; not the targets of fraud."
        ),
        None,
        (
            Take("potential-victims-detected", bare=False, without=_FIRMS),
            Take("potential-victims-detected", (), areas=_PERSONS),
        ),
        of_persons=True,
    ),
    Measure(
        "drugs_kg",
        "Drugs seized",
        "Weight of drugs of all kinds; not precursors, tablets or litres.",
        "kg",
        (Take("weight-seized", ("drugs",), bare=False),),
    ),
    Measure(
        "firearms",
        "Firearms seized",
        "Firearms seized or recovered; not their parts, ammunition or 'weapons'.",
        None,
        (
            Take("items-seized", ("firearms",), bare=False),
            Take("items-recovered", ("firearms",), bare=False),
        ),
    ),
    Measure(
        "wildlife_items",
        "Wildlife seized, in pieces",
        "Wild animals and their parts and products, in pieces; not plants, timber or fish.",
        None,
        (Take("items-seized", ("wildlife",), bare=False),),
    ),
    Measure(
        "wildlife_kg",
        "Wildlife seized, by weight",
        "Wild animals and their parts and products, by weight; not plants, timber or fish.",
        "kg",
        (Take("weight-seized", ("wildlife",), bare=False),),
    ),
    Measure(
        "goods_items",
        "Illicit goods seized, in pieces",
        (
            "Counterfeit and other illicit goods of trade: medicines, food, drinks, cigarettes and "
            "so on, in pieces; in counterfeiting also electronics, bottles and vehicle parts."
        ),
        None,
        (
            Take("items-seized", _GOODS, bare=False),
            Take("items-seized", _GOODS_IF_FAKE, areas=_FAKES),
        ),
    ),
    Measure(
        "goods_value_usd",
        "Value of illicit goods seized",
        "Estimated value of the same goods, in US dollars.",
        "USD",
        (
            Take("value-seized", _GOODS, bare=False),
            Take("value-seized", _GOODS_IF_FAKE, areas=_FAKES),
        ),
    ),
    Measure(
        "assets_usd",
        "Money and assets taken",
        (
            "Money and other assets seized, or frozen or stopped on their way, in US dollars; not "
            "what was returned, and not the value of goods."
        ),
        "USD",
        (
            Take("assets-seized", _ASSETS),
            Take("assets-frozen", _ASSETS),
        ),
    ),
    Measure(
        "takedowns",
        "Online resources taken down",
        "Websites, servers, domains, accounts and adverts taken offline, blocked or removed.",
        None,
        (Take("takedowns"),),
    ),
    Measure(
        "accounts_blocked",
        "Accounts blocked",
        "Bank, payment and virtual-asset accounts blocked or frozen.",
        None,
        (Take("accounts-blocked"),),
    ),
)
