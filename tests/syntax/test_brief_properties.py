"""Random briefs, written as people write them, become the sheets they describe."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from banana_layout import pipeline
from banana_layout.model.inline import plain_text
from banana_layout.model.zone import PanelCell
from banana_layout.syntax.boxart.drawing import words_of
from tests.syntax.wireframe_drawing import Drawing, drawn

TITLES = (
    "APPLE PIE",
    "서버 구조",
    "💡 IDEAS",
    "흐름 정리",
    "📦 보관함",
    "요약 노트",
    "BETA TEST",
    "ジャム作り",
    "색과 빛",
    "NIGHT SKY",
)
PLACES = ("top", "upper", "middle", "lower", "bottom", "last")


class Cell(NamedTuple):
    """A panel to be drawn."""

    lines: tuple[str, ...]


class Split(NamedTuple):
    """Cells side by side."""

    axis: str
    parts: tuple[Cell, ...]


class Plan(NamedTuple):
    """A brief."""

    rows: tuple[tuple[str, ...], ...]
    """The panels' titles, zone by zone."""
    shares: tuple[int, ...]
    """Each zone's, the title's first."""
    filled: tuple[str, ...]
    """Panels with a section."""


@st.composite
def plans(draw) -> Plan:
    titles = draw(st.permutations(TITLES))
    counts = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    rows, at = [], 0
    for count in counts:
        rows.append(tuple(titles[at : at + count]))
        at += count
    shares = draw(st.lists(st.integers(16, 60), min_size=len(rows) + 1, max_size=len(rows) + 1))
    filled = draw(st.permutations([t for row in rows for t in row if draw(st.booleans())]))
    return Plan(tuple(rows), tuple(shares), tuple(filled))


def ratios(shares: tuple[int, ...], form: int) -> str:
    """The zones' shares, as one writes them."""
    places = PLACES[: len(shares)]
    if form == 0:
        return "\n".join(f"- **{p} ({s}%)**: words" for p, s in zip(places, shares, strict=True))
    if form == 1:
        return "| zone | ratio |\n|---|---|\n" + "\n".join(
            f"| {p} | {s}% |" for p, s in zip(places, shares, strict=True)
        )
    if form == 2:
        return "Ratios: " + " / ".join(f"{s}%" for s in shares)
    if form == 3:
        return "Heights " + ", ".join(f"{p} {s}%" for p, s in zip(places, shares, strict=True))
    return "Zones " + ":".join(map(str, shares))


def written(plan: Plan, drawing: Drawing, forms: tuple[int, int, int, int]) -> str:
    """The whole brief: prose, wireframe, ratios, sections, orders."""
    zones: list[Cell | Split] = [Cell(("🍌 TITLE 🍌",))]
    for row in plan.rows:
        cells = tuple(Cell((title, "", f"drawn {title.split()[-1]}", "• kept")) for title in row)
        zones.append(cells[0] if len(cells) == 1 else Split("columns", cells))
    frame = "\n".join(drawn(zones, drawing))
    how, ratio, heads, ends = forms
    frame = (frame, f"```\n{frame}\n```", f"~~~text\n{frame}\n~~~", "\n".join(f"> {x}" for x in frame.split("\n")))[how]
    sections = []
    for number, title in enumerate(plan.filled, 1):
        place = " (좌측 상단)" if number % 2 else ""
        head = (f"## {number}. {title}{place}", f"{title}{place}\n{'-' * 12}", f"**{title}{place}**")[heads]
        sections.append(f"{head}\n\n- said **{title.split()[-1]}** number{number}\n")
    parts = [
        "# Role\nYou draw LEAK sheets.",
        f"# Layout Structure\n{frame}\n\n{ratios(plan.shares, ratio)}",
        "# Content Details\n\n" + "\n".join(sections),
        "# Instructions\n- Keep LEAK of 100% and use 5% LEAK grey.",
    ]
    text = "\n\n".join(parts) + "\n"
    return text.replace("\n", "\r\n") if ends else text


@settings(max_examples=80, deadline=None)
@given(plans(), st.data())
def test_random_briefs_become_the_sheets_they_describe(plan, data):
    """Zones have their shares, panels their titles, sections or drawn words, and none of the prose is in any."""
    style = data.draw(st.sampled_from(("┌┐└┘─│├┤", "╭╮╰╯─│├┤", "╔╗╚╝═║╠╣", "┏┓┗┛━┃┣┫", "++++-|++")))
    drawing = Drawing(
        style,
        wide=data.draw(st.sampled_from((1, 1.5, 2))),
        slip=data.draw(st.sampled_from((0, 1, 2))) if style[0] != "+" else 0,
        gap=data.draw(st.sampled_from((1, 3))),
        choose=lambda n: data.draw(st.integers(0, n)),
    )
    forms = tuple(data.draw(st.integers(0, most)) for most in (3, 4, 2, 1))
    text = written(plan, drawing, forms)
    sheet = pipeline.read(text).sheets[0]
    assert sheet.zones is not None
    assert sheet.title is not None
    names = {p.id: p for p in sheet.panels}
    rows = [[names[c.panel] for c in z.cells if isinstance(c, PanelCell)] for z in sheet.zones[1:]]
    bare = [tuple(t.split(" ", 1)[-1] if not t[0].isalnum() else t for t in row) for row in plan.rows]
    assert [tuple(plain_text(p.title) for p in row) for row in rows] == bare, text
    weights = [z.track.weight or 0.0 for z in sheet.zones]
    scale = sum(plan.shares) / sum(weights)
    assert [round(w * scale, 6) for w in weights] == list(plan.shares), text
    for row, panels in zip(plan.rows, rows, strict=True):
        for title, panel in zip(row, panels, strict=True):
            words = words_of(panel.blocks)
            wanted = (
                f"said {title.split()[-1]} number{plan.filled.index(title) + 1}" if title in plan.filled else "drawn"
            )
            assert wanted in " ".join(words.split()), text
    assert "LEAK" not in words_of(tuple(p.blocks for p in sheet.panels)) + plain_text(sheet.title.content)
