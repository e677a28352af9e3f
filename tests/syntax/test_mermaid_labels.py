"""What a label says: entities, tags, Markdown, icons and line ends."""

from __future__ import annotations

import pytest

from banana_layout.model.flowchart import LabelRun, label_text
from banana_layout.source import Source
from banana_layout.syntax.mermaid import read


def runs(label: str) -> tuple[LabelRun, ...]:
    return read(Source("t", f"graph TD\nA[{label}]")).value.nodes[0].label


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("  some text ", "some text"), ("> < --> & ; : @ %% 'x' https://x.y/z end", "> < --> & ; : @ %% 'x' https://x.y/z end"),
        ('"f(x) [y] {z} |"', "f(x) [y] {z} |"), ('"a<br>b<br/>c<br />d</br>e"', "a\nb\nc\nd\ne"), ('"a\nb"', "a\nb"), ("a\n   b", "a\nb"),
        ("a\\nb", "a\nb"), ('"A #quot;q#quot; #9829; #35;"', 'A "q" ♥ #'), ("#1 item #1", "#1 item #1"), ('"&amp; &lt; &#9829; &hearts;"', "& < ♥ ♥"),
        ('"#lt;b#gt; &nosuch; R&D"', "<b> &nosuch; R&D"), ("5 < 6 <7", "5 < 6 <7"), (" ", ""), ('"<script>alert(1)</script>x<style>*{}</style>"', "x"),
        ('"<p>one</p><p>two</p>"', "one\ntwo"), ('"<a href=\'javascript:x\'>AAA</a>"', "AAA"), ('"<img src=x onerror=alert(1)>"', ""),
        ('"**not bold** _here_"', "**not bold** _here_"), ("$$x^2$$", "$$x^2$$"), ("한글 🙂", "한글 🙂"),
        ('"#0;#55296;#1114112;x"', "\ufffd\ufffd\ufffdx"), ("a\x07b", "ab"),
    ],
)  # fmt: skip
def test_plain_labels_show_what_a_browser_would(written, shown):
    """Entities are resolved, breaks are line ends, tags are gone and nothing of a script stays."""
    assert label_text(runs(written)) == shown


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("**b** t", [("b", "bold"), (" t", "plain")]), ("_i_ *j*", [("i", "italic"), (" ", "plain"), ("j", "italic")]),
        ("***both***", [("both", "bold_italic")]), ("**a _b_**", [("a ", "bold"), ("b", "bold_italic")]),
        ("snake_case_id 2 * 3", [("snake_case_id 2 * 3", "plain")]), ("**open", [("**open", "plain")]), ("\\*no\\*", [("*no*", "plain")]),
        ("one\n\n   two", [("one\ntwo", "plain")]), ("**a** & #lt;", [("a", "bold"), (" & <", "plain")]),
    ],
)  # fmt: skip
def test_markdown_strings_have_weights(written, expected):
    """Stars and underscores make bold and italic where they pair, and are text where they do not."""
    assert [(r.text, r.weight) for r in runs(f'"`{written}`"')] == expected


def test_tags_have_weights():
    """`<b>`, `<i>`, `<strong>` and `<em>` are honoured in every label."""
    assert [(r.text, r.weight) for r in runs('"<b>x</b> <em>y</em>"')] == [
        ("x", "bold"),
        (" ", "plain"),
        ("y", "italic"),
    ]


def test_unknown_tags_stay_text_with_a_warning():
    """`List<String>` is shown, where Mermaid would hide a part of it."""
    found = read(Source("t", "graph TD\nA[List<String>]"))
    assert label_text(found.value.nodes[0].label) == "List<String>"
    assert "#lt;String#gt;" in found.warnings[0].hints[0]


def test_icons_are_drawn_as_emoji_and_remembered_as_written():
    """A known icon becomes an emoji, an unknown one is left out with a note; plain data keep the author's words."""
    found = read(Source("t", "graph TD\nA[fa:fa-car Car]\nB[fab:fa-nosuchicon Thing]"))
    a, b = found.value.nodes
    assert (label_text(a.label), label_text(b.label)) == ("🚗 Car", "Thing")
    assert [n["label"] for n in found.value.to_dict()["nodes"]] == ["fa:fa-car Car", "fab:fa-nosuchicon Thing"]
    assert [d.severity for d in found.warnings] == ["note"]
