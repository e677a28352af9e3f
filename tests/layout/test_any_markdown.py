"""Files of other tools as people write them: every word of theirs is on the pages, none of their syntax, nothing is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from banana_layout import constraints, pipeline
from banana_layout.font.book import FontBook
from banana_layout.layout import automatic
from banana_layout.layout.press import Press
from banana_layout.scene.item import GlyphRun, Group
from banana_layout.source import BananaError
from banana_layout.theme.load import load

FILES = sorted((Path(__file__).parent.parent / "fixtures/markdown").glob("*.md"))
LEAKS = (
    "{{<",
    "{{%",
    "{% ",
    "[[",
    "]]",
    "<div",
    "</",
    "+++",
    "!!!",
    "???",
    "===",
    "%%",
    "~~~~",
    "[TOC]",
    "$$",
    "{:",
    "<!--",
)
"""What no reader of a page wants to see."""
SYNTAX = {
    "footnotes": {"longer"},
    "mkdocs": {"bash", "lines", "linenums", "linux", "steps", "title", "wide"},
    "obsidian": {"block", "dataview", "Schrödinger"},
    "readme": {"python"},
}
"""Names of labels, languages and attributes, which are not for readers."""


def shown(layout) -> str:
    """Return all text of all pages, diagrams' labels aside."""
    return " ".join(line.text for page in layout.pages for line in page.lines())


def inside(item):
    """Yield the leaves of an item."""
    if isinstance(item, Group):
        for child in item.children:
            yield from inside(child)
    else:
        yield item


def words(text: str) -> set[str]:
    """Return a file's words: front matter, comments, tags, addresses, formulas, scripts and marks of other tools left out."""
    text = re.sub(r"\A(---|\+\+\+)\n.*?\n\1\n", "", text, flags=re.DOTALL)
    for gone in (
        r"<!--.*?-->", r"<(script|style)>.*?</\1>", r"\{[{%:].*?[}%]?\}\}?", r"<[^>]*>", r"\]\([^)]*\)", r"\$\$.*?\$\$", r"\\[A-Za-z]+",
        r"https?://\S+", r"(?m)^\[\^?[\w-]+\]:", r"(?m)^%%.*%%$", r"\[TOC\]", r"--8<--.*", r"\s\^[\w-]+$", r"[`*_=~]",
        r"(?m)^(```|~~~).*$", r"&\w+;|&#\d+;", r"(?m)^(!!!|\?\?\?\+?) \w+", r"\[!\w+\]", r":\w+:", r"\[\w.-]*\|", r"\bpy title\S+.*",
    ):  # fmt: skip
        text = re.sub(gone, " ", text, flags=re.DOTALL if "(?m)" not in gone else 0)
    return set(re.findall(r"[^\W\d_]{4,}", text))


@pytest.mark.parametrize("path", FILES, ids=[p.stem for p in FILES])
def test_every_word_is_shown_and_no_syntax(path):
    """The file is laid out, holds the standard constraints, and reads as its author meant it."""
    document, warnings = pipeline.read_warned(path)
    layout = pipeline.layout(document, warnings=warnings)
    text = shown(layout)
    compact = re.sub(r"[\s_`*=~]", "", text).casefold()
    wanted = words(path.read_text(encoding="utf-8")) - SYNTAX.get(path.stem, set())
    assert [w for w in sorted(wanted) if w.casefold() not in compact] == []
    assert [leak for leak in LEAKS if leak in text.replace("{{ page.title }}", "")] == []
    assert constraints.check(layout) == ()


def test_there_are_files_to_try():
    """The folder is found."""
    assert len(FILES) > 12


def test_a_document_of_too_many_pages_is_refused_before_all_of_it_is_measured(monkeypatch):
    """A document much longer than may be is refused once it is certain: no part far beyond the last page is measured."""
    measured = []
    measure = automatic.need
    monkeypatch.setattr(automatic, "need", lambda c, *rest: measured.append(c.panel.id) or measure(c, *rest))
    monkeypatch.setattr(automatic, "PAGES", 10)
    text = "# T\n\n" + "".join(f"## P{i}\n\n" + "- words of an item\n" * 40 + "\n" for i in range(200))
    with pytest.raises(BananaError, match="the document has more than"):
        pipeline.layout(pipeline.read(text))
    assert 8 < len(set(measured)) < 40


@pytest.mark.parametrize("lines", [3, 30, 55, 80])
def test_no_document_that_keeps_to_the_limit_is_refused(lines, monkeypatch):
    """Whether pages are full or half empty: as many as a document has are allowed to it."""
    panel = "## P{}\n\n```\n" + "x\n" * lines + "```\n\n" + "words\n\n" * (lines // 9)
    document = pipeline.read("# T\n\n" + "".join(panel.format(i) for i in range(900 // lines)))
    press = Press(document, load("nano-banana"), FontBook.standard(), pipeline.placer(), print)

    def pages():
        return len(automatic.automatic_sheets(document.sheets[0], press.content, press.context("")).sheets)

    count = pages()
    assert count > 4
    monkeypatch.setattr(automatic, "PAGES", count)
    assert pages() == count
    monkeypatch.setattr(automatic, "PAGES", count // 2)
    with pytest.raises(BananaError, match="the document has more than"):
        pages()


def test_scripts_inside_scripts_stand_higher_and_stay_legible():
    """The square in the exponent of `e^{-x^2}` stands above the x, in the line, and no script is under half the text's size."""
    text = "## P\n\n- $e^{-x^2}$ so $p^{q^{r^{s^{t^{a}}}}}$\n"
    layout = pipeline.layout(pipeline.read(text))
    (rect,) = (line.rect for line in layout.pages[0].lines() if "so" in line.text)
    items = (leaf for item in layout.pages[0].scene.items for leaf in inside(item))
    runs = {run.text.strip(): run for run in items if isinstance(run, GlyphRun)}
    base, power, square, deep = runs["e"], runs["x"], runs["2"], next(runs[t] for t in runs if t.endswith("a"))
    assert base.y > power.y > square.y
    assert base.size > power.size > square.size >= 0.499 * base.size
    assert deep.size == square.size
    assert deep.y - 0.55 * deep.size > rect.y
