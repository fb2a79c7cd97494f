"""Tests of :mod:`interpol_dataset.dataset.explanation`."""

from dataclasses import replace
from typing import Any

from interpol_dataset import Dataset
from interpol_dataset.dataset.explanation import details, groups


def test_every_voice_is_in_one_group(dataset: Dataset) -> None:
    """Nobody is left out or heard twice; what is not heard comes last."""
    why = dataset.explain("pangea-xiv", "outcomes/arrests")
    found = list(groups(why))
    assert sorted(voice.source for voice in why.voices) == sorted(
        voice.source for group in found for voice in group.voices
    )
    heard = [bool(group.names) for group in found]
    assert heard == sorted(heard, reverse=True)


def test_standing(small: Dataset) -> None:
    """The bodies of the operation have one count, unless one counted for itself."""
    why = small.explain("alpha-ii", "outcomes/arrests")
    counted = replace(why, voices=tuple(replace(voice, own_count=True) for voice in why.voices))
    assert {"one count with the operation"} == {g.standing for g in groups(why) if g.names}
    assert {"counted for itself"} == {g.standing for g in groups(counted) if g.names}


def test_standing_where_there_is_no_tally(small: Dataset) -> None:
    """Of a part that is somebody's own, the others know as bodies of the operation."""
    why = small.explain("alpha-ii", "organizations/europol")
    itself = replace(why, voices=tuple(replace(voice, observer="x") for voice in why.voices))
    assert [g.standing for g in groups(itself) if g.names] == ["could know it itself"]
    assert [g.standing for g in groups(why) if g.names] == ["as the operation knows it"]


def test_bodies_that_count_as_one(small: Dataset) -> None:
    """A body that could know a part itself names those that count as one body with it."""
    why = small.explain("alpha-ii", "organizations/europol")
    (group,) = (group for group in groups(why) if group.names)
    apart = replace(
        why,
        voices=tuple(replace(voice, observer="europol") for voice in group.voices),
        bodies={"europol": (*group.names, "Eurojust")},
    )
    (found,) = groups(apart)

    assert found.standing == "could know it itself, as one with Eurojust"


def test_a_bystander_that_is_heard_only_looks_on(dataset: Dataset) -> None:
    """A newsroom has no share in the tally, even where no party speaks and it is heard."""
    why = dataset.explain("al-shaheen", "outcomes/items-seized/electronics")
    (group,) = groups(why)
    assert (group.heading, group.standing) == ("The Peninsula", "took no part")


def test_standing_of_several(small: Dataset) -> None:
    """What several bodies could know, or one whose name is a plural, is said in the plural."""
    why = small.explain("alpha-ii", "outcomes/arrests")
    first = why.voices[0]

    def standing(**changes: Any) -> str:
        voice = replace(first, party="police", asserters=("Spanish authorities",), **changes)
        (group,) = groups(replace(why, voices=(voice,)))
        return group.standing

    assert standing(own_count=True) == "counted for themselves"
    assert standing(observer="police") == "could know it themselves"
    assert standing(stance="bystander") == "took no part"


def test_cells_without_a_status_have_no_standing(small: Dataset) -> None:
    """Where nothing was judged, the voices are grouped by who says so."""
    found = list(groups(small.explain("alpha-ii", "summary")))
    assert found
    assert {""} == {group.standing for group in found}


def test_details(small: Dataset) -> None:
    """The source's word, the stage and day of its count, and its basis of valuation are told."""
    voice = small.explain("alpha-ii", "outcomes/arrests").voices[0]
    more = {"said_as": "charged", "stage": "preliminary", "as_of": "2022-06-28"}
    known = [*details(replace(voice, **more, valuation="street"))]
    assert list(details(voice)) == []
    assert known[:2] == ["called “charged”", "preliminary count"]
    assert known[2:] == ["as of 28 June 2022", "street value"]


def test_what_is_not_heard(small: Dataset) -> None:
    """Retellings under another word stand apart from sources that do not count."""
    why = small.explain("alpha-ii", "outcomes/arrests")
    first, second, *_ = why.voices
    stances = {first: "not_counted", second: "drifted"}
    voices = tuple(replace(voice, party=None, stance=it) for voice, it in stances.items())
    unheard = replace(why, voices=voices)
    assert [("Retold as something else", second.source), ("Not counted", first.source)] == [
        (group.heading, voice.source) for group in groups(unheard) for voice in group.voices
    ]
