"""Every constraint of the library finds what it is for, says by how much, and holds where it should."""

from __future__ import annotations

import msgspec
import pytest

from banana_layout import constraints
from banana_layout.color import Color
from banana_layout.geometry.point import Point
from banana_layout.geometry.rect import Rect
from banana_layout.layout.result import LaidPage, Layout
from banana_layout.pipeline import layout, read
from banana_layout.scene.item import GlyphRun, Group, Item, Path
from banana_layout.scene.paint import Paint, Stroke

TEXT = """---
layout:
  - 12: title
  - 40: [{a: 2}, {b: 1}]
  - 48: [c, d]
connectors:
  - {from: a, to: c, label: then}
---

# 제목 (sub)

## A

- one
- two **three**

## B

four

## C

```mermaid
flowchart LR
  x[start] -->|why| y[middle] --> z[end]
```

## D

five
"""


@pytest.fixture(scope="module")
def laid() -> Layout:
    """A sound page of four panels."""
    return layout(read(TEXT))


def changed(laid: Layout, **changes: object) -> Layout:
    """Return a layout with its first page changed."""
    return msgspec.structs.replace(laid, pages=(msgspec.structs.replace(laid.pages[0], **changes),))


def with_item(laid: Layout, key: str, **changes: object) -> Layout:
    """Return a layout with the item of a key changed."""

    def walk(items: tuple[Item, ...]) -> tuple[Item, ...]:
        out: list[Item] = []
        for item in items:
            one = msgspec.structs.replace(item, **changes) if item.key == key else item
            if isinstance(one, Group):
                one = msgspec.structs.replace(one, children=walk(one.children))
            out.append(one)
        return tuple(out)

    scene = laid.pages[0].scene
    return changed(laid, scene=msgspec.structs.replace(scene, items=walk(scene.items)))


def box(laid: Layout, panel: str) -> Rect:
    """Return a panel's box."""
    return next(p.rect for p in laid.pages[0].panels if p.id == panel)


def found(laid: Layout, *wanted: constraints.Constraint) -> list[tuple[str, str, float]]:
    """Return name, panel and amount of every violation."""
    return [(v.constraint, v.panel, round(v.amount, 2)) for v in constraints.check(laid, *wanted)]


def test_a_sound_page_keeps_everything(laid: Layout) -> None:
    """The standard set and what really holds of the page find nothing."""
    more = (
        constraints.widest("a"),
        constraints.equal_sizes("c", "d"),
        constraints.equal_sizes("a", "b", axis="height"),
        constraints.aligned("a", "c", edge="left"),
        constraints.aligned("a", "b", edge="top"),
        constraints.aligned("c", "d", edge="baseline"),
        constraints.aspect("a", 0.5, 3),
        constraints.page_count(1),
        constraints.min_size(6),
        constraints.body_uniform(0.8),
        constraints.fill(0.0, 1.0),
        constraints.safe_area(4),
        constraints.contrast(),
        constraints.min_line(0.4),
    )
    assert constraints.check(laid, *constraints.STANDARD, *more) == ()


@pytest.mark.parametrize(
    ("constraint", "panel"),
    [
        (constraints.widest("b"), "b"),
        (constraints.tallest("a"), "a"),
        (constraints.equal_sizes("a", "b"), "b"),
        (constraints.aligned("a", "b", edge="left"), "b"),
        (constraints.aligned("a", "c", edge="middle"), "c"),
        (constraints.aspect("b", least=2), "b"),
        (constraints.aspect("b", most=0.2), "b"),
        (constraints.page_count(2), ""),
        (constraints.min_size(30), "a"),
        (constraints.fill(least=0.99).only("b"), "b"),
        (constraints.safe_area(40), "a"),
        (constraints.contrast(20.0, 20.0), "a"),
        (constraints.min_line(9.0), "a"),
    ],
    ids=lambda v: v.name if isinstance(v, constraints.Constraint) else None,
)
def test_what_does_not_hold_is_found(laid: Layout, constraint: constraints.Constraint, panel: str) -> None:
    """Each constraint names the panel that breaks it and by how much."""
    violations = constraints.check(laid, constraint)
    assert panel in {v.panel for v in violations}
    assert all(v.amount > 0 and v.message and v.constraint == constraint.name for v in violations)
    assert not constraint.holds(laid)


def test_amounts_and_places_are_exact(laid: Layout) -> None:
    """`widest` tells how much wider the rival is and shows both boxes; the span is the panel's heading."""
    (v,) = constraints.check(laid, constraints.widest("b"))
    assert v.amount == pytest.approx(box(laid, "a").w - box(laid, "b").w)
    assert v.rects == (box(laid, "b"), box(laid, "a"))
    assert v.span is not None
    assert TEXT[v.span.start : v.span.end] == "## B"
    assert v.hint == 'give "b" a larger weight, or a row of its own'


def test_spans_lead_to_the_block(laid: Layout) -> None:
    """A line in a list leads to the list item it was written in."""
    (v,) = constraints.check(laid, constraints.min_size(40).only("a"))
    assert v.span is not None
    assert TEXT[v.span.start : v.span.end].strip() in ("- one", "one")


