"""
Hypothesis strategies that the tests share.

Texts, quantities and dates; records of every kind; and whole sets of records whose references
hold. Strategies that many others draw from are made once: to make one takes longer than a draw.
"""

from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from interpol_dataset.records import models as m
from interpol_dataset.records.document import Records
from interpol_dataset.schema import vocabulary as v
from interpol_dataset.schema.vocabulary import UNITS
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.iso import COUNTRIES
from interpol_dataset.values.quantity import Quantity

_Data = dict[str, Any]

# --- texts ----------------------------------------------------------------------------------

#: Texts that trip up YAML, CSV, JSON and spreadsheets.
AWKWARD: Final = (
    *("=1+1", "+49 30", "-1", "@sum(A1)", "'quoted'", "''", 'say "so"', "a, b; c", "NO", "yes"),
    *("null", "~", "1e3", "0777", "12:30", "2022-06-28", "- item", "key: value", "a #b"),
    *("{a: b}", "[a]", "&anchor", "*alias", "!tag", "%x", "`x`", "| pipe", "> fold"),
    *("Ünïcödé ñandú", "Операция", "作戦", "عملية", "🤖 robot", "e\u0301", "non\u00a0breaking"),
    *("zero\u200bwidth", "\ufeffmark", "separator\u2028line", "back\\slash", "<b>&amp;</b>"),
    *("$5",),
)

_CHARACTERS: Final = st.characters(exclude_categories=["Cs", "Cc", "Cn"])


@cache
def lines() -> SearchStrategy[str]:
    """Return single lines of text that neither begin nor end with a space."""
    drawn = st.text(_CHARACTERS, min_size=1, max_size=20).map(str.strip).filter(_is_line)
    return st.sampled_from([text for text in AWKWARD if _is_line(text)]) | drawn


def _is_line(text: str) -> bool:
    return bool(text) and text == text.strip() and "\n" not in text and "\r" not in text


@cache
def paragraphs() -> SearchStrategy[str]:
    """Return texts of one or more lines, with spaces anywhere."""
    piece = lines() | st.sampled_from(["\n", "\n\n", " ", "\t", "\r\n", "\r", "=2+2"])
    return st.lists(piece, min_size=1, max_size=4).map("".join).filter(lambda text: text.strip())


@cache
def words() -> SearchStrategy[str]:
    """Return words of a source: one to three of them."""
    return st.lists(st.text(_CHARACTERS, min_size=1, max_size=8), min_size=1, max_size=3).map(
        lambda drawn: " ".join("".join(word.split()) or "x" for word in drawn)
    )


@cache
def aliases() -> SearchStrategy[tuple[str, ...]]:
    """Return lists of names that can stand in one CSV cell."""
    return st.lists(lines(), max_size=3).map(tuple)


@cache
def slugs() -> SearchStrategy[str]:
    """Return ids."""
    return st.from_regex(r"[a-z]{1,4}(-[a-z0-9]{1,3}){0,2}", fullmatch=True)


@cache
def ids(least: int, most: int) -> SearchStrategy[list[str]]:
    """Return different ids, in their order."""
    return st.lists(slugs(), min_size=least, max_size=most, unique=True).map(sorted)


@cache
def hashes() -> SearchStrategy[str]:
    """Return SHA-256 hashes."""
    return st.binary(min_size=32, max_size=32).map(bytes.hex)


@cache
def some(strategy: SearchStrategy[Any]) -> SearchStrategy[Any]:
    """Return a value, or none."""
    return st.none() | strategy


# --- quantities and dates -------------------------------------------------------------------


@cache
def numbers() -> SearchStrategy[str]:
    """Return numbers in their one notation."""
    whole = st.integers(0, 10**12).map(str) | st.integers(0, 10**18 - 1).map(str)
    decimals = st.from_regex(r"[0-9]{0,6}[1-9]", fullmatch=True)
    return whole | st.tuples(whole, decimals).map(".".join)


@cache
@st.composite
def quantity_texts(draw: DrawFn) -> str:
    """Return quantities in their one notation."""
    if draw(st.booleans()):
        return draw(st.sampled_from(["", "~", ">=", ">", "<=", "<"])) + draw(numbers())
    pair = draw(st.lists(numbers(), min_size=2, max_size=2, unique=True))
    low, high = sorted(pair, key=lambda text: Quantity.parse(text).lower)
    return f"{low}..{high}"


