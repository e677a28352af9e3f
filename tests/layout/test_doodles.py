"""Doodles, tape and frames: never on text, always in their panel, never in the way of meaning."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banana_layout.geometry.affine import Affine
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.rect import Rect
from banana_layout.layout.doodles_place import _empty
from banana_layout.layout.result import LaidPage
from banana_layout.pipeline import layout, read, scenes
from banana_layout.resources import asset
from banana_layout.scene.item import GlyphRun, Group, Item, Path
from banana_layout.testing import documents
from banana_layout.theme.load import names

SAMPLES = ("inference", "inference-overview")
HEAD = "---\npage: A4\nlayout:\n  - 10: title\n  - 45: [one, two]\n  - 45: three\n---\n\n# 제목\n\n"


def groups(items: tuple[Item, ...], around: Affine = Affine()) -> Iterator[tuple[Group, Affine]]:
    """Yield all groups with the map their children stand in."""
    for item in items:
        if isinstance(item, Group):
            inner = item.transform.then(around) if item.transform is not None else around
            yield item, inner
            yield from groups(item.children, inner)


def words(items: tuple[Item, ...]) -> list[Rect]:
    """Return the boxes of written words, letters only (Hangul box), those inside diagrams included."""
    return [
        Rect(run.x, run.y - 0.7 * run.size, run.width, 0.8 * run.size)
        for group, _ in groups(items)
        for run in group.children
        if isinstance(run, GlyphRun) and run.paint is not None and run.text.strip()
    ]


def doodles(items: tuple[Item, ...]) -> list[tuple[str, Rect]]:
    """Return the boxes of every drawn artifact, the paper's own pattern left out."""
    out = []
    for group, around in groups(items):
        if group.role != "artifact" or group.key == "paper":
            continue
        for path in drawn(group.children):
            half = path.stroke.width / 2 if path.stroke is not None else 0.0
            out.append((path.key, path.path.transformed(around).bounds().grown(half)))
    return out


def drawn(items: tuple[Item, ...]) -> Iterator[Path]:
    """Yield the paths among items; what is clipped is left out, its clip being drawn too."""
    for item in items:
        if isinstance(item, Path):
            yield item
        elif isinstance(item, Group) and item.clip is None:
            yield from drawn(item.children)


def touching(page: LaidPage) -> list[tuple[str, Rect]]:
    """Return the artifacts that meet a word."""
    text = words(page.scene.items)
    return [(key, box) for key, box in doodles(page.scene.items) if any(w.meets(box) for w in text)]


@pytest.mark.parametrize("theme", names())
@pytest.mark.parametrize("sample", SAMPLES)
def test_doodles_and_tape_keep_off_words(sample: str, theme: str) -> None:
    """On the sample sheets no doodle and no tape touches a word, in any theme."""
    laid = layout(read(asset(f"samples/{sample}.md")), theme=theme)
    assert touching(laid.pages[0]) == []


@settings(max_examples=25, deadline=None)
@given(documents(), st.sampled_from(names()))
def test_doodles_keep_off_words_on_any_page(document: object, theme: str) -> None:
    """Whatever a sheet says, doodles keep off its words and stay on the page."""
    for page in layout(document, theme=theme).pages:  # type: ignore[arg-type]
        assert touching(page) == []
        sheet = Rect(0.0, 0.0, page.scene.width, page.scene.height)
        assert all(sheet.holds(box) for key, box in doodles(page.scene.items) if "/tape" not in key)


@pytest.mark.parametrize("theme", names())
def test_frames_keep_off_words(theme: str) -> None:
    """No frame's stroke runs through a word; a tab covers the frame under its title."""
    page = layout(read(asset("samples/inference.md")), theme=theme).pages[0]
    paths = [i for g, _ in groups(page.scene.items) for i in g.children if isinstance(i, Path)]
    tabs = [i.path.bounds() for i in paths if i.key.endswith("/tab/ground")]
    text = [w for w in words(page.scene.items) if not any(t.holds(w, 1.0) for t in tabs)]
    frames = [i for i in paths if i.stroke is not None and "/frame" in i.key]
    assert len(frames) >= 4
    for frame in frames:
        ends = points(frame.path)
        for a, b in pairwise(ends):
            lane = Rect.spanning(*a, *b).grown(0.5)
            assert not [w for w in text if w.meets(lane)]


def points(path: Outline) -> list[tuple[float, float]]:
    """Return a path's on-curve points."""
    return [(c[-2], c[-1]) for verb, c in path.segments() if verb != "Z"]


