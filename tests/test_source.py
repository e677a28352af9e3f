"""Places in sources, and how findings are shown."""

from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st

from banana_layout.source import BananaError, Diagnostic, Position, Source, Span

TEXTS = st.text(alphabet="ab가나🍌 \n", max_size=60)


@given(TEXTS, st.data())
def test_a_position_counts_lines_and_characters_from_one(text, data):
    """Every offset's place is what counting by hand gives."""
    at = data.draw(st.integers(0, len(text)))
    before = text[:at]
    expected = Position(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
    assert Source("x", text).position(at) == expected


@given(TEXTS)
def test_lines_come_back_as_split_gives_them(text):
    """line_text is split("\\n"), and nothing past the end."""
    source = Source("x", text)
    lines = text.split("\n")
    assert [source.line_text(i + 1) for i in range(len(lines))] == lines
    assert source.line_text(0) == source.line_text(len(lines) + 1) == ""


def test_an_offset_past_the_end_counts_as_the_end():
    """A span that runs over is shown at the last place."""
    assert Source("x", "ab\ncd").position(99) == Position(2, 3)
    assert Source("x", "ab\ncd").position(-3) == Position(1, 1)


def test_a_place_in_a_cut_out_text_is_shown_in_its_file():
    """A diagram's error names the Markdown file, its line there and its column behind the indent."""
    outer = Source("sheet.md", "# T\n\n  ```mermaid\n  flowchart LR\n    A --> ]\n  ```\n")
    first = outer.text.index("flowchart")
    second = outer.text.index("  A -->")
    inner = Source("diagram", "flowchart LR\n  A --> ]", outer, (first, second))
    found = Diagnostic("error", "unexpected ]", Span(inner.text.index("]"), len(inner.text)), (), inner)
    assert found.location() == ("sheet.md", Position(5, 11))
    assert found.render().split("\n") == ["sheet.md:5:11: error: unexpected ]", "      A --> ]", "            ^"]


def test_a_twice_cut_text_is_followed_to_the_outermost():
    """Texts cut from texts still name the file."""
    file = Source("a.md", "xx\nyyzz")
    middle = Source("m", "yyzz", file, (3,))
    inner = Source("i", "zz", middle, (2,))
    assert inner.outermost(Span(0, 2)) == (file, Span(5, 7))


def test_the_caret_stands_under_the_place_in_korean_text():
    """Wide characters before the place are matched by wide spaces, so that the caret lines up in a terminal."""
    source = Source("x.md", "추론: oops")
    shown = Diagnostic("error", "no", Span(4, 8), ("try this",), source).render()
    assert shown == "x.md:1:5: error: no\n  추론: oops\n  \u3000\u3000  ^^^^\n  hint: try this"


def test_a_long_line_is_cut_around_the_place():
    """A minified source does not flood the terminal, and the place stays in view."""
    source = Source("x", "a" * 5000 + "!" + "b" * 5000)
    head, excerpt, carets = Diagnostic("error", "no", Span(5000, 5001), (), source).render().split("\n")
    assert head == "x:1:5001: error: no"
    assert len(excerpt) < 200
    assert excerpt[carets.index("^")] == "!"


def test_a_finding_without_place_is_one_line():
    """What concerns the whole names the file alone, or nothing."""
    assert Diagnostic("warning", "empty").render() == "warning: empty"
    assert Diagnostic("warning", "empty", source=Source("x.md", "")).render() == "x.md: warning: empty"


@given(TEXTS, st.integers(0, 70), st.integers(0, 70))
def test_any_place_can_be_shown(text, a, b):
    """Rendering never fails, whatever span a finding has, and starts with the place."""
    found = Diagnostic("error", "m", Span(min(a, b), max(a, b)), (), Source("f", text))
    name, at = found.location()
    assert found.render().startswith(f"{name}:{at.line}:{at.column}: error: m")


def test_an_error_keeps_its_findings_across_processes():
    """A worker process can hand a BananaError back whole."""
    error = BananaError(Diagnostic("error", "one", Span(0, 1), ("h",), Source("f", "x")), Diagnostic("error", "two"))
    again = pickle.loads(pickle.dumps(error))
    assert again.diagnostics == error.diagnostics
    assert str(again) == str(error)


def test_the_message_shows_every_finding():
    """An error that holds several findings says them all."""
    error = BananaError(Diagnostic("error", "one"), Diagnostic("error", "two"))
    assert str(error) == "error: one\nerror: two"


@given(st.tuples(st.integers(0, 50), st.integers(0, 50)), st.tuples(st.integers(0, 50), st.integers(0, 50)))
def test_a_covering_span_holds_both(a, b):
    """The smallest stretch over two others starts and ends with them."""
    s, t = Span(*sorted(a)), Span(*sorted(b))
    both = s.covering(t)
    assert both.start == min(s.start, t.start)
    assert both.end == max(s.end, t.end)
