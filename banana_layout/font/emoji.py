"""Emoji as flat coloured shapes, looked up by grapheme."""

from __future__ import annotations

import functools
import math
import struct
import zlib
from operator import mul
from pathlib import Path as FilePath

import msgspec

from banana_layout.color import Color
from banana_layout.font.emoji_data import is_emoji_character, is_presented, takes_skin_tone
from banana_layout.geometry.path import OPERANDS, Path

MAGIC = b"BLEMOJI1"
"""First bytes of a pack (see `emoji_pack`)."""
GRID = 1008
"""Side of the box that a pack's coordinates count in."""
_SKIN_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
_KEYCAP = "\u20e3"
_COLORED = "\ufe0f"
_TEXT = "\ufe0e"
_PICTOGRAPHS = "\U0001f000"


class EmojiLayer(msgspec.Struct, frozen=True):
    """One flat shape of an emoji."""

    path: Path
    """In the unit square, y down."""
    color: Color
    """Its fill."""
    opacity: float = 1.0
    """0 to 1."""


class EmojiArt(msgspec.Struct, frozen=True):
    """A picture of flat shapes in the unit square."""

    layers: tuple[EmojiLayer, ...]
    """Bottom first."""
    silhouette: Path
    """All shapes' outlines, each turned clockwise: filled nonzero it covers what any layer covers, holes closed."""


@functools.lru_cache(maxsize=4096)
def is_emoji(cluster: str) -> bool:
    """Tell whether a grapheme is shown as emoji: by default presentation, by U+FE0F, as keycap, flag or sequence.

    Source: UTS #51, sections 1.4 and 2; a trailing U+FE0E asks for text. Pictographs above the basic plane count as
    shown as emoji without U+FE0F, too: keyboards leave it out, and every platform draws them in colour.
    """
    if cluster < "\u203c" and len(cluster) <= 1:
        return False
    if _TEXT in cluster:
        return False
    if is_presented(cluster[0]):
        # One regional indicator alone is a letter, not a flag.
        return len(cluster) > 1 or not "\U0001f1e6" <= cluster <= "\U0001f1ff"
    if cluster[0] >= _PICTOGRAPHS and is_emoji_character(cluster[0]):
        return True
    if _KEYCAP in cluster:
        return cluster[0] in "0123456789#*"
    if _COLORED in cluster or "\u200d" in cluster:
        return is_emoji_character(cluster[0])
    return len(cluster) == 2 and takes_skin_tone(cluster[0]) and cluster[1] in _SKIN_TONES


class EmojiSet:
    """A pack of emoji; reads the index on first use and shapes one by one."""

    def __init__(self, path: FilePath) -> None:
        self._path = path
        self._art: dict[str, EmojiArt | None] = {}
        self._blocks: dict[int, list[str]] = {}

    def art(self, cluster: str) -> EmojiArt | None:
        """Return a grapheme's picture, or None where the set has none."""
        key = "-".join(f"{ord(c):04x}" for c in cluster if c != _COLORED)
        if key not in self._art:
            self._art[key] = self._read(key)
        return self._art[key]

    @functools.cached_property
    def _pack(self) -> tuple[int, tuple[int, ...], list[str], str]:
        """Paths a block, blocks' offsets, colours, and the list of emoji."""
        with self._path.open("rb") as file:
            head = file.read(28)
            if head[:8] != MAGIC:
                raise ValueError(f"{self._path.name} is no emoji pack")
            per_block, count, colors_at, keys_at, end = struct.unpack_from("<5I", head, 8)
            offsets = struct.unpack(f"<{count + 1}I", file.read(4 * (count + 1)))
            file.seek(colors_at)
            tail = file.read(end - colors_at)
        colors = zlib.decompress(tail[: keys_at - colors_at]).decode().split("\n")
        return per_block, offsets, colors, zlib.decompress(tail[keys_at - colors_at :]).decode()

    def _read(self, key: str) -> EmojiArt | None:
        _, _, colors, keys = self._pack
        at = keys.find(f"\n{key}\t")
        if at < 0:
            return None
        start = at + len(key) + 2
        layers = []
        for pair in keys[start : keys.index("\n", start)].split(" "):
            path, color = pair.split(",")
            fill, opacity = colors[int(color)].split(" ")
            layers.append(EmojiLayer(_parse(self._line(int(path))), Color.parse(fill), float(opacity)))
        return EmojiArt(tuple(layers), _silhouette(layers))

    def _line(self, index: int) -> str:
        """Return the text of one path."""
        per_block, offsets, _, _ = self._pack
        block, within = divmod(index, per_block)
        if block not in self._blocks:
            if len(self._blocks) >= 32:
                self._blocks.clear()
            with self._path.open("rb") as file:
                file.seek(offsets[block])
                data = file.read(offsets[block + 1] - offsets[block])
            self._blocks[block] = zlib.decompress(data).decode().split("\n")
        return self._blocks[block][within]


def _parse(text: str) -> Path:
    """Read a path of absolute moves and relative lines and curves in whole numbers."""
    verbs, _, numbers = text.partition(" ")
    values = [int(v) / GRID for v in numbers.split(" ")]
    x = y = 0.0
    at = 0
    for verb in verbs:
        if verb == "M":
            x = y = 0.0
        for i in range(at, at + OPERANDS[verb], 2):
            values[i] += x
            values[i + 1] += y
        at += OPERANDS[verb]
        if verb != "Z":
            x, y = values[at - 2], values[at - 1]
    return Path(verbs, tuple(values))


def _silhouette(layers: list[EmojiLayer]) -> Path:
    """Join the layers' outlines, each subpath turned the same way."""
    verbs: list[str] = []
    coords: list[float] = []
    for layer in layers:
        whole = layer.path
        for part in whole.subpaths() if whole.verbs.count("M") > 1 else (whole,):
            turned = part if _area(part.coords) >= 0 else part.reversed()
            verbs.append(turned.verbs if turned.is_closed else turned.verbs + "Z")
            coords += turned.coords
    return Path("".join(verbs), tuple(coords))


def _area(coords: tuple[float, ...]) -> float:
    """Return twice the signed area of the polygon of points and handles; above 0 is clockwise on the page."""
    xs, ys = coords[0::2], coords[1::2]
    forward: float = math.fsum(map(mul, xs, (*ys[1:], ys[0])))
    backward: float = math.fsum(map(mul, (*xs[1:], xs[0]), ys))
    return forward - backward
