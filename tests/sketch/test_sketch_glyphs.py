"""Writing by hand."""

from __future__ import annotations

import statistics

from hypothesis import given
from hypothesis import strategies as st

from banana_layout.color import BLACK, WHITE
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.point import MM
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.waves import PEAK
from banana_layout.scene.item import Glyph, GlyphRun, Group, Path, Scene
from banana_layout.scene.paint import Paint
from banana_layout.sketch.glyphs import TRIES, VARIANTS, variants
from banana_layout.sketch.hand import SketchHand
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


@given(st.text(alphabet="ab가 ", min_size=1, max_size=60), st.sampled_from([10.0, 18.0]))
def test_equal_letters_in_a_row_differ_in_outline(text: str, size: float) -> None:
    """No letter is the same try as its last two twins; spaces are none; a letter has one placement for each try."""
    found = variants(1.0)
    last: dict[int, list[int]] = {}
    placed: dict[tuple[int, int], set[int]] = {}
    for g in glyphs(written(run(text, size=size))[0]):
        if g.text == " ":
            assert g.variant == 0
            continue
        warp = found[g.variant - 1].warp
        before = last.setdefault(g.gid, [])
        assert warp not in before[-2:]
        before.append(warp)
        placed.setdefault((g.gid, warp), set()).add(g.variant)
        assert (g.variant > VARIANTS) == (size > 16)
    assert all(len(v) == 1 for v in placed.values())


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
    """The page's variants average to nothing and spread by the look's standard deviations; large letters dance more."""
    found = variants(1.0)
    assert len(found) == 2 * VARIANTS
    wanted = {"rotation": (0, 0.75), "dx": (0, 0.008), "dy": (0, 0.011), "scale": (1, 0.011), "slant": (0, 0.5)}
    for part, more in ((found[:VARIANTS], 1.0), (found[VARIANTS:], 1.5)):
        assert sorted(v.warp for v in part) == [w for w in range(1, TRIES + 1) for _ in range(VARIANTS // TRIES)]
        for field, (mean, sigma) in wanted.items():
            values = [getattr(v, field) for v in part]
            much = more if field in ("rotation", "dy", "scale") else 1.0
            assert abs(statistics.fmean(values) - mean) < 1e-9
            assert abs(statistics.pstdev(values) / (sigma * much) - 1) < 0.02


def test_frequent_letters_use_every_try() -> None:
    """A letter written forty times, small or large, has four outlines, and each serves several times."""
    found = variants(1.0)
    for size in (10.0, 18.0):
        tries = [found[g.variant - 1].warp for g in glyphs(written(run("e" * 40, size=size))[0])]
        assert sorted(set(tries)) == list(range(1, TRIES + 1))
        assert min(tries.count(t) for t in set(tries)) >= 4


def test_letters_do_not_lean_in_step() -> None:
    """Two letters of the same try mostly stand differently: each has its own placement for it."""
    found = variants(1.0)
    by_letter = []
    for c in "abcdefgh":
        drawn = glyphs(written(run(c * 30))[0])
        by_letter.append({found[g.variant - 1].warp: g.variant for g in drawn})
    assert len({tuple(sorted(v.items())) for v in by_letter}) >= 6


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


def test_repeats_of_a_title_s_letter_differ_in_shape() -> None:
    """The second E of a title is another drawing than the first, by as much as letters have room for; the clip goes along."""
    box = Rect(50, 40, 40, 55)
    shape = Outline.rect(Rect(55, 45, 30, 40), 6)
    letters = [
        Group(
            "t/letter0",
            (Group("t/fill", (Path("t/ink", shape, fill=Paint(BLACK), tool="exact"),), clip=shape),),
            rect=box,
            style="letter",
            level=level,
        )
        for level in range(TRIES)
    ]
    drawn = []
    for letter in letters:
        (out,) = written(letter)
        assert isinstance(out, Group)
        (fill,) = out.children
        assert isinstance(fill, Group)
        (ink,) = fill.children
        assert isinstance(ink, Path)
        assert fill.clip == ink.path
        assert out.transform == written(letters[0])[0].transform  # type: ignore[union-attr]
        moves = [abs(a - b) for a, b in zip(ink.path.coords, shape.coords, strict=True)]
        assert 0 < max(moves) <= 2 * PEAK * box.h
        drawn.append(ink.path.coords)
    assert len(set(drawn)) == TRIES
    assert written(letters[1], hand=SketchHand(jitter=0)) == (letters[1],)
