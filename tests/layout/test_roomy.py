"""Pages with room to spare: type grows before gaps, evenly, and never at the cost of a tight panel."""

from __future__ import annotations

from itertools import pairwise

import pytest

from banana_layout.layout.fit import STEP
from banana_layout.layout.result import LaidPage
from banana_layout.layout.roomy import _largest
from banana_layout.pipeline import layout, read
from banana_layout.scene.item import GlyphRun, Group, Item
from banana_layout.theme.load import load

TYPE = load("nano-banana").type
HEAD = "---\npage: A4\nlayout:\n  - 12: title\n  - 42: [one, two]\n  - 46: [three, {four: 1.2}]\n---\n\n# 제목\n\n"
TIGHT = "\n".join(f"- 항목 {i}: 확률이 높을수록 다음 token으로 더 자주 뽑힌다" for i in range(14))


def page(one: str, two: str = "- 둘\n- 두 번째", three: str = "- 셋", four: str = "- 넷\n- 다섯") -> LaidPage:
    """Return a page of four panels, the first of them with an icon, the last the largest."""
    parts = (("📌 One {#one}", one), ("Two", two), ("Three", three), ("Four", four))
    return layout(read(HEAD + "\n\n".join(f"## {title}\n\n{text}" for title, text in parts))).pages[0]


def sizes(laid: LaidPage, panel: str) -> set[float]:
    """Return the sizes of a panel's running text, relative to the page's body."""
    return {round(n.size / laid.body_size, 3) for n in laid.lines() if n.panel == panel and n.role == "body"}


def groups(items: tuple[Item, ...]) -> list[Group]:
    """Return all groups among items."""
    found = [i for i in items if isinstance(i, Group)]
    return [*found, *(g for f in found for g in groups(f.children))]


def test_a_sparse_page_has_larger_type_of_one_size() -> None:
    """Where every panel has room the body rises to the roomy size, and no panel's text differs."""
    laid = page("- 하나\n- 둘")
    assert laid.body_size == TYPE.body_roomy_pt
    assert {p.body_size for p in laid.panels} == {TYPE.body_roomy_pt}
    assert all(sizes(laid, p) == {1.0} for p in ("one", "two", "three", "four"))


def test_a_tight_panel_holds_the_page_at_its_usual_size() -> None:
    """One full panel: the body is as if there were no roomy size, and nearly empty panels stand a step above it."""
    laid = page(TIGHT)
    assert laid.body_size == TYPE.body_max_pt
    assert all(sizes(laid, p) == {1.25} for p in ("two", "three", "four"))
    assert max(sizes(laid, "one")) <= 1.0
    assert {p.body_size for p in laid.panels} <= {
        TYPE.body_max_pt,
        next(p.body_size for p in laid.panels if p.id == "one"),
    }


def test_sizes_above_the_usual_stay_within_five_percent() -> None:
    """A page between tight and empty: the tightest panel has at least 95 % of the page's body."""
    laid = page("\n".join(f"- 확률이 높을수록 더 자주 뽑힌다 {i}" for i in range(9)))
    found = [p.body_size for p in laid.panels]
    assert TYPE.body_max_pt < laid.body_size < TYPE.body_roomy_pt
    assert min(found) == pytest.approx(0.95 * laid.body_size)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("```python\nsquares = [number * number for number in range(8)]\n```", "squares = [number * number"),
        ("- `git switch --create some-long-idea`\n- 둘", "git switch --create some-long-idea"),
        ("| 가 | 나 |\n|---|---|\n| 확률이 높을수록 자주 | 더 자주 뽑힌다 |", "확률이 높을수록 자주"),
    ],
)
def test_growing_type_breaks_no_code_and_no_cell(text: str, words: str) -> None:
    """Code and cells that stand on one line at the usual size stand on one line on a roomy page."""
    laid = page(text)
    assert laid.body_size > TYPE.body_max_pt
    assert any(words in n.text for n in laid.lines() if n.panel == "one")


@pytest.mark.parametrize("items", [4, 5])
def test_a_diagram_beside_growing_text_keeps_its_room(items: int) -> None:
    """Text over a chart grows only as far as the chart keeps three tenths of the panel's width in height."""
    text = "".join(f"- 확률이 {i}\n" for i in range(items)) + "\n```mermaid\nflowchart LR\n  A[하나] --> B[둘]\n```"
    head = "---\npage: A4\nlayout:\n  - 12: title\n  - 44: one\n  - 44: two\n---\n# 제목\n\n"
    laid = layout(read(f"{head}## One\n\n{text}\n\n## Two\n\n- 둘\n")).pages[0]
    (drawn,) = laid.diagrams()
    content = next(p.content for p in laid.panels if p.id == "one")
    assert TYPE.body_max_pt < laid.body_size < TYPE.body_roomy_pt
    assert 0.3 * content.w <= drawn["rect"]["h"] < 0.35 * content.w


def test_longer_text_never_gets_a_larger_size() -> None:
    """Adding items to a roomy panel never enlarges its text."""
    found = []
    for n in range(1, 16):
        laid = page("\n".join(f"- 확률 분포에서 다음 token을 {i}" for i in range(n)))
        found.append(max(n.size for n in laid.lines() if n.panel == "one" and n.role == "body"))
    assert found == sorted(found, reverse=True)
    assert found[0] > found[-1]


