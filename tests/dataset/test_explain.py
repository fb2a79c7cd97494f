"""Tests of :meth:`interpol_dataset.Dataset.explain`."""

import json
import re
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from helpers.each import each
from helpers.edit import descriptor, edit
from interpol_dataset import Dataset, PackageError, UnknownRecordError, load
from interpol_dataset.build import build
from interpol_dataset.dataset.explanation import Explanation
from interpol_dataset.dataset.export import export
from interpol_dataset.dataset.sentence import in_words
from interpol_dataset.tables.rows import TABLES


def test_fact(small: Dataset) -> None:
    """A fact is explained with value, status, rule, parties and what every source says."""
    why = small.explain("alpha-ii", "outcomes/arrests")

    assert (why.table, why.record, why.field) == ("cases", "alpha-ii", "outcomes/arrests")
    assert (why.value, why.status, why.chosen) == ("975", "documented", "interpol-2022-alpha")
    assert (why.verdict, why.read, why.fact_class) == (None, "document", "figure")
    assert why.rule.startswith("documented: a body says so in its own document")
    assert why.parties == {
        "interpol": ("daily-2022-alpha", "interpol-2022-alpha"),
        "europol": ("europol-2022-alpha",),
    }
    assert {item.source: (item.value, item.stance) for item in why.voices} == {
        "daily-2022-alpha": ("945", "deviates"),
        "europol-2022-alpha": ("900..1000", "supports"),
        "interpol-2022-alpha": ("975", "supports"),
        "page-farm-2023-alpha": ("5", "not_counted"),
    }
    # It is plain values, too, and an outcome may be named without its table.
    assert json.loads(json.dumps(why.to_dict()))["status"] == "documented"
    assert small.explain("alpha-ii", "arrests") == why


def test_printed(small: Dataset) -> None:
    """Printed, an explanation says what the value rests on, then who says what, and where."""
    text = str(small.explain("alpha-ii", "outcomes/arrests"))

    for part in (
        "alpha-ii outcomes/arrests: 975 [documented]",
        "  Documented: Europol and ICPO agree on 975 arrests, in texts of their own. Nobody",
        "  Europol (one count with the operation)\n",
        "    - 900 to 1,000 (agrees) in europol-2022-alpha\n",
        "    - 975 (the value taken) in interpol-2022-alpha\n",
        "    - 945 (tells it differently) in daily-2022-alpha\n",
        "  Not counted\n    - 5 (does not count) in page-farm-2023-alpha\n",
        "paragraph 2",
        "https://example.org/interpol-2022-alpha",
    ):
        assert part in text


def test_other_words_are_printed_of_words_alone(small: Dataset) -> None:
    """Numbers that do not contradict stand with their sources; other words are worth a line."""
    figure, role = (small.explain("alpha-ii", of) for of in ("outcomes/arrests", "interpol_role"))
    assert "Also said: supported\n" in str(replace(role, variants=("supported",)))
    assert "Also said" not in str(replace(figure, variants=(">900",)))


def test_a_page_that_is_not_linked_says_why(small: Dataset) -> None:
    """It is the page that names somebody, not its address."""
    why = small.explain("alpha-ii", "outcomes/arrests")
    voice = replace(why.voices[0], url=None, withheld="It names a suspect.")
    shown = str(replace(why, voices=(voice,)))
    assert "      this page is not linked: it names a suspect.\n" in shown


def test_preference_is_told(small: Dataset) -> None:
    """A value that the rule would not take says why it was."""
    why = small.explain("alpha-ii", "outcomes/seizures/cocaine")
    assert (why.value, why.unit, why.preferred) == ("1400", "kg", "The release has a slip.")
    assert "Chosen in the record, not by rank and date, because: The release has" in str(why)


