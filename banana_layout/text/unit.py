"""What stands together on a line, and how it comes apart when it is too wide."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from typing import NamedTuple

from banana_layout.text.breaks import PENALTY
from banana_layout.text.itemise import Piece
from banana_layout.text.lines import EPSILON
from banana_layout.theme.text_style import TextStyle

CHIP_PAD = 0.34
"""Air between a chip's text and its outline, in em."""
CHIP_MARGIN = 0.06
"""Air outside a chip's outline, in em: a particle right after it does not touch it."""


class Styled(NamedTuple):
    """A piece in a style, with air around it."""

    piece: Piece
    """The glyphs."""
    style: int
    """Index into the paragraph's styles."""
    width: float
    """In em of the paragraph's size, without the air."""
    before: float = 0.0
    """Air on its left in em: a chip's start."""
    after: float = 0.0
    """Air on its right in em: a chip's end."""


class Unit(NamedTuple):
    """What stands together on a line, and what may come between it and the next unit."""

    pieces: tuple[Styled, ...]
    """In reading order."""
    width: float
    """In em."""
    space: tuple[Styled, ...] = ()
    """Spaces after it; they vanish at a line's end."""
    space_width: float = 0.0
    """In em."""
    penalty: float = 0.0
    """Cost of a line end after it."""


def styled(piece: Piece, number: int, style: TextStyle) -> Styled:
    """Return a piece in style number `number`."""
    return Styled(piece, number, (piece.width + style.tracking * len(piece.glyphs)) * style.scale)


def width_of(pieces: Sequence[Styled]) -> float:
    """Return the width of pieces side by side, air included, in em."""
    return math.fsum([s.before + s.width + s.after for s in pieces])


def least_width(unit: Unit, styles: Sequence[TextStyle]) -> float:
    """Return the width of the widest part that only an emergency breaks: a chip may part at its spaces."""
    if not any(styles[s.style].chip and " " in s.piece.text for s in unit.pieces):
        return unit.width
    return max(u.width for u in parted(unit, 0.0, styles, anywhere=False))


def parted(unit: Unit, measure: float, styles: Sequence[TextStyle], anywhere: bool = True) -> list[Unit]:
    """Return a unit as parts no wider than `measure`, taken greedily.

    Parts end at a chip's spaces where they can, else (if `anywhere`) at a grapheme's edge; a part holds at least
    one grapheme. Each part of a chip has its own padding.
    """
    chip = tuple(s.chip is not None for s in styles)
    out: list[Unit] = []
    part: list[Styled] = []
    width = 0.0
    space_at = -1
    for atom in _atoms(unit, styles):
        width += atom.width + _pad(part, atom, chip)
        part.append(atom)
        if chip[atom.style] and atom.piece.text == " ":
            space_at = len(part) - 1
        elif width > measure + EPSILON and len(part) > 1 and (space_at > 0 or anywhere):
            cut = space_at if space_at > 0 else len(part) - 1
            rest = part[cut + 1 :] if space_at > 0 else part[cut:]
            out.append(_part(part[:cut], part[cut : len(part) - len(rest)], chip))
            part, width, space_at = [], 0.0, -1
            for left in rest:
                width += left.width + _pad(part, left, chip)
                part.append(left)
    out.append(_part(part, [], chip)._replace(space=unit.space, space_width=unit.space_width, penalty=unit.penalty))
    return out


def _atoms(unit: Unit, styles: Sequence[TextStyle]) -> Iterator[Styled]:
    """Yield a unit's graphemes."""
    for s in unit.pieces:
        piece = s.piece
        if len(piece.glyphs) < 2:
            yield s._replace(before=0.0, after=0.0)
            continue
        heads = [i for i, g in enumerate(piece.glyphs) if g.text] or [0]
        for i, j in zip(heads, [*heads[1:], len(piece.glyphs)], strict=True):
            glyphs = piece.glyphs[i:j]
            width = math.fsum(g.advance for g in glyphs) * piece.scale
            text = "".join(g.text for g in glyphs)
            yield styled(piece._replace(text=text, glyphs=glyphs, width=width), s.style, styles[s.style])


def _pad(part: Sequence[Styled], atom: Styled, chip: tuple[bool, ...]) -> float:
    """Return the air a chip takes that starts with `atom` after `part`; 0 where none starts."""
    starts = chip[atom.style] and not (part and chip[part[-1].style])
    return 2 * (CHIP_PAD + CHIP_MARGIN) if starts else 0.0


def _kind(s: Styled) -> tuple[object, ...]:
    """Return what two neighbours must share to be one piece; pictures never join."""
    piece = s.piece
    return (s.style, piece.face.id, piece.scale, piece.rise) if piece.face is not None else (s.style, id(s))


def _joined(same: Sequence[Styled]) -> Styled:
    """Return neighbours of one kind as one piece."""
    if len(same) == 1:
        return same[0]
    pieces = [s.piece for s in same]
    text = "".join([p.text for p in pieces])
    glyphs = tuple(chain.from_iterable([p.glyphs for p in pieces]))
    piece = pieces[0]._replace(text=text, glyphs=glyphs, width=math.fsum([p.width for p in pieces]))
    return same[0]._replace(piece=piece, width=math.fsum([s.width for s in same]))


def _part(atoms: Sequence[Styled], space: Sequence[Styled], chip: tuple[bool, ...]) -> Unit:
    """Return graphemes joined to pieces again, chips padded."""
    merged = [_joined(list(same)) for _, same in groupby(atoms, _kind)]
    air = CHIP_PAD + CHIP_MARGIN
    for i, s in enumerate(merged):
        if chip[s.style]:
            first = i == 0 or not chip[merged[i - 1].style]
            final = i == len(merged) - 1 or not chip[merged[i + 1].style]
            merged[i] = s._replace(before=air if first else 0.0, after=air if final else 0.0)
    return Unit(tuple(merged), width_of(merged), tuple(space), width_of(space), 0.0 if space else PENALTY)
