"""A page's items as SVG elements: glyphs as shared outlines, with transparent selectable text over them."""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from banana_layout.font.book import FontBook
from banana_layout.font.face import Face
from banana_layout.geometry.affine import Affine
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect
from banana_layout.render.attributes import filled, lined
from banana_layout.render.clean import page_target, web_url, writable
from banana_layout.render.number import matrix, number, numbers, ratio
from banana_layout.render.outline import relative, whole
from banana_layout.render.shape import LETTERFORMS, letterform, tapering
from banana_layout.scene.item import GlyphRun, Group, Image, Item, Link, Path, Scene, Variant
from banana_layout.scene.paint import Paint

_EM = 1000
"""Units of an em in the shared glyph outlines."""

_ARIA = {
    "panel": "region", "title": "region", "heading": "heading", "paragraph": "paragraph", "list": "list", "item": "listitem",
    "table": "table", "row": "row", "header_cell": "columnheader", "cell": "cell", "quote": "blockquote", "callout": "note",
    "code": "code", "figure": "figure",
}  # fmt: skip
"""The ARIA role of each role that has one."""

_PAGE_ID = "panel-"
"""Before the id of every group that links may lead to, so that it meets no other id of the page around the picture."""


class _Baseline(NamedTuple):
    """Where selectable text stands."""

    x: Pt
    """Left end."""
    y: Pt
    """The baseline."""
    width: Pt
    """What the text is stretched to."""
    size: Pt
    """Type size."""


