"""Styled runs, shaped once: everything about a paragraph that does not depend on its size or measure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from banana_layout.font.book import FontBook
from banana_layout.source import Span
from banana_layout.text.breaks import CANDIDATE, PENALTY, inner_breaks
from banana_layout.text.itemise import Itemiser, Piece, itemiser, normalised
from banana_layout.text.lines import Row
from banana_layout.theme.text_style import TextStyle
from banana_layout.theme.theme import Theme

CHIP_PAD = 0.34
"""Air between a chip's text and its outline, in em (look/LOOK.md, section 7)."""
CHIP_MARGIN = 0.06
"""Air outside a chip's outline, in em: a particle right after it does not touch it."""
_CHIP_SPACE = "\ue000"
_TOKEN = re.compile(r"(\n)|([ \u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]+)|[^\n \u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]+")
_KEPT_ROWS = 64


class Run(msgspec.Struct, frozen=True):
    """A stretch of text in one style."""

    text: str
    """Its characters; `\\n` is a hard line break."""
    style: TextStyle
    """How it looks."""
    span: Span | None = None
    """Where it came from."""


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


class Prepared(msgspec.Struct, frozen=True, dict=True):
    """A paragraph's shaped units, in em of its nominal size: good for every size and measure."""

    text: str
    """All characters, normalised."""
    styles: tuple[TextStyle, ...]
    """What the pieces' style numbers mean."""
    hard_lines: tuple[tuple[Unit, ...], ...]
    """The units between hard breaks; each at least one, which may be empty."""
    natural_width: float
    """Width of the longest hard line on one line, in em."""
    min_width: float
    """Width of the widest unit that only an emergency may break, in em."""
    missing: tuple[tuple[str, Span | None], ...]
    """Graphemes no face has, and where they came from."""
    book: FontBook
    """Where the glyphs' faces are."""
    lang: str = ""
    """BCP 47 tag."""

    def fitted(self, measure: float) -> tuple[tuple[tuple[Unit, ...], Row], ...]:
        """Return each hard line's units and their row; units wider than `measure` (em) come parted."""
        known = self.__dict__.setdefault("_fitted", {})
        widest = self.__dict__.get("_widest")
        if widest is None:
            widest = max((u.width for line in self.hard_lines for u in line), default=0.0)
            self.__dict__["_widest"] = widest
        key = None if widest <= measure else measure
        if key not in known:
            if len(known) >= _KEPT_ROWS:
                known.clear()
            known[key] = tuple(
                (units, _row(units))
                for units in (
                    line if key is None else tuple(f for u in line for f in self._parted(u, measure))
                    for line in self.hard_lines
                )
            )
        rows: tuple[tuple[tuple[Unit, ...], Row], ...] = known[key]
        return rows

    def _parted(self, unit: Unit, measure: float) -> Sequence[Unit]:
        if unit.width <= measure:
            return (unit,)
        return parted(unit, measure, tuple(s.chip is not None for s in self.styles))


def prepare(runs: Sequence[Run], book: FontBook, theme: Theme, lang: str = "ko") -> Prepared:
    """Return the runs shaped: words whole across runs, places to break found, characters without a face named."""
    return _Preparation(runs, book, theme, lang).result()


