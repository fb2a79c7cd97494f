"""
The fields, each defined once.

Their types and vocabularies are here, as annotated types; their names for people, descriptions,
examples, units and the forms of single ones are in ``fields.toml``. Record models and table rows
are put together from them; JSON Schema, Table Schema, Arrow schema, ``datapackage.json`` and the
codebook are rendered from those. pydantic keeps what an annotated type says in several places;
:func:`fields_of` gathers it in one, for all that is rendered from the models.
"""

from __future__ import annotations

import re
import tomllib
import types
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Final,
    Literal,
    LiteralString,
    NamedTuple,
    TypeVar,
    Union,
    get_args,
    get_origin,
)

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    GetPydanticSchema,
    StrictBool,
    StrictInt,
    StringConstraints,
    WithJsonSchema,
)
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError, core_schema

from interpol_dataset.errors import NotationError
from interpol_dataset.schema import vocabulary as v
from interpol_dataset.schema.vocabulary import HEADLINES, KNOWN_UNITS, Headline, Term
from interpol_dataset.values import edtf, iso, quantity
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.fact_path import MAX_LENGTH, PATTERN, FactPath
from interpol_dataset.values.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Callable


_T = TypeVar("_T")
_V = TypeVar("_V")

#: Lower-case words joined by hyphens.
SLUG: Final = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"

#: Spaces and control characters. Every dialect of regular expressions has its own
#: idea of what ``\s`` is, so it is spelt out.
_BLANK: Final = r"\x00-\x20\x7f-\xa0"

#: One line of text that neither begins nor ends with a space.
LINE: Final = rf"^[^{_BLANK}](?:[^\x00-\x1f\x7f-\x9f]*[^{_BLANK}])?$"

#: A day; that it exists is checked when it is read.
DAY: Final = r"^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$"


@dataclass(frozen=True, slots=True)
class References:
    """Marks a field that holds the ``id`` of a record of a table."""

    table: str


@dataclass(frozen=True, slots=True)
class Terms:
    """Marks a text that comes from a closed list."""

    terms: tuple[str, ...]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(name).read_text("utf-8"))


#: The title, the description and the examples of each field and column, by its name.
_WORDS: Final = _read("fields.toml")
_UNITS, _LIMITS = _WORDS.pop("units"), _WORDS.pop("limits")


def field(name: str, **limits: Any) -> Any:  # noqa: ANN401  # as pydantic
    """
    Describe a field.

    :param name: Its name in ``fields.toml``, which has its name for people, what it holds, and
        values that it can take, the first of which is shown in the codebook; and its unit, or the
        form that a text of this field alone has.
    :param limits: What else pydantic's ``Field`` takes, such as ``min_length``.
    """
    title, description, *examples = _WORDS[name]
    extra: dict[str, Any] = {"json_schema_extra": {"unit": _UNITS[name]}} if name in _UNITS else {}
    limits |= _LIMITS.get(name, {})
    return Field(title=title, description=description, examples=examples, **extra, **limits)


# --- plain types ----------------------------------------------------------------------------


def _day(value: object) -> object:
    """Accept a day only as YYYY-MM-DD; pydantic would read numbers as seconds since 1970."""
    if isinstance(value, date) or (isinstance(value, str) and re.fullmatch(DAY, value)):
        return value
    raise PydanticCustomError("day", "a day is written YYYY-MM-DD")


def _date(value: object) -> Edtf:
    if not isinstance(value, str | Edtf) and value not in edtf.PLAIN_YEARS:
        raise PydanticCustomError("edtf", "a date is a text like 2022-06-28 or 2022-06/2022-11")
    return value if isinstance(value, Edtf) else _parsed(Edtf.parse, str(value), "edtf")


def _number(value: object) -> Quantity:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Quantity):
        raise PydanticCustomError("quantity", "a quantity is a number or a text like '>=1000'")
    return value if isinstance(value, Quantity) else _parsed(Quantity.parse, value, "quantity")


def _parsed(parse: Callable[[_V], _T], value: _V, fault: LiteralString) -> _T:
    """Read a value in its notation, or say what is wrong with it."""
    try:
        return parse(value)
    except NotationError as error:
        said = {"what": error.what, "hint": error.hint}
        raise PydanticCustomError(fault, "{what}; {hint}", said) from error


