"""
The paths of facts: what a statement is about, within its record, and so who can observe it.

| path | fact |
| --- | --- |
| `exists` | that there was such a case |
| `interpol_role`, `period`, `announced`, `country_count` | one of each for a case |
| `countries/KOR` | that a country took part |
| `countries` | how a list of countries is meant: complete, or examples |
| `organizations/europol` | what an organization did |
| `tools/notices` | that a means of INTERPOL was used |
| `outcomes/METRIC[/OBJECT][:CURRENCY][@COUNTRY][~part[/NAME]]` | a figure |
| `proceedings/OUTCOME[/OBJECT][:CURRENCY][@COUNTRY]~YEAR[/GROUP]` | a step of court proceedings |
| `iccs` | the ICCS class of a crime area |
| `statement` | what a claim, a challenge or a lesson asserts |
| `cases/haechi-iii` | that a case shows a challenge or a lesson |

Amounts of money in different currencies can't be compared, so they are different facts. Other
units are converted and so are not part of the path.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import Final, NamedTuple, Self

from interpol_dataset.errors import NotationError

_SLUG: Final = r"[a-z0-9]+(?:-[a-z0-9]+)*"

_COUNTED: Final = rf"{_SLUG}(?:/{_SLUG})?(?::[A-Z]{{3}})?(?:@[A-Z]{{3}})?"

#: What a path looks like, as an anchored regular expression that every dialect understands.
PATTERN: Final = (
    r"^(?:exists|interpol_role|period|announced|country_count|iccs|statement"
    r"|countries(?:/[A-Z]{3})?"
    rf"|(?:organizations|tools|cases)/{_SLUG}"
    rf"|(?:outcomes/{_COUNTED}(?:~part(?:/{_SLUG})?)?)"
    rf"|(?:proceedings/{_COUNTED}~[0-9]{{4}}(?:/{_SLUG})?))$"
)

_PARTS: Final = re.compile(
    r"(?P<kind>[a-z_]+)(?:/(?P<member>[^/:@~]+))?(?:/(?P<object>[^:@~]+))?"
    r"(?::(?P<currency>[A-Z]{3}))?(?:@(?P<place>[A-Z]{3}))?(?P<part>~(?:part|(?P<year>[0-9]{4}))(?:/(?P<name>.+))?)?"
)

MAX_LENGTH: Final = 300

#: What money or goods are given up under; goods have no number.
_GOODS: Final = frozenset({"confiscated", "confiscation"})


class _Parts(NamedTuple):
    kind: str
    member: str
    object: str | None
    currency: str | None
    place: str | None
    part: str
    part_name: str | None
    year: int | None


class FactPath(str):
    """
    The path of a fact, as a text that knows its parts.

    ``FactPath.parse("outcomes/drugs-seized/cocaine@PER~part")`` has the kind ``outcomes``, the
    member ``drugs-seized``, the object ``cocaine``, the place ``PER`` and is a part.
    """

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """
        Read a path.

        :raises NotationError: The text is not a fact's path.
        """
        if len(text) <= MAX_LENGTH and re.fullmatch(PATTERN, text):
            return cls(text)
        raise NotationError(
            f"{text!r} is not the path of a fact",
            hint="write period, countries/KOR or outcomes/METRIC[/OBJECT][:CURRENCY][@COUNTRY]",
        )

    @classmethod
    def outcome(
        cls,
        metric: str,
        object_: str | None = None,
        *,
        currency: str | None = None,
        place: str | None = None,
        is_part: bool = False,
        part_name: str | None = None,
    ) -> Self:
        """Return the path of a figure; only a part can have a name."""
        return cls(
            f"outcomes/{metric}"
            + (f"/{object_}" if object_ else "")
            + (f":{currency}" if currency else "")
            + (f"@{place}" if place else "")
            + ("~part" if is_part else "")
            + (f"/{part_name}" if is_part and part_name else "")
        )

    @classmethod
    def step(
        cls,
        outcome: str,
        object_: str | None,
        year: int,
        *,
        currency: str | None = None,
        country: str | None = None,
        group: str | None = None,
    ) -> Self:
        """Return the path of a step of court proceedings."""
        counted = cls.outcome(outcome, object_, currency=currency, place=country)
        of = f"/{group}" if group else ""
        return cls(f"proceedings{counted.removeprefix('outcomes')}~{year:04}{of}")

    @property
    def kind(self) -> str:
        """What sort of fact it is: the path up to its first slash."""
        return _parts(self).kind

    @property
    def member(self) -> str:
        """The country, body, tool, case, metric or outcome that it is about; it may have none."""
        return _parts(self).member

    def begins(self, start: str) -> bool:
        """Return whether it begins so, up to the end of a word."""
        return self.startswith(start) and self[len(start) : len(start) + 1] in {"", *"/:@~"}

    @property
    def is_figure(self) -> bool:
        """Whether it is a number, as is all that is counted but goods given up."""
        if self.kind == "proceedings" and self.currency is None:
            return _GOODS.isdisjoint({self.member, self.object})
        return self.kind in {"outcomes", "country_count", "proceedings"}

    @property
    def object(self) -> str | None:
        """What a figure counts besides its metric."""
        return _parts(self).object

    @property
    def currency(self) -> str | None:
        """The currency of an amount of money."""
        return _parts(self).currency

    @property
    def place(self) -> str | None:
        """The country whose share a figure is, or whose court took a step."""
        return _parts(self).place

    @property
    def is_part(self) -> bool:
        """Whether a figure is of a mere part of the case or of the country."""
        return bool(self.part) and self.year is None

    @property
    def part(self) -> str:
        """The path from its tilde on: of which part a figure is, or of which year a step."""
        return _parts(self).part

    @property
    def part_name(self) -> str | None:
        """The name of the part, where others of the same figure are known; of a step its group."""
        return _parts(self).part_name

    @property
    def year(self) -> int | None:
        """The year of a step of court proceedings."""
        return _parts(self).year


@lru_cache(maxsize=2**16)
def _parts(path: str) -> _Parts:
    match = _PARTS.fullmatch(path)
    if match is None:
        return _Parts(path, "", None, None, None, "", None, None)
    kind, member, object_, currency, place, part, year, name = match.groups()
    return _Parts(
        kind, member or "", object_, currency, place, part or "", name, int(year) if year else None
    )


class FactKind(Enum):
    """What it takes to observe a fact."""

    SHARED = "shared"
    OWN_PART = "own part"
    EXISTENCE = "existence"
    VERDICT = "verdict"


def kind_of(path: FactPath) -> FactKind:
    """
    Return what it takes to observe a fact.

    A country's figures are shared, too: what others publish of them, they have from the country. So
    are the means of INTERPOL: what a partner says of notices and databases, it has from INTERPOL.

    That a case shows a challenge or a lesson, that a category matches a class, and that a claim
    holds are judgements. Nobody has a tally of them, and each party reaches its own.
    """
    match path.kind:
        case "exists" | "cases" | "iccs" | "statement":
            return FactKind.EXISTENCE
        case "organizations" | "countries":
            return FactKind.OWN_PART
        case "proceedings" if path.member != "charged":
            return FactKind.VERDICT
        case _:
            return FactKind.SHARED


def is_public(path: FactPath) -> bool:
    """Return whether courts or prosecutors do it in public: whoever tells of it retells them."""
    return path.kind == "proceedings"
