"""Whole files of other tools: where their title, their panels and their language come from."""

from __future__ import annotations

import pytest

from banana_layout import pipeline
from banana_layout.model.inline import plain_text
from banana_layout.syntax.language import language_of


def test_front_matter_in_toml_is_read():
    """Hugo's `+++`: its title is the page's, its own keys are one warning at their place."""
    text = '+++\ntitle = "Hugo post"\ndraft = false\ntags = ["go"]\n[params]\n  weight = 3\n+++\n\nIntro.\n\n## A\n\nwords\n'
    document, warnings = pipeline.read_warned(text)
    (sheet,) = document.sheets
    assert plain_text(sheet.title.content) == "Hugo post"
    assert [panel.id for panel in sheet.panels] == ["intro", "a"]
    assert [w.message for w in warnings] == ["the front matter has no keys “draft”, “tags”, “params”"]
    span = warnings[0].span
    assert text[span.start : span.end] == "draft"


def test_front_matter_that_is_no_toml_is_left_out_with_the_reason():
    """What tomllib refuses says nothing, and that is told."""
    document, (warning,) = pipeline.read_warned("+++\ntitle = \n+++\n\n# T\n")
    assert plain_text(document.sheets[0].title.content) == "T"
    assert warning.message.startswith("the front matter is no TOML and is left out: Invalid value")


def test_title_of_the_front_matter_heads_a_page_without_one():
    """A post's title stands in its front matter; a heading of the text goes before it."""
    titled = pipeline.read("---\ntitle: Post\n---\n\nwords\n\n## A\n\nb\n").sheets[0]
    headed = pipeline.read("---\ntitle: Post\n---\n\n# Own\n\n## A\n\nb\n").sheets[0]
    assert (plain_text(titled.title.content), plain_text(headed.title.content)) == ("Post", "Own")


def test_long_text_under_the_title_is_a_panel_where_the_page_is_laid_out_by_itself():
    """Short paragraphs stay under the title; lists, pictures, footnotes and long text stand in a panel before the others."""
    short, long = "One line.", "word " * 80
    for lead, panels in (
        (short, ["a"]),
        (long, ["intro", "a"]),
        ("- x", ["intro", "a"]),
        ("n[^1]\n\n[^1]: b", ["intro", "a"]),
    ):
        sheet = pipeline.read(f"# T\n\n{lead}\n\n## A\n\nb\n").sheets[0]
        assert [panel.id for panel in sheet.panels] == panels
    ruled = pipeline.read(f"---\nlayout: [10: title, 90: a]\n---\n# T\n\n{long}\n\n## A\n\nb\n").sheets[0]
    assert [panel.id for panel in ruled.panels] == ["a"]


def test_panels_from_the_third_level_where_there_is_no_second():
    """`###` are panels in a file without `##`."""
    sheet = pipeline.read("# T\n\n### A\n\na\n\n#### deep\n\nb\n\n### B\n\nc\n").sheets[0]
    assert [panel.id for panel in sheet.panels] == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("모델은 학습된다", "ko"),
        ("A plain English text", "en"),
        ("行列とベクトルの基本", "ja"),
        ("English with one word, 추론", "ko"),
        ("1 + 1 = 2", "ko"),
    ],
)
def test_language_is_told_by_the_script(text, lang):
    """Hangul, kana or Latin letters; the default where there are no letters."""
    assert language_of(text, "ko") == lang


def test_language_the_author_gives_holds():
    """A file that says no language is judged by its letters, whoever lays it out: callouts and readers aloud hang on it."""
    said = pipeline.read("---\nlang: ko\n---\n# English\n")
    laid = pipeline.read("---\nlayout: [10: title, 90: a]\n---\n# English\n\n## A\n\nb\n")
    bare = pipeline.read("# English\n")
    assert (said.settings.lang, laid.settings.lang, bare.settings.lang) == ("ko", "en", "en")
