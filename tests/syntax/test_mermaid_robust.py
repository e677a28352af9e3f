"""Hostile and very long input: it ends, soon, with a result or a BananaError."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banana_layout.source import BananaError, Source
from banana_layout.syntax.mermaid import diagram_kind, read

_BITS = st.sampled_from(
    [*'[](){}<>|"`;:@&%#-=.~xo\\/\n ,*_', "-->", "---", "-- ", "subgraph ", "end", "%%", "%%{", "}%%", "@{", '"]', "---\n", "A", "b", "1", "한글", "🙂",
     " & ", "style ", "classDef ", "class ", "click ", "linkStyle ", "direction LR", "<br>", ":::", "title ", "accDescr {", "e1@", "\t", "\r\n", "&amp;", "#35;"]
)  # fmt: skip


def answer(text):
    try:
        return read(Source("t", text))
    except BananaError as problem:
        return problem


@given(
    st.sampled_from(["graph TD\n", "flowchart LR;", "mindmap\n", "---\n", "%%{", ""]),
    st.lists(_BITS, max_size=40).map("".join),
)
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_or_refused(start, rest):
    """Whatever is written, the answer is a diagram or a BananaError that can be shown."""
    found = answer(start + rest)
    if isinstance(found, BananaError):
        assert str(found)
    else:
        assert found.value.to_dict()["kind"] in ("flowchart", "mindmap")
        assert all(d.render() for d in found.warnings)
    assert isinstance(diagram_kind(start + rest), str)


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_characters_may_stand_in_a_quoted_label(text):
    """A label never breaks out of its quotes, and holds nothing that a file cannot."""
    quoted = text.replace('"', "").replace("\r", "")
    found = read(Source("t", f'graph TD\nA["x{quoted}x"] --> B')).value
    assert [n.id for n in found.nodes] == ["A", "B"]
    shown = "".join(r.text for r in found.nodes[0].label)
    assert not any((c < " " and c != "\n") or "\ud800" <= c <= "\udfff" for c in shown)


_LONG = {
    "open brackets": "graph TD\nA" + "[" * 100_000,
    "unclosed labels": "graph TD\n" + 'A["`x"]\n' * 20_000,
    "half arrows": "graph TD\n" + "A -- B\n" * 20_000,
    "unclosed settings": "graph TD\n" + 'A@{"' * 50_000,
    "unclosed directives": "graph TD\n" + "%%{init: {" * 50_000,
    "unclosed tags": 'graph TD\nA["' + "<a" * 100_000 + '"]',
    "Markdown marks": 'graph TD\nA["`' + "**a_" * 10_000 + '`"]',
    "many properties": "graph TD\n" + "".join(f"style A p{i}:v\n" for i in range(10_000)),
    "many classes": "graph TD\nA" + "".join(f":::c{i}" for i in range(20_000)),
    "long lists": "graph TD\nA-->B\nlinkStyle " + "0," * 50_000 + "0 stroke:red",
    "deep settings": "graph TD\nA@{a: " + "[" * 20_000 + "}",
    "deep front matter": "---\n" + "[" * 5_000 + "\n---\ngraph TD\nA",
    "rings of subgraphs": "graph TD\n" + "".join(f"subgraph s{i}\ns{(i + 1) % 3000}\nend\n" for i in range(3_000)),
    "unclosed mind map": "mindmap\n r\n" + "  a[b\n" * 10_000,
    "blanks": "graph TD\nA" + " " * 300_000 + "B",
    "dots": "graph TD\nA " + "." * 200_000,
    "line ends": "graph TD\nA" + "\n" * 300_000 + "B",
}


@pytest.mark.parametrize("name", _LONG)
def test_no_input_takes_more_than_linear_time(name):
    """Input made to trip up searches is answered within two seconds."""
    start = time.process_time()
    found = answer(_LONG[name])
    assert time.process_time() - start < 2
    assert not isinstance(found, BananaError) or found.diagnostics[0].message


def test_ten_thousand_edges_are_read_in_two_seconds():
    """The size that issue B asks for, labels included."""
    text = "graph TD\n" + "".join(f'n{i}["Label {i}"] -- text {i} --> n{i + 1}\n' for i in range(10_000))
    start = time.process_time()
    found = read(Source("t", text)).value
    assert time.process_time() - start < 2
    assert (len(found.nodes), len(found.edges)) == (10_001, 10_000)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("graph TD\n" + "A\n" * 1_100_000, "longer than"), ("graph TD\n" + "subgraph a\n" * 200, "nested deeper"),
        ("graph TD\n" + " & ".join("abcdefghij" * 20) + " --> " + " & ".join(f"b{i}" for i in range(200)), "makes more than"),
    ],
)  # fmt: skip
def test_limits_are_stated(text, limit):
    """Input beyond a limit is refused with the limit's number."""
    with pytest.raises(BananaError, match=limit):
        read(Source("t", text))


def test_a_kind_of_diagram_misspelled_is_told():
    """`flowchrt` is underlined whole, and what was meant is said."""
    with pytest.raises(BananaError) as error:
        read(Source("<text>", "flowchrt LR\n  A --> B\n"))
    (found,) = error.value.diagnostics
    assert found.hints[0] == "did you mean “flowchart”?"
    assert (found.span.start, found.span.end) == (0, 8)