class PageWriter:
    """Writes one page's elements."""

    def __init__(self, scene: Scene, book: FontBook) -> None:
        self.defs = Element("defs")
        """Shared outlines and clips."""
        self.has_emoji = False
        """Whether the page shows emoji."""
        self._scene = scene
        self._book = book
        self._known: set[str] = set()
        self._targets: set[str] = set()
        self._glyphs: dict[tuple[str, int, int], str] = {}
        self._line_links: list[Link] | None = None  # a list while a line is being written
        self._clip = ""

    def write(self) -> Element:
        """Return the page's content."""
        scene = self._scene
        root = Element("g", {"style": "isolation:isolate"})  # what multiplies meets this page's paper, nothing under it
        self._path(root, Path("paper", Outline.rect(Rect(0.0, 0.0, scene.width, scene.height)), fill=scene.paper))
        self._items(root, scene.items)
        return root

    def _items(self, parent: Element, items: Sequence[Item]) -> None:
        """Write items, bottom first."""
        for item in items:
            if isinstance(item, Path):
                self._path(parent, item)
            elif isinstance(item, GlyphRun):
                self._run(parent, item)
            elif isinstance(item, Group):
                self._group(parent, item)
            elif isinstance(item, Link):
                if self._line_links is None:
                    self._link(parent, item)
                else:
                    self._line_links.append(item)
            else:
                self._image(parent, item)

    def _path(self, parent: Element, item: Path) -> None:
        """Write a path: its fill, then its line."""
        fill, stroke = item.fill, item.stroke
        if not item.path.coords or (fill is None and stroke is None):
            return
        if stroke is not None and stroke.widths is not None:
            if fill is not None:
                self._leaf(parent, {"d": relative(item.path), **filled(fill)}, fill)
            self._leaf(
                parent, {"d": relative(tapering(item.path, *stroke.widths)), **filled(stroke.paint)}, stroke.paint
            )
            return
        body = relative(item.path)
        if fill is not None and stroke is not None and fill.blend == stroke.paint.blend == "normal":
            self._leaf(parent, {"d": body, **filled(fill), **lined(stroke)}, fill)
            return
        if fill is not None:
            self._leaf(parent, {"d": body, **filled(fill)}, fill)
        if stroke is not None:
            self._leaf(parent, {"d": body, "fill": "none", **lined(stroke)}, stroke.paint)

    def _leaf(self, parent: Element, attributes: dict[str, str], paint: Paint) -> None:
        """Write one path element."""
        if paint.blend == "multiply":
            attributes["style"] = "mix-blend-mode:multiply"
        if self._clip:
            attributes["clip-path"] = self._clip
        SubElement(parent, "path", attributes)

    def _run(self, parent: Element, run: GlyphRun) -> None:
        """Write a run's outlines and, outside a line, its selectable text."""
        if not run.glyphs or run.size <= 0:
            return
        if run.paint is not None and run.face:
            self._outlines(parent, run, run.paint)
        if self._line_links is None:
            self._text(parent, run.text, _Baseline(run.x, run.y, run.width, run.size), run.lang)

    def _outlines(self, parent: Element, run: GlyphRun, paint: Paint) -> None:
        """Write the glyphs of a run as uses of the shared outlines."""
        k = run.size / _EM
        base = Affine.scale(k).then(Affine.slant(run.slant)).then(Affine.translate(run.x, run.y))
        attributes = {"transform": f"matrix({' '.join(matrix(base))})", **filled(paint)}
        if paint.blend == "multiply":
            attributes["style"] = "mix-blend-mode:multiply"
        if run.weight > 0:
            attributes |= {"stroke": paint.color.hex, "stroke-width": number(run.weight / k)}
            if paint.opacity < 1.0:
                attributes["stroke-opacity"] = ratio(paint.opacity)
        if self._clip:
            parent = SubElement(parent, "g", {"clip-path": self._clip})
        group = SubElement(parent, "g", attributes)
        for g in run.glyphs:
            name = self._glyph(run.face, g.gid, g.variant)
            if not name:
                continue
            x, y = round(g.x / k), round(g.dy / k)
            use = SubElement(group, "use", {"xlink:href": name})
            if x:
                use.set("x", str(x))
            if y:
                use.set("y", str(y))

    def _glyph(self, face_id: str, gid: int, number: int) -> str:
        """Return the reference to a shared outline, defining it where it is new; empty for a glyph without one.

        Its id comes from its shape, so that two pictures in one HTML page may share it safely.
        """
        known = self._glyphs.get((face_id, gid, number))
        if known is not None:
            return known
        variants = self._scene.variants
        variant = variants[number - 1] if 0 < number <= len(variants) else None
        name, body = _glyph_data(self._book.face(face_id), gid, variant)
        if body and name not in self._known:
            self._known.add(name)
            SubElement(self.defs, "path", {"id": name, "d": body})
        self._glyphs[face_id, gid, number] = reference = "#" + name if body else ""
        return reference

    def _text(self, parent: Element, text: str, place: _Baseline, lang: str = "") -> None:
        """Write text that is there to be selected, found and read aloud."""
        text = writable(text)
        if not text.strip():
            return
        x, y, width, size = numbers(place)
        attributes = {"x": x, "y": y, "font-size": size, "fill-opacity": "0"}
        if place.width > 0:
            attributes |= {"textLength": width, "lengthAdjust": "spacingAndGlyphs"}
        if lang:
            attributes["xml:lang"] = lang
        SubElement(parent, "text", attributes).text = text

    def _image(self, parent: Element, item: Image) -> None:
        """Write a raster picture as a data URI."""
        r = item.rect
        x, y, w, h = numbers((r.x, r.y, r.w, r.h))
        attributes = {"x": x, "y": y, "width": w, "height": h, "preserveAspectRatio": "none"}
        attributes["xlink:href"] = f"data:{item.mime};base64,{base64.b64encode(item.data).decode()}"
        if self._clip:
            attributes["clip-path"] = self._clip
        image = SubElement(parent, "image", attributes)
        if item.alt:
            SubElement(image, "title").text = writable(item.alt)

    def _link(self, parent: Element, item: Link) -> None:
        """Write a link's area, if it is of a kind that is allowed."""
        target, url = page_target(item.url), web_url(item.url)
        if target is not None:
            url = "#" + _identifier(target)
        if url is None:
            return
        anchor = SubElement(parent, "a", {"xlink:href": url})
        if item.text:
            SubElement(anchor, "title").text = writable(item.text)
        x, y, w, h = numbers((item.rect.x, item.rect.y, item.rect.w, item.rect.h))
        SubElement(anchor, "rect", {"x": x, "y": y, "width": w, "height": h, "fill-opacity": "0"})

    def _group(self, parent: Element, group: Group) -> None:
        """Write a group, as an element of its own only where it means or does something."""
        self.has_emoji = self.has_emoji or group.role == "emoji"
        attributes = self._meaning(group)
        clip = self._clip
        if clip and group.transform is not None:  # the clip counts in the coordinates outside
            parent = SubElement(parent, "g", {"clip-path": clip})
            self._clip = ""
        if group.clip is not None:
            reference = self._clip_path(group.clip)
            if _multiplies(group) and not self._clip:
                self._clip = reference  # on each leaf: a clipped group would not blend with what lies under it
            else:
                attributes["clip-path"] = reference
        if group.opacity < 1.0:
            attributes["opacity"] = ratio(max(0.0, group.opacity))
        if group.transform is not None:
            attributes["transform"] = f"matrix({' '.join(matrix(group.transform))})"
        inner = SubElement(parent, "g", attributes) if attributes else parent
        if group.role == "figure" and group.alt:
            SubElement(inner, "title").text = writable(group.alt)
        if group.role == "line" and self._line_links is None:
            self._line_of_text(inner, group)
        else:
            self._items(inner, group.children)
        self._clip = clip

    def _meaning(self, group: Group) -> dict[str, str]:
        """Return the attributes that say what a group is."""
        out: dict[str, str] = {}
        if group.role == "artifact":
            out["aria-hidden"] = "true"
        elif group.role in _ARIA:
            out["role"] = _ARIA[group.role]
            label = writable(group.alt or (_caption(group.children) if group.role in ("panel", "title") else ""))
            if label:
                out["aria-label"] = label
            if group.role == "heading":
                out["aria-level"] = str(group.level or 2)
        if group.role in ("panel", "title") and group.key not in self._targets:
            self._targets.add(group.key)
            out["id"] = _identifier(group.key)
        if group.lang:
            out["xml:lang"] = group.lang
        return out

    def _line_of_text(self, parent: Element, group: Group) -> None:
        """Write a line: its ink, hidden from readers, then its characters, hidden from the eye, then its links."""
        links: list[Link] = []
        self._line_links = links
        self._items(SubElement(parent, "g", {"aria-hidden": "true"}), group.children)
        self._line_links = None
        runs = list(_runs(group.children))
        if runs:
            left, right = min(r.x for r in runs), max(r.x + r.width for r in runs)
            size = group.size or max(r.size for r in runs)
            self._text(parent, group.text, _Baseline(left, runs[0].y, right - left, size))
        for link in links:
            self._link(parent, link)

    def _clip_path(self, clip: Outline) -> str:
        """Return a reference to a clip, defining it where it is new; its id comes from its shape."""
        body = relative(clip)
        name = "clip-" + hashlib.blake2b(body.encode(), digest_size=5).hexdigest()
        if name not in self._known:
            self._known.add(name)
            SubElement(SubElement(self.defs, "clipPath", {"id": name}), "path", {"d": body})
        return f"url(#{name})"


