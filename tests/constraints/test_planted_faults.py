"""Faults planted in a good page, as an engine might make them: the standard set names each, where and by how much."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec
import pytest

from banana_layout import constraints
from banana_layout.geometry.point import Point
from banana_layout.geometry.rect import Rect
from banana_layout.layout.result import Layout
from banana_layout.pipeline import layout, read
from banana_layout.scene.frame import shifted as moved
from banana_layout.scene.item import GlyphRun, Group, Item

TEXT = """---
layout:
  - 12: title
  - 40: [{a: 2}, {rows: [{50: b}, {50: c}], weight: 1}, e]
  - 48: [f, g]
connectors:
  - {from: a, to: f, label: then}
---

# 제목 (sub)

## A

- one
- two **three** four

## B

1. first
2. second

## C

three words in a narrow panel take more than one line, and so they do here

## E

five

## F

```mermaid
flowchart LR
  x[start here] -->|why| y["the middle<br/>of it"] --> z[end]
  x --> z
```

## G

```mermaid
mindmap
  root((core))
    left
    right
```
"""
change = msgspec.structs.replace


@pytest.fixture(scope="module")
def laid() -> Layout:
    """A sound page: nested cells, an arrow, a flowchart with a label and a mind map."""
    return layout(read(TEXT))


def altered(laid: Layout, **changes: object) -> Layout:
    """Return a layout with its page changed."""
    return change(laid, pages=(change(laid.pages[0], **changes),))


def edited(laid: Layout, edit: Callable[[Item], Item | None]) -> Layout:
    """Return a layout with every item of its page edited; None leaves one out."""

    def walk(items: tuple[Item, ...]) -> Iterator[Item]:
        for item in items:
            one = edit(item)
            if one is not None:
                yield change(one, children=tuple(walk(one.children))) if isinstance(one, Group) else one

    scene = laid.pages[0].scene
    return altered(laid, scene=change(scene, items=tuple(walk(scene.items))))


def shifted(laid: Layout, panel: str, dx: float, dy: float, cell: bool = False) -> Layout:
    """Return a layout with a panel and all it holds shifted, its cell too where asked."""
    by = {"rect", "content", *(("cell",) if cell else ())}
    boxes = tuple(
        change(p, **{n: getattr(p, n).shifted(dx, dy) for n in by}) if p.id == panel else p
        for p in laid.pages[0].panels
    )
    items = edited(laid, lambda i: moved(i, dx, dy) if isinstance(i, Group) and i.key == panel else i)
    return altered(items, panels=boxes)


def found(laid: Layout) -> dict[str, list[constraints.Violation]]:
    """Return violations of the standard set by constraint; each says what would mend it and by how much it is off."""
    out: dict[str, list[constraints.Violation]] = {}
    for v in constraints.check(laid):
        assert v.amount > 0
        assert v.hint
        assert v.rects or not v.page
        out.setdefault(v.constraint, []).append(v)
    return out


def test_the_page_is_sound(laid: Layout) -> None:
    """Nothing is planted yet, and nothing is found."""
    assert found(laid) == {}


@pytest.mark.parametrize("panel", ["a", "b", "c", "e", "f"])
@pytest.mark.parametrize(("dx", "dy"), [(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)])
def test_a_panel_a_point_off_is_found(laid: Layout, panel: str, dx: float, dy: float) -> None:
    """Shifted within its cell, its gutters are uneven; with its cell, the cell is off its share: by one point."""
    inside = found(shifted(laid, panel, dx, dy))
    (v,) = {v.panel: v for v in inside["gutters-even"]}.values()
    assert (v.panel, v.page, round(v.amount, 6)) == (panel, 1, 1.0)
    whole = found(shifted(laid, panel, dx, dy, cell=True))["cells-exact"]
    assert {(v.panel, round(v.amount, 6)) for v in whole if v.panel} == {(panel, 1.0)}
    assert whole[0].span is not None or not whole[0].panel


def test_panels_in_one_anothers_cells_are_found(laid: Layout) -> None:
    """Two panels that changed places, their cells with them, are not where the author put them."""
    names = {"f": "g", "g": "f"}
    boxes = tuple(change(p, id=names.get(p.id, p.id)) for p in laid.pages[0].panels)
    swapped = edited(altered(laid, panels=boxes), lambda i: change(i, key=names[i.key]) if i.key in names else i)  # type: ignore[arg-type]
    assert {v.panel for v in found(swapped)["cells-exact"] if v.panel} == {"f", "g"}


@pytest.mark.parametrize("name", ["zone-1", "zone-2", "zone-3", "zone-2.1", "zone-2.2"])
def test_zones_a_little_off_are_found(laid: Layout, name: str) -> None:
    """A zone half a percent lower, or a hundredth of a point off its place, is found, nested or not."""
    zones = laid.pages[0].zones
    for edit in (lambda r: change(r, h=r.h * 0.995), lambda r: r.shifted(0.0, 0.01), lambda r: r.shifted(0.01, 0.0)):
        off = altered(laid, zones=tuple(change(z, rect=edit(z.rect)) if z.id == name else z for z in zones))
        assert {"zones-exact", "cells-exact"} & set(found(off))


def test_rows_in_a_cell_stand_in_its_middle(laid: Layout) -> None:
    """Nested rows, their panels with them, a point to the right of where their cell is."""
    nested = ("zone-2.1", "zone-2.2")
    zones = tuple(change(z, rect=z.rect.shifted(1.0, 0.0)) if z.id in nested else z for z in laid.pages[0].zones)
    off = altered(shifted(shifted(laid, "b", 1.0, 0.0, True), "c", 1.0, 0.0, True), zones=zones)
    (v,) = found(off)["cells-exact"]
    assert v.message == "the rows from zone-2.1 on stand 2 pt off their cell"


def test_a_panel_left_out_is_found(laid: Layout) -> None:
    """A panel that the layout names and no page shows is missed word by word."""
    gone = edited(laid, lambda i: None if i.key == "b" else i)
    gone = altered(gone, panels=tuple(p for p in laid.pages[0].panels if p.id != "b"))
    assert {v.message for v in found(gone)["nothing-lost"]} == {
        f'"{w}" of "{w}" is not shown' for w in ("B", "1", "2", "first", "second")
    }


@pytest.mark.parametrize(
    ("panel", "word"),
    [("a", "one"), ("a", "four"), ("c", "narrow"), ("b", "2"), ("f", "start"), ("g", "right"), ("", "then")],
)
def test_a_word_left_out_is_found(laid: Layout, panel: str, word: str) -> None:
    """A word that is not shown is missed although the same letters stand elsewhere: in text, lists, nodes, on arrows."""

    def without(item: Item) -> Item:
        if isinstance(item, GlyphRun) and item.key.startswith(panel) and word in item.text.split():
            at = item.text.index(word)
            kept, seen = [], 0
            for g in item.glyphs:
                if not at <= seen < at + len(word):
                    kept.append(g)
                seen += len(g.text)
            return change(item, glyphs=tuple(kept))
        return item

    (v,) = found(edited(laid, without))["nothing-lost"]
    assert v.message.startswith(f'"{word}" of "')
    assert v.panel == (panel or "a")


def test_arrows_and_edges_left_out_are_found(laid: Layout) -> None:
    """An arrow between panels, an edge of a flowchart and a branch of a mind map that are not drawn are missed."""
    assert [v.message for v in found(altered(laid, connectors=()))["nothing-lost"]] == [
        'the arrow from "a" to "f" is not shown'
    ]

    def shorter(item: Item) -> Item:
        if isinstance(item, Group) and item.facts is not None:
            return change(item, facts=change(item.facts, edges=item.facts.edges[:-1]))  # type: ignore[type-var, attr-defined]
        return item

    lost = found(edited(laid, shorter))["nothing-lost"]
    assert {(v.panel, v.message) for v in lost} == {
        ("f", "the edge x → z is not shown"),
        ("g", "a branch of the mind map is not shown"),
    }


def test_lines_in_the_wrong_order_are_found(laid: Layout) -> None:
    """Two lines of one paragraph, or of one node, that changed places are read in the wrong order."""
    for prefix in ("c/0/line", "f/0/node/y/label/"):
        lines = {g.key: g for g in constraints.pieces.all_groups(laid.pages[0].scene.items) if g.key.startswith(prefix)}
        first, second = [lines[k] for k in sorted(lines) if lines[k].role == "line"][:2]
        assert first.rect is not None
        assert second.rect is not None
        down = second.rect.y - first.rect.y
        way = {first.key: down, second.key: -down}
        swapped = edited(laid, lambda i: moved(i, 0.0, way[i.key]) if i.key in way else i)  # noqa: B023
        hits = found(swapped)["reading-order"]
        assert {v.key for v in hits} == {second.key}


@pytest.mark.parametrize(
    "edit",
    [
        lambda r: change(r, x=r.x + 9.0),
        lambda r: change(r, y=r.y - 0.9 * r.size),
        lambda r: change(r, y=r.y + 0.9 * r.size),
        lambda r: change(r, size=r.size * 0.4),
        lambda r: change(r, size=r.size * 1.6),
    ],
    ids=["right", "up", "down", "small", "large"],
)
@pytest.mark.parametrize("word", ["three", "five", "the middle", "second"])
def test_letters_off_their_line_are_found(laid: Layout, word: str, edit: Callable[[GlyphRun], GlyphRun]) -> None:
    """What the page's facts say of a line must be true of its letters."""
    off = edited(laid, lambda i: edit(i) if isinstance(i, GlyphRun) and i.text.strip().startswith(word[:6]) else i)
    hits = found(off)["letters-in-lines"]
    assert all(v.amount >= 1.0 for v in hits)
    assert hits[0].rects[0].w > 0