@each(
    "record, column, fact",
    [
        ("alpha-ii", "start", "period"),
        ("alpha-ii", "country_count_lower", "country_count"),
        ("alpha-ii", "existence_status", "exists"),
        ("fraud", "iccs_name", "iccs"),
        ("seed-p02-01", "verdict", "statement"),
        ("no-power-of-arrest", "verdict", "statement"),
        ("work-together", "verdict", "statement"),
    ],
)
def test_derived_columns(small: Dataset, record: str, column: str, fact: str) -> None:
    """A column that is worked out from a fact is explained by that fact."""
    why = small.explain(record, column)
    assert fact == why.field
    assert why.is_fact
    assert why.voices


@each("column", ["summary", "name", "series", "aliases"])
def test_editorial_columns(small: Dataset, column: str) -> None:
    """What the dataset has written itself rests on all the record's sources."""
    why = small.explain("alpha-ii", column)
    assert (why.status, len(why.voices)) == (None, 4)
    assert why.rule == "written for this dataset, from the sources of the record"


def test_empty_fields(small: Dataset) -> None:
    """What no source states was not written for this dataset, either."""
    why = small.explain("alpha-i", "period")
    assert (why.value, why.status) == (None, None)
    assert why.rule.startswith("empty: no source of the record states it")


@each(
    "record, field, table, what, hint",
    [
        ("fraud", "iccs", "cases", "no 'fraud' among the cases", ""),
        ("alpha-ii", "period", "outcome", "no table 'outcome'", "did you mean 'outcomes'?"),
        ("alpha-ii", "period", 3, "there is no table '3'", ""),
        (None, "period", None, r"no None among the records \(give the id as", ""),
        ("alpha-ii", None, None, "no field 'None'", ""),
        (3, "status", "case_countries", "by case_id, country", ""),
        ("alpha-iii", "period", None, "no 'alpha-iii'", "did you mean 'alpha-ii'?"),
        (
            *("alpha-ii", "outcomes/arrest", None),
            *("no field 'outcomes/arrest'", "did you mean 'outcomes/arrests'?"),
        ),
        ("alpha-ii", "perod", None, "no field 'perod'", "did you mean 'period'?"),
        ("seed-p01-1", "statement", None, "no 'seed-p01-1'", "did you mean 'seed-p01-01'?"),
        ("alpha-ii", "zzz", None, "'alpha-ii' has no field 'zzz'", "outcomes/arrests"),
        ("alpha-ii", "status", "case_countries", "is found by case_id, country", ""),
        ("alpha-ii,NZL", "status", "case_countries", "no row 'alpha-ii,NZL' in 'case_co", ""),
        ("gamma", "period", None, "withdrawn from the cases: Nobody", ""),
    ],
)
def test_what_can_not_be_explained(
    small: Dataset, record: Any, field: Any, table: Any, what: str, hint: str
) -> None:
    """What there is not is refused, with what may be meant; so is what is neither id nor field."""
    with pytest.raises(UnknownRecordError, match=what) as caught:
        small.explain(record, field, table=table)
    assert hint in str(caught.value.hint)


def test_package_without_records(small: Dataset, tmp_path: Path) -> None:
    """An export of figures alone has nothing that could be explained, and says so."""
    export(small.tables, tmp_path / "out", "csv", tables=["outcomes"])
    with pytest.raises(UnknownRecordError, match="has no table of records") as caught:
        load(tmp_path / "out").explain("alpha-ii", "period")
    assert caught.value.hint == "it has outcomes"


def test_claim_with_searches(small: Dataset) -> None:
    """A claim that nobody bears out tells what was looked for."""
    why = small.explain("seed-p01-01", "statement")
    assert (why.verdict, why.searches) == ("not-found", ("Operation Beta (2026-11-24)",))
    assert "searched without success: Operation Beta (2026-11-24)" in str(why)


