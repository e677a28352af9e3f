"""Labels of diagrams: a picture lifted out, a head, further lines below it, and all the ways to break them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import msgspec

from banana_layout.color import Color
from banana_layout.diagrams.icons import with_icons
from banana_layout.diagrams.long_words import pieces
from banana_layout.diagrams.shape.form import Band, Load
from banana_layout.geometry.point import Pt
from banana_layout.geometry.size import Size
from banana_layout.layout.concepts import Concepts
from banana_layout.layout.contract import Context
from banana_layout.layout.picture import Picture
from banana_layout.model.flowchart import LabelRun, Weight
from banana_layout.scene.frame import Frame, Placed
from banana_layout.text.breaks import SIGNS, between
from banana_layout.text.itemise import graphemes
from banana_layout.text.paragraph import Run, Setting, paragraph, prepare
from banana_layout.theme.text_style import FontRole, Sign, TextStyle
from banana_layout.theme.theme import Theme

HEAD_LEADING = 1.14
"""Distance of a head's baselines, in em."""

PICTURE = 1.5
"""Height of a picture above a head, in em: 12 mm above 22.5 pt."""

PICTURE_GAP = 0.1
"""Between a picture and the head, in em."""

SHORT = 2
"""A last word of so many signs stays with the word before it."""

_LONG_WORD = 9.0
"""A word wider than this, in em, may be broken inside where its script allows."""


class Hand(msgspec.Struct, frozen=True):
    """What a part of a label is written with."""

    role: FontRole
    """Which faces."""
    color: Color
    """Ink."""
    weight: float
    """Outline in em."""
    scale: float = 1.0
    """Size as a share of the node's head."""
    leading: float = HEAD_LEADING
    """Distance of baselines, in em of this part."""
    sign: Sign | None = None
    """The mark of a pen that carries meaning, under it."""

    def style(self, weight: Weight) -> TextStyle:
        """Return the text style of a stretch written with an author's weight."""
        bold = 0.022 if "bold" in weight else 0.0
        slant = 7.0 if "italic" in weight else 0.0
        return TextStyle(self.role, self.color, self.weight + bold, slant, sign=self.sign)


class Word(msgspec.Struct, frozen=True):
    """An unbreakable unit."""

    runs: tuple[LabelRun, ...]
    """Its characters; more than one where its weight changes inside."""
    width: float
    """In em of the node's head."""
    spaced: bool = True
    """Whether a space stands before it inside a line."""
    missing: tuple[str, ...] = ()
    """Graphemes of it that no face has."""


class Part(msgspec.Struct, frozen=True):
    """One line the author wrote: it may be broken further."""

    words: tuple[Word, ...]
    """At least one."""
    hand: Hand
    """How it is written."""
    space: float
    """Width of a space, in em of the node's head."""

    @property
    def line_height(self) -> float:
        """Height of a line, in em of the node's head."""
        return self.hand.scale * self.hand.leading

    @property
    def strip(self) -> float:
        """Height of what is empty above its first and below its last line, in em of the node's head.

        Of the leading outside the Hangul box (0.8 em), two fifths stay for accents and descenders.
        """
        return 0.6 * self.hand.scale * max(0.0, self.hand.leading - 0.8) / 2


class Cut(msgspec.Struct, frozen=True):
    """A label broken into lines for one measure."""

    lines: tuple[tuple[tuple[Word, ...], ...], ...]
    """For each part its lines."""
    text: Size
    """Extents of the lines together, in em of the node's head."""
    load: Load
    """What the shape has to hold, in em: the lines without the empty strips above the first and below the last."""
    trim: tuple[float, float] = (0.0, 0.0)
    """Heights of those strips, in em."""


class Label(msgspec.Struct, frozen=True, dict=True):
    """What a node, an edge or a cluster says."""

    text: str
    """All of it, as the author wrote it."""
    picture: str | None
    """An emoji drawn above the text."""
    parts: tuple[Part, ...]
    """The head first; empty where there is nothing to write."""
    picture_size: float = PICTURE
    """Height of the picture, in em."""
    image: Picture | None = None
    """A file's picture in place of an emoji."""
    picture_aspect: float = 1.0
    """Width over height of the picture."""
    below: bool = False
    """Whether the picture stands below the text."""

    @property
    def pictured(self) -> bool:
        """Whether there is a picture at all."""
        return self.picture is not None or self.image is not None

    @property
    def missing(self) -> tuple[str, ...]:
        """Graphemes that no face has."""
        found = [m for part in self.parts for word in part.words for m in word.missing]
        return tuple(dict.fromkeys(found))

    def cut(self, measure: float) -> Cut:
        """Return the label with the fewest lines that stay inside `measure` (em); widths are evened out."""
        known: dict[Any, Any] = self.__dict__
        found: Cut | None = known.get(measure)
        if found is None:
            found = known[measure] = self._cut(measure)
        return found

    def bands(self, text: Size, picture: float) -> tuple[Band, ...]:
        """Return its bands about its middle: a picture of a height (0 for none) and lines of an extent (0 for none)."""
        found = label_bands(text, picture, self.picture_aspect)
        return tuple(Band(b.width, -b.bottom, -b.top) for b in reversed(found)) if self.below else found

    def _cut(self, measure: float) -> Cut:
        lines, width, height = [], 0.0, 0.0
        for part in self.parts:
            broken, widest = break_words(part, measure)
            lines.append(broken)
            width = max(width, widest)
            height += len(broken) * part.line_height
        trim = (self.parts[0].strip, self.parts[-1].strip) if self.parts else (0.0, 0.0)
        bands = self.bands(Size(width, height - math.fsum(trim)), self.picture_size if self.pictured else 0.0)
        return Cut(tuple(lines), Size(width, height), Load(bands), trim)


