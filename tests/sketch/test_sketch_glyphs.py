"""Writing by hand."""

from __future__ import annotations

import statistics
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from banana_layout.color import BLACK, WHITE
from banana_layout.geometry.rect import Rect
from banana_layout.scene.item import Glyph, GlyphRun, Group, Scene
from banana_layout.scene.paint import Paint
from banana_layout.sketch.glyphs import VARIANTS, WARPS, variants
from banana_layout.sketch.hand import MM, SketchHand
from banana_layout.sketch.scene import sketch


def run(text: str, key: str = "r", x: float = 0.0, **options: object) -> GlyphRun:
    """Return a run of 10 pt glyphs, 5 pt wide."""
    glyphs = tuple(Glyph(gid=ord(c), x=5.0 * i, dy=0.0, advance=5.0, text=c) for i, c in enumerate(text))
    fields = {"face": "gamja", "size": 10.0, "paint": Paint(BLACK), **options}
    return GlyphRun(key=key, x=x, y=100, glyphs=glyphs, **fields)  # type: ignore[arg-type]


def written(*items: GlyphRun | Group, hand: SketchHand | None = None) -> tuple[GlyphRun | Group, ...]:
    """Return the items as the sketch writes them."""
    scene = Scene(width=500, height=500, items=items, paper=Paint(WHITE))
    return sketch(scene, hand or SketchHand(), 4).items  # type: ignore[return-value]


def glyphs(item: GlyphRun | Group) -> tuple[Glyph, ...]:
    """Return a run's glyphs."""
    assert isinstance(item, GlyphRun)
    return item.glyphs


@given(st.text(alphabet="ab가 ", min_size=1, max_size=60))
def test_neighbours_and_equal_letters_differ(text: str) -> None:
    """No glyph looks like its neighbour in the word or like the last one of the same letter."""
    last: dict[int, int] = {}
    before = 0
    for g in glyphs(written(run(text))[0]):
        if g.text == " ":
            assert g.variant == 0
            continue
        assert 1 <= g.variant <= VARIANTS
        assert g.variant not in (before, last.get(g.gid, 0))
        before = last[g.gid] = g.variant


@given(st.text(alphabet="abc 나", min_size=1, max_size=40))
def test_writing_keeps_text_places_and_advances(text: str) -> None:
    """Only the variant and the height change: words copy out and stand where layout put them."""
    before = run(text)
    after = written(before)[0]
    assert isinstance(after, GlyphRun)
    assert after.text == before.text
    assert [(g.gid, g.x, g.advance) for g in after.glyphs] == [(g.gid, g.x, g.advance) for g in before.glyphs]
    assert all(abs(g.dy) <= 0.08 * before.size for g in after.glyphs)


def test_variants_have_the_figures_of_the_look() -> None:
    """The page's variants average to nothing and spread by the look's standard deviations."""
    found = variants(SketchHand(), 3)
    assert len(found) == 2 * VARIANTS
    wanted = {"rotation": (0, 0.75), "dx": (0, 0.008), "dy": (0, 0.011), "scale": (1, 0.011), "slant": (0, 0.5)}
    for field, (mean, sigma) in wanted.items():
        values = [getattr(v, field) for v in found]
        assert abs(statistics.fmean(values) - mean) < 1e-9
        assert abs(statistics.pstdev(values) / sigma - 1) < 0.02


def test_equal_letters_of_large_writing_differ_in_outline() -> None:
    """In headings a letter never has the outline its last twin had, and four outlines are in use."""
    found = variants(SketchHand(), 4)
    bent = [found[g.variant - 1].warp for g in glyphs(written(run("e" * 40, size=18.0))[0])]
    assert all(a != b for a, b in pairwise(bent))
    assert set(bent) == set(range(WARPS))
    assert {found[g.variant - 1].warp for g in glyphs(written(run("e" * 40))[0])} == {0}


def test_exact_and_unseen_runs_are_left_alone() -> None:
    """Runs marked exact, runs without a face and a hand without jitter change nothing."""
    exact, unseen, plain = run("abc", tool="exact"), run("abc", face="", paint=None), run("abc")
    assert written(exact, unseen) == (exact, unseen)
    assert written(plain, hand=SketchHand(jitter=0)) == (plain,)


def test_runs_of_a_line_share_its_baseline() -> None:
    """Where one run ends and the next begins the line goes on at the same height."""
    line = Group(
        key="p/line0",
        role="line",
        rect=Rect(40, 90, 200, 12),
        children=(run("ab", "p/line0/run0", 40), run("ab", "p/line0/run1", 50.001)),
    )
    (group,) = written(line)
    assert isinstance(group, Group)
    first, second = (glyphs(r)[0].dy for r in group.children if isinstance(r, GlyphRun))
    assert first != 0.0
    assert abs(first - second) < 0.02 * 10


def test_words_drift_along_a_line() -> None:
    """Letters of a word share its height; words far apart do not."""
    after = glyphs(written(run("aaaa" + " aaaa" * 9))[0])
    heights = [{g.dy for g in after[i : i + 4]} for i in range(0, 50, 5)]
    assert all(len(h) == 1 for h in heights)
    assert len(set().union(*heights)) == 10
    assert max(max(h) for h in heights) < 0.022 * 10 * 1.25 + 0.002 * 250 * MM