def test_keys_of_records(small: Dataset) -> None:
    """A retired id leads to the record that took its place; a link is found by all of its key."""
    why = small.explain("alpha-ii,KOR", "status", table="case_countries")
    assert (why.table, why.record, why.field) == ("cases", "alpha-ii", "countries/KOR")
    assert small.explain("alpha-2", "period") == small.explain("alpha-ii", "period")
    assert small.explain("fraud", "iccs", table="categories").field == "iccs"


def test_every_cell_can_be_asked(small: Dataset) -> None:
    """Every column of every table answers who says so, in the first rows of each."""
    for row in TABLES:
        for values in islice(small[row.TABLE], 20):
            key = tuple(str(values[name]) for name in row.KEY)
            for column in values:
                why = small.explain(key, column, table=row.TABLE)
                assert why.rule, (row.TABLE, key, column)


def test_every_column_says_where_it_comes_from(small: Dataset) -> None:
    """A column with a status, and whatever else a fact gives, is explained by that fact."""
    asked = {
        (row.TABLE, column): small.explain(
            tuple(str(values[name]) for name in row.KEY), column, table=row.TABLE
        )
        for row in TABLES
        for values in small[row.TABLE]
        for column in values
        if column in {"status", "verdict", "existence_status"} and values[column] is not None
    }

    expected = {"cases", "outcomes", "claims", "challenges", "case_countries"}
    assert expected <= {table for table, _ in asked}
    assert all(why.is_fact for why in asked.values())


@each(
    "record, field, value, facts",
    [
        ("alpha-ii", "categories", "online-fraud; fraud", ()),
        ("alpha-ii", "countries", "AUS; KOR; NOR", ("countries/AUS", "countries/KOR")),
        ("alpha-ii", "organizations", "europol", ("organizations/europol",)),
        ("alpha-ii", "relations", "alpha-i; seed-p01-01", ()),
        ("no-power-of-arrest", "cases", "1", ("cases/alpha-ii",)),
    ],
)
def test_lists(small: Dataset, record: str, field: str, value: str, facts: tuple[str]) -> None:
    """A list of a record is explained by its entries, and the facts that they are."""
    why = small.explain(record, field)
    assert value == why.value
    assert set(facts) <= {fact.path for fact in why.facts}


@each(
    "record, column, table, value, facts",
    [
        ("alpha-ii", "arrests", "cases", "1075", {"outcomes/arrests@KOR"}),
        ("alpha-ii", "year", "cases", "2022", {"period", "announced"}),
        ("alpha-ii", "year_basis", "cases", "ended", {"period", "announced"}),
        ("alpha-ii,arrests", "basis", "case_totals", "sum", {"outcomes/arrests@KOR"}),
        ("alpha-ii,arrests,count", "point", "case_totals", "1075", {"outcomes/arrests@KOR"}),
        ("alpha-ii,KOR,arrests", "lower", "country_totals", "100", {"outcomes/arrests@KOR"}),
        ("alpha-ii,outcomes/arrests@KOR", "part_of_basis", "outcomes", "stated", set()),
    ],
)
def test_what_is_computed(
    small: Dataset, record: str, column: str, table: str, value: str | None, facts: set[str]
) -> None:
    """A cell that is worked out from several figures names them, also those of other cases."""
    why = small.explain(record, column, table=table)
    assert why.rule.startswith("computed: ")
    assert facts <= {fact.path for fact in why.facts}
    if value:
        assert value == why.value


def test_a_headline_goes_behind_a_fact_of_its_name(dataset: Dataset) -> None:
    """A column of cases is meant where the table is named; else the case's own fact."""
    assert dataset.explain("haechi-iii", "arrests").field == "outcomes/arrests"
    assert dataset.explain("haechi-iii", "arrests", table="cases").field == "arrests"
    with pytest.raises(UnknownRecordError) as caught:
        dataset.explain("haechi-iii", "asets_usd")
    assert caught.value.hint == "did you mean 'assets_usd'?"


