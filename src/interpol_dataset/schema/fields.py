"""
The fields, each defined once.

A field's name for people, description, pattern, unit, vocabulary and example are here, as
annotated types. Record models and table rows are put together from them; JSON Schema, Table
Schema, Arrow schema, ``datapackage.json`` and the codebook are rendered from those.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final, Literal

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
from interpol_dataset.schema.vocabulary import KNOWN_UNITS
from interpol_dataset.values import iso
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.fact_path import PATTERN, FactPath
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


def about(
    title: str,
    description: str,
    *examples: object,
    unit: str | None = None,
    **limits: Any,  # noqa: ANN401  # what pydantic's own function takes
) -> Any:  # noqa: ANN401
    """
    Describe a field.

    :param title: Its name for people.
    :param description: What it holds.
    :param examples: Values that it can take; the first is shown in the codebook.
    :param unit: The unit of a number, or where it is said.
    :param limits: What else pydantic's ``Field`` takes, such as ``ge`` or ``min_length``.
    """
    extra: dict[str, Any] = {} if unit is None else {"json_schema_extra": {"unit": unit}}
    return Field(title=title, description=description, examples=list(examples), **extra, **limits)


# --- plain types ----------------------------------------------------------------------------


def _day(value: object) -> object:
    """Accept a day only as YYYY-MM-DD; pydantic would read numbers as seconds since 1970."""
    if isinstance(value, date) or (isinstance(value, str) and re.fullmatch(DAY, value)):
        return value
    raise PydanticCustomError("day", "a day is written YYYY-MM-DD")


def _sorted_set(values: tuple[str, ...]) -> tuple[str, ...]:
    """Return the values sorted, each once."""
    return tuple(sorted(set(values)))


def _known_unit(unit: str) -> str:
    """Accept only known units."""
    if unit in KNOWN_UNITS:
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
    Slug, about("Case id", "Stable id of the case; the name of its file.", "haechi-iii")
]
CategoryId = Annotated[Slug, about("Category id", "Stable id of the crime area.", "online-fraud")]
ChallengeId = Annotated[
    Slug, about("Challenge id", "Stable id of the challenge.", "limited-jurisdiction")
]
LessonId = Annotated[
    Slug, about("Lesson id", "Stable id of the lesson.", "cross-border-collaboration")
]
ClaimId = Annotated[Slug, about("Claim id", "Stable id of the claim.", "seed-p12-01")]
SourceId = Annotated[
    Slug,
    about(
        "Source id",
        "Stable id of the source: its publisher, its date and a word on its subject.",
        "interpol-2022-11-24-haechi-iii",
    ),
]
MetricId = Annotated[Slug, about("Metric id", "Stable id of the metric.", "arrests")]
ObjectId = Annotated[Slug, about("Object id", "Stable id of the object.", "cocaine")]
OrganizationId = Annotated[
    Slug, about("Organization id", "Stable id of the organization.", "europol")
]

CaseRef = Annotated[Slug, References("cases"), about("Case", "Id of the case.", "haechi-iii")]
CategoryRef = Annotated[
    Slug, References("categories"), about("Category", "Id of the crime area.", "online-fraud")
]
ChallengeRef = Annotated[
    Slug,
    References("challenges"),
    about("Challenge", "Id of the challenge.", "limited-jurisdiction"),
]
LessonRef = Annotated[
    Slug, References("lessons"), about("Lesson", "Id of the lesson.", "cross-border-collaboration")
]
ClaimRef = Annotated[Slug, References("claims"), about("Claim", "Id of the claim.", "seed-p12-01")]
SourceRef = Annotated[
    Slug,
    References("sources"),
    about("Source", "Id of the source that says so.", "interpol-2022-11-24-haechi-iii"),
]
MetricRef = Annotated[
    Slug, References("metrics"), about("Metric", "Id of what is counted.", "arrests")
]
ObjectRef = Annotated[
    Slug,
    References("objects"),
    about(
        "Object",
        "Id of what was seized, rescued or found; empty if the metric says it all. For arrests "
        "and suspects it names some of them, and is empty for all.",
        "cocaine",
    ),
]
OrganizationRef = Annotated[
    Slug, References("organizations"), about("Organization", "Id of the organization.", "europol")
]
CountryRef = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z]{3}$"),
    References("countries"),
    about("Country", "Country or territory, ISO 3166-1 alpha-3 (XKX stands for Kosovo).", "KOR"),
]
CountryCode = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z]{3}$"),
    about("Country code", "ISO 3166-1 alpha-3 code.", "KOR"),
]

# --- cases ----------------------------------------------------------------------------------

CaseName = Annotated[
    Line,
    about(
        "Name",
        "Name of the operation, or a short description where it has none.",
        "Operation HAECHI III",
    ),
]
Aliases = Annotated[
    tuple[Line, ...],
    about("Aliases", "Other names and spellings that sources use.", ["HAECHI-III"]),
]
Series = Annotated[
    Slug, about("Series", "Id that all editions of an operation share, if it repeats.", "haechi")
]
Edition = Annotated[
    Positive,
    about("Edition", "Number of the edition in its series, as sources count.", 3, unit="rank"),
]
Summary = Annotated[
    Paragraph,
    about(
        "Summary",
        "Two to four sentences on the case, written for this dataset.",
        "Police in 30 countries worked for five months against online fraud.",
    ),
]
Role = Annotated[
    v.InterpolRole,
    about(
        "INTERPOL's role",
        "Whether INTERPOL coordinated the case, co-led it or only supported it.",
        "coordinated",
    ),
]
Period = Annotated[
    Edtf,
    about(
        "Period",
        "When the operation took place, in EDTF, as precise as the source: the days of action, not "
        "the crime or inquiry before them, nor the day of a release.",
        "2022-06-28/2022-11-23",
    ),
]
Announced = Annotated[
    Day, about("Announced", "Day on which the results were made public.", "2022-11-24")
]
CountryCount = Annotated[
    Quantity,
    about("Number of countries", "How many countries and territories took part, as stated.", 30),
]
Complete = Annotated[
    StrictBool,
    about(
        "Complete", "Whether the source gives its list as complete rather than as examples.", True
    ),
]
ListComplete = Annotated[
    StrictBool,
    about(
        "List complete",
        "Whether a source that counts lists all of the countries and calls its list complete; "
        "empty without a list.",
        True,
    ),
]
CountryList = Annotated[
    tuple[CountryRef, ...],
    about(
        "Countries",
        "Countries and territories that took part; their order has no meaning.",
        ["AUS", "KOR"],
        min_length=1,
    ),
    AfterValidator(_sorted_set),
]
PartnerRole = Annotated[
    v.OrganizationRole, about("Role", "What the organization did in the case.", "partner")
]
Tool = Annotated[v.Tool, about("Tool", "Means of INTERPOL that was used in the case.", "notices")]
Value = Annotated[
    Quantity,
    about("Value", "The number as stated, with its hedge, in quantity notation.", "~1000", 975),
]
Unit = Annotated[
    str,
    AfterValidator(_known_unit),
    Terms(tuple(KNOWN_UNITS)),
    WithJsonSchema({"type": "string", "enum": KNOWN_UNITS}),
    about(
        "Unit",
        "Unit of the stated number: kg, t, g, l, ml, m3, ha, m2, km2, MB, GB, TB, an ISO 4217 "
        "currency, boxes, cartons or packs; empty for other counts.",
        "USD",
    ),
]
Place = Annotated[
    CountryRef,
    about(
        "Place",
        "Country whose share the number is, where several had results; empty for totals.",
        "TUR",
    ),
]
Part = Annotated[
    StrictBool,
    about(
        "Part",
        "Whether the number is of a mere part of the case, such as one find or some of the "
        "countries, and not the total of the case or of the country.",
        True,
    ),
]
PartName = Annotated[
    Slug,
    about(
        "Name of the part",
        "What tells the part from others of the same figure, such as a place or a group. One part "
        "may have no name. Parts may overlap.",
        "mombasa",
    ),
]
OutcomeScope = Annotated[
    v.Scope,
    about(
        "Scope",
        "What the figure is the total of: the whole case, a country, or a mere part.",
        "whole",
    ),
]
Fact = Annotated[
    FactPath,
    about(
        "Fact",
        "Path of a fact within its record: period, countries/KOR, "
        "outcomes/METRIC[/OBJECT][:CURRENCY][@COUNTRY][~part[/NAME]], "
        "proceedings/OUTCOME[/OBJECT][:CURRENCY][@COUNTRY]~YEAR[/GROUP].",
        "outcomes/arrests",
    ),
]
FactList = Annotated[
    tuple[FactPath, ...], about("Facts", "Paths of facts of the record.", ["outcomes/arrests"])
]
Reason = Annotated[
    Line, about("Reason", "Why the decision was taken.", "The later release rounds the figure.")
]
Locator = Annotated[
    Line,
    about(
        "Locator", "Where in the source it stands: title, paragraph, table, page.", "paragraph 4"
    ),
]
AttributedTo = Annotated[
    OrganizationRef,
    about(
        "Attributed to",
        "Organization on whose word the source repeats it; empty where the source's own "
        "asserter speaks, from own access to the facts.",
        "interpol",
    ),
]
OwnCount = Annotated[
    StrictBool,
    about(
        "Own count",
        "Whether the passage shows that its asserter's people, apart from the bodies of the "
        "operation, counted for themselves or saw it happen.",
        True,
    ),
]
Note = Annotated[
    Paragraph,
    about(
        "Note",
        "A remark in the words of this dataset.",
        "The page counts both action days together.",
    ),
]

DriftOf = Annotated[
    FactPath,
    about(
        "Drift of",
        "The fact whose figure a page retells under another metric, such as charged for "
        "arrested; the rest of the path is that fact's.",
        "outcomes/arrests",
    ),
]
SaidAs = Annotated[
    str,
    StringConstraints(pattern=rf"^[^{_BLANK}]+(?: [^{_BLANK}]+){{0,2}}$", max_length=60),
    about(
        "Said as",
        "The source's own word for the metric, in its language, where the word matters; at "
        "most three words.",
        "imputados",
    ),
]
Stage = Annotated[
    v.Stage, about("Stage", "How far the count had come, where the source says so.", "preliminary")
]
AsOf = Annotated[
    Edtf, about("As of", "Day or month up to which the source counts, in EDTF.", "2022-11-23")
]
Valuation = Annotated[
    v.Valuation,
    about("Valuation", "By which prices the source values it, where it says so.", "street"),
]

Whole = Annotated[
    str,
    StringConstraints(pattern=rf"^(?:none|{PATTERN[1:-1]})$", max_length=300),
    about(
        "Part of",
        "Path of the figure in which it is included, or 'none' where it is in no other, "
        "whatever the rule says.",
        "outcomes/arrests",
        "none",
    ),
]
Shared = Annotated[
    tuple[FactPath, ...],
    about(
        "Shared figures",
        "Paths of the figures that both cases record, though they were announced once, for both.",
        ["outcomes/arrests"],
    ),
    AfterValidator(_sorted_set),
]
VarianceType = Annotated[
    v.Variance,
    about(
        "Type of variance",
        "Why sources differ: by what they count, by time, by a slip, or unexplained.",
        "substantive",
    ),
]
VarianceReason = Annotated[
    Paragraph,
    about(
        "Reason of variance",
        "Who says what, and what is known of why.",
        "The ministry counts the raids of one day, INTERPOL those of the whole operation.",
    ),
]

# --- court proceedings ----------------------------------------------------------------------

StepCountry = Annotated[
    CountryRef,
    about(
        "Country",
        "Country whose authorities took the step; empty for an international tribunal and for a "
        "total of several countries.",
        "KEN",
    ),
]
StepYear = Annotated[StrictInt, about("Year", "Year of the step.", 2018, unit="year")]
StepGroup = Annotated[
    Slug,
    about("Group", "What tells several trials of one country apart, whose persons add up.", "crew"),
]
StepOutcome = Annotated[v.StepOutcome, about("Outcome", "What the step came to.", "convicted")]
StepObject = Annotated[
    v.StepObject,
    about("What", "What was taken back, or what sort of payment was ordered.", "conviction"),
]
Persons = Annotated[
    Quantity, about("Persons", "How many persons the step concerns, as stated.", 12)
]
Companies = Annotated[
    Quantity, about("Companies", "How many companies and other bodies it concerns, as stated.", 3)
]
Prosecutions = Annotated[
    Quantity,
    about("Prosecutions", "How many proceedings, where these and not persons are counted.", 35),
]

# --- statements in words --------------------------------------------------------------------

Name = Annotated[Line, about("Name", "Its name, as pages and charts show it.", "Online fraud")]
Description = Annotated[
    Paragraph,
    about(
        "Description",
        "What it covers, and what it does not.",
        "Deceiving people or firms over the internet to obtain money.",
    ),
]
Statement = Annotated[
    Paragraph,
    about(
        "Statement",
        "What is asserted, in the words of this dataset.",
        "INTERPOL itself has no power of arrest.",
    ),
]
Finding = Annotated[
    v.Finds,
    about(
        "Finds",
        "Whether the source supports the statement, supports part of it, or not.",
        "supports",
    ),
]
Evaluates = Annotated[
    StrictBool,
    about(
        "Evaluates",
        "Whether it is an outside evaluation that measured or judged the practice.",
        True,
    ),
]
Shows = Annotated[
    v.Shows, about("Shows", "What the case shows of the challenge or the lesson.", "measured")
]
ShowsOfChallenge = Annotated[
    Literal[v.Shows.MET, v.Shows.COUNTER_EXAMPLE],
    about("Shows", "Whether the challenge was met in the case, or the opposite.", "met"),
]
ShowsOfLesson = Annotated[
    Literal[v.Shows.ANSWERED, v.Shows.MEASURED, v.Shows.COUNTER_EXAMPLE],
    about("Shows", "Whether the lesson was followed in the case, and measured.", "answered"),
]
Result = Annotated[
    FactPath,
    about("Result", "Path of the case's fact that is the result.", "outcomes/money-frozen:USD"),
]
Says = Annotated[
    Line,
    about(
        "Says",
        "The words that follow the number.",
        "operations with arrests have a conviction on record",
    ),
]
CasesWith = Annotated[
    str,
    StringConstraints(
        pattern=r"^[a-z_]+(?:/[A-Za-z0-9-]+)*(?::[A-Z]{3})?(?:@[A-Z]{3})?$", max_length=200
    ),
    about(
        "Cases with",
        "Beginning of a fact's path, up to the end of a word: cases with such a fact are counted.",
        "outcomes/arrests",
    ),
]
Among = Annotated[
    CasesWith,
    about("Among", "Likewise, of the cases among which they are counted.", "outcomes/arrests"),
]
LookedFor = Annotated[
    Line,
    about(
        "Looked for",
        "What was searched for without success.",
        "Operation Lucas INTERPOL trafficking",
    ),
]
Searched = Annotated[Day, about("Searched on", "Day of the search.", "2026-11-24")]
Sought = Annotated[
    v.Sought, about("Sought", "What sort of thing was searched for without success.", "document")
]
SoughtForCase = Annotated[
    Literal[v.Sought.DOCUMENT, v.Sought.PROCEEDINGS],
    about("Sought", "What sort of thing was searched for without success.", "document"),
]
SoughtForStatement = Annotated[
    Literal[v.Sought.CASE, v.Sought.COUNTER_EXAMPLE],
    about("Sought", "What sort of case was searched for without success.", "counter-example"),
]
SoughtOf = Annotated[
    OrganizationRef,
    about("Of", "Organization whose own document on the case was searched for.", "interpol"),
]
ParagraphNumber = Annotated[
    Positive,
    about(
        "Paragraph",
        "Number of the paragraph among the document's non-empty lines.",
        12,
        unit="rank",
    ),
]
ParagraphHash = Annotated[
    Sha256,
    about(
        "Paragraph SHA-256",
        "SHA-256 of the paragraph's UTF-8 text without its line break.",
        "0" * 64,
    ),
]
Checkable = Annotated[
    StrictBool,
    about(
        "Checkable",
        "Whether evidence could decide the claim; generalities and praise are not.",
        True,
    ),
]

# --- categories, metrics, objects, organizations, sources -----------------------------------

IccsCode = Annotated[
    str,
    StringConstraints(pattern=r"^(?:0[1-9]|1[01])[0-9]{0,4}$"),
    about(
        "ICCS code",
        "Code in UNODC's International Classification of Crime for Statistical Purposes.",
        "0701",
    ),
]
IccsName = Annotated[Line, about("ICCS name", "Name of the class in the ICCS.", "Fraud")]
IccsMatch = Annotated[
    v.MatchType, about("ICCS match", "How closely the category here meets the ICCS class.", "close")
]
MetricDimension = Annotated[
    v.Dimension,
    about("Dimension", "What the metric measures, which decides the units it takes.", "count"),
]
MetricFamily = Annotated[
    v.MetricFamily,
    about(
        "Family",
        "Shared by metrics that may count the same things; don't add these to each other.",
        "suspects",
    ),
]
ObjectFacet = Annotated[
    v.Facet,
    about("Facet", "By what it tells things apart, which decides what may be added up.", "kind"),
]
IsRest = Annotated[
    StrictBool,
    about(
        "May be the rest",
        "Whether it may mean what is not further named: the total in one source, and in "
        "another only what is left.",
        False,
    ),
]
AddsUp = Annotated[
    StrictBool,
    about(
        "Adds up",
        "Whether its figures of different objects are of one kind, so that they can be added up.",
        True,
    ),
]
Adding = Annotated[
    Line,
    about(
        "How to add up",
        "What its sums over objects or operations mean, or why there are none.",
        "A person who was arrested in two operations counts twice.",
    ),
]
Combines = Annotated[
    tuple[MetricRef, ...],
    about(
        "Combines",
        "Metrics that it takes together: of one object and place the larger figure counts.",
        ["victims-rescued", "victims-identified"],
    ),
]
OnlyObjects = Annotated[
    tuple[ObjectRef, ...],
    about("Only", "The only objects that its totals take, with those below them.", ["firearms"]),
]
WithoutObjects = Annotated[
    tuple[ObjectRef, ...],
    about("Without", "Objects that its totals leave out, with those below them.", ["companies"]),
]
OnlyNamed = Annotated[
    tuple[MetricRef, ...],
    about(
        "Only with an object",
        "Of the metrics it combines, those whose figures count only if they name an object.",
        ["victims-identified"],
    ),
]
UnnamedIn = Annotated[
    tuple[CategoryRef, ...],
    about(
        "Unnamed in",
        "Top crime areas in which its totals take figures without an object; empty for all areas.",
        ["human-trafficking"],
    ),
]
UnnamedAs = Annotated[
    ObjectRef,
    about(
        "Unnamed as", "The object that figures without an object count as in these areas.", "goods"
    ),
]
Also = Annotated[
    tuple[ObjectRef, ...],
    about(
        "Also",
        "Objects that count as this one in some crime areas only, with all below them.",
        ["electronics"],
    ),
]
AlsoIn = Annotated[
    tuple[CategoryRef, ...],
    about("Also in", "The top crime areas in which they do.", ["counterfeiting"]),
]
HsCode = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{2}(?:[0-9]{2}){0,2}$"),
    about(
        "HS code",
        "Code of the Harmonized System of 2022, without dots, where it has one for just these "
        "goods.",
        "240220",
    ),
]
PhraseList = Annotated[
    tuple[Line, ...],
    about(
        "Phrases",
        (
            "How pages of one language say it, for `draft`: N is the number, ... any words, * any "
            "ending, and words in capitals are lists of the drafter."
        ),
        ["N arrest*", "detain* ... N PERSONS"],
    ),
]
Abbreviation = Annotated[Line, about("Abbreviation", "The short form in common use.", "WCO")]
OrganizationType = Annotated[
    v.OrganizationKind, about("Kind", "What sort of body it is.", "police")
]
Parent = Annotated[
    OrganizationRef,
    about(
        "Parent",
        "Body that it is part of, or works for; the two count as one observer.",
        "interpol",
    ),
]
Website = Annotated[Url, about("Website", "Home page.", "https://www.interpol.int")]
Kind = Annotated[v.SourceKind, about("Kind", "What sort of document it is.", "official")]
Publisher = Annotated[
    OrganizationRef, about("Publisher", "Organization that carries the document.", "ansa")
]
Asserter = Annotated[
    OrganizationRef,
    about(
        "Asserter",
        "Organization whose words the document carries, as INTERPOL's in a reprint of its release.",
        "interpol",
    ),
]
IssuedWith = Annotated[
    tuple[OrganizationRef, ...],
    about(
        "Issued with",
        "Organizations that issued the text together with the asserter, on one page or several.",
        ["wco"],
    ),
    AfterValidator(_sorted_set),
]
TextOf = Annotated[
    OrganizationRef,
    about(
        "Text of",
        (
            "Organization whose text the page, which is not its own, carries in whole or for the "
            "most part; an article that is signed or reworded carries none."
        ),
        "interpol",
    ),
]
SameText = Annotated[
    SourceRef,
    about(
        "Same text",
        ("Source whose text the page carries in whole or for the most part."),
        "interpol-2022-11-24-haechi-iii",
    ),
]
Extent = Annotated[
    v.Extent, about("Extent", "How far the document was read, where that was noted.", "excerpt")
]
ExtentCharacters = Annotated[
    Positive,
    about(
        "Characters read",
        "About how many characters were read, where the document was not read to its end.",
        1500,
        unit="characters",
    ),
]
Title = Annotated[Line, about("Title", "Title of the document.", "Annual Report 2022")]
SourceUrl = Annotated[
    Url, about("URL", "The document's own address.", "https://www.interpol.int/en/News-and-Events")
]
Withheld = Annotated[
    Line,
    about(
        "Address withheld",
        "Why the document's address is not given.",
        "It names a person who was acquitted.",
    ),
]
ArchivedUrl = Annotated[
    Url,
    about(
        "Archived URL",
        "Address of the copy that a web archive keeps.",
        "https://web.archive.org/web/20221124120000/https://www.interpol.int/en/News-and-Events",
    ),
]
Published = Annotated[
    Edtf, about("Published", "When the document was published, in EDTF.", "2022-11-24")
]
Undated = Annotated[
    Line, about("Undated", "Why no date of publication is given.", "The page shows no date.")
]
Retrieved = Annotated[Day, about("Retrieved", "Day on which the document was read.", "2026-11-24")]
Language = Annotated[
    str, StringConstraints(pattern=iso.PATTERN), about("Language", "Language, ISO 639.", "en")
]
DocumentHash = Annotated[
    Sha256, about("SHA-256", "SHA-256 of the document's bytes, where they were kept.", "0" * 64)
]
ContentHash = Annotated[
    str,
    StringConstraints(pattern=r"^sha256:[0-9a-f]{64}$"),
    about(
        "Content hash",
        "SHA-256 of what was read at the address: of a web page its visible text, each run of "
        "white space as one space; else its bytes.",
        f"sha256:{'0' * 64}",
    ),
]


# --- retired ids ---------------------------------------------------------------------------

RetirableTable = Annotated[
    Literal[
        "cases",
        "categories",
        "challenges",
        "claims",
        "lessons",
        "metrics",
        "objects",
        "organizations",
        "sources",
    ],
    about("Table", "Table that the id belonged to.", "cases"),
]
RetiredSlug = Annotated[Slug, about("Id", "The retired id.", "haechi-third")]
Redirect = Annotated[
    Slug,
    about(
        "Redirect", "Id that took its place; empty where the record was withdrawn.", "haechi-iii"
    ),
]
