"""The front matter's `layout` may be drawn in box characters: boxes bear the panels' titles and shares."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banana_layout import pipeline
from banana_layout.model.inline import plain_text
from banana_layout.model.zone import PanelCell, RowsCell
from banana_layout.source import BananaError, Source
from banana_layout.syntax import markdown
from banana_layout.syntax.nature import is_brief
from banana_layout.syntax.wireframe.glyph import cells


def sheet(drawing: str, *panels: str, front: str = "title: T", above: str = "") -> str:
    """Return a sheet with a drawn layout and a panel for each heading."""
    rows = "\n".join("  " + line for line in drawing.strip("\n").split("\n"))
    body = "\n".join(f"## {panel}\n\nwords\n" for panel in panels)
    return f"---\n{front}\nlayout: |\n{rows}\n---\n{above}{body}"


def row(titles: list[str], width: int) -> str:
    """Return one row of boxes side by side."""
    each = width // len(titles)
    widths = [each] * (len(titles) - 1) + [width - each * (len(titles) - 1) - len(titles) + 1]
    return "│" + "│".join(t + " " * (w - cells(t)) for t, w in zip(titles, widths, strict=True)) + "│"


def drawn(rows: list[list[str]], width: int = 60) -> str:
    """Return a layout drawn with a box for each title, rows under one another."""
    text = [row(titles, width) for titles in rows]
    bars = [[i for i, c in enumerate(_wide(line)) if c == "│"] for line in text]
    edges = []
    for above, below in itertools.pairwise([[], *bars, []]):
        edge = []
        for at in range(width + 2):
            up, down = at in above, at in below
            edge.append("┼" if up and down else "┴" if up else "┬" if down else "─")
        ends = ("┌┐" if not above else "└┘") if not above or not below else "├┤"
        edges.append(ends[0] + "".join(edge[1:-1]) + ends[1])
    return "\n".join([edges[0], *(line for pair in zip(text, edges[1:], strict=True) for line in pair)])


def _wide(line: str) -> str:
    """Return a line with a blank behind each character that takes two cells."""
    return "".join(c + " " * (cells(c) - 1) for c in line)


def shape(zones) -> list:
    """Return zones as lists of ids, divided cells as lists of lists."""
    return [[c.panel if isinstance(c, PanelCell) else shape(c.rows) for c in zone.cells] for zone in zones]


def test_a_drawing_places_the_panels():
    """Boxes get their panels, shares their zones' weights; what stands in front of a title and its attributes stay."""
    text = sheet(
        drawn([["Ideas", "Formula 25%"], ["Loop 45%"], ["A", "B", "C 30%"]]),
        "🏔️ Ideas",
        "✏️ Formula {#math .sticky}",
        "Loop",
        "A",
        "B",
        "C",
        front="title: T\nsubtitle: under",
    )
    assert not is_brief(text)
    document = pipeline.read(text)
    page = document.sheets[0]
    assert shape(page.zones) == [["title"], ["ideas", "math"], ["loop"], ["a", "b", "c"]]
    assert [zone.track.weight for zone in page.zones[1:]] == [25, 45, 30]
    assert page.panels[1].classes == ("sticky",)
    assert plain_text(page.title.subtitle[0].content) == "under"
    rects = {p.id: p.rect for p in pipeline.layout(document).pages[0].panels}
    assert rects["loop"].h > rects["a"].h > rects["ideas"].h


def test_the_title_has_its_zone_drawn_or_not():
    """A first box no heading has the title of is the title's; its share counts; its words head a sheet without a title."""
    text = sheet(drawn([["My sheet 20%"], ["A 30%"], ["B 50%"]]), "A", "B", front="seed: 1")
    page = pipeline.read(text).sheets[0]
    assert plain_text(page.title.content).startswith("My sheet")
    assert shape(page.zones) == [["title"], ["a"], ["b"]]
    assert [zone.track.weight for zone in page.zones] == [20, 30, 50]
    headed = pipeline.read(sheet(drawn([["A"], ["B"]]), "A", "B", front="seed: 1", above="# Title\n\n")).sheets[0]
    assert shape(headed.zones) == [["title"], ["a"], ["b"]]
    assert plain_text(headed.title.content) == "Title"


def test_a_zone_without_a_share_gets_the_rest_and_several_are_told():
    """Of two zones one share is enough; where more are missing the drawing's proportions hold, with a warning."""
    page = pipeline.read(sheet(drawn([["A"], ["B 60%"]]), "A", "B")).sheets[0]
    assert [zone.track.weight for zone in page.zones[1:]] == [40, 60]
    document, warnings = pipeline.read_warned(sheet(drawn([["A"], ["B 60%"], ["C"]]), "A", "B", "C"))
    assert [w.message for w in warnings] == ["1 ratio for 4 zones; the zones are as high as drawn"]
    assert shape(document.sheets[0].zones) == [["title"], ["a"], ["b"], ["c"]]


def test_boxes_inside_boxes_divide_cells():
    """A box beside two that stand over one another is as high as both."""
    drawing = """
┌────────────┬──────────────┐
│ A          │ B            │
│            ├──────────────┤
│            │ C            │
└────────────┴──────────────┘
"""
    page = pipeline.read(sheet(drawing, "A", "B", "C")).sheets[0]
    assert isinstance(page.zones[1].cells[1], RowsCell)
    assert shape(page.zones) == [["title"], ["a", [["b"], ["c"]]]]


