"""Mind maps in tall rooms, to one side, all around."""

from __future__ import annotations

import itertools
import math

import pytest

MAP = """mindmap
  root((Knowledge))
    Collect
      Web pages
      Notes
      Books
    Sort
      Tags
      Folders
    Connect
      Links
      Maps
    Use
      Writing
      Talks
"""


def asked(key: str, value: str) -> str:
    """Return the map with a setting."""
    return f"---\nconfig:\n  mindmap:\n    {key}: {value}\n---\n{MAP}"


def overlapping(facts) -> bool:
    """Tell whether any two nodes overlap."""
    rects = [n.rect.inset(0.5) for n in facts.nodes if n.rect.w > 1 and n.rect.h > 1]
    return any(a.meets(b) for a, b in itertools.combinations(rects, 2))


def test_a_tall_room_is_used(panel):
    """In a room twice as high as wide branches stand below the root, in larger text than beside it."""
    tall = panel.facts(MAP, 80, 160)
    assert tall.direction == "down"
    assert tall.font_size > 1.25 * panel.facts(asked("layout", "sides"), 80, 160).font_size
    assert not overlapping(tall)


def test_a_wide_room_keeps_both_sides(panel):
    """Nothing changes where the room is wide."""
    assert panel.facts(MAP, 180, 100).direction == "both"


@pytest.mark.parametrize("side", ["right", "left"])
def test_one_side_on_request(panel, side):
    """`mindmap.sides` puts every branch to one side of the root."""
    facts = panel.facts(asked("sides", side), 150, 110)
    assert facts.direction == side
    root = facts.nodes[0].rect.center.x
    assert all((n.rect.center.x > root) == (side == "right") for n in facts.nodes[1:])


@pytest.mark.parametrize("layout", ["stacked", "radial", "sides"])
@pytest.mark.parametrize("room", [(80, 160), (160, 80), (100, 100)])
def test_every_layout_is_clean_and_inside_its_room(panel, layout, room):
    """No two nodes overlap, nothing leaves the room."""
    facts = panel.facts(asked("layout", layout), *room)
    assert not overlapping(facts)
    assert all(facts.rect.holds(n.rect, 1.0) for n in facts.nodes)


def test_radial_starts_at_the_top_and_goes_clockwise(panel):
    """The first branch stands above the root, the second to its right."""
    facts = panel.facts(asked("layout", "radial"), 120, 120)
    at = {n.label: n.rect.center for n in facts.nodes}
    assert at["Collect"].y < at["Knowledge"].y
    assert at["Sort"].x > at["Knowledge"].x
    assert at["Use"].x < at["Knowledge"].x


def test_unknown_settings_are_warned_of(panel):
    """`sides: up` means nothing."""
    panel.facts(asked("sides", "up"), 150, 110)
    assert any("mindmap.sides" in w.message for w in panel.warnings)


OAUTH = "mindmap\n root((OAuth 2.0))\n" + "".join(
    f"  [{branch}]\n   [{a}]\n   [{b}]\n"
    for branch, a, b in (
        ("Roles", "Client", "Resource Owner"),
        ("Grants", "Authorization Code", "Client Credentials"),
        ("Tokens", "Access", "Refresh"),
    )
)


def test_a_narrow_room_takes_the_form_with_the_larger_text(panel):
    """In half a page's width a map stands on one side or below its root, clearly larger than on two sides."""
    chosen = panel.facts(OAUTH, 80, 72)
    two_sided = panel.facts("---\nconfig:\n  mindmap:\n    layout: sides\n---\n" + OAUTH, 80, 72)
    assert chosen.font_size >= 11.5
    assert chosen.font_size >= two_sided.font_size


def test_limbs_of_one_trunk_run_side_by_side(panel):
    """Below a root in a narrow room no limb comes upon another, from the root down to the branches."""
    facts = panel.facts("---\nconfig:\n  mindmap:\n    layout: stacked\n---\n" + OAUTH, 60, 110)
    branches = {"Roles", "Grants", "Tokens"}
    ids = {n.id for n in facts.nodes if n.label in branches}
    lines = [e.points for e in facts.edges if e.target in ids]
    assert len(lines) == 3
    for i, line in enumerate(lines):
        for other in lines[:i]:
            assert min(math.dist(p, q) for p in line for q in other) > 1.0
