"""Running text on the paper's lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings

from banana_layout import constraints
from banana_layout.geometry.rect import Rect
from banana_layout.layout.anatomy import Anatomy
from banana_layout.layout.baselines import Ruling, rested
from banana_layout.layout.paper import ruling
from banana_layout.layout.result import LaidPage, Layout
from banana_layout.pipeline import layout, read
from banana_layout.resources import asset
from banana_layout.scene.item import GlyphRun, Group, Item, Path
from banana_layout.testing.documents import documents
from banana_layout.theme.load import load

RULED = load("exam-notes")
FREE = msgspec.structs.replace(RULED, paper=msgspec.structs.replace(RULED.paper, baselines="free"))
PROSE = "The model reads the words before and says how likely each next word is, one at a time, again and again. "
ITEMS = "".join(f"- [ ] item {i} of the list\n" for i in range(6))
SHEET = "---\nlayout:\n  - 10: title\n  - 40: [one, two]\n  - 50: [three, four]\n---\n# 글\n\n" + "\n\n".join(
    f"## {name}\n\n{PROSE * n}\n\n- first\n- second {PROSE}\n- third\n\n{ITEMS}"
    for name, n in (("One", 1), ("Two", 1), ("Three", 2), ("Four", 2))
)
"""Prose, bullets and boxes, with some room to spare in every panel."""


def panels(page: LaidPage) -> list[Group]:
    """Return a page's panels."""
    return [i for i in page.scene.items if isinstance(i, Group) and i.role == "panel"]


def lines(item: Group) -> Iterator[Group]:
    """Yield the lines of running text below a group, tables, quotes and drawings left out."""
    for child in item.children:
        if isinstance(child, Group):
            if child.role == "line" and child.style == "body":
                yield child
            elif child.role not in ("table", "quote", "figure", "callout", "code"):
                yield from lines(child)


def base(line: Group) -> float:
    """Return a line's baseline."""
    return next(c.y for c in line.children if isinstance(c, GlyphRun))


def off(y: float, laid: Layout) -> float:
    """Return how far a place is from the nearest line of the paper."""
    scene = laid.pages[0].scene
    found = ruling(laid.theme, Anatomy.of(scene.width, scene.height))
    assert found is not None
    return abs((y - found.first + found.pitch / 2) % found.pitch - found.pitch / 2)


@pytest.mark.parametrize("sheet", [SHEET, "samples/inference.md", "samples/inference-overview.md"])
def test_text_rests_on_the_rules_of_an_exercise_book(sheet: str) -> None:
    """In exam-notes every line of running text stands on a rule, where panels have room; prose, bullets and boxes alike."""
    source = asset(sheet).read_text(encoding="utf-8") if sheet.endswith(".md") else sheet
    laid = layout(read(source), theme=RULED)
    found = [base(line) for panel in panels(laid.pages[0]) for line in lines(panel)]
    assert len(found) >= 4
    assert max(off(y, laid) for y in found) < 1e-6


@pytest.mark.parametrize("sheet", [SHEET, "samples/inference.md", "samples/inference-overview.md"])
def test_resting_costs_no_size_and_no_words(sheet: str) -> None:
    """Sizes, breaks, places across and everything but text in columns are as they are without it."""
    source = asset(sheet).read_text(encoding="utf-8") if sheet.endswith(".md") else sheet
    on, free = layout(read(source), theme=RULED), layout(read(source), theme=FREE)
    assert [(p.id, p.body_size, p.rect) for p in on.pages[0].panels] == [
        (p.id, p.body_size, p.rect) for p in free.pages[0].panels
    ]
    for a, b in zip(panels(on.pages[0]), panels(free.pages[0]), strict=True):
        assert [(x.text, x.size, x.rect and x.rect.x) for x in lines(a)] == [
            (x.text, x.size, x.rect and x.rect.x) for x in lines(b)
        ]


