"""Tests of :mod:`interpol_dataset.evidence.facts`."""

from typing import Any, Final

from helpers.each import each
from helpers.strategies import source
from interpol_dataset.evidence.facts import assess, bodies_of, grade_of
from interpol_dataset.records import models as m
from interpol_dataset.records.document import Records

CASE: Final = m.Case.model_validate(
    {
        "id": "alpha",
        "name": "Operation Alpha",
        "categories": ["fraud"],
        "summary": "An operation.",
        "reports": [
            {
                "source": "release",
                "organizations": [{"organization": "police", "role": "partner", "at": "lead"}],
                "outcomes": [{"metric": "arrests", "value": 9, "at": "lead"}],
            },
            {"source": "farm", "outcomes": [{"metric": "losses", "value": 9, "at": "lead"}]},
        ],
    }
)
BODIES: Final = [
    {"id": "interpol", "kind": "intergovernmental"},
    {"id": "ministry", "kind": "government", "country": "KOR"},
    {"id": "police", "kind": "police", "country": "KOR", "parent": "ministry"},
    {"id": "fraud-unit", "kind": "police", "country": "KOR", "parent": "police"},
    {"id": "auditor", "kind": "parliament", "country": "KOR"},
    {"id": "farm", "kind": "company"},
]
SOURCES: Final = (
    source("release"),
    source("unit", asserter="fraud-unit"),
    source("ministry", asserter="ministry"),
    source("audit", "oversight", "auditor"),
    source("farm", "content_site", "farm"),
)


def _grade(evidence: dict[str, Any], *links: dict[str, Any]) -> str:
    """Return the grade of a lesson with one piece of evidence and some links to the case."""
    lesson = m.Lesson.model_validate(
        {
            "id": "lesson",
            "name": "Lesson",
            "statement": "It works.",
            "evidence": [{"source": "release", "finds": "supports", "at": "lead"} | evidence],
            "cases": [{"case": "alpha", "source": "release", "at": "lead"} | x for x in links],
        }
    )
    bodies = tuple(m.Organization.model_validate({"name": "Body", **body}) for body in BODIES)
    records = Records(cases=(CASE,), lessons=(lesson,), sources=SOURCES, organizations=bodies)

    return grade_of(lesson, assess(records), bodies_of(bodies))


@each(
    "grade, evidence, link",
    [
        ("evaluated", {"source": "audit", "evaluates": True}, {"shows": "answered"}),
        ("evaluated", {"source": "audit", "evaluates": True, "finds": "partly"}, None),
        ("asserted", {"source": "audit", "evaluates": True, "finds": "contradicts"}, None),
        ("measured", {}, {"shows": "measured", "result": "outcomes/arrests"}),
        ("measured", {}, {"shows": "measured", "value": 3}),
        # What only a page that never counts says is no number, and no evaluation.
        ("asserted", {}, {"shows": "measured", "value": 3, "source": "farm"}),
        ("asserted", {}, {"shows": "measured", "result": "outcomes/losses"}),
        ("asserted", {"source": "farm", "evaluates": True}, None),
        ("illustrated", {}, {"shows": "answered", "result": "outcomes/arrests"}),
        ("illustrated", {}, {"shows": "answered", "source": "audit"}),
        # Those who acted praise themselves, also through a unit or a ministry of theirs.
        ("asserted", {}, {"shows": "answered"}),
        ("asserted", {}, {"shows": "answered", "source": "unit"}),
        ("asserted", {}, {"shows": "answered", "source": "ministry"}),
        ("asserted", {}, {"shows": "answered", "source": "farm"}),
        ("asserted", {}, {"shows": "counter-example", "result": "outcomes/arrests"}),
        ("asserted", {"source": "audit"}, None),
    ],
)
def test_the_grade_is_the_best_that_something_speaks_for(
    grade: str, evidence: dict[str, Any], link: dict[str, Any] | None
) -> None:
    """A grade rests on who judged, on numbers, on cases; praise of one's own lifts none."""
    assert grade == _grade(evidence, *([link] if link else []))
