"""A page's content stream: the scene's items as PDF operators (ISO 32000-1, annex A), joined as strings."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from typing import NamedTuple

from banana_layout.color import Color
from banana_layout.geometry.affine import IDENTITY, Affine
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect
from banana_layout.render.clean import page_target, web_url, writable
from banana_layout.render.number import HUNDREDTHS, number, numbers, ratio
from banana_layout.render.number import matrix as operands
from banana_layout.render.pdf.fonts import FaceFont
from banana_layout.render.pdf.resources import Resources
from banana_layout.render.shape import cubics, tapering, variant_matrix, warped
from banana_layout.scene.item import Glyph, GlyphRun, Group, Image, Item, Link, Path, Scene
from banana_layout.scene.paint import Paint, Stroke

_OPERATORS = {
    ord("M"): "%s %s m\n",
    ord("L"): "%s %s l\n",
    ord("C"): "%s %s %s %s %s %s c\n",
    ord("Z"): "h\n",
}
"""How each verb is written."""

_START = {
    "fill": "0 g", "stroke": "0 G", "width": "1 w", "cap": "0 J", "dash": "[] 0 d", "blend": "/N gs",
    "mode": "0 Tr", "rise": "0 Ts", "font": "",
}  # fmt: skip
"""The graphics state at a page's start, each part as the operator that sets it."""

_SAME_LINE_EM = 0.1
"""How far baselines of one line may be apart: faces are lifted to sit well beside each other."""

_TARGETS = frozenset(("title", "panel"))
"""Roles of the groups that `#id` links lead to."""


class Area(NamedTuple):
    """A link's place on its page."""

    rect: Rect
    """In the page's own coordinates, y down."""
    url: str
    """A web address, or empty where it leads into the document."""
    target: str
    """Id of the panel it leads to, or empty."""
    text: str
    """What it says."""


