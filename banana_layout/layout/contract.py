"""What layout and every kind of content agree on: constraint down, size up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import msgspec

from banana_layout.color import Color
from banana_layout.font.book import FontBook
from banana_layout.geometry.point import Pt
from banana_layout.scene.frame import Frame
from banana_layout.source import Diagnostic, Source
from banana_layout.theme.theme import Pair, Theme


class Room(msgspec.Struct, frozen=True):
    """What a parent offers a child."""

    width: Pt
    """The measure; the child may be narrower, never wider."""
    height: Pt | None = None
    """How high it may be; None where the child decides. A diagram fills what is offered."""
    size: Pt = 14.0
    """Body size in force."""
    draft: bool = False
    """Whether only the frame's size matters: children may then be left out."""


class Tone(msgspec.Struct, frozen=True, cache_hash=True):
    """The inks in force inside a panel."""

    pair: Pair
    """Pen, marker and tint."""
    frame: Color
    """What the panel's frame is drawn in."""
    ground: Color
    """What lies under the text, for stand-ins."""
    marker: Color
    """Highlighter."""


class Placer(Protocol):
    """Places a block: `place(node, room, context) -> Frame`."""

    def __call__(self, node: Any, room: Room, context: Context) -> Frame:
        """Return the node's frame, no wider than the room."""
        ...


class Context(msgspec.Struct, frozen=True):
    """What a block may know beside its room."""

    theme: Theme
    """The look."""
    book: FontBook
    """Faces, shaping and emoji."""
    tone: Tone
    """The panel's inks."""
    key: str
    """Path of the node being placed; a child's key extends it."""
    place: Placer
    """Places a child block through the table of kinds."""
    warn: Callable[[Diagnostic], None]
    """Takes a warning; the same one is kept once."""
    source: Source | None = None
    """The text spans count in."""
    base: str | None = None
    """Folder images may be read from."""
    keep: bool = False
    """Whether diagrams keep their declared direction."""
    lang: str = "ko"
    """The document's language."""
    depth: int = 0
    """How many lists or quotes stand around the node."""
    memo: dict[Any, Any] = msgspec.field(default_factory=dict)
    """What one call of layout works out once (shaped text, opened pictures), by node; gone when the call ends."""

    def at(self, name: str | int) -> Context:
        """Return the context of a child called `name`."""
        return msgspec.structs.replace(self, key=f"{self.key}/{name}")
