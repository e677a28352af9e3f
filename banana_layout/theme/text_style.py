"""How a stretch of text looks."""

from __future__ import annotations

from typing import Literal

import msgspec

from banana_layout.color import Color

FontRole = Literal["body", "heading", "quote", "title", "code"]
"""What a face is used for; the theme says which faces serve it."""

Underline = Literal["none", "straight", "wavy"]
"""Line under text."""

Form = Literal["thick", "double", "dotted", "dashed", "zigzag", "barred"]
"""Underlines that tell pens apart without colour; none looks like a link's or an emphasis's."""
FORMS: tuple[Form, ...] = ("thick", "double", "dotted", "dashed", "zigzag", "barred")
"""All of them, in the order pens take them."""


class Sign(msgspec.Struct, frozen=True):
    """The mark a pen that carries meaning leaves under words."""

    form: Form
    """Which underline."""
    color: Color
    """The pen."""


class Highlight(msgspec.Struct, frozen=True):
    """A marker band under text."""

    color: Color
    """The marker."""
    stand_in: Color
    """The same on the theme's paper, without blending."""
    blend: Literal["multiply", "normal"] = "multiply"
    """How the marker meets what lies under it."""


class Chip(msgspec.Struct, frozen=True):
    """A small rounded box around code."""

    fill: Color
    """Its ground."""
    line: Color
    """Its outline."""


class TextStyle(msgspec.Struct, frozen=True):
    """How a stretch of text looks, apart from its size."""

    role: FontRole
    """Which faces."""
    color: Color
    """Ink."""
    weight: float = 0.0
    """Width of an added outline in em of the nominal size; 0 for none."""
    slant: float = 0.0
    """Degrees it leans to the right."""
    scale: float = 1.0
    """Size relative to the text around it."""
    rise: float = 0.0
    """How far it stands above the baseline, in em of the text around it."""
    tracking: float = 0.0
    """Added between glyphs, in em, on top of the face's own."""
    highlight: Highlight | None = None
    """Marker band under it."""
    underline: Underline = "none"
    """Line under it, in `color`."""
    sign: Sign | None = None
    """The mark of a pen that carries meaning, under it."""
    strike: bool = False
    """Line through it."""
    chip: Chip | None = None
    """Box around it."""
    link: str | None = None
    """Where it leads."""
    lang: str = ""
    """BCP 47 tag, or empty for the document's."""
    die_cut: bool = False
    """Whether emoji get the white edge of a sticker: on coloured paper they would be lost without."""
