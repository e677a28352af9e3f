"""Whole pages: what a user would notice of the geometry."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from hypothesis import given, settings

from banana_layout import constraints
from banana_layout.diagrams.offer import judge
from banana_layout.layout.result import Layout
from banana_layout.model.document import Document
from banana_layout.pipeline import layout, read
from banana_layout.scene.item import Group
from banana_layout.source import BananaError
from banana_layout.testing import documents
from banana_layout.theme.load import load

HEAD = "---\npage: A4\nlayout:\n  - 20: title\n  - 40: [one, two]\n  - 40: three\n---\n\n# 제목\n\n"


def sheet(one: str = "- 하나", two: str = "둘", three: str = "셋") -> Layout:
    """Return a three-panel page."""
    return layout(read(f"{HEAD}## One\n\n{one}\n\n## Two\n\n{two}\n\n## Three\n\n{three}\n"))


@settings(max_examples=25)
@given(documents())
def test_random_pages_keep_every_standard_constraint(document: Document) -> None:
    """Zones are exact, panels and text stay apart and inside, type keeps its floor, on any page."""
    assert constraints.check(layout(document)) == ()


def test_no_word_is_lost() -> None:
    """Every word of panels, title and subtitle stands in a line of the page."""
    text = "---\nlayout:\n  - 20: title\n  - 40: [a, b]\n---\n\n# 제목\n\n확률\n\n## 뽑는다 {#a}\n\n- 분포에서 token을\n- `x<y`\n"
    text += "\n## B\n\n| 가 | 하나씩 |\n|---|---|\n| 3.14 | “따옴표” |\n\n> 日本語の **고정!**\n"
    shown = "".join("".join(n.text.split()) for n in layout(read(text)).pages[0].lines())
    words = ("제목", "확률", "뽑는다", "분포에서", "token을", "x<y", "하나씩", "3.14", "“따옴표”", "日本語の", "고정!")
    assert [w for w in words if w not in shown] == []


def test_panel_size_is_between_80_and_100_percent_of_the_page() -> None:
    """A crowded panel shrinks alone down to 80 %, then the page's body size gives way."""
    crowded = "\n".join(f"- 항목 {i}: 확률이 높을수록 더 자주 뽑힌다" for i in range(14))
    page = sheet(one=crowded).pages[0]
    sizes = {p.id: p.body_size for p in page.panels}
    assert sizes["one"] < sizes["two"] <= page.body_size
    assert all(0.8 * page.body_size - 1e-9 <= s <= page.body_size + 1e-9 for s in sizes.values())


@pytest.mark.parametrize(("paper", "least"), [("A4", 12.8), ("A5", 9.0), ("A6", 9.0)])
def test_the_subtitle_can_be_read_on_small_pages(paper: str, least: float) -> None:
    """A line under the title shrinks with the page, but starts from what text may be at least."""
    laid = layout(read(f"---\npage: {paper}\n---\n# T\n\none line under it\n\n## A\n\n- x\n\n## B\n\n- y\n"))
    (size,) = {line.size for line in laid.pages[0].lines() if line.role == "subtitle"}
    assert size >= least - 1e-9


def test_longer_text_never_gets_larger_type() -> None:
    """Adding items to a panel never enlarges its text."""
    sizes = []
    for n in (1, 6, 10, 14, 18):
        found = sheet(one="\n".join(f"- 항목 {i} 확률 분포에서 다음 token을" for i in range(n))).pages[0]
        sizes.append(next(p.body_size for p in found.panels if p.id == "one"))
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[-1]


def test_what_cannot_fit_is_an_error_naming_panel_need_and_help() -> None:
    """Too much text: the error names the panel, what it needs and has, and a weight that would do."""
    with pytest.raises(BananaError) as caught:
        sheet(one="\n".join(f"- 항목 {i}" for i in range(32)))
    message = str(caught.value)
    assert 'panel "one" does not fit' in message
    assert "mm of height and has" in message
    assert "weight of about" in message
    assert "fit: rebalance" in message


def test_tracks_that_need_too_much_are_told_at_the_largest() -> None:
    """A row of half a metre is what the error points at, not the row before it."""
    text = HEAD.replace("40: three", "500mm: three") + "## One\n\na\n\n## Two\n\nb\n\n## Three\n\nc\n"
    with pytest.raises(BananaError, match="the tracks need") as caught:
        layout(read(text))
    assert "- 500mm: three" in str(caught.value)