@functools.lru_cache(maxsize=LETTERFORMS)
def _glyph_data(face: Face, gid: int, variant: Variant | None) -> tuple[str, str]:
    """Return a glyph's outline in thousandths of an em, y down, and an id that comes from it."""
    form = letterform(face, gid, variant)
    body = whole(form.path, form.joints, _EM)
    digest = hashlib.blake2b(body.encode(), digest_size=6).digest()
    return f"g{base64.urlsafe_b64encode(digest).decode()}", body


def _multiplies(item: Item) -> bool:
    """Tell whether an item holds a paint that multiplies."""
    if isinstance(item, Group):
        return any(_multiplies(c) for c in item.children)
    if isinstance(item, Path):
        line = item.stroke.paint if item.stroke is not None else None
        return any(p is not None and p.blend == "multiply" for p in (item.fill, line))
    return isinstance(item, GlyphRun) and item.paint is not None and item.paint.blend == "multiply"


def _runs(items: Sequence[Item]) -> Iterator[GlyphRun]:
    """Yield the runs of glyphs among items and what they hold, as far as they share the items' coordinates."""
    for item in items:
        if isinstance(item, GlyphRun):
            yield item
        elif isinstance(item, Group) and item.transform is None:
            yield from _runs(item.children)


def _caption(items: Sequence[Item]) -> str:
    """Return the text of the first heading or title among items and what they hold; empty where there is none."""
    for item in items:
        if isinstance(item, Group):
            if item.role == "line" and item.style in ("heading", "title"):
                return item.text
            found = _caption(item.children)
            if found:
                return found
    return ""


def _identifier(key: str) -> str:
    """Return the id of a group that links lead to: letters, digits and `-`, the rest by its code."""
    return _PAGE_ID + "".join(c if c.isalnum() or c == "-" else f"_{ord(c):x}_" for c in writable(key))