@cache
def quantities() -> SearchStrategy[Quantity]:
    """Return quantities."""
    return quantity_texts().map(Quantity.parse)


@cache
def simple_dates() -> SearchStrategy[str]:
    """Return dates without a slash, in EDTF."""
    days = st.dates().map(str)
    months = st.dates().map(lambda day: day.isoformat()[:7])
    years = st.integers(0, 9999).map("{:04}".format)
    bare = st.one_of(
        days,
        months,
        years,
        years.map(lambda year: f"{year[:3]}X"),
        years.map(lambda year: f"{year[:2]}XX"),
        years.map(lambda year: f"{year}-XX"),
        years.map(lambda year: f"{year}-XX-XX"),
        months.map(lambda month: f"{month}-XX"),
        st.tuples(years, st.integers(21, 24)).map(lambda pair: f"{pair[0]}-{pair[1]}"),
    )

    return st.tuples(bare, st.sampled_from(["", "", "", "~", "?", "%"])).map("".join)


@cache
@st.composite
def date_texts(draw: DrawFn) -> str:
    """Return dates and periods in EDTF."""
    form = draw(st.sampled_from(["day", "period", "open"]))
    if form == "day":
        return draw(simple_dates())
    if form == "open":
        other = draw(st.sampled_from(["", ".."]))
        date = draw(simple_dates())
        return draw(st.sampled_from([f"{date}/{other}", f"{other}/{date}"]))

    pair = draw(st.lists(simple_dates(), min_size=2, max_size=2))
    first, last = sorted(pair, key=lambda text: Edtf.parse(text).start)

    return f"{first}/{last}"


@cache
def dates() -> SearchStrategy[Edtf]:
    """Return dates and periods."""
    return date_texts().map(Edtf.parse)


# --- plain data -----------------------------------------------------------------------------


def json_values() -> SearchStrategy[Any]:
    """Return plain values such as a file can hold."""
    scalars = st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**17), 10**17),
        st.integers(0, 10**6).map(lambda number: number / 8),
        st.sampled_from(AWKWARD),
        st.text(_CHARACTERS, max_size=10),
    )

    return st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(lines(), inner, max_size=3),
        max_leaves=8,
    )


# --- sources --------------------------------------------------------------------------------


def source(
    id_: str,
    kind: str = "official",
    asserter: str = "interpol",
    published: str | None = "2022-11-24",
    publisher: str | None = None,
) -> m.Source:
    """Make a source; it is its asserter's own document unless another publisher is named."""
    return m.Source.model_validate(
        {
            "id": id_,
            "kind": kind,
            "publisher": publisher or asserter,
            "asserter": asserter,
            "title": f"Document {id_}",
            "url": f"https://example.org/{id_}",
            "published": published,
            "undated": None if published else "It shows no date.",
            "retrieved": "2026-11-24",
            "language": "en",
        }
    )


# --- records --------------------------------------------------------------------------------


def _named(draw: DrawFn, id_: str) -> _Data:
    return {"id": id_, "name": draw(lines())}


@st.composite
def organizations(draw: DrawFn, id_: str, parents: Sequence[str] = ()) -> m.Organization:
    """Return an organization that is part of one of the others, or of none."""
    return m.Organization.model_validate(
        _named(draw, id_)
        | {
            "abbreviation": draw(some(lines())),
            "kind": draw(st.sampled_from(v.OrganizationKind)),
            "country": draw(some(countries())),
            "parent": draw(_one_or_none(parents)),
            "url": draw(some(st.just("https://example.org/?a=1#b"))),
        }
    )


@cache
def countries() -> SearchStrategy[str]:
    """Return codes of countries; few, so that reports meet."""
    return st.sampled_from(sorted(COUNTRIES)[:6])


