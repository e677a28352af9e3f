"""Box-drawing characters by the arms they have, and how many cells a character takes."""

from __future__ import annotations

import functools
import unicodedata

UP, DOWN, LEFT, RIGHT = 1, 2, 4, 8

_WORDS = {
    "UP": UP,
    "DOWN": DOWN,
    "LEFT": LEFT,
    "RIGHT": RIGHT,
    "VERTICAL": UP | DOWN,
    "HORIZONTAL": LEFT | RIGHT,
}

_LETTERS = {
    DOWN | RIGHT: "1",
    DOWN | LEFT: "2",
    UP | RIGHT: "3",
    UP | LEFT: "4",
    UP | DOWN: "|",
    UP: "|",
    DOWN: "|",
    LEFT | RIGHT: "-",
    LEFT: "-",
    RIGHT: "-",
    UP | DOWN | RIGHT: ">",
    UP | DOWN | LEFT: "<",
    DOWN | LEFT | RIGHT: "T",
    UP | LEFT | RIGHT: "A",
    UP | DOWN | LEFT | RIGHT: "+",
}
"""One letter for each way of joining: `1 2 3 4` are the corners top left, top right, bottom left, bottom right."""

ARMS = {letter: arms for arms, letter in _LETTERS.items() if letter not in "|-"} | {"|": UP | DOWN, "-": LEFT | RIGHT}
"""The arms of each letter."""

_ASCII = str.maketrans(dict.fromkeys("1234<>TA", ".") | {"=": "-"})
"""In an ASCII drawing `+ - = |` are lines and everything else is text."""


@functools.cache
def _table() -> dict[int, str]:
    """Return every box-drawing character's letter (Unicode block 2500 to 257F, by the characters' names)."""
    table = {ord(c): "." for c in "1234<>TA|-+"}
    for code in range(0x2500, 0x2580):
        words = unicodedata.name(chr(code)).replace("BOX DRAWINGS", "").split()
        arms = 0
        for word in words:
            arms |= _WORDS.get(word, 0)
        if arms and "DIAGONAL" not in words:
            table[code] = _LETTERS[arms]
    return table


def letters(text: str, *, ascii_art: bool = False) -> str:
    """Return a text of the same length that says for each character how its lines join; text becomes `.` or stays."""
    if ascii_art:
        return text.translate(_ASCII)
    return text.translate(_table())


def is_line(char: str) -> bool:
    """Tell whether a character draws a line."""
    return "\u2500" <= char <= "\u257f"


def cells(text: str) -> int:
    """Return how many cells a text takes in a terminal (Unicode Standard Annex 11; emoji presentation is wide)."""
    return len(text) if text.isascii() else sum(map(cell_width, text))


@functools.lru_cache(maxsize=4096)
def cell_width(char: str) -> int:
    """Return how many cells one character adds to a line."""
    if char == "\ufe0f":
        return 1
    if char == "\u200d" or (char > "\x7f" and unicodedata.combining(char)):
        return 0
    return 2 if char > "\u10ff" and unicodedata.east_asian_width(char) in "WF" else 1
