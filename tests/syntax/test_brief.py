"""Briefs: what people describe by a wireframe comes out as the page they describe."""

from __future__ import annotations

import functools
import re
from collections import Counter
from pathlib import Path

import pytest

from banana_layout import pipeline
from banana_layout.layout.result import Layout
from banana_layout.model.document import Document, Overrides
from banana_layout.model.inline import plain_text
from banana_layout.source import Diagnostic
from banana_layout.syntax import brief
from banana_layout.syntax.boxart.drawing import words_of

CASES = sorted((Path(__file__).parent.parent / "cases" / "briefs").glob("*.md"))
NAMES = [path.stem for path in CASES]

RATIOS = {
    "box-art": (10, 38, 24, 28),
    "crooked": (12, 33, 30, 25),
    "far-too-full": (12, 18, 70),
    "five-zones": (10, 18, 26, 26, 20),
    "four-cells-ja": (14, 24, 32, 30),
    "no-boxes": (12, 24, 34, 30),
    "plan-with-orders": (10, 34, 28, 28),
    "ratios-over": (20, 50, 50),
    "reference-branching": (15, 25, 40, 20),
    "reference-inference": (10, 25, 45, 20),
    "slide-ascii": (15, 50, 35),
    "two-zones": (14, 36, 50),
}
"""What each brief says of its zones' heights; the others say nothing."""

PROSE = {
    "two-zones": ("design", "paragraph", "footer", "Portrait", "widest"),
    "four-cells-ja": ("専門家", "原文", "横向き", "一番広く"),
    "nested-three-deep": ("설계자",),
    "ratios-over": ("editor", "Ratios"),
    "slide-ascii": ("Format", "Wireframe"),
    "no-boxes": ("widest", "Ratio"),
    "plan-with-orders": ("zanzibar", "quixotic", "mindmap", "Extract", "RFC", "Create", "generate"),
    "far-too-full": ("요약", "핵심", "좌측"),
    "crooked": ("작성자", "핵심", "Instructions"),
    "box-art": ("Landscape",),
    "five-zones": ("poster", "Proportions"),
    "by-place": ("디자이너", "알아둘", "하단"),
    "reference-inference": ("Communicator", "transcript", "weights", "biased flip", "넓어야", "Mermaid", "Matrix"),
    "reference-branching": ("movable", "writer", "넓어야", "핵심", "Landscape", "Pro Git"),
}
"""Words of each brief that speak to its writer or stand in its source."""


@functools.cache
def read(name: str) -> tuple[Document, tuple[Diagnostic, ...]]:
    return pipeline.read_warned(next(p for p in CASES if p.stem == name))


@functools.cache
def laid(name: str) -> Layout:
    document, warnings = read(name)
    return pipeline.layout(document, warnings=warnings)


def tokens(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text))


def on_page(layout: Layout, page: int = 0) -> str:
    """Every word of a page, those in diagrams too."""
    laid_page = layout.pages[page]
    found = [line.text for line in laid_page.lines()]
    for diagram in laid_page.diagrams():
        found += [node["label"] for node in diagram["nodes"]]
        found += [edge["label"] or "" for edge in diagram["edges"] if edge.get("label")]
    return " ".join(found)


def glued(text: str) -> str:
    return "".join(re.findall(r"[^\W_]", text))


@pytest.mark.parametrize("name", NAMES)
def test_brief_gives_one_whole_page(name):
    """Each is recognised, refused by nothing, and is one page."""
    path = next(p for p in CASES if p.stem == name)
    assert brief.is_brief(path.read_text(encoding="utf-8"))
    assert len(laid(name).pages) == 1
    assert all(box.rect.h > 0 for box in laid(name).pages[0].panels)