def test_letters_over_letters_of_one_line_are_found(laid: Layout) -> None:
    """A run drawn over its neighbour in the same line is found though both stay in the line."""
    off = edited(laid, lambda i: change(i, x=i.x - 12.0) if isinstance(i, GlyphRun) and i.text == "three" else i)
    assert [v.panel for v in found(off)["letters-in-lines"]] == ["a"]


@pytest.mark.parametrize("role", ["node", "edge"])
@pytest.mark.parametrize("panel", ["f", "g"])
def test_diagrams_drawn_elsewhere_are_found(laid: Layout, role: str, panel: str) -> None:
    """A node or an edge that is not drawn where the diagram's facts put it, or not at all, is found."""
    key = next(
        (g.key for g in constraints.pieces.all_groups(laid.pages[0].scene.items)
         if g.role == role and g.key.startswith(f"{panel}/")), None
    )  # fmt: skip
    if key is None:
        assert (role, panel) == ("edge", "g")  # limbs of a mind map have no group of their own
        return
    away = found(edited(laid, lambda i: moved(i, 60.0, 0.0) if i.key == key else i))["drawn-as-told"]
    assert [(v.panel, v.key) for v in away] == [(panel, key)]
    gone = found(edited(laid, lambda i: None if i.key == key else i))["drawn-as-told"]
    assert [v.message.endswith("is told of and not drawn") for v in gone] == [True]