@st.composite
def sources(
    draw: DrawFn, id_: str, organizations: Sequence[str], earlier: Sequence[str] = ()
) -> m.Source:
    """Return a source that one of the organizations carries, perhaps with an earlier one's text."""
    published = draw(some(dates()))
    digest = draw(some(hashes()))
    withheld = draw(some(lines()))

    return m.Source.model_validate(
        {
            "id": id_,
            "kind": draw(st.sampled_from(v.SourceKind)),
            "publisher": draw(st.sampled_from(organizations)),
            "asserter": draw(st.sampled_from(organizations)),
            "issued_with": draw(st.lists(st.sampled_from(organizations), max_size=2)),
            "text_of": draw(_one_or_none(organizations)),
            "same_text": draw(_one_or_none(earlier)),
            "extent": draw(some(st.sampled_from(v.Extent))),
            "extent_characters": draw(some(st.integers(1, 9999))),
            "title": draw(lines()),
            "url": None
            if withheld or (digest and draw(st.booleans()))
            else f"https://example.org/{id_}",
            "withheld": withheld,
            "published": published,
            "undated": None if published else draw(lines()),
            "retrieved": draw(st.dates()),
            "language": draw(st.sampled_from(["en", "fr", "gsw"])),
            "sha256": digest,
            "archived_url": None
            if withheld
            else draw(some(st.just(f"https://archive.example.org/1/{id_}"))),
            "content_hash": draw(some(hashes().map("sha256:{}".format))),
            "note": draw(some(paragraphs())),
        }
    )


@st.composite
def metrics(draw: DrawFn, id_: str) -> m.Metric:
    """Return a metric."""
    return m.Metric.model_validate(
        _named(draw, id_)
        | {
            "description": draw(paragraphs()),
            "dimension": draw(st.sampled_from(v.Dimension)),
            "family": draw(some(st.sampled_from(v.MetricFamily))),
            "adds_up": draw(st.booleans()),
            "adding": draw(some(lines())),
        }
    )


@st.composite
def objects(draw: DrawFn, id_: str, parents: Sequence[str]) -> m.Object:
    """Return an object below one of the others, or below none."""
    return m.Object.model_validate(
        _named(draw, id_)
        | {
            "description": draw(some(paragraphs())),
            "parent": draw(_one_or_none(parents)),
            "facet": draw(st.sampled_from(v.Facet)),
            "is_rest": draw(st.booleans()),
            "hs_code": draw(some(st.from_regex(r"[0-9]{2}([0-9]{2}){0,2}", fullmatch=True))),
        }
    )


@st.composite
def categories(
    draw: DrawFn, id_: str, parents: Sequence[str], sources: Sequence[str]
) -> m.Category:
    """Return a crime area."""
    iccs = {
        "code": draw(st.sampled_from(["01", "0701", "11"])),
        "name": draw(lines()),
        "match": draw(st.sampled_from(v.MatchType)),
        "source": draw(st.sampled_from(sources)),
        "at": draw(lines()),
    }

    return m.Category.model_validate(
        _named(draw, id_)
        | {
            "description": draw(paragraphs()),
            "parent": draw(_one_or_none(parents)),
            "iccs": iccs if draw(st.booleans()) else None,
        }
    )


def _one_or_none(ids: Sequence[str]) -> SearchStrategy[str | None]:
    return st.none() | st.sampled_from(ids) if ids else st.none()


@st.composite
def _stated(draw: DrawFn, /, organizations: Sequence[str], **values: Any) -> _Data:
    return {
        "at": draw(lines()),
        "attributed_to": draw(_one_or_none(organizations)),
        "own_count": draw(st.booleans()),
        "note": draw(some(paragraphs())),
        **{name: draw(strategy) for name, strategy in values.items()},
    }


@st.composite
def _outcomes(
    draw: DrawFn, organizations: Sequence[str], metric: m.Metric, objects: Sequence[str]
) -> m.ReportedOutcome:
    units = list(UNITS[metric.dimension])
    unit = draw(st.sampled_from(units)) if units else None
    is_part = draw(st.booleans())

    return m.ReportedOutcome.model_validate(
        draw(_stated(organizations, value=quantities()))
        | {
            "metric": metric.id,
            "object": draw(_one_or_none(objects)),
            "place": draw(some(countries())),
            "part": is_part,
            "part_name": draw(some(st.sampled_from(["harbour", "raid-2"]))) if is_part else None,
            "unit": unit,
            "said_as": draw(some(words())),
            "stage": draw(some(st.sampled_from(v.Stage))),
            "as_of": draw(some(dates())),
            "valuation": draw(some(st.sampled_from(v.Valuation))),
        }
    )