class Content:
    """Writes one page."""

    def __init__(self, scene: Scene, resources: Resources) -> None:
        self.links: list[Area] = []
        """Links found, in order of painting."""
        self.targets: dict[str, Rect] = {}
        """Where the groups stand that links may lead to, by id."""
        self.has_emoji = False
        """Whether the page shows emoji."""
        self._scene = scene
        self._resources = resources
        self._variants = resources.variant_numbers(scene.variants)
        self._out: list[str] = []
        self._state = dict(_START)
        self._matrix = IDENTITY
        self._alpha = 1.0
        self._end: tuple[Pt, Pt] | None = None  # where the last run ended, in the coordinates in force

    def write(self) -> bytes:
        """Return the page's content."""
        scene = self._scene
        self._out += (f"1 0 0 -1 0 {number(scene.height)} cm", "1 j")
        self._path(Path("paper", Outline.rect(Rect(0.0, 0.0, scene.width, scene.height)), fill=scene.paper))
        self._items(scene.items)
        return "\n".join(self._out).encode("ascii")

    def _items(self, items: Sequence[Item]) -> None:
        """Write items, bottom first."""
        for item in items:
            if isinstance(item, Path):
                self._path(item)
            elif isinstance(item, GlyphRun):
                self._run(item)
            elif isinstance(item, Group):
                self._group(item)
            elif isinstance(item, Link):
                self._link(item)
            else:
                self._image(item)

    def _set(self, part: str, operator: str) -> None:
        """Bring one part of the graphics state about, unless it is so already."""
        if self._state[part] != operator:
            self._state[part] = operator
            self._out.append(operator)

    def _blend(self, paint: Paint) -> None:
        """Set opacity and blend mode."""
        self._set("blend", f"/{self._resources.blend(paint.opacity * self._alpha, paint.blend)} gs")

    def _path(self, item: Path) -> None:
        """Write a path: its fill, then its line."""
        fill, stroke = item.fill, item.stroke
        if not item.path.coords:
            return
        if stroke is not None and stroke.widths is not None:
            if fill is not None:
                self._area(outline(item.path), fill)
            self._area(outline(tapering(item.path, *stroke.widths)), stroke.paint)
            return
        body = outline(item.path)
        if stroke is None:
            if fill is not None:
                self._area(body, fill)
        elif fill is None:
            self._line(body, stroke, "S")
        elif (
            fill.blend == stroke.paint.blend == "normal" and fill.opacity == stroke.paint.opacity == self._alpha == 1.0
        ):
            self._set("fill", nonstroking(fill.color))
            self._line(body, stroke, "B")
        else:
            self._area(body, fill)
            self._line(body, stroke, "S")

    def _area(self, body: str, paint: Paint) -> None:
        """Fill a path."""
        self._blend(paint)
        self._set("fill", nonstroking(paint.color))
        self._out.append(body + "f")

    def _line(self, body: str, stroke: Stroke, operator: str) -> None:
        """Stroke a path, or fill and stroke it."""
        self._blend(stroke.paint)
        self._set("stroke", stroking(stroke.paint.color))
        self._set("width", f"{number(stroke.width)} w")
        self._set("cap", "1 J" if stroke.cap == "round" else "0 J")
        self._set(
            "dash", f"[{' '.join(numbers(stroke.dash))}] 0 d" if stroke.dash and sum(stroke.dash) > 0 else "[] 0 d"
        )
        self._out.append(body + operator)

    def _run(self, run: GlyphRun) -> None:
        """Write a run of text; one that is not seen goes in the hidden font."""
        if not run.glyphs or run.size <= 0:
            return
        if run.paint is None or not run.face:
            self._set("mode", "3 Tr")
            self._show(run, self._resources.hidden.resource, *self._hidden(run))
            return
        self._blend(run.paint)
        self._set("fill", nonstroking(run.paint.color))
        if run.weight > 0:
            self._set("mode", "2 Tr")
            self._set("stroke", stroking(run.paint.color))
            self._set("width", f"{number(run.weight)} w")
            self._set("dash", "[] 0 d")
        else:
            self._set("mode", "0 Tr")
        font = self._resources.font(run.face)
        glyphs = run.glyphs
        if not all(g.text for g in glyphs):
            self._textless(run, run.paint)
            glyphs = tuple(g for g in glyphs if g.text)
        self._show(run, font.resource, glyphs, self._codes(glyphs, font))

    def _hidden(self, run: GlyphRun) -> tuple[list[Glyph], list[tuple[str, int]]]:
        """Return the glyphs of a run nobody sees, one a character and side by side, and their codes."""
        glyphs: list[Glyph] = []
        codes: list[tuple[str, int]] = []
        for g in run.glyphs:
            text = writable(g.text)
            if not text:
                continue
            step = g.advance / len(text)
            width = max(1, min(32_000, round(step / run.size * 1000)))
            for i, char in enumerate(text):
                glyphs.append(Glyph(0, g.x + i * step, g.dy, step, char))
                codes.append(self._resources.hidden.code(char, width))
        return glyphs, codes

    def _textless(self, run: GlyphRun, paint: Paint) -> None:
        """Draw a cluster's further glyphs as outlines: as text they would be copied as question marks."""
        face, lean = self._resources.book.face(run.face), Affine.slant(run.slant)
        stroke = Stroke(run.weight, paint) if run.weight > 0 else None
        for g in run.glyphs:
            if not g.text:
                place = Affine.scale(run.size).then(Affine.translate(g.x, g.dy)).then(lean)
                outline = face.outline(g.gid)
                if 0 < g.variant <= len(self._scene.variants):
                    variant = self._scene.variants[g.variant - 1]
                    place = variant_matrix(variant, face.advance(g.gid)).then(place)
                    outline = warped(outline, variant.warp)
                path = outline.transformed(place).shifted(run.x, run.y)
                self._path(Path("", path, fill=paint, stroke=stroke))

    def _codes(self, glyphs: Sequence[Glyph], font: FaceFont) -> list[tuple[str, int]]:
        """Return the codes of glyphs."""
        numbers_ = self._variants
        known, last = font.codes, len(numbers_) - 1
        out: list[tuple[str, int]] = []
        for g in glyphs:
            variant = numbers_[g.variant] if 0 < g.variant <= last else 0
            found = known.get((g.gid, g.text, variant))
            out.append(font.code(g, variant) if found is None else found)
        return out

    def _show(self, run: GlyphRun, resource: str, glyphs: Sequence[Glyph], codes: Sequence[tuple[str, int]]) -> None:
        """Write a run's glyphs as few straight strings: readers keep such lines whole when text is copied."""
        if not glyphs:
            return
        out = self._out
        out.append("BT")
        self._set("font", f"/{resource} {number(run.size)} Tf")
        lean = ratio(math.tan(math.radians(max(-80.0, min(80.0, run.slant))))) if run.slant else "0"
        k = 1000 / run.size
        # Where the reader's pen stands from the run's origin, in thousandths of the size: whole, so that nothing adds up.
        pen = -round(self._lead(run, glyphs[0]) * k)
        out.append(f"1 0 {lean} -1 {number(run.x + pen / k)} {number(run.y)} Tm")
        parts = ["[<"]
        rise = 0.0
        for g, (code, width) in zip(glyphs, codes, strict=True):
            if g.text != " ":
                if g.dy != rise:
                    rise = g.dy
                    if len(parts) > 1:
                        out.append("".join(parts).replace("<>", "") + ">] TJ")
                        parts = ["[<"]
                    self._set("rise", f"{number(-rise)} Ts")
                gap = pen - round(g.x * k)
                if gap:
                    parts.append(f">{gap}<")
                    pen -= gap
            # A space shows nothing, so it may stand wherever the pen is: a gap before it would be copied as a second one.
            parts.append(code)
            pen += width
        out.append("".join(parts).replace("<>", "") + ">] TJ")
        self._set("rise", "0 Ts")
        out.append("ET")
        self._end = (run.x + pen / k, run.y)

    def _lead(self, run: GlyphRun, first: Glyph) -> Pt:
        """Return how far a run may start early: as far as the last one's end, where it starts with a space."""
        if first.text != " " or self._end is None or abs(run.y - self._end[1]) > _SAME_LINE_EM * run.size:
            return 0.0
        gap = run.x + first.x - self._end[0]
        return gap if 0 < gap < run.size else 0.0

    def _image(self, item: Image) -> None:
        """Write a raster picture."""
        self._set("blend", f"/{self._resources.blend(self._alpha, 'normal')} gs")
        r = item.rect
        place = " ".join(numbers((r.w, 0.0, 0.0, -r.h, r.x, r.bottom)))
        self._out.append(f"q {place} cm /{self._resources.image(item)} Do Q")

    def _link(self, item: Link) -> None:
        """Keep a link for the page's annotations, if it is of a kind that is allowed."""
        target, url = page_target(item.url), web_url(item.url)
        if target is not None or url is not None:
            self.links.append(Area(mapped(item.rect, self._matrix), url or "", target or "", item.text))

    def _group(self, group: Group) -> None:
        """Write a group: its map, its clip and its opacity around what it holds."""
        if group.role == "emoji":
            self.has_emoji = True
        if group.role in _TARGETS and group.rect is not None:
            self.targets.setdefault(group.key, mapped(group.rect, self._matrix))
        plain = group.transform is None and group.clip is None
        if plain and group.opacity >= 1.0:
            self._items(group.children)
            return
        state, matrix, alpha = dict(self._state), self._matrix, self._alpha
        self._out.append("q")
        if group.transform is not None:
            self._end = None
            self._matrix = group.transform.then(matrix)
            self._out.append(" ".join(operands(group.transform)) + " cm")
        if group.clip is not None:
            self._out.append((outline(group.clip) or "0 0 m\n") + "W n")
        if group.opacity >= 1.0:
            self._items(group.children)
        elif len(group.children) == 1 and not isinstance(group.children[0], Group):
            self._alpha = alpha * max(0.0, group.opacity)
            self._items(group.children)
        else:
            self._form(group)
        self._out.append("Q")
        self._state, self._matrix, self._alpha = state, matrix, alpha
        if group.transform is not None:
            self._end = None

    def _form(self, group: Group) -> None:
        """Write a group's children as one transparency group, so that its opacity holds for the whole."""
        self._set("blend", f"/{self._resources.blend(self._alpha * max(0.0, group.opacity), 'normal')} gs")
        outer, alpha = self._out, self._alpha
        self._out, self._alpha = ["1 j"], 1.0
        self._state["blend"] = _START["blend"]
        self._items(group.children)
        content = "\n".join(self._out).encode("ascii")
        self._out, self._alpha = outer, alpha
        self._out.append(f"/{self._resources.form(content)} Do")