def test_cells_that_a_headline_leaves_empty(dataset: Dataset) -> None:
    """What is known that is less than a total is told."""
    part = dataset.explain("haechi-vi", "arrests", table="cases")
    assert (part.value, [fact.path for fact in part.facts]) == (None, ["outcomes/arrests@PRT~part"])
    assert "only 'at least 45' is known (part: " in part.rule


def test_a_total_says_where_it_is_counted(dataset: Dataset) -> None:
    """A total that another case includes says so, with that case."""
    why = dataset.explain("pandora-ii,arrests", "point", table="case_totals")
    assert "stated: a source states this very total" in why.rule
    assert "counted in 'athena', so leave it out of sums" in why.rule


@each(
    "table, key",
    [
        ("cases", "lionfish-hurricane"),
        ("case_totals", "haechi-iii,assets-taken"),
        ("case_object_totals", "lionfish-hurricane,weight-seized,drugs"),
        ("country_totals", "black-poseidon-ii,TUR,items-seized/cigarettes"),
        ("outcomes", "haechi-iii,outcomes/arrests@GRC~part"),
    ],
)
def test_every_column_is_explained(dataset: Dataset, table: str, key: str) -> None:
    """Whatever a cell holds, something is said of it."""
    for column in dataset[table].columns:
        why = dataset.explain(key, column, table=table)
        assert why.rule or why.sentence


def test_figures_that_a_total_leaves_out(dataset: Dataset) -> None:
    """An explanation names what may be the same as what counts, and how money was converted."""
    why = dataset.explain("haechi-iii", "assets_usd")
    left_out = next(fact for fact in why.facts if not fact.counts)

    assert (left_out.path, left_out.record) == ("outcomes/assets-frozen:KRW", None)
    assert left_out.converted == "USD 130,184,403 by the rate of 2022-11-24"
    assert (
        "  left out, because they may be the same as those that count:\n"
        "    outcomes/assets-frozen:KRW: about KRW 175,500,000,000 "
        "(USD 130,184,403 by the rate of 2022-11-24) [documented]"
    ) in str(why)
    assert [fact.converted for fact in why.facts if fact.counts] == [None]


def test_figures_have_the_units_that_they_count_in(dataset: Dataset) -> None:
    """A figure is written as it was stated, then as it counts, so that the sum can be checked."""
    text = str(dataset.explain("lionfish-hurricane", "drugs_kg"))

    assert text.startswith("lionfish-hurricane drugs_kg: at least 108,000 kg [documented]\n")
    assert "    outcomes/weight-seized/cannabis@GHA~part: 18.8 kg [documented]" in text
    assert "  outcomes/weight-seized/cocaine: more than 56 t (56,000 kg) [documented]\n" in text
    key = "lionfish-hurricane,weight-seized,drugs"
    row = dataset.explain(key, "lower", table="case_object_totals")
    assert "more than 52 t (52,000 kg)" in str(row)
    listed = str(dataset.explain(row.record, "outcomes"))
    assert "weight-seized: more than 615 t [documented]" in listed


def test_each_figure_of_a_sum_counts_in_its_unit(dataset: Dataset) -> None:
    """What the figures of a total count adds up to it, whatever they were stated in."""
    stated = set()
    for row in dataset.case_object_totals:
        if (row["unit"], row["basis"], row["object_id"]) != ("kg", "sum", "drugs"):
            continue
        total = 0.0
        key = row["case_id"], row["metric_id"], row["object_id"]
        for fact in dataset.explain(key, "point", table="case_object_totals").facts:
            if fact.counts:
                number = fact.converted or in_words(fact.path, str(fact.value), fact.unit)
                assert number.endswith(" kg")
                stated.add(fact.unit)
                *_, last = re.findall(r"[0-9.,]+(?= kg$)", number)
                total += float(last.replace(",", ""))
        assert pytest.approx(row["point"]) == total

    assert {"t", "kg"} <= stated