@st.composite
def _with_drifts(
    draw: DrawFn, stated: Sequence[m.Report], metrics: Sequence[m.Metric]
) -> list[m.Report]:
    """Let some of the reports retell figures of others under their own metrics."""
    known = sorted({outcome.fact for report in stated for outcome in report.outcomes})
    return [
        report.model_copy(
            update={"outcomes": (*report.outcomes, *draw(_drifts(report, known, metrics)))}
        )
        for report in stated
    ]


@st.composite
def _drifts(
    draw: DrawFn, report: m.Report, known: Sequence[FactPath], metrics: Sequence[m.Metric]
) -> list[m.ReportedOutcome]:
    """Return figures of facts that a report does not state, under any metric."""
    own = {outcome.fact for outcome in report.outcomes}
    others = [path for path in known if path not in own]
    if not others:
        return []

    return [
        draw(drifted(path, draw(st.sampled_from(metrics))))
        for path in draw(st.lists(st.sampled_from(others), max_size=2, unique=True))
    ]


@st.composite
def drifted(draw: DrawFn, path: FactPath, metric: m.Metric) -> m.ReportedOutcome:
    """Return a figure of a fact as it is retold under a metric."""
    units = list(UNITS[metric.dimension])

    return m.ReportedOutcome.model_validate(
        {
            "drift_of": path,
            "metric": metric.id,
            "value": draw(quantities()),
            "unit": draw(st.sampled_from(units)) if units else None,
            "said_as": draw(some(words())),
            "at": draw(lines()),
        }
    )


@st.composite
def reports(
    draw: DrawFn,
    source: str,
    organizations: Sequence[str],
    metrics: Sequence[m.Metric],
    objects: Sequence[str],
) -> m.Report:
    """Return what one source reports, every fact once."""
    partners = st.lists(st.sampled_from(organizations), max_size=2, unique=True)
    listed = st.lists(countries(), min_size=1, max_size=3)
    tools = st.lists(st.sampled_from(v.Tool), max_size=2, unique=True)
    strategies = {
        "interpol_role": _stated(organizations, value=st.sampled_from(v.InterpolRole)),
        "period": _stated(organizations, value=dates()),
        "announced": _stated(organizations, value=st.dates()),
        "country_count": _stated(organizations, value=quantities()),
        "countries": _stated(organizations, complete=st.booleans(), list=listed),
        "organizations": partners.flatmap(
            lambda ids: st.tuples(
                *(
                    _stated(
                        organizations,
                        organization=st.just(id_),
                        role=st.sampled_from(v.OrganizationRole),
                    )
                    for id_ in ids
                )
            )
        ),
        "tools": tools.flatmap(
            lambda used: st.tuples(*(_stated(organizations, tool=st.just(tool)) for tool in used))
        ),
        "outcomes": st.lists(
            st.sampled_from(metrics).flatmap(
                lambda metric: _outcomes(organizations, metric, objects)
            ),
            max_size=3,
            unique_by=lambda outcome: outcome.fact,
        ),
    }
    chosen = draw(st.sets(st.sampled_from(list(strategies)), min_size=1, max_size=4))
    stated = {name: draw(strategies[name]) for name in strategies if name in chosen}
    stated = {name: value for name, value in stated.items() if value}
    if not stated:
        stated = {"interpol_role": draw(strategies["interpol_role"])}

    return m.Report.model_validate({"source": source, **stated})


@st.composite
def _steps(draw: DrawFn, organizations: Sequence[str]) -> m.ReportedStep:
    outcome = draw(st.sampled_from(v.StepOutcome))
    what = None
    if outcome is v.StepOutcome.TAKEN_BACK:
        what = draw(st.sampled_from([term for term in v.StepObject if term != "fine"]))
    elif outcome is v.StepOutcome.CONFISCATED:
        what = draw(st.sampled_from([None, "fine"]))
    if outcome is v.StepOutcome.CONFISCATED or what == "confiscation":
        money = {"value": draw(quantities()), "unit": draw(st.sampled_from(["EUR", "USD"]))}
        counted = draw(st.sampled_from([{}, money]))
    else:
        counts = ["persons"] if what else ["persons", "companies", "prosecutions"]
        counted = {draw(st.sampled_from(counts)): draw(quantities())}

    return m.ReportedStep.model_validate(
        draw(_stated(organizations))
        | {
            "country": draw(some(countries())),
            "year": draw(st.integers(2020, 2023)),
            "group": draw(some(st.sampled_from(["crew", "last-trial"]))),
            "outcome": outcome,
            "what": what,
        }
        | counted
    )


