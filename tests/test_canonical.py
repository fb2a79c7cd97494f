"""Tests of :mod:`interpol_dataset.canonical` and :mod:`interpol_dataset.comments`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

import mini
from interpol_dataset.canonical import modeline, rewrite, write
from interpol_dataset.comments import comments
from interpol_dataset.reading import parse
from interpol_dataset.repository import KINDS, record_files

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

CASE_KIND = next(kind for kind in KINDS if kind.name == "case")
CASE = mini.FILES["cases/alpha-ii.yaml"]


def stated(value: Any) -> Any:
    """Give a value without what states nothing."""
    if isinstance(value, dict):
        return {key: stated(item) for key, item in value.items() if item not in (None, [])}

    return [stated(item) for item in value] if isinstance(value, list) else value


def texts_of(content: str) -> Counter[str]:
    """Count a file's comments, without the modeline."""
    found = comments(parse(content.encode(), "x"))

    return Counter(item.text for item in found if "yaml-language-server" not in item.text)


def test_own_records_are_canonical(root: Path) -> None:
    """Every committed record is in canonical form already."""
    for kind, path in record_files(root / "data" / "records"):
        content = path.read_bytes()

        assert content.decode() == rewrite(kind, parse(content, path.name)), path.name


def test_form_is_one_and_says_the_same() -> None:
    """Rewriting changes no value, and rewriting again changes nothing."""
    document = parse(CASE.encode(), "x")
    once = rewrite(CASE_KIND, document)

    assert stated(document.data) == stated(parse(once.encode(), "x").data)
    assert once == rewrite(CASE_KIND, parse(once.encode(), "x"))
    assert once.startswith(modeline(CASE_KIND))


def test_comments_stay_where_they_belong() -> None:
    """Comments above, behind and at the end keep their places beside reordered fields."""
    text = (
        "# about the name\nname: Operation X  # so named\nid: x\n"
        "reports:\n  # first report\n  - source: s1\n    outcomes:\n"
        "      # arrests follow\n      - {value: 3, metric: arrests, at: 'p # 2'}  # all\n# end\n"
    )

    assert (
        f"{modeline(CASE_KIND)}\nid: x\n# about the name\nname: Operation X  # so named\n"
        "reports:\n  # first report\n  - source: s1\n    outcomes:\n"
        "      # arrests follow\n      - {metric: arrests, value: 3, at: 'p # 2'}  # all\n# end\n"
    ) == rewrite(CASE_KIND, parse(text.encode(), "x"))


@given(st.data())
def test_no_comment_is_lost(data: st.DataObject) -> None:
    """Wherever comments stand between and behind lines, all are there after rewriting."""
    lines = rewrite(CASE_KIND, parse(CASE.encode(), "x")).splitlines()
    written: list[str] = []
    in_text = False
    for number, line in enumerate(lines):
        in_text = in_text and line.startswith("  ") and not line.startswith("  -")
        if not in_text and data.draw(st.booleans()):
            written.append(f"# above {number}")
        written.append(line)
        if not in_text and not line.endswith(("|-", ">-")) and data.draw(st.booleans()):
            written[-1] += f" # behind {number}"
        in_text = in_text or line.endswith(("|-", ">-"))
    content = "\n".join(written) + "\n"
    again = rewrite(CASE_KIND, parse(content.encode(), "x"))

    assert texts_of(content) == texts_of(again)
    assert parse(content.encode(), "x").data == parse(again.encode(), "x").data


@given(st.text(st.characters(codec="utf-8", exclude_characters="\u2028\u2029\x85"), max_size=200))
def test_hard_texts_survive(text: str) -> None:
    """Any text is written so that it reads back as the same text."""
    data = {"id": "x", "name": text, "prefer": [{"fact": text, "source": "s", "reason": text}]}

    assert data == parse(write(CASE_KIND, data).encode(), "x").data


def test_fmt(run: Run, project: Path) -> None:
    """'fmt --check' only tells, 'fmt' writes, and a file that can't be read is left alone."""
    broken = project / "data" / "records" / "cases" / "broken.yaml"
    broken.write_text("a: [", "utf-8")
    case = project / "data" / "records" / "cases" / "alpha-ii.yaml"
    before = case.read_bytes()

    assert 1 == run("fmt", "--check", "--root", project).code
    assert before == case.read_bytes()
    assert 0 == run("fmt", "--root", project).code
    assert before != case.read_bytes()
    assert "everything is canonical" in run("fmt", "--check", "--root", project).out
    assert "a: [" == broken.read_text("utf-8")