def test_a_drawing_in_signs_of_a_typewriter_is_read():
    """`+--+` and `|` draw boxes as well."""
    drawing = "+--------+--------+\n| A      | B      |\n+--------+--------+\n| C               |\n+-----------------+"
    page = pipeline.read(sheet(drawing, "A", "B", "C")).sheets[0]
    assert shape(page.zones) == [["title"], ["a", "b"], ["c"]]


@pytest.mark.parametrize(
    ("drawing", "panels", "message", "line"),
    [
        (drawn([["A"], ["Other"]]), ("A", "B"), "no heading has the title of the box “Other”", 7),
        (drawn([["A"], ["C"]]), ("A", "B", "C"), "panel “B” has no box in the drawn layout", 14),
        ("┌──\n│ A", ("A",), "the drawn layout cannot be read", 3),
    ],
)
def test_what_does_not_agree_is_told_at_its_place(drawing, panels, message, line):
    """A box without a heading, a heading without a box and a drawing that is none are errors with line and hint."""
    with pytest.raises(BananaError) as caught:
        markdown.read(Source("s.md", sheet(drawing, *panels)))
    (found,) = caught.value.diagnostics
    assert found.message == message
    assert found.location()[1].line == line
    assert found.hints


def test_drawn_words_that_a_section_replaces_are_told():
    """A plan inside a box is not shown, and a note says so."""
    drawing = drawn([["A"], ["B"]]).replace("│A ", "│A ", 1)
    lines = drawing.split("\n")
    lines.insert(2, row(["- three points"], 60))
    document, warnings = pipeline.read_warned(sheet("\n".join(lines), "A", "B"))
    assert shape(document.sheets[0].zones) == [["title"], ["a"], ["b"]]
    assert "what is drawn in the box “A” is a plan: the panel shows its section" in [w.message for w in warnings]


def test_a_brief_may_begin_with_columns_and_have_its_title_in_the_front_matter():
    """A wireframe in the text whose first row is divided is one where headings name its boxes; a table is none."""
    drawing = drawn([["Alpha", "Beta"], ["Gamma"]])
    text = f"---\ntitle: Greek\n---\n```\n{drawing}\n```\n\n## Alpha\n\none\n\n## Beta\n\ntwo\n\n## Gamma\n\nthree\n"
    assert is_brief(text)
    page = pipeline.read(text).sheets[0]
    assert plain_text(page.title.content) == "Greek"
    assert shape(page.zones) == [["title"], ["alpha", "beta"], ["gamma"]]
    assert not is_brief(text.replace("## ", "Letter "))


def test_a_first_box_named_like_a_section_is_a_panel_where_the_title_is_said():
    """A brief whose front matter has the title keeps the panel drawn first."""
    drawing = drawn([["Alpha 40%"], ["Beta 60%"]])
    page = pipeline.read(f"---\ntitle: Greek\n---\n{drawing}\n\n## Alpha\n\none\n\n## Beta\n\ntwo\n").sheets[0]
    assert shape(page.zones) == [["title"], ["alpha"], ["beta"]]
    assert [plain_text(p.title) for p in page.panels] == ["Alpha", "Beta"]
    assert [round(z.track.weight / page.zones[1].track.weight, 6) for z in page.zones[1:]] == [1, 1.5]


TITLES = ["Alpha", "정의", "Beta two", "표", "Gamma", "핵심 요약", "Delta", "질문", "Epsilon", "예시", "Zeta", "그림"]


@given(st.lists(st.integers(1, 3), min_size=1, max_size=4), st.data())
def test_any_rows_of_boxes_come_out_as_drawn(counts, data):
    """Rows of one to three boxes give zones of as many panels in their order, with the shares written in any one of them."""
    titles = iter(data.draw(st.permutations(TITLES)))
    rows = [[next(titles) for _ in range(count)] for count in counts]
    shares = data.draw(st.lists(st.integers(1, 9), min_size=len(rows), max_size=len(rows)))
    total = sum(shares)
    parts = [round(100 * share / total, 1) for share in shares]
    marked = []
    for titles_of_row, part in zip(rows, parts, strict=True):
        at = data.draw(st.integers(0, len(titles_of_row) - 1))
        marked.append([f"{t} {part:g}%" if i == at else t for i, t in enumerate(titles_of_row)])
    page = pipeline.read(sheet(drawn(marked, 72), *(t for r in rows for t in r))).sheets[0]
    found = {plain_text(p.title): p.id for p in page.panels}
    assert shape(page.zones[1:]) == [[found[t] for t in r] for r in rows]


@given(st.text(alphabet="┌─┬┐│├┼┤└┴┘+-| AB0%\n가", max_size=300))
def test_any_drawing_is_read_or_refused_at_its_place(drawing):
    """Whatever is drawn, a document comes out or an error with a place in the source."""
    text = sheet("┌" + drawing.replace("\n\n", "\n"), "A", "B")
    found = []
    try:
        found += pipeline.read_warned(text)[1]
    except BananaError as error:
        found += error.diagnostics
    assert all(d.span is None or 0 <= d.span.start <= d.span.end <= len(text) for d in found)