def test_words_of_a_node_elsewhere_in_it_are_found(laid: Layout) -> None:
    """A label that stands at its node's edge while the facts have it in the middle is found."""
    key = "f/0/node/y/label/0/line0"
    off = found(edited(laid, lambda i: moved(i, 0.0, 14.0) if i.key == key else i))
    assert "drawn-as-told" in off


def test_a_label_on_an_edge_is_found(laid: Layout) -> None:
    """A label whose place is on another edge is told with how much of the edge runs through it."""

    def onto(item: Item) -> Item:
        if not (isinstance(item, Group) and item.facts is not None and item.key.startswith("f/")):
            return item
        first, *others = item.facts.edges  # type: ignore[attr-defined]
        at: Point = others[-1].points[len(others[-1].points) // 2]
        rect = Rect(
            at.x - first.label_rect.w / 2, at.y - first.label_rect.h / 2, first.label_rect.w, first.label_rect.h
        )
        return change(item, facts=change(item.facts, edges=(change(first, label_rect=rect), *others)))  # type: ignore[type-var]

    hits = found(edited(laid, onto))
    assert hits["edges-avoid-labels"][0].panel == "f"
    assert "drawn-as-told" in hits


def page_of(head: str, panels: int = 4) -> Layout:
    """Return a page of panels p0, p1 … under some front matter."""
    body = "".join(f"## P{i} {{#p{i}}}\n\nwords {i}\n\n" for i in range(panels))
    return layout(read(f"---\npage: A4\n{head}---\n\n{body}"))


@pytest.mark.parametrize(
    "head",
    [
        "",
        "layout:\n  - 30mm: p0\n  - 40: [p1, p2]\n  - 60: p3\n",
        "layout:\n  - 60mm: p0\n  - 60mm: [p1, p2]\n  - 40mm: p3\n",
        'layout:\n  - 10: p0\n  - "max(5, 90mm)": [p1, p2]\n  - 60: p3\n',
        "layout:\n  - auto: p0\n  - 40: [p1, {p2: 60mm}]\n  - 60: p3\n",
        'layout:\n  - 40: [p0, {"p1": "min(3, 40mm)"}]\n  - 60: [p2, p3]\n',
        "fit: rebalance\nlayout:\n  - 5: p0\n  - 90: [p1, p2]\n  - 5: p3\n",
    ],
    ids=["automatic", "length", "lengths only", "bound", "auto", "bounded cell", "rebalanced"],
)
def test_pages_divided_any_way_are_held_to_it(head: str) -> None:
    """Lengths, bounds, `auto`, moved weights and the engine's own division: sound as laid out; a point off is found."""
    laid = page_of(head)
    assert found(laid) == {}
    page = laid.pages[0]
    for zone in page.zones:
        for edit in (lambda r: r.shifted(0.0, 1.0), lambda r: r.shifted(1.0, 0.0), lambda r: change(r, w=r.w + 1.0)):
            moved_zone = tuple(change(z, rect=edit(z.rect)) if z is zone else z for z in page.zones)
            assert "zones-exact" in found(altered(laid, zones=moved_zone))
    for panel in page.panels:
        for cut in (lambda r: r.shifted(1.0, 0.0), lambda r: change(r, h=r.h - 1.0), lambda r: r.shifted(0.0, 1.0)):
            boxes = tuple(change(p, cell=cut(p.cell)) if p is panel else p for p in page.panels)
            assert "cells-exact" in found(altered(laid, panels=boxes))


def test_weights_beside_lengths_share_what_is_left() -> None:
    """Where one zone is a length the weighted ones keep their proportion to each other; where one has a bound they need not."""
    laid = page_of("layout:\n  - 30mm: p0\n  - 40: [p1, p2]\n  - 60: p3\n")
    first, second, third = laid.pages[0].zones
    low = change(second, rect=change(second.rect, h=second.rect.h + 9.0))
    high = change(third, rect=change(third.rect, y=third.rect.y + 9.0, h=third.rect.h - 9.0))
    names = [v.message.split()[0] for v in found(altered(laid, zones=(first, low, high)))["zones-exact"]]
    assert names == ["zone-2", "zone-3"]
    bound = page_of('layout:\n  - 10: p0\n  - "max(5, 90mm)": [p1, p2]\n  - 60: p3\n')
    shares = [z.rect.h / (z.weight or 1.0) for z in bound.pages[0].zones]
    assert max(shares) > 1.5 * min(shares)
    assert "zones-exact" not in found(bound)


def test_zones_that_leave_paper_bare_or_go_beyond_it_are_found() -> None:
    """Weighted zones fill the page; lengths may leave some of it, but never ask for more."""
    laid = page_of("layout:\n  - 50: [p0, p1]\n  - 50: [p2, p3]\n")
    short = tuple(change(z, rect=change(z.rect, h=z.rect.h - 1.0)) for z in laid.pages[0].zones)
    assert found(altered(laid, zones=short))["zones-exact"][0].amount == pytest.approx(2.0)
    fixed = page_of("layout:\n  - 60mm: [p0, p1]\n  - 60mm: [p2, p3]\n")
    assert sum(z.rect.h for z in fixed.pages[0].zones) < fixed.pages[0].content.h - 100
    tall = tuple(change(z, rect=change(z.rect, h=z.rect.h + 300.0)) for z in fixed.pages[0].zones)
    assert "height they divide" in found(altered(fixed, zones=tall))["zones-exact"][0].message


def test_a_violation_says_where() -> None:
    """The place is in millimetres from the top left, the hint on a line of its own; data leave out what is empty."""
    v = constraints.Violation("c", "m", 2, "p", (Rect(72.0, 144.0, 1.0, 1.0), Rect(0.0, 0.0, 9.0, 9.0)), 1.5, "do it")
    assert v.render() == "page 2 at 25.4, 50.8 mm: c: m\n  hint: do it"
    assert v.rect == Rect(72.0, 144.0, 1.0, 1.0)
    assert set(v.to_dict()) == {"constraint", "message", "page", "panel", "rects", "amount", "hint"}
    bare = constraints.Violation("c", "m", 0)
    assert (bare.where(), bare.rect, bare.render(), bare.amount) == ("document", None, "document: c: m", 0.0)
    assert bare.to_dict() == {"constraint": "c", "message": "m", "page": 0, "amount": 0.0}
    assert bare.diagnostic(None).hints == ()
    rule = constraints.widest("a")
    assert rule.named("x").about == rule.about
    assert rule.named("x", "y").about == "y"
    assert constraints.all_of("n", rule, rule.named("z", " ")).about.startswith(rule.about)
    assert constraints.check(page_of("layout:\n  - 1: p0\n", 1), constraints.any_of("none")) == ()
