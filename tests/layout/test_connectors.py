"""Connectors: across gutters and along them, clear of text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banana_layout import constraints
from banana_layout.geometry.rect import Rect
from banana_layout.layout.result import LaidPage
from banana_layout.pipeline import layout, read
from banana_layout.scene.item import Path

NAMES = ("a", "b", "c", "d", "e", "f")


def page(source: str, target: str, label: str, items: int = 3) -> LaidPage:
    """Return a page of six panels with one connector."""
    head = "---\nlayout:\n  - 10: title\n  - 30: [a, b]\n  - 30: c\n  - 30: [d, e, f]\nconnectors:\n"
    text = f"{head}  - {{from: {source}, to: {target}, label: {label!r}}}\n---\n\n# T\n\n"
    panels = "\n".join(f"## {n.upper()}\n\n" + "\n".join(f"- 항목 {i} 확률" for i in range(items)) for n in NAMES)
    return layout(read(text + panels)).pages[0]


@settings(max_examples=24)
@given(st.permutations(NAMES), st.sampled_from(["", "자세히", "다음 단계로 간다"]), st.integers(1, 5))
def test_connectors_never_cross_text(names: list[str], label: str, items: int) -> None:
    """Whatever two panels are joined, the drawn line runs through no line of text but its own label."""
    found = page(names[0], names[1], label, items)
    (connector,) = found.connectors
    for line in found.lines():
        box = line.rect
        tall = 0.8 * line.size
        core = Rect(box.x + 1, box.center.y - tall / 2 + 1, max(0.0, box.w - 2), tall - 2)
        if line.role != "connector":
            assert not any(core.contains(p) for p in connector.points), line.text


def test_connector_touches_both_panels() -> None:
    """The line starts at or in the panel it leaves and ends at the panel it enters."""
    found = page("a", "c", "자세히")
    boxes = {p.id: p.rect for p in found.panels}
    points = found.connectors[0].points
    assert boxes["a"].grown(6).contains(points[0])
    assert boxes["c"].grown(6).contains(points[-1])
    assert any(n.role == "connector" and n.text == "자세히" for n in found.lines())


def test_distant_panels_are_joined_along_the_gutters() -> None:
    """A connector past a panel that stands between runs through none of the panels."""
    found = page("a", "e", "")
    middle = next(p.rect for p in found.panels if p.id == "c")
    inner = middle.inset(6)
    assert not any(inner.contains(p) for p in found.connectors[0].points)


FULL_NOTE = """---
page: 16:9
layout: [12: title, 10: [p0], 10: [p1, p2], 22: [p3]]
connectors: [{from: p1, to: p3, label: 다음}]
---
# T

## A {#p0}

## B {#p1 .sticky}

```python
print(0)
```

## C {#p2}

## D {#p3}
"""
"""A note whose code leaves no free room for words but its lower edge."""


def test_words_across_an_edge_stand_on_a_tag() -> None:
    """Where nothing but a panel's edge is free, the words have a clean ground of their own; elsewhere they have none."""
    laid = layout(read(FULL_NOTE))
    keys = {i.key for _, i in constraints.pieces.in_panels(laid.pages[0].scene.items)}
    assert "/connector/0/tag" in keys
    assert constraints.check(laid) == ()
    free = layout(read(FULL_NOTE.replace("```python\nprint(0)\n```", "x").replace("10: [p1", "20: [p1")))
    assert "/connector/0/tag" not in {i.key for _, i in constraints.pieces.in_panels(free.pages[0].scene.items)}