@st.composite
def proceedings(draw: DrawFn, source: str, organizations: Sequence[str]) -> m.Proceedings:
    """Return what one source says of proceedings, every step once."""
    steps = st.lists(
        _steps(organizations), min_size=1, max_size=3, unique_by=lambda step: step.fact
    )
    return m.Proceedings(source=source, steps=tuple(draw(steps)))


@st.composite
def cases(  # noqa: PLR0913  # all that a case refers to
    draw: DrawFn,
    id_: str,
    *,
    cases: Sequence[str],
    claims: Sequence[str],
    categories: Sequence[str],
    sources: Sequence[m.Source],
    organizations: Sequence[str],
    metrics: Sequence[m.Metric],
    objects: Sequence[str],
) -> m.Case:
    """Return a case."""
    said_by = draw(st.lists(st.sampled_from(sources), min_size=1, max_size=4, unique=True))
    stated = [draw(reports(source.id, organizations, metrics, objects)) for source in said_by]
    stated = draw(_with_drifts(stated, metrics))
    series = draw(some(slugs()))

    return m.Case.model_validate(
        {
            "id": id_,
            "name": draw(lines()),
            "aliases": draw(aliases()),
            "series": series,
            "edition": draw(some(st.integers(1, 99))) if series else None,
            "categories": draw(
                st.lists(st.sampled_from(categories), min_size=1, max_size=3, unique=True)
            ),
            "summary": draw(paragraphs()),
            "relations": draw(st.lists(_relations(cases, claims), max_size=2)),
            "prefer": draw(_preferences(said_by, stated)),
            "disputes": draw(_disputes(stated)),
            "parts": draw(_parts(stated)),
            "searches": draw(st.lists(_case_searches(organizations), max_size=2)),
            "reports": stated,
            "proceedings": [
                draw(proceedings(source.id, organizations))
                for source in draw(st.lists(st.sampled_from(sources), max_size=2, unique=True))
            ],
        }
    )


@st.composite
def _case_searches(draw: DrawFn, organizations: Sequence[str]) -> _Data:
    return {
        "sought": draw(st.sampled_from(["document", "proceedings"])),
        "of": draw(_one_or_none(organizations)),
        "looked_for": draw(lines()),
        "on": draw(st.dates()),
    }


@st.composite
def _relations(draw: DrawFn, cases: Sequence[str], claims: Sequence[str]) -> m.Relation:
    types = [type_ for type_ in v.RelationType if claims or type_ != "possibly-described-by"]
    type_ = draw(st.sampled_from(types))
    is_claim = type_ is v.RelationType.POSSIBLY_DESCRIBED_BY
    target = draw(st.sampled_from(claims if is_claim else cases))

    return m.Relation.model_validate(
        {
            "type": type_,
            "claim" if is_claim else "case": target,
            "shared": draw(st.lists(st.sampled_from(["outcomes/a", "outcomes/b@KOR"]), max_size=2)),
            "note": draw(some(paragraphs())),
        }
    )


@st.composite
def _preferences(
    draw: DrawFn, said_by: Sequence[m.Source], stated: Sequence[m.Report]
) -> list[m.Preference]:
    """Return preferences for what a source that counts says."""
    possible: list[tuple[str, str]] = []
    for source_, report in zip(said_by, stated, strict=True):
        if not source_.kind.counts:
            continue
        possible += [(item.fact, source_.id) for item in report.outcomes if not item.drift_of]
        possible += [("period", source_.id)] if report.period else []

    if not possible:
        return []
    drawn = draw(st.lists(st.sampled_from(possible), max_size=2, unique_by=lambda pair: pair[0]))

    return [m.Preference(fact=fact, source=id_, reason=draw(lines())) for fact, id_ in drawn]


@st.composite
def _disputes(draw: DrawFn, stated: Sequence[m.Report]) -> list[m.Dispute]:
    possible = sorted({outcome.fact for report in stated for outcome in report.outcomes})
    if not possible:
        return []

    return [
        m.Dispute(fact=fact, type=draw(st.sampled_from(v.Variance)), reason=draw(paragraphs()))
        for fact in draw(st.lists(st.sampled_from(possible), max_size=2, unique=True))
    ]


