"""Connectors: across gutters and along them, clear of text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from banana_layout.geometry.rect import Rect
from banana_layout.layout.result import LaidPage
from banana_layout.pipeline import layout, read

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
