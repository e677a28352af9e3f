"""A page's content: the scene's items in the order of painting, marked with what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from banana_layout.color import WHITE
from banana_layout.geometry.affine import IDENTITY
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect
from banana_layout.render.clean import page_target, web_url
from banana_layout.render.number import matrix as operands
from banana_layout.render.number import number, numbers
from banana_layout.render.pdf.boxes import Boxes
from banana_layout.render.pdf.coverage import Coverage, Extent
from banana_layout.render.pdf.lettering import Lettering
from banana_layout.render.pdf.place import enlargement, mapped
from banana_layout.render.pdf.preset import Preset
from banana_layout.render.pdf.resources import Resources
from banana_layout.render.pdf.stream import START, Stream, outline
from banana_layout.render.pdf.structure import Element
from banana_layout.render.pdf.tags import Tags
from banana_layout.render.shape import tapering
from banana_layout.scene.item import Glyph, GlyphRun, Group, Image, Item, Link, Path, Scene
from banana_layout.scene.paint import Paint, Stroke

_HEADED = frozenset(("title", "panel"))
"""Roles of the groups that have bookmarks."""
_TARGETS = _HEADED | {"document", "note"}
"""Roles of the groups that `#id` links and bookmarks lead to; a document is a page on a larger sheet."""

THINNEST = 0.26
"""The thinnest line on a press, in points: shops ask for 0.25, and numbers are rounded."""


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
    element: Element | None
    """What stands for it in the structure tree."""


class Content:
    """Writes one page."""

    def __init__(self, scene: Scene, boxes: Boxes, resources: Resources, preset: Preset, tags: Tags | None) -> None:
        self.links: list[Area] = []
        """Links found, in order of painting."""
        self.targets: dict[str, Rect] = {}
        """Where the groups stand that links may lead to, by id."""
        self.headings: list[tuple[int, str, str]] = []
        """Level, words and id of the title and of each panel, in order of painting."""
        self.has_emoji = False
        """Whether the page shows emoji."""
        self._scene = scene
        self._boxes = boxes
        self._preset = preset
        self._resources = resources
        self._tags = tags
        self._stream = Stream(resources, resources.inks, scene.paper.color if preset.flat else None)
        self._letters = Lettering(self._stream, resources, scene.variants, self._path)
        self._matrix = IDENTITY
        self._thinnest = THINNEST if preset.press is not None else 0.0
        self._stream.least = self._thinnest
        if preset.press is not None:
            whole = Rect(0.0, 0.0, scene.width, scene.height).grown(preset.press.bleed)
            self._stream.coverage = Coverage(preset.press.ink_limit, resources.inks.amounts(WHITE), whole)

    def write(self, marks: Sequence[str] = ()) -> bytes:
        """Return the page's content; `marks` are operators for what stands outside the page, y down from its corner."""
        scene, boxes, out = self._scene, self._boxes, self._stream.out
        # Whoever adds to the page later finds the state it started with.
        out += ("q", f"1 0 0 -1 {number(boxes.trim.x)} {number(boxes.trim.bottom)} cm", "1 j")
        sheet = Rect(0.0, 0.0, scene.width, scene.height)
        if marks:
            if self._tags is not None:
                self._tags.close(out)
                out.append("/Artifact BMC")
            out += ("q", *marks, "Q")
            if self._tags is not None:
                out.append("EMC")
        if boxes.bleed != boxes.trim:
            sheet = sheet.grown(boxes.trim.x - boxes.bleed.x)
            out.append(f"{' '.join(numbers((sheet.x, sheet.y, sheet.w, sheet.h)))} re W n")
        self._path(Path("paper", Outline.rect(sheet), fill=scene.paper))
        self._items(scene.items)
        if self._tags is not None:
            self._tags.close(out)
        out.append("Q")
        return "\n".join(out).encode("ascii")

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

    def _path(self, item: Path) -> None:
        """Write a path: its fill, then its line."""
        fill, stroke = item.fill, item.stroke
        if stroke is not None and stroke.widths is None and stroke.width <= 0.0:
            stroke = None  # width 0 is no line here, but the thinnest of the device in PDF (ISO 32000-1, 8.4.3.2)
        if not item.path.coords or (fill is None and stroke is None):
            return
        if self._tags is not None:
            self._tags.shape(self._stream.out)
        if stroke is not None and stroke.widths is not None:
            if fill is not None:
                self._area(item.path, fill)
            self._area(tapering(item.path, *stroke.widths), stroke.paint)
            return
        if stroke is None:
            if fill is not None:
                self._area(item.path, fill)
        elif fill is None:
            self._line(item.path, stroke, "S")
        elif (
            fill.blend == stroke.paint.blend == "normal"
            and fill.opacity == stroke.paint.opacity == self._stream.alpha == 1.0
        ):
            self._stream.fill(fill, self._extent(item.path))
            self._line(item.path, stroke, "B")
        else:
            self._area(item.path, fill)
            self._line(item.path, stroke, "S")

    def _area(self, path: Outline, paint: Paint) -> None:
        """Fill a path."""
        self._stream.fill(paint, self._extent(path))
        self._stream.out.append(outline(path) + "f")

    def _line(self, path: Outline, stroke: Stroke, operator: str) -> None:
        """Stroke a path, or fill and stroke it."""
        self._stream.pen(stroke, self._extent(path, stroke.width))
        self._stream.out.append(outline(path) + operator)

    def _extent(self, path: Outline, width: Pt = 0.0) -> Extent | None:
        """Return where a path's fill or its line of some width goes; None where nobody asks."""
        if self._stream.coverage is None:
            return None
        return Extent(path.control_box().grown(width), self._matrix, path, width)

    def _run(self, run: GlyphRun) -> None:
        """Write a run of text."""
        if not run.glyphs or run.size <= 0:
            return
        press = self._preset.press
        drawn = press is not None and press.outline_text
        write = self._letters.engraved if drawn else self._letters.write
        if self._tags is None:
            write(run, self._matrix)
            return
        for piece, lang in self._tags.parts(run):
            (self._tags.drawn if drawn else self._tags.text)(piece, lang, self._stream.out)
            write(piece, self._matrix)

    def _image(self, item: Image) -> None:
        """Write a raster picture."""
        if self._tags is not None:
            self._tags.shape(self._stream.out)
        self._stream.opacity(1.0)
        r = item.rect
        place = " ".join(numbers((r.w, 0.0, 0.0, -r.h, r.x, r.bottom)))
        name, heaviest = self._resources.image(item, self._scene.paper.color)
        if self._stream.coverage is not None:
            for amounts in heaviest:
                self._stream.coverage.cover(Extent(r, self._matrix), amounts)
        self._stream.out.append(f"q {place} cm /{name} Do Q")

    def _link(self, item: Link) -> None:
        """Keep a link for the page's annotations, if it is of a kind that is allowed; nobody clicks on paper."""
        target, url = page_target(item.url), web_url(item.url)
        if self._preset.press is None and (target is not None or url is not None):
            element = self._tags.link(item) if self._tags is not None else None
            self.links.append(Area(mapped(item.rect, self._matrix), url or "", target or "", item.text, element))

    def _group(self, group: Group) -> None:
        """Write a group, marked with what it means."""
        if group.role == "emoji":
            self.has_emoji = True
        elif group.role in _TARGETS and group.rect is not None:
            self.targets.setdefault(group.key, mapped(group.rect, self._matrix))
        if group.role in _HEADED:
            words = heading_words(group)
            if words:
                self.headings.append((1 if group.role == "title" else 2, words, group.key))
        if self._tags is None:
            self._placed(group)
            return
        state = self._tags.enter(group, self._matrix)
        self._placed(self._parted(group) if group.role == "line" and group.after else group)
        self._tags.leave(state)

    def _parted(self, line: Group) -> Group:
        """Return a line with the space at which it was broken: words are told apart by nothing else (ISO 32000-1, 14.8.2.5)."""
        kids = line.children
        at = next((i for i in range(len(kids) - 1, -1, -1) if isinstance(kids[i], (GlyphRun, Group))), -1)
        last = kids[at] if at >= 0 else None
        if isinstance(last, GlyphRun) and last.paint is not None and last.face and last.glyphs:
            gid = self._resources.book.face(last.face).gid(" ")
            if gid is not None:
                glyphs = (*last.glyphs, Glyph(gid, last.width, 0.0, 0.0, " "))
                last = msgspec.structs.replace(last, glyphs=glyphs)
                return msgspec.structs.replace(line, children=(*kids[:at], last, *kids[at + 1 :]))
        run = _last_run(last)
        if run is None or not run.glyphs:
            return line
        space = Glyph(0, 0.0, 0.0, run.size / 4, " ")
        unseen = GlyphRun(f"{line.key}/space", "", run.size, run.x + run.width, run.y, (space,), None)
        return msgspec.structs.replace(line, children=(*kids[: at + 1], unseen, *kids[at + 1 :]))

    def _placed(self, group: Group) -> None:
        """Write a group's map, its clip and its opacity around what it holds."""
        stream = self._stream
        if group.transform is None and group.clip is None and group.opacity >= 1.0:
            self._items(group.children)
            return
        state, matrix, alpha, least = dict(stream.state), self._matrix, stream.alpha, stream.least
        clips = stream.coverage.clips if stream.coverage is not None else ()
        stream.out.append("q")
        if group.transform is not None:
            self._letters.end = None
            self._matrix = group.transform.then(matrix)
            stream.least = self._thinnest / max(1e-3, enlargement(self._matrix))
            stream.out.append(" ".join(operands(group.transform)) + " cm")
        if group.clip is not None:
            stream.out.append((outline(group.clip) or "0 0 m\n") + "W n")
            if stream.coverage is not None:
                stream.coverage.clips = (*clips, group.clip.transformed(self._matrix))
        if group.opacity >= 1.0:
            self._items(group.children)
        elif self._preset.flat or (len(group.children) == 1 and not isinstance(group.children[0], Group)):
            stream.alpha = alpha * max(0.0, group.opacity)
            self._items(group.children)
        else:
            self._form(group)
        stream.out.append("Q")
        stream.state, self._matrix, stream.alpha, stream.least = state, matrix, alpha, least
        if stream.coverage is not None:
            stream.coverage.clips = clips
        if group.transform is not None:
            self._letters.end = None

    def _form(self, group: Group) -> None:
        """Write a group's children as one transparency group, so that its opacity holds for the whole (ISO 32000-1, 11.4.7)."""
        stream, tags = self._stream, self._tags
        stream.opacity(max(0.0, group.opacity))
        if tags is not None:
            tags.whole(group, stream.out)
        outer, alpha = stream.out, stream.alpha
        veiled = self._veil(True)
        stream.out, stream.alpha, self._tags = ["1 j"], 1.0, None
        stream.state["blend"] = START["blend"]
        self._items(group.children)
        content = "\n".join(stream.out).encode("ascii")
        stream.out, stream.alpha, self._tags = outer, alpha, tags
        self._veil(veiled)
        stream.out.append(f"/{self._resources.form(content)} Do")

    def _veil(self, veiled: bool) -> bool:
        """Say whether what is painted now is shown through; return what was said before."""
        coverage = self._stream.coverage
        if coverage is None:
            return False
        before, coverage.veiled = coverage.veiled, veiled
        return before


def _last_run(item: Item | None) -> GlyphRun | None:
    """Return the last run of text in a group."""
    if isinstance(item, GlyphRun):
        return item
    found = (_last_run(c) for c in reversed(item.children)) if isinstance(item, Group) else ()
    return next((run for run in found if run is not None), None)


def heading_words(group: Group) -> str:
    """Return what the title or a panel is called, its text under the title left out."""
    found: list[str] = []

    def walk(items: Sequence[Item], inside: bool) -> None:
        for item in items:
            if isinstance(item, Group):
                if item.role == "line" and inside:
                    found.append(item.text.strip())
                elif item.role == "heading" and not found:
                    walk(item.children, True)
                elif item.role in ("", "document"):
                    walk(item.children, inside)

    walk(group.children, group.role == "title")
    return " ".join(w for w in found if w)