@st.composite
def _parts(draw: DrawFn, stated: Sequence[m.Report]) -> list[m.Part]:
    """Return entries that put a figure into a later one of its metric, or into none."""
    possible = sorted({outcome.fact for report in stated for outcome in report.outcomes})
    if not possible:
        return []
    entries = []
    for fact in draw(st.lists(st.sampled_from(possible), max_size=2, unique=True)):
        wholes = [path for path in possible if path > fact and path.member == fact.member]
        of = draw(st.sampled_from([*wholes, "none"]))
        entries.append(m.Part(fact=fact, of=of, reason=draw(lines())))

    return entries


@st.composite
def _evidence(draw: DrawFn, sources: Sequence[str], least: int = 0) -> list[m.Evidence]:
    cited = draw(st.lists(st.sampled_from(sources), min_size=least, max_size=3, unique=True))

    return [
        m.Evidence(
            source=id_,
            finds=draw(st.sampled_from(v.Finds)),
            evaluates=draw(st.booleans()),
            at=draw(lines()),
            note=draw(some(paragraphs())),
        )
        for id_ in cited
    ]


@st.composite
def _statements(
    draw: DrawFn, id_: str, shows: Sequence[str], cases: Sequence[m.Case], sources: Sequence[str]
) -> _Data:
    """Return a challenge or a lesson, with what its cases can show."""
    shown = draw(st.lists(st.sampled_from(cases), max_size=2, unique=True)) if cases else []
    sought = st.sampled_from(["case", "counter-example"])

    return _named(draw, id_) | {
        "statement": draw(paragraphs()),
        "numbers": draw(st.lists(_statement_numbers(cases, sources), max_size=2)),
        "evidence": draw(_evidence(sources, 1)),
        "cases": [
            {"case": case.id, "note": draw(some(paragraphs()))}
            | draw(_results(case, shows))
            | draw(_cited(sources))
            for case in shown
        ],
        "searches": draw(
            st.lists(
                st.builds(m.StatementSearch, sought=sought, looked_for=lines(), on=st.dates()),
                max_size=2,
            )
        ),
    }


@st.composite
def _results(draw: DrawFn, case: m.Case, shows: Sequence[str]) -> _Data:
    """Return what a case shows, and what came of it: a fact, a number of the source, or nothing."""
    facts = _figures(case)
    result = draw(st.sampled_from(facts)) if facts and draw(st.booleans()) else None
    if result is None and draw(st.booleans()):
        return {"shows": draw(st.sampled_from(shows))} | draw(_stated_numbers())
    bare = [word for word in shows if word != "measured"]
    return {"shows": draw(st.sampled_from(shows if result else bare)), "result": result}


@st.composite
def _statement_numbers(
    draw: DrawFn, cases: Sequence[m.Case], sources: Sequence[str]
) -> m.StatementNumber:
    """Return a number beside a statement, of one of its three forms."""
    starts = st.sampled_from(["outcomes", "outcomes/a", "tools/notices", "period"])
    forms = [
        st.fixed_dictionaries({"cases_with": starts}, optional={"among": starts}),
        st.tuples(_stated_numbers(), _cited(sources)).map(lambda pair: pair[0] | pair[1]),
        *(
            st.sampled_from(facts).map({"case": case.id}.__or__)
            for case in cases
            if (facts := [{"fact": fact} for fact in _figures(case)])
        ),
    ]

    return m.StatementNumber.model_validate({"says": draw(lines())} | draw(st.one_of(forms)))


def _figures(case: m.Case) -> list[FactPath]:
    return sorted({outcome.fact for report in case.reports for outcome in report.outcomes})


def _stated_numbers() -> SearchStrategy[_Data]:
    return st.fixed_dictionaries(
        {"value": quantities()}, optional={"unit": st.sampled_from(["USD", "t", "packs"])}
    )


def _cited(sources: Sequence[str]) -> SearchStrategy[_Data]:
    return st.fixed_dictionaries({"source": st.sampled_from(sources), "at": lines()})


