"""What must hold of a page by what it paints: boxes, bleed, margins, lines, type, colour spaces, pictures, transparency."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from banana_layout.geometry.point import MM
from banana_layout.geometry.rect import Rect
from banana_layout.preflight.finding import Finding
from banana_layout.preflight.limits import Limits
from banana_layout.preflight.marks import SCREENS, Ink, Mark

_SIDES = ("left", "bottom", "right", "top")
_SLACK = 0.05
"""Rounding of numbers in files, in points."""
_BIG = 24.0
"""Type from this size on may be black of several inks."""
_NARROW = 12.0
"""Bleed counts for what comes this near to the cut without stopping short of it, in points."""


class PageView(msgspec.Struct, frozen=True):
    """A page's boxes and what it paints, y up."""

    media: Rect
    """The whole medium."""
    bleed: Rect
    """As far as paint is to run."""
    trim: Rect
    """The finished page."""
    marks: tuple[Mark, ...]
    """What is painted inside the bleed."""

    @classmethod
    def of(cls, page: Any, marks: list[Mark]) -> PageView:
        """Return a page's view; missing boxes are the medium's (ISO 32000-1, 14.11.2)."""
        media = rectangle(page.mediabox)
        trim = rectangle(page.obj.get("/TrimBox", page.obj.get("/ArtBox", page.mediabox)))
        bleed = rectangle(page.obj["/BleedBox"]) if "/BleedBox" in page.obj else trim
        return cls(media, bleed, trim, tuple(m for m in marks if _meets(m.box, bleed)))


def page_findings(page: Any, view: PageView, limits: Limits) -> Iterator[Finding]:
    """Yield what is wrong on a page; places y up."""
    if not view.marks:
        yield Finding("pages", "the page is empty")
    if limits.printed:
        yield from _boxes(page, view, limits)
        yield from _bleed(view, limits)
        yield from _annotations(page, view)
        yield from _inks(view)
    yield from _transparency(page, view, limits)
    for mark in view.marks:
        yield from _mark(mark, view, limits)
    loose = [m for m in view.marks if not m.tagged]
    if limits.tagged and loose:
        yield Finding(
            "tags", "content is marked neither as content nor as decoration", place=loose[0].box, value=len(loose)
        )


def _boxes(page: Any, view: PageView, limits: Limits) -> Iterator[Finding]:
    """Yield boxes that are missing or not inside one another (ISO 15930-7, 6.9)."""
    if "/TrimBox" not in page.obj and "/ArtBox" not in page.obj:
        yield Finding("boxes", "the page does not say where it is cut", value="no TrimBox", limit="TrimBox")
        return
    nested = (("TrimBox", view.trim, "BleedBox", view.bleed), ("BleedBox", view.bleed, "MediaBox", view.media))
    for name, inner, around, outer in nested:
        if not outer.holds(inner, _SLACK):
            value = f"{name} {_corners(inner)}"
            yield Finding(
                "boxes",
                "the boxes are not inside one another",
                value=value,
                limit=f"{around} {_corners(outer)}",
                unit="pt",
            )
    ways = (view.trim.x - view.bleed.x, view.trim.y - view.bleed.y, view.bleed.right - view.trim.right, view.bleed.bottom - view.trim.bottom)  # fmt: skip
    if min(ways) < limits.bleed - _SLACK:
        yield Finding("bleed", "there is too little bleed", value=min(ways) / MM, limit=limits.bleed / MM, unit="mm")


def _bleed(view: PageView, limits: Limits) -> Iterator[Finding]:
    """Yield what reaches the cut but stops short of the bleed's edge."""
    trim, wide = view.trim, view.trim.grown(limits.bleed)
    for side in _SIDES:
        cut, end = _edge(trim, side), _edge(wide, side)
        for mark in view.marks:
            if mark.kind == "text" or not _painted(mark):
                continue
            if mark.kind == "shading" and mark.box == view.media:
                continue  # nothing clips it: it ends nowhere
            over = _edge(mark.box, side) - cut
            if -_SLACK <= over < end - cut - 1.0 and _alone(mark, view, side):
                message = f"paint stops short of the bleed on the {side}"
                value = max(0.0, over) / MM
                yield Finding("bleed", message, place=mark.box, value=value, limit=limits.bleed / MM, unit="mm")
                break


def _edge(box: Rect, side: str) -> float:
    """Return how far a box reaches on a side, counted outward."""
    return {"left": -box.x, "bottom": -box.y, "right": box.right, "top": box.bottom}[side]


def _alone(mark: Mark, view: PageView, side: str) -> bool:
    """Whether nothing that does run into the bleed on that side lies where a mark does."""
    cut = _edge(view.trim, side) + _NARROW / 4
    least = mark.box.overlap(view.trim)
    for other in view.marks:
        if other is mark or other.kind not in ("fill", "image") or _edge(other.box, side) <= cut:
            continue
        shared = other.box.overlap(mark.box)
        if shared.width >= least.width * 0.9 and shared.height >= least.height * 0.9:
            return False
    return True