def test_gaps_between_items_are_bounded() -> None:
    """Two items in an empty panel stand as near to each other as lines of a list, not a panel's height apart."""
    laid = page("- 하나\n- 둘", two="- 셋\n- 넷\n- 다섯\n- 여섯")
    for panel in ("one", "two"):
        tops = [n.rect.y for n in laid.lines() if n.panel == panel and n.role == "body"]
        assert max(b - a for a, b in pairwise(tops)) <= 2.3 * laid.body_size


def test_neighbours_begin_at_one_height() -> None:
    """The first lines of two panels of a row stand level although one holds more."""
    laid = page("- 하나", two="- 셋\n- 넷\n- 다섯\n- 여섯")
    one, two = (min(n.rect.y for n in laid.lines() if n.panel == p and n.role == "body") for p in ("one", "two"))
    assert abs(one - two) <= 0.5 * laid.body_size


def test_one_short_sentence_stands_large_in_the_middle() -> None:
    """A lone short paragraph is larger than the body and centred; a longer one is running text."""
    laid = page("물은 사라지지 않는다.")
    lines = [n for n in laid.lines() if n.panel == "one" and n.role == "body"]
    content = next(p.content for p in laid.panels if p.id == "one")
    assert len(lines) <= 3
    assert all(n.size >= 1.25 * laid.body_size for n in lines)
    assert all(n.rect.center.x == pytest.approx(content.center.x, abs=1.0) for n in lines)
    middle = (lines[0].rect.y + lines[-1].rect.bottom) / 2
    assert 0.35 < (middle - content.y) / content.h < 0.5
    long = page(
        "물은 사라지지 않고 하늘과 땅 사이를 돌며 비가 되고 강이 되고 바다가 되었다가 다시 구름이 되어 하늘로 오른다."
    )
    left = [n.rect.x for n in long.lines() if n.panel == "one" and n.role == "body"]
    assert len(left) > 1
    assert max(left) - min(left) < 1.0


def test_a_lone_quotation_is_spoken_in_a_bubble_about_its_words() -> None:
    """The bubble fits the words, the mascot stands beside it, and nothing else is drawn in that panel."""
    keys = {g.key: g for g in groups(page("> 쉬는 것도 일이다.").scene.items)}
    assert "one/0/mascot" in keys
    assert "one/doodle" not in keys
    assert keys["one/0"].rect is not None
    assert keys["one/0"].rect.w < keys["one"].rect.w - 20  # type: ignore[union-attr]


def test_an_empty_corner_shows_the_panel_s_icon_for_the_eye_alone() -> None:
    """A nearly empty panel's icon is drawn large at its lower right, without words; a full panel has none."""
    laid = page("- 하나")
    (drawn,) = [g for g in groups(laid.scene.items) if g.key == "one/doodle/icon"]
    assert drawn.role == "artifact"
    assert not any(isinstance(i, GlyphRun) for g in groups((drawn,)) for i in g.children)
    assert not [g for g in groups(page(TIGHT).scene.items) if g.key.startswith("one/doodle")]


@pytest.mark.parametrize("limit", [14.6, 15.0, 17.3, 21.9])
def test_the_largest_size_is_found_to_a_thousandth(limit: float) -> None:
    """Bisection ends just below where text no longer fits, never above; what always fits is as large as may be."""
    found = _largest(lambda size: size <= limit, 14.6, 22.0)
    assert limit - 2 * STEP * 22.0 <= found <= limit
    assert _largest(lambda _: True, 14.6, 22.0) == 22.0
    assert _largest(lambda _: False, 14.6, 22.0) == pytest.approx(14.6, abs=2 * STEP * 22.0)


@pytest.mark.parametrize(("paper", "times"), [("A4", 1.0), ("A3", 2**0.5), ("A5", 1.0)])
def test_paper_decides_how_large_roomy_text_gets(paper: str, times: float) -> None:
    """On larger paper text grows with it; on smaller paper it is no larger than on A4 and no smaller than usual."""
    text = HEAD.replace("page: A4", f"page: {paper}") + "\n\n".join(
        f"## {t}\n\n- x" for t in ("One", "Two", "Three", "Four")
    )
    size = layout(read(text)).pages[0].body_size
    assert size == pytest.approx(TYPE.body_roomy_pt * times, rel=0.01) or (
        paper == "A5" and TYPE.body_max_pt <= size < TYPE.body_roomy_pt
    )


@pytest.mark.parametrize(
    "text",
    [
        "- 하나\n  - `git switch --create idea-4`\n- 둘",
        "1. **`git switch --create idea-4`**\n2. 둘",
    ],
)
def test_code_deep_in_a_list_stays_on_its_line(text: str) -> None:
    """Type that grows breaks no code, however deep it stands."""
    laid = page(text)
    assert any("git switch --create idea-4" in n.text for n in laid.lines() if n.panel == "one")


def test_words_beside_a_panel_of_their_own_kind_grow_alike() -> None:
    """A nearly empty panel beside a full one grows by one step; with a picture or a chart in it, or two columns, not at all."""
    assert sizes(page(TIGHT, "- 둘"), "two") == {1.25}
    assert sizes(page(TIGHT, "- 둘\n\n```mermaid\nflowchart LR\n  A --> B\n```"), "two") == {1.0}
    assert sizes(page(TIGHT, "- 둘\n\n![그림](absent.png)"), "two") == {1.0}
    short = [n.size / TYPE.body_max_pt for n in page(TIGHT, "둘이다.").lines() if n.panel == "two" and n.role == "body"]
    assert short == [pytest.approx(1.6)]
