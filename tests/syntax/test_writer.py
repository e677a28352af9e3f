"""A document written as Markdown reads back as itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from banana_layout import pipeline
from banana_layout.cli.new import as_shown
from banana_layout.layout.result import Layout
from banana_layout.model.codec import without_spans
from banana_layout.model.document import Overrides
from banana_layout.syntax.writer import escaped, write

ROOT = Path(__file__).parent.parent.parent
BRIEFS = sorted((ROOT / "tests" / "cases" / "briefs").glob("*.md"))
SHEETS = sorted([*(ROOT / "assets" / "samples").glob("*.md"), *(ROOT / "tests" / "cases" / "sheets").glob("*.md")])


@pytest.mark.parametrize("path", BRIEFS, ids=lambda p: p.stem)
def test_sheet_of_a_brief_renders_to_the_same_page(path):
    """The Markdown of a brief's sheet gives the very same picture as the brief."""
    document = pipeline.read(path)
    again = pipeline.read(write(as_shown(document)))
    assert pipeline.to_svg(again) == pipeline.to_svg(document)


@pytest.mark.parametrize("path", BRIEFS, ids=lambda p: p.stem)
def test_sheet_of_a_brief_with_all_renders_to_the_same_pages(path):
    """With `all`, sections without a place and panels too long for theirs follow on the same further pages."""
    document = pipeline.read(path, Overrides(all=True))
    layout, again = pipeline.layout(document), pipeline.layout(pipeline.read(write(as_shown(document))))
    assert _pictures(again) == _pictures(layout)
    further = {"far-too-full", "plan-with-orders", "reference-branching", "reference-inference"}
    assert len(layout.pages) == (2 if path.stem in further else 1)


def _pictures(layout: Layout) -> list[str]:
    """Every page as SVG."""
    return [pipeline.to_svg(layout, page) for page in range(len(layout.pages))]


@pytest.mark.parametrize("path", SHEETS, ids=lambda p: p.stem)
def test_sheets_read_back_as_themselves(path):
    """Every block of the samples survives being written and read."""
    document = pipeline.read(path)
    again = pipeline.read(write(document))
    assert without_spans(again.sheets) == without_spans(document.sheets)
    assert again.settings.page == document.settings.page


@pytest.mark.parametrize(
    "text",
    [
        "*a* _b_",
        "1. not a list",
        "# no heading",
        "a | b",
        "[x](y)",
        "`code`",
        "==m==",
        "<b>",
        "~~s~~",
        "a^[b]",
        "snake_case",
        "\\",
        "&amp;",
    ],
)
def test_escaped_text_stays_text(text):
    """What looks like markup is read back as the characters it is."""
    document = pipeline.read(f"# T\n\n## P\n\n- x {escaped(text)}\n")
    item = document.sheets[0].panels[0].blocks[0].items[0].blocks[0]
    assert "".join(getattr(i, "text", "?") for i in item.content) == f"x {text}"