def _annotations(page: Any, view: PageView) -> Iterator[Finding]:
    """Yield annotations on the printed area (ISO 15930-7, 6.17)."""
    for annotation in page.obj.get("/Annots", []):
        box = rectangle(annotation.get("/Rect", [0, 0, 0, 0]))
        if annotation.get("/Subtype") not in ("/TrapNet", "/PrinterMark") and _meets(box, view.bleed):
            kind = str(annotation.get("/Subtype", "?")).lstrip("/")
            yield Finding("annotation", "an annotation lies on the printed page", place=box, value=kind)


def _inks(view: PageView) -> Iterator[Finding]:
    """Yield colours that are none of a press, and black that is not printed as black should be."""
    for mark in view.marks:
        space = mark.ink.space
        if space in SCREENS:
            yield Finding(
                "color-space",
                f"{_noun(mark)} is not in a press's inks",
                place=mark.box,
                value=space,
                limit="CMYK, grey or spot",
            )
        if space != "DeviceCMYK" or len(mark.ink.values) != 4:
            continue
        c, m, y, k = mark.ink.values
        if mark.kind == "text" and mark.size < _BIG and k >= 0.8 and c + m + y > 0.1:
            yield Finding(
                "black-build",
                "small black text is built of several inks",
                place=mark.box,
                value=round(100 * (c + m + y + k)),
                limit=100,
                unit="%",
            )
        if mark.overprint and max(mark.ink.values) == 0.0:
            yield Finding("overprint", f"{_noun(mark)} in white overprints, so it vanishes", place=mark.box)


def _transparency(page: Any, view: PageView, limits: Limits) -> Iterator[Finding]:
    """Yield transparency where there may be none, and blending in other colours than the press's."""
    clear = [m for m in view.marks if m.alpha < 1.0 or m.blend not in ("Normal", "Compatible")]
    group = page.obj.get("/Group", {})
    if limits.flat:
        for mark in clear:
            yield Finding(
                "transparency", f"{_noun(mark)} is transparent", place=mark.box, value=f"{mark.blend} {mark.alpha:g}"
            )
        if group.get("/S") == "/Transparency":
            yield Finding("transparency", "the page is a transparency group")
    elif limits.printed and clear and str(group.get("/CS", "")) != "/DeviceCMYK":
        yield Finding(
            "transparency",
            "the page blends in other colours than the press's",
            value=str(group.get("/CS", "none")).lstrip("/"),
            limit="DeviceCMYK",
        )


def _mark(mark: Mark, view: PageView, limits: Limits) -> Iterator[Finding]:
    """Yield what is wrong with one mark by itself."""
    if mark.kind == "stroke" and mark.size < limits.line - _SLACK / 10 and mark.ink.values:
        yield Finding("line-width", "a line is too thin", place=mark.box, value=mark.size, limit=limits.line, unit="pt")
    elif mark.kind == "text":
        least = limits.reversed_type if _light(mark.ink) else limits.type
        if mark.size < least - _SLACK:
            kind = "light type" if _light(mark.ink) else "type"
            yield Finding("type-size", f"{kind} is too small", place=mark.box, value=mark.size, limit=least, unit="pt")
        inside = view.trim.grown(-limits.safe)
        if limits.safe > 0 and _meets(mark.box, view.trim) and not inside.holds(mark.box, 0.5):
            away = min(mark.box.x - view.trim.x, mark.box.y - view.trim.y, view.trim.right - mark.box.right, view.trim.bottom - mark.box.bottom)  # fmt: skip
            yield Finding(
                "margin",
                "text stands too near to the cut",
                place=mark.box,
                value=away / MM,
                limit=limits.safe / MM,
                unit="mm",
            )
    elif mark.kind == "image" and mark.size < limits.dpi * 0.995:
        yield Finding(
            "image-resolution",
            "a picture is too coarse",
            place=mark.box,
            value=round(mark.size),
            limit=limits.dpi,
            unit="dpi",
        )


def _painted(mark: Mark) -> bool:
    """Whether a mark leaves ink: white is paper."""
    space, values = mark.ink
    if space == "DeviceCMYK":
        return bool(values) and max(values) > 0.0
    return not (space in ("DeviceGray", "DeviceRGB") and values and min(values) >= 1.0)


def _light(ink: Ink) -> bool:
    """Whether a colour is nearly white."""
    space, values = ink
    if space == "DeviceCMYK":
        return sum(values) < 0.25
    return space in ("DeviceGray", "DeviceRGB") and bool(values) and min(values) > 0.85


def _noun(mark: Mark) -> str:
    """Return what a mark is called, with its article."""
    return {"fill": "a shape", "stroke": "a line", "text": "text", "image": "a picture", "shading": "a gradient"}[
        mark.kind
    ]


def _meets(a: Rect, b: Rect) -> bool:
    """Whether two boxes touch; lines have no area."""
    crossing = a.x < b.right and b.x < a.right and a.y < b.bottom and b.y < a.bottom
    return crossing or ((a.w == 0 or a.h == 0) and b.holds(a))


def _corners(box: Rect) -> str:
    """Return a box as a file gives it."""
    return " ".join(f"{v:g}" for v in (box.x, box.y, box.right, box.bottom))


def rectangle(corners: Any) -> Rect:
    """Return a PDF rectangle, whichever corners it names."""
    x0, y0, x1, y1 = (float(v) for v in corners)
    return Rect(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0))
