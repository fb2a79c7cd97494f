"""Tests of :mod:`interpol_dataset.rules.facts`."""

from pathlib import Path

from helpers.base import findings
from helpers.each import each
from helpers.mini import change, write

CASE = "cases/alpha-ii.yaml"
MONEY = "{metric: money-seized, value: ~130000000, unit: USD, at: paragraph 2}"
RETOLD = "{metric: arrests, value: 945, at: lead}"
MADE_UP = "{metric: arrests, value: 5, at: lead}"
NEWSROOM = "  - source: daily-2022-alpha\n"
FINER = "{metric: money-seized, value: 129975440, unit: USD, at: lead}"


def _found(project: Path) -> list[str]:
    """Return what the rule finds."""
    return [finding.message for finding in findings(project) if finding.rule == "POL023"]


def test_a_finer_figure(project: Path) -> None:
    """A newsroom that has exactly what the document rounds is named."""
    change(project, CASE, RETOLD, FINER)
    (message,) = _found(project)
    assert message == (
        "'outcomes/money-seized:USD' is ~130000000 by 'interpol-2022-alpha', "
        "and 129975440 by 'daily-2022-alpha'"
    )


def test_an_exception_as_the_hint_writes_it(project: Path) -> None:
    """Whoever does what the hint says, on a line of its own, is asked no more."""
    change(project, CASE, RETOLD, FINER)
    (hint,) = (str(item.hint) for item in findings(project) if item.rule == "POL023")
    exception, _, where = hint.partition("'# ")[2].partition("reason' ")
    change(project, CASE, NEWSROOM, f"  # {exception}the page is a blog\n{NEWSROOM}")
    assert where == "on a line of its own above"
    assert _found(project) == []


def test_a_preference_answers(project: Path) -> None:
    """Whoever says which value is shown is asked no more, whichever it is."""
    change(project, CASE, RETOLD, FINER)
    old = "prefer:\n"
    for source in ("interpol-2022-alpha", "daily-2022-alpha"):
        fact = f"fact: 'outcomes/money-seized:USD', source: {source}, reason: It is better."
        change(project, CASE, old, f"prefer:\n  - {{{fact}}}\n")
        assert _found(project) == []
        old = f"prefer:\n  - {{{fact}}}\n"


def test_what_is_not_finer(project: Path) -> None:
    """A hedged, an equal, a coarser and another number are no better ones, nor is any of a site."""
    old = RETOLD
    for value in ("~129975440", "130000000", "100000000", "5"):
        change(project, CASE, old, new := FINER.replace("129975440", value))
        assert _found(project) == []
        old = new
    change(project, CASE, old, RETOLD)
    change(project, CASE, MADE_UP, FINER)
    assert _found(project) == []


@each(
    "first, second, is_found",
    [
        ("as_of: 2022-11-01", "as_of: 2022-11-20", True),
        ("as_of: 2022-11-20", "as_of: 2022-11-01", False),
        ("stage: preliminary", "stage: final", True),
        ("stage: final", "stage: preliminary", False),
        ("stage: preliminary", "at: lead", False),
    ],
)
def test_a_later_count(tmp_path: Path, first: str, second: str, *, is_found: bool) -> None:
    """A later count that says otherwise is named, by its day or its stage."""
    project = write(tmp_path)
    change(project, CASE, MONEY, MONEY.replace(", at", f", {first}, at"))
    other = second if second.startswith("at") else f"{second}, at: lead"
    change(project, CASE, RETOLD, f"{{metric: money-seized, value: 200000000, unit: USD, {other}}}")
    assert bool(_found(project)) == is_found


@each(
    "period, is_found",
    [
        ("2022-06-28/2022-11-23", True),
        ("2022-06-01/2022-11-30", False),
        ("2022", False),
        ("2022-06-28/", False),
        ("2022-06-28/2022-11-30~", False),
        ("2022-06-01~/2022-11-23", False),
    ],
)
def test_a_narrower_period(tmp_path: Path, period: str, *, is_found: bool) -> None:
    """Fewer days are better; a month that is written by its days has as many."""
    project = write(tmp_path)
    change(project, CASE, "value: 2022-06-28/2022-11-23", "value: 2022-06/2022-11")
    change(project, CASE, NEWSROOM, f"{NEWSROOM}    period: {{value: {period}, at: lead}}\n")
    assert bool(_found(project)) == is_found
