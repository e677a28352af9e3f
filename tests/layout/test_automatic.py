"""Sheets that the engine divides by itself: what a demanding reader sees at arm's length."""

from __future__ import annotations

import pytest

from banana_layout.layout.result import LaidPage
from banana_layout.pipeline import layout, read

CHECK = """```mermaid
flowchart LR
  A([Safe?]) -->|yes| B{Responds?}
  A -->|no| Z[Move or call]
  B -->|yes| C[Ask, look, reassure]
  B -->|no| D{Breathing?}
  D -->|yes| E[Recovery position]
  D -->|no| F[CPR 30:2 and AED]
```"""
CHAIN = (
    "```mermaid\nflowchart LR\n  A[Draw it] --> B[Forces] --> C[Equation] --> D{Units?}\n  D -->|yes| E([Done])\n```"
)
SHORT = "- Press hard\n- Raise the limb\n- Call for help"


def laid(head: str, *parts: str) -> LaidPage:
    """Return the page of a sheet without a layout, a panel a part."""
    panels = "\n\n".join(f"## Panel {i}\n\n{part}" for i, part in enumerate(parts))
    pages = layout(read(f"{head}# Title\n\n{panels}\n")).pages
    assert len(pages) == 1
    return pages[0]


def rows(page: LaidPage) -> list[list[str]]:
    """Return the panels' numbers, row by row."""
    found: dict[str, list[str]] = {}
    for panel in page.panels:
        if panel.id != "title":
            found.setdefault(panel.zone, []).append(panel.id.removeprefix("panel-"))
    return list(found.values())


@pytest.mark.parametrize("head", ["", "---\norientation: landscape\n---\n", "---\npage: letter\n---\n"])
def test_words_of_a_chart_are_not_much_smaller_than_the_text_beside_it(head: str) -> None:
    """A chart of seven nodes among short lists gets the room its words need, at the cost of larger text."""
    page = laid(head, CHECK, SHORT, SHORT, SHORT, SHORT, SHORT)
    (chart,) = page.to_dict()["diagrams"]
    assert chart["font_size"] >= 0.75 * page.body_size


def test_no_list_stands_alone_in_a_row_it_fills_by_half() -> None:
    """Of four short lists and a chart it is the chart that has a row for itself."""
    assert rows(laid("", SHORT, SHORT, SHORT, SHORT, CHAIN)) == [["0", "1"], ["2", "3"], ["4"]]
    assert rows(laid("", SHORT, SHORT, f"{SHORT}\n- Bring the bag", SHORT, CHAIN)) == [["0", "1"], ["2", "3"], ["4"]]


def test_a_table_beside_a_chart_keeps_its_rows_whole() -> None:
    """A chart takes no width from a table whose cells would be broken for it."""
    table = "| Join | Result | Else |\n|---|---|---|\n" + "| `LEFT` | left rows, matches | `NULL` |\n" * 5
    page = laid("", table, CHECK, SHORT, f"{SHORT}\n{SHORT}")
    cells = [n.text for n in page.lines() if n.panel == "panel-0"]
    assert cells.count("left rows, matches") == 5


@pytest.mark.parametrize("size", ["A5", "A4"])
def test_a_last_strip_of_paper_goes_to_the_rows(size: str) -> None:
    """Rows end at the page's foot, or well above it: a strip of bare paper looks left over."""
    for items in range(2, 9):
        text = "\n".join(f"- item {i} of a list" for i in range(items))
        page = laid(f"---\npage: {size}\n---\n", text, text, SHORT)
        bare = page.content.bottom - max(p.cell.bottom for p in page.panels)
        assert not 0.01 * page.content.h < bare < 0.2 * page.content.h
