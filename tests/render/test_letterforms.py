"""Letters as a hand writes them, in the files: no two alike in a row, four outlines each, all of it readable text."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pikepdf
import pytest
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

from banana_layout.geometry.affine import Affine
from banana_layout.geometry.path import Path
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.waves import PEAK
from banana_layout.pipeline import layout, read, scenes, to_pdf, to_svg
from banana_layout.render.outline import whole
from banana_layout.render.shape import letterform
from banana_layout.resources import asset
from banana_layout.scene.item import GlyphRun, Group, Item, Variant
from banana_layout.sketch.glyphs import TRIES, variants
from tests.render.scenes import BOOK

SAMPLES = ("samples/inference.md", "samples/inference-overview.md")
BODY = 16.0
"""Running text is smaller than this, in points."""


def runs(items: tuple[Item, ...]) -> Iterator[GlyphRun]:
    """Yield the runs that are seen."""
    for item in items:
        if isinstance(item, GlyphRun) and item.face and item.paint is not None:
            yield item
        elif isinstance(item, Group):
            yield from runs(item.children)


@pytest.mark.parametrize("sample", SAMPLES)
def test_frequent_letters_of_running_text_have_four_outlines(sample: str) -> None:
    """Every letter that running text has ten times or more is drawn in at least four outlines, on both samples."""
    scene = scenes(layout(read(asset(sample))))[0]
    drawn: dict[tuple[str, int], list[int]] = {}
    for run in runs(scene.items):
        if run.size < BODY:
            for g in run.glyphs:
                if g.text.strip():
                    drawn.setdefault((run.face, g.gid), []).append(g.variant)
    frequent = {k: v for k, v in drawn.items() if len(v) >= 10}
    assert len(frequent) >= 8
    for (face, gid), used in frequent.items():
        forms = {letterform(BOOK.face(face), gid, scene.variants[v - 1]).path for v in used}
        assert len(forms) >= TRIES
    # Letters seen four times or more show on average three outlines: nothing looks stamped.
    several = [len(set(v)) for v in drawn.values() if len(v) >= 4]
    assert sum(several) / len(several) >= 2.9


@pytest.mark.parametrize(
    ("face_id", "char"), [("gamja", "를"), ("gamja", "e"), ("poor-story", "E"), ("nanum-pen", "n")]
)
def test_tries_differ_in_shape_not_in_placement_alone(face_id: str, char: str) -> None:
    """No affine map takes one try onto another: laid over each other by the best such map, points miss by 0.004 em on the mean."""
    face = BOOK.face(face_id)
    gid = face.gid(char) or 0
    plain = [letterform(face, gid, Variant(0, 0, 0, 1, 0, warp=n)).path for n in range(1, TRIES + 1)]
    for i, a in enumerate(plain):
        for b in plain[:i]:
            assert len(a.coords) == len(b.coords)
            assert misfit(a, b) > 0.004


def misfit(a: Path, b: Path) -> float:
    """Return how far points of `b` are from those of `a` under the best affine map between them: the root of the mean square."""
    n = len(a.coords) // 2
    rows = [(a.coords[2 * i], a.coords[2 * i + 1], 1.0) for i in range(n)]
    normal = [[sum(r[i] * r[j] for r in rows) for j in range(3)] for i in range(3)]
    total = 0.0
    for axis in (0, 1):
        wanted = [b.coords[2 * i + axis] for i in range(n)]
        right = [sum(r[i] * w for r, w in zip(rows, wanted, strict=True)) for i in range(3)]
        fit = solved([row[:] for row in normal], right)
        total += sum(
            (sum(f * v for f, v in zip(fit, r, strict=True)) - w) ** 2 for r, w in zip(rows, wanted, strict=True)
        )
    return float((total / n) ** 0.5)


def solved(m: list[list[float]], v: list[float]) -> list[float]:
    """Return the solution of a small system of linear equations."""
    n = len(v)
    for i in range(n):
        k = max(range(i, n), key=lambda r: abs(m[r][i]))
        m[i], m[k], v[i], v[k] = m[k], m[i], v[k], v[i]
        for r in range(n):
            if r != i:
                f = m[r][i] / m[i][i]
                m[r] = [a - f * b for a, b in zip(m[r], m[i], strict=True)]
                v[r] -= f * v[i]
    return [v[i] / m[i][i] for i in range(n)]


@pytest.mark.parametrize("face_id", ["gamja", "poor-story", "nanum-pen", "bagel", "comic-mono", "yomogi"])
def test_every_try_stays_near_its_letter(face_id: str) -> None:
    """Whatever the try, a letter's box grows by a tenth of an em at most on any side."""
    face = BOOK.face(face_id)
    for char in "AgWTQj를y가":
        gid = face.gid(char)
        if gid is None:
            continue
        box = face.outline(gid).bounds()
        for variant in variants(1.0):
            drawn = letterform(face, gid, variant).path.bounds()
            room = PEAK + 0.045 + 0.035
            assert box.x - drawn.x < room + 0.03 * box.w
            assert box.y - drawn.y < room + 0.03 * box.h
            assert drawn.right - box.right < room + 0.03 * box.w
            assert drawn.bottom - box.bottom < room + 0.03 * box.h


