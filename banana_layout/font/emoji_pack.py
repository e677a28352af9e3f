"""Builds the indexed emoji pack from the plain list of paths: `python -m banana_layout.font.emoji_pack`.

The plain list (`assets/emoji/twemoji-17-paths.txt.xz`) holds Twemoji's graphics (Twitter, Inc. and other contributors,
CC BY 4.0) as text in three parts parted by an empty line: one path a line; one `fill opacity` pair a line; one emoji a
line as code points, a tab and `path,colour` index pairs. Unpacking all of it for a handful of emoji costs 40 ms, so
the pack keeps the paths in blocks that unpack alone:

    8 bytes   magic
    5 uint32  paths a block, number of blocks, offsets of the colours, of the emoji list, and of the end
    n+1 uint32  offsets of the blocks and of their end
    blocks, colours, emoji list: each deflated text

In the blocks a path is its verbs, a space, and its numbers parted by spaces: still relative to the last point.
"""

from __future__ import annotations

import lzma
import re
import struct
import zlib

from banana_layout.font.emoji import MAGIC
from banana_layout.geometry.path import OPERANDS
from banana_layout.resources import asset

PATHS_PER_BLOCK = 64
"""About 12 kB of text: unpacks in 0.05 ms, and neighbours, which emoji of one kind share, lie together."""


NAMED = {"azure": "#f0ffff", "green": "#008000", "navy": "#000080", "red": "#ff0000"}
"""Colours the plain list gives by name."""


def packed(text: str) -> bytes:
    """Return the pack of a plain list."""
    paths, colors, emoji = (part.split("\n") for part in text.strip("\n").split("\n\n"))
    for i, line in enumerate(colors):
        fill, opacity = line.split(" ")
        colors[i] = f"{NAMED.get(fill, fill)} {opacity}"
    paths = [_spaced(p) for p in paths]
    blocks = [
        zlib.compress("\n".join(paths[i : i + PATHS_PER_BLOCK]).encode(), 9)
        for i in range(0, len(paths), PATHS_PER_BLOCK)
    ]
    palette = zlib.compress("\n".join(colors).encode(), 9)
    keys = zlib.compress(("\n" + "\n".join(emoji) + "\n").encode(), 9)
    offsets = [len(MAGIC) + 5 * 4 + (len(blocks) + 1) * 4]
    for block in blocks:
        offsets.append(offsets[-1] + len(block))
    colors_at = offsets[-1]
    keys_at = colors_at + len(palette)
    head = struct.pack("<5I", PATHS_PER_BLOCK, len(blocks), colors_at, keys_at, keys_at + len(keys))
    return b"".join([MAGIC, head, struct.pack(f"<{len(offsets)}I", *offsets), *blocks, palette, keys])


def _spaced(path: str) -> str:
    """Return a path's verbs and numbers parted: `M5 6l-7 8z` becomes `MLZ 5 6 -7 8`.

    A ValueError where a verb has not just its own numbers (SVG would repeat it) or is none of M l q c z.
    """
    segments = re.findall(r"([A-Za-z])([^A-Za-z]*)", path)
    numbers = []
    for verb, text in segments:
        own = re.findall(r"-?[0-9]+", text)
        if verb not in "Mlqcz" or len(own) != OPERANDS[verb.upper()]:
            raise ValueError(f"emoji path segment {verb}{text}")
        numbers += own
    return f"{''.join(v for v, _ in segments).upper()} {' '.join(numbers)}"


def main() -> None:
    """Write `assets/emoji/twemoji-17.pack`."""
    source = asset("emoji/twemoji-17-paths.txt.xz")
    asset("emoji/twemoji-17.pack").write_bytes(packed(lzma.decompress(source.read_bytes()).decode()))


if __name__ == "__main__":
    main()