@pytest.mark.parametrize("nodes", [3, 4, 5])
def test_words_never_stand_on_the_bare_upper_edge_of_a_frame(nodes: int) -> None:
    """A frame's upper edge lies below the panel's top, where the tab straddles it: words on it have a tag as well."""
    chart = " --> ".join(f"n{i}[Thing number {i}]" for i in range(nodes))
    table = "| A | B |\n|---|---|\n" + "| some words | some more words |\n" * 5
    head = "---\nlayout: [10: title, 49: [one, three], 41: two]\nconnectors: [{from: one, to: two, label: then}]\n---\n"
    text = f"# T\n\n## One\n\n```mermaid\nflowchart TD\n {chart}\n```\n\n## Two\n\n{table}\n\n## Three\n\n- x\n"
    laid = layout(read(head + text))
    items = {i.key: i for _, i in constraints.pieces.in_panels(laid.pages[0].scene.items)}
    words = next(n.rect for n in laid.pages[0].lines() if n.role == "connector")
    frame = items["two/frame"]
    assert isinstance(frame, Path)
    assert not (words.y < frame.path.bounds().y < words.bottom) or "/connector/0/tag" in items


def test_words_of_arrows_stand_off_doodles() -> None:
    """A heart or a star is never drawn where an arrow's words stand in an empty panel."""
    head = "---\npage: 210mm x 210mm\nlayout: [12: title, 22: [a], 31: [b, c]]\nconnectors: [{from: a, to: c, label: 다음}]\n---\n"
    panels = "## A {.hero}\n\n1. `parameters 다른` probability\n\n## B {.hero}\n\n- x\n\n## next sampling {#c}\n"
    laid = layout(read(f"{head}# 한글 제목\n\na\n\n{panels}"))
    items = list(constraints.pieces.in_panels(laid.pages[0].scene.items))
    words = next(n.rect for n in laid.pages[0].lines() if n.role == "connector")
    drawn = [i.path.bounds() for _, i in items if "/doodle" in i.key and hasattr(i, "path")]
    assert drawn
    assert not any(words.meets(box) for box in drawn)


def test_an_arrow_to_a_neighbour_swings_into_its_crossing() -> None:
    """Where a panel has room the arrow begins aside of its crossing and arrives upright."""
    found = page("a", "c", "", items=1)
    points = found.connectors[0].points
    assert abs(points[0].x - points[-1].x) > 10
    assert abs(points[-2].x - points[-1].x) < 0.1 * abs(points[-2].y - points[-1].y)


def test_an_arrow_ends_on_the_tab_that_leaves_no_frame_beside_it() -> None:
    """A title as wide as its panel takes the arrow from above: it reaches back into the panel it leaves, with its words."""
    head = (
        "---\npage: A5\nlayout:\n  - 50: [a, b]\n  - 50: [c, d]\nconnectors: [{from: a, to: c, label: 자세히}]\n---\n\n"
    )
    text = "## A\n\n- 하나\n\n## B\n\n- 하나\n\n## C 제목이 아주 긴 상자 {#c}\n\n- 하나\n\n## D\n\n- 하나\n"
    found = layout(read(head + text)).pages[0]
    points = found.connectors[0].points
    boxes = {p.id: p.rect for p in found.panels}
    assert points[0].y < boxes["a"].bottom - 20
    assert points[-1].y <= boxes["c"].y


@pytest.mark.parametrize(
    "words", ["확률", "**확률 확률 parameters 확률** 확률", "**확률 확률 확률 확률** 확률 확률 확률"]
)
def test_words_of_arrows_stand_off_the_fold_of_a_note(words: str) -> None:
    """A note's lifted corner is darker than its paper: neither an arrow nor its words lie on it."""
    rows = "  - 12: title\n  - 13: p0\n  - 11: [{rows: [{10: p1}], weight: 1}, {p2: 2}]\n  - 30: p3\n"
    head = f"---\nlayout:\n{rows}connectors: [{{from: p1, to: p3, label: 다음}}]\n---\n# T\n\n확률\n\n## A {{#p0}}\n\n"
    note = f"## token {{#p1 .sticky}}\n\n1. 확률\n2. {words}\n\n"
    found = layout(read(f"{head}{note}## token {{#p2}}\n\n## token next {{#p3}}\n")).pages[0]
    items = {i.key: i for _, i in constraints.pieces.in_panels(found.scene.items)}
    folds = [i.path.bounds() for key in ("p1/note/back", "p1/note/crease") if isinstance(i := items[key], Path)]
    said = next(n.rect for n in found.lines() if n.role == "connector")
    assert len(folds) == 2
    assert not any(said.meets(fold) for fold in folds)