class _Preparation:
    """The state of one `prepare`."""

    def __init__(self, runs: Sequence[Run], book: FontBook, theme: Theme, lang: str) -> None:
        self._book, self._lang = book, lang
        self._texts: list[str] = []
        self._runs: list[Run] = []
        self._starts: list[int] = []
        self._styles: list[TextStyle] = []
        self._style_of: list[int] = []
        self._itemisers: list[Itemiser] = []
        at = 0
        for run in runs:
            text = normalised(run.text)
            if not text:
                continue
            self._texts.append(text)
            self._runs.append(run)
            self._starts.append(at)
            self._style_of.append(self._style(run.style, theme))
            at += len(text)
        self._text = "".join(self._texts)
        self._starts.append(at)
        self._chips = tuple(self._chip_stretches())
        self._missing: list[tuple[str, Span | None]] = []
        self._run = 0

    def _style(self, style: TextStyle, theme: Theme) -> int:
        """Return the number of a style, new or known."""
        for i, known in enumerate(self._styles):
            if known is style or known == style:
                return i
        faces: tuple[str, ...] = getattr(theme.faces, style.role)
        self._styles.append(style)
        self._itemisers.append(itemiser(self._book, faces, style.lang or self._lang, theme.emoji == "color"))
        return len(self._styles) - 1

    def _chip_stretches(self) -> Iterator[tuple[int, int]]:
        """Yield start and end of each stretch of text in one chip."""
        start = -1
        chip = None
        for i, number in enumerate([*self._style_of, -1]):
            own = self._styles[number].chip if number >= 0 else None
            if own != chip or own is None:
                if start >= 0:
                    yield start, self._starts[i]
                start, chip = (self._starts[i], own) if own is not None else (-1, None)

    def result(self) -> Prepared:
        """Shape everything."""
        hard_lines: list[tuple[Unit, ...]] = []
        line: list[Unit] = []
        indent: list[Styled] = []
        for match in _TOKEN.finditer(self._breakable_text()):
            start, end = match.span()
            if match[1]:
                hard_lines.append(_closed(line, indent))
                line, indent = [], []
            elif match[2]:
                pieces = self._pieces(start, end)
                if line:
                    line[-1] = line[-1]._replace(space=tuple(pieces), space_width=_width(pieces), penalty=0.0)
                else:
                    indent = pieces
            else:
                line += self._word(start, end, match[0], indent)
                indent = []
        if line or indent:
            hard_lines.append(_closed(line, indent))
        lines = tuple(hard_lines)
        chip = tuple(s.chip is not None for s in self._styles)
        return Prepared(
            text=self._text,
            styles=tuple(self._styles),
            hard_lines=lines,
            natural_width=max((_natural(units) for units in lines), default=0.0),
            min_width=max((_least(u, chip) for units in lines for u in units), default=0.0),
            missing=tuple(self._missing),
            book=self._book,
            lang=self._lang,
        )

    def _breakable_text(self) -> str:
        """Return the text with spaces inside chips hidden from the search for words."""
        if not self._chips:
            return self._text
        out = []
        at = 0
        for start, end in self._chips:
            out += [self._text[at:start], re.sub(r"\s", _CHIP_SPACE, self._text[start:end])]
            at = end
        return "".join([*out, self._text[at:]])

    def _word(self, start: int, end: int, word: str, indent: list[Styled]) -> Iterator[Unit]:
        """Yield the units of a word that stands at `start` to `end`."""
        cuts = inner_breaks(word) if CANDIDATE.search(word) else ()
        at = start
        for offset, penalty in cuts:
            cut = start + offset
            if any(s < cut < e for s, e in self._chips):
                continue
            pieces = [*indent, *self._pieces(at, cut)]
            indent = []
            yield Unit(tuple(pieces), _width(pieces), penalty=penalty)
            at = cut
        pieces = [*indent, *self._pieces(at, end)]
        yield Unit(tuple(pieces), _width(pieces))

    def _pieces(self, start: int, end: int) -> list[Styled]:
        """Return the styled pieces of a stretch; called with rising positions."""
        out: list[Styled] = []
        while self._starts[self._run + 1] <= start:
            self._run += 1
        run = self._run
        at = start
        while at < end:
            if self._starts[run + 1] <= at:
                run += 1
                continue
            stop = min(end, self._starts[run + 1])
            number = self._style_of[run]
            style = self._styles[number]
            text = self._text[at:stop]
            fresh = [self._styled(p, number, style) for p in self._itemisers[number].pieces(text)]
            if style.chip is not None and fresh:
                self._pad(fresh, at, stop, style.scale)
            out += fresh
            for s in fresh:
                if s.piece.face is None and not s.piece.emoji:
                    self._missing.append((s.piece.text, self._place(run, at, text, s.piece.text)))
            at = stop
        return out

    def _styled(self, piece: Piece, number: int, style: TextStyle) -> Styled:
        width = piece.width
        if style.tracking:
            width += style.tracking * len(piece.glyphs)
        return Styled(piece, number, width * style.scale)

    def _pad(self, pieces: list[Styled], start: int, end: int, scale: float) -> None:
        """Give the first and last piece of a chip its padding."""
        air = (CHIP_PAD + CHIP_MARGIN) * scale
        if any(s == start for s, _ in self._chips):
            pieces[0] = pieces[0]._replace(before=air)
        if any(e == end for _, e in self._chips):
            pieces[-1] = pieces[-1]._replace(after=air)

    def _place(self, run: int, at: int, text: str, cluster: str) -> Span | None:
        """Return where a grapheme stands in the source, as exactly as is known."""
        source = self._runs[run]
        if source.span is None or source.text != self._texts[run] or source.span.end - source.span.start != len(source.text):
            return source.span
        start = source.span.start + at - self._starts[run] + text.find(cluster)
        return Span(start, start + len(cluster))


