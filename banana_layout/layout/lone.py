"""One diagram as a page of its own."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from banana_layout.font.book import FontBook
from banana_layout.geometry.point import MM, Pt
from banana_layout.geometry.size import Size
from banana_layout.layout.anatomy import Anatomy
from banana_layout.layout.contract import Context, Placer, Room, Tone
from banana_layout.layout.limits import check_extent
from banana_layout.layout.paper import paper_items
from banana_layout.model.block import Diagram
from banana_layout.scene.frame import Frame
from banana_layout.scene.item import Group, Scene
from banana_layout.source import Diagnostic, Source
from banana_layout.theme.theme import Theme

PADDING = 4 * MM
"""Around a lone diagram."""
NATURAL_WIDTH = 190 * MM
"""Measure a diagram of no given width is laid out for."""

Means = tuple[FontBook, Placer, Callable[[Diagnostic], None], Source, str | None]
"""Fonts, placer, where warnings go, the text spans count in, and the folder pictures are read below."""


def lone_diagram(block: Diagram, size: tuple[Pt | None, Pt | None], theme: Theme, means: Means) -> Scene:
    """Return a diagram on a sheet of the given size; a side that is not given is as long as the diagram needs."""
    for name, extent in zip(("width", "height"), size, strict=True):
        check_extent(name, extent)
    book, place, warn, source, base = means
    hero = theme.hero
    anatomy = Anatomy.of(210 * MM, 297 * MM)
    context = Context(
        theme=theme,
        book=book,
        tone=Tone(hero, theme.ink, theme.paper.color, hero.marker),
        key="diagram",
        place=place,
        warn=warn,
        source=source,
        base=base,
        memo={"anatomy": anatomy},
    )
    width = size[0] - 2 * PADDING if size[0] is not None else NATURAL_WIDTH
    height = size[1] - 2 * PADDING if size[1] is not None else None
    frame: Frame = place(block, Room(max(PADDING, width), height, theme.type.body_max_pt), context)
    page = Size(
        size[0] if size[0] is not None else frame.size.width + 2 * PADDING,
        size[1] if size[1] is not None else frame.size.height + 2 * PADDING,
    )
    x = (page.width - frame.size.width) / 2
    paper, ground = paper_items(page.width, page.height, theme, anatomy)
    title = block.diagram.title or "diagram"
    items = (Group("paper", paper, role="artifact"), *frame.flattened(x, PADDING))
    return Scene(page.width, page.height, items, ground, title=title)


def without_paper(scene: Scene) -> Scene:
    """Return a lone diagram's scene on nothing: the paper's pattern and what an eraser left go with it."""
    return msgspec.structs.replace(
        scene,
        items=tuple(i for i in scene.items if not (isinstance(i, Group) and i.key == "paper")),
        paper=msgspec.structs.replace(scene.paper, opacity=0.0),
    )