def test_a_lost_word_is_named(laid: Layout) -> None:
    """A run that vanishes from the page is missed, word by word."""
    key = next(
        i.key for _, i in constraints.pieces.in_panels(laid.pages[0].scene.items) if getattr(i, "text", "") == "three"
    )
    lost = with_item(laid, key, glyphs=())
    (v,) = constraints.check(lost, constraints.NOTHING_LOST)
    assert v.message == '"three" of "two three" is not shown'
    assert (v.page, v.panel, v.rect, v.amount) == (1, "a", box(laid, "a"), 5)
    assert v.span is not None


def test_text_over_a_node_is_text_over_text(laid: Layout) -> None:
    """Text in diagrams counts too: a line over a node's label is found."""
    piece = next(p for p in constraints.pieces.pieces(laid.pages[0]) if p.text == "middle")
    line = next(p for p in constraints.pieces.pieces(laid.pages[0]) if p.text == "five")
    assert found(with_item(laid, line.key, rect=piece.rect), constraints.TEXT_DISJOINT)[0][0] == "text-disjoint"


def facts(laid: Layout, **changes: object) -> Layout:
    """Return a layout with its diagram's facts changed."""
    group = next(g for g in constraints.pieces.all_groups(laid.pages[0].scene.items) if g.facts is not None)
    return with_item(laid, group.key, facts=msgspec.structs.replace(group.facts, **changes))


def test_edges_through_nodes_and_labels_are_found(laid: Layout) -> None:
    """An edge drawn through a third node, or through another edge's label, is found with the length inside."""
    data = next(g.facts for g in constraints.pieces.all_groups(laid.pages[0].scene.items) if g.facts is not None)
    middle = data.nodes[1].rect
    through = (Point(middle.x - 20, middle.center.y), Point(middle.right + 20, middle.center.y))
    skip = msgspec.structs.replace(data.edges[0], source="x", target="z", points=through)
    (hit,) = found(facts(laid, edges=(*data.edges, skip)), constraints.EDGES_AVOID_NODES)
    assert hit[:2] == ("edges-avoid-nodes", "c")
    assert hit[2] == pytest.approx(middle.w * 0.96, abs=0.1)
    label = data.edges[0].label_rect
    over = (Point(label.x - 5, label.center.y), Point(label.right + 5, label.center.y))
    second = msgspec.structs.replace(data.edges[1], points=over)
    names = {n for n, _, _ in found(facts(laid, edges=(data.edges[0], second)), constraints.EDGES_AVOID_LABELS)}
    assert names == {"edges-avoid-labels"}


def test_nodes_on_top_of_one_another_are_found(laid: Layout) -> None:
    """Two nodes on one place, and one outside its diagram, are found."""
    data = next(g.facts for g in constraints.pieces.all_groups(laid.pages[0].scene.items) if g.facts is not None)
    twice = msgspec.structs.replace(data.nodes[1], rect=data.nodes[0].rect, text=data.nodes[0].text)
    assert "overlap" in constraints.check(facts(laid, nodes=(data.nodes[0], twice)), constraints.NODES_APART)[0].message
    out = msgspec.structs.replace(data.nodes[1], rect=data.nodes[1].rect.shifted(900, 0))
    assert "leaves" in constraints.check(facts(laid, nodes=(data.nodes[0], out)), constraints.NODES_APART)[0].message


def test_a_connector_through_text_is_found(laid: Layout) -> None:
    """An arrow between panels drawn through a line is found."""
    line = next(n for n in laid.pages[0].lines() if n.text == "one").rect
    arrow = laid.pages[0].connectors[0]
    bent = msgspec.structs.replace(
        arrow, points=(Point(line.x - 5, line.center.y), Point(line.right + 5, line.center.y))
    )
    (hit,) = found(changed(laid, connectors=(bent,)), constraints.CONNECTORS_AVOID_TEXT)
    assert hit[:2] == ("connectors-avoid-text", "a")


def test_ink_that_may_leave_the_sheet_or_its_panel_is_found(laid: Layout) -> None:
    """A pen stroke at the sheet's edge, or in a neighbour's content, is found though its exact line is inside."""
    frame = next(i for _, i in constraints.pieces.ink(laid.pages[0].scene.items) if i.key == "a/frame")
    edge = Path("a/frame", frame.path.line(0.5, 100, 0.5, 200), stroke=frame.stroke)
    assert found(with_item(laid, "a/frame", path=edge.path), constraints.INK_IN_REACH)[0][:2] == ("ink-in-reach", "a")
    content = next(p.content for p in laid.pages[0].panels if p.id == "b")
    near = frame.path.line(content.x - 0.5, content.y, content.x - 0.5, content.bottom)
    message = constraints.check(with_item(laid, "a/frame", path=near), constraints.INK_IN_REACH)[0].message
    assert message.endswith('into panel "b"')


