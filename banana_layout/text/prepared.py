"""Styled runs, shaped once: everything about a paragraph that does not depend on its size or measure."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

import msgspec

from banana_layout.font.book import FontBook
from banana_layout.source import Span
from banana_layout.text.breaks import CANDIDATE, between, inner_breaks
from banana_layout.text.itemise import Itemiser, itemiser, normalised
from banana_layout.text.lines import EPSILON, Row
from banana_layout.text.unit import CHIP_MARGIN, CHIP_PAD, Styled, Unit, least_width, parted, styled, width_of
from banana_layout.theme.text_style import TextStyle
from banana_layout.theme.theme import Theme

_CHIP_SPACE = "\ue000"
_TOKEN = re.compile(
    r"(\n)|([ \u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]+)|[^\n \u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]+"
)
_KEPT_ROWS = 64


class Run(msgspec.Struct, frozen=True):
    """A stretch of text in one style."""

    text: str
    """Its characters; a line feed is a hard line break."""
    style: TextStyle
    """How it looks."""
    span: Span | None = None
    """Where it came from."""


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
    """Graphemes no face has, each once, and where the first of them came from."""
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
        key = None if widest <= measure + EPSILON else measure
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
        if unit.width <= measure + EPSILON:
            return (unit,)
        return parted(unit, measure, self.styles)


def prepare(
    runs: Sequence[Run], book: FontBook, theme: Theme, lang: str = "ko", like: Prepared | None = None
) -> Prepared:
    """Return the runs shaped: words whole across runs, places to break found, characters without a face named.

    What was shaped for `like` is taken over where only inks differ from its.
    """
    preparation = _Preparation(runs, book, theme, lang)
    return (preparation.recoloured(like) if like is not None else None) or preparation.result()


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
        self._missing: dict[str, Span | None] = {}
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

    def _form(self) -> tuple[object, ...]:
        """Return all that shaping hangs on; texts of the same form differ in their inks alone."""
        styles = tuple((s.role, s.lang or self._lang, s.scale, s.tracking, s.chip is not None) for s in self._styles)
        return self._text, self._starts, self._style_of, self._chips, styles, [r.span for r in self._runs]

    def recoloured(self, like: Prepared) -> Prepared | None:
        """Return the same glyphs in other inks; None where more than inks differs."""
        if like.__dict__.get("_form") != self._form() or like.book is not self._book:
            return None
        return self._with_form(msgspec.structs.replace(like, styles=tuple(self._styles)))

    def _with_form(self, made: Prepared) -> Prepared:
        """Return the text, its form remembered."""
        made.__dict__["_form"] = self._form()
        return made

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
                    cost = between(self._text, start, end)
                    line[-1] = line[-1]._replace(space=tuple(pieces), space_width=width_of(pieces), penalty=cost)
                else:
                    indent = pieces
            else:
                line += self._word(start, end, match[0], indent)
                indent = []
        if line or indent:
            hard_lines.append(_closed(line, indent))
        lines = tuple(hard_lines)
        made = Prepared(
            text=self._text,
            styles=tuple(self._styles),
            hard_lines=lines,
            natural_width=max((_natural(units) for units in lines), default=0.0),
            min_width=max((least_width(u, self._styles) for units in lines for u in units), default=0.0),
            missing=tuple(self._missing.items()),
            book=self._book,
            lang=self._lang,
        )
        return self._with_form(made)

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
            yield Unit(tuple(pieces), width_of(pieces), penalty=penalty)
            at = cut
        pieces = [*indent, *self._pieces(at, end)]
        yield Unit(tuple(pieces), width_of(pieces))

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
            fresh = [styled(p, number, style) for p in self._itemisers[number].pieces(text)]
            if style.chip is not None and fresh:
                self._pad(fresh, at, stop)
            out += fresh
            for s in fresh:
                if s.piece.face is None and not s.piece.emoji:
                    self._missing.setdefault(s.piece.text, self._place(run, at, text, s.piece.text))
            at = stop
        return out

    def _pad(self, pieces: list[Styled], start: int, end: int) -> None:
        """Give the first and last piece of a chip its padding."""
        air = CHIP_PAD + CHIP_MARGIN
        if any(s == start for s, _ in self._chips):
            pieces[0] = pieces[0]._replace(before=air)
        if any(e == end for _, e in self._chips):
            pieces[-1] = pieces[-1]._replace(after=air)

    def _place(self, run: int, at: int, text: str, cluster: str) -> Span | None:
        """Return where a grapheme stands in the source, as exactly as is known."""
        source = self._runs[run]
        if (
            source.span is None
            or source.text != self._texts[run]
            or source.span.end - source.span.start != len(source.text)
        ):
            return source.span
        start = source.span.start + at - self._starts[run] + text.find(cluster)
        return Span(start, start + len(cluster))


def _closed(line: list[Unit], indent: list[Styled]) -> tuple[Unit, ...]:
    """Return a hard line's units: spaces alone, or nothing, make one unit."""
    if line:
        return (*line[:-1], line[-1]._replace(space=(), space_width=0.0))
    return (Unit(tuple(indent), width_of(indent)),)


def _natural(units: Sequence[Unit]) -> float:
    return math.fsum([u.width + u.space_width for u in units])


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