def test_rebalance_moves_height_to_the_crowded_row() -> None:
    """With `fit: rebalance` the row that needs more gets more, and everything fits."""
    crowded = "\n".join(f"- 항목 {i}" for i in range(24))
    text = f"{HEAD}## One\n\n{crowded}\n\n## Two\n\n둘\n\n## Three\n\n셋\n"
    with pytest.raises(BananaError):
        layout(read(text))
    page = layout(read(text.replace("page: A4", "page: A4\nfit: rebalance"))).pages[0]
    heights = [z.rect.h for z in page.zones]
    assert heights[1] > heights[2]
    assert sum(heights) == pytest.approx(page.content.h)
    assert heights[0] == pytest.approx(page.content.h * 0.2)


def test_paginate_keeps_the_layout_and_carries_the_rest_over() -> None:
    """With `fit: paginate` the author's page keeps its zones and what a panel cannot hold goes on further pages."""
    items = "\n".join(f"- 항목 {i}번" for i in range(60))
    text = f"{HEAD}## One\n\n{items}\n\n## Two\n\n둘\n\n## Three\n\n셋\n"
    laid = layout(read(text.replace("page: A4", "page: A4\nfit: paginate")))
    assert len(laid.pages) == 2
    assert laid.pages[0].zones[1].rect.h == pytest.approx(0.4 * laid.pages[0].content.h)
    shown = [n.text for p in laid.pages for n in p.lines()]
    assert [t for t in shown if t.startswith("항목")] == [f"항목 {i}번" for i in range(60)]
    assert "One (계속)" in shown


def test_auto_row_is_as_high_as_its_content() -> None:
    """An `auto` row takes what its text needs, the weighted rows share the rest."""
    text = HEAD.replace("40: [one, two]", "auto: [one, two]") + "## One\n\n- a\n- b\n\n## Two\n\nx\n\n## Three\n\ny\n"
    page = layout(read(text)).pages[0]
    heights = [z.rect.h for z in page.zones]
    assert 40 < heights[1] < 160
    assert heights[2] == pytest.approx(2 * heights[0])


def test_auto_rows_inside_a_cell_are_sized_as_well() -> None:
    """An `auto` row in a divided cell takes what its text needs at a size at which everything fits."""
    layout_ = "layout:\n  - 15: title\n  - 85: [one, {rows: [{auto: two}, {1: three}], weight: 1}]\n"
    items = "\n".join(f"- 항목 {i} 확률 분포에서 하나씩" for i in range(30))
    text = f"---\n{layout_}---\n\n# T\n\n## One\n\nx\n\n## Two\n\n{items}\n\n## Three\n\ny\n"
    boxes = {p.id: p for p in layout(read(text)).pages[0].panels}
    assert boxes["two"].rect.h > 2 * boxes["three"].rect.h
    assert 9 <= boxes["two"].body_size < 14.6


def test_automatic_layout_keeps_reading_order_and_shows_every_panel() -> None:
    """Without front matter panels stand in reading order, row by row, on one page where they fit."""
    text = "# T\n\n" + "\n\n".join(f"## Panel {i}\n\n- 항목 하나\n- 항목 둘" for i in range(7))
    laid = layout(read(text))
    assert len(laid.pages) == 1
    boxes = [p for p in laid.pages[0].panels if p.id != "title"]
    assert [p.id for p in boxes] == [f"panel-{i}" for i in range(7)]
    keys = [(round(p.cell.y, 3), round(p.cell.x, 3)) for p in boxes]
    assert keys == sorted(keys)


def test_automatic_layout_goes_on_to_further_pages() -> None:
    """Too much for one page: further pages, panels cut between items with a word that they go on, nothing lost."""
    items = "\n".join(f"- 항목 {i}번 확률 분포에서" for i in range(150))
    laid = layout(read(f"# T\n\n## Long\n\n{items}\n\n## Short\n\nend\n"))
    assert len(laid.pages) > 1
    shown = " ".join(n.text for p in laid.pages for n in p.lines())
    assert all(f"항목 {i}번" in shown for i in range(150))
    assert "(계속)" in shown


def test_long_blocks_are_cut_where_they_may_be() -> None:
    """Tables go on under their repeated header, paragraphs after a sentence, code between lines; no row or word is lost."""
    rows = "\n".join(f"| {i} | 값 {i} |" for i in range(120))
    prose = " ".join(f"문장 {i}번은 조금 길게 이어져서 한 줄을 넘어간다." for i in range(160))
    code = "\n".join(f"line_{i} = {i}" for i in range(130))
    text = f"# T\n\n## A\n\n| N | V |\n|---|---|\n{rows}\n\n## B\n\n{prose}\n\n## C\n\n```python\n{code}\n```\n"
    laid = layout(read(text))
    shown = [n.text for p in laid.pages for n in p.lines()]
    assert {f"값 {i}" for i in range(120)} <= set(shown)
    assert shown.count("N") > 1
    words = "".join("".join(shown).split())
    assert all(f"문장{i}번은" in words for i in range(160))
    assert all(any(f"line_{i} = {i}" in s for s in shown) for i in range(130))
    assert len({round(p.body_size, 6) for p in laid.pages}) == 1