def outline(path: Outline) -> str:
    """Return a path's operators, each on its line."""
    path = cubics(path)
    table = HUNDREDTHS
    return path.verbs.translate(_OPERATORS) % tuple([table[round(v * 100)] for v in path.coords])


def mapped(rect: Rect, matrix: Affine) -> Rect:
    """Return the box of a rectangle's image."""
    if matrix.is_identity:
        return rect
    corners = [matrix.apply(c) for c in rect.corners]
    return Rect.spanning(
        min(c.x for c in corners), min(c.y for c in corners), max(c.x for c in corners), max(c.y for c in corners)
    )


@functools.lru_cache(maxsize=4096)
def nonstroking(color: Color) -> str:
    """Return the operator that sets the colour of fills; greys as DeviceGray."""
    r, g, b = (_component(v) for v in color)
    return f"{r} g" if r == g == b else f"{r} {g} {b} rg"


@functools.lru_cache(maxsize=4096)
def stroking(color: Color) -> str:
    """Return the operator that sets the colour of lines; greys as DeviceGray."""
    r, g, b = (_component(v) for v in color)
    return f"{r} G" if r == g == b else f"{r} {g} {b} RG"


def _component(value: float) -> str:
    """Return a colour component with three decimals: enough to tell 255 steps apart."""
    return ratio(round(max(0.0, min(1.0, value)), 3))
