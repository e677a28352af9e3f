"""Everything a theme decides: paper, inks, type and the hand that draws."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from banana_layout.color import WHITE, Color
from banana_layout.theme.scale import TypeScale

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
"""Part of a whole."""
Millimetres = Annotated[float, msgspec.Meta(gt=0, le=500)]
"""A length on the page."""
Pitch = Annotated[float, msgspec.Meta(ge=1, le=500)]
"""A distance of lines that repeat, in millimetres."""
Factor = Annotated[float, msgspec.Meta(ge=0, le=8)]
"""Times the look's figure."""
FaceIds = Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
"""Face ids, the first choice first."""


class Paper(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What everything stands on."""

    color: Color
    """The sheet."""
    pattern: Literal["grid", "ruled", "dotted", "blank"]
    """What is printed on it."""
    line: Color
    """The pattern's colour."""
    pitch_mm: Pitch = 5.0
    """Distance of the pattern's lines."""
    width_mm: Millimetres = 0.14
    """Their width."""
    wash: Share = 0.62
    """Opacity of the white a panel lays over the pattern."""
    margin: Color | None = None
    """Colour of a line down the left margin, as in exercise books; none where it is left out."""
    smears: Share = 0.0
    """How strongly an eraser's smears show, as opacity of the ink; 0 for a clean sheet."""
    baselines: Literal["grid", "free"] = "free"
    """Whether running text rests on the pattern's level lines where a panel has room for it, or stands where it likes."""


class Pair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A pen and the marker that goes with it."""

    name: str
    """Such as `coral`."""
    pen: Color
    """Text-safe ink on paper and on `tint`."""
    marker: Color
    """Highlighter, tabs and shadows; ink reads on it."""
    tint: Color
    """Quiet ground for nodes and chips."""
    spot: str = ""
    """Name of an ink of its own that prints `pen`, such as `PANTONE 116 C`; empty for the press's four."""


class Note(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The sticky note."""

    fill: Color
    """The note itself."""
    deep: Color
    """Its folded corner."""
    marker: Color
    """Its highlighter."""
    pen: Color
    """Its accent pen."""


class TitleInk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The big title's letters."""

    fill: Color
    """Upper part."""
    deep: Color
    """Lower part."""
    shadow: Color
    """Drop shadow."""
    line: Color
    """Outline of the letters; it parts them from `fill` and from white."""
    style: Literal["two-tone", "hatched"] = "two-tone"
    """Filled in two tones, or left open and hatched in `fill`."""


class Faces(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Face ids by role, the fallback chain's first members; the font book appends the rest."""

    body: FaceIds
    """Reading text."""
    heading: FaceIds
    """Panel titles and node heads."""
    quote: FaceIds
    """Speech bubbles."""
    title: FaceIds
    """The big title."""
    code: FaceIds
    """Code."""


class Hand(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far ink strays; a factor of 1 is the engine's own figure."""

    wobble: Factor = 1.0
    """Drift of pen strokes."""
    width: Factor = 1.0
    """Variation of a stroke's width."""
    jitter: Factor = 1.0
    """Placement, angle and size of glyphs."""
    overshoot: Factor = 1.0
    """Corners that run past each other."""


class Drawing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What panels, notes and strokes look like."""

    frame: Literal["tab", "legend"] = "tab"
    """A filled tab on the frame's edge, or the title written into a gap of the frame."""
    corners: Literal["rounded", "ruled"] = "rounded"
    """One stroke round a panel, or four strokes along a ruler that run past each other."""
    frame_mm: Millimetres = 0.55
    """Width of a panel's frame."""
    heading: Literal["marker", "swash"] = "marker"
    """What a legend's title stands on; a tab needs neither."""
    shading: Literal["marker", "ticks", "none"] = "marker"
    """Below and to the right of panels and nodes: a marker's edge, short pen strokes, or nothing."""
    nodes: Literal["ink", "pen"] = "ink"
    """Whether a node's outline is drawn in the ink or in its pair's pen."""
    callout: Literal["sticky", "double", "dashed"] = "sticky"
    """A note to keep: yellow paper under tape, a double box, or a dashed box."""
    texture: Literal["ink", "ballpoint", "chalk"] = "ink"
    """How strokes and fills look close by: wet ink with marker bands, even ballpoint, or broken chalk."""
    doodles: bool = True
    """Whether mascot, sparkles and tape are drawn where there is room."""


class Mascot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The banana that speaks lone quotes."""

    fill: Color = Color(1.0, 219 / 255, 77 / 255)
    """Its peel."""
    deep: Color = Color(243 / 255, 178 / 255, 27 / 255)
    """The peel's shaded side."""
    line: Color = Color(42 / 255, 41 / 255, 51 / 255)
    """Outline and face."""


class Theme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A look."""

    name: str
    """As the front matter names it."""
    paper: Paper
    """What everything stands on."""
    ink: Color
    """All reading text, node outlines, arrows."""
    soft: Color
    """Subtitle only."""
    danger: Color
    """Red for what matters: numbers, back edges, connectors."""
    go: Color
    """Green for the way out."""
    pairs: Annotated[tuple[Pair, ...], msgspec.Meta(min_length=1)]
    """Panels take them in this order."""
    hero: Pair
    """The widest panel's pair; its frame is drawn in `ink`."""
    note: Note
    """The sticky note."""
    title: TitleInk
    """The big title's letters."""
    faces: Faces
    """Fonts by role."""
    drawing: Drawing = Drawing()
    """Frames, shading, notes and texture."""
    mascot: Mascot = Mascot()
    """The banana's inks."""
    type: TypeScale = TypeScale()
    """Sizes."""
    hand: Hand = Hand()
    """How it is drawn."""
    emoji: Literal["color", "line"] = "color"
    """Twemoji in colour, or Noto Emoji's outlines in the pen's colour."""
    blend: Literal["multiply", "normal"] = "multiply"
    """How markers meet what lies under them: they multiply on light paper, they cover on dark boards."""

    @property
    def clean(self) -> Color:
        """What covers the paper's pattern under text: white on light paper, the paper itself on a dark one."""
        return WHITE if self.paper.color.luminance > 0.5 else self.paper.color

    def pair(self, name: str) -> Pair | None:
        """Return the pair of that name, or None."""
        return next((p for p in (*self.pairs, self.hero) if p.name == name), None)