def _closed(line: list[Unit], indent: list[Styled]) -> tuple[Unit, ...]:
    """Return a hard line's units: spaces alone, or nothing, make one unit."""
    if line:
        return (*line[:-1], line[-1]._replace(space=(), space_width=0.0))
    return (Unit(tuple(indent), _width(indent)),)


def _width(pieces: Sequence[Styled]) -> float:
    return sum([s.before + s.width + s.after for s in pieces])


def _natural(units: Sequence[Unit]) -> float:
    return sum([u.width + u.space_width for u in units])


def _row(units: Sequence[Unit]) -> Row:
    """Return the units as numbers."""
    starts, ends = [], []
    x = 0.0
    for u in units:
        starts.append(x)
        x += u.width
        ends.append(x)
        x += u.space_width
    return Row(starts, ends, [u.penalty for u in units])


def _least(unit: Unit, chip: tuple[bool, ...]) -> float:
    """Return the width of the widest part that only an emergency breaks: a chip may part at its spaces."""
    if not any(chip[s.style] and " " in s.piece.text for s in unit.pieces):
        return unit.width
    return max(u.width for u in parted(unit, 0.0, chip, anywhere=False))


def parted(unit: Unit, measure: float, chip: tuple[bool, ...], anywhere: bool = True) -> list[Unit]:
    """Return a unit as parts no wider than `measure`, taken greedily.

    Parts end at a chip's spaces where they can, else (if `anywhere`) at a grapheme's edge; a part holds at least
    one grapheme. Each part of a chip has its own padding.
    """
    out: list[Unit] = []
    part: list[Styled] = []
    width = 0.0
    space_at = -1
    for atom in _atoms(unit):
        part.append(atom)
        width += atom.width
        pads = _pads(part, chip)
        is_space = chip[atom.style] and atom.piece.text == " "
        if width + pads > measure and not is_space and len(part) > 1:
            if space_at > 0:
                out.append(_part(part[:space_at], part[space_at : space_at + 1], chip))
                part = part[space_at + 1 :]
            elif anywhere:
                out.append(_part(part[:-1], [], chip))
                part = part[-1:]
            width = sum(s.width for s in part)
            space_at = -1
        if is_space:
            space_at = len(part) - 1
    out.append(_part(part, [], chip)._replace(space=unit.space, space_width=unit.space_width, penalty=unit.penalty))
    return out


def _atoms(unit: Unit) -> Iterator[Styled]:
    """Yield a unit's graphemes."""
    for s in unit.pieces:
        piece = s.piece
        if len(piece.glyphs) < 2:
            yield s._replace(before=0.0, after=0.0)
            continue
        extra = s.width / piece.width if piece.width else 1.0
        heads = [i for i, g in enumerate(piece.glyphs) if g.text] or [0]
        for i, j in zip(heads, [*heads[1:], len(piece.glyphs)], strict=True):
            glyphs = piece.glyphs[i:j]
            width = sum(g.advance for g in glyphs) * piece.scale
            yield Styled(
                piece._replace(text="".join(g.text for g in glyphs), glyphs=glyphs, width=width), s.style, width * extra
            )


def _pads(part: Sequence[Styled], chip: tuple[bool, ...]) -> float:
    """Return the air that chips in a part take."""
    starts = sum(1 for i, s in enumerate(part) if chip[s.style] and (i == 0 or not chip[part[i - 1].style]))
    return 2 * (CHIP_PAD + CHIP_MARGIN) * starts


def _part(atoms: Sequence[Styled], space: Sequence[Styled], chip: tuple[bool, ...]) -> Unit:
    """Return graphemes joined to pieces again, chips padded."""
    merged: list[Styled] = []
    for s in atoms:
        last = merged[-1] if merged else None
        if (
            last is not None
            and last.style == s.style
            and last.piece.face is not None
            and last.piece.face is s.piece.face
            and last.piece.scale == s.piece.scale
            and last.piece.rise == s.piece.rise
        ):
            a, b = last.piece, s.piece
            joined = a._replace(text=a.text + b.text, glyphs=a.glyphs + b.glyphs, width=a.width + b.width)
            merged[-1] = last._replace(piece=joined, width=last.width + s.width)
        else:
            merged.append(s)
    air = CHIP_PAD + CHIP_MARGIN
    for i, s in enumerate(merged):
        if chip[s.style]:
            first = i == 0 or not chip[merged[i - 1].style]
            final = i == len(merged) - 1 or not chip[merged[i + 1].style]
            merged[i] = s._replace(before=air if first else 0.0, after=air if final else 0.0)
    return Unit(tuple(merged), _width(merged), tuple(space), _width(space), 0.0 if space else PENALTY)
