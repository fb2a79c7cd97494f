"""
Rules on fields that have to agree within a record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.evidence.testimony import Standing, standing_of
from interpol_dataset.findings import Fix
from interpol_dataset.records import models as m
from interpol_dataset.records.defects import ShapeDefect, ShapeFault
from interpol_dataset.rules.rule import DefectRule, Layer, RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from interpol_dataset.findings import Finding, KeyPath
    from interpol_dataset.records.folder import Entry


class EmptyReport(DefectRule[ShapeDefect]):
    """A report states at least one thing besides its source."""

    code, name, layer = "MNG001", "empty-report", Layer.MEANING
    faults = (ShapeFault.EMPTY_REPORT,)
    message = "a report states at least one thing besides its source"
    hint = "write down what the page says, or remove the report"


class RelationTarget(DefectRule[ShapeDefect]):
    """A relation names exactly one target, of the kind that its type is about."""

    code, name, layer = "MNG002", "relation-target", Layer.MEANING
    faults = (ShapeFault.RELATION_TARGET,)
    message = "'possibly-described-by' names a claim, every other relation names a case"
    hint = "name one case, or one claim with 'possibly-described-by'"


class SourceDate(DefectRule[ShapeDefect]):
    """A source has either its date of publication or the reason why it has none."""

    code, name, layer = "MNG003", "source-date", Layer.MEANING
    faults = (ShapeFault.SOURCE_DATE,)
    message = "a source has either 'published' or the reason why it is 'undated'"
    hint = "add 'published: ...', or 'undated: ...' with the reason, and not both"


class SourcePlace(DefectRule[ShapeDefect]):
    """A source can be found again: by its address, or by the hash of its bytes; or says why not."""

    code, name, layer = "MNG004", "source-place", Layer.MEANING
    faults = (ShapeFault.SOURCE_PLACE,)
    message = "a source has a 'url' or a 'sha256', or says in 'withheld' why it gives no address"
    hint = "add 'url: ...', or 'sha256: ...' of the file that was kept; or keep only 'withheld'"


class StatedOnce(RecordRule[m.Case | m.Challenge | m.Lesson | m.ClaimSet]):
    """A list has each item once, and a source states a fact once."""

    code, name, layer = "MNG006", "stated-once", Layer.MEANING
    models = (m.Case, m.Challenge, m.Lesson, m.ClaimSet)
    needs = ("reports",)

    #: The lists in records, and the field by which their items differ; ``None`` for the item.
    _LISTS: Final = (
        (("reports",), "source"),
        (("reports", "*", "organizations"), "organization"),
        (("reports", "*", "tools"), "tool"),
        (("reports", "*", "countries", "list"), None),
        (("evidence",), "source"),
        (("claims", "*", "evidence"), "source"),
        (("aliases",), None),
        (("challenges",), None),
        (("prefer",), "fact"),
        (("disputes",), "fact"),
        (("parts",), "fact"),
        (("cases",), "case"),
    )

    def check(
        self, entry: Entry, record: m.Case | m.Challenge | m.Lesson | m.ClaimSet
    ) -> Iterator[Finding]:
        """Look for repeated facts, sources and items, in the order of the file."""
        if isinstance(record, m.Case):
            for index, report in enumerate(record.reports):
                facts = [outcome.fact for outcome in report.outcomes]
                for number in _repeated(facts):
                    fact = facts[number]
                    after = _after(entry, ("reports", index, "outcomes", facts.index(fact)))
                    message = f"'{fact}' is stated here a second time{after}"
                    hint = (
                        "keep one of the two, distinguish them by object or place, or write part: "
                        "true beside what is only a part, and a part_name beside a second part"
                    )
                    path: KeyPath = ("reports", index, "outcomes", number)
                    yield self.finding(entry, path, message, hint)

        for pattern, key in self._LISTS:
            for above, items in _lists(entry.data, pattern):
                names = [item if key is None else item[key] for item in items]
                for number in _repeated(names):
                    name = names[number]
                    after = _after(entry, (*above, names.index(name)))
                    message = f"'{name}' is listed here a second time{after}"
                    path = (*above, number) if key is None else (*above, number, key)
                    # What says nothing else can go; between two entries a person has to choose.
                    fix = Fix(path) if key is None else None
                    hint = "keep one of the two"
                    if key == "source":
                        hint = "put all that it says into one of the two, and remove the other"
                    yield self.finding(entry, path, message, hint, fix=fix)


def _after(entry: Entry, path: KeyPath) -> str:
    """Return the line of what is there already, as the end of a sentence."""
    span = entry.place(path).span

    return f", after line {span.line}" if span else ""


def _repeated(names: Sequence[str]) -> Iterator[int]:
    """Return the positions of what is in a list before."""
    seen: set[str] = set()
    for number, name in enumerate(names):
        if name in seen:
            yield number
        seen.add(name)


def _lists(
    data: Any,  # noqa: ANN401  # plain values
    pattern: tuple[str, ...],
    above: KeyPath = (),
) -> Iterator[tuple[KeyPath, list[Any]]]:
    """Return the lists whose path matches a pattern; ``*`` matches every item."""
    if not pattern:
        yield above, data or []
    elif pattern[0] == "*":
        for index, item in enumerate(data):
            yield from _lists(item, pattern[1:], (*above, index))
    elif data.get(pattern[0]) is not None:
        yield from _lists(data[pattern[0]], pattern[1:], (*above, pattern[0]))


class EditionOfSeries(RecordRule[m.Case]):
    """An edition belongs to a series."""

    code, name, layer = "MNG008", "edition-of-series", Layer.MEANING
    models = (m.Case,)
    needs = ("series", "edition")
    excusable = True

    def check(self, entry: Entry, record: m.Case) -> Iterator[Finding]:
        """Look for editions without a series."""
        if record.edition and not record.series:
            message = "the case has an edition but no series"
            hint = "add 'series: ...', or remove the edition"
            yield self.finding(entry, ("edition",), message, hint, key=True)


class OtherThanItself(RecordRule[m.Case]):
    """A case refers to others, not to itself, and to each of them once."""

    code, name, layer = "MNG010", "other-than-itself", Layer.MEANING
    models = (m.Case,)
    needs = ("id", "relations", "categories")

    def check(self, entry: Entry, record: m.Case) -> Iterator[Finding]:
        """Look for repeated categories and relations, and for relations to the case itself."""
        related: dict[tuple[str, str | None], int] = {}
        for index, relation in enumerate(record.relations):
            target = relation.case or relation.claim
            if relation.case == record.id:
                message = "the case is related to itself"
                path: KeyPath = ("relations", index, "case")
                yield self.finding(entry, path, message, "name another case")
            elif (first := related.get((relation.type, target))) is not None:
                after = _after(entry, ("relations", first))
                message = f"'{relation.type}' '{target}' is listed here a second time{after}"
                yield self.finding(entry, ("relations", index), message, "remove one of the two")
            related.setdefault((relation.type, target), index)

        listed: set[str] = set()
        for index, category in enumerate(record.categories):
            if category in listed:
                after = _after(entry, ("categories", record.categories.index(category)))
                message = f"'{category}' is listed here a second time{after}"
                fix = Fix(("categories", index))
                yield self.finding(entry, fix.path, message, "remove one of the two", fix=fix)
            listed.add(category)


class AttributedToAnother(RecordRule[m.Case]):
    """A statement in a body's own document is attributed to nobody or to somebody else."""

    code, name, layer = "MNG011", "attributed-to-another", Layer.MEANING
    models = (m.Case,)
    needs = ("reports",)
    excusable = True

    def check(self, entry: Entry, record: m.Case) -> Iterator[Finding]:
        """Look for attributions to the body whose document it is."""
        for index, report in enumerate(record.reports):
            source = self.context.sources.get(report.source)
            for path, stated in _stated(report):
                if (
                    source
                    and stated.attributed_to == source.asserter
                    and standing_of(source) is Standing.DOCUMENT
                ):
                    fix = Fix(("reports", index, *path, "attributed_to"))
                    message = f"'{source.id}' is a document of '{source.asserter}' itself"
                    yield self.finding(entry, fix.path, message, "remove attributed_to", fix=fix)


def _stated(report: m.Report) -> Iterator[tuple[KeyPath, m.Stated]]:
    """Return all that a report states, with the path to it."""
    for name in ("interpol_role", "period", "announced", "country_count", "countries"):
        stated = getattr(report, name)
        if stated is not None:
            yield (name,), stated
    for name in ("organizations", "tools", "outcomes"):
        for number, stated in enumerate(getattr(report, name)):
            yield (name, number), stated
