"""Tests of :mod:`interpol_dataset.docs.markdown`."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from helpers.each import each
from interpol_dataset.docs.markdown import table, text

#: A bare address or mention that GitHub makes a link of; a backslash within prevents it.
BARE = re.compile(r"(?:https?|ftp)://|www\.|@|\$", re.IGNORECASE)


def rendered(markdown: str) -> str:
    """Return what a line of Markdown shows, which must be text alone."""
    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(f"x {markdown} x")
    shown = re.fullmatch("<p>x (.*) x</p>\n", html, re.DOTALL)
    assert shown, html
    assert "<" not in shown[1]
    return unescape(shown[1])


def test_cells_stay_cells() -> None:
    """The sign that parts cells is escaped within one."""
    lines = list(table(("name", "meaning"), [("a|b", "either"), ("c", "")]))
    assert lines == ["| name | meaning |", "| --- | --- |", r"| a\|b | either |", "| c |  |"]


@each(
    "written",
    [
        *("<script>alert(1)</script>", "<!-- a comment", "a &lt;b&gt; c"),
        *("[here](https://evil.example)", "![](https://evil.example/x.png)"),
        *("https://evil.example", "http://evil.example and www.evil.example"),
        *("somebody@evil.example", "`code` *strong* _more_ ~~gone~~ $x$", r"a \[b\]"),
        *("a # b - c", "Forty-one (in 2022)"),
    ],
)
def test_a_text_shows_itself(written: str) -> None:
    """Rendered, a text of the data is the text that was written, and no markup."""
    shown = text(written)
    assert written == rendered(shown)
    assert not [match for match in BARE.finditer(shown) if shown[match.start() - 1] != "\\"]


def test_a_text_is_one_line_without_what_nobody_sees() -> None:
    """A line break, which would end a table, is a blank; bidirectional marks are left out."""
    assert text("a\n\nb\u2028c\u202e\x07") == "a b c"


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_texts_are_two_cells(one: str, other: str) -> None:
    """Whatever two texts hold, they make one line of two cells."""
    (line,) = list(table(("a", "b"), [(text(one), text(other))]))[2:]
    assert len(line.splitlines()) == 1
    assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) == 3
