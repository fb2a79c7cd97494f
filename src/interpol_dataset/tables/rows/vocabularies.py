"""Rows of sources, vocabularies and standards."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import StringConstraints

from interpol_dataset.schema import fields as f
from interpol_dataset.schema.field_info import Basis, Computed, From
from interpol_dataset.tables.rows.base import Earliest, Latest, Row


class CategoryRow(Row):
    """Crime areas, in a hierarchy, mapped to the ICCS."""

    TABLE = "categories"
    RECORD = ("categories", "{id}")

    id: f.CategoryId
    name: f.Name
    description: f.Description
    parent_id: Annotated[
        f.CategoryRef | None,
        f.about(
            "Wider area", "Crime area that it belongs to; empty at the top.", "financial-crime"
        ),
    ]
    iccs_code: Annotated[f.IccsCode | None, From("iccs")]
    iccs_name: Annotated[f.IccsName | None, From("iccs")]
    iccs_match: Annotated[f.IccsMatch | None, From("iccs")]


class SourceRow(Row):
    """Documents: who carries them, who says so, and where they can be read."""

    TABLE = "sources"
    RECORD = ("sources", "{id}")
    BASIS = Basis.DOCUMENT

    id: f.SourceId
    kind: f.Kind
    publisher_id: f.Publisher
    asserter_id: f.Asserter
    issued_with_ids: f.IssuedWith | None
    text_of_id: f.TextOf | None
    same_text_id: f.SameText | None
    title: f.Title
    url: f.SourceUrl | None
    archived_url: f.ArchivedUrl | None
    withheld: f.Withheld | None
    published: f.Published | None
    published_earliest: Earliest | None
    published_latest: Latest | None
    undated: f.Undated | None
    retrieved: f.Retrieved
    extent: f.Extent | None
    extent_characters: f.ExtentCharacters | None
    language: f.Language
    sha256: f.DocumentHash | None
    content_hash: f.ContentHash | None
    note: f.Note | None


class MetricRow(Row):
    """What outcomes count and measure."""

    TABLE = "metrics"
    RECORD = ("metrics", "{id}")
    BASIS = Basis.VOCABULARY

    id: f.MetricId
    name: f.Name
    description: f.Description
    dimension: f.MetricDimension
    family: f.MetricFamily | None
    adds_up: f.AddsUp
    adding: f.Adding | None
    combines: f.Combines | None
    only: f.OnlyObjects | None
    without: f.WithoutObjects | None
    only_named: f.OnlyNamed | None
    unnamed_in: f.UnnamedIn | None
    unnamed_as: f.UnnamedAs | None


class ObjectRow(Row):
    """What was seized, rescued or found, in a hierarchy."""

    TABLE = "objects"
    RECORD = ("objects", "{id}")
    BASIS = Basis.VOCABULARY

    id: f.ObjectId
    name: f.Name
    description: f.Description | None
    parent_id: Annotated[
        f.ObjectRef | None,
        f.about("Wider object", "Object that it belongs to; empty at the top.", "drugs"),
    ]
    also: f.Also | None
    also_in: f.AlsoIn | None
    facet: f.ObjectFacet
    is_rest: f.IsRest
    hs_code: f.HsCode | None


class OrganizationRow(Row):
    """Bodies that take part in cases, publish sources or assert what they say."""

    TABLE = "organizations"
    RECORD = ("organizations", "{id}")
    BASIS = Basis.VOCABULARY

    id: f.OrganizationId
    name: f.Name
    abbreviation: f.Abbreviation | None
    kind: f.OrganizationType
    country: f.CountryRef | None
    parent_id: f.Parent | None
    url: f.Website | None
    acts: Annotated[
        bool,
        Computed("whether a page names it as taking part in a case", ()),
        f.about(
            "Takes part",
            "Whether it takes part in a case; the others publish sources or say what they say.",
            True,  # noqa: FBT003  # an example of a truth value
        ),
    ]


class CountryRow(Row):
    """
    Countries and territories of ISO 3166-1, with the United Nations' regions.

    M49 has no region for Antarctica, and neither Kosovo nor Taiwan.
    """

    TABLE = "countries"
    RECORD = ("countries", "{id}")
    BASIS = Basis.STANDARD

    id: f.CountryCode
    name: f.Name
    short_name: Annotated[
        f.Line,
        f.about("Short name", "The name in common use, in English, from the CLDR.", "South Korea"),
    ]
    alpha2: Annotated[
        str,
        StringConstraints(pattern=r"^[A-Z]{2}$"),
        f.about("Code of two letters", "ISO 3166-1 alpha-2 code.", "KR"),
    ]
    m49: Annotated[
        str | None,
        StringConstraints(pattern=r"^[0-9]{3}$"),
        f.about("M49 code", "The United Nations' code of three digits; text.", "410"),
    ]
    region: Annotated[
        f.Line | None,
        f.about("Region", "Continent, as the United Nations' M49 has it.", "Asia"),
    ]
    subregion: Annotated[
        f.Line | None,
        f.about(
            "Subregion",
            "Part of the continent: the narrowest region of M49, intermediate ones included.",
            "Eastern Asia",
        ),
    ]


class RateRow(Row):
    """Exchange rates of the days on which amounts were converted, as published."""

    TABLE = "rates"
    KEY = ("currency", "date")
    RECORD = ("rates", "{currency}")
    BASIS = Basis.RATES

    currency: Annotated[
        str,
        f.about(
            "Currency", "ISO 4217 code of the currency.", "USD", pattern="^[A-Z]{3}$", max_length=3
        ),
    ]
    date: Annotated[date, f.about("Day", "Day for which the rate was published.", "2022-11-24")]
    rate: Annotated[
        float,
        f.about(
            "Rate",
            "How much of the currency one euro buys.",
            1.0413,
            unit="currency per euro",
            ge=0,
        ),
    ]


class RetiredIdRow(Row):
    """Ids that are no longer used, and where they went."""

    TABLE = "retired_ids"
    KEY = ("record_table", "id")
    RECORD = ("{record_table}", "{id}")
    BASIS = Basis.DECIDED

    record_table: f.RetirableTable
    id: f.RetiredSlug
    redirect: f.Redirect | None
    reason: Annotated[
        f.Reason,
        f.about("Reason", "Why the id was retired.", "Two records told of one operation."),
    ]
