"""Runs of text as text objects, or as shapes where a print shop wants no fonts (ISO 32000-1, 9.4)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

import msgspec

from banana_layout.geometry.affine import Affine
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect
from banana_layout.render.clean import writable
from banana_layout.render.number import number, ratio
from banana_layout.render.pdf.coverage import Extent
from banana_layout.render.pdf.fonts import FaceFont
from banana_layout.render.pdf.resources import Resources
from banana_layout.render.pdf.stream import Stream, outline
from banana_layout.render.shape import letterform
from banana_layout.scene.item import Glyph, GlyphRun, Path, Variant
from banana_layout.scene.paint import Stroke

_SAME_LINE_EM = 0.1
"""How far baselines of one line may be apart: faces are lifted to sit well beside each other."""


class Lettering:
    """Writes the runs of one page into its stream."""

    def __init__(
        self, stream: Stream, resources: Resources, variants: Sequence[Variant], draw: Callable[[Path], None]
    ) -> None:
        self.end: tuple[Pt, Pt] | None = None
        """Where the last run ended, in the coordinates in force."""
        self._stream = stream
        self._resources = resources
        self._shapes = variants
        self._variants = resources.variant_numbers(variants)
        self._draw = draw

    def write(self, run: GlyphRun, matrix: Affine) -> None:
        """Write a run of text, where `matrix` is in force; one that is not seen goes in the hidden font."""
        stream = self._stream
        if run.paint is None or not run.face:
            stream.set("mode", "3 Tr")
            self._show(run, self._resources.hidden.resource, *self._hidden(run))
            return
        where = Extent(_around(run), matrix) if stream.coverage is not None else None
        stream.fill(run.paint, where, text=True)
        if run.weight > 0:
            stream.set("mode", "2 Tr")
            stream.stroke(run.paint, where, text=True)
            stream.set("width", f"{number(run.weight)} w")
            stream.set("dash", "[] 0 d")
        else:
            stream.set("mode", "0 Tr")
        font = self._resources.font(run.face)
        glyphs = run.glyphs
        if not all(g.text for g in glyphs):
            glyphs = _shared_out(glyphs)
        if not all(g.text for g in glyphs):
            self.outlined(run, [g for g in glyphs if not g.text])
            glyphs = tuple(g for g in glyphs if g.text)
        self._show(run, font.resource, glyphs, self._codes(glyphs, font))

    def outlined(self, run: GlyphRun, glyphs: Sequence[Glyph]) -> None:
        """Draw a cluster's further glyphs as shapes, which as text would be copied as question marks."""
        stroke = Stroke(run.weight, run.paint) if run.weight > 0 and run.paint is not None else None
        for shape in self._outlines(run, glyphs):
            self._draw(Path("", shape, fill=run.paint, stroke=stroke))

    def engraved(self, run: GlyphRun, matrix: Affine) -> None:
        """Draw a run as shapes in the colour of text, where `matrix` is in force; nothing of one that is not seen."""
        if run.paint is None or not run.face:
            return
        stream = self._stream
        where = Extent(_around(run), matrix) if stream.coverage is not None else None
        stream.fill(run.paint, where, text=True)
        if run.weight > 0:
            stream.stroke(run.paint, where, text=True)
            stream.set("width", f"{number(max(run.weight, stream.least))} w")
            stream.set("dash", "[] 0 d")
        stream.out += [outline(shape) + ("B" if run.weight > 0 else "f") for shape in self._outlines(run, run.glyphs)]

    def _outlines(self, run: GlyphRun, glyphs: Sequence[Glyph]) -> Iterator[Outline]:
        """Yield the shapes of some of a run's glyphs that are not blank."""
        face, lean = self._resources.book.face(run.face), Affine.slant(run.slant)
        for g in glyphs:
            place = Affine.scale(run.size).then(Affine.translate(g.x, g.dy)).then(lean)
            variant = self._shapes[g.variant - 1] if 0 < g.variant <= len(self._shapes) else None
            shape = letterform(face, g.gid, variant).path
            if shape.coords:
                yield shape.transformed(place).shifted(run.x, run.y)

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
        stream = self._stream
        out = stream.out
        out.append("BT")
        stream.set("font", f"/{resource} {number(run.size)} Tf")
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
                    stream.set("rise", f"{number(-rise)} Ts")
                gap = pen - round(g.x * k)
                if gap:
                    parts.append(f">{gap}<")
                    pen -= gap
            # A space shows nothing, so it may stand wherever the pen is: a gap before it would be copied as a second one.
            parts.append(code)
            pen += width
        out.append("".join(parts).replace("<>", "") + ">] TJ")
        stream.set("rise", "0 Ts")
        out.append("ET")
        self.end = (run.x + pen / k, run.y)

    def _lead(self, run: GlyphRun, first: Glyph) -> Pt:
        """Return how far a run may start early: as far as the last one's end, where it starts with a space."""
        if first.text != " " or self.end is None or abs(run.y - self.end[1]) > _SAME_LINE_EM * run.size:
            return 0.0
        gap = run.x + first.x - self.end[0]
        return gap if 0 < gap < run.size else 0.0


def _shared_out(glyphs: Sequence[Glyph]) -> tuple[Glyph, ...]:
    """Return glyphs with the characters of a cluster given to its glyphs one by one, where there are as many of both.

    mupdf 1.21 loses several characters of one code where any needs a pair of surrogates.
    """
    out = list(glyphs)
    for i, glyph in enumerate(glyphs):
        count = len(glyph.text)
        rest = glyphs[i + 1 : i + count]
        whole = (
            len(rest) == count - 1
            and not any(g.text for g in rest)
            and all(g.text for g in glyphs[i + count : i + count + 1])
        )
        if count > 1 and whole and max(glyph.text) > "\uffff":
            for j, char in enumerate(glyph.text):
                out[i + j] = msgspec.structs.replace(glyphs[i + j], text=char)
    return tuple(out)


def _around(run: GlyphRun) -> Rect:
    """Return a box that holds a run's ink: letters reach less than an em up and half an em down and aside."""
    rises = [g.dy for g in run.glyphs]
    top, bottom = run.y + min(rises) - 1.2 * run.size, run.y + max(rises) + 0.5 * run.size
    return Rect.spanning(run.x - 0.5 * run.size, top, run.x + run.width + 0.5 * run.size, bottom)
