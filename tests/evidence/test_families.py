"""Tests of :mod:`interpol_dataset.evidence.parties`."""

from hypothesis import given
from hypothesis import strategies as st

from interpol_dataset.evidence.parties import Body, Frame, case_frame, open_frame
from interpol_dataset.schema.vocabulary import OrganizationKind as Kind

BODIES = {
    "interpol": Body(Kind.INTERGOVERNMENTAL),
    "wco": Body(Kind.INTERGOVERNMENTAL),
    "wco-office": Body(Kind.INTERGOVERNMENTAL, parent="wco"),
    "wco-branch": Body(Kind.INTERGOVERNMENTAL, parent="wco-office"),
    "korea-police": Body(Kind.POLICE, "KOR"),
    "korea-customs": Body(Kind.CUSTOMS, "KOR"),
    "korea-court": Body(Kind.COURT, "KOR"),
    "korea-firm": Body(Kind.COMPANY, "KOR"),
    "china-police": Body(Kind.POLICE, "CHN"),
    "hong-kong-police": Body(Kind.POLICE, "HKG"),
    "macao-police": Body(Kind.POLICE, "MAC", parent="china-police"),
    "tribunal": Body(Kind.COURT),
    "newsroom": Body(Kind.MEDIA, "KOR"),
    "ngo": Body(Kind.NGO),
    "ngo-office": Body(Kind.NGO, parent="ngo"),
}


def members(frame: Frame, family: str) -> set[str]:
    """Return the organizations of a family."""
    return {id_ for id_, own in frame.families.items() if own == family}


def test_bodies_of_a_state_are_one() -> None:
    """Police and customs of a country are one body; its courts, firms and newsrooms are not."""
    frame = case_frame(BODIES, concerned=BODIES, named=[])
    assert members(frame, "korea-customs") == {"korea-customs", "korea-police"}
    assert frame.states["KOR"] == "korea-customs"
    assert {"korea-court", "tribunal"} == frame.courts


def test_territory_stays_apart_unless_tied() -> None:
    """A territory has bodies of its own, but for those with a parent elsewhere."""
    frame = case_frame(BODIES, concerned=BODIES, named=[])
    assert members(frame, frame.states["MAC"]) == {"china-police", "macao-police"}
    assert members(frame, frame.states["HKG"]) == {"hong-kong-police"}


def test_parents_tie_across_generations() -> None:
    """A branch of an office is one body with the organization, even if the office is silent."""
    frame = case_frame(BODIES, concerned=["wco-branch", "wco"], named=[])
    assert "wco" == frame.family("wco-branch") == frame.family("wco")


def test_circle_of_parents_ends() -> None:
    """Bodies that are each other's parents are one body."""
    bodies = {"a": Body(Kind.COMPANY, parent="b"), "b": Body(Kind.COMPANY, parent="a")}
    assert case_frame(bodies, concerned=["b"], named=[]).family("b") == "a"


def test_joint_text_makes_one_voice() -> None:
    """Bodies that issue a text together are one, but for those with a part of their own."""
    text = ("wco", "interpol", "korea-police")
    frame = case_frame(
        BODIES, concerned=[], named=["wco"], joint_texts=[text], apart=["korea-police"]
    )
    assert "interpol" == frame.family("wco") == frame.voice(("wco",)) == frame.voice(text)
    assert frame.family("korea-police") == "korea-police"
    assert frame.voice(text, frame.states["KOR"]) == "korea-police"


def test_joint_text_of_bodies_apart_has_one_voice() -> None:
    """If each has a part of its own, the first speaks, in whatever order they are named."""
    apart = ["korea-police", "china-police"]
    frame = case_frame(BODIES, concerned=apart, named=[], joint_texts=[tuple(apart)], apart=apart)
    assert frame.voice(("korea-police", "china-police")) == "china-police"
    assert frame.voice(("china-police", "korea-police")) == "china-police"


def test_police_and_customs_are_one_family_with_two_voices() -> None:
    """Kin share what they observe, but each speaks for itself."""
    frame = case_frame(BODIES, concerned=BODIES, named=[])
    assert frame.family("korea-police") == frame.family("korea-customs")
    assert frame.voice(("korea-police",)) != frame.voice(("korea-customs",))


def test_operation_is_interpol_the_named_and_their_kin() -> None:
    """Who is one body with a named organization is of the operation."""
    frame = case_frame(BODIES, concerned=BODIES, named=["korea-police", "wco-office"])
    assert {"interpol", "korea-customs", "wco"} == frame.operation
    assert {"korea-court", "tribunal"} == frame.judges


def test_bystanders_are_newsrooms_and_organizations_that_are_not_named() -> None:
    """An organization that takes part is no bystander, and neither is its office."""
    assert {"newsroom", "ngo", "ngo-office"} == case_frame(
        BODIES, concerned=BODIES, named=[]
    ).bystanders
    assert {"newsroom"} == case_frame(BODIES, concerned=BODIES, named=["ngo"]).bystanders


def test_stranger_is_a_family_of_its_own() -> None:
    """An organization that is nowhere described speaks for itself."""
    frame = case_frame(BODIES, concerned=["nobody"], named=[])
    assert "nobody" == frame.family("nobody") == frame.voice(("nobody",))
    assert frame.family("elsewhere") == "elsewhere"


def test_nobody_looks_on_where_there_is_no_operation() -> None:
    """A scholar or a newsroom speaks about a statement in words like anybody else."""
    frame = open_frame(BODIES, BODIES)
    assert not frame.bystanders
    assert frame.family("korea-police") == "korea-customs"


@given(st.permutations(sorted(BODIES)), st.permutations([("interpol", "wco"), ("wco", "ngo")]))
def test_order_of_bodies_does_not_matter(ids: list[str], texts: list[tuple[str, str]]) -> None:
    """Who is who does not depend on the order of the records."""
    assert case_frame(BODIES, concerned=ids, named=ids[:0], joint_texts=texts) == case_frame(
        BODIES,
        concerned=sorted(ids),
        named=[],
        joint_texts=[tuple(reversed(text)) for text in reversed(texts)],
    )