@settings(max_examples=25, deadline=None)
@given(documents())
def test_rested_text_stays_in_its_room_in_order(document) -> None:
    """On any page lines keep their order and their distance, nothing leaves its panel, and blocks do not run into each other."""
    laid = layout(document, theme=RULED)
    for page in laid.pages:
        for panel, box in zip(panels(page), page.panels[-len(panels(page)) :], strict=True):
            blocks = [c for c in panel.children if isinstance(c, Group) and c.role in ("list", "paragraph", "table")]
            rects = [c.rect for c in blocks if c.rect is not None]
            assert all(r.bottom <= box.rect.bottom + 0.01 for r in rects)
            assert all(a.bottom <= b.y + 0.01 for a, b in pairwise(rects) if b.x < a.right)
            for block in blocks:
                stood = [(base(line), line.size) for line in lines(block)]
                assert all(b - a >= size for (a, _), (b, size) in pairwise(stood))


def test_headings_in_a_panel_keep_clear_of_the_text() -> None:
    """A heading between two paragraphs moves as a thing of its own, and the page keeps every standard constraint."""
    sheet = "---\npage: A4\nlayout:\n  - 12: title\n  - 10: [a, b]\n---\n# t\n\n## a\n\n## b\n\n확률\n\n### token\n\n확률 확률 분포에서 サンプリング"
    for theme in ("nano-banana", "exam-notes", "kraft"):
        assert constraints.check(layout(read(sheet), theme=theme)) == ()


@pytest.mark.parametrize(
    ("y", "wanted"), [(25.0, 25.0), (25.1, 45.0), (24.9, 25.0), (5.0, 5.0), (-10.0, 5.0), (-16.0, -15.0)]
)
def test_the_next_line_is_not_above(y: float, wanted: float) -> None:
    """What stands on a line stays on it; all else goes to the one below."""
    assert Ruling(5.0, 20.0).at_or_below(y) == wanted


def test_a_display_is_no_writing_on_lines() -> None:
    """Text much larger than the paper's lines are apart stays where it was set."""
    large = panel(Group("p/0", (line("p/0/0", 60, 40.0),), role="paragraph"))
    assert rested(large, Ruling(5.0, 20.0), Rect(0, 0, 200, 200)) == large


def line(key: str, y: float, size: float = 14.0) -> Group:
    """Return a line of text."""
    run = GlyphRun(f"{key}/run", "", size, 0.0, y, (), None)
    return Group(key, (run,), role="line", rect=Rect(0, y - 13, 100, 18), size=size, style="body")


def paragraph(key: str, *ys: float) -> Group:
    """Return a paragraph of lines at these baselines."""
    return Group(key, tuple(line(f"{key}/{i}", y) for i, y in enumerate(ys)), role="paragraph")


def panel(*children: Item) -> Group:
    """Return a panel."""
    return Group("p", children, role="panel", rect=Rect(0, 0, 200, 200))


def test_a_thing_below_text_moves_with_it_and_keeps_clear() -> None:
    """A table under a paragraph moves down where the paragraph comes near, and stays where it does not."""
    table = Group("p/9", (), role="table", rect=Rect(0, 50, 100, 40))
    out = rested(panel(paragraph("p/1", 20, 38), table), Ruling(5.0, 20.0), Rect(0, 0, 200, 200))
    assert [base(x) for x in lines(out)] == [25.0, 45.0]
    moved = out.children[1]
    assert isinstance(moved, Group)
    assert moved.rect is not None
    assert moved.rect.y == pytest.approx(45 + (0.32 + 0.27) * 14)


def test_text_without_room_stays_as_it_is() -> None:
    """A panel whose text would leave its room, be crowded or be torn apart is left alone, whole."""
    text = panel(paragraph("p/1", 20, 38, 56))
    assert rested(text, Ruling(5.0, 20.0), Rect(0, 0, 200, 62)) == text
    assert rested(text, Ruling(5.0, 15.0), Rect(0, 0, 200, 200)) == text
    assert rested(text, Ruling(5.0, 30.0), Rect(0, 0, 200, 200)) == text