def test_the_source_of_the_value_comes_first(dataset: Dataset) -> None:
    """The source whose value was taken is the first that is read, then the others by their ids."""
    why = dataset.explain("haechi-iv", "outcomes/arrests")
    ids = re.findall(r"(?m)^    - .* in (\S+)$", str(why))
    assert why.chosen == ids[0] != why.voices[0].source
    assert sorted(ids[1:]) == ids[1:]
    assert {voice.source for voice in why.voices} == set(ids)


def test_figures_that_a_figure_lies_in_or_may_overlap_with(dataset: Dataset) -> None:
    """A part is told from a total; what may overlap is named on both sides."""
    part = dataset.explain("haechi-iii", "outcomes/arrests@GRC~part")
    total = dataset.explain("synergia-ii", "suspects-identified")

    assert part.part_of == "outcomes/arrests"
    assert "  Included in outcomes/arrests\n" in str(part)
    assert (total.part_of, total.may_overlap) == (None, ("outcomes/suspects-identified@MNG",))
    overlap = "  May count some of the same things as: outcomes/suspects-identified@MNG\n"
    assert overlap in str(total)
    beside = dataset.explain("synergia-ii", "outcomes/suspects-identified@MNG")
    assert beside.may_overlap == ("outcomes/suspects-identified",)
    assert dataset.explain("haechi-iii", "period").may_overlap == ()


def test_inconsistent_package(small: Dataset, tmp_path: Path) -> None:
    """Evidence that names a source which is not there is an error of the package."""
    package = export(small.tables, tmp_path / "out", "jsonl")
    edit(package / "sources.jsonl", ('"europol-2022-alpha"', '"europol-2022-alphb"'))
    with descriptor(package):
        pass
    with pytest.raises(PackageError, match="'europol-2022-alpha', which is not in the package"):
        load(package).explain("alpha-ii", "arrests")


def test_a_record_that_is_there_goes_before_one_that_was(project: Path) -> None:
    """An id that is in use in one table and retired in another leads to the record in use."""
    with (project / "data/records/retired_ids.yaml").open("a", encoding="utf-8") as file:
        file.write("- {table: sources, id: alpha-ii, reason: It was a copy.}\n")
    build(project)
    dataset = load(project)
    assert dataset.explain("alpha-ii", "period").table == "cases"
    assert dataset.case("alpha-ii").id == "alpha-ii"


@each(
    "record, field, table",
    [
        ("interpol-2022-alpha", "title", "sources"),
        ("europol", "name", "organizations"),
        ("arrests", "description", "metrics"),
        ("cocaine", "name", "objects"),
        ("KOR", "name", "countries"),
    ],
)
def test_every_value_can_be_asked(small: Dataset, record: str, field: str, table: str) -> None:
    """What rests on no source says what it rests on."""
    why = small.explain(record, field)
    assert (table, record, None) == (why.table, why.record, why.status)
    assert why.value
    assert why.rule


def test_a_total_in_words(dataset: Dataset) -> None:
    """A headline figure has its hedge and unit; the value stays the cell's."""
    stated = dataset.explain("haechi-iii", "assets_usd")
    hedged = dataset.explain("thunder-2023", "wildlife_items")
    assert stated.value == "129975440"
    assert _headline(stated) == "haechi-iii assets_usd: USD 129,975,440 [documented]"
    assert _headline(hedged) == "thunder-2023 wildlife_items: more than 2,000 [documented]"


def test_a_list_of_figures(dataset: Dataset) -> None:
    """Figures are counted, and then named with their values."""
    heading, _, first, *_ = str(dataset.explain("haechi-iii", "outcomes")).splitlines()
    assert re.fullmatch("haechi-iii outcomes: [0-9]+ figures", heading)
    assert first == "  outcomes/accounts-blocked: nearly 2,800 [documented]"


def _headline(why: Explanation) -> str:
    return str(why).partition("\n")[0]