def test_editing_one_panel_leaves_the_others_where_they_are() -> None:
    """As long as sizes stay, a changed panel moves no line of another panel."""
    before, after = sheet(one="- 하나").pages[0], sheet(one="- 다른 말").pages[0]
    assert [n for n in before.lines() if n.panel != "one"] == [n for n in after.lines() if n.panel != "one"]


def test_geometry_has_exactly_the_contract_s_fields() -> None:
    """`Layout.to_dict()` has the fields other tools rely on, at every level."""
    text = HEAD.replace("---\n\n#", "connectors:\n  - {from: one, to: three, label: 다음}\n---\n\n#", 1)
    mermaid = "```mermaid\nflowchart LR\n  subgraph g [G]\n  a[A] -->|x| b\n  end\n```"
    data = layout(read(f"{text}## One\n\n{mermaid}\n\n## Two\n\n둘\n\n## Three\n\n셋\n")).to_dict()
    assert set(data) == {"version", "unit", "warnings", "pages"}
    page = data["pages"][0]
    assert set(page) == {
        *("width", "height", "content", "body_size", "zones", "panels", "lines", "diagrams", "connectors"),
    }
    assert set(page["zones"][0]) == {"id", "weight", "rect"}
    wanted = {"id", "title", "icon", "zone", "cell", "rect", "content", "body_size", "min_size"}
    assert set(page["panels"][0]) == wanted
    assert set(page["lines"][0]) == {"panel", "text", "rect", "size", "role"}
    diagram = page["diagrams"][0]
    assert set(diagram) == {"panel", "kind", "rect", "direction", "rows", "font_size", "nodes", "edges", "clusters"}
    assert diagram["panel"] == "one"
    assert set(diagram["nodes"][0]) == {"id", "label", "shape", "rect", "text"}
    assert set(diagram["edges"][0]) == {"source", "target", "label", "points", "label_rect"}
    assert set(diagram["clusters"][0]) == {"id", "title", "rect", "members"}
    assert diagram["clusters"][0]["members"] == ("a", "b")
    assert set(page["connectors"][0]) == {"source", "target", "label", "points"}
    assert not any(n["text"] in ("A", "b", "x") for n in page["lines"])


def test_a_row_of_fixed_height_is_told_the_height_it_needs() -> None:
    """A length that is too small gets a length that holds, as a hint to copy."""
    text = "---\nlayout: [30mm: a, 70: b]\n---\n## A\n\n" + "- one line\n" * 12 + "\n## B\n\nx\n"
    with pytest.raises(BananaError) as error:
        layout(read(text))
    hint = error.value.diagnostics[0].hints[0]
    wanted = re.fullmatch(r"give its row (\d+)mm instead of 30mm", hint)
    assert wanted is not None
    layout(read(text.replace("30mm", f"{wanted[1]}mm")))


def test_a_diagram_refused_is_told_a_size_below_the_least() -> None:
    """The size it would have is rounded down, so that the message never contradicts itself."""
    context = SimpleNamespace(theme=load("plain"), key="a/0", source=None)
    said = []
    for size in (3.9999, 3.95, 0.26):
        with pytest.raises(BananaError) as error:
            judge(size, "flowchart", None, (), context)
        said.append(re.search(r"fits only at ([\d.]+) pt; 4 pt is the least", str(error.value))[1])
    assert said == ["3.9", "3.9", "0.2"]


@pytest.mark.parametrize("indent", ["", "> "])
def test_messages_about_a_diagram_s_nodes_point_at_them_in_the_sheet(indent: str) -> None:
    """What is found while a diagram is drawn stands at its node's line and column, and not somewhere above."""
    chart = ["```mermaid", "flowchart LR", "  A[one] --> B[two]", '  C@{ icon: "fa:nope", label: "y" }', "```"]
    text = "# T\n\n## A\n\n" + "\n".join(indent + line for line in chart)
    (warning,) = (w for w in layout(read(text)).warnings if "fa:nope" in w.message)
    _, place = warning.location()
    assert (place.line, place.column) == (8, 3 + len(indent))