def _read_by(read: Callable[[object], object], write: Callable[[Any], object]) -> Any:  # noqa: ANN401
    """Return what has pydantic read and write values by these functions alone."""
    writing = core_schema.plain_serializer_function_ser_schema(write)
    schema = core_schema.no_info_plain_validator_function(read, serialization=writing)
    return GetPydanticSchema(lambda *_: schema)


def _sorted_set(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


def _known_unit(unit: str) -> str:
    if unit in KNOWN_UNITS:
        return unit
    raise PydanticCustomError("enum", "the unit is not known")


_PLAIN_NUMBER: Final = {"type": "number", "minimum": 0, "exclusiveMaximum": 10**18}
_PLAIN_YEAR: Final = {
    "type": "integer",
    "minimum": edtf.PLAIN_YEARS[0],
    "maximum": edtf.PLAIN_YEARS[-1],
}

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
Date = Annotated[
    Edtf,
    _read_by(_date, str),
    WithJsonSchema({"anyOf": [{"type": "string", "pattern": edtf.PATTERN}, _PLAIN_YEAR]}),
]
Number = Annotated[
    Quantity,
    _read_by(_number, Quantity.plain),
    WithJsonSchema({"anyOf": [_PLAIN_NUMBER, {"type": "string", "pattern": quantity.PATTERN}]}),
]
PathOfFact = Annotated[
    FactPath,
    GetPydanticSchema(
        lambda *_: core_schema.no_info_after_validator_function(
            FactPath, core_schema.str_schema(pattern=PATTERN, max_length=MAX_LENGTH)
        )
    ),
]


# --- ids and references ---------------------------------------------------------------------

CaseId = Annotated[Slug, field("CaseId")]
CategoryId = Annotated[Slug, field("CategoryId")]
ChallengeId = Annotated[Slug, field("ChallengeId")]
LessonId = Annotated[Slug, field("LessonId")]
ClaimId = Annotated[Slug, field("ClaimId")]
SourceId = Annotated[Slug, field("SourceId")]
MetricId = Annotated[Slug, field("MetricId")]
ObjectId = Annotated[Slug, field("ObjectId")]
OrganizationId = Annotated[Slug, field("OrganizationId")]

CaseRef = Annotated[Slug, References("cases"), field("CaseRef")]
CategoryRef = Annotated[Slug, References("categories"), field("CategoryRef")]
ChallengeRef = Annotated[Slug, References("challenges"), field("ChallengeRef")]
LessonRef = Annotated[Slug, References("lessons"), field("LessonRef")]
ClaimRef = Annotated[Slug, References("claims"), field("ClaimRef")]
SourceRef = Annotated[Slug, References("sources"), field("SourceRef")]
MetricRef = Annotated[Slug, References("metrics"), field("MetricRef")]
ObjectRef = Annotated[Slug, References("objects"), field("ObjectRef")]
OrganizationRef = Annotated[Slug, References("organizations"), field("OrganizationRef")]
CountryRef = Annotated[str, References("countries"), field("CountryRef")]
CountryCode = Annotated[str, field("CountryCode")]

# --- cases ----------------------------------------------------------------------------------

CaseName = Annotated[Line, field("CaseName")]
Aliases = Annotated[tuple[Line, ...], field("Aliases")]
Series = Annotated[Slug, field("Series")]
Edition = Annotated[Positive, field("Edition")]
Categories = Annotated[tuple[CategoryRef, ...], field("Categories", min_length=1)]
Summary = Annotated[Paragraph, field("Summary")]
Role = Annotated[v.InterpolRole, field("Role")]
Period = Annotated[Date, field("Period")]
Announced = Annotated[Day, field("Announced")]
CountryCount = Annotated[Number, field("CountryCount")]
Complete = Annotated[StrictBool, field("Complete")]
CountryList = Annotated[
    tuple[CountryRef, ...], field("CountryList", min_length=1), AfterValidator(_sorted_set)
]
PartnerRole = Annotated[v.OrganizationRole, field("PartnerRole")]
Tool = Annotated[v.Tool, field("Tool")]
Value = Annotated[Number, field("Value")]
Unit = Annotated[
    str,
    AfterValidator(_known_unit),
    Terms(tuple(KNOWN_UNITS)),
    WithJsonSchema({"type": "string", "enum": KNOWN_UNITS}),
    field("Unit"),
]
Place = Annotated[CountryRef, field("Place")]
Part = Annotated[StrictBool, field("Part")]
PartName = Annotated[Slug, field("PartName")]
Fact = Annotated[PathOfFact, field("Fact")]
Reason = Annotated[Line, field("Reason")]
Locator = Annotated[Line, field("Locator")]
AttributedTo = Annotated[OrganizationRef, field("AttributedTo")]
OwnCount = Annotated[StrictBool, field("OwnCount")]
Note = Annotated[Paragraph, field("Note")]

DriftOf = Annotated[PathOfFact, field("DriftOf")]
SaidAs = Annotated[str, field("SaidAs")]
Stage = Annotated[v.Stage, field("Stage")]
AsOf = Annotated[Date, field("AsOf")]
Valuation = Annotated[v.Valuation, field("Valuation")]

Whole = Annotated[
    str, StringConstraints(pattern=rf"^(?:none|{PATTERN[1:-1]})$", max_length=300), field("Whole")
]
Relation = Annotated[v.RelationType, field("Relation")]
Shared = Annotated[tuple[PathOfFact, ...], field("Shared"), AfterValidator(_sorted_set)]
VarianceType = Annotated[v.Variance, field("VarianceType")]
VarianceReason = Annotated[Paragraph, field("VarianceReason")]

# --- court proceedings ----------------------------------------------------------------------

StepCountry = Annotated[CountryRef, field("StepCountry")]
StepYear = Annotated[StrictInt, field("StepYear")]
StepGroup = Annotated[Slug, field("StepGroup")]
StepOutcome = Annotated[v.StepOutcome, field("StepOutcome")]
StepObject = Annotated[v.StepObject, field("StepObject")]
Persons = Annotated[Number, field("Persons")]
Companies = Annotated[Number, field("Companies")]
Prosecutions = Annotated[Number, field("Prosecutions")]

# --- statements in words --------------------------------------------------------------------

Name = Annotated[Line, field("Name")]
Description = Annotated[Paragraph, field("Description")]
Statement = Annotated[Paragraph, field("Statement")]
Finding = Annotated[v.Finds, field("Finding")]
Evaluates = Annotated[StrictBool, field("Evaluates")]
Shows = Annotated[v.Shows, field("Shows")]
ShowsOfChallenge = Annotated[
    Literal[v.Shows.MET, v.Shows.COUNTER_EXAMPLE], field("ShowsOfChallenge")
]
ShowsOfLesson = Annotated[
    Literal[v.Shows.ANSWERED, v.Shows.MEASURED, v.Shows.COUNTER_EXAMPLE], field("ShowsOfLesson")
]
Challenges = Annotated[tuple[ChallengeRef, ...], AfterValidator(_sorted_set), field("Challenges")]
Result = Annotated[PathOfFact, field("Result")]
Says = Annotated[Line, field("Says")]
CasesWith = Annotated[str, field("CasesWith")]
Among = Annotated[CasesWith, field("Among")]
LookedFor = Annotated[Line, field("LookedFor")]
Searched = Annotated[Day, field("Searched")]
SoughtForCase = Annotated[Literal[v.Sought.DOCUMENT, v.Sought.PROCEEDINGS], field("SoughtForCase")]
SoughtForStatement = Annotated[
    Literal[v.Sought.CASE, v.Sought.COUNTER_EXAMPLE], field("SoughtForStatement")
]
SoughtOf = Annotated[OrganizationRef, field("SoughtOf")]
ParagraphNumber = Annotated[Positive, field("ParagraphNumber")]
ParagraphHash = Annotated[Sha256, field("ParagraphHash")]
Checkable = Annotated[StrictBool, field("Checkable")]

# --- categories, metrics, objects, organizations, sources -----------------------------------

IccsCode = Annotated[str, field("IccsCode")]
IccsName = Annotated[Line, field("IccsName")]
IccsMatch = Annotated[v.MatchType, field("IccsMatch")]
MetricDimension = Annotated[v.Dimension, field("MetricDimension")]
MetricFamily = Annotated[v.MetricFamily, field("MetricFamily")]
ObjectFacet = Annotated[v.Facet, field("ObjectFacet")]
IsRest = Annotated[StrictBool, field("IsRest")]
AddsUp = Annotated[StrictBool, field("AddsUp")]
Adding = Annotated[Line, field("Adding")]
Combines = Annotated[tuple[MetricRef, ...], field("Combines")]
OnlyObjects = Annotated[tuple[ObjectRef, ...], field("OnlyObjects")]
WithoutObjects = Annotated[tuple[ObjectRef, ...], field("WithoutObjects")]
OnlyNamed = Annotated[tuple[MetricRef, ...], field("OnlyNamed")]
UnnamedIn = Annotated[tuple[CategoryRef, ...], field("UnnamedIn")]
UnnamedAs = Annotated[ObjectRef, field("UnnamedAs")]
Also = Annotated[tuple[ObjectRef, ...], field("Also")]
AlsoIn = Annotated[tuple[CategoryRef, ...], field("AlsoIn")]
HsCode = Annotated[str, field("HsCode")]
PhraseList = Annotated[tuple[Line, ...], field("PhraseList")]
Abbreviation = Annotated[Line, field("Abbreviation")]
OrganizationType = Annotated[v.OrganizationKind, field("OrganizationType")]
Parent = Annotated[OrganizationRef, field("Parent")]
Website = Annotated[Url, field("Website")]
Kind = Annotated[v.SourceKind, field("Kind")]
Publisher = Annotated[OrganizationRef, field("Publisher")]
Asserter = Annotated[OrganizationRef, field("Asserter")]
IssuedWith = Annotated[
    tuple[OrganizationRef, ...], field("IssuedWith"), AfterValidator(_sorted_set)
]
TextOf = Annotated[OrganizationRef, field("TextOf")]
SameText = Annotated[SourceRef, field("SameText")]
Extent = Annotated[v.Extent, field("Extent")]
ExtentCharacters = Annotated[Positive, field("ExtentCharacters")]
Title = Annotated[Line, field("Title")]
SourceUrl = Annotated[Url, field("SourceUrl")]
Withheld = Annotated[Line, field("Withheld")]
ArchivedUrl = Annotated[Url, field("ArchivedUrl")]
Published = Annotated[Date, field("Published")]
Undated = Annotated[Line, field("Undated")]
Retrieved = Annotated[Day, field("Retrieved")]
Language = Annotated[str, StringConstraints(pattern=iso.PATTERN), field("Language")]
DocumentHash = Annotated[Sha256, field("DocumentHash")]
ContentHash = Annotated[str, field("ContentHash")]


# --- retired ids ---------------------------------------------------------------------------

RecordTable = Literal["cases", "categories", "challenges", "claims", "lessons"]
RetirableTable = Annotated[
    Literal[RecordTable, "metrics", "objects", "organizations", "sources"], field("RetirableTable")
]
RetiredSlug = Annotated[Slug, field("RetiredSlug")]
Redirect = Annotated[Slug, field("Redirect")]


class Basis(Term):
    """What values rest on that no source states."""

    WRITTEN = "written"
    DECIDED = "decided"
    DOCUMENT = "document"
    VOCABULARY = "vocabulary"
    STANDARD = "standard"
    RATES = "rates"


class Computed(NamedTuple):
    """What is computed from several facts: by what rule, and from which paths."""

    rule: str
    paths: tuple[str, ...]


_BASES: Final = {
    (table, column): basis
    for tables, columns in _read("bases.toml").items()
    for table in tables.split()
    for names, basis in columns.items()
    for column in names.split()
}


def basis_of(table: str, column: str = "*") -> Basis | Computed | Headline | str:
    """
    Return what a column of a table rests on, as ``bases.toml`` says; a text is the path of a fact.

    :param column: The column; by default all that are not named there.
    """
    if table == "cases" and column in HEADLINES:
        return HEADLINES[column]
    basis = _BASES.get((table, column)) or _BASES.get((table, "*"), Basis.WRITTEN)
    if isinstance(basis, list):
        return Computed(basis[0], tuple(basis[1:]))
    return Basis(basis) if basis in {*Basis} else str(basis)


@dataclass(frozen=True, slots=True)
class FieldType:
    """
    What a field holds: a Python type, or a list of them, with what the annotations say of it.

    :param optional: Whether it may be left out.
    :param nullable: Whether it may be empty.
    :param references: The table whose id it holds, if it does.
    :param minimum: The least number.
    :param unit: The unit of a number, or where it is said.
    :param terms: The closed list that the value comes from, empty where there is none.
    """

    base: type[Any]
    many: bool
    optional: bool
    nullable: bool
    title: str
    description: str
    example: Any
    references: str | None
    pattern: str | None
    max_length: int | None
    minimum: int | None
    unit: str | None
    terms: tuple[str, ...]


@cache
def fields_of(model: type[BaseModel]) -> dict[str, FieldType]:
    """Return the type of each field of a model by name, a class's own before inherited ones."""
    own = [name for name in model.__annotations__ if name in model.model_fields]
    names = dict.fromkeys([*own, *model.model_fields])
    return {name: _field_type(model.model_fields[name], _words_of(model, name)) for name in names}


def _words_of(model: type[BaseModel], column: str) -> list[FieldInfo]:
    """Return the words that ``fields.toml`` has for a column of a table, if it has its own."""
    tables = (vars(one).get("TABLE") for one in model.__mro__)
    names = [name for table in tables if (name := f"{table}.{column}") in _WORDS]
    return [field(name) for name in names[:1]]


def is_flat(model: type[BaseModel]) -> bool:
    """Return whether a mapping has only single values and lists of them."""
    return not any(issubclass(kind.base, BaseModel) for kind in fields_of(model).values())


def _field_type(info: FieldInfo, words: list[FieldInfo]) -> FieldType:
    base, many, notes = _unwrap(info.annotation)
    notes = [*notes, *info.metadata, info, *words]
    infos = [note for note in notes if isinstance(note, FieldInfo)]
    limits = [note for note in notes if not isinstance(note, FieldInfo)]
    limits += (inner for item in infos for inner in item.metadata)
    reference, listed = _last(notes, References), _last(notes, Terms)
    return FieldType(
        base=base if isinstance(base, type) else str,
        many=many,
        optional=not info.is_required(),
        nullable=type(None) in get_args(info.annotation),
        title=_stated(infos, "title") or "",
        description=_stated(infos, "description") or "",
        example=(_stated(infos, "examples") or [None])[0],
        references=reference.table if reference else None,
        pattern=_stated(limits, "pattern"),
        max_length=_stated(limits, "max_length"),
        minimum=_stated(limits, "ge"),
        unit=(_stated(infos, "json_schema_extra") or {}).get("unit"),
        terms=listed.terms if listed else _terms(base),
    )


def _unwrap(annotation: Any) -> tuple[Any, bool, list[Any]]:  # noqa: ANN401  # any annotation
    """Return an annotation's own type, whether it repeats, and its notes."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *own = get_args(annotation)
        base, many, notes = _unwrap(inner)
        return base, many, [*notes, *own]
    if origin in {Union, types.UnionType}:
        (inner,) = (arg for arg in get_args(annotation) if arg is not type(None))
        return _unwrap(inner)
    if origin is tuple:
        base, _, notes = _unwrap(get_args(annotation)[0])
        return base, True, notes
    return annotation, False, []


def _terms(base: Any) -> tuple[str, ...]:  # noqa: ANN401  # any annotation
    if get_origin(base) is Literal:
        return tuple(get_args(base))
    return tuple(base) if isinstance(base, type) and issubclass(base, StrEnum) else ()


def _last(notes: list[Any], *kinds: type) -> Any:  # noqa: ANN401  # of these kinds
    return next((note for note in reversed(notes) if isinstance(note, kinds)), None)


def _stated(notes: list[Any], attribute: str) -> Any:  # noqa: ANN401  # of several types
    """Return an attribute from the outermost annotation that states it."""
    stated = (getattr(note, attribute, None) for note in reversed(notes))
    return next((value for value in stated if value is not None), None)
