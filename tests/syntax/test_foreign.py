"""Marks of other tools in Markdown."""

from __future__ import annotations

from banana_layout import pipeline
from banana_layout.syntax.foreign import without_tags


def test_lines_of_template_tags_are_left_out():
    """Liquid tags and kramdown attributes alone in a line go, with one warning; length and line ends stay."""
    text = "# T\n\n{% include toc.html %}\n\nwords {% raw %}x\n{: .note}\n"
    kept, first = without_tags(text)
    assert (len(kept), kept.count("\n"), first) == (len(text), text.count("\n"), 5)
    assert "include" not in kept
    assert ".note" not in kept
    assert "{% raw %}x" in kept
    _, warnings = pipeline.read_warned(text)
    assert [w.message for w in warnings] == ["lines of template tags are left out"]


def test_tags_in_code_stay():
    """In a fence they are what the text is about."""
    text = "```liquid\n{% if x %}\n```\n"
    assert without_tags(text) == (text, None)