def test_columns_and_nested_things_stay_as_they_are() -> None:
    """Text side by side, and lists that hold tables, are not taken apart."""
    beside = panel(paragraph("p/1", 20, 38), paragraph("p/2", 20, 38))
    assert rested(beside, Ruling(5.0, 20.0), Rect(0, 0, 200, 200)) == beside
    table = Group("p/9", (), role="table", rect=Rect(0, 50, 100, 40))
    nested = panel(Group("p/3", (line("p/3/0", 20), table), role="list", rect=Rect(0, 0, 100, 90)))
    assert rested(nested, Ruling(5.0, 20.0), Rect(0, 0, 200, 200)) == nested


def test_items_are_one_or_two_lines_apart_all_alike() -> None:
    """Items as far apart as two lines of small squares rest on every second one."""
    items = [
        Group(f"p/3/{i}", (Group(f"p/3/{i}/body", (paragraph(f"p/3/{i}/body/0", y),), role="body"),), role="item", rect=Rect(0, y - 13, 100, 18))
        for i, y in enumerate((20.0, 46.0, 72.0))
    ]  # fmt: skip
    text = panel(Group("p/3", tuple(items), role="list", rect=Rect(0, 7, 100, 70)))
    out = rested(text, Ruling(7.0, 14.0), Rect(0, 0, 200, 200))
    found = [base(x) for x in lines(out)]
    assert found == [21.0, 49.0, 77.0]
    whole = out.children[0]
    assert isinstance(whole, Group)
    assert whole.rect == Rect(0, 8, 100, 74)


@pytest.mark.parametrize("bottom", [112.0, 400.0])
def test_items_are_farther_apart_than_the_lines_of_one(bottom: float) -> None:
    """Where lines skip rules of small squares, items skip more, or the text stays as it was: else nobody sees where one ends."""
    texts = (paragraph("p/1", 20, 42), paragraph("p/2", 69), paragraph("p/3", 96))
    grown = [msgspec.structs.replace(t, children=tuple(map(_larger, t.children))) for t in texts]
    out = rested(panel(*grown), Ruling(6.0, 14.0), Rect(0, 0, 200, bottom))
    inside, *between = (b - a for a, b in pairwise(base(x) for x in lines(out)))
    assert inside < min(between)


def _larger(item: Item) -> Item:
    """Return a line as large as a page with room to spare has them."""
    return msgspec.structs.replace(item, size=17.4) if isinstance(item, Group) else item


def test_blank_and_free_papers_have_no_ruling() -> None:
    """Text stands where it likes on blank paper, on a board, and where a theme says so."""
    anatomy = Anatomy.of(595.0, 842.0)
    assert ruling(FREE, anatomy) is None
    assert ruling(load("plain"), anatomy) is None
    assert ruling(load("chalkboard"), anatomy) is None
    found = ruling(RULED, anatomy)
    assert found is not None
    assert found.pitch == pytest.approx(19.8425, abs=1e-3)


def test_the_stroke_under_a_statement_stays_under_its_words() -> None:
    """Where a lone sentence moves onto the ruling, the stroke under it goes along and strikes nothing through."""
    broad = msgspec.structs.replace(RULED, paper=msgspec.structs.replace(RULED.paper, pitch_mm=9.0))
    text = "---\nlayout:\n  - 20: title\n  - 17: [one, two]\n  - 63: three\n---\n# T\n\n"
    text += "## One\n\nA p-value is no proof of anything, only a hint.\n\n"
    laid = layout(read(f"{text}## Two\n\n- a line\n- and another\n\n## Three\n\n{PROSE * 12}"), theme=broad)
    found = list(lines(next(p for p in panels(laid.pages[0]) if p.key == "one")))
    strokes = [c for n in found for c in n.children if isinstance(c, Path)]
    assert off(base(found[-1]), laid) < 0.01
    assert len(strokes) == 1
    assert strokes[0].path.bounds().y > base(found[-1]) + 0.1 * found[-1].size
