"""The finished primitives a page is made of."""

from __future__ import annotations

from typing import Any, Literal, Protocol

import msgspec

from banana_layout.geometry.affine import Affine
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect
from banana_layout.scene.paint import Paint, Stroke, Tool

Role = Literal[
    "",
    "document",
    "title",
    "panel",
    "heading",
    "paragraph",
    "list",
    "item",
    "label",
    "body",
    "table",
    "row",
    "header_cell",
    "cell",
    "quote",
    "callout",
    "code",
    "definition",
    "entry",
    "term",
    "meaning",
    "footnote",
    "note",
    "rule",
    "figure",
    "node",
    "edge",
    "cluster",
    "line",
    "emoji",
    "connector",
    "artifact",
]
"""What a group means; empty where it means nothing by itself, `artifact` where it is decoration only."""


class Facts(Protocol):
    """Data about a group that moves with it: what `banana layout --json` tells."""

    def moved(self, dx: Pt, dy: Pt) -> Facts:
        """Return the same facts with every coordinate shifted."""
        ...

    def to_dict(self) -> dict[str, Any]:
        """Return the facts as data."""
        ...


class Glyph(msgspec.Struct, frozen=True):
    """One glyph of a run."""

    gid: int
    """Its index in the run's face."""
    x: Pt
    """Its origin to the right of the run's origin."""
    dy: Pt
    """Its origin below the run's baseline (marks, rises); mostly 0."""
    advance: Pt
    """How far the pen moves on."""
    text: str
    """The characters it stands for; empty for the further glyphs of a cluster."""
    variant: int = 0
    """Which of the scene's glyph variants shapes it; 0 is the font's own outline."""


class GlyphRun(msgspec.Struct, frozen=True):
    """Shaped text in one face and one style on one baseline."""

    key: str
    """Stable, unique name of the item on its page, such as `biased-coin-flip/list/0/line1/run0`."""
    face: str
    """Id of the face in the font book; empty for a run that only carries text over a picture (emoji, drawn letters)."""
    size: Pt
    """The face's em, its eye-size correction included."""
    x: Pt
    """Origin: left end of the baseline."""
    y: Pt
    """The baseline."""
    glyphs: tuple[Glyph, ...]
    """In visual order, left to right; spaces included."""
    paint: Paint | None
    """Its colour, or None for text that is there to be copied but not seen."""
    weight: Pt = 0.0
    """Width of an outline stroked in the same paint with round joins; 0 for none. Synthetic bold."""
    slant: float = 0.0
    """Degrees it leans to the right."""
    lang: str = ""
    """BCP 47 tag, or empty for the document's."""
    tool: Tool = "pen"
    """Whether glyphs vary: `exact` keeps the font's own outlines."""

    @property
    def text(self) -> str:
        """The characters shown, in reading order."""
        return "".join(g.text for g in self.glyphs)

    @property
    def width(self) -> Pt:
        """From the origin to the end of the last glyph's advance."""
        return self.glyphs[-1].x + self.glyphs[-1].advance if self.glyphs else 0.0


class Path(msgspec.Struct, frozen=True):
    """An outline that is filled, stroked or both; the fill lies under the stroke."""

    key: str
    """Stable, unique name of the item on its page; the sketch's noise hangs on it."""
    path: Outline
    """The exact shape; even-odd never used: fills are nonzero."""
    fill: Paint | None = None
    """What fills it."""
    stroke: Stroke | None = None
    """What draws its line."""
    tool: Tool = "pen"
    """What the sketch stage draws it with."""
    reach: Pt = 0.0
    """How far ink may leave the exact shape; layout has kept this free."""


class Image(msgspec.Struct, frozen=True):
    """A raster picture."""

    key: str
    """Stable, unique name of the item on its page."""
    rect: Rect
    """Where it stands; the picture is stretched to it."""
    data: bytes
    """The encoded file."""
    mime: Literal["image/png", "image/jpeg"]
    """What `data` is."""
    alt: str = ""
    """What it shows, in words."""


class Link(msgspec.Struct, frozen=True):
    """An area that leads somewhere."""

    key: str
    """Stable, unique name of the item on its page."""
    rect: Rect
    """The area."""
    url: str
    """http, https, mailto, or `#id` of a panel."""
    text: str = ""
    """What it says, for readers that do not see it."""


class Group(msgspec.Struct, frozen=True):
    """Items that belong together; painted in order."""

    key: str
    """Stable, unique name of the item on its page."""
    children: tuple[Item, ...]
    """What it holds, bottom first."""
    role: Role = ""
    """What it means."""
    rect: Rect | None = None
    """Its box, where it has one."""
    text: str = ""
    """Its characters, where the role is `line` or `emoji`."""
    size: Pt = 0.0
    """Nominal type size, where the role is `line`."""
    style: str = ""
    """What kind of line it is (`body`, `heading`, `title`, `subtitle`, `cell`, `code`, `quote`, `connector` …)."""
    after: str = ""
    """What stands between a line's text and the next one's and is not drawn: a space where it was broken at one or ended by
    the author; empty within a word and on a last line."""
    alt: str = ""
    """What it shows, in words, where it is a figure."""
    lang: str = ""
    """BCP 47 tag where it differs from its parent's."""
    order: int | None = None
    """Place in the reading order among its siblings; None for the order of painting."""
    level: int = 0
    """1 to 6 where the role is `heading`; of a drawn letter, how often the same one stands before it."""
    opacity: float = 1.0
    """Of the whole group."""
    clip: Outline | None = None
    """Nothing of it shows outside this shape."""
    transform: Affine | None = None
    """Applied to all it holds (not to `rect`)."""
    facts: Facts | None = None
    """Data about it."""


Item = Group | GlyphRun | Path | Image | Link
"""Any primitive."""


class Variant(msgspec.Struct, frozen=True):
    """How a written glyph departs from its font's outline; about the middle of its advance, 0.3 em above the baseline."""

    rotation: float
    """Degrees, clockwise."""
    dx: float
    """Shift to the right, in em."""
    dy: float
    """Shift downward, in em."""
    scale: float
    """1 keeps the size."""
    slant: float
    """Degrees it leans to the right."""
    warp: int = 0
    """Which try of the hand its outline is (1 and up); 0 keeps the font's own."""


class Scene(msgspec.Struct, frozen=True):
    """One finished page."""

    width: Pt
    """Of the sheet."""
    height: Pt
    """Of the sheet."""
    items: tuple[Item, ...]
    """Bottom first."""
    paper: Paint
    """What covers the whole sheet first."""
    title: str = ""
    """For metadata and SVG's title."""
    lang: str = "ko"
    """BCP 47 tag of the page's language."""
    author: str = ""
    """For metadata."""
    subject: str = ""
    """For metadata."""
    keywords: tuple[str, ...] = ()
    """For metadata."""
    variants: tuple[Variant, ...] = ()
    """Glyph variants 1 to n; empty until the sketch stage."""