def _kept_together(words: Sequence[Word], space: float) -> tuple[Word, ...]:
    """Return words with those that stand badly on different lines made one: "Step 2", "1919. 3. 1.", "200 g"."""
    out: list[Word] = []
    for i, word in enumerate(words):
        head = out[-1] if out else None
        if (
            head is None
            or not word.spaced
            or head.width + space + word.width > _LONG_WORD
            or "\n" in head.runs[-1].text
        ):
            out.append(word)
            continue
        before, after = ("".join(r.text for r in w.runs) for w in (head, word))
        orphan = i == len(words) - 1 and len(after) <= SHORT
        if orphan or (before[-1:] not in SIGNS and between(f"{before} {after}", len(before), len(before) + 1) > 0):
            runs = (*head.runs, LabelRun(" ", word.runs[0].weight), *word.runs)
            out[-1] = Word(runs, head.width + space + word.width, head.spaced, head.missing + word.missing)
        else:
            out.append(word)
    return tuple(out)


def label_bands(text: Size, picture: float, aspect: float = 1.0) -> tuple[Band, ...]:
    """Return a label's bands about its middle: a picture of a height (0 for none) above lines of an extent (0 for none)."""
    if picture <= 0.0:
        return (Band(text.width, -text.height / 2, text.height / 2),) if text.height > 0.0 else ()
    total = picture + (PICTURE_GAP + text.height if text.height > 0.0 else 0.0)
    shown = Band(picture * aspect, -total / 2, -total / 2 + picture)
    return (shown, Band(text.width, total / 2 - text.height, total / 2)) if text.height > 0.0 else (shown,)


def break_words(part: Part, measure: float) -> tuple[tuple[tuple[Word, ...], ...], float]:
    """Return a part in the fewest lines within `measure`, as even as they get, and the widest line.

    Greedy filling gives the least number of lines; the least widest line for that number is then found by
    bisection on the measure, since greedy filling is optimal for each measure.
    """
    lines = _fill(part, measure)
    if len(lines) == 1:
        return (part.words,), _line_width(part, part.words)
    low = max(w.width for w in part.words)
    high = max(_line_width(part, line) for line in lines)
    for _ in range(7):
        if high - low < 0.1:
            break
        middle = (low + high) / 2
        tried = _fill(part, middle)
        if len(tried) <= len(lines):
            lines, high = tried, max(_line_width(part, line) for line in tried)
        else:
            low = middle
    return tuple(lines), high


def _fill(part: Part, measure: float) -> list[tuple[Word, ...]]:
    """Return greedy lines."""
    lines: list[tuple[Word, ...]] = []
    line: list[Word] = []
    used = 0.0
    for word in part.words:
        more = word.width + (part.space if word.spaced and line else 0.0)
        if line and used + more > measure + 1e-9:
            lines.append(tuple(line))
            line, used, more = [], 0.0, word.width
        line.append(word)
        used += more
    lines.append(tuple(line))
    return lines


def _line_width(part: Part, line: Sequence[Word]) -> float:
    """Return a line's width in em of the node's head."""
    return math.fsum(w.width for w in line) + part.space * sum(1 for w in line[1:] if w.spaced)


