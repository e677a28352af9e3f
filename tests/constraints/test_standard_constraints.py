"""The standard constraints catch what they are for."""

from __future__ import annotations

import msgspec
import pytest

from banana_layout import constraints
from banana_layout.color import Color
from banana_layout.geometry.rect import Rect
from banana_layout.layout.result import Layout
from banana_layout.pipeline import layout, read
from banana_layout.scene.item import Group, Item
from banana_layout.scene.paint import Paint


@pytest.fixture(scope="module")
def laid() -> Layout:
    """A sound page of two panels."""
    return layout(read("---\nlayout:\n  - 50: a\n  - 50: b\n---\n\n## A\n\n- one\n- two\n\n## B\n\nthree\n"))


def broken(laid: Layout, **changes: object) -> set[str]:
    """Return the names of the constraints that a changed first page breaks."""
    page = msgspec.structs.replace(laid.pages[0], **changes)
    return {v.constraint for v in constraints.check(msgspec.structs.replace(laid, pages=(page,)))}


def test_sound_page_breaks_nothing(laid: Layout) -> None:
    """A page as laid out keeps the whole standard set."""
    assert broken(laid) == set()


def test_moved_zone_is_found(laid: Layout) -> None:
    """A zone a thousandth of a point off its share breaks `zones-exact`."""
    first, second = laid.pages[0].zones
    off = msgspec.structs.replace(first, rect=msgspec.structs.replace(first.rect, h=first.rect.h + 1e-3))
    assert broken(laid, zones=(off, second)) == {"zones-exact", "cells-exact"}


def test_overlapping_and_escaped_panels_are_found(laid: Layout) -> None:
    """A panel grown into its neighbour breaks both `panels-disjoint` and `panels-in-cells`."""
    first, second = laid.pages[0].panels
    grown = msgspec.structs.replace(first, rect=first.rect.grown(20))
    assert {"panels-disjoint", "panels-in-cells"} <= broken(laid, panels=(grown, second))


def changed(items: tuple[Item, ...], text: str, **changes: object) -> tuple[Item, ...]:
    """Return items with the line of that text changed."""
    out: list[Item] = []
    for item in items:
        if isinstance(item, Group) and item.role == "line" and item.text == text:
            out.append(msgspec.structs.replace(item, **changes))
        elif isinstance(item, Group):
            out.append(msgspec.structs.replace(item, children=changed(item.children, text, **changes)))
        else:
            out.append(item)
    return tuple(out)


def line_rect(laid: Layout, text: str) -> Rect:
    """Return a line's box."""
    return next(n.rect for n in laid.pages[0].lines() if n.text == text)


def test_text_over_text_and_outside_its_panel_is_found(laid: Layout) -> None:
    """A line laid over another breaks `text-disjoint`, one on the edge of the sheet `text-in-panels` too."""
    scene = laid.pages[0].scene
    over = changed(scene.items, "one", rect=line_rect(laid, "two"))
    assert broken(laid, scene=msgspec.structs.replace(scene, items=over)) == {"text-disjoint", "letters-in-lines"}
    out = changed(scene.items, "one", rect=Rect(-30.0, 200.0, 20.0, 18.0))
    assert broken(laid, scene=msgspec.structs.replace(scene, items=out)) == {
        "text-in-panels",
        "letters-in-lines",
        "safe-area",
    }


def test_small_type_is_found(laid: Layout) -> None:
    """A panel set below the theme's floor breaks `type-size`."""
    first, second = laid.pages[0].panels
    assert broken(laid, panels=(msgspec.structs.replace(first, body_size=8.0), second)) == {"type-size"}


def test_pale_ink_is_found(laid: Layout) -> None:
    """Text in a pale grey breaks `contrast`."""
    scene = laid.pages[0].scene

    def pale(items: tuple[Item, ...]) -> tuple[Item, ...]:
        out: list[Item] = []
        for item in items:
            if isinstance(item, Group):
                out.append(msgspec.structs.replace(item, children=pale(item.children)))
            elif type(item).__name__ == "GlyphRun":
                out.append(msgspec.structs.replace(item, paint=Paint(Color.parse("#bbbbbb"))))
            else:
                out.append(item)
        return tuple(out)

    assert broken(laid, scene=msgspec.structs.replace(scene, items=pale(scene.items))) == {"contrast"}


def test_a_violation_reads_well(laid: Layout) -> None:
    """A finding names page, place, constraint, what is wrong and by how much."""
    first, second = laid.pages[0].panels
    page = msgspec.structs.replace(laid.pages[0], panels=(msgspec.structs.replace(first, body_size=8.0), second))
    (found,) = constraints.check(msgspec.structs.replace(laid, pages=(page,)))
    assert found.render().startswith("page 1 at ")
    assert 'the text of panel "a" is 8.0 pt, below 9 pt' in found.render()
    assert found.amount == pytest.approx(1.0)
