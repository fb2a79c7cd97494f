"""
The fields, each defined once.

A field's name for people, description, pattern, unit, vocabulary and example stand here, as
annotated types. Record models and table rows are put together from them; JSON Schema, Table
Schema, Arrow schema, ``datapackage.json`` and the codebook are rendered from those.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final, Literal

import iso3166
import iso4217
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from interpol_dataset.schema import vocabulary as v
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.quantity import Quantity

#: Lower-case words joined by hyphens.
SLUG: Final = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"

#: Spaces and control characters. Every dialect of regular expressions has its own
#: idea of what ``\s`` is, so it is spelt out.
_BLANK: Final = r"\x00-\x20\x7f-\xa0"

#: One line of text that neither begins nor ends with a space.
LINE: Final = rf"^[^{_BLANK}](?:[^\x00-\x1f\x7f-\x9f]*[^{_BLANK}])?$"

#: A day; that it exists is checked when it is read.
DAY: Final = r"^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$"

COUNTRIES: Final = {country.alpha3: country.name for country in iso3166.countries}
CURRENCIES: Final = frozenset(currency.code for currency in iso4217.Currency)

#: A code of two letters that everybody uses and that is no country's own (ISO 3166-1 reserves it).
_RESERVED: Final = {"UK": "GB"}


def country_hint(written: str) -> str:
    """Say which country was meant; a code that only looks alike is another country."""
    code = _country_meant(written)
    if code is None:
        return "use the country's code of three letters (ISO 3166-1)"

    return f"did you mean '{code}', {COUNTRIES[code]}?"


def _country_meant(written: str) -> str | None:
    """Return the code of the country that a code of two letters or a name stands for, if any."""
    country = iso3166.countries.get(_RESERVED.get(written.upper(), written), None)
    if country is not None:
        return country.alpha3

    # "Iran, Islamic Republic of": what stands before the comma will do where it is one country's.
    named = [
        code
        for code, name in COUNTRIES.items()
        if re.split(r", | \(", name, maxsplit=1)[0].casefold() == written.casefold()
    ]

    return named[0] if len(named) == 1 else None


@dataclass(frozen=True, slots=True)
class References:
    """
    Marks a field that holds the id of a record.

    :param table: The table whose ``id`` it refers to.
    """

    table: str


@dataclass(frozen=True, slots=True)
class Terms:
    """
    Marks a text that comes from a closed list.

    :param terms: The list.
    """

    terms: tuple[str, ...]


# --- units ---------------------------------------------------------------------------------

#: The units of each dimension, as multiples of the first. Money is not converted.
UNITS: Final[dict[v.Dimension, dict[str, float]]] = {
    v.Dimension.COUNT: {},
    v.Dimension.MASS: {"kg": 1, "t": 1000, "g": 0.001},
    v.Dimension.VOLUME: {"l": 1, "m3": 1000, "ml": 0.001},
    v.Dimension.CURRENCY: dict.fromkeys(sorted(CURRENCIES), 1),
    v.Dimension.AREA: {"ha": 1, "m2": 0.0001, "km2": 100},
    v.Dimension.DATA: {"GB": 1, "TB": 1000, "MB": 0.001},
}

_UNITS: Final = sorted({unit for units in UNITS.values() for unit in units})


# --- plain types ----------------------------------------------------------------------------


def _day(value: object) -> object:
    """Take a day as YYYY-MM-DD only; pydantic would read numbers as seconds since 1970."""
    if isinstance(value, date) or (isinstance(value, str) and re.fullmatch(DAY, value)):
        return value

    raise PydanticCustomError("day", "a day is written YYYY-MM-DD")


def _sorted_set(values: tuple[str, ...]) -> tuple[str, ...]:
    """Put what is a set into its one order."""
    return tuple(sorted(set(values)))


def _known_unit(unit: str) -> str:
    """Take units that a dimension has."""
    if unit in _UNITS:
        return unit

    raise PydanticCustomError("enum", "the unit is not known")


Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=80)]
Line = Annotated[str, StringConstraints(pattern=LINE, max_length=300)]
Paragraph = Annotated[
    str, StringConstraints(pattern=rf"^[{_BLANK}]*[^{_BLANK}][\s\S]*$", max_length=1200)
]
Url = Annotated[
    str, StringConstraints(pattern=rf"^https?://[^{_BLANK}/?#]+[^{_BLANK}]*$", max_length=500)
]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "pattern": DAY})]
Positive = Annotated[StrictInt, Field(ge=1)]


# --- ids and references ---------------------------------------------------------------------

CaseId = Annotated[
    Slug,
    Field(
        title="Case id",
        description="Stable id of the case; the name of its file.",
        examples=["haechi-iii"],
    ),
]
CategoryId = Annotated[
    Slug,
    Field(
        title="Category id", description="Stable id of the crime area.", examples=["online-fraud"]
    ),
]
ChallengeId = Annotated[
    Slug,
    Field(
        title="Challenge id",
        description="Stable id of the challenge.",
        examples=["limited-jurisdiction"],
    ),
]
LessonId = Annotated[
    Slug,
    Field(
        title="Lesson id",
        description="Stable id of the lesson.",
        examples=["cross-border-collaboration"],
    ),
]
ClaimId = Annotated[
    Slug, Field(title="Claim id", description="Stable id of the claim.", examples=["seed-p12-01"])
]
SourceId = Annotated[
    Slug,
    Field(
        title="Source id",
        description="Stable id of the source: its publisher, its date and a word on its subject.",
        examples=["interpol-2022-11-24-haechi-iii"],
    ),
]
MetricId = Annotated[
    Slug, Field(title="Metric id", description="Stable id of the metric.", examples=["arrests"])
]
ObjectId = Annotated[
    Slug, Field(title="Object id", description="Stable id of the object.", examples=["cocaine"])
]
OrganizationId = Annotated[
    Slug,
    Field(
        title="Organization id",
        description="Stable id of the organization.",
        examples=["europol"],
    ),
]

CaseRef = Annotated[
    Slug,
    References("cases"),
    Field(title="Case", description="Id of the case.", examples=["haechi-iii"]),
]
CategoryRef = Annotated[
    Slug,
    References("categories"),
    Field(title="Category", description="Id of the crime area.", examples=["online-fraud"]),
]
ChallengeRef = Annotated[
    Slug,
    References("challenges"),
    Field(title="Challenge", description="Id of the challenge.", examples=["limited-jurisdiction"]),
]
LessonRef = Annotated[
    Slug,
    References("lessons"),
    Field(title="Lesson", description="Id of the lesson.", examples=["cross-border-collaboration"]),
]
ClaimRef = Annotated[
    Slug,
    References("claims"),
    Field(title="Claim", description="Id of the claim.", examples=["seed-p12-01"]),
]
SourceRef = Annotated[
    Slug,
    References("sources"),
    Field(
        title="Source",
        description="Id of the source that says so.",
        examples=["interpol-2022-11-24-haechi-iii"],
    ),
]
MetricRef = Annotated[
    Slug,
    References("metrics"),
    Field(title="Metric", description="Id of what is counted.", examples=["arrests"]),
]
ObjectRef = Annotated[
    Slug,
    References("objects"),
    Field(
        title="Object",
        description=(
            "Id of what was seized, rescued or found; empty where the metric says it all. Beside "
            "arrests and suspects it names a part of them, and is empty for their total."
        ),
        examples=["cocaine"],
    ),
]
OrganizationRef = Annotated[
    Slug,
    References("organizations"),
    Field(title="Organization", description="Id of the organization.", examples=["europol"]),
]
CountryRef = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z]{3}$"),
    References("countries"),
    Field(
        title="Country",
        description="Country or territory, ISO 3166-1 alpha-3 (XKX stands for Kosovo).",
        examples=["KOR"],
    ),
]
CountryCode = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z]{3}$"),
    Field(title="Country code", description="ISO 3166-1 alpha-3 code.", examples=["KOR"]),
]

# --- cases ----------------------------------------------------------------------------------

CaseName = Annotated[
    Line,
    Field(
        title="Name",
        description="Name of the operation, or a short description where it has none.",
        examples=["Operation HAECHI III"],
    ),
]
Aliases = Annotated[
    tuple[Line, ...],
    Field(
        title="Aliases",
        description="Other names and spellings that sources use.",
        examples=[["HAECHI-III"]],
    ),
]
Series = Annotated[
    Slug,
    Field(
        title="Series",
        description="Slug shared by all editions of a repeated operation.",
        examples=["haechi"],
    ),
]
Edition = Annotated[
    Positive,
    Field(
        title="Edition",
        description="Number of the edition within its series, counted from 1.",
        examples=[3],
    ),
]
Summary = Annotated[
    Paragraph,
    Field(
        title="Summary",
        description="Two to four sentences on the case, written for this dataset.",
        examples=["Police in 30 countries worked for five months against online fraud."],
    ),
]
Role = Annotated[
    v.InterpolRole,
    Field(
        title="INTERPOL's role",
        description="Whether INTERPOL coordinated the case, co-led it or only supported it.",
        examples=["coordinated"],
    ),
]
Period = Annotated[
    Edtf,
    Field(
        title="Period",
        description=(
            "When the operational phase took place, in EDTF, as precise as the source: the days of "
            "action, neither the crime or inquiry before them nor the day of a release."
        ),
        examples=["2022-06-28/2022-11-23"],
    ),
]
Announced = Annotated[
    Day,
    Field(
        title="Announced",
        description="Day on which the results were made public.",
        examples=["2022-11-24"],
    ),
]
CountryCount = Annotated[
    Quantity,
    Field(
        title="Number of countries",
        description="How many countries and territories took part, as stated.",
        examples=[30],
    ),
]
Complete = Annotated[
    StrictBool,
    Field(
        title="Complete",
        description="Whether the source gives its list as complete rather than as examples.",
        examples=[True],
    ),
]
CountryList = Annotated[
    tuple[CountryRef, ...],
    Field(
        title="Countries",
        description="Countries and territories that took part; their order has no meaning.",
        examples=[["AUS", "KOR"]],
        min_length=1,
    ),
    AfterValidator(_sorted_set),
]
PartnerRole = Annotated[
    v.OrganizationRole,
    Field(
        title="Role",
        description="What the organization did in the case.",
        examples=["partner"],
    ),
]
Value = Annotated[
    Quantity,
    Field(
        title="Value",
        description="The number as stated, with its hedge, in quantity notation.",
        examples=["~1000", 975],
    ),
]
Unit = Annotated[
    str,
    AfterValidator(_known_unit),
    Terms(tuple(_UNITS)),
    WithJsonSchema({"type": "string", "enum": _UNITS}),
    Field(
        title="Unit",
        description=(
            "Unit of the stated number: kg, t, g, l, ml, m3, ha, m2, km2, MB, GB, TB or an "
            "ISO 4217 currency; empty for counts."
        ),
        examples=["USD"],
    ),
]
Place = Annotated[
    CountryRef,
    Field(
        title="Place",
        description=(
            "Country whose share the number is, where several had results; empty for totals, also "
            "where one country alone had any."
        ),
        examples=["TUR"],
    ),
]
Part = Annotated[
    StrictBool,
    Field(
        title="Part",
        description=(
            "Whether the number is of a mere part of the case, such as one find or some of the "
            "countries, and not the total of the case or of the country."
        ),
        examples=[True],
    ),
]
OutcomeScope = Annotated[
    v.Scope,
    Field(
        title="Scope",
        description="What the figure is the total of: the whole case, a country, or a mere part.",
        examples=["whole"],
    ),
]
FactPath = Annotated[
    Line,
    Field(
        title="Fact",
        description=(
            "Path of a fact within its record: period, countries/KOR, "
            "outcomes/METRIC[/OBJECT][:CURRENCY][@COUNTRY][~part]."
        ),
        examples=["outcomes/arrests"],
    ),
]
Reason = Annotated[
    Line,
    Field(
        title="Reason",
        description="Why the decision was taken.",
        examples=["The later release rounds the figure."],
    ),
]
Locator = Annotated[
    Line,
    Field(
        title="Locator",
        description="Where in the source it stands: title, paragraph, table, page.",
        examples=["paragraph 4"],
    ),
]
AttributedTo = Annotated[
    OrganizationRef,
    Field(
        title="Attributed to",
        description=(
            "Organization on whose word the source repeats it; empty where the source's own "
            "asserter speaks, from own access to the facts."
        ),
        examples=["interpol"],
    ),
]
Note = Annotated[
    Paragraph,
    Field(
        title="Note",
        description="A remark in the words of this dataset.",
        examples=["The page counts both action days together."],
    ),
]

# --- statements in words --------------------------------------------------------------------

Name = Annotated[
    Line,
    Field(title="Name", description="Short name for people.", examples=["Online fraud"]),
]
Description = Annotated[
    Paragraph,
    Field(
        title="Description",
        description="What it covers, and what it does not.",
        examples=["Deceiving people or firms over the internet to obtain money."],
    ),
]
Statement = Annotated[
    Paragraph,
    Field(
        title="Statement",
        description="What is asserted, in the words of this dataset.",
        examples=["INTERPOL itself has no power of arrest."],
    ),
]
Finding = Annotated[
    v.Finds,
    Field(
        title="Finds",
        description="Whether the source supports the statement, supports part of it, or not.",
        examples=["supports"],
    ),
]
LookedFor = Annotated[
    Line,
    Field(
        title="Looked for",
        description="What was searched for without success.",
        examples=["Operation Lucas INTERPOL trafficking"],
    ),
]
Searched = Annotated[
    Day,
    Field(title="Searched on", description="Day of the search.", examples=["2026-11-24"]),
]
ParagraphNumber = Annotated[
    Positive,
    Field(
        title="Paragraph",
        description="Number of the paragraph among the document's non-empty lines, from 1.",
        examples=[12],
    ),
]
ParagraphHash = Annotated[
    Sha256,
    Field(
        title="Paragraph SHA-256",
        description="SHA-256 of the paragraph's UTF-8 text without its line break.",
        examples=["0" * 64],
    ),
]
Checkable = Annotated[
    StrictBool,
    Field(
        title="Checkable",
        description="Whether evidence could decide the claim; generalities and praise are not.",
        examples=[True],
    ),
]

# --- categories, metrics, objects, organizations, sources -----------------------------------

IccsCode = Annotated[
    str,
    StringConstraints(pattern=r"^(?:0[1-9]|1[01])[0-9]{0,4}$"),
    Field(
        title="ICCS code",
        description=(
            "Code in UNODC's International Classification of Crime for Statistical Purposes."
        ),
        examples=["0701"],
    ),
]
IccsName = Annotated[
    Line,
    Field(title="ICCS name", description="Name of the class in the ICCS.", examples=["Fraud"]),
]
IccsMatch = Annotated[
    v.MatchType,
    Field(
        title="ICCS match",
        description="How closely the category here meets the ICCS class.",
        examples=["close"],
    ),
]
MetricDimension = Annotated[
    v.Dimension,
    Field(
        title="Dimension",
        description="What the metric measures, which decides the units it takes.",
        examples=["count"],
    ),
]
Abbreviation = Annotated[
    Line, Field(title="Abbreviation", description="Usual short form.", examples=["WCO"])
]
OrganizationType = Annotated[
    v.OrganizationKind,
    Field(title="Kind", description="What sort of body it is.", examples=["police"]),
]
Website = Annotated[
    Url, Field(title="Website", description="Home page.", examples=["https://www.interpol.int"])
]
Kind = Annotated[
    v.SourceKind,
    Field(
        title="Kind",
        description="What sort of document it is; content sites and machine-written texts "
        "never count for a fact.",
        examples=["official"],
    ),
]
Publisher = Annotated[
    OrganizationRef,
    Field(
        title="Publisher", description="Organization that carries the document.", examples=["ansa"]
    ),
]
Asserter = Annotated[
    OrganizationRef,
    Field(
        title="Asserter",
        description="Organization that says so: the root to which the document is folded.",
        examples=["interpol"],
    ),
]
Title = Annotated[
    Line,
    Field(title="Title", description="Title of the document.", examples=["Annual Report 2022"]),
]
SourceUrl = Annotated[
    Url,
    Field(
        title="URL",
        description="The document's own address.",
        examples=["https://www.interpol.int/en/News-and-Events"],
    ),
]
Published = Annotated[
    Edtf,
    Field(
        title="Published",
        description="When the document was published, in EDTF.",
        examples=["2022-11-24"],
    ),
]
Undated = Annotated[
    Line,
    Field(
        title="Undated",
        description="Why no date of publication is given.",
        examples=["The page shows no date."],
    ),
]
Retrieved = Annotated[
    Day,
    Field(
        title="Retrieved",
        description="Day on which the document was read.",
        examples=["2026-11-24"],
    ),
]
Language = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z]{2,3}$"),
    Field(title="Language", description="Language, ISO 639.", examples=["en"]),
]
DocumentHash = Annotated[
    Sha256,
    Field(
        title="SHA-256",
        description="SHA-256 of the document's bytes, where they were kept.",
        examples=["0" * 64],
    ),
]


# --- retired ids ---------------------------------------------------------------------------

RetirableTable = Annotated[
    Literal["cases", "categories", "challenges", "lessons", "claims", "sources"],
    Field(title="Table", description="Table that the id belonged to.", examples=["cases"]),
]
RetiredSlug = Annotated[
    Slug, Field(title="Id", description="The retired id.", examples=["haechi-3"])
]
Redirect = Annotated[
    Slug,
    Field(
        title="Redirect",
        description="Id that took its place; empty where the record was withdrawn.",
        examples=["haechi-iii"],
    ),
]