def test_exact_letters_keep_the_font_s_outline() -> None:
    """Without a variant nothing is slimmed or bent: plain output shows the font itself."""
    face = BOOK.face("gamja")
    gid = face.gid("글") or 0
    assert letterform(face, gid, None).path == face.outline(gid)


def test_whole_units_lose_no_more_than_one() -> None:
    """The path data read back is within a unit of the outline on each axis, its left-out handles included."""
    face = BOOK.face("gamja")
    for char in "를뽑학Rg":
        form = letterform(face, face.gid(char) or 0, variants(1.0)[3])
        found = read_back(whole(form.path, form.joints, 1000))
        wanted = [v * 1000 for v in form.path.coords]
        assert len(found) == len(wanted)
        assert max(abs(a - b) for a, b in zip(found, wanted, strict=True)) <= 1.51


def read_back(data: str) -> list[float]:
    """Return the absolute coordinates of path data of m, q, t, l, h, v and z, handles spelt out."""
    out: list[float] = []
    x = y = hx = hy = sx = sy = 0.0
    for command, body in re.findall(r"([a-zA-Z])([^a-zA-Z]*)", data):
        values = [float(v) for v in re.findall(r"-?\d+", body)]
        size = {"M": 2, "m": 2, "q": 4, "t": 2, "l": 2, "h": 1, "v": 1, "z": 0}[command]
        for i in range(0, max(1, len(values)), max(1, size)):
            v = values[i : i + size]
            if command == "z":
                x, y = sx, sy
                continue
            if command in "Mm":
                x, y = (v[0], v[1]) if command == "M" else (x + v[0], y + v[1])
                sx, sy = x, y
            elif command in "qt":
                hx, hy = (x + v[0], y + v[1]) if command == "q" else (2 * x - hx, 2 * y - hy)
                out += (hx, hy)
                x, y = x + v[-2], y + v[-1]
            else:
                x += v[0] if command in "lh" else 0.0
                y += v[-1] if command in "lv" else 0.0
            out += (x, y)
    return out


def test_letters_of_the_pdf_are_outlines_of_their_own() -> None:
    """The embedded hand draws the letter e of a page in four outlines, none a shifted copy of another."""
    laid = layout(read("# 글\n\n## Letters\n\n" + "see the tree, here we free the bees. " * 6))
    pdf = pikepdf.open(io.BytesIO(to_pdf(laid)))
    shapes = []
    for font in pdf.pages[0].Resources.Font.values():
        if "Gamja" not in str(font.BaseFont):
            continue
        program = TTFont(io.BytesIO(font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()))
        places = font.DescendantFonts[0].CIDToGIDMap.read_bytes()
        order, glyphs = program.getGlyphOrder(), program.getGlyphSet()
        for code in re.findall(r"<(\w{4})> <0065>", font.ToUnicode.read_bytes().decode()):
            at = 2 * int(code, 16)
            pen = RecordingPen()
            glyphs[order[int.from_bytes(places[at : at + 2], "big")]].draw(pen)
            x, y = pen.value[0][1][0]
            shapes.append(str([(verb, [(a - x, b - y) for a, b in points]) for verb, points in pen.value]))
    assert len(set(shapes)) >= TRIES


def test_letters_of_the_svg_are_outlines_of_their_own() -> None:
    """A line of one letter uses four outlines or more, in turn, and still reads as one string."""
    svg = to_svg(layout(read("# 글\n\n## Letters\n\n" + "가" * 20)))
    root = ET.fromstring(svg)
    used = Counter(u.get("{http://www.w3.org/1999/xlink}href") for u in root.iter("{http://www.w3.org/2000/svg}use"))
    often = [count for count in used.values() if count >= 3]
    assert len(often) >= TRIES
    assert "가" * 20 in svg


def test_a_form_is_drawn_where_its_variant_says() -> None:
    """A variant without a try is the slim outline, mapped and not bent."""
    face = BOOK.face("gamja")
    gid = face.gid("A") or 0
    moved = letterform(face, gid, Variant(0, 0.1, -0.2, 1, 0)).path
    slim = face.slim(gid).path.transformed(Affine.translate(0.1, -0.2))
    assert moved.verbs == slim.verbs
    assert moved.coords == pytest.approx(slim.coords)
    assert isinstance(moved.bounds(), Rect)
