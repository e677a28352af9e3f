"""Draws violations on the pages they were found on, with a list of them under each page."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from banana_layout.color import WHITE, Color
from banana_layout.constraints.violation import Violation
from banana_layout.font.book import FontBook
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect
from banana_layout.scene.item import Item, Path, Scene
from banana_layout.scene.paint import Paint, Stroke
from banana_layout.text.paragraph import Run, Setting, paragraph, prepare
from banana_layout.theme.text_style import TextStyle
from banana_layout.theme.theme import Theme

WRONG = Color.parse("#c81e1e")
"""What is wrong."""
AGAINST = Color.parse("#b06000")
"""What it is wrong against."""
_TYPE: Pt = 11.0
_MARGIN: Pt = 14.0


def marked_scenes(
    scenes: Sequence[Scene], violations: Sequence[Violation], theme: Theme, book: FontBook
) -> tuple[Scene, ...]:
    """Return pages with every violation framed and numbered; under each page a list says what the numbers mean.

    Findings of the whole document are listed under the first page.
    """
    pen = _Pen(theme, book)
    return tuple(pen.page(scene, i, violations) for i, scene in enumerate(scenes))


class _Pen:
    """Writes on pages."""

    def __init__(self, theme: Theme, book: FontBook) -> None:
        self._theme = theme
        self._book = book

    def page(self, scene: Scene, index: int, violations: Sequence[Violation]) -> Scene:
        """Return one page, marked."""
        own = [(i, v) for i, v in enumerate(violations, 1) if v.page == index + 1 or (not v.page and index == 0)]
        if not own:
            return scene
        items: list[Item] = list(scene.items)
        for number, v in own:
            items += self._frames(number, v)
        at = scene.height + _MARGIN / 2
        ground = Rect(0.0, scene.height, scene.width, 0.0)
        listed: list[Item] = []
        for number, v in own:
            text = f"{number}  {v.constraint}: {v.message}" + (f" – {v.hint}" if v.hint else "")
            lines, high = self._text(text, f"violations/list{number}", _MARGIN, at, scene.width - 2 * _MARGIN)
            listed += lines
            at += high + 2
        height = at + _MARGIN / 2
        paper = Outline.rect(msgspec.structs.replace(ground, h=height - scene.height))
        items.append(Path("violations/list", paper, fill=Paint(WHITE), tool="exact"))
        return msgspec.structs.replace(scene, height=height, items=(*items, *listed))

    def _frames(self, number: int, v: Violation) -> list[Item]:
        """Return the frames of one violation and its number."""
        out: list[Item] = []
        for i, rect in reversed(list(enumerate(v.rects))):
            color = AGAINST if i else WRONG
            dash = (3.0, 2.0) if i else None
            stroke = Stroke(1.0, Paint(color), dash=dash, taper=False, cap="butt")
            tint = None if i else Paint(color, 0.12, stand_in=WHITE.mix(color, 0.12))
            shape = Outline.rect(rect.grown(1.0))
            out.append(Path(f"violations/{number}/frame{i}", shape, fill=tint, stroke=stroke, tool="exact"))
        if v.rects:
            r = v.rects[0]
            x, y = max(1.0, r.x - 4), max(1.0, r.y - _TYPE)
            text, _ = self._text(str(number), f"violations/{number}/number", x + 2, y, 60.0)
            chip = Rect(x, y, 4 + 5.0 * len(str(number)), 1.2 * _TYPE)
            shape = Outline.rect(chip, 2.0)
            stroke = Stroke(0.7, Paint(WRONG), taper=False)
            out.append(Path(f"violations/{number}/chip", shape, fill=Paint(WHITE), stroke=stroke, tool="exact"))
            out += text
        return out

    def _text(self, text: str, key: str, x: Pt, y: Pt, measure: Pt) -> tuple[tuple[Item, ...], Pt]:
        """Return lines of small red text at a place, and how high they are."""
        prepared = prepare([Run(text, TextStyle("body", WRONG))], self._book, self._theme)
        frame = paragraph(prepared, Setting(_TYPE, measure, 1.2, key=key, style="violation"))
        return frame.flattened(x, y), frame.size.height