@st.composite
def claims(  # all that a claim refers to
    draw: DrawFn,
    id_: str,
    *,
    sources: Sequence[str],
    categories: Sequence[str],
    cases: Sequence[str],
    challenges: Sequence[str],
    lessons: Sequence[str],
) -> m.Claim:
    """Return a claim."""
    searches = st.lists(
        st.builds(lambda text, day: {"looked_for": text, "on": day}, lines(), st.dates()),
        max_size=2,
    )

    return m.Claim.model_validate(
        {
            "id": id_,
            "paragraph": draw(st.integers(1, 99)),
            "paragraph_sha256": draw(hashes()),
            "statement": draw(paragraphs()),
            "checkable": draw(st.booleans()),
            "category": draw(_one_or_none(categories)),
            "case": draw(_one_or_none(cases)),
            "challenge": draw(_one_or_none(challenges)),
            "lesson": draw(_one_or_none(lessons)),
            "evidence": draw(_evidence(sources)),
            "searches": draw(searches),
            "note": draw(some(paragraphs())),
        }
    )


@st.composite
def record_sets(draw: DrawFn) -> Records:
    """Return records of every kind, whose references hold."""
    given = {
        name: draw(ids(*bounds))
        for name, bounds in {
            "organizations": (1, 3),
            "sources": (1, 4),
            "metrics": (1, 3),
            "objects": (0, 2),
            "categories": (1, 3),
            "cases": (0, 2),
            "challenges": (0, 2),
            "lessons": (0, 1),
            "claims": (0, 3),
        }.items()
    }
    sources_ = [
        draw(sources(id_, given["organizations"], given["sources"][:number]))
        for number, id_ in enumerate(given["sources"])
    ]
    metrics_ = [draw(metrics(id_)) for id_ in given["metrics"]]
    case_refs: _Data = {
        "cases": given["cases"],
        "claims": given["claims"],
        "categories": given["categories"],
        "sources": sources_,
        "organizations": given["organizations"],
        "metrics": metrics_,
        "objects": given["objects"],
    }

    cases_ = [draw(cases(id_, **case_refs)) for id_ in given["cases"]]
    met, answered = ["met", "counter-example"], ["answered", "measured", "counter-example"]

    return Records(
        categories=tuple(
            draw(categories(id_, given["categories"], given["sources"]))
            for id_ in given["categories"]
        ),
        cases=tuple(cases_),
        challenges=tuple(
            m.Challenge.model_validate(draw(_statements(id_, met, cases_, given["sources"])))
            for id_ in given["challenges"]
        ),
        lessons=tuple(
            m.Lesson.model_validate(
                draw(_statements(id_, answered, cases_, given["sources"]))
                | {"challenges": draw(_subset(given["challenges"]))}
            )
            for id_ in given["lessons"]
        ),
        claims=draw(_claim_sets(given)),
        sources=tuple(sources_),
        metrics=tuple(metrics_),
        objects=tuple(draw(objects(id_, given["objects"])) for id_ in given["objects"]),
        organizations=tuple(
            draw(organizations(id_, given["organizations"])) for id_ in given["organizations"]
        ),
        retired_ids=draw(_retired_ids(given)),
    )


def _subset(ids: Sequence[str]) -> SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(ids), max_size=2) if ids else st.just([])


@st.composite
def _claim_sets(draw: DrawFn, given: dict[str, list[str]]) -> tuple[m.ClaimSet, ...]:
    """Share the claims out among documents."""
    documents: dict[str, list[m.Claim]] = {}
    for id_ in given["claims"]:
        document = draw(st.sampled_from(given["sources"]))
        documents.setdefault(document, []).append(
            draw(
                claims(
                    id_,
                    sources=given["sources"],
                    categories=given["categories"],
                    cases=given["cases"],
                    challenges=given["challenges"],
                    lessons=given["lessons"],
                )
            )
        )

    return tuple(
        m.ClaimSet(document=document, claims=tuple(documents[document]))
        for document in sorted(documents)
    )


@st.composite
def _retired_ids(draw: DrawFn, given: dict[str, list[str]]) -> tuple[m.RetiredId, ...]:
    used = set(chain.from_iterable(given.values()))
    retired = [id_ for id_ in draw(ids(0, 3)) if id_ not in used]
    kinds = st.sampled_from(["cases", "categories", "challenges", "lessons", "claims", "sources"])
    made = []
    for id_ in retired:
        table = draw(kinds)
        redirect = draw(_one_or_none(given[table]))
        made.append(
            m.RetiredId.model_validate(
                {"table": table, "id": id_, "redirect": redirect, "reason": draw(lines())}
            )
        )

    return tuple(made)