@pytest.mark.parametrize("name", RATIOS)
def test_zones_have_the_stated_ratios(name):
    """Zones are as high as the brief says, normalised where its numbers do not add up, to a millionth."""
    page = laid(name).pages[0]
    outer = [z for z in page.zones if "." not in z.id]
    total = sum(RATIOS[name])
    assert len(outer) == len(RATIOS[name])
    for zone, ratio in zip(outer, RATIOS[name], strict=True):
        assert zone.rect.h == pytest.approx(page.content.h * ratio / total, rel=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_a_panel_is_lost(name):
    """Every word that a panel holds, its title and the sheet's are drawn: all of its section, or of its digest."""
    document, _ = read(name)
    sheet, page = document.sheets[0], laid(name).pages[0]
    short = {box.id for box in page.panels if box.digest}
    shown = glued(on_page(laid(name)))
    wanted = [plain_text(sheet.title.content)] if sheet.title else []
    for panel in sheet.panels:
        wanted += [plain_text(panel.title), words_of(panel.digest if panel.id in short else panel.blocks)]
    for text in wanted:
        for word in tokens(_shown_only(text)):
            assert word in shown, word


def _shown_only(text: str) -> str:
    """Text without what only describes a drawing: Mermaid's own words."""
    return re.sub(r"\b(?:flowchart|mindmap|LR|TB|RL|BT|root|[sn]\d+|bash|python|level|A|B|C|D)\b|<br/>", " ", text)


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_the_drawing_is_lost_where_no_section_takes_its_place(name):
    """Panels that no section fills hold every word drawn in them, notes to the layouter aside."""
    document, _ = read(name)
    text = (CASES[NAMES.index(name)]).read_text(encoding="utf-8")
    from banana_layout.syntax.wireframe import find

    found = find(text)
    assert found is not None
    drawn = tokens(" ".join(s.text for zone in found.zones for s in zone.lines))
    sheet = document.sheets[0]
    held = Counter[str]()
    if sheet.title:
        held += tokens(plain_text(sheet.title.content) + " " + words_of(sheet.title.subtitle))
    for panel in sheet.panels:
        held += tokens(plain_text(panel.title) + " " + words_of(panel.digest or panel.blocks))
    for connector in sheet.connectors:
        held += tokens(connector.label)
    notes = tokens("이 섹션이 가장 넓어야 함 핵심 중앙 영역 make this the widest section 一番広く Flowchart Subtitle")
    lost = [w for w in drawn - held if w not in notes and not w.isdigit() and w != "x"]
    assert lost == []


@pytest.mark.parametrize("name", NAMES)
def test_none_of_the_prose_is_on_the_page(name):
    """Role, source, instructions, ratios and notes to the layouter stay off the sheet."""
    shown = on_page(laid(name))
    assert [w for w in PROSE[name] if w in shown] == []


def test_sections_fill_the_panels_they_name():
    """The warnings say which section fills which panel and why; one without a panel is named as left off."""
    _, warnings = read("reference-branching")
    said = [w.message for w in warnings]
    assert "section “🛠️ COMMANDS (하단 좌측)” fills panel “COMMANDS”: the same title" in said
    assert "section “📚 더 읽을거리” belongs to no panel and is left off the sheet" in said
    _, warnings = read("by-place")
    said = [w.message for w in warnings]
    assert any("“원칙”: its place (bottom)" in m for m in said)
    assert any("“매매 과정”: the only flowchart" in m for m in said)
    _, warnings = read("plan-with-orders")
    assert [w.message for w in warnings if "left off" in w.message] == [
        "section “6. 📚 Further Reading” belongs to no panel and is left off the sheet"
    ]


def test_messages_stand_in_the_order_of_the_brief_and_say_what_nobody_fills():
    """Findings go from top to bottom; panels without a section are named once; foreign front matter is no business."""
    _, found = read("reference-branching")
    lines = [place[1].line for f in found if (place := f.location())]
    assert lines == sorted(lines)
    assert found[0].message == (
        "no section has the title of panels “HEAD와 포인터”, “MERGE vs REBASE”; they show their lines of the drawing"
    )
    assert found[0].render().count("\n") == 0
    assert not any("front matter" in f.message for f in read("plan-with-orders")[1])
    assert [f.hints for f in read("by-place")[1] if "no ratios" in f.message] == [
        ("to set them, write a line such as 10 : 58 : 32",)
    ]


def test_ratios_that_do_not_add_up_are_normalised_with_a_warning():
    """The warning names what was said and what it became."""
    _, warnings = read("ratios-over")
    assert [w.message for w in warnings if w.severity == "warning"] == [
        "the ratios add up to 120 % (20 + 50 + 50); they are normalised to 16.7 : 41.7 : 41.7"
    ]


def test_cells_are_as_wide_as_the_brief_says():
    """Stated shares hold; equal cells are equal; a drawing that differs much is followed."""
    page = laid("ratios-over").pages[0]
    cells = {p.id: p.cell for p in page.panels}
    assert cells["why-test"].w / page.content.w == pytest.approx(0.4, rel=1e-6)
    page = laid("reference-branching").pages[0]
    cells = {p.id: p.cell for p in page.panels}
    assert cells["what-is-a-branch"].w == pytest.approx(cells["head와-포인터"].w, rel=1e-9)
    page = laid("nested-three-deep").pages[0]
    cells = {p.id: p.cell for p in page.panels}
    assert cells["요청의-길"].w / cells["원칙"].w > 1.3


def test_page_comes_from_the_prose():
    """Landscape, 16:9, A3 and what is said against them are understood."""
    sizes = {
        n: read(n)[0].settings.page for n in ("reference-branching", "slide-ascii", "five-zones", "plan-with-orders")
    }
    assert sizes["reference-branching"].width > sizes["reference-branching"].height
    assert sizes["slide-ascii"].name == "16:9"
    assert (sizes["five-zones"].name, sizes["five-zones"].height > sizes["five-zones"].width) == ("A3", True)
    assert sizes["plan-with-orders"].height > sizes["plan-with-orders"].width
    assert [read(n)[0].settings.lang for n in ("two-zones", "four-cells-ja", "crooked")] == ["en", "ja", "ko"]


def test_hero_is_the_panel_the_notes_ask_for():
    """A note in the title, or a ratio's words, mark the widest panel; the note is no text."""
    panels = {p.id: p for p in read("reference-inference")[0].sheets[0].panels}
    assert panels["token-generation-process"].classes == ("hero",)
    assert plain_text(panels["token-generation-process"].title) == "TOKEN GENERATION PROCESS"
    assert plain_text(next(p for p in read("crooked")[0].sheets[0].panels if p.classes).title) == "개선 루프"


def test_unclosed_fence_ends_at_the_next_heading():
    """The code before it ends there, and the sections after it are read."""
    panels = {p.id: p for p in read("reference-branching")[0].sheets[0].panels}
    (code,) = panels["commands"].blocks
    assert code.text.endswith("git push --force-with-lease")
    assert panels["흔한-실수"].blocks[0].rows[2][1].content


def test_orders_are_carried_out_or_left_out():
    """A mind map and a flowchart that are described in full are drawn; orders themselves are never text."""
    panels = {p.id: p for p in read("plan-with-orders")[0].sheets[0].panels}
    (overview,) = panels["topic-overview"].blocks
    assert [c.label[0].text for c in overview.diagram.root.children] == ["Roles", "Grants", "Tokens"]
    (flow,) = panels["authorization-code-flow"].blocks
    assert [n.label[0].text for n in flow.diagram.nodes][-1] == "API call"
    assert words_of(panels["quotes"].blocks).strip() == "one line to remember"


def section(content: str, heading: str = "Output Structure Plan") -> tuple[tuple, list[str]]:
    """What a panel shows whose section holds something, and the messages but for the one about the section."""
    box = "┌────────────────────────────┐\n│ TITLE                      │\n├────────────────────────────┤\n│ PANEL                      │\n│                            │\n│ drawn                      │\n└────────────────────────────┘"
    document, found = pipeline.read_warned(f"{box}\n\n# {heading}\n\n## Panel\n\n{content}\n")
    return document.sheets[0].panels[0].blocks, [f.message for f in found if not f.message.startswith("section")]


@pytest.mark.parametrize(
    "order",
    [
        "- Create a table with columns: Side | Cost\n  - Merge | **low**\n  - Rebase | `high`",
        "Create a comparison table:\n\n- Columns: Side, Cost\n- Rows:\n  - Row 1: Merge, **low**\n  - Row 2: Rebase, `high`",
        "표로 정리해주세요. 컬럼: Side | Cost\n- Merge: **low**\n- Rebase: `high`",
    ],
)
def test_table_described_in_full_is_made(order):
    """Columns and rows, however they are listed, become a table that keeps its markup."""
    ((table,), messages) = section(order)
    cells = [[plain_text(c.content) for c in row] for row in (table.header, *table.rows)]
    assert cells == [["Side", "Cost"], ["Merge", "low"], ["Rebase", "high"]]
    assert type(table.rows[0][1].content[0]).__name__ == "Strong"
    assert all("is carried out" in m for m in messages)


def test_order_that_cannot_be_carried_out_is_named_and_loses_nothing_ready():
    """The message quotes the order and says what it lacks; a list or a table under it stays, lines that specify it do not."""
    blocks, messages = section('- Create a "Key Matrix" table with columns: [A] | [B]\n- Ready.')
    assert words_of(blocks).strip() == "Ready."
    assert messages == [
        'the order “Create a "Key Matrix" table with columns: [A] | [B]” is left out: it names columns, but no rows'
    ]
    blocks, _ = section(
        '- Create a quote list:\n  - Style: red\n  - "Ship it."\n\n- Draw a table\n\n  | x |\n  |---|\n  | 1 |'
    )
    assert words_of(blocks).split() == ['"Ship', 'it."', "x", "1"]


def test_advice_among_ready_content_is_no_order():
    """What a sheet tells its reader stays where the brief says the content is ready."""
    for line in ("Add a table of contents", "Use a flowchart sparingly", "이미지 생성", "Include icons"):
        blocks, messages = section(f"- {line}", "Content Details")
        assert (words_of(blocks).strip(), messages) == (line, [])


def test_table_promised_in_the_prose_is_named():
    """A table that the writer was to fill, and nobody did, is told."""
    _, found = read("reference-inference")
    assert [f.message for f in found if "is left out" in f.message] == [
        'the order “Create a "Key Concepts Matrix" table with columns: [Concept…” is left out: it names columns, but no rows'
    ]


def test_all_adds_what_has_no_place():
    """With `all`, a section without a panel, and a section too long for its panel, stand whole on further pages."""
    for name, section in (("plan-with-orders", "RFC 6749"), ("far-too-full", "docker image prune")):
        path = next(p for p in CASES if p.stem == name)
        layout = pipeline.layout(pipeline.read(path, Overrides(all=True)))
        assert len(layout.pages) > 1
        assert section in " ".join(on_page(layout, i) for i in range(1, len(layout.pages)))
        assert section not in on_page(layout)
        assert not any("--all" in hint for found in layout.warnings for hint in found.hints)


def test_full_panel_shows_its_digest_with_a_warning():
    """Where even small text does not hold a section, the drawing's own lines are shown, and the warning says so."""
    layout = laid("far-too-full")
    assert [box.id for box in layout.pages[0].panels if box.digest] == ["image"]
    assert any("“IMAGE” is too full" in w.message for w in layout.warnings)
    assert "읽기 전용 계층" in on_page(layout)


def test_places_count_in_the_brief():
    """Spans of panels and their content lead to the words in the brief."""
    for name in NAMES:
        document, _ = read(name)
        assert document.source is not None
        for panel in document.sheets[0].panels:
            if panel.span and panel.title:
                found = document.source.text[panel.span.start : panel.span.end]
                assert plain_text(panel.title).split()[0] in found


@pytest.mark.parametrize(
    "text",
    [
        "# Title\n\n## One\n\nwords\n",
        "---\nlayout:\n  - 1: title\n---\n\n# T\n\n```\n" + CASES[-1].read_text(encoding="utf-8") + "\n```\n",
        "| a | b |\n|---|---|\n| 1 | 2 |\n",
    ],
)
def test_sheets_are_no_briefs(text):
    """Ordinary Markdown, and a sheet with a layout of its own that quotes a wireframe, are read as Markdown."""
    assert not brief.is_brief(text)


def joined(*zones: str, width: int = 60) -> list[tuple[str, str, str]]:
    """The arrows between panels of a drawing with a title and some zones."""
    rows = [["  TITLE"], *(z.split("\n") for z in zones)]
    body = ["│" + line.ljust(width) + "│" if line[:1] != "├" else line for zone in rows for line in [*zone, RULE]]
    text = "\n".join(["┌" + "─" * width + "┐", *body[:-1], "└" + "─" * width + "┘"])
    return [(c.source, c.target, c.label) for c in pipeline.read(text).sheets[0].connectors]


RULE = "├" + "─" * 60 + "┤"
TWO = "┌────────────────────┐     ┌────────────────────┐\n│ {} │     │ {} │\n│                    │     │                    │\n│ words              │     │ words              │\n└────────────────────┘     └────────────────────┘"


def two(one: str, other: str) -> str:
    return TWO.format(one.ljust(18), other.ljust(18))


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (f"          ↓\n{RULE}\n", [("a", "c", "")]),
        (f"                                     ▼\n{RULE}\n", [("b", "d", "")]),
        (f"{RULE}\n          ▼                          ▲\n", [("a", "c", ""), ("d", "b", "")]),
        (f"{RULE}\n                                 ↓ ships\n{RULE}\n", [("b", "d", "ships")]),
        (f"          │                         │\n{RULE}\n          v                         v\n", [("a", "c", ""), ("b", "d", "")]),
        ("├─────────────────────────────────────▼──────────────────────┤\n", [("b", "d", "")]),
        (f"{RULE}\n", []),
    ],
)  # fmt: skip
def test_arrows_between_rows_join_the_panels_they_stand_under(lines, found):
    """Under a row, over one, in a row of their own and in the line across: the nearest panels above and below are joined."""
    assert joined(f"{two('A', 'B')}\n{lines}{two('C', 'D')}") == found


def test_arrows_between_stacked_boxes_join_the_nearest():
    """An arrow beside a column of two boxes joins the one in its line."""
    left = "┌──────────────┐              ┌──────────────┐\n│ A            │              │ B            │\n│ words        │              │ words        │\n│              │              │              │\n"
    zone = left + (
        "│              │              └──────────────┘\n│              │              ┌──────────────┐\n│              │  ─────────▶  │ C            │\n"
        "│              │              │ words        │\n└──────────────┘              └──────────────┘"
    )
    assert joined(zone) == [("a", "c", "")]
