"""Tests of what counts of figures that may overlap, in :mod:`interpol_dataset.totals.total`."""

from decimal import Decimal
from itertools import chain, combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from interpol_dataset.schema.vocabulary import Doubt, Status
from interpol_dataset.totals.containment import DoubtfulPair
from interpol_dataset.totals.figures import Figure
from interpol_dataset.totals.total import Candidate, at_least, choose
from interpol_dataset.values.fact_path import FactPath


def candidate(name: str, number: int, status: Status = Status.DOCUMENTED) -> Candidate:
    """Return a part that was counted exactly."""
    path = FactPath.outcome("arrests", is_part=True, part_name=name)
    exact = Decimal(number)
    return Candidate(Figure(path, exact, exact, exact), path, status, "")


@st.composite
def parts(draw: st.DrawFn) -> tuple[list[Candidate], list[DoubtfulPair]]:
    """Return up to eight parts, of which some may overlap."""
    numbers = draw(st.lists(st.integers(1, 50), min_size=2, max_size=8))
    items = [candidate(f"p{index}", number) for index, number in enumerate(numbers)]
    pairs = [*combinations([item.path for item in items], 2)]
    drawn = draw(st.lists(st.sampled_from(pairs), unique=True))
    return items, [DoubtfulPair(one, other, Doubt.PARTS) for one, other in drawn]


def total(items: list[Candidate], doubts: list[DoubtfulPair]) -> Decimal:
    """Return the lower bound that parts make."""
    return at_least(choose(items, doubts, {None})[0])


@given(parts())
def test_no_choice_of_figures_apart_makes_more(
    case: tuple[list[Candidate], list[DoubtfulPair]],
) -> None:
    """What counts can't overlap, and nothing else that can't would make more."""
    items, doubts = case
    overlaps = [{doubt.fact, doubt.other} for doubt in doubts]
    apart = [
        chosen
        for chosen in chain(*(combinations(items, size) for size in range(1, len(items) + 1)))
        if not any(pair <= {item.path for item in chosen} for pair in overlaps)
    ]
    chosen = choose(items, doubts, {None})[0]

    assert {item.path for item in chosen} in [{item.path for item in other} for other in apart]
    assert max(sum(item.figure.lower for item in other) for other in apart) == total(items, doubts)


@given(parts())
def test_one_more_figure_never_lowers_the_bound(
    case: tuple[list[Candidate], list[DoubtfulPair]],
) -> None:
    """A vague figure that may overlap with all others takes nothing away from them."""
    items, doubts = case
    vague = candidate("vague", 7)
    more = [DoubtfulPair(item.path, vague.path, Doubt.PARTS) for item in items]
    assert total(items, doubts) <= total([*items, vague], [*doubts, *more])


@given(st.permutations(["a", "b", "c"]))
def test_of_as_many_the_better_known_count(names: list[str]) -> None:
    """One figure, and two that make as many together, may overlap: the status decides."""
    whole, half, rest = names
    doubts = [
        DoubtfulPair(candidate(whole, 0).path, candidate(name, 0).path, Doubt.PARTS)
        for name in (half, rest)
    ]

    def chosen(of_whole: Status, of_halves: Status) -> set[str | None]:
        items = [
            candidate(whole, 8, of_whole),
            candidate(half, 4, of_halves),
            candidate(rest, 4, of_halves),
        ]
        return {item.path.part_name for item in choose(items, doubts, {None})[0]}

    assert {whole} == chosen(Status.DOCUMENTED, Status.REPORTED)
    assert {half, rest} == chosen(Status.REPORTED, Status.DOCUMENTED)


def test_of_very_many_the_largest_counts() -> None:
    """To try all ways to choose would take long."""
    items = [candidate(f"p{index}", index) for index in range(1, 40)]
    doubts = [DoubtfulPair(one.path, other.path, Doubt.PARTS) for one, other in pairwise(items)]
    assert [items[-1]] == choose(items, doubts, {None})[0]


def test_of_very_many_as_large_the_best_known_counts() -> None:
    """Their names decide only where nothing else does."""
    items = [candidate(f"p{index}", 5, Status.REPORTED) for index in range(1, 40)]
    known = candidate("a", 5)
    doubts = [DoubtfulPair(known.path, item.path, Doubt.PARTS) for item in items]
    assert [known] == choose([*items, known], doubts, {None})[0]