class Scribe(msgspec.Struct, frozen=True):
    """Measures and writes labels in one theme."""

    context: Context
    """The panel's: fonts, theme and language."""

    @property
    def theme(self) -> Theme:
        """Inks and faces by role."""
        return self.context.theme

    def label(self, runs: Sequence[LabelRun], hands: Sequence[Hand], lift: bool = True) -> Label:
        """Return a label: the first line in the first hand, the others in the last; `lift` takes a leading emoji out."""
        runs = with_icons(runs)
        text = "".join(r.text for r in runs)
        picture, rest = self._lifted(runs) if lift else (None, tuple(runs))
        parts: list[Part] = []
        spaces = {hand: self._space(hand) for hand in hands}
        for line in _hard_lines(rest):
            hand = hands[0] if not parts else hands[-1]
            words = self._words(line, hand)
            if words:
                parts.append(Part(words, self._signed(line, hand), spaces[hand]))
        return Label(text, picture, tuple(parts))

    def _signed(self, line: Sequence[LabelRun], hand: Hand) -> Hand:
        """Return the hand of a line: a concept's gets the sign of its pen, the ink stays, because it reads on any node."""
        ruled: Concepts | None = self.context.memo.get("concepts")
        ink = ruled.of("".join(run.text for run in line)) if ruled is not None else None
        return hand if ink is None else msgspec.structs.replace(hand, sign=ink.sign)

    def write(self, label: Label, cut: Cut, size: Pt, key: str, align: str = "center") -> Frame:
        """Return the label's lines, set at `size` for its head."""
        frames = []
        for i, (part, lines) in enumerate(zip(label.parts, cut.lines, strict=True)):
            runs = _joined(lines, part.hand)
            own = size * part.hand.scale
            measure = cut.text.width * size * 1.02 + own
            setting = Setting(
                size=own,
                measure=measure,
                leading=part.hand.leading,
                align=align,  # type: ignore[arg-type]
                style="diagram",
                key=f"{key}/{i}",
                role="",
            )
            frames.append(paragraph(prepare(runs, self.context.book, self.context.theme, self.context.lang), setting))
        return _stacked(frames, align)

    def _lifted(self, runs: Sequence[LabelRun]) -> tuple[str | None, tuple[LabelRun, ...]]:
        """Return a leading emoji and what follows it."""
        if not runs:
            return None, ()
        first = runs[0].text.lstrip(" ")
        if not first or first[0].isascii():
            return None, tuple(runs)
        sign = graphemes(first)[0]
        if not self.context.book.is_emoji(sign):
            return None, tuple(runs)
        rest = first.removeprefix(sign).lstrip(" \n")
        return sign, (LabelRun(rest, runs[0].weight), *runs[1:])

    def _words(self, line: Sequence[LabelRun], hand: Hand) -> tuple[Word, ...]:
        """Return a line's unbreakable units."""
        words: list[Word] = []
        pending: list[LabelRun] = []

        def flush() -> None:
            if pending:
                words.extend(self._units(tuple(pending), hand))
                pending.clear()

        for run in line:
            for i, piece in enumerate(run.text.split(" ")):
                if i:
                    flush()
                if piece:
                    pending.append(LabelRun(piece, run.weight))
        flush()
        return _kept_together(words, self._space(hand))

    def _units(self, runs: tuple[LabelRun, ...], hand: Hand) -> list[Word]:
        """Return a word, or its pieces where it is too long for a node and its script breaks anywhere."""
        measured = [self._measured(r.text, r.weight, hand) for r in runs]
        width = math.fsum(m[0] for m in measured)
        if width <= _LONG_WORD * hand.scale or len(runs) > 1:
            return [Word(runs, width, missing=tuple(c for m in measured for c in m[1]))]
        text, weight = runs[0].text, runs[0].weight
        out = []
        for i, piece in enumerate(pieces(text)):
            wide, missing = self._measured(piece, weight, hand)
            out.append(Word((LabelRun(piece, weight),), wide, i == 0, missing))
        return out

    def _measured(self, text: str, weight: Weight, hand: Hand) -> tuple[float, tuple[str, ...]]:
        """Return a text's width in em of the node's head, and the graphemes no face has."""
        prepared = prepare([Run(text, hand.style(weight))], self.context.book, self.context.theme, self.context.lang)
        return hand.scale * prepared.natural_width, tuple(m[0] for m in prepared.missing)

    def _space(self, hand: Hand) -> float:
        """Return the width of a space between words, in em of the node's head."""
        return self._measured("n n", "plain", hand)[0] - self._measured("nn", "plain", hand)[0]


def _hard_lines(runs: Sequence[LabelRun]) -> list[list[LabelRun]]:
    """Return the lines the author wrote, empty ones left out."""
    lines: list[list[LabelRun]] = [[]]
    for run in runs:
        for i, piece in enumerate(run.text.split("\n")):
            if i:
                lines.append([])
            if piece:
                lines[-1].append(LabelRun(piece, run.weight))
    return [line for line in lines if any(r.text.strip() for r in line)]


def _joined(lines: Sequence[Sequence[Word]], hand: Hand) -> list[Run]:
    """Return broken lines as runs with hard breaks between them."""
    runs: list[Run] = []
    for n, line in enumerate(lines):
        for i, word in enumerate(line):
            lead = ("\n" if n else "") if i == 0 else (" " if word.spaced else "")
            for j, run in enumerate(word.runs):
                style, text = hand.style(run.weight), (lead if j == 0 else "") + run.text
                if runs and runs[-1].style == style:
                    runs[-1] = Run(runs[-1].text + text, style)
                else:
                    runs.append(Run(text, style))
    return runs


def _stacked(frames: Sequence[Frame], align: str) -> Frame:
    """Return frames one under the other."""
    width = max((f.size.width for f in frames), default=0.0)
    share = {"left": 0.0, "center": 0.5, "right": 1.0}[align]
    y, placed = 0.0, []
    for f in frames:
        placed.append(Placed((width - f.size.width) * share, y, f))
        y += f.size.height
    return Frame(Size(width, y), tuple(placed))