def mascots(page: LaidPage) -> list[str]:
    """Return the keys of the mascots on a page."""
    return [g.key for g, _ in groups(page.scene.items) if g.key.endswith("/mascot")]


def test_a_lone_quote_at_a_panel_s_end_is_spoken() -> None:
    """The mascot speaks the only quote where it ends its panel, and leaves several quotes and plain pages alone."""
    lone = "## One\n\n하나\n\n> 말\n\n## Two\n\n둘\n\n## Three\n\n- 셋\n- 넷\n"
    page = layout(read(HEAD + lone)).pages[0]
    assert [k for k in mascots(page) if k.startswith("one/") and "doodle" not in k] != []
    several = lone.replace("> 말", "> 말\n\n> 글")
    assert [k for k in mascots(layout(read(HEAD + several)).pages[0]) if "doodle" not in k] == []
    assert mascots(layout(read(HEAD + lone), theme="plain").pages[0]) == []


@pytest.mark.parametrize("change", ["둘", "- 둘\n" * 12, "둘둘 " * 60])
def test_words_in_one_panel_never_move_another_s_doodles(change: str) -> None:
    """However full one panel becomes, the others' doodles stay as they were."""

    def found(two: str) -> dict[str, list[Rect]]:
        page = layout(read(f"{HEAD}## One\n\n하나\n\n## Two\n\n{two}\n\n## Three\n\n셋\n")).pages[0]
        boxes: dict[str, list[Rect]] = {}
        for key, box in doodles(page.scene.items):
            boxes.setdefault(key.split("/")[0], []).append(box)
        return boxes

    before, after = found("둘"), found(change)
    assert before["three"] == after["three"] != []
    assert before.get("one") == after.get("one")


def test_several_quotes_take_turns_with_pens() -> None:
    """Neighbouring quotes of one panel have other pens."""
    page = layout(read(HEAD + "## One\n\n> 가\n\n> 나\n\n> 다\n\n## Two\n\n둘\n\n## Three\n\n셋\n")).pages[0]
    pens = [
        item.stroke.paint.color
        for group, _ in groups(page.scene.items)
        for item in group.children
        if isinstance(item, Path) and item.key.endswith("/bubble") and item.stroke is not None
    ]
    assert len(pens) == 3
    assert len(set(pens)) == 3


def test_doodles_add_no_words_and_are_artifacts() -> None:
    """Nothing decorative holds text, and readers are told to pass it by."""
    page = layout(read(asset("samples/inference.md"))).pages[0]
    seen = 0
    for group, _ in groups(page.scene.items):
        if "/doodle" in group.key or "/mascot" in group.key or "/sparkle" in group.key or group.key.endswith("/tape"):
            seen += 1
            assert group.role == "artifact" or "/tape/" in group.key or "/mascot/" in group.key
            assert not any(isinstance(i, GlyphRun) for i in group.children)
    assert seen >= 8


def test_at_most_two_tapes_and_seven_sparkles() -> None:
    """Tape holds the hero and one note; the title has few sparkles."""
    text = "\n".join(f"## {n} {{#{n} .sticky}}\n\n- [x] 하나\n" for n in ("one", "two", "three"))
    keys = [g.key for g, _ in groups(layout(read(HEAD + text)).pages[0].scene.items)]
    assert sum(k.endswith("/tape") for k in keys) <= 2
    assert sum(k.startswith("title/sparkle/") for k in keys) <= 7


def test_the_largest_empty_place_is_found() -> None:
    """A hole between walls is found as far as the raster shows it."""
    room = Rect(0, 0, 100, 100)
    walls = [Rect(0, 0, 100, 30), Rect(0, 0, 35, 100)]
    found = _empty(room, walls, 2.0)
    assert found is not None
    assert Rect(35, 30, 65, 70).holds(found)
    assert found.w >= 60
    assert found.h >= 64
    assert _empty(room, [room], 2.0) is None
    assert _empty(Rect(0, 0, 1, 1), [], 2.0) is None


def test_title_letters_are_set_askew_and_plain_ones_are_not() -> None:
    """Each big letter leans a little, differently from its neighbour, and by no more than 3 degrees."""
    laid = layout(read(asset("samples/inference.md")))
    (sketched,), (exact,) = scenes(laid), scenes(laid, plain=True)
    turns = [g.transform.b for g, _ in groups(sketched.items) if g.style == "letter" and g.transform is not None]
    assert len(turns) >= 9
    assert len(set(turns)) == len(turns)
    assert max(abs(t) for t in turns) < 0.053 * 1.04
    assert all(g.transform is None for g, _ in groups(exact.items) if g.style == "letter")