def test_reading_order_is_about_panels_and_lines(laid: Layout) -> None:
    """Panels in another order than they stand, and a list read upwards, are found."""
    panels = laid.pages[0].panels
    assert found(changed(laid, panels=panels[::-1]), constraints.READING_ORDER)
    one = next(n.rect for n in laid.pages[0].lines() if n.text == "one")
    key = next(p.key for p in constraints.pieces.pieces(laid.pages[0]) if p.text.startswith("two"))
    above = with_item(laid, key, rect=one.shifted(0, -60))
    assert ("reading-order", "a") in {(n, p) for n, p, _ in found(above, constraints.READING_ORDER)}


def test_contrast_counts_what_lies_under_the_text(laid: Layout) -> None:
    """Ink that reads well on paper is found on a dark panel painted under it."""
    dark = Paint(Color.parse("#333333"))
    hits = constraints.check(with_item(laid, "d/wash", fill=dark), constraints.CONTRAST)
    assert {v.panel for v in hits} == {"d"}
    assert "on #333333" in hits[0].message


def test_thin_lines_are_found(laid: Layout) -> None:
    """A frame of a tenth of a point is found by `min_line`."""
    frame = next(i for _, i in constraints.pieces.ink(laid.pages[0].scene.items) if i.key == "a/frame")
    thin = Stroke(0.1, frame.stroke.paint)
    assert found(with_item(laid, "a/frame", stroke=thin), constraints.min_line(0.25)) == [("min-line", "a", 0.15)]


def test_constraints_combine(laid: Layout) -> None:
    """`all_of` tells each broken part, `any_of` only speaks where all are broken, `but` and `only` choose panels."""
    wide, tall = constraints.widest("b"), constraints.tallest("b")
    both = constraints.all_of("hero", wide, tall)
    assert [v.message.rsplit("(", 1)[1] for v in constraints.check(laid, both)] == ["widest)", "tallest)"]
    assert constraints.check(laid, constraints.any_of("either", wide, constraints.widest("a"))) == ()
    assert [v.constraint for v in constraints.check(laid, constraints.any_of("either", wide, tall))] == ["either"]
    small = constraints.min_size(30)
    assert {v.panel for v in constraints.check(laid, small.only("a", "b"))} == {"a", "b"}
    assert "a" not in {v.panel for v in constraints.check(laid, small.but("a"))}
    assert constraints.check(laid, small.named("big print"))[0].constraint == "big print"


def test_own_constraints_are_functions(laid: Layout) -> None:
    """Anything can be demanded: a search through a page becomes a constraint with the page's number filled in."""

    def no_d(page: LaidPage, layout: Layout) -> list[constraints.Violation]:
        return [constraints.Violation("", "there is a D", 0, p.id, (p.rect,)) for p in page.panels if p.title == "D"]

    rule = constraints.Constraint("no-d", constraints.each_page(no_d))
    (v,) = constraints.check(laid, rule)
    assert (v.constraint, v.page, v.panel, v.rect) == ("no-d", 1, "d", box(laid, "d"))
    assert v.render().startswith("page 1 at ")


def test_violations_are_drawn_on_the_page(laid: Layout) -> None:
    """The marked page has a frame for what is wrong and for what it is against, and a numbered list under it."""
    from banana_layout.font.book import FontBook

    violations = constraints.check(laid, constraints.widest("b"))
    (scene,) = constraints.marked_scenes([laid.pages[0].scene], violations, laid.theme, FontBook.standard())
    keys = {i.key for _, i in constraints.pieces.in_panels(scene.items)}
    assert {"violations/1/frame0", "violations/1/frame1", "violations/1/chip"} <= keys
    assert scene.height > laid.pages[0].scene.height
    shown = "".join(i.text for _, i in constraints.pieces.in_panels(scene.items) if isinstance(i, GlyphRun))
    assert "widest" in shown
    assert constraints.marked_scenes([laid.pages[0].scene], (), laid.theme, FontBook.standard()) == (
        laid.pages[0].scene,
    )


def test_words_of_arrows_lead_to_their_arrow(laid: Layout) -> None:
    """What is wrong with an arrow's label points at its line in the front matter, and says what mends labels."""
    words = next(p for p in constraints.pieces.pieces(laid.pages[0]) if p.style == "connector")
    line = next(p for p in constraints.pieces.pieces(laid.pages[0]) if p.text == "five")
    for broken, wanted in (
        (with_item(laid, words.key, rect=line.rect), constraints.TEXT_DISJOINT),
        (laid, constraints.contrast(20.0, 20.0)),
        (with_item(laid, words.key, rect=Rect(-9.0, 9.0, 20.0, 9.0)), constraints.safe_area(5)),
    ):
        found = [v for v in constraints.check(broken, wanted) if "/connector/" in v.key]
        assert found
        assert all(
            v.span is not None and TEXT[v.span.start : v.span.end].strip("- {}").startswith("from: a") for v in found
        )
        assert all("arrow" in v.hint for v in found)
    assert "<text>:7:" in found[0].diagnostic(laid.document.source).render()