def test_smaller_type_saves_a_last_page_with_little_on_it() -> None:
    """Text that runs over by a few lines stays on the pages before; all pages keep one size, and no item is lost."""
    counts = {}
    for items in range(90, 180, 10):
        text = "# T\n\n## A\n\n" + "".join(
            f"- item{i} with some words that fill a line of text\n" for i in range(items)
        )
        pages = layout(read(text)).pages
        fill = max(n.rect.bottom for n in pages[-1].lines()) / pages[-1].content.bottom
        counts[items] = (len(pages), fill, pages[0].body_size)
        shown = " ".join(n.text for p in pages for n in p.lines())
        assert all(f"item{i} " in shown for i in range(items))
    several = [found for found in counts.values() if found[0] > 1 or found[2] < 11]
    sizes = {round(size, 2) for _, _, size in several}
    assert several
    assert len(sizes) > 1


def test_the_title_s_emoji_stand_beside_its_widest_row() -> None:
    """No letter of a title in two rows lies on the emoji at its sides, whichever row is wider."""
    text = "---\nlayout: [10: title, 90: a]\n---\n\n# 🔐 OAUTH 2.0 CHEAT SHEET 🔐\n\n## A\n\nx\n"
    title = next(i for i in layout(read(text)).pages[0].scene.items if isinstance(i, Group) and i.role == "title")
    stickers = [c.rect for c in title.children if isinstance(c, Group) and c.role == "emoji" and c.rect]
    letters = [c.rect for c in title.children if isinstance(c, Group) and c.style == "letter" and c.rect]
    assert len(stickers) == 2
    assert letters
    assert not any(s.meets(r, 0.5) for s in stickers for r in letters)


def test_the_ribbon_is_smaller_than_the_title_under_it() -> None:
    """On a low page the ribbon's text shrinks with the letters it announces."""
    text = "---\npage: 297x150mm\nlayout: [10: title, 90: a]\n---\n\n# Lecture 7: Light\n\nPhysics\n\n## A\n\nx\n"
    found = {n.text: n for n in layout(read(text)).pages[0].lines()}
    assert found["Lecture 7"].size <= 0.5 * found["Light"].size


def test_text_beside_a_diagram_gets_what_it_needs() -> None:
    """A page divided by the engine gives a chart more width than three short items beside it."""
    chart = "```mermaid\nflowchart LR\n  A[One] --> B[Two] --> C[Three] --> D[Four]\n```\n"
    text = f"---\npage: 16:9\n---\n\n# T\n\n## Chart\n\n{chart}\n## Notes\n\n- one\n- two\n- three\n"
    boxes = {p.id: p.rect for p in layout(read(text)).pages[0].panels}
    assert boxes["chart"].y == boxes["notes"].y
    assert boxes["chart"].w > 1.3 * boxes["notes"].w


def test_a_chart_of_few_words_does_not_shout_beside_small_text() -> None:
    """Nodes' words are as much larger than the page's as they are on a page of the usual size, at most."""
    prose = "The model reads the words before and says how likely each next word is, one at a time, again and again. "
    chart = "```mermaid\nflowchart LR\n  A[Read] --> B[Guess] --> C[Say]\n```\n"
    ratios = []
    for count in (4, 30, 36):
        text = f"---\nlayout: [10: title, 35: chart, 55: prose]\n---\n# T\n\n## Chart\n\n{chart}\n## Prose\n\n{prose * count}\n"
        found = layout(read(text)).pages[0]
        (drawn,) = found.to_dict()["diagrams"]
        ratios.append(drawn["font_size"] / found.body_size)
    assert max(ratios) < 26 / 14 + 0.01


def test_a_crowded_list_in_a_broad_panel_stands_in_two_columns() -> None:
    """Five short items without air between them are set beside one another, in order; where there is air they are not."""
    items = (
        "1. Take the centre\n2. Develop knights first\n3. Castle early\n4. Move no piece twice\n5. Keep the queen in\n"
    )
    head = "---\npage: A5\nlayout: [10: title, {}: list, {}: rest]\n---\n# T\n\n## List\n\n"

    rest = "- some words of a line that is rather long\n" * 8

    def lefts(share: int) -> list[float]:
        text = f"{head.format(share, 90 - share)}{items}\n\n## Rest\n\n{rest}"
        return [n.rect.x for n in layout(read(text)).pages[0].lines() if n.panel == "list" and n.role == "body"]

    crowded, airy = lefts(22), lefts(44)
    assert max(crowded[:3]) - min(crowded[:3]) < 2
    assert max(crowded[3:]) - min(crowded[3:]) < 2
    assert crowded[3] > crowded[0] + 100
    assert max(airy) - min(airy) < 2


def test_a_title_that_is_too_long_is_called_so() -> None:
    """A zone that is high enough is not called too low: the message says that the title is long."""
    with pytest.raises(BananaError, match="its 839 characters are too many for a zone of 192 by 28 mm"):
        layout(read("# " + "제목 " * 280 + "\n\n## P\n\nx\n"))
